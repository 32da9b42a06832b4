"""时效指标写的是整段时间。

检查什么
时效指标的指标值是不是“2024年1-12月”“12个月”“全年”这样的整段时间，而不是完成期限、时限或及时率；建设周期“18个月”这样超过一年的工期不算。
为什么
全年都在做的事，到年底一定“完成”，考核不出快慢。
怎么改
写完成期限（2024年10月底前）、办理时限（≤7个工作日）或及时率（≥98%）。
例
时效指标“2024年1-12月”，指标值“12个月”。
依据
2024 年县级公开表有这样的实例（已见）
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import Flag, Given, Scope
from jixiao.rules.rows import Row
from jixiao.values import Target

SCOPE: Scope = "document"
FORMS = ("project_target",)
SEVERITY: Severity = "warning"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {"months": 12}
SUPERSEDES = ("VA01",)
ON = True


def check(_document: Document, given: Given) -> Iterator[Flag]:
    """Flag a timeliness target that is a whole year or another period."""
    for row in given.rows:
        if (
            row.level2 == "时效指标"
            and _is_period(row.parsed, given.parameters["months"])
            and not _is_of_works(row)
        ):
            yield Flag(
                row.at("target"),
                f"{row.place}的指标值{wording.quoted(row.target)}是一整段时间，考核不出快慢。",
                "请写完成期限、办理时限或及时率，如“10月底前”“≤7个工作日”“≥98%”。",
            )


def _is_of_works(row: Row) -> bool:
    """Tell whether a row states how many months, more than a year's, works may take: 建设周期 18个月."""
    return (
        row.parsed.measure in {"个月", "月"}
        and row.parsed.value != "12"
        and row.name.endswith(("周期", "工期"))
    )


def _is_period(parsed: Target, months: int) -> bool:
    span = parsed.span
    if span and span.first:
        years = (span.last.year or 0) - (span.first.year or span.last.year or 0)
        return years * 12 + (span.last.month or 12) - (span.first.month or 1) + 1 >= months
    if parsed.kind != "number" or parsed.operator in {"≤", "<"} or parsed.value is None:
        return False
    number, measure = Decimal(parsed.value), parsed.measure or ""
    return (
        (measure in {"个月", "月"} and number >= months)
        or (measure == "年" and number == 1)
        or (measure in {"天", "日"} and number in {360, 365, 366})
    )
