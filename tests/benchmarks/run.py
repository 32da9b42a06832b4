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


def whole(ours: list[str], theirs: list[str], rounds: int) -> tuple[float, float, int, int]:
    """Time two commands in turn; returns the ratio and ours in wall seconds, and both peaks in MB."""
    pairs, peaks = [], {0: 0, 1: 0}
    for number in range(rounds):
        seconds = [0.0, 0.0]
        for side in (0, 1) if number % 2 else (1, 0):
            start = time.perf_counter()
            peaks[side] = max(peaks[side], peak((ours, theirs)[side]))
            seconds[side] = time.perf_counter() - start
        pairs.append(seconds)
    return (
        statistics.median(a / b for a, b in pairs),
        statistics.median(a for a, _ in pairs),
        peaks[0],
        peaks[1],
    )


def peak(command: list[str]) -> int:
    """Run a command and return its peak memory in MB."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{command} ended with {status}")
    return usage.ru_maxrss // 1024


def inside() -> list[tuple[str, str, str, str, float, float]]:
    """Targets within one process: T1 to T5."""

    books = [workbook(n) for n in range(10)]
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

    sides: list[tuple[str, str, str, str, Side, Side]] = [
        ("T1", "带防护的读取（9 张表）", "calamine 裸读", "≤ 2.0", lambda: [files.load(b, "x.xlsx") for b in books], lambda: [bare(b) for b in books]),
        ("T2", "带防护的读取（9 张表）", "openpyxl read_only", "≤ 0.15", lambda: [files.load(b, "x.xlsx") for b in books], lambda: [by_openpyxl(b) for b in books]),
        ("T3", "数据标准和加总", "jsonschema iter_errors", "≤ 0.05", schema_and_sums, lambda: [list(judges[one.form](one.values)) for one in documents]),
        ("T4", "认表（纯 Python）", "calamine 裸读", "≤ 0.5", lambda: [reading.read(book) for book in loaded], lambda: [bare(b) for b in books]),
        ("T5", "读取、认表、校验，一个进程", "calamine 裸读", "≤ 2.5", lambda: [everything(b) for b in books], lambda: [bare(b) for b in books]),
    ]  # fmt: skip

    def everything(data: bytes) -> None:
        for one in reading.read(files.load(data, "x.xlsx"))[0]:
            checking.check(one)

    return [(*named, *ratio(ours, theirs)) for *named, ours, theirs in sides]


def spoilt(document):
    """Five faults in every document, as the target states."""
    indicators = [dict(one) for one in document.values["indicators"]]
    indicators[0]["level1"] = "成木指标"
    indicators[1]["name"] = ""
    values = {**document.values, "indicators": indicators, "year": None, "goals": [], "agency": None}
    return type(document)(**{**vars(document), "values": values})


def outside(folder: Path) -> list[tuple[str, str, str, str, float, float, int, int]]:
    """Targets of whole processes: T8, T12, T13."""
    python = sys.executable
    for number in range(BOOKS):
        (folder / f"{number:03}.xlsx").write_bytes(workbook(number))
    out = tempfile.mkdtemp()
    merge = [python, "-m", "jixiao", "merge", str(folder), "-o", f"{out}/a.xlsx", "--force", "--quiet"]
    naive = [python, str(HERE / "naive.py"), str(folder), f"{out}/b.xlsx"]
    click = "import xlwings, jixiao.reading, jixiao.checking, jixiao.marking; from jixiao import schemas; schemas.violations('project_target', 'p-2021', {})"
    return [
        ("T8", f"汇总 {BOOKS} 个工作簿", "openpyxl + jsonschema + openpyxl", "≤ 0.08", *whole(merge, naive, 1 if BOOKS > 10 else 2)),
        ("T12", "一次点击要导入的", "import xlwings", "≤ 1.3", *whole([python, "-c", click], [python, "-c", "import xlwings"], ROUNDS + 4)),
        ("T13", "jixiao --help", "空的 Python", "≤ 3", *whole([python, "-m", "jixiao", "--help"], [python, "-c", "pass"], ROUNDS + 4)),
    ]  # fmt: skip


def peaks_inside() -> dict[str, int]:
    """Peak memory of one side alone, each in a process of its own."""
    code = "import sys; sys.path.insert(0, {here!r}); import run; {body}; import resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    bodies = {
        "ours": "from jixiao import checking, reading; from jixiao.office import files; b = run.workbook(1); [checking.check(d) for _ in range(20) for d in reading.read(files.load(b, 'x.xlsx'))[0]]",
        "theirs": "b = run.workbook(1); [run.bare(b) for _ in range(20)]",
    }
    command = [sys.executable, "-c"]
    return {
        side: int(
            subprocess.run(
                [*command, code.format(here=str(HERE), body=body)], capture_output=True, check=True
            ).stdout
        )
        for side, body in bodies.items()
    }


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        rows = [(*row, 0, 0) for row in inside()] + outside(Path(folder))
    memory = peaks_inside()
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
        mine, other = (ours, theirs) if ours else (memory["ours"], memory["theirs"])
        lines.append(
            f"| {name} | {what} | {baseline} | {target} | {value:.3g}{met} | {seconds:.3g} s | {mine}（{other}） |"
        )
    print("\n".join(lines))
    if "--quick" not in sys.argv:
        (HERE / "README.md").write_text("\n".join([*lines, "", NOTE, ""]), encoding="utf-8")


MEASURED = "上次测量：Python {0}，{1} 个处理器，{2}；每个工作簿 9 张真实的表，{3} 个工作簿，{4} 轮。"
NOTE = (
    "T4 的对照是别人的原型：它按固定位置取值，不记每个值在哪一格。我们按标签认表，每个值带着格子，所以慢；"
    "T5 因此也慢。和打开一个工作簿、写出汇总相比，这一步仍然很小（T8）。"
)


if __name__ == "__main__":
    main()
