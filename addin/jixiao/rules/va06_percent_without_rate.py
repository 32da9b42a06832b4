"""名称不是比率，指标值却写了百分比。

检查什么
指标值是百分比，三级指标的名称却不是率、度、比例，也不是增减幅度。
为什么
“树立良好形象 ≥95%”不知道是什么的百分之九十五，没法计算。
怎么改
把名称改成比率，如“出车准时率”“成本控制率”；或把指标值改成次数、金额等。
例
“保障各单位用车正常运转 95%”；“后勤服务工作规范性 100%”。
依据
2024 年县级公开表有这样的实例（已见）
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import ALL_FORMS, Flag, Given, Scope
from jixiao.rules.names import is_growth, is_rate

SCOPE: Scope = "document"
FORMS = ALL_FORMS
SEVERITY: Severity = "warning"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {"growth_up_to": 50}
SUPERSEDES = ("VA01", "VA09")
ROW_SUPERSEDES = ("IN04",)
ON = True
_RATE_INSIDE = re.compile(
    r"(?:率|比例|占比|比重|满意|可用性|可靠性|融资成本|系数|安全感|获得感|幸福感|认同感|指数|程度|完成情况|到位情况|进度|浓度|湿度|含量|纯度|坡度|电量|压实度|密实度|郁闭度|盖度|饱和度|水平|面积占|强度|通达度|免疫密度|保险深度|资助面|救助面|受益面|惠及面|参保面|比$|度(?<![制力速温长高态深宽厚年季额角尺跨]度)$|（%|\(%|达标情况|执行情况|合格情况)"
)


def check(_document: Document, given: Given) -> Iterator[Flag]:
    """Flag a percentage on a name that is no rate; a change up to the parameter may be one."""
    for row in given.rows:
        parsed = row.parsed
        if (
            parsed.measure != "%"
            or parsed.value is None
            or is_rate(row.name)
            or row.level2.startswith(row.name)  # no name at all: IN03
            or _RATE_INSIDE.search(row.name)
        ):
            continue
        if row.is_satisfaction or (
            is_growth(row.name) and abs(Decimal(parsed.value)) <= given.parameters["growth_up_to"]
        ):
            continue
        yield Flag(
            row.at("target"),
            f"{row.place}不是比率，指标值却写了百分比{wording.quoted(row.target)}，不知道是什么的百分之几。",
            "请把名称改成比率，如“……率”“……比例”；或把指标值改成次数、金额、时间等。",
            after=(("IN11", row.at("name")),),
        )
