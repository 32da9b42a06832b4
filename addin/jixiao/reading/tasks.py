"""Money given task by task (年度主要任务), or item by item, in rows below its headings without a row of their sum."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jixiao import forms
from jixiao.model import Spot
from jixiao.patterns import late
from jixiao.reading import parts
from jixiao.reading.amounts import heads_amounts
from jixiao.reading.beside import TOTALS, rows_below, spot_below
from jixiao.reading.fields import Found
from jixiao.reading.tables import Place
from jixiao.reading.units import unit_in
from jixiao.reading.view import View
from jixiao.reading.words import label_key
from jixiao.values import key, money, unit_kept

_TASKS = label_key("任务名称")
_WHOLES = frozenset({"income_total", "expenditure_total"})
_NO_ITEM = re.compile(r"其中|小计|共计|总额|\S*(?:合计|总计)")
_NUMBER = late(r"\d{1,3}|[一二三四五六七八九十]{1,3}")
_FEWEST = 2


def summed(
    view: View, place: Place, form: forms.Form, told: str | None, head: Mapping[str, Found]
) -> dict[str, Found]:
    """Return the sums of amounts that stand below a heading of the field, row by row, none where a row is their sum.

    A unit's tasks may have one column of money that is called 预算金额, and no other label of money.
    """
    known = next((head[name] for name in _WHOLES if name in head), None)
    more = {} if known else _of_tasks(view, place, form, told)
    if known and form.form == "agency_overall" and _TASKS in place.labels:
        more = dict.fromkeys(_WHOLES - head.keys(), known)  # 合计 below the tasks is both totals
    sums = {name: _sum(view, place, one) for name, one in {**head, **more}.items() if one.value is None}
    return {**more, **{name: one for name, one in sums.items() if one}}


def _of_tasks(view: View, place: Place, form: forms.Form, told: str | None) -> dict[str, Found]:
    """Return the total of the one column of money beside 任务名称."""
    tasks = next(iter(place.labels.get(_TASKS, ())), None) if form.form == "agency_overall" else None
    if tasks is None:
        return {}
    columns = [
        c for c in view.filled(tasks.row) if c > tasks.column and heads_amounts(view.text(tasks.row, c))
    ]
    if len(columns) != 1:
        return {}
    heading = Spot(tasks.row, columns[0])
    unit = unit_in(view.text(*heading)) or told or form.money
    total = _amount(view, spot_below(view, heading, place), unit)
    return dict.fromkeys(_WHOLES, total._replace(label=heading))


def _sum(view: View, place: Place, found: Found) -> Found | None:
    """Return the sum of the rows between a field's label and its blank cell below them, `None` where they are no items."""
    label, unit = found.label, found.money
    if label is None or found.spot is None or unit is None or found.spot.column != label.column:
        return None
    rows = [row for row in rows_below(view, label, place) if row < found.spot.row]
    names = [_name(view, place, Spot(row, label.column)) for row in rows]
    blank_sum = any(view.label(found.spot.row, c).endswith(TOTALS) for c in view.filled(found.spot.row))
    if len(rows) < _FEWEST or not all(names) or blank_sum:
        return None
    spots = [Spot(row, label.column) for row in rows]
    return parts.summed(list(zip(names, (_amount(view, spot, unit) for spot in spots), strict=True)))


def _name(view: View, place: Place, spot: Spot) -> str:
    """Return what a row of amounts is for, `""` where it adds up others, breaks one down, or is another time's."""
    texts = (view.text(spot.row, c) for c in view.filled(spot.row) if _is_left(view, place, spot, c))
    name = next((text for text in texts if not _NUMBER.fullmatch(text)), "")
    return "" if _NO_ITEM.match(key(name)) or heads_amounts(name) or key(name).endswith(TOTALS) else name


def _is_left(view: View, place: Place, spot: Spot, column: int) -> bool:
    return column < spot.column and not place.is_label(view, spot.row, column)


def _amount(view: View, spot: Spot, unit: str) -> Found:
    raw, code = view.value(*spot), view.grid.formats.get(spot, "")
    return Found(money(raw, unit, code), raw, spot, unit_kept(raw, unit, code))
