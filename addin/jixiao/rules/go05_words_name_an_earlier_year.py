"""项目名称、目标或三级指标里写着往年的年份。

检查什么
没有上年结转资金的项目，名称、总体目标、三级指标里是不是写着早于表上年度的年份，如 2026 年的表写“完成2024年……任务”；一张表只提示一次。写明续建、结转、以来、尾款、考核、同比、退役等确与往年有关的，写了起止年份的，文件年号和标准号，都不算。
为什么
复制往年的表最容易漏改年份，公开以后看不出是哪一年的项目。
怎么改
照搬来的改成本年度；确是往年开工的项目，写明续建、尾款等，或填上年结转资金。
例
2026 年度的表，目标写“完成2024年高标准农田建设任务”。
依据
复制往年的表是常见做法（已见）；本地要求待核实
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.patterns import late
from jixiao.rules import Flag, Given, Scope
from jixiao.values import decimal

SCOPE: Scope = "document"
FORMS = ("project_target",)
SEVERITY: Severity = "hint"
NEEDS = ("/year",)
PARAMETERS: dict[str, Any] = {"back": 5}
SUPERSEDES: tuple[str, ...] = ()
ON = True
_BEFORE, _AFTER = 8, 14
_YEAR = re.compile(r"(?<![\d〔\[（(])(20\d\d)年(?!版|修订|第?\d+号|第?\d+期)")
_OF_THE_PAST = late(
    r"以来|续建|结转|结余|尾款|质保金|余款|欠|后续|遗留|跨年|二期|三期|基期|基数|基准|相比|[较比]20|同比|比上|以前|之前|截至|截止|累计|已|年起|"
    r"考核|绩效|评价|决算|结算|清算|审计|验收|年报|年鉴|统计|普查|奖|规划|计划期|补发|补缴|补助|偿还|还本|付息|债券|入学|级(?:学生|新生)|退役|退出现役"
    r"|20\d\d年?(?:度)?[-~—–―至到、]+(?:20)?\d\d"
)


def check(document: Document, given: Given) -> Iterator[Flag]:
    """Flag the first text that names an earlier year as if it were the table's, once for each table."""
    year = document.values["year"]
    carried = decimal(document.values.get("carryover_funds"))
    period = _YEAR.findall(document.values.get("project_period") or "")
    if carried is None or carried or any(int(one) < year for one in period):
        return
    for pointer, text in _dated(document, given):
        found = list(_YEAR.finditer(text))
        stated = [int(one[1]) for one in found]
        earlier = stated and max(stated) < year and min(stated) >= year - given.parameters["back"]
        if earlier and not any(_OF_THE_PAST.search(_around(text, one)) for one in found):
            yield Flag(
                pointer,
                f"{wording.quoted(text)}写的是 {max(stated)} 年，这张表是 {year} 年度，上年结转资金是 0。",
                "请核对是不是照搬了往年的表；确是往年开工的项目，请写明续建、尾款等。",
            )
            return


def _around(text: str, found: re.Match[str]) -> str:
    """Return a year with the words around it: what stands far from it in a long goal says nothing of it."""
    return text[max(0, found.start() - _BEFORE) : found.end() + _AFTER]


def _dated(document: Document, given: Given) -> Iterator[tuple[str, str]]:
    """Yield (pointer, text) of the project's name, its goals and its indicators' names that may hold a year."""
    name = document.values.get("project_name")
    if name and "20" in name:
        yield "/project_name", name
    for number, goal in enumerate(document.values.get("goals") or ()):
        if goal and "20" in goal:
            yield f"/goals/{number}", goal
    for row in given.rows if "20" in given.named else ():
        if "20" in row.name:
            yield row.at("name"), row.name
