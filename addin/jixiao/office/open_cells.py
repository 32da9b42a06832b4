"""The cells of an OpenDocument: how far its repetitions grow, and what calamine cannot tell of them.

Such a file writes beside every value what a person sees of it, and so needs no number formats to be understood.
"""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import product
from typing import TYPE_CHECKING

from jixiao.model import Spot
from jixiao.office.cells import Extent, Facts, new_parser, parse
from jixiao.office.sniffing import damaged, too_large
from jixiao.values import is_dressed

if TYPE_CHECKING:
    from jixiao.model import CellValue
    from jixiao.office.guard import Limits

_MOST_FACTS = 100_000
_LONGEST = 60  # of what is seen of a number
_DRESSED = re.compile(r"([^\d+-]*)-?[\d,]+(?:\.\d+)?(\D*)")
_FAULT = re.compile(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!)|Err:\d{3}")
_DURATION = re.compile(r"(-?)PT(\d+)H(\d+)M(\d+)(?:\.\d*)?S")
_CELLS = ("table:table-cell", "table:covered-table-cell")


class _Tables:
    """Follows the rows of an OpenDocument content, with what its repetitions grow to."""

    def __init__(self, limits: Limits) -> None:
        self.limits, self.spent = limits, 0
        self.extent = Extent(limits)
        self.row = self.column = self.row_repeat = self.cell_repeat = 0
        self.pushed, self.reach = 0, -1
        self.in_cell = self.filled = False
        self.cell: dict[str, str] = {}
        self.seen: list[str] = []
        self.in_text = self.in_note = self.hidden = False
        self.found: dict[str, Facts] = {}
        self.facts, self.count = Facts(), 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin a table, a row or a cell."""
        if tag == "table:table":
            self.spent += self.extent.rows * self.extent.columns
            self.extent, self.row = Extent(self.limits), 0
            self.facts = self.found.setdefault(attributes.get("table:name", ""), Facts())
        elif tag == "table:table-row":
            self.row_repeat = _repeat(attributes, "table:number-rows-repeated")
            self.column, self.reach, self.pushed = 0, -1, 0
            self.hidden = attributes.get("table:visibility", "visible") != "visible"
        elif tag == "office:annotation":
            self.in_note = True
        elif tag == "text:p":
            self.in_text = self.in_cell and not self.in_note
        elif tag in _CELLS:
            self.cell, self.seen = attributes, []
            self.pushed = self.column
            self.cell_repeat = _repeat(attributes, "table:number-columns-repeated")
            self.in_cell = True
            self.filled = "table:formula" in attributes or any(
                key.startswith("office:") for key in attributes
            )

    def text(self, text: str) -> None:
        """Note that a cell is not empty."""
        self.filled = self.filled or (self.in_cell and bool(text.strip()))
        if self.in_text:
            self.seen.append(text)

    def end(self, tag: str) -> None:
        """Finish a row or a cell."""
        if tag == "office:annotation":
            self.in_note = False
        elif tag == "text:p":
            self.in_text = False
        elif tag in _CELLS:
            self.column += self.cell_repeat
            self.in_cell = False
            if self.filled:
                self.reach = self.column - 1
                self.extent.add(self.row, self.reach)
                self.filled = False
                self._tell()
        elif tag == "table:table-row":
            if self.reach >= 0:
                self.extent.add(self.row + self.row_repeat - 1, self.reach)
                if self.hidden:
                    self.facts.hidden.update(range(self.row, self.row + self.row_repeat))
            self.row += self.row_repeat
            self.spent += max(self.pushed, self.reach + 1)  # calamine keeps these for every row, blank or not
        spread = self.spent + self.extent.rows * self.extent.columns
        if spread > self.limits.cells:
            raise too_large(f"各表铺开有 {spread} 格", f"{self.limits.cells} 格")

    def _tell(self) -> None:
        """Keep of a cell and its repetitions what calamine does not tell: an error, what is seen beside the number."""
        seen, kind = "".join(self.seen).strip(), self.cell.get("office:value-type", "")
        is_fault = "table:formula" in self.cell and bool(_FAULT.fullmatch(seen))
        code = "" if is_fault else _format(kind, seen)
        if not is_fault and not code:
            return
        rows = range(self.row, min(self.row + self.row_repeat, self.limits.rows))
        for row, column in product(rows, range(self.pushed, self.column)):
            self.count += 1
            if self.count > _MOST_FACTS:
                return
            if is_fault:
                self.facts.faults[Spot(row, column)] = seen
            else:
                self.facts.formats[Spot(row, column)] = code


def _format(kind: str, seen: str) -> str:
    """Return the number format that would show a value as it is seen, `""` where it adds nothing to it."""
    if kind == "percentage":
        return "0%"
    short = len(seen) <= _LONGEST and kind in ("float", "date")
    match = _DRESSED.fullmatch(seen) if short else None
    if match is None:
        return ""
    before, after = (f'"{words}"' if words else "" for words in match.groups())
    code = f"{before}{'yyyy' if kind == 'date' else '0'}{after}"
    return code if '"' not in seen and is_dressed(code) else ""


def durations(rows: list[list[CellValue]]) -> None:
    """Put spans of time where calamine leaves their text: `PT30H00M00S` is 30:00."""
    for line in rows:
        for column, value in enumerate(line):
            if (
                isinstance(value, str)
                and value.startswith(("PT", "-PT"))
                and (match := _DURATION.fullmatch(value))
            ):
                hours, minutes, seconds = map(int, match.groups()[1:])
                span = timedelta(hours=hours, minutes=minutes, seconds=seconds)
                line[column] = -span if match[1] else span


def _repeat(attributes: dict[str, str], name: str) -> int:
    number = attributes.get(name, "1")
    if not number.isdecimal():
        raise damaged()
    return int(number[:10])


def inspect(part: bytes, limits: Limits) -> dict[str, Facts]:
    """Return the facts of a `content.xml` by sheet; raises FileRejectedError where its repeated cells reach too far."""
    tables = _Tables(limits)
    parse(new_parser(), part, tables.start, tables.end, tables.text)
    return tables.found
