"""指标行没有填，或只填了一半。

检查什么
表样印好的二级指标行要填写三级指标和指标值，或写明“不涉及”；有三级指标就要有指标值，有指标值就要有三级指标；三级指标写“不涉及”的，指标值里就不能还有数。
没有用到的备用行不算；社会成本指标、生态环境成本指标空着只提示。
表头里没有三级指标或指标值一列的，不逐行指出，列为未核对。
为什么
只有名称没有指标值无法考核，只有指标值不知道考核什么。
怎么改
补上缺的一半；这一类确实没有的，写“不涉及”，不必编造。
例
三级指标“干部职工满意度”后面的指标值空着。
依据
三级指标与指标值都要填写（运行中的申报系统，已见）；“不涉及”是否认可各地不一，待核实
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import ALL_FORMS, Flag, Given, Scope, Unchecked, row
from jixiao.rules.answers import MAY_BE_BLANK, declines, placeholder, unanswered
from jixiao.rules.examples import here
from jixiao.values import parse

SCOPE: Scope = "document"
FORMS = ALL_FORMS
SEVERITY: Severity = "error"
NEEDS = ("/indicators",)
PARAMETERS: dict[str, Any] = {"may_be_blank": MAY_BE_BLANK}
SUPERSEDES: tuple[str, ...] = ()
ON = True
_COLUMNS = {"name": "三级指标", "target": "指标值"}


def check(document: Document, given: Given) -> Iterator[Flag | Unchecked]:
    """Flag blank official rows and half rows; a blank level 2 is the schema's, a placeholder is ST10's.

    Where the column itself was not found every row would seem to be half: that is told once.
    """
    lost = [
        title for column, title in _COLUMNS.items() if document.headings and column not in document.headings
    ]
    if lost:
        yield Unchecked(f"指标表头里没有找到“{'”“'.join(lost)}”，各行有没有填全没有核对。")
        return
    for number, indicator in given.silent:
        level2, name, target = indicator["level2"], indicator["name"], indicator["target"]
        base = f"/indicators/{number}"
        if unanswered(indicator):
            if level2 is not None:
                hint = level2 in given.parameters["may_be_blank"]
                yield _may_be_blank(base, level2) if hint else _blank(document, given, number)
        elif declines(name) and target and _counts(target):
            yield Flag(
                f"{base}/name",
                f"第 {number + 1} 行三级指标写的是{wording.quoted(name)}，指标值却是{wording.quoted(target)}，两样只有一样对。",
                "这一类确实没有的，请把指标值清空；有的，请写三级指标的名称。",
                severity="warning",
            )
        elif declines(name) or declines(target) or placeholder(name or target):
            continue
        elif target is None:
            yield Flag(
                f"{base}/target",
                f"{row(document, number)}没有填指标值。",
                "请填写指标值，写明比较符、数字和单位，如“≥95%”；确实没有的写“不涉及”。",
            )
        elif name is None:
            yield Flag(
                f"{base}/name",
                f"{row(document, number)}只有指标值{wording.quoted(target)}，没有填三级指标。",
                "请填写三级指标的名称；多余的指标值请删去。",
            )


def _counts(target: str) -> bool:
    """Tell whether a target states a figure that is not nothing."""
    return parse(target).value not in {None, "0"}


def _may_be_blank(base: str, level2: str) -> Flag:
    return Flag(
        f"{base}/name", f"{level2}这一行空着。", "没有这类成本请写“不涉及”，不必编造。", severity="hint"
    )


def _blank(document: Document, given: Given, number: int) -> Flag:
    level2 = document.at(f"/indicators/{number}/level2")
    return Flag(
        f"/indicators/{number}/name",
        f"{wording.quoted(level2)}这一行没有填三级指标和指标值。",
        "请填写三级指标和指标值；这一类确实没有的写“不涉及”。" + here(document, given, number),
    )
