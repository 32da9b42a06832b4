"""What the sheets of a summary share: a row of cells, an amount, a sheet that goes on, the text and the link of a place in a file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from jixiao import values
from jixiao.merging.entries import Place
from jixiao.model import Area, Box
from jixiao.office import tables
from jixiao.office.tables import Cell, Column, Item, Table, fitted

# Files of which the way is kept, some 300 bytes each: findings go through all of them once for each severity.
_MOST_KNOWN = 16_384
_ESCAPED = re.compile(r'[%#"<>\[\]\\^`{} \x00-\x1f\x7f]')
_NO_XML = re.compile(r"[\x00-\x1f\ud800-\udfff\ufffe\uffff]")  # a link cannot hold these of a sheet's name


def line(row: int, cells: Sequence[Cell], styles: Sequence[str]) -> list[Box]:
    """Return the boxes of one row from column A on."""
    boxes = []
    for column, (cell, style) in enumerate(zip(cells, styles, strict=True)):
        area = Area(row, column, row, column)
        if isinstance(cell, Item):
            boxes.append(Box(area, fitted(cell.value), cell.style or style, cell.formula, cell.link))
        else:
            boxes.append(Box(area, fitted(cell), style))
    return boxes


def money(text: object) -> str | float | None:
    """Return an amount (万元) as a number where a cell can hold it exactly enough, any other text as it is."""
    if not isinstance(text, str):
        return None
    number = values.decimal(text)
    return text if number is None else float(number)


def paged(
    name: str, title: str, columns: Sequence[Column], count: int, rows: Iterator[Sequence[Cell]]
) -> Iterator[Table]:
    """Yield a sheet of rows, and further ones where a sheet is full; they are written one after the other."""
    for number in range(1, max(1, -(-count // tables.MOST_ROWS)) + 1):
        sheet = name if number == 1 else f"{name}({number})"
        yield Table(sheet, title, columns, islice(rows, tables.MOST_ROWS))


def as_text(value: object) -> str | None:
    """Return what a cell of words shows of a value."""
    return None if value is None else str(value)


class Links:
    """Relative links from a workbook to places in the files; those of one file are worked out once."""

    def __init__(self, folder: Path, top: Path | None = None) -> None:
        """Remember the folder that the workbook with the links is in, and the one that files are named from."""
        self._folder = folder
        self._top = (folder if top is None else top).absolute()
        self._known: dict[str, tuple[str, str]] = {}

    def name(self, path: str) -> str:
        """Return a file's name as a person reads it: without the folders that it shares with the summary."""
        return self._of(path)[0]

    def shown(self, place: Place) -> str:
        """Return a place as a person reads it: file, sheet, cell."""
        return f"{self.name(place.path)} › {place.sheet} › {place.cell}"

    def file(self, path: str) -> str:
        """Return the link to a file."""
        return self._of(path)[1]

    def cell(self, place: Place) -> str:
        """Return the link to a cell of a file; to the file alone where no link can name its sheet."""
        if _NO_XML.search(place.sheet):
            return self.file(place.path)
        sheet = place.sheet.replace("'", "''")
        return f"{self.file(place.path)}#'{sheet}'!{place.cell}"

    def to(self, place: Place) -> Item:
        """Return the cell that shows and links a file."""
        return Item(self.name(place.path), "link", self.cell(place))

    def _of(self, path: str) -> tuple[str, str]:
        """Return a file's name and the link to it."""
        if path not in self._known:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            file = Path(path).absolute()
            name = file.relative_to(self._top).as_posix() if file.is_relative_to(self._top) else path
            self._known[path] = name, f"external:{relative(Path(path), self._folder)}"
        return self._known[path]


def relative(path: Path, folder: Path) -> str:
    """Return the way from a folder to a file as a link has it, with forward slashes; absolute where the drives differ."""
    try:
        way = _escaped(Path(os.path.relpath(path, folder)).as_posix())
        return way.replace(":", "%3A")  # a name such as mailto:x is no scheme
    except ValueError:
        return _escaped(Path(os.path.abspath(path)).as_posix())  # noqa: PTH100 - resolve() would follow links


def _escaped(path: str) -> str:
    return _ESCAPED.sub(lambda letter: f"%{ord(letter[0]):02X}", path)
