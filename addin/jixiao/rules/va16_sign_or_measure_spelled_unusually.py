"""比较符或单位的写法不规范。

检查什么
比较符是不是打成了 >=、<=、≧、》=、═ 等，单位是不是写成了平米、m2、百分比等，比较符后面是不是又写了“以上”“以内”。全角的“＝”不算：单元格以半角 = 开头会变成公式。
为什么
写法不一，查找和归并对不上，导入系统时也认不出。
怎么改
按建议改写，意思不变。
例
“>=95%”应为“≥95%”；“1200平米”应为“1200平方米”；“≥95%以上”应为“≥95%”。
依据
申报系统的比较符为 ≥ ≤ = > <（已见）；法定计量单位的名称（待核实）
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from jixiao import wording
from jixiao.model import Document, Fix, Severity
from jixiao.rules import ALL_FORMS, Flag, Given, Scope
from jixiao.rules.rows import Row
from jixiao.rules.tidying import tidy
from jixiao.values import is_mere

SCOPE: Scope = "document"
FORMS = ALL_FORMS
SEVERITY: Severity = "hint"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {}
SUPERSEDES = ("ST11",)
ON = True
# Each begins with a letter or sign: the engine looks for these first. ≥95%以上 has two limits where one will do.
_LIMITED = r"\s?\d[^\n以]{0,12}以"
_BEHIND = ("以上", "以内", "以下")
_SUSPECT = re.compile(
    r"=\s*[>＞<＜]|＝\s*[>＞<＜]|>\s*[=＝]|＞\s*[=＝]|<\s*[=＝]|＜\s*[=＝]|》\s*[=＝]|《\s*[=＝]|≧|≦|⩾|⩽|═|平米|百分比|平方(?=/|$)"
    r"|m(?<=\dm)[2²]|M(?<=\dM)[2²]|K(?<=\dK)[GgMm]$"
    rf"|≥{_LIMITED}上$|≤{_LIMITED}[内下]$|不[低少]于{_LIMITED}上$",
    re.MULTILINE,
)
_REPLACE = (
    (re.compile(r"[>＞》]\s*[=＝]|[=＝]\s*[>＞]|[≧⩾]"), "≥"),
    (re.compile(r"[<＜《]\s*[=＝]|[=＝]\s*[<＜]|[≦⩽]"), "≤"),
    (re.compile(r"平米|(?<=\d)[mM][2²]|平方(?=/|$)"), "平方米"),
    (re.compile(r"═"), "＝"),
    (re.compile(r"(?<=\d)百分比"), "%"),
    (re.compile(r"(?<=\d)(?:KG|Kg)$"), "千克"),
    (re.compile(r"(?<=\d)(?:KM|Km)$"), "公里"),
    (re.compile(r"((?:≥|不[低少]于)\d.{0,12}?)(?:[及或]|[（(]含[)）])?以上$"), r"\1"),
    (re.compile(r"(≤\d.{0,12}?)(?:[及或]|[（(]含[)）])?以[内下]$"), r"\1"),
)


def check(document: Document, given: Given) -> Iterator[Flag]:
    """Flag unusual spellings of signs and measures in a target that is a number, with the usual one as a fix."""
    typed = [raw for raw in document.raw.values() if isinstance(raw, str)]
    if not _SUSPECT.search("\n".join((given.stated, *typed))):
        return
    for row in given.rows:
        raw = document.raw.get(row.at("target"), row.target)
        after = _usual(raw) if isinstance(raw, str) else raw
        if isinstance(raw, str) and isinstance(after, str) and after != raw and _is_plain(row):
            yield Flag(
                row.at("target"),
                f"{row.place}的指标值{wording.quoted(raw)}写法不规范。",
                f"请改为{wording.quoted(after)}，意思不变。",
                fix=Fix(raw, after),
            )


def _is_plain(row: Row) -> bool:
    """Tell whether every measure of a target is known: another spelling of one that is no measure would be none either.

    Of ≥2名副高以上 the last word says who, not how many.
    """
    quantities, whole = row.parsed.quantities, row.target.endswith(_BEHIND)
    return bool(quantities) and all(
        not one.measure or (is_mere(one.measure) if whole else one.known) for one in quantities
    )


@lru_cache(maxsize=1024)
def _usual(text: str) -> str:
    """Return a target with the usual signs and measures; without an unusual one it stays as it is."""
    if not _SUSPECT.search(text):
        return text
    usual = plain = tidy(text, target=True)
    for pattern, right in _REPLACE:
        usual = pattern.sub(right, usual)
    return text if usual == plain else usual
