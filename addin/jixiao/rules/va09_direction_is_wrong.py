"""比较符的方向反了。

检查什么
越少越好的指标（返修率、投诉、事故、成本）要用“≤”，越多越好的指标（合格率、完成率、覆盖率）要用“≥”。
为什么
方向反了，做得越差得分越高。
怎么改
按指标的含义改比较符。
例
“返修率 5%”应为“≤5%”；“验收合格率 ≤98%”应为“≥98%”。
依据
成本只设上限（已见）；其余方向按指标含义判断（待核实）
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import ALL_FORMS, Flag, Given, Scope
from jixiao.rules.costs import is_due
from jixiao.rules.names import good_direction, is_rate

SCOPE: Scope = "document"
FORMS = ALL_FORMS
SEVERITY: Severity = "warning"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {}
SUPERSEDES = ("VA01", "VA10")
ON = True
_MAY_END_AT_100 = re.compile(r"执行率|使用率|支出率|完成率")


def check(_document: Document, given: Given) -> Iterator[Flag]:
    """Flag an operator that rewards the worse result; a bad rate without an operator too."""
    for row in given.rows:
        parsed = row.parsed
        if parsed.kind != "number":
            continue
        good = good_direction(row.name)
        known = parsed.quantities[0].known
        if known and known.dimension != "rate" and (good == "≥" or is_rate(row.name)):
            continue  # 响应率 ≤30分钟: the measure is wrong, not the direction
        if row.is_cost and known and known.dimension == "money" and not is_due(row):
            good = "≤"
        wrong = parsed.operator in ({"≥", ">"} if good == "≤" else {"≤", "<"} if good == "≥" else set())
        bare = (
            parsed.operator is None
            and good_direction(row.name) == "≤"
            and row.name.endswith("率")
            and parsed.value != "0"
        )
        if (wrong and not (parsed.value == "100" and _MAY_END_AT_100.search(row.name))) or bare:
            right = "越少越好" if good == "≤" else "越多越好"
            yield Flag(
                row.at("target"),
                f"{row.place}{right}，指标值{wording.quoted(row.target)}{'没有写上限' if bare else '的方向反了'}。",
                f"请改为“{good}{parsed.value}{parsed.measure or ''}”。",
            )
