"""A ledger's sheet of any length: XlsxWriter's own account of a row takes 150 bytes, that of a link more than 1 KB."""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from typing import Any

from xlsxwriter.url import Url
from xlsxwriter.worksheet import Worksheet


class LongSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    """A worksheet that is written row by row from the top: rows that are on disk are forgotten, links take little."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self.hyperlinks = _Links()

    def link(self, row: int, column: int, target: str) -> None:
        """Link a cell, whatever it holds; `target` as XlsxWriter has it (`external:…`, `internal:…`)."""
        self.hyperlinks.add(row, column, target)

    def set_row(self, row: int, *words: Any, **named: Any) -> None:  # noqa: ANN401 - as XlsxWriter has it
        """Set a row's height; what is known of the row above is written by now."""
        super().set_row(row, *words, **named)
        if self.constant_memory:
            self.row_info.pop(row - 1, None)
            self.row_sizes.pop(row - 1, None)


class _Links(Mapping[int, Mapping[int, Url]]):
    """Row → column → link, made into what XlsxWriter wants only while it writes that row."""

    def __init__(self) -> None:
        self._rows, self._columns = array("L"), array("H")
        self._files: list[str] = []
        self._places: list[str] = []
        self._made: tuple[int, dict[int, Url]] = (-1, {})

    def add(self, row: int, column: int, target: str) -> None:
        file, mark, place = target.partition("#")
        self._rows.append(row)
        self._columns.append(column)
        self._files.append(sys.intern(file))  # many links lead to one file
        self._places.append(mark + place)

    def __getitem__(self, row: int) -> dict[int, Url]:
        if self._made[0] != row:
            links = range(bisect_left(self._rows, row), bisect_right(self._rows, row))
            self._made = row, {self._columns[at]: _Link(self._files[at] + self._places[at]) for at in links}
        return self._made[1]

    def __iter__(self) -> Iterator[int]:
        return iter(dict.fromkeys(self._rows))

    def __len__(self) -> int:
        return len(set(self._rows))


class _Link(Url):  # type: ignore[misc]  # the same
    """A link whose target is kept once, however many cells lead there: XlsxWriter lists them all before it is done."""

    def _target(self) -> str:
        return sys.intern(super()._target())
