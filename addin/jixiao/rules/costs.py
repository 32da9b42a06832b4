"""The amounts of money among the cost indicators (成本指标)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal

from jixiao.rules.rows import Row
from jixiao.values import amount, amount_of

Cost = tuple[Row, Decimal]
_FIGURE = re.compile(r"\d[\d,.]*")
_AMOUNT = re.compile(r"(?<![\d,])([\d,]++(?:\.\d++)?)[（(]?((?:百万|千|万|亿)?元|万|亿)(?![/每人次])")
_EACH = re.compile(r"标准|均|每|单价|单位|单个")
_LEAST = re.compile(
    r"(?:低保|特困|供养|救助|抚恤|优抚|孤儿|补[助贴]|保障|最低|生均.{0,6}|人均.{0,6})(?:标准|水平)$"
)
_EACH_YEAR = re.compile(r"(?:每年度?|每一年度?|年度)(?=\D)")
_YEAR = {"年", "年度"}
_TEN_THOUSAND_OR_SO = (Decimal(5_000), Decimal(20_000))
_NO_TOTAL = re.compile(r"节约|节省|每|人均|单价|降低|减少|增收|/")


def _stated(target: str) -> Decimal | None:
    """Return the one amount that words around it state: `预算101万元`, `控制在101万元以内`, `约101万元`."""
    text = "".join(unicodedata.normalize("NFKC", target).split())
    found = _AMOUNT.findall(text)
    if len(found) != 1 or len(_FIGURE.findall(text)) != 1 or _NO_TOTAL.search(text):
        return None
    return amount("".join(found[0]))


def ten_thousandfold(costs: Sequence[Cost], total: Decimal) -> Cost | None:
    """Return the largest cost where it is about 10 000 times the funds (万元) or a 10 000th: 元 was taken for 万元."""
    least, greatest = _TEN_THOUSAND_OR_SO
    above, below = total * least, total / least
    if all(below < amount < above for _, amount in costs):
        return None
    whole = [one for one in costs if not _EACH.search(one[0].name)]
    row, most = max(whole, key=lambda one: one[1], default=(None, Decimal(0)))
    if row is None or most <= 0 or total <= 0:
        return None
    return (row, most) if least <= max(most / total, total / most) <= greatest else None


def is_due(row: Row) -> bool:
    """Tell whether a row states what everyone is due at least, by law: 低保标准 ≥720元/人·月."""
    return bool(_LEAST.search(row.name)) and any(one.known and one.known.per for one in row.parsed.quantities)


def of_a_year(row: Row) -> Decimal | None:
    """Return in 万元 the most that a row allows in a year where it states no plain amount: 600-700万元, 每年≤700万元, 700万元/年."""
    parsed = row.parsed
    if parsed.kind == "range":
        one = parsed.quantities[0]
        return amount(f"{one.high}{one.measure or ''}")
    if parsed.kind == "number":
        money, _, each = (parsed.measure or "").partition("/")
        return amount(f"{parsed.value}{money}") if each in _YEAR else None
    text = "".join(row.target.split())
    each_year = _EACH_YEAR.match(text)
    return amount(text[each_year.end() :]) if each_year else None


def costs_of(rows: Sequence[Row]) -> tuple[Cost, ...]:
    """Return (row, amount in 万元) of every cost row that states one; a unit cost (元/人次) is none."""
    found = []
    for row in rows:
        if row.is_cost:
            stated = amount_of(row.parsed)
            stated = _stated(row.target) if stated is None and row.parsed.value is None else stated
            if stated is not None:
                found.append((row, stated))
    return tuple(found)
