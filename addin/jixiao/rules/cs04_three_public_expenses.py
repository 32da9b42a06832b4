"""属于“三公”经费的项目。

检查什么
项目名称里有没有公务接待、公务用车、因公出国（境）。
为什么
“三公”经费有总额控制，只减不增，汇总后要与限额核对。
怎么改
核对不超过上年和批复的限额，并在经济成本指标里写明上限。
例
“2024年公务接待费”“2024年公务用车运行经费”。
依据
“三公”经费从严控制（通行要求，待核实）；2024 年县级公开表有两个这样的项目（已见）
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import Flag, Given, Scope

SCOPE: Scope = "document"
FORMS = ("project_target",)
SEVERITY: Severity = "hint"
NEEDS = ("/project_name",)
PARAMETERS: dict[str, Any] = {}
SUPERSEDES: tuple[str, ...] = ()
ON = True
_PUBLIC = re.compile(
    r"公务接待|公务用车|公务车辆|公车|因公出国|因公出境|出国(?:考察|访问|经费)|出国[（(]境[）)]|[“\"]?三公[”\"]?经费"
)


def check(document: Document, _given: Given) -> Iterator[Flag]:
    """Hint at projects of receptions, official cars and travel abroad."""
    name = document.values["project_name"]
    found = _PUBLIC.search(name)
    if found:
        yield Flag(
            "/project_name",
            f"项目{wording.quoted(name)}属于“三公”经费，年度资金总额 {document.values['total_funds']} 万元。",
            "请核对不超过上年和批复的限额，并在成本指标里写明上限。",
        )
