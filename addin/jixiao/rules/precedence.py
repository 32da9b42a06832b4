"""Which of several findings are told: what one rule says better is not said again, and a word over several rows once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from jixiao import rules
from jixiao.model import Document, Finding

LEVEL = re.compile(r"/indicators/\d+/(level[12])")


def told(document: Document, findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings of a document that are told, in their order."""
    return _once(document, _standing(findings))


def _standing(findings: Sequence[Finding]) -> Iterable[Finding]:
    """Drop what another rule says better of the same value."""
    better, whole, weak = _better()
    at_value: dict[str, set[str]] = {}
    in_row: dict[str, set[str]] = {}
    for one in findings:
        if one.rule in better:
            at_value.setdefault(one.pointer, set()).add(one.rule)
        if one.rule in whole:
            in_row.setdefault(_row_of(one.pointer), set()).add(one.rule)
    for one in findings:
        here = at_value.get(one.pointer, ())
        if any(rule != one.rule and one.rule.startswith(better[rule]) for rule in here):
            continue
        row = in_row.get(_row_of(one.pointer), ()) if one.rule in weak else ()
        if not any(one.rule in whole[rule] for rule in row):
            yield one


@cache
def _better() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]], frozenset[str]]:
    """Return which rules say what others say better: at the same value, in the same row; and the latter others."""
    known = rules.catalogue()
    whole = {rule.id: rule.row_supersedes for rule in known if rule.row_supersedes}
    return (
        {rule.id: rule.supersedes for rule in known if rule.supersedes},
        whole,
        frozenset(weaker for ids in whole.values() for weaker in ids),
    )


def _row_of(pointer: str) -> str:
    """Return the pointer of the indicator row that a value stands in, the pointer itself for anything else."""
    return pointer.rpartition("/")[0] if pointer.startswith("/indicators/") else pointer


def _once(document: Document, findings: Iterable[Finding]) -> list[Finding]:
    """Tell a level word that holds over several rows once, at its one cell."""
    kept: dict[tuple[str, ...], Finding] = {}
    for one in findings:
        level = LEVEL.fullmatch(one.pointer) if one.pointer.endswith(("1", "2")) else None
        same = (level[1], str(document.at(one.pointer))) if level else (one.pointer, one.message)
        kept.setdefault((one.rule, one.cell, *same), one)
    return list(kept.values())
