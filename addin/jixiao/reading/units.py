"""In which unit of money a table's amounts stand: the cells that print it, and what is told where they differ."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from jixiao.model import Note, Spot
from jixiao.patterns import late
from jixiao.reading.amounts import heads_amounts
from jixiao.reading.labels import key_labels
from jixiao.reading.tables import Place
from jixiao.reading.view import View
from jixiao.reading.words import known_labels, label_key
from jixiao.values import amount_of, decimal, money, parse
from jixiao.values.amounts import MEASURES_OF_MONEY

UNIT = re.compile(r"[百十]?万元|[千百亿]?元")
_BEFORE = r"(?:人民币|(?i:RMB)|[¥￥]|金额|资金|货币|币种|计量|单位|以|为|[:：,，]){0,5}"
_BEHIND = r"(?:人民币|整|为单位|[/／每]{1,2}年度?)?"
_BRACKETED = rf"[(（\[【]{_BEFORE}(?P<a>{UNIT.pattern}){_BEHIND}[)）\]】]"
_IN_LABEL = re.compile(rf"{_BRACKETED}|(?<=.)[/／:：](?:人民币)?(?P<b>{UNIT.pattern})$")
_ALONE = late(_BRACKETED)
_CELL = late(rf"[(（]?(?:人民币|(?i:RMB)|[¥￥])?({UNIT.pattern})(?:人民币)?[)）]?")
_STATED = late(
    r"(?<!\w)(?:(?:金\s*额|资\s*金|货\s*币|币\s*种|计\s*量|人\s*民\s*币)?\s*单\s*位|金\s*额|人民币|资金情况)\s*(?:[:：(（为]|(?<=位)\s)\s*"
    r"(?:人民币|(?i:RMB)|[¥￥])?\s*[:：(（/／]?\s*([百十]万元|[万千百亿]\s*元|元)(?:人民币)?(?!\w)"
)
_BEFORE_A_CELL = re.compile(r"(?:金额|资金|货币|币种|计量)?单位\s*[:：]?")
_NO_SUM = re.compile(r"[\d:：]|单价|单位成本|造价|标准|均|每")  # in a cell that is no heading of amounts
_BUDGET = late(
    r"(?:项目|年度|本年度?|当年|专项)?总?(?:预算|金额|经费|资金)(?:总?额|规模|数|安排)?"
)  # a total's label
_IN_A_NOTE = late(
    rf"(?:^|[\W\d]|金额|资金|经费|数据)(?:数额)?(?:均|都|一律|统一)?(?:以|按|用)(?:人民币)?[“\"]?({UNIT.pattern})[”\"]?(?:为(?:计量|金额)?单位|(?:计算|填列|填报|填写|反映|计))"
)
_THIS_TABLE = late(r"(?:本|此|该|上)表(?:中|内)?(?:的|所[有列])?")
_LONGEST, _LONGEST_HEADING, _LONGEST_NOTE = 40, 24, 400
_MOST_OF_A_NOTE = 2  # cells of a row
_HEADINGS = 2  # rows of headings above the first amount
_NEAR = 100  # a cost and the funds are no farther apart
_TOTALS = {
    "project_target": ("total_funds", "fiscal_funds"),
    "agency_overall": ("expenditure_total", "income_total", "fiscal_funds", "basic"),
}
_LEAST = {"project_target": Decimal("0.1"), "agency_overall": Decimal(1)}  # 万元: no total is less
_MOST = Decimal(100_000)  # nor, but for very few, more


class Printed(NamedTuple):
    """A cell that prints a unit of money."""

    unit: str
    text: str
    spot: Spot


@lru_cache(maxsize=1024)
def unit_in(text: str) -> str | None:
    """Return the unit of money that a label prints in brackets or behind a slash: `项目资金（人民币：元）`."""
    match = _IN_LABEL.search("".join(text.split())) if "元" in text else None
    return (match["a"] or match["b"]) if match else None


def unit_behind(view: View, amount: Spot) -> str | None:
    """Return the unit of money that stands in a cell of its own right of an amount."""
    text = view.text(amount.row, view.reach(*amount).right + 1)
    return text if UNIT.fullmatch(text) and decimal(money(view.value(*amount), "万元")) is not None else None


def printed(view: View, place: Place) -> list[Printed]:
    """Return the cells that print the unit of money, the most telling first.

    These are the labels, then other headings among the funds, then a line `单位：万元`, then cells behind amounts.
    """
    ranked: list[tuple[int, Printed]] = []
    funds = _funds(place)
    for row in range(max(0, place.top - 2), place.end):
        filled = view.filled(row)
        if row < place.top and len(filled) > 2:  # a row of the table above
            continue
        for column in filled:
            text, spot = view.text(row, column), Spot(row, column)
            told = _told(view, place, spot, funds) if "元" in text and len(text) <= _LONGEST else None
            if told is None and "元" in text[:_LONGEST_HEADING]:
                told = _in_front(place, text)
            if told is not None:
                ranked.append((told[0], Printed(told[1], "".join(text.split()), spot)))
    return [one for _, one in sorted(ranked, key=lambda pair: pair[0])]


def below(view: View, place: Place, until: int) -> list[Printed]:
    """Return what the lines below a table, down to the row `until`, say of its unit of money: `注：金额单位为元`."""
    found: list[Printed] = []
    for row in range(min(until, view.height) - 1, place.end, -1):
        filled = view.filled(row)
        if len(filled) > _MOST_OF_A_NOTE:
            break
        for text, spot in ((view.text(row, column), Spot(row, column)) for column in filled):
            if "元" in text and len(text) <= _LONGEST_NOTE:
                squeezed = _THIS_TABLE.sub("", "".join(text.split()))
                match = _STATED.search(squeezed) or _IN_A_NOTE.search(squeezed)
                found += [Printed(match[1], text[:_LONGEST], spot)] if match else []
    return found[::-1]


def _funds(place: Place) -> range:
    """Return the rows where the funds and their headings stand."""
    of_money = key_labels(place.form, "money")
    rows = [
        spot.row
        for found in (place.labels, place.inline)
        for word in of_money & found.keys()
        for spot in found[word]
    ]
    return range(max(place.top, min(rows) - _HEADINGS), max(rows) + 1) if rows else range(0)


def _told(view: View, place: Place, spot: Spot, funds: range) -> tuple[int, str] | None:
    """Return the unit of money that a cell prints, after how telling it is: 0 a label, 3 a cell behind an amount."""
    row, column = spot
    text, unit, filled = view.text(row, column), unit_in(view.text(row, column)), view.filled(row)
    before = next((other for other in reversed(filled) if other < column), None)
    if unit and place.is_label(view, row, column):
        return 0, unit
    if unit and _ALONE.fullmatch("".join(text.split())):
        stated = unit if column == filled[-1] or _goes_on(view, row, column, place) else None
    elif unit and _heads(view, place, spot, before, funds):
        return 1, unit
    else:
        stated = _stated(text, view.text(row, before) if before is not None else "")
    if stated or (UNIT.fullmatch(text) and filled == [column]):  # alone in its row, as in a corner
        return 2, stated or text
    beside = before is not None and row >= place.top and view.reach(row, before).right + 1 == column
    behind = unit_behind(view, Spot(row, before or 0)) if beside and UNIT.fullmatch(text) else None
    return (3, behind) if behind else None


def _in_front(place: Place, text: str) -> tuple[int, str] | None:
    """Return the unit that the label in front of a line of amounts prints: `项目资金（万元）：年度资金总额150，其中……`."""
    label = text.replace("：", ":").partition(":")[0]
    unit = unit_in(label) if len(label) <= _LONGEST_HEADING else None
    return (0, unit) if unit and label_key(label) in known_labels(place.form) else None


def _stated(text: str, before: str) -> str | None:
    """Return the unit of money of a line `单位：人民币元`, in one cell or behind `单位` in the cell before."""
    cell = _CELL.fullmatch("".join(text.split())) if _BEFORE_A_CELL.fullmatch(before) else None
    match = cell or _STATED.search(text)
    return "".join(match[1].split()) if match else None


def _goes_on(view: View, row: int, column: int, place: Place) -> bool:
    """Tell whether the text goes on with the label above it: `项目资金`, and `（万元）` in a cell below."""
    above = next((at for at in range(row - 1, place.top, -1) if view.text(at, column)), place.top)
    return place.is_label(view, above, column)


def _heads(view: View, place: Place, spot: Spot, before: int | None, funds: range) -> bool:
    """Tell whether a text that is no label of the form heads amounts: one of the funds' own, or `年度预算（元）`."""
    text = view.text(*spot)
    if len(text) > _LONGEST_HEADING or _NO_SUM.search(text.rstrip("：: ")):
        return False
    word = view.label(spot.row, before) if before is not None else ""
    others = (key_labels(place.form) | key_labels(place.form, "goals")) - key_labels(place.form, "money")
    row = spot.row
    beside = row < funds.stop and view.reach(*spot).bottom >= funds.start
    budget = _BUDGET.fullmatch(view.label(row, spot.column)) is not None
    return word not in others and (beside or budget or heads_amounts(text))


