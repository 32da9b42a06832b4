"""A list of projects: one row of headings, 项目名称 among them, and below it project after project with its indicators.

Systems export such lists, and places publish them; each project is a table of its own for all that follows.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from jixiao import forms, schemas
from jixiao.model import Area, CellValue, Document, Grid, Note, Spot
from jixiao.reading import (
    across,
    doubts,
    editions,
    fields,
    goals,
    listings,
    others,
    parts,
    rows,
    units,
    unseen,
)
from jixiao.reading.columns import FORM
from jixiao.reading.labels import key_labels
from jixiao.reading.listed import Group, Walk, pages, said, whose
from jixiao.reading.listings import Listing
from jixiao.reading.tables import Place, is_title
from jixiao.reading.view import View
from jixiao.values import money

_MOST_ROWS = 200_000_000  # of all projects' readings together: some seconds
_TOO_LONG = "工作表“{0}”是项目清单，有 {1} 个项目、{2} 行，太长，没有读取。请按单位分成几个文件后再试。"
_OF_AGENCIES = (
    "工作表“{0}”第 {1} 行起是单位整体支出绩效目标的清单（一行表头，下面逐个单位），目前只读取项目的清单，这一张没有读取。"
    "请每个单位用一张官方空白表填写。"
)
_LOST = (
    "工作表“{0}”的项目清单中，第 {1} 行没有写明是哪个项目的，或者有项目而没有指标，没有读取。请补齐后再试。"
)
_OTHER_UNIT = (
    "工作表“{0}”的项目清单第 {1} 行写的是“{2}”，与上面的金额单位不同，下面的项目仍按“{3}”读取。"
    "请核对；确实不同的，请在这一行下面重复一次表头。"
)
_HEADINGS = {"level1": "一级指标", "level2": "二级指标", "name": "三级指标", "target": "指标值"}
_ABOVE_A_FORM, _MOST_TOLD = 60, 12  # rows above a form's indicators, rows that are told one by one
_ADVICE = "清单导出的表样就是这样的，可以不改；要核对这几栏，请改用官方空白表，或在清单里加上这几列。"


class Read(NamedTuple):
    """The projects of the lists on a sheet, sentences about what was not read, and the rest of the sheet."""

    documents: Sequence[Document]
    remarks: Sequence[str]
    rest: Grid | None


@dataclass
class _Tables:
    """The tables of a sheet: its lists of projects, the first rows of others, and which of these list agencies."""

    sheet: str
    height: int
    lists: list[Listing] = field(default_factory=list)
    others: list[int] = field(default_factory=list)
    agencies: dict[int, int] = field(default_factory=dict)

    @property
    def forms(self) -> int:
        """How many of the others are forms."""
        return len(self.others) - len(self.agencies)

    @property
    def remarks(self) -> list[str]:
        """What is told of lists of agencies, at the headings of the first."""
        return [_OF_AGENCIES.format(self.sheet, row + 1) for row in self.agencies.values()][:1]

    @property
    def left_out(self) -> Iterator[int]:
        """The rows of the lists of agencies."""
        tops = sorted({*(one.top for one in self.lists), *self.others, self.height})
        for number in self.agencies:
            top = self.others[number]
            yield from range(top, tops[bisect_right(tops, top)])


class _Page(NamedTuple):
    """One page of a list: its headings, the form's edition, the unit of money, what the lines above it tell."""

    listing: Listing
    form: forms.Form
    unit: str | None
    head: Mapping[str, fields.Found]

    def tells_anew(self, before: _Page) -> set[str]:
        """Return what this page tells otherwise than the one before it."""
        return {
            name
            for name, one in self.head.items()
            if name not in before.head or one.value != before.head[name].value
        }


def read(view: View, stamps: frozenset[tuple[str, str]]) -> Read:
    """Return the projects of the lists on a sheet, each as a table, or why they are not read, and what else is there.

    Of a sheet without lists nothing but the sheet.
    """
    tables = _tables(view)
    if not tables.lists and not tables.remarks:
        return Read([], [], view.grid)
    remarks, taken, walk, known = [*tables.remarks], set(tables.left_out), Walk(view), dict[int, _Page]()
    page: _Page | None = None
    for listing, stop in pages(tables.lists, [*tables.others, view.height]):
        before, page = page, _page(view, listing, stamps, page)
        known[listing.heading] = page
        taken.update(range(listing.top, stop))
        walk.page(listing, stop, page.tells_anew(before) if before else ())
    walk.end()
    rest = _without(view.grid, taken) if tables.forms else None
    if len(walk.groups) * view.height > _MOST_ROWS:
        return Read([], [_TOO_LONG.format(view.grid.sheet, len(walk.groups), view.height)], rest)
    if walk.lost:
        numbers = "、".join(str(row + 1) for row in walk.lost[:_MOST_TOLD])
        more = "……" if len(walk.lost) > _MOST_TOLD else ""
        remarks.append(_LOST.format(view.grid.sheet, numbers + more))
    remarks += (text for row, top in walk.captions.items() for text in _other_unit(view, row, known[top]))
    return Read([_document(view, known[one.listing.heading], one) for one in walk.groups], remarks, rest)


