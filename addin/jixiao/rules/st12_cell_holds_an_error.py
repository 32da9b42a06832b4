"""单元格里是错误值，或没有算过的公式。

检查什么
填写的单元格里是 #REF!、#N/A 这类错误值，或公式还没有算出结果（简单的合计照公式算出来读，只作警告）。文件格式看不到的东西也在这里说明。
为什么
错误值不是数，合计和汇总都会缺这一笔；没有算过的公式在别的程序里显示为空。
怎么改
直接填写数字；或修好公式，打开文件重新计算后保存。
例
年度资金总额显示 #REF!，是因为公式引用的行被删掉了。
依据
表样各栏填写金额和文字（2024 年县级公开表，已见）
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import ALL_FORMS, Flag, Given, Scope, Unchecked

SCOPE: Scope = "document"
FORMS = ALL_FORMS
SEVERITY: Severity = "error"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {}
SUPERSEDES = ("SC", "ST", "FI", "IN", "VA", "CO", "SA", "GO", "UN")
ON = True


def check(document: Document, _given: Given) -> Iterator[Flag | Unchecked]:
    """Flag every cell that holds an error or an uncalculated formula; say what this kind of file hides."""
    for pointer, text in document.faults.items():
        if text.startswith("="):
            message = f"{document.cell(pointer)} 的公式{wording.quoted(text)}还没有算出结果。"
            suggestion = "请用表格软件打开文件，重新计算后保存；或直接填写数字。"
        else:
            message = f"{document.cell(pointer)} 是错误值{wording.quoted(text)}。"
            suggestion = "请修好这个公式（多半是引用的行或列被删了），或直接填写。"
        yield Flag(pointer, message, suggestion)
    if document.blind:
        yield Unchecked(f"这种文件里看不到{'、'.join(document.blind)}；需要核对请另存为 .xlsx 再校验。")
