"""用了“>”或“<”。

检查什么
指标值是不是用了不含等号的“>”“<”；一般用“≥”“≤”。写成“大于”“超过”等字的只提示。
为什么
“>48人”而计划正好 48 人，做到了也算没有完成。
怎么改
正好达到也算完成的，改为“≥”“≤”。
例
“劳务派遣48人”而指标值是“>48人”。
依据
2024 年县级公开表有这样的实例（已见）
"""

from __future__ import annotations

import re
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
SUPERSEDES: tuple[str, ...] = ()
ON = True
_BETTER = {">": "≥", "<": "≤"}
_SIGNS = re.compile(r"[>＞》<＜《](?![=＝])")
_MAY_BE = re.compile(r"[>＞》<＜《于过]")  # a quick look: most targets have none of these
_WORDS = re.compile(r"(?<!不)(?:大于|高于|多于|超过|小于|低于|少于)(?!等于|或等于)")


def check(_document: Document, given: Given) -> Iterator[Flag]:
    """Flag a strict operator, also inside words; where the name states the very number, say that they contradict."""
    if not _MAY_BE.search(given.stated):
        return
    for row in given.rows:
        one = next((each for each in row.parsed.quantities if each.operator in _BETTER), None)
        signed = _SIGNS.search(row.target)
        if one is None or not (signed or (row.parsed.kind == "number" and _WORDS.search(row.target))):
            continue
        sign = _BETTER[one.operator or ""]
        stated = re.search(rf"(?<!\d){re.escape(one.low)}(?!\d)", row.name)
        why = f"与名称里的 {one.low} 矛盾，正好做到也不算完成" if stated else "正好达到也不算完成"
        yield Flag(
            row.at("target"),
            f"{row.place}的指标值{wording.quoted(row.target)}用了“{signed[0] if signed else _WORDS.findall(row.target)[0]}”，{why}。",
            f"请核对；正好达到也算完成的，改为“{sign}{one.low}{one.measure or ''}”。",
            severity=None if signed else "hint",
        )
