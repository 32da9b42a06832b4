"""What each schema keyword says to a clerk, in Chinese."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Hashable, Mapping
from functools import cache, lru_cache
from importlib import import_module
from types import ModuleType
from typing import Any, NamedTuple

# Why a rule whose scope is wider than what was given says nothing yet: scope → the sentence.
LATER = {
    "workbook": "要在整个工作簿里与其他表一起核对。",
    "campaign": "要在汇总时与其他表一起核对。",
}
_LONGEST = 40
_MOST_INTEGER_DIGITS = 9
_NEAR, _SURE, _SOUND = 0.5, 0.7, 0.95  # of 1: enough to be told; no need to listen; how much a sound counts
_UNKNOWN = "写法不对"
_NO_PHRASES, _NO_COPY = "PYPINYIN_NO_PHRASES", "PYPINYIN_NO_DICT_COPY"  # as pypinyin documents


class Complaint(NamedTuple):
    """What a sentence has to know of one complaint of the schema.

    Attributes:
        name: the field as the clerk knows it, such as `上年结转资金` or `第 3 行指标的二级指标`.
        cell: its address.
        value: what stands there.
        limits: what the schema says of the field.
        allowed: the words that a closed list allows there.
        belongs: the level whose word this is, where it stands at the other one.
        money: whether the field is an amount.
        often_none: whether the amount is one that many tables do not have (0 is then the answer).

    """

    name: str
    cell: str
    value: Any
    limits: Mapping[str, Any]
    allowed: tuple[str, ...] = ()
    belongs: str = ""
    money: bool = False
    often_none: bool = False


Sentence = tuple[str, str]


class Keyword(NamedTuple):
    """A schema keyword as the catalogue lists it: its id, what it flags, and the function that says it."""

    rule: str
    title: str
    say: Callable[[Complaint], Sentence]


def say(keyword: str, complaint: Complaint) -> Sentence:
    """Return message and suggestion; a keyword without a sentence of its own is said in general words."""
    if complaint.value is None:
        return _blank(complaint)
    known = KEYWORDS.get(keyword)
    return known.say(complaint) if known else _wrong(complaint)


def rule_of(keyword: str) -> str:
    """Return the id under which a keyword's complaints are reported."""
    known = KEYWORDS.get(keyword)
    return known.rule if known else "SC00"


@lru_cache(maxsize=1024, typed=True)
def quoted(value: Hashable) -> str:
    """Return a value in Chinese quotation marks, on one line and at most about forty letters long."""
    text = " ".join(str(value).split())
    return f"“{text[: _LONGEST - 1]}…”" if len(text) > _LONGEST else f"“{text}”"


def name_of(pointer: str, values: Mapping[str, Any], title: str) -> str:
    """Return how a clerk finds a field: its title, with goal number or indicator row and name before it."""
    keys = pointer.split("/")[1:]
    if keys[:1] == ["goals"] and len(keys) > 1:
        return f"目标{int(keys[1]) + 1}"
    if keys[:1] == ["indicators"] and len(keys) > 1:
        row = f"第 {int(keys[1]) + 1} 行指标"
        indicator = values["indicators"][int(keys[1])]
        name = indicator.get("name") if isinstance(indicator, Mapping) else None
        if len(keys) == 2:
            return row
        return f"{row}{quoted(name)}的{title}" if name and keys[2] == "target" else f"{row}的{title}"
    return title


@lru_cache(maxsize=1024)
def closest(word: str, allowed: tuple[str, ...]) -> str | None:
    """Return the allowed word that was probably meant, by letters or by sound; `None` where none is near."""
    from rapidfuzz.distance import Indel  # noqa: PLC0415 - only a wrong word needs it

    by_letters = {one: Indel.normalized_similarity(word, one) for one in allowed}
    if max(by_letters.values(), default=0) < _SURE:
        sounds = {one: _syllables(one) for one in allowed}
        own = _syllables(word)
        by_sound = {one: Indel.normalized_similarity(own, sounds[one]) * _SOUND for one in allowed}
        by_letters = {one: max(by_letters[one], by_sound[one]) for one in allowed}
    near = max(by_letters, key=lambda one: by_letters[one], default=None)
    return near if near is not None and by_letters[near] >= _NEAR else None


@lru_cache(maxsize=1024)
def readings(letter: str) -> frozenset[str]:
    """Return how a single letter can be read: a pinyin keyboard mixes up letters that share a reading."""
    if letter.isascii():
        return frozenset({letter})
    pypinyin = _dictionary()
    return frozenset(pypinyin.pinyin(letter, style=pypinyin.Style.NORMAL, heteronym=True)[0])


