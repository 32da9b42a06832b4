"""The amounts of money among the cost indicators (成本指标)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from jixiao.model import Document
from jixiao.rules.answers import indicators
from jixiao.values import amount_of, parse


def amounts(document: Document) -> Iterator[tuple[int, Decimal]]:
    """Yield (indicator number, amount in 万元) of every cost row that states one; a unit cost (元/人次) is none."""
    for number, indicator in indicators(document):
        if "成本指标" in (indicator["level1"], indicator["level2"]):
            amount = amount_of(parse(indicator["target"] or ""))
            if amount is not None:
                yield number, amount
