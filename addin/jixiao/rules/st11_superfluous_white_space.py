"""文字里有多余的空格、换行或全角数字。

检查什么
名称和指标的开头、末尾、汉字之间有没有多余的空格和换行，有没有全角的数字、字母和％，有没有残留的公式代码。
为什么
看起来一样的名称，多一个空格就对不上，查找、归并和公开时都会出问题。
怎么改
按建议改写。
例
“> 135 万元”应为“>135万元”；“９５％”应为“95%”；“机关 事务管理局”应为“机关事务管理局”。
依据
2024 年县级公开表中同一指标值有带空格和不带空格两种写法（已见）
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jixiao import wording
from jixiao.model import Document, Fix, Severity
from jixiao.rules import ALL_FORMS, Flag, Given, Scope
from jixiao.rules.answers import indicators
from jixiao.rules.tidying import SUSPECT, WIDE, tidy
from jixiao.values import without_latex

SCOPE: Scope = "document"
FORMS = ALL_FORMS
SEVERITY: Severity = "hint"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {}
SUPERSEDES: tuple[str, ...] = ()
ON = True
_FIELDS = ("project_name", "department", "agency", "project_type", "project_period")
_COLUMNS = ("level1", "level2", "name", "target")


def check(document: Document, _given: Given) -> Iterator[Flag]:
    """Flag texts that differ from their tidy form, and offer that form as a fix."""
    for pointer, text in _texts(document):
        if not SUSPECT.search(text) or not text.strip():
            continue
        better = tidy(text, target=pointer.endswith("/target"))
        if better != text:
            yield Flag(
                pointer,
                f"{wording.quoted(text)}里有{_what(text)}。",
                f"请改为{wording.quoted(better)}。",
                fix=Fix(text, better),
            )


def _texts(document: Document) -> Iterator[tuple[str, str]]:
    """Yield (pointer, text as typed); a project's level words are official ones unless the cell says otherwise."""
    raw = document.raw
    for field in _FIELDS:
        text = raw.get(f"/{field}", document.values.get(field))
        if isinstance(text, str):
            yield f"/{field}", text
    closed = document.form == "project_target"
    for number, one in indicators(document):
        base = f"/indicators/{number}/"
        for column in _COLUMNS:
            pointer = base + column
            text = raw.get(pointer) if closed and column[0] == "l" else raw.get(pointer, one[column])
            if isinstance(text, str):
                yield pointer, text


def _what(text: str) -> str:
    if without_latex(text) != text:
        return "残留的公式代码"
    return "全角的数字或字母" if text.translate(WIDE) != text else "多余的空格或换行"
