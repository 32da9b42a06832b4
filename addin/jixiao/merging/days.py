"""Days as lists and commands have them: 2026-09-30, 2026年9月30日, 20260930, 9月30日, or the bare number behind a date."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

_DAY = re.compile(r"(?<!\d)(20\d\d)\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(20\d\d)(\d\d)(\d\d)(?:\.0+)?")
_OF_A_YEAR = re.compile(r"(?<!\d)(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?(?!\d)")
_SERIAL = re.compile(
    r"([45]\d{4})(?:\.\d+)?"
)  # of the years 2009 to 2064, as a cell without a date's format holds it
_BEGINNING = date(1899, 12, 30)  # of a spreadsheet's days


def day(text: str, year: int | None = None) -> date | None:
    """Read a day; `None` where it is none, or has no year and none is given."""
    if serial := _SERIAL.fullmatch(text):
        return _BEGINNING + timedelta(days=int(serial[1]))
    if match := _DAY.search(text) or _COMPACT.fullmatch(text):
        parts = [int(part) for part in match.groups()]
    elif year and (match := _OF_A_YEAR.search(text)):
        parts = [year, int(match[1]), int(match[2])]
    else:
        return None
    try:
        return date(*parts)
    except ValueError:
        return None


def of_list(texts: Sequence[str], due: date | None) -> Mapping[str, date]:
    """Return the day of each text of a list that has one; without a year it is of `due`'s, the list's, else this year."""
    known = Counter(found.year for text in texts if (found := day(text)))
    usual = max(known, key=lambda year: (known[year], year), default=datetime.now().astimezone().year)
    year = due.year if due else usual
    return {text: found for text in texts if (found := day(text, year))}
