"""Dates and times as a person sees them in a cell: 10:30, 30:00, 2026年度."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from jixiao.values.formats import Token, sections

_ELAPSED = re.compile(r"[hHmMsS]+")  # in square brackets: hours, minutes or seconds beyond a day
_NO_SIGN = re.compile(r"[A-Za-z\[\"\\]")  # of which no sign is made that a cell would show
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
    section = sections(number_format)[0]
    parts = {token["part"][0].lower() for token in section if token["part"]}
    return (not parts.isdisjoint("hs") or _is_elapsed(section)) and parts.isdisjoint("yd")


def clock(number: float, number_format: str) -> time | timedelta | datetime:
    """Return the time that a number means in a cell of such a format, as a file's reader gives it."""
    span = timedelta(milliseconds=round(number * _DAY.total_seconds() * 1000))
    if any(map(_is_elapsed, sections(number_format))):
        return span
    moment = _SINCE + span
    return moment.time() if timedelta() <= span < _DAY else moment


def _is_elapsed(section: Sequence[Token]) -> bool:
    """Tell whether a section shows a span of time: `[h]`."""
    return any(_ELAPSED.fullmatch(token["told"] or "") for token in section)


def _dressed(value: date | time | timedelta, number_format: str) -> str | None:
    """Return the value in the parts and words of its format, `None` where a part cannot be told."""
    section = sections(number_format)[0]
    if len(section) == 1 and section[0]["words"]:
        return str(section[0]["words"])
    found, before = list[str](), ""
    for at, token in enumerate(section):
        text: str | None = _said(token)
        if token["part"]:
            part = token["part"].lower()
            minutes = part[0] == "m" and (before == "h" or _is_before_seconds(section[at + 1 :]))
            text = _part(value, part, minutes=minutes)
            before = part[0]
        if text is None:
            return None
        found.append(text)
    return "".join(found).strip() if before else None


def _said(token: Token) -> str | None:
    """Return what a token that is no part of a date shows, `None` for a letter or a quote that we cannot follow."""
    if token["point"]:
        return "."
    text = token["words"] or token["letter"] or token["place"] or token["sign"] or ""
    return None if token["sign"] and _NO_SIGN.match(text) else text


def _is_before_seconds(section: Sequence[Token]) -> bool:
    """Tell whether the next part of a format is seconds, which makes minutes of an m before it."""
    telling = (token["part"] or token["sign"] for token in section)
    following = next((text for text in telling if text and _NO_SIGN.match(text)), "")
    return following[:1] in {"s", "S"}


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
