"""What reading noticed, told as findings of the rule that each belongs to."""

from __future__ import annotations

from collections.abc import Iterator

from jixiao import rules
from jixiao.model import Document, Finding, Fix


def noted(document: Document) -> Iterator[Finding]:
    """Yield what reading noticed as findings; the official word for one that was understood is offered as a fix."""
    known = {rule.id: rule for rule in rules.catalogue()} if document.notes else {}
    for note in (one for one in document.notes if one.text):
        rule = known[note.rule]
        cell = document.cell(note.pointer)
        fix = _official(document, note.pointer) if note.rule == "ST05" else None
        yield Finding(
            rule.id, note.severity, note.pointer, cell, note.text, note.advice or rule.advice, rule.basis, fix
        )


def _official(document: Document, pointer: str) -> Fix | None:
    """Return the official word in place of one that means the same; not where a figure would go (产出指标（50分）)."""
    before, after = document.raw.get(pointer), document.at(pointer)
    if not isinstance(before, str) or not isinstance(after, str) or any(one.isdigit() for one in before):
        return None
    return Fix(before, after)
