"""二级指标放错了一级指标。

检查什么
二级指标是不是属于它所在的一级指标。
为什么
放错位置的指标在汇总和计分时会算到另一类里。
怎么改
把这一行移到正确的一级指标下面，或改选本类的二级指标。
例
“经济效益指标”写在产出指标下面，它属于效益指标。
依据
表样印定的一级、二级指标对应关系（2024 年县级公开表，已见）
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import Flag, Given, Scope
from jixiao.rules.answers import indicators

SCOPE: Scope = "document"
FORMS = ("project_target",)
SEVERITY: Severity = "error"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {}
SUPERSEDES = ("SC",)
ROW_SUPERSEDES = ("CO02", "CO03", "CO04", "IN07")  # which go by the level 2 that is in doubt here
ON = True


def check(document: Document, given: Given) -> Iterator[Flag]:
    """Flag a level 2 that this vocabulary lists under another level 1."""
    for number, indicator in indicators(document):
        level1, level2 = indicator["level1"], indicator["level2"]
        if level2 in given.words.level2.get(level1, ()):
            continue
        parents = given.words.parents(level2 or "")
        if level1 in given.words.level1 and parents and level1 not in parents:
            here = "、".join(given.words.level2.get(level1, ()))
            yield Flag(
                f"/indicators/{number}/level2",
                f"二级指标{wording.quoted(level2)}属于{parents[0]}，现在放在{level1}下面。",
                f"请把这一行移到{parents[0]}下面；或从{level1}的二级指标中选择：{here}。",
            )
