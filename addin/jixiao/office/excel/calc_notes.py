"""What LibreOffice tells and does of notes: UNO, behind `.api`."""

from __future__ import annotations

from typing import Any

from jixiao.model import Area, Spot
from jixiao.office import traces
from jixiao.office.excel.looks import spots, units

_NOTES = 8  # com.sun.star.sheet.CellFlags
_POINT = 72 / 2540  # points in a hundredth of a millimetre
_MOST_NOTES = 10_000


def noted(sheet: Any) -> set[Spot]:  # noqa: ANN401 - UNO has no types
    """Return the cells that have a note; one call."""
    found: set[Spot] = set()
    for one in sheet.api.queryContentCells(_NOTES).getRangeAddresses():
        area = Area(one.StartRow, one.StartColumn, one.EndRow, one.EndColumn)
        found.update(spot for _, spot in zip(range(_MOST_NOTES), spots(area), strict=False))
    return found


def with_block(sheet: Any, but: set[Spot]) -> set[Spot]:  # noqa: ANN401 - as above
    """Return the cells, others than these, whose note holds a block of ours."""
    return {spot for spot in noted(sheet) - but if traces.BEGIN in _text(sheet, spot)}


def _text(sheet: Any, spot: Spot) -> str:  # noqa: ANN401 - as above
    return str(sheet.api.getCellByPosition(spot.column, spot.row).getAnnotation().getString())


def add_note(sheet: Any, spot: Spot, text: str) -> bool:  # noqa: ANN401 - as above
    """Give a cell without a note one."""
    sheet.api.getAnnotations().insertNew(
        sheet.api.getCellByPosition(spot.column, spot.row).getCellAddress(), text
    )
    return True


def append_note(sheet: Any, spot: Spot, text: str) -> bool:  # noqa: ANN401 - as above
    """Write a text below a cell's note, whose own text keeps its looks."""
    note = sheet.api.getCellByPosition(spot.column, spot.row).getAnnotation()
    cursor = note.createTextCursor()
    cursor.gotoEnd(False)  # noqa: FBT003 - UNO knows no keywords
    note.insertString(cursor, f"\n{text}", False)  # noqa: FBT003 - the same
    return True


def note_size(sheet: Any, spot: Spot) -> tuple[float, float] | None:  # noqa: ANN401 - as above
    """Return width and height of a cell's note in points, to a tenth; `None` where it has no shape."""
    shape = sheet.api.getCellByPosition(spot.column, spot.row).getAnnotation().getAnnotationShape()
    if shape is None:
        return None
    size = shape.getSize()
    return round(size.Width * _POINT, 1), round(size.Height * _POINT, 1)


def clear_note(sheet: Any, spot: Spot, size: tuple[float, float] | None = None) -> None:  # noqa: ANN401 - as above
    """Take our block out of a cell's note, which is then of this size; the note goes where nothing else stands in it."""
    cell = sheet.api.getCellByPosition(spot.column, spot.row)
    note = cell.getAnnotation()
    text = str(note.getString())
    place = traces.span(text)
    if place is None:
        return
    if not (text[: place[0]] + text[place[1] :]).strip():
        cell.clearContents(_NOTES)
        return
    cursor = note.createTextCursor()
    cursor.gotoStart(False)  # noqa: FBT003 - UNO knows no keywords
    cursor.goRight(units(text[: place[0]]), False)  # noqa: FBT003 - the same
    cursor.goRight(units(text[place[0] : place[1]]), True)  # noqa: FBT003 - the same
    cursor.setString("")
    shape = note.getAnnotationShape()
    if size is not None and shape is not None:
        from jixiao.office.libreoffice.border import struct  # noqa: PLC0415 - only where LibreOffice is the program

        shape.setSize(struct("awt.Size", round(size[0] / _POINT), round(size[1] / _POINT)))
