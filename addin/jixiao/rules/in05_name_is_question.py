"""三级指标写成了问句。

检查什么
三级指标里有没有“是否”“能否”“有无”这样的问句。
为什么
问句的答案只有是和否，分不出做得好和做得一般，也无法计分。
怎么改
改成可以量的名称：故障维修是否及时 → 故障维修及时率；是否污染环境 → 环境污染事件数。
例
三级指标“故障维修是否及时”。
依据
2024 年县级公开表有这样的实例（已见）
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jixiao.model import Document, Severity
from jixiao.rules import ALL_FORMS, Flag, Given, Scope
from jixiao.rules.examples import here
from jixiao.rules.names import asks

SCOPE: Scope = "document"
FORMS = ALL_FORMS
SEVERITY: Severity = "warning"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {}
SUPERSEDES: tuple[str, ...] = ()
ROW_SUPERSEDES = ("VA06",)
ON = True


def check(document: Document, given: Given) -> Iterator[Flag]:
    """Flag names that ask."""
    if not asks(given.named):
        return
    for row in given.rows:
        if asks(row.name):
            yield Flag(
                row.at("name"),
                f"{row.place}是问句，答案只有是和否，无法计分。",
                "请改成率、次数或时间，如“……及时率”“……事件数”，指标值写上数字，如“≥95%”“＝0起”。"
                + here(document, given, row.number),
            )
