"""Measure the targets as ratios in one run and write the table: `python tests/benchmarks/run.py [--quick]`.

Two kinds of workbooks (`books.py`): the real tables of 2024, and these drawn to the size of the study that set the
targets. Every round runs both sides in turn, the order changing, and the median of the rounds' ratios is kept: a
machine that drifts hits both. Timing never decides a test; this table is for people.
"""

from __future__ import annotations

import compileall
import io
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import books
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

import jixiao
from jixiao import checking, reading, rules, schemas
from jixiao.model import Document
from jixiao.office import files
from jixiao.reading import plans
from jixiao.values import decimal

HERE = Path(__file__).resolve().parent
ROUNDS, BOOKS = (3, 10) if "--quick" in sys.argv else (7, 100)
Side = Callable[[], object]
Measure = tuple[float, float]  # ratio, seconds of our side
WORDS = {"project_target": "p-2021", "agency_overall": "gs-agency"}
SUMS = {"FI01", "UN01", "UN02", "UN03", "UN04"}
CLICK = "import xlwings, jsonschema_rs, jixiao.reading, jixiao.checking, jixiao.marking"


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


def judging(documents: list[Document]) -> tuple[Side, Side]:
    """Return the two sides of T3: our schema and sums, and the reference implementation of the schema."""
    judges = {form: schemas.reference(schemas.document_schema(form, name)) for form, name in WORDS.items()}
    sums = arithmetic()
    return (
        lambda: schema_and_sums(documents, sums),
        lambda: [list(judges[one.form](one.values)) for one in documents],
    )


def arithmetic() -> list[rules.Rule]:
    """Return the rules that add up, all that the study's validation did beside the schema."""
    return [rule for rule in rules.of_scope("document") if rule.id in SUMS]


def schema_and_sums(documents: Iterable[Document], sums: list[rules.Rule]) -> None:
    """Judge documents by the schema and by their sums."""
    given = rules.Given({"tolerance": "0.005"}, schemas.vocabulary("p-2021"), {})
    for one in documents:
        schemas.violations(one.form, WORDS[one.form], one.values)
        for rule in sums:
            if one.form in rule.forms and all(decimal(one.at(need)) is not None for need in rule.needs):
                list(rule.check(one, given))


def by_all_rules(documents: Iterable[Document]) -> None:
    """Judge documents by the whole catalogue."""
    for one in documents:
        checking.check(one)


def sides(size: str, count: int = 10) -> list[tuple[str, str, str, str, Side, Side]]:
    """Return the targets within one process, T1 to T5: name, what, baseline, limit, our side, the other side."""

    sent = [books.workbook(n, size) for n in range(count)]
    loaded = [files.load(data, "x.xlsx") for data in sent]
    documents = [spoilt(one) for book in loaded for one in reading.read(book)[0]]
    ours, theirs = judging(documents)

    def in_full() -> None:
        for book in loaded:
            plans.forget()
            reading.read(book)

    sums = arithmetic()

    def read_and(judge: Callable[[Iterable[Document]], None]) -> None:
        for data in sent:
            judge(reading.read(files.load(data, "x.xlsx"))[0])

    def load() -> None:
        for data in sent:
            files.load(data, "x.xlsx")

    def calamine() -> None:
        for data in sent:
            bare(data)

    return [
        ("T1", "带防护的读取（9 张表）", "calamine 裸读", "≤ 2.0", load, calamine),
        ("T2", "带防护的读取（9 张表）", "openpyxl read_only", "≤ 0.15", load, lambda: [by_openpyxl(one) for one in sent]),
        ("T3", "数据标准和加总", "jsonschema iter_errors", "≤ 0.05", ours, theirs),
        ("T4", "认表，版式见过", "calamine 裸读", "≤ 0.5", lambda: [reading.read(book) for book in loaded], calamine),
        ("T4 全读", "认表，版式没有见过", "calamine 裸读", "", in_full, calamine),
        ("T5", "读取、认表、数据标准、加总，一个进程", "calamine 裸读", "≤ 2.5", lambda: read_and(lambda found: schema_and_sums(found, sums)), calamine),
        ("T5 全部规则", "读取、认表、数据标准、全部规则", "calamine 裸读", "", lambda: read_and(by_all_rules), calamine),
    ]  # fmt: skip


def spoilt(document):
    """Five faults in every document, as the target states."""
    indicators = [dict(one) for one in document.values["indicators"]]
    indicators[0]["level1"] = "成木指标"
    indicators[1]["name"] = ""
    values = {**document.values, "indicators": indicators, "year": None, "goals": [], "agency": None}
    return type(document)(**{**vars(document), "values": values})


def merge_and_naive(size: str, folder: Path) -> tuple[list[str], list[str]]:
    """Return the commands of T8: our merge and the naive script over the same folder."""
    for number in range(BOOKS):
        (folder / f"{number:03}.xlsx").write_bytes(books.workbook(number, size))
    out = tempfile.mkdtemp()
    merge = [
        sys.executable,
        "-m",
        "jixiao",
        "merge",
        str(folder),
        "-o",
        f"{out}/a.xlsx",
        "--force",
        "--quiet",
        "--no-cache",
    ]
    return merge, [sys.executable, str(HERE / "naive.py"), str(folder), f"{out}/b.xlsx"]


