"""Grid → documents, by labels, tolerant and silent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from jixiao import forms, reasons, schemas
from jixiao.forms import INDICATOR_COLUMNS
from jixiao.model import Area, Book, Document, Grid, Note, Spot
from jixiao.reading import (
    appropriations,
    basic,
    below,
    crossed,
    doubts,
    earlier,
    editions,
    fields,
    goals,
    inside,
    levels,
    lists,
    others,
    parts,
    plans,
    projects,
    rows,
    sentences,
    signs,
    tables,
    tasks,
    totals,
    traditional,
    units,
    unlabelled,
    unseen,
    years,
)
from jixiao.reading.halves import halves
from jixiao.reading.headings import columns_of
from jixiao.reading.view import View
from jixiao.reading.words import label_key

_HIDDEN = "工作表“{0}”是隐藏的，其中有 {1} 张绩效目标表，未计入。需要计入请取消隐藏后再试。"
_TITLE_EACH = "几张表共用一个标题的可以不改；不是同一年度的，请给这张表写上自己的标题和年度。"
_UNHIDE = "在工作表标签上点右键，选“取消隐藏”；不用的旧表请删去。"


def read(book: Book) -> tuple[tuple[Document, ...], tuple[str, ...]]:
    """Return the tables of a workbook, sheet by sheet, and sentences about what was seen and not read.

    Tables on hidden sheets are not counted: nobody sees them; a sentence says that they are there, and the first
    table carries it as a note. Reading never fails: what is missing or ambiguous stands in the document, for
    checking to tell.
    """
    documents: list[Document] = []
    remarks: list[str] = []
    hidden: list[Note] = []
    for grid in book.grids:
        known = plans.read(grid, book.stamps)
        if known is not None:
            documents.append(known)
            continue
        found = _seen(grid, book.stamps)
        if not found.documents and grid.visible and (plain := traditional.simplified(grid)):
            found = _seen(plain, book.stamps)
            found = found._replace(documents=[traditional.told(one) for one in found.documents])
        documents += found.documents
        remarks += found.remarks
        hidden += found.hidden
    if documents and hidden:
        documents[0] = replace(documents[0], notes=(*documents[0].notes, *hidden))
    if book.reasons:
        documents = reasons.at(documents, book.reasons)
    return tuple(documents), tuple(remarks)


def is_of_hidden(remark: str) -> bool:
    """Tell whether a sentence of `read` says that tables stand on a hidden sheet."""
    return remark.endswith(_HIDDEN.rpartition("}")[2])


def _seen(grid: Grid, stamps: frozenset[tuple[str, str]]) -> unseen.Read:
    reader = partial(_sheet, stamps=stamps)
    return unseen.read(grid, reader) if grid.hidden_columns else reader(grid)


def _sheet(grid: Grid, stamps: frozenset[tuple[str, str]]) -> unseen.Read:
    """Return the tables of one sheet, or where it is hidden only that they are there."""
    documents: list[Document] = []
    remarks: list[str] = []
    whole = View.of(grid)
    listed = lists.read(whole, stamps)
    rest = halves(listed.rest) if listed.rest else ()
    views = [whole if part is grid else View.of(part) for part in rest]
    parts = [(view, *tables.find(view)) for view in views]
    count = len(listed.documents) + sum(len(places) for _, places, _ in parts)
    if not grid.visible:
        remarks = [_HIDDEN.format(grid.sheet, count)] if count else []
        return unseen.Read([], remarks, [Note("ST09", "", text, "warning", _UNHIDE) for text in remarks])
    documents += listed.documents
    remarks += listed.remarks
    for view, places, said in parts:
        remarks += said
        several = len(parts) > 1 or len(places) > 1 or bool(said or documents)
        first = places[0].top if places else 0
        above: Document | None = None
        for place in places:
            above = _document(view, place, stamps, first, above, alone=not several)
            documents.append(above)
    if listed.documents:
        documents.sort(key=lambda one: one.area.top)
    return unseen.Read(documents, remarks, [])


def _document(  # noqa: PLR0913 - what a table may depend on
    view: View,
    place: tables.Place,
    stamps: frozenset[tuple[str, str]],
    first: int,
    above: Document | None,
    *,
    alone: bool,
) -> Document:
    """Read one table in full, `first` the top of the sheet's first and `above` the one before it.

    How the only one was read is kept for the next like it.
    """
    candidates = [form for form in forms.catalogue() if form.form == place.form]
    under = below.foot(view, place)
    until = place.bottom
    place, whole = below.indicators(place, under), below.whole(place, under)
    form, notes = editions.settle(view, whole, candidates, stamps)
    year = years.read(view, place, first)
    over = above if place.title is None and year.spot == (place.top, 0) else None  # under one title with it
    year = (years.shared(over) if over else None) or year
    of_year = year.value if isinstance(year.value, int) else None
    place = earlier.without(view, place, of_year)
    if place.heading is not None and of_year:
        place = replace(place, columns=columns_of(view, place.heading, of_year))
    place, unheaded = levels.completed(view, signs.completed(view, place), form.words())
    places = [one for one in (place, under) if one is not None]
    printed = [unit for one in places for unit in units.printed(view, one)]
    printed += units.below(view, place, until)
    told = printed[0].unit if printed else over.money if over else None
    block = rows.read(view, place, form.words(), until)
    values: dict[str, Any] = dict.fromkeys(schemas.schema(form.form)["properties"])
    head, said = _head(view, places, form, year, told)
    values.update({name: one.value for name, one in head.items()})
    aims, first_goal = goals.read(view, place, form)
    if first_goal is None and under is not None:
        aims, first_goal = goals.read(view, under, form)
    values["goals"] = [one.value for one in aims]
    found = {f"/{name}": one for name, one in head.items() if one.spot}
    found.update({f"/{name}": one for name, one in _numbered(aims).items()})
    found.update(parts.pointers(head))
    cells = {pointer: one.spot.a1 for pointer, one in found.items() if one.spot}
    if first_goal is not None:
        cells["/goals"] = first_goal.a1
    values["indicators"] = block.indicators
    if place.heading is not None:
        cells["/indicators"] = Spot(place.heading, place.columns[0][1]).a1
    for name in ("project_type", "project_period"):
        if name in values and name not in {field for field, _, _ in form.fields()}:
            del values[name]
    document = Document(
        form=form.form,
        edition=form.edition,
        sheet=view.grid.sheet,
        area=_area(view, whole, below.last(under, found, block.last)),
        money=told,
        values=values,
        cells={**cells, **block.cells},
        headings={
            name: Spot(place.heading or 0, column).a1
            for name, column in place.columns
            if name in INDICATOR_COLUMNS
        },
        raw={**{pointer: one.raw for pointer, one in found.items() if _differs(pointer, one)}, **block.raw},
        faults={**_faults(view, found), **block.faults},
        notes=(
            *notes,
            *editions.foreign(form, stamps),
            *_left_out(form, place, head),
            *_untitled(place, over),
            *unheaded,
            *_once(
                doubts.notes(view, places, form, {**head, **_numbered(aims)}, told),
                sentences.notes(said, head, form),
            ),
            *parts.notes(head, form.form),
            *inside.notes(view, head),
            *units.notes(printed, form.form, values),
            *block.notes,
            *unseen.notes(view, values, cells | block.cells),
        ),
        blind=view.grid.blind,
    )
    if alone and not units.differ(printed) and not inside.is_labelled(view, head):
        plans.keep(
            view, stamps, place, document, {name: one.money for name, one in head.items() if one.money}
        )
    return document


def _head(
    view: View, places: Sequence[tables.Place], form: forms.Form, year: fields.Found, told: str | None
) -> tuple[dict[str, fields.Found], dict[str, fields.Found]]:
    """Return the fields of a table and of what stands below its indicators, and those that a sentence told."""
    head = {"year": year}
    of_year = year.value if isinstance(year.value, int) else None
    for place in places:
        more = fields.read(view, place, form, told, of_year)
        more.update(totals.read(view, place, form, told, more, of_year))
        more.update(unlabelled.agency(view, place, more))
        more.update(appropriations.summed(view, place, form, told, of_year))
        more.update(others.summed(view, place, form, told, {**head, **more}))
        more.update(projects.summed(view, place, form, told, more))
        more.update(crossed.read(view, place, form, told, of_year))
        more.update(tasks.summed(view, place, form, told, more))
        more.update(basic.summed(place, {**head, **more}))
        head.update({name: one for name, one in more.items() if name not in head})
    said = (sentences.read(view, place, form, head, told or form.money) for place in places)
    found = next(filter(None, said), {})
    return {**head, **found}, found


def _once(first: Iterable[Note], second: Iterable[Note]) -> list[Note]:
    """Return notes without those of the second kind that say of a field what one of the first says."""
    known = list(first)
    told = {(note.rule, note.pointer) for note in known}
    return [*known, *(note for note in second if (note.rule, note.pointer) not in told)]


def _numbered(aims: list[fields.Found]) -> dict[str, fields.Found]:
    return {f"goals/{number}": one for number, one in enumerate(aims)}


def _differs(pointer: str, one: fields.Found) -> bool:
    """Tell whether the clerk's own text is worth keeping: not where the value is only cut out of it."""
    cut_out = pointer in {"/year", "/department_code"} or pointer.startswith("/goals/")
    return one.raw is not None and not cut_out and (one.raw != one.value or one.money is not None)


