"""三级指标的名称里写了数字。

检查什么
三级指标的名称里有没有数量、百分比、期间（70辆、48人、列养率100%、2024年1-12月）；专有名称里的数字（12345热线、5G、2型、24小时、80至89岁）不算。
为什么
数字是指标值，写进名称以后，值变了名称也得改，还容易和指标值互相矛盾。
怎么改
把数字移到指标值里：劳务派遣48人 → 劳务派遣人数，指标值“≤48人”。
例
三级指标“劳务派遣48人”；三级指标“2024年1-12月”。
依据
2024 年县级公开表有这样的实例（已见）
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import ALL_FORMS, Flag, Given, Scope
from jixiao.rules.rows import Row

SCOPE: Scope = "document"
FORMS = ALL_FORMS
SEVERITY: Severity = "warning"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {}
SUPERSEDES: tuple[str, ...] = ()
ON = True
_DIGIT = re.compile(r"\d")
_COUNT = re.compile(
    r"(?<![A-Za-z0-9第])\d+(?:\.\d+)?(?:万|千|亿)?(?:余|多)?(?:辆|人次|人|部|块|顶|台|套|栋|幢|座|间|个(?!月以|工作日)|项|名|户|家|所|处|条|批次|批|期|场|亩|公顷|公里|千米"
    r"|平方米|平米|立方米|吨|万元|亿元|元|盏|株|棵|册|份|篇|艘|架|公斤|千瓦)|(?<=[率度例重])[（(]?(?:达到?|不低于|[≥=])?\d+(?:\.\d+)?%(?:以上|以内)?[)）]?$"
    r"|(?<![A-Za-z0-9第])\d+(?:[场批人]?次|[块口眼只头张根支组米天期班])[)）]?$"
)
_SIZES = ("平方米", "平米", "立方米", "吨", "公斤", "千瓦")
_PERIOD = re.compile(r"\d{1,2}(?:月)?[-~—–至到]\d{1,2}月(?!龄)|(?:19|20)\d\d年\d{1,2}月")
_PROPER = re.compile(
    r"(?<!\d)\d+(?:平方米|平米|立方米|毫米|米|座|吨|升|英?寸|千瓦|马力|公斤)(?:及?以[上下])?[\u4e00-\u9fff]{1,8}(?:数量|台数|辆数|套数|顶数|[采购]购量)$|第\d+|百元|万元(?!以)|每\d+|(?<!\d)\d+(?:万)?(?:人|元|个|户|台|套|平方米)(?:以上|以下|及以上)"
)


def _is_size(found: str, row: Row) -> bool:
    """Tell whether a number in a name says how large each of the counted things is: 新建200立方米蓄水池 ≥6座."""
    known = row.parsed.quantities[0].known if row.parsed.kind == "number" else None
    return known is not None and known.dimension == "things" and found.endswith(_SIZES)


def check(_document: Document, given: Given) -> Iterator[Flag]:
    """Flag a quantity or a period inside a name."""
    if not _DIGIT.search(given.named):
        return
    for row in given.rows:
        if not _DIGIT.search(row.name):
            continue
        name = unicodedata.normalize("NFKC", row.name)
        found = _PERIOD.search(name) or (None if _PROPER.search(name) else _COUNT.search(name))
        if found and not _is_size(found[0], row):
            yield Flag(
                row.at("name"),
                f"{row.place}的名称里写了{wording.quoted(found[0])}，数字应当写在指标值里。",
                "请从名称中去掉数字，写进指标值，名称只说考核什么。",
            )
