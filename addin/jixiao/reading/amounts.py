"""Which of several columns of money, or of several rows below one heading, is the budget year's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from jixiao.model import Spot
from jixiao.patterns import late
from jixiao.reading.labels import key_labels
from jixiao.reading.tables import Place
from jixiao.reading.view import View
from jixiao.reading.words import GOVERNMENTS, IN_BRACKETS, without_brackets
from jixiao.values import decimal, key, money

_LONGEST = 20
_AMOUNT = (
    r"(?:年初|全年|资金|预计|调整|实际|财政)*"
    r"(?:预算|执行|决算|申请|申报|安排|计划|批复|批准|完成|支出|实际|预计|金额|需求)(?:资金|金额|总额|情况)?[数额]?"
)
_YEAR = r"(?:20\d\d|[上前去今本当]|上一|前[一二两三]|近[一二两三])年度?"
# Over a column that is a part of the amounts, or none of them; and over the one that has all parts.
_GOVERNMENT = "|".join(word for words in GOVERNMENTS.values() for word in words)
_PART = (
    rf"第?[一二三四]季度|\d{{1,2}}\D\d{{1,2}}月份?|[上下]半年|{_GOVERNMENT}|[省市县]|占比|比例|比重|增减[率额]?|增长率"
    r"|测算(?:依据|过程)|(?:项目)?总投资|累计\S{0,6}|中期|长期"
)
_WHOLE = r"合计|小计|总计|全年(?:合计|预算|金额|数)?|年度合计"
_OF_A_PART = rf"(?:{_PART})(?:资金|补助|拨款|{_AMOUNT})?"
_OF_THE_WHOLE = rf"(?:{_WHOLE})(?:资金|{_AMOUNT})?"
_ADJUSTED = "(?:调整|变更|调剂)"
_HEADING = re.compile(
    rf"(?:{_YEAR}|年度|本次)?{_AMOUNT}|{_YEAR}(?:资金|[数额])?|{_OF_A_PART}|{_OF_THE_WHOLE}|金额|年度|(?:核定|审核|[一二]上)(?:金额|数)?"
    rf"|{_ADJUSTED}[前后](?:{_AMOUNT}|[数额])?|[原现](?:{_AMOUNT}|[数额])"
)
# Rows of these add up; those of other times, or of two steps of the budget, do not.
_ADDS = late(
    rf"(?:第?[一二三四]季度|\d{{1,2}}\D\d{{1,2}}月份?|[上下]半年|{_GOVERNMENT}|[省市县])(?:资金|补助|拨款|{_AMOUNT})?"
)
_OVER_YEARS = frozenset({"年度", "年份"})  # left of the amounts: rows of years stand below it
_LABELS_TOO = re.compile(rf"{_WHOLE}|预算金额|预算数")  # of the unit's own form
_FAR = 10_000  # beyond any form
_IS_PART, _IS_WHOLE = late(_OF_A_PART), late(_OF_THE_WHOLE)
_EARLIER = late(rf"{_ADJUSTED}前|^原|上年|上一年|去年|前年|前[一二两三]年|近[一二两三]年|执行|决算|完成|实际")
_OF_THE_YEAR = re.compile(rf"{_ADJUSTED}后|^现|本年|当年|今年|年度|本次|申请|申报|核定|审核|批复|批准")
_NUMBER = re.compile(r"20\d\d")
_PLAIN = late(rf"{_AMOUNT}|金额")


class Choice(NamedTuple):
    """The cell of the year's amount and its heading, `None` and `""` where none tells it, and all headings as they read.

    These stand over columns, or `down` in front of rows that have one heading over them.
    """

    spot: Spot | None
    heading: str
    headings: tuple[str, ...]
    down: bool = False


def heads_amounts(text: str) -> bool:
    """Tell whether a text heads a column of money: 上年预算数, 本年申请, 2026年预算."""
    return len(text) <= _LONGEST and _is_heading(text)


@lru_cache(maxsize=1024)
def _is_heading(text: str) -> bool:
    return bool(_HEADING.fullmatch(key(without_brackets(text))))


def is_amount(view: View, spot: Spot) -> bool:
    """Tell whether a cell holds an amount of money."""
    return decimal(money(view.value(*spot), "万元")) is not None


def choose(view: View, label: Spot, place: Place, year: int | None) -> Choice | None:
    """Return which cell of a label's row, or of its column, is the year's; `None` where no headings tell several apart."""
    first = view.reach(*label).right + 1
    while not view.merged and view.text(label.row, first) == view.text(*label):  # filled into it
        first += 1
    labels = (c for c in view.filled(label.row) if c >= first and place.is_label(view, label.row, c))
    end = next(labels, _FAR)
    for row in range(label.row - 1, place.top - 1, -1):
        columns = _headings(view, place, row, range(first, end))
        if len(columns) > 1:
            end_of_half = _other_half(place, row, columns[0])
            columns = [c for c in columns if c < end_of_half and not _is_copy(view, row, label.row, c)]
        if len(columns) > 1:
            texts = {column: view.text(row, column) for column in columns}
            best = _best(texts, year)
            at = Spot(label.row, max(first, view.reach(label.row, best).left)) if best is not None else None
            return Choice(at, "" if best is None else texts[best], tuple(texts.values()))
    return _among_rows(view, label, place, year)


def _is_copy(view: View, heading: int, row: int, column: int) -> bool:
    """Tell whether a column's heading and amount were filled into it from the one left of it, once merged with it."""
    return all(
        view.text(at, column) == view.text(at, column - 1) and view.text(at, column) for at in (heading, row)
    )


