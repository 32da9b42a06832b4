"""能量出来的指标太少。

检查什么
写了数字、期限的指标占全部已填指标的比例（“不涉及”不计），默认不低于六成；不足四行的表不查。
为什么
定性指标太多，整张表难以考核和计分。
怎么改
把定性的行改成率、次数、时间、金额等可以量的指标。
例
10 行指标里只有 4 行写了数字。
依据
指标以定量为主、定性为辅（通行要求，待核实）；2024 年县级公开表 80 行里 31 行没有数字（已见）
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jixiao.model import Document, Severity
from jixiao.rules import Flag, Given, Scope

SCOPE: Scope = "document"
FORMS = ("project_target",)
SEVERITY: Severity = "warning"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {"share": 0.6, "at_least": 4}
SUPERSEDES: tuple[str, ...] = ()
ON = True


def check(_document: Document, given: Given) -> Iterator[Flag]:
    """Flag a table whose share of rows with a number or a date is below the parameter."""
    rows = given.rows
    measured = sum(row.parsed.measurable for row in rows)
    if len(rows) >= given.parameters["at_least"] and measured < given.parameters["share"] * len(rows):
        yield Flag(
            "/indicators",
            f"{len(rows)} 行指标里只有 {measured} 行写了数字或期限，占 {measured * 100 // len(rows)}%。",
            f"请把定性的行改成能量出来的指标，至少占 {given.parameters['share']:.0%}，如“……率≥95%”“……次数≥12次”。",
        )