def one_side(size: str, name: str, number: str) -> None:
    """Run one side of one target a few times, for the measure of its memory."""
    side = next(row for row in sides(size, 2) if row[0] == name)[4 + int(number)]
    for _ in range(3):
        side()


def inside() -> list[str]:
    """Measure T1 to T5 at both sizes, and the peak of each side alone in a process of its own; return table rows."""
    both = [sides(size) for size in books.SIZES]
    rows = []
    for real, study in zip(*both, strict=True):
        found = [ratio(*one[4:]) for one in (real, study)]
        alone = [peak([sys.executable, __file__, "--side", "study", real[0], side]) for side in ("0", "1")]
        rows.append(line(real[:4], found, alone))
    return rows


def outside() -> list[str]:
    """Measure T8, T12 and T13, whole processes; return table rows."""
    python = sys.executable
    rows, found, peaks = [], [], []
    for size in books.SIZES:
        with tempfile.TemporaryDirectory() as folder:
            merge, naive = merge_and_naive(size, Path(folder))
            found.append(whole(merge, naive, min(ROUNDS, 3)))
            peaks = [peak(merge), peak(naive)]
    what = f"汇总 {BOOKS} 个工作簿"
    rows.append(line(("T8", what, "openpyxl + jsonschema + openpyxl", "≤ 0.08"), found, peaks))
    for names, ours, theirs in (
        (("T12", "一次点击要导入的", "import xlwings", "≤ 1.3"), [python, "-c", CLICK], [python, "-c", "import xlwings"]),
        (("T13", "jixiao --help", "空的 Python", "≤ 3"), [python, "-m", "jixiao", "--help"], [python, "-c", "pass"]),
    ):  # fmt: skip
        rows.append(line(names, [whole(ours, theirs, ROUNDS + 8)], [peak(ours), peak(theirs)]))
    return rows


def line(names: tuple[str, ...], found: list[Measure], peaks: list[int]) -> str:
    """Return one row of the table; what does not depend on the workbooks stands in the first column alone."""
    limit = float(names[3].removeprefix("≤ ") or "inf")
    shown = [f"{value:.3g}{'' if value <= limit else ' **未达**'}" for value, _ in found]
    shown += ["—"] * (2 - len(shown))
    return f"| {' | '.join((*names, *shown))} | {found[-1][1]:.3g} s | {peaks[0]}（{peaks[1]}） |"


def main() -> None:
    compileall.compile_dir(str(Path(jixiao.__file__).parent), quiet=1)  # as an installed package is
    lines = [
        "# 速度和内存",
        "",
        "一次运行里两边轮流做，取各轮比值的中位数（CPU 时间；T8、T12、T13 是整个进程的时钟时间）。重新测量：",
        "`python tests/benchmarks/run.py`。计时从不决定测试是否通过。",
        "",
        MEASURED.format(platform.python_version(), os.cpu_count(), platform.system(), BOOKS, ROUNDS, os.getloadavg()[0]),
        "",
        "| # | 做什么 | 与谁相比 | 目标 | 真实的表 | 研究的规模 | 用时 | 峰值内存（MB，对方） |",
        "|---|---|---|---|---:|---:|---:|---:|",
        *inside(),
        *outside(),
    ]  # fmt: skip
    print("\n".join(lines))
    if "--quick" not in sys.argv:
        (HERE / "README.md").write_text("\n".join([*lines, "", NOTE, ""]), encoding="utf-8")


MEASURED = (
    "上次测量：Python {0}，{1} 个处理器，{2}，开始时负载 {5:.1f}；{3} 个工作簿，{4} 轮（T8 三轮）。每个工作簿九张表："
    "“真实的表”照 2024 年公开的样子，每张 9 或 10 条指标；“研究的规模”把同样的表画到定目标时的大小，每张 18 或 20 条指标、"
    "约 50 个合并区域（`books.py`）。用时和内存是后一种的。"
)
NOTE = (
    "峰值内存是单独一个进程里最大的那个进程（T1 至 T5 的两边都先画好同样的工作簿、装入同样的库）。\n\n"
    "T4 是版式见过的表：只有值不同，按上一张同样的表取值；见不同的表（T4 全读）逐格找标签，没有目标。一次汇总里的表多数版式相同，"
    "但填了哪些格、一二级指标的次序不同也算另一种版式。\n\n"
    "T5 按研究的定义：读取、认表、数据标准和加总（FI01、UN01 至 UN04）。研究的原型没有别的规则，所以全部规则另列一行，没有目标；"
    "规则本身的代价和表多时的增长见 RULES.md。\n\n"
    "T8 每次都从头读（--no-cache），不用上一次记住的。\n\n"
    "T12 只算导入，两边都有字节码，与研究的定义相同。"
)


if __name__ == "__main__":
    if "--side" in sys.argv:
        one_side(*sys.argv[sys.argv.index("--side") + 1 :][:3])
    else:
        main()
