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
_AMOUNT = re.compile(r"([\d,]+(?:\.\d+)?)[（(]?((?:百万|千|万|亿)?元|万|亿)(?![/每人次])")
_NO_TOTAL = re.compile(r"节约|节省|每|人均|单价|降低|减少|增收|/")


def _stated(target: str) -> Decimal | None:
    """Return the one amount that words around it state: `预算101万元`, `控制在101万元以内`, `约101万元`."""
    text = "".join(unicodedata.normalize("NFKC", target).split())
    found = _AMOUNT.findall(text)
    if len(found) != 1 or len(_FIGURE.findall(text)) != 1 or _NO_TOTAL.search(text):
        return None
    return amount("".join(found[0]))


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
