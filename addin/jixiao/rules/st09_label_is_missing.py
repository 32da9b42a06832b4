"""表上少了规定的栏目。

检查什么
表样上的栏目是不是都在，名称有没有被改掉；行可以增加，不能删除。表样没有要求必填的栏目少了只提示，
一栏也没有的是本地表样，不提示。
外地表样本来没有的栏目只警告；同一项资金有两行，或有几列金额而表头看不出哪一列是本年度的，也在这里指出；
隐藏的行和列里有内容的，也写明是哪几行、哪几列。
为什么
栏目被删或改名以后，里面的数读不出来，汇总时会缺数。
怎么改
把栏目名称改回表样的写法；行被删掉的，用官方空白表重新填写。
例
“上年结转资金”一行被删掉，或改成了“往年余额”。
依据
表式不得改动，可以增行、不能删行（某单位填报说明，已见）
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jixiao import schemas
from jixiao.model import Document, Severity
from jixiao.rules import ALL_FORMS, Flag, Given, Scope

SCOPE: Scope = "document"
FORMS = ALL_FORMS
SEVERITY: Severity = "error"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {}
SUPERSEDES = ("SC",)
ON = True
ADVICE = (
    "如果这一行是指标，请按表头把一级、二级、三级指标和指标值写在各自的列里；如果是说明，请移到表的下面。"
)


def check(document: Document, given: Given) -> Iterator[Flag]:
    """Flag every field of the form whose label was not found, so that it has no cell."""
    found, has = document.cells, document.values
    missing = [field for field in given.labels if f"/{field}" not in found and not has.get(field)]
    if not missing:
        return
    told = {one.pointer for one in document.notes if one.rule == "ST09"} | document.lacks  # by reading
    required = schemas.schema(document.form)["required"]
    spare = [field for field in given.labels if field not in required]
    if len(spare) > 1 and set(spare).issubset(
        missing
    ):  # 项目属性 and 项目期 both: the place's form has neither
        missing = [field for field in missing if field in required]
    for field in missing:
        pointer, label = f"/{field}", given.labels[field]
        if pointer in told:
            continue
        bare = label.strip("：: ")
        message = f"表中没有找到“{bare}”这一栏。"
        if field in required:
            advice = f"请核对这一栏是不是被删掉或改了名，改回“{bare}”；或用官方空白表重新填写。"
            yield Flag(pointer, message, advice)
        else:
            advice = f"本地表样没有这一栏的不用管；原来有、被删掉或改了名的，请改回“{bare}”。"
            yield Flag(pointer, message, advice, severity="hint")
