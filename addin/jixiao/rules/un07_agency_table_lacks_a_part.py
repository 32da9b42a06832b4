"""整体表缺一级指标或服务对象满意度。

检查什么
单位整体表里，词表规定的一级指标是不是都有，服务对象满意度有没有在哪一行写到。一级指标只是打错了字的，不算缺。
为什么
缺了一类就不完整；没有满意度，看不出服务的人满不满意。
怎么改
补上缺的一级指标；在履职效果里加一行服务对象满意度。
例
部门管理、履职效果、能力建设都有，但没有一行写满意度。
依据
整体绩效目标的框架含服务对象满意度（已见）；本地要求待核实
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import Flag, Given, Scope

SCOPE: Scope = "document"
FORMS = ("agency_overall",)
SEVERITY: Severity = "warning"
NEEDS = ("/indicators",)
PARAMETERS: dict[str, Any] = {}
SUPERSEDES: tuple[str, ...] = ()
ON = True


def check(document: Document, given: Given) -> Iterator[Flag]:
    """Flag level 1 words without a row, and a table that speaks of nobody's satisfaction."""
    present = {one["level1"] for one in document.values["indicators"]}
    missing = (
        []
        if present.isdisjoint(given.words.level1)
        else [  # all is another frame: ST05
            level1 for level1 in given.words.level1 if level1 not in present
        ]
    )
    strange = present.difference(given.words.level1, (None,)) if missing else ()
    meant = {wording.closest(word, given.words.level1) for word in strange}  # a slip is SC03's
    for level1 in missing:
        if level1 not in meant:
            yield Flag(
                "/indicators", f"整体表里没有“{level1}”的指标。", f"请在“{level1}”下面至少填写一个指标。"
            )
    texts = (
        text
        for one in document.values["indicators"]
        for text in (one["level1"], one["level2"], one["name"])
        if text
    )
    if not any("满意" in text for text in texts):
        yield Flag(
            "/indicators",
            "整体表里没有服务对象满意度。",
            "请加一行，如二级指标“服务对象满意度”，三级指标“干部职工满意度”，指标值“≥95%”。",
        )
