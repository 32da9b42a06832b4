"""整体表的数量与项目表对不上。

检查什么
整体表里写明的数量（辆、部、栋、套等），与同一单位项目表里说同一件事的数量是不是一致。
为什么
整体表写 70 辆、项目表写 65 辆，总有一个没有改。
怎么改
核对后改成一致。
例
整体表“保障公车数量 70辆”，公务用车项目也是 70 辆。
依据
2024 年县级公开表两处一致（已见）；核对办法为通行做法
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import ALL_FORMS, Flag, Scope
from jixiao.rules.agencies import known_as, owner, project
from jixiao.rules.rows import Row, rows_of
from jixiao.rules.topics import near

SCOPE: Scope = "campaign"
FORMS = ALL_FORMS
SEVERITY: Severity = "hint"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {
    "measures": ("辆", "部", "栋", "幢", "艘", "架", "套", "座", "所", "盏", "公里", "平方米")
}
SUPERSEDES: tuple[str, ...] = ()
EARLY = True
ON = True


def check(documents: Sequence[Document], parameters: Mapping[str, Any]) -> Iterator[tuple[int, Flag]]:
    """Hint at a count of an agency's table that its projects state, of the same thing, only otherwise."""
    stated: defaultdict[tuple[str, Any, str], list[tuple[int, Row]]] = defaultdict(list)
    agencies: list[int] = []
    measures = frozenset(parameters["measures"])
    for number, document in enumerate(documents):
        if document.form == "project_target":
            for row in rows_of(document, lambda one: one["measure"] in measures):
                if row.parsed.measure in measures:
                    stated[owner(document), document.values["year"], row.parsed.measure or ""].append(
                        (number, row)
                    )
        else:
            agencies.append(number)
    for number in agencies:
        document = documents[number]
        for row in rows_of(document):
            home = (known_as(document.values["agency"]), document.values["year"], row.parsed.measure or "")
            told = [(documents[other], one) for other, one in stated.get(home, ())]
            same = [(other, one) for other, one in told if _about(row, other, one)]
            if same and all(one.parsed.value != row.parsed.value for _, one in same):
                other, one = same[0]
                yield (
                    number,
                    Flag(
                        row.at("target"),
                        f"{row.place}是{wording.quoted(row.target)}，项目{project(other)}"
                        f"里是{wording.quoted(one.target)}（工作表“{other.sheet}”的 {other.cell(one.at('target'))}）。",
                        "请核对后改成一致。",
                    ),
                )


def _about(row: Row, other: Document, one: Row) -> bool:
    """Tell whether two counts of one measure are about the same thing; cars are, whatever they are called."""
    return row.parsed.measure in {"辆", "艘", "架"} or near(
        row.name, f"{other.values['project_name'] or ''}　{one.name}"
    )
