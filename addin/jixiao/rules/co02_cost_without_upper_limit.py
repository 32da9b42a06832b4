"""成本指标用了下限。

检查什么
成本指标的指标值是不是用了“≥”“>”“不低于”。成本节约率、废物处置率这类越多越好的比率不算，低保、补助标准这类法定的最低标准也不算。
为什么
成本要设上限，用下限等于鼓励多花钱。
怎么改
改为“≤”；不是成本的指标移到别的类别。
例
“劳务派遣48人 >135万元”“工作认知度的持续影响 ≥98%”。
依据
成本只设上限（运行中的申报系统，已见）；2024 年县级公开表有这样的实例（已见）
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import Flag, Given, Scope
from jixiao.rules.costs import is_due
from jixiao.rules.names import harms
from jixiao.rules.rows import Row

SCOPE: Scope = "document"
FORMS = ("project_target",)
SEVERITY: Severity = "warning"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {}
SUPERSEDES = ("VA09", "VA10")
ROW_SUPERSEDES = ("CO04",)
ON = True
_NO_COST = "这不像是项目给社会或环境带来的代价，请移到合适的类别；没有这类成本请写“不涉及”，不必编造。"
_GOOD = re.compile(
    r"(?:节约|节支|执行|下浮|审减|核减|下降|降低|减少|压减|处置|处理|回收|治理|达标|利用|合规|替代|分类|覆盖|恢复|无害化|回覆|回填|剥离|复垦|复绿|收集)(?:率|额|比例)?$"
)


def check(_document: Document, given: Given) -> Iterator[Flag]:
    """Flag cost rows with a lower limit, but for rates that grow with thrift."""
    for row in given.rows:
        lower = row.is_cost and any(one.operator in {"≥", ">"} for one in row.parsed.quantities)
        if lower and not _GOOD.search(row.name) and not is_due(row):
            yield Flag(
                row.at("target"),
                f"{row.place}在{row.level2}里，指标值{wording.quoted(row.target)}却是下限。",
                "成本要写上限，请改用“≤”；如果不是成本，请移到别的类别。" if _is_cost(row) else _NO_COST,
            )


def _is_cost(row: Row) -> bool:
    """Tell whether a row may be a cost at all, so that an upper limit is what it lacks."""
    if row.level2 not in {"社会成本指标", "生态环境成本指标"} or harms(row.name):
        return True
    return any(one.known and one.known.dimension == "money" for one in row.parsed.quantities)
