"""整体表的项目支出不等于各项目之和。

检查什么
单位整体表的项目支出 = 本单位同一年度各项目表的年度资金总额之和，允许误差 0.005 万元。正好等于再加上以它为主管部门的其他单位的项目的，像是部门整体表，只提示。
只校验一个工作簿时，项目支出大于其中各项目之和的，其余项目表可能在别的文件里，也只提示。
为什么
不相等说明少交了项目表、多填了项目，或两边有一个数没有改。
怎么改
对照两个数和项目个数，补交项目表或改正项目支出。
例
项目支出 1022，8 个项目合计 1022。
依据
2024 年县级公开表：项目支出 1022 等于 8 个项目之和（已见）
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import ALL_FORMS, Flag, Scope, Unchecked
from jixiao.rules.agencies import known_as, owner
from jixiao.values import canonical, decimal, key

SCOPE: Scope = "campaign"
FORMS = ALL_FORMS
SEVERITY: Severity = "error"
NEEDS = ("/projects",)
PARAMETERS: dict[str, Any] = {"tolerance": "0.005"}
SUPERSEDES: tuple[str, ...] = ()
EARLY = True
ON = True
Result = tuple[int, Flag | Unchecked]


def check(documents: Sequence[Document], parameters: Mapping[str, Any]) -> Iterator[Result]:
    """Flag an agency's projects figure that differs from its project tables' sum (万元); agencies by full name."""
    projects: dict[tuple[str, int | None], list[int]] = {}
    below: dict[tuple[str, int | None], list[int]] = {}  # of other agencies, by their 主管部门
    agencies: list[tuple[int, tuple[str, int | None]]] = []
    for number, document in enumerate(documents):
        agency, year = document.values["agency"], document.values["year"]
        if document.form == "project_target":
            name, department = owner(document), known_as(document.values.get("department"))
            projects.setdefault((name, year), []).append(number)
            if name != department:
                below.setdefault((department, year), []).append(number)
        elif agency:
            agencies.append((number, (known_as(agency), year)))
    for number, home in agencies:
        own, others = (
            (documents[one] for one in found.get(home, ())) for found in (projects, below)
        )  # those of others are seldom asked for
        for result in _compare(documents[number], list(own), others, Decimal(parameters["tolerance"])):
            yield number, result


def _compare(
    document: Document, projects: Sequence[Document], below: Iterator[Document], tolerance: Decimal
) -> Iterator[Flag | Unchecked]:
    agency, year = document.values["agency"], document.values["year"]
    if not projects:
        yield Unchecked(f"没有收到“{agency}”{year} 年度的项目表，项目支出没有核对。")
        return
    amounts: dict[str, Decimal] = {}
    for project in projects:
        name = project.values["project_name"]
        amount = decimal(project.values["total_funds"])
        if amount is None:
            yield Unchecked(f"工作表“{project.sheet}”的年度资金总额没有填好，项目支出没有核对。")
            return
        if amounts.setdefault(key(name or "") or f"?{len(amounts)}", amount) != amount:
            yield Unchecked(f"项目{wording.quoted(name)}收到两张表，金额不同，项目支出没有核对。")
            return
    stated, found = Decimal(document.values["projects"]), sum(amounts.values(), Decimal(0))
    if abs(stated - found) <= tolerance:
        return
    others = [decimal(one.values["total_funds"]) for one in below]
    rest = sum((one for one in others if one is not None), Decimal(0))
    if None not in others and abs(stated - found - rest) <= tolerance:
        yield Flag(
            "/projects",
            f"项目支出是 {canonical(stated)} 万元，等于本单位 {len(amounts)} 个项目（{canonical(found)} 万元）"
            f"加上以它为主管部门的其他单位 {len(others)} 个项目（{canonical(rest)} 万元），像是部门整体表。",
            "报的是整个部门的不用改，汇总里各单位的项目仍各归各的；只报本单位的，请改正项目支出。",
            severity="hint",
        )
    else:
        yield Flag(
            "/projects",
            f"项目支出是 {canonical(stated)} 万元，{len(amounts)} 个项目的年度资金总额合计是 "
            f"{canonical(found)} 万元，相差 {canonical(abs(stated - found))} 万元。",
            "请核对是不是少交或多交了项目表，或项目支出没有改；其余项目表在别的文件里的，请一起核对。",
            early="hint" if stated > found else None,
        )
