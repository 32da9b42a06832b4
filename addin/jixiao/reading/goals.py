"""The goals (总体目标): in one cell or several, numbered or not, beside their label or below it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from jixiao import forms
from jixiao.model import Area, Spot
from jixiao.reading.beside import edge
from jixiao.reading.fields import Found, Sought, inline, label_spot, sought
from jixiao.reading.tables import Place
from jixiao.reading.view import View
from jixiao.reading.words import label_key
from jixiao.values import key

_NUMBER = r"(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,2})"
# Possessive, and begun once for a run of white space: a cell may hold 32,767 of them.
_GOAL = re.compile(
    rf"(?:^\s*+|(?<=[;；。])\s*+|(?<!\s)\s++)目\s*+标\s*+{_NUMBER}\s*+(?:[:：、.．]|$)[ \t\u3000]*+"
)
_LISTED = re.compile(
    r"(?:^\s*+|(?<=[;；。])\s*+|(?<!\s)[^\S\n]*+\n\s*+)"
    rf"(?:{_NUMBER}\s*+[、.．](?!\d)|[（(]{_NUMBER}[)）]|[①-⑳])\s*+"
)
_LONE = re.compile(
    r"\s*+(?:[1１]\s*+[、.．](?!\d)|[（(][1１][)）]|①)\s*+(?=\S)"
)  # not 一、, as in 一、二级公路
_BARE = re.compile(rf"\s*+目\s*+标\s*+{_NUMBER}\s*+[:：、.．]?\s*+")
_NUMBER_ALONE = "目标1"  # of which `split` makes a goal left blank
_SHORTEST = 10  # of a text below its label, where a shorter one may be another label
_SERIAL = re.compile(rf"\s*+(?:[(（]?{_NUMBER}[)）]?\s*+[、.．]?|[①-⑳])\s*+")
_NUMBERS_HEAD = re.compile(r"(?:目标)?(?:序号|编号)|目标名称")
_GOALS_HEAD = re.compile(
    r"(?:具体|总体|年度|绩效|分项|工作){0,2}(?:目标|任务)?(?:内容|描述|表述|名称|要求)?|备注"
)
_OF_ALL_YEARS = re.compile(r"\s*(?:中期|中长期|长期|实施期|项目期|总体|项目总体?)(?:绩效)?目标\s*[:：]")
_OF_THE_YEAR = re.compile(r"\s*(?:本?年度|当年度?|20\d\d年度?)(?:绩效)?目标\s*[:：]")
_LABELLED = re.compile(r"^\s*(?:(?:年度|总体|绩效|项目|本年)+(?:绩效)?总?目标)\s*[:：]\s*(?=\S)")
_WORDED = re.compile(r"[^\W\d_]{2}")
_DOTTED = re.compile(
    r"(?<=\S)[^\S\n]*+\n\s*+[.…·。]{2,}+\s*$"
)  # a line that the form prints for further goals
_ELLIPSIS = re.compile(r"[.…·。]+")


def read(view: View, place: Place, form: forms.Form) -> tuple[list[Found], Spot | None]:
    """Return the goals without their printed numbers, and the first cell where one may stand.

    A cell with several numbered goals gives several; a printed number with nothing behind it gives a `None`.
    """
    one = sought(form.form, form.edition)["goals"]
    spot = label_spot(view, place, one, set())
    if spot is None:
        return [], None
    behind = inline(view, spot, one)
    if behind is not None:
        return [Found(text, behind, spot) for text in split(behind)], spot
    rows, columns = _extent(view, place, one, area := _with_copies(view, spot))
    first: Spot | None = None
    texts: list[tuple[str, Spot]] = []
    for row in (
        row for row in rows if not _is_headed(view, row, columns) and not _is_filled_down(view, row, area)
    ):
        at, text = _cell(view, place, row, columns)
        if text is None and row > area.bottom and _GOAL.match(view.text(row, area.left)):
            at, text = Spot(row, area.left), view.text(row, area.left)  # its leading cell was lost
        first = first or at
        if text is not None and at is not None:
            texts.append((text, at))
    real = [(text, at) for text, at in texts if not _ELLIPSIS.fullmatch(text)] or texts
    if any(_OF_THE_YEAR.match(text) for text, _ in real):
        real = [(text, at) for text, at in real if not _OF_ALL_YEARS.match(text)]
    plain = _unnumbered(_without_own_numbers(form.block("goals"), real))
    found = [Found(goal or None, view.value(*at), at) for text, at in plain for goal in split(text)]
    return found, first or Spot(spot.row, area.right + 1)


def _with_copies(view: View, label: Spot) -> Area:
    """Return how far a label reaches, with the cells right of it that its text was filled into."""
    area, word = view.reach(*label), "" if view.merged else view.label(*label)
    right = area.right
    while word and view.label(area.top, right + 1) == word:
        right += 1
    return area._replace(right=right) if view.text(area.top, right + 1) else area


def _extent(view: View, place: Place, one: Sought, area: Area) -> tuple[range, range]:
    """Return the rows and columns where the goals stand: right of their label, or below it."""
    filled = [column for column in view.filled(area.top) if column <= edge(view, place)]
    right = [column for column in filled if column > area.right]
    blank_right = area.right + 1 < view.width(area.top) and not view.hidden_by_merge(area.top, area.right + 1)
    below = area.bottom + 1
    alone = not right and (not blank_right or area.right > area.left or _is_above_a_text(view, area))
    labelled = bool(right) and place.is_label(view, area.top, right[0])
    under = [c for c in view.filled(below) if area.left <= c <= area.right] if below < place.end else []
    headed = (alone and len(filled) == 1) or (len(filled) > 1 and not right) or labelled
    if headed and under and not any(place.is_label(view, below, column) for column in under):
        numbered = any(
            _BARE.fullmatch(text) or is_serial(text) for text in (view.text(below, c) for c in under)
        )
        right_end = max(area.right + 1, view.width(below) if numbered else 0)
        return range(below, _end(view, place, one, below)), range(area.left, right_end)
    top = area.top
    while area.bottom == area.top and _is_numbered_above(view, place, top - 1, area.right):
        top -= 1
    until = area.bottom + 1
    if area.bottom == area.top:
        end = _end(view, place, one, until)
        until = next((row for row in range(until, end) if _is_labelled_anew(view, row, one, area)), end)
    right_end = min(view.width(area.top), edge(view, place) + 1)
    return range(top, min(until, place.end)), range(area.right + 1, max(right_end, area.right + 2))


def _is_above_a_text(view: View, label: Area) -> bool:
    """Tell whether below a label that is alone in its row a text is, too, and reaches farther or nobody can tell."""
    row = label.bottom + 1
    if view.filled(row) != [label.left] or len(view.text(row, label.left)) < _SHORTEST:
        return False
    return not view.merged or view.reach(row, label.left).right > label.right


def _is_numbered_above(view: View, place: Place, row: int, right: int) -> bool:
    """Tell whether a row above the label holds a numbered goal: the label stood in the middle of a merged cell."""
    filled = view.filled(row)
    return (
        row >= place.top
        and bool(filled)
        and filled[0] > right
        and bool(_GOAL.match(view.text(row, filled[0])))
        and not any(place.is_label(view, row, column) for column in filled)
    )


def _end(view: View, place: Place, one: Sought, start: int) -> int:
    """Return the row of the next label that is not the goals' own, repeated."""
    for row in range(start, place.end):
        words = [view.label(row, column) for column in view.filled(row) if place.is_label(view, row, column)]
        if any(word not in one.keys for word in words):
            return row
    return place.end


