"""A ledger of any number of rows → a sheet: one pass over the rows, no object for each cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any, NamedTuple, TypeVar

from jixiao.errors import OutputError

FIRST_ROW = 2  # of the rows of a table, counted from 0: title and headings stand above
MOST_ROWS = 1_048_574  # a sheet holds 1,048,576, two of them title and headings
MOST_LINKS = 65_530  # what Excel opens without repair
_LONGEST_LINK = 1_000
_LONGEST_TEXT = 16_000  # letters; a cell holds 32,767 UTF-16 units
_TITLE_HEIGHT, _HEADER_HEIGHT = 36.0, 39.0
_LINE, _HIGHEST = 16.5, 409.0
_A4, _NOWHERE = 9, 2
_PIXELS = 7  # of a character of a column's width
_BESIDE = 8  # pixels that stay free in a cell
_LETTER = 7.5  # pixels of half a Chinese character
_MOST_TEXTS, _MEMORABLE = 8192, 200  # texts that are remembered, and the letters of the longest
T = TypeVar("T")


@dataclass(frozen=True)
class Column:
    """A column: its heading, its width in characters, and the style of its cells."""

    heading: str
    width: float
    style: str = "wrapped"


class Item(NamedTuple):
    """A cell that is not just a value in its column's style; a formula's cached value is `value`."""

    value: str | float | None
    style: str | None = None
    link: str | None = None
    formula: str | None = None


Cell = Item | str | int | float | None


@dataclass(frozen=True)
class Table:
    """A sheet of like rows: a title, headings that stay in view and are printed on every page, a filter, the rows.

    Attributes:
        sheet: the sheet's name, already safe and unique.
        title: what stands above the table.
        columns: the columns.
        rows: read once, while they are written.
        stamp: what the workbook is, as of a `Page`.

    """

    sheet: str
    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    stamp: tuple[str, str] | None = None


def write(sheet: Any, table: Table, styles: dict[str, Any]) -> None:  # noqa: ANN401 - XlsxWriter has no types
    """Write a table onto an empty `worksheets.LongSheet`; raises OutputError for what a sheet cannot hold."""
    own = [styles[one.style] for one in table.columns]
    rooms = [(room(one.width), _even(room(one.width))) for one in table.columns]
    right = len(own) - 1
    # row by row from the top: of a large workbook no row stays in memory
    sheet.merge_range(0, 0, 0, right, table.title, styles["title"])
    sheet.set_row(0, _TITLE_HEIGHT)
    for column, one in enumerate(table.columns):
        sheet.set_column(column, column, one.width)
    sheet.row(1, _HEADER_HEIGHT, [(sheet.told(one.heading), styles["header"]) for one in table.columns])
    row, budget, texts = 1, MOST_LINKS, _Texts(sheet)
    for row, cells in enumerate(table.rows, FIRST_ROW):
        if row >= MOST_ROWS + FIRST_ROW:
            raise OutputError(
                f"{table.sheet} 有 {MOST_ROWS} 行以上，一张工作表放不下。请减少文件，分几次汇总。"
            )
        written, lines = [], 1.0
        try:
            for column, (cell, usual, (most, even)) in enumerate(zip(cells, own, rooms, strict=True)):
                value, style = cell, usual
                if isinstance(cell, Item):
                    value, style = cell.value, styles[cell.style] if cell.style else usual
                    if cell.link and budget > 0 and len(cell.link) <= _LONGEST_LINK:
                        sheet.link(row, column, cell.link)
                        budget -= 1
                if isinstance(value, str):
                    told, wide, breaks = texts[value]
                    if breaks or wide > even * lines:
                        lines = max(lines, _lines(wide, breaks, most))
                else:
                    told = sheet.told(value)
                written.append((told, style))
        except ValueError as error:
            raise OutputError(
                f"{table.sheet} 第 {row + 1} 行有一个数大得写不进 Excel。请核对这一行的金额后再试。"
            ) from error
        sheet.row(row, _points(lines), written)
    _set_up(sheet, max(row, 2), right)


class _Texts(dict[str, tuple[str, float, int]]):
    """The XML, the width and the line breaks of a text, worked out once: most texts stand in very many rows."""

    def __init__(self, sheet: Any) -> None:  # noqa: ANN401 - XlsxWriter has no types
        """Begin with none."""
        self._sheet = sheet

    def __missing__(self, text: str) -> tuple[str, float, int]:
        found = self._sheet.told(fitted(text)), _width(text), text.count("\n")
        if len(text) <= _MEMORABLE:
            if len(self) >= _MOST_TEXTS:
                self.clear()
            self[text] = found
        return found


def _set_up(sheet: Any, bottom: int, right: int) -> None:  # noqa: ANN401 - the same
    sheet.freeze_panes(2, 0)
    sheet.autofilter(1, 0, bottom, right)
    sheet.hide_gridlines(_NOWHERE)
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
    sheet.center_horizontally()
    sheet.set_footer("&C第 &P 页 共 &N 页")
    sheet.print_area(0, 0, bottom, right)
    sheet.repeat_rows(1, 1)


def fitted(value: T) -> T | str:
    """Return a value that a cell can hold: a text that is too long is cut, and says so."""
    if isinstance(value, str) and len(value) > _LONGEST_TEXT:
        return f"{value[:_LONGEST_TEXT]}……（过长，未全部列出，见原文件）"
    return value


def height(cells: Sequence[Cell], widths: Sequence[float]) -> float:
    """Return a height in points for a row of unmerged cells: an estimate, as a ledger has very many rows."""
    values = [cell.value if isinstance(cell, Item) else cell for cell in cells]
    lines = [
        _lines(_width(value), value.count("\n"), room(width))
        for value, width in zip(values, widths, strict=True)
        if isinstance(value, str)
    ]
    return _points(max(lines, default=1.0))


def room(width: float) -> float:
    """Return how many half-width characters stand in a line of a column."""
    return (width * _PIXELS - _BESIDE) / _LETTER


def _even(most: float) -> float:
    """Return how much of a line a text fills that goes on in the next: no line holds half a Chinese character."""
    return max(2, most // 2 * 2)


def _lines(wide: float, breaks: int, most: float) -> float:
    """Return how many lines a text takes."""
    return breaks + (wide / _even(most) if wide > most else 1.0)


def _points(lines: float) -> float:
    return min(max(1, ceil(lines)) * _LINE + 6.0, _HIGHEST)


def _width(text: str) -> float:
    """Return a text's width in half-width characters, Latin letters as wide as in the faces that may stand in."""
    wide = len(text.encode("gbk", "replace")) - len(text)
    return wide * 2 + (len(text) - wide) * 1.2
