"""Which column of a list of projects holds which field, and which of several columns of money is the year's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from jixiao import forms, schemas
from jixiao.patterns import late
from jixiao.reading import fields
from jixiao.reading.units import unit_in
from jixiao.reading.words import LONGEST_LABEL, OF_BOTH, appropriations, label_key, other_sources

FORM = "project_target"
_MORE = {
    "project_name": tuple(OF_BOTH),
    "agency": ("单位名称", "预算单位名称"),
    "department": ("部门名称", "一级预算单位"),
    "year": ("年度", "预算年度"),
    "total_funds": (
        *("预算金额", "预算数", "预算额", "金额", "项目金额", "项目预算", "预算资金", "资金总额", "合计", "总计", "预算总额", "预算"),
        *("预算安排", "预算安排数", "预算安排资金", "安排资金", "支出预算", "支出预算数", "申报金额", "申请金额", "总金额", "总额"),
        *("资金额度", "预算额度", "项目总额", "项目总金额", "资金", "项目资金", "项目经费", "经费", "安排金额"),
        *(f"{step}{what}" for step in ("申报", "申请", "核定", "审核", "审定", "批复", "评审") for what in ("金额", "数", "预算", "资金")),
    ),
}  # fmt: skip
# What names a field in short, where others stand beside it: the label of a block elsewhere.
SHORT = {"project_name": ("二级项目", "项目", "一级项目"), "agency": ("单位",), "goals": ("目标",)}
_SUMS = ("fiscal_funds", "other_funds")
REST = label_key("其他")
WHOLE = frozenset(map(label_key, ("合计", "小计", "总计", "共计", "总额", "金额", "数额")))
_LONG = r"中长?期|长期|实施期|项目期|全周期|全生命周期|规划期|三年"
_IN_FRONT = re.compile(r"^(?:20\d\d年?度?|本年度?|当年度?|今年|年度|年初|全年|本次)")
TIME = late(
    rf"(?:20\d\d年?度?|上一?年度?|[本当去前今]年度?|年度|全年|{_LONG})(?:预算|计划|资金|投资|金额|目标|指标|安排|申请)?[数额值]?"
)
_EARLIER = late(r"上一?年|去年|前年|前[一二两三]年|近[一二两三]年|执行|决算|完成|实际|历史")
_CARRIED = re.compile(r"(?:上一?年度?)?结转\S*")
_OF_ALL = late(rf"{_LONG}|总投资|累计|项目总(?:额|金额|资金|预算|投资)")
_OF_YEAR = late(r"本年|当年|今年|年度|年初|全年|本次")
_YEAR = frozenset(map(label_key, ("年度", "预算年度")))  # below another heading a time of its own
_NUMBER = re.compile(r"20\d\d")


class Column(NamedTuple):
    """A column of a list, its own heading, and the unit of money that the headings over it print."""

    column: int
    text: str
    unit: str | None


class Heading(NamedTuple):
    """What stands over a column, row by row, and whose money that tells, as `rank_of` does."""

    column: int
    path: tuple[str, ...]
    rank: int

    @property
    def told(self) -> str:
        """The headings as they are told, from above."""
        return "·".join(self.path)


def by_field(
    paths: Mapping[int, tuple[str, ...]], year: int | None
) -> tuple[dict[str, Column], dict[str, Sequence[Column]], dict[str, Sequence[Heading]]]:
    """Return the fields' columns, those of several sources, and the headings that nothing settles.

    Of those the first is read, as in a form; it is told where the others hold other amounts.
    """
    named: dict[str, list[Heading]] = {}
    for column, path in sorted(paths.items()):
        if name := _meaning(path):
            named.setdefault(name, []).append(Heading(column, path, rank_of(path, year)))
    money = {name: ones for name, ones in named.items() if schemas.is_money(FORM, name)}
    best = max((one.rank for ones in money.values() for one in ones), default=0)
    found: dict[str, Column] = {}
    sums: dict[str, Sequence[Column]] = {}
    doubts: dict[str, Sequence[Heading]] = {}
    for name, ones in named.items():
        if name not in money:
            timed = name == "goals"
            word = min(ones, key=lambda one: (_preference(name, one.path[-1]), -one.rank if timed else 0))
            found[name] = _column(word)
            continue
        rank = max(one.rank for one in ones)
        if rank < 0 or (rank == 0 and best > 2):  # another year's, the whole time's
            continue
        alike = [one for one in ones if one.rank == rank]
        groups = {told: None for one in alike if (told := _group(one))}
        if len(groups) > 1:
            doubts[name] = tuple(alike)
            alike = [one for one in alike if _group(one) == next(iter(groups))]
        elif name not in _SUMS and len({label_key(one.path[-1]) for one in alike}) > 1:  # 申报金额, 核定金额
            doubts[name] = tuple(alike)
        whole = [one for one in alike if label_key(one.path[-1]) not in appropriations()]
        if name == "fiscal_funds":
            alike = whole[:1] or alike
        found[name] = _column(alike[0])
        columns = tuple(map(_column, {one.path: one for one in reversed(alike)}.values()))[::-1]
        if name in _SUMS and len(columns) > 1:
            sums[name] = columns
    return found, sums, doubts


def _preference(name: str, text: str) -> int:
    """Return the place of a short name among those of its field; any full label comes first."""
    words = SHORT.get(name, ())
    return 1 + words.index(label_key(text)) if label_key(text) in words else 0


def _group(one: Heading) -> str:
    """Return what parts a column of money from others of its field: the heading over it, or the year it names."""
    number = _NUMBER.search(one.told)
    if number:
        return number[0]
    return one.path[0] if len(one.path) > 1 and field_of(one.path[0]) in {None, "total_funds"} else ""


def _column(one: Heading) -> Column:
    return Column(one.column, one.path[-1], next(filter(None, map(unit_in, reversed(one.path))), None))


def _meaning(path: tuple[str, ...]) -> str | None:
    """Return which field the headings over a column name: the lowest one, or the one above 合计 or a year."""
    own, above = label_key(path[-1]), [name for text in path[-2::-1] if (name := field_of(text))]
    over = above[0] if above and len(path) > 1 else None
    if over and schemas.is_money(FORM, over) and (not own or own in WHOLE or TIME.fullmatch(own)):
        return over
    if own == REST:
        return "other_funds" if len(path) > 1 else None
    name = field_of(path[-1]) if len(path) == 1 or own not in _YEAR else None
    return name or (over if over and not schemas.is_money(FORM, over) else None)


def rank_of(path: Sequence[str], year: int | None) -> int:
    """Return whose money the headings tell: 3 the year's, 1 they do not say, 0 the whole time's, -1 another year's."""
    told = _CARRIED.sub("", "".join(map(label_key, path)))
    numbers = set(_NUMBER.findall(told))
    if _EARLIER.search(told) or (len(numbers) == 1 and year and str(year) not in numbers):
        return -1
    if len(numbers) > 1 or _OF_ALL.search(told):
        return 3 if _OF_YEAR.search(label_key(path[-1])) else 0
    return 3 if (numbers and year) or (not numbers and _OF_YEAR.search(told)) else 1


@cache
def _short() -> frozenset[str]:
    return frozenset(label_key(text) for texts in SHORT.values() for text in texts)


@lru_cache(maxsize=1024)
def field_of(text: str) -> str | None:
    """Return which field a heading names: the year in front does not matter."""
    word = label_key(text) if len(text) <= LONGEST_LABEL else ""
    return _known().get(word) or _known().get(_IN_FRONT.sub("", word, count=1) or word)


@cache
def _known() -> dict[str, str]:
    """Return which field a heading names, by its key."""
    pairs: Iterator[tuple[str, tuple[str, ...]]] = iter([*SHORT.items(), *_MORE.items()])
    words = {label_key(text): name for name, texts in pairs for text in texts}
    words.update(
        dict.fromkeys(appropriations(), "fiscal_funds"), **dict.fromkeys(other_sources(), "other_funds")
    )
    for form in forms.catalogue():
        if form.form == FORM:
            for name, one in fields.sought(FORM, form.edition).items():
                words.update(dict.fromkeys(one.keys, name))
    return words


@cache
def labels_of(name: str) -> tuple[str, ...]:
    """Return the keys of a field's labels, but for the short ones."""
    return tuple(word for word, field in _known().items() if field == name and word not in _short())
