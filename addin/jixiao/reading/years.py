"""The budget year (年度): of the line below the title, of a label, or of the title itself."""

from __future__ import annotations

import re
import unicodedata

from jixiao.model import Document, Spot
from jixiao.patterns import late
from jixiao.reading.beside import cell_beside
from jixiao.reading.fields import YEAR_LABELS, Found
from jixiao.reading.tables import Place
from jixiao.reading.view import View
from jixiao.reading.words import label_key, sayings

# What says 年度 comes before a mere 年, which may be a date.
_YEARS = tuple(
    re.compile(text)
    for text in (
        r"(?<!\d)(20\d\d)年度|年度[A-Za-z]*[:：](20\d\d)(?!\d)|(?:预算|申报|项目)年度(20\d\d)(?!\d)",
        r"([二2][〇○零O0][〇○零一二三四五六七八九]{2})年度",
        r"(?<!\d)(\d{4})年|(?<![\dOo])(\d{2})年度",
        r"([二2][〇○零O0][〇○零一二三四五六七八九]{2})年",
        r"^(20\d\d)(?=\D{2,}表)|表\((20\d\d)\)$",
    )
)
_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九O", "0001234567890")
_BLANK_YEAR = re.compile(r"^(?:[(（]\s*(?:20)?[\s_Xx×—-]*年\s*度?\s*[)）]|(?:20)?[\s_Xx×—-]+年\s*度)$")
# A line for the year that tells none: （20266年度）, （2O26年度）.
_MISTYPED = late(r"[(（〔【\[]?\s*+[^\s()（）]{0,3}\d[^\s()（）]{0,5}\s*+年\s*+度\s*+[)）〕】\]]?")
# Below the title alone: 2026, （2026）, （2026年1月—12月）.
_YEAR_ALONE = late(
    r"[(（〔【\[]?\s*+(20\d\d)\s*+(?:年?[.．]?\s*+1\s*+月?(?:\s*+1\s*+日)?\s*+[-—–―~至到]+\s*+(?:\1\s*+年?[.．]?)?\s*+12\s*+月?(?:\s*+(?:31\s*+日|底))?)?\s*+[)）〕】\]]?"
)
_SEVERAL_YEARS = re.compile(r"20\d\d年?度?[-—–―~至到、,]+20\d\d(?:年|$)")
_YEAR_LINE = re.compile(r"年\s*度|^\s*[(（]?\s*\S{4}\s*年\s*[)）]?\s*$")
_HEADLINE = late(r"(?<![\d〔\[（(])(20\d\d)\s?年(?!\s?\d{1,2}\s?月).*(?:预算|绩效)")
_OF_THE_PAST = late(r"自评|评价|决算|监控|总结")  # what is told of a year that is over
_HEADING = late(r"(20\d\d)年度?\S{0,6}")
_HEAD_ROWS, _LONGEST = 20, 80
_NAMES = frozenset(label_key(text) for text in ("项目名称", "单位名称", "实施单位", "主管部门"))


def read(view: View, place: Place, first: int = 0) -> Found:
    """Return the budget year (年度); of a line that tells several years its text, and no year.

    A table that has no place of its own for it is of the year that the sheet's headline says, above its `first` table.
    """
    found = _year(view, place)
    if found.spot is None:
        found = _headline(view, first) or found._replace(spot=_title_spot(place))
    several = isinstance(found.raw, str) and _SEVERAL_YEARS.search(_squeezed(found.raw))
    return found._replace(value=None) if several else found


def shared(above: Document) -> Found | None:
    """Return the year of the table above, for one below it that has no title of its own."""
    value = above.values["year"]
    return Found(value, None, Spot.of(above.cells["/year"])) if value is not None else None


