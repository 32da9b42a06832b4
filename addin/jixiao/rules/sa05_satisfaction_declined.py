"""满意度写了不涉及。

检查什么
满意度指标是不是全部写“不涉及”。
为什么
不直接服务公众的项目可以不设满意度，原来的权重一般并入效益指标；有服务对象的应当设。
怎么改
核对有没有服务对象；确实没有的保留“不涉及”。
例
满意度指标“不涉及”。
依据
不设满意度的项目权重并入效益指标（待核实）
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jixiao.model import Document, Severity
from jixiao.rules import Flag, Given, Scope
from jixiao.rules.answers import declines

SCOPE: Scope = "document"
FORMS = ("project_target",)
SEVERITY: Severity = "hint"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {}
SUPERSEDES: tuple[str, ...] = ()
ON = True


def check(document: Document, _given: Given) -> Iterator[Flag]:
    """Hint once where every satisfaction row declines."""
    rows = [
        (number, one)
        for number, one in enumerate(document.values["indicators"] or ())
        if one["level1"] == "满意度指标" and (one["name"] or one["target"])
    ]
    if rows and all(declines(one["name"]) or declines(one["target"]) for _, one in rows):
        yield Flag(
            f"/indicators/{rows[0][0]}/name",
            "满意度指标写的是“不涉及”。",
            "请核对这个项目有没有服务对象；没有的可以不设，权重一般并入效益指标。",
        )
