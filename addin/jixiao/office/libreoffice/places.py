"""A block of cells of one open document: what every other module of the engine works on."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from jixiao.office.libreoffice import a1
from jixiao.office.libreoffice.a1 import Block
from jixiao.office.libreoffice.border import Uno, struct
from jixiao.office.libreoffice.formulas import Grammar
from jixiao.office.libreoffice.number_formats import NumberFormats

if TYPE_CHECKING:
    from jixiao.office.libreoffice.books import Book


@dataclass(frozen=True, slots=True)
class Document:
    """An open document, with what is asked of it once and kept."""

    uno: Uno
    sheets: Uno
    formats: NumberFormats
    grammar: Grammar
    book: "Book"

    @property
    def window(self) -> Uno:
        """Return the controller: what a person sees of the document, and selects in it."""
        return self.uno.getCurrentController()


@dataclass(frozen=True, slots=True)
class Place:
    """A block of cells on a sheet; UNO's objects for it are asked for once, when first used."""

    document: Document
    sheet: Uno
    block: Block
    _kept: dict[str, Uno] = field(default_factory=dict, compare=False, repr=False)

    @property
    def cells(self) -> Uno:
        """Return UNO's range, or its cell where the block is one cell; kept, unless cells have moved since."""
        kept = self._kept.get("cells")
        if kept is None or block_of(kept.getRangeAddress()) != self.block:
            kept = self._cell() if len(self.block) == 1 else self.range
            self._kept["cells"] = kept
        return kept

    @property
    def range(self) -> Uno:
        """Return UNO's range even where it is one cell: only ranges take array formulas.

        It is asked of the document, by the sheet's number: UNO's sheet is itself a range that shrinks and shifts
        when cells are deleted, and then counts from another corner.
        """
        block = self.block
        return self.document.sheets.getCellRangeByPosition(
            block.column - 1, block.row - 1, block.last_column - 1, block.last_row - 1, self.number
        )

    @property
    def first(self) -> Uno:
        """Return UNO's cell at the upper left."""
        return self.cells if len(self.block) == 1 else self._cell()

    def _cell(self) -> Uno:
        return self.document.sheets.getCellByPosition(self.block.column - 1, self.block.row - 1, self.number)

    @property
    def number(self) -> int:
        """Return the sheet's position in its document, counted from 0."""
        return int(self.sheet.getRangeAddress().Sheet)

    @property
    def start(self) -> Uno:
        """Return UNO's address of the cell at the upper left."""
        return struct("table.CellAddress", self.number, self.block.column - 1, self.block.row - 1)

    @property
    def area(self) -> Uno:
        """Return UNO's address of the block."""
        block = self.block
        return struct(
            "table.CellRangeAddress",
            self.number,
            block.column - 1,
            block.row - 1,
            block.last_column - 1,
            block.last_row - 1,
        )

    @property
    def label(self) -> str:
        """Return `Sheet1!$A$1`, for sentences and formulas."""
        return f"{a1.quoted_sheet(self.sheet.getName())}!{a1.address(self.block)}"

    def part(self, row: int, column: int, rows: int = 1, columns: int = 1) -> "Place":
        """Return a block that starts `row` rows and `column` columns further, counted from 0."""
        return self.at(Block(self.block.row + row, self.block.column + column, rows, columns))

    def union(self, cells: Iterable[tuple[int, int]]) -> Uno:
        """Return UNO's collection of single cells, counted from 0 below and right of the first one."""
        made = self.document.uno.createInstance("com.sun.star.sheet.SheetCellRanges")
        tab, row, column = self.number, self.block.row - 1, self.block.column - 1
        areas = [
            struct("table.CellRangeAddress", tab, column + c, row + r, column + c, row + r) for r, c in cells
        ]
        made.addRangeAddresses(tuple(areas), True)
        return made

    def at(self, block: Block) -> "Place":
        """Return another block of the same sheet."""
        return replace(self, block=block, _kept={})


def place_of(document: Document, cells: Uno, sheet: Uno = None) -> Place:
    """Return the place of UNO's range or cell."""
    found = cells.getRangeAddress()
    rows, columns = found.EndRow - found.StartRow + 1, found.EndColumn - found.StartColumn + 1
    sheet = document.sheets.getByIndex(found.Sheet) if sheet is None else sheet
    return Place(document, sheet, Block(found.StartRow + 1, found.StartColumn + 1, rows, columns))


def at_cursor(document: Document) -> Place:
    """Return the place of the cell cursor on the sheet in front, whatever is selected and whether it is seen or not.

    The view's own text tells it: `zoom;sheet in front;width of tabs;column/row/…;…`, a part for each sheet.
    """
    parts = str(document.window.getViewData()).split(";")
    number = int(parts[1])
    column, row = re.split("[/+]", parts[number - document.sheets.getCount()])[:2]
    return Place(document, document.sheets.getByIndex(number), Block(int(row) + 1, int(column) + 1, 1, 1))


def block_of(area: Uno) -> Block:
    """Return the block of UNO's range address."""
    rows, columns = area.EndRow - area.StartRow + 1, area.EndColumn - area.StartColumn + 1
    return Block(area.StartRow + 1, area.StartColumn + 1, rows, columns)
