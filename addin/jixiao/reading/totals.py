"""Totals in the words of other places: 合计 under each half of a unit's form, 预算金额 right before what it is spent on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from jixiao import forms
from jixiao.model import Spot
from jixiao.patterns import late
from jixiao.reading.amounts import heads_column
from jixiao.reading.beside import TOTALS
from jixiao.reading.fields import SUBTOTALS, Found, Sought, block, label_spot, sought, value_of
from jixiao.reading.labels import key_labels
from jixiao.reading.tables import Place
from jixiao.reading.view import View
from jixiao.reading.words import appropriations, label_key, other_sources, sayings
from jixiao.values import decimal

_BUDGETS = tuple(
    map(
        label_key,
        (
            *(
                "预算金额",
                "项目预算金额",
                "项目预算",
                "预算数",
                "本年预算",
                "年度预算",
                "项目金额",
                "资金总额",
            ),
            *("当年预算", "当年预算数", "本年预算数", "本年度预算", "年度预算数", "预算规模"),
        ),
    )
)
_WHOLE, _BASIC = label_key("总额"), label_key("基本支出")
_OF_INCOME_TOO = frozenset(  # what a form calls the one total of its income and of its expenditure
    map(
        label_key,
        (
            *("资金总额", "年度资金总额", "预算资金总额", "部门预算资金总额"),
            *("部门预算总额", "预算总额", "年度预算总额", "整体预算总额"),
        ),
    )
)
_LIKE_A_TOTAL = late(
    r"(?:项目|年度|本年度?|当年|全年|本次|年初|20\d\d年度?|申请|申报|批复|核定|下达|安排|财政|预算|资金|支出|经费|投资|投入|专项|总体?|合计)+"
    r"(?:金额|总额|总量|数额|额|数|量|资金|预算|安排|计划)?|金额|总额"
)
_AMONG = re.compile(r"\s*其\s*中")
_OF_MORE_YEARS = late(r"总投资|总投入|总经费|项目总|项目资金$|项目经费|项目投资|项目预算|总预算")
_SOURCES = ("fiscal_funds", "carryover_funds", "other_funds")


def read(  # noqa: PLR0913, PLR0917 - what reading a field needs
    view: View,
    place: Place,
    form: forms.Form,
    told: str | None,
    found: Mapping[str, Found],
    of_year: int | None,
) -> dict[str, Found]:
    """Return the totals that a place prints in its own words and that are not among the fields found; money in 万元."""
    if form.form == "agency_overall":
        return _of_agency(view, place, form, found, told or form.money, of_year)
    return {} if "total_funds" in found else _total_of_sources(view, place, form, told or form.money, of_year)


def _of_agency(  # noqa: PLR0913, PLR0917 - what reading a field needs
    view: View,
    place: Place,
    form: forms.Form,
    found: Mapping[str, Found],
    unit_: str,
    of_year: int | None,
) -> dict[str, Found]:
    """Find totals that other places print differently: 基本支出 with its own amount, 合计 under each half."""
    fields, more = sought(form.form, form.edition), dict[str, Found]()
    taken = {one.label for one in found.values()}
    whole = label_spot(view, place, fields["expenditure_total"], set())
    total = found.get("expenditure_total")
    if total and "income_total" not in found and whole and not _OF_INCOME_TOO.isdisjoint(_said(view, whole)):
        more["income_total"] = total
    group = next(iter(place.labels.get(_BASIC, ())), None)
    own = group or next(iter(place.inline.get(_BASIC, ())), None)
    if "expenditure_total" not in found:
        more.update(_of_uses(view, place, form, fields["expenditure_total"], unit_, of_year))
    if "basic" not in found and own is not None:
        keys = () if group else (_BASIC,)
        basic = value_of(view, place, fields["basic"]._replace(keys=keys), own, unit_, of_year)
        if basic.value is None or decimal(basic.value) is not None:  # not the name of one of its parts
            more["basic"] = basic
    words = (*fields["fiscal_funds"].keys, *appropriations())
    source = next((spot for word in words for spot in place.labels.get(word, ())), None)
    headed = next((one for one in place.labels.get(_WHOLE, ()) if source and one.row == source.row), None)
    if headed and "expenditure_total" not in found:  # 总额 | 财政拨款 | 其他资金, with tasks below them
        total = value_of(view, place, fields["expenditure_total"]._replace(keys=()), headed, unit_, of_year)
        more.update(dict.fromkeys({"income_total", "expenditure_total"} - found.keys(), total))
    within = _of_projects(view, place, fields["projects"])
    labels = [label_spot(view, place, fields["projects"], set()), group]
    parts = [label for label in (*labels, label_spot(view, place, fields["basic"], set())) if label]
    columns, rows = {label.column for label in parts}, {label.row for label in parts}
    wholes = [
        spot
        for spot in place.labels.get(_WHOLE, ())
        if spot.column in columns or not rows.isdisjoint(range(spot.row, view.reach(*spot).bottom + 1))
    ]
    totals = (*wholes, *(spot for word in TOTALS for spot in place.labels.get(word, ())))
    for spot in (one for one in totals if one not in taken and one not in within):
        if heads_column(view, place, spot):
            continue
        income = _is_of_income(view, place, spot, source, totals)
        name = "income_total" if income else "expenditure_total"
        if name not in found and name not in more:
            more[name] = value_of(view, place, fields[name]._replace(keys=()), spot, unit_, of_year)
    return more


def _of_uses(  # noqa: PLR0913, PLR0917 - what reading a field needs
    view: View, place: Place, form: forms.Form, total: Sought, unit_: str, of_year: int | None
) -> dict[str, Found]:
    """Find a unit's total in its own words: a label with an amount right before `其中：基本支出`, in its row or above."""
    words = (_BASIC, *sought(form.form, form.edition)["projects"].keys)
    first = min((spot for word in words for spot in place.labels.get(word, ())), default=None)
    if first is None or not _AMONG.match(view.text(*first)):
        return {}
    beside = next((column for column in view.filled(first.row) if _may_total(view, first.row, column)), None)
    row = first.row if beside is not None and beside < first.column else first.row - 1
    for column in (column for column in view.filled(row) if _may_total(view, row, column)):
        one = value_of(view, place, total._replace(keys=()), Spot(row, column), unit_, of_year)
        if one.spot and one.spot.row == row and one.spot.column > column and decimal(one.value) is not None:
            return {"expenditure_total": one}
    return {}


