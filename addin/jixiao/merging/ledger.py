"""Extracts → `Ledger`: every file, every table and every amount accounted for."""

from __future__ import annotations

import json
import marshal
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from jixiao import values
from jixiao.merging import differences, judging
from jixiao.merging.accounts import Accounts, Rows, slip_of
from jixiao.merging.differences import Difference
from jixiao.merging.entries import Entry
from jixiao.merging.extracting import Extracted
from jixiao.merging.records import FUNDS
from jixiao.merging.settling import Fate
from jixiao.model import SEVERITIES, Finding, Fix, NotChecked

if TYPE_CHECKING:
    from jixiao.merging.attendance import Attendance
    from jixiao.merging.since import Comparison

__all__ = ["FUNDS"]
FileStatus = Literal["merged", "duplicate", "superseded", "rejected", "not_ours"]
STATUSES: tuple[FileStatus, ...] = ("merged", "duplicate", "superseded", "rejected", "not_ours")

# Ranks of what is told, after those of the severities.
EXPLAINED, UNCHECKED = len(SEVERITIES), len(SEVERITIES) + 1

# What is told of a line of a list, and of no table, has a number above those of all tables, in the list's order.
_LISTED = 1 << 40
_TOLD = (
    "SELECT coalesce(f.path, l.path), d.slip, l.sheet, t.rank, t.what FROM told t "
    "LEFT JOIN doc d ON d.n = t.doc LEFT JOIN file f ON f.n = d.file LEFT JOIN lacking l ON l.n = t.doc WHERE 1"
)


class Became(NamedTuple):
    """One table of a file, and what became of it."""

    sheet: str
    name: str | None
    fate: Fate


@dataclass(frozen=True)
class FileLine:
    """What became of one file; `time` is when it was saved by the earlier of what tells, in seconds since 1970."""

    path: str
    status: FileStatus
    code: str | None
    reason: str | None
    sha256: str | None
    documents: int
    remarks: tuple[str, ...]
    time: float | None = None
    tables: tuple[Became, ...] = ()


@dataclass(frozen=True)
class Sum:
    """A sum of amounts in 万元: what is known (`None`: nothing is), and how many cells are blank or no amount."""

    known: Decimal | None
    unknown: int

    @property
    def text(self) -> str | None:
        """The known sum as the contract writes money."""
        return None if self.known is None else values.canonical(self.known)


@dataclass(frozen=True)
class Agency:
    """One agency in one year: its own table where it sent one, its projects, and their sums by field of `FUNDS`."""

    name: str | None
    department: str | None
    year: int | None
    owns: Rows[Entry]
    projects: Rows[Entry]
    funds: Mapping[str, Sum]

    @cached_property
    def own(self) -> Entry | None:
        """Its own table, opened only where it is asked for: agencies are gone through again and again."""
        return next(iter(self.owns), None)


@dataclass(frozen=True)
class Department:
    """One 主管部门 in one year, as the projects that count name it, and their sums by field of `FUNDS`."""

    name: str | None
    year: int | None
    agencies: int
    projects: int
    funds: Mapping[str, Sum]


@dataclass(frozen=True)
class Told:
    """A finding, or a rule that could not be judged, and in which file and sheet."""

    path: str
    sheet: str
    what: Finding | NotChecked


@dataclass(frozen=True)
class Submission:
    """One file as a whole: who sent its tables, and what was said of each.

    Attributes:
        path: its name in reports.
        file: where it is.
        status: what became of it.
        reason: why, as a Chinese sentence.
        tables: its tables.
        senders: whose each of them is: an agency's or, without one, a department's; `None` where nothing tells.

    """

    path: str
    file: Path | None
    status: FileStatus
    reason: str | None
    tables: tuple[Extracted, ...]
    senders: tuple[str | None, ...]


