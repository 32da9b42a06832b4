"""同一个数在两类指标里各写了一遍。

检查什么
成本指标和产出指标里，有没有金额（或较大的数量）完全相同的两行，即同一件事写了两遍。
为什么
同一件事考核两次，等于少了一个指标；成本也不是产出。
怎么改
是金额的留在成本指标，产出换成用电量、维修次数、接待人次等；是人数、次数的留在产出指标，成本换成金额。
例
经济成本指标“全年用电费用”≤175万元，数量指标“全年费用”≤175万元。
依据
2024 年县级公开表有这样的实例（已见）
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import Flag, Given, Scope
from jixiao.rules.rows import Row

SCOPE: Scope = "document"
FORMS = ("project_target",)
SEVERITY: Severity = "warning"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {"smallest": 100}
SUPERSEDES = ("IN07",)
ON = True


def check(document: Document, given: Given) -> Iterator[Flag]:
    """Flag an output row that states the very quantity of a cost row: money, or a count from the smallest on."""
    costs = {_quantity(row, given): row for row in reversed(given.rows) if row.is_cost}
    for row in given.rows:
        if row.is_cost or row.level1 != "产出指标":
            continue
        other = costs.get(_quantity(row, given)) if _quantity(row, given) else None
        if other:
            yield Flag(
                row.at("name"),
                f"{row.place}的指标值{wording.quoted(row.target)}与{other.level2}{wording.quoted(other.name)}"
                f"（{document.cell(other.at('target'))}）相同，同一件事写了两遍。",
                f"请保留一行，{row.level2}换成真正的产出，如用量、次数、人次、面积。"
                if _is_money(row)
                else f"这一行可以保留；{other.level2}里的一行不是成本，请换成真正的成本，确实没有的写“不涉及”。",
            )


def _is_money(row: Row) -> bool:
    known = row.parsed.quantities[0].known
    return known is not None and known.dimension == "money"


def _quantity(row: Row, given: Given) -> tuple[Decimal, str] | None:
    """Return a row's number and measure where they are telling enough to compare."""
    parsed = row.parsed
    if parsed.value is None or parsed.measure is None:
        return None
    known, number = parsed.quantities[0].known, Decimal(parsed.value)
    if known is None or known.dimension in {"rate", "time"}:
        return None
    if known.dimension != "money" and number < given.parameters["smallest"]:
        return None
    return number, parsed.measure
