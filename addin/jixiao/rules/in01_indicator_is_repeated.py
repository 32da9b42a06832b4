"""三级指标重复。

检查什么
同一张表里，三级指标的名称不能重复，前面印的编号（指标1：、1.、①）不算；整体表在不同二级指标下重复的只警告。
为什么
同一个指标写两遍，考核时会重复计分。
怎么改
删去重复的一行，或改成能看出区别的名称。
例
两行三级指标都是“干部职工满意度”。
依据
同一张表的三级指标不得重名（运行中的申报系统，已见）
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import ALL_FORMS, Flag, Given, Scope

SCOPE: Scope = "document"
FORMS = ALL_FORMS
SEVERITY: Severity = "error"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {}
SUPERSEDES: tuple[str, ...] = ()
ON = True


def check(document: Document, given: Given) -> Iterator[Flag]:
    """Flag a repeated name once, at its second row."""
    for one in given.repeats:
        mild = one.across and document.form == "agency_overall"
        yield Flag(
            f"/indicators/{one.numbers[1]}/name",
            f"三级指标{wording.quoted(one.name)}出现 {len(one.numbers)} 次（{one.cells}）。",
            "请删去重复的行，或改成能看出区别的名称。",
            severity="warning" if mild else None,
        )
