"""指标放错了类别。

检查什么
按名称和指标值看，指标是不是放错了二级指标：满意度不在满意度指标里，“……率”“及时”放在数量指标里，费用和成本放在成本指标以外，合格率放在经济效益指标里，数量放在时效指标里，及时和时限放在质量指标里，人次、次数放在成本指标里。
为什么
放错类别，计分时会算到另一类，该有的那一类反而是空的。
怎么改
把这一行移到合适的二级指标下面，或换成这一类该有的指标。
例
数量指标“资金使用率”；质量指标“及时年检、维修”≤30分钟；经济成本指标“各单位后勤服务满意度”。
依据
各类指标的含义（2024 年县级公开表有放错的实例，已见）；归类细则待核实
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import Flag, Given, Scope
from jixiao.rules.examples import under
from jixiao.rules.names import harms, is_growth, is_rate
from jixiao.rules.rows import Row

SCOPE: Scope = "document"
FORMS = ("project_target",)
SEVERITY: Severity = "warning"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {}
SUPERSEDES = ("CO04",)
ROW_SUPERSEDES = ("CO02", "CO03", "SA02")
ON = True
_TIMELY = re.compile(r"及时(?!雨)|按时|准时|按期|时限|时效")
_COST = re.compile(r"(?:成本|费用|经费|费|支出|造价|投资额|金额)$")
_MAY_BE_QUANTITY = re.compile(
    r"(?:覆盖|完成|占|接种|达到|普及|参保|入学|开工|建成|实施|落实|巡查|检查|监测|抽检|抽查|签约|纳入|配备|配置|改造|执行|管理|参与|保障|投放|供给|供应|兑现|开展|任务|资助|救助).{0,4}(?:率|比例|面|比重)$"
)
_PRICE = re.compile(r"(?:成本|费用|单价|造价|支出)$")
_QUALITY = re.compile(r"(?:合格|验收通过)率$")
_COUNT = re.compile(r"(?:数量|个数|件数|台数|面积|里程|场次)$")
_LASTING = re.compile(r"利用率|年限|寿命|时长|周期|质保|保质期|保修")
_OUTPUTS = ("数量指标", "质量指标", "时效指标")
_PEOPLE_OR_TIMES = ("people", "times")


def check(document: Document, given: Given) -> Iterator[Flag]:
    """Flag rows whose name or value belongs to another category; one flag for each row."""
    for row in given.rows:
        right, why = _right(row)
        if right:
            shown = under(document, given, row.level2, row.number)
            instead = f"{row.level2}可写：{shown}。" if shown else ""
            yield Flag(
                row.at("name"),
                f"{row.place}（{wording.quoted(row.target)}）{why}，现在放在{wording.quoted(row.level2)}里。",
                f"请移到{right}下面；{row.level2}里请换成这一类该有的指标，确实没有的写“不涉及”。{instead}",
            )


def _right(row: Row) -> tuple[str, str]:
    """Return where a row belongs and why, `("", "")` where it may stand as it is."""
    if "满意度" in row.name or "满意率" in row.name:
        return ("", "") if row.is_satisfaction else ("满意度指标", "问的是满意度")
    if row.is_cost:
        return _right_of_cost(row)
    if _dimension(row) == "money" and _is_spent(row):
        return "成本指标", "说的是花多少钱"
    return _right_of_output(row)


def _right_of_cost(row: Row) -> tuple[str, str]:
    counted = _dimension(row) in _PEOPLE_OR_TIMES and _is_plain(row)
    timely = not counted and bool(_TIMELY.search(row.name)) and not row.name.endswith("费")
    if not (counted or timely) or harms(row.name):
        return "", ""
    return ("数量指标", "说的是人数或次数") if counted else ("时效指标", "说的是快慢")


def _right_of_output(row: Row) -> tuple[str, str]:
    if row.level2 == "经济效益指标":
        return ("质量指标", "说的是合格不合格") if _QUALITY.search(row.name) else ("", "")
    if row.level2 not in _OUTPUTS:
        return "", ""
    timely = bool(_TIMELY.search(row.name) or _TIMELY.search(row.target))
    right = "", ""
    if row.level2 == "数量指标":
        if timely:
            right = "时效指标", "说的是快慢"
        elif is_rate(row.name) and not _MAY_BE_QUANTITY.search(row.name):
            right = "质量指标", "是一个比率"
    elif row.level2 == "质量指标":
        if timely or (_dimension(row) == "time" and not _LASTING.search(row.name)):
            right = "时效指标", "说的是快慢"
    elif not timely and _dimension(row) != "time" and _COUNT.search(row.name):
        right = "数量指标", "说的是多少"
    return right


def _is_spent(row: Row) -> bool:
    """Tell whether a row outside the costs says what is spent; what a benefit saves is none."""
    if row.level2 in _OUTPUTS:
        return bool(_COST.search(row.name))
    limited = row.parsed.operator in {"≤", "<"}
    return row.level1 == "效益指标" and limited and bool(_PRICE.search(row.name)) and not is_growth(row.name)


def _dimension(row: Row) -> str:
    known = row.parsed.quantities[0].known if len(row.parsed.quantities) == 1 else None
    return known.dimension if known else ""


def _is_plain(row: Row) -> bool:
    known = row.parsed.quantities[0].known
    return known is not None and (not known.per or known.dimension != "money")
