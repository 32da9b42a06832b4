"""Indicators of one table that share a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from jixiao.model import Document
from jixiao.rules.answers import indicators, states
from jixiao.rules.names import unprinted
from jixiao.rules.rows import Row
from jixiao.values import key, parse


@dataclass(frozen=True)
class Repeat:
    """A name that stands in several rows.

    Attributes:
        name: as first written, without a number printed before it.
        numbers: the indicators, in order.
        cells: their name cells, for the message.
        targets: their values as written, blank ones left out.
        differ: whether the values differ in more than their way of writing.
        across: whether the rows belong to different level 2 words.

    """

    name: str
    numbers: tuple[int, ...]
    cells: str
    targets: tuple[str, ...]
    differ: bool
    across: bool


def names_of(document: Document, rows: Sequence[Row]) -> tuple[str, ...]:
    """Return the name of every indicator row as it is compared, `""` where it is blank; `rows` are those taken apart."""
    known = {row.number: row.key for row in rows}
    return tuple(
        [known.get(number) or key(unprinted(one["name"] or "")) for number, one in indicators(document)]
    )


def repeats_of(document: Document, names: Sequence[str]) -> tuple[Repeat, ...]:
    """Return every name that several rows share, of all in `names_of`; 不涉及 and placeholders are no names."""
    named = [one for one in names if one]
    if len(set(named)) == len(named):
        return ()
    return tuple(_repeats(document, names))


def _repeats(document: Document, names: Sequence[str]) -> Iterator[Repeat]:
    groups: dict[str, list[tuple[int, dict[str, Any]]]] = {}
    for number, indicator in indicators(document):
        if names[number] and states(indicator["name"]):
            groups.setdefault(names[number], []).append((number, indicator))
    for rows in groups.values():
        if len(rows) > 1:
            numbers = tuple(number for number, _ in rows)
            targets = [one["target"] for _, one in rows if one["target"]]
            yield Repeat(
                name=unprinted(rows[0][1]["name"]),
                numbers=numbers,
                cells="、".join(document.cell(f"/indicators/{number}/name") for number in numbers),
                targets=tuple(dict.fromkeys(targets)),
                differ=len({_meaning(target) for target in targets}) > 1,
                across=len({one["level2"] for _, one in rows}) > 1,
            )


def _meaning(target: str) -> tuple[str | None, ...]:
    parsed = parse(target)
    return (key(target),) if parsed.value is None else (parsed.operator, parsed.value, parsed.measure)
