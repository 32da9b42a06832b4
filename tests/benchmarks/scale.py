"""Merge folders of growing size beside what else reads them, and write time and memory: `python tests/benchmarks/scale.py [N …]`.

The folders are those of `folders.py`, nine tables a workbook. Timing never decides a test; this table is for people.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import folders
import xlsxwriter
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

HERE = Path(__file__).resolve().parent
SIZES = [100, 1000, 10_000]
_SAMPLE, _CONVERTED = 100, 20
_MOST_AGAIN = (
    2000  # of the largest folder the first run says enough, and how long the second takes up to its accounts
)
_HOME = "LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME"
STEPS = {"read": "读取、核对到账目", "settle": "归并、结算、比较", "write": "写汇总工作簿"}


def children(pid: int) -> list[int]:
    """The process and all below it."""
    found = [pid]
    for one in found:
        try:
            for task in Path(f"/proc/{one}/task").iterdir():
                found += [int(word) for word in (task / "children").read_text().split()]
        except OSError:
            continue
    return found


def resident(pid: int) -> int:
    """Proportional memory of a process in bytes, 0 where it has gone."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in text.splitlines() if line.startswith("Pss:")), 0)


def merged(folder: Path, top: Path, *, workers: int | None = None, last: str = "write") -> dict[str, float]:
    """Merge a folder in a process of its own up to a last step; returns seconds of each, and peak MB of `main` and of `all`."""
    words = [str(folder), str(top / "汇总.xlsx"), str(workers or ""), last]
    command = [sys.executable, __file__, "--merge", *words]
    process = subprocess.Popen(command, env={**os.environ, _HOME: str(top)}, stdout=subprocess.PIPE)
    peaks = {"main": 0, "all": 0}

    def watch() -> None:
        while process.poll() is None:
            sizes = [resident(pid) for pid in children(process.pid)]
            peaks["main"], peaks["all"] = max(peaks["main"], sizes[0]), max(peaks["all"], sum(sizes))
            time.sleep(0.2)

    watcher = threading.Thread(target=watch)
    watcher.start()
    told, _ = process.communicate()
    watcher.join()
    assert process.returncode == 0
    return {**json.loads(told), **{name: size >> 20 for name, size in peaks.items()}}


def merge(folder: str, out: str, workers: str, last: str) -> None:
    """Merge in this process up to a last step and print the seconds of each."""
    from jixiao import merging  # noqa: PLC0415 - the parent process needs none of it
    from jixiao.merging import campaign, closing  # noqa: PLC0415 - the same

    marks = [time.perf_counter()]
    settle = closing.settle

    def settled(*words: object, **named: object) -> object:
        marks.append(time.perf_counter())
        if last == "read":
            raise StopIteration
        ledger = settle(*words, **named)
        marks.append(time.perf_counter())
        return ledger

    campaign.closing.settle = settled
    with contextlib.suppress(StopIteration):
        merging.merge([Path(folder)], Path(out), force=True, workers=int(workers) if workers else None)
        marks.append(time.perf_counter())
    print(json.dumps(dict(zip(STEPS, (b - a for a, b in itertools.pairwise(marks)), strict=False))))


def only_sums(path: Path) -> float:
    """(a) A plain openpyxl loop: the total of every sheet, no more."""
    total = 0.0
    for sheet in load_workbook(path, data_only=True).worksheets:
        for row in sheet.iter_rows(values_only=True):
            amounts = [cell for cell in row if isinstance(cell, int | float)]
            if any("年度资金总额" in str(cell).replace(" ", "") for cell in row if cell) and amounts:
                total += amounts[0]
    return total


