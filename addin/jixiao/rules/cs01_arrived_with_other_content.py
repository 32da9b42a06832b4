"""同一张表来了内容不同的两份。

检查什么
同一单位、同一年度的同一个项目（或同一单位、同一年度的整体表）收到内容不同的两份；内容相同的（只差空格、全角半角等写法的也算）只算重复，不在此列。实施单位空着的，同一主管部门下同名的项目算同一个；实施单位和主管部门都空着的，同名的两张都计入，列为警告；同一单位、名称相同，只有一张填了年度（或实施单位）的，也是这样。同一单位较晚的工作簿又报了几张表、有的没有改动、却少了一个项目的，这个项目照旧计入，只提示。
为什么
两份都计入会把资金算两遍，随便取一份可能取错；汇总时计入保存时间较晚的一份，另一份不计入，并把两份的位置都指出来。
怎么改
没有填实施单位的先填好，可能是两个单位的。其余的与填报单位核对，删去不用的一份；要以另一份为准，汇总时加上 --prefer 和那个文件的路径。
例
“水费-最终版.xlsx”和“水费-修改稿.xlsx”里都有 2024 年水费，一份 50 万元，一份 55 万元。
依据
每个单位每个项目每年只报一张表，以最后报送的为准；为汇总的通行做法，文件依据待核实
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import ALL_FORMS, Flag, Scope
from jixiao.rules.agencies import known_as
from jixiao.values import key

SCOPE: Scope = "campaign"
FORMS = ALL_FORMS
SEVERITY: Severity = "error"
NEEDS = ("/year", "/agency", "/project_name")
PARAMETERS: dict[str, Any] = {}
SUPERSEDES: tuple[str, ...] = ("ST02",)
ON = True


def check(documents: Sequence[Document], _parameters: Mapping[str, Any]) -> Iterator[tuple[int, Flag]]:
    """Flag every table that another one of the same project, or agency, and year contradicts.

    A merge decides between them first and tells it with files and times; here nothing of theirs is known.
    """
    marks = array("q", (hash(_identity(document)) for document in documents))  # the names of all take 30 MB
    several = {one for one, other in pairwise(sorted(marks)) if one == other}
    first: dict[tuple[Any, ...], int] = {}
    for number in (at for at, mark in enumerate(marks) if mark in several):
        document = documents[number]
        earlier = first.setdefault(_identity(document), number)
        if earlier == number:
            continue
        other, values = documents[earlier], document.values
        if other.values != values:
            name = values.get("project_name")
            pointer = "/project_name" if name else "/agency"
            yield (
                number,
                Flag(
                    pointer,
                    f"{wording.quoted(name or values['agency'])}另有一张内容不同的表，在工作表“{other.sheet}”的 "
                    f"{other.cell(pointer)}。",
                    "请核对以哪一张为准，删去另一张；汇总时没有删去的，计入保存时间较晚的一份。",
                ),
            )


def _identity(document: Document) -> tuple[Any, ...]:
    """Return what two tables of one project, or of one agency, have in common."""
    values = document.values
    return document.form, known_as(values["agency"]), values["year"], key(values.get("project_name") or "")
