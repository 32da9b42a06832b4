"""三级指标照抄二级指标或总体目标。

检查什么
三级指标是不是就是二级指标的名称，或整句照抄总体目标（名称里绝大部分字就是一条目标）。
为什么
三级指标要比二级指标和目标更具体，照抄以后没有可以考核的内容。
怎么改
写成能量出来的名称，如“年检合格率”“出车次数”。
例
总体目标“树立良好的政府形象”，三级指标也写“树立良好的政府形象”。
依据
2024 年县级公开表有这样的实例（已见）
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import ALL_FORMS, Flag, Given, Scope
from jixiao.rules.examples import here
from jixiao.values import key

SCOPE: Scope = "document"
FORMS = ALL_FORMS
SEVERITY: Severity = "warning"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {"share": 0.8}
SUPERSEDES: tuple[str, ...] = ()
ROW_SUPERSEDES = ("IN04",)
ON = True
_LIKE = {
    "经济成本指标": "维修总成本",
    "成本指标": "维修总成本",
    "社会成本指标": "施工噪声投诉次数",
    "生态环境成本指标": "建筑垃圾产生量",
    "质量指标": "维修验收合格率",
    "时效指标": "维修完成及时率",
    "经济效益指标": "维修费用下降率",
    "社会效益指标": "受益群众人数",
    "生态效益指标": "用电量下降率",
    "可持续影响指标": "设备使用年限",
    "服务对象满意度指标": "受益群众满意度",
}


def check(document: Document, given: Given) -> Iterator[Flag]:
    """Flag a name that is its level 2, or that a goal makes up at least the share of."""
    goals = [(number, key(goal)) for number, goal in enumerate(document.values["goals"] or ()) if goal]
    longest = max((len(row.key) for row in given.rows), default=0)
    goals = [(number, goal) for number, goal in goals if goal and len(goal) <= longest]
    for row in given.rows:
        name = row.key
        if name in _names_of(row.level2):
            yield Flag(
                row.at("name"),
                f"{row.place}的名称就是二级指标的名称，没有说明考核什么。",
                f"请写具体的名称，说清考核的是什么，如“{_LIKE.get(row.level2, '维修次数')}”。"
                + here(document, given, row.number),
            )
            continue
        for number, goal in goals:
            if goal in name and len(goal) >= given.parameters["share"] * len(name):
                yield Flag(
                    row.at("name"),
                    f"{row.place}照抄了目标{number + 1}{wording.quoted(document.at(f'/goals/{number}'))}，没有说明怎样考核。",
                    "请写成能量出来的名称，指标值写上数字和单位。" + here(document, given, row.number),
                )
                break


@lru_cache(maxsize=1024)
def _names_of(level2: str) -> frozenset[str]:
    """Return a level 2 word for comparison, and the same without 指标."""
    return frozenset((key(level2), key(level2.removesuffix("指标"))))
