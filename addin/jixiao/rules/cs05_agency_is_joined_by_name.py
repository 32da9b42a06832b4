"""单位名称没有写全，归并全凭名称。

检查什么
实施单位写的名称不带地名，而别的表里有带地名的同名单位。汇总时，主管部门以它结尾且只有一个全称可以对应的，归入那个全称；不能确定的单独列出。“水务局（本级）”归入“水务局”，两个名称各报了一张整体表的除外。名称前后的代码和“（盖章）”不算名称；只写了代码的，别处只有一个单位写着这个代码时归入它。
金额和指标都相同、单位名称一个像另一个的简称的两张整体表，都计入，列为警告。不带地名的一个名称写着不同的主管部门（自然资源局、卫生健康委员会都有“信息中心”）的，归在一个单位里，列为警告。
实施单位或主管部门像是另一个的简称（“康乐县卫健局”与“康乐县卫生健康局”，“康乐一中”与“康乐县第一中学”）的，分别列出，只提示。
为什么
汇总按单位全称归并，归并与否会改变各单位的合计；不同地名的单位永远不会归到一起。
怎么改
核对是不是同一个单位，改写为单位全称。
例
实施单位“机关事务管理局”、主管部门“和政县机关事务管理局”，归入“和政县机关事务管理局”。
依据
2024 年县级公开表中实施单位简称与全称并存（已见）；以全称为准的要求待核实
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import ALL_FORMS, Flag, Scope
from jixiao.rules.agencies import known_as, longer_of_each, name_of

SCOPE: Scope = "campaign"
FORMS = ALL_FORMS
SEVERITY: Severity = "hint"
NEEDS = ("/agency",)
PARAMETERS: dict[str, Any] = {}
SUPERSEDES: tuple[str, ...] = ()  # ST04 asks for the full name, this tells what becomes of the short one
ON = True
_NAMED = 3


def check(documents: Sequence[Document], _parameters: Mapping[str, Any]) -> Iterator[tuple[int, Flag]]:
    """Flag the first table of each agency whose name is another's without its place, and whose 主管部门 is neither.

    A merge joins what it may before, and tells that itself: what is left here could not be decided.
    """
    names: dict[str, str] = {}
    for document in documents:
        agency = document.values["agency"]
        names.setdefault(known_as(agency), name_of(agency))
    longer = longer_of_each(names)
    told: set[str] = set()
    for number, document in enumerate(documents if longer else ()):
        name = known_as(document.values["agency"])
        known = longer.get(name, [])
        full = [names[one] for one in known]
        told_by_department = known_as(document.values.get("department")) in known
        if full and name not in told and not told_by_department:
            told.add(name)
            yield (
                number,
                Flag(
                    "/agency",
                    f"{wording.quoted(document.values['agency'])}可能是"
                    f"{'、'.join(wording.quoted(one) for one in full[:_NAMED])}的简称，地名没有写全。",
                    "是同一个单位的，请改写为单位全称；只看名称不能确定的，汇总时单独列出。",
                ),
            )
