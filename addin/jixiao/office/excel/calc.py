"""What LibreOffice tells and does that xlwings has no word for: everything here is UNO, behind `.api`."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from jixiao.model import Area, Spot
from jixiao.office import cells
from jixiao.office.excel.calc_books import (
    finish,
    full_name,
    has_file,
    is_locked,
    is_previewed,
    is_protected,
    is_read_only,
    is_saved,
    link,
    offers,
    open_book,
    pause,
    place,
    remove,
    set_dropdown,
    set_saved,
    set_validation,
    stamp,
    validation,
)
from jixiao.office.excel.calc_notes import add_note, append_note, clear_note, note_size, noted, with_block
from jixiao.office.excel.looks import Allowed, Looks, around, spots

__all__ = [
    "BY_KINDS",
    "FEW",
    "PER_FILL",
    "PER_NOTE",
    "Opened",
    "add_note",
    "append_note",
    "block",
    "clear_note",
    "fill",
    "fills",
    "finish",
    "full_name",
    "has_file",
    "hide",
    "is_locked",
    "is_previewed",
    "is_protected",
    "is_read_only",
    "is_saved",
    "is_visible",
    "last",
    "link",
    "note_size",
    "noted",
    "offers",
    "open_book",
    "pause",
    "place",
    "remove",
    "set_dropdown",
    "set_saved",
    "set_validation",
    "stamp",
    "validation",
    "with_block",
]
Rows: TypeAlias = Sequence[Sequence[Any]]
_CONTENT = 1 | 2 | 4 | 16  # com.sun.star.sheet.CellFlags: numbers, dates, texts, formulas
_MOST_GROUPS = 2_000  # kinds of format on one sheet; a form has fifty
PER_FILL, PER_NOTE, BY_KINDS = (
    2,
    4,
    9,
)  # calls for a cell's fill, for a note, for the fills of many cells of one kind
FEW = 40  # cells whose fills are asked one by one: two calls each, fewer than a sheet's kinds of format take
_PALETTE = (  # ECMA-376 part 1, 18.8.27: numbers 8 to 63
    "000000",
    "FFFFFF",
    "FF0000",
    "00FF00",
    "0000FF",
    "FFFF00",
    "FF00FF",
    "00FFFF",
    "800000",
    "008000",
    "000080",
    "808000",
    "800080",
    "008080",
    "C0C0C0",
    "808080",
    "9999FF",
    "993366",
    "FFFFCC",
    "CCFFFF",
    "660066",
    "FF8080",
    "0066CC",
    "CCCCFF",
    "000080",
    "FF00FF",
    "FFFF00",
    "00FFFF",
    "800080",
    "800000",
    "008080",
    "0000FF",
    "00CCFF",
    "CCFFFF",
    "CCFFCC",
    "FFFF99",
    "99CCFF",
    "FF99CC",
    "CC99FF",
    "FFCC99",
    "3366FF",
    "33CCCC",
    "99CC00",
    "FFCC00",
    "FF9900",
    "FF6600",
    "666699",
    "969696",
    "003366",
    "339966",
    "003300",
    "333300",
    "993300",
    "993366",
    "333399",
    "333333",
)


def last(sheet: Any) -> Spot | None:  # noqa: ANN401 - xlwings is imported only where a program is there
    """Return the corner below and right of all values, `None` on an empty sheet; one call."""
    areas = sheet.api.queryContentCells(_CONTENT).getRangeAddresses()
    if not areas:
        return None
    return Spot(max(one.EndRow for one in areas), max(one.EndColumn for one in areas))


def block(sheet: Any, area: Area) -> tuple[Rows, Looks]:  # noqa: ANN401 - as above
    """Return the raw values of an area that begins at A1, with merges and dressed number formats.

    Values are one call; the rest is a few for each kind of format, not for each cell.
    """
    from jixiao.office.libreoffice import a1, values  # noqa: PLC0415 - only where LibreOffice is the program

    place = sheet.range((area.top + 1, area.left + 1), (area.bottom + 1, area.right + 1)).impl.place
    kinds, (hidden, columns) = _kinds(sheet, area), _hidden(sheet, area)
    told = [
        (number, a1.Block(one.top + 1, one.left + 1, one.bottom - one.top + 1, one.right - one.left + 1))
        for number, inside in kinds or ()
        for one in inside
    ]
    rows = values.read(place, None if kinds is None else told)
    if kinds is None:
        return rows, Looks(hidden=hidden, hidden_columns=columns)
    formats: dict[Spot, str] = {}
    merges: list[Area] = []
    dressed = {number: _dress(sheet, number) for number in {number for number, _ in kinds}}
    for number, inside in kinds:
        here = [spot for one in inside for spot in spots(one)]
        if dressed[number]:
            formats.update(dict.fromkeys(here, dressed[number]))
        merges += _merged(sheet, here)
    return rows, Looks(formats, tuple(sorted(merges)), hidden, columns)


def _hidden(sheet: Any, area: Area) -> tuple[frozenset[int], frozenset[int]]:  # noqa: ANN401 - as above
    """Return the rows and the columns of an area that nobody sees; one call."""
    cells = sheet.api.getCellRangeByPosition(area.left, area.top, area.right, area.bottom)
    seen = cells.queryVisibleCells().getRangeAddresses()
    rows = {row for one in seen for row in range(one.StartRow, one.EndRow + 1)}
    columns = {column for one in seen for column in range(one.StartColumn, one.EndColumn + 1)}
    across = frozenset(range(area.left, area.right + 1)) if seen else frozenset()
    return frozenset(range(area.top, area.bottom + 1)) - rows, across - columns


def _kinds(sheet: Any, area: Area) -> list[tuple[int, list[Area]]] | None:  # noqa: ANN401 - UNO has no types
    """Return the kinds of format in an area: number format and cells of each; `None` where there are too many to ask."""
    groups = sheet.api.getCellRangeByPosition(
        area.left, area.top, area.right, area.bottom
    ).getUniqueCellFormatRanges()
    count = groups.getCount()
    if count > _MOST_GROUPS:
        return None
    found = []
    for index in range(count):
        group = groups.getByIndex(index)
        inside = [
            Area(one.StartRow, one.StartColumn, one.EndRow, one.EndColumn)
            for one in group.getRangeAddresses()
        ]
        found.append((group.NumberFormat, inside))
    return found


def fills(sheet: Any, wanted: Iterable[Spot]) -> dict[Spot, str]:  # noqa: ANN401 - as above
    """Return cells' own fills in the words of `office.traces`: a few cells one by one, many by their kinds of format."""
    missing = set(wanted)
    found: dict[Spot, int] = {}
    if len(missing) > FEW:
        area = around(missing)
        groups = sheet.api.getCellRangeByPosition(
            area.left, area.top, area.right, area.bottom
        ).getUniqueCellFormatRanges()
        for index in range(min(groups.getCount(), _MOST_GROUPS)):
            group = groups.getByIndex(index)
            colour = group.CellBackColor
            areas = (
                Area(one.StartRow, one.StartColumn, one.EndRow, one.EndColumn)
                for one in group.getRangeAddresses()
            )
            here = missing.intersection(spot for one in areas for spot in spots(one))
            found.update(dict.fromkeys(here, colour))
            missing -= here
    found.update((spot, _cell(sheet, spot).CellBackColor) for spot in missing)
    return {spot: "none" if colour == -1 else f"#{colour:06X}" for spot, colour in found.items()}


