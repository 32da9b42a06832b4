"""The lists on 汇总表 that its charts draw, and the charts."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from decimal import Decimal

from jixiao import rules, values
from jixiao.merging import sheets
from jixiao.merging.ledger import FUNDS, Ledger, commonest
from jixiao.merging.listing import Links, money
from jixiao.merging.unit_forms import NAMELESS
from jixiao.model import Area, Box, Chart, Spot

MOST_IN_CHART = 20
_MOST_PROJECTS, _MOST_FAULTS = 30, 8
_ROWS = 16  # that a chart takes with what parts it from the next
_MANY, _TALL, _TALL_ROWS = 10, 330.0, 24  # names from which on a chart is this tall, and takes these rows
_FEW = 10  # of a fault, up to which the scale would count halves
_TOGETHER = (
    9  # rows that stay with a list's title: its headings and the first eight, all of the commonest faults
)
_LONGEST_LABEL, _SHORT_LABEL = 20, 12  # letters of a name beside a bar; of each of two names
_RIGHT = len(sheets.AGENCIES) - 1


def with_lists(
    ledger: Ledger, links: Links, start: int, listed: int, at: int
) -> tuple[list[Box], list[Chart]]:
    """Return the charts from row `at` on, and the lists behind them below; the agencies' block starts at `start` and lists so many."""
    last = start + 1 + listed
    faults = commonest(ledger, _MOST_FAULTS)
    several = 1 < len(ledger.projects) <= _MOST_PROJECTS
    agencies = bool(ledger.agencies) and (len(ledger.agencies) > 1 or not several)
    sources = any(ledger.totals[field].known for field in FUNDS[1:])
    count = several + agencies + sources + bool(faults)
    first = _rows(len(ledger.projects) if several else 0, listed if agencies else 0)
    spots = (Spot(at + (first if n > 1 else 0), n % 2 * 5) for n in range(count))
    under = at + (first if count else 0) + (_ROWS if count > 2 else 0)
    boxes: list[Box] = []
    charts = []
    if several:
        boxes += _projects(ledger, links, under)
        charts.append(_chart(next(spots), "各项目资金（万元）", under + 2, len(ledger.projects)))
        under += len(ledger.projects) + 3
    if agencies and listed <= MOST_IN_CHART and all(_fits(one.name) for one in ledger.agencies):
        charts.append(_chart(next(spots), "各单位项目资金（万元）", start + 2, listed))
    elif agencies:
        boxes += _largest(ledger, under)
        charts.append(_chart(next(spots), "各单位项目资金（万元）", under + 2, listed))
        under += min(listed, MOST_IN_CHART) + 3
    if sources:
        heads, sums = Area(start + 1, 4, start + 1, 6), Area(last + 1, 4, last + 1, 6)
        charts.append(Chart(next(spots), "资金来源（万元）", heads, sums))
    if faults:
        boxes += _faults(faults, under)
        chart = _chart(next(spots), "最常见的问题（个）", under + 2, len(faults))
        few = max(count for _, count in faults) <= _FEW
        charts.append(chart._replace(step=1) if few else chart)
    else:
        boxes.append(Box(Area(under, 0, under, _RIGHT), None, "note"))
    return boxes, charts


def _projects(ledger: Ledger, links: Links, start: int) -> list[Box]:
    """Return the list of projects behind their chart, those with most money first."""
    boxes = [Box(Area(start, 0, start, _RIGHT), "各项目资金（金额单位：万元，从多到少）", "subtitle")]
    heads = (
        (0, 0, "项目"), (1, 2, "年度"), (3, 3, "年度资金总额"), (4, 5, "单位"), (6, _RIGHT, "来源"),
    )  # fmt: skip
    boxes += [Box(Area(start + 1, left, start + 1, right), text, "header") for left, right, text in heads]
    ordered = sorted(ledger.projects, key=lambda one: -_amount(one.document.values["total_funds"]))
    for row, one in enumerate(ordered, start + 2):
        place = one.place("/total_funds")
        told = one.document.values
        name, agency = told["project_name"] or "名称未填", one.agency or NAMELESS
        label = _short(name, _LONGEST_LABEL)
        if ledger.names > 1:
            label = f"{_short(name, _SHORT_LABEL)}，{_short(agency, _SHORT_LABEL)}"
        boxes += [
            Box(Area(row, 0, row, 0), label, "wrapped"),
            Box(Area(row, 1, row, 2), str(told["year"] or ""), "center"),
            Box(Area(row, 3, row, 3), money(told["total_funds"]), "money_plain"),
            Box(Area(row, 4, row, 5), agency, "wrapped"),
            Box(Area(row, 6, row, _RIGHT), links.shown(place), "link", link=links.cell(place)),
        ]
    return boxes


