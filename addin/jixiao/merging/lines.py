"""Accounts → the lines of the ledger: every file, agency and project, and every file as a whole."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from jixiao.merging import records
from jixiao.merging.accounts import Accounts, Rows, slip_of
from jixiao.merging.entries import Entry
from jixiao.merging.extracting import Extracted
from jixiao.merging.ledger import Agency, Became, FileLine, Submission, Sum, told
from jixiao.model import Finding, NotChecked, Verdict

_FILES = "SELECT n, path, place, head, own, saved, became, fates FROM file"
_ENTRIES = (
    "SELECT f.path, t.shown, b.data FROM doc d JOIN body b ON b.n = d.n "
    "JOIN file f ON f.n = d.file JOIN team t ON t.n = d.team WHERE"
)
_OF_HOME = "SELECT count(*) FROM doc WHERE home = ?"
_AT_HOME = "SELECT count(*) FROM doc WHERE home > 0"


def files(books: Accounts) -> Rows[FileLine]:
    """Return every file, in the order of paths."""

    def make(row: Any) -> FileLine:  # noqa: ANN401 - a row of SQLite
        found = books.base.execute(
            "SELECT slip, fate FROM doc WHERE file = ? ORDER BY n", (row[0],)
        ).fetchall()
        tables = [(slip_of(text), fate) for text, fate in found]
        return replace(
            _line(row),
            tables=tuple(
                Became(slip.sheet, slip.project_name if slip.form == "project_target" else slip.agency, fate)
                for slip, fate in tables
            ),
        )

    return books.rows(f"{_FILES} ORDER BY n", make)


def agencies(books: Accounts) -> Rows[Agency]:
    """Return every agency, by year and name."""

    def make(row: Any) -> Agency:  # noqa: ANN401 - a row of SQLite
        number, name, department, year, own, funds = row
        return Agency(
            name=json.loads(name),
            department=json.loads(department),
            year=year,
            owns=books.rows(f"{_ENTRIES} d.n = ?", _entry, own),
            projects=books.rows(f"{_ENTRIES} d.home = ? ORDER BY d.n", _entry, number, count=_OF_HOME),
            funds={
                field: Sum(text and Decimal(text), *counts)
                for field, (text, *counts) in json.loads(funds).items()
            },
        )

    query = "SELECT n, name, department, year, own, funds FROM agency ORDER BY sort, n"
    return books.rows(query, make)


def projects(books: Accounts) -> Rows[Entry]:
    """Return the project tables that count, in the order of paths."""
    return books.rows(f"{_ENTRIES} d.home > 0 ORDER BY d.n", _entry, count=_AT_HOME)


def submissions(books: Accounts) -> Rows[Submission]:
    """Return every file as a whole, in the order of paths."""

    def make(row: Any) -> Submission:  # noqa: ANN401 - a row of SQLite
        line, place = _line(row), row[2]
        query = (
            "SELECT d.n, b.data, t.shown FROM doc d JOIN body b ON b.n = d.n JOIN team t ON t.n = d.team "
            "WHERE d.file = ? ORDER BY d.n"
        )
        tables, names = [], []
        for number, data, shown in books.base.execute(query, (row[0],)).fetchall():
            found = [one.what for one in told(books, f"AND t.doc = {int(number)} ORDER BY t.at")]
            verdict = Verdict(
                tuple(one for one in found if isinstance(one, Finding)),
                tuple(one for one in found if isinstance(one, NotChecked)),
            )
            tables.append(Extracted(records.document(data), verdict))
            names.append(json.loads(shown))
        senders = _senders(names, [one.document.values.get("department") for one in tables])
        file = Path(os.fsdecode(place)) if place else None
        return Submission(line.path, file, line.status, line.reason, tuple(tables), senders)

    return books.rows(f"{_FILES} ORDER BY n", make)


def _senders(agencies: Sequence[str | None], departments: Sequence[str | None]) -> tuple[str | None, ...]:
    """Return whose each table of a file is: its own agency's; without one the file's one agency's, else its department's."""
    known = dict.fromkeys(name for name in agencies if name)
    if len(known) == 1:
        return (*known,) * len(agencies)
    return tuple(agency or department for agency, department in zip(agencies, departments, strict=True))


def _entry(row: Any) -> Entry:  # noqa: ANN401 - a row of SQLite
    path, shown, data = row
    return Entry(path, json.loads(shown), records.document(data))


def _line(row: Any) -> FileLine:  # noqa: ANN401 - a row of SQLite
    _, path, _, text, own, saved, became, fates = row
    head, counts = json.loads(text), json.loads(fates)
    times = [one for one in (own, saved) if one is not None]
    return FileLine(
        path=path,
        status=became,
        code=head["code"],
        reason=head["reason"] or _why(became, counts),
        sha256=head["sha256"],
        documents=sum(counts),
        remarks=tuple(head["remarks"]),
        time=min(times, default=None),
    )


_REASONS = {
    "duplicate": "其中的表与已计入的表内容相同，没有重复计入。",
    "superseded": "其中的表另有内容不同的一份已计入，这一份没有计入，见问题清单。",
}


def _why(became: str, counts: Sequence[int]) -> str | None:
    """Say why tables of a file do not count, `None` where all do, or it has none."""
    alone = sum(map(bool, counts)) == 1
    return _REASONS.get(became) if alone else _partly(*counts)


def _partly(counted: int, duplicate: int, superseded: int) -> str | None:
    """Say which tables of a file do not count."""
    told = {"与已计入的内容相同": duplicate, "被内容不同的另一份替代": superseded}
    parts = "，".join(f"{number} 张{word}" for word, number in told.items() if number)
    return f"共 {counted + duplicate + superseded} 张表，其中 {parts}，没有计入。" if parts else None