def _tables(view: View) -> _Tables:
    found = _Tables(view.grid.sheet, view.height)
    floor, year = -1, None
    for heading in listings.headings(view):
        if heading <= floor:
            continue
        one = listings.find(view, heading, floor, year)
        if one is not None:
            found.lists.append(one)
            year = one.year.value if isinstance(one.year.value, int) else year
            floor = one.bottom
            continue
        found.others.append(_first_row(view, floor, heading))
        if listings.is_of_agencies(view, heading):
            found.agencies[len(found.others) - 1] = heading
        floor = heading
    return found


def _other_unit(view: View, row: int, page: _Page) -> Iterator[str]:
    """Tell of a line between projects that states another unit of money than the one they are read in."""
    line, unit = Place(FORM, row, row + 1, None, row + 1, (), {}, {}), page.unit or page.form.money
    if any("元" in view.text(row, column) for column in view.filled(row)):
        for one in units.printed(view, line):
            if one.spot.row == row and one.unit != unit:
                yield _OTHER_UNIT.format(view.grid.sheet, row + 1, one.text, unit)


def _first_row(view: View, floor: int, heading: int) -> int:
    """Return the first row of a form: its title, else its first label."""
    rows_ = range(max(floor + 1, heading - _ABOVE_A_FORM), heading)
    title = next((row for row in reversed(rows_) if is_title(view, row)), None)
    labels = key_labels("project_target") | key_labels("agency_overall")
    labelled = (row for row in rows_ if any(view.label(row, column) in labels for column in view.filled(row)))
    return title if title is not None else next(labelled, heading)


def _without(grid: Grid, taken: set[int]) -> Grid:
    """Return a sheet without some rows, the others at their addresses."""
    return replace(
        grid,
        rows=[list[CellValue]() if number in taken else row for number, row in enumerate(grid.rows)],
        merges=grid.merges and tuple(area for area in grid.merges if area.top not in taken),
        formats={spot: code for spot, code in grid.formats.items() if spot.row not in taken},
        faults={spot: text for spot, text in grid.faults.items() if spot.row not in taken},
    )


def _page(view: View, listing: Listing, stamps: frozenset[tuple[str, str]], before: _Page | None) -> _Page:
    """Return what holds for one page of a list; where it says nothing of its own, what the page before it does."""
    printed = (one.unit for one in units.printed(view, listing.above))
    told = next(filter(None, (one.unit for one in listing.fields.values())), None) or next(printed, None)
    head = {**whose(view, listing.above), "year": listing.year}
    if before is not None and listing.goes_on_from(before.listing):
        head = {
            **before.head,
            **({} if listing.year.value is None else {"year": listing.year}),
            **whose(view, listing.above),
        }
        return _Page(listing, before.form, told or before.unit, head)
    whole = Place(FORM, listing.heading, view.height, None, listing.bottom, listing.columns, {}, {})
    form, _ = editions.settle(view, whole, [form for form in forms.catalogue() if form.form == FORM], stamps)
    return _Page(listing, form, told, head)


def _document(view: View, page: _Page, group: Group) -> Document:
    listing, form = group.listing, page.form
    alone = _only(view, listing, group)
    place = Place(FORM, group.start - 1, group.stop, None, group.start - 1, listing.columns, {}, {})
    if listing.across:
        block = across.read(view, listing.across, group.rows)
    else:
        block = rows.read(alone, place, form.words(), place.bottom)
    own = _beside(view, group, page.unit or form.money)
    head = {**page.head, **group.head}
    head.update({name: one for name, one in own.items() if name not in head or one.raw is not None})
    if "department" in head:
        head.update(fields.with_code(view, listing.above, head["department"]))
    aims = _goals(view, group)
    values: dict[str, Any] = dict.fromkeys(schemas.schema(FORM)["properties"])
    values.update({name: one.value for name, one in head.items() if name in values})
    values.update(goals=[one.value for one in aims], indicators=block.indicators)
    known = {name for name, _, _ in form.fields()}
    for name in {"project_type", "project_period"} - known:
        values.pop(name, None)
    cells = {f"/{name}": one.spot.a1 for name, one in head.items() if one.spot and name in values}
    cells.update({pointer: one.spot.a1 for pointer, one in parts.pointers(head).items() if one.spot})
    cells.update({f"/goals/{number}": one.spot.a1 for number, one in enumerate(aims) if one.spot})
    cells["/indicators"] = Spot(group.start, min(column for _, column in listing.columns)).a1
    return Document(
        form=FORM,
        edition=form.edition,
        sheet=view.grid.sheet,
        area=Area(group.start, 0, group.stop - 1, max(map(len, view.texts[group.start : group.stop])) - 1),
        money=page.unit,
        values=values,
        cells={**cells, **block.cells},
        headings={name: Spot(group.start - 1, at).a1 for name, at in listing.columns if name in _HEADINGS},
        raw={**{f"/{name}": one.raw for name, one in head.items() if _differs(name, one)}, **block.raw},
        faults={**_faults(view, head), **block.faults},
        notes=(
            *_lacking(form, head),
            *_code_unasked(listing, head),
            *_doubts(view, group, form),
            *parts.notes(head, FORM),
            *block.notes,
            *unseen.notes(alone, values, {**cells, **block.cells}),
        ),
        blind=view.grid.blind,
    )


