"""The amounts of money among the cost indicators (成本指标)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from jixiao.model import Document
from jixiao.rules.answers import indicators
from jixiao.values import amount, amount_of, parse

_AMOUNT = re.compile(r"([\d,]+(?:\.\d+)?)[（(]?((?:百万|千|万|亿)?元|万|亿)(?![/每人次])")
_NO_TOTAL = re.compile(r"节约|节省|每|人均|单价|降低|减少|增收|/")


def _stated(target: str) -> Decimal | None:
    """Return the one amount that words around it state: `预算101万元`, `控制在101万元以内`, `约101万元`."""
    text = "".join(unicodedata.normalize("NFKC", target).split())
    found = _AMOUNT.findall(text)
    if len(found) != 1 or len(re.findall(r"\d[\d,.]*", text)) != 1 or _NO_TOTAL.search(text):
        return None
    return amount("".join(found[0]))


def amounts(document: Document) -> Iterator[tuple[int, Decimal]]:
    """Yield (indicator number, amount in 万元) of every cost row that states one; a unit cost (元/人次) is none."""
    for number, indicator in indicators(document):
        if "成本指标" in (indicator["level1"], indicator["level2"]):
            target = indicator["target"] or ""
            stated = amount_of(parse(target))
            stated = _stated(target) if stated is None else stated
            if stated is not None:
                yield number, stated
