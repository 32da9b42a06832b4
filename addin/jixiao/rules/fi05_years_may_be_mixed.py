"""跨年项目的金额要分清年度数和总数。

检查什么
项目期跨几个年度时，提示年度资金总额只填本年度的数。只作提示，不拿总投资与年度数比较。
为什么
不同年度、不同阶段的金额不能互相比较，也不能混着填。
怎么改
核对年度资金总额是不是只有本年度的预算；总投资写在附件或说明里。
例
项目期“2024—2026年”，年度资金总额应当只填 2024 年的预算。
依据
2015 年口径的表分列中期资金总额和年度资金总额（待核实）；不比较不同年度的金额（已见）
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import Flag, Given, Scope

SCOPE: Scope = "document"
FORMS = ("project_target",)
SEVERITY: Severity = "hint"
NEEDS = ("/total_funds",)
PARAMETERS: dict[str, Any] = {}
SUPERSEDES: tuple[str, ...] = ()
ON = True
_YEAR = re.compile(r"20\d\d")
_LENGTH = re.compile(r"(?<!\d)(?:[2-9]|[1-9]\d|[二两三四五六七八九十])\s*年(?!\s*\d{1,2}\s*月)")


def check(document: Document, _given: Given) -> Iterator[Flag]:
    """Hint at the yearly figure where the project runs for several years; amounts are never compared."""
    period = document.values.get("project_period") or ""
    years = set(_YEAR.findall(period))
    if len(years) > 1 or (not years and _LENGTH.search(period)):
        total = document.values["total_funds"]
        yield Flag(
            "/total_funds",
            f"项目期{wording.quoted(period)}跨几个年度，年度资金总额填的是 {total} 万元。",
            "请核对这里只填了本年度的预算，不是整个项目期的总投资。",
        )
