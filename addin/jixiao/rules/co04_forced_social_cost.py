"""社会成本、生态环境成本像是硬凑的。

检查什么
社会成本、生态环境成本说的是项目给社会和环境带来的负面影响和代价（噪声、扬尘、污染、纠纷、占用、废弃物、能耗等），所填的是不是这些。
为什么
表上印了这两行，没有这类成本的项目往往硬凑，结果把成效、数量写成了成本。
怎么改
没有这类成本请写“不涉及”，不必编造；原来的内容移到合适的类别。
例
社会成本指标写“节约用电”，生态环境成本指标写“设备正常运行”。
依据
两类成本指负面影响（待核实）；2024 年县级公开表 16 行都不是成本（已见）
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jixiao.model import Document, Severity
from jixiao.rules import Flag, Given, Scope
from jixiao.rules.names import harms

SCOPE: Scope = "document"
FORMS = ("project_target",)
SEVERITY: Severity = "hint"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {"more": ()}
SUPERSEDES: tuple[str, ...] = ()
ON = True


def check(_document: Document, given: Given) -> Iterator[Flag]:
    """Hint at rows of social and ecological cost that speak of no harm."""
    for row in given.rows:
        if row.level2 not in {"社会成本指标", "生态环境成本指标"}:
            continue
        if not harms(row.name) and not any(word in row.name for word in given.parameters["more"]):
            yield Flag(
                row.at("name"),
                f"{row.place}不像是{row.level2.removesuffix('指标')}：这里写项目给社会或环境带来的代价。",
                "没有这类成本请写“不涉及”，不必编造；这一行请移到合适的类别。",
            )
