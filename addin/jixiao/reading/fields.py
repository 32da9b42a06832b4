"""The fields above the indicators: each found by its label, its value the next cell that is not a label."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from jixiao import forms, schemas
from jixiao.model import CellValue, Spot
from jixiao.reading import amounts, spans
from jixiao.reading.tables import Place
from jixiao.reading.view import View, label_key, sayings, unit_in
from jixiao.values import decimal, money, unit_kept

YEAR_LABELS = frozenset(label_key(text) for text in ("年度", "预算年度", "年份", "申报年度", "项目年度"))
_TOTALS = tuple(label_key(text) for text in ("合计", "总计"))
_AMOUNT_COLUMN = label_key("预算金额")
CODE_BEHIND = re.compile(
    r"[（(\[]\s?(?:代码|编码)?[:：]?\s?(?P<a>\d{1,20})\s?[)）\]]$"
    r"|[\s\-—/](?:代码|编码)?[:：]?\s?(?P<b>\d{3,20})$|(?<=[局委办院会厅部府校处站心])(?P<c>\d{6,20})$"
)
CODE_BEFORE = re.compile(r"[（(\[](\d{1,20})[)）\]](?=.)|(\d{3,20})[\s\-—/]+(?=\D)|(\d{6,20})(?=\D{3})")
_CODE_LABELS = frozenset(label_key(text) for text in ("主管部门代码", "主管部门编码", "部门代码", "部门编码"))
SOUGHT_TOO = frozenset({*_TOTALS, *YEAR_LABELS, *_CODE_LABELS, _AMOUNT_COLUMN})  # beside a form's own labels


@dataclass(frozen=True)
class Found:
    """A field's value: as the document holds it, as the clerk typed it, where, and of money in which unit.

    A sum has no text of its own; `parts` are the amounts that it is the sum of, each with its label.
    """

    value: str | int | None
    raw: CellValue
    spot: Spot | None
    money: str | None = None
    parts: tuple[tuple[str, Found], ...] = ()


@dataclass(frozen=True)
class Sought:
    """A field to look for: the keys of its label, the printed one first, and of the block around it."""

    name: str
    keys: tuple[str, ...]
    block: str
    is_money: bool


@cache
def sought(kind: str, edition: str) -> dict[str, Sought]:
    """Return the fields of an edition, with the label keys to look for."""
    form = forms.find(kind, edition)
    printed = [label_key(cell.label) for cell in form.labels()]
    found = {}
    for name, cell, group in form.fields():
        keys = tuple(label_key(text) for text in (cell.label, *cell.aliases))
        ambiguous = printed.count(keys[0]) > 1 or keys[0] in {*_TOTALS, label_key("其他")}
        is_money = schemas.is_money(form.form, name)
        found[name] = Sought(name, keys, label_key(group) if ambiguous else "", is_money)
    return found


def read(
    view: View, place: Place, form: forms.Form, told: str | None, of_year: int | None = None
) -> dict[str, Found]:
    """Return every field above the indicators whose label is there; money in 万元, goals left out.

    Of several columns of money the one of the year `of_year` is read.
    """
    found: dict[str, Found] = {}
    taken: set[Spot] = set()
    for name, one in sought(form.form, form.edition).items():
        spot = label_spot(view, place, one, taken) if name != "goals" else None
        if spot is None:
            continue
        taken.add(spot)
        found[name] = value_of(view, place, one, spot, told or form.money, of_year)
    if form.form == "agency_overall":
        found.update(_loose_totals(view, place, form, found, taken, told or form.money, of_year))
    if "department" in found:
        found.update(_department(view, place, found["department"]))
    return found


def value_of(  # noqa: PLR0913, PLR0917 - what reading a field needs
    view: View, place: Place, one: Sought, spot: Spot, unit_: str, of_year: int | None = None
) -> Found:
    """Return the value that belongs to a label."""
    behind = inline(view, spot, one)
    at = spot
    if behind is None:
        choice = amounts.choose(view, spot, place, of_year) if one.is_money else None
        at = (choice.spot if choice else None) or _below(view, spot, place) or cell_beside(view, spot, place)
        if one.is_money:
            at = _of_all_rows(view, spot, _under_a_last_heading(view, spot, at, place), place)
    raw: CellValue = view.value(*at) if behind is None else behind
    if one.is_money:
        code = view.grid.formats.get(at, "") if behind is None else ""
        stated = unit_in(view.text(*spot)) or amounts.unit_behind(view, at) or unit_
        return Found(money(raw, stated, code), raw, at, unit_kept(raw, stated, code))
    return Found((view.text(*at) if behind is None else behind) or None, raw, at)


def label_spot(view: View, place: Place, one: Sought, taken: set[Spot]) -> Spot | None:
    """Find a field's label: the printed one first, then its other spellings, in its block where it is ambiguous.

    A cell of its own comes before one that holds the value too; where the form tells a longer time beside the year,
    the year's half before the other one.
    """
    rows = _block_rows(view, place, one.block) if one.block else range(place.top, place.end)
    half = (
        spans.half(place, "money" if one.is_money else "goals")
        if one.is_money or one.name == "goals"
        else None
    )
    if half and half.label not in taken and _is_total(view, half.label, place, one):
        return half.label
    for wanted in one.keys:
        spots = [spot for spot in place.labels.get(wanted, ()) if spot not in taken and spot.row in rows]
        if spots:
            return next((spot for spot in spots if half and half.holds(spot)), spots[0])
    for wanted in one.keys:
        for spot in place.inline.get(wanted, ()):
            free = spot not in taken or len(sayings(view.text(*spot))) > 1
            if free and spot.row in rows and _may_hold(view, spot, one):
                return spot
    return None


def _is_total(view: View, label: Spot, place: Place, one: Sought) -> bool:
    """Tell whether the year's own label is that of the goals or the total: one of the field's, or with an amount."""
    if one.name == "goals" or view.label(*label) in one.keys:
        return one.name in {"goals", "total_funds"}
    beside = view.value(*cell_beside(view, label, place))
    return one.name == "total_funds" and decimal(money(beside, "万元")) is not None


def _may_hold(view: View, spot: Spot, one: Sought) -> bool:
    """A text such as `其他资金：争取社会投入` is no amount, and so no label with its value."""
    behind = inline(view, spot, one)
    return behind is not None and (not one.is_money or decimal(money(behind, "万元")) is not None)


def _block_rows(view: View, place: Place, block: str) -> range:
    """Return the rows of a block such as 基本支出: its merged rows, or those down to the next block's label."""
    start = next(iter(place.labels.get(block, ())), None)
    if start is None:
        return range(place.top, place.end)
    area = view.reach(*start)
    if area.bottom > area.top:
        return range(area.top, area.bottom + 1)
    after = next(iter(place.labels.get(label_key("项目支出"), ())), None)
    return range(start.row, after.row if after and after.row > start.row else place.end)


