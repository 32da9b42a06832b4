"""Marks that a person has copied with their cells, or with a whole sheet: our block in a note, and the fill beside it.

The state knows nothing of them, so nothing tells what such a cell looked like before; the fill is exactly one of ours
and stands beside our own note, so it goes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, NamedTuple

from jixiao.model import Spot
from jixiao.office.excel import programs
from jixiao.office.styles import FILLS

if TYPE_CHECKING:
    import xlwings

    from jixiao.office.traces import Trace


class Copies(NamedTuple):
    """Copied marks: how many cells lost theirs, and the cells (`sheet!cell`) whose sheet's protection kept them."""

    taken: int = 0
    left: tuple[str, ...] = ()


def take_copies(book: xlwings.Book, known: Iterable[Trace], sheets: Collection[str] | None = None) -> Copies:
    """Take copied marks away: our block out of the note, and a fill of ours, which becomes none.

    Args:
        book: the open workbook.
        known: what the state knows; those cells are left alone.
        sheets: the sheets to look at; `None` for all.

    """
    program = programs.of(book.app)
    cells: dict[str, set[Spot]] = {}
    for one in known:
        cells.setdefault(one.sheet, set()).add(Spot.of(one.cell))
    taken, left = 0, list[str]()
    for sheet in book.sheets:
        name = sheet.name
        found = (
            program.with_block(sheet, cells.get(name, set())) if sheets is None or name in sheets else None
        )
        if not found:
            continue
        with program.Opened(sheet) as allowed:
            if not (allowed.fills and allowed.notes):
                left += [f"{name}!{spot.a1}" for spot in sorted(found)]
                continue
            now = program.fills(sheet, found)
            program.fill(sheet, {spot: "none" for spot in found if now[spot] in FILLS})
            for spot in found:
                program.clear_note(sheet, spot)
        taken += len(found)
    return Copies(taken, tuple(left))
