"""期限不在本年度，或日期不存在。

检查什么
指标值里写明的年份是不是表上的年度（或项目期以内）：早于本年度是错误，晚于本年度只警告；质保、执行期、决算、供暖这类本来就跨年的不算。日期是不是存在（2月30日、13月）。
为什么
早于本年度多半是照搬往年的表没有改年份；期限在年度以外，本年度无法考核。
怎么改
改成本年度的日期；跨年项目请在项目期里写明。
例
2024 年度的表，时效指标写“2023年12月31日前”；“2025年2月30日前”。
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
from jixiao.values import Span, impossible_date

SCOPE: Scope = "document"
FORMS = ("project_target",)
SEVERITY: Severity = "error"
NEEDS = ("/year",)
PARAMETERS: dict[str, Any] = {}
SUPERSEDES = ("VA01", "VA02", "VA04", "VA11")
ON = True
_YEAR = re.compile(r"(?<!\d)20\d\d")
_OVER_THE_YEAR = re.compile(
    r"质保|保修|质量保证|执行期|有效期|决算|供暖|采暖|供热|自评|绩效评价|学年|合同|服务期|租期|运维期|存续"
)


def check(document: Document, given: Given) -> Iterator[Flag]:
    """Flag a deadline or period whose last year is not the table's, nor inside the project's period, and no such day."""
    year = document.values["year"]
    period = [int(one) for one in _YEAR.findall(document.values.get("project_period") or "")]
    first, last = min([year, *period]), max([year, *period])
    for row in given.rows:
        nowhere = impossible_date(row.target)
        if nowhere:
            yield Flag(
                row.at("target"),
                f"{row.place}的指标值{wording.quoted(row.target)}里的日期写错了，没有{nowhere}。",
                "请改为实际的日期。",
            )
            continue
        span = row.parsed.span
        stated = span.last.year if span else None
        if span is None or stated is None or first <= stated <= last:
            continue
        if stated < first:
            yield Flag(
                row.at("target"),
                f"{row.place}的期限{wording.quoted(row.target)}是 {stated} 年，这张表是 {year} 年度。",
                f"请核对是不是照搬了往年的表，改为 {year} 年的日期。",
            )
        elif not (_holds(span, last) or _OVER_THE_YEAR.search(row.name + row.target)):
            yield Flag(
                row.at("target"),
                f"{row.place}的期限{wording.quoted(row.target)}在 {year} 年度以后，本年度考核不了。",
                f"请改为 {year} 年的日期，写本年度要做到哪一步；确实跨年的项目请写明项目期。",
                severity="warning",
            )


def _holds(span: Span, year: int) -> bool:
    """Tell whether a period begins in the table's years or before."""
    return span.first is not None and (span.first.year or year) <= year
