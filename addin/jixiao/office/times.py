"""When a workbook was last saved, by its own word, in each of the three ways that it can say so."""

from __future__ import annotations

import re
import struct
from datetime import UTC, datetime, timedelta, timezone

_CORE = re.compile(rb"<dcterms:modified[^>]*>\s*([^<]+?)\s*<")
_META = re.compile(rb"<dc:date>\s*([^<]+?)\s*</dc:date>")
_CHINA = timezone(timedelta(hours=8))
SUMMARY = "\x05SummaryInformation"
_SET = struct.Struct(
    "<HHI16sI16sI"
)  # order of bytes, version, system, class, number of sets; the first set, its place
_LAST_SAVED, _FILETIME = 0x0D, 0x40  # PIDSI_LASTSAVE_DTM and VT_FILETIME of [MS-OLEPS]
_MOST_PROPERTIES = 256
_TICKS_BEFORE_1970 = 116_444_736_000_000_000  # hundreds of nanoseconds since 1601
_EARLIEST = datetime(1985, 1, 1, tzinfo=UTC)  # the first Excel; a clock that was never set says less


def of_core(part: bytes) -> datetime | None:
    """Return the time in docProps/core.xml in UTC; one without a zone is in UTC, as ECMA-376 has it."""
    match = _CORE.search(part)
    return _moment(match[1], UTC) if match else None


def of_meta(part: bytes) -> datetime | None:
    """Return the time in an OpenDocument's meta.xml in UTC; without a zone it is what the clock on the wall said."""
    match = _META.search(part)
    return _moment(match[1], _CHINA) if match else None


def of_properties(stream: bytes) -> datetime | None:
    """Return the time in the summary properties of an .xls in UTC; `None` where anything in them is odd."""
    try:
        order, _, _, _, sets, _, start = _SET.unpack_from(stream)
        _, count = struct.unpack_from("<II", stream, start)
        if order != 0xFFFE or not sets or count > _MOST_PROPERTIES:
            return None
        places = dict(struct.unpack_from("<II", stream, start + 8 + 8 * number) for number in range(count))
        kind, ticks = struct.unpack_from("<IQ", stream, start + places[_LAST_SAVED])
        seconds = (ticks - _TICKS_BEFORE_1970) / 10_000_000
        moment = datetime.fromtimestamp(0, UTC) + timedelta(seconds=seconds)
    except (struct.error, KeyError, OverflowError):
        return None
    return moment if kind == _FILETIME and moment >= _EARLIEST else None


def _moment(text: bytes, zone: timezone) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text.decode("ascii"))
        return (moment.replace(tzinfo=zone) if moment.tzinfo is None else moment).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
