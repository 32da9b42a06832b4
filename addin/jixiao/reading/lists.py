"""A list of projects: one row of headings, 项目名称 among them, and below it project after project with its indicators.

Systems export such lists, and places publish them; each project is a table of its own for all that follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from jixiao import forms, schemas
from jixiao.model import Area, CellValue, Document, Note, Spot
from jixiao.reading import editions, fields, goals, others, parts, rows, units, unseen, years
from jixiao.reading.headings import columns_of, heading_bottom
from jixiao.reading.labels import index
from jixiao.reading.lines import SIGNED, SUM
from jixiao.reading.tables import Place, is_heading
from jixiao.reading.units import unit_in
from jixiao.reading.view import View, appropriations, label_key, other_sources
from jixiao.values import key, money

FORM = "project_target"
_MOST_ROWS = 200_000_000  # of all projects' readings together: some seconds
_TOO_LONG = "工作表“{0}”是项目清单，有 {1} 个项目、{2} 行，太长，没有读取。请按单位分成几个文件后再试。"
_HEADINGS = {"level1": "一级指标", "level2": "二级指标", "name": "三级指标", "target": "指标值"}
_OF_BOTH = frozenset(
    map(label_key, ("单位名称、项目名称", "单位、项目名称", "单位项目名称", "单位及项目名称"))
)
_NUMBERED = re.compile(r"\d{1,2}|[一二三四五六七八九十]{1,2}")  # columns that have numbers
_MORE = {
    "project_name": tuple(_OF_BOTH),
    "agency": ("单位名称", "预算单位名称"),
    "department": ("部门名称", "一级预算单位"),
    "year": ("年度", "预算年度"),
    "total_funds": ("预算金额", "预算数", "金额", "项目金额", "项目预算", "预算资金", "资金总额", "合计", "总计", "年度预算", "预算总额"),
}  # fmt: skip
_SUMS = ("fiscal_funds", "other_funds")
_CARRIED = ("agency", "department", "year")  # which stand over several projects
_ADVICE = "清单导出的表样就是这样的，可以不改；要核对这几栏，请改用官方空白表，或在清单里加上这几列。"


@dataclass(frozen=True)
class _Listing:
    """A list on a sheet: its headings' rows, the indicators' columns, field → column and the heading above it.

    Of 财政拨款 and 其他资金 `sums` has the columns of all sources, where there are several.
    """

    heading: int
    bottom: int
    columns: tuple[tuple[str, int], ...]
    fields: Mapping[str, tuple[int, str]]
    sums: Mapping[str, Mapping[int, str]]

    @property
    def of_both(self) -> bool:
        """Whether the column of the projects' names holds their agencies' too."""
        return label_key(self.fields["project_name"][1]) in _OF_BOTH


def read(view: View, stamps: frozenset[tuple[str, str]]) -> tuple[list[Document], str]:
    """Return the projects of a sheet that is a list of them, each as a table, or why they are not read.

    Nothing for any other sheet.
    """
    listing = _find(view)
    groups = list(_groups(view, listing)) if listing else []
    if listing is None or not groups:
        return [], ""
    if len(groups) * view.height > _MOST_ROWS:
        return [], _TOO_LONG.format(view.grid.sheet, len(groups), view.height)
    labels, inline = index(view, 0, listing.heading - 1)
    above = Place(FORM, 0, listing.heading, None, listing.heading, (), labels, inline)
    told = next(filter(None, (unit_in(text) for _, text in listing.fields.values())), None)
    told = told or next((one.unit for one in units.printed(view, above)), None)
    head = {"year": years.read(view, above), **_above(view, above)}
    whole = Place(FORM, listing.heading, view.height, None, listing.bottom, listing.columns, {}, {})
    form, _ = editions.settle(view, whole, [form for form in forms.catalogue() if form.form == FORM], stamps)
    documents = []
    for group in groups:
        if _has_indicators(view, listing, group):
            own = _beside(view, listing, group, told or form.money)
            head.update((name, own[name]) for name in _CARRIED if name in own and own[name].raw is not None)
            own.update((name, head[name]) for name in _CARRIED if name in own and name in head)
            if "department" in own:
                own.update(fields.with_code(view, above, own["department"]))
            documents.append(_document(view, listing, group, form, {**head, **own}, told))
        elif listing.of_both:  # an agency's name, with its projects below it
            spot = Spot(group.start, listing.fields["project_name"][0])
            head["agency"] = fields.Found(view.text(*spot), view.value(*spot), spot)
    return documents, ""


def _above(view: View, above: Place) -> dict[str, fields.Found]:
    """Return whose list it is, as the lines above it say."""
    found = {}
    for name in ("agency", "department"):
        keys = tuple(word for word, field in _fields().items() if field == name)
        one = fields.Sought(name, keys, "", is_money=False)
        spot = fields.label_spot(view, above, one, set())
        if spot is not None:
            found[name] = fields.value_of(view, above, one, spot, "")
    return found


def _find(view: View) -> _Listing | None:
    """Return the list of a sheet, `None` where the headings of the indicators have no 项目名称 beside them."""
    heading = next((row for row in range(view.height) if is_heading(view, row)), None)
    if heading is None:
        return None
    bottom = _bottom(view, heading)
    columns = tuple(one for one in columns_of(view, heading) if not one[0].startswith("other"))
    levels = {column for _, column in columns}
    found: dict[str, tuple[int, str]] = {}
    sums: dict[str, dict[int, str]] = {}
    for row in range(bottom, heading - 1, -1):  # 合计 below 预算数 tells more
        for column in view.filled(row):
            name = _fields().get(view.label(row, column)) if column not in levels else None
            if name:
                found.setdefault(name, (column, view.text(row, column)))
            if name in _SUMS:
                sums.setdefault(name, {}).setdefault(column, view.text(row, column))
    if any(label_key(text) not in appropriations() for text in sums.get("fiscal_funds", {}).values()):
        del sums["fiscal_funds"]  # 财政拨款 as a whole, with its budgets beside it
    several = {name: ones for name, ones in sums.items() if len(ones) > 1}
    return _Listing(heading, bottom, columns, found, several) if "project_name" in found else None


def _document(  # noqa: PLR0913, PLR0917 - what reading a table needs
    view: View,
    listing: _Listing,
    group: range,
    form: forms.Form,
    head: Mapping[str, fields.Found],
    told: str | None,
) -> Document:
    alone = _only(view, listing, group)
    place = Place(FORM, group.start - 1, group.stop, None, group.start - 1, listing.columns, {}, {})
    block = rows.read(alone, place, form.words(), place.bottom)
    aims = list(goals.split(str(head["goals"].value))) if "goals" in head and head["goals"].value else []
    values: dict[str, Any] = dict.fromkeys(schemas.schema(FORM)["properties"])
    values.update({name: one.value for name, one in head.items() if name in values})
    values.update(goals=aims, indicators=block.indicators)
    known = {name for name, _, _ in form.fields()}
    for name in {"project_type", "project_period"} - known:
        values.pop(name, None)
    cells = {f"/{name}": one.spot.a1 for name, one in head.items() if one.spot and name in values}
    cells.update({pointer: one.spot.a1 for pointer, one in parts.pointers(head).items() if one.spot})
    if "/goals" in cells:
        cells.update({f"/goals/{number}": cells["/goals"] for number in range(len(aims))})
    cells["/indicators"] = Spot(group.start, min(column for _, column in listing.columns)).a1
    return Document(
        form=FORM,
        edition=form.edition,
        sheet=view.grid.sheet,
        area=Area(group.start, 0, group.stop - 1, max(map(len, view.texts[group.start : group.stop])) - 1),
        money=told,
        values=values,
        cells={**cells, **block.cells},
        headings={name: Spot(group.start - 1, at).a1 for name, at in listing.columns if name in _HEADINGS},
        raw={**{f"/{name}": one.raw for name, one in head.items() if _differs(name, one)}, **block.raw},
        faults={**_faults(view, head), **block.faults},
        notes=(
            *_lacking(form, head),
            *parts.notes(head, FORM),
            *block.notes,
            *unseen.notes(alone, values, {**cells, **block.cells}),
        ),
        blind=view.grid.blind,
    )


def _groups(view: View, listing: _Listing) -> Iterator[range]:
    """Yield the rows of each project: from its name to the next one; a name that is repeated goes on."""
    column = listing.fields["project_name"][0]
    start, name = -1, ""
    last = listing.bottom
    for row in range(listing.bottom + 1, view.height):
        filled = view.filled(row)
        if not filled:
            continue
        if len(filled) < 3 and SIGNED.match(view.text(row, filled[0])):
            break
        text = view.text(row, column) if column in filled else ""
        is_sum = any(SUM.fullmatch(key(view.text(row, at))) for at in filled[:2])
        if is_sum or (text and text != name):
            if start >= 0:
                yield range(start, last + 1)
            start, name = (-1, "") if is_sum else (row, text)
        last = row
    if start >= 0:
        yield range(start, last + 1)


def _has_indicators(view: View, listing: _Listing, group: range) -> bool:
    """Tell whether a group is a project, not an agency's name above its projects or a lonely text."""
    columns = {column for _, column in listing.columns}
    return any(not columns.isdisjoint(view.filled(row)) for row in group)


