"""指标值照抄三级指标的名称。

检查什么
指标值是不是就是三级指标的名称，或名称去掉开头的动词。
为什么
值和名称一样，等于没有写指标值。
怎么改
名称写考核什么，指标值写考核到什么程度，如“节约用电率”“≥3%”。
例
三级指标“节能环保”，指标值也写“节能环保”。
依据
2024 年县级公开表有这样的实例（已见）
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import ALL_FORMS, Flag, Given, Scope
from jixiao.rules.examples import here
from jixiao.rules.rows import Row
from jixiao.rules.samples import ANY, sample
from jixiao.values import key

SCOPE: Scope = "document"
FORMS = ALL_FORMS
SEVERITY: Severity = "error"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {}
SUPERSEDES = ("VA02", "CO03", "VA15")
ROW_SUPERSEDES = ("IN03", "IN04", "CO04")
ON = True


def check(document: Document, given: Given) -> Iterator[Flag]:
    """Flag a target equal to its name; one that is the end of the name is a warning."""
    for row in given.rows:
        if row.parsed.measurable or row.parsed.kind == "grade":
            continue
        name, target = row.key, key(row.target)
        if target == name:
            yield Flag(
                row.at("target"),
                f"{row.place}的指标值与名称一样，等于没有写指标值。",
                f"{_advice(row)}；确实没有的写“不涉及”。" + here(document, given, row.number),
            )
        elif len(target) >= 4 and name.endswith(target):
            yield Flag(
                row.at("target"),
                f"{row.place}的指标值{wording.quoted(row.target)}只是名称的一部分，没有写要达到的程度。",
                f"{_advice(row)}。" + here(document, given, row.number),
                severity="warning",
            )


def _advice(row: Row) -> str:
    shown = sample(row)
    if shown:
        return f"请写出要达到的程度：比较符、数字和单位，如“{shown}”"
    return f"名称请写考核什么，指标值写要达到的程度，{ANY}"
