"""总体目标没有指标考核。

检查什么
总体目标里有没有一条能在指标里找到对应的内容；一条都找不到才指出。指标有没有对应的目标不查。
为什么
目标没有指标支撑，年底说不清目标完成了没有。
怎么改
给每条目标至少配一个指标，或改写目标。
例
机关灶项目的目标是灶房正常运行、按时付款、提升满意度，指标却都是劳务派遣的。
依据
2024 年县级公开表有这样的实例（已见）
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import Flag, Given, Scope
from jixiao.rules.answers import states, unwritten
from jixiao.rules.topics import letters, speaks_of

SCOPE: Scope = "document"
FORMS = ("project_target",)
SEVERITY: Severity = "warning"
NEEDS = ("/goals",)
PARAMETERS: dict[str, Any] = {}
SUPERSEDES: tuple[str, ...] = ()
ON = True


def check(document: Document, given: Given) -> Iterator[Flag]:
    """Flag the first goal where no goal shares a telling letter with any indicator."""
    goals = [(number, goal) for number, goal in enumerate(document.values["goals"]) if goal and states(goal)]
    if not goals or len(given.rows) < 4:
        return
    wanted = frozenset[str]().union(*(letters(goal) for _, goal in goals))
    if any(speaks_of(text, wanted) for text in (given.named, given.stated)):
        return
    number, goal = goals[0]
    more = f"等 {len(goals)} 条" if len(goals) > 1 else ""
    yield Flag(
        f"/goals/{number}",
        f"总体目标{wording.quoted(goal)}{more}在指标里都找不到对应的内容。",
        "请给每条目标至少配一个指标，或按指标改写目标。",
        after=unwritten(document),
    )
