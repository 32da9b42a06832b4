"""供审核参考的单位成本。

检查什么
用年度资金总额除以数量指标里的人数、辆数、人次等，算出平均每人、每辆多少钱，供审核时参考。默认不开，用审核口径的参数文件打开。
为什么
单位成本高低最能看出预算合不合理。
怎么改
核对是否合理；不合理的说明原因，或把单位成本写进经济成本指标。
例
200 万元、70 辆车，平均每辆 2.857143 万元。
依据
2024 年县级公开表可以这样推算（已见）；推算办法为通行做法
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from jixiao.model import Document, Severity
from jixiao.rules import Flag, Given, Scope
from jixiao.rules.rows import Row
from jixiao.values import canonical, respelled

SCOPE: Scope = "document"
FORMS = ("project_target",)
SEVERITY: Severity = "hint"
NEEDS = ("/total_funds",)
PARAMETERS: dict[str, Any] = {
    "measures": (
        "辆",
        "人",
        "人次",
        "名",
        "户",
        "部",
        "台",
        "套",
        "栋",
        "公里",
        "平方米",
        "亩",
        "株",
        "盏",
        "所",
        "件",
        "人/次",
    )
}
SUPERSEDES: tuple[str, ...] = ()
ON = False


def check(document: Document, given: Given) -> Iterator[Flag]:
    """Tell the funds divided by the first quantity that can be counted: of 数量指标, else of 成本指标."""
    total = Decimal(document.values["total_funds"])
    ranked = sorted(given.rows, key=lambda row: row.level2 != "数量指标")
    row = next(
        (one for one in ranked if (one.level2 == "数量指标" or one.is_cost) and _countable(one, given)), None
    )
    if row is None or total <= 0:
        return
    each = total / Decimal(row.parsed.value or "1")
    small = each < Decimal("0.1")
    shown = f"{canonical(each * 10000)} 元" if small else f"{canonical(each)} 万元"
    yield Flag(
        row.at("target"),
        f"年度资金总额 {canonical(total)} 万元，{row.place}是 {row.parsed.value}{row.parsed.measure}，"
        f"平均每{respelled(row.parsed.measure or '')} {shown}。",
        "供审核参考，请核对是否合理。",
    )


def _countable(row: Row, given: Given) -> bool:
    return (
        row.parsed.measure in given.parameters["measures"]
        and row.parsed.value is not None
        and Decimal(row.parsed.value) > 0
    )
