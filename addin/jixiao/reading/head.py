"""The fields above the indicators: each found by its label, its value the next cell that is not a label."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from jixiao import forms, schemas
from jixiao.model import Area, CellValue, Spot
from jixiao.reading.tables import Place
from jixiao.reading.view import View, label_key, unit_in
from jixiao.values import money

_YEAR = re.compile(r"(20\d\d)\s*年")
_CHINESE_YEAR = re.compile(r"([二2][〇○零O0][〇○零一二三四五六七八九]{2})\s*年")
_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九O", "0001234567890")
_BLANK_YEAR = re.compile(r"^[(（]?[\s_X×—-]*年度?[)）]?$")
_YEAR_LINE = re.compile(r"年\s*度|^\s*[(（]?\s*\S{4}\s*年\s*[)）]?\s*$")
_AMBIGUOUS = frozenset(label_key(text) for text in ("合计", "其他"))
_YEAR_LABELS = frozenset(label_key(text) for text in ("年度", "预算年度", "年份", "申报年度", "项目年度"))
_CODE = re.compile(
    r"^(?P<name>.*?)\s*[（(\[]\s*(?P<a>\d{3,20})\s*[)）\]]$"
    r"|^(?P<b>\d{3,20})[\s\-—/]+(?P<name2>\D.*)$"
    r"|^(?P<name3>.*?\D)[\s\-—/]+(?P<c>\d{3,20})$"
    r"|^[（(\[](?P<d>\d{3,20})[)）\]]\s*(?P<name4>.+)$",
    re.DOTALL,
)
_CODE_LABELS = frozenset(label_key(text) for text in ("主管部门代码", "主管部门编码", "部门代码", "部门编码"))
_GOAL = re.compile(
    r"(?:(?<=\n)|^|(?<=[;；。\s]))\s*目\s*标\s*(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})\s*(?:[:：、.．]|$)[ \t\u3000]*"
)
_NUMBERED = re.compile(r"(?:^|(?<=\n))\s*(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})\s*[、.．]\s*")
_BARE_GOAL = re.compile(r"\s*目\s*标\s*(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s*[:：、.．]?\s*")


@dataclass(frozen=True)
class Found:
    """A field's value: as the document holds it, as the clerk typed it, and where."""

    value: str | int | None
    raw: CellValue
    spot: Spot | None
    is_money: bool = False


def year(view: View, place: Place) -> Found:
    """Return the budget year (年度): from the year line, else from a label, else from the title."""
    title_row = place.title[0] if place.title else place.top
    blank: Spot | None = None
    by_title: Found | None = None
    for row in range(max(0, title_row - 2), min(place.end, title_row + 5)):
        if _belongs_above(view, row, title_row):
            continue
        for column in view.filled(row):
            text = view.text(row, column)
            if len(text) > 80:
                continue
            here = Spot(row, column)
            number = _year_of(text)
            if view.label(row, column) in _YEAR_LABELS:
                right = _beside(view, here, place)
                return Found(_year_of(view.text(*right) + "年"), view.value(*right), right)
            if number and "表" not in text and _YEAR_LINE.search(text):
                return Found(number, text, here)
            if number and ("表" in text or "年度" in text):
                by_title = by_title or Found(number, text, here)
            elif _BLANK_YEAR.match(text):
                blank = blank or here
    if by_title and blank is None:
        return by_title
    return Found(None, None, blank or Spot(title_row, place.title[1] if place.title else 0))


def _belongs_above(view: View, row: int, title_row: int) -> bool:
    """Rows over the title count only where nothing but a line or two of heading stands there."""
    return row < title_row and len(view.filled(row)) > 2


def _year_of(text: str) -> int | None:
    text = "".join(unicodedata.normalize("NFKC", text).split())
    match = _YEAR.search(text)
    if match:
        return int(match[1])
    match = _CHINESE_YEAR.search(text)
    if match:
        digits = match[1].translate(_CHINESE_DIGITS)
        return int(digits) if digits.isdigit() and digits.startswith("20") else None
    return None


