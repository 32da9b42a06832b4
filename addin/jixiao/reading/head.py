"""The fields above the indicators: each found by its label, its value the next cell that is not a label."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

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
_YEAR_LABELS = frozenset(label_key(text) for text in ("年度", "预算年度", "年份", "申报年度", "项目年度"))
_CODE = re.compile(r"^(?P<name>.*?)\s*[（(\[]\s*(?P<a>\d{3,20})\s*[)）\]]$|^(?P<b>\d{3,20})[\s\-—/]+(?P<name2>\D.*)$|^(?P<name3>.*?\D)[\s\-—/]+(?P<c>\d{3,20})$|^[（(\[](?P<d>\d{3,20})[)）\]]\s*(?P<name4>.+)$")  # fmt: skip
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
    end = place.heading if place.heading is not None else place.bottom
    title_row = place.title[0] if place.title else place.top
    blank: Spot | None = None
    by_title: Found | None = None
    for row in range(max(0, title_row - 2), min(end, title_row + 5)):
        if _belongs_above(view, row, title_row):
            continue
        for column in view.filled(row):
            text = view.text(row, column)
            if len(text) > 80:
                continue
            here = Spot(row, column)
            number = _year_of(text)
            if view.label(row, column) in _YEAR_LABELS:
                right = _beside(view, row, column, place)
                number = _year_of(view.text(*right) + "年") if right else None
                return Found(number, view.value(*right) if right else None, right or here)
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
    end = place.heading if place.heading is not None else place.bottom
    for row in range(max(0, place.top - 2), end):
        if row < place.top and _belongs_above(view, row, place.top):
            continue
        for column in view.filled(row):
            text = view.text(row, column)
            if len(text) <= 40 and (told := unit_in(text)):
                return told, Spot(row, column)
    return None, None


def fields(view: View, place: Place, form: forms.Form, told: str | None) -> dict[str, Found]:
    """Return every field above the indicators whose label is there; money in 万元, goals left out."""
    end = place.heading if place.heading is not None else place.bottom
    labels = _labels(view, place.top, end)
    found: dict[str, Found] = {}
    taken: set[Spot] = set()
    for name, cell, group in form.fields():
        if name == "goals":
            continue
        spot = _label_spot(labels, cell, group, form, taken)
        if spot is None:
            continue
        taken.add(spot)
        inline = _inline(view, spot, cell)
        is_money = schemas.is_money(form.form, name)
        beside = _below(view, spot, place) if is_money else None
        beside = (
            beside
            or _beside(view, spot.row, spot.column, place)
            or Spot(spot.row, view.reach(*spot).right + 1)
        )
        at = beside if inline is None else spot
        raw: CellValue = view.value(*at) if inline is None else inline
        if is_money:
            own = unit_in(view.text(*spot)) or told or form.money
            found[name] = Found(money(raw, own), raw, at, is_money=True)
        else:
            found[name] = Found((view.text(*at) if inline is None else inline) or None, raw, at)
    if "department" in found:
        found.update(_department(view, place, labels, found["department"]))
    return found


def _labels(view: View, top: int, end: int) -> list[tuple[Spot, str]]:
    """Return the head's label cells in reading order, and those that hold their value behind a colon."""
    found = []
    for row in range(top, end):
        for column in view.filled(row):
            name = view.label(row, column)
            if name:
                found.append((Spot(row, column), name))
            text = view.text(row, column)
            before = re.split(r"[:：]", text, maxsplit=1)
            if len(before) == 2 and before[1].strip() and len(before[0]) <= 20:
                found.append((Spot(row, column), label_key(before[0])))
    return found


def _label_spot(
    labels: list[tuple[Spot, str]], cell: forms.Cell, group: str, form: forms.Form, taken: set[Spot]
) -> Spot | None:
    """Find a field's label: the printed one first, then its other spellings, inside its block where it is ambiguous."""
    ambiguous = sum(
        label_key(cell.label) == label_key(other.label) for other in form.labels()
    ) > 1 or label_key(cell.label) in {label_key("合计"), label_key("其他")}
    start = Spot(0, 0)
    if ambiguous and group:
        start = next((spot for spot, name in labels if name == label_key(group)), start)
    for text in (cell.label, *cell.aliases):
        wanted = label_key(text)
        for spot, name in labels:
            if name == wanted and spot not in taken and spot >= start:
                return spot
    return None


def _inline(view: View, spot: Spot, cell: forms.Cell) -> str | None:
    """Return the value that stands in the label's own cell behind a colon, `None` where none does."""
    text = view.text(*spot)
    before, colon, after = text.partition("：") if "：" in text else text.partition(":")
    names = {label_key(one) for one in (cell.label, *cell.aliases)}
    return (
        after.strip()
        if colon and after.strip() and label_key(before) in names and label_key(text) not in names
        else None
    )


def _beside(view: View, row: int, column: int, place: Place) -> Spot | None:
    """Return the cell that holds a label's value: to its right, or below it where the right is a label."""
    first: Spot | None = None
    at = view.reach(row, column).right + 1
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
    return None


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
    end = place.heading if place.heading is not None else place.bottom
    for other in (row - 1, row + 1, row - 2, row + 2, row - 3, row + 3):
        if place.top <= other < end and view.is_label(other, column):
            for at in range(column + 1, view.width(other)):
                if view.is_label(other, at):
                    break
                if view.text(other, at):
                    return Spot(row, at) if at >= first.column else first
    return first


def _department(
    view: View, place: Place, labels: list[tuple[Spot, str]], department: Found
) -> dict[str, Found]:
    """Split `名称（123001）` into name and code; a code under a label of its own wins."""
    code: str | None = None
    at = department.spot
    name = department.value
    if isinstance(name, str) and (match := _CODE.match(name)):
        code = match["a"] or match["b"] or match["c"] or match["d"]
        name = (match["name"] or match["name2"] or match["name3"] or match["name4"] or "").strip() or None
    for spot, label in labels:
        if label in _CODE_LABELS and (beside := _beside(view, spot.row, spot.column, place)):
            code, at = view.text(*beside) or code, beside
    return {
        "department": Found(name, department.raw, department.spot),
        "department_code": Found(code, None, at),
    }


def goals(view: View, place: Place, form: forms.Form) -> tuple[list[Found], Spot | None]:
    """Return the goals (总体目标) without their printed numbers, and the first cell where one may stand.

    A cell with several numbered goals gives several; a printed number with nothing behind it gives a `None`.
    """
    end = place.heading if place.heading is not None else place.bottom
    cell = next(cell for name, cell, _ in form.fields() if name == "goals")
    spot = _label_spot(_labels(view, place.top, end), cell, "", form, set())
    if spot is None:
        return [], None
    inline = _inline(view, spot, cell)
    if inline is not None:
        return [Found(text, inline, spot) for text in _split(inline)], spot
    found: list[Found] = []
    first: Spot | None = None
    area = view.reach(*spot)
    for row in range(spot.row, _goals_end(view, area, end)):
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
