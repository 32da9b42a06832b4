"""What the schema finds, told as findings."""

from __future__ import annotations

from jixiao import schemas, wording
from jixiao.model import Document, Finding
from jixiao.rules.precedence import LEVEL
from jixiao.schemas import Violation, Vocabulary


def first_of_each(violations: list[Violation]) -> list[Violation]:
    """Keep one complaint for each value: that it is blank says more than that it is not in a list."""
    kept: dict[str, Violation] = {}
    for one in violations:
        if one.pointer not in kept or one.keyword == "type":
            kept[one.pointer] = one
    return list(kept.values())


def finding(document: Document, words: Vocabulary, source: str, one: Violation) -> Finding:
    """Return what the schema finds as a finding in Chinese; `source` is the form's, which it cites."""
    field = one.pointer.split("/")[1] if one.pointer else ""
    limits = schemas.field(document.form, one.pointer)
    complaint = wording.Complaint(
        name=wording.name_of(one.pointer, document.values, limits["title"]),
        cell=document.cell(one.pointer),
        value=one.value,
        limits=limits,
        allowed=_allowed(document, words, one.pointer),
        belongs=_belongs(words, one),
        money=schemas.is_money(document.form, field),
        often_none="x-severity" in limits,
    )
    message, suggestion = wording.say(one.keyword, complaint)
    return Finding(
        rule=wording.rule_of(one.keyword),
        severity=limits.get("x-severity", "error") if one.value is None else "error",
        pointer=one.pointer,
        cell=complaint.cell,
        message=message,
        suggestion=suggestion,
        basis=source,
    )


def _allowed(document: Document, words: Vocabulary, pointer: str) -> tuple[str, ...]:
    """Return the words that the vocabulary allows at a level of an indicator."""
    level = LEVEL.fullmatch(pointer)
    if level is None:
        return ()
    if level[1] == "level1":
        return words.level1
    return words.level2.get(document.at(pointer[:-1] + "1") or "", ())


def _belongs(words: Vocabulary, one: Violation) -> str:
    """Return the level whose word stands at the other one: 数量指标 where a level 1 should be."""
    level = LEVEL.fullmatch(one.pointer)
    if level and level[1] == "level1" and any(one.value in under for under in words.level2.values()):
        return "二级指标"
    return "一级指标" if level and level[1] == "level2" and one.value in words.level1 else ""