@lru_cache(maxsize=1024)
def _syllables(text: str) -> tuple[str, ...]:
    return tuple(_dictionary().lazy_pinyin(text))


@cache
def _dictionary() -> ModuleType:
    """Return pypinyin without its phrases: letters are compared, and phrases take four times as long and 45 MB."""
    ours = {_NO_PHRASES, _NO_COPY} - os.environ.keys()
    os.environ.update(dict.fromkeys(ours, "true"))
    try:
        return import_module("pypinyin")  # here: for slips only
    finally:
        for name in ours:
            os.environ.pop(name, None)


def _blank(one: Complaint) -> Sentence:
    message = f"{one.cell} {one.name}没有填。"
    if one.often_none:
        return message, "没有这项资金请填 0。"
    if one.money:
        return message, f"请填写{one.name}的金额，只填数字。"
    if one.limits.get("type") == "integer":
        return message, f"请在标题下写明{one.name}，如“（2024年度）”。"
    return message, f"请在 {one.cell} 填写{one.name}。"


def _pattern(one: Complaint) -> Sentence:
    told = f"{one.name}填的是{quoted(one.value)}，"
    text = str(one.value)
    if not one.money:
        if text.isprintable():
            return f"{told}不是代码。", "代码是 3 到 20 位数字，请照预算批复填写，不加空格和汉字。"
        return (
            f"{told}里面夹有看不见的控制字符。",
            "请删除单元格内容，重新输入一次，不要从网页或系统里直接粘贴。",
        )
    if re.fullmatch(r"-?\d+(\.\d+)?", text):
        if len(text.lstrip("-").partition(".")[0]) > _MOST_INTEGER_DIGITS:
            return f"{told}超出了万元金额的范围。", "请核对是不是多打了几位，或把元当成了万元。"
        return f"{told}不是规范的数字写法。", "请去掉开头和末尾多余的 0，小数最多六位。"
    return f"{told}不是数字。", "请只填数字，单位已印在表头；没有这项资金请填 0。"


def _enum(one: Complaint) -> Sentence:
    words = "、".join(one.allowed)
    near = "" if one.belongs else closest(str(one.value), one.allowed)
    message = f"{one.name}写的是{quoted(one.value)}，这里只能是：{words}。"
    if one.belongs:
        return message, f"这是{one.belongs}的词，一级、二级是不是写反了？请对调，或从下拉列表中选择。"
    return (
        message,
        f"是不是“{near}”？请从下拉列表中选择。" if near else "请从下拉列表中选择，或改为其中一个词。",
    )


def _few(one: Complaint) -> Sentence:
    return f"{one.cell} {one.name}一条也没有填。", f"请至少填写一条{one.name}。"


def _short(one: Complaint) -> Sentence:
    return f"{one.cell} {one.name}没有填。", f"请在 {one.cell} 填写{one.name}。"


def _long(one: Complaint) -> Sentence:
    limit = one.limits.get("maxLength", "")
    return (
        f"{one.name}{quoted(one.value)}太长，超过 {limit} 个字，一个单元格放不下。",
        "请删减文字，详细说明放到附件。",
    )


def _range(one: Complaint) -> Sentence:
    low, high = one.limits.get("minimum", ""), one.limits.get("maximum", "")
    return (
        f"{one.name}写的是{quoted(one.value)}，不在 {low} 到 {high} 之间。",
        f"请核对{one.name}，改为预算年度。",
    )


def _absent(one: Complaint) -> Sentence:
    return f"{one.name}缺少应有的栏目。", "请用官方空白表重新填写，不要删除行和列。"


def _wrong(one: Complaint) -> Sentence:
    return f"{one.name}填的是{quoted(one.value)}，{_UNKNOWN}。", f"请按填报说明重新填写{one.name}。"


KEYWORDS: dict[str, Keyword] = {
    "type": Keyword("SC01", "必填的栏目没有填", _wrong),
    "pattern": Keyword("SC02", "金额不是数字，代码不是数字，文字里有控制字符", _pattern),
    "enum": Keyword("SC03", "一级、二级指标不在规定的词表里", _enum),
    "minItems": Keyword("SC04", "总体目标或绩效指标一条也没有填", _few),
    "minLength": Keyword("SC05", "文字是空的", _short),
    "maxLength": Keyword("SC06", "文字太长，一个单元格放不下", _long),
    "minimum": Keyword("SC07", "年度太早", _range),
    "maximum": Keyword("SC08", "年度太晚", _range),
    "required": Keyword("SC09", "缺少应有的栏目", _absent),
}
