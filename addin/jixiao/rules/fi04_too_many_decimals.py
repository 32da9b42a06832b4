"""金额的小数超过六位。

检查什么
单元格里的金额换算成万元后，小数是不是超过六位。
为什么
万元保留六位已经精确到分，再多的位数是除法留下的，合计时会差出零头。
怎么改
用四舍五入把金额改为最多六位小数，并使三项来源之和等于总额。
例
33.3333333333333 应为 33.333333。
依据
万元金额保留六位小数（某单位填报说明，已见）
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from jixiao import wording
from jixiao.model import CellValue, Document, Severity
from jixiao.rules import ALL_FORMS, Flag, Given, Scope
from jixiao.rules.amounts import money_fields
from jixiao.values import decimal, exact

SCOPE: Scope = "document"
FORMS = ALL_FORMS
SEVERITY: Severity = "hint"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {}
SUPERSEDES: tuple[str, ...] = ()
ON = True
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def check(document: Document, _given: Given) -> Iterator[Flag]:
    """Flag amounts that reading had to round to six decimals of 万元."""
    for field, title in money_fields(document.form):
        pointer = f"/{field}"
        raw = document.raw.get(pointer)
        if raw is None or (isinstance(raw, int | float) and round(raw, 2) == raw):
            continue  # two decimals are few enough in either unit
        typed = _typed(raw)
        amount = None if typed is None else decimal(document.values.get(field))
        if amount is None or typed is None or pointer in document.faults:
            continue
        if all(typed.scaleb(shift) != amount for shift in range(-4, 5)):
            yield Flag(
                pointer,
                f"{title}{wording.quoted(typed)}换算成万元后小数超过六位，本次按 {amount} 万元核对。",
                f"请四舍五入，改为最多六位小数，如 {amount} 万元。",
            )


def _typed(raw: CellValue) -> Decimal | None:
    """Return the number in the cell, whatever its unit; `None` where it is said in pieces, as in 1亿2000万元."""
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int | float):
        return exact(raw)
    if isinstance(raw, str):
        found = _NUMBER.findall("".join(unicodedata.normalize("NFKC", raw).replace(",", "").split()))
        return Decimal(found[0]) if len(found) == 1 else None
    return None
