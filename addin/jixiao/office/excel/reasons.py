"""The sheet of recorded reasons in the open workbook: one block read, one block written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from jixiao.errors import JixiaoError
from jixiao.model import Reason
from jixiao.office import reasons
from jixiao.office.excel import programs

if TYPE_CHECKING:
    from types import ModuleType

    import xlwings

_LOCKED = (
    "工作簿的结构受保护，或是以只读方式打开的，说明没有地方存。请撤销工作簿保护，或另存一份打开，再点一次。"
)
_TAKEN = f"工作簿里已有一张自己的工作表叫“{reasons.SHEET}”，说明没有地方存。请给它换个名字后再试。"


def recorded(book: xlwings.Book) -> tuple[Reason, ...]:
    """Return the reasons recorded in the workbook."""
    program = programs.of(book.app)
    held = programs.find(book, reasons.SHEET)
    return () if held is None else parsed(held, program)


def parsed(held: xlwings.Sheet, program: ModuleType) -> tuple[Reason, ...]:
    """Return the reasons on the sheet itself."""
    last = program.last(held)
    if last is None or last.row == 0:
        return ()
    return reasons.parse(held.range((1, 1), (min(last.row, reasons.MOST) + 1, reasons.COLUMNS)).formula)


def record(book: xlwings.Book, found: Sequence[Reason]) -> None:
    """Let the workbook carry these reasons and no others; without any the sheet goes.

    Raises JixiaoError where no sheet can be added, or a person's own has the name.
    """
    program = programs.of(book.app)
    held = programs.find(book, reasons.SHEET)
    if held is not None and program.is_visible(held) and held.range((1, 1)).raw_value != reasons.VERSION:
        raise JixiaoError(_TAKEN)
    if held is None and not found:
        return
    if held is None:
        if program.is_locked(book):
            raise JixiaoError(_LOCKED)
        held = book.sheets.add(reasons.SHEET, after=book.sheets[-1])
        program.hide(held)
    if not found and not program.is_locked(book):
        program.remove(held)
        return
    rows = reasons.rows(found[: reasons.MOST])
    held.clear_contents()
    held.range((1, 1), (len(rows), reasons.COLUMNS)).raw_value = rows
