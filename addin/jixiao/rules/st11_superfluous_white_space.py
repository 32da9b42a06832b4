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

import re
from collections.abc import Iterator
from typing import Any

from jixiao import wording
from jixiao.model import Document, Fix, Severity
from jixiao.rules import ALL_FORMS, Flag, Given, Scope
from jixiao.rules.answers import indicators
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
_HAN = r"[\u3400-\u9fff“”《》（）、，。；：]"
_SUSPECT = re.compile(r"[\s０-９Ａ-Ｚａ-ｚ％$\\]")
_BETWEEN_HAN = re.compile(rf"(?<={_HAN})[ \t\u3000\xa0]+(?={_HAN})")
_RUN = re.compile(r"[ \t\u3000\xa0]{2,}|[\t\u3000\xa0]")
_BROKEN = re.compile(r"(?<=[\w“”])\s*\n\s*(?=[^\W\d_])(?![一二三四五六七八九十][、.．])")
_IN_TARGET = re.compile(r"(?<=[≥≤=<>＞＜])[ \t]+|(?<=\d)[ \t]+(?=[^\W\d_%]|%)")
_WIDE = {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_WIDE[ord("％")] = ord("%")


def check(document: Document, _given: Given) -> Iterator[Flag]:
    """Flag texts that differ from their tidy form, and offer that form as a fix."""
    shown = [(f"/{field}", document.values.get(field)) for field in _FIELDS]
    for number, one in indicators(document):
        shown += [(f"/indicators/{number}/{column}", one[column]) for column in _COLUMNS]
    for pointer, value in shown:
        text = document.raw.get(pointer, value)
        if not isinstance(text, str) or not _SUSPECT.search(text) or not text.strip():
            continue
        tidy = _tidy(text, target=pointer.endswith("/target"))
        if tidy != text:
            yield Flag(
                pointer,
                f"{wording.quoted(text)}里有{_what(text)}。",
                f"请改为{wording.quoted(tidy)}。",
                fix=Fix(text, tidy),
            )


def _tidy(text: str, *, target: bool) -> str:
    plain = without_latex(text).translate(_WIDE).replace("\r\n", "\n").strip()
    plain = _BETWEEN_HAN.sub("", _BROKEN.sub("", plain))
    plain = _RUN.sub(" ", plain)
    return _IN_TARGET.sub("", plain) if target else plain


def _what(text: str) -> str:
    if without_latex(text) != text:
        return "残留的公式代码"
    return "全角的数字或字母" if text.translate(_WIDE) != text else "多余的空格或换行"
