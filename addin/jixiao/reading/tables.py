"""Where the tables of a sheet stand: titles and indicator headings, several tables on one sheet kept apart."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from jixiao import forms
from jixiao.model import Spot
from jixiao.reading.view import LONGEST_LABEL, View, label_key
from jixiao.values import key

_TITLE = re.compile(r"目标(?:申报|批复)?表")
_OTHER_TABLE = re.compile(r"绩效(?:自评|评价|监控|运行监控|审核|运行)|自评表|监控表|审核表")
_LONGEST_TITLE = 80
_HEAD_ROWS = 60
_ENOUGH_LABELS = 3
_LONGEST_BEFORE_COLON = 20
_LEVELS = frozenset(forms.INDICATOR_COLUMNS)


@dataclass(frozen=True)
class Place:
    """One table on a sheet.

    Attributes:
        form: which table.
        top: its first row (the title, or the first label where the title is missing).
        bottom: the row after its last one.
        title: row and column of the title, `None` where there is none.
        heading: the row of the indicator headings, `None` where there is none.
        columns: indicator field or `operator`, `measure`, `other<n>` → column of its heading.
        labels: label key → the cells from the first row to the heading that say it, in reading order.

    """

    form: str
    top: int
    bottom: int
    title: tuple[int, int] | None
    heading: int | None
    columns: tuple[tuple[str, int], ...]
    labels: Mapping[str, Sequence[Spot]]

    @property
    def end(self) -> int:
        """The row after the last one above the indicators."""
        return self.heading if self.heading is not None else self.bottom


def _labels(view: View, top: int, last: int) -> dict[str, list[Spot]]:
    """Index the labels of rows, and those that hold their value behind a colon."""
    found: dict[str, list[Spot]] = {}
    for row in range(top, min(last + 1, view.height)):
        cells = view.texts[row]
        for column in view.filled_in[row]:
            text = cells[column]
            here = Spot(row, column)
            if len(text) <= LONGEST_LABEL:
                found.setdefault(label_key(text), []).append(here)
            before, colon, after = text.replace("：", ":").partition(":")
            if colon and len(before) <= _LONGEST_BEFORE_COLON and after.strip():
                found.setdefault(label_key(before), []).append(here)
    return found


@cache
def _column_labels() -> dict[str, str]:
    words = {}
    for form in forms.catalogue():
        for name, cell in form.columns():
            words.update({label_key(text): name for text in (cell.label, *cell.aliases)})
    for text in ("计算符号", "指标性质", "比较符", "符号", "运算符号", "指标符号"):
        words[label_key(text)] = "operator"
    for text in ("计量单位", "度量单位", "指标单位", "单位"):
        words[label_key(text)] = "measure"
    return words


@cache
def _titles() -> tuple[tuple[str, str], ...]:
    pairs = {(key(text), form.form) for form in forms.catalogue() for text in (form.title, *form.titles)}
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))


@cache
def _first_labels(form: str) -> frozenset[str]:
    return frozenset(
        label_key(text)
        for one in forms.catalogue()
        if one.form == form
        for field, cell, _ in one.fields()
        if field != "goals"
        for text in (cell.label, *cell.aliases)
    )


def find(view: View) -> tuple[list[Place], list[str]]:
    """Return the tables of a sheet from top to bottom, and sentences about tables that are not ours to read."""
    titles, headings, others = _scan(view)
    remarks: list[str] = []
    places: list[Place] = []
    starts = sorted(titles)
    used: set[int] = set()
    for number, heading in enumerate(headings):
        floor = headings[number - 1] if number else -1
        above = [row for row in starts if floor < row <= heading]
        other = [row for row in others if floor < row <= heading]
        if other and (not above or max(other) > max(above)):
            remarks.append(
                f"工作表“{view.grid.sheet}”第 {max(other) + 1} 行起是自评、监控或审核类的表，不是绩效目标表，未读取。"
            )
            continue
        top = max(above) if above else _first_label_row(view, floor + 1, heading)
        labels = _labels(view, top, heading)
        form = _form(labels, titles[top][1] if above else "")
        if form is None:
            continue
        used.update(above)
        title = (top, titles[top][0]) if above else None
        places.append(Place(form, top, 0, title, heading, _columns(view, heading), labels))
    for row in starts:
        if row not in used and not any(place.top <= row <= (place.heading or row) for place in places):
            until = min(
                (one for one in (*starts, *(place.top for place in places)) if one > row), default=view.height
            )
            labels = _labels(view, row, min(until - 1, row + _HEAD_ROWS))
            form = _form(labels, titles[row][1], _ENOUGH_LABELS)
            if form:
                places.append(Place(form, row, 0, (row, titles[row][0]), None, (), labels))
    places.sort(key=lambda place: place.top)
    ends = sorted({*(place.top for place in places), *others})
    return [
        replace(one, bottom=min((end for end in ends if end > (one.heading or one.top)), default=view.height))
        for one in places
    ], remarks


def _scan(view: View) -> tuple[dict[int, tuple[int, str]], list[int], list[int]]:
    """Walk the sheet once: title rows (with column and form), heading rows, titles of other tables."""
    titles: dict[int, tuple[int, str]] = {}
    headings: list[int] = []
    others: list[int] = []
    labels = _column_labels()
    for row, filled in enumerate(view.filled_in):
        cells, names = view.texts[row], set()
        for column in filled:
            text = cells[column]
            if len(text) > _LONGEST_TITLE:
                continue
            name = labels.get(label_key(text))
            if name:
                names.add(name)
            elif "表" in text:
                bare = key(text)
                if _OTHER_TABLE.search(bare):
                    others.append(row)
                elif _TITLE.search(bare) and row not in titles and _ends_like_a_title(bare):
                    titles[row] = (column, next((form for title, form in _titles() if title in bare), "?"))
        if len(names) >= _ENOUGH_LABELS and len(names & _LEVELS) >= _ENOUGH_LABELS:
            headings.append(row)
    return titles, headings, others


def _ends_like_a_title(text: str) -> bool:
    rest = _TITLE.split(text)[-1]
    return len(rest) <= 12 and not re.search(r"填|按|请|要求|说明|应", rest)


def _first_label_row(view: View, top: int, heading: int) -> int:
    first = _first_labels("project_target") | _first_labels("agency_overall")
    for row in range(top, heading):
        if any(view.label(row, column) in first for column in view.filled(row)):
            return row
    return heading


def _form(labels: Mapping[str, object], told: str, enough: int = 2) -> str | None:
    """Settle which table it is: by the title, else by the labels; `None` where too few labels are there."""
    counts = {form: len(labels.keys() & _first_labels(form)) for form in ("project_target", "agency_overall")}
    if told in counts:
        return told if counts[told] >= enough else None
    best = max(counts, key=lambda form: counts[form])
    return best if counts[best] >= _ENOUGH_LABELS else None


def _columns(view: View, heading: int) -> tuple[tuple[str, int], ...]:
    """Return the indicator columns; of two parallel halves (mid-term, year) the last one is the year's."""
    labels = _column_labels()
    found: dict[str, int] = {}
    order: list[tuple[str, int]] = []
    for column in view.filled(heading):
        name = labels.get(view.label(heading, column))
        order.append((name or f"other{column}", column))
        if name:
            found[name] = column
    first_level1 = next((column for name, column in order if name == "level1"), None)
    if first_level1 is not None:
        found["level1"] = first_level1
    named = [
        (name, column) for name, column in order if name.startswith("other") or found.get(name) == column
    ]
    unused = [
        (f"other{column}", column)
        for name, column in order
        if not name.startswith("other") and found[name] != column
    ]
    return tuple(sorted({*named, *unused}, key=lambda pair: pair[1]))
