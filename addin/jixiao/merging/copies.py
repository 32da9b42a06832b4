"""Annotated copies (标注件) that came back: ours where they say nothing new, else submissions of what they were made from."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from jixiao import values
from jixiao.merging import settling
from jixiao.merging.accounts import Accounts, slip_of
from jixiao.merging.extracting import COPY
from jixiao.merging.records import Slip
from jixiao.merging.settling import Arrival, Why
from jixiao.office import saving
from jixiao.rules.agencies import known_as, may_abbreviate

_COPIES = "SELECT n, path FROM file WHERE copy AND n IN (SELECT file FROM doc) ORDER BY n"
_OF_FILE = "SELECT n, identity, slip FROM doc WHERE file = ? ORDER BY n"
_SAME = """
SELECT d.n, d.slip, f.path, f.own, f.saved, f.copy FROM doc d JOIN file f ON f.n = d.file
WHERE d.identity = ? ORDER BY d.n
"""
_OF_GIST = """
SELECT DISTINCT f.n, f.path FROM doc d JOIN file f ON f.n = d.file
WHERE json_extract(d.slip, '$[11]') = ? AND NOT f.copy
"""
_SENT = "SELECT count(*) FROM doc d JOIN file f ON f.n = d.file WHERE d.identity = ? AND NOT f.copy"
_AGAIN = re.compile(r"\(\d+\)$")  # copies of one name in one folder are numbered
_EQUAL = "这是校验时生成的副本，内容与“{0}”相同，未参与处理；请提交改好的原文件。"
_OLDER = "这是校验时生成的副本，内容与“{0}”不同，比它旧，未参与处理。"
_REMARK = (
    "这个标注件的内容与后来保存的“{0}”不同，没有计入；如果填报单位改在了标注件里，请把改动抄到原文件里再报。"
)


class _Outcome(NamedTuple):
    """What would become of one table of a copy.

    Attributes:
        source: the file that holds its equal and is no copy, `None` where there is none.
        why: why it does not count, `None` where it does.
        counted: the file of the one that counts.
        copy: whether that one is a copy too.

    """

    source: str | None
    why: Why | None
    counted: str
    copy: bool


def arrivals(rows: Sequence[tuple[str, str, float | None, float | None, int]]) -> list[Arrival]:
    """Return what settling must know of tables that are the same: of each its slip, path, times, and whether of a copy."""
    return [
        _arrival(slip_of(slip), path, (own, saved), copy=bool(copy)) for slip, path, own, saved, copy in rows
    ]


def _arrival(told: Slip, path: str, times: tuple[float | None, float | None], *, copy: bool) -> Arrival:
    return Arrival(path, told.content, told.plain, *times, blank=told.blank, copy=copy, reasons=told.reasons)


def pair(books: Accounts) -> None:
    """Make the tables of a copy the same as those that they were made from, also where a name or year was corrected."""
    copies = books.base.execute(_COPIES).fetchall()
    if copies:
        books.base.execute("CREATE INDEX IF NOT EXISTS doc_by_gist ON doc (json_extract(slip, '$[11]'))")
    sources = _by_stem(books) if copies else {}
    for number, path in copies:
        own = books.base.execute(_OF_FILE, (number,)).fetchall()
        alone = [one for one in own if not books.one(_SENT, one[1])]
        for other, other_path in (_sources(path, sources) or _of_one_gist(books, alone)) if alone else ():
            theirs = books.base.execute(_OF_FILE, (other,)).fetchall()
            shared = {one[1] for one in own} & {one[1] for one in theirs}
            beside = bool(shared) or PurePosixPath(path).parent == PurePosixPath(other_path).parent
            taken = shared
            for _, identity, text in alone:
                slip = slip_of(text)
                found = [
                    (slip_of(one[2]).gist != slip.gist, at, one[1])
                    for at, one in enumerate(theirs)
                    if one[1] not in taken and _akin(slip, slip_of(one[2]), beside=beside)
                ]
                if found:
                    _, _, same = min(found)
                    taken = {*taken, same}
                    books.base.execute("UPDATE doc SET identity = ? WHERE identity = ?", (same, identity))


def set_apart(books: Accounts, prefer: Sequence[str]) -> bool:
    """Take the copies that say nothing new, or what has been corrected since, off the books; returns whether any was."""
    ours: list[tuple[int, str, str]] = []
    for number, _ in books.base.execute(_COPIES).fetchall():
        outcomes = list(_outcomes(books, number, prefer))
        other = next((one for one in outcomes if one.source is None), None)
        if other is None and outcomes[0].source:
            ours.append((number, _EQUAL.format(outcomes[0].source), ""))
        elif other and all(one.source or (one.why == "later" and not one.copy) for one in outcomes):
            ours.append((number, _OLDER.format(other.counted), _REMARK.format(other.counted)))
    for number, reason, remark in ours:
        head = json.loads(books.one("SELECT head FROM file WHERE n = ?", number))
        head |= {"status": "not_ours", "code": "other_file", "reason": reason}
        head["remarks"] = [remark] if remark else []
        books.base.execute("UPDATE file SET head = ? WHERE n = ?", (json.dumps(head), number))
        books.base.execute("DELETE FROM doc WHERE file = ?", (number,))
    return bool(ours)


def _outcomes(books: Accounts, file: int, prefer: Sequence[str]) -> Iterator[_Outcome]:
    """Yield what would become of each table of a file."""
    for doc, identity, _ in books.base.execute(_OF_FILE, (file,)).fetchall():
        same = books.base.execute(_SAME, (identity,)).fetchall()
        ones = arrivals([row[1:] for row in same])
        fates, disputes = settling.settle(ones, prefer)
        own = ones[next(number for number, row in enumerate(same) if row[0] == doc)]
        why = next((one.why for one in disputes if ones[one.other].content == own.content), None)
        counted = ones[fates.index("counted")]
        equal = (one.path for one in ones if one.content == own.content and not one.copy)
        source = next(equal, None) if settling.says_nothing_new(own, ones) else None
        yield _Outcome(source, why, counted.path, counted.copy)


def _by_stem(books: Accounts) -> dict[str, list[tuple[int, str]]]:
    """Return the files that are no copies by what a copy's name makes of theirs."""
    found: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for number, path in books.base.execute("SELECT n, path FROM file WHERE NOT copy ORDER BY n"):
        one = PurePosixPath(path)
        found[saving.safe_name(one.stem)].append((number, path))
        if one.parent.name:
            found[saving.safe_name(f"{one.parent.name}-{one.stem}")].append((number, path))
    return found


