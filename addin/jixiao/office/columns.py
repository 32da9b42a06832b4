"""Hidden columns of an .xlsx, which calamine does not tell."""

from __future__ import annotations

import re

_TAG = re.compile(rb"<(?:\w+:)?col\s[^>]*>")
_IS_HIDDEN = re.compile(rb"\shidden\s*=\s*[\"'](?:1|true)[\"']")
_FIRST, _LAST = (re.compile(rb"\s%s\s*=\s*[\"']([1-9]\d{0,4})[\"']" % word) for word in (b"min", b"max"))
_MOST = 16_384  # columns of a sheet


def hidden(part: bytes) -> set[int]:
    """Return the hidden columns of a worksheet part, counted from 0."""
    end = part.find(b"sheetData")
    found = set[int]()
    for tag in _TAG.findall(part, 0, max(end, 0)):
        first, last = _FIRST.search(tag), _LAST.search(tag)
        if first and last and _IS_HIDDEN.search(tag):
            found.update(range(int(first[1]) - 1, min(int(last[1]), _MOST)))
    return found
