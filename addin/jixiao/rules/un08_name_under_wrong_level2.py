"""三级指标与二级指标不配。

检查什么
整体表里常见的三级指标，是不是放在它该在的二级指标下面。
为什么
放错了地方，多半是复制时错了一行，或少填了一行。
怎么改
移到该在的二级指标下面，原处补上该有的指标。
例
“绩效指标明确性”放在“预算编制”下面，它属于“目标设定”。
依据
整体支出评价的通行框架（下两级见于真实表格，已见；归属待核实）
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jixiao.model import Document, Severity
from jixiao.rules import Flag, Given, Scope
from jixiao.values import key

SCOPE: Scope = "document"
FORMS = ("agency_overall",)
SEVERITY: Severity = "warning"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {}
SUPERSEDES: tuple[str, ...] = ()
ON = True
_HOMES = {
    "计划制定": ("工作计划制定健全性", "工作计划健全性", "工作计划制定合理性"),
    "目标设定": ("绩效目标合理性", "绩效指标明确性", "绩效目标明确性", "绩效目标设定合理性"),
    "预算编制": ("预算编制科学性", "预算编制合理性", "预算编制准确性", "预算编制完整性", "预算编制规范性"),
    "预算执行": ("预算完成率", "预算执行率", "预算调整率", "支付进度率", "结转结余率", "结转结余变动率"),
    "财务管理": ("资金使用合规性", "资金使用规范性", "财务制度健全性", "财务管理制度健全性"),
    "资金投入": ("基本支出预算执行率", "项目支出预算执行率"),
    "采购管理": ("政府采购执行率", "政府采购规范性"),
    "人员管理": ("在职人员控制率",),
    "资产管理": ("资产管理规范性", "资产管理安全性", "固定资产利用率"),
}
_ALSO = {
    "预算执行": {"资金投入", "预算管理", "预算执行率", "预算配置", "资金管理", "支出管理"},
    "资金投入": {
        "预算执行",
        "预算管理",
        "预算执行率",
        "预算配置",
        "资金管理",
        "支出管理",
        "财务管理",
        "预算编制",
    },
    "财务管理": {"资金管理", "预算管理", "资金投入", "制度管理"},
    "人员管理": {"预算配置", "资源配置", "机构人员管理"},
    "目标设定": {"目标管理", "绩效管理", "绩效目标"},
    "计划制定": {"计划管理", "工作计划"},
    "预算编制": {"预算管理", "预算配置"},
}
_HOME_OF = {key(name): home for home, names in _HOMES.items() for name in names}


def check(_document: Document, given: Given) -> Iterator[Flag]:
    """Flag a well-known name under another well-known level 2; level 2 words that are not listed may hold anything."""
    for row in given.rows:
        home = _HOME_OF.get(key(row.name))
        if home and row.level2 in _HOMES and row.level2 != home and row.level2 not in _ALSO.get(home, ()):
            yield Flag(
                row.at("name"),
                f"{row.place}属于“{home}”，现在放在“{row.level2}”下面。",
                f"请移到“{home}”下面；“{row.level2}”下面补上该有的指标，如“{_HOMES[row.level2][0]}”。",
            )
