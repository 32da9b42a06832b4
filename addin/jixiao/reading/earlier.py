"""A block of an earlier year's money (上年预算), or of all years' (总投资), beside the year's: no label of the table is in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from jixiao.model import Area, Spot
from jixiao.reading.amounts import is_amount
from jixiao.reading.fields import block
from jixiao.reading.labels import key_labels
from jixiao.reading.tables import Place
from jixiao.reading.view import View
from jixiao.reading.words import LEAD, appropriations, other_sources

_EARLIER = re.compile(
    r"(?:上一?年度?|去年|前年|以前年度|(?P<year>20\d\d)年度?)"
    r"(?:项目|部门|单位|整体|财政|批复|安排|执行|实际|完成|预算|决算|资金|支出|收入|收支|拨款|投入|使用|情况|总|金?额|数)+"
)
_OF_ALL = re.compile(
    r"(?:项目)?总投资(?:额|情况|构成|资金)?|(?:以前年度|历年)?累计(?:安排|投入|完成)(?:资金|投资|金额|情况)*"
)
_Labels = Mapping[str, Sequence[Spot]]


def without(view: View, place: Place, of_year: int | None) -> Place:
    """Return the table without the labels of such blocks; the table as it is where there is none."""
    before, of_all = set[int](), set[int]()
    for word in place.labels:
        told = _told(word, of_year)
        if told:
            found = before if told == "before" else of_all
            found.update(row for spot in place.labels[word] for row in _rows(view, place, spot))
    if not before and not of_all:
        return place
    year = _without(place, before | of_all)
    has_money = not year.labels.keys().isdisjoint(key_labels(place.form, "money"))
    return year if has_money else _without(place, before)


def _without(place: Place, rows: Collection[int]) -> Place:
    return replace(place, labels=_outside(place.labels, rows), inline=_outside(place.inline, rows))


@lru_cache(maxsize=1024)
def _told(word: str, of_year: int | None) -> str:
    """Return whether a label key names money of a year `before` the budget year or of `all` years, `""` for neither.

    What is carried over is the year's.
    """
    match = _EARLIER.fullmatch(word)
    if match and (match["year"] is None or (of_year is not None and int(match["year"]) < of_year)):
        return "before"
    return "all" if _OF_ALL.fullmatch(word) else ""


def _rows(view: View, place: Place, label: Spot) -> Collection[int]:
    """Return the rows of the block that a label heads at its left, or alone above it; none where it heads no block."""
    area = view.reach(*label)
    if view.filled(label.row) == [label.column]:
        return _below(view, place, area)
    rows, right = block(view, place, label), area.right + 1
    own = [row for row in rows if _is_money(view, place, row, (right,))]
    beyond = view.reach(label.row, right).right + 1
    return rows if len(own) > 1 or (own and is_amount(view, Spot(label.row, beyond))) else ()


def _below(view: View, place: Place, area: Area) -> Collection[int]:
    """Return the rows from a caption, numbered or over the whole width, to the next one; none where it is a label."""
    start = area.bottom + 1
    end = next((row for row in range(start, place.end) if len(view.filled(row)) == 1), None)
    wide = area.right >= max(view.filled(start), default=0)
    if end is None or not (wide or LEAD.match(view.text(area.top, area.left))):
        return ()
    rows = range(start, end)
    return rows if any(_is_money(view, place, row, view.filled(row)[:1]) for row in rows) else ()


def _is_money(view: View, place: Place, row: int, columns: Sequence[int]) -> bool:
    known = key_labels(place.form, "money") | appropriations().keys() | other_sources()
    return any(view.label(row, column) in known for column in columns)


def _outside(labels: _Labels, rows: Collection[int]) -> dict[str, list[Spot]]:
    """Return labels without those in some rows."""
    kept = {word: [spot for spot in spots if spot.row not in rows] for word, spots in labels.items()}
    return {word: spots for word, spots in kept.items() if spots}