def unit(view: View, place: Place) -> tuple[str | None, Spot | None]:
    """Return the unit of money that the head prints, and where; `None` where nothing says it."""
    for row in range(max(0, place.top - 2), place.end):
        if row < place.top and _belongs_above(view, row, place.top):
            continue
        for column in view.filled(row):
            text = view.text(row, column)
            if len(text) <= 40 and (told := unit_in(text)):
                return told, Spot(row, column)
    return None, None


@dataclass(frozen=True)
class _Sought:
    """A field to look for: the keys of its label, the printed one first, and of the block around it."""

    name: str
    keys: tuple[str, ...]
    block: str
    is_money: bool


@cache
def _sought(kind: str, edition: str) -> dict[str, _Sought]:
    form = forms.find(kind, edition)
    printed = [label_key(cell.label) for cell in form.labels()]
    found = {}
    for name, cell, group in form.fields():
        keys = tuple(label_key(text) for text in (cell.label, *cell.aliases))
        ambiguous = printed.count(keys[0]) > 1 or keys[0] in _AMBIGUOUS
        is_money = schemas.is_money(form.form, name)
        found[name] = _Sought(name, keys, label_key(group) if ambiguous else "", is_money)
    return found


def fields(view: View, place: Place, form: forms.Form, told: str | None) -> dict[str, Found]:
    """Return every field above the indicators whose label is there; money in 万元, goals left out."""
    found: dict[str, Found] = {}
    taken: set[Spot] = set()
    for name, one in _sought(form.form, form.edition).items():
        spot = _label_spot(place, one, taken) if name != "goals" else None
        if spot is None:
            continue
        taken.add(spot)
        inline = _inline(view, spot, one)
        at = spot
        if inline is None:
            at = (_below(view, spot, place) if one.is_money else None) or _beside(view, spot, place)
        raw: CellValue = view.value(*at) if inline is None else inline
        text = view.text(*at) if inline is None else inline
        if one.is_money:
            own = unit_in(view.text(*spot)) or told or form.money
            found[name] = Found(money(raw, own), raw, at, is_money=True)
        else:
            found[name] = Found(text or None, raw, at)
    if "department" in found:
        found.update(_department(view, place, found["department"]))
    return found


def _label_spot(place: Place, one: _Sought, taken: set[Spot]) -> Spot | None:
    """Find a field's label: the printed one first, then its other spellings, below its block's where ambiguous."""
    start = next(iter(place.labels.get(one.block, ())), Spot(0, 0)) if one.block else Spot(0, 0)
    for wanted in one.keys:
        for spot in place.labels.get(wanted, ()):
            if spot not in taken and spot >= start:
                return spot
    return None


def _inline(view: View, spot: Spot, one: _Sought) -> str | None:
    """Return the value that stands in the label's own cell behind a colon, `None` where none does."""
    text = view.text(*spot)
    if label_key(text) in one.keys:
        return None
    before, _, after = text.replace("：", ":", 1).partition(":")
    return after.strip() if after.strip() and label_key(before) in one.keys else None


def _beside(view: View, label: Spot, place: Place) -> Spot:
    """Return the cell that holds a label's value: to its right, or below it where the right is a label."""
    row, column = label
    first: Spot | None = None
    right = at = view.reach(row, column).right + 1
    limit = max(view.width(row), at + 1)
    while at < limit:
        if view.hidden_by_merge(row, at):
            at = view.reach(row, at).right + 1
            continue
        if view.is_label(row, at):
            break
        if view.text(row, at):
            return Spot(row, at)
        first = first or Spot(row, at)
        at = view.reach(row, at).right + 1
    if first is not None:
        return _aligned(view, row, column, first, place)
    below = view.reach(row, column).bottom + 1
    if below < place.bottom and not view.is_label(below, column) and not view.hidden_by_merge(below, column):
        return Spot(below, column)
    return Spot(row, right)


