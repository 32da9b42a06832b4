"""The fields above the indicators: each found by its label, its value the next cell that is not a label."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from jixiao import forms, schemas
from jixiao.model import CellValue, Spot
from jixiao.patterns import late
from jixiao.reading import spans
from jixiao.reading.amounts import choose, heads_column, is_amount
from jixiao.reading.beside import AMOUNT_COLUMN, TOTALS, amount_spot, cell_beside, value_spot
from jixiao.reading.labels import key_labels
from jixiao.reading.tables import Place
from jixiao.reading.units import unit_behind, unit_in
from jixiao.reading.view import View
from jixiao.reading.words import appropriations, label_key, other_sources, sayings
from jixiao.values import decimal, half_width, money, parted, unit_kept

YEAR_LABELS = frozenset(
    label_key(text)
    for text in (
        "年度",
        "预算年度",
        "年份",
        "申报年度",
        "项目年度",
        "填报年度",
        "编制年度",
        "计划年度",
        "目标年度",
    )
)
_SUBTOTALS = tuple(label_key(text) for text in ("小计", "资金合计", "共计"))
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
_CODE_LABELS = frozenset(label_key(text) for text in ("主管部门代码", "主管部门编码", "部门代码", "部门编码"))
SOUGHT_TOO = frozenset({*TOTALS, *YEAR_LABELS, *_CODE_LABELS, AMOUNT_COLUMN})  # beside a form's own labels


class Found(NamedTuple):
    """A field's value: as the document holds it, as the clerk typed it, where, and of money in which unit.

    A sum has no text of its own; `parts` are the amounts that it is the sum of, each with its label. An amount beside
    or below a label has the `label`'s cell.
    """

    value: str | int | None
    raw: CellValue
    spot: Spot | None
    money: str | None = None
    parts: tuple[tuple[str, Found], ...] = ()
    label: Spot | None = None


class Sought(NamedTuple):
    """A field to look for: the keys of its label, the printed one first, and of the block around it."""

    name: str
    keys: tuple[str, ...]
    block: str
    is_money: bool


@cache
def sought(kind: str, edition: str) -> dict[str, Sought]:
    """Return the fields of an edition, with the label keys to look for."""
    form = forms.find(kind, edition)
    printed = [label_key(cell.label) for cell in form.labels()]
    found = {}
    for name, cell, group in form.fields():
        keys = tuple(label_key(text) for text in (cell.label, *cell.aliases))
        ambiguous = printed.count(keys[0]) > 1 or keys[0] in {*TOTALS, label_key("其他")}
        is_money = schemas.is_money(form.form, name)
        found[name] = Sought(name, keys, label_key(group) if ambiguous else "", is_money)
    return found


def read(
    view: View, place: Place, form: forms.Form, told: str | None, of_year: int | None = None
) -> dict[str, Found]:
    """Return every field above the indicators whose label is there; money in 万元, goals left out.

    Of several columns of money the one of the year `of_year` is read.
    """
    found: dict[str, Found] = {}
    taken: set[Spot] = set()
    for name, one in sought(form.form, form.edition).items():
        spot = label_spot(view, place, one, taken) if name != "goals" else None
        if spot is None:
            continue
        taken.add(spot)
        found[name] = value_of(view, place, one, spot, told or form.money, of_year)
    if form.form == "agency_overall":
        found.update(_loose_totals(view, place, form, found, taken, told or form.money, of_year))
    elif "total_funds" not in found:
        found.update(_total_of_sources(view, place, form, told or form.money, of_year))
    if "department" in found:
        found.update(with_code(view, place, found["department"]))
    return found


def value_of(  # noqa: PLR0913, PLR0917 - what reading a field needs
    view: View, place: Place, one: Sought, spot: Spot, unit_: str, of_year: int | None = None
) -> Found:
    """Return the value that belongs to a label."""
    behind = inline(view, spot, one)
    at, heading = spot, ""
    if behind is None and one.is_money:
        choice = choose(view, spot, place, of_year)
        at, heading = amount_spot(view, spot, place, choice), choice.heading if choice else ""
    elif behind is None:
        at = value_spot(view, spot, place)
    raw: CellValue = view.value(*at) if behind is None else behind
    if one.is_money:
        code = view.grid.formats.get(at, "") if behind is None else ""
        stated = unit_in(view.text(*spot)) or unit_behind(view, at) or unit_in(heading) or unit_
        return Found(money(raw, stated, code), raw, at, unit_kept(raw, stated, code), label=spot)
    return Found((view.text(*at) if behind is None else behind) or None, raw, at)


def label_spot(view: View, place: Place, one: Sought, taken: set[Spot]) -> Spot | None:
    """Find a field's label: the printed one first, then its other spellings, in its block where it is ambiguous.

    A cell of its own comes before one that holds the value too; where the form tells a longer time beside the year,
    the year's half before the other one.
    """
    rows = _block_rows(view, place, one.block) if one.block else range(place.top, place.end)
    half = (
        spans.half(view, place, "money" if one.is_money else "goals")
        if one.is_money or one.name == "goals"
        else None
    )
    if half and half.label not in taken and _is_total(view, half.label, place, one):
        own = (spot for wanted in one.keys[:1] for spot in place.labels.get(wanted, ()) if half.holds(spot))
        return next((spot for spot in own if spot not in taken), half.label)
    for wanted in one.keys:
        spots = [spot for spot in place.labels.get(wanted, ()) if spot not in taken and spot.row in rows]
        if one.name == "basic" and wanted in {*TOTALS, *_SUBTOTALS}:
            spots = [spot for spot in spots if _is_of_block(place, one.block, spot)]
        if spots:
            return next((spot for spot in spots if half and half.holds(spot)), spots[0])
    for wanted in one.keys:
        for spot in place.inline.get(wanted, ()):
            free = spot not in taken or len(sayings(view.text(*spot))) > 1
            if free and spot.row in rows and _may_hold(view, spot, one):
                return spot
    return None


def _is_total(view: View, label: Spot, place: Place, one: Sought) -> bool:
    """Tell whether the year's own label is that of the goals or the total: one of the field's, or with an amount."""
    if one.name == "goals" or view.label(*label) in one.keys:
        return one.name in {"goals", "total_funds"}
    return one.name == "total_funds" and is_amount(view, cell_beside(view, label, place))


def _may_hold(view: View, spot: Spot, one: Sought) -> bool:
    """A text such as `其他资金：争取社会投入` is no amount, and so no label with its value."""
    behind = inline(view, spot, one)
    return behind is not None and (not one.is_money or decimal(money(behind, "万元")) is not None)


def _block_rows(view: View, place: Place, block: str) -> range:
    """Return the rows of a block such as 基本支出: its merged rows, or those down to the next block's label."""
    start = next(iter(place.labels.get(block, ())), None)
    if start is None:
        return range(place.top, place.end)
    area = view.reach(*start)
    if area.bottom > area.top:
        return range(area.top, area.bottom + 1)
    after = next(iter(place.labels.get(label_key("项目支出"), ())), None)
    return range(start.row, after.row if after and after.row > start.row else place.end)


