"""The sheets of a summary that list what counts: 主管部门, 各单位合计, 项目明细, 指标明细."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from jixiao.merging import cautions
from jixiao.merging.entries import Entry, filled, unasked
from jixiao.merging.ledger import FUNDS, Agency, Ledger
from jixiao.merging.listing import Links, as_text, money, paged
from jixiao.merging.unit_forms import NAMELESS
from jixiao.office.tables import Cell, Column, Item, Table

_PROJECTS = (
    Column("序号", 6, "number"),
    Column("单位", 23),
    Column("主管部门", 23),
    Column("年度", 7, "center"),
    Column("项目名称", 30),
    Column("年度资金总额\n（万元）", 15, "money_plain"),
    Column("当年财政拨款\n（万元）", 15, "money_plain"),
    Column("上年结转资金\n（万元）", 15, "money_plain"),
    Column("其他资金\n（万元）", 15, "money_plain"),
    Column("指标数", 7, "number"),
    Column("文件", 28, "link"),
    Column("工作表", 16),
    Column("单元格（总额、\n财政、结转、其他）", 20),
)
_INDICATORS = (
    Column("序号", 7, "number"),
    Column("单位", 23),
    Column("项目名称\n（整体表为空）", 24),
    Column("一级指标", 12),
    Column("二级指标", 21),
    Column("三级指标", 28),
    Column("指标值", 16),
    Column("文件", 26, "link"),
    Column("工作表", 14),
    Column("单元格", 8, "center"),
)
_DEPARTMENTS = (
    Column("序号", 6, "number"),
    Column("主管部门", 34),
    Column("年度", 7, "center"),
    Column("单位数", 8, "number"),
    Column("项目数", 8, "number"),
    Column("年度资金总额\n（万元）", 16, "money_plain"),
    Column("当年财政拨款\n（万元）", 16, "money_plain"),
    Column("上年结转资金\n（万元）", 16, "money_plain"),
    Column("其他资金\n（万元）", 16, "money_plain"),
    Column("没有计入的\n（金额空白或不是数的项目）", 30, "wrapped"),
)
AGENCIES = (
    Column("单位", 32, "link"),
    Column("年度", 8, "center"),
    Column("项目数", 8, "number"),
    Column("年度资金总额", 14, "money_plain"),
    Column("当年财政拨款", 14, "money_plain"),
    Column("上年结转资金", 14, "money_plain"),
    Column("其他资金", 14, "money_plain"),
    Column("基本支出", 14, "money_plain"),
    Column("支出预算合计", 14, "money_plain"),
    Column("整体表来源", 28, "link"),
)
ALL_AGENCIES = "各单位合计"
_NO_CELL = "（没有这一栏）"


def departments(ledger: Ledger) -> Table:
    """Return 主管部门: the sums of the level above the agencies; what nobody stated is blank, never 0."""
    rows = [
        (
            number, one.name or "（主管部门未填）", as_text(one.year), one.agencies, one.projects,
            *(money(one.funds[field].text) for field in FUNDS),
            "，".join(f"{title} {count} 个" for title, count in cautions.lacking(one.funds).items()) or None,
        )
        for number, one in enumerate(ledger.departments, 1)
    ]  # fmt: skip
    count = len({one.name for one in ledger.departments})  # one of several years has as many rows
    return Table("主管部门", f"各主管部门合计（共 {count} 个）", _DEPARTMENTS, rows)


def agencies(ledger: Ledger, links: Links, targets: Sequence[str]) -> Table:
    """Return 各单位合计: one row for each agency, for a summary whose first page cannot list them all."""
    pairs = zip(ledger.agencies, targets, strict=True)
    rows = (agency(one, target, links) for one, target in pairs)
    title = f"各单位合计（共 {ledger.names} 个单位；金额单位：万元）"
    return Table(ALL_AGENCIES, title, AGENCIES, rows)


def agency(one: Agency, target: str, links: Links) -> list[Cell]:
    """Return the row of an agency: its sums, and what it states itself with the place; `target` is its unit form."""
    amounts: list[Cell] = [
        Item(money(one.funds[field].text), "money_lacking" if one.funds[field].unknown else None)
        for field in FUNDS
    ]
    name = one.name or NAMELESS
    head: list[Cell] = [Item(name, link=target), str(one.year or ""), len(one.projects), *amounts]
    if one.own is None:
        return [*head, None, None, Item("没有收到整体表", "wrapped")]
    own = one.own
    for field in ("basic", "expenditure_total"):
        amount = money(own.document.values[field])
        head.append(None if amount is None else Item(amount, link=links.cell(own.place(f"/{field}"))))
    places = own.place("/basic"), own.place("/expenditure_total")
    source = f"{links.shown(places[0])}、{places[1].cell}"
    if None in head[-2:]:
        return [*head, Item(source, link=links.cell(places[0]))]
    # the amounts lead there; a link of several lines is cut by LibreOffice 7.4
    return [*head, Item(source, "wrapped")]


def projects(ledger: Ledger, links: Links) -> Iterator[Table]:
    """Yield 项目明细: one row for each project that counts, every amount with its cell."""

    def rows() -> Iterator[Sequence[Cell]]:
        for number, one in enumerate(ledger.projects, 1):
            told, places = one.document.values, [one.place(f"/{field}") for field in FUNDS]
            amounts = [
                Item(money(told[field]), None if _is_amount(told[field]) else "error", links.cell(place))
                if told[field] is not None
                else None
                for field, place in zip(FUNDS, places, strict=True)
            ]
            lacks = unasked(one.document)
            cells = "、".join(
                _NO_CELL if field in lacks else place.cell for field, place in zip(FUNDS, places, strict=True)
            )
            year, name = told["year"], told["project_name"]
            yield (
                number, one.agency, told["department"], as_text(year), name, *amounts, len(filled(one.document)),
                links.to(places[0]), one.document.sheet, cells,
            )  # fmt: skip

    count = len(ledger.projects)
    return paged("项目明细", f"项目明细（共 {count} 个项目）", _PROJECTS, count, rows())


def indicators(ledger: Ledger, links: Links) -> Iterator[Table]:
    """Yield 指标明细: one row for each indicator, of projects first."""
    own = (agency.own for agency in ledger.agencies if agency.own)
    count = sum(ledger.indicators.values())
    rows = _indicator_rows(chain(ledger.projects, own), links)
    return paged("指标明细", f"指标明细（共 {count} 条指标）", _INDICATORS, count, rows)


def _indicator_rows(entries: Iterable[Entry], links: Links) -> Iterator[Sequence[Cell]]:
    number = 0
    for one in entries:
        project = one.document.values.get("project_name")
        for at, indicator in filled(one.document):
            number += 1
            place = one.place(f"/indicators/{at}/target")
            yield (
                number, one.agency, project, indicator["level1"], indicator["level2"], indicator["name"],
                indicator["target"], links.to(place), place.sheet, place.cell,
            )  # fmt: skip


def _is_amount(value: object) -> bool:
    return not isinstance(money(value), str)