def differ(found: Iterable[Printed]) -> bool:
    """Tell whether a table prints more than one unit of money."""
    return len({one.unit for one in found}) > 1


def notes(found: Sequence[Printed], form: str, values: Mapping[str, Any]) -> Iterator[Note]:
    """Yield that a table prints two units of money: an error where its figures would do for the other one, too.

    Args:
        found: the cells that print a unit, the one that was taken first.
        form: which table.
        values: what was read of it, money in 万元 by the unit that was taken.

    """
    if not differ(found):
        return
    taken = found[0]
    other = next(one for one in found if one.unit != taken.unit)
    ratio = MEASURES_OF_MONEY[other.unit] / MEASURES_OF_MONEY[taken.unit]
    total = next((one for name in _TOTALS[form] if (one := decimal(values[name]))), None)
    costs = [cost for one in values["indicators"] if (cost := _cost(one))]
    least = _LEAST[form]
    sure = total is not None and _fits(total, costs, least) and not _fits(total * ratio, costs, least)
    text = (
        f"{taken.spot.a1} 写的是“{taken.text}”，{other.spot.a1} 写的是“{other.text}”，两处金额单位不一致；"
        f"本次按 {taken.spot.a1} 的“{taken.unit}”读取，自己写了单位的栏目按自己的单位。"
    )
    advice = f"请核对金额是按“{taken.unit}”还是“{other.unit}”填写的，把写错的一处改正或删去。"
    yield Note("FI03", f"/{_TOTALS[form][0]}", text, "warning" if sure else "error", advice)


def _cost(indicator: Mapping[str, str | None]) -> Decimal | None:
    """Return the amount (万元) that an indicator of costs states."""
    is_cost = "成本" in f"{indicator['level1']}{indicator['level2']}"
    return amount_of(parse(indicator["target"] or "")) if is_cost else None


def _fits(total: Decimal, costs: Sequence[Decimal], least: Decimal) -> bool:
    """Tell whether a total (万元) is of the size of the costs, without any of a size that totals have."""
    if costs:
        return max(costs) / _NEAR < total < max(costs) * _NEAR
    return least <= total < _MOST
