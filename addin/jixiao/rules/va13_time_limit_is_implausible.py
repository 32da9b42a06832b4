"""时限不合常理或互相矛盾。

检查什么
年检、施工、采购、验收这类要花几天的事，时限是不是写成了几分钟；同一件事是不是有两个不同的时限；开工的日期是不是比完工还晚。
为什么
做不到或互相矛盾的时限，考核时只能作废。
怎么改
按实际需要的时间填写；同一件事只留一个时限。
例
“年检、维修响应时效 ≤10分钟”，另一行“及时年检、维修 ≤30分钟”；开工时间“2026年4月底前”，完工时间“2026年3月底前”。
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
from jixiao.rules.rows import Row
from jixiao.values import key

SCOPE: Scope = "document"
FORMS = ALL_FORMS
SEVERITY: Severity = "warning"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {"minutes": 120}
SUPERSEDES: tuple[str, ...] = ()
ROW_SUPERSEDES = ("IN07",)
ON = True
_LONG = re.compile(r"年检|检验检测|施工|建设|采购|招标|竣工|验收|改造|审计|评审|培训|报批|立项|编制")
_ANSWER = re.compile(
    r"到场|到达|响应|接报|接单|告知|等候|等待|出具|受理|回应|反馈|通知|签到|报警|开启|恢复|断电|停|中断|用时|时长|耗时"
)
_EVENT = re.compile(
    r"年检|维修|缴费|缴纳|支付|拨付|发放|采购|验收|维护|保养|办理|处置|审批|上报|配送|清运|抢修|派车"
)
_ENDING = re.compile(r"(?:的)?(?:时间|时限|时长|期限|时效|速度)$")
_PAID = re.compile(r"拨付|支付|下达|兑付")
_STAGE = re.compile(
    r"(.*?)(?:(开工|动工|启动|开始|进场)|完工|竣工|完成|结束)(?:建设|施工|实施)?(?:时间|日期|时限)"
)
_EMPTY_WORDS = re.compile(r"项目|工程|建设|施工|实施|本|的")
_MINUTES = {
    "秒": Decimal(1) / 60,
    "分钟": Decimal(1),
    "小时": Decimal(60),
    "个小时": Decimal(60),
    "天": Decimal(1440),
    "日": Decimal(1440),
    "工作日": Decimal(1440),
    "个工作日": Decimal(1440),
    "min": Decimal(1),
    "h": Decimal(60),
}


def check(document: Document, given: Given) -> Iterator[Flag]:
    """Flag limits in minutes for what takes days, a second limit for the same events, and an end before its beginning."""
    yield from _ends_too_soon(document, given)
    limits: dict[frozenset[str] | str, Row] = {}
    for row in given.rows:
        minutes = _minutes(row)
        if minutes is None:
            continue
        events = frozenset(_EVENT.findall(row.name))
        other = limits.setdefault(events if len(events) > 1 else _event(row.name), row)
        slow = _LONG.search(row.name)
        if other is not row and _minutes(other) != minutes:
            yield Flag(
                row.at("target"),
                f"{row.place}的时限{wording.quoted(row.target)}与{wording.quoted(other.name)}的"
                f"{wording.quoted(other.target)}（{document.cell(other.at('target'))}）矛盾，说的是同一件事。",
                "请核对后只留一个时限。",
            )
        elif (
            slow
            and minutes <= given.parameters["minutes"]
            and (len(events) > 1 or not _ANSWER.search(row.name))
        ):
            yield Flag(
                row.at("target"),
                f"{row.place}的时限是{wording.quoted(row.target)}，“{slow[0]}”在这么短的时间里做不完。",
                "请分清是到场、响应的时间还是完成的时间，按实际需要填写。",
            )


def _ends_too_soon(document: Document, given: Given) -> Iterator[Flag]:
    """Flag the row whose deadline is before the one by which the same work shall begin."""
    begins: dict[str, tuple[Row, tuple[int, int, int]]] = {}
    ends: dict[str, tuple[Row, tuple[int, int, int]]] = {}
    for row in given.rows:
        span = row.parsed.span
        if span is None or span.first is not None:
            continue
        stage, last = _STAGE.fullmatch(row.name), span.last
        if stage:
            day = (last.year or document.values["year"] or 0, last.month or 12, min(last.day or 30, 30))
            (begins if stage[2] else ends).setdefault(_EMPTY_WORDS.sub("", stage[1]), (row, day))
    for subject, (row, day) in ends.items():
        first, since = begins.get(subject, (row, day))
        if day < since:
            yield Flag(
                row.at("target"),
                f"{row.place}的期限{wording.quoted(row.target)}比{wording.quoted(first.name)}的"
                f"{wording.quoted(first.target)}（{document.cell(first.at('target'))}）还早。",
                "请核对两个日期，改正写错的那一个。",
            )


def _event(name: str) -> str:
    """Return what a name limits: 设备响应时间 and 设备响应时限 are of one event."""
    return _PAID.sub("发放", key(_ENDING.sub("", name)))


def _minutes(row: Row) -> Decimal | None:
    parsed = row.parsed
    if parsed.measure not in _MINUTES or parsed.value is None or parsed.operator in {"≥", ">"}:
        return None
    return Decimal(parsed.value) * _MINUTES[parsed.measure]
