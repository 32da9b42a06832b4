"""经济成本指标不是成本。

检查什么
经济成本指标（2015 年口径的成本指标）是不是金额、单位成本、成本控制率，或“不超预算”一类的说法。
为什么
经济成本说的是花多少钱，写成数量、时间、满意度，就没有人管花钱了。
怎么改
写总成本“≤100万元”、单位成本“≤2.86万元/辆·年”或成本控制率“≤100%”。
例
经济成本指标写“各单位后勤服务满意度 ≥95%”“7个工作日内缴纳”“70辆”。
依据
2024 年县级公开表有这样的实例（已见）
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import Flag, Given, Scope
from jixiao.rules.names import is_rate
from jixiao.rules.rows import Row

SCOPE: Scope = "document"
FORMS = ("project_target",)
SEVERITY: Severity = "warning"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {}
SUPERSEDES = ("CO02", "VA01", "VA02", "VA06", "VA15")
ROW_SUPERSEDES = ("IN04",)
ON = True
_OF_COST = "金 费 救助 抚恤 供养 补偿 奖励 奖补 资助 报酬 工资 薪酬"
# Each begins with a letter: the engine looks for these first.
_COST = re.compile(
    r"成本|控制价|费用|费率|控制率|节约|节支|预算|概算|造价|价$|单价|超支|结余|投资|价格|定额|限额|经费|资金标准"
    r"|补[贴助](?:标准|(?:资金)?(?:测算)?比例)|保费|贴息|利率|审减|核减|下浮|报销比例|配套比例|分担比例|支出|费(?:占比)?$|"
    + "|".join(f"{one}[^率]{{0,4}}(?:标准|比例)$" for one in _OF_COST.split())
)
_IN_KIND = re.compile(r"能耗|油耗|耗电|耗水|用电|用水|用油|用气|消耗|耗材|工时|人工|用料")
_TIMES_OF = re.compile(r"(?:标准|工资|收入|水平|费用|单价|定额)的?\d+(?:\.\d+)?倍")
_MONEY = re.compile(r"[千万百亿]*元")
_LIMIT = re.compile(r"预算|实际|据实|工程款|概算|合同|定额|限额|标准|市场|上年|中标|批复|计划|审定|结算")


def check(_document: Document, given: Given) -> Iterator[Flag]:
    """Flag economic cost rows that are neither money, a unit cost, a rate of cost, nor a known ceiling."""
    for row in given.rows:
        if row.level2 in {"经济成本指标", "成本指标"} and not _is_cost(row):
            yield Flag(
                row.at("target"),
                f"{row.place}放在{row.level2}里，指标值{wording.quoted(row.target)}说的却不是花多少钱。",
                "请写总成本、单位成本或成本控制率，如“≤100万元”“≤400元/人·天”“≤100%”；这一行移到合适的类别。",
            )


def _is_cost(row: Row) -> bool:
    if row.parsed.kind == "number" and row.parsed.measure is None:
        return True  # of what it is so much, nobody knows: VA04 asks
    dimensions = {one.known.dimension for one in row.parsed.quantities if one.known}
    costly = bool(_COST.search(row.name))
    if "money" in dimensions or any(_MONEY.match(one.measure or "") for one in row.parsed.quantities):
        return costly or not is_rate(row.name)
    if "other" in dimensions and _TIMES_OF.search(row.target):
        return True  # 不低于低保标准的1.3倍
    if row.parsed.kind == "text":
        return costly  # how much, nobody knows: VA02 asks
    if "rate" in dimensions or not row.parsed.measurable:
        return costly and ("rate" in dimensions or bool(_LIMIT.search(row.target)))
    return bool(_IN_KIND.search(row.name)) or (costly and not dimensions)
