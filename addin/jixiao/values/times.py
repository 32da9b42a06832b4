"""Deadlines (2025年10月31日前) and periods (2024年1-12月, 全年) in a text."""

from __future__ import annotations

import re
from calendar import isleap
from dataclasses import dataclass
from functools import lru_cache

from jixiao.patterns import late
from jixiao.values.texts import folded

_QUARTERS = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12}
_PLACE = (
    r"(?:(?:19|20)\d\d年度?年?(?:(?:1[0-2]|0?[1-9])月(?:份|(?:3[01]|[12]\d|0?[1-9])[日号]?)?|第?[一二三四1-4]季度|上半年|下半年|底|末|终)?"
    r"|(?:19|20)\d\d[./-](?:1[0-2]|0?[1-9])[./-](?:3[01]|[12]\d|0?[1-9])日?"
    r"|(?:1[0-2]|0?[1-9])月(?:份|(?:3[01]|[12]\d|0?[1-9])[日号]?)?|第?[一二三四]季度"
    r"|(?:当年|本年度?|本)?年(?:底|末|终)|上半年|下半年)"
)
_BOUND = r"(?:底以前|底之前|底前|末前|以前|之前|前|底|末|内|为止|止)"
_LEAD = r"(?:至|不晚于|不迟于|不得晚于|最迟|截至|截止到?|应于|须于|于|在|力争|确保在?|计划|预计)?"
_DEADLINE = re.compile(rf"({_LEAD})({_PLACE})({_BOUND})?((?!起)[^\d≥≤=<>%]{{0,12}})")
_EACH = re.compile(r"(?:每月|次月|每季度末)(3[01]|[12]\d|0?[1-9])[日号](?:之前|以前|前|内)[^\d]{0,12}")
_MONTHS = (
    r"(?:((?:19|20)\d\d)年(?:度)?)?(1[0-2]|0?[1-9])月?(?:份)?[-~—–―至到]+((?:1[0-2]|0?[1-9]))月(?:份|底)?"
)
_PERIOD = late(
    rf"(?:自|从)?(?:{_MONTHS}|({_PLACE})起?[-~—–―至到]+({_PLACE})|((?:19|20)\d\d)年?[-~—–―至到]+((?:19|20)\d\d)(?:年度?|(学年)))"
    r"(?:止|期间|内|底)?"
)
_MAY_LAST = re.compile(r"[-~—–―至到]")
_WHOLE = re.compile(
    r"(?:((?:19|20)\d\d)年度?|本年度?|当年|全年|一年|全年度|年度内|年内|常年|长期|(?:本|当)?年度)(?:全年|内|期间)?(?:不间断|持续|有效|实施)?"
)
_DATED = re.compile(
    r"(?:(?<!\d)((?:19|20)\d\d)年)?(?<![\d.])(\d{1,2})月(?:份?(\d{1,2})[日号])?(?=(底|末|前|份|上旬|中旬|下旬)?)"
    r"|(?<![\d.])((?:19|20)\d\d)([./-])(\d{1,2})\6(\d{1,2})(?![\d.])"
)
_FIGURES = re.compile(r"\d+")
_MAY_BE_DATED = re.compile(r"月|[./-]")
_DATES = late(rf"(?=(?:19|20)\d\d[年./-]){_PLACE}")
# 较2020年下降6%, 达到2019年同期水平: the year that something is compared with is no date of its own
_DATED_ITSELF = late(
    rf"(?<![较比与同按照])(?<![优好高低]于)(?=(?:19|20)\d\d)(?>{_PLACE})(?!度?(?:相比|同期|同比|水平|基础|[版的]|标准|定额|目录|口径|价格|为基|基数))"
)
_YEAR_AND_MORE = re.compile(r"(?:19|20)\d\d年.")
_CHINESE_YEAR = re.compile(r"二[〇零○][〇零○一二三四五六七八九]{2}(?=年)")
_FIGURE_OF = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_HAS_YEAR = re.compile(r"(?:19|20)\d\d[年./-]")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_HINTS = re.compile(r"[年月季常长]|\d[./-]\d")


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, month or year; `None` for what is not stated."""

    year: int | None = None
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A deadline (`first` is `None`) or a period; both ends are included."""

    first: Moment | None
    last: Moment