def _untitled(place: tables.Place, above: Document | None) -> list[Note]:
    """Tell that a table has no title; of one that goes on below another of its form, that both have the same."""
    if place.title:
        return []
    if above is not None and above.form == place.form and above.values["year"] is not None:
        told = f"表上没有标题，标题和年度按上面一张表（{above.cell('/year')}）读取。"
        return [
            Note(
                "ST01",
                "/project_name" if place.form == "project_target" else "/agency",
                told,
                "hint",
                _TITLE_EACH,
            )
        ]
    text = "表上没有标题，按栏目认出是绩效目标表。"
    advice = "请在表的第一行写上标题，如“项目支出绩效目标表”，年度没有写的，写在标题的下一行。"
    return [Note("ST01", "/year", text, "error", advice)]


def _left_out(form: forms.Form, place: tables.Place, head: Mapping[str, fields.Found]) -> list[Note]:
    """Return which fields the edition itself does without, for the rules alone: nobody has to be told.

    Nor of those that nobody has to fill where the place prints the others in its own words: 起止时间 and no 项目属性.
    """
    printed = {name: label_key(cell.label) for name, cell, _ in form.fields()}
    lacks = forms.MAY_LACK - printed.keys()
    spare = printed.keys() - schemas.schema(form.form)["required"]
    if not any(printed[name] in place.labels for name in spare):
        lacks |= spare - head.keys()
    return [Note("ST09", "", "", lacks=tuple(f"/{name}" for name in sorted(lacks)))] if lacks else []


def _faults(view: View, found: dict[str, fields.Found]) -> dict[str, str]:
    faults = view.grid.faults
    return {pointer: faults[one.spot] for pointer, one in found.items() if one.spot and one.spot in faults}


def _area(view: View, place: tables.Place, last: int) -> Area:
    """Return where the table stands: from its title to its last row, merged areas at the end included."""
    top = place.title[0] if place.title else place.top
    rows = [(row, filled) for row, filled in enumerate(view.filled_in[top : last + 1], top) if filled]
    right = max((view.reach(row, filled[-1]).right for row, filled in rows), default=0)
    block = [(row, column) for row, filled in rows if row >= (place.heading or 0) for column in filled]
    bottom = max((view.covers[spot].bottom for spot in block if spot in view.covers), default=last)
    if place.bottom < view.height:
        bottom = min(bottom, place.bottom - 1)
    return Area(top, min((filled[0] for _, filled in rows), default=0), max(last, bottom), right)
