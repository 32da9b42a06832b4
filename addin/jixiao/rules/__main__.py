"""The generated page of all rules: `python -m jixiao.rules > addin/jixiao/rules/README.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from jixiao import rules

_SEVERITY = {"error": "错误", "warning": "警告", "hint": "提示"}
_SCOPE = {"document": "一张表", "workbook": "一个工作簿", "campaign": "全部汇总"}
_FORM = {"project_target": "项目", "agency_overall": "整体"}


def page() -> str:
    """Return the catalogue as Markdown: a table of all rules, then each manual page."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# 校验规则"
    yield ""
    yield "本页由 `python -m jixiao.rules` 生成，请勿手改。加一条规则：在本文件夹加一个文件"
    yield "`<编号>_<查出什么>.py`，写好说明（文件开头的文字）、参数和 `check`，再重新生成本页。"
    yield ""
    yield "| 编号 | 查出什么 | 通常级别 | 需要看到 | 表 |"
    yield "|---|---|---|---|---|"
    for rule in rules.catalogue():
        name = f"[{rule.id}](#{rule.id.lower()})" if _has_manual(rule) else rule.id
        tables = "、".join(_FORM[form] for form in rule.forms)
        off = "" if rule.on else "（默认不开）"
        seen = _SCOPE[rule.scope] + ("；一个工作簿里有的先说，最高为警告" if rule.early else "")
        yield f"| {name} | {rule.title}{off} | {_SEVERITY[rule.severity]} | {seen} | {tables} |"
    for rule in rules.catalogue():
        if _has_manual(rule):
            yield from _manual(rule)


def _has_manual(rule: rules.Rule) -> bool:
    """Tell a rule with a file of its own from what the schema finds."""
    return rules.HEADINGS[0] in rules.sections(rule.manual)


def _manual(rule: rules.Rule) -> Iterator[str]:
    yield ""
    yield f"## {rule.id}"
    yield ""
    yield f"{rule.title}。"
    for heading, text in rules.sections(rule.manual).items():
        yield ""
        yield f"**{heading}**  "
        yield text
    if rule.parameters:
        yield ""
        yield "**参数**  "
        for name, default in rule.parameters.items():
            shown = "、".join(default) if isinstance(default, tuple) else default
            yield f"`{name}`：默认 {shown or '（无）'}"


if __name__ == "__main__":
    sys.stdout.buffer.write(page().encode("utf-8"))
