"""计量单位没有写，或写法不对。

检查什么
数字后面有没有计量单位；单位写法是不是通行的（人次，不是人/次；次/辆要写明是一年还是一月）；系数、指数、得分等没有单位的，以及单位写在名称后面括号里的（造林面积（亩））不算。
为什么
“95”是百分之九十五还是九十五次，谁也说不准；单位写法不一，汇总时加不到一起。
怎么改
补上单位；人/次改为人次，万元台改为万元/台，次/辆改为“次/辆·年”。
例
“28000人/次”应为“28000人次”；“100次/辆”应写明“100次/辆·年”。
依据
2024 年县级公开表有这样的实例（已见）
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from jixiao import wording
from jixiao.model import Document, Fix, Severity
from jixiao.patterns import late
from jixiao.rules import ALL_FORMS, Flag, Given, Scope
from jixiao.rules.names import is_of_many, is_rate
from jixiao.rules.rows import Row
from jixiao.rules.tidying import tidy
from jixiao.values import measure_of, respelled

SCOPE: Scope = "document"
FORMS = ALL_FORMS
SEVERITY: Severity = "warning"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {"known": ()}
SUPERSEDES = ("ST11",)
ON = True
_NO_MEASURE = re.compile(
    r"系数|指数|值|比$|比值|倍|得分|评分|排名|名次|位次|等级|级别|评级|分数|PUE|PCI|MQI|PQI|AQI|pH|年份|年度$|编号|率$|郁闭度|盖度|压实度",
    re.IGNORECASE,
)
_IN_NAME = late(r"[（(][≥≤]?\**([^（）()*≥≤]{1,8})[）)]$")
_LETTERS = re.compile(r"[OoIl][OoIl0-9]*[^\W\d_a-zA-Z]")  # 85OO件: letters that look like figures
_PERSON_TIMES = re.compile(r"(人|户|车|批|辆|家|架|件|台)/次")
_NO_PERIOD = re.compile(r"次/(?:辆|台|部)$")
_NO_STROKE = re.compile(
    r"([千万百亿]*元)((?:人次|台|辆|亩|户|件|公里|平方米|座|吨|次|套|株|页|块|支|只|头|份|册|盏|根|棵|条|期|处|栋|间|组|箱)(?:·.+)?)"
)  # 万元台


def check(document: Document, given: Given) -> Iterator[Flag]:
    """Flag numbers without a measure and measures that nobody uses; a plain misspelling carries a fix."""
    for row in given.rows:
        if row.parsed.kind not in {"number", "range"}:
            continue
        measure = row.parsed.quantities[0].measure
        if measure is None:
            if row.parsed.value != "0" and not (_needs_none(row) or _is_in_name(row)):
                yield _missing(row)
        elif _is_usual(measure):
            continue
        elif _LETTERS.match(measure):
            yield Flag(
                row.at("target"),
                f"{row.place}的指标值{wording.quoted(row.target)}里夹着字母 {measure[0]}，应当是数字。",
                "请把字母改成数字，如字母 O 改成 0、字母 l 改成 1。",
            )
        elif _PERSON_TIMES.search(measure) or _NO_STROKE.fullmatch(measure):
            yield _misspelled(document, row, measure)
        elif _NO_PERIOD.search(measure):
            yield Flag(
                row.at("target"),
                f"{row.place}的指标值{wording.quoted(row.target)}没有说明是一年还是一个月的次数。",
                f"请写明时间，如“{row.target}·年”；如果是总次数，单位写“次”。",
            )
        elif measure_of(measure) is None and measure not in given.parameters["known"]:
            yield Flag(
                row.at("target"),
                f"{row.place}的指标值{wording.quoted(row.target)}里的单位{wording.quoted(measure)}不是通行的计量单位。",
                "请核对单位有没有打错，改为通行的写法，如“个”“次”“人次”“万元”“%”；确是行业里通用的单位可以保留。",
            )


def _needs_none(row: Row) -> bool:
    """Tell whether a row is a factor, an index or a score, which has no measure; a rate has one."""
    return not is_rate(row.name) and bool(_NO_MEASURE.search(row.name) or _NO_MEASURE.search(row.target))


def _is_in_name(row: Row) -> bool:
    """Tell whether the measure stands behind the name: 造林面积（亩）, 项目总投入（≥**万元）."""
    found = _IN_NAME.search(row.shown)
    known = measure_of(found[1]) if found else None
    return known is not None and known.exact and (known.dimension == "rate" or not is_rate(row.name))


@lru_cache(maxsize=1024)
def _is_usual(measure: str) -> bool:
    """Tell whether a measure is known and well written."""
    if _LETTERS.match(measure) or _PERSON_TIMES.search(measure) or _NO_PERIOD.search(measure):
        return False
    return measure_of(measure) is not None and not _NO_STROKE.fullmatch(measure)


def _missing(row: Row) -> Flag:
    if is_of_many(row.name):
        told = "请补上单位，写明是“%”“‰”，还是每万人、每万车多少，如“人/万车”。"
    elif is_rate(row.name):
        told = f"请补上单位，如“{row.target}%”。"
    elif row.level2 == "时效指标":
        told = "请在数字后面补上单位，如“小时”“天”“工作日”；是日期的写成“10月31日前”。"
    else:
        told = "请在数字后面补上单位，如“个”“次”“人次”“万元”“%”。"
    return Flag(row.at("target"), f"{row.place}的指标值{wording.quoted(row.target)}没有写单位。", told)


def _misspelled(document: Document, row: Row, measure: str) -> Flag:
    raw = document.raw.get(row.at("target"), row.target)
    before = raw if isinstance(raw, str) else row.target
    after = (
        tidy(before, target=True)
        .replace("／", "/")
        .replace(measure, _NO_STROKE.sub(r"\1/\2", respelled(measure)))
    )
    return Flag(
        row.at("target"),
        f"{row.place}的指标值{wording.quoted(row.target)}里，单位{wording.quoted(measure)}写法不对。",
        f"请改为{wording.quoted(after)}。",
        fix=Fix(before, after) if after != before else None,
    )
