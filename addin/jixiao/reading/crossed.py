"""A unit's budget in two directions: 基本支出 and 项目支出 over rows of sources, or in front of columns of sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from jixiao import forms
from jixiao.model import Spot
from jixiao.reading import parts
from jixiao.reading.amounts import heads_amounts, is_amount, of_the_year
from jixiao.reading.fields import Found, sought
from jixiao.reading.tables import Place
from jixiao.reading.units import unit_in
from jixiao.reading.view import View
from jixiao.reading.words import appropriations, carried_over, label_key, other_sources
from jixiao.values import money, unit_kept

_FORM = "agency_overall"
_SPENT = ("basic", "projects")
_SOURCES = ("fiscal_funds", "carryover_funds", "other_funds")
_TOTALS = ("income_total", "expenditure_total")
_WHOLE = "whole"
_WHOLES = ("合计", "总计", "小计", "共计", "总额", "资金总额", "金额合计", "预算金额", "金额")
_BASIC, _PROJECTS = label_key("基本支出"), label_key("项目支出")
_MOST_ABOVE, _FEWEST = 8, 2
_Line = tuple[int, str]  # a row or a column, with its label
_Lines = Mapping[str, Sequence[_Line]]  # by the field that it is, or `whole`


class _Crossed(NamedTuple):
    """The rows and the columns, `complete` where no row of amounts is of anything else; the unit of money."""

    view: View
    unit: str
    rows: _Lines
    columns: _Lines
    complete: bool

    def read(self) -> Iterator[tuple[str, Found]]:
        """Yield each field: where its lines cross that of the whole, else those of its parts."""
        for own, across in ((self.rows, self.columns), (self.columns, self.rows)):
            for name in (name for name in own if name != _WHOLE):
                kinds = _SPENT if name in _SOURCES else _SOURCES
                lines = _of_all(across, kinds) if own is self.rows or self._knows_all(across) else []
                if lines:
                    yield name, self._sum(_own(own, name), lines, down=own is self.rows)
        if self._knows_all(self.rows):
            of_rows, of_columns = (
                _of_all(one, _SOURCES if one.keys().isdisjoint(_SPENT) else _SPENT)
                for one in (self.rows, self.columns)
            )
            total = self._sum(of_rows, of_columns, down=True)
            yield from dict.fromkeys(_TOTALS, total).items()

    def _knows_all(self, lines: _Lines) -> bool:
        """Tell whether the lines, or the one of the whole among them, are all of the money."""
        return lines is self.columns or self.complete or _WHOLE in lines

    def _sum(self, mine: Sequence[_Line], others: Sequence[_Line], *, down: bool) -> Found:
        """Return the sum of the cells where lines cross, each with the label that tells it; `down` where the first are rows."""
        cells = [(one, other) for one in mine for other in others]
        labels = [one[1] if len(mine) > 1 else other[1] for one, other in cells]
        spots = [Spot(one[0], other[0]) if down else Spot(other[0], one[0]) for one, other in cells]
        return parts.summed(list(zip(labels, map(self._amount, spots), strict=True)))

    def _amount(self, spot: Spot) -> Found:
        raw, code = self.view.value(*spot), self.view.grid.formats.get(spot, "")
        return Found(money(raw, self.unit, code), raw, spot, unit_kept(raw, self.unit, code))


def read(
    view: View, place: Place, form: forms.Form, told: str | None, of_year: int | None
) -> dict[str, Found]:
    """Return the amounts of a budget in two directions, nothing where the form lists them in one.

    Of columns of several years those of the year `of_year` are read.
    """
    if form.form != _FORM or not {_BASIC, _PROJECTS} <= place.labels.keys():
        return {}
    basic, projects = (place.labels[word][0] for word in (_BASIC, _PROJECTS))
    top = basic.row if basic.row == projects.row else _heading_above(view, basic)
    crossed = _crossed(view, place, top, told or form.money, of_year) if top is not None else None
    return dict(crossed.read()) if crossed else {}


def _heading_above(view: View, label: Spot) -> int | None:
    """Return the row above 基本支出 that has sources as headings of columns, and no amounts beside them."""
    for row in range(label.row - 1, max(-1, label.row - _MOST_ABOVE), -1):
        right = [column for column in view.filled(row) if column > label.column]
        kinds = [_meaning((view.text(row, column),)) for column in right]
        if len([one for one in kinds if one]) >= _FEWEST and not set(kinds).isdisjoint(_SOURCES):
            return row
    return None


def _crossed(view: View, place: Place, top: int, unit: str, of_year: int | None) -> _Crossed | None:
    """Return the rows and columns below a row of headings, `None` where they are not those of such a budget."""
    heads = [column for column in view.filled(top) if _meaning((view.text(top, column),))]
    heads = [column for column in heads if not _has_amount(view, top, [view.reach(top, column).right + 1])]
    if len(heads) < _FEWEST:
        return None
    below = (column for column in view.filled(top + 1) if heads_amounts(view.text(top + 1, column)))
    span = range(heads[0], max(view.reach(top, heads[-1]).right, *below, 0) + 1)
    bottom = _bottom(view, top, span)
    times = {
        c: text for c in span if heads_amounts(text := view.text(bottom + 1, c)) and not _meaning((text,))
    }
    own = of_the_year(times, of_year) if times else list(span)
    columns = _columns(view, top, bottom, span, own) if own else None
    rows, complete = _rows(view, place, bottom + (2 if times else 1), span)
    both = {*rows, *(columns or ())}
    if not columns or both.isdisjoint(_SPENT) or both.isdisjoint(_SOURCES):
        return None
    if not rows.keys() - {_WHOLE} or not columns.keys() - {_WHOLE}:
        return None
    above = (view.text(row, column) for row in range(top, place.top, -1) for column in view.filled(row))
    stated = next(filter(None, map(unit_in, above)), None)
    return _Crossed(view, stated or unit, rows, columns, complete)


def _bottom(view: View, top: int, span: range) -> int:
    """Return the last row of the headings, which may take two rows."""
    below = [column for column in view.filled(top + 1) if column in span]
    named = below and all(_meaning((view.text(top + 1, column),)) for column in below)
    return top + 1 if named else top


def _columns(view: View, top: int, bottom: int, span: range, own: Sequence[int]) -> _Lines | None:
    """Return the columns among the year's `own`, `None` where one is of anything else; unmerged a heading goes on over blank cells."""
    found: dict[str, list[_Line]] = {}
    over = span.start
    for column in span:
        over = column if view.text(top, column) else over
        goes_on = len(own) < len(span) or (bottom > top and view.text(bottom, column))
        first = over if goes_on else column
        path = _path(view, [Spot(top, first), *(Spot(row, column) for row in range(top + 1, bottom + 1))])
        name = _meaning(path)
        if path and not name:
            return None
        if name and column in own and (len(own) < len(span) or view.reach(bottom, column).left == column):
            found.setdefault(name, []).append((column, path[-1]))
    return _whole_basic(found)


