"""基本支出 of a unit's table that has no place for it, but for its parts: 人员经费 and 公用经费."""

from __future__ import annotations

from collections.abc import Mapping

from jixiao.reading import parts
from jixiao.reading.fields import Found
from jixiao.reading.tables import Place
from jixiao.reading.words import label_key

FIELD = "basic"
_PARTS = {"personnel": "人员经费", "operating": "公用经费"}
_LABEL = label_key("基本支出")


def summed(place: Place, head: Mapping[str, Found]) -> dict[str, Found]:
    """Return the sum of the two parts, none where one is not there or the table speaks of 基本支出 itself."""
    ones = [(title, head[name]) for name, title in _PARTS.items() if name in head]
    spoken = FIELD in head or _LABEL in place.labels or _LABEL in place.inline
    if spoken or len(ones) < len(_PARTS) or any(parts.amount(one) is None for _, one in ones):
        return {}
    return {FIELD: parts.summed(ones)}
