"""The tables that count, as rules that compare them see them: on disk, read anew each time they are asked for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from jixiao.merging import records
from jixiao.merging.accounts import Accounts
from jixiao.model import Document

_HELD = 1000  # the first tables stay in memory: a small merge never reads them again


class Seen(Sequence[Document]):
    """Documents in the books, by their order; their numbers there are kept beside them.

    A campaign of 100,000 tables would not fit into memory, and every rule goes through it once or twice.
    """

    def __init__(self, books: Accounts) -> None:
        """Begin with none."""
        self._base = books.base
        self._held: list[Document] = []
        self._layouts: dict[bytes, int] = {}
        self._count = 0
        self._cells = lru_cache(maxsize=256)(self._layout)

    def add(self, document: Document, number: int) -> None:
        """Add a document, without what only reading and single rules look at, and its number in the books."""
        slim = replace(
            document,
            cells={},
            raw=document.raw
            if document.reasons
            else {},  # a recorded reason holds for the text as it was typed
            headings={},
            notes=(),
            blind=(),
        )
        layout = self._known(json.dumps(document.cells))
        if self._count < _HELD:
            self._held.append(replace(slim, cells=self._cells(layout)))
        self._count += 1
        row = (self._count, number, layout, records.to_json(Document, slim))
        self._base.execute("INSERT INTO seen VALUES (?, ?, ?, ?)", row)

    def number(self, at: int) -> int:
        """Return a document's number in the books."""
        (number,) = self._base.execute("SELECT doc FROM seen WHERE n = ?", (at + 1,)).fetchone()
        return int(number)

    def __getitem__(self, at: int) -> Document:  # type: ignore[override] # no rule takes a slice
        """Return one document."""
        if at < len(self._held):
            return self._held[at]
        return self._made(
            self._base.execute("SELECT layout, text FROM seen WHERE n = ?", (at + 1,)).fetchone()
        )

    def __iter__(self) -> Iterator[Document]:
        """Yield all of them in their order."""
        yield from self._held
        rest = self._base.execute("SELECT layout, text FROM seen WHERE n > ? ORDER BY n", (len(self._held),))
        yield from map(self._made, rest)

    def __len__(self) -> int:
        """Return how many there are."""
        return self._count

    def _made(self, row: Any) -> Document:  # noqa: ANN401 - a row of SQLite
        layout, text = row
        return replace(records.of_json(Document, text), cells=self._cells(layout))

    def _known(self, cells: str) -> int:
        """Return the number of a layout: tables of one share their cells."""
        digest = hashlib.sha256(cells.encode()).digest()
        if digest not in self._layouts:
            self._layouts[digest] = len(self._layouts) + 1
            self._base.execute("INSERT INTO layout VALUES (?, ?)", (self._layouts[digest], cells))
        return self._layouts[digest]

    def _layout(self, number: int) -> dict[str, str]:
        (text,) = self._base.execute("SELECT cells FROM layout WHERE n = ?", (number,)).fetchone()
        cells: dict[str, str] = json.loads(text)
        return cells
