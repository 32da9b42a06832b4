"""单元格里还是占位的符号或字样。

检查什么
名称、目标、指标里只有 *、/、-、_、……、XX、“指标1”、“目标3：”这类占位的内容。
为什么
占位内容会被当成真的名称和指标值，汇总和公开后才发现没有填。
怎么改
换成实际内容；这一项确实没有的写“不涉及”，用不着的备用行清空。
例
三级指标写“指标1”，指标值写“……”；“目标3：”后面没有内容。
依据
占位符号不算填写（运行中的申报系统，已见）
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jixiao import schemas, wording
from jixiao.model import Document, Severity
from jixiao.rules import ALL_FORMS, Flag, Given, Scope
from jixiao.rules.answers import MAY_BE_BLANK, declines, placeholder, without_figure

SCOPE: Scope = "document"
FORMS = ALL_FORMS
SEVERITY: Severity = "error"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {"may_be_blank": MAY_BE_BLANK}
SUPERSEDES = ("VA02", "ST11")
ON = True
_FIELDS = ("project_name", "department", "agency", "project_type", "project_period")
_COLUMNS = {"level2": "二级指标", "name": "三级指标", "target": "指标值"}


def check(document: Document, given: Given) -> Iterator[Flag]:
    """Flag placeholders in names, goals and indicators; in amounts they are the schema's."""
    for field in _FIELDS:
        text = document.values.get(field)
        if text and placeholder(text):
            title = schemas.field(document.form, f"/{field}")["title"]
            yield Flag(
                f"/{field}", f"{title}{wording.quoted(text)}只是占位，没有填写。", f"请填写实际的{title}。"
            )
    yield from _goals(document)
    for number, indicator in _suspects(document, given):
        for column, title in _COLUMNS.items():
            text = indicator[column]
            if not text or not (placeholder(text) or (column == "target" and without_figure(text))):
                continue
            if column == "level2" or not (declines(indicator["name"]) or declines(indicator["target"])):
                pointer = f"/indicators/{number}/{column}"
                place = wording.name_of(pointer, document.values, title)
                yield Flag(
                    pointer,
                    f"{place}是{wording.quoted(text)}，只是占位，没有填写。",
                    f"请填写实际的{title}；这一项确实没有的写“不涉及”，备用行用不着请清空。",
                    severity="hint" if indicator["level2"] in given.parameters["may_be_blank"] else None,
                )


def _suspects(document: Document, given: Given) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the rows that may hold a placeholder: those that say nothing, and few of the others."""
    yield from given.silent
    for row in given.rows:
        if placeholder(row.level2) or without_figure(row.target):
            yield row.number, document.values["indicators"][row.number]


def _goals(document: Document) -> Iterator[Flag]:
    for number, goal in enumerate(document.values["goals"] or ()):
        if goal is None:
            message = f"“目标{number + 1}：”后面没有内容。"
        elif placeholder(goal) or (not number and declines(goal)):
            message = f"目标{number + 1}{wording.quoted(goal)}只是占位，没有填写。"
        else:
            continue
        yield Flag(
            f"/goals/{number}", message, f"请写出目标{number + 1}的内容；只有 {number} 个目标请清空这一格。"
            if number else "请写出总体目标的内容。",
        )  # fmt: skip
