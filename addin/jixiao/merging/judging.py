"""What becomes of every table when all workbooks are seen together: joined, settled, judged by campaign rules."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from jixiao import checking, values
from jixiao.merging import (
    accounts,
    copies,
    disputes,
    dropped,
    joining,
    records,
    samples,
    settling,
    spares,
    twice,
)
from jixiao.merging.accounts import Accounts, slip_of
from jixiao.merging.dropped import Dropped
from jixiao.merging.entries import Entry
from jixiao.merging.extracting import Extract, Extracted
from jixiao.merging.seen import Seen
from jixiao.merging.sources import order
from jixiao.model import Area, Document, Finding, NotChecked
from jixiao.rules import profiles
from jixiao.rules.abbreviations import shortened
from jixiao.rules.agencies import known_as, name_of
from jixiao.rules.profiles import Profile

_SEEN = """
SELECT d.n, d.identity, d.slip, f.path, f.own, f.saved, f.copy FROM doc d JOIN file f ON f.n = d.file
JOIN (SELECT identity, min(n) AS first FROM doc GROUP BY identity HAVING count(*) > 1) s ON s.identity = d.identity
ORDER BY s.first, d.n
"""
_SENDERS = """
SELECT w.n, w.form, w.names, d.first, d.docs FROM who w
JOIN (SELECT who, min(n) AS first, count(*) AS docs FROM doc GROUP BY who) d ON d.who = w.n ORDER BY d.first
"""
_NOBODY_S = """
SELECT d.n, d.slip FROM doc d JOIN who w ON w.n = d.who
WHERE d.fate = 'counted' AND w.form = 'project_target' AND w.names = '[null, null]' ORDER BY d.n
"""
_WRITTEN = """
SELECT min(d.n), w.names, t.shown FROM doc d JOIN who w ON w.n = d.who JOIN team t ON t.n = d.team
WHERE d.fate = 'counted' GROUP BY w.n ORDER BY 1
"""
_COUNTED = """
SELECT d.n, b.data, t.shown FROM doc d JOIN body b ON b.n = d.n JOIN team t ON t.n = d.team WHERE d.fate = 'counted' ORDER BY d.n
"""


class _Named(NamedTuple):
    """What settling the names of agencies tells.

    Attributes:
        joined: of each name that joined another: its first table, the name, the other, how many tables.
        mixed: of each short name under 主管部门 that are not one: a table of the second, those departments, the name.

    """

    joined: list[tuple[int, str, str | None, int]]
    mixed: list[tuple[int, list[str], str | None]]


def judge(books: Accounts, prefer: Sequence[str] = (), profile: Profile | None = None) -> None:
    """Settle the agency and the fate of every table, and write down what settling and joining say.

    Args:
        books: all files.
        prefer: paths of files or folders whose documents count where two contents differ.
        profile: what it says of the rules by which settling and joining speak is kept to.

    """
    spares.set_aside(books)
    samples.set_aside(books)
    names = _identify(books)
    if copies.set_apart(books, prefer):
        names = _identify(books)
    number = 0
    for _, rows in groupby(books.base.execute(_SEEN), key=lambda row: row[1]):
        same = list(rows)
        fates, found = settling.settle(copies.arrivals([row[2:] for row in same]), prefer)
        pairs = [(fate, row[0]) for fate, row in zip(fates, same, strict=True)]
        books.base.executemany("UPDATE doc SET fate = ? WHERE n = ?", pairs)
        for one in found:
            number += 1
            told = (number, same[one.counted][0], same[one.other][0], one.why)
            books.base.execute("INSERT INTO dispute VALUES (?, ?, ?, ?)", told)
    for _, counted, other, why in books.base.execute("SELECT * FROM dispute ORDER BY n"):
        finding = disputes.settled(entry(books, counted), entry(books, other), why)
        _say(books, other, finding, profile)
    for first, own, shown, count in names.joined:
        _say(books, first, disputes.joined(books.document(first), own, shown, count), profile)
    for first, departments, shown in names.mixed:
        _say(books, first, disputes.mixed(books.document(first), departments, shown), profile)
    gone = list(dropped.find(books, prefer))
    _tell_of_twice(books, profile, gone)
    for left_out in gone:
        if left_out.renamed is None:
            entries = entry(books, left_out.number), entry(books, left_out.later)
            _say(books, left_out.number, disputes.dropped(*entries, left_out.again), profile)
    _tell_of_short(books, profile)


def _identify(books: Accounts) -> _Named:
    """Settle which tables are the same, by the names of their agencies; returns what `_name` does."""
    names = _name(books)
    books.base.create_function("identity", 2, _identity, deterministic=True)
    books.base.execute("UPDATE doc SET identity = identity(slip, team)")
    books.base.execute("CREATE INDEX IF NOT EXISTS doc_by_identity ON doc (identity)")
    books.base.execute("CREATE INDEX IF NOT EXISTS doc_by_team ON doc (team)")
    copies.pair(books)
    return names


def _tell_of_twice(books: Accounts, profile: Profile | None, gone: Sequence[Dropped]) -> None:
    """Say of tables that count beside one that may be the same that the money may be counted twice."""
    found = {
        later: disputes.of_nobody(entry(books, first), entry(books, later))
        for first, later in _nobody_s(books)
    }
    renamed = sorted(sorted((one.number, one.renamed)) for one in gone if one.renamed is not None)
    for earlier, later in (*twice.pairs(books), *renamed):
        if later not in found:
            found[later] = disputes.may_be_one(entry(books, earlier), entry(books, later))
    for earlier, later in list(twice.drafts(books)):
        if later not in found:
            found[later] = disputes.draft(entry(books, earlier), entry(books, later))
    for number, finding in sorted(found.items()):
        if _say(books, number, finding, profile):
            books.base.execute("INSERT INTO twice VALUES (?, ?)", (number, finding.rule))


def _tell_of_short(books: Accounts, profile: Profile | None) -> None:
    """Say of names that count apart, agencies' and 主管部门's, that one may be another cut short, unless it has been said."""
    names: dict[str, tuple[int, str, str]] = {}
    said = {int(number) for (number,) in books.base.execute("SELECT doc FROM twice WHERE rule = 'CS05'")}
    for number, text, shown in books.base.execute(_WRITTEN):
        agency, department = json.loads(shown), json.loads(text)[1]
        for pointer, name in (("/agency", agency), ("/department", department)):
            if isinstance(name, str) and known_as(name):
                names.setdefault(known_as(name), (number, pointer, name_of(name)))
    for short, full in shortened(names).items():
        number, pointer, name = names[short]
        if said.isdisjoint({number, *(names[one][0] for one in full)}):
            known = [names[one][2] for one in full]
            _say(books, number, disputes.cut_short(books.document(number), pointer, name, known), profile)


def _nobody_s(books: Accounts) -> Iterator[tuple[int, int]]:
    """Yield the first and each further table of one project's name, where nothing tells whose they are."""
    first: dict[tuple[int, str], int] = {}
    for number, text in books.base.execute(_NOBODY_S).fetchall():
        slip = slip_of(text)
        name = values.key(slip.project_name) if isinstance(slip.project_name, str) else ""
        earlier = first.setdefault((slip.year or 0, name), number) if name else number
        if earlier != number:
            yield earlier, number


