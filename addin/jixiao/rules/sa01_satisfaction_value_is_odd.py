"""满意度的指标值不对。

检查什么
满意度指标值要写百分比，大于 0、不超过 100%，比较符用“≥”（“＝95%”也不行，“＝100%”可以）；低于 60% 的请核对；按百分制打分的（≥90分）只提示。写“较高”“非常满意”等定性的说法也在这里指出；用“>”的由 VA10 指出。
为什么
“≤95%”的满意度越低越好；超过 100% 不可能达到；“≥9%”多半是少写了一位；“较高”没有办法和调查结果比较。
怎么改
写成“≥95%”。
例
“干部职工满意度 95%”没有写比较符；“学生满意度 较高”。
依据
满意度取值（待核实）；2024 年县级公开表有 3 行没有写比较符（已见）
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
from jixiao.values import canonical

SCOPE: Scope = "document"
FORMS = ALL_FORMS
SEVERITY: Severity = "warning"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {"least": 60}
SUPERSEDES = ("VA01", "VA02", "VA07", "VA09", "VA10", "GO06")
ON = True
_FEELING = re.compile(r"(?:非常|很|十分|比较|较|基本)?满意")


def check(_document: Document, given: Given) -> Iterator[Flag]:
    """Flag satisfaction that is impossible (an error), no figure, very low, or not a lower limit; `>` is VA10's."""
    least = given.parameters["least"]
    for row in given.rows:
        if not row.is_satisfaction or "投诉" in row.name or "不满" in row.name:
            continue
        parsed = row.parsed
        if "满意" in row.name and (parsed.kind == "grade" or _FEELING.fullmatch(row.target)):
            yield _told(row, "没有写出百分比，和调查结果比不出高低", "请写成百分比的下限，如“≥95%”。")
        elif parsed.measure == "分" and "满意" in row.name:
            share = (
                parsed.value if least <= Decimal(parsed.value or 0) <= 100 else "95"
            )  # of 5 points ≥4.5 are no 4.5%
            advice = f"调查按分数打分的可以不改；否则请写成百分比，如“≥{share}%”。"
            yield _told(row, "是分数，满意度一般写百分比", advice)._replace(severity="hint")
        elif parsed.measure == "%" and parsed.value is not None:
            yield from _of_figure(row, Decimal(parsed.value), least)


def _of_figure(row: Row, number: Decimal, least: int) -> Iterator[Flag]:
    operator = row.parsed.operator
    if not 0 < number <= 100:
        why = "不可能达到，满意度在 0 到 100% 之间"
        meant = (
            f"是不是“≥{row.misread}%”？扫描件常把“≥”认成“2”。" if row.misread else "请核对后改正，如“≥95%”。"
        )
        yield _told(row, why, meant)._replace(severity="error")
    elif operator in {"≤", "<"}:
        yield _told(row, f"用了“{operator}”，满意度应当设下限", f"请改为“≥{row.parsed.value}%”。")
    elif number < least and not is_growth(row.name):
        meant = f"，如“≥{canonical(number * 10)}%”" if least <= number * 10 <= 100 else "，一般不低于 80%"
        yield _told(row, f"低于 {least}%，像是写错了数", f"请核对后改正{meant}。")
    elif operator == "=" and number < 100:
        yield _told(row, "用了“＝”，满意度应当设下限", f"请改为“≥{row.parsed.value}%”。")
    elif operator is None:
        yield _told(row, "没有写比较符，满意度应当设下限", f"请改为“≥{row.parsed.value}%”。")


def _told(row: Row, why: str, advice: str) -> Flag:
    return Flag(row.at("target"), f"{row.place}的指标值{wording.quoted(row.target)}{why}。", advice)
