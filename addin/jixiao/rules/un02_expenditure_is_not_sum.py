"""支出预算合计不等于基本支出加项目支出。

检查什么
支出预算合计 = 基本支出合计 + 项目支出，允许误差 0.005 万元。只是基本支出合计错了的，由 UN01 指出。
为什么
支出预算合计是批复和公开的总数，必须与两部分之和一致。
怎么改
核对基本支出合计、项目支出和支出预算合计，改正错的那一个。
例
615.51 + 1022 = 1637.51。
依据
表样按支出类型分为基本支出和项目支出（2024 年县级公开表，已见）
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
NEEDS = ("/expenditure_total", "/basic", "/projects")
PARAMETERS: dict[str, Any] = {"tolerance": "0.005"}
SUPERSEDES: tuple[str, ...] = ()
ON = True


def check(document: Document, given: Given) -> Iterator[Flag]:
    """Flag a total that differs from its two parts (万元); where it is right once UN01 is heeded, UN01 tells it."""
    basic = mended(document, "/basic", ("/personnel", "/operating"))
    whole = Decimal(document.at("/expenditure_total")) - Decimal(document.at("/projects"))
    right = basic is not None and abs(whole - basic) <= Decimal(given.parameters["tolerance"])
    for flag in compare(document, NEEDS[0], NEEDS[1:], given):
        yield flag._replace(after=(*flag.after, ("UN01", "/basic"))) if right else flag
