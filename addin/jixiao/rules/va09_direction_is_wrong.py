"""比较符的方向反了。

检查什么
越少越好的指标（返修率、投诉、事故、负债率、“三公”经费控制率、缺陷率、破损率、停机次数、污染事件、排放量、能耗、故障恢复时间、抢通时间、工期、成本）要用“≤”，越多越好的指标（合格率、完成率、覆盖率、参保率、入户率、安全感）要用“≥”；人数、次数、件数写“≥0”的也在这里指出。
为什么
方向反了，做得越差得分越高；“≥0”怎么做都算完成。
怎么改
按指标的含义改比较符；不许发生的写“＝0”。
例
“返修率 5%”应为“≤5%”；“验收合格率 ≤98%”应为“≥98%”；“失学学生人数 ≥0人”应为“＝0人”。
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
from jixiao.rules.names import good_direction, is_growth, is_rate
from jixiao.rules.rows import Row

SCOPE: Scope = "document"
FORMS = ALL_FORMS
SEVERITY: Severity = "warning"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {}
SUPERSEDES = ("VA01", "VA10")
ON = True
_MAY_END_AT_100 = re.compile(r"执行率|使用率|支出率|完成率")
_COUNTED = ("people", "times", "things")


def check(_document: Document, given: Given) -> Iterator[Flag]:
    """Flag an operator that rewards the worse result, a bad rate without one, and a lower limit of nothing."""
    for row in given.rows:
        parsed = row.parsed
        if parsed.kind != "number":
            continue
        good = good_direction(row.name)
        known = parsed.quantities[0].known
        is_count = row.name.endswith("数")
        if known and known.dimension != "rate" and ((good == "≥" and not is_count) or is_rate(row.name)):
            continue  # 响应率 ≤30分钟: the measure is wrong, not the direction
        bare = parsed.operator is None and good == "≤" and row.name.endswith("率") and parsed.value != "0"
        if row.is_cost and known and known.dimension == "money" and not is_due(row):
            good = "≤"
        wrong = parsed.operator in ({"≥", ">"} if good == "≤" else {"≤", "<"} if good == "≥" else set())
        if (wrong and not (parsed.value == "100" and _MAY_END_AT_100.search(row.name))) or bare:
            right = "越少越好" if good == "≤" else "越多越好"
            sign = "＝" if parsed.value == "0" and not is_growth(row.name) else good
            yield _told(
                row,
                f"{right}，",
                "没有写上限" if bare else "的方向反了",
                f"请改为“{sign}{parsed.value}{parsed.measure or ''}”。",
            )
        elif parsed.operator == "≥" and parsed.value == "0" and _is_counted(row):
            advice = f"不许发生的请写“＝0{parsed.measure}”；要做到的请写出数量。"
            yield _told(row, "的", "怎么做都算完成", advice)


def _is_counted(row: Row) -> bool:
    """Tell whether a row counts people, times or things; a change of them may well be nothing."""
    known = row.parsed.quantities[0].known
    return (
        known is not None and known.dimension in _COUNTED and not is_growth(row.name) and "净" not in row.name
    )


def _told(row: Row, right: str, why: str, advice: str) -> Flag:
    return Flag(
        row.at("target"),
        f"{row.place}{right}指标值{wording.quoted(row.target)}{why}。",
        advice,
    )
