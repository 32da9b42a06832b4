"""The headings of a list of projects: which column holds which field, and which of several columns is the year's."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from jixiao.patterns import late
from jixiao.reading import across, fields, years
from jixiao.reading.columns import (
    FORM,
    REST,
    SHORT,
    TIME,
    WHOLE,
    Column,
    Heading,
    by_field,
    field_of,
    rank_of,
)
from jixiao.reading.headings import column_of, columns_of, heading_bottom, heading_of, is_part
from jixiao.reading.labels import index
from jixiao.reading.lines import SIGNED
from jixiao.reading.tables import Place, is_heading, is_title
from jixiao.reading.view import View
from jixiao.reading.words import LONGEST_LABEL, OF_BOTH, label_key

_LEVELS = ("level1", "level2", "name", "target")
_NUMBERED = late(r"\d{1,2}|[一二三四五六七八九十]{1,2}")  # columns that have numbers
_OVER_LEVELS = re.compile("指标|绩效")
_PAGE_HEAD, _FEW = 20, 3  # rows above the headings, cells of a row there


class Listing(NamedTuple):
    """One list, or one page of it: its headings' rows and what its columns hold.

    Attributes:
        top: the first row of the lines above the headings.
        heading: the first row of the headings.
        bottom: their last row.
        above: the lines above them.
        year: the budget year that these tell.
        columns: indicator field → its column.
        fields: field → its column.
        sums: of 财政拨款 and 其他资金 the columns of all sources, where there are several.
        doubts: the headings of a field's columns where nothing tells which one is the year's.
        across: the levels, where these stand side by side.

    """

    top: int
    heading: int
    bottom: int
    above: Place
    year: fields.Found
    columns: tuple[tuple[str, int], ...]
    fields: Mapping[str, Column]
    sums: Mapping[str, Sequence[Column]]
    doubts: Mapping[str, Sequence[Heading]]
    across: tuple[across.Level, ...] = ()

    @property
    def of_both(self) -> bool:
        """Whether the column of the projects' names holds their agencies' too."""
        return label_key(self.fields["project_name"].text) in OF_BOTH

    def goes_on_from(self, other: Listing) -> bool:
        """Tell whether this is another page of a list: each column holds the same."""
        return (self.columns, self._held) == (other.columns, other._held)

    @property
    def _held(self) -> list[tuple[str, int, str, str | None]]:
        """What the columns hold, however their headings are spaced."""
        columns = [*self.fields.items(), *((name, one) for name, some in self.sums.items() for one in some)]
        return [(name, one.column, label_key(one.text), one.unit) for name, one in columns]


def find(view: View, heading: int, floor: int, year: int | None) -> Listing | None:
    """Return the list with these headings, `None` where they are not those of a list of projects.

    Args:
        view: the sheet.
        heading: the first row of the headings.
        floor: the headings of the table above, -1 where there is none.
        year: the budget year that the table above tells.

    """
    first_row = _first_row(view, heading)
    paths = _paths(view, first_row, _bottom(view, heading))
    if not any(field_of(path[-1]) == "project_name" for path in paths.values()):
        return None
    top = _top(view, floor, first_row)
    above = _above(view, top, first_row)
    told = years.read(view, above)
    of_year = told.value if isinstance(told.value, int) else year
    levels = across.levels(view, heading)
    columns = _columns_of(levels) or _columns(view, heading, paths, of_year)
    first = min((column for name, column in columns if name in _LEVELS), default=0)
    owned = {column for _, column in columns}
    owned |= {column for column, path in paths.items() if column > first and column_of(path[0])}
    found, sums, doubts = by_field({c: path for c, path in paths.items() if c not in owned}, of_year)
    short = label_key(found["project_name"].text) if "project_name" in found else ""
    if not short or (short in SHORT["project_name"] and len(found) < 2):
        return None
    bottom = _numbered(view, _bottom(view, heading))
    known = {spot.column for spot in found.values()} | {one.column for some in sums.values() for one in some}
    beside = {column for column in paths if column > first} - {column for _, column in columns} - known
    columns = (*columns, *((f"other{column}", column) for column in sorted(beside)))
    return Listing(top, first_row, bottom, above, told, columns, found, sums, doubts, levels)


def _columns_of(levels: Sequence[across.Level]) -> tuple[tuple[str, int], ...]:
    return tuple(pair for one in levels for pair in (("name", one.name), ("target", one.target)))


def is_of_agencies(view: View, heading: int) -> bool:
    """Tell whether a row heads a list of agencies: names and money or goals, no projects, and a name in one of the rows below."""
    bottom = _bottom(view, heading)
    paths = _paths(view, _first_row(view, heading), bottom)
    names = {field_of(path[-1]): column for column, path in paths.items()}
    column = names.get("agency", names.get("department", -1))
    under = _numbered(view, bottom) + 1
    rows = (under, under + 1)  # a third row of headings may be between
    below = column >= 0 and any(view.text(row, column) for row in rows)
    return len(names) > 2 and below and "project_name" not in names


def _first_row(view: View, heading: int) -> int:
    """Return the first row of the headings: one above, where a heading in it reaches down into the row.

    Or the one above has such a heading over a blank or its own copy, and 绩效指标 over the levels.
    """
    areas = (view.reach(heading, column) for column in range(view.width(heading)))
    tops = [area.top for area in areas if area.top < heading and field_of(view.text(area.top, area.left))]
    if tops:
        return min(tops)
    if across.levels(view, heading):
        return min(
            (row for row in range(heading - _FEW, heading) if _names_projects(view, row)), default=heading
        )
    upper = heading - 1 if view.filled(heading - 1) else heading - 2  # over a blank row
    level = next(column for column in view.filled(heading) if heading_of(view.text(heading, column)))
    block = view.reach(upper, level)
    if not _OVER_LEVELS.search(view.label(block.top, block.left)):
        return heading
    named = [column for column in view.filled(upper) if field_of(view.text(upper, column))]
    below = set(view.filled(heading))
    alone = (c not in below or view.text(upper, c) == view.text(heading, c) for c in named)
    return upper if any(alone) else heading


def _names_projects(view: View, row: int) -> bool:
    return any(field_of(view.text(row, column)) == "project_name" for column in view.filled(row))


def _top(view: View, floor: int, heading: int) -> int:
    """Return the first row of the lines above the headings: the title below the table above, or a line of the unit."""
    if floor < 0:
        return 0
    top = heading
    for row in range(heading - 1, max(floor, heading - _PAGE_HEAD), -1):
        filled = view.filled(row)
        if len(filled) > _FEW:
            break
        if is_title(view, row):
            return row
        if filled and top == row + 1 and SIGNED.match(view.text(row, filled[0])):
            top = row
    return top


def _above(view: View, top: int, heading: int) -> Place:
    labels, inline = index(view, top, heading - 1)
    first = next((row for row in range(top, heading) if view.filled(row)), heading)
    title = next((row for row in range(heading - 1, top - 1, -1) if is_title(view, row)), None)
    at = (title, view.filled(title)[0]) if title is not None else None
    return Place(FORM, first, heading, at, heading, (), labels, inline)


def _bottom(view: View, heading: int) -> int:
    """Return the last row of the headings: those of money and of targets may stand in a second row."""
    bottom = heading_bottom(view, heading, view.filled(heading))
    filled = view.filled(heading + 1)
    below = (view.text(heading + 1, column) for column in filled)
    return heading + 1 if bottom == heading and len(filled) > 1 and all(map(_heads, below)) else bottom


def _heads(text: str) -> bool:
    """Tell whether a text may stand in the second row of headings."""
    return len(text) <= LONGEST_LABEL and bool(
        field_of(text)
        or TIME.fullmatch(label_key(text))
        or label_key(text) in WHOLE
        or label_key(text) == REST
        or is_part(text)
        or column_of(text) in {"target", "operator", "measure"}
    )


def _numbered(view: View, bottom: int) -> int:
    """Return the last row of the headings with that of the columns' numbers."""
    row = next((row for row in range(bottom + 1, view.height) if view.filled(row)), bottom)
    below = [view.text(row, column) for column in view.filled(row)]
    return row if len(below) > 2 and all(map(_NUMBERED.fullmatch, below)) else bottom


