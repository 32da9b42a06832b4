"""What a file may hold before it is refused."""

from __future__ import annotations

from typing import NamedTuple

_MIB = 1 << 20


class Limits(NamedTuple):
    """What a file may hold; the largest real table is a hundredth of any of these.

    Attributes:
        file: bytes on disk.
        entries: members of a zip package.
        part: bytes of one inflated member.
        total: bytes of all inflated members.
        ratio: inflated to packed bytes of one member, where it inflates beyond 8 MiB. The most repetitive
            honest sheet measured (5,000 x 200 styled blanks) has 10, a bomb of zeros 1,029.
        rows: rows down to the last value; a value in the last row of all cost 370 MB and 0.9 s to read.
        columns: columns up to the last value.
        text: bytes of text in all cells, where every cell has the longest.
        letters: of the text in one cell; Excel takes 32,767.
        sheets: sheets of a workbook.
        cells: cells in the rectangles that the values of all sheets span, 32 bytes each in calamine.

    """

    file: int = 64 * _MIB
    entries: int = 4_096
    part: int = 64 * _MIB
    total: int = 192 * _MIB
    ratio: int = 200
    rows: int = 100_000
    columns: int = 1_000
    text: int = 1_024 * _MIB
    letters: int = 100_000
    sheets: int = 1_000
    cells: int = 8_000_000


def mega(size: int) -> str:
    """Return a number of bytes as a person reads it, rounded up."""
    return f"{-(-size // _MIB)} MB"
