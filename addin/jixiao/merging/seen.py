"""The tables that count, as rules that compare them see them: on disk, read anew each time they are asked for."""

from __future__ import annotations

import hashlib
import json
import marshal
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from jixiao.merging import records
from jixiao.merging.accounts import Accounts
from jixiao.model import Area, CellValue, Document, Reason

_HELD = 256  # the first tables stay in memory, 40 KB each: a small merge never reads them again


class _Kept(NamedTuple):
    """What recorded reasons rest on: they hold for the text as it was typed."""

    raw: dict[str, CellValue]
    reasons: tuple[Reason, ...]


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
        self._asked = lru_cache(maxsize=64)(self._one)

    def add(self, document: Document, number: int) -> None:
        """Add a document, without what only reading and single rules look at, and its number in the books."""
        layout = self._known(json.dumps(document.cells))
        told = [document.form, document.edition, document.sheet, tuple(document.area), document.values]
        # marshal, the fastest there is: these bytes never leave this process
        plain = marshal.dumps([*told, document.faults])
        kept = _Kept(document.raw, document.reasons)
        reasons = records.to_json(_Kept, kept) if document.reasons else None
        self._count += 1
        self._base.execute(
            "INSERT INTO seen VALUES (?, ?, ?, ?, ?)", (self._count, number, layout, plain, reasons)
        )
        if self._count <= _HELD:
            self._held.append(self._made((layout, plain, reasons)))

    def number(self, at: int) -> int:
        """Return a document's number in the books."""
        (number,) = self._base.execute("SELECT doc FROM seen WHERE n = ?", (at + 1,)).fetchone()
        return int(number)

    def __getitem__(self, at: int) -> Document:  # type: ignore[override] # no rule takes a slice
        """Return one document."""
        return self._held[at] if at < len(self._held) else self._asked(at)

    def __iter__(self) -> Iterator[Document]:
        """Yield all of them in their order."""
        yield from self._held
        rest = self._base.execute(
            "SELECT layout, told, reasons FROM seen WHERE n > ? ORDER BY n", (len(self._held),)
        )
        yield from map(self._made, rest)

    def __len__(self) -> int:
        """Return how many there are."""
        return self._count

    def _one(self, at: int) -> Document:
        query = "SELECT layout, told, reasons FROM seen WHERE n = ?"
        return self._made(self._base.execute(query, (at + 1,)).fetchone())

    def _made(self, row: Any) -> Document:  # noqa: ANN401 - a row of SQLite
        layout, plain, reasons = row
        form, edition, sheet, area, told, faults = marshal.loads(plain)  # noqa: S302 - our own bytes, see `add`
        kept = records.of_json(_Kept, reasons) if reasons else _Kept({}, ())
        return Document(
            form=form,
            edition=edition,
            sheet=sheet,
            area=Area(*area),
            money=None,
            values=told,
            cells=self._cells(layout),
            raw=kept.raw,
            faults=faults,
            reasons=kept.reasons,
        )

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
