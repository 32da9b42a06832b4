"""单位名称疑似打错一个字。

检查什么
各表的实施单位（单位名称）里，有没有只差一个同音字、或两个字颠倒的名称。汇总时给了名单的，还比较没有收到的单位和名单外的单位，写在“报送情况”页。
为什么
差一个字就是两个单位，汇总时会分成两份，合计对不上。
怎么改
核对后改成同一个名称。
例
“和政县机关事务管里局”与“和政县机关事务管理局”。
依据
汇总按单位全称归并（通行做法，待核实）；同音字错误在拼音输入时常见（已见）
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import ALL_FORMS, Flag, Scope
from jixiao.rules.agencies import known_as
from jixiao.rules.slips import slips

SCOPE: Scope = "campaign"
FORMS = ALL_FORMS
SEVERITY: Severity = "warning"
NEEDS = ("/agency",)
PARAMETERS: dict[str, Any] = {}
SUPERSEDES: tuple[str, ...] = ()
ON = True


def check(documents: Sequence[Document], _parameters: Mapping[str, Any]) -> Iterator[tuple[int, Flag]]:
    """Flag the first table of the rarer of two names that differ by a slip; of two equally frequent, of the later."""
    counts: Counter[str] = Counter()
    first: dict[str, int] = {}
    for number, document in enumerate(documents):
        name = known_as(document.values["agency"])
        counts[name] += 1
        first.setdefault(name, number)
    names = list(counts)
    for one, other in slips(names):
        right, wrong = names[one], names[other]
        if counts[wrong] > counts[right]:
            right, wrong = wrong, right
        known = documents[first[right]].values["agency"]
        yield (
            first[wrong],
            Flag(
                "/agency",
                f"{wording.quoted(documents[first[wrong]].values['agency'])}与{wording.quoted(known)}（{counts[right]} 张表）只差一点，像是打错了字。",
                f"是不是“{known}”？是同一个单位的请改成一样。",
            ),
        )