def _below(view: View, spot: Spot, place: Place) -> Spot | None:
    """Return the cell below a label in a row of labels where the amounts stand under them, else `None`."""
    left, right = spot.column - 1, view.reach(*spot).right + 1
    below = view.reach(*spot).bottom + 1
    if below >= place.bottom or (view.text(spot.row, right) and not view.is_label(spot.row, right)):
        return None
    beside = [column for column in (left, right) if view.is_label(spot.row, column)]
    filled = view.text(below, spot.column) and not view.is_label(below, spot.column)
    return (
        Spot(below, spot.column)
        if beside and filled and not isinstance(view.value(below, spot.column), str)
        else None
    )


def _aligned(view: View, row: int, column: int, first: Spot, place: Place) -> Spot:
    """Choose the cell of a blank value: without merges, the column where the neighbours' values stand."""
    if view.merged:
        return first
    for other in (row - 1, row + 1, row - 2, row + 2, row - 3, row + 3):
        if place.top <= other < place.end and view.is_label(other, column):
            for at in range(column + 1, view.width(other)):
                if view.is_label(other, at):
                    break
                if view.text(other, at):
                    return Spot(row, at) if at >= first.column else first
    return first


def _department(view: View, place: Place, department: Found) -> dict[str, Found]:
    """Split `名称（123001）` into name and code; a code under a label of its own wins."""
    code: str | None = None
    at = department.spot
    name = department.value
    if isinstance(name, str) and (match := _CODE.match(name)):
        code = match["a"] or match["b"] or match["c"] or match["d"]
        name = (match["name"] or match["name2"] or match["name3"] or match["name4"] or "").strip() or None
    for label in _CODE_LABELS & place.labels.keys():
        at = _beside(view, place.labels[label][0], place)
        code = view.text(*at) or code
    return {
        "department": Found(name, department.raw, department.spot),
        "department_code": Found(code, None, at),
    }


def goals(view: View, place: Place, form: forms.Form) -> tuple[list[Found], Spot | None]:
    """Return the goals (总体目标) without their printed numbers, and the first cell where one may stand.

    A cell with several numbered goals gives several; a printed number with nothing behind it gives a `None`.
    """
    one = _sought(form.form, form.edition)["goals"]
    spot = _label_spot(place, one, set())
    if spot is None:
        return [], None
    inline = _inline(view, spot, one)
    if inline is not None:
        return [Found(text, inline, spot) for text in _split(inline)], spot
    found: list[Found] = []
    first: Spot | None = None
    area = view.reach(*spot)
    for row in range(spot.row, _goals_end(view, area, place.end)):
        at, text = _goal_cell(view, row, area.right + 1)
        first = first or at
        if text is not None and at is not None:
            found += [Found(one, view.value(*at), at) for one in _split(text)]
    if first is None:
        first = Spot(spot.row, area.right + 1)
    return found, first


def _goals_end(view: View, area: Area, end: int) -> int:
    if area.bottom > area.top:
        return min(area.bottom + 1, end)
    for row in range(area.top + 1, end):
        filled = view.filled(row)
        if filled and any(view.is_label(row, column) for column in filled):
            return row
    return end


def _goal_cell(view: View, row: int, left: int) -> tuple[Spot | None, str | None]:
    """Return the row's goal cell and text; `目标1` in a cell of its own is joined with the text to its right."""
    blank: Spot | None = None
    number = ""
    for column in range(left if view.width(row) > left else 0, max(view.width(row), left + 1)):
        if view.hidden_by_merge(row, column):
            continue
        text = view.text(row, column)
        if not text:
            blank = blank or Spot(row, column)
        elif _BARE_GOAL.fullmatch(text):
            number, blank = text, blank or Spot(row, column)
        else:
            return Spot(row, column), text
    if number and blank:
        return blank, number
    return blank, None


def _split(text: str) -> Iterator[str | None]:
    """Split a cell's text into goals at `目标n：`, or at the numbers of a numbered list."""
    for pattern in (_GOAL, _NUMBERED):
        marks = list(pattern.finditer(text))
        if (pattern is _GOAL and marks) or (len(marks) > 1 and marks[0].start() == 0):
            before = text[: marks[0].start()].strip()
            if before:
                yield before
            ends = [*(mark.start() for mark in marks[1:]), len(text)]
            for mark, until in zip(marks, ends, strict=True):
                yield text[mark.end() : until].strip() or None
            return
    yield text