def _rows(view: View, place: Place, start: int, span: range) -> tuple[_Lines, bool]:
    """Return the rows, and whether none with amounts is of anything else."""
    found: dict[str, list[_Line]] = {}
    complete = True
    for row in range(start, place.end):
        path = _path(view, [Spot(row, column) for column in range(span.start)])
        own = [view.text(row, column) for column in view.filled(row) if column < span.start]
        name = _meaning(path) if own and (_meaning(path[-1:]) or own[0] in path[-2:]) else None
        if name:
            found.setdefault(name, []).append(
                (row, next(text for text in reversed(path) if _meaning((text,))))
            )
        elif any(place.is_label(view, row, column) for column in view.filled(row)):
            break
        else:
            complete &= not _has_amount(view, row, span)
    return _whole_basic(found), complete


def _whole_basic(found: dict[str, list[_Line]]) -> _Lines:
    """Return lines with 基本支出 as those of its two parts, where it has none itself."""
    both = [one for name in ("personnel", "operating") for one in found.get(name, ())]
    return {**found, "basic": both} if both and "basic" not in found else found


def _of_all(lines: _Lines, kinds: Sequence[str]) -> list[_Line]:
    """Return the line of the whole, else all those of some fields."""
    return [*lines.get(_WHOLE, ())[-1:]] or [one for kind in kinds for one in _own(lines, kind)]


def _own(lines: _Lines, name: str) -> Sequence[_Line]:
    """Return a field's lines without those that break another one down: budgets below 财政拨款, and 其中."""
    own = lines.get(name, ())
    parts_ = {**appropriations(), **carried_over()}
    whole = [one for one in own if label_key(one[1]) not in parts_]
    if whole and name != _SOURCES[2]:
        return whole[:1]
    among = next((n for n, one in enumerate(own) if n and one[1].lstrip().startswith("其中")), len(own))
    return own[:among]


def _path(view: View, spots: Sequence[Spot]) -> tuple[str, ...]:
    """Return what stands in some cells, or in the merged ones that reach over them, each text once."""
    areas = (view.reach(*spot) for spot in spots)
    return tuple(dict.fromkeys(text for area in areas if (text := view.text(area.top, area.left))))


def _meaning(path: Sequence[str]) -> str | None:
    """Return which field the labels of a line name, from inside: `whole` where 合计 stands below none."""
    whole = False
    for text in reversed(path):
        word = label_key(text)
        name = _words().get(word)
        if name == _WHOLE:
            whole = True
        elif name:
            return name
    return _WHOLE if whole else None


def _has_amount(view: View, row: int, columns: Sequence[int]) -> bool:
    return any(is_amount(view, Spot(row, column)) for column in columns)


@cache
def _words() -> Mapping[str, str]:
    """Return which field a label names, by its key."""
    words: dict[str, str] = dict.fromkeys(other_sources(), "other_funds")
    words.update(dict.fromkeys(appropriations(), "fiscal_funds"))
    words.update(dict.fromkeys(carried_over(), "carryover_funds"))
    for form in (form for form in forms.catalogue() if form.form == _FORM):
        for name, one in sought(_FORM, form.edition).items():
            if one.is_money and name not in _TOTALS and name != "basic":
                words.update(dict.fromkeys(one.keys, name))
    return {**words, _BASIC: "basic", **dict.fromkeys(map(label_key, _WHOLES), _WHOLE)}
