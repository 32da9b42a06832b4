"""Rows → a ledger page that prints on A4; the text and the link of a place in a file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from pathlib import Path

from jixiao import values
from jixiao.drawing.heights import heights
from jixiao.merging.ledger import Place
from jixiao.model import Area, Box, Page

MOST_ROWS = 1_000_000  # a sheet holds 1,048,576
_LONGEST = 16_000  # letters; a cell holds 32,767 UTF-16 units
_ESCAPED = re.compile(r'[%#"<>\[\]^`{} ]')
_TITLE_HEIGHT, _HEADER_HEIGHT = 30.0, 39.0
_LINE, _HIGHEST = 16.5, 409.0


@dataclass(frozen=True)
class Column:
    """A column of a ledger: its heading, its width in characters, and the style of its cells."""

    heading: str
    width: float
    style: str = "wrapped"


@dataclass(frozen=True)
class Item:
    """A cell that is not just a value in its column's style."""

    value: str | float | None
    style: str | None = None
    link: str | None = None
    formula: str | None = None


Cell = Item | str | int | float | None


def page(sheet: str, title: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> Page:
    """Return a ledger page: title, headings that stay in view and are printed on every page, filter, rows."""
    right = len(columns) - 1
    head = Box(Area(0, 0, 0, right), title, "title")
    boxes = [head, *(Box(Area(1, at, 1, at), one.heading, "header") for at, one in enumerate(columns))]
    widths = tuple(one.width for one in columns)
    tall = heights([head], widths, {0: _TITLE_HEIGHT}) | {1: _HEADER_HEIGHT}
    last = 1
    for last, row in enumerate(rows, 2):
        cells = line(last, row, [one.style for one in columns])
        tall[last] = height(cells, widths)
        boxes += cells
    return Page(
        sheet=sheet,
        widths=widths,
        boxes=tuple(boxes),
        heights=tall,
        print_titles=(1, 1),
        landscape=True,
        frozen=2,
        filtered=Area(1, 0, max(last, 2), right),
    )


def line(row: int, cells: Sequence[Cell], styles: Sequence[str]) -> list[Box]:
    """Return the boxes of one row from column A on."""
    boxes = []
    for column, (cell, style) in enumerate(zip(cells, styles, strict=True)):
        area = Area(row, column, row, column)
        if isinstance(cell, Item):
            boxes.append(Box(area, safe(cell.value), cell.style or style, cell.formula, cell.link))
        else:
            boxes.append(Box(area, safe(cell), style))
    return boxes


def height(cells: Sequence[Box], widths: Sequence[float]) -> float:
    """Return a height in points for a row of unmerged cells; an estimate, as a ledger has very many rows."""
    lines = 1
    for cell in cells:
        if isinstance(cell.value, str):
            lines = max(lines, ceil(_width(cell.value) / (widths[cell.area.left] * 1.05)))
    return min(lines * _LINE + 6.0, _HIGHEST)


@lru_cache(maxsize=65536)
def _width(text: str) -> float:
    wide = len(text.encode("gbk", "replace")) - len(text)
    return wide * 2 + (len(text) - wide) * 1.3


def safe(value: str | float | None) -> str | float | None:
    """Return a value that a cell can hold: a text that is too long is cut, and says so."""
    if not isinstance(value, str) or len(value) <= _LONGEST:
        return value
    return f"{value[:_LONGEST]}……（过长，未全部列出，见原文件）"


def money(text: object) -> str | float | None:
    """Return an amount (万元) as a number where a cell can hold it exactly enough, any other text as it is."""
    if not isinstance(text, str):
        return None
    number = values.decimal(text)
    return text if number is None else float(number)


def shown(place: Place) -> str:
    """Return a place as a person reads it: file, sheet, cell."""
    return f"{place.path} › {place.sheet} › {place.cell}"


class Links:
    """Relative links from a workbook to places in the files; those of one file are worked out once."""

    def __init__(self, folder: Path) -> None:
        """Remember the folder that the workbook with the links is in."""
        self._folder = folder
        self._known: dict[str, str] = {}

    def file(self, path: str) -> str:
        """Return the link to a file."""
        if path not in self._known:
            self._known[path] = f"external:{_escaped(relative(Path(path), self._folder))}"
        return self._known[path]

    def cell(self, place: Place) -> str:
        """Return the link to a cell of a file."""
        sheet = place.sheet.replace("'", "''")
        return f"{self.file(place.path)}#'{sheet}'!{place.cell}"

    def to(self, place: Place) -> Item:
        """Return the cell that shows and links a file."""
        return Item(place.path, "link", self.cell(place))


def relative(path: Path, folder: Path) -> str:
    """Return the way from a folder to a file, with forward slashes; absolute where the drives differ."""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:
        return Path(os.path.abspath(path)).as_posix()  # noqa: PTH100 - resolve() would follow links


def _escaped(path: str) -> str:
    return _ESCAPED.sub(lambda letter: f"%{ord(letter[0]):02X}", path)
