"""Ranges: what xlwings asks of a block of cells, each answered by the module that knows it."""

import re
from collections.abc import Sequence
from types import EllipsisType
from typing import TYPE_CHECKING

from xlwings import base_classes

from jixiao.office.libreoffice import (
    a1,
    arranging,
    edges,
    looks,
    moving,
    notes,
    printing,
    searching,
    values,
)
from jixiao.office.libreoffice.border import CONTENT, FORMATS, NOTES, Uno, differs, struct
from jixiao.office.libreoffice.borders import Borders
from jixiao.office.libreoffice.conditions import ConditionalFormats
from jixiao.office.libreoffice.declined import declined
from jixiao.office.libreoffice.fonts import Characters, Font
from jixiao.office.libreoffice.guard import require_sheet, require_values
from jixiao.office.libreoffice.looks import Color
from jixiao.office.libreoffice.names import Name, Names, Scope, name_of
from jixiao.office.libreoffice.notes import Note
from jixiao.office.libreoffice.places import Place
from jixiao.office.libreoffice.tables import Table, Tables
from jixiao.office.libreoffice.validations import DataValidation

if TYPE_CHECKING:
    from jixiao.office.libreoffice.sheets import Sheet

UNQUOTED = re.compile(r"[\w.\[\]]+")


@declined
class Range(base_classes.Range):
    """A block of cells; a block without rows or columns (a slice may be one) holds nothing and takes nothing."""

    def __init__(self, place: Place) -> None:
        self._place = place

    # --- where it is ---

    @property
    def place(self) -> Place:
        """Return the block as the modules of the engine know it."""
        return self._place

    @property
    def api(self) -> Uno:
        return self._place.cells if len(self) else None

    @property
    def sheet(self) -> "Sheet":
        from jixiao.office.libreoffice.sheets import Sheet  # noqa: PLC0415  # sheets are made of ranges

        return Sheet(self._place.document.book, self._place.sheet)

    @property
    def row(self) -> int:
        return self._place.block.row

    @property
    def column(self) -> int:
        return self._place.block.column

    @property
    def shape(self) -> tuple[int, int]:
        return self._place.block.rows, self._place.block.columns

    @property
    def coords(self) -> tuple[str, int, int, int, int]:
        return (self._place.sheet.getName(), self.row, self.column, *self.shape)

    def __len__(self) -> int:
        return len(self._place.block)

    def __call__(self, arg1: int, arg2: int | None = None) -> "Range":
        """Return the cell at a row and column, or at a position counted along the rows, from 1."""
        if arg2 is None:
            row, column = divmod(arg1 - 1, self.shape[1])
        else:
            row, column = arg1 - 1, arg2 - 1
        if self.row + row < 1 or self.column + column < 1:
            raise IndexError((arg1, arg2))
        return Range(self._place.part(row, column))

    @property
    def rows(self) -> "Range":
        return self

    @property
    def columns(self) -> "Range":
        return self

    def get_address(self, row_absolute: bool, col_absolute: bool, external: bool) -> str:
        address = a1.address(self._place.block, row_fixed=row_absolute, column_fixed=col_absolute)
        if not external:
            return address
        owner = f"[{self._place.document.book.name}]{self._place.sheet.getName()}"
        owner = owner if UNQUOTED.fullmatch(owner) else "'" + owner.replace("'", "''") + "'"
        return f"{owner}!{address}"

    @property
    def address(self) -> str:
        if len(self):
            return a1.address(self._place.block)
        rows, columns = self.shape
        return f"${a1.column_letters(self.column)}${self.row}{{{rows}x{columns}}}"

    def select(self) -> None:
        self.sheet.activate()
        self._place.document.window.select(self._place.cells)

    def end(self, direction: str) -> "Range":
        return Range(edges.end(self._place, direction))

    @property
    def current_region(self) -> "Range":
        return Range(edges.region(self._place))

    # --- what it holds ---

    @property
    def raw_value(self) -> object:
        if not len(self):
            return None
        rows = values.read(self._place)
        return rows[0][0] if len(self) == 1 else rows

    @raw_value.setter
    def raw_value(self, value: object) -> None:
        if not len(self):
            return
        require_values(self._place)
        if not isinstance(value, (list, tuple)):
            values.fill(self._place, value)
            return
        rows = value if value and isinstance(value[0], (list, tuple)) else [value]
        values.write(self._place, rows)

    @property
    def formula(self) -> object:
        if not len(self):
            return None
        rows = self._formulas()
        return rows[0][0] if len(self) == 1 else rows

    @formula.setter
    def formula(self, value: object) -> None:
        self.raw_value = value

    def _formulas(self) -> tuple[tuple[str, ...], ...]:
        at = self._place.start
        tab, column, row = at.Sheet, at.Column, at.Row
        rows = []
        found = self._place.range.getFormulaArray()
        # a text that makes no formula ("= 0 次") stands there without an apostrophe: its value is the very same
        may_be = any(shown.startswith("=") for line in found for shown in line)
        values = self._place.range.getDataArray() if may_be else found
        for r, line in enumerate(found):
            texts = []
            for c, shown in enumerate(line):
                text = shown[1:-1] if shown.startswith("{=") else shown
                if may_be and shown == values[r][c]:
                    texts.append(shown)
                elif text.startswith("=") and len(text) > 1:
                    cell = struct("table.CellAddress", tab, column + c, row + r)
                    texts.append(self._place.document.grammar.to_excel(text, cell))
                else:
                    texts.append(text.removeprefix("'"))
            rows.append(tuple(texts))
        return tuple(rows)

    @property
    def formula2(self) -> object:
        return self.formula

    @formula2.setter
    def formula2(self, value: object) -> None:
        """Set a formula that may calculate over cells; LibreOffice spills nothing, so one cell takes one result."""
        if len(self) == 1 and isinstance(value, str) and value.startswith("=") and ":" in value:
            self.formula_array = value
        else:
            self.raw_value = value

    @property
    def formula_array(self) -> str | None:
        text = self._place.range.getArrayFormula()
        return self._place.document.grammar.to_excel(text.strip("{}"), self._place.start) if text else None

    @formula_array.setter
    def formula_array(self, value: str) -> None:
        require_values(self._place)
        text = self._place.document.grammar.to_office(value, self._place.start)
        self._place.range.setArrayFormula(text)

    @property
    def has_array(self) -> bool:
        return bool(len(self) and self._place.range.getArrayFormula())

    def _clear(self, what: int) -> None:
        if len(self):
            self._place.cells.clearContents(what)

    def clear_contents(self) -> None:
        require_values(self._place)
        self._clear(CONTENT)

    def clear_formats(self) -> None:
        require_sheet(self._place, "clearing formats")
        self._clear(FORMATS)

    def clear(self) -> None:
        require_sheet(self._place, "clearing cells")
        self._clear(CONTENT | FORMATS | NOTES)

    # --- what is found in it, and in which order it stands ---

    def find(
        self,
        text: str,
        whole: bool,
        direction: str,
        order: str,
        match_case: bool,
    ) -> "Range | None":
        if not len(self):
            return None
        how = {"whole": whole, "case": match_case, "backward": direction == "backward"}
        found = searching.find(self._place, text, by_rows=order == "rows", **how)
        return None if found is None else Range(found)

    def replace_all(self, old: str, new: str, whole: bool, match_case: bool) -> None:
        if len(self):
            searching.replace_all(self._place, old, new, whole=whole, case=match_case)

    def get_special_cells(self, cell_type: str, value_type: str | None) -> "list[Range]":
        return [Range(one) for one in searching.special(self._place, cell_type, value_type)]

    def sort(self, keys: Sequence[int], ascending: Sequence[bool], has_headers: bool) -> None:
        arranging.sort(self._place, keys, ascending, headed=has_headers)

    def remove_duplicates(self, columns: Sequence[int], has_headers: bool) -> None:
        arranging.remove_duplicates(self._place, columns, headed=has_headers)

    @property
    def table(self) -> Table | None:
        """Return the table that holds the first cell."""
        block = self._place.block
        for one in Tables(self.sheet):
            held = one.range.place.block if one.range else block
            if held.row <= block.row <= held.last_row and held.column <= block.column <= held.last_column:
                return one
        return None

    # --- cells that move ---

    def insert(self, shift: str | None = None, copy_origin: str | None = None) -> None:
        moving.insert(self._place, shift, copy_origin)

    def delete(self, shift: str | None = None) -> None:
        moving.delete(self._place, shift)

    def copy(self, destination: "Range | None" = None) -> None:
        if destination is None:
            self._place.document.book.app.to_clipboard(self._place)
        else:
            moving.copy(self._place, _place(destination))

    def move(self, destination: "Range") -> None:
        moving.move(self._place, _place(destination))

    def paste(
        self,
        paste: str | None = None,
        operation: str | None = None,
        skip_blanks: bool = False,
        transpose: bool = False,
    ) -> None:
        office = self._place.document.book.app.office
        moving.paste(office, self._place, paste, operation, skip_blanks=skip_blanks, transpose=transpose)

    @property
    def merge_area(self) -> "Range":
        return Range(edges.merge_area(self._place))

    @property
    def merge_cells(self) -> bool:
        return len(self.merge_area) > 1 or (len(self) > 1 and bool(self._place.cells.getIsMerged()))

    def merge(self, across: bool) -> None:
        require_sheet(self._place, "merging cells")
        self._place.range.merge(False)
        rows, columns = self.shape
        parts = [self._place.part(r, 0, 1, columns) for r in range(rows)] if across else [self._place]
        for part in parts:
            part.range.merge(True)

    def unmerge(self) -> None:
        require_sheet(self._place, "splitting cells")
        self._place.range.merge(False)

    # --- sizes ---

    @property
    def column_width(self) -> float | None:
        width = looks.common(self._place.range.getColumns(), "Width")
        return None if width is None else looks.characters(width)

    @column_width.setter
    def column_width(self, value: float) -> None:
        require_sheet(self._place, "changing column widths")
        self._place.range.getColumns().Width = looks.office_width(value)

    @property
    def row_height(self) -> float | None:
        height = looks.common(self._place.range.getRows(), "Height")
        return None if height is None else looks.points(height)

    @row_height.setter
    def row_height(self, value: float) -> None:
        require_sheet(self._place, "changing row heights")
        self._place.range.getRows().Height = looks.office_length(value)

    @property
    def width(self) -> float:
        return looks.points(self._place.range.Size.Width)

    @property
    def height(self) -> float:
        return looks.points(self._place.range.Size.Height)

    @property
    def left(self) -> float:
        return looks.points(self._place.range.Position.X)

    @property
    def top(self) -> float:
        return looks.points(self._place.range.Position.Y)

    @property
    def row_hidden(self) -> bool | None:
        shown = looks.common(self._place.range.getRows(), "IsVisible")
        return None if shown is None else not shown

    @row_hidden.setter
    def row_hidden(self, value: bool) -> None:
        require_sheet(self._place, "hiding rows")
        self._place.range.getRows().IsVisible = not value

    @property
    def column_hidden(self) -> bool | None:
        shown = looks.common(self._place.range.getColumns(), "IsVisible")
        return None if shown is None else not shown

    @column_hidden.setter
    def column_hidden(self, value: bool) -> None:
        require_sheet(self._place, "hiding columns")
        self._place.range.getColumns().IsVisible = not value

    def autofit(self, axis: str | None = None) -> None:
        require_sheet(self._place, "fitting rows and columns")
        if axis in (None, "c", "columns"):
            self._place.range.getColumns().OptimalWidth = True
        if axis in (None, "r", "rows"):
            self._place.range.getRows().OptimalHeight = True

    @property
    def arg1_input(self) -> str:
        """The address, which xlwings asks before it groups, so that its next word is our refusal and no AttributeError."""
        return self.address

    # --- looks ---

    @property
    def font(self) -> Font:
        return Font(self._place)

    @property
    def characters(self) -> Characters:
        return Characters(self._place)

    @property
    def borders(self) -> Borders:
        return Borders(self._place)

    @property
    def number_format(self) -> str | None:
        if differs(self._place.cells, "NumberFormat"):
            return None
        return self._place.document.formats.code(self._place.cells.NumberFormat)

    @number_format.setter
    def number_format(self, value: str) -> None:
        require_sheet(self._place, "changing number formats")
        self._place.cells.NumberFormat = self._place.document.formats.key(value)

    @property
    def color(self) -> tuple[int, int, int] | None:
        return looks.background(self._place.cells) if len(self) else None

    @color.setter
    def color(self, color_or_rgb: Color) -> None:
        if len(self):
            require_sheet(self._place, "changing fills")
            self._place.cells.CellBackColor = looks.office_color(color_or_rgb)

    def set_colors(self, colors: Sequence[Sequence[Color | EllipsisType]]) -> None:
        """Fill cell by cell, in one call for each colour; `...` leaves a cell as it is."""
        require_sheet(self._place, "changing fills")
        areas: dict[int, list[tuple[int, int]]] = {}
        for r, row in enumerate(colors):
            for c, color in enumerate(row):
                if not isinstance(color, EllipsisType):
                    areas.setdefault(looks.office_color(color), []).append((r, c))
        for number, cells in areas.items():
            self._place.union(cells).CellBackColor = number

    @property
    def wrap_text(self) -> bool | None:
        return None if differs(self._place.cells, "IsTextWrapped") else bool(self._place.cells.IsTextWrapped)

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        require_sheet(self._place, "changing the wrapping of text")
        self._place.cells.IsTextWrapped = value

    @property
    def horizontal_alignment(self) -> str | None:
        return looks.horizontal(self._place.cells)

    @horizontal_alignment.setter
    def horizontal_alignment(self, value: str) -> None:
        require_sheet(self._place, "changing alignment")
        looks.set_horizontal(self._place.cells, value)

    @property
    def vertical_alignment(self) -> str | None:
        return looks.vertical(self._place.cells)

    @vertical_alignment.setter
    def vertical_alignment(self, value: str) -> None:
        require_sheet(self._place, "changing alignment")
        looks.set_vertical(self._place.cells, value)

    @property
    def data_validation(self) -> DataValidation:
        return DataValidation(self._place)

    @property
    def conditional_formats(self) -> ConditionalFormats:
        return ConditionalFormats(self._place)

    # --- names, links, notes, paper ---

    @property
    def name(self) -> Name | None:
        return name_of(self._place)

    @name.setter
    def name(self, value: str) -> None:
        Names(Scope(self._place.document)).add(value, f"={self._place.label}")

    @property
    def hyperlink(self) -> str:
        return notes.hyperlink(self._place)

    def add_hyperlink(
        self, address: str, text_to_display: str | None = None, screen_tip: str | None = None
    ) -> None:
        """Put a link into the cell; LibreOffice keeps no `screen_tip`."""
        notes.add_hyperlink(self._place, address, text_to_display)

    @property
    def note(self) -> Note | None:
        return Note(self, self._place) if notes.has_note(self._place) else None

    def add_note(self, text: str) -> Note:
        notes.add_note(self._place, text)
        return Note(self, self._place)

    def to_pdf(self, path: str, quality: str | None = None) -> None:
        printing.to_pdf(self._place.document, path, quality, self._place)


def _place(given: object) -> Place:
    """Return the place of a range, whether xlwings hands over its own or ours."""
    found: Place = getattr(given, "impl", given).place  # type: ignore[attr-defined]  # either kind has one
    return found
