"""How cells look: colours, sizes, alignment, in the units of Excel."""

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from jixiao.office.libreoffice.border import Uno, differs, enum

Color: TypeAlias = str | int | Sequence[int] | None

POINTS = 72 / 2540  # of a hundredth of a millimetre, the office's unit
PIXELS = 96 / 2540
MANY = 256  # rows or columns; beyond, the office's own answer for all of them is taken
HORIZONTAL = {
    "general": "STANDARD",
    "left": "LEFT",
    "center": "CENTER",
    "right": "RIGHT",
    "justify": "BLOCK",
    "fill": "REPEAT",
}
VERTICAL = {"top": 1, "center": 2, "bottom": 3, "justify": 4}  # com.sun.star.table.CellVertJustify2


def office_color(color: Color) -> int:
    """Return the office's number of `#rrggbb`, Excel's number or (red, green, blue); -1 is no colour."""
    if color is None:
        return -1
    if isinstance(color, str):
        return int(color.lstrip("#"), 16)
    if isinstance(color, int):
        color = (color & 255, (color >> 8) & 255, (color >> 16) & 255)
    red, green, blue = color
    return (int(red) << 16) | (int(green) << 8) | int(blue)


def excel_color(number: int) -> tuple[int, int, int] | None:
    """Return (red, green, blue) of the office's number; None is no colour."""
    return None if number == -1 else ((number >> 16) & 255, (number >> 8) & 255, number & 255)


def points(length: int) -> float:
    """Return points, to a quarter, of the office's length."""
    return round(length * POINTS * 4) / 4


def office_length(size: float) -> int:
    """Return the office's length of points."""
    return round(size / POINTS)


def characters(width: int) -> float:
    """Return Excel's column width of the office's: characters of 7 pixels, and 5 pixels of margin."""
    pixels = round(width * PIXELS)
    return round((pixels - 5) / 7, 2) if pixels >= 12 else round(pixels / 12, 2)


def office_width(count: float) -> int:
    """Return the office's column width of Excel's."""
    return round((count * 7 + 5 if count >= 1 else count * 12) / PIXELS)


def common(lines: Uno, name: str) -> Uno:
    """Return what all rows or columns agree on, or None; of very many only the first is asked."""
    count = lines.getCount()
    first = getattr(lines.getByIndex(0), name)
    if count > MANY:
        return first
    rest: Iterable[Uno] = (getattr(lines.getByIndex(index), name) for index in range(1, count))
    return first if all(value == first for value in rest) else None


def background(cells: Uno) -> tuple[int, int, int] | None:
    """Return the fill colour that all cells share, or None."""
    return None if differs(cells, "CellBackColor") else excel_color(cells.CellBackColor)


def horizontal(cells: Uno) -> str | None:
    """Return the horizontal alignment that all cells share, in xlwings' words."""
    found = None if differs(cells, "HoriJustify") else cells.HoriJustify.value
    return next((word for word, own in HORIZONTAL.items() if own == found), None)


def set_horizontal(cells: Uno, word: str) -> None:
    """Set the horizontal alignment; raises NotImplementedError for one the office lacks."""
    if word not in HORIZONTAL:
        raise NotImplementedError(f"LibreOffice has no horizontal alignment `{word}`.")
    cells.HoriJustify = enum("table.CellHoriJustify", HORIZONTAL[word])


def vertical(cells: Uno) -> str | None:
    """Return the vertical alignment that all cells share, in xlwings' words; the default is `bottom`."""
    if differs(cells, "VertJustify"):
        return None
    return next((word for word, own in VERTICAL.items() if own == cells.VertJustify), "bottom")


def set_vertical(cells: Uno, word: str) -> None:
    """Set the vertical alignment; raises NotImplementedError for one the office lacks."""
    if word not in VERTICAL:
        raise NotImplementedError(f"LibreOffice has no vertical alignment `{word}`.")
    cells.VertJustify = VERTICAL[word]
