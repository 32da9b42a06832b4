"""Measure the targets as ratios in one run and write the table: `python tests/benchmarks/run.py [--quick]`.

Every round runs both sides in turn, the order changing, and the median of the rounds' ratios is kept: a machine that
drifts hits both. Timing never decides a test; this table is for people.
"""

from __future__ import annotations

import io
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from jixiao import checking, demo, drawing, forms, reading, rules, schemas
from jixiao.office import files, writing
from jixiao.values import decimal

HERE = Path(__file__).resolve().parent
ROUNDS, BOOKS = (3, 10) if "--quick" in sys.argv else (7, 100)
Side = Callable[[], object]
Row = tuple[str, str, str, str, float, float, int, int]
CLICK = """
import xlwings, jixiao.reading, jixiao.checking, jixiao.marking
from jixiao import schemas
schemas.violations('project_target', 'p-2021', {})
"""


def workbook(number: int) -> bytes:
    """One workbook as a department sends it: its own table and eight projects, nine sheets."""

    pages = []
    for one in demo.examples():
        values = {**one["values"], "agency": f"和政县第{number}单位"}
        if "project_name" in values:
            values |= {"project_name": f"{values['project_name']}{number}", "department": values["agency"]}
        pages.append(drawing.draw(forms.find(one["form"], one["edition"]), one["sheet"], values))
    return writing.workbook(pages)


def bare(data: bytes) -> list[object]:
    """Read with calamine alone: values and merges."""

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = [book.get_sheet_by_index(n) for n in range(len(book.sheet_names))]
    return [(sheet.to_python(skip_empty_area=False), sheet.merged_cell_ranges) for sheet in sheets]


def by_openpyxl(data: bytes) -> list[object]:
    """Read with openpyxl in its fast mode: values only."""

    return [
        list(s.iter_rows(values_only=True))
        for s in load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    ]


def ratio(ours: Side, theirs: Side, rounds: int = ROUNDS) -> tuple[float, float]:
    """Return the median ratio of CPU seconds, and the median of ours."""
    pairs = []
    for number in range(rounds + 1):
        seconds = {}
        for side in (ours, theirs) if number % 2 else (theirs, ours):
            start = time.process_time()
            side()
            seconds[side] = time.process_time() - start
        if number:
            pairs.append((seconds[ours], seconds[theirs]))
    return statistics.median(a / b for a, b in pairs), statistics.median(a for a, _ in pairs)


def whole(ours: list[str], theirs: list[str], rounds: int) -> tuple[float, float]:
    """Time two commands in turn; returns the median ratio, and the median of ours, in wall seconds."""
    pairs = []
    for number in range(rounds):
        seconds = [0.0, 0.0]
        for side in (0, 1) if number % 2 else (1, 0):
            start = time.perf_counter()
            subprocess.run((ours, theirs)[side], check=True, capture_output=True)
            seconds[side] = time.perf_counter() - start
        pairs.append(seconds)
    return statistics.median(a / b for a, b in pairs), statistics.median(a for a, _ in pairs)


