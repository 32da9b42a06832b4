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

from array import array
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from math import ceil
from typing import Any

from jixiao.model import Document, Severity
from jixiao.rules import Flag, Scope
from jixiao.rules.agencies import owner, project, same_project
from jixiao.rules.rows import saying
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
_PARTS = 8


def check(documents: Sequence[Document], parameters: Mapping[str, Any]) -> Iterator[tuple[int, Flag]]:
    """Flag every project most of whose rows are another's; the earlier one is named.

    An inverted index over the rows, the rare ones asked first. Of n rows a copy shares w or more, so any n - w + 1 of
    them hold one that it shares: the rarest do, and only the tables that hold one of these are compared, row by row.
    A row that no other table has finds none; one that all have (服务对象满意度 ≥95%) is rarely asked, and then it names
    its first holders only. So time grows with the rows, not with the pairs of tables.
    """
    tables = [_rows(document) for document in documents]
    often = _repeated(tables)
    holders: dict[int, list[int]] = {}
    for number, rows in enumerate(tables):
        wanted = ceil(max(parameters["at_least"], parameters["share"] * len(rows)))
        known = [row for row in rows if row in often]
        if len(known) >= wanted:
            rare = sorted(known, key=often.__getitem__)[: len(known) - wanted + 1]
            near = {other for row in rare for other in holders.get(row, ())}
            own = frozenset(rows)
            shared = [(-len(own.intersection(tables[other])), other) for other in near]
            for count, other in sorted(one for one in shared if -one[0] >= wanted):
                if not same_project(documents[number], documents[other]):
                    yield number, _flag(documents[number], documents[other], -count, len(rows))
                    break
        for row in known:
            first = holders.setdefault(row, [])
            if len(first) < _FIRST:
                first.append(number)


def _rows(document: Document) -> array[int]:
    """Return a table's rows by name and value, as fingerprints of 64 bits: the words of a campaign need not be kept."""
    return array("q", {hash((key(one["name"]), key(one["target"]))) for _, one in saying(document)})


def _repeated(tables: Sequence[array[int]]) -> dict[int, int]:
    """Return the rows that more than one table holds, and how many do; most rows are one table's own.

    They are sorted a part at a time: sorting takes five times the memory of the fingerprints.
    """
    rows = array("q")
    for one in tables:
        rows.extend(one)
    often: dict[int, int] = {}
    for part in range(_PARTS):
        own = sorted(row for row in rows if row % _PARTS == part)
        often |= {row: count for row, same in groupby(own) if (count := sum(1 for _ in same)) > 1}
    return often


def _flag(document: Document, other: Document, count: int, rows: int) -> Flag:
    own = owner(other) == owner(document)
    agency = "" if own else f"（{other.values['agency'] or '没有填单位'}）"
    return Flag(
        "/indicators",
        f"{rows} 行指标里有 {count} 行与项目{project(other)}{agency}的名称和指标值都相同，"
        f"在工作表“{other.sheet}”的 {other.cell('/indicators')} 起。",
        "请按本项目的内容重新编写指标，删去照抄的行。"
        if own
        else "两个单位的项目若由上级统一下达指标，可以不改；否则请按本项目编写。",
        severity=None if own else "hint",
    )
