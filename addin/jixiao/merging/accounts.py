"""The books of one merge: every file and table on disk as it arrives, so that memory does not grow with their number."""

from __future__ import annotations

import json
import os
import sqlite3
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC
from functools import lru_cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from jixiao.merging import records
from jixiao.merging.extracting import Extract
from jixiao.merging.joining import OWN_OFFICE
from jixiao.merging.records import Record, Slip
from jixiao.merging.sources import order
from jixiao.model import Document
from jixiao.rules.agencies import known_as, longer

T = TypeVar("T")
# Texts of workbooks stand in JSON and in packed bytes: half an emoji, which broken ones hold, is no text for SQLite.
# A table's bytes stand apart from what is settled about it: that is gone through and changed again and again.
_TABLES = """
CREATE TABLE file (
    n INTEGER PRIMARY KEY, path TEXT, place BLOB, head TEXT, own REAL, saved REAL, copy INTEGER,
    became TEXT, fates TEXT
);
CREATE TABLE doc (
    n INTEGER PRIMARY KEY, file INTEGER, slip TEXT, who INTEGER, team INTEGER, identity BLOB,
    fate TEXT DEFAULT 'counted', home INTEGER
);
CREATE TABLE body (n INTEGER PRIMARY KEY, data BLOB);
CREATE TABLE who (n INTEGER PRIMARY KEY, form TEXT, names TEXT, first INTEGER, team INTEGER);
CREATE TABLE team (n INTEGER PRIMARY KEY, shown TEXT);
CREATE TABLE dispute (n INTEGER PRIMARY KEY, counted INTEGER, other INTEGER, why TEXT);
CREATE TABLE twice (doc INTEGER, rule TEXT);
CREATE TABLE spare (path TEXT, agency TEXT);
CREATE TABLE said (n INTEGER PRIMARY KEY, doc INTEGER, finding TEXT);
CREATE TABLE layout (n INTEGER PRIMARY KEY, cells TEXT);
CREATE TABLE seen (n INTEGER PRIMARY KEY, doc INTEGER, layout INTEGER, told BLOB, reasons TEXT);
CREATE TABLE compared (n INTEGER PRIMARY KEY, doc INTEGER, open INTEGER, what TEXT);
CREATE TABLE told (
    doc INTEGER, at INTEGER, rank INTEGER, rule TEXT, what BLOB, PRIMARY KEY (doc, at)
) WITHOUT ROWID;
CREATE TABLE lacking (n INTEGER PRIMARY KEY, path TEXT, sheet TEXT);
CREATE TABLE agency (
    n INTEGER PRIMARY KEY, sort BLOB, name TEXT, department TEXT, year INTEGER, own INTEGER, funds TEXT
);
CREATE INDEX doc_of_file ON doc (file);
CREATE INDEX said_of_doc ON said (doc);
CREATE INDEX compared_of_doc ON compared (doc);
"""
_CACHE_KIB = 4_096  # SQLite takes as much again to sort; more makes it no faster


class Rows(Generic[T]):
    """What a query finds, made into objects one at a time, as often as it is gone through."""

    def __init__(
        self,
        base: sqlite3.Connection,
        query: str,
        make: Callable[[Any], T],
        words: tuple[Any, ...] = (),
        count: str | None = None,
    ) -> None:
        """Remember the query, and where they can be had for less the one that counts its rows; they are read when asked for."""
        self._base, self._query, self._make, self._words = base, query, make, words
        self._counted = count or f"SELECT count(*) FROM ({query})"  # noqa: S608 - our own words

    def __iter__(self) -> Iterator[T]:
        """Yield the objects in the query's order."""
        return (self._make(row) for row in self._base.execute(self._query, self._words))

    def __len__(self) -> int:
        """Return how many rows there are."""
        (count,) = self._base.execute(self._counted, self._words).fetchone()
        return int(count)