LAUNCHER = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
"""


def peak(command: list[str]) -> int:
    """Return the peak memory in MB of a command's largest process.

    A bare interpreter starts it: a child begins with the footprint of whoever starts it, and ours is not small.
    """
    done = subprocess.run([sys.executable, "-c", LAUNCHER, *command], check=True, capture_output=True)
    return int(done.stdout)


def sides(count: int = 10) -> list[tuple[str, str, str, str, Side, Side]]:
    """Return the targets within one process, T1 to T5: name, what, baseline, limit, our side, the other side."""

    books = [workbook(n) for n in range(count)]
    loaded = [files.load(data, "x.xlsx") for data in books]
    documents = [spoilt(one) for book in loaded for one in reading.read(book)[0]]
    words = {"project_target": "p-2021", "agency_overall": "gs-agency"}
    judges = {form: schemas.reference(schemas.document_schema(form, name)) for form, name in words.items()}
    sums = [
        rule
        for rule in rules.of_scope("document")
        if rule.id in {"FI01", "UN01", "UN02", "UN03", "UN04", "CO01"}
    ]
    given = rules.Given({"tolerance": "0.005"}, schemas.vocabulary("p-2021"), {})

    def schema_and_sums() -> None:
        for one in documents:
            schemas.violations(one.form, words[one.form], one.values)
            for rule in sums:
                if one.form in rule.forms and all(decimal(one.at(need)) is not None for need in rule.needs):
                    list(rule.check(one, given))

    found: list[tuple[str, str, str, str, Side, Side]] = [
        ("T1", "带防护的读取（9 张表）", "calamine 裸读", "≤ 2.0", lambda: [files.load(b, "x.xlsx") for b in books], lambda: [bare(b) for b in books]),
        ("T2", "带防护的读取（9 张表）", "openpyxl read_only", "≤ 0.15", lambda: [files.load(b, "x.xlsx") for b in books], lambda: [by_openpyxl(b) for b in books]),
        ("T3", "数据标准和加总", "jsonschema iter_errors", "≤ 0.05", schema_and_sums, lambda: [list(judges[one.form](one.values)) for one in documents]),
        ("T4", "认表（纯 Python）", "calamine 裸读", "≤ 0.5", lambda: [reading.read(book) for book in loaded], lambda: [bare(b) for b in books]),
        ("T5", "读取、认表、校验，一个进程", "calamine 裸读", "≤ 2.5", lambda: [everything(b) for b in books], lambda: [bare(b) for b in books]),
    ]  # fmt: skip

    def everything(data: bytes) -> None:
        for one in reading.read(files.load(data, "x.xlsx"))[0]:
            checking.check(one)

    return found


def inside() -> list[Row]:
    """Measure T1 to T5, and the peak of each side alone in a process of its own."""
    rows = []
    for name, what, baseline, limit, ours, theirs in sides():
        alone = [peak([sys.executable, __file__, "--side", name, number]) for number in ("0", "1")]
        rows.append((name, what, baseline, limit, *ratio(ours, theirs), alone[0], alone[1]))
    return rows


def spoilt(document):
    """Five faults in every document, as the target states."""
    indicators = [dict(one) for one in document.values["indicators"]]
    indicators[0]["level1"] = "成木指标"
    indicators[1]["name"] = ""
    values = {**document.values, "indicators": indicators, "year": None, "goals": [], "agency": None}
    return type(document)(**{**vars(document), "values": values})


def outside(folder: Path) -> list[Row]:
    """Measure T8, T12 and T13: whole processes."""
    python = sys.executable
    for number in range(BOOKS):
        (folder / f"{number:03}.xlsx").write_bytes(workbook(number))
    out = tempfile.mkdtemp()
    merge = [python, "-m", "jixiao", "merge", str(folder), "-o", f"{out}/a.xlsx", "--force", "--quiet"]
    naive = [python, str(HERE / "naive.py"), str(folder), f"{out}/b.xlsx"]
    click = [python, "-c", CLICK]
    commands = [
        ("T8", f"汇总 {BOOKS} 个工作簿", "openpyxl + jsonschema + openpyxl", "≤ 0.08", merge, naive, min(ROUNDS, 5)),
        ("T12", "一次点击要导入的", "import xlwings", "≤ 1.3", click, [python, "-c", "import xlwings"], ROUNDS + 4),
        ("T13", "jixiao --help", "空的 Python", "≤ 3", [python, "-m", "jixiao", "--help"], [python, "-c", "pass"], ROUNDS + 4),
    ]  # fmt: skip
    return [
        (*named, *whole(ours, theirs, rounds), peak(ours), peak(theirs))
        for *named, ours, theirs, rounds in commands
    ]


def one_side(name: str, number: str) -> None:
    """Run one side of one target a few times, for the measure of its memory."""
    side = next(row for row in sides(2) if row[0] == name)[4 + int(number)]
    for _ in range(3):
        side()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        rows = [*inside(), *outside(Path(folder))]
    lines = [
        "# 速度和内存",
        "",
        "一次运行里两边轮流做，取各轮比值的中位数（CPU 时间；T8、T12、T13 是整个进程的时钟时间）。重新测量：",
        "`python tests/benchmarks/run.py`。计时从不决定测试是否通过。",
        "",
        MEASURED.format(platform.python_version(), os.cpu_count(), platform.system(), BOOKS, ROUNDS),
        "",
        "| # | 做什么 | 与谁相比 | 目标 | 比值 | 用时 | 峰值内存（MB，对方） |",
        "|---|---|---|---|---:|---:|---:|",
    ]
    for name, what, baseline, target, value, seconds, ours, theirs in rows:
        met = "" if value <= float(target.removeprefix("≤ ")) else " **未达**"
        lines.append(
            f"| {name} | {what} | {baseline} | {target} | {value:.3g}{met} | {seconds:.3g} s | {ours}（{theirs}） |"
        )
    print("\n".join(lines))
    if "--quick" not in sys.argv:
        (HERE / "README.md").write_text("\n".join([*lines, "", NOTE, ""]), encoding="utf-8")


MEASURED = (
    "上次测量：Python {0}，{1} 个处理器，{2}；每个工作簿 9 张真实的表，{3} 个工作簿，{4} 轮（T8 五轮）。"
)
NOTE = (
    "峰值内存是单独一个进程里最大的那个进程（T1 至 T5 的两边都先画好同样的工作簿、装入同样的库）。\n\n"
    "T4 的目标来自一个原型：它按固定位置取值，不记每个值在哪一格。我们按标签认表，每个值带着格子，所以慢；"
    "T5 因此也慢。T8 的对照在合并单元格少的表上快得多。"
)


if __name__ == "__main__":
    if "--side" in sys.argv:
        one_side(*sys.argv[sys.argv.index("--side") + 1 :][:2])
    else:
        main()