def _is_labelled_anew(view: View, row: int, one: Sought, area: Area) -> bool:
    """Tell whether the column of the goals' label holds another text: what stands beside it is no goal."""
    texts = [view.text(row, column) for column in view.filled(row) if area.left <= column <= area.right]
    return any(
        _WORDED.search("".join(text.split()))  # its letters may stand one below the other
        and not _BARE.fullmatch(text)
        and not _GOAL.match(text)  # of a row that lost its leading cell
        and not any(label_key(text) in own for own in one.keys)
        for text in texts
    )


def _is_filled_down(view: View, row: int, area: Area) -> bool:
    """Tell whether a row repeats the one above cell by cell, label and all: both were one merged cell, filled when it was parted."""
    filled = view.filled(row)
    return (
        row > area.top
        and area.left in filled
        and filled == view.filled(row - 1)
        and all(view.text(row, column) == view.text(row - 1, column) for column in filled)
    )


def _is_headed(view: View, row: int, columns: range) -> bool:
    """Tell whether a row has the headings of numbered goals: 序号, 目标内容, and maybe others."""
    first, *others = [key(view.text(row, column)) for column in view.filled(row) if column in columns] or [""]
    return bool(_NUMBERS_HEAD.fullmatch(first)) and (not others or any(map(_GOALS_HEAD.fullmatch, others)))