def _may_total(view: View, row: int, column: int) -> bool:
    word = view.label(row, column)
    return bool(_LIKE_A_TOTAL.fullmatch(word)) and not _OF_MORE_YEARS.search(word)


def _is_of_income(view: View, place: Place, total: Spot, source: Spot | None, totals: Sequence[Spot]) -> bool:
    """Tell whether a total is the income's: it stands right above one of the sources, or below one and above no use.

    Of two below it the first is, also right above the uses that the second adds up.
    """
    rows = range(view.reach(*total).bottom + 1, place.end)
    below = next((view.label(row, total.column) for row in rows if view.text(row, total.column)), "")
    if below in key_labels(place.form, "sources") or below in appropriations():
        return True
    if source is None or total.column != source.column or total.row < source.row:
        return False
    under = sorted(one.row for one in totals if one.column == source.column and one.row > source.row)
    if len(under) > 1:
        return total.row == under[0]
    return below != _BASIC and below not in key_labels(place.form, "uses")


def _total_of_sources(
    view: View, place: Place, form: forms.Form, unit_: str, of_year: int | None
) -> dict[str, Found]:
    """Find a project's total that is called 合计, right beside, above or below its sources, or 预算金额 without any."""
    fields = sought(form.form, form.edition)
    labels = [label_spot(view, place, fields[name], set()) for name in _SOURCES if name in fields]
    labels += [place.labels[word][0] for word in other_sources() & place.labels.keys()]
    rows = [spot.row for spot in labels if spot]
    near = range(min(rows) - 1, max(rows) + 2) if len(rows) > 1 else range(0)
    for word in (*TOTALS, *SUBTOTALS):
        spots = (spot for spot in place.labels.get(word, ()) if spot.row in near)
        for spot in (spot for spot in spots if not heads_column(view, place, spot)):
            one = value_of(view, place, fields["total_funds"]._replace(keys=()), spot, unit_, of_year)
            if decimal(one.value) is not None:
                return {"total_funds": one}
    beside = range(min(rows) - 1, min(rows) + 1) if rows else range(place.end)
    for spot in (spot for word in _BUDGETS for spot in place.labels.get(word, ()) if spot.row in beside):
        one = value_of(view, place, fields["total_funds"]._replace(keys=()), spot, unit_, of_year)
        if one.spot and one.spot.row == spot.row and decimal(one.value) is not None:
            return {"total_funds": one}
    return _right_above(view, place, fields["total_funds"], labels, unit_, of_year)


def _right_above(  # noqa: PLR0913, PLR0917 - what reading a field needs
    view: View,
    place: Place,
    total: Sought,
    sources: list[Spot | None],
    unit_: str,
    of_year: int | None,
) -> dict[str, Found]:
    """Find a total that a place calls in its own words: the label right above the first source, with an amount.

    What may be told of more years than one, 项目总投资, is the total only where the sources come to it.
    """
    spots = sorted(spot for spot in sources if spot)
    row = spots[0].row - 1 if len({spot.row for spot in spots}) > 1 else -1
    for column in (column for column in view.filled(row) if row >= place.top):
        word = view.label(row, column)
        if view.is_label(row, column) or not _LIKE_A_TOTAL.fullmatch(word):
            continue
        one = value_of(view, place, total._replace(keys=()), Spot(row, column), unit_, of_year)
        beside = one.spot is not None and one.spot.row == row and one.spot.column > column
        amount = decimal(one.value) if beside else None
        if amount is None:
            continue
        if not _OF_MORE_YEARS.search(word):
            return {"total_funds": one}
        parts = [value_of(view, place, total._replace(keys=()), spot, unit_, of_year) for spot in spots]
        if sum((decimal(part.value) or Decimal(0) for part in parts), Decimal(0)) == amount:
            return {"total_funds": one}
    return {}


def _said(view: View, spot: Spot) -> set[str]:
    """Return the labels that a cell is, or holds with their values."""
    return {view.label(*spot), *(word for word, _ in sayings(view.text(*spot)))}


def _of_projects(view: View, place: Place, one: Sought) -> set[Spot]:
    """Return the totals among the projects that a unit's table lists beside 项目支出."""
    label = label_spot(view, place, one, set())
    rows = block(view, place, label) if label else range(0)
    totals = (spot for word in TOTALS for spot in place.labels.get(word, ()))
    return {
        spot for spot in totals if label and spot.row in rows and spot.column == view.reach(*label).right + 1
    }