def _paths(view: View, heading: int, bottom: int) -> dict[int, tuple[str, ...]]:
    """Return what stands over each column, row by row, a text that reaches over several rows once.

    Where nothing is merged, a heading reaches over the columns right of it that have one below only.
    """
    paths: dict[int, tuple[str, ...]] = {}
    rows = [row for row in range(heading, bottom + 1) if view.filled(row)]
    for row, lower in zip(rows, [*rows[1:], bottom], strict=True):
        beside = ""
        below = set(view.filled(lower)) if row < lower else set()
        for column in range(max(view.width(row), view.width(lower) if below else 0)):
            area = view.reach(row, column)
            text = view.text(area.top, area.left) if area.top >= heading else ""
            if text:
                beside = text if column in below and area.left == area.right else ""
            elif column in below and beside and area.left == area.right:
                text = beside
            else:
                beside = ""
            if text and paths.get(column, ("",))[-1] != text:
                paths[column] = (*paths.get(column, ()), text)
    return paths


def _columns(
    view: View, heading: int, paths: Mapping[int, tuple[str, ...]], year: int | None
) -> tuple[tuple[str, int], ...]:
    """Return the indicators' columns, without a 单位 left of them, which is the agency's; the target of the year."""
    columns = [one for one in columns_of(view, heading, year) if not one[0].startswith("other")]
    first = min((column for name, column in columns if name in _LEVELS), default=0)
    found = {name: column for name, column in columns if column >= first}
    times = [
        Heading(column, path, rank_of(path[-1:], year))
        for column, path in paths.items()
        if len(path) > 1 and column_of(path[0]) == "target" and TIME.fullmatch(label_key(path[-1]))
    ]
    best = [one for one in times if one.rank == max(other.rank for other in times)]
    if len(best) == 1 and len(times) > 1:
        found["target"] = best[0].column
    return tuple(sorted(found.items(), key=lambda pair: pair[1]))


def headings(view: View) -> list[int]:
    """Return the rows of the sheet that head indicators."""
    return [row for row in range(view.height) if is_heading(view, row) or across.levels(view, row)]
