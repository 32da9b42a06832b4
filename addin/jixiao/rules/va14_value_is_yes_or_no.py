"""指标值只写了是或否。

检查什么
指标值是不是只写了“是”“否”“有”“能”。
为什么
是和否分不出程度，无法计分。
怎么改
改成可以量的值：是否污染环境“否” → 环境污染事件数“＝0起”。
例
“是否污染生态环境 否”。
依据
2024 年县级公开表有这样的实例（已见）
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import ALL_FORMS, Flag, Given, Scope

SCOPE: Scope = "document"
FORMS = ALL_FORMS
SEVERITY: Severity = "warning"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {}
SUPERSEDES = ("VA02",)
ON = True


def check(_document: Document, given: Given) -> Iterator[Flag]:
    """Flag targets that only affirm or deny."""
    for row in given.rows:
        if row.parsed.kind == "yes_no":
            yield Flag(
                row.at("target"),
                f"{row.place}的指标值只写了{wording.quoted(row.target)}，无法计分。",
                "请改成可以量的名称和值，如“环境污染事件数”“＝0起”，“……完成率”“＝100%”。",
            )
