"""疑似错别字。

检查什么
目标和指标里有没有常见的错别字：相应（响应）时间、业务水培（水平）、高质量高量、帐（账）户、满意渡等。
为什么
目标表要公开，错别字影响形象，也会使查找和归并对不上。
怎么改
核对后改正。
例
“维修相应时效”应为“维修响应时效”；“业务水培”应为“业务水平”。
依据
2024 年县级公开表有这样的实例（已见）
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import ALL_FORMS, Flag, Given, Scope

SCOPE: Scope = "document"
FORMS = ALL_FORMS
SEVERITY: Severity = "hint"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {"more": ()}
SUPERSEDES: tuple[str, ...] = ()
ON = True
_TYPOS = (
    (r"相应(?=时效|时间|事件|速度|及时|率|时限)", "响应"),
    (r"相应事件", "响应时间"),
    (r"水培(?!植|技术|蔬菜|种植|花)", "水平"),
    (r"高质量高量", "高质量"),
    (r"帐(?=户|目|务|号|款|册|单|实|面|簿)", "账"),
    (r"满意(?:渡|都)", "满意度"),
    *((f"{one}律", f"{one}率") for one in ("合格", "准确", "完成", "及时", "覆盖", "达标", "完好")),
    (r"绩校", "绩效"),
    (r"部份", "部分"),
    (r"按排", "安排"),
    (r"布署", "部署"),
    (r"既使", "即使"),
    (r"做为(?!.{0,4}好)", "作为"),
    (r"指标指标", "指标"),
    (r"驻村邦扶", "驻村帮扶"),
    (r"缴那", "缴纳"),
    *((one * 2, "") for one in ("维护", "提高", "及时", "合格", "数量", "质量", "完成")),
    (r"保障保障(?![房性])", ""),
    (r"工作工作(?![站者])", ""),
    (r"培训培训(?![师者机教])", ""),
    (r"反修率", "返修率"),
    (r"防犯", "防范"),
    (r"渡假", "度假"),
    *((f"{one}人人(?=[数次])", "只写一个“人”") for one in "民众生员"),
    *((f"{one}绿(?![化色地植道叶水电网茶篱廊肥])", "率") for one in "格标成盖时确活位"),
    (r"和格率", "合格率"),
    (r"面机(?![构场关制械器房])", "面积"),
    (r"率率", "率"),
    (r"绿(?<=漏损绿|完工绿|使用绿|利用绿|返修绿)(?![\u4e00-\u9fff])", "率"),
    (r"满[义亦益](?=[度率])", "满意"),
    (r"准却(?=[率性])", "准确"),
    (r"保正(?=[率金])", "保证"),
    (r"合各(?=率)", "合格"),
    (r"验(?<!体验)受(?=合格|通过|率|时间)", "验收"),
    (r"抽捡", "抽检"),
    (r"配(?<!分配)训(?=人[次数]|合格|期数|班)", "培训"),
    (r"扶(?<!帮扶)育(?=作业|面积|任务)", "抚育"),
    (r"复(?<![修恢]复)盖(?!板)", "覆盖"),
    (r"向(?<![方走]向)应(?=时[间长限]|及时|速度|率)", "响应"),
    (r"急(?<![应紧危]急)时(?=率|性|支付|发放|处置)", "及时"),
    (r"拔(?<![选海]拔)付", "拨付"),
    (r"峻(?<![险严高]峻)工", "竣工"),
    (r"按装(?![机备配载修])", "安装"),
    (r"签(?<![标书]签)定", "签订"),
)
# Each begins with a letter: the engine looks for these first.
_ANY = re.compile("|".join(wrong for wrong, _ in _TYPOS))
_WHICH = re.compile("|".join(f"({wrong})" for wrong, _ in _TYPOS))
_COLUMNS = ("level2", "name", "target")


def check(document: Document, given: Given) -> Iterator[Flag]:
    """Flag the first likely typo of each cell; a profile may add pairs as `错=对`."""
    more, told = given.parameters["more"], set[str]()
    if not more and not _ANY.search("\n".join(given.texts)):
        return
    for text, number, column in _texts(document):
        found = _typo(text) or (_added(text, more) if more else None)
        if found is None:
            continue
        pointer = f"/indicators/{number}/{column}" if column else f"/goals/{number}"
        if document.cell(pointer) not in told:
            told.add(document.cell(pointer))
            wrong, right = found
            yield Flag(
                pointer,
                f"{wording.quoted(text)}里的{wording.quoted(wrong)}疑似错别字。",
                f"是不是“{right}”？请核对后改正。" if right else "请核对是不是多打了一遍。",
            )


def _texts(document: Document) -> Iterator[tuple[str, int, str]]:
    """Yield (text, number of its goal or indicator, its column) of what a clerk words freely.

    A project's level 2 words are a closed list; a goal has no column.
    """
    columns = _COLUMNS if document.form == "agency_overall" else _COLUMNS[1:]
    for number, goal in enumerate(document.values["goals"] or ()):
        if goal:
            yield goal, number, ""
    for number, one in enumerate(document.values["indicators"] or ()):
        for column in columns:
            if text := one[column]:
                yield text, number, column


def _added(text: str, more: Sequence[str]) -> tuple[str, str] | None:
    """Return the first pair of a profile whose wrong half stands in a text."""
    return next(
        ((wrong, right) for wrong, _, right in (pair.partition("=") for pair in more) if wrong in text), None
    )


def _typo(text: str) -> tuple[str, str] | None:
    """Return what is likely wrong and what is right."""
    wrong = _ANY.search(text)
    which = _WHICH.match(text, wrong.start()) if wrong else None
    return None if which is None or which.lastindex is None else (which[0], _TYPOS[which.lastindex - 1][1])
