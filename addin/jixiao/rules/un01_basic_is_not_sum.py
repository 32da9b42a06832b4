"""基本支出合计不等于人员经费加公用经费。

检查什么
基本支出合计 = 人员经费 + 公用经费，允许误差 0.005 万元。
为什么
合计不平，后面的支出预算合计也跟着错。
怎么改
核对人员经费、公用经费和合计，改正错的那一个。
例
595.51 + 20 = 615.51。
依据
表样“基本支出”下列人员经费、公用经费、合计（2024 年县级公开表，已见）
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jixiao.model import Document, Severity
from jixiao.rules import Flag, Given, Scope
from jixiao.rules.sums import compare

SCOPE: Scope = "document"
FORMS = ("agency_overall",)
SEVERITY: Severity = "error"
NEEDS = ("/basic", "/personnel", "/operating")
PARAMETERS: dict[str, Any] = {"tolerance": "0.005"}
SUPERSEDES: tuple[str, ...] = ()
ON = True


def check(document: Document, given: Given) -> Iterator[Flag]:
    """Flag a subtotal that differs from its two parts by more than the tolerance (万元)."""
    yield from compare(document, NEEDS[0], NEEDS[1:], given)
