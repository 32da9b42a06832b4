"""Dates and times as a person sees them in a cell: 10:30, 30:00, 2026年度."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache

_TOKEN = re.compile(
    r'"(?P<words>[^"]*)"|\\(?P<letter>.)|(?P<none>\[[^\]]*\]|[_*].)'
    r"|(?P<part>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+)|(?P<sign>[^A-Za-z\[\"\\])"
)
_LITERAL = re.compile(r'"[^"]*"|\\.|\[(?![hHmMsS]+\])[^\]]*\]|General|Standard')
_THEN_SECONDS = re.compile(r'(?:"[^"]*"|\\.|[^A-Za-z"\\])*[sS]')
_WORDS = re.compile(r'"([^"]+)"')
_SINCE = datetime(1899, 12, 30)  # noqa: DTZ001 - a cell's date has no time zone
_DAY = timedelta(days=1)


def seen(value: date | time | timedelta, number_format: str = "") -> str:
    """Return a date or time as its number format shows it; without one that we can follow, in our own words."""
    shown = _dressed(value, number_format) if number_format else None
    if shown is not None:
        return shown
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(abs(value).total_seconds()), 60)
        sign = "-" if value < timedelta() else ""
        return f"{sign}{minutes // 60}:{minutes % 60:02}{f':{seconds:02}' if seconds else ''}"
    if isinstance(value, time):
        return f"{value.hour}:{value.minute:02}{f':{value.second:02}' if value.second else ''}"
    clock = (
        f"{value.hour}时{value.minute}分"
        if isinstance(value, datetime) and (value.hour or value.minute)
        else ""
    )
    return f"{value.year}年{value.month}月{value.day}日{clock}"


def is_seen(value: object, number_format: str) -> bool:
    """Tell whether a number format changes what is seen of a value: always of a number, seldom of a date."""
    if isinstance(value, date | time | timedelta):
        return seen(value, number_format) != seen(value)
    return isinstance(value, int | float) and not isinstance(value, bool)


@lru_cache(maxsize=1024)
def is_clock(number_format: str) -> bool:
    """Tell whether a number format shows a time and no date: `h:mm`, `[h]:mm`."""
    code = _LITERAL.sub("", number_format.partition(";")[0]).lower()
    return bool(re.search(r"h|s|\[m", code)) and not re.search(r"[yd]", code)


def clock(number: float, number_format: str) -> time | timedelta | datetime:
    """Return the time that a number means in a cell of such a format, as a file's reader gives it."""
    span = timedelta(milliseconds=round(number * _DAY.total_seconds() * 1000))
    if "[" in _LITERAL.sub("", number_format):
        return span
    moment = _SINCE + span
    return moment.time() if timedelta() <= span < _DAY else moment


def _dressed(value: date | time | timedelta, number_format: str) -> str | None:
    """Return the value in the parts and words of its format, `None` where a part cannot be told."""
    found, at, code = list[str](), 0, number_format.partition(";")[0]
    if words := _WORDS.fullmatch(code):
        return words[1]
    before = ""
    while at < len(code):
        token = _TOKEN.match(code, at)
        if token is None:
            return None
        at = token.end()
        text: str | None = token["words"] or token["letter"] or token["sign"] or ""
        if token["part"]:
            part = token["part"].lower()
            minutes = part[0] == "m" and (before == "h" or bool(_THEN_SECONDS.match(code, at)))
            text = _part(value, part, minutes=minutes)
            before = part[0]
        if text is None:
            return None
        found.append(text)
    return "".join(found).strip() if before else None


def _part(value: date | time | timedelta, part: str, *, minutes: bool) -> str | None:
    """Return what one part of a format shows, `None` where the value has none such."""
    name = {"y": "year", "m": "minute" if minutes else "month", "d": "day", "h": "hour", "s": "second"}[
        part[0]
    ]
    number = getattr(value, name, None)
    if number is None or len(part) > (4 if part[0] == "y" else 2):  # mmm is a name
        return None
    if part[0] == "y":
        return f"{number:04}" if len(part) > 2 else f"{number % 100:02}"
    return f"{number:0{len(part)}}"
