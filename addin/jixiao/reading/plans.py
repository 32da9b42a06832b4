"""How a sheet was read, kept for the next one of its layout: only its values are read anew, all else must be equal.

Most tables of a campaign are one printed form, filled again and again. The full reading looks for labels in every
cell; a plan compares all cells but the values with those of the first sheet, in one step. A plan is used only where
nothing differs but plain values: whatever is unusual is read in full.
"""

from __future__ import annotations

import re
from collections import Counter, OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, chain
from operator import itemgetter
from typing import Any, NamedTuple

from jixiao.model import CellValue, Document, Grid, Spot
from jixiao.reading import signs
from jixiao.reading.fields import YEAR_LABELS
from jixiao.reading.goals import is_serial
from jixiao.reading.plain import plain
from jixiao.reading.tables import Place
from jixiao.reading.units import UNIT
from jixiao.reading.view import View
from jixiao.values import money, parse, parted

_Stamps = frozenset[tuple[str, str]]
_MOST_ROWS, _MOST_CELLS = 300, 6_000  # of a sheet; a table takes a tenth of them
_MOST_LAYOUTS, _MOST_PLANS = 32, 16  # a plan takes some 20 KB
_PRINTED = re.compile(r"(?:目标\d{1,2}[:：][ \t\u3000]*)?")
_NUMBERED = re.compile(r"目\s*标")
_GOES_ON = re.compile(r"[、.．]")
_amount = lru_cache(1024, typed=True)(money)


class _Plan(NamedTuple):
    """How a layout is read; cells are numbered row by row.

    Attributes:
        document: the table of the first sheet.
        fixed: takes the cells that must be as they were on that sheet; `held` is what they held.
        numbers: those of them that hold no text, and how they are written: for Python `1.0 == 1 == True`.
        free: the cells that may hold any plain text.
        fields: (field, cell) of names and other texts.
        amounts: (field, cell, unit of money).
        goals: (number, cell, what is printed before the goal).
        rows: each indicator with the cells of its name and target, `None` where these are fixed.

    """

    document: Document
    fixed: itemgetter[Any]
    held: tuple[CellValue, ...]
    numbers: tuple[tuple[int, str], ...]
    free: tuple[int, ...]
    fields: tuple[tuple[str, int], ...]
    amounts: tuple[tuple[str, int, str], ...]
    goals: tuple[tuple[int, int, str], ...]
    rows: tuple[tuple[Mapping[str, str | None], int | None, int | None], ...]


@dataclass
class _Layout:
    """The plans of one layout, and at which of them to begin: workbooks have their sheets in one order."""

    plans: list[_Plan]
    first: int = 0


_known: OrderedDict[object, _Layout] = OrderedDict()


def read(grid: Grid, stamps: _Stamps) -> Document | None:
    """Return the one table of a sheet where a plan fits it, `None` where it has to be read in full."""
    known = _known.get(_layout(grid, stamps)) if _is_usual(grid) else None
    if not known or not known.plans:
        return None
    cells = list(chain.from_iterable(grid.rows))
    count = len(known.plans)
    for at in (number % count for number in range(known.first, known.first + count)):
        if _fits(known.plans[at], cells):
            known.first = at + 1
            return _filled(known.plans[at], grid, cells)
    return None


def keep(view: View, stamps: _Stamps, place: Place, document: Document, units: Mapping[str, str]) -> None:
    """Remember how a sheet was read, from the second sheet of its layout on: a layout of one sheet costs nothing.

    Args:
        view: the sheet.
        stamps: those of its workbook.
        place: its one table.
        document: what was read of it.
        units: field → the unit of money of its cell.

    """
    grid = view.grid
    if not _is_usual(grid):
        return
    layout = _layout(grid, stamps)
    if layout not in _known:
        _known[layout] = _Layout([])
        if len(_known) > _MOST_LAYOUTS:
            _known.popitem(last=False)
        return
    _known.move_to_end(layout)
    cells = list(chain.from_iterable(grid.rows))
    plan = _plan(view, place, document, units, cells)
    if plan is not None and _fits(plan, cells) and _filled(plan, grid, cells) == document:
        known = _known[layout]
        known.plans = [*known.plans[-(_MOST_PLANS - 1) :], plan]


def forget() -> None:
    """Forget every plan, as if this process had read no sheet yet."""
    _known.clear()


def _is_usual(grid: Grid) -> bool:
    return (
        grid.visible
        and not grid.faults
        and not grid.worked_out
        and not grid.formats
        and not grid.hidden
        and not grid.hidden_columns
        and len(grid.rows) <= _MOST_ROWS
        and len(grid.merges or ()) <= _MOST_CELLS
        and sum(map(len, grid.rows)) <= _MOST_CELLS
    )


def _layout(grid: Grid, stamps: _Stamps) -> object:
    return tuple(map(len, grid.rows)), grid.merges, stamps


def _fits(plan: _Plan, cells: list[CellValue]) -> bool:
    """Tell whether a sheet differs from the plan's only in values that mean nothing beyond themselves."""
    return (
        plan.fixed(cells) == plan.held
        and all(repr(cells[at]) == written for at, written in plan.numbers)
        and all(type(cells[at]) in (float, int) for _, at, _ in plan.amounts)
        and all(plain(cells[at]) for at in plan.free)
        and all(_is_text(field, cells[at]) for field, at in plan.fields)
        and all(_goal(cells[at], before) for _, at, before in plan.goals)
    )


