"""期限不在本年度，或日期不存在。

检查什么
指标值里写明的年份是不是表上的年度（或项目期以内）：早于本年度是错误，晚于本年度只警告；质保、执行期、决算、供暖这类本来就跨年的不算。日期是不是存在（2月30日、13月），有没有写明年月日（12.31、20261231）；所有日期都与表上的年度差得很远时，只指出年度。
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
from jixiao.rules.rows import Row
from jixiao.values import Span, impossible_date

SCOPE: Scope = "document"
FORMS = ("project_target",)
SEVERITY: Severity = "error"
NEEDS = ("/year",)
PARAMETERS: dict[str, Any] = {}
SUPERSEDES = ("VA01", "VA02", "VA04", "VA11")
ON = True
_YEAR = re.compile(r"(?<!\d)20\d\d")
_DOTTED = re.compile(
    r"(?:(?P<y>20\d\d)[.]?)?(?P<m>1[0-2]|0?[1-9])(?:[.]?(?P<d>3[01]|[12]\d|0?[1-9]))?(?:底|之?前|底前)?"
)
_IS_DOTTED = re.compile(
    r"^(?:20\d\d(?:0[1-9]|1[0-2])(?:\d\d)?(?!\d)|20\d\d[.]\d|\d{1,2}[.]\d{1,2}(?!\d))", re.MULTILINE
)
_DAY_OF = re.compile(
    r"(?:完工|完成|竣工|开工|启动|上线|交付|投用|报送|截止|发放|拨付|到位|采购|验收|招标|结题|编制|印发).{0,4}(?:时间|日期|期限|时点|节点)$|日期$"
)
_FAR = 5  # years: nobody copies a table that old, the year of the table itself is wrong
_OVER_THE_YEAR = re.compile(
    r"质保|保修|质量保证|执行期|有效期|决算|供暖|采暖|供热|自评|绩效评价|学年|合同|服务期|租期|运维期|存续"
)


def check(document: Document, given: Given) -> Iterator[Flag]:
    """Flag a deadline or period whose last year is not the table's, nor inside the project's period, and no such day."""
    year = document.values["year"]
    period = [int(one) for one in _YEAR.findall(document.values.get("project_period") or "")]
    first, last = min([year, *period]), max([year, *period])
    years = {one.span.last.year for one in (row.parsed for row in given.rows) if one.span}
    alone = next(iter(years)) if len(years) == 1 else None
    if alone and abs(alone - year) > _FAR and not period:
        yield Flag(
            "/year",
            f"表上写的是 {year} 年度，指标里的日期却都是 {alone} 年。",
            f"请核对年度，是 {alone} 年度的改过来；年度没有错的，改正指标里的日期。",
        )
        return
    some_dotted = _IS_DOTTED.search(given.stated)
    for row in given.rows:
        dotted = _dotted(row, year) if some_dotted and _IS_DOTTED.match(row.target) else None
        if dotted:
            yield dotted
            continue
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
            yield _too_late(document, row, last)


def _too_late(document: Document, row: Row, last: int) -> Flag:
    """Return the flag of a deadline after the table's year; after the end that the project itself states it is an error."""
    year, period = document.values["year"], document.values.get("project_period")
    if last > year:
        return Flag(
            row.at("target"),
            f"{row.place}的期限{wording.quoted(row.target)}在项目期{wording.quoted(period)}以后。",
            f"请改为 {last} 年年底以前的日期；项目期写错了的，改正项目期。",
        )
    return Flag(
        row.at("target"),
        f"{row.place}的期限{wording.quoted(row.target)}在 {year} 年度以后，本年度考核不了。",
        f"请改为 {year} 年的日期，写本年度要做到哪一步；确实跨年的项目请写明项目期。",
        severity="warning",
    )


def _dotted(row: Row, year: int) -> Flag | None:
    """Return what to say of a day without 年, 月 and 日 (12.31, 20261231), which would be taken for an amount."""
    found = _DOTTED.fullmatch(row.target)
    if row.parsed.span or not found or not _DAY_OF.search(row.name):
        return None
    own = int(found["y"]) if found["y"] else year
    day = f"{int(found['d'])}日前" if found["d"] else "底前"
    right = f"{max(own, year)}年{int(found['m'])}月{day}"
    old = f"，而且是 {own} 年，这张表是 {year} 年度" if own < year else ""
    return Flag(
        row.at("target"),
        f"{row.place}的指标值{wording.quoted(row.target)}是日期，却没有写年、月、日，会被当成数量{old}。",
        f"请写成“{right}”这样的日期。",
        severity=None if old else "warning",
    )


def _holds(span: Span, year: int) -> bool:
    """Tell whether a period begins in the table's years or before."""
    return span.first is not None and (span.first.year or year) <= year
