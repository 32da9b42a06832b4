"""实施单位用了简称。

检查什么
实施单位的名称是主管部门全称去掉前面地名等剩下的部分，或只写“县文化馆”“本馆”“财政局”而没有地名，即用了简称。
为什么
汇总按单位全称归并，“机关事务管理局”每个县都有，简称分不清是哪一个。
怎么改
改为单位全称，与公章和预算批复一致。
例
主管部门“和政县机关事务管理局”，实施单位写“机关事务管理局”。
依据
2024 年县级公开表中实施单位简称与全称并存（已见）；以全称为准的要求待核实
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.patterns import late
from jixiao.rules import Flag, Given, Scope
from jixiao.rules.agencies import known_as

SCOPE: Scope = "document"
FORMS = ("project_target",)
SEVERITY: Severity = "warning"
NEEDS = ("/department", "/agency")
PARAMETERS: dict[str, Any] = {}
SUPERSEDES: tuple[str, ...] = ()
ON = True
_PLACED = late(
    r"^(?:[\u4e00-\u9fff]{2,}?(?<!城)(?:省|市|县|区|州|旗|盟|乡|镇|街道)|[^\W本我该各全某省市县区]县(?![级直]))"  # 礼县
)
_WITHOUT_PLACE = late(
    r"^(?:[局委厅院]?(?:机关|本级)$|[本我](?:局|馆|院|校|所|站|办|中心|单位|部门)$|[县市区][\u4e00-\u9fff]{2,12}(?:局|馆|委员会|办公室)$|县[\u4e00-\u9fff]{1,12}(?:中心|站|所|处|院|队)$|[\u4e00-\u9fff]{2,10}(?:局|馆|委员会)$"
    r"|[县市区](?:残联|妇联|科协|文联|工商联|总工会|团委|供销社|残疾人联合会|妇女联合会)$"
    r"|(?:旅游|农村|农业|机关|政务|社会|医疗|疾病|妇幼|教育|就业|住房|公路|水利|水土|林业|草原|动物|畜牧|植物|土地|不动产|信息|财政|审计|统计|应急|市场|质量|食品"
    r"|药品|环境|园林|环卫|市政|城市|公共|文化|广播|档案|人才|退役|救助|残疾|殡葬|招商|投资|科技|粮食|气象|防汛|国库|会计|预算|价格|法律|信访|综合)"
    r"[\u4e00-\u9fff]{0,10}(?:中心|总站|监督所|管理所|大队)$)"
)


def check(document: Document, _given: Given) -> Iterator[Flag]:
    """Flag an agency whose name is a proper end of its department's, or lacks the place that its department's has."""
    agency, department = document.values["agency"], document.values["department"]
    short, full = known_as(agency), known_as(department)
    if short and short != full and full.endswith(short):
        yield Flag(
            "/agency",
            f"实施单位{wording.quoted(agency)}是简称，主管部门写的是{wording.quoted(department)}。",
            f"请写单位全称；如果就是主管部门本身，写“{department}”。",
        )
    elif short != full and _WITHOUT_PLACE.match(short) and _PLACED.match(full) and not _PLACED.match(short):
        yield Flag(
            "/agency",
            f"实施单位{wording.quoted(agency)}是简称，没有写是哪里的单位。",
            "请写单位全称，与公章一致，前面写上地名。",
        )
