"""各项目的来源之和超过单位总数。

检查什么
同一单位同一年度各项目的当年财政拨款、上年结转资金、其他资金，合计是不是超过单位整体表里的同一项。整体表的来源空着时不比较，由 UN03 一并说明未核对；没有收到项目表，或有项目的这一项没有填、又看不出超过时，说明未核对。
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
from jixiao.rules import ALL_FORMS, Flag, Scope, Unchecked
from jixiao.rules.agencies import known_as, owner
from jixiao.values import canonical, decimal

SCOPE: Scope = "campaign"
FORMS = ALL_FORMS
SEVERITY: Severity = "warning"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {"tolerance": "0.005"}
SUPERSEDES: tuple[str, ...] = ()
EARLY = True
ON = True
_SOURCES = ("/fiscal_funds", "/carryover_funds", "/other_funds")
_Home = tuple[str, Any]  # an agency's name as compared, and a year


def check(
    documents: Sequence[Document], parameters: Mapping[str, Any]
) -> Iterator[tuple[int, Flag | Unchecked]]:
    """Flag a source of an agency's table that is below the sum of its projects' (万元)."""
    sums: dict[_Home, dict[str, Decimal]] = {}
    blanks: dict[tuple[_Home, str], int] = {}
    agencies: list[int] = []
    for number, document in enumerate(documents):
        if document.form == "project_target":
            home = owner(document), document.values["year"]
            funds = sums.setdefault(home, dict.fromkeys(_SOURCES, Decimal(0)))
            for need in _SOURCES:
                amount = decimal(document.at(need))
                funds[need] += amount or Decimal(0)
                blanks[home, need] = blanks.get((home, need), 0) + (amount is None)
        else:
            agencies.append(number)
    for number in agencies:
        document = documents[number]
        stated = {need: amount for need in _SOURCES if (amount := decimal(document.at(need))) is not None}
        if not stated:
            continue
        home = known_as(document.values["agency"]), document.values["year"]
        if home not in sums:
            yield (
                number,
                Unchecked(f"没有收到“{document.values['agency']}”的项目表，各项资金来源没有与项目核对。"),
            )
            continue
        for need, amount in stated.items():
            title = schemas.field(document.form, need)["title"]
            found = sums[home][need]
            if found > amount + Decimal(parameters["tolerance"]):
                yield number, _exceeded(need, title, amount, found)
            elif blanks[home, need]:
                told = f"有 {blanks[home, need]} 个项目没有填{title}，各项目的合计没有与{title}核对。"
                yield number, Unchecked(told)


def _exceeded(need: str, title: str, stated: Decimal, found: Decimal) -> Flag:
    return Flag(
        need,
        f"{title}是 {canonical(stated)} 万元，各项目的{title}合计是 {canonical(found)} 万元，"
        f"多出 {canonical(found - stated)} 万元。",
        f"请对照各项目表，改正不对的{title}。",
    )
