"""Sheets of a workbook."""

from collections.abc import Iterator
from dataclasses import replace
from numbers import Real
from typing import TYPE_CHECKING, TypeAlias

from xlwings import XlwingsError, base_classes

from jixiao.office.libreoffice import a1, areas, edges
from jixiao.office.libreoffice.a1 import Block
from jixiao.office.libreoffice.border import NOTES, Uno
from jixiao.office.libreoffice.declined import declined
from jixiao.office.libreoffice.guard import require_structure
from jixiao.office.libreoffice.names import Names, Scope
from jixiao.office.libreoffice.notes import Note
from jixiao.office.libreoffice.places import Place, block_of
from jixiao.office.libreoffice.printing import PageSetup
from jixiao.office.libreoffice.ranges import Range
from jixiao.office.libreoffice.shapes import Pictures, Shapes
from jixiao.office.libreoffice.tables import Tables

if TYPE_CHECKING:
    from jixiao.office.libreoffice.books import Book

Corner: TypeAlias = str | tuple[int, ...] | Range


@declined
class Sheets(base_classes.Sheets):
    """The sheets of one workbook, in their order."""

    def __init__(self, book: "Book") -> None:
        self._book = book

    @property
    def api(self) -> Uno:
        return self._book.document.sheets

    @property
    def active(self) -> "Sheet":
        return Sheet(self._book, self._book.document.window.getActiveSheet())

    def __call__(self, name_or_index: str | int) -> "Sheet":
        if isinstance(name_or_index, Real):
            return Sheet(self._book, self.api.getByIndex(int(name_or_index) - 1))
        for name in self.api.getElementNames():
            if name.lower() == str(name_or_index).lower():
                return Sheet(self._book, self.api.getByName(name))
        raise KeyError(name_or_index)

    def __len__(self) -> int:
        return int(self.api.getCount())

    def __iter__(self) -> Iterator["Sheet"]:
        for index in range(len(self)):
            yield Sheet(self._book, self.api.getByIndex(index))

    def add(
        self, before: "Sheet | None" = None, after: "Sheet | None" = None, name: str | None = None
    ) -> "Sheet":
        """Insert an empty sheet, before the active one when nothing is said, and show it."""
        require_structure(self._book.api, "adding a sheet")
        taken = {own.lower() for own in self.api.getElementNames()}
        if name is None:
            number = next(n for n in range(len(taken) + 1, 2 * len(taken) + 2) if f"sheet{n}" not in taken)
            name = f"Sheet{number}"
        self.api.insertNewByName(name, _position(self._book, before, after))
        made = self(name)
        made.activate()
        return made


def _position(book: "Book", before: "Sheet | None", after: "Sheet | None") -> int:
    if before is not None:
        return before.index - 1
    return after.index if after is not None else Sheets(book).active.index - 1


