"""指标值没有写比较符。

检查什么
指标值是一个数，却没有写 ≥、≤、= 等比较符；写“不低于”“以内”“7个工作日内”的算写了，期限、时段和范围不需要。
为什么
“95%”没有说是至少还是正好；申报系统把比较符和数分两栏填，缺了导不进去。
怎么改
好的越多越好写“≥”，越少越好写“≤”，只能正好是这个数写“=”。
例
“返修率 5%”应为“≤5%”；“干部职工满意度 95%”应为“≥95%”。
依据
运行中的申报系统比较符单独一栏（已见）；2024 年县级公开表有这样的实例（已见）
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import ALL_FORMS, Flag, Given, Scope
from jixiao.rules.names import good_direction
from jixiao.rules.rows import Row

SCOPE: Scope = "document"
FORMS = ALL_FORMS
SEVERITY: Severity = "warning"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {}
SUPERSEDES: tuple[str, ...] = ()
ON = True
_RANKS = {"级", "星", "星级", "等", "等级"}  # 三级 is a rank, not a number of something
_ABOUT = re.compile(r"^(?:大?约|大概)\s*|左右$")  # a limit is not about a number
_LASTS = re.compile(r"年限|寿命|周期|质保|保质|保修|供餐|服务天数|开放|运行天数|优良天数|时长|课时|学时")


def check(_document: Document, given: Given) -> Iterator[Flag]:
    """Flag a bare number; the suggestion follows what the name says is good."""
    for row in given.rows:
        parsed = row.parsed
        if parsed.kind != "number" or parsed.operator or parsed.measure in _RANKS:
            continue
        sign = "≤" if row.is_cost or _is_limit(row) else good_direction(row.name)
        sign = "=" if row.name.endswith("标准") else sign
        if parsed.value in {"0", "100"} and (parsed.value == "0" or parsed.measure == "%"):
            sign = "="
        bare = _ABOUT.sub("", row.target)
        told = (
            f"请写明比较符，如“{sign}{bare}”。"
            if sign
            else f"请写明比较符：至少写“≥{bare}”，正好写“={bare}”。"
        )
        yield Flag(
            row.at("target"),
            f"{row.place}的指标值{wording.quoted(row.target)}没有写比较符。",
            told,
            severity="hint" if sign == "=" else None,
        )


def _is_limit(row: Row) -> bool:
    """Tell whether a row states how long something may take, not how long it lasts (使用年限)."""
    known = row.parsed.quantities[0].known
    return known is not None and known.dimension == "time" and not _LASTS.search(row.name)
