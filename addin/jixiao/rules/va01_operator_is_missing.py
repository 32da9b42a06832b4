"""指标值没有写比较符。

检查什么
指标值是一个数，却没有写 ≥、≤、= 等比较符；写“不低于”“以内”“7个工作日内”的算写了，期限、时段和范围不需要。
为什么
“95%”没有说是至少还是正好；申报系统把比较符和数分两栏填，缺了导不进去。
怎么改
好的越多越好写“≥”，越少越好写“≤”，只能正好是这个数写“＝”（用全角，半角开头会变成公式）。
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
from jixiao.rules.names import good_direction, harms, is_rate
from jixiao.rules.rows import Row
from jixiao.rules.tidying import in_half_width

SCOPE: Scope = "document"
FORMS = ALL_FORMS
SEVERITY: Severity = "warning"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {}
SUPERSEDES: tuple[str, ...] = ()
ON = True
_RANKS = {"级", "星", "星级", "等", "等级"}  # 三级 is a rank, not a number of something
_ABOUT = re.compile(r"^(?:大?约|大概|近)\s*|余(?=[^\W\d])|左右$")  # a limit is not about a number
_MAY_BE_ABOUT = re.compile(r"[约概近余右]")
_LASTS = re.compile(
    r"持续|存续|有效期|发挥作用|年限|寿命|(?<![设工施程办理目])周期|质保|保质|保修|供餐|服务天数|开放|运行天数|优良天数|时长|课时|学时"
)


def check(_document: Document, given: Given) -> Iterator[Flag]:
    """Flag a bare number; the suggestion follows what the name says is good."""
    for row in given.rows:
        parsed = row.parsed
        if parsed.kind != "number" or parsed.operator or parsed.measure in _RANKS:
            continue
        if parsed.measure and (
            parsed.measure.endswith("一遇") or parsed.measure[0] == "级"
        ):  # 20年一遇, 三级等保
            continue
        sign = _sign(row)
        stated = in_half_width(row.target)
        bare = _ABOUT.sub("", stated) if _MAY_BE_ABOUT.search(stated) else stated
        vague = "“约”“左右”“余”说不清做到多少算完成，" if bare != stated else ""
        told = f"如“{sign}{bare}”。" if sign else f"至少写“≥{bare}”，正好写“＝{bare}”。"
        yield Flag(
            row.at("target"),
            f"{row.place}的指标值{wording.quoted(row.target)}没有写比较符。",
            f"{vague}请写明比较符{'，' if sign else '：'}{told}",
            severity="hint" if sign == "＝" else None,
        )


def _sign(row: Row) -> str:
    """Return the operator that a row asks for, `""` where nobody knows; `＝` in full width, lest it become a formula."""
    good = good_direction(row.name)
    if row.name.endswith("标准"):
        return "＝"
    if row.parsed.value == "0" or (row.parsed.value == "100" and row.parsed.measure == "%"):
        return "＝"
    if row.is_cost and good != "≥":
        return "≥" if is_rate(row.name) and not _costs(row) else "≤"
    return "≤" if _is_limit(row) else good


def _costs(row: Row) -> bool:
    """Tell whether a rate among the costs is one that shall be low: what harms, or what part of a cost is spent."""
    return harms(row.name) or "成本" in row.name or "费" in row.name or "控制" in row.name


def _is_limit(row: Row) -> bool:
    """Tell whether a row states how long something may take, not how long it lasts (使用年限)."""
    known = row.parsed.quantities[0].known
    return known is not None and known.dimension == "time" and not _LASTS.search(row.name)
