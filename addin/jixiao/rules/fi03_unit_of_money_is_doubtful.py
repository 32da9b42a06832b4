"""金额单位没有写，或像是把元和万元弄混了。

检查什么
表上有没有印明金额单位；两处印的单位是不是一致（按金额看不出用的是哪一个的，是错误）；总额与来源之和是不是正好差一万倍（错误），成本指标与总额是不是差一万倍左右；县级单位一个项目的总额是不是上百亿元，或以元填报的总额是不是不到一千元。
为什么
元和万元混用，汇总会差一万倍。
怎么改
在表头写明单位（一般是万元），把以元填写的数除以 10000。
例
年度资金总额 1000000，三项来源合计 100：正好一万倍。
依据
表样印有“项目资金（万元）”（2024 年县级公开表，已见）；也有地方以元填报（已见）
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from jixiao import schemas, wording
from jixiao.model import Document, Severity
from jixiao.rules import ALL_FORMS, Flag, Given, Scope
from jixiao.rules.amounts import money_fields
from jixiao.rules.costs import ten_thousandfold
from jixiao.rules.sums import ten_thousand_apart
from jixiao.values import canonical, decimal

SCOPE: Scope = "document"
FORMS = ALL_FORMS
SEVERITY: Severity = "warning"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {"most": 1_000_000}
SUPERSEDES = ("CO01",)
ON = True
_COUNTY = re.compile(r"[县旗乡镇]|(?<!自治)区|街道")
_LEAST = Decimal("0.1")  # no project costs less than 1000 元
_LARGE = Decimal(100_000)  # 万元: a sum that is more likely 元 than a cost limit is wrong
_TOTALS = {
    "project_target": ("total_funds", ("fiscal_funds", "carryover_funds", "other_funds")),
    "agency_overall": ("income_total", ("fiscal_funds", "carryover_funds", "other_funds")),
}


def check(document: Document, given: Given) -> Iterator[Flag]:
    """Flag a table that prints no unit of money, and figures that are 10 000 times what they belong to."""
    field, parts = _TOTALS[document.form]
    pointer = f"/{field}"
    fields = [f"/{name}" for name, _ in money_fields(document.form) if f"/{name}" in document.cells]
    if document.money is None and fields and not _each_has_its_own(document, fields):
        yield Flag(
            pointer,
            "表上没有写明金额单位，本次按万元核对。",
            "请在表头写明“（万元）”；如果填的是元，请除以 10000 后再填。",
        )
    total = decimal(document.values[field])
    if not total or total < 0:
        return
    if ten_thousand_apart(document, pointer, [f"/{part}" for part in parts]):
        title = schemas.field(document.form, pointer)["title"]
        known = sum((decimal(document.values[part]) or Decimal(0) for part in parts), Decimal(0))
        yield Flag(
            pointer,
            f"{title}是 {canonical(total)} 万元，来源合计是 {canonical(known)} 万元，正好差一万倍。",
            "请核对是不是有的按元、有的按万元填写，统一改为表头的单位。",
            severity="error",
        )
        return
    if document.form == "project_target":
        yield from _beside_costs(document, given, total)


def _each_has_its_own(document: Document, fields: Sequence[str]) -> bool:
    """Tell whether every amount was typed with its unit behind it, as FI02 says: nothing is doubtful."""
    raws = [document.raw.get(one, document.values[one[1:]]) for one in fields]
    typed = [raw for raw in raws if raw is not None]
    return bool(typed) and all(isinstance(raw, str) and ("元" in raw or "万" in raw) for raw in typed)


def _beside_costs(document: Document, given: Given, total: Decimal) -> Iterator[Flag]:
    """Flag a project's total (万元) that its costs, or its size alone, make doubtful."""
    found = ten_thousandfold(given.costs, total)
    in_yuan = document.money == "元"
    if found and not (total >= _LARGE or (in_yuan and found[1] > total)):
        row, _ = found
        yield Flag(
            row.at("target"),
            f"{row.place}的指标值{wording.quoted(row.target)}与年度资金总额 {_stated(document, total)}差一万倍左右。",
            "请核对指标值的单位是元还是万元。",
        )
    elif (
        found
        or (in_yuan and total < _LEAST)
        or (total >= given.parameters["most"] and _is_of_county(document))
    ):
        beside = (
            f"，{found[0].place}是{wording.quoted(found[0].target)}，差一万倍左右"
            if found
            else "，像是把元和万元弄混了"
        )
        yield Flag(
            "/total_funds",
            f"年度资金总额是 {_stated(document, total)}{beside}。",
            f"请核对是不是按表头的单位（{document.money or '万元'}）填写。",
        )


def _is_of_county(document: Document) -> bool:
    return bool(_COUNTY.search(document.values["department"] or ""))


def _stated(document: Document, total: Decimal) -> str:
    """Return the total in the table's own unit of money."""
    return f"{canonical(total * 10000)} 元" if document.money == "元" else f"{canonical(total)} 万元"