@dataclass(frozen=True)
class Ledger:
    """A whole campaign.

    Attributes:
        books: where all of it is kept; closed with the ledger.
        files: every file, in the order of paths.
        agencies: by year and name.
        departments: the level above the agencies, by year and name.
        projects: the project tables that count, in the order of paths.
        totals: sums over them, by field of `FUNDS`.
        fates: how many of the documents found are counted, duplicate, superseded.
        findings: every problem of what counts, and every dispute and joining.
        not_checked: rules that could not be judged.
        indicators: how many indicators the tables that count have, by form.
        submissions: every file with its tables and all that was said of them, in the order of paths.
        remarks: sentences about the whole.
        attendance: who sent what, where a list of agencies was given.
        since: what changed since the last merge of the same folders, where it is remembered and anything did.

    """

    books: Accounts
    files: Rows[FileLine]
    agencies: Rows[Agency]
    projects: Rows[Entry]
    departments: tuple[Department, ...]
    totals: Mapping[str, Sum]
    fates: Mapping[Fate, int]
    findings: Rows[Told]
    not_checked: Rows[Told]
    indicators: Mapping[str, int]
    submissions: Rows[Submission]
    remarks: tuple[str, ...] = ()
    attendance: Attendance | None = None
    since: Comparison | None = None

    def count(self, status: FileStatus) -> int:
        """Return how many files have this status."""
        return int(self.books.one("SELECT count(*) FROM file WHERE became = ?", status))

    @property
    def differences(self) -> Iterator[Difference]:
        """What versions that do not count say otherwise than those that do, worked out each time."""
        for _, counted, other, why in self.books.base.execute("SELECT * FROM dispute ORDER BY n"):
            entries = judging.entry(self.books, counted), judging.entry(self.books, other)
            yield from differences.between(*entries, why)

    @property
    def ranked(self) -> Rows[Told]:
        """Findings and what could not be judged, the worst first."""
        return told(self.books, "ORDER BY t.rank, t.doc, t.at")

    @property
    def names(self) -> int:
        """How many agencies there are, whatever their years; one without a name is one in each."""
        query = "SELECT count(DISTINCT CASE name WHEN 'null' THEN n ELSE name END) FROM agency"
        return int(self.books.one(query))

    @property
    def years(self) -> int:
        """How many years the agencies' tables are of."""
        return int(self.books.one("SELECT count(DISTINCT coalesce(year, 0)) FROM agency"))

    @property
    def settled(self) -> bool:
        """Whether every file was merged, a plain duplicate or not ours, and no document was superseded."""
        return not self.count("rejected") and not self.fates["superseded"]


def rank(one: Finding | NotChecked) -> int:
    """Return the rank of what is told: errors, warnings, hints, what is explained, what could not be judged."""
    if not isinstance(one, Finding):
        return UNCHECKED
    return SEVERITIES.index(one.severity) if one.reason is None else EXPLAINED


def told(books: Accounts, which: str) -> Rows[Told]:
    """Return what was said of tables; `which` is the end of the query."""

    def make(row: Any) -> Told:  # noqa: ANN401 - a row of SQLite
        path, slip, sheet, rank, what = row
        of = slip_of(slip).sheet if slip else json.loads(sheet)
        return Told(path, of, _of_plain(what, rank))

    return books.rows(f"{_TOLD} {which}", make)


def tell(books: Accounts, number: int, said: Sequence[Finding | NotChecked]) -> None:
    """Enter what is said of a table; a line of a list that no table is of has a number below zero."""
    rows = [(number, at, rank(one), one.rule, _plain(one)) for at, one in enumerate(said)]
    books.base.executemany("INSERT INTO told VALUES (?, ?, ?, ?, ?)", rows)


def tell_lacking(books: Accounts, path: str, sheet: str, finding: Finding) -> None:
    """Enter what is told of a line of a list that no table is of."""
    number = int(books.one("SELECT coalesce(max(n), ?) + 1 FROM lacking", _LISTED))
    books.base.execute("INSERT INTO lacking VALUES (?, ?, ?)", (number, path, json.dumps(sheet)))
    tell(books, number, [finding])


def _plain(one: Finding | NotChecked) -> bytes:
    # marshal, the fastest there is: these bytes never leave this process
    return marshal.dumps([tuple(part) if isinstance(part, tuple) else part for part in one])


def _of_plain(data: bytes, rank: int) -> Finding | NotChecked:
    told = marshal.loads(data)  # noqa: S302 - our own bytes, see `_plain`
    if rank == UNCHECKED:
        return NotChecked(*told)
    found = Finding(*told)
    return found if found.fix is None else found._replace(fix=Fix(*found.fix))


def tally(ledger: Ledger) -> dict[str, int]:
    """Return how many findings of each severity there are, those apart that are `explained`."""
    found = dict(ledger.books.base.execute("SELECT rank, count(*) FROM told GROUP BY rank"))
    return {word: int(found.get(at, 0)) for at, word in enumerate((*SEVERITIES, "explained"))}


def commonest(ledger: Ledger, most: int) -> list[tuple[str, int]]:
    """Return the rules that found most, and how many findings each has that nobody has explained."""
    query = (
        "SELECT rule, count(*) AS often FROM told WHERE rank < ? GROUP BY 1 ORDER BY often DESC, 1 LIMIT ?"
    )
    return [(str(rule), int(count)) for rule, count in ledger.books.base.execute(query, (EXPLAINED, most))]
