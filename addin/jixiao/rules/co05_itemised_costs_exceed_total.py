"""分项成本之和超过资金总额。

检查什么
经济成本指标里写明金额的各行之和，是不是超过年度资金总额；名称带“总”字或等于总额的一行当作合计，不加进去。
为什么
分项加起来比总额还多，说明有的分项没有改，或总额少算了。
怎么改
核对各分项和年度资金总额。
例
总额 100 万元，设备费“≤60万元”，安装费“≤50万元”。
依据
同类工具有这项核对，因元和万元混用误报而关闭（已见），这里只警告
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from jixiao.model import Document, Severity
from jixiao.rules import Flag, Given, Scope
from jixiao.rules.sums import sources_above
from jixiao.values import canonical

SCOPE: Scope = "document"
FORMS = ("project_target",)
SEVERITY: Severity = "warning"
NEEDS = ("/total_funds",)
PARAMETERS: dict[str, Any] = {"tolerance": "0.005"}
SUPERSEDES: tuple[str, ...] = ()
ON = True


def check(document: Document, given: Given) -> Iterator[Flag]:
    """Flag the last of several amounts, none above the funds (万元), that together are above them."""
    total = Decimal(document.values["total_funds"])
    if total <= 0 or document.money is None:
        return
    parts = [
        (row, amount)
        for row, amount in given.costs
        if row.level2 in {"经济成本指标", "成本指标"} and amount != total and "总" not in row.name
    ]
    whole = sum((amount for _, amount in parts), Decimal(0))
    sources = sources_above(document, "/total_funds", ("/fiscal_funds", "/carryover_funds", "/other_funds"))
    if (
        len(parts) < 2
        or whole <= total + Decimal(given.parameters["tolerance"])
        or any(one > total for _, one in parts)
        or whole <= (sources or 0)  # the total is what FI01 doubts
    ):
        return
    shown = " + ".join(canonical(amount) for _, amount in parts)
    yield Flag(
        parts[-1][0].at("target"),
        f"{len(parts)} 项成本 {shown} = {canonical(whole)} 万元，超过年度资金总额 {canonical(total)} 万元。",
        "请核对各项成本和年度资金总额，改正不对的数。",
    )
