"""百分比写成了小数。

检查什么
比率的指标值是不是写成了 0.95 这样的小数；每万人、每十万人的死亡率、发病率不算。
为什么
0.95 和 95% 是同一个值，写法不一，汇总和公开时看着像两个数。
怎么改
统一写成百分比：≥95%。
例
“干部职工满意度”指标值写“0.95”。
依据
表格里百分比格式的 95% 存的是 0.95（表格程序的通行做法，已见）
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import ALL_FORMS, Flag, Given, Scope
from jixiao.rules.names import is_of_many, is_rate
from jixiao.values import canonical

SCOPE: Scope = "document"
FORMS = ALL_FORMS
SEVERITY: Severity = "hint"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {}
SUPERSEDES = ("VA01", "VA04", "SA01")
ON = True


def check(_document: Document, given: Given) -> Iterator[Flag]:
    """Hint at a rate between 0 and 1 without a measure; the value is taken for the percentage that it is."""
    for row in given.rows:
        parsed = row.parsed
        if parsed.kind != "number" or parsed.measure or parsed.value is None or not is_rate(row.name):
            continue
        if 0 < Decimal(parsed.value) <= 1 and not is_of_many(row.name):
            percent = f"{parsed.operator or ''}{canonical(Decimal(parsed.value) * 100)}%"
            yield Flag(
                row.at("target"),
                f"{row.place}的指标值{wording.quoted(row.target)}是小数，意思是 {percent}。",
                f"请写成百分比，如“{percent.replace('=', '＝') if parsed.operator else '≥' + percent}”。",
            )
