"""指标值里写了别的指标名称。

检查什么
指标值是不是另一个指标的名称，或“名称+数值”写在了一起。
为什么
真正的指标藏在指标值里，三级指标反而成了摆设，汇总和计分都对不上。
怎么改
把名称移到三级指标一栏，指标值只写比较符、数字和单位。
例
指标值写“后勤人员考核达标率>95%”“资助对象认定准确率＝100%”；指标值写“资金使用率”。
依据
2024 年县级公开表有这样的实例（已见）
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import ALL_FORMS, Flag, Given, Scope
from jixiao.rules.names import good_direction, is_rate
from jixiao.rules.rows import Row
from jixiao.rules.samples import sample
from jixiao.values import key, parse

SCOPE: Scope = "document"
FORMS = ALL_FORMS
SEVERITY: Severity = "warning"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {}
SUPERSEDES = ("VA02", "VA10")
ROW_SUPERSEDES = ("IN04",)
ON = True
_PLAIN = frozenset({"number", "range", "deadline", "period", "grade", "yes_no"})
_BETTER = {">": "≥", "<": "≤", "≥": "≥", "≤": "≤", "=": "＝"}  # a limit that reaching meets, as VA10 asks
_AGAIN, _MANY = "把名称又写了一遍", "数量"
_NAMED = re.compile(
    r"^([\u4e00-\u9fff]{2,20}?(?:率|满意度|数量|次数|人次|人数|面积|比例|费用|成本|时间))(?:达到?|为|不低于|不少于|不高于|不超过|控制在|:|：)?\s*[≥≤=＝><＞＜]?\s*\d"
)


def check(_document: Document, given: Given) -> Iterator[Flag]:
    """Flag a target that is another row's name, or a name, also the row's own, followed by its value."""
    names = {row.key: row for row in given.rows}
    for row in given.rows:
        if row.parsed.kind in _PLAIN:
            continue
        other = names.get(key(row.target))
        named = _NAMED.match("".join(row.target.split()))
        if other and other is not row and other.key != row.key:
            what = f"是第 {other.number + 1} 行指标的名称"
        elif (
            other is None and is_rate(row.target) and not row.parsed.measurable and key(row.target) != row.key
        ):
            what = "是一个指标的名称，没有写到多少"
        elif named and key(named[1]) not in row.key:
            what = f"里写了指标名称{wording.quoted(named[1])}"
        elif (named and _is_own(named[1], row)) or _says_it_again(row):
            what = _AGAIN
        else:
            continue
        yield Flag(
            row.at("target"),
            f"{row.place}的指标值{wording.quoted(row.target)}{what}。",
            _advice(row, named, again=what == _AGAIN),
        )


def _advice(row: Row, named: re.Match[str] | None, *, again: bool) -> str:
    """Return what to write where: the name and the value that stand together, each in its column."""
    said = "".join(row.target.split())
    own = next((one for one in (row.name, row.name.removesuffix(_MANY)) if said.startswith(one)), said)
    name = named[1] if named else own
    value = _only(said.removeprefix(name), good_direction(name) or "≥")
    if named and value and not again:
        return f"请把名称写到三级指标一栏，如“{named[1]}”，指标值只写“{value}”。"
    shown = value or sample(row)
    like = f"，如“{shown}”" if shown else ""
    return f"{'' if again else '请把名称写到三级指标一栏，'}指标值只写比较符、数字和单位{like}。"


def _only(said: str, sign: str) -> str:
    """Return a value without the words before it, with a sign: of 达到2000万次 ≥2000万次; `""` where it has no number."""
    said = said.lstrip("为:：")
    parsed = parse(said)
    if parsed.kind == "range":
        return said
    return (
        f"{_BETTER.get(parsed.operator or sign, sign)}{parsed.value}{parsed.measure or ''}"
        if parsed.kind == "number"
        else ""
    )


def _is_own(name: str, row: Row) -> bool:
    """Tell whether a name before the value is the row's own, or its end; of several things each may be named."""
    return key(name) == row.key or (row.key.endswith(key(name)) and row.parsed.kind == "phrase")


def _says_it_again(row: Row) -> bool:
    """Tell whether a target is the row's name and how good it shall be, or how many: 救援能力显著增强, 购置电脑≥30台."""
    name = row.name.removesuffix(_MANY) or row.name
    if not row.target.startswith(name):
        return False
    rest = parse(row.target.removeprefix(row.name).removeprefix(name).lstrip("为:："))
    return rest.kind in {"grade", "number", "range"} and row.name[-1] not in "数第"