def inline(view: View, spot: Spot, one: Sought) -> str | None:
    """Return the value that stands in the label's own cell behind a colon, `None` where none does."""
    text = view.text(*spot)
    if label_key(text) in one.keys:
        return None
    return next((value for word, value in sayings(text) if word in one.keys), None)


def _loose_totals(  # noqa: PLR0913, PLR0917 - what reading a field needs
    view: View,
    place: Place,
    form: forms.Form,
    found: dict[str, Found],
    taken: set[Spot],
    unit_: str,
    of_year: int | None,
) -> dict[str, Found]:
    """Find totals that other places print differently: 基本支出 with its own amount, 合计 under each half."""
    fields, more = sought(form.form, form.edition), {}
    group = next(iter(place.labels.get(label_key("基本支出"), ())), None)
    if "basic" not in found and group is not None:
        more["basic"] = value_of(view, place, replace(fields["basic"], keys=()), group, unit_, of_year)
    source = next(iter(place.labels.get(fields["fiscal_funds"].keys[0], ())), None)
    for spot in (spot for word in _TOTALS for spot in place.labels.get(word, ()) if spot not in taken):
        of_income = source is not None and spot.column == source.column and spot.row > source.row
        name = "income_total" if of_income else "expenditure_total"
        if name not in found and name not in more:
            more[name] = value_of(view, place, replace(fields[name], keys=()), spot, unit_, of_year)
    return more


def cell_beside(view: View, label: Spot, place: Place) -> Spot:
    """Return the cell that holds a label's value: to its right, or below it where the right is a label."""
    row, column = label
    first: Spot | None = None
    copy: Spot | None = None
    right = at = view.reach(row, column).right + 1
    limit = max(view.width(row), at + 1)
    while at < limit:
        if view.hidden_by_merge(row, at):
            at = view.reach(row, at).right + 1
            continue
        if view.label(row, at) and view.label(row, at) == view.label(row, column):
            copy = copy or Spot(
                row, at
            )  # a merged label whose text was filled into all its cells, or the value
            at = view.reach(row, at).right + 1
            continue
        if place.is_label(view, row, at):
            break
        if view.text(row, at):
            return Spot(row, at)
        first = first or Spot(row, at)
        at = view.reach(row, at).right + 1
    if first is not None or copy is not None:
        return _aligned(view, label, first, place) if first else copy or label
    below = view.reach(row, column).bottom + 1
    if (
        below < place.bottom
        and not place.is_label(view, below, column)
        and not view.hidden_by_merge(below, column)
    ):
        return Spot(below, column)
    return Spot(row, right)


