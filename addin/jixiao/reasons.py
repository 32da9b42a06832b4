"""Recorded reasons: which finding a reason explains, what makes it void, and how one more is recorded."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Literal

from jixiao.errors import UsageError
from jixiao.model import Document, Finding, Reason, Spot
from jixiao.office import reasons as stored

_ROW = re.compile(r"/indicators/[0-9]+")
_WHERE = re.compile(r"第 ?\d+ ?行|工作表“[^”]*”|\b[A-Z]{1,3}\d+\b")  # in a message: what only tells a place
_CONTENT = re.compile(r"“[^”]*”|\d+(?:\.\d+)?")  # in a message: the table's own words and figures
State = Literal["valid", "void", "gone"]
VOID = "以前的说明因内容已改而失效，要保留请重新说明。"
_ENDS = ("。", "！", "？", "；")


def at(documents: Iterable[Document], found: Sequence[Reason]) -> list[Document]:
    """Return documents with the reasons at cells of theirs."""
    return [
        replace(
            one,
            reasons=tuple(
                each for each in found if each.sheet == one.sheet and one.area.holds(*Spot.of(each.cell))
            ),
        )
        for one in documents
    ]


def told(document: Document, finding: Finding) -> Finding:
    """Return a finding with its reason, where one was recorded for this very content; else it says that it is void.

    An error is never explained.
    """
    reason = _of(document, finding)
    if reason is None:
        return finding
    if reason.value == digest(document, finding):
        return finding._replace(reason=reason.text)
    end = "" if not finding.suggestion or finding.suggestion.endswith(_ENDS) else "。"
    return finding._replace(suggestion=f"{finding.suggestion}{end}{VOID}")


def can_be_explained(finding: Finding) -> bool:
    """Tell whether a finding can be kept with a reason: warnings and hints, never errors."""
    return finding.severity != "error"


def digest(document: Document, finding: Finding) -> str:
    """Return a digest of the content that a finding speaks of: its cell, its fields, what its rule needs and quotes.

    Of an indicator that is the whole row, for the same 指标值 beside another name says something else. Nothing in
    it depends on where the content stands, so that rows can be inserted and sheets renamed; what the message quotes
    may stand anywhere, in another table too.
    """
    row = _ROW.match(finding.pointer)
    about = (row[0] if row else finding.pointer, *_needs().get(finding.rule, ()))
    pointers = {
        pointer
        for pointer, cell in document.cells.items()
        if cell == finding.cell or any(_within(pointer, one) for one in about)
    }
    values = (document.raw.get(one, document.at(one)) for one in pointers | set(about))
    plain = {
        json.dumps(value, ensure_ascii=True, default=str)
        for value in values
        if not isinstance(value, dict | list)
    }
    plain.update(_CONTENT.findall(_WHERE.sub("", finding.message)))
    return hashlib.sha256("\n".join(sorted(plain)).encode()).hexdigest()[:32]


def recorded(
    known: Iterable[Reason], document: Document, finding: Finding, text: str, day: date
) -> tuple[Reason, ...]:
    """Return the reasons of a workbook with one for this finding, in place of an earlier one; no text takes it away.

    Raises UsageError for a reason that is too long: what a person wrote is not cut.
    """
    place = (document.sheet, finding.cell, finding.rule)
    others = [one for one in known if (one.sheet, one.cell, one.rule) != place]
    plain = stored.line(text)
    if len(plain) > stored.LONGEST:
        raise UsageError(f"理由有 {len(plain)} 个字，最多 {stored.LONGEST} 个字，没有记下。请写得短一些。")
    ours = [Reason(*place, digest(document, finding), plain, day.isoformat())] if plain else []
    return (*others, *ours)


def states(document: Document, findings: Sequence[Finding]) -> tuple[tuple[Reason, State], ...]:
    """Return the reasons on a table, each with what has become of it."""
    kept = {(one.cell, one.rule): one.reason is not None for one in findings if can_be_explained(one)}
    words: dict[bool | None, State] = {True: "valid", False: "void", None: "gone"}
    return tuple((one, words[kept.get((one.cell, one.rule))]) for one in document.reasons)


def _of(document: Document, finding: Finding) -> Reason | None:
    if not document.reasons or not can_be_explained(finding):
        return None
    place = finding.cell, finding.rule
    return next((one for one in document.reasons if (one.cell, one.rule) == place), None)


def _within(pointer: str, whole: str) -> bool:
    return pointer == whole or pointer.startswith(f"{whole}/")


@cache
def _needs() -> dict[str, tuple[str, ...]]:
    from jixiao import rules  # noqa: PLC0415 - heavy, and few tables have a reason

    return {rule.id: rule.needs for rule in rules.catalogue()}
