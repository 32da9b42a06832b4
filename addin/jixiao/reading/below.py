"""What stands below the indicators: the funds and goals of forms that print them there."""

from __future__ import annotations

from dataclasses import replace

from jixiao.reading import sentences
from jixiao.reading.fields import Found
from jixiao.reading.labels import index, key_labels
from jixiao.reading.lines import SIGNED
from jixiao.reading.tables import Place
from jixiao.reading.view import View
from jixiao.reading.words import sayings


def foot(view: View, place: Place) -> Place | None:
    """Return the fields below the indicators as a place of its own, `None` where nothing stands there that lacks above.

    It begins with a label of the money or the goals at the left, or with a sentence that tells the money, in a row
    that is no indicator's.
    """
    if place.heading is None:
        return None
    above = place.labels.keys() | place.inline.keys()
    lacking = [
        words for kind in ("total", "goals") if above.isdisjoint(words := key_labels(place.form, kind))
    ]
    wanted = frozenset[str]().union(*lacking)
    said = key_labels(place.form, "total") in lacking and place.form == "project_target"
    level1 = dict(place.columns).get("level1", 0)
    rows = range(place.heading + 1, min(place.bottom, view.height)) if wanted else range(0)
    begun = (
        row
        for row in rows
        if _begins(view, place, row, wanted) or (said and sentences.begins(view, row, level1))
    )
    first = next(begun, None)
    if first is None:
        return None
    while _is_headed(view, place, first - 1):
        first -= 1
    signed = (row for row in range(first, rows.stop) if _is_signed(view, row))
    bottom = next(signed, place.bottom)
    labels, inline = index(view, first, bottom - 1)
    return replace(
        place, top=first, bottom=bottom, title=None, heading=None, columns=(), labels=labels, inline=inline
    )


def indicators(place: Place, under: Place | None) -> Place:
    """Return the table without what stands below its indicators."""
    return replace(place, bottom=under.top) if under else place


def whole(place: Place, under: Place | None) -> Place:
    """Return the table with the labels of both, by which its edition is told."""
    if under is None:
        return place
    labels, inline = {**under.labels, **place.labels}, {**under.inline, **place.inline}
    return replace(place, labels=labels, inline=inline)


def last(under: Place | None, found: dict[str, Found], otherwise: int) -> int:
    """Return the last row that anything was read from."""
    rows = [one.spot.row for one in found.values() if one.spot and under and one.spot.row >= under.top]
    return max([otherwise, *rows])


def _begins(view: View, place: Place, row: int, wanted: frozenset[str]) -> bool:
    """Tell whether a row begins the block: its first label, or the one beside a block's label, is wanted."""
    filled = view.filled(row)
    level1 = dict(place.columns).get("level1", 0)
    if not filled or filled[0] > level1:
        return False
    first = view.text(row, filled[0])
    words = {view.label(row, filled[0]), *(word for word, _ in sayings(first))}
    if len(filled) > 1 and place.is_label(view, row, filled[0]):
        words.add(view.label(row, filled[1]))
    return not words.isdisjoint(wanted)


def _is_headed(view: View, place: Place, row: int) -> bool:
    """Tell whether a row begins with a block's label, as the headings over its amounts do; 绩效指标 is not meant."""
    filled, heading = view.filled(row), place.heading or 0
    if row <= heading or not filled or not place.is_label(view, row, filled[0]):
        return False
    return view.label(row, filled[0]) not in {view.label(heading, column) for column in view.filled(heading)}


def _is_signed(view: View, row: int) -> bool:
    filled = view.filled(row)
    return bool(filled) and bool(SIGNED.match(view.text(row, filled[0])))