def span(text: str) -> Span | None:
    """Return the deadline or the period that a folded text states as a whole, `None` where it states none."""
    if not _HINTS.search(text):
        return None
    each = _EACH.fullmatch(text)
    if each:
        return Span(None, Moment(day=int(each[1])))
    whole = _WHOLE.fullmatch(text)
    if whole:
        year = int(whole[1]) if whole[1] else None
        return Span(Moment(year, 1), Moment(year, 12))
    period = _PERIOD.fullmatch(text) if _MAY_LAST.search(text) else None
    if period:
        return _between(period)
    found = _DEADLINE.fullmatch(text)
    if not found or not (found[3] or found[1][:1] in {"不", "最", "截", "至"} or _is_day_or_month(found[2])):
        return None
    return Span(None, _moment(found[2], end=True))


def moments(text: str) -> list[Moment]:
    """Return every date with a year that stands somewhere in a folded text, but for those something is compared with."""
    return [_moment(one, end=True) for one in _DATED_ITSELF.findall(text)]


@lru_cache(maxsize=1024)
def impossible_date(text: str) -> str:
    """Return the date in a text that no calendar has, such as `2月30日` or `13月`, `""` where there is none."""
    if not _MAY_BE_DATED.search(text):
        return ""
    for year, month, day, bound, dotted, _, its_month, its_day in _DATED.findall(folded(text)):
        wrong = _wrong(int(year or dotted or 0), int(month or its_month), int(day or its_day or 0))
        if wrong and (day or its_day or bound or year):  # 18月 alone is how long it lasts
            return wrong
    return ""


def _wrong(year: int, month: int, day: int) -> str:
    if not 1 <= month <= 12:
        return f"{month}月"
    longest = _DAYS[month - 1] - (month == 2 and year > 0 and not isleap(year))
    return f"{month}月{day}日这一天" if day > longest else ""


def without_dates(text: str) -> str:
    """Return a folded text without the dates that state a year: their figures count nothing."""
    return _DATES.sub("", text) if _HAS_YEAR.search(text) else text


def in_figures(text: str) -> str:
    """Return a folded text with a year in Chinese figures as 二〇二六年 written 2026年."""
    return _CHINESE_YEAR.sub(lambda year: year[0].translate(_FIGURE_OF), text)


def begins_with_year(text: str) -> bool:
    """Tell whether a folded text begins with a year that something follows: 2026年春节前."""
    return bool(_YEAR_AND_MORE.match(text))


def written(one: Span) -> str:
    """Return a span as it is best written: `2025年10月31日前`, `2024年1月至2024年12月`."""
    if one.last.month is None:
        return f"每月{one.last.day}日前"
    last = _shown(one.last)
    return (
        f"{last}{'前' if one.last.day else '底前'}" if one.first is None else f"{_shown(one.first)}至{last}"
    )


def _between(found: re.Match[str]) -> Span:
    year, start, end, left, right, first, last, school = found.groups()
    if start:
        return Span(
            Moment(int(year) if year else None, int(start)), Moment(int(year) if year else None, int(end))
        )
    if first:
        return Span(Moment(int(first), 9 if school else 1), Moment(int(last), 8 if school else 12))
    begin, close = _moment(left, end=False), _moment(right, end=True)
    return Span(begin, close if close.year else Moment(begin.year, close.month, close.day))


def _is_day_or_month(place: str) -> bool:
    return bool(re.search(r"[月日号底末终季半]|[./-]", place))


def _moment(place: str, *, end: bool) -> Moment:
    quarter = re.search(r"第?([一二三四1-4])季度", place)
    figures = [int(one) for one in _FIGURES.findall(place.removesuffix(quarter[0]) if quarter else place)]
    year = figures.pop(0) if figures and figures[0] > 1900 else None
    if quarter:
        month = _QUARTERS[quarter[1]]
        return Moment(year, month if end else month - 2)
    if "半年" in place:
        return Moment(year, (6 if "上" in place else 12) if end else (1 if "上" in place else 7))
    if not figures:
        return Moment(year, 12 if end else 1)
    return Moment(year, figures[0], figures[1] if len(figures) > 1 else None)


def _shown(one: Moment) -> str:
    year = f"{one.year}年" if one.year else ""
    return f"{year}{one.month}月{f'{one.day}日' if one.day else ''}"
