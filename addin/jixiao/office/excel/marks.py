"""Marks on the open workbook: fills and notes, and the state that takes every one of them away again.

What it costs, in calls to the program: for each marked sheet a constant number for its kinds of format, three for
each colour, one block for the state; only notes have no block form and are written one by one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from jixiao.model import SEVERITIES, Area, Mark, Severity, Spot
from jixiao.office import traces
from jixiao.office.excel import programs
from jixiao.office.excel.copies import take_copies
from jixiao.office.excel.looks import Allowed
from jixiao.office.styles import STYLES
from jixiao.office.traces import Trace

if TYPE_CHECKING:
    from types import ModuleType

    import xlwings

_COLUMNS = 6  # of a trace; a copy made from a closed file has more, which are of no use here
_LONGEST_NOTE = 32_000  # characters; Excel takes 32,767


class Outcome(NamedTuple):
    """What became of the marks.

    Attributes:
        marked: cells that show a mark.
        closed: protected sheets on which nothing could be marked.
        partly: protected sheets that took the colours and not the notes, or the reverse.
        unnoted: cells whose note could not be written, because a conversation (threaded comment) stands there.
        locked: the workbook's structure is protected, so that no state can be kept and nothing was marked.
        copied: cells that lost a mark which a person had copied there.

    """

    marked: int = 0
    closed: tuple[str, ...] = ()
    partly: tuple[str, ...] = ()
    unnoted: int = 0
    locked: bool = False
    copied: int = 0


def mark(
    book: xlwings.Book,
    marks: Sequence[Mark],
    sheets: Collection[str] | None = None,
    merges: Mapping[str, Sequence[Area]] | None = None,
    checked: Collection[str] = (),
) -> Outcome:
    """Replace the marks of a workbook; returns what became of the new ones.

    The state is written before any cell is touched: clearing takes back only what looks marked.

    Args:
        book: the open workbook.
        marks: one for each cell.
        sheets: the sheets whose earlier marks end; `None` for all.
        merges: merged areas by sheet, as reading found them: such an area is marked at its first cell.
        checked: the sheets that were checked, for `checked_sheets`; those that `sheets` leaves alone stay checked.

    """
    program = programs.of(book.app)
    held = _sheet(book, program)
    known = frozenset[str]() if held is None or sheets is None else _known(book, held, program) - {*sheets}
    kept = _clear(book, program, held, sheets)
    copied = take_copies(book, kept, sheets).taken
    if held is None:
        held = _make(book, program)
    elif program.is_visible(held) and not program.is_locked(book):
        program.hide(held)
    if held is None:
        return Outcome(locked=True, copied=copied)
    plans: list[tuple[xlwings.Sheet, list[Trace], dict[Spot, Mark]]] = []
    closed: list[str] = []
    partly: list[str] = []
    for name, ours in _by_sheet(marks[: traces.MOST], merges or {}).items():
        sheet = book.sheets[name]
        with program.Opened(sheet) as allowed:
            plans.append((sheet, _plan(sheet, name, ours, program, allowed), ours))
            if not allowed.fills or not allowed.notes:
                (partly if allowed.fills or allowed.notes else closed).append(name)
    traced = [one for _, plan, _ in plans for one in plan]
    _write(held, [*kept, *traced], known | ({*checked} - {*closed}))
    unnoted = 0
    for sheet, plan, ours in plans:
        if plan:
            with program.Opened(sheet):
                unnoted += _apply(sheet, plan, ours, program)
    return Outcome(len(traced), tuple(closed), tuple(partly), unnoted, copied=copied)


def unmark(book: xlwings.Book, sheets: Collection[str] | None = None) -> tuple[Trace, ...]:
    """Take marks away, restore what they covered, and let the state go with the last; returns the traces that stay.

    A cell whose fill is no longer the mark's keeps the person's; of a note our block goes. What could not be
    restored, because its sheet is protected by now, stays in the state for the next time.

    Args:
        book: the open workbook.
        sheets: the sheets to clear; `None` for all.

    """
    program = programs.of(book.app)
    held = _sheet(book, program)
    left = _clear(book, program, held, sheets)
    if held is None:
        return ()
    if left or program.is_locked(book):
        _write(held, left, ())
    else:
        program.remove(held)
    return tuple(left)


def state(book: xlwings.Book) -> tuple[Trace, ...] | None:
    """Return the marks that the workbook carries, `None` where it was never marked."""
    program = programs.of(book.app)
    held = _sheet(book, program)
    return None if held is None else _read(held, program)


def checked_sheets(book: xlwings.Book) -> frozenset[str]:
    """Return the sheets that the last checks have read and could mark, whether anything was found there or not."""
    program = programs.of(book.app)
    held = _sheet(book, program)
    return frozenset() if held is None else _known(book, held, program)


def painted(book: xlwings.Book) -> dict[str, dict[Spot, tuple[str, str]]]:
    """Return the cells that show a mark's colour, by sheet: their own fill, and the mark's."""
    program = programs.of(book.app)
    by_sheet: dict[str, list[Trace]] = {}
    for one in state(book) or ():
        if one.fill != "kept":
            by_sheet.setdefault(one.sheet, []).append(one)
    found: dict[str, dict[Spot, tuple[str, str]]] = {}
    for name, ours in by_sheet.items():
        sheet = programs.find(book, name)
        if sheet is not None:
            now = program.fills(sheet, [Spot.of(one.cell) for one in ours])
            found[name] = {
                Spot.of(one.cell): (one.shown or one.fill, colour(one.severity))
                for one in ours
                if now[Spot.of(one.cell)] == colour(one.severity)
            }
    return found


def colour(severity: Severity) -> str:
    """Return the fill of a severity, `#RRGGBB`."""
    return str(STYLES[severity]["bg_color"])


def _sheet(book: xlwings.Book, program: ModuleType) -> xlwings.Sheet | None:
    """Return the sheet of the state; one that a person sees must begin as ours does, or be empty.

    An error between making the sheet and hiding it leaves an empty one, which would else be nobody's for ever.
    """
    found = programs.find(book, traces.SHEET)
    if found is None or not program.is_visible(found):
        return found
    is_ours = found.range((1, 1)).raw_value == traces.VERSION or program.last(found) is None
    return found if is_ours else None


def _make(book: xlwings.Book, program: ModuleType) -> xlwings.Sheet | None:
    """Make the sheet of the state; `None` where no sheet can be added, or a person's own has its name."""
    if program.is_locked(book) or programs.find(book, traces.SHEET) is not None:
        return None
    made = book.sheets.add(traces.SHEET, after=book.sheets[-1])
    program.hide(made)
    return made


