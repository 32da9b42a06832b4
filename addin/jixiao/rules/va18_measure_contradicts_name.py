"""计量单位与名称说的不是一回事。

检查什么
名称以“人数”“人口”“户数”“面积”“长度”“里程”“次数”“期数”“天数”“金额”“资金”“株数”“页数”或“用水量”等收尾，单位却是另一类，如人数写成元、面积写成公里。人数写人次、名，次数写批次、户次的都可以；单位没有写或认不出的不算。
为什么
多半是复制别的行改漏了一处，名称和数总有一个是错的。
怎么改
核对名称和单位，改正写错的那一个。
例
“补助人数”写“≥6000元/户”；“管护面积”写“≥2万公里”。
依据
名称与计量单位要对应（填报常识，待核实）
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import ALL_FORMS, Flag, Given, Scope
from jixiao.rules.rows import Row
from jixiao.values import Measure

SCOPE: Scope = "document"
FORMS = ALL_FORMS
SEVERITY: Severity = "warning"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {}
SUPERSEDES = ("VA01", "VA04")
ON = True
_NOUN = re.compile(
    r"(?:人数|人口|户数|面积|长度|里程|次数|期数|天数|金额|资金|(?:[用供节蓄储排]水|用电|供电|发电|用气|供气|污水.{0,4}|垃圾.{0,4})(?<![数质程作])量|[株页头羽只台座件份册套栋条处个所眼盏辆块]数)$"
)
_MAY_BE_NOUN = frozenset("数口积度程额金量")  # a quick look: most names end in none of these
_OF_THINGS = {"money", "time", "area", "length"}
_FOREIGN = {
    "人数": {"money", "time", "area", "length", "volume", "times"},
    "人口": {"money", "time", "area", "length", "volume", "times"},
    "户数": {"money", "time", "area", "length", "volume", "times"},
    "面积": {"money", "time", "length", "volume", "people", "times"},
    "长度": {"money", "time", "area", "volume", "people", "times"},
    "里程": {"money", "time", "area", "volume", "people", "times"},
    "次数": {"money", "area", "length", "volume"},
    "期数": {"money", "area", "length", "volume"},
    "天数": {"money", "area", "length", "volume", "people", "times"},
    "金额": {"time", "area", "length", "volume", "people", "times"},
    "资金": {"area", "length", "volume", "people"},
}
_OF_QUANTITIES = {"money", "area", "length", "people"}
_FOREIGN_WORDS = {
    "人数": {"户", "家"},
    "户数": {"人", "名", "位", "人次"},
    "次数": {"人", "名", "位", "户"},
    "期数": {"人", "名", "位", "户", "人次"},
}
_USUAL = {
    "人数": "人", "人口": "人", "期数": "期", "资金": "万元", "户数": "户", "面积": "平方米", "长度": "米", "里程": "公里", "次数": "次", "天数": "天", "金额": "万元",
}  # fmt: skip
_EITHER = frozenset({"万", "亿", "亩次", "人天", "人日", "人月", "剂次", "节", "课时", "学时"})


def check(_document: Document, given: Given) -> Iterator[Flag]:
    """Flag a name that ends in an unmistakable noun beside a measure of something else."""
    for row in given.rows:
        if row.name[-1] not in _MAY_BE_NOUN or len(row.parsed.quantities) != 1:
            continue
        noun = _NOUN.search(row.name)
        known = row.parsed.quantities[0].known
        if noun and known and _contradicts(noun[0], known, row):
            usual = noun[0][0] if _of_things(noun[0]) else _USUAL.get(noun[0], "立方米、千瓦时、吨")
            yield Flag(
                row.at("target"),
                f"{row.place}说的是“{noun[0]}”，指标值{wording.quoted(row.target)}的单位却是“{row.parsed.quantities[0].measure}”。",
                f"请核对：是“{noun[0]}”的，单位写“{usual}”一类；数和单位没有错的，请改名称。",
            )


def _contradicts(noun: str, known: Measure, row: Row) -> bool:
    """Tell whether a measure is of another sort than the noun; 万 alone may be of either."""
    if row.parsed.kind not in {"number", "range"} or not known.exact:
        return False
    word = known.standard.partition("/")[0]
    word = word if word in _EITHER else word.lstrip("十百千万亿")
    if word in _EITHER:
        return False
    foreign = _OF_THINGS if _of_things(noun) else _FOREIGN.get(noun, _OF_QUANTITIES)
    if _of_things(noun) and word == "分":  # 份, misheard
        return True
    return known.dimension in foreign or word in _FOREIGN_WORDS.get(noun, ())


def _of_things(noun: str) -> bool:
    """Tell whether a noun is a measure and 数: 株数, 页数."""
    return noun[1:] == "数" and noun not in _FOREIGN
