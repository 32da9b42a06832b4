"""比率类的指标，单位却不是百分比。

检查什么
三级指标以“率”“满意度”“比例”等结尾，指标值的单位却是时间、金额或个数（‰、每十万、百分点也算比率）；写成日期、“合格”“较高”这样的等次的只警告，说增减的（有所提高）不算。
为什么
比率只能用百分比衡量，写成 100 万元或 24 小时，考核的不是名称所说的事。
怎么改
改单位为 %，或改名称：故障维修及时率 24小时 → 故障维修响应时间 ≤24小时。
例
“资金使用率 100万元”；“故障维修及时率 24小时”；“抽检合格率 合格”。
依据
2024 年县级公开表有这样的实例（已见）
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import ALL_FORMS, Flag, Given, Scope
from jixiao.rules.names import is_rate
from jixiao.rules.rows import Row
from jixiao.rules.samples import sample

SCOPE: Scope = "document"
FORMS = ALL_FORMS
SEVERITY: Severity = "error"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {}
SUPERSEDES = ("VA01", "CO03")
ROW_SUPERSEDES = ("IN07", "CO04")
ON = True
_RATES = ("率", "比例", "占比", "比重")
_STATES = frozenset((
    "合格", "达标", "优", "良", "优秀", "优良", "良好", "较好", "好", "高", "较高", "通过", "健全", "完善", "规范", "齐全", "完整", "准确", "合规", "验收合格", "通过验收",
))  # fmt: skip
_IN_GRADES = re.compile(r"等级|地力|级别|质量等")
_IN_HOURS = re.compile(r"(?:设备|仪器|机时|机器|场馆|会议室)利用率$")


def check(_document: Document, given: Given) -> Iterator[Flag]:
    """Flag a rate or degree whose number has a measure that is none."""
    for row in given.rows:
        parsed = row.parsed
        if parsed.kind not in {"number", "range", "deadline", "grade"} or not is_rate(row.name):
            continue
        if parsed.kind == "grade":
            if row.name.endswith(_RATES) and row.target in _STATES and not row.is_satisfaction:
                yield _graded(row)
            continue
        if parsed.kind == "deadline":
            yield _dated(row)
            continue
        known = parsed.quantities[0].known
        if (
            known
            and known.dimension != "rate"
            and not (known.per and known.dimension != "money")
            and known.standard not in {"分", "倍"}
            and not (known.standard in {"等", "级", "等级"} and _IN_GRADES.search(row.name))
            and not (known.dimension == "time" and _IN_HOURS.search(row.name))
        ):
            yield Flag(
                row.at("target"),
                f"{row.place}是比率，指标值{wording.quoted(row.target)}的单位却是{wording.quoted(parsed.quantities[0].measure)}。",
                f"请把单位改为 %，如“{sample(row)}”；如果考核的是时间、金额或个数，请改三级指标的名称。",
            )


def _graded(row: Row) -> Flag:
    """Return the flag of a rate whose target is how good it is: 抽检合格率 合格."""
    return Flag(
        row.at("target"),
        f"{row.place}是比率，指标值{wording.quoted(row.target)}没有写百分比。",
        f"请把指标值改为百分比，如“{sample(row)}”；确实只能定性的，名称不要写“率”。",
        severity="warning",
    )


def _dated(row: Row) -> Flag:
    """Return the flag of a rate whose target is a day: 资金支付及时率 12月底前."""
    return Flag(
        row.at("target"),
        f"{row.place}是比率，指标值{wording.quoted(row.target)}却是日期。",
        f"请把指标值改为百分比，如“{sample(row)}”；如果考核的是完成的日期，名称请写“……完成时间”。",
        severity="warning",
    )
