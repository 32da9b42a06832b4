"""收入预算合计不等于三项来源之和。

检查什么
收入预算合计 = 当年财政拨款 + 上年结转资金 + 其他资金，允许误差 0.005 万元。正好差一万倍的，由 FI03 指出。
外地表样没有“上年结转资金”一栏的，按表上有的两项来源核对，不平的只警告。
为什么
来源没有填全或合计不平，看不出资金从哪里来。
怎么改
填全三项来源（没有的填 0），核对合计，改正错的那一个。
例
三项来源空着而合计是 1637.51：空格由必填检查指出，本条说明无法核对。
依据
表样按来源类型分为三项来源和收入预算合计（2024 年县级公开表，已见）
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jixiao.model import Document, Severity
from jixiao.rules import Flag, Given, Scope
from jixiao.rules.sums import compare_sources

SCOPE: Scope = "document"
FORMS = ("agency_overall",)
SEVERITY: Severity = "error"
NEEDS = ("/income_total", "/fiscal_funds", "/carryover_funds", "/other_funds")
MAY_LACK = ("/carryover_funds",)
PARAMETERS: dict[str, Any] = {"tolerance": "0.005"}
SUPERSEDES: tuple[str, ...] = ()
ON = True


def check(document: Document, given: Given) -> Iterator[Flag]:
    """Flag a total that differs from its sources by more than the tolerance (万元)."""
    yield from compare_sources(document, NEEDS[0], NEEDS[1:], MAY_LACK, given)