def _read(held: xlwings.Sheet, program: ModuleType) -> tuple[Trace, ...]:
    return traces.parse(_rows(held, program))


def _known(book: xlwings.Book, held: xlwings.Sheet, program: ModuleType) -> frozenset[str]:
    found = traces.checked(_rows(held, program))
    return frozenset(sheet.name for sheet in book.sheets) if found is None else found - {traces.SHEET}


def _rows(held: xlwings.Sheet, program: ModuleType) -> Sequence[Sequence[object]]:
    last = program.last(held)
    if last is None or last.row == 0:
        return ()
    found: Sequence[Sequence[object]] = held.range((1, 1), (min(last.row, traces.MOST) + 1, _COLUMNS)).formula
    return found


def _write(held: xlwings.Sheet, kept: Sequence[Trace], checked: Collection[str]) -> None:
    # where every sheet is protected none was checked; without a name that would read as "all were"
    named = sorted(checked) if checked or kept else [traces.SHEET]
    rows = traces.rows(kept, named)[: traces.MOST + 1]
    held.clear_contents()
    held.range((1, 1), (len(rows), len(rows[0]))).raw_value = rows


def _by_sheet(marks: Iterable[Mark], merges: Mapping[str, Sequence[Area]]) -> dict[str, dict[Spot, Mark]]:
    """Return one mark for each cell that can show it: of a merged area that is the first cell."""
    found: dict[str, dict[Spot, Mark]] = {}
    for one in marks:
        spot = Spot.of(one.cell)
        areas = merges.get(one.sheet, ())
        spot = next((Spot(area.top, area.left) for area in areas if area.holds(*spot)), spot)
        here = found.setdefault(one.sheet, {})
        before = here.get(spot)
        if before is None:
            here[spot] = one
        else:
            worst = min(before.severity, one.severity, key=SEVERITIES.index)
            ids = (*before.rules, *one.rules)
            here[spot] = Mark(one.sheet, spot.a1, worst, f"{before.note}\n{one.note}", ids)
    return found


