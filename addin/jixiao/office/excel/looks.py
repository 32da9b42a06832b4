"""What a sheet looks like where reading and marking must know: merged areas, dressed numbers, what protection allows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from jixiao.model import Area, Spot


@dataclass(frozen=True)
class Looks:
    """What the program tells of a block of cells.

    Attributes:
        formats: number formats by cell, where they add a percent sign or words to a number, or make it a time.
        merges: merged areas; `None` where the program did not tell.
        hidden: rows that nobody sees, counted from 0.
        hidden_columns: columns that nobody sees.

    """

    formats: Mapping[Spot, str] = field(default_factory=dict)
    merges: tuple[Area, ...] | None = None
    hidden: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


class Allowed(NamedTuple):
    """What a sheet's protection lets us change: fills, and notes."""

    fills: bool = True
    notes: bool = True


def units(text: str) -> int:
    """Return how long the programs take a text to be: a rare character (𠮷), or a 😀, counts as two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def spots(area: Area) -> Iterator[Spot]:
    """Yield the cells of an area, row by row."""
    for row in range(area.top, area.bottom + 1):
        for column in range(area.left, area.right + 1):
            yield Spot(row, column)


def around(cells: Iterable[Spot]) -> Area:
    """Return the smallest area that holds all the cells; there must be one."""
    found = list(cells)
    rows, columns = [one.row for one in found], [one.column for one in found]
    return Area(min(rows), min(columns), max(rows), max(columns))


def rectangles(cells: Iterable[Spot]) -> list[Area]:
    """Return few areas that hold exactly these cells: runs down a column, joined with equal runs beside them."""
    wanted = set(cells)
    runs: dict[tuple[int, int], list[int]] = {}
    for one in sorted(wanted, key=lambda spot: (spot.column, spot.row)):
        if Spot(one.row - 1, one.column) in wanted:
            continue
        bottom = one.row
        while Spot(bottom + 1, one.column) in wanted:
            bottom += 1
        runs.setdefault((one.row, bottom), []).append(one.column)
    found = []
    for (top, bottom), columns in runs.items():
        left = columns[0]
        for at, column in enumerate(columns):
            if at + 1 == len(columns) or columns[at + 1] != column + 1:
                found.append(Area(top, left, bottom, column))
                left = columns[at + 1] if at + 1 < len(columns) else left
    return sorted(found)
