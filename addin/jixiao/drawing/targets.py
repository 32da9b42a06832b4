"""A target (指标值) in one cell, or parted where a form has columns of their own for its operator and its measure."""

from __future__ import annotations

from collections.abc import Mapping

from jixiao import values as grammar
from jixiao.forms import TARGET_PARTS, Form


def parts(form: Form) -> frozenset[str]:
    """Return for which parts of a target a form has columns: `operator`, `measure`, or none."""
    return frozenset(name for name, _ in form.columns() if name in TARGET_PARTS)


def text(form: Form, field: str, words: Mapping[str, str | None]) -> str | None:
    """Return what stands in a column of the indicators, `None` where it is blank.

    A target is parted only where its parts put together are the clerk's own text again; any other stands as a whole
    in the column of the targets.
    """
    own = parts(form)
    if field not in {"target", *own} or not own:
        return words.get(field) or None
    return _parted(words.get("target") or "", own)[field] or None


def _parted(target: str, own: frozenset[str]) -> dict[str, str]:
    whole = {"operator": "", "target": target, "measure": ""}
    told = grammar.parse(target)
    front = told.operator or "" if "operator" in own else ""
    behind = told.measure or "" if "measure" in own else ""
    if not target.startswith(front) or not target.endswith(behind):
        return whole
    middle = target[len(front) : len(target) - len(behind)]
    rest = grammar.parse(middle)
    if told.value is None or rest.value != told.value or middle != middle.strip():
        return whole
    if (front and rest.operator) or (behind and rest.measure):
        return whole
    return {"operator": front, "target": middle, "measure": behind}
