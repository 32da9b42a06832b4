"""同一工作簿里各表的年度不一致。

检查什么
同一个工作簿里各张表的年度应当相同；不同的，按多数表的年度指出少数表。
标题下写了几个年度、看不出是哪一年的，也在这里指出。
为什么
复制上年的表最容易忘记改年度，汇总时会被算到另一个年度里去。
怎么改
把标题下的“（YYYY年度）”改为申报的预算年度。
例
八张表写“（2024年度）”，一张写“（2023年度）”：指出写 2023 的那张。
依据
表样标题下印有“（YYYY年度）”（2024 年县级公开表，已见）；一个工作簿一个年度为汇总要求，待核实
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jixiao.model import Document, Severity
from jixiao.rules import ALL_FORMS, Flag, Scope

SCOPE: Scope = "workbook"
FORMS = ALL_FORMS
SEVERITY: Severity = "error"
NEEDS = ("/year",)
PARAMETERS: dict[str, Any] = {}
SUPERSEDES = ("SC01",)  # reading tells more of a year than that it is blank
TABLE_SUPERSEDES = ("VA12",)  # dates of the year that is meant
ON = True
ADVICE = "如果不是这个版本，请改用官方空白表重新填写，或补齐该版本表上的栏目。"


def check(documents: Sequence[Document], _parameters: Mapping[str, Any]) -> Iterator[tuple[int, Flag]]:
    """Flag the tables whose year is not the one of most tables; on a tie the first table's year holds."""
    years = Counter(document.values["year"] for document in documents)
    if len(years) < 2:
        return
    usual = max(years, key=lambda year: years[year])
    for number, document in enumerate(documents):
        year = document.values["year"]
        if year != usual:
            yield (
                number,
                Flag(
                    "/year",
                    f"这张表的年度是 {year}，同一工作簿里有 {years[usual]} 张表是 {usual}。",
                    f"请核对年度；同一次申报的表都应当是同一年度，改为 {usual} 或移到另一个工作簿。",
                ),
            )
