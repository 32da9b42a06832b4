"""金额是负数、为零，或写成了文字。

检查什么
金额不能是负数；项目的年度资金总额要大于 0；金额应当是数字，不是“100万元”“1,022.00”这样的文字；一格里写了几项金额的只提示。
为什么
文字写法的金额，求和公式和常见的合并工具都当作 0，汇总会少算而没有提示。
怎么改
只填数字，单位已印在表头；看起来是数、其实是文字的，重新填一遍，或用 jixiao fix 代改。数字中间有空格的先核对是什么数。
例
年度资金总额填“2000万”；当年财政拨款填 -5；上年结转资金填“8 0”。
依据
常见合并工具把文字金额当作 0（工具说明，已见）
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from jixiao import wording
from jixiao.model import Document, Fix, Severity
from jixiao.rules import ALL_FORMS, Flag, Given, Scope
from jixiao.rules.amounts import money_fields
from jixiao.values import decimal, money

SCOPE: Scope = "document"
FORMS = ALL_FORMS
SEVERITY: Severity = "error"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {}
SUPERSEDES: tuple[str, ...] = ()
ON = True
_PARTED = re.compile(r"\d\s+[\d.]|\.\s+\d")
_UNIT = re.compile(r"[元万亿千百¥￥整]")


def check(document: Document, _given: Given) -> Iterator[Flag]:
    """Flag negative amounts, a total of nothing, and amounts typed as text; blanks and non-numbers are the schema's."""
    for field, title in money_fields(document.form):
        amount = decimal(document.values.get(field))
        if amount is None:
            continue
        pointer = f"/{field}"
        if amount < 0:
            yield Flag(
                pointer, f"{title}是负数 {document.values[field]} 万元。", f"请核对{title}，金额不能小于 0。"
            )
        elif field == "total_funds" and amount == 0:
            yield Flag(
                pointer, f"{title}是 0，项目没有资金。", "请填写年度资金总额；没有资金的项目不用填这张表。"
            )
        raw = document.raw.get(pointer)
        if isinstance(raw, str) and pointer not in document.faults:
            yield from _typed(document, pointer, title, raw)


def _of_one_cell(document: Document, pointer: str) -> list[str]:
    """Return the amounts that stand as text in the same cell: of a sentence all, of a total that is two fields both."""
    cell = document.cells.get(pointer)
    pointers = (f"/{field}" for field, _ in money_fields(document.form))
    same = [one for one in pointers if one == pointer or (cell and document.cells.get(one) == cell)]
    return [one for one in same if isinstance(document.raw.get(one), str) and one not in document.faults]


def _typed(document: Document, pointer: str, title: str, raw: str) -> Iterator[Flag]:
    together = _of_one_cell(document, pointer)
    if pointer != together[0]:
        return
    figure = document.values[pointer[1:]]
    if len({document.raw[one] for one in together}) > 1:
        told = "、".join(str(document.raw[one]) for one in together)
        yield Flag(
            pointer,
            f"{document.cells[pointer]} 一格里写了 {len(together)} 项金额（{told}），求和公式会把它当作 0；本次按写的数核对。",
            "本地表样就是这样的可以不改；要用公式加总的，请一项一格，只填数字。",
            severity="hint",
        )
    elif _UNIT.search(raw):
        yield Flag(
            pointer,
            f"{title}{wording.quoted(raw)}是带单位的文字，求和公式会把它当作 0；本次按 {figure} 万元核对。",
            "请只填数字，单位已印在表头。" if document.money else "请只填数字，单位写在表头。",
        )
    elif _PARTED.search(raw.strip()):
        yield Flag(
            pointer,
            f"{title}{wording.quoted(raw)}数字中间有空格，求和公式会把它当作 0；本次按 {figure} 万元核对。",
            f"请核对是不是 {figure}，有没有漏了小数点，再只填数字。",
            severity="hint",
        )
    else:
        safe = document.money == "万元" and money(raw, "万元") == figure
        plain = raw == figure
        yield Flag(
            pointer,
            f"{title}{wording.quoted(raw)}是文字写法的数，求和公式会把它当作 0；本次按 {figure} 万元核对。",
            "这一格是文字格式：请把格式改成常规或数值，再重新填一遍。"
            if plain
            else "请只填数字，不加空格和逗号。",
            severity="hint",
            fix=Fix(raw, figure) if safe else None,
        )
