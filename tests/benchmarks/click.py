"""What a click costs: from call to marks on a sheet of 60 rows and 8 columns, and what it imports.

Run `python tests/benchmarks/click.py`; it prints a table and writes it to `CLICK.md` beside it. The office is a real
LibreOffice in another process, reached through a pipe; the share of it is the time in which its calls were under way.
"""

import importlib.util
import io
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import openpyxl
import xlwings as xw

from jixiao import marking
from jixiao.model import Mark
from jixiao.office import excel
from jixiao.office.libreoffice import register

HERE = Path(__file__).resolve().parent
ROUNDS = 5
FINDINGS = (1, 10, 100)
IMPORTS = {
    "xlwings 自身": "import xlwings",
    "点“校验本表”所需": "import xlwings\nfrom jixiao import ribbon\nfrom jixiao.ribbon import checks\n"
    "from jixiao.office.excel import calc\nfrom jixiao import forms, rules, schemas\n",
}


def counting():
    spec = importlib.util.spec_from_file_location(
        "counting", HERE.parent / "office" / "excel" / "counting.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def sheet():
    """Sixty rows of eight cells in seven formats, as a form has them."""
    book = openpyxl.Workbook()
    book.active.title = "表"
    for row in range(60):
        book.active.append([f"{row}行{column}" if column < 6 else row * 1.5 for column in range(8)])
    for column in range(1, 8):
        for row in range(1, 61):
            book.active.cell(row, column).number_format = "@" if column < 4 else "0.00"
            book.active.cell(row, column).alignment = openpyxl.styles.Alignment(indent=column)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def clicks(app, count, wrap):
    """Return (seconds, seconds in the office, calls) of reading, marking and showing `count` findings; the median."""
    found = []
    for number in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"{count}-{number}.xlsx"
            path.write_bytes(sheet())
            book, calls = wrap.counted(app.books.open(str(path)))
            cells = [f"{'ABCDEFGH'[at % 8]}{1 + at // 8}" for at in range(count)]
            start = time.perf_counter()
            excel.read(book)
            excel.mark(
                book,
                [Mark("表", cell, "error", "【错误 FI01】合计不等于各项之和。", ("FI01",)) for cell in cells],
            )
            marked = time.perf_counter() - start, calls.seconds, len(calls)
            excel.show_page(book, marking.result_page([], [], "表.xlsx"))
            shown = time.perf_counter() - start
            found.append((*marked, shown))
            book.close()
    return [statistics.median(one[at] for one in found) for at in range(4)]


def imported(code):
    """Return the median seconds of a new Python that runs `code`, and of one that does nothing."""
    spent = []
    for _ in range(ROUNDS + 2):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-I", "-c", code], check=True)
        spent.append(time.perf_counter() - start)
    return statistics.median(spent)


def lines(app, wrap):
    yield "# 一次点击的代价"
    yield ""
    yield f"LibreOffice {app.version}，另一进程，经管道；60 行 × 8 列，七种格式；{ROUNDS} 次的中位数。"
    yield "机器同时在做别的事，毫秒数只能相互比较；调用次数每次都一样。"
    yield ""
    yield "| 问题数 | 从点击到标好（毫秒） | 其中在表格程序里 | 调用次数 | 连“校验结果”页（毫秒） |"
    yield "|---:|---:|---:|---:|---:|"
    for count in FINDINGS:
        spent, inside, calls, shown = clicks(app, count, wrap)
        yield f"| {count} | {spent * 1000:.0f} | {inside / spent:.0%} | {calls:.0f} | {shown * 1000:.0f} |"
    yield ""
    yield "| 导入 | 毫秒 | 与 `import xlwings` 之比 |"
    yield "|---|---:|---:|"
    bare = imported("pass")
    seconds = {name: imported(code) - bare for name, code in IMPORTS.items()}
    least = next(iter(seconds.values()))
    for name, spent in seconds.items():
        yield f"| {name} | {spent * 1000:.0f} | {spent / least:.2f} |"


def main():
    register()
    with xw.App(visible=False, add_book=False) as app:
        table = "\n".join(lines(app, counting())) + "\n"
    print(table)
    (HERE / "CLICK.md").write_text(table, encoding="utf-8")


if __name__ == "__main__":
    main()
