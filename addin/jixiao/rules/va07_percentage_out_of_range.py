"""百分比超出 0 到 100。

检查什么
比率的指标值是不是在 0 到 100% 之间；写成范围的看上限；增长、变动、完成情况可以超过 100%，合格、满意、覆盖等不可能超过；合格率、及时率等不到一成的（也包括写成‰的）也请核对。满意度指标由 SA01 指出。
为什么
不可能的百分比多半是打错，或扫描件把“≥92%”识别成了“292%”。
怎么改
核对后改正。
例
“合格率 292%”应为“≥92%”；“覆盖率 ≥105%”；“验收合格率 ＝10%”。
依据
扫描识别把 ≥ 认成 2 的实例（已见）；百分比范围（运行中的申报系统，已见）
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import ALL_FORMS, Flag, Given, Scope
from jixiao.rules.names import is_growth
from jixiao.rules.rows import Row

SCOPE: Scope = "document"
FORMS = ALL_FORMS
SEVERITY: Severity = "warning"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {
    "bounded": (
        "合格",
        "满意",
        "达标",
        "覆盖",
        "准确",
        "及时",
        "完好",
        "成活",
        "知晓",
        "到位",
        "入学",
        "出勤",
        "优良",
        "普及",
        "公开",
        "占比",
        "比例",
        "比重",
    )
}
SUPERSEDES = ("VA01", "VA06", "GO06")
ON = True
_FEW = 10  # a rate of what is done well that is no higher has lost a figure: 合格率 ＝10%
_NEVER_FEW = re.compile(r"(?<![不未])(?:合格|准确|及时|完好)率$")
_MAY_BE_MORE = re.compile(r"完成|拨备|收益|回报|产出|杠杆|流动比|速动比|偿债|担保|床位使用|超额")
_CANNOT_BE_MORE = re.compile(r"合格|满意|达标|准确|及时|完好")


def check(_document: Document, given: Given) -> Iterator[Flag]:
    """Flag percentages below 0 or above 100: impossible ones are errors, unlikely ones warnings; and what is too few."""
    for row in given.rows:
        parsed = row.parsed
        if parsed.measure == "‰":
            if parsed.value is not None and Decimal(parsed.value) <= _FEW * 10:
                yield from _few(row, "太低，像是把“%”打成了“‰”")
            continue
        stated = (
            parsed.value if parsed.measure == "%" else _upper_end(row) if parsed.kind == "range" else None
        )
        if stated is None:
            continue
        number = Decimal(stated)
        if _FEW < number <= 100 or (is_growth(row.name) and number <= 1000):
            continue
        if 0 <= number <= _FEW:
            yield from _few(row)
            continue
        misread = row.misread
        if 0 < number <= 1000 and not misread and _may_be_more(row):
            continue
        bounded = (
            number < 0 or row.is_satisfaction or any(word in row.name for word in given.parameters["bounded"])
        )
        told = (
            f"是不是“≥{misread}%”？扫描件常把“≥”认成“2”。"
            if misread
            else "请核对，比率一般在 0 到 100% 之间。"
        )
        yield Flag(
            row.at("target"),
            f"{row.place}的指标值{wording.quoted(row.target)}超出 0 到 100% 的范围。",
            told,
            severity="error" if bounded else None,
        )


def _few(row: Row, why: str = "太低，像是少写了一位") -> Iterator[Flag]:
    """Flag a rate that is near 100 % wherever work is done well, and shall only reach a tenth."""
    if row.parsed.operator not in {"≤", "<"} and _NEVER_FEW.search(row.name):
        yield Flag(
            row.at("target"),
            f"{row.place}的指标值{wording.quoted(row.target)}{why}。",
            "请核对，如“≥95%”“＝100%”。",
        )


def _upper_end(row: Row) -> str | None:
    """Return the upper end of a range of percentages; a tolerance (100%±2%) has none to judge."""
    one = row.parsed.quantities[0]
    return one.high if one.measure == "%" and "±" not in row.target else None


def _may_be_more(row: Row) -> bool:
    """Tell whether a rate may pass 100 %: of a plan that is done, of what money yields."""
    name = row.name
    return not row.is_satisfaction and bool(_MAY_BE_MORE.search(name)) and not _CANNOT_BE_MORE.search(name)