def _code_unasked(listing: Listing, head: Mapping[str, fields.Found]) -> list[Note]:
    """Note that a list has no place for the department's code: no heading asks for it."""
    heading = listing.fields.get("department")
    code = head.get("department_code")
    asked = (code and code.value) or (heading and doubts.asks_code(heading.text))
    return [doubts.UNASKED] if "department" in head and not asked else []


def _goals(view: View, group: Group) -> list[fields.Found]:
    """Return the goals of a project's rows, each of them once."""
    if "goals" not in group.listing.fields:
        return []
    column = group.listing.fields["goals"].column
    texts = {
        view.text(row, column): Spot(row, column)
        for row in reversed(group.rows)
        if column in view.filled(row)
    }
    return [
        fields.Found(goal, view.value(*spot), spot)
        for text, spot in reversed(texts.items())
        for goal in goals.split(text)
    ]


def _only(view: View, listing: Listing, group: Group) -> View:
    """Return the sheet with nothing but the indicators of one project, at their addresses, their headings right above.

    Made of parts of the whole: a list may have thousands of projects, and as many rows again for each.
    """
    left = min(column for _, column in listing.columns)
    headings = [""] * (max(column for _, column in listing.columns) + 1)
    for name, column in listing.columns:
        headings[column] = _HEADINGS.get(name, name)
    above = group.start - 1
    blank, unfilled = list[str](), list[int]()
    empty = list[CellValue]()
    values, texts, filled = list[list[CellValue]](), list[list[str]](), list[list[int]]()
    for row in range(group.start, group.stop):
        own = row not in group.skipped
        values.append([None] * left + list(view.grid.rows[row][left:]) if own else [])
        texts.append([""] * left + view.texts[row][left:] if own else [])
        filled.append([at for at in view.filled(row) if at >= left] if own else [])
    spots = ((row, column) for row in group.rows for column in range(left, len(headings)))
    covers = {spot: view.covers[spot] for spot in spots if spot in view.covers}
    grid = replace(view.grid, rows=[*[empty] * above, list[CellValue](headings), *values])
    heads = [at for at, text in enumerate(headings) if text]
    return View(grid, covers, [*[blank] * above, headings, *texts], [*[unfilled] * above, heads, *filled])


def _beside(view: View, group: Group, unit: str) -> dict[str, fields.Found]:
    """Return the fields that have a column, each from its first cell in the project's rows that holds something."""
    found = {}
    for name, (column, _, own) in group.listing.fields.items():
        row = next((row for row in group.rows if column in view.filled(row)), group.start)
        spot = Spot(row, column)
        found[name] = (
            _amount(view, spot, own or unit) if schemas.is_money(FORM, name) else said(view, name, spot)
        )
    for name, columns in group.listing.sums.items():
        at = {one.column for one in columns}
        row = next((row for row in group.rows if not at.isdisjoint(view.filled(row))), group.start)
        ones = [(one.text, _amount(view, Spot(row, one.column), one.unit or unit)) for one in columns]
        found[name] = parts.summed(ones) if name == "fiscal_funds" else others.added(ones, found, FORM)
    return found


def _doubts(view: View, group: Group, form: forms.Form) -> Iterator[Note]:
    """Tell of the fields that have several columns of other amounts, of which nothing settles which one counts."""
    for name, headings in group.listing.doubts.items():
        cells = {
            (row, one.column) for row in group.rows for one in headings if one.column in view.filled(row)
        }
        if len({view.text(*cell) for cell in cells}) > 1:
            yield doubts.columns(name, form, [one.told for one in headings])


def _amount(view: View, spot: Spot, unit: str) -> fields.Found:
    raw = view.value(*spot)
    return fields.Found(money(raw, unit, view.grid.formats.get(spot, "")), raw, spot)


def _lacking(form: forms.Form, head: Mapping[str, fields.Found]) -> Iterator[Note]:
    """Tell once which fields the list has no column for."""
    required = schemas.schema(FORM)["required"]
    lacking = {name: cell.label.strip("：: ") for name, cell, _ in form.fields() if name not in head}
    labels = [f"“{label}”" for name, label in lacking.items() if name in required]
    if labels:
        text = f"这是项目清单，没有{'、'.join(labels)}这 {len(labels)} 栏，没有读取。"
        yield Note("ST09", "", text, "hint", _ADVICE, tuple(f"/{name}" for name in lacking))


def _differs(name: str, one: fields.Found) -> bool:
    return one.raw is not None and name != "year" and one.raw != one.value


def _faults(view: View, head: Mapping[str, fields.Found]) -> dict[str, str]:
    faults = view.grid.faults
    return {f"/{name}": faults[one.spot] for name, one in head.items() if one.spot and one.spot in faults}