def _say(books: Accounts, number: int, finding: Finding, profile: Profile | None) -> bool:
    """Write down a finding on a table as a profile sets its rule; returns whether it has any."""
    year = slip_of(books.one("SELECT slip FROM doc WHERE n = ?", number)).year
    told = profiles.as_set(finding, profile, year)
    if told:
        text = records.to_json(Finding, told)
        books.base.execute("INSERT INTO said (doc, finding) VALUES (?, ?)", (number, text))
    return told is not None


def _name(books: Accounts) -> _Named:
    """Settle agencies by name; returns what is to be told of it."""
    found = books.base.execute(_SENDERS).fetchall()
    people = []
    for _, form, text, _, _ in found:
        told = dict(zip(("agency", "department", "department_code"), json.loads(text), strict=False))
        people.append(Document(form, "", "", Area(0, 0, 0, 0), None, told, {}))
    names = joining.join(people)
    books.base.execute("DELETE FROM team")
    numbers = {group: number for number, group in enumerate(dict.fromkeys(names.groups), 1)}
    for group, number in numbers.items():
        books.base.execute("INSERT INTO team VALUES (?, ?)", (number, json.dumps(names.shown[group])))
    teams = [(numbers[group], row[0]) for group, row in zip(names.groups, found, strict=True)]
    books.base.executemany("UPDATE who SET team = ? WHERE n = ?", teams)
    books.base.execute("UPDATE doc SET team = (SELECT team FROM who WHERE who.n = doc.who)")
    joined = [
        (
            min(found[at][3] for at in ones),
            people[ones[0]].values["agency"],
            names.shown[group],
            sum(found[at][4] for at in ones),
        )
        for (_, group), ones in sorted(names.joined.items())
    ]
    mixed = [
        (found[ones[1]][3], [people[at].values["department"] for at in ones], names.shown[group])
        for group, ones in sorted(names.mixed.items())
    ]
    return _Named(joined, mixed)


