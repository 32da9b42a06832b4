"""指标照抄了另一个项目。

检查什么
两个不同项目的指标，名称和指标值都相同的行是不是占了大部分（默认六成以上，且不少于五行）。同一项目的不同批次、不同年度不算；不同单位之间的只提示，同名的不算。
为什么
整张表照搬，说明指标没有按本项目编，批复和公开后无法考核。
怎么改
对照本项目的内容重新编写指标，把别的项目的行删掉。
例
机关灶项目的 10 行指标里，有 9 行与劳务派遣项目相同。
依据
2024 年县级公开表有 10 行中 9 行相同的两个项目（已见）
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import Flag, Scope
from jixiao.rules.agencies import owner, same_project
from jixiao.rules.rows import rows_of
from jixiao.values import key

SCOPE: Scope = "workbook"
FORMS = ("project_target",)
SEVERITY: Severity = "error"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {"share": 0.6, "at_least": 5}
SUPERSEDES: tuple[str, ...] = ()
AGAIN = True
ON = True
_FIRST = (
    20  # with how many tables that hold the same row a table is compared: the original is among the first
)


def check(documents: Sequence[Document], parameters: Mapping[str, Any]) -> Iterator[tuple[int, Flag]]:
    """Flag every project most of whose rows are another's; the earlier one is named. Time grows with the rows."""
    holders: dict[tuple[str, str], list[int]] = {}
    for number, document in enumerate(documents):
        pairs = {(key(row.name), key(row.target)): row.number for row in rows_of(document)}
        shared: Counter[int] = Counter()
        for pair in pairs:
            shared.update(holders.get(pair, ()))
        wanted = max(parameters["at_least"], parameters["share"] * len(pairs))
        enough = [(-count, other) for other, count in shared.items() if count >= wanted]
        for count, other in sorted(enough):
            if not same_project(document, documents[other]):
                yield number, _flag(document, documents[other], -count, len(pairs))
                break
        for pair in pairs:
            known = holders.setdefault(pair, [])
            if len(known) < _FIRST:
                known.append(number)


def _flag(document: Document, other: Document, count: int, rows: int) -> Flag:
    own = owner(other) == owner(document)
    agency = "" if own else f"（{other.values['agency']}）"
    return Flag(
        "/indicators",
        f"{rows} 行指标里有 {count} 行与项目{wording.quoted(other.values['project_name'])}{agency}的名称和指标值都相同，"
        f"在工作表“{other.sheet}”的 {other.cell('/indicators')} 起。",
        "请按本项目的内容重新编写指标，删去照抄的行。"
        if own
        else "两个单位的项目若由上级统一下达指标，可以不改；否则请按本项目编写。",
        severity=None if own else "hint",
    )
