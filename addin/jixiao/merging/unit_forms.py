"""The unit form of each agency: its own figures, and the projects' sum in 项目支出."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from jixiao import drawing, forms, schemas
from jixiao.drawing import paging
from jixiao.drawing.heights import heights
from jixiao.forms import Form
from jixiao.merging.entries import Entry
from jixiao.merging.ledger import Agency, Sum
from jixiao.merging.listing import Links
from jixiao.model import Area, Box, Page

_FORM = "agency_overall"
_LEAST = 21.0
NAMELESS = "（单位未填）"


class Unit(NamedTuple):
    """What a unit form says, apart from the ledger: the agency, the year, its own table, how many projects, their sum."""

    name: str | None
    year: int | None
    own: Entry | None
    projects: int
    total: Sum


def unit(agency: Agency) -> Unit:
    """Return what the unit form of an agency says."""
    return Unit(agency.name, agency.year, agency.own, len(agency.projects), agency.funds["total_funds"])


def draw(agency: Unit, sheet: str, links: Links, *, with_details: bool = True) -> Page:
    """Return the page of an agency's unit form, and below it where every figure came from.

    Args:
        agency: the agency in one year.
        sheet: the sheet's name.
        links: the way to the files.
        with_details: whether 项目明细 stands in the same workbook, so that the sum can link to it.

    """
    form = forms.find(_FORM, agency.own.document.edition if agency.own else None)
    drawn = drawing.draw(form, sheet, _values(agency), to_fill=False)
    bottom = max(box.area.bottom for box in drawn.boxes)
    right = len(form.widths) - 1
    told = _sources(agency, form, links, with_details=with_details)
    notes = [Box(Area(bottom + 2, 0, bottom + 2, right), "数据来源（点击可打开原文件的单元格）", "note")]
    notes += [
        Box(Area(row, 0, row, right), text, "link" if link else "wrapped", link=link)
        for row, (text, link) in enumerate(told, bottom + 3)
    ]
    least = {note.area.top: _LEAST for note in notes}
    tall = {**drawn.heights, **heights(notes, form.widths, least)}
    room = paging.room(form.widths, landscape=form.landscape)
    return replace(
        drawn,
        boxes=(*drawn.boxes, *notes),
        heights=tall,
        breaks=paging.breaks(tall, [(bottom + 2, bottom + 1 + len(notes))], room, known=drawn.breaks),
        # headings of a form on one page have no place above the sources on the next
        print_titles=drawn.print_titles if sum(drawn.heights.values()) > room else None,
    )


def _values(agency: Unit) -> dict[str, Any]:
    if agency.own is None:
        blank: dict[str, Any] = {
            name: None for name in schemas.schema(_FORM)["properties"] if schemas.is_money(_FORM, name)
        }
        return blank | {"year": agency.year, "agency": agency.name, "projects": agency.total.text}
    own = agency.own.document.values
    return {**own, "projects": agency.total.text} if agency.projects else own


def _sources(
    agency: Unit, form: Form, links: Links, *, with_details: bool
) -> Iterator[tuple[str, str | None]]:
    total = agency.total
    for field, label, _ in form.fields():
        if not schemas.is_money(_FORM, field):
            continue
        name = str(schemas.field(_FORM, f"/{field}").get("title", label.label))
        if field == "projects" and agency.projects:
            missing = f"；其中 {total.unknown} 个项目的金额空白或不是数，没有计入" if total.unknown else ""
            where = "“项目明细”" if with_details else "汇总工作簿的“项目明细”"
            text = f"{name}：{total.text or '空白'}，为 {agency.projects} 个项目年度资金总额之和，见{where}{missing}"
            yield text, "internal:'项目明细'!A1" if with_details else None
        if agency.own is not None:
            yield _own(agency.own, field, name, links, again=field == "projects" and bool(agency.projects))
    if agency.own is None:
        yield "没有收到这个单位的整体支出绩效目标表，所以目标、指标和其他金额空着。", None


def _own(own: Entry, field: str, name: str, links: Links, *, again: bool) -> tuple[str, str]:
    place = own.place(f"/{field}")
    value = own.document.values[field]
    head = f"{name}（单位自报）" if again else name
    return f"{head}：{'空白' if value is None else value}，来自 {links.shown(place)}", links.cell(place)


def sheet_names(agencies: Iterable[Agency], taken: Sequence[str]) -> list[str]:
    """Return a sheet name for each agency: 整体_<agency>, with the year where it has several."""
    several = Counter(agency.name for agency in agencies)
    names: list[str] = []
    used = {name.casefold() for name in taken}
    for agency in agencies:
        year = f"{agency.year}" if several[agency.name] > 1 and agency.year else ""
        name = drawing.sheet_name(f"整体_{year}{agency.name or NAMELESS}", used)
        used.add(name.casefold())
        names.append(name)
    return names
