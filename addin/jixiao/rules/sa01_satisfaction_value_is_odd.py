"""满意度的指标值不对。

检查什么
满意度指标值要大于 0、不超过 100%，比较符用“≥”。
为什么
“≤95%”的满意度越低越好；超过 100% 不可能达到。
怎么改
写成“≥95%”。
例
“干部职工满意度 95%”没有写比较符。
依据
满意度取值（待核实）；2024 年县级公开表有 3 行没有写比较符（已见）
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import ALL_FORMS, Flag, Given, Scope

SCOPE: Scope = "document"
FORMS = ALL_FORMS
SEVERITY: Severity = "warning"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {}
SUPERSEDES = ("VA01", "VA09", "VA10")
ON = True


def check(_document: Document, given: Given) -> Iterator[Flag]:
    """Flag satisfaction percentages that are impossible (an error) or not a lower limit (a warning)."""
    for row in given.rows:
        parsed = row.parsed
        if (
            not row.is_satisfaction
            or "投诉" in row.name
            or "不满" in row.name
            or parsed.measure != "%"
            or parsed.value is None
        ):
            continue
        number = Decimal(parsed.value)
        if not 0 < number <= 100:
            yield Flag(
                row.at("target"),
                f"{row.place}的指标值{wording.quoted(row.target)}不可能达到，满意度在 0 到 100% 之间。",
                "请核对后改正，如“≥95%”。",
                severity="error",
            )
        elif parsed.operator not in {"≥", "="}:
            what = "没有写比较符" if parsed.operator is None else f"用了“{parsed.operator}”"
            yield Flag(
                row.at("target"),
                f"{row.place}的指标值{wording.quoted(row.target)}{what}，满意度应当设下限。",
                f"请改为“≥{parsed.value}%”。",
            )
