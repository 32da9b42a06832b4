"""What 撤销 needs, in the user's own folder and never in the workbook: the last acts on each of the last workbooks."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from jixiao.office import home

_FILE = "undo.json"
_MOST_BOOKS = 20
_MOST_ACTS = 10  # of each workbook
_LARGEST = 4_000_000  # bytes


def push(book: str, entry: dict[str, Any]) -> None:
    """Remember what was done to a workbook, by its full name, after what was done before. Raises OutputError."""
    known = _all()
    _put(known, book, [*_acts(known, book), entry][-_MOST_ACTS:])


def last(book: str) -> dict[str, Any] | None:
    """Return what was done last to a workbook and not taken back, `None` where nothing is known."""
    acts = _acts(_all(), book)
    return acts[-1] if acts else None


def others(books: Collection[str]) -> list[tuple[str, dict[str, Any]]]:
    """Return what was done last to workbooks of other names than these, by name, the latest first."""
    known = _all()
    found = [(name, _acts(known, name)) for name in reversed(known) if name not in books]
    return [(name, acts[-1]) for name, acts in found if acts]


def rename(old: str, new: str) -> None:
    """Remember under a new name what was done to a workbook that was saved under it. Raises OutputError."""
    known = _all()
    acts = _acts(known, old)
    known.pop(old, None)
    _put(known, new, acts)


def drop(book: str) -> None:
    """Forget what `last` returns; then it is what was done before that. Raises OutputError."""
    known = _all()
    _put(known, book, _acts(known, book)[:-1])


def _acts(known: dict[str, Any], book: str) -> list[dict[str, Any]]:
    acts = known.get(book)
    return [one for one in acts if isinstance(one, dict)] if isinstance(acts, list) else []


def _put(known: dict[str, Any], book: str, acts: list[dict[str, Any]]) -> None:
    others = {name: found for name, found in known.items() if name != book}
    kept = dict([*others.items(), *([(book, acts)] if acts else [])][-_MOST_BOOKS:])
    data = json.dumps(kept, ensure_ascii=False).encode()
    if len(data) > _LARGEST:  # what would not be read again: better the last act than none
        data = json.dumps({book: acts[-1:]}, ensure_ascii=False).encode()
    home.put(_FILE, data)


def _all() -> dict[str, Any]:
    try:
        data = (home.folder() / _FILE).read_bytes()
        known = json.loads(data) if len(data) <= _LARGEST else {}
    except (OSError, ValueError, RecursionError):
        return {}
    return known if isinstance(known, dict) else {}
