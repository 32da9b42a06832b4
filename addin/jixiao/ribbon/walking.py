"""下一处 and 上一处: from marked cell to marked cell, in the order in which a person reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao import marking
from jixiao.model import Spot
from jixiao.office import excel, traces
from jixiao.office.excel import programs
from jixiao.office.traces import Trace
from jixiao.ribbon import telling

if TYPE_CHECKING:
    from jixiao.office.excel import Book, Desk

_NONE = "没有校验标记。请先点“校验本表”或“校验全簿”。"
_UNMARKED = "校验过，格子上没有标记：没有发现问题，或者工作表受保护、加不上标记。问题都列在“{0}”页。"
_LONGEST = 200  # characters in a status bar


def step(desk: Desk, way: int) -> str:
    """Go to the next (1) or previous (-1) marked cell, wrapping, and show the first line of its note below."""
    book = telling.book(desk)
    order = {name: at for at, name in enumerate(_visible(book))}
    state = excel.state(book)
    found = sorted((one for one in state or () if one.sheet in order), key=lambda one: _place(one, order))
    if not found:
        return _NONE if state is None or marking.SHEET not in order else _UNMARKED.format(marking.SHEET)
    here = _here(desk, book, order)
    ahead = [one for one in found if (_place(one, order) > here if way > 0 else _place(one, order) < here)]
    one = (ahead or found)[0 if way > 0 else -1]
    excel.go(book, one.sheet, one.cell)
    at = found.index(one) + 1
    desk.dialogs.status(f"{at}/{len(found)}　{one.sheet}!{one.cell}　{_said(book, one)}"[:_LONGEST])
    return ""


def _visible(book: Book) -> list[str]:
    program = programs.of(book.app)
    return [sheet.name for sheet in book.sheets if program.is_visible(sheet)]


def _place(one: Trace, order: dict[str, int]) -> tuple[int, Spot]:
    return order[one.sheet], Spot.of(one.cell)


def _here(desk: Desk, book: Book, order: dict[str, int]) -> tuple[int, Spot]:
    """Return where the person is; before the first sheet where no cell is selected."""
    name = book.sheets.active.name
    selected = desk.app.selection
    if selected is None or name not in order:
        return order.get(name, -1), Spot(-1, -1)
    return order[name], Spot(selected.row - 1, selected.column - 1)


def _said(book: Book, one: Trace) -> str:
    note = book.sheets[one.sheet].range(one.cell).note
    lines = traces.within_block(note.text).splitlines() if note is not None else []
    return lines[0] if lines else f"{marking.LEVELS[one.severity]} {'、'.join(dict.fromkeys(one.rules))}"