def _sources(path: str, known: dict[str, list[tuple[int, str]]]) -> list[tuple[int, str]]:
    """Return the files that a copy may have been made from, by its name."""
    stem = PurePosixPath(path).name.partition(COPY)[0]
    return known.get(stem) or known.get(_AGAIN.sub("", stem), [])


def _of_one_gist(books: Accounts, own: Sequence[tuple[int, bytes, str]]) -> list[tuple[int, str]]:
    """Return the files that are no copies and hold a table of the same indicators: the source has been renamed."""
    found: dict[int, str] = {}
    for _, _, text in own:
        if gist := slip_of(text).gist:
            found |= dict(books.base.execute(_OF_GIST, (gist,)).fetchall())
    return sorted(found.items())


def _akin(one: Slip, other: Slip, *, beside: bool) -> bool:
    """Tell whether two tables of one sheet are of one table that was corrected.

    Agencies call their files and sheets alike, and schools fill in the same form: but in the folder of the copy, or
    where other tables of the workbook are the same, the agency's name must agree.
    """
    if (one.form, one.sheet) != (other.form, other.sheet):
        return False
    agencies = [known_as(each.agency) if isinstance(each.agency, str) else "" for each in (one, other)]
    names = [
        values.key(each.project_name) if isinstance(each.project_name, str) else "" for each in (one, other)
    ]
    alike = bool(names[0] and names[0] == names[1]) or bool(one.gist and one.gist == other.gist)
    if one.form == "agency_overall":
        return beside or (alike and not all(agencies)) or may_abbreviate(*agencies)
    if beside:
        return alike or bool(agencies[0] and agencies[0] == agencies[1])
    return alike and (not all(agencies) or may_abbreviate(*agencies))
