"""A grid as reading sees it: what each cell says, how far it reaches, whether it is a label."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jixiao.model import Area, CellValue, Grid, Spot
from jixiao.reading.words import LONGEST_LABEL, known_labels, label_key
from jixiao.values import INVISIBLE, shown, without_latex

_LARGEST_MERGE = 20_000
_SHORTEST = 4  # of a text that does not stand in several cells of a row by itself
_PAGE = re.compile(r"[-—–]+\s*\d{1,3}\s*[-—–]+")  # nor does a page's number


@dataclass(frozen=True)
class View:
    """One sheet with the look-ups that reading needs, each made once.

    Attributes:
        grid: the sheet as it came.
        covers: merged areas by each of their cells.
        texts: every cell's text as a person sees it, without outer white space, faults as their text.
        filled_in: row by row, the columns that hold something and are not hidden by a merge.

    """

    grid: Grid
    covers: dict[tuple[int, int], Area]
    texts: list[list[str]]
    filled_in: list[list[int]]

    @classmethod
    def of(cls, grid: Grid) -> View:
        """Index a sheet; merged areas far larger than any form are left aside."""
        covers = {}
        for area in grid.merges or ():
            top, left, bottom, right = area
            if (bottom - top + 1) * (right - left + 1) <= _LARGEST_MERGE:
                for row in range(top, bottom + 1):
                    for column in range(left, right + 1):
                        covers[row, column] = area
        formats, faults = grid.formats, grid.faults
        texts = [[_shown(value) if value is not None else "" for value in row] for row in grid.rows]
        for spot, number_format in formats.items():
            texts[spot.row][spot.column] = shown(grid.rows[spot.row][spot.column], number_format)
        for spot, fault in faults.items():
            _place(texts, spot, fault)
        filled = [[column for column, text in enumerate(row) if text] for row in texts]
        filled = filled if covers else _once(texts, filled)
        for (row, column), area in covers.items():
            if (row, column) != area[:2] and row < len(filled) and column in filled[row]:
                filled[row].remove(column)
        return cls(grid, covers, texts, filled)

    @property
    def height(self) -> int:
        """Rows of the sheet."""
        return len(self.texts)

    @property
    def merged(self) -> bool:
        """Whether the sheet has merged areas that tell how far a label reaches."""
        return bool(self.grid.merges)

    def value(self, row: int, column: int) -> CellValue:
        """Return a cell's value as it is, faults as their text, `None` outside the sheet."""
        if self.grid.faults and (fault := self.grid.faults.get(Spot(row, column))) is not None:
            return fault
        try:
            return self.grid.rows[row][column]
        except IndexError:
            return None

    def text(self, row: int, column: int) -> str:
        """Return a cell's text as a person sees it, without outer white space; `""` outside the sheet."""
        try:
            return self.texts[row][column]
        except IndexError:
            return ""

    def label(self, row: int, column: int) -> str:
        """Return the label key of a text cell, `""` for anything else."""
        text = self.text(row, column)
        return label_key(text) if text and len(text) <= LONGEST_LABEL else ""

    def is_label(self, row: int, column: int, form: str = "") -> bool:
        """Tell whether the cell holds a label of a form, of any form where none is named."""
        text = self.text(row, column)
        return bool(text) and len(text) <= LONGEST_LABEL and label_key(text) in known_labels(form)

    def reach(self, row: int, column: int) -> Area:
        """Return the merged area that the cell belongs to, the cell itself where there is none."""
        return self.covers.get((row, column)) or Area(row, column, row, column)

    def hidden_by_merge(self, row: int, column: int) -> bool:
        """Tell whether a merge hides the cell: it is covered and not the first of its area."""
        area = self.covers.get((row, column))
        return area is not None and (row, column) != area[:2]

    def width(self, row: int) -> int:
        """Cells of a row."""
        return len(self.texts[row]) if 0 <= row < len(self.texts) else 0

    def filled(self, row: int) -> list[int]:
        """Return the columns of the row's cells that hold something and can be seen."""
        return self.filled_in[row] if 0 <= row < len(self.filled_in) else []


def _shown(value: CellValue) -> str:
    if not isinstance(value, str):
        return shown(value)
    if "\\" in value or "$" in value:
        value = without_latex(value)
    if "\r" in value:
        value = value.replace("\r\n", "\n").replace("\r", "\n")
    return value.strip() if value.isascii() else INVISIBLE.sub("", value).strip()


def _once(texts: list[list[str]], filled: list[list[int]]) -> list[list[int]]:
    """Return the columns with a text that was filled into all cells of a merged row in the first alone."""
    return [
        columns[:1] if len(columns) > 2 and _is_one(row, columns) else columns
        for row, columns in zip(texts, filled, strict=True)
    ]


def _is_one(row: list[str], columns: list[int]) -> bool:
    """Tell whether a row's cells, side by side, all hold one text that is no figure or mark."""
    first, last = columns[0], columns[-1]
    short = len(row[first]) < _SHORTEST and not _PAGE.fullmatch(row[first])
    if row[first] != row[last] or short or last - first >= len(columns):
        return False
    return len({row[column] for column in columns}) == 1


def _place(texts: list[list[str]], spot: Spot, text: str) -> None:
    """Put a fault's text where the values stop short of it: rows end where their values end."""
    while len(texts) <= spot.row:
        texts.append([])
    row = texts[spot.row]
    row += [""] * (spot.column + 1 - len(row))
    row[spot.column] = text
