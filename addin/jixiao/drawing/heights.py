"""Row heights that fit wrapped text inside merged cells, which no program does by itself."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from jixiao.model import Box
from jixiao.office import styles

_LINE = 1.46  # line height over font size: the tallest of the faces that may stand in (Noto CJK: 1.448)
_PADDING = 5.0
_HIGHEST = 409.0  # what a row can be
_PIXEL = 0.75  # points
_WORD = re.compile(r"[!-~]+|.", re.DOTALL)
_BROAD = frozenset("%@&MWmw")
_CLOSING = frozenset("，。；：、！？）】》〉”’…％%)],.;:!?")


def heights(boxes: Sequence[Box], widths: Sequence[float], least: dict[int, float]) -> dict[int, float]:
    """Return a height in points for every row in `least`: its least height, or more where text needs it.

    A text in a cell over several rows is given room by raising all of them alike.
    """
    found = dict(least)
    for box in sorted(boxes, key=lambda one: one.area.bottom - one.area.top):
        rows = range(box.area.top, box.area.bottom + 1)
        missing = needed(box, widths) - sum(found[row] for row in rows)
        if missing > 0:
            for row in rows:
                found[row] = _whole_pixels(found[row] + missing / len(rows))
    return {row: min(height, _HIGHEST) for row, height in found.items()}


def needed(box: Box, widths: Sequence[float]) -> float:
    """Return the height in points that a box needs for its text."""
    size = styles.font_size(box.style)
    lines = 1
    if isinstance(box.value, str) and styles.wraps(box.style):
        room = _room(box, widths)
        lines = sum(_lines(part, room) for part in box.value.split("\n"))
    return lines * size * _LINE + _PADDING


def broken_well(box: Box, widths: Sequence[float]) -> Box:
    """Return a label that is too long for one line broken before its bracket, as printed forms have it."""
    head, bracket, tail = str(box.value or "").partition("（")
    if head and bracket and _lines(head + bracket + tail, _room(box, widths)) > 1:
        return box._replace(value=f"{head}\n{bracket}{tail}")
    return box


def _room(box: Box, widths: Sequence[float]) -> int:
    """Return how many half-width characters stand in a line; programs round a letter of 11 points up to 15 pixels."""
    points = sum(width_in_points(widths[at]) for at in range(box.area.left, box.area.right + 1))
    points -= styles.indent(box.style)
    return max(2, int((points - _PADDING) / (styles.font_size(box.style) / 2) * 0.95))


def width_in_points(width: float) -> float:
    """Return a column's width in points: Excel's characters are 7 pixels of the default font, and 5 of padding."""
    return int(width * 7 + 5) * _PIXEL


@lru_cache(maxsize=1024)  # forms print the same labels again and again
def _lines(text: str, room: int) -> int:
    """Count the lines of a paragraph in a column of `room` half-width characters.

    Words of Latin letters and digits stay whole, and closing punctuation takes the character before it to the
    next line.
    """
    lines, used, before = 1, 0.0, 0.0
    for word in _WORD.findall(text):
        width = sum(_width(one) for one in word)
        if used + width <= room:
            used, before = used + width, width
        elif width > room:
            lines += math.ceil(width / room) - (0 if used else 1)
            used, before = width % room, 0.0
        else:
            lines += 1
            used = width + (before if word in _CLOSING else 0)
            before = width
    return lines


@lru_cache(maxsize=1024)
def _width(letter: str) -> float:
    """Return a letter's width in half-width characters; Latin ones as wide as in the sans faces that may stand in."""
    if unicodedata.east_asian_width(letter) in "WFA" or letter in _BROAD:
        return 2.0
    return 1.3


def _whole_pixels(points: float) -> float:
    return math.ceil(points / _PIXEL) * _PIXEL
