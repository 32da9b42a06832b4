"""Hidden rows and columns of an .xlsx, which calamine does not tell; both counted from 0."""

from __future__ import annotations

import re

_ROW, _COLUMN = re.compile(rb"<(?:\w+:)?row\s[^>]*>"), re.compile(rb"<(?:\w+:)?col\s[^>]*>")
_IS_HIDDEN = re.compile(rb"\shidden\s*=\s*[\"'](?:1|true)[\"']")
_NUMBER, _FIRST, _LAST = (
    re.compile(rb"\s%s\s*=\s*[\"']([1-9]\d{0,6})[\"']" % word) for word in (b"r", b"min", b"max")
)
_MOST = 16_384  # columns of a sheet


def rows(part: bytes) -> set[int]:
    """Return the hidden rows of a worksheet part that say their number, as every program's do."""
    numbers = (_NUMBER.search(tag) for tag in _ROW.findall(part) if _IS_HIDDEN.search(tag))
    return {int(one[1]) - 1 for one in numbers if one}


def columns(part: bytes) -> set[int]:
    """Return the hidden columns of a worksheet part."""
    found = set[int]()
    for tag in _COLUMN.findall(part, 0, max(part.find(b"sheetData"), 0)):
        first, last = _FIRST.search(tag), _LAST.search(tag)
        if first and last and _IS_HIDDEN.search(tag):
            found.update(range(int(first[1]) - 1, min(int(last[1]), _MOST)))
    return found