def _below(view: View, spot: Spot, place: Place) -> Spot | None:
    """Return the cell below a label in a row of labels whose values stand under them, else `None`."""
    labels = [column for column in view.filled(spot.row) if place.is_label(view, spot.row, column)]
    beside = [column for column in labels if column != spot.column and not _between(view, spot, column)]
    below = view.reach(*spot).bottom + 1
    if len(labels) < 3 or not beside or len(labels) < len(view.filled(spot.row)) or below >= place.bottom:
        return None
    return None if place.is_label(view, below, spot.column) else Spot(below, spot.column)


def _under_a_last_heading(view: View, label: Spot, at: Spot, place: Place) -> Spot:
    """Return the amount below the last of several headings, which has a blank cell to its right; else the cell given."""
    left, below = label.column - 1, Spot(view.reach(*label).bottom + 1, label.column)
    headed = left >= 0 and place.is_label(view, label.row, left)
    if not headed or view.text(*at) or below.row >= place.bottom or place.is_label(view, *below):
        return at
    return at if decimal(money(view.value(*below), "万元")) is None else below


def _of_all_rows(view: View, heading: Spot, first: Spot, place: Place) -> Spot:
    """Return where the total stands where amounts stand below their heading; of several without one, the cell below.

    Some forms list tasks or funds row by row, with 财政拨款 and 其他资金 as headings.
    """
    if first.row == heading.row or first.column != heading.column:
        return first
    rows: list[int] = []
    for row in range(first.row, place.bottom):
        if (
            place.is_label(view, row, first.column)
            or decimal(money(view.value(row, first.column), "万元")) is None
        ):
            break
        rows.append(row)
    for row in rows:
        if any(view.label(row, column).endswith(_TOTALS) for column in view.filled(row)):
            return Spot(row, first.column)
    return first if len(rows) < 2 else Spot(rows[-1] + 1, first.column)


def _between(view: View, spot: Spot, column: int) -> bool:
    """Tell whether a cell stands between two labels of a row."""
    first, last = sorted((spot.column, column))
    return view.reach(spot.row, first).right + 1 < last


def _aligned(view: View, label: Spot, first: Spot, place: Place) -> Spot:
    """Choose the cell of a blank value: without merges, the column where the neighbours' values stand."""
    if view.merged:
        return first
    row, column = label
    headed = [spot.column for spot in place.labels.get(_AMOUNT_COLUMN, ()) if spot.column > column]
    if headed:
        return Spot(row, min(headed))
    for other in (row - 1, row + 1, row - 2, row + 2, row - 3, row + 3):
        if place.top <= other < place.end and place.is_label(view, other, column):
            for at in range(column + 1, view.width(other)):
                if place.is_label(view, other, at):
                    break
                if view.text(other, at):
                    return Spot(row, at) if at >= first.column else first
    return first


def _department(view: View, place: Place, department: Found) -> dict[str, Found]:
    """Split `名称（123001）` into name and code; a code in a cell of its own wins."""
    code: str | None = None
    at, name = department.spot, department.value
    if isinstance(name, str):
        if match := CODE_BEHIND.search(name):
            between = " \t\n-—/" if match.lastgroup == "b" else " \t\n"
            code, name = match[match.lastgroup or 0], name[: match.start()].rstrip(between) or None
        elif match := CODE_BEFORE.match(name):
            code, name = match[match.lastindex or 0], name[match.end() :].strip() or None
    if code is None and at is not None:
        beside = view.reach(*at).right + 1
        text = view.text(at.row, beside)
        if re.fullmatch(r"\d{3,20}", text) and not view.hidden_by_merge(at.row, beside):
            code, at = text, Spot(at.row, beside)
    for label in _CODE_LABELS & place.labels.keys():
        at = cell_beside(view, place.labels[label][0], place)
        code = view.text(*at) or code
    return {
        "department": replace(department, value=name),
        "department_code": Found(code, None, at),
    }