def _year(view: View, place: Place) -> Found:
    """Return the year of the year line, else of a label, else of the title; no cell where no place for it is left."""
    title_row = place.title[0] if place.title else place.top
    blank: Spot | None = None
    by_title: Found | None = None
    for row in range(max(0, title_row - 2), min(place.end, title_row + 5)):
        if row < title_row and len(view.filled(row)) > 2:  # a row of the table above
            continue
        for column in view.filled(row):
            text, here = view.text(row, column), Spot(row, column)
            past = row < title_row and _OF_THE_PAST.search(text)
            number = None if past or len(text) > _LONGEST else _year_of(text)
            if _BLANK_YEAR.match(text):
                blank = blank or here
            elif view.label(row, column) in YEAR_LABELS:
                return _labelled_year(view, here, place)
            elif not number or _is_value(view, here, place) or _heads_years(view, row):
                continue
            elif "表" not in text and _YEAR_LINE.search(text):
                return Found(number, text, here)
            elif "表" in text or "年度" in text or here == place.title:
                by_title = by_title or Found(number, text, here)
    if by_title and blank is None:
        return by_title
    return _under_the_title(view, place, title_row, blank)


def _heads_years(view: View, row: int) -> bool:
    """Tell whether a row has the headings of several years' columns: 2026年, 2027年."""
    found = (_HEADING.fullmatch(view.text(row, column)) for column in view.filled(row))
    return len({match[1] for match in found if match}) > 1


def _is_value(view: View, spot: Spot, place: Place) -> bool:
    """Tell whether a text stands right of a label or behind one, so that a year in it is another matter's."""
    before = [column for column in view.filled(spot.row) if column < spot.column]
    words = {word for word, _ in sayings(view.text(*spot))}
    labelled = bool(before) and place.is_label(view, spot.row, before[-1])
    return labelled or not words.isdisjoint(_NAMES)


def _under_the_title(view: View, place: Place, title_row: int, blank: Spot | None) -> Found:
    """Return the place of a year that is not written as one: a bare number or its months below the title, else its blank line."""
    row = title_row + 1
    filled = view.filled(row) if place.title else []
    if len(filled) == 1:
        spot = Spot(row, filled[0])
        if match := _YEAR_ALONE.fullmatch(view.text(*spot)):
            return Found(int(match[1]), view.value(*spot), spot)
    wrong = (Spot(row, c) for c in filled if blank is None and _MISTYPED.fullmatch(view.text(row, c)))
    mistyped = next((spot for spot in wrong if not _is_value(view, spot, place)), None)
    if mistyped is not None:
        return Found(None, view.text(*mistyped), mistyped)
    if blank is None and place.title and not filled and row < place.end:
        blank = Spot(row, place.title[1])
    return Found(None, None, blank)


def _title_spot(place: Place) -> Spot:
    return Spot(*place.title) if place.title else Spot(place.top, 0)


def _headline(view: View, first: int) -> Found | None:
    """Return the year of a line above the first table of a sheet that says whose budget or targets they all are."""
    for row in (row for row in range(min(first, _HEAD_ROWS)) if len(view.filled(row)) <= 2):
        for column in view.filled(row):
            text = view.text(row, column)[:_LONGEST]
            if (match := _HEADLINE.search(text)) and not _OF_THE_PAST.search(text):
                return Found(int(match[1]), view.text(row, column), Spot(row, column))
    return None


def _labelled_year(view: View, label: Spot, place: Place) -> Found:
    """Return the year beside the word 年度: to its right, or the number in front of it."""
    before = [column for column in view.filled(label.row) if column < label.column]
    if before and (number := _year_of(view.text(label.row, before[-1]) + "年")):
        spot = Spot(label.row, before[-1])
        return Found(number, view.value(*spot), spot)
    right = cell_beside(view, label, place)
    return Found(_year_of(view.text(*right) + "年"), view.value(*right), right)


def _squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _year_of(text: str) -> int | None:
    text = _squeezed(text)
    match = next(filter(None, (pattern.search(text) for pattern in _YEARS)), None)
    if match is None:
        return None
    digits = match[match.lastindex or 0].translate(_CHINESE_DIGITS)
    return int(digits) if digits.isdigit() and (digits.isascii() or digits.startswith("20")) else None
