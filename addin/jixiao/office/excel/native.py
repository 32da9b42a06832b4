"""What Excel tells and does that xlwings has no word for: COM, behind `.api`; reviewed line by line, never run in tests.

Every function has its twin of the same name in `calc`, which is run. Numbers are Excel's constants, named beside them.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from jixiao.model import Area, Spot
from jixiao.office import traces
from jixiao.office.excel import spreadsheet_xml
from jixiao.office.excel.looks import Allowed, Looks, units
from jixiao.office.excel.native_books import (
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

__all__ = [
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
_XML = 11  # xlRangeValueXMLSpreadsheet: a block with merges, formats and fills in one call
_FORMULAS, _PART, _BY_ROWS, _BY_COLUMNS, _PREVIOUS = (
    -4123,
    2,
    1,
    2,
    2,
)  # xlFormulas xlPart xlByRows xlByColumns xlPrevious
_VISIBLE, _VERY_HIDDEN = -1, 2  # xlSheetVisible xlSheetVeryHidden
_NONE, _SOLID = -4142, 1  # xlPatternNone xlPatternSolid
_LONGEST_ADDRESS = 250  # Range() takes 255 characters
_MOST_NOTES = 10_000
_WIDTH, _LINE, _HIGHEST = 240, 12.5, 480  # points: a note's width, one of its lines, its greatest height
_PER_LINE = 22  # Chinese characters in one line of a note


def last(sheet: Any) -> Spot | None:  # noqa: ANN401 - COM has no types
    """Return the corner below and right of all values and formulas, `None` on an empty sheet; two calls."""
    cells = sheet.api.Cells
    found = [
        cells.Find("*", cells(1, 1), _FORMULAS, _PART, order, _PREVIOUS, False)  # noqa: FBT003 - MatchCase, by position only
        for order in (
            _BY_COLUMNS,
            _BY_ROWS,
        )  # by rows last: the person's own search goes on as the last one did
    ]
    if found[0] is None or found[1] is None:
        return None
    return Spot(found[1].Row - 1, found[0].Column - 1)


def block(sheet: Any, area: Area) -> tuple[Any, Looks]:  # noqa: ANN401 - COM has no types
    """Return the raw values of an area that begins at A1, with merges and dressed number formats; two calls."""
    cells = sheet.range(area.a1)
    told = spreadsheet_xml.parse(cells.api.GetValue(_XML))
    return cells.raw_value, Looks(told.formats, told.merges, told.hidden, told.hidden_columns)


def fills(sheet: Any, wanted: Iterable[Spot]) -> dict[Spot, str]:  # noqa: ANN401 - COM has no types
    """Return cells' own fills in the words of `office.traces`; a few calls each, for a union tells no theme."""
    return {spot: _own_fill(sheet.range(spot.a1).api.Interior) for spot in wanted}


def _own_fill(interior: Any) -> str:  # noqa: ANN401 - COM has no types
    """Return a cell's fill in the words of `office.traces`."""
    pattern = interior.Pattern
    if pattern == _NONE:
        return "none"
    if pattern != _SOLID:
        return "kept"
    theme = interior.ThemeColor if isinstance(interior.ThemeColor, int) else 0
    if theme > 0:  # Excel counts from 1, the file from 0
        return f"theme:{theme - 1}:{_tint(interior.TintAndShade)}"
    colour = int(interior.Color)
    return f"#{colour & 255:02X}{colour >> 8 & 255:02X}{colour >> 16 & 255:02X}"


def _tint(value: object) -> str:
    number = float(value) if isinstance(value, int | float) else 0.0
    text = f"{max(-1.0, min(1.0, number)):.15f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text


def fill(sheet: Any, wanted: Mapping[Spot, str]) -> list[Spot]:  # noqa: ANN401 - COM has no types
    """Give cells fills in the words of `office.traces`, by unions; returns those it has no way to."""
    by_fill: dict[str, list[Spot]] = {}
    for spot, text in wanted.items():
        by_fill.setdefault(text, []).append(spot)
    for text, here in by_fill.items():
        for address in _unions(here):
            _paint(sheet.api.Range(address).Interior, text)
    return []


def _paint(interior: Any, text: str) -> None:  # noqa: ANN401 - COM has no types
    if text == "none":
        interior.Pattern = _NONE
        return
    interior.Pattern = _SOLID
    kind, _, rest = text.partition(":")
    if kind == "theme":
        number, _, tint = rest.partition(":")
        interior.ThemeColor = int(number) + 1
        interior.TintAndShade = float(tint)
    elif kind == "indexed":
        interior.ColorIndex = int(rest) - 7  # the file's palette begins at 8, Excel's at 1
    else:
        red, green, blue = (int(text[at : at + 2], 16) for at in (1, 3, 5))
        interior.Color = red | green << 8 | blue << 16


