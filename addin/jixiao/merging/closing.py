"""Closing the books: files and tables as they arrived → the `Ledger`, settled, judged, summed and balanced."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import groupby

from jixiao import values
from jixiao.merging import accounts, cautions, joining, judging, ledger, lines
from jixiao.merging.accounts import Accounts
from jixiao.merging.entries import filled, unasked
from jixiao.merging.extracting import Extract, Extracted
from jixiao.merging.ledger import STATUSES, UNCHECKED, Department, Ledger, Sum
from jixiao.merging.records import FUNDS
from jixiao.merging.settling import Fate
from jixiao.model import Document
from jixiao.rules.agencies import known_as, named
from jixiao.rules.profiles import Profile

FATES: tuple[Fate, ...] = ("counted", "duplicate", "superseded")
_BATCH = 1000
_WHOSE = """
SELECT d.slip, d.team, t.shown FROM doc d JOIN team t ON t.n = d.team WHERE d.home > 0 ORDER BY d.n
"""


def build(
    extracts: Iterable[Extract],
    *,
    prefer: Sequence[str] = (),
    remarks: Sequence[str] = (),
    profile: Profile | None = None,
) -> Ledger:
    """Return the ledger of files that were read already; their order does not matter. See `settle`."""
    return settle(accounts.of(extracts), prefer=prefer, remarks=remarks, profile=profile)


def settle(
    books: Accounts,
    *,
    prefer: Sequence[str] = (),
    remarks: Sequence[str] = (),
    profile: Profile | None = None,
) -> Ledger:
    """Return the ledger of the files that were entered into the books.

    Args:
        books: what each file held.
        prefer: paths of files or folders whose documents count where two contents differ.
        remarks: sentences to keep with the ledger.
        profile: by which rules judge.

    Raises:
        RuntimeError: the ledger does not balance, which is a fault of this program.

    """
    base = books.base
    base.execute("BEGIN")
    judging.judge(books, prefer, profile)
    indicators = _write_down(books, profile)
    _decide(books)
    base.execute("CREATE INDEX doc_by_home ON doc (home)")
    base.execute("CREATE INDEX told_by_rank ON told (rank)")
    base.execute("COMMIT")
    agencies, departments = lines.agencies(books), _departments(books)
    found = Ledger(
        books=books,
        files=lines.files(books),
        agencies=agencies,
        projects=lines.projects(books),
        departments=departments,
        totals=_totals(books),
        fates={fate: int(books.one("SELECT count(*) FROM doc WHERE fate = ?", fate)) for fate in FATES},
        findings=ledger.told(books, f"AND t.rank < {UNCHECKED} ORDER BY t.doc, t.at"),
        not_checked=ledger.told(books, f"AND t.rank = {UNCHECKED} ORDER BY t.doc, t.at"),
        indicators=indicators,
        submissions=lines.submissions(books),
        remarks=(*remarks, *cautions.remarks(books, agencies, departments)),
    )
    _balance(found)
    return found


def _write_down(books: Accounts, profile: Profile | None) -> dict[str, int]:
    """Open every table that counts once: enter what is said of it, and its agency's sums; count indicators by form."""
    indicators: Counter[str] = Counter()
    for name, tables in judging.teams(books, profile):
        for number, one in tables:
            verdict = one.verdict
            ledger.tell(books, number, [*verdict.findings, *verdict.not_checked])
            indicators[one.document.form] += len(filled(one.document))
        for _, several in groupby(sorted(tables, key=_year), key=_year):
            _enter(books, name, list(several))
    for number, _ in books.base.execute("SELECT d.n, 0 FROM doc d WHERE d.fate != 'counted' ORDER BY d.n"):
        ledger.tell(books, number, judging.said(books, number))
    return dict(indicators)


def _year(table: tuple[int, Extracted]) -> int:
    return table[1].document.values.get("year") or 0


def _enter(books: Accounts, name: str | None, tables: Sequence[tuple[int, Extracted]]) -> None:
    """Enter one agency in one year; without a name each of several own tables stands by itself: they cannot be told apart."""
    projects = [(number, one) for number, one in tables if one.document.form == "project_target"]
    own = [number for number, one in tables if one.document.form == "agency_overall"]
    departments = {one.document.values.get("department") for _, one in projects}
    department = next(iter(departments)) if len(departments) == 1 else None
    year = tables[0][1].document.values.get("year")
    parts = (f"{year or 0:06}", name or "\uffff", department or "")
    sort = b"\0".join(part.encode("utf-8", "surrogatepass") for part in parts)
    for extra, number in enumerate(own if name is None and own else [own[0] if own else None]):
        counted = [] if extra else projects
        funds = {field: add([one.document for _, one in counted], field) for field in FUNDS}
        told = json.dumps({field: [one.text, one.unknown, one.unasked] for field, one in funds.items()})
        words = (sort, json.dumps(name), json.dumps(department), year, number, told)
        row = books.base.execute(
            "INSERT INTO agency (sort, name, department, year, own, funds) VALUES (?, ?, ?, ?, ?, ?)", words
        ).lastrowid
        books.base.executemany("UPDATE doc SET home = ? WHERE n = ?", [(row, one) for one, _ in counted])


def add(documents: Sequence[Document], field: str) -> Sum:
    """Return the sum of a field; blanks and texts that are no amount are counted, and nothing is never taken as 0."""
    amounts = [values.decimal(one.values.get(field)) for one in documents]
    known = [amount for amount in amounts if amount is not None]
    not_asked = sum(field in unasked(one) for one in documents)
    return Sum(sum(known, Decimal(0)) if known else None, len(amounts) - len(known) - not_asked, not_asked)


