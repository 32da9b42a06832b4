"""What 撤销 needs, in the user's own folder and never in the workbook: one entry for each of the last workbooks."""

from __future__ import annotations

import json
from typing import Any

from jixiao.office import home

_FILE = "undo.json"
_MOST_BOOKS = 20
_LARGEST = 4_000_000  # bytes


def put(book: str, entry: dict[str, Any] | None) -> None:
    """Remember what was done to a workbook, by its full name; `None` forgets it. Raises OutputError."""
    known = _all()
    known.pop(book, None)
    if entry is not None:
        known[book] = entry
    kept = dict(list(known.items())[-_MOST_BOOKS:])
    home.put(_FILE, json.dumps(kept, ensure_ascii=False).encode())


def get(book: str) -> dict[str, Any] | None:
    """Return what was done last to a workbook, `None` where nothing is known."""
    entry = _all().get(book)
    return entry if isinstance(entry, dict) else None


def _all() -> dict[str, Any]:
    try:
        data = (home.folder() / _FILE).read_bytes()
        known = json.loads(data) if len(data) <= _LARGEST else {}
    except (OSError, ValueError, RecursionError):
        return {}
    return known if isinstance(known, dict) else {}
