"""百分比超出 0 到 100。

检查什么
比率的指标值是不是在 0 到 100% 之间；增长、变动、完成情况可以超过 100%，合格、满意、覆盖等不可能超过。
为什么
不可能的百分比多半是打错，或扫描件把“≥92%”识别成了“292%”。
怎么改
核对后改正。
例
“合格率 292%”应为“≥92%”；“满意度 ≥105%”。
依据
扫描识别把 ≥ 认成 2 的实例（已见）；百分比范围（运行中的申报系统，已见）
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import ALL_FORMS, Flag, Given, Scope
from jixiao.rules.names import is_growth

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
SUPERSEDES = ("VA01", "SA01", "VA06")
ON = True


def check(_document: Document, given: Given) -> Iterator[Flag]:
    """Flag percentages below 0 or above 100: impossible ones are errors, unlikely ones warnings."""
    for row in given.rows:
        parsed = row.parsed
        if parsed.measure != "%" or parsed.value is None:
            continue
        number = Decimal(parsed.value)
        if 0 <= number <= 100 or (is_growth(row.name) and number <= 1000):
            continue
        bounded = (
            number < 0 or row.is_satisfaction or any(word in row.name for word in given.parameters["bounded"])
        )
        misread = (
            parsed.value.startswith("2") and len(parsed.value.partition(".")[0]) == 3 and not parsed.operator
        )
        told = (
            f"是不是“≥{parsed.value[1:]}%”？扫描件常把“≥”认成“2”。"
            if misread
            else "请核对，比率一般在 0 到 100% 之间。"
        )
        yield Flag(
            row.at("target"),
            f"{row.place}的指标值{wording.quoted(row.target)}超出 0 到 100% 的范围。",
            told,
            severity="error" if bounded else None,
        )