@dataclasses.dataclass
class _Level:
    """A department as it is gathered: exact sums, without holding its projects."""

    year: int | None
    agencies: set[int] = dataclasses.field(default_factory=set)
    projects: int = 0
    known: dict[str, Decimal] = dataclasses.field(default_factory=dict)
    blank: Counter[str] = dataclasses.field(default_factory=Counter)
    unasked: Counter[str] = dataclasses.field(default_factory=Counter)

    def add(self, other: _Level) -> None:
        """Take in what was gathered under another spelling of the department."""
        self.agencies |= other.agencies
        self.projects += other.projects
        self.blank += other.blank
        self.unasked += other.unasked
        for fund, amount in other.known.items():
            self.known[fund] = self.known.get(fund, Decimal(0)) + amount


def _departments(books: Accounts) -> tuple[Department, ...]:
    """Return the sums by 主管部门, see `joining.fullest`, spaces and punctuation apart; agencies of one name are one."""
    written: dict[tuple[str, str, int], _Level] = {}
    for text, team, shown_as in books.base.execute(_WHOSE):
        slip = accounts.slip_of(text)
        own = (
            slip.department and slip.department == slip.agency
        )  # of a department by itself, which may have joined
        whose = json.loads(shown_as) if own else slip.department
        name, code = named(whose if isinstance(whose, str) else "")
        level = written.setdefault(
            (name, slip.department_code or code or "", slip.year or 0), _Level(slip.year)
        )
        level.agencies.add(team)
        level.projects += 1
        for one, amount in zip(FUNDS, slip.funds, strict=True):
            number = values.decimal(amount)
            level.blank[one] += number is None and one not in slip.unasked
            level.unasked[one] += one in slip.unasked
            if number is not None:
                level.known[one] = level.known.get(one, Decimal(0)) + number
    names = joining.fullest({(name, code) for name, code, _ in written})
    shown: dict[str, str] = {}
    levels: dict[tuple[int, str], _Level] = {}
    for (name, code, year), level in written.items():
        full = names[name, code]
        word = known_as(full)
        shown[word] = full if full == word else shown.get(word, full)
        levels.setdefault((year, word), _Level(level.year)).add(level)
    return tuple(
        Department(
            shown[word] or None,
            one.year,
            len(one.agencies),
            one.projects,
            {fund: Sum(one.known.get(fund), one.blank[fund], one.unasked[fund]) for fund in FUNDS},
        )
        for (_, word), one in sorted(levels.items(), key=lambda item: (item[0][0], item[0][1] or "\uffff"))
    )


def _totals(books: Accounts) -> dict[str, Sum]:
    """Return the sums over all projects that count, from their slips: not by way of the agencies."""
    known: dict[str, Decimal | None] = dict.fromkeys(FUNDS)
    unknown: Counter[str] = Counter()
    not_asked: Counter[str] = Counter()
    for (text,) in books.base.execute("SELECT slip FROM doc WHERE home > 0"):
        slip = accounts.slip_of(text)
        not_asked.update(slip.unasked)
        for field, amount in zip(FUNDS, slip.funds, strict=True):
            number = values.decimal(amount)
            unknown[field] += number is None and field not in slip.unasked
            known[field] = known[field] if number is None else (known[field] or Decimal(0)) + number
    return {field: Sum(known[field], unknown[field], not_asked[field]) for field in FUNDS}


def _decide(books: Accounts) -> None:
    """Enter what became of every file."""
    query = "SELECT f.n, f.head, (SELECT group_concat(fate) FROM doc WHERE file = f.n) FROM file f"
    decided = "UPDATE file SET became = ?, fates = ? WHERE n = ?"
    found = []
    for number, head, text in books.base.execute(query):
        fates = (text or "").split(",")
        status = json.loads(head)["status"]
        if status == "read":
            status = (
                "merged" if "counted" in fates else "superseded" if "superseded" in fates else "duplicate"
            )
        found.append((status, json.dumps([fates.count(fate) for fate in FATES]), number))
        if len(found) >= _BATCH:
            books.base.executemany(decided, found)
            found.clear()
    books.base.executemany(decided, found)


def _balance(found: Ledger) -> None:
    """Hold what went in against what came out, by ways that do not share their arithmetic."""
    books = found.books
    kinds = {status: found.count(status) for status in STATUSES}
    arrived, placed = int(books.one("SELECT count(*) FROM doc")), 0
    known: dict[str, Decimal] = dict.fromkeys(FUNDS, Decimal(0))
    unknown: Counter[str] = Counter()
    for agency in found.agencies:
        placed += len(agency.projects) + len(agency.owns)
        for field, one in agency.funds.items():
            known[field] += one.known or 0
            unknown[field] += one.unknown
    amounts = [
        field
        for field in FUNDS
        if (known[field], unknown[field]) != (found.totals[field].known or 0, found.totals[field].unknown)
        or sum(one.funds[field].known or 0 for one in found.departments) != known[field]
    ]
    if (
        sum(kinds.values()) != len(found.files)
        or sum(found.fates.values()) != arrived
        or placed != found.fates["counted"]
        or amounts
    ):
        raise RuntimeError(
            f"ledger out of balance: {kinds}, {arrived} arrived, {placed} placed, {found.fates}, {amounts}"
        )
