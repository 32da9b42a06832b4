"""Tables that stand side by side on one sheet, taken apart into one grid each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from jixiao import forms
from jixiao.model import Grid
from jixiao.reading.headings import column_of
from jixiao.reading.view import LONGEST_LABEL, label_key

_FEWEST_COLUMNS, _WIDEST = 4, 30
_LEVELS = frozenset(forms.INDICATOR_COLUMNS)


def halves(grid: Grid) -> tuple[Grid, ...]:
    """Return the sheet as it is, or where the name of a second table stands right of the first's, two and more."""
    columns = _starts(grid)
    if len(columns) < 2:
        return (grid,)
    ends = [*columns[1:], max(len(row) for row in grid.rows)]
    return tuple(_between(grid, left, right) for left, right in zip((0, *columns[1:]), ends, strict=True))


def _starts(grid: Grid) -> list[int]:
    """Return the columns where tables begin: of a name's label that one row has several times, or right of a blank column."""
    names, labels = _names(), list[tuple[int, str]]()
    for row in grid.rows:
        found: dict[str, list[int]] = {}
        for column, value in enumerate(row):
            if isinstance(value, str) and len(value) <= LONGEST_LABEL and (word := label_key(value)) in names:
                labels.append((column, word))
                columns = found.setdefault(word, [])
                if not columns or column - columns[-1] >= _FEWEST_COLUMNS:
                    columns.append(column)
        if any(len(columns) > 1 for columns in found.values()):
            return max(found.values(), key=len)
    return _behind_gaps(grid, sorted({column for column, _ in labels}))


def _behind_gaps(grid: Grid, columns: Sequence[int]) -> list[int]:
    """Return those columns of names that a blank column parts from the one before, where both sides have indicators."""
    starts = list(columns[:1])
    for column in columns[1:]:
        between = range(starts[-1] + _FEWEST_COLUMNS, column)
        gap = next((at for at in reversed(between) if _is_blank(grid, at)), None)
        if (
            gap is not None
            and _has_indicators(grid, starts[-1], gap)
            and _has_indicators(grid, gap, column + _WIDEST)
        ):
            starts.append(gap + 1)
    return starts


def _is_blank(grid: Grid, column: int) -> bool:
    return all(column >= len(row) or row[column] is None for row in grid.rows) and not any(
        area.left <= column <= area.right for area in grid.merges or ()
    )


def _has_indicators(grid: Grid, left: int, right: int) -> bool:
    """Tell whether some row between two columns holds the headings of indicators."""
    return any(
        len({column_of(value) for value in row[left:right] if isinstance(value, str)} & _LEVELS) > 2
        for row in grid.rows
    )


@cache
def _names() -> frozenset[str]:
    """Return the labels that every table begins with."""
    return frozenset(
        label_key(cell.label)
        for form in forms.catalogue()
        for field, cell, _ in form.fields()
        if field == "project_name" or (field == "agency" and form.form == "agency_overall")
    )


def _between(grid: Grid, left: int, right: int) -> Grid:
    """Return the columns from `left` up to `right`, at their own addresses."""
    return Grid(
        sheet=grid.sheet,
        rows=[[None] * left + list(row[left:right]) for row in grid.rows],
        merges=grid.merges
        and tuple(area for area in grid.merges if left <= area.left and area.right < right),
        visible=grid.visible,
        formats={spot: text for spot, text in grid.formats.items() if left <= spot.column < right},
        faults={spot: text for spot, text in grid.faults.items() if left <= spot.column < right},
        blind=grid.blind,
        hidden=grid.hidden,
    )
