"""成本指标的金额超过项目资金。

检查什么
成本指标里写明的金额不能超过年度资金总额；用“>”的，金额等于总额也算超过；范围按上限算，“每年700万元”“700万元/年”按总数算。元/人次这类单位成本，一件就超过总额的才算（按公里、座、处计的只提示），社会成本、生态环境成本里由别人负担的（损失、补偿、自筹等）不算；总投资这类跨年度的数只提示。
为什么
成本指标是花钱的上限，比预算还高就失去控制作用，多半是从别的项目复制来的。
怎么改
把指标值改为不超过年度资金总额的数，并用“≤”，如“≤72万元”。
例
年度资金总额 72 万元的项目，成本指标写“75万元”“>135万元”；总额 480 万元，“帐篷采购单价”写“≤1500万元/顶”。
依据
2024 年县级公开表有成本指标 75 万元大于资金 72 万元的实例（已见）；制度条款待核实
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import Flag, Given, Scope, Unchecked
from jixiao.rules.costs import of_a_year, ten_thousandfold
from jixiao.rules.rows import Row
from jixiao.rules.sums import sources_above, ten_thousand_apart
from jixiao.values import amount, canonical

SCOPE: Scope = "document"
FORMS = ("project_target",)
SEVERITY: Severity = "error"
NEEDS = ("/total_funds",)
PARAMETERS: dict[str, Any] = {}
SUPERSEDES: tuple[str, ...] = ()
ON = True
_SOURCES = ("/fiscal_funds", "/carryover_funds", "/other_funds")
_BORNE_BY_OTHERS = re.compile(
    r"损失|补偿|赔偿|自筹|投工|投劳|折资|负担|社会(?!保险)|群众|农户|商户|村民|居民|企业"
)
_WORKS = re.compile(r"/.*(?:公里|千米|km|座|处|个|项|栋|幢|所|套|村|亩|公顷)")
_OF_SEVERAL_YEARS = re.compile(r"总投资|总概算|概算总|以前年度|全周期|项目期|建设期|累计")


def check(document: Document, given: Given) -> Iterator[Flag | Unchecked]:
    """Flag cost rows whose amount is above the yearly funds (万元), or allowed to be by `>`; never where FI03 doubts the funds."""
    if given.costs and document.money is None:
        yield Unchecked("表上没有写明金额单位，成本指标与年度资金总额没有比较。")
        return
    total = Decimal(document.values["total_funds"])
    if total <= 0 or ten_thousandfold(given.costs, total):
        return
    found = list(_above(document, given, total))
    if not found or ten_thousand_apart(document, "/total_funds", _SOURCES):
        return
    sources = sources_above(document, "/total_funds", _SOURCES)
    if sources is not None and not any(_above(document, given, sources)):
        yield Unchecked("年度资金总额比三项来源之和还少，改好后再与成本指标比较。")
        return
    yield from found


def _above(document: Document, given: Given, total: Decimal) -> Iterator[Flag]:
    """Flag what is above the total (万元)."""
    yearly = [(row, of_a_year(row)) for row in given.rows if row.is_cost and document.money]
    for row, most in yearly:
        if most is None:
            yield from _each_above(row, total)
    for row, stated in (*given.costs, *((row, most) for row, most in yearly if most is not None)):
        above = row.parsed.operator == ">"
        if (stated > total or (above and stated >= total)) and not _is_borne_by_others(row):
            how = "超过" if stated > total else "允许超过"
            whole = _OF_SEVERAL_YEARS.search(row.name)
            yield Flag(
                row.at("target"),
                f"{row.place}的指标值{wording.quoted(row.target)}{how}年度资金总额 {canonical(total)} 万元。",
                "如果是整个项目期的总数可以保留；本年度的成本请另写，不超过年度资金总额。"
                if whole
                else f"请核对是不是从别的项目复制来的；成本应当有上限，如“≤{canonical(total)}万元”。",
                severity="hint" if whole else None,
            )


def _each_above(row: Row, total: Decimal) -> Iterator[Flag]:
    """Flag a unit price above the yearly funds (万元): 元 was typed as 万元; of works that take years it is a hint."""
    money, per, each = (row.parsed.measure or "").partition("/")
    if not per or row.parsed.value is None or _is_borne_by_others(row):
        return
    price = amount(f"{row.parsed.value}{money}")
    if price is None or price <= total:
        return
    works = _WORKS.search(per + each)
    yield Flag(
        row.at("target"),
        f"{row.place}的单价{wording.quoted(row.target)}比年度资金总额 {canonical(total)} 万元还多。",
        "如果是跨年度工程的单价可以保留；否则请核对是不是把元写成了万元。"
        if works
        else f"请核对是不是把元写成了万元，如“{row.target.replace('万元', '元')}”。",
        severity="hint" if works else None,
    )


def _is_borne_by_others(row: Row) -> bool:
    """Tell whether a row is a cost to society or nature that the project does not pay."""
    return row.level2 in {"社会成本指标", "生态环境成本指标"} and bool(_BORNE_BY_OTHERS.search(row.name))
