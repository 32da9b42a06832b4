"""What changed since the last merge of the same folders: tables that are new or gone, or that say something else.

The last merge's tables lie in the user's own cache folder, beside what merging remembers of files; where they are
not there, or cannot be trusted, nothing is compared.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, Literal

from jixiao import schemas, values
from jixiao.merging import store
from jixiao.merging.accounts import Rows
from jixiao.merging.entries import Entry, Place
from jixiao.merging.ledger import Ledger
from jixiao.rules.agencies import known_as

Kind = Literal["new", "gone", "amounts", "words"]
KINDS: tuple[Kind, ...] = ("new", "gone", "amounts", "words")
_PROJECT, _OWN = "project_target", "agency_overall"
_OURS = 0x6A787332  # application_id: "jxs2", of the second way to tell which tables are the same
_MOST = 20  # folders whose last merge is remembered
_COLUMNS = "key PRIMARY KEY, form, agency, year, name, funds, digest, path, sheet, cell"
_PLACES = ", ".join("?" * 10)
_CHANGES = """
    SELECT CASE WHEN w.key IS NULL THEN 'new' WHEN w.funds != n.funds THEN 'amounts' ELSE 'words' END AS kind,
        n.form AS form, n.agency AS agency, n.year AS year, n.name AS name, w.funds, n.funds, n.path, n.sheet, n.cell
    FROM now n LEFT JOIN was w ON w.key = n.key WHERE w.key IS NULL OR w.digest != n.digest
    UNION ALL
    SELECT 'gone', w.form, w.agency, w.year, w.name, w.funds, NULL, w.path, w.sheet, w.cell
    FROM was w LEFT JOIN now n ON n.key = w.key WHERE n.key IS NULL
