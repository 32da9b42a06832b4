"""The fields above the indicators: each found by its label, its value the next cell that is not a label."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from jixiao import forms, schemas
from jixiao.model import CellValue, Spot
from jixiao.reading import spans
from jixiao.reading.amounts import choose, heads_amounts, is_amount
from jixiao.reading.beside import AMOUNT_COLUMN, TOTALS, amount_spot, cell_beside, value_spot
from jixiao.reading.tables import Place
from jixiao.reading.units import unit_behind, unit_in
from jixiao.reading.view import View
from jixiao.reading.words import label_key, sayings
from jixiao.values import decimal, half_width, money, parted, unit_kept

YEAR_LABELS = frozenset(
    label_key(text)
    for text in (
        "年度",
        "预算年度",
        "年份",
        "申报年度",
        "项目年度",
        "填报年度",
        "编制年度",
        "计划年度",
        "目标年度",
    )
)
_WHOLES = frozenset({"income_total", "expenditure_total"})
SUBTOTALS = tuple(label_key(text) for text in ("小计", "资金合计", "共计"))
_CODE_WORD = re.compile(r"(?:代码|编码|编号)[及和与、/／_]?名称|名称[及和与、/／_](?:代码|编码|编号)")
_BARE_CODE = re.compile(r"[A-Za-z\d-]{3,40}")
_CODE_LABELS = frozenset(label_key(text) for text in ("主管部门代码", "主管部门编码", "部门代码", "部门编码"))
SOUGHT_TOO = frozenset({*TOTALS, *YEAR_LABELS, *_CODE_LABELS, AMOUNT_COLUMN})  # beside a form's own labels


class Found(NamedTuple):
    """A field's value: as the document holds it, as the clerk typed it, where, and of money in which unit.

    A sum has no text of its own; `parts` are the amounts that it is the sum of, each with its label. An amount beside
    or below a label has the `label`'s cell.
    """

    value: str | int | None
    raw: CellValue
    spot: Spot | None
    money: str | None = None
    parts: tuple[tuple[str, Found], ...] = ()
    label: Spot | None = None


class Sought(NamedTuple):
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
        ambiguous = printed.count(keys[0]) > 1 or keys[0] in {*TOTALS, label_key("其他")}
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
        if not one.is_money:
            taken.add(found[name].spot or spot)  # a project may be called 其他资金
    if "department" in found:
        found.update(with_code(view, place, found["department"]))
    return found


def value_of(  # noqa: PLR0913, PLR0917 - what reading a field needs
    view: View, place: Place, one: Sought, spot: Spot, unit_: str, of_year: int | None = None
) -> Found:
    """Return the value that belongs to a label."""
    behind = inline(view, spot, one)
    at, heading = spot, ""
    if behind is None and one.is_money:
        choice = choose(view, spot, place, of_year)
        at, heading = amount_spot(view, spot, place, choice), choice.heading if choice else ""
    elif behind is None:
        at = _behind_its_code(view, spot, value_spot(view, spot, place), place)
    raw: CellValue = view.value(*at) if behind is None else behind
    if one.is_money:
        code = view.grid.formats.get(at, "") if behind is None else ""
        stated = unit_in(view.text(*spot)) or unit_behind(view, at) or unit_in(heading) or unit_
        return Found(money(raw, stated, code), raw, at, unit_kept(raw, stated, code), label=spot)
    return Found((view.text(*at) if behind is None else behind) or None, raw, at)


def _behind_its_code(view: View, label: Spot, at: Spot, place: Place) -> Spot:
    """Return where a name stands whose code has a cell of its own before it: 项目代码及名称 | 62000021 | 河道清淤."""
    beside = Spot(at.row, view.reach(*at).right + 1)
    asked = (
        at.row == label.row and _CODE_WORD.search(view.text(*label)) and _BARE_CODE.fullmatch(view.text(*at))
    )
    return beside if asked and view.text(*beside) and not place.is_label(view, *beside) else at


def label_spot(view: View, place: Place, one: Sought, taken: set[Spot]) -> Spot | None:
    """Find a field's label: the printed one first, then its other spellings, in its block where it is ambiguous.

    A cell of its own comes before one that holds the value too; where the form tells a longer time beside the year,
    the year's half before the other one.
    """
    rows = _block_rows(view, place, one.block) if one.block else range(place.top, place.end)
    half = (
        spans.half(view, place, "money" if one.is_money else "goals")
        if one.is_money or one.name == "goals"
        else None
    )
    if half and half.label not in taken and _is_total(view, half.label, place, one):
        own = (spot for wanted in one.keys[:1] for spot in place.labels.get(wanted, ()) if half.holds(spot))
        return next((spot for spot in own if spot not in taken), half.label)
    for wanted in one.keys:
        spots = [spot for spot in place.labels.get(wanted, ()) if spot not in taken and spot.row in rows]
        if one.name == "basic" and wanted in {*TOTALS, *SUBTOTALS}:
            spots = [spot for spot in spots if _is_of_block(place, one.block, spot)]
        if one.name in _WHOLES:
            spots = [spot for spot in spots if not _heads_a_block(view, place, spot)]
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
    return one.name == "total_funds" and is_amount(view, cell_beside(view, label, place))


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


def _is_of_block(place: Place, block: str, spot: Spot) -> bool:
    """Tell whether 合计 may be that of 基本支出: it is there, and not right of it as the headings of columns."""
    start = next(iter(place.labels.get(block, ())), None)
    return start is not None and not (spot.row == start.row and spot.column < start.column)


def _heads_a_block(view: View, place: Place, spot: Spot) -> bool:
    """Tell whether a label such as 年度支出预算 stands over its parts: 金额 beside it, or 基本支出 with its own amount."""
    right = view.reach(*spot).right + 1
    while not view.merged and view.text(spot.row, right) == view.text(*spot):  # filled into it
        right += 1
    behind = [column for column in view.filled(spot.row) if column >= right]
    if not behind:
        return False
    if behind[0] == right and place.is_label(view, spot.row, right):
        return any(is_amount(view, Spot(spot.row, column)) for column in behind)
    after = Spot(spot.row, view.reach(spot.row, behind[0]).right + 1)
    return heads_amounts(view.text(spot.row, behind[0])) and not is_amount(view, after)


def inline(view: View, spot: Spot, one: Sought) -> str | None:
    """Return the value that stands in the label's own cell behind a colon, `None` where none does."""
    text = view.text(*spot)
    if label_key(text) in one.keys:
        return None
    return next((value for word, value in sayings(text) if word in one.keys), None)


def block(view: View, place: Place, label: Spot) -> range:
    """Return the rows of the block that a label heads: those of its merged area, else down to the next text below it."""
    bottom = view.reach(*label).bottom + 1
    if bottom == label.row + 1:
        rows = range(bottom, place.end)
        bottom = next((row for row in rows if view.text(row, label.column)), place.end)
    return range(label.row, bottom)


def with_code(view: View, place: Place, department: Found) -> dict[str, Found]:
    """Split `名称（123001）` into name and code; a code in a cell of its own wins."""
    code: str | None = None
    at, name = department.spot, department.value
    if isinstance(name, str):
        name, code = parted(name)
    if code is None and at is not None:
        beside = view.reach(*at).right + 1
        text = view.text(at.row, beside)
        if re.fullmatch(r"\d{3,20}", text) and not view.hidden_by_merge(at.row, beside):
            code, at = text, Spot(at.row, beside)
    for label in _CODE_LABELS & place.labels.keys():
        at = cell_beside(view, place.labels[label][0], place)
        code = view.text(*at) or code
    return {
        "department": department._replace(value=name or None),
        "department_code": Found(code and half_width(code), None, at),
    }
