"""期限不在本年度。

检查什么
指标值里写明的年份是不是表上的年度（或项目期以内）；下一年一季度的期限只警告。
为什么
多半是照搬往年的表没有改年份；期限在年度以外，本年度无法考核。
怎么改
改成本年度的日期；跨年项目请在项目期里写明。
例
2024 年度的表，时效指标写“2023年12月31日前”。
依据
运行中的申报系统核对期限与年度（已见）
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import Flag, Given, Scope

SCOPE: Scope = "document"
FORMS = ("project_target",)
SEVERITY: Severity = "error"
NEEDS = ("/year",)
PARAMETERS: dict[str, Any] = {}
SUPERSEDES = ("VA11",)
ON = True
_YEAR = re.compile(r"(?<!\d)20\d\d")


def check(document: Document, given: Given) -> Iterator[Flag]:
    """Flag a deadline or period whose last year is not the table's, nor inside the project's period."""
    year = document.values["year"]
    period = [int(one) for one in _YEAR.findall(document.values.get("project_period") or "")]
    first, last = min([year, *period]), max([year, *period])
    for row in given.rows:
        span = row.parsed.span
        stated = span.last.year if span else None
        if stated is None or first <= stated <= last:
            continue
        soon = stated == last + 1 and (span.last.month or 12) <= 3 if span else False
        yield Flag(
            row.at("target"),
            f"{row.place}的期限{wording.quoted(row.target)}是 {stated} 年，这张表是 {year} 年度。",
            f"请核对是不是照搬了往年的表，改为 {year} 年的日期；跨年项目请写明项目期。",
            severity="warning" if soon else None,
        )