@lru_cache(maxsize=1024)
def is_serial(text: str) -> bool:
    """Tell whether a text is a number that stands before a goal, or the heading over such numbers."""
    return bool(_SERIAL.fullmatch(text) or _NUMBERS_HEAD.fullmatch(key(text)))


def _cell(view: View, place: Place, row: int, columns: range) -> tuple[Spot | None, str | None]:
    """Return the row's goal cell and text; `目标1` or `1` in a cell of its own is joined with the text to its right."""
    blank: Spot | None = None
    number = ""
    for column in columns:
        if view.hidden_by_merge(row, column) or place.is_label(view, row, column):
            continue
        text = view.text(row, column)
        if _OF_ALL_YEARS.match(text) and any(_OF_THE_YEAR.match(one) for one in view.texts[row]):
            continue
        if not text:
            blank = blank or Spot(row, column)
        elif _BARE.fullmatch(text):
            if text != number:  # a text filled into all cells of its merge stands in the first
                number, blank = text, Spot(row, column)
        elif _SERIAL.fullmatch(text) and (beside := view.reach(row, column).right + 1) in columns:
            number, blank = text, Spot(row, beside)
        else:
            return Spot(row, column), text
    return blank, _NUMBER_ALONE if number else None


def _without_own_numbers(row: forms.Row, texts: list[tuple[str, Spot]]) -> list[tuple[str, Spot]]:
    """Take off the number that the edition itself prints in front of every goal, one goal in each cell."""
    number = next((cell.number for cell in row.cells if cell.number), "")
    printed = _printed(number) if number and not _GOAL.match(number.replace("{n}", "1")) else None
    if printed is None or not all(printed.match(text) and len(list(split(text))) == 1 for text, _ in texts):
        return texts
    return [(printed.sub("", text, count=1), at) for text, at in texts]


@cache
def _printed(number: str) -> re.Pattern[str]:
    front, _, behind = number.partition("{n}")
    return re.compile(rf"\s*+{re.escape(front.strip())}\s*+{_NUMBER}\s*+{re.escape(behind.strip())}\s*+")


def _unnumbered(texts: list[tuple[str, Spot]]) -> list[tuple[str, Spot]]:
    """Take the numbers off a list that stands in cells of its own: `1.甲`, `2.乙`."""
    if len(texts) > 1 and all(
        len(list(_LISTED.finditer(text))) == 1 and _LISTED.match(text) for text, _ in texts
    ):
        return [(_LISTED.sub("", text, count=1), at) for text, at in texts]
    return texts


def split(text: str) -> Iterator[str | None]:
    """Yield the goals of a cell's text: cut at `目标n：`, or at the numbers of a numbered list."""
    text = _DOTTED.sub("", _LABELLED.sub("", text)) if "\n" in text else _LABELLED.sub("", text)
    for pattern in (_GOAL, _LISTED):
        marks = list(pattern.finditer(text))
        if (pattern is _GOAL and marks) or (len(marks) > 1 and marks[0].start() == 0):
            before = text[: marks[0].start()].strip()
            if before:
                yield before
            ends = [*(mark.start() for mark in marks[1:]), len(text)]
            between = "；; \t\r\n\u3000" if len(marks) > 1 else " \t\r\n\u3000"
            for mark, until in zip(marks, ends, strict=True):
                yield text[mark.end() : until].strip(between) or None
            return
    yield _LONE.sub("", text, count=1) if _LONE.match(text) else text