def _filled(plan: _Plan, grid: Grid, cells: list[Any]) -> Document:
    """Return the plan's document with the values of another sheet."""
    new = _apart(plan.document)
    values, raw, goals = new.values, new.raw, new.values["goals"]
    for field, at in plan.fields:
        values[field] = cells[at]
    for field, at, unit in plan.amounts:
        raw[f"/{field}"] = cells[at]
        values[field] = _amount(cells[at], unit)
    for number, at, before in plan.goals:
        goals[number] = cells[at][len(before) :]
    indicators = []
    for row, name, target in plan.rows:
        one = dict(row)
        if name is not None:
            one["name"] = cells[name]
        if target is not None:
            one["target"] = text = cells[target]
            told = parse(text)
            one["operator"], one["value"], one["measure"] = told.operator, told.value, told.measure
        indicators.append(one)
    values["indicators"] = indicators
    return replace(new, sheet=grid.sheet, blind=grid.blind)


def _apart(document: Document) -> Document:
    """Return a document that shares nothing with the other one that could change, but its indicators."""
    return replace(
        document,
        values={**document.values, "goals": list(document.values["goals"])},
        cells=dict(document.cells),
        headings=dict(document.headings),
        raw=dict(document.raw),
    )


def _is_text(field: str, text: Any) -> bool:  # noqa: ANN401 - any cell value
    """Tell whether a field is its cell's plain text; a department's name may hold its code."""
    return plain(text) and not (field == "department" and parted(text)[1])


def _goal(text: Any, before: str) -> bool:  # noqa: ANN401 - any cell value
    """Tell whether a cell holds one goal behind what is printed before it."""
    if not isinstance(text, str) or not text.startswith(before):
        return False
    goal = text[len(before) :]
    return plain(goal) and not _NUMBERED.search(goal) and not is_serial(goal)


def _plan(
    view: View, place: Place, document: Document, units: Mapping[str, str], cells: list[CellValue]
) -> _Plan | None:
    """Return how a sheet was read, `None` where a value might tell how another cell is to be understood."""
    if _is_entangled(place, cells) or signs.is_entangled(view, place):
        return None
    where, values = _where(view, document), document.values
    texts = {
        field: at
        for field, at in where.items()
        if field in values and field not in {*units, "year", "department_code"}
    }
    fields = [(field, at) for field, at in texts.items() if _is_text(field, cells[at])]
    amounts = [(field, where[field], unit) for field, unit in units.items() if field in where]
    amounts = [one for one in amounts if type(cells[one[1]]) in (float, int)]
    goals = []
    for number, goal in enumerate(values["goals"]):
        at = where.get(f"goals/{number}")
        before = _before(cells[at], goal) if at is not None else None
        if at is not None and before is not None:
            goals.append((number, at, before))
    rows, columns = [], dict(place.columns)
    for number, one in enumerate(values["indicators"]):
        pointers = {column: f"indicators/{number}/{column}" for column in ("name", "target")}
        usual = one["target"] and all(_column(document, p) == columns.get(c) for c, p in pointers.items())
        # in a row that lost its leading cells what the last one holds tells that it is an indicator
        both = [where.get(pointer) if usual else None for pointer in pointers.values()]
        name, target = (at if at is not None and plain(cells[at]) else None for at in both)
        rows.append((dict(one), name, target))
    free = [at for _, *both in rows for at in both if at is not None]
    taken = {*free, *(at for _, at in fields), *(at for _, at, _ in amounts), *(at for _, at, _ in goals)}
    fixed = [at for at in range(len(cells)) if at not in taken]
    return _Plan(
        document=_apart(document),
        fixed=itemgetter(*fixed),
        held=itemgetter(*fixed)(cells),
        numbers=tuple(
            (at, repr(cells[at])) for at in fixed if cells[at] is not None and not isinstance(cells[at], str)
        ),
        free=tuple(free),
        fields=tuple(fields),
        amounts=tuple(amounts),
        goals=tuple(goals),
        rows=tuple(rows),
    )


def _is_entangled(place: Place, cells: list[CellValue]) -> bool:
    """Tell whether some cell is read together with a value: a sign beside a target, the number before 年度."""
    columns = dict(place.columns)
    order = [columns.get(name, -1) for name in ("level1", "level2", "name", "target")]
    return (
        order[0] < 0
        or order != sorted(order)
        or not {"operator", "measure", "level4"}.isdisjoint(columns)
        or not YEAR_LABELS.isdisjoint(place.labels)
        or any(isinstance(value, str) and (_GOES_ON.match(value) or _is_unit(value)) for value in cells)
    )


def _is_unit(text: str) -> bool:
    """Tell whether a cell is a unit of money: whether it counts depends on the value to its left."""
    return len(text) < 10 and bool(UNIT.fullmatch(text.strip()))


def _where(view: View, document: Document) -> dict[str, int]:
    """Return the cell of each value, by its pointer without the first stroke, where no other value shares it."""
    starts = [0, *accumulate(map(len, view.grid.rows))]
    spots = {
        pointer[1:]: Spot.of(a1)
        for pointer, a1 in document.cells.items()
        if pointer != "/goals" and not (pointer == "/department_code" and document.at(pointer) is None)
    }
    shared = Counter(spots.values())
    if "department" in spots:  # a number beside it is its code
        row, column = spots["department"]
        shared[Spot(row, view.reach(row, column).right + 1)] += 1
    return {
        pointer: starts[row] + column
        for pointer, (row, column) in spots.items()
        if shared[Spot(row, column)] == 1 and row < view.height and column < len(view.grid.rows[row])
    }


def _column(document: Document, pointer: str) -> int | None:
    cell = document.cells.get(f"/{pointer}")
    return Spot.of(cell).column if cell else None


def _before(text: CellValue, goal: str | None) -> str | None:
    """Return what is printed before a goal in its cell: `目标1：` or nothing, `None` where the cell holds more."""
    if not isinstance(text, str) or not goal or not text.endswith(goal):
        return None
    before = text[: len(text) - len(goal)]
    return before if _PRINTED.fullmatch(before) and _goal(text, before) else None
