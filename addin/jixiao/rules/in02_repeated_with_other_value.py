"""同名的三级指标，指标值却不同。

检查什么
同一张表里名称相同的三级指标，指标值是不是互相矛盾；整体表在不同二级指标下的只警告。
为什么
同一个指标有两个值，考核时不知道以哪个为准。
怎么改
是同一个指标就留一个值；不是就改成能看出区别的名称。
例
“全年预计接待批次”一行写 365人/次，另一行写 28000人/次。
依据
2024 年县级公开表有同名指标 365 与 28000 并存的实例（已见）；同名即不得重复（运行中的申报系统，已见）
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
SUPERSEDES = ("IN01",)
ON = True


def check(document: Document, given: Given) -> Iterator[Flag]:
    """Flag a repeated name with differing values once, at its second row."""
    for one in given.repeats:
        if one.differ:
            mild = one.across and document.form == "agency_overall"
            yield Flag(
                f"/indicators/{one.numbers[1]}/name",
                f"三级指标{wording.quoted(one.name)}出现 {len(one.numbers)} 次（{one.cells}），"
                f"指标值不同：{'、'.join(wording.quoted(target) for target in one.targets)}。",
                "是同一个指标请只留一个值；不是请改成能看出区别的名称。",
                severity="warning" if mild else None,
            )
