"""某个一级指标下面一个指标也没有。

检查什么
表样规定的每个一级指标下面，至少要有一个三级指标（写“不涉及”也算）。产出指标写了不少（默认 6 行以上的表），表样印有的数量、质量或时效指标却一行也没有的，提示一次。
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
from jixiao.rules import Flag, Given, Scope, Unchecked
from jixiao.rules.answers import MAY_BE_BLANK, indicators, unanswered
from jixiao.rules.examples import under

SCOPE: Scope = "document"
FORMS = ("project_target",)
SEVERITY: Severity = "error"
NEEDS = ("/indicators",)
PARAMETERS: dict[str, Any] = {"optional": (), "may_be_blank": MAY_BE_BLANK, "rows": 6}
SUPERSEDES = ("ST08",)
ON = True
_OUTPUTS = ("数量指标", "质量指标", "时效指标")


def check(document: Document, given: Given) -> Iterator[Flag | Unchecked]:
    """Flag a level 1 that has no row, or only blank rows of which ST08 would merely hint."""
    if document.headings and {"level1", "level2"}.isdisjoint(document.headings):
        yield Unchecked("指标表头里没有找到“一级指标”和“二级指标”，各类指标有没有填全没有核对。")
        return
    answered = [one for _, one in indicators(document) if not unanswered(one)]
    present = {one[level] for one in answered for level in ("level1", "level2")}
    for level1 in given.words.level1:
        children = given.words.level2.get(level1, ())
        if level1 in given.parameters["optional"] or level1 in present or not present.isdisjoint(children):
            continue
        rows = [
            (n, one)
            for n, one in indicators(document)
            if level1 == one["level1"] or one["level2"] in children
        ]
        remedy = _remedy(level1, children) + _example(document, given, children)
        if not rows:
            yield Flag("/indicators", f"{level1}下面一个指标也没有。", remedy)
        elif all(one["level2"] in given.parameters["may_be_blank"] for _, one in rows):
            first = rows[0][0]
            yield Flag(f"/indicators/{first}/name", f"{level1}下面的各行都空着。", remedy)
    yield from _outputs(document, given)


def _outputs(document: Document, given: Given) -> Iterator[Flag]:
    """Hint once at what sort of output no row speaks of; without any output the level 1 is told, a few rows may be all."""
    if len(given.rows) < given.parameters["rows"]:
        return
    present = {one["level2"] for _, one in indicators(document)}
    missing = [level2 for level2 in _OUTPUTS if level2 not in present]
    if not missing or len(missing) == len(_OUTPUTS):
        return
    shown = under(document, given, missing[0])
    yield Flag(
        "/indicators",
        f"产出指标下没有{'、'.join(missing)}。",
        f"请核对是不是漏了；有的请补上{f'，如{shown}' if shown else ''}。",
        severity="hint",
    )


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
