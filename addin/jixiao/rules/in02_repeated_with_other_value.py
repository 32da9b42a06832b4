"""同名的三级指标，指标值却不同。

检查什么
同一张表里名称相同（前面印的编号不算）的三级指标，指标值是不是互相矛盾；整体表在不同二级指标下的只警告。同一个二级指标下，名称只差“的”或开头的“项目”“本项目”、单位相同而数不同的，也警告。
为什么
同一个指标有两个值，考核时不知道以哪个为准。
怎么改
是同一个指标就留一个值；不是就改成能看出区别的名称。
例
“全年预计接待批次”一行写 365人/次，另一行写 28000人/次。
依据
2024 年县级公开表有同名指标 365 与 28000 并存的实例（已见）；同名即不得重复（运行中的申报系统，已见）
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import ALL_FORMS, Flag, Given, Scope
from jixiao.rules.rows import Row

SCOPE: Scope = "document"
FORMS = ALL_FORMS
SEVERITY: Severity = "error"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {}
SUPERSEDES = ("IN01",)
ON = True
_EMPTY_WORDS = re.compile(r"^本?项目(?![数个])|^本(?=[^级科])|的")


def check(document: Document, given: Given) -> Iterator[Flag]:
    """Flag a repeated name with differing values once, at its second row."""
    for one in given.repeats:
        if one.differ:
            mild = one.across and document.form == "agency_overall"
            yield Flag(
                f"/indicators/{one.numbers[1]}/name",
                f"三级指标{wording.quoted(one.name)}出现 {len(one.numbers)} 次（{one.cells}），"
                f"指标值不同：{'、'.join(wording.quoted(target) for target in one.targets)}。",
                "是同一个指标请只留一个值；不是请改成能看出区别的名称。",
                severity="warning" if mild else None,
            )
    if any("的" in row.name or row.name.startswith(("项目", "本")) for row in given.rows):
        yield from _nearly(document, given)


def _nearly(document: Document, given: Given) -> Iterator[Flag]:
    """Flag a name that differs from an earlier one in empty words only, where the values are two of one measure."""
    first: dict[tuple[str, str], Row] = {}
    for row in given.rows:
        if row.parsed.kind != "number":
            continue
        same = (row.level2, _EMPTY_WORDS.sub("", row.key))
        other = first.setdefault(same, row)
        if other is row or other.key == row.key or not _differ(row, other):
            continue
        yield Flag(
            row.at("name"),
            f"{row.place}（{wording.quoted(row.target)}）与{wording.quoted(other.name)}（{wording.quoted(other.target)}，"
            f"{document.cell(other.at('target'))}）像是同一个指标，指标值却不同。",
            "是同一个指标请只留一个值；不是请改成能看出区别的名称。",
            severity="warning",
        )


def _differ(row: Row, other: Row) -> bool:
    one, two = row.parsed, other.parsed
    return one.measure == two.measure and (one.operator, one.value) != (two.operator, two.value)