def _largest(ledger: Ledger, start: int) -> list[Box]:
    """Return the list of agencies with most money behind their chart."""
    most = heapq.nlargest(MOST_IN_CHART, ledger.agencies, key=lambda one: one.funds["total_funds"].known or 0)
    title = f"项目资金最多的 {len(most)} 个单位" if len(most) < len(ledger.agencies) else "各单位项目资金"
    title += "（金额单位：万元，从多到少）"
    boxes = [Box(Area(start, 0, start, _RIGHT), title, "subtitle")]
    heads = ((0, 0, "单位"), (1, 2, "年度"), (3, 3, "年度资金总额"))
    boxes += [Box(Area(start + 1, left, start + 1, right), text, "header") for left, right, text in heads]
    for row, one in enumerate(most, start + 2):
        boxes += [
            Box(Area(row, 0, row, 0), _short(one.name or NAMELESS, _LONGEST_LABEL), "wrapped"),
            Box(Area(row, 1, row, 2), str(one.year or ""), "center"),
            Box(Area(row, 3, row, 3), money(one.funds["total_funds"].text), "money_plain"),
        ]
    return boxes


def _fits(name: str | None) -> bool:
    """Tell whether a name leaves room for the bars beside it."""
    return len(name or "") <= _LONGEST_LABEL


def _amount(text: object) -> Decimal:
    """Return an amount for ordering; what is none comes after all that are."""
    number = values.decimal(text) if isinstance(text, str) else None
    return Decimal(-1) if number is None else number


def _short(text: str, most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _faults(found: Sequence[tuple[str, int]], start: int) -> list[Box]:
    boxes = [Box(Area(start, 0, start, _RIGHT), "最常见的问题（逐条见“问题清单”）", "subtitle")]
    heads = ((0, 0, "问题"), (1, 2, "规则"), (3, 3, "个数"))
    boxes += [Box(Area(start + 1, left, start + 1, right), text, "header") for left, right, text in heads]
    titles = {rule.id: rule.title for rule in rules.catalogue()}
    for row, (rule, count) in enumerate(found, start + 2):
        boxes += [
            Box(Area(row, 0, row, 0), titles[rule], "wrapped"),
            Box(Area(row, 1, row, 2), rule, "center"),
            Box(Area(row, 3, row, 3), count, "number"),
        ]
    return boxes


def _chart(at: Spot, title: str, first: int, count: int) -> Chart:
    last = first + min(count, MOST_IN_CHART) - 1
    if count > MOST_IN_CHART:
        title = f"{title}，前 {MOST_IN_CHART} 个"
    tall = {"height": _TALL} if count > _MANY else {}
    return Chart(at, title, Area(first, 0, last, 0), Area(first, 3, last, 3), **tall)


def _rows(*counts: int) -> int:
    """Return how many rows charts side by side take, of so many names each."""
    return _TALL_ROWS if max(counts) > _MANY else _ROWS


def blocks(boxes: Sequence[Box], charts: Sequence[Chart]) -> Iterator[tuple[int, int]]:
    """Yield first and last row of what a printed page shall not part.

    A chart, a list's title from its first rows, a total from the row above it and the note below.
    """
    for chart in charts:
        yield chart.at.row, chart.at.row + (_TALL_ROWS if chart.height > _TALL - 1 else _ROWS) - 1
    rows = {box.area.top for box in boxes}
    for box in boxes:
        if box.style == "subtitle":
            last = box.area.top
            while last + 1 in rows and last < box.area.top + _TOGETHER:
                last += 1
            yield box.area.top, last
        elif box.style == "total_label" and box.area.left == 0:
            yield box.area.top - 1, box.area.top + (box.area.top + 1 in rows)
