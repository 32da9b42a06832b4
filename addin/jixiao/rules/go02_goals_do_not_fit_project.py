"""总体目标与项目对不上。

检查什么
总体目标里有没有一条说到本项目的内容：与项目名称或产出指标有共同的词。
为什么
一条都对不上，多半是从别的项目复制来的，或者只写了套话。
怎么改
按本项目写目标：做什么、做多少、达到什么效果。
例
水费项目的三条目标是提高后勤服务水平、树立政府形象、提供良好工作环境，没有一条说到水费。
依据
2024 年县级公开表有这样的实例（已见）
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import Flag, Given, Scope
from jixiao.rules.answers import states, unwritten
from jixiao.rules.topics import pairs

SCOPE: Scope = "document"
FORMS = ("project_target",)
SEVERITY: Severity = "warning"
NEEDS = ("/project_name", "/goals")
PARAMETERS: dict[str, Any] = {}
SUPERSEDES = ("GO04",)
ON = True
_OF_ANYTHING = frozenset(
    {"经济", "社会"}
)  # what these have in common is no subject: 促进经济发展, 家庭经济困难
_FILLING = re.compile(r"进一步|不断|切实|更好|积极|努力|大力|扎实|稳步|着力|顺利|高效|有序|健康|发展")


def check(document: Document, given: Given) -> Iterator[Flag]:
    """Flag the first goal where none shares a word with the project's name or with its outputs."""
    goals = [(number, goal) for number, goal in enumerate(document.values["goals"]) if goal and states(goal)]
    name = document.values["project_name"]
    outputs = [row.name for row in given.rows if row.level1 == "产出指标"]
    told = frozenset[str]().union(*(pairs(goal) for _, goal in goals)) - _OF_ANYTHING
    if not goals or any(not told.isdisjoint(pairs(other)) for other in (name, *outputs)):
        return
    number, goal = goals[0]
    more = f"等 {len(goals)} 条" if len(goals) > 1 else ""
    empty = not any(pairs(_FILLING.sub(" ", one)) for _, one in goals)
    why = "都是套话，放到哪个项目都可以" if empty else "像是从别的项目复制来的"
    yield Flag(
        f"/goals/{number}",
        f"总体目标{wording.quoted(goal)}{more}没有说到项目{wording.quoted(name)}的内容，{why}。",
        "请按本项目写目标：做什么、做多少、达到什么效果。",
        after=unwritten(document),
    )
