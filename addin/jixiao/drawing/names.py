"""Sheet names that every spreadsheet program accepts."""

from __future__ import annotations

import re
from collections.abc import Collection

from jixiao.model import LIST_SHEET, STAMP_SHEET

_LONGEST = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_RESERVED = frozenset({"history", LIST_SHEET, STAMP_SHEET})


def sheet_name(text: str, taken: Collection[str]) -> str:
    """Return a sheet name made from a text: allowed, at most 31 UTF-16 units, unlike any in `taken` in any case."""
    used = _RESERVED | {name.casefold() for name in taken}
    base = _trimmed(" ".join(_FORBIDDEN.sub(" ", text).split()), _LONGEST) or "表"
    name, n = base, 1
    while name.casefold() in used:
        n += 1
        tail = f"({n})"
        name = _trimmed(base, _LONGEST - len(tail)) + tail
    return name


def _trimmed(text: str, units: int) -> str:
    kept = text.encode("utf-16-le")[: units * 2].decode("utf-16-le", "ignore")
    return kept.strip("' ")
