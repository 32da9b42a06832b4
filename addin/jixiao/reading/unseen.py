"""Hidden rows are read and said; hidden columns are read only where no visible one tells the same, and said too.

So are the sums that a person may see nothing of: formulas that no program has worked out yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from jixiao.model import Document, Grid, Note, Spot
from jixiao.reading.rows import is_target
from jixiao.reading.view import View
from jixiao.wording import quoted

_MOST_COLUMNS = 8  # that are tried one by one; each is one more reading of the sheet
_SHORT, _FEW, _MANY = 20, 3, 12  # letters of a name, names, rows that are told one by one
_CALCULATE = "请用表格软件打开文件，重新计算后保存。"
_UNHIDE_ROWS = "请选中上下相邻的行，点右键选“取消隐藏”，核对这几行；不用的请删去。"
_UNHIDE = "请选中左右相邻的列，点右键选“取消隐藏”，核对这一列；不用的请删去。"


class Read(NamedTuple):
    """The tables of one sheet, sentences about what was not read, and notes about hidden tables."""

    documents: Sequence[Document]
    remarks: Sequence[str]
    hidden: Sequence[Note]


def read(grid: Grid, reader: Callable[[Grid], Read]) -> Read:
    """Return a sheet as read without what stands in hidden columns, as far as nothing is lacking without it."""
    best, left_out = reader(grid), dict[int, set[int]]()
    blocks = _blocks(best.documents, len(grid.rows))
    for column, rows in ((column, rows) for column in _filled(grid) for rows in blocks):
        without = _without(grid, column, rows)
        tried = reader(without)
        if not _tells_as_much(tried.documents, best.documents):
            continue
        for number, (one, other) in enumerate(zip(tried.documents, best.documents, strict=True)):
            if one.values != other.values:
                left_out.setdefault(number, set()).add(column)
        grid, best = without, tried
    documents = [
        replace(one, notes=(*one.notes, *_not_read(left_out.get(number, set()))))
        for number, one in enumerate(best.documents)
    ]
    return best._replace(documents=documents)


def notes(view: View, values: Mapping[str, Any], cells: Mapping[str, str]) -> Iterator[Note]:
    """Yield what was read and nobody sees: sums that we worked out, hidden rows and columns; they count as the others do."""
    yield from _worked_out(view, cells)
    if not (view.grid.hidden or view.grid.hidden_columns):
        return
    spots = {pointer: Spot.of(a1) for pointer, a1 in cells.items()}
    rows = sorted({spot.row for spot in spots.values() if spot.row in view.grid.hidden and view.text(*spot)})
    if rows:
        told = _names(
            values, [spots.get(f"/indicators/{n}/name") for n, _ in enumerate(values["indicators"])], rows
        )
        numbers = "、".join(str(row + 1) for row in rows[:_MANY]) + ("……" if len(rows) > _MANY else "")
        text = f"第 {numbers} 行是隐藏的，其中的内容{told}照样读取、计入。"
        yield Note("ST09", "/indicators", text, "warning", _UNHIDE_ROWS)
    hidden = view.grid.hidden_columns
    columns = sorted(
        {spot.column for spot in spots.values() if spot.column in hidden and _holds(view.grid, spot)}
    )
    if columns:
        text = f"{_letters(columns)} 列是隐藏的，其中的内容照样读取、计入。"
        yield Note("ST09", "/indicators", text, "warning", _UNHIDE)


def _worked_out(view: View, cells: Mapping[str, str]) -> Iterator[Note]:
    ours = {spot.a1: (view.text(*spot), text) for spot, text in view.grid.worked_out.items()}
    for pointer, a1 in cells.items() if ours else ():
        if a1 in ours:
            value, formula = ours.pop(a1)
            if pointer.endswith("/target") and is_target(formula) and Spot.of(a1) not in view.grid.formats:
                continue  # told as a target
            text = f"{a1} 的公式{quoted(formula)}还没有算出结果，别的程序里显示为空或 0；这里按公式读作 {value}。"
            yield Note("ST12", pointer, text, "warning", _CALCULATE)


def _names(values: Mapping[str, Any], spots: Sequence[Spot | None], rows: Sequence[int]) -> str:
    """Return the names of the indicators in these rows, in brackets; nothing where there is none."""
    pairs = zip(values["indicators"], spots, strict=True)
    names = [one["name"] for one, spot in pairs if spot and spot.row in rows and one["name"]]
    told = "、".join(f"“{name[:_SHORT]}”" for name in names[:_FEW])
    return f"（{told}{f'等 {len(names)} 项' if len(names) > _FEW else ''}）" if names else ""


def _not_read(columns: set[int]) -> list[Note]:
    text = f"{_letters(sorted(columns))} 列是隐藏的，其中有内容没有读取，读的是看得见的列。"
    return [Note("ST09", "", text, "warning", _UNHIDE)] if columns else []


def _letters(columns: Sequence[int]) -> str:
    return "、".join(Spot(0, column).a1[:-1] for column in columns)


def _holds(grid: Grid, spot: Spot) -> bool:
    row = grid.rows[spot.row] if spot.row < len(grid.rows) else ()
    return spot in grid.faults or (spot.column < len(row) and row[spot.column] is not None)


def _filled(grid: Grid) -> list[int]:
    """Return the first hidden columns that hold anything."""
    held = {column for row in grid.rows for column, value in enumerate(row) if value is not None}
    return sorted((held | {spot.column for spot in grid.faults}) & grid.hidden_columns)[:_MOST_COLUMNS]


def _blocks(documents: Sequence[Document], height: int) -> tuple[frozenset[int], frozenset[int]]:
    """Return the rows of all tables above their indicators, and the other rows: a column may be needed in one alone."""
    above = set[int]()
    for one in documents:
        if "/indicators" in one.cells:
            above.update(range(one.area.top, Spot.of(one.cells["/indicators"]).row))
    return frozenset(above), frozenset(range(height)) - above


def _without(grid: Grid, column: int, block: frozenset[int]) -> Grid:
    """Return a sheet without the values of a hidden column in some rows; a merged cell that reaches beyond it is seen."""
    seen = {
        area.top
        for area in grid.merges or ()
        if area.left == column and not grid.hidden_columns.issuperset(range(area.left, area.right + 1))
    }
    gone = block - seen
    rows = [
        [*row[:column], None, *row[column + 1 :]] if number in gone and column < len(row) else row
        for number, row in enumerate(grid.rows)
    ]
    return replace(
        grid,
        rows=rows,
        formats={
            spot: code for spot, code in grid.formats.items() if spot.column != column or spot.row not in gone
        },
        faults={
            spot: text for spot, text in grid.faults.items() if spot.column != column or spot.row not in gone
        },
    )


def _tells_as_much(documents: Sequence[Document], others: Sequence[Document]) -> bool:
    """Tell whether every table is there with every field, goal and indicator that the other reading has."""
    return len(documents) == len(others) and all(
        _told(other) <= _told(one) for one, other in zip(documents, others, strict=True)
    )


def _told(document: Document) -> set[tuple[str, int, str]]:
    """Return which fields hold something, and which of each goal and indicator."""
    values = document.values
    fields = {(name, 0, "") for name, value in values.items() if value is not None}
    fields |= {("goals", number, "") for number, goal in enumerate(values["goals"]) if goal}
    return fields | {
        ("indicators", number, name)
        for number, one in enumerate(values["indicators"])
        for name in ("level1", "level2", "name", "target")
        if one[name]
    }
