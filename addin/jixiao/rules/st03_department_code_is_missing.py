"""主管部门后面没有代码。

检查什么
“主管部门及代码”一栏既要有名称，也要有代码；代码里有没有夹着字母。栏目名没有要求代码的只提示。
为什么
代码是预算系统里认部门的依据，只有名称时同名、改名的部门对不上。
怎么改
在名称后面写上预算部门代码，如“和政县机关事务管理局（123001）”。
例
主管部门及代码：和政县机关事务管理局
依据
表样的栏目名是“主管部门及代码”（2024 年县级公开表，已见）
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import Flag, Given, Scope
from jixiao.rules.answers import placeholder

SCOPE: Scope = "document"
FORMS = ("project_target",)
SEVERITY: Severity = "warning"
NEEDS = ("/department", "/department_code")
PARAMETERS: dict[str, Any] = {}
SUPERSEDES: tuple[str, ...] = ()
ON = True
_CODE = re.compile(r"\D\d{3,}$")
_LETTERS = re.compile(r"(?=[0-9]*[OoIl])[0-9OoIl]{3,}[)）]?$")
_NO_CODE = re.compile(r"[（(](?:部门|预算)?(?:代码|编码)?[:：]?\s*(?:无|/|-)?[)）]$|[/／\-—]+\s*无?$")

_UNASKED = "可以不改；要与其他表一起汇总的，写上代码更容易对上，如“部门名称（部门代码）”。"


def check(document: Document, _given: Given) -> Iterator[Flag]:
    """Flag a department without its code, at the cell where the code belongs."""
    department = document.values["department"]
    if placeholder(department):
        return  # there is no name yet to put a code behind: ST10
    if document.values["department_code"] is None and not _CODE.search(department):
        pointer = "/department_code" if "/department_code" in document.cells else "/department"
        asked = "/department_code" not in document.lacks
        if asked or department.isdecimal() or _LETTERS.search(department):
            yield Flag(pointer, *_told(department))
        else:
            message = f"主管部门{wording.quoted(department)}没有写代码，表样也没有要求写。"
            yield Flag(pointer, message, _UNASKED, severity="hint")


def _told(department: str) -> tuple[str, str]:
    """Return what is wrong: no name, letters in the code, or no code, and what to do."""
    shown = wording.quoted(department)
    if department.isdecimal():
        return f"主管部门只写了代码{shown}，没有写名称。", f"请写成“部门名称（{department}）”。"
    if _LETTERS.search(department):
        return (
            f"主管部门{shown}的代码里夹有字母，代码只有数字。",
            "请对照预算批复核对代码，如字母 l 改成数字 1、字母 O 改成 0。",
        )
    return (
        f"主管部门{shown}后面没有代码，这一栏要填主管部门及代码。",
        f"请在名称后写上预算部门代码，如“{_NO_CODE.sub('', department)}（部门代码）”；不清楚代码请问财政部门。",
    )
