"""The cells of an OpenDocument: how far its repetitions grow, and what calamine cannot tell of them.

Such a file writes beside every value what a person sees of it, and so needs no number formats to be understood.
"""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING

from jixiao.model import Spot
from jixiao.office.cells import Extent, Facts, new_parser, parse
from jixiao.office.sniffing import damaged, too_large
from jixiao.values import is_dressed

if TYPE_CHECKING:
    from jixiao.model import CellValue
    from jixiao.office.limits import Limits

_MOST_FACTS = 100_000
_LONGEST = 60  # of what is seen of a number
_DRESSED = re.compile(
    r"(?P<before>[^\d+-]*)(?P<minus>-?)(?P<whole>\d[\d,]*)(?:(?P<letter>!?)\.(?P<decimals>\d+))?(?P<after>\D*)"
)
_NUMBER = re.compile(r"[+-]?\d{1,30}(?:\.\d{1,30})?(?:[eE][+-]?\d{1,3})?")
_WORD = re.compile(r"[^\W_]")
_YEAR = re.compile(r"\d{4}")
_PERCENT = "0%"
_HALF = Decimal("0.5000001")
_MOST_PLACES = 13
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
        self.past = 0  # columns that the table has told of
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
            self.extent, self.row, self.past = Extent(self.limits), 0, 0
            self.facts = self.found.setdefault(attributes.get("table:name", ""), Facts())
        elif tag == "table:table-row":
            self.row_repeat = _repeat(attributes, "table:number-rows-repeated")
            self.column, self.reach, self.pushed = 0, -1, 0
            self.hidden = _is_hidden(attributes)
        elif tag == "table:table-column":
            first, self.past = self.past, self.past + _repeat(attributes, "table:number-columns-repeated")
            if _is_hidden(attributes):
                self.facts.hidden_columns.update(range(first, min(self.past, self.limits.columns)))
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
        code = "" if is_fault else _format(kind, seen, self.cell.get("office:value", ""))
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


def _format(kind: str, seen: str, told: str) -> str:
    """Return a number format that shows a value as it is seen, `""` where that adds nothing to it."""
    if len(seen) > _LONGEST or '"' in seen:
        return _PERCENT if kind == "percentage" else ""
    if kind == "date":
        in_words = any("\u4e00" <= letter <= "\u9fff" for letter in seen)
        return f'"{seen}"' if in_words or _YEAR.fullmatch(seen) else ""
    if kind not in ("float", "percentage") or not _NUMBER.fullmatch(told):
        return ""
    number, match = Decimal(told), _DRESSED.fullmatch(seen)
    if match is None:
        is_word = not re.search(r"\d", seen) and abs(number) in (0, 1) and bool(_WORD.search(seen))
        return f'"{seen}"' if is_word else _PERCENT if kind == "percentage" else ""
    before, after = match["before"], match["after"]
    is_bracketed = before.startswith("(") and after.endswith(")") and number < 0
    if is_bracketed:
        before, after = before[1:], after[:-1]
    if number < 0 and not match["minus"] and not is_bracketed:
        return f'"{seen}"' if _WORD.search(seen) else ""  # 减少5亩
    code = f"{_quoted(before)}{_digits(number, match, kind)}{_quoted(after.replace('%', '', 1))}"
    return code if is_dressed(code) else ""


def _quoted(words: str) -> str:
    return f'"{words}"' if words else ""


def _digits(number: Decimal, match: re.Match[str], kind: str) -> str:
    """Return the part of a format for the digits: those seen are the value's, perhaps with the point moved."""
    if kind == "percentage":
        return _PERCENT
    whole, decimals = match["whole"].replace(",", ""), match["decimals"] or ""
    seen, grain = Decimal(f"{whole}.{decimals or 0}"), Decimal(1).scaleb(-len(decimals))
    near = (
        places for places in range(_MOST_PLACES) if abs(abs(number).scaleb(-places) - seen) <= grain * _HALF
    )
    places = next(near, 0)
    if match["letter"]:  # the program takes the ! of 0!.0, for a letter of its own
        places += len(decimals)
    return f"0!.{'0' * places}" if places else "0"


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


def _is_hidden(attributes: dict[str, str]) -> bool:
    return attributes.get("table:visibility", "visible") != "visible"


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