def _unions(here: Iterable[Spot]) -> Iterator[str]:
    """Yield addresses of many cells at once, each short enough for Range()."""
    address = ""
    for spot in here:
        if len(address) + len(spot.a1) + 1 > _LONGEST_ADDRESS:
            yield address
            address = ""
        address += f",{spot.a1}" if address else spot.a1
    if address:
        yield address


def noted(sheet: Any) -> set[Spot]:  # noqa: ANN401 - COM has no types
    """Return the cells that have a note or a threaded comment."""
    found: set[Spot] = set()
    for name in ("Comments", "CommentsThreaded"):
        with contextlib.suppress(AttributeError):  # Excel before 365 knows no threads
            comments = getattr(sheet.api, name)
            count = min(comments.Count, _MOST_NOTES)
            cells = (comments(number).Parent for number in range(1, count + 1))
            found |= {Spot(cell.Row - 1, cell.Column - 1) for cell in cells}
    return found


def with_block(sheet: Any, but: set[Spot]) -> set[Spot]:  # noqa: ANN401 - COM has no types
    """Return the cells, others than these, whose note holds a block of ours."""
    comments = sheet.api.Comments
    count = min(comments.Count, _MOST_NOTES)
    listed = (comments(number) for number in range(1, count + 1))
    cells = (one.Parent for one in listed if traces.BEGIN in str(one.Text()))
    return {Spot(cell.Row - 1, cell.Column - 1) for cell in cells} - but


def add_note(sheet: Any, spot: Spot, text: str) -> bool:  # noqa: ANN401 - COM has no types
    """Give a cell without a note one, large enough to be read."""
    comment = sheet.range(spot.a1).api.AddComment(text)
    with contextlib.suppress(Exception):  # a note of the usual size is a note all the same
        lines = sum(max(1, -(-len(line) // _PER_LINE)) for line in text.split("\n"))
        comment.Shape.Width, comment.Shape.Height = _WIDTH, min(_HIGHEST, (lines + 1) * _LINE)
    return True


def append_note(sheet: Any, spot: Spot, text: str) -> bool:  # noqa: ANN401 - COM has no types
    """Write a text below a cell's note, whose own text keeps its looks; False at a threaded comment."""
    cell = sheet.range(spot.a1).api
    if _threaded(cell):
        return False
    comment = cell.Comment
    comment.Text(f"\n{text}", units(str(comment.Text())) + 1, False)  # noqa: FBT003 - Overwrite, by position only
    return True


def _threaded(cell: Any) -> bool:  # noqa: ANN401 - COM has no types
    try:
        return cell.CommentThreaded is not None
    except AttributeError:  # Excel before 365 knows no threads
        return False


def note_size(sheet: Any, spot: Spot) -> tuple[float, float] | None:  # noqa: ANN401 - COM has no types
    """Return width and height of a cell's note in points, to a tenth; `None` where it has no shape."""
    comment = sheet.range(spot.a1).api.Comment
    return None if comment is None else (round(comment.Shape.Width, 1), round(comment.Shape.Height, 1))


def clear_note(sheet: Any, spot: Spot, size: tuple[float, float] | None = None) -> None:  # noqa: ANN401 - COM has no types
    """Take our block out of a cell's note, which is then of this size; the note goes where nothing else stands in it."""
    cell = sheet.range(spot.a1).api
    comment = cell.Comment
    if comment is None or _threaded(cell):
        return
    text = str(comment.Text())
    place = traces.span(text)
    if place is None:
        return
    if (text[: place[0]] + text[place[1] :]).strip():
        before, ours = units(text[: place[0]]), units(text[place[0] : place[1]])
        comment.Shape.TextFrame.Characters(before + 1, ours).Delete()
        if size is not None:
            comment.Shape.Width, comment.Shape.Height = size
    else:
        comment.Delete()


def is_visible(sheet: Any) -> bool:  # noqa: ANN401 - COM has no types
    """Tell whether a person sees the sheet's tab."""
    return bool(sheet.api.Visible == _VISIBLE)


def hide(sheet: Any) -> None:  # noqa: ANN401 - COM has no types
    """Hide a sheet so deeply that the program's own menu does not show it again."""
    sheet.api.Visible = _VERY_HIDDEN


class Opened:
    """A sheet as it is: what its protection forbids is left alone."""

    def __init__(self, sheet: Any) -> None:  # noqa: ANN401 - COM has no types
        """Take a sheet."""
        self._sheet = sheet.api

    def __enter__(self) -> Allowed:
        """Tell what can be changed."""
        sheet = self._sheet
        fills = not sheet.ProtectContents or bool(sheet.Protection.AllowFormattingCells)
        return Allowed(fills, not sheet.ProtectDrawingObjects)

    def __exit__(self, *_: object) -> None:
        """Leave the sheet as it is."""