def _among_rows(view: View, heading: Spot, place: Place, year: int | None) -> Choice | None:
    """Return which cell below a heading is the year's, where the rows there are told apart by the times of their money."""
    texts: dict[int, str] = {}
    for row in range(view.reach(*heading).bottom + 1, place.end):
        text = view.text(row, heading.column)
        if text and (
            place.is_label(view, row, heading.column) or not is_amount(view, Spot(row, heading.column))
        ):
            break
        before = (view.text(row, column) for column in view.filled(row) if column < heading.column)
        if time := next(filter(_is_time, before), ""):
            texts[row] = time
    if len(texts) < 2:
        return None
    best = _best(texts, year)
    at = None if best is None else Spot(best, heading.column)
    return Choice(at, "" if best is None else texts[best], tuple(texts.values()), down=True)


def _is_time(text: str) -> bool:
    """Tell whether a text in front of a row says whose money it is, other than a part or the whole: 上年, 2026年, 核定数."""
    word = key(without_brackets(text))
    told = heads_amounts(text) and not (_IS_WHOLE.fullmatch(word) or _ADDS.fullmatch(word))
    return told or bool(_NUMBER.fullmatch(word))


def of_the_year(texts: Mapping[int, str], year: int | None) -> list[int] | None:
    """Return the columns whose headings tell the year's money best, `None` where they tell none of several apart."""
    ranks = {at: _rank(text, year) for at, text in texts.items()}
    told = [at for at in texts if ranks[at] == max(ranks.values())]
    return told if ranks and max(ranks.values()) > 0 and len({texts[at] for at in told}) == 1 else None


def _best(texts: Mapping[int, str], year: int | None) -> int | None:
    """Return which column or row has the heading that tells the year's money, `None` where it is not one alone."""
    ranks = {at: _rank(text, year) for at, text in texts.items()}
    best = [at for at in texts if ranks[at] == max(ranks.values())]
    return best[0] if len(best) == 1 and ranks[best[0]] > 0 else None


def heads_column(view: View, place: Place, spot: Spot) -> bool:
    """Tell whether a label such as 合计 stands among the headings of several columns of money."""
    columns = _headings(view, place, spot.row, range(_FAR))
    if columns and key(view.text(spot.row, columns[0])) in _OVER_YEARS:
        columns = columns[1:]
    others = (key(view.text(spot.row, column)) for column in columns)
    return spot.column in columns and not all(map(_LABELS_TOO.fullmatch, others))


def _headings(view: View, place: Place, row: int, columns: range) -> list[int]:
    """Return which of a row's columns head amounts: no amount stands beside one; 合计, a label elsewhere, is one too."""
    return [
        column
        for column in view.filled(row)
        if column in columns
        and heads_amounts(view.text(row, column))
        and (not place.is_label(view, row, column) or _LABELS_TOO.fullmatch(key(view.text(row, column))))
        and not is_amount(view, Spot(row, view.reach(row, column).right + 1))
    ]


def _other_half(place: Place, heading: int, first: int) -> int:
    """Return the column where the labels of a second half begin, of income beside expenditure, behind the first amounts."""
    of_money = key_labels(place.form, "money") & place.labels.keys()
    columns = (spot.column for word in of_money for spot in place.labels[word] if spot.row > heading)
    return min((column for column in columns if column > first), default=_FAR)


def _rank(text: str, year: int | None) -> int:
    """Return how well a heading tells the year's own amount: 3 with the year, 2 a whole of parts, 1 no year, 0 another."""
    told, inside = key(without_brackets(text)), "".join(IN_BRACKETS.findall(text))[1:-1]
    if _PLAIN.fullmatch(told) and heads_amounts(inside):  # 预算数（上半年）
        told = key(inside)
    number = _NUMBER.search(told)
    if _IS_WHOLE.fullmatch(told):
        return 2
    if _EARLIER.search(told) or _IS_PART.fullmatch(told) or (number and year and int(number[0]) != year):
        return 0
    return 3 if number or _OF_THE_YEAR.search(told) else 1
