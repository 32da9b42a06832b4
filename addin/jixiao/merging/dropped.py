"""Projects that a later workbook of their agency no longer has, though it brings again what stood beside them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from jixiao.merging import settling
from jixiao.merging.accounts import Accounts, slip_of
from jixiao.merging.records import Slip
from jixiao.merging.settling import Arrival

_SENT_AGAIN = """
SELECT d.identity, d.n, d.file, d.team, d.slip, f.path, f.own, f.saved FROM doc d JOIN file f ON f.n = d.file
JOIN (SELECT identity FROM doc GROUP BY identity HAVING count(DISTINCT file) > 1) s ON s.identity = d.identity
WHERE NOT f.copy AND NOT json_extract(d.slip, '$[10]') ORDER BY d.identity, d.n
"""
_OF_FILE = """
SELECT d.n, d.identity, d.slip, d.fate,
    EXISTS (SELECT 1 FROM doc same WHERE same.identity = d.identity AND same.file != d.file) FROM doc d
WHERE d.file = ? AND d.team = ? AND NOT json_extract(d.slip, '$[10]') ORDER BY d.n
"""
_LEAST = 2  # tables that came again, so that a workbook is more than the correction of one


class Dropped(NamedTuple):
    """A project that counts and that a later workbook no longer has.

    Attributes:
        number: the project's.
        later: the first table that the later workbook brings again.
        again: how many other tables of the same workbook and agency that one has.
        renamed: a project of that one that is new there and has the same indicators, `None` where there is none.

    """

    number: int
    later: int
    again: int
    renamed: int | None


class _Package(NamedTuple):
    """What two workbooks share: a file, a later one, the agency, the year (0: blank)."""

    file: int
    later: int
    team: int
    year: int


def find(books: Accounts, prefer: Sequence[str]) -> Iterator[Dropped]:
    """Yield the projects in the order of the tables.

    A later workbook is a whole package, and no correction of single tables, where it brings again two tables or more of
    an agency, one of them as it was, and no fewer than it lacks.
    """
    first: dict[_Package, int] = {}
    again: Counter[_Package] = Counter()
    as_it_was: set[_Package] = set()
    for _, rows in groupby(books.base.execute(_SENT_AGAIN), key=lambda row: row[0]):
        same = [
            (file, team, slip_of(text), Arrival(path, "", "", own, saved), number)
            for _, number, file, team, text, path, own, saved in rows
        ]
        last = max(same, key=lambda one: settling.time_of(one[3]))
        for file, team, slip, arrival, _ in same:
            if _is_later(last[3], arrival) and not settling.is_preferred(arrival.path, prefer):
                package = _Package(file, last[0], team, slip.year or 0)
                first[package] = min(last[4], first.get(package, last[4]))
                again[package] += 1
                as_it_was |= {package} if slip.plain == last[2].plain else set()
    if as_it_was:
        books.base.execute("CREATE INDEX doc_of_package ON doc (file, team)")
    found: dict[int, Dropped] = {}
    for package in sorted(as_it_was):
        if again[package] >= _LEAST:
            ones = list(_of_package(books, package, first[package], again[package]))
            found |= {one.number: one for one in ones if len(ones) <= again[package]}
    return iter(found[number] for number in sorted(found))


def _is_later(one: Arrival, other: Arrival) -> bool:
    """Tell whether a workbook was saved after another one, where both say so in the same way."""
    alike = (one.modified is None) == (other.modified is None)
    return alike and settling.time_of(one)[0] > settling.time_of(other)[0]


def _of_package(books: Accounts, package: _Package, later: int, again: int) -> Iterator[Dropped]:
    """Yield the projects of an agency and year that only the earlier of two workbooks has."""
    gone = list(_alone(books, package.file, package))
    new: defaultdict[str, list[int]] = defaultdict(list)
    for number, slip in _alone(books, package.later, package) if gone else ():
        new[slip.gist].append(number)
    for number, slip in gone:
        renamed = new[slip.gist] if slip.gist else []
        yield Dropped(number, later, again, renamed.pop(0) if renamed else None)


def _alone(books: Accounts, file: int, package: _Package) -> Iterator[tuple[int, Slip]]:
    """Yield the projects of a package that no other workbook has."""
    for number, _, text, fate, elsewhere in books.base.execute(_OF_FILE, (file, package.team)).fetchall():
        slip = slip_of(text)
        if (slip.form, slip.year or 0, fate, elsewhere) == ("project_target", package.year, "counted", 0):
            yield number, slip