def calamine(path: Path) -> None:
    """(d) The floor: the same bytes through python-calamine alone."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
    for number in range(len(book.sheet_names)):
        book.get_sheet_by_index(number).to_python(skip_empty_area=False)


def concatenated(paths: list[Path]) -> None:
    """(b) pandas with calamine: all sheets one below the other."""
    import pandas as pd  # noqa: PLC0415 - of the extra `bench`

    pd.concat(
        sheet
        for path in paths
        for sheet in pd.read_excel(path, sheet_name=None, header=None, engine="calamine").values()
    )


def converted(paths: list[Path]) -> None:
    """(c) LibreOffice without a window: every workbook to .csv, its first sheet."""
    with tempfile.TemporaryDirectory() as out:
        words = [f"-env:UserInstallation={Path(out).as_uri()}/profile", "--headless", "--convert-to", "csv"]
        subprocess.run(
            [shutil.which("soffice") or "soffice", *words, "--outdir", out, *map(str, paths)],
            check=True,
            capture_output=True,
        )


def rows_alone(summary: Path) -> float:
    """Return the seconds that XlsxWriter takes for the rows of a summary, and nothing else of it."""
    book = CalamineWorkbook.from_path(summary)
    sheets = [book.get_sheet_by_index(number).to_python() for number in range(len(book.sheet_names))]
    with tempfile.TemporaryDirectory() as out:
        start = time.perf_counter()
        new = xlsxwriter.Workbook(str(Path(out) / "rows.xlsx"), {"constant_memory": True})
        for rows in sheets:
            sheet = new.add_worksheet()
            for at, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if isinstance(cell, str):
                        sheet.write_string(at, column, cell)
                    else:
                        sheet.write_number(at, column, cell)
        new.close()
        return time.perf_counter() - start


def timed(work: Callable[[], object], count: int) -> float:
    """Return wall milliseconds for each of so many files."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) / count * 1000


def beside(folder: Path) -> dict[str, float]:
    """Return milliseconds for each workbook of what else reads such a folder, in one process."""
    whole = []
    for path in sorted(folder.rglob("*.xlsx"))[: _SAMPLE * 2]:
        try:
            CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
        except Exception:  # noqa: BLE001 - a broken file, as some are
            continue
        whole.append(path)
    whole = whole[:_SAMPLE]
    few = whole[:_CONVERTED]
    return {
        "a": timed(lambda: [only_sums(path) for path in whole], len(whole)),
        "b": timed(lambda: concatenated(whole), len(whole)),
        "c": timed(lambda: converted(few), len(few)),
        "d": timed(lambda: [calamine(path) for path in whole], len(whole)),
    }


def one_size(count: int) -> Iterator[str | dict[str, float]]:
    """Merge a folder at first, again, and after one file has changed; yields table rows and at last its figures."""
    with tempfile.TemporaryDirectory() as top:
        folder = Path(top) / "报送"
        folder.mkdir()
        folders.fill(folder, count)
        others = beside(folder)
        first = merged(folder, Path(top))
        yield row(count, "第一次", first)
        if count <= _MOST_AGAIN:
            first["written"] = rows_alone(Path(top) / "汇总.xlsx")
            with tempfile.TemporaryDirectory() as other:
                alone = merged(folder, Path(other), workers=1)
            yield row(count, "第一次，读取只用一个进程", alone)
            first["pool"] = first["read"] / alone["read"]
            yield row(count, "再来一次", merged(folder, Path(top)))
        path = folder / "000" / f"00001-{folders.agency(1)}.xlsx"
        path.write_bytes(folders.workbook(1, "改"))
        changed = merged(folder, Path(top), last="write" if count <= _MOST_AGAIN else "read")
        if count <= _MOST_AGAIN:
            yield row(count, "改了一个文件再来", changed)
        first["again"] = changed["read"] / first["read"]
        yield first | others | {"each": sum(first[step] for step in STEPS) / count * 1000}


def row(count: int, name: str, told: dict[str, float]) -> str:
    """Return a row of the table."""
    seconds = [told[step] for step in STEPS]
    parts = " | ".join(f"{one:.1f}（{one / sum(seconds):.0%}）" for one in seconds)
    each = sum(seconds) / count * 1000
    return (
        f"| {count:,} | {name} | {sum(seconds):.1f} | {each:.1f} | {parts} | {told['main']} | {told['all']} |"
    )


