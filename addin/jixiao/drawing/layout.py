"""Where the cells of a form stand on a sheet: rows of a form flow like the rows of an HTML table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jixiao.forms import Cell, Form
from jixiao.model import Area

TOP = 2  # title and caption stand above


@dataclass(frozen=True)
class Line:
    """One row of the indicator block.

    Attributes:
        words: indicator field → text, `None` where blank.
        spare: a row that nobody has to fill.
        first, last: the lines (from 0) of the level-1 block that it belongs to.

    """

    words: Mapping[str, str | None]
    spare: bool
    first: int
    last: int


@dataclass(frozen=True)
class Place:
    """A cell of a form on the sheet: where, in which repeated block, and at which repeat of it."""

    cell: Cell
    area: Area
    repeat: str = ""
    n: int = 0


def lines(form: Form, indicators: Sequence[Mapping[str, Any]] | None) -> tuple[Line, ...]:
    """Return the indicator rows: those given, or the blank official ones with their spare rows."""
    if indicators:
        return tuple(_given(indicators))
    return tuple(_official(form))


def places(form: Form, goals: int, indicators: Sequence[Line]) -> Iterator[Place]:
    """Yield every cell of the form with its place, from the first row below the caption, in reading order."""
    counts = [{"goals": goals, "indicators": len(indicators)}.get(row.repeat, 1) for row in form.rows]
    starts = [TOP + sum(counts[:at]) for at in range(len(counts) + 1)]
    for at, left, cell in form.placed():
        repeat = form.rows[at].repeat
        area = Area(starts[at], left, starts[form.until(at, cell)] - 1, left + cell.span - 1)
        if cell.label or not repeat:
            yield Place(cell, area)
        else:
            yield from _repeated(cell, area, repeat, indicators)


def _repeated(cell: Cell, area: Area, repeat: str, indicators: Sequence[Line]) -> Iterator[Place]:
    for n, row in enumerate(range(area.top, area.bottom + 1)):
        bottom = row
        if repeat == "indicators" and cell.field == "level1":
            if indicators[n].first != n:
                continue
            bottom = row + indicators[n].last - n
        yield Place(cell, area._replace(top=row, bottom=bottom), repeat, n)


def _given(indicators: Sequence[Mapping[str, Any]]) -> Iterator[Line]:
    for first, last in _blocks([one.get("level1") for one in indicators]):
        for at in range(first, last + 1):
            yield Line(indicators[at], spare=False, first=first, last=last)


def _official(form: Form) -> Iterator[Line]:
    vocabulary, row = form.words(), form.block("indicators")
    first = 0
    for level1 in vocabulary.level1:
        level2: Sequence[str | None] = vocabulary.level2.get(level1) or [None] * row.open
        last = first + len(level2) + row.spare - 1
        for at, word in enumerate([*level2, *[None] * row.spare]):
            yield Line({"level1": level1, "level2": word}, spare=at >= len(level2), first=first, last=last)
        first = last + 1


def _blocks(words: Sequence[str | None]) -> Iterator[tuple[int, int]]:
    """Yield first and last of each run of equal words; a blank is a run of its own."""
    first = 0
    for at in range(1, len(words) + 1):
        if at == len(words) or not words[at] or words[at] != words[first]:
            yield first, at - 1
            first = at
