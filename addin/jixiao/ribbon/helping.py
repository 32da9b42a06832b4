"""规则说明 and 关于/自检: what the rules say, and what is installed here."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from jixiao import __version__, marking, rules
from jixiao.model import Area, Box, Page
from jixiao.office import excel
from jixiao.office.excel import programs
from jixiao.ribbon import telling

if TYPE_CHECKING:
    from jixiao.office.excel import Book, Desk
    from jixiao.rules import Rule

_WIDTHS = (8.0, 8.0, 34.0, 78.0, 34.0)
_HEADINGS = ("规则", "级别", "检查什么", "说明", "依据")


def show_rules(desk: Desk) -> str:
    """Open a new workbook with the manual of every rule, those of the selected mark first."""
    first = [] if desk.book is None else _here(desk, telling.book(desk))
    known = [one for one in rules.catalogue() if one.on or one.id in first]
    ordered = sorted(known, key=lambda one: (one.id not in first, one.id))
    book = desk.app.books.add()
    with excel.Quiet(desk.app):
        sheet = book.sheets[0]
        sheet.name = "规则说明"
        excel.draw(sheet, _page(ordered, len(first)))
        sheet.range("A1").select()
    programs.of(desk.app).set_saved(book)
    if first:
        return f"已打开规则说明，所选单元格的规则（{'、'.join(first)}）在最前面。"
    return ""


def _here(desk: Desk, book: Book) -> list[str]:
    """Return the rules of the mark at the selected cell."""
    selected = desk.app.selection
    if selected is None:
        return []
    here = (selected.sheet.name, selected[0, 0].get_address(row_absolute=False, column_absolute=False))
    found = [one.rules for one in excel.state(book) or () if (one.sheet, one.cell) == here]
    return list(dict.fromkeys(rule for ids in found for rule in ids))


def _page(known: list[Rule], first: int) -> Page:
    title = "校验规则说明" if not first else f"校验规则说明（前 {first} 条是所选单元格的）"
    boxes = [Box(Area(0, 0, 0, len(_WIDTHS) - 1), title, "title")]
    boxes += [Box(Area(1, at, 1, at), text, "header") for at, text in enumerate(_HEADINGS)]
    for row, one in enumerate(known, 2):
        level = marking.LEVELS[one.severity]
        manual = "\n".join(line.strip() for line in one.manual.splitlines() if line.strip())
        texts = (one.id, level, one.title, manual, one.basis)
        styles = ("center", one.severity, "wrapped", "wrapped", "wrapped")
        boxes += [
            Box(Area(row, at, row, at), text, style)
            for at, (text, style) in enumerate(zip(texts, styles, strict=True))
        ]
    return Page(
        sheet="规则说明",
        widths=_WIDTHS,
        boxes=tuple(boxes),
        heights={0: 34.0},
        print_titles=(1, 1),
        landscape=True,
        frozen=2,
        filtered=Area(1, 0, len(known) + 1, len(_WIDTHS) - 1),
    )


def about(desk: Desk) -> str:
    """Return version, program and Python, and what the doctor says of this machine."""
    from jixiao import doctor  # noqa: PLC0415 - it looks at the whole machine, and nobody else here needs it

    name = {"libreoffice": "LibreOffice", "excel": "Excel"}.get(desk.app.engine.name, desk.app.engine.name)
    lines = [
        f"绩效目标表工具 jixiao {__version__}",
        f"表格程序：{name} {desk.app.version}",
        f"Python：{sys.version.split()[0]}（{sys.executable}）",
    ]
    return "\n".join([*lines, "", doctor.text(doctor.report())])