def _only(view: View, listing: _Listing, group: range) -> View:
    """Return the sheet with nothing but the indicators of one project, at their addresses, their headings right above.

    Made of parts of the whole: a list may have thousands of projects, and as many rows again for each.
    """
    left = min(column for _, column in listing.columns)
    headings = [""] * (max(column for _, column in listing.columns) + 1)
    for name, column in listing.columns:
        headings[column] = _HEADINGS.get(name, name)
    above = group.start - 1
    blank, unfilled = list[str](), list[int]()
    values = [[None] * left + list(line[left:]) for line in view.grid.rows[group.start : group.stop]]
    texts = [[""] * left + line[left:] for line in view.texts[group.start : group.stop]]
    filled = [[at for at in line if at >= left] for line in view.filled_in[group.start : group.stop]]
    spots = ((row, column) for row in group for column in range(left, len(headings)))
    covers = {spot: view.covers[spot] for spot in spots if spot in view.covers}
    empty = list[CellValue]()
    grid = replace(view.grid, rows=[*[empty] * above, list[CellValue](headings), *values])
    heads = [at for at, text in enumerate(headings) if text]
    return View(grid, covers, [*[blank] * above, headings, *texts], [*[unfilled] * above, heads, *filled])


def _beside(view: View, listing: _Listing, group: range, unit: str) -> dict[str, fields.Found]:
    """Return the fields that have a column, each from its first cell in the project's rows that holds something."""
    found = {}
    for name, (column, heading) in listing.fields.items():
        row = next((row for row in group if column in view.filled(row)), group.start)
        spot = Spot(row, column)
        raw, text = view.value(*spot), view.text(*spot)
        if schemas.is_money(FORM, name):
            found[name] = _amount(view, spot, unit_in(heading) or unit)
        elif name == "year":
            digits = text[:4]
            found[name] = fields.Found(
                int(digits) if digits.isdecimal() and len(digits) == 4 else None, raw, spot
            )
        else:
            found[name] = fields.Found(text or None, raw, spot)
    for name, columns in listing.sums.items():
        row = next((row for row in group if not columns.keys().isdisjoint(view.filled(row))), group.start)
        ones = [(text, _amount(view, Spot(row, at), unit_in(text) or unit)) for at, text in columns.items()]
        found[name] = parts.summed(ones) if name == "fiscal_funds" else others.added(ones, found, FORM)
    return found


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


def _bottom(view: View, heading: int) -> int:
    """Return the last row of the headings: those of money may stand in a second row."""
    bottom = heading_bottom(view, heading, view.filled(heading))
    filled = view.filled(heading + 1)
    if (
        bottom == heading
        and filled
        and all(view.label(heading + 1, column) in _fields() for column in filled)
    ):
        bottom += 1
    below = [view.text(bottom + 1, column) for column in view.filled(bottom + 1)]
    return bottom + 1 if len(below) > 2 and all(map(_NUMBERED.fullmatch, below)) else bottom


@cache
def _fields() -> dict[str, str]:
    """Return which field a heading names, by its key."""
    words = {label_key(text): name for name, texts in _MORE.items() for text in texts}
    words.update(
        dict.fromkeys(appropriations(), "fiscal_funds"), **dict.fromkeys(other_sources(), "other_funds")
    )
    for form in forms.catalogue():
        if form.form == FORM:
            for name, one in fields.sought(FORM, form.edition).items():
                words.update(dict.fromkeys(one.keys, name))
    return words