"""
_ORDER = "form DESC, CASE kind WHEN 'new' THEN 0 WHEN 'gone' THEN 1 WHEN 'amounts' THEN 2 ELSE 3 END"


@dataclass(frozen=True)
class Change:
    """A table that this merge has and the last had not, or the reverse, or that says something else.

    Attributes:
        kind: new, gone, other amounts, or other words with the same amounts.
        form: a project, or an agency's own table.
        agency: whose it is.
        year: its budget year.
        name: the project's name.
        before: its amounts in 万元 by field at the last merge; empty for a new one.
        after: its amounts now; empty for one that is gone.
        place: where its total stands, or stood.

    """

    kind: Kind
    form: str
    agency: str | None
    year: int | None
    name: str | None
    before: Mapping[str, str | None]
    after: Mapping[str, str | None]
    place: Place


@dataclass(frozen=True)
class Comparison:
    """This merge beside the last: when that was, how many changes of each form and kind, the changes, the totals."""

    last: datetime
    counts: Mapping[tuple[str, Kind], int]
    changes: Rows[Change]
    before: Decimal
    after: Decimal

    @property
    def sentence(self) -> str:
        """The comparison in one sentence."""
        projects, own = self._told(_PROJECT, "个"), self._told(_OWN, "张")
        more = self.after - self.before
        total = f"增加 {values.canonical(more)}" if more > 0 else f"减少 {values.canonical(-more)}"
        parts = [
            f"项目{projects}，年度资金总额{f'{total} 万元' if more else '没有变'}"
            if projects
            else "项目没有变",
            *([f"整体表{own}"] if own else []),
        ]
        return f"与上次汇总（{self.last:%Y-%m-%d %H:%M}）相比，{'；'.join(parts)}，见“与上次相比”。"

    def _told(self, form: str, measure: str) -> str:
        """Say how many tables of a form changed how; `""` where none did."""
        words = {"new": "新增", "gone": "减少", "amounts": "金额变动", "words": "内容变动"}
        counts = {kind: self.counts.get((form, kind), 0) for kind in KINDS}
        return "，".join(f"{words[kind]} {count} {measure}" for kind, count in counts.items() if count)


def place(paths: Sequence[Path]) -> Path:
    """Return the file that remembers the last merge of these files and folders, in whatever order they are named."""
    named = "\n".join(sorted(str(path.resolve()) for path in paths))
    digest = hashlib.sha256(named.encode("utf-8", "surrogatepass")).hexdigest()
    return store.folder() / f"last-{digest[:32]}.sqlite"


def compare(ledger: Ledger, path: Path) -> Comparison | None:
    """Return what changed since the merge that a file remembers; `None` where there is none, or nothing changed."""
    base = ledger.books.base
    base.execute(f"CREATE TEMP TABLE now ({_COLUMNS})")
    base.execute(f"CREATE TEMP TABLE was ({_COLUMNS})")
    insert = f"INSERT OR IGNORE INTO {{}} VALUES ({_PLACES})"  # noqa: S608 - our own words
    base.execute("BEGIN")
    own = (agency.own for agency in ledger.agencies if agency.own)
    base.executemany(insert.format("now"), (_row(one) for one in chain(ledger.projects, own)))
    try:
        last = _last(path)
        if last is not None:
            base.executemany(insert.format("was"), _remembered(path))
    except (sqlite3.DatabaseError, OSError, ValueError, TypeError, KeyError):
        last = None
    base.execute("COMMIT")
    if last is None:
        return None
    found = base.execute(f"SELECT form, kind, count(*) FROM ({_CHANGES}) GROUP BY form, kind")  # noqa: S608 - our own words
    counts = {(form, kind): count for form, kind, count in found}
    if not counts:
        return None
    changes = ledger.books.rows(f"SELECT * FROM ({_CHANGES}) ORDER BY {_ORDER}, agency, name", _change)  # noqa: S608 - as above
    totals = (sum(_totals(base, table), Decimal()) for table in ("was", "now"))
    return Comparison(last, counts, changes, *totals)


def remember(ledger: Ledger, path: Path) -> None:
    """Remember the tables of this merge, which `compare` has listed; where that cannot be, the next one does without."""
    with contextlib.suppress(OSError, sqlite3.Error):
        if not store.is_private(path.parent):
            return
        handle, name = tempfile.mkstemp(prefix="last-", suffix=".tmp", dir=path.parent)  # 0600
        os.close(handle)
        temporary = Path(name)
        try:
            _write(ledger, temporary)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
        for one in sorted(path.parent.glob("last-*.sqlite"), key=lambda one: -one.stat().st_mtime)[_MOST:]:
            one.unlink(missing_ok=True)


def _write(ledger: Ledger, path: Path) -> None:
    base = sqlite3.connect(path, isolation_level=None)
    try:
        base.execute(f"PRAGMA application_id = {_OURS}")
        base.execute("BEGIN")
        base.execute("CREATE TABLE merge (at)")
        base.execute("INSERT INTO merge VALUES (?)", (datetime.now().astimezone().isoformat(),))
        base.execute(f"CREATE TABLE document ({_COLUMNS})")
        rows = ledger.books.base.execute("SELECT * FROM now")
        base.executemany(f"INSERT INTO document VALUES ({_PLACES})", rows)  # noqa: S608 - our own words
        base.execute("COMMIT")
    finally:
        base.close()


def _last(path: Path) -> datetime | None:
    if not path.is_file():
        return None
    with contextlib.closing(_opened(path)) as base:
        if base.execute("PRAGMA application_id").fetchone() != (_OURS,):
            return None
        return datetime.fromisoformat(base.execute("SELECT at FROM merge").fetchone()[0])


def _remembered(path: Path) -> Iterator[tuple[Any, ...]]:
    with contextlib.closing(_opened(path)) as base:
        for row in base.execute("SELECT * FROM document"):
            _change(("gone", *row[1:6], None, *row[7:]))  # raises where it is no row of ours
            yield row


def _opened(path: Path) -> sqlite3.Connection:
    base = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    base.execute("PRAGMA trusted_schema = OFF")
    return base


def _row(one: Entry) -> tuple[object, ...]:
    told, form = one.document.values, one.document.form
    place_ = one.place("/total_funds" if form == _PROJECT else "/expenditure_total")
    name = told.get("project_name")
    agency = known_as(one.agency) or known_as(
        told.get("department")
    )  # a project without an agency is its department's
    named = agency and (name or form == _OWN)
    apart = [] if named else [str(Path(one.path).absolute()), place_.sheet, place_.cell]
    whose = [agency, not one.agency]
    key = json.dumps([form, *whose, told["year"], values.key(name or ""), *apart], ensure_ascii=False)
    content = json.dumps(told, ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(content.encode("utf-8", "surrogatepass")).digest()
    funds = json.dumps({field: told[field] for field in _money(form)}, ensure_ascii=False)
    return (key, form, one.agency, told["year"], name, funds, digest, *place_)


@cache
def _money(form: str) -> tuple[str, ...]:
    """Return the fields of a form that are amounts."""
    return tuple(field for field in schemas.schema(form)["properties"] if schemas.is_money(form, field))


def _change(row: tuple[Any, ...]) -> Change:
    kind, form, agency, year, name, before, after, *where = row
    path, sheet, cell = map(str, where)
    amounts = _funds(before, form), _funds(after, form)
    return Change(kind, form, agency, year, name, *amounts, Place(path, sheet, cell))


def _funds(text: str | None, form: str) -> dict[str, str | None]:
    if form not in {_PROJECT, _OWN}:
        raise ValueError("a form of another program")
    told = json.loads(text) if text else {}
    return (
        {field: None if told[field] is None else str(told[field]) for field in _money(form)} if told else {}
    )


def _totals(base: sqlite3.Connection, table: str) -> Iterator[Decimal]:
    for (text,) in base.execute(f"SELECT funds FROM {table} WHERE form = ?", (_PROJECT,)):  # noqa: S608 - one of two words of ours
        amount = values.decimal(_funds(text, _PROJECT)["total_funds"])
        if amount is not None:
            yield amount
