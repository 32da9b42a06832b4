"""满意度指标的名称不规范。

检查什么
满意度指标的名称是不是“谁的满意度”：以满意度（满意率）结尾，前面写明服务对象；不以“调查”结尾，不以“提升”“确保”开头。
为什么
“满意度调查”是一件工作，不是满意度；不写对象，就不知道问谁。
怎么改
改为“干部职工满意度”“受益群众满意度”。
例
“服务对象满意度调查”“提升干部职工的满意度”“接待质量达到本县领导满意度”。
依据
2024 年县级公开表有这样的实例（已见）
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from jixiao.model import Document, Severity
from jixiao.rules import ALL_FORMS, Flag, Given, Scope

SCOPE: Scope = "document"
FORMS = ALL_FORMS
SEVERITY: Severity = "warning"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {}
SUPERSEDES = ("IN03", "IN04")
ON = True
_END = re.compile(r"满意(?:[度率渡都](?:指数|得分)?|程度|指数)(?:[（(].*[）)])?$")
_VERB = re.compile(
    r"^(?:进一步|不断|持续|有效)*(?:提升|提高|增强|确保|做好|保障(?!性|对象|房|户|家庭|单位|学生|人员|人群|群体|村|企业|职工|群众|居民|服务))(?!改造|工程|项目|行动|类)|达到"
)
_GENERAL = re.compile(r"^(?:服务对象|受益对象|社会公众或服务对象|公众|对象|相关)?满意(?:度|率)$")


def check(_document: Document, given: Given) -> Iterator[Flag]:
    """Flag satisfaction rows whose name is not whose satisfaction it is; one that names no group is a hint."""
    for row in given.rows:
        if not row.is_satisfaction or "投诉" in row.name:
            continue
        if not _END.search(row.name) or _VERB.search(row.name):
            yield Flag(
                row.at("name"),
                f"{row.place}不是满意度的名称：应当以“满意度”结尾，不写“调查”“提升”“达到”。",
                "请写“谁的满意度”，如“干部职工满意度”“受益群众满意度”。",
            )
        elif _GENERAL.match(row.name):
            yield Flag(
                row.at("name"),
                f"{row.place}没有写明是谁的满意度。",
                "方便时请写明服务对象，如“干部职工满意度”“受益群众满意度”。",
                severity="hint",
            )
