"""Whole time (中期, 实施期) and budget year on one form: which of two labels is the year's, and where its half stands."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from jixiao.model import Spot
from jixiao.patterns import late
from jixiao.reading.labels import names
from jixiao.reading.tables import Place
from jixiao.reading.view import View
from jixiao.reading.words import known_labels

_FAR = 10_000  # beyond any form
_MOST_APART = 12  # rows between the two totals where one half stands above the other
_OF = {"money": r"资金|预算|投资|金额|投入|经费", "goals": r"目标"}
_PARTS = r"(?:财政|拨款|公共|基金|上级|结转|自有|自筹|其他)"  # of the total, not the total itself
_IS_PART = late(_PARTS)
# Between a year and its money; any other word makes it a project's name: 2024年公务用车运行经费.
_BETWEEN = r"项目|申请|申报|资金|预算|安排|计划|投入|支出|总体?|绩效|拟|投资|使用|下达|实施"
_OF_ALL = r"(?:部门|单位)?整体(?:支出)?"
_LONG = r"中期|中长期|长期|实施期|项目期|全周期|全生命周期|规划期|跨年度?|三年|总"


class Half(NamedTuple):
    """The year's half of a form: its own label, and the rows and columns where its other labels stand."""

    label: Spot
    rows: range
    columns: range

    def holds(self, spot: Spot) -> bool:
        """Tell whether a cell is in this half."""
        return spot.row in self.rows and spot.column in self.columns


def half(view: View, place: Place, what: str) -> Half | None:
    """Return the year's half of the money or the goals of a form that tells both, `None` where only one is told.

    Args:
        view: the sheet.
        place: the table.
        what: `money` or `goals`.

    """
    told_ = [(tells(word, what), spots) for word, spots in place.labels.items()]
    told_ = [
        (told, [one for one in spots if not _is_name(view, place, one)]) for told, spots in told_ if told
    ]
    of_year = [spot for told, spots in told_ if told == "year" for spot in spots]
    of_all = [spot for told, spots in told_ if told == "all" for spot in spots]
    if not of_year or not of_all:
        return None
    for own in sorted(of_year):
        beside = [spot for spot in of_all if spot.row == own.row]
        if beside:
            before = any(spot.column < own.column for spot in beside)
            columns = range(own.column, _FAR) if before else range(min(spot.column for spot in beside))
            half_ = Half(own, range(own.row, _FAR), columns)
            known = (word for word in place.labels if _IS_PART.search(word) and word in known_labels())
            below = [spot for word in known for spot in place.labels[word] if spot.row > own.row]
            parts = below if what == "money" else []
            # two totals beside each other, and one list of sources below them: the year's
            return half_ if not parts or any(map(half_.holds, parts)) else half_._replace(columns=range(_FAR))
    for own in sorted(of_year):
        right = view.reach(*own).right
        stacked = [
            spot
            for spot in of_all
            if spot.column == own.column
            and abs(spot.row - own.row) <= _MOST_APART
            and not (spot.row > own.row and view.reach(*spot).right < right)  # the year's own, headed by it
        ]
        if stacked:
            before = any(spot.row < own.row for spot in stacked)
            rows = range(own.row, _FAR) if before else range(min(spot.row for spot in stacked))
            return Half(own, rows, range(_FAR))
    return None


def _is_name(view: View, place: Place, spot: Spot) -> bool:
    """Tell whether a text is the name beside its label: a project 总体目标考核奖励 is no label of the goals."""
    left = [column for column in view.filled(spot.row) if column < spot.column]
    return bool(left) and view.label(spot.row, left[-1]) in names(place.form)


def is_told(word: str) -> bool:
    """Tell whether a label key names the whole time or the year: no plain value does."""
    return any(tells(word, what) for what in _OF)


@lru_cache(maxsize=1024)
def tells(word: str, what: str) -> Literal["", "all", "year"]:
    """Return whether a label key names the whole time, the year, or neither."""
    whole, year = _patterns(what)
    return "year" if year.fullmatch(word) else "all" if whole.fullmatch(word) else ""


@cache
def _patterns(what: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what a label of the whole time looks like, and one of the year."""
    of = _OF[what]
    whole = rf"(?:项目|绩效)?(?:{_LONG})[^\s表]{{0,6}}(?:{of})[^\s表]{{0,4}}"
    year = (
        rf"(?!\S*{_PARTS})(?:项目|预算|{_OF_ALL})?(?:(?:本年度?|当年度?|年度)[^\s表]{{0,8}}|20\d\d年度?(?:{_BETWEEN}){{0,3}})"
        rf"(?:{of})[^\s表]{{0,6}}"
    )
    if what == "goals":
        whole = rf"{whole}|{_OF_ALL}(?:绩效)?目标"
    else:
        whole = rf"{whole}|(?:项目|专项)?(?:资金|预算|投资|经费)总额|(?:项目|专项)总额|(?:项目)?总(?:资金|预算|投资|经费)"
    return re.compile(whole), re.compile(year)
