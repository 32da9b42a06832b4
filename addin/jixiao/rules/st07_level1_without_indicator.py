"""某个一级指标下面一个指标也没有。

检查什么
表样规定的每个一级指标下面，至少要有一个三级指标（写“不涉及”也算）。
为什么
缺了一类，表就不完整：产出、效益缺一不可，满意度、成本各地也多要求填写。
怎么改
在这个一级指标下面至少写一个三级指标和指标值；成本指标确实没有的写“不涉及”。
例
效益指标下面没有任何一行。
依据
产出、效益、满意度每类至少一个三级指标（运行中的申报系统，已见）；成本指标待核实
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jixiao.model import Document, Severity
from jixiao.rules import Flag, Given, Scope
from jixiao.rules.answers import MAY_BE_BLANK, indicators, unanswered
from jixiao.rules.examples import under

SCOPE: Scope = "document"
FORMS = ("project_target",)
SEVERITY: Severity = "error"
NEEDS = ("/indicators",)
PARAMETERS: dict[str, Any] = {"optional": (), "may_be_blank": MAY_BE_BLANK}
SUPERSEDES = ("ST08",)
ON = True


def check(document: Document, given: Given) -> Iterator[Flag]:
    """Flag a level 1 that has no row, or only blank rows of which ST08 would merely hint."""
    for level1 in given.words.level1:
        if level1 in given.parameters["optional"]:
            continue
        children = given.words.level2.get(level1, ())
        rows = [
            (n, one)
            for n, one in indicators(document)
            if level1 == one["level1"] or one["level2"] in children
        ]
        if any(not unanswered(one) for _, one in rows):
            continue
        remedy = _remedy(level1, children) + _example(document, given, children)
        if not rows:
            yield Flag("/indicators", f"{level1}下面一个指标也没有。", remedy)
        elif all(one["level2"] in given.parameters["may_be_blank"] for _, one in rows):
            first = rows[0][0]
            yield Flag(f"/indicators/{first}/name", f"{level1}下面的各行都空着。", remedy)


def _remedy(level1: str, children: tuple[str, ...]) -> str:
    declined = "；确实没有的写“不涉及”" if level1 == "成本指标" else ""
    return f"请在{level1}（{'、'.join(children)}）下面至少填写一个三级指标和指标值{declined}。"


def _example(document: Document, given: Given, children: tuple[str, ...]) -> str:
    """Return one indicator of the library that would do, by the first level 2 for which it has any."""
    for level2 in children:
        shown = under(document, given, level2)
        if shown:
            return f"{level2}可写：{shown}。"
    return ""
