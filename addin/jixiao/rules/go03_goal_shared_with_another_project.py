"""总体目标与另一个项目相同。

检查什么
同一单位不同项目的总体目标里，有没有一字不差的句子。
为什么
不同的项目目标相同，多半是复制的；放之四海皆准的目标考核不了。
怎么改
改成只说本项目的目标。
例
维修项目和水费项目的三条目标完全相同。
依据
2024 年县级公开表有这样的实例（已见）
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import Flag, Scope
from jixiao.rules.agencies import owner, project, same_project
from jixiao.values import key

SCOPE: Scope = "workbook"
FORMS = ("project_target",)
SEVERITY: Severity = "warning"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {"shortest": 5}
SUPERSEDES: tuple[str, ...] = ()
AGAIN = True
ON = True


def check(documents: Sequence[Document], parameters: Mapping[str, Any]) -> Iterator[tuple[int, Flag]]:
    """Flag the first goal of each project that an earlier project of the agency has too; both cells are named."""
    known: dict[tuple[str, int], tuple[int, int]] = {}
    for number, document in enumerate(documents):
        goals = [(at, goal) for at, goal in enumerate(document.values["goals"] or ()) if goal]
        shared = []
        for at, goal in goals:
            if len(key(goal)) < parameters["shortest"]:
                continue
            # a fingerprint of 64 bits: the words of a campaign need not be kept
            earlier, place = known.setdefault((owner(document), hash(key(goal))), (number, at))
            if earlier != number and not same_project(documents[earlier], document):
                shared.append((at, goal, earlier, place))
        if shared:
            at, goal, earlier, place = shared[0]
            first = documents[earlier]
            more = f"{len(goals)} 条目标里有 {len(shared)} 条这样" if len(shared) > 1 else ""
            yield (
                number,
                Flag(
                    f"/goals/{at}",
                    f"目标{at + 1}{wording.quoted(goal)}与项目{project(first)}的"
                    f"目标{place + 1}（工作表“{first.sheet}”的 {first.cell(f'/goals/{place}')}）相同"
                    f"{'，' + more if more else ''}。",
                    "请改成只说本项目的目标。",
                ),
            )
