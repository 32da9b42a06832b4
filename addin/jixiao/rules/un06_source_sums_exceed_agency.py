"""各项目的来源之和超过单位总数。

检查什么
同一单位同一年度各项目的当年财政拨款、上年结转资金、其他资金，合计是不是超过单位整体表里的同一项。整体表的来源空着时不比较，由 UN03 一并说明未核对。
为什么
项目的钱是单位的钱的一部分，超过了说明有一边填错。
怎么改
对照两边，改正错的数。
例
单位当年财政拨款 900 万元，各项目当年财政拨款合计 1022 万元。
依据
表样的来源口径一致（2024 年县级公开表，已见）
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from jixiao import schemas
from jixiao.model import Document, Severity
from jixiao.rules import ALL_FORMS, Flag, Scope
from jixiao.rules.agencies import owner
from jixiao.values import canonical, decimal, key

SCOPE: Scope = "campaign"
FORMS = ALL_FORMS
SEVERITY: Severity = "warning"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {"tolerance": "0.005"}
SUPERSEDES: tuple[str, ...] = ()
ON = True
_SOURCES = ("/fiscal_funds", "/carryover_funds", "/other_funds")


def check(documents: Sequence[Document], parameters: Mapping[str, Any]) -> Iterator[tuple[int, Flag]]:
    """Flag a source of an agency's table that is below the sum of its projects' (万元)."""
    sums: dict[tuple[str, Any, str], Decimal] = {}
    for document in documents:
        if document.form == "project_target":
            for need in _SOURCES:
                home = (owner(document), document.values["year"], need)
                sums[home] = sums.get(home, Decimal(0)) + (decimal(document.at(need)) or Decimal(0))
    for number, document in enumerate(documents):
        if document.form != "agency_overall":
            continue
        for need in _SOURCES:
            stated = decimal(document.at(need))
            if stated is None:
                continue
            found = sums.get(
                (key(document.values["agency"] or ""), document.values["year"], need), Decimal(0)
            )
            if found > stated + Decimal(parameters["tolerance"]):
                title = schemas.field(document.form, need)["title"]
                yield (
                    number,
                    Flag(
                        need,
                        f"{title}是 {canonical(stated)} 万元，各项目的{title}合计是 {canonical(found)} 万元，"
                        f"多出 {canonical(found - stated)} 万元。",
                        f"请对照各项目表，改正不对的{title}。",
                    ),
                )
