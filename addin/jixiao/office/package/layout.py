"""Sheets with cells as XML: the order of their blocks, their rows and cells, and areas written as text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from jixiao.model import Area, Spot
from jixiao.office.package import scan
from jixiao.office.sniffing import damaged

ORDER = (
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
)
LAST_ROW, LAST_COLUMN = 1_048_575, 16_383
_RANGE = re.compile(r"\$?([A-Z]{0,3})\$?([0-9]{0,7})(?::\$?([A-Z]{0,3})\$?([0-9]{0,7}))?")


@dataclass(frozen=True)
class Row:
    """A row that stands in the sheet: its number from 0, its element, and its cells by column, if they were kept."""

    number: int
    element: scan.Element
    cells: Mapping[int, scan.Element]


@dataclass(frozen=True)
class Layout:
    """A sheet's XML and what was found in it."""

    data: bytes
    root: scan.Element
    table: scan.Element
    rows: tuple[Row, ...]

    def merges(self) -> list[Area]:
        """Return the merged areas."""
        return [
            area
            for one in self._in("mergeCells", "mergeCell")
            if (area := area_of(one.attributes.get("ref", "")))
        ]

    def columns(self) -> list[scan.Element]:
        """Return what is said of columns."""
        return self._in("cols", "col")

    def _in(self, block: str, local: str) -> list[scan.Element]:
        found = self.root.child(block)
        return [] if found is None else list(found.all(local))


def layout(data: bytes, wanted: Iterable[int] = ()) -> Layout:
    """Read a sheet; cells are kept of the wanted rows only, numbered from 0."""
    kept, counted = frozenset(wanted), _Counter()

    def prune(parent: str, local: str, attributes: Mapping[str, str]) -> bool:
        if local == "row" and parent == "sheetData":
            counted.next(attributes.get("r"))
        return parent == "row" and counted.row not in kept

    root = scan.parse(data, prune)
    table = root.child("sheetData")
    if root.local != "worksheet" or root.space != scan.MAIN or table is None:
        raise damaged()
    rows, counted = [], _Counter()
    for one in table.all("row"):
        counted.next(one.attributes.get("r"))
        rows.append(Row(counted.row, one, _cells(one)))
    if any(one.number >= two.number for one, two in pairwise(rows)):
        raise damaged()
    return Layout(data, root, table, tuple(rows))


class _Counter:
    """The number of the row at hand: its own, or the one after the row before."""

    def __init__(self) -> None:
        self.row = -1

    def next(self, number: str | None) -> None:
        """Go to the next row, given the number that it states."""
        self.row = self.row + 1 if number is None else whole(number) - 1


def _cells(row: scan.Element) -> dict[int, scan.Element]:
    found: dict[int, scan.Element] = {}
    column = -1
    for one in row.all("c"):
        column = column + 1 if "r" not in one.attributes else spot(one.attributes["r"]).column
        found[column] = one
    if list(found) != sorted(found):
        raise damaged()
    return found


def whole(text: str) -> int:
    """Read a whole number of a part; raises FileRejectedError (`damaged`) for anything else."""
    try:
        return int(text)
    except ValueError as error:
        raise damaged() from error


def format_of(element: scan.Element, said: str = "s") -> int:
    """Return the number of a cell's format, or a row's or a column's; 0 where none is said, or what is no number."""
    text = element.attributes.get(said, "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def spot(a1: str) -> Spot:
    """Read an address of a part; raises FileRejectedError (`damaged`) for anything else."""
    try:
        return Spot.of(a1)
    except ValueError as error:
        raise damaged() from error


def area_of(text: str) -> Area | None:
    """Read `B3`, `B3:C5`, `B:C` or `3:5`; None for anything else."""
    found = _RANGE.fullmatch(text)
    if found is None or not (found[1] or found[2]):
        return None
    left, top, right, bottom = found.groups()
    if found.end(0) == len(text) and ":" not in text:
        if not (left and top):
            return None
        right, bottom = left, top
    if bool(left) != bool(right) or bool(top) != bool(bottom):
        return None
    first = Spot.of(f"{left or 'A'}{top or 1}")
    last = Spot.of(f"{right or 'XFD'}{bottom or LAST_ROW + 1}")
    return Area(
        min(first.row, last.row),
        min(first.column, last.column),
        max(first.row, last.row),
        max(first.column, last.column),
    )


def areas_of(text: str) -> list[Area] | None:
    """Read a list of areas parted by blanks; None where one of them is not understood."""
    found = [area_of(one) for one in text.split()]
    return None if None in found else [one for one in found if one is not None]


def without(area: Area, hole: Area) -> list[Area]:
    """Return what is left of an area without the cells of another."""
    top, bottom = max(area.top, hole.top), min(area.bottom, hole.bottom)
    left, right = max(area.left, hole.left), min(area.right, hole.right)
    if top > bottom or left > right:
        return [area]
    pieces = [
        Area(area.top, area.left, top - 1, area.right),
        Area(top, area.left, bottom, left - 1),
        Area(top, right + 1, bottom, area.right),
        Area(bottom + 1, area.left, area.bottom, area.right),
    ]
    return [one for one in pieces if one.top <= one.bottom and one.left <= one.right]
