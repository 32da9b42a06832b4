"""文字里有多余的空格、换行或全角数字。

检查什么
名称和指标的开头、末尾、汉字之间有没有多余的空格和换行，有没有全角的数字、字母和％，有没有残留的公式代码。
一级、二级指标的词在窄格子里折成几行是排版，不算。
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

import re
from collections.abc import Iterator
from typing import Any

from jixiao import wording
from jixiao.model import Document, Fix, Severity
from jixiao.rules import ALL_FORMS, Flag, Given, Scope
from jixiao.rules.answers import indicators
from jixiao.rules.tidying import SUSPECT, in_half_width, tidy
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
_BLANK = re.compile(r"[^\S\r\n]")
_BREAK = re.compile(r"\r\n|[\r\n]")
_OURS = re.compile(rf"/(?:{'|'.join(_FIELDS)})|/indicators/\d+/(?:{'|'.join(_COLUMNS)})")


def check(document: Document, given: Given) -> Iterator[Flag]:
    """Flag texts that differ from their tidy form, and offer that form as a fix."""
    fields = [document.values.get(field) or "" for field in _FIELDS]
    typed = [text for text in document.raw.values() if isinstance(text, str)]
    if not SUSPECT.search("|".join((*given.texts, *fields, *typed))):
        return
    for pointer, text in _suspects(document):
        better = tidy(text, target=pointer.endswith("/target"))
        if better != text and text.strip() and not _is_layout(pointer, text):
            yield Flag(
                pointer,
                _told(text, better),
                f"请改为{wording.quoted(better)}。",
                fix=Fix(text, better),
            )


def _suspects(document: Document) -> Iterator[tuple[str, str]]:
    """Yield (pointer, text as typed) where a text may be untidy: most hold nothing of it and get no pointer."""
    raw, search = document.raw, SUSPECT.search
    for pointer, text in raw.items():
        if isinstance(text, str) and search(text) and _OURS.fullmatch(pointer):
            yield pointer, text
    for field in _FIELDS:
        text = document.values.get(field)
        if text and search(text) and f"/{field}" not in raw:
            yield f"/{field}", text
    # a project's level words are official ones unless the cell says otherwise
    columns = _COLUMNS[2:] if document.form == "project_target" else _COLUMNS
    for number, one in indicators(document):
        for column in columns:
            text = one[column]
            if text and search(text) and (pointer := f"/indicators/{number}/{column}") not in raw:
                yield pointer, text


def _is_layout(pointer: str, text: str) -> bool:
    """Tell whether a level word is only broken over lines to fit its narrow cell."""
    word = "".join(text.splitlines())
    return pointer.endswith(("/level1", "/level2")) and word == tidy(word, target=False)


def _told(text: str, better: str) -> str:
    """Say what is superfluous; white space with where it stands, each blank shown as ␣ and each break as ↵."""
    if without_latex(text) != text:
        return f"{wording.quoted(text)}里有残留的公式代码。"
    if in_half_width(text) != text:
        return f"{wording.quoted(text)}里有全角的数字或字母。"
    bare = text.strip()
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    inner = bare != better
    where = [word for word, found in (("开头", before), ("中间", inner), ("末尾", after)) if found]
    marked = f"{_marked(before)}{_marked(bare) if inner else bare}{_marked(after)}"
    return f"{wording.quoted(marked)}的{'、'.join(where)}有多余的空格或换行。"


def _marked(text: str) -> str:
    return _BREAK.sub("↵", _BLANK.sub("␣", text))
