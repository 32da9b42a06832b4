"""收入预算合计不等于支出预算合计。

检查什么
收入预算合计 = 支出预算合计，允许误差 0.005 万元。改正 UN01、UN02、UN03 指出的合计以后就相等的，不再指出。
为什么
预算收支要平衡，两个合计不同说明有一边漏了或多了。
怎么改
核对收入、支出两边，改正错的那一个。
例
收入预算合计 1637.51，支出预算合计 1637.51。
依据
表样并列收入预算合计和支出预算合计，公开数据两者相等（2024 年县级公开表，已见）
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from jixiao.model import Document, Severity
from jixiao.rules import Flag, Given, Scope
from jixiao.rules.sums import compare, mended

SCOPE: Scope = "document"
FORMS = ("agency_overall",)
SEVERITY: Severity = "error"
NEEDS = ("/income_total", "/expenditure_total")
PARAMETERS: dict[str, Any] = {"tolerance": "0.005"}
SUPERSEDES: tuple[str, ...] = ()
ON = True
_SOURCES = ("/fiscal_funds", "/carryover_funds", "/other_funds")
_SUMS = (("UN01", "/basic"), ("UN02", "/expenditure_total"), ("UN03", "/income_total"))
_PARTS = ("/personnel", "/operating", "/projects")


def check(document: Document, given: Given) -> Iterator[Flag]:
    """Flag income that differs from expenditure (万元); where they agree once their sums are right, these are told."""
    income, spent = (Decimal(document.at(one)) for one in NEEDS)
    received = mended(document, NEEDS[0], _SOURCES)
    planned = mended(document, NEEDS[1], _PARTS)
    agree = ((received, spent), (income, planned), (received, planned))
    tolerance = Decimal(given.parameters["tolerance"])
    mends = any(a is not None and b is not None and abs(a - b) <= tolerance for a, b in agree)
    for flag in compare(document, NEEDS[0], NEEDS[1:], given):
        yield flag._replace(after=(*flag.after, *_SUMS)) if mends else flag
