"""用投诉代替满意度。

检查什么
满意度指标里写的是不是投诉次数、投诉率。
为什么
没有人投诉不等于满意，自评时还要拿出满意度调查的材料。
怎么改
改写满意度，投诉次数移到社会效益或质量指标。
例
满意度指标写“群众投诉次数 =0次”。
依据
自评审核中指出过无投诉不能代替满意度（已见）
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jixiao.model import Document, Severity
from jixiao.rules import ALL_FORMS, Flag, Given, Scope

SCOPE: Scope = "document"
FORMS = ALL_FORMS
SEVERITY: Severity = "hint"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {}
SUPERSEDES = ("SA02",)
ON = True


def check(_document: Document, given: Given) -> Iterator[Flag]:
    """Hint at complaints among the satisfaction rows."""
    for row in given.rows:
        if row.is_satisfaction and "投诉" in row.name and "满意" not in row.name:
            yield Flag(
                row.at("name"),
                f"{row.place}说的是投诉，没有投诉不等于满意。",
                "请写满意度，如“受益群众满意度 ≥90%”，自评时附调查材料；投诉次数移到质量或社会效益指标。",
            )
