"""Which of several findings are told: what one rule says better is not said again, and a word over several rows once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from jixiao import rules
from jixiao.model import Document, Finding

_WRONG_WORD = ("SC03", "ST05")
_FAULTY = "ST12"
_MANY = 5  # cells that are named
LEVEL = re.compile(r"/indicators/\d+/(level[12])")


def told(document: Document, findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings of a document that are told, in their order."""
    return _once(document, _standing(document, findings))


def _standing(document: Document, findings: Sequence[Finding]) -> Iterable[Finding]:
    """Drop what another says better of the same value, row or table; a formula that we worked out is as good as a number."""
    needless = _needless(frozenset(one.rule for one in findings if one.severity != "hint"))
    at_value: dict[str, set[str]] = {}
    in_row: dict[str, set[str]] = {}
    better, whole = _better()
    for one in findings:
        if one.rule in better and (one.rule != _FAULTY or one.pointer in document.faults):
            at_value.setdefault(one.pointer, set()).add(one.rule)
        if one.rule in whole:
            in_row.setdefault(_row_of(one.pointer), set()).add(one.rule)
    for one in findings:
        if one.rule in needless:
            continue
        by_value, by_row = _beaten(one.rule)
        if by_value and not by_value.isdisjoint(at_value.get(one.pointer, ())):
            continue
        if not by_row or not in_row or by_row.isdisjoint(in_row.get(_row_of(one.pointer), ())):
            yield one


@lru_cache(maxsize=1024)
def _needless(told: frozenset[str]) -> frozenset[str]:
    """Return the rules whose findings follow, all over a table, from what others have told of it; a hint tells too little."""
    return frozenset(id_ for rule in rules.catalogue() if rule.id in told for id_ in rule.table_supersedes)


@cache
def _better() -> tuple[frozenset[str], frozenset[str]]:
    """Return the rules that say what others say better: at the same value, in the same row."""
    known = rules.catalogue()
    return (
        frozenset(rule.id for rule in known if rule.supersedes),
        frozenset(rule.id for rule in known if rule.row_supersedes),
    )


@cache
def _beaten(weaker: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the rules that say better what this one says: at the same value, in the same row."""
    others = [rule for rule in rules.catalogue() if rule.id != weaker]
    return (
        frozenset(rule.id for rule in others if rule.supersedes and weaker.startswith(rule.supersedes)),
        frozenset(rule.id for rule in rules.catalogue() if weaker in rule.row_supersedes),
    )


def _row_of(pointer: str) -> str:
    """Return the pointer of the indicator row that a value stands in, the pointer itself for anything else."""
    return pointer.rpartition("/")[0] if pointer.startswith("/indicators/") else pointer


def _once(document: Document, findings: Iterable[Finding]) -> list[Finding]:
    """Tell once what is said of several values of one cell, and a level 1 that is wrong once in all."""
    findings = _first_of_level1(document, list(findings))
    if len({(one.rule, one.cell) for one in findings}) == len(findings):
        return findings
    kept: dict[tuple[str, ...], Finding] = {}
    for one in findings:
        level = LEVEL.fullmatch(one.pointer) if one.pointer.endswith(("1", "2")) else None
        same = (level[1], str(document.at(one.pointer))) if level else ("", one.message)
        kept.setdefault((one.rule, one.cell, *same), one)
    return list(kept.values())


def _first_of_level1(document: Document, findings: list[Finding]) -> list[Finding]:
    """Tell a level 1 word that is not allowed at the first of its cells, and there where else it stands."""
    kept: list[Finding] = []
    same: dict[tuple[str, str], dict[str, Finding]] = {}
    for one in findings:
        if one.rule in _WRONG_WORD and one.fix is None and one.pointer.endswith("/level1"):
            word = str(document.raw.get(one.pointer) or document.at(one.pointer))
            same.setdefault((one.rule, word), {}).setdefault(one.cell, one)
        else:
            kept.append(one)
    for first, *others in (list(cells.values()) for cells in same.values()):
        named = "、".join(one.cell for one in others[:_MANY])
        also = (
            f"同样写的还有 {len(others)} 格：{named}{'……' if len(others) > _MANY else '。'}" if others else ""
        )
        kept.append(first._replace(message=first.message + also))
    return kept
