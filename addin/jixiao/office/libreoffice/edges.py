"""Where data ends: Ctrl+arrow, the region around a cell, the used part of a sheet, merged areas."""

from typing import Literal

from jixiao.office.libreoffice.a1 import COLUMNS, ROWS, Block
from jixiao.office.libreoffice.border import CONTENT
from jixiao.office.libreoffice.places import Place, place_of

Way = Literal["down", "up", "left", "right"]
WAYS: dict[str, Way] = {"d": "down", "u": "up", "l": "left", "r": "right"}


def end(place: Place, direction: str) -> Place:
    """Return the cell that Ctrl+arrow would reach from the place's first cell."""
    way = WAYS[direction[:1]]
    row, column = place.block.row, place.block.column
    vertical = way in ("down", "up")
    line = place.at(Block(1, column, ROWS, 1) if vertical else Block(row, 1, 1, COLUMNS))
    areas = line.cells.queryContentCells(CONTENT).getRangeAddresses()
    spans = [
        (area.StartRow + 1, area.EndRow + 1) if vertical else (area.StartColumn + 1, area.EndColumn + 1)
        for area in areas
    ]
    found = _stop(_joined(spans), row if vertical else column, ROWS if vertical else COLUMNS, way)
    return place.at(Block(found, column) if vertical else Block(row, found))


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined


def _stop(spans: list[tuple[int, int]], here: int, last: int, way: Way) -> int:
    if way in ("down", "right"):
        inside = [end for start, end in spans if start <= here < end]
        ahead = [start for start, _ in spans if start > here]
        return (inside or ahead or [last])[0]
    inside = [start for start, end in spans if start < here <= end]
    behind = [end for _, end in reversed(spans) if end < here]
    return (inside or behind or [1])[0]


def region(place: Place) -> Place:
    """Return the block around the place that empty rows and columns enclose."""
    cursor = place.sheet.createCursorByRange(place.cells)
    cursor.collapseToCurrentRegion()
    return place_of(place.document, cursor, place.sheet)


def used(place: Place) -> Place:
    """Return the used part of the place's sheet, from its first used cell to its last."""
    cursor = place.sheet.createCursor()
    cursor.gotoStartOfUsedArea(False)
    cursor.gotoEndOfUsedArea(True)
    return place_of(place.document, cursor, place.sheet)


def merge_area(place: Place) -> Place:
    """Return the merged area around the place's first cell, or that cell."""
    cursor = place.sheet.createCursorByRange(place.first)
    cursor.collapseToMergedArea()
    return place_of(place.document, cursor, place.sheet)
