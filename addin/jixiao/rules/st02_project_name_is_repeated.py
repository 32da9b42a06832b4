"""同一个项目填了两张表。

检查什么
同一个工作簿里，同一实施单位、同一年度的项目名称不能重复；一个项目只填一张表。
汇总时，指标相同、名称只差编号、年度、“项目”二字的，或实施单位和主管部门各报了一次的，像是同一个项目，两张都计入，列为警告。
为什么
两张表都会计入汇总，资金被算两遍；也可能是复制后忘了改名称。
怎么改
是同一个项目就删去一张；是两个项目就改成各自的名称。
例
“2024年公务接待费”在两个工作表里各有一张：指出后一张，并说出前一张的位置。
依据
同一单位的项目名称不得重复（运行中的申报系统，已见）
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import Flag, Scope
from jixiao.rules.agencies import known_as
from jixiao.values import key

SCOPE: Scope = "workbook"
FORMS = ("project_target",)
SEVERITY: Severity = "error"
NEEDS = ("/project_name",)
PARAMETERS: dict[str, Any] = {}
SUPERSEDES: tuple[str, ...] = ()
ON = True


def check(documents: Sequence[Document], _parameters: Mapping[str, Any]) -> Iterator[tuple[int, Flag]]:
    """Flag every table after the first of the same project, agency and year."""
    first: dict[tuple[str, str, int | None], int] = {}
    for number, document in enumerate(documents):
        values = document.values
        name = values["project_name"]
        earlier = first.setdefault((key(name), known_as(values["agency"]), values["year"]), number)
        if earlier != number:
            other = documents[earlier]
            yield (
                number,
                Flag(
                    "/project_name",
                    f"项目{wording.quoted(name)}已经有一张表，在工作表“{other.sheet}”的 "
                    f"{other.cell('/project_name')}。",
                    "是同一个项目请删去一张表，是不同的项目请改成各自的名称。",
                ),
            )
