"""年度资金总额不等于三项来源之和。

检查什么
年度资金总额 = 当年财政拨款 + 上年结转资金 + 其他资金，允许误差 0.005 万元。
外地表样没有“上年结转资金”一栏的，按表上有的两项来源核对，不平的只警告。
正好差一万倍的，由 FI03 指出。
为什么
总额和来源对不上，批复和汇总时不知道以哪个为准。
怎么改
核对三项来源和总额，改正错的那一个。
例
总额 100，三项来源 90、0、0：相差 10 万元。
依据
表样“年度资金总额”下列“其中：当年财政拨款、上年结转资金、其他资金”（2024 年县级公开表，已见）
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jixiao.model import Document, Severity
from jixiao.rules import Flag, Given, Scope
from jixiao.rules.sums import compare_sources

SCOPE: Scope = "document"
FORMS = ("project_target",)
SEVERITY: Severity = "error"
NEEDS = ("/total_funds", "/fiscal_funds", "/carryover_funds", "/other_funds")
MAY_LACK = ("/carryover_funds",)
PARAMETERS: dict[str, Any] = {"tolerance": "0.005"}
SUPERSEDES: tuple[str, ...] = ()
ON = True


def check(document: Document, given: Given) -> Iterator[Flag]:
    """Flag a total that differs from its sources by more than the tolerance (万元)."""
    yield from compare_sources(document, NEEDS[0], NEEDS[1:], MAY_LACK, given)
