"""三级指标写成了口号或动作。

检查什么
三级指标是不是“提高……”“加强……”“做好……”“促进……”“积极开展……”这样的口号或动作，而不是能量出来的名称（率、数、量、时间、成本……）。效益指标的指标值用“有效促进”“明显改善”一类认可的定性说法的，名称写成“促进……”“改善……”也可以。
为什么
口号没有考核的对象，财政部门审核时会退回。
怎么改
改成“什么的什么”：加强业务培训 → 业务培训人次；提高服务质量 → 服务投诉次数。
例
三级指标“加强业务培训”，指标值“>50人次”。
依据
指标要清晰、可衡量（多地填报要求，待核实）；2024 年县级公开表有口号式名称（已见）
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jixiao.model import Document, Severity
from jixiao.rules import ALL_FORMS, Flag, Given, Scope
from jixiao.rules.examples import here
from jixiao.rules.names import urges
from jixiao.rules.rows import Row

SCOPE: Scope = "document"
FORMS = ALL_FORMS
SEVERITY: Severity = "warning"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {}
SUPERSEDES: tuple[str, ...] = ()
ON = True


def check(document: Document, given: Given) -> Iterator[Flag]:
    """Flag names that are an action or a slogan; questions are IN05's."""
    for row in given.rows:
        accepted = row.level1 == "效益指标" and row.parsed.kind == "grade"
        if row.is_satisfaction or accepted:
            continue
        urged = urges(row.name)
        if urged == "slogan" or (urged == "action" and not _is_counted(row)):
            yield Flag(
                row.at("name"),
                f"{row.place}是一句口号或动作，看不出考核什么。",
                "请改成能量出来的名称，如“……人次”“……完成率”“……次数”“……时间”。"
                + here(document, given, row.number),
            )


def _is_counted(row: Row) -> bool:
    """Tell whether the target counts something, so that the action has a measure: 提供岗位 ≥5个."""
    known = [one.known for one in row.parsed.quantities]
    return any(one and one.dimension != "rate" for one in known) or row.parsed.span is not None
