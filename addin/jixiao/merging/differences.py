"""Two versions of one table → what differs between them, cell by cell, rows that moved kept together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from jixiao import schemas, values, wording
from jixiao.merging.entries import Entry, Place
from jixiao.merging.settling import Why

_FIELDS = ("level1", "level2", "name", "target")
_WHOLE = "整张表"
_Pair = tuple[int | None, int | None]


@dataclass(frozen=True)
class Difference:
    """One place where a version that was not counted says something else than the one that was.

    Attributes:
        agency: whose table it is.
        table: the project's name, or what the agency's own table is called.
        field: what differs, as a clerk finds it.
        counted: what the table that counts says, `None` where it is blank or has no such row.
        counted_at: where, `None` where it has no such row.
        other: what the other one says.
        other_at: where.
        why: why the one counts and not the other.

    """

    agency: str | None
    table: str
    field: str
    counted: str | None
    counted_at: Place | None
    other: str | None
    other_at: Place | None
    why: Why


def between(counted: Entry, other: Entry, why: Why) -> Iterator[Difference]:
    """Yield what differs, in the order of the fields; rows of goals and indicators are matched by what they name.

    Of a version that nobody has filled in that is told once, and not of each field.
    """
    ours, theirs = counted.document, other.document
    project = ours.values.get("project_name")
    own = ours.form == "agency_overall"
    table = "整体支出绩效目标表" if own else str(project or "（项目名称未填）")
    if why == "blank":
        name = "/agency" if own else "/project_name"
        places = counted.place(name), other.place(name)
        yield Difference(counted.agency, table, _WHOLE, "已填写", places[0], None, places[1], why)
        return
    for left, right in _pointers(ours.values, theirs.values):
        one, two = (
            _text(document.at(at)) if at else None for document, at in ((ours, left), (theirs, right))
        )
        if one == two:
            continue
        named, pointer = (theirs, right) if right else (ours, left or "")
        title = str(schemas.field(named.form, pointer).get("title", ""))
        yield Difference(
            agency=counted.agency,
            table=table,
            field=_named(wording.name_of(pointer, named.values, title), left, right),
            counted=one,
            counted_at=counted.place(left) if left else None,
            other=two,
            other_at=other.place(right) if right else None,
            why=why,
        )


def _pointers(ours: dict[str, Any], theirs: dict[str, Any]) -> Iterator[tuple[str | None, str | None]]:
    """Yield the pointers to compare, `None` on the side that has no such row."""
    for field in dict.fromkeys((*ours, *theirs)):
        one, two = ours.get(field), theirs.get(field)
        if not isinstance(one, list) or not isinstance(two, list):
            yield f"/{field}", f"/{field}"
            continue
        for left, right in _rows([_key(row) for row in one], [_key(row) for row in two]):
            for part in ("",) if field == "goals" else tuple(f"/{name}" for name in _FIELDS):
                yield (
                    None if left is None else f"/{field}/{left}{part}",
                    None if right is None else f"/{field}/{right}{part}",
                )


def _rows(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[_Pair]:
    """Pair the rows of two lists: equal keys first, what was replaced side by side, the rest alone."""
    for _, top, bottom, first, last in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        for at in range(max(bottom - top, last - first)):
            yield (top + at if top + at < bottom else None, first + at if first + at < last else None)


def _key(row: object) -> str:
    if isinstance(row, dict):
        return values.key(f"{row.get('level2') or ''} {row.get('name') or ''}")
    return values.key(str(row or ""))


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _named(name: str, left: str | None, right: str | None) -> str:
    if left is None:
        return f"{name}（计入的一份没有这一行）"
    return f"{name}（未计入的一份没有这一行）" if right is None else name