@declined
class Sheet(base_classes.Sheet):
    """One sheet."""

    def __init__(self, book: "Book", uno: Uno) -> None:
        self._book, self._uno = book, uno

    @property
    def book(self) -> "Book":
        return self._book

    @property
    def api(self) -> Uno:
        return self._uno

    @property
    def name(self) -> str:
        return str(self._uno.getName())

    @name.setter
    def name(self, value: str) -> None:
        require_structure(self._book.api, "renaming a sheet")
        self._uno.setName(value)
        if self._uno.getName() != value:
            raise XlwingsError(
                f"A sheet cannot be named {value}: the name is taken or holds a forbidden sign."
            )

    @property
    def index(self) -> int:
        return int(self._uno.getRangeAddress().Sheet) + 1

    @property
    def visible(self) -> bool:
        return bool(self._uno.IsVisible)

    @visible.setter
    def visible(self, value: bool) -> None:
        require_structure(self._book.api, "showing or hiding a sheet")
        self._uno.IsVisible = value

    @property
    def names(self) -> Names:
        return Names(Scope(self._book.document, self._uno))

    @property
    def page_setup(self) -> PageSetup:
        return PageSetup(self)

    @property
    def tables(self) -> Tables:
        return Tables(self)

    @property
    def pictures(self) -> Pictures:
        return Pictures(self)

    @property
    def shapes(self) -> Shapes:
        return Shapes(self)

    # --- ranges ---

    def _place(self, block: Block) -> Place:
        return Place(self._book.document, self._uno, block)

    @property
    def cells(self) -> Range:
        return Range(self._place(Block(1, 1, a1.ROWS, a1.COLUMNS)))

    @property
    def used_range(self) -> Range:
        return Range(edges.used(self._place(Block(1, 1))))

    def range(self, arg1: Corner | int, arg2: Corner | int | None = None) -> Range:
        """Return the cells of an address, a name, (row, column) counted from 1, or between two of these."""
        if isinstance(arg1, int) and isinstance(arg2, int):
            arg1, arg2 = (arg1, arg2), None
        first = self._corner(arg1)
        place = first if arg2 is None else first.at(first.block.span(self._corner(arg2).block))
        return Range(place)

    def _corner(self, corner: Corner | int) -> Place:
        if isinstance(corner, Range):
            return corner.place
        if isinstance(corner, tuple):
            if 0 in corner[:2]:
                raise IndexError("Attempted to access 0-based Range. xlwings/Excel Ranges are 1-based.")
            return self._place(Block(*corner))
        sheet, reference = a1.split_sheet(str(corner))
        block = a1.parse(reference)
        if block is None:
            return self._named(str(corner), reference)
        if sheet and sheet.lower() != self.name.lower():
            return replace(self._place(block), sheet=Sheets(self._book)(sheet).api)
        return self._place(block)

    def _named(self, asked: str, name: str) -> Place:
        document = self._book.document
        found = Scope(document, self._uno).place(name) or Scope(document).place(name)
        if found is None:
            raise KeyError(asked)
        return found

    @property
    def notes(self) -> Iterator[Note]:
        """Yield the notes of the sheet, in the order of their cells."""
        for area in self.cells.api.queryContentCells(NOTES).getRangeAddresses():
            block = block_of(area)
            for row in range(block.row, block.last_row + 1):
                for column in range(block.column, block.last_column + 1):
                    place = self._place(Block(row, column))
                    yield Note(Range(place), place)

    # --- the sheet as a whole ---

    def activate(self) -> None:
        self._book.mark_active()
        self._book.document.window.setActiveSheet(self._uno)

    def select(self) -> None:
        self.activate()

    def clear_contents(self) -> None:
        self.cells.clear_contents()

    def clear_formats(self) -> None:
        self.cells.clear_formats()

    def clear(self) -> None:
        self.cells.clear()

    def autofit(self, axis: str | None = None) -> None:
        self.used_range.autofit(axis)

    def delete(self) -> None:
        require_structure(self._book.api, "deleting a sheet")
        kept = areas.on_sheet(self._book.api, self.index - 2)
        self._book.document.sheets.removeByName(self.name)
        areas.put_back(self._book.api, kept)

    def move(self, before: "Sheet | None", after: "Sheet | None") -> None:
        require_structure(self._book.api, "moving a sheet")
        self._book.document.sheets.moveByName(self.name, _position(self._book, before, after))

    def copy(self, before: "Sheet | None", after: "Sheet | None") -> None:
        """Copy the sheet, also into another workbook of the same office, and show the copy."""
        beside = before if before is not None else after
        target = self._book if beside is None else beside.book
        require_structure(target.api, "adding a sheet")
        if target.app.pid != self._book.app.pid:
            raise XlwingsError("A sheet cannot be copied from one LibreOffice process to another.")
        sheets = target.document.sheets
        taken = {own.lower() for own in sheets.getElementNames()}
        number, name = 2, self.name
        while name.lower() in taken:
            number, name = number + 1, f"{self.name} ({number})"
        position = _position(target, before, after)
        if target.api.RuntimeUID == self._book.api.RuntimeUID:
            sheets.copyByName(self.name, name, position)
        else:
            last = (
                sheets.getCount()
            )  # LibreOffice 7.4 falls now and then where one is imported at or before the sheet in front
            sheets.importSheet(self._book.api, self.name, last)
            sheets.getByIndex(last).setName(name)
            if position < last:
                sheets.moveByName(name, position)
        Sheet(target, sheets.getByName(name)).activate()

    @property
    def show_gridlines(self) -> bool:
        self.activate()
        return bool(self._book.document.window.ShowGrid)

    @show_gridlines.setter
    def show_gridlines(self, value: bool) -> None:
        self.activate()
        self._book.document.window.ShowGrid = value
