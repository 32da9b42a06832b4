"""实施单位用了简称。

检查什么
实施单位的名称是主管部门全称去掉前面地名等剩下的部分，即用了简称。
为什么
汇总按单位全称归并，“机关事务管理局”每个县都有，简称分不清是哪一个。
怎么改
改为单位全称，与公章和预算批复一致。
例
主管部门“和政县机关事务管理局”，实施单位写“机关事务管理局”。
依据
2024 年县级公开表中实施单位简称与全称并存（已见）；以全称为准的要求待核实
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import Flag, Given, Scope
from jixiao.values import key

SCOPE: Scope = "document"
FORMS = ("project_target",)
SEVERITY: Severity = "warning"
NEEDS = ("/department", "/agency")
PARAMETERS: dict[str, Any] = {}
SUPERSEDES: tuple[str, ...] = ()
ON = True


def check(document: Document, _given: Given) -> Iterator[Flag]:
    """Flag an agency whose name is a proper end of its department's name."""
    agency, department = document.values["agency"], document.values["department"]
    short, full = key(agency), key(department)
    if short and short != full and full.endswith(short):
        yield Flag(
            "/agency",
            f"实施单位{wording.quoted(agency)}是简称，主管部门写的是{wording.quoted(department)}。",
            f"请写单位全称；如果就是主管部门本身，写“{department}”。",
        )