def _dress(sheet: Any, number: int) -> str:  # noqa: ANN401 - as above
    """Return a number format that adds something to the number or makes it a time, `""` for any other."""
    code = "" if number == 0 else str(sheet.book.impl.document.formats.code(number))
    return code if cells.is_telling(code) else ""


def _merged(sheet: Any, here: list[Spot]) -> Iterator[Area]:  # noqa: ANN401 - as above
    """Yield the merged areas that begin in cells of one format: being merged, and how far, is part of it."""
    first = here[0]
    cell = sheet.api.getCellByPosition(first.column, first.row)
    if not cell.getIsMerged():
        return
    cursor = sheet.api.createCursorByRange(cell)
    cursor.collapseToMergedArea()
    reach = cursor.getRangeAddress()
    down, right = reach.EndRow - first.row, reach.EndColumn - first.column
    for row, column in here:
        yield Area(row, column, row + down, column + right)


def fill(sheet: Any, wanted: Mapping[Spot, str]) -> list[Spot]:  # noqa: ANN401 - as above
    """Give cells fills in the words of `office.traces`, one call for each fill; returns those it has no way to."""
    by_fill: dict[str, list[Spot]] = {}
    for spot, text in wanted.items():
        by_fill.setdefault(text, []).append(spot)
    left: list[Spot] = []
    for text, here in by_fill.items():
        number = _number(text)
        if number is None:
            left += here
            continue
        union = sheet.book.api.createInstance("com.sun.star.sheet.SheetCellRanges")
        tab = sheet.index - 1
        union.addRangeAddresses(tuple(_address(tab, spot) for spot in here), True)  # noqa: FBT003 - UNO knows no keywords
        union.CellBackColor = number
    return left


def _number(text: str) -> int | None:
    """Return the office's number of a fill; it knows no theme, so such a fill needs its plain colour."""
    if text == "none":
        return -1
    if text.startswith("#"):
        return int(text[1:], 16)
    kind, _, rest = text.partition(":")
    if kind == "indexed" and 8 <= int(rest) < 8 + len(_PALETTE):
        return int(_PALETTE[int(rest) - 8], 16)
    return None


def _address(tab: int, spot: Spot) -> Any:  # noqa: ANN401 - as above
    from jixiao.office.libreoffice.border import struct  # noqa: PLC0415 - only where LibreOffice is the program

    return struct("table.CellRangeAddress", tab, spot.column, spot.row, spot.column, spot.row)


def _cell(sheet: Any, spot: Spot) -> Any:  # noqa: ANN401 - as above
    return sheet.api.getCellByPosition(spot.column, spot.row)


def is_visible(sheet: Any) -> bool:  # noqa: ANN401 - as above
    """Tell whether a person sees the sheet's tab."""
    return bool(sheet.api.IsVisible)


def hide(sheet: Any) -> None:  # noqa: ANN401 - as above
    """Hide a sheet as deeply as the program can; LibreOffice has one kind of hidden only."""
    sheet.api.IsVisible = False


class Opened:
    """A protected sheet, open for our marks while this lasts, and then protected as before with all its allowances.

    LibreOffice lets a program write formats past a protection, and knows nothing of what Excel's allows; so only
    where anyone could lift it, for it has no password, is the sheet opened for that moment.
    """

    def __init__(self, sheet: Any) -> None:  # noqa: ANN401 - as above
        """Take a sheet; nothing is changed yet."""
        self._sheet, self._lifted = sheet.api, False

    def __enter__(self) -> Allowed:
        """Open the sheet where it is protected without a password, and tell what can be changed."""
        if not self._sheet.isProtected():
            return Allowed()
        from jixiao.office.libreoffice.border import refusal  # noqa: PLC0415 - only where LibreOffice is the program

        with contextlib.suppress(refusal()):  # so it answers to a wrong password
            self._sheet.unprotect("")
        self._lifted = not self._sheet.isProtected()
        return Allowed(self._lifted, self._lifted)

    def __exit__(self, *_: object) -> None:
        """Protect it again."""
        if self._lifted:
            self._sheet.protect("")