def _is_of_block(place: Place, block: str, spot: Spot) -> bool:
    """Tell whether 合计 may be that of 基本支出: it is there, and not right of it as the headings of columns."""
    start = next(iter(place.labels.get(block, ())), None)
    return start is not None and not (spot.row == start.row and spot.column < start.column)


def inline(view: View, spot: Spot, one: Sought) -> str | None:
    """Return the value that stands in the label's own cell behind a colon, `None` where none does."""
    text = view.text(*spot)
    if label_key(text) in one.keys:
        return None
    return next((value for word, value in sayings(text) if word in one.keys), None)


def _loose_totals(  # noqa: PLR0913, PLR0917 - what reading a field needs
    view: View,
    place: Place,
    form: forms.Form,
    found: dict[str, Found],
    taken: set[Spot],
    unit_: str,
    of_year: int | None,
) -> dict[str, Found]:
    """Find totals that other places print differently: 基本支出 with its own amount, 合计 under each half."""
    fields, more = sought(form.form, form.edition), {}
    whole = label_spot(view, place, fields["expenditure_total"], set())
    if "income_total" not in found and whole and not _OF_INCOME_TOO.isdisjoint(_said(view, whole)):
        more["income_total"] = found["expenditure_total"]
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
    for word in (*TOTALS, *_SUBTOTALS):
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


def block(view: View, place: Place, label: Spot) -> range:
    """Return the rows of the block that a label heads: those of its merged area, else down to the next text below it."""
    bottom = view.reach(*label).bottom + 1
    if bottom == label.row + 1:
        rows = range(bottom, place.end)
        bottom = next((row for row in rows if view.text(row, label.column)), place.end)
    return range(label.row, bottom)


def with_code(view: View, place: Place, department: Found) -> dict[str, Found]:
    """Split `名称（123001）` into name and code; a code in a cell of its own wins."""
    code: str | None = None
    at, name = department.spot, department.value
    if isinstance(name, str):
        name, code = parted(name)
    if code is None and at is not None:
        beside = view.reach(*at).right + 1
        text = view.text(at.row, beside)
        if re.fullmatch(r"\d{3,20}", text) and not view.hidden_by_merge(at.row, beside):
            code, at = text, Spot(at.row, beside)
    for label in _CODE_LABELS & place.labels.keys():
        at = cell_beside(view, place.labels[label][0], place)
        code = view.text(*at) or code
    return {
        "department": department._replace(value=name or None),
        "department_code": Found(code and half_width(code), None, at),
    }
