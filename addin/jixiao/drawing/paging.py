"""Where printed pages begin, so that no block of rows is cut that a page can hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from jixiao.drawing.heights import width_in_points

_ROW = 15.0  # points of a row that says nothing of its height
_SHORT, _LONG = 595.3, 841.9  # points of A4
_BESIDE, _ABOVE = 86.4, 100.8  # points of the margins of our pages, both sides together
_SURE = 0.97  # of the page, whatever a program adds


def room(widths: Sequence[float], *, landscape: bool) -> float:
    """Return how many points of rows stand on a printed A4 page that is made as wide as these columns."""
    wide, high = (_LONG, _SHORT) if landscape else (_SHORT, _LONG)
    scale = min(1.0, (wide - _BESIDE) / sum(width_in_points(one) for one in widths))
    return (high - _ABOVE) / scale * _SURE


def breaks(
    tall: Mapping[int, float],
    blocks: Iterable[tuple[int, int]],
    room: float,
    *,
    repeated: float = 0.0,
    known: Collection[int] = (),
) -> tuple[int, ...]:
    """Return the rows that must begin a new printed page.

    Args:
        tall: row → height in points.
        blocks: first and last row of each block that shall stay whole.
        room: points of rows that a page holds.
        repeated: points of the headings that every further page repeats.
        known: rows that begin a page already; they are among those returned.

    """
    whole = dict(blocks)
    following = max(whole, default=-1)
    found, used = [], 0.0
    for row in range(max((*tall, *whole.values()), default=-1) + 1):
        last = whole.get(row, row)
        high = sum(tall.get(one, _ROW) for one in range(row, last + 1))
        begins = row in known or (last > row and used and used + high > room >= repeated + high)
        own = tall.get(row, _ROW)
        if begins or used + own > room:
            used = repeated
            if begins or row < following:  # pages end where we count on it: programs differ by a row or two
                found.append(row)
        used += own
    return tuple(found)
