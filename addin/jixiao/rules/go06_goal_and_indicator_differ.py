"""目标里的数与指标不一致。

检查什么
总体目标里写明数量或比率的（维修电梯 10 台、合格率达到 100%），指标里同一件事、同一个单位的指标值是不是同一个数。同一件事在目标或指标里写了几个数的、目标里写的是上年或累计的、指标值是 0 的、目标里的数另有指标与它一致的，不核对。
为什么
目标和指标是同一份承诺，数不一致，公开以后和自评时不知道按哪个算。
怎么改
核对后把两处改成一致。
例
目标写“更换电梯10台”，数量指标“更换电梯数量”写“≥8台”。
依据
目标与指标应当对应（已见）；两处的数是否必须相同，本地要求待核实
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice
from typing import Any, NamedTuple

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.patterns import late
from jixiao.rules import ALL_FORMS, Flag, Given, Scope
from jixiao.rules.rows import COST_LEVELS, Row
from jixiao.rules.topics import near, pairs
from jixiao.values import Measure, measure_of

SCOPE: Scope = "document"
FORMS = ALL_FORMS
SEVERITY: Severity = "hint"
NEEDS = ("/goals",)
PARAMETERS: dict[str, Any] = {"dimensions": ("people", "times", "things", "area", "length", "rate")}
SUPERSEDES: tuple[str, ...] = ()
ON = True
_CLAUSE = re.compile(r"[。；;，,、\n]+(?!\d{3})")
_DIGIT = re.compile(r"\d")
_FIGURE = re.compile(
    r"(?<![\d.第])(?<!\d[~～至到-])(\d{1,9}(?:,\d{3})*(?:\.\d+)?)\s*(万?)([\u4e00-\u9fff㎡%％]{1,3})"
)
_OF_ANOTHER_TIME = re.compile(
    r"上年|去年|往年|截至|截止|现有|已有|原有|累计|其中|每[年月周日季人户次天]|平均|分别|各\d|\d[^，]{0,4}[~～至到-]\d|约|左右|近\d|多[人台个]"
)
_DONE = re.compile(
    r"举办|组织|召开|购置|采购|购买|新增|新建|改建|扩建|更新|更换|配备|配置|发放|安装|制作|印刷|聘用|聘请|设立|新购"
)  # what is done with many things is none of them
_RATE = late(r"[内外]?[\u4e00-\u9fff]{2}[率度]$")  # 审限内结案率 is no 结案率
_ALIKE = {
    "场次": "场",
    "批次": "批",
    "期次": "期",
    "轮次": "轮",
    "名": "人",
    "位": "人",
    "群众": "人",
    "村民": "人",
    "居民": "人",
}


class _Figure(NamedTuple):
    """A figure that a goal states: in which goal and clause, of what measure, as written."""

    goal: int
    clause: str
    number: Decimal
    measure: str
    dimension: str
    shown: str


def check(document: Document, given: Given) -> Iterator[Flag]:
    """Hint at the one target of a thing whose goal states one other figure in the same measure."""
    goals = [(number, goal) for number, goal in enumerate(document.values["goals"]) if goal]
    stated = [one for number, goal in goals if _DIGIT.search(goal) for one in _figures(number, goal)]
    rows = [row for row in given.rows if stated and _counts(row, given.parameters["dimensions"])]
    doubted = [
        (row, same) for row in rows if (same := _stated(row, stated)) and same[0].number != _number(row)
    ]
    figures = {one for _, same in doubted for one in same}
    agreed = {one for one in figures if any(_agrees(one, row) for row in rows)}
    for row, same in doubted:
        if agreed.isdisjoint(same) and _is_alone(row, rows):
            yield Flag(
                row.at("target"),
                f"{row.place}的指标值是{wording.quoted(row.target)}，目标{same[0].goal + 1}里写的是“{same[0].shown}”。",
                "请核对后把目标和指标改成一致；说的不是同一件事的，可以不改。",
            )


def _stated(row: Row, figures: Sequence[_Figure]) -> list[_Figure]:
    """Return the figures of what a row measures, none where they are not one number."""
    same = [one for one in figures if one.measure == _measure(row) and _is_about(one, row)]
    return same if _number(row) and len({one.number for one in same}) == 1 else []


def _is_alone(row: Row, rows: Sequence[Row]) -> bool:
    """Tell whether no other row counts the same thing in the same measure."""
    measure = _measure(row)
    alike = (one for one in rows if _measure(one) == measure and near(one.name, row.name))
    return len(list(islice(alike, 2))) == 1


def _figures(goal: int, text: str) -> Iterator[_Figure]:
    """Yield what a goal states in clauses about this year, each with its measure."""
    for clause in _CLAUSE.split(text):
        if not _DIGIT.search(clause) or _OF_ANOTHER_TIME.search(clause):
            continue
        for figure in _FIGURE.finditer(clause):
            known = measure_of(figure[3].replace("％", "%"))
            if known and not known.per:
                number = Decimal(figure[1].replace(",", "")) * (10_000 if figure[2] else 1) * known.factor
                shown = f"{figure[1]}{figure[2]}{known.standard}"
                yield _Figure(goal, clause, number, _usual(known), known.dimension, shown)


def _counts(row: Row, dimensions: Sequence[str]) -> bool:
    """Tell whether a row counts something or states a rate, with one figure."""
    parsed = row.parsed
    known = parsed.quantities[0].known if len(parsed.quantities) == 1 else None
    if known is None or known.per or parsed.quantities[0].high or parsed.operator in {"≤", "<"}:
        return False
    return known.dimension in dimensions and (known.dimension == "rate" or row.level2 not in COST_LEVELS)


def _measure(row: Row) -> str:
    known = row.parsed.quantities[0].known
    return _usual(known) if known else ""


def _number(row: Row) -> Decimal:
    one = row.parsed.quantities[0]
    return Decimal(one.low) * (one.known.factor if one.known else 1)


def _usual(known: Measure) -> str:
    """Return a measure for comparison: 10个社区 and 10个 count the same, 36场次 and 36场 too."""
    return "个" if known.standard.startswith("个") else _ALIKE.get(known.standard, known.standard)


def _agrees(figure: _Figure, row: Row) -> bool:
    """Tell whether a row states the very number of a figure, be it in another measure: 2400名 or 0.24万人 is 2400人."""
    known = row.parsed.quantities[0].known
    same = known is not None and known.dimension == figure.dimension and _number(row) == figure.number
    return same and _is_about(figure, row)


def _is_about(figure: _Figure, row: Row) -> bool:
    """Tell whether a figure is of what a row measures: of a rate the same rate, of anything else the same thing."""
    counted = figure.shown.partition("个")[2]  # 10个社区 are no ten of anything else
    if counted not in row.name:
        return False
    if figure.measure == "%":
        rate = _RATE.search(row.name)
        return rate is not None and rate[0] in figure.clause and near(row.name, figure.clause)
    return near(_thing(row.name), figure.clause)


def _thing(name: str) -> str:
    """Return of what a name counts: of 举办培训班期数 the courses; a name that says only what is done stays."""
    thing = _DONE.sub("", name)
    return thing if pairs(thing) else name
