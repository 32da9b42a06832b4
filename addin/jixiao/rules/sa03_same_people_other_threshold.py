"""同一批人的满意度，各项目要求不一。

检查什么
同一单位各项目里，同一批人的满意度指标值是不是一样。
为什么
同一批干部职工，一个项目要求 95%，另一个要求 98%，年底一次调查没法分开算。
怎么改
确实要分开调查的保留；否则统一成一个数。
例
水费项目“干部职工满意度 95%”，电费项目“提升干部职工的满意度 ≥98%”。
依据
2024 年县级公开表有这样的实例（已见）
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import Flag, Scope
from jixiao.rules.agencies import owner, project
from jixiao.rules.rows import is_satisfaction, rows_of
from jixiao.values import key

SCOPE: Scope = "workbook"
FORMS = ("project_target",)
SEVERITY: Severity = "hint"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {}
SUPERSEDES: tuple[str, ...] = ()
AGAIN = True
ON = True
_NOT_WHO = re.compile(
    r"满意(?:度|率)|调查|问卷|提升|提高|增强|达到|确保|保障|对.*(?=满意)|的|年度|整体|综合|总体"
)


@lru_cache(maxsize=1024)
def _who(name: str) -> str:
    """Return whose satisfaction a name means."""
    return key(_NOT_WHO.sub("", name))


def check(documents: Sequence[Document], _parameters: Mapping[str, Any]) -> Iterator[tuple[int, Flag]]:
    """Hint at the first row of each later project that asks another percentage of the same people of an agency."""
    asked: dict[tuple[str, Any, str], tuple[int, int, Any]] = {}
    for number, document in enumerate(documents):
        for row in rows_of(document, is_satisfaction):
            who = _who(row.name)
            if row.parsed.measure != "%" or len(who) < 2 or who == "服务对象":
                continue
            home = (owner(document), document.values["year"], who)
            earlier, at, value = asked.setdefault(home, (number, row.number, row.parsed.value))
            if value != row.parsed.value and earlier != number:  # within one table it is IN02's
                first = documents[earlier]
                yield (
                    number,
                    Flag(
                        row.at("target"),
                        f"{row.place}是{wording.quoted(row.target)}，项目{project(first)}"
                        f"里是{wording.quoted(first.at(f'/indicators/{at}/target'))}（工作表“{first.sheet}”的 "
                        f"{first.cell(f'/indicators/{at}/target')}）。",
                        "问的是同一批人，请核对要不要统一。",
                    ),
                )
                break
