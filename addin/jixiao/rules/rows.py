"""The indicator rows that say something, taken apart once for all rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from jixiao import wording
from jixiao.model import Document
from jixiao.rules.answers import indicators, states
from jixiao.rules.names import unprinted
from jixiao.values import Target, key, parse

COST_LEVELS = frozenset({"经济成本指标", "社会成本指标", "生态环境成本指标", "成本指标"})


class Row(NamedTuple):
    """One indicator with a name and a target, neither of which declines or only holds a place.

    Attributes:
        number: its index in the document.
        level1: the level-1 word, `""` where it is blank.
        level2: the level-2 word, `""` where it is blank.
        name: 三级指标, without a number or a limit printed around it.
        target: 指标值.
        parsed: what the target states.
        is_cost: whether the row stands among the costs, in either version of the words.
        is_satisfaction: whether the row stands among the satisfaction indicators.
        shown: 三级指标 as it stands in its cell.
        key: the name for comparison.

    """

    number: int
    level1: str
    level2: str
    name: str
    target: str
    parsed: Target
    is_cost: bool
    is_satisfaction: bool
    shown: str
    key: str

    @property
    def place(self) -> str:
        """How a clerk finds the row: `第 3 行指标“干部职工满意度”`."""
        return f"第 {self.number + 1} 行指标{wording.quoted(self.shown)}"

    @property
    def misread(self) -> str | None:
        """The limit that a scan has read as a figure: 92 of 292%, whose 2 is a ≥."""
        value, bare = self.parsed.value or "", self.parsed.kind == "number" and not self.parsed.operator
        shape = value.startswith("2") and len(value.partition(".")[0]) == 3
        return value[1:] if bare and shape and self.parsed.measure == "%" else None

    def at(self, column: str) -> str:
        """Return the pointer of one of its cells."""
        return f"/indicators/{self.number}/{column}"


def rows_of(document: Document, only: Callable[[Mapping[str, Any]], bool] | None = None) -> tuple[Row, ...]:
    """Return the rows that say something, in the order of the table.

    Args:
        document: the table.
        only: which of its indicators are wanted, as a quick look: a campaign has a million, to be taken apart for few.

    """
    return tuple([_row(number, one) for number, one in saying(document) if only is None or only(one)])


def saying(document: Document) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield (number, indicator) of the rows that say something, not taken apart."""
    return ((number, one) for number, one in indicators(document) if _says(one))


def is_satisfaction(one: Mapping[str, Any]) -> bool:
    """Tell whether an indicator stands among the satisfaction indicators."""
    return "满意度" in (one["level1"] or "") or "满意度" in (one["level2"] or "")


def _says(one: Mapping[str, Any]) -> bool:
    name, target = one["name"], one["target"]
    return bool(name and target) and states(name) and states(target)


def _row(number: int, one: Mapping[str, Any]) -> Row:
    level1, level2, name, target = one["level1"] or "", one["level2"] or "", one["name"], one["target"]
    cost = level2 in COST_LEVELS or level1 == "成本指标"
    satisfaction = "满意度" in level1 or "满意度" in level2
    bare = unprinted(name)
    return Row(number, level1, level2, bare, target, parse(target), cost, satisfaction, name, key(bare))
