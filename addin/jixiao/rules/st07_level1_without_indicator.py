"""某个一级指标下面一个指标也没有。

检查什么
表样规定的每个一级指标下面，至少要有一个三级指标。成本指标、满意度指标可以都写“不涉及”，产出指标、效益指标不可以。产出指标写了不少（默认 6 行以上的表），表样印有的数量、质量或时效指标却一行也没有的，提示一次。
为什么
缺了一类，表就不完整：产出、效益缺一不可，满意度、成本各地也多要求填写。
怎么改
在这个一级指标下面至少写一个三级指标和指标值；成本指标确实没有的写“不涉及”。
例
效益指标下面没有任何一行；产出指标的三行都写“不涉及”。
依据
产出、效益、满意度每类至少一个三级指标（运行中的申报系统，已见）；成本指标待核实
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import Flag, Given, Scope, Unchecked
from jixiao.rules.answers import MAY_BE_BLANK, declines, indicators, states, unanswered
from jixiao.rules.examples import under

SCOPE: Scope = "document"
FORMS = ("project_target",)
SEVERITY: Severity = "error"
NEEDS = ("/indicators",)
PARAMETERS: dict[str, Any] = {
    "optional": (),
    "may_be_blank": MAY_BE_BLANK,
    "must_state": ("产出指标", "效益指标"),
    "rows": 6,
}
SUPERSEDES = ("ST08",)
ON = True
_OUTPUTS = ("数量指标", "质量指标", "时效指标")


def check(document: Document, given: Given) -> Iterator[Flag | Unchecked]:
    """Flag a level 1 that has no row, only rows that decline, or only blank ones of which ST08 would merely hint."""
    if document.headings and {"level1", "level2"}.isdisjoint(document.headings):
        yield Unchecked("指标表头里没有找到“一级指标”和“二级指标”，各类指标有没有填全没有核对。")
        return
    answered = [one for _, one in indicators(document) if not unanswered(one)]
    present = {one["level1"] for one in answered} | {one["level2"] for one in answered}
    for level1 in given.words.level1:
        children = given.words.level2.get(level1, ())
        if level1 in given.parameters["optional"]:
            continue
        if level1 in present or not present.isdisjoint(children):
            yield from _declined(document, given, level1)
            continue
        rows = _rows(document, level1, children)
        remedy = _remedy(level1, children) + _example(document, given, children)
        if not rows:
            yield Flag("/indicators", f"{level1}下面一个指标也没有。", remedy)
        elif all(one["level2"] in given.parameters["may_be_blank"] for _, one in rows):
            first = rows[0][0]
            yield Flag(f"/indicators/{first}/name", f"{level1}下面的各行都空着。", remedy)
    yield from _outputs(document, given)


def _rows(document: Document, level1: str, children: Sequence[str]) -> list[tuple[int, dict[str, Any]]]:
    return [
        (n, one) for n, one in indicators(document) if level1 == one["level1"] or one["level2"] in children
    ]


def _declined(document: Document, given: Given, level1: str) -> Iterator[Flag]:
    """Flag a level 1 that has to say something and whose every row declines; a blank row among them is ST08's."""
    children = given.words.level2.get(level1, ())
    if level1 not in given.parameters["must_state"] or any(
        row.level1 == level1 or row.level2 in children for row in given.rows
    ):
        return
    rows = _rows(document, level1, children)
    if not rows or not all(_declines(one) for _, one in rows):
        return
    number, first = rows[0]
    said = wording.quoted(first["name"] if declines(first["name"]) else first["target"])
    yield Flag(
        f"/indicators/{number}/name",
        f"{level1}下面的 {len(rows)} 行都写{said}，等于没有{level1}，项目花了钱要做成什么、有什么用没有写。"
        if len(rows) > 1
        else f"{level1}下面只有一行，写的是{said}，等于没有{level1}。",
        _remedy(level1, children) + _example(document, given, children),
    )


def _declines(one: Mapping[str, Any]) -> bool:
    """Tell whether a row declines; 不涉及 beside a target that states something is ST08's."""
    target = one["target"]
    return (declines(one["name"]) or declines(target)) and not (target and states(target))


def _outputs(document: Document, given: Given) -> Iterator[Flag]:
    """Hint once at what sort of output no row speaks of; without any output the level 1 is told, a few rows may be all."""
    if len(given.rows) < given.parameters["rows"]:
        return
    present = {one["level2"] for _, one in indicators(document)}
    missing = [level2 for level2 in _OUTPUTS if level2 not in present]
    if not missing or len(missing) == len(_OUTPUTS):
        return
    known = given.words.level2.get("产出指标", ())
    if any(one["level1"] == "产出指标" and one["level2"] not in known for _, one in indicators(document)):
        return  # the missing one has a wrong word: ST06 or ST05 tells
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
