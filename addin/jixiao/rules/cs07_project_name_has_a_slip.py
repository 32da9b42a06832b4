"""项目名称疑似打错一个字。

检查什么
同一单位、同一年度的项目名称里，有没有只差一个同音字、或两个字颠倒的两个项目。
为什么
同一个项目写成两个名称，会被当作两个项目，资金算两遍。
怎么改
是同一个项目的，改成一样并删去一张；确实是两个项目的不用改。
例
“统办楼电梯维护”与“统办楼电梯围护”。
依据
同一单位的项目名称不得重复（运行中的申报系统，已见）
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import Flag, Scope
from jixiao.rules.agencies import owner
from jixiao.rules.slips import slips
from jixiao.values import key

SCOPE: Scope = "campaign"
FORMS = ("project_target",)
SEVERITY: Severity = "warning"
NEEDS = ("/project_name",)
PARAMETERS: dict[str, Any] = {}
SUPERSEDES: tuple[str, ...] = ()
EARLY = True
ON = True


def check(documents: Sequence[Document], _parameters: Mapping[str, Any]) -> Iterator[tuple[int, Flag]]:
    """Flag the later of two projects of an agency and year whose names differ by a slip."""
    groups: defaultdict[tuple[str, Any], array[int]] = defaultdict(lambda: array("L"))
    for number, document in enumerate(documents):
        groups[owner(document), document.values["year"]].append(number)
    for numbers in groups.values():
        if len(numbers) == 1:
            continue
        names: dict[str, int] = {}
        for number in numbers:
            names.setdefault(key(documents[number].values["project_name"]), number)
        known = list(names)
        for one, other in slips(known):
            first, later = documents[names[known[one]]], documents[names[known[other]]]
            yield (
                names[known[other]],
                Flag(
                    "/project_name",
                    f"项目{wording.quoted(later.values['project_name'])}与{wording.quoted(first.values['project_name'])}"
                    f"（工作表“{first.sheet}”的 {first.cell('/project_name')}）只差一点，像是打错了字。",
                    "是同一个项目请改成一样并删去一张；确实是两个项目的不用改。",
                ),
            )
