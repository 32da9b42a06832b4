"""Tables that stand side by side on one sheet, taken apart into one grid each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from jixiao import forms
from jixiao.model import Grid
from jixiao.reading.headings import column_of
from jixiao.reading.words import LONGEST_LABEL, label_key

_FEWEST_COLUMNS, _WIDEST = 4, 30
_MOST_CELLS = 2_000_000  # of all parts together; tables side by side have some thousand
_NEVER = 1_000_000  # beyond any column
_LEVELS = frozenset(forms.INDICATOR_COLUMNS)


def halves(grid: Grid) -> tuple[Grid, ...]:
    """Return the sheet as it is, or where the name of a second table stands right of the first's, two and more.

    Each part has the whole sheet's addresses, so that a sheet far larger than any forms is not taken apart.
    """
    columns = _starts(grid)
    if len(columns) < 2 or len(columns) * sum(map(len, grid.rows)) > _MOST_CELLS:
        return (grid,)
    ends = [*columns[1:], max(len(row) for row in grid.rows)]
    return tuple(_between(grid, left, right) for left, right in zip((0, *columns[1:]), ends, strict=True))


def _starts(grid: Grid) -> list[int]:
    """Return the columns where tables begin: of a name's label that one row has several times, or right of a blank column."""
    names, labels, sure = _names(), set[int](), list[int]()
    for row in grid.rows:
        found: dict[str, list[int]] = {}
        for column, value in enumerate(row):
            if isinstance(value, str) and len(value) <= LONGEST_LABEL and (word := label_key(value)) in names:
                labels.add(column)
                columns = found.setdefault(word, [])
                if not columns or column - columns[-1] >= _FEWEST_COLUMNS:
                    columns.append(column)
        if not sure and any(len(columns) > 1 for columns in found.values()):
            sure = max(found.values(), key=len)
    return _behind_gaps(grid, sorted(labels), sure)


def _behind_gaps(grid: Grid, columns: Sequence[int], sure: Sequence[int]) -> list[int]:
    """Return those columns of names that a blank column parts from the one before, where both sides have indicators.

    Those of which it is sure need no blank column, but the first of them where another name stands left of it.
    """
    starts = list(columns[:1])
    if len(columns) < 2:
        return starts
    width = max(len(row) for row in grid.rows)
    last_blank, ends, known = _last_blanks(grid, width), _ends(grid, width), frozenset(sure[1:])
    for column in columns[1:]:
        if column in known:
            starts.append(column)
            continue
        gap = last_blank[column - 1]
        if gap >= starts[-1] + _FEWEST_COLUMNS and ends[starts[-1]] < gap and ends[gap] < column + _WIDEST:
            starts.append(gap + 1)
    return starts


def _last_blanks(grid: Grid, width: int) -> list[int]:
    """Return for each column the blank one that is nearest to its left, itself included, -1 where there is none."""
    taken = {column for row in grid.rows for column, value in enumerate(row) if value is not None}
    for area in grid.merges or ():
        taken.update(range(area.left, min(area.right + 1, width)))
    found, last = list[int](), -1
    for column in range(width):
        last = last if column in taken else column
        found.append(last)
    return found


def _ends(grid: Grid, width: int) -> list[int]:
    """Return for each column the first one by which a row has headings of indicators from there on."""
    ends = [_NEVER] * (width + 1)
    for row in grid.rows:
        after = dict.fromkeys(_LEVELS, _NEVER)
        for column in range(len(row) - 1, -1, -1):
            value = row[column]
            name = column_of(value) if isinstance(value, str) and len(value) <= LONGEST_LABEL else None
            if name in _LEVELS:
                after[name] = column
                ends[column] = min(ends[column], sorted(after.values())[2])
    for column in range(width - 1, -1, -1):
        ends[column] = min(ends[column], ends[column + 1])
    return ends


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
        hidden_columns=grid.hidden_columns,
        worked_out=grid.worked_out,
    )