def _plan(
    sheet: xlwings.Sheet, name: str, ours: Mapping[Spot, Mark], program: ModuleType, allowed: Allowed
) -> list[Trace]:
    """Return what each mark will cover; a mark of which nothing can be shown is left out."""
    fills = program.fills(sheet, ours) if allowed.fills else dict.fromkeys(ours, "kept")
    noted = program.noted(sheet) if allowed.notes else frozenset()
    plan = []
    for spot, one in ours.items():
        note = "no" if not (allowed.notes and one.note) else "below" if spot in noted else "ours"
        if fills[spot] != "kept" or note != "no":
            size = program.note_size(sheet, spot) if note == "below" else None
            plan.append(Trace(name, spot.a1, one.severity, fills[spot], note, one.rules, size=size))
    return plan


def _apply(
    sheet: xlwings.Sheet, plan: Sequence[Trace], ours: Mapping[Spot, Mark], program: ModuleType
) -> int:
    """Paint and write the notes; returns how many notes were refused."""
    program.fill(sheet, {Spot.of(one.cell): colour(one.severity) for one in plan if one.fill != "kept"})
    refused = 0
    for one in plan:
        spot = Spot.of(one.cell)
        text = traces.block(ours[spot].note[:_LONGEST_NOTE])
        if one.note == "ours":
            program.add_note(sheet, spot, text)
        elif one.note == "below":
            refused += not program.append_note(sheet, spot, text)
    return refused


def _clear(
    book: xlwings.Book, program: ModuleType, held: xlwings.Sheet | None, sheets: Collection[str] | None
) -> list[Trace]:
    """Restore what the marks of these sheets covered; returns the traces that stay, the others' among them."""
    left: list[Trace] = []
    by_sheet: dict[str, list[Trace]] = {}
    for one in _read(held, program) if held else ():
        by_sheet.setdefault(one.sheet, []).append(one)
    for name, ours in by_sheet.items():
        sheet = None if sheets is not None and name not in sheets else programs.find(book, name)
        if sheet is not None:
            with program.Opened(sheet) as allowed:
                left += _restore(sheet, ours, program, allowed)
        elif sheets is not None:
            left += ours
    return left


def _restore(
    sheet: xlwings.Sheet, ours: Sequence[Trace], program: ModuleType, allowed: Allowed
) -> list[Trace]:
    """Restore fills and notes of one sheet; returns what has to wait."""
    waiting: dict[Trace, None] = {}
    painted = {Spot.of(one.cell): one for one in ours if one.fill != "kept"}
    if painted and allowed.fills:
        now = program.fills(sheet, painted)
        still = {spot: one for spot, one in painted.items() if now[spot] == colour(one.severity)}
        failed = program.fill(sheet, {spot: one.fill for spot, one in still.items()})
        program.fill(sheet, {spot: still[spot].shown for spot in failed if still[spot].shown})
        waiting |= dict.fromkeys(still[spot] for spot in failed if not still[spot].shown)
    elif painted:
        waiting |= dict.fromkeys(painted.values())
    noted = [one for one in ours if one.note != "no"]
    if noted and allowed.notes:
        with_note = program.noted(sheet)
        for one in noted:
            if Spot.of(one.cell) in with_note:
                program.clear_note(sheet, Spot.of(one.cell), one.size)
    else:
        waiting |= dict.fromkeys(noted)
    return list(waiting)
