"""Merge folders of growing size, and write time and memory of each step: `python tests/benchmarks/scale.py [N …]`.

The folders are seeded: one agency a workbook with its own table and one project, another project name each, 2 % broken,
3 % duplicates, 1 % .xls. Timing never decides a test; this table is for people.
"""

from __future__ import annotations

import io
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from pathlib import Path

import xlwt

from jixiao import demo, drawing, forms
from jixiao.office import writing

HERE = Path(__file__).resolve().parent
SIZES = [100, 1000, 5000]
AGENCY, PROJECT = "单位名称占位", "项目名称占位"
_MOST_GROWTH = 1.2
_MOST_AGAIN = 2000  # of the largest folders the first run says enough
STEPS = ("first", "again", "one changed")


def base() -> dict[str, bytes]:
    """The parts of one workbook with placeholders for its names."""
    tables = demo.examples()
    pages = []
    for one in (tables[0], tables[8]):
        values = {**one["values"], "agency": AGENCY, "department": AGENCY, "project_name": PROJECT}
        form = forms.find(one["form"], one["edition"])
        known = {name for name, _, _ in form.fields()} | {"year", "goals", "indicators"}
        pages.append(
            drawing.draw(form, one["sheet"], {key: value for key, value in values.items() if key in known})
        )
    with zipfile.ZipFile(io.BytesIO(writing.workbook(pages))) as book:
        return {name: book.read(name) for name in book.namelist()}


def workbook(parts: dict[str, bytes], agency: str, project: str) -> bytes:
    """The workbook with these names in the place of the placeholders."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        for name, part in parts.items():
            book.writestr(
                name,
                part.replace(AGENCY.encode(), agency.encode()).replace(PROJECT.encode(), project.encode()),
            )
    return out.getvalue()


def xls(agency: str, project: str) -> bytes:
    """One project as an .xls, as an old computer saves it."""
    table = demo.examples()[8]["values"]
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    rows = [
        ["项目支出绩效目标表"],
        ["项目名称", project],
        ["主管部门", agency, "实施单位", agency],
        ["年度资金总额", "50"],
        ["一级指标", "二级指标", "三级指标", "指标值"],
    ]
    rows += [
        [one[key] or "" for key in ("level1", "level2", "name", "target")] for one in table["indicators"]
    ]
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            sheet.write(at, column, text)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def fill(folder: Path, count: int) -> None:
    """Write a folder of this many files."""
    chance, parts, last = random.Random(count), base(), b""
    for number in range(count):
        agency, project = f"和政县第{number}单位", f"{chance.choice('水电气暖')}费第{number}期"
        path = folder / f"{number // 500:03}" / f"{number:05}-{agency}.xlsx"
        path.parent.mkdir(exist_ok=True)
        fate = chance.random()
        if fate < 0.02:
            path.write_bytes(last[: len(last) // 2])
        elif fate < 0.05 and last:
            path.with_stem(f"{path.stem}-副本").write_bytes(last)
        elif fate < 0.06:
            path.with_suffix(".xls").write_bytes(xls(agency, project))
        else:
            last = workbook(parts, agency, project)
            path.write_bytes(last)


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


def measured(command: list[str], environment: dict[str, str]) -> tuple[float, int, int]:
    """Run a command; returns wall seconds, and peak MB of its main process and of all its processes."""
    start = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    peaks = [0, 0]

    def watch() -> None:
        while process.poll() is None:
            sizes = [resident(pid) for pid in children(process.pid)]
            peaks[0], peaks[1] = max(peaks[0], sizes[0]), max(peaks[1], sum(sizes))
            time.sleep(0.1)

    watcher = threading.Thread(target=watch)
    watcher.start()
    _, errors = process.communicate()
    watcher.join()
    assert process.returncode in {0, 1}, errors.decode()
    return time.perf_counter() - start, peaks[0] >> 20, peaks[1] >> 20


def one_size(count: int) -> list[tuple[str, float, int, int]]:
    """Merge a folder three times: at first, again, and after one file has changed."""
    with tempfile.TemporaryDirectory() as top:
        folder = Path(top) / "报送"
        folder.mkdir()
        fill(folder, count)
        home = "LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME"
        command = [
            sys.executable,
            "-m",
            "jixiao",
            "merge",
            str(folder),
            "-o",
            f"{top}/汇总.xlsx",
            "--force",
            "--quiet",
        ]
        rows = []
        for step in STEPS[: 1 if count > _MOST_AGAIN else None]:
            if step == "one changed":
                name = "和政县第1单位"
                (folder / "000" / f"00001-{name}.xlsx").write_bytes(workbook(base(), name, "另一个项目"))
            rows.append((step, *measured(command, {**os.environ, home: top})))
        return rows


NAMES = {"first": "第一次", "again": "再来一次", "one changed": "改了一个文件再来"}
HEAD = """# 大文件夹：时间和内存

`python tests/benchmarks/scale.py` 生成（每个工作簿一个单位：整体表和一张项目表；2 % 坏文件，3 % 重复，1 % .xls）。
时间是整条命令（含写出汇总工作簿和每个单位的整体表）；内存是按比例分摊的驻留内存（PSS）峰值。计时从不决定测试是否通过。

| 文件数 | 哪一次 | 秒 | 每个文件毫秒 | 主进程 MB | 全部进程 MB |
|---:|---|---:|---:|---:|---:|"""

NOTE = """内存里账目本身几乎不长（2,000 个单位 68 MB，6,000 个 82 MB，单独量的主进程）；长的是汇总工作簿里的链接：XlsxWriter 把每个
链接留在内存里（约 1 KB），每张工作表到 Excel 的上限 65,530 个为止，此后不再长；其次是“汇总表”上每个单位一行。"""


def main() -> None:
    """Print the table, and keep it where all sizes were measured."""
    lines = [HEAD]
    firsts = {}
    wanted = [int(one) for one in sys.argv[1:]] or SIZES
    for count in wanted:
        for step, seconds, own, tree in one_size(count):
            firsts.setdefault(count, (seconds, tree))
            lines.append(
                f"| {count} | {NAMES[step]} | {seconds:.1f} | {seconds / count * 1000:.1f} | {own} | {tree} |"
            )
            print(lines[-1], flush=True)
    if len(wanted) > 2:
        (_, small), (_, large) = firsts[wanted[-2]], firsts[wanted[-1]]
        growth = large / small
        met = "" if growth <= _MOST_GROWTH else "，**未达**"
        sizes = f"{wanted[-1]} 个与 {wanted[-2]} 个"
        lines += [
            "",
            f"T9（目标 ≤ {_MOST_GROWTH}）：{sizes}的全部进程内存之比 {growth:.2f}{met}。",
            "",
            NOTE,
            "",
        ]
        (HERE / "SCALE.md").write_text("\n".join(lines), encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