class Accounts:
    """Files and tables in the order of paths, in a database that is on disk, nobody else's, and gone when closed."""

    def __init__(self) -> None:
        """Begin empty books."""
        self.base = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        weakref.finalize(self, self.base.close)
        self.base.execute("PRAGMA journal_mode = OFF")
        self.base.execute("PRAGMA synchronous = OFF")
        self.base.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        self.base.executescript(_TABLES)
        self._who: dict[tuple[str, str], int] = {}
        self._files = self._docs = 0
        self._last: tuple[str, ...] = ()

    def add(self, path: str, file: Path | None, saved: float | None, record: Record) -> None:
        """Enter one file; files come in the order of their paths."""
        if order(path) < self._last:
            raise RuntimeError("files must be entered in the order of their paths")
        self._last = order(path)
        self._files += 1
        head = json.dumps(record.head)
        place = os.fsencode(file) if file else None
        values = (self._files, path, place, head, _own_time(record), saved, record.head["copy"])
        self.base.execute(
            "INSERT INTO file (n, path, place, head, own, saved, copy) VALUES (?, ?, ?, ?, ?, ?, ?)", values
        )
        for slip, data in zip(record.slips, record.tables, strict=True):
            self._docs += 1
            told = (self._docs, self._files, json.dumps(slip), self._meet(slip, record.slips))
            self.base.execute("INSERT INTO doc (n, file, slip, who) VALUES (?, ?, ?, ?)", told)
            self.base.execute("INSERT INTO body VALUES (?, ?)", (self._docs, data))

    def _meet(self, slip: Slip, beside: Sequence[Slip]) -> int:
        """Return the number of a form's agency and department as written; very many tables share one.

        An agency's own table has no 主管部门: it has that of the projects `beside` it, where these have but one. The code
        of the 主管部门 is kept where the agency is the same code, for nobody else needs it.
        """
        own = slip.form == "agency_overall"
        department = _department(slip, beside) if own else slip.department
        code = [slip.agency] if slip.agency and slip.agency == slip.department_code else []
        key = ("agency_overall" if own else "", json.dumps([slip.agency, department, *code]))
        number = self._who.get(key)
        if number is None:
            number = self._who[key] = len(self._who) + 1
            row = (number, slip.form, key[1], self._docs)
            self.base.execute("INSERT INTO who VALUES (?, ?, ?, ?, NULL)", row)
        return number

    def rows(
        self,
        query: str,
        make: Callable[[Any], T],
        *words: Any,  # noqa: ANN401 - what SQLite takes
        count: str | None = None,
    ) -> Rows[T]:
        """Return what a query finds, see `Rows`."""
        return Rows(self.base, query, make, words, count)

    def one(self, query: str, *words: Any) -> Any:  # noqa: ANN401 - what SQLite takes and gives
        """Return the first value of a query's first row."""
        return self.base.execute(query, words).fetchone()[0]

    def document(self, number: int) -> Document:
        """Return a table by its number."""
        return records.document(self.one("SELECT data FROM body WHERE n = ?", number))

    def path(self, number: int) -> str:
        """Return the path of the file that a table is in."""
        return str(self.one("SELECT path FROM file WHERE n = (SELECT file FROM doc WHERE n = ?)", number))

    def shown(self, number: int) -> str | None:
        """Return the name of the agency that a table was settled to."""
        text = self.one("SELECT shown FROM team WHERE n = (SELECT team FROM doc WHERE n = ?)", number)
        name: str | None = json.loads(text)
        return name


def _department(own: Slip, beside: Sequence[Slip]) -> str | None:
    """Return the 主管部门 of an agency's projects in the workbook of its own table, `None` where it is not sure."""
    found: dict[str, str] = {}
    for one in beside:
        if (
            one.form == "project_target"
            and isinstance(one.department, str)
            and _alike(own.agency, one.agency)
        ):
            found.setdefault(known_as(one.department), one.department)
    return next(iter(found.values())) if len(found) == 1 else None


def _alike(*names: object) -> bool:
    """Tell whether two names in one workbook are one agency's: with a code, with 本级, or with its place, or without."""
    one, other = (known_as(name).removesuffix(OWN_OFFICE) if isinstance(name, str) else "" for name in names)
    return bool(one) and (one == other or bool(longer(one, [other]) or longer(other, [one])))


def of(extracts: Iterable[Extract]) -> Accounts:
    """Return the books of files that were read already, in any order."""
    books = Accounts()
    for one in sorted(extracts, key=lambda one: order(one.path)):
        books.add(one.path, one.file, one.saved, records.record(one))
    return books


@lru_cache(maxsize=256)
def slip_of(text: str) -> Slip:
    """Return the slip of a table as the books keep it; what is told of one table stands together."""
    return Slip(*json.loads(text))


def _own_time(record: Record) -> float | None:
    """Return a workbook's own last-saved time in seconds; times without zone are UTC."""
    moment = records.modified(record)
    if moment is None:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