HEAD = """# 大文件夹：时间和内存

`python tests/benchmarks/scale.py` 生成（文件夹见 `folders.py`：每个工作簿九张表，一个单位的整体表和八张项目表，标签写法
各不相同；2 % 坏文件，3 % 重复，1 % .xls）。时间是墙上时间，含写出汇总工作簿和每个单位的整体表；内存是按比例分摊的
驻留内存（PSS）峰值。计时从不决定测试是否通过。上次测量：Python {0}，{1} 个处理器，开始时负载 {2:.1f}。

| 文件数 | 哪一次 | 秒 | 每个文件毫秒 | {3} | 主进程 MB | 全部进程 MB |
|---:|---|---:|---:|---:|---:|---:|---:|---:|"""

OTHERS = {
    "a": "openpyxl 逐个打开，只加总额",
    "b": "pandas + calamine，全部表首尾相接",
    "c": "LibreOffice 逐个转成 csv（只有第一张表）",
    "d": "python-calamine 只读出每一格",
}


def compared(figures: dict[int, dict[str, float]]) -> Iterator[str]:
    """Yield the table of what else reads the same files, and the aims."""
    yield f"\n## 与别的办法相比（每个文件毫秒；(a) 至 (d) 一个进程、各取 {_SAMPLE} 个文件，(c) {_CONVERTED} 个）\n"
    yield f"| 文件数 | 到账目为止 | 全部 | {' | '.join(f'({key}) {name}' for key, name in OTHERS.items())} |"
    yield "|---:|---:|---:|---:|---:|---:|---:|"
    for count, told in figures.items():
        ours = told["read"] / count * 1000
        cells = " | ".join(f"{told[key]:.1f}" for key in OTHERS)
        yield f"| {count:,} | {ours:.1f} | {told['each']:.1f} | {cells} |"
    yield "\n| 目标 | 要求 | 量得 |\n|---|---:|---:|"
    *_, small, large = figures.values()
    ours = small["read"] / [*figures][-2] * 1000
    yield aim("到账目为止与 (d) 之比", 3, ours / small["d"])
    yield aim("只加总额的 (a) 与全部之比", 20, small["a"] / small["each"], least=True)
    total = small["each"] * [*figures][-2] / 1000
    yield aim("T6 到账目为止，两个进程与一个进程之比", 0.75, small["pool"])
    yield aim("T7 全部与 XlsxWriter 只写同样的行之比", 1.2, total / small["written"])
    for count, told in [*figures.items()][-2:]:
        yield aim(f"改了一个文件再来，到账目为止，与第一次之比，{count:,} 个", 0.05, told["again"])
    sizes = f"{[*figures][-1]:,} 个与 {[*figures][-2]:,} 个"
    yield aim(f"每个文件的时间，{sizes}之比", 1.15, large["each"] / small["each"])
    yield aim(f"T9 全部进程的内存，{sizes}之比", 1.2, large["all"] / small["all"])


def aim(name: str, limit: float, found: float, *, least: bool = False) -> str:
    """Return a row of the aims."""
    met = found >= limit if least else found <= limit
    return f"| {name} | {'≥' if least else '≤'} {limit:g} | {found:.3g}{'' if met else ' **未达**'} |"


NOTE = """
到账目为止是两个进程一起读取、认表、按数据标准和全部规则核对；(d) 只把每一格读出来，一个进程。所有表之间的比较（照搬、
同名、一字之差、项目与整体表加总）从磁盘上的账目逐张取，不放在内存里；汇总工作簿里的链接最多每张表 65,530 个，到此为止
不再增长。T7 的要求出自不作比较、不列问题的原型；这里每张表平均有十几条问题，行数大半是它们。"""


def main() -> None:
    """Print the table, and keep it where all sizes were measured."""
    wanted = [int(one) for one in sys.argv[1:]] or SIZES
    lines = [
        HEAD.format(sys.version.split()[0], os.cpu_count(), os.getloadavg()[0], " | ".join(STEPS.values()))
    ]
    figures = {}
    for count in wanted:
        for told in one_size(count):
            if isinstance(told, str):
                lines.append(told)
                print(told, flush=True)
            else:
                figures[count] = told
                print(told, flush=True)
    if len(wanted) > 1:
        lines += [*compared(figures), NOTE, ""]
    print("\n".join(lines))
    if wanted == SIZES:
        (HERE / "SCALE.md").write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--merge"]:
        merge(*sys.argv[2:])
    else:
        main()
