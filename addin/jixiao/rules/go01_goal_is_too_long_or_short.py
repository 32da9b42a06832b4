"""总体目标太长或太短。

检查什么
每条总体目标的字数是不是在合理范围内（默认 4 到 1000 字）。
为什么
太短说不清要做什么；太长打印不下，公开后没有人看得完。
怎么改
写清做什么、做到什么程度，细节放到附件。
例
目标1 只写“缴费”。
依据
有的申报系统限 100 至 500 字（已见）；本地字数要求待核实
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import ALL_FORMS, Flag, Given, Scope
from jixiao.rules.answers import states
from jixiao.values import key

SCOPE: Scope = "document"
FORMS = ALL_FORMS
SEVERITY: Severity = "error"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {"longest": 1000, "shortest": 4}
SUPERSEDES = ("GO02",)
ON = True


def check(document: Document, given: Given) -> Iterator[Flag]:
    """Flag goals beyond the longest, and as a hint those below the shortest; placeholders are ST10's."""
    longest, shortest = given.parameters["longest"], given.parameters["shortest"]
    for number, goal in enumerate(document.values["goals"] or ()):
        if goal and len(goal) > longest:
            yield Flag(
                f"/goals/{number}",
                f"目标{number + 1}有 {len(goal)} 个字，超过 {longest} 个字。",
                "请写清做什么、做到什么程度，细节放到附件。",
            )
        elif goal and states(goal) and len(key(goal)) < shortest:
            yield Flag(
                f"/goals/{number}",
                f"目标{number + 1}{wording.quoted(goal)}太短，看不出要做什么。",
                "请写清做什么、做到什么程度。",
                severity="hint",
            )