def _identity(text: str, team: int) -> bytes:
    """Return what makes two tables the same one; without a name, only an equal copy is the same.

    A project without an agency is its department's; without either, nothing tells it from another's.
    """
    slip = slip_of(text)
    agency, department, project = (
        one if isinstance(one, str) else "" for one in (slip.agency, slip.department, slip.project_name)
    )
    agency, department, project = known_as(agency), known_as(department), values.key(project)
    told: object = slip.plain
    if slip.form == "agency_overall":
        if agency:
            told = [slip.form, team, slip.year]
    elif project and (agency or department):
        told = [slip.form, team, slip.year, project, *([] if agency else [department])]
    return hashlib.sha256(json.dumps(told).encode()).digest()


def entry(books: Accounts, number: int) -> Entry:
    """Return a table under its agency."""
    return Entry(books.path(number), books.shown(number), books.document(number))


def teams(
    books: Accounts, profile: Profile | None = None
) -> Iterator[tuple[str | None, list[tuple[int, Extracted]]]]:
    """Yield each agency's name and its tables that count with all that is said of them, by number."""
    _compare(books, profile)
    query = "SELECT d.n, b.data FROM doc d JOIN body b ON b.n = d.n WHERE d.team = ? AND d.fate = 'counted' ORDER BY d.n"
    for team, text in books.base.execute("SELECT n, shown FROM team ORDER BY n"):
        shown = json.loads(text)
        tables = []
        for number, data in books.base.execute(query, (team,)).fetchall():
            one = records.unpack(data)
            verdict = checking.completed(
                _settled(one.document, shown), one.verdict, _compared(books, number), profile
            )
            whole = checking.with_findings(one.document, verdict, said(books, number))
            tables.append((number, replace(one, verdict=whole)))
        yield shown, tables


def _compare(books: Accounts, profile: Profile | None) -> None:
    """Write down what rules that compare tables say of those that count; they compare agencies too, and see them all."""
    tables = Seen(books)
    for number, data, shown in books.base.execute(_COUNTED):
        tables.add(_settled(records.document(data), json.loads(shown)), number)
    for at, one in checking.compare(tables, profile):
        told = (tables.number(at), isinstance(one, NotChecked), records.to_json(type(one), one))
        books.base.execute("INSERT INTO compared (doc, open, what) VALUES (?, ?, ?)", told)


def _compared(books: Accounts, number: int) -> list[Finding | NotChecked]:
    """Return what rules that compare tables say of a table."""
    rows = books.base.execute("SELECT open, what FROM compared WHERE doc = ? ORDER BY n", (number,))
    return [
        records.of_json(NotChecked, what) if unknown else records.of_json(Finding, what)
        for unknown, what in rows
    ]


def said(books: Accounts, number: int) -> list[Finding]:
    """Return what settling and joining say of a table."""
    rows = books.base.execute("SELECT finding FROM said WHERE doc = ? ORDER BY n", (number,))
    return [records.of_json(Finding, text) for (text,) in rows]


def together(files: Sequence[Extract], profile: Profile | None = None) -> list[Extract]:
    """Return the files with what shows only when several workbooks are seen together added to their verdicts."""
    files = sorted(files, key=lambda one: order(one.path))
    books = accounts.of(files)
    judge(books, profile=profile)
    verdicts = {number: one.verdict for _, tables in teams(books, profile) for number, one in tables}
    number, found = 0, []
    for at, file in enumerate(files, 1):
        tables = []
        for one in file.documents:
            number += 1
            alone = verdicts.get(number) or checking.with_findings(
                one.document, checking.seen(one.verdict), said(books, number)
            )
            tables.append(replace(one, verdict=alone))
        head = json.loads(books.one("SELECT head FROM file WHERE n = ?", at))
        if file.copy and head["status"] != file.status:  # a copy of ours that says nothing new
            became = {name: head[name] for name in ("status", "code", "reason")}
            found.append(replace(file, documents=(), remarks=tuple(head["remarks"]), **became))
            continue
        found.append(replace(file, documents=tuple(tables)))
    return found


def _settled(document: Document, name: str | None) -> Document:
    """Return a document under the agency it was settled to, for rules that compare across files.

    A 主管部门 that ends in the agency's name is the agency itself, by the name that it has now; another one stays.
    """
    if not name:
        return document
    told = {**document.values, "agency": name}
    if known_as(told.get("department")).endswith(known_as(name)):
        told["department"] = name
    return replace(document, values=told)
