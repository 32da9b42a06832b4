"""Document → findings: schema first, then rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from jixiao import forms, rules, schemas, wording
from jixiao.model import Document, Finding, NotChecked, Spot

_LATER = {
    "workbook": "要在整个工作簿里与其他表一起核对。",
    "campaign": "要在汇总时与其他表一起核对。",
}
_LEVEL = re.compile(r"/indicators/\d+/(level[12])")


@dataclass(frozen=True)
class Verdict:
    """What checking says of one document: problems in the order of the sheet, and what could not be judged."""

    findings: tuple[Finding, ...] = ()
    not_checked: tuple[NotChecked, ...] = ()


def check(document: Document) -> Verdict:
    """Judge one document alone; rules that need other documents are listed as not checked."""
    return _verdict(document, [*_alone(document), *_later(document, "document")])


def check_together(
    documents: Sequence[Document], scope: Literal["workbook", "campaign"]
) -> tuple[Verdict, ...]:
    """Judge documents by the rules of one wider scope only; returns one verdict for each document."""
    said: list[list[Finding | NotChecked]] = [[] for _ in documents]
    for rule in rules.of_scope(scope):
        for number, one in _apply_wide(rule, documents):
            said[number].append(one)
    return tuple(_verdict(document, ones) for document, ones in zip(documents, said, strict=True))


def check_all(documents: Sequence[Document], scope: rules.Scope) -> tuple[Verdict, ...]:
    """Judge documents that belong together, up to a widest scope; rules of a wider one are listed as not checked.

    With `workbook` the documents are those of one workbook, with `campaign` they are taken as one workbook too.
    For a campaign of several workbooks judge each as `workbook` and hand the verdicts to `complete`.
    """
    alone = [_alone(document) for document in documents]
    wider = check_together(documents, "workbook") if scope != "document" else [Verdict()] * len(alone)
    seen: rules.Scope = "document" if scope == "document" else "workbook"
    verdicts = tuple(
        _verdict(document, [*ones, *more.findings, *more.not_checked, *_later(document, seen)])
        for document, ones, more in zip(documents, alone, wider, strict=True)
    )
    return complete(documents, verdicts) if scope == "campaign" else verdicts


def complete(documents: Sequence[Document], verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """Add the rules of campaign scope to verdicts of scope `workbook`; both sequences are of the whole campaign."""
    wide = {rule.id for rule in rules.of_scope("campaign")}
    return tuple(
        _verdict(
            document,
            [
                *verdict.findings,
                *(one for one in verdict.not_checked if one.rule not in wide),
                *more.findings,
                *more.not_checked,
            ],
        )
        for document, verdict, more in zip(
            documents, verdicts, check_together(documents, "campaign"), strict=True
        )
    )


def with_findings(document: Document, verdict: Verdict, findings: Sequence[Finding]) -> Verdict:
    """Return a verdict with more findings, all in the order of the cells."""
    return _verdict(document, [*verdict.findings, *findings, *verdict.not_checked]) if findings else verdict


def seen(verdict: Verdict) -> Verdict:
    """Return the verdict of a table that was seen with all others and does not count: no rule waits for them."""
    wide = {rule.id for rule in rules.of_scope("campaign")}
    return replace(verdict, not_checked=tuple(one for one in verdict.not_checked if one.rule not in wide))


@cache
def _form_of(form: str, edition: str) -> tuple[forms.Form, dict[str, str]]:
    """Return an edition and the printed label of each of its fields."""
    found = forms.find(form, edition)
    return found, {field: cell.label for field, cell, _ in found.fields()}


def _alone(document: Document) -> list[Finding | NotChecked]:
    form, labels = _form_of(document.form, document.edition)
    violations = _first_of_each(schemas.violations(document.form, form.vocabulary, document.values))
    broken = {one.pointer for one in violations} | document.faults.keys()
    said: list[Finding | NotChecked] = [_complaint(document, form, one) for one in violations]
    said += _noted(document)
    words = form.words()
    for rule in rules.of_scope("document"):
        if document.form in rule.forms:
            given = rules.Given(rule.parameters, words, labels)
            said += _apply(rule, document, given, broken)
    return said


def _apply(
    rule: rules.Rule, document: Document, given: rules.Given, broken: set[str]
) -> Iterator[Finding | NotChecked]:
    lacking = _lacking(rule, document, broken)
    if lacking:
        yield NotChecked(rule.id, lacking)
    elif rule.check is not None:
        for one in rule.check(document, given):
            yield _seal(rule, document, one)


def _apply_wide(
    rule: rules.Rule, documents: Sequence[Document]
) -> Iterator[tuple[int, Finding | NotChecked]]:
    """Apply a rule to the documents that can be judged; the others are said not to be."""
    usable: list[int] = []
    for number, document in enumerate(documents):
        if document.form in rule.forms:
            lacking = _lacking(rule, document, _broken(document))
            if lacking:
                yield number, NotChecked(rule.id, lacking)
            else:
                usable.append(number)
    if rule.check is not None:
        for at, one in rule.check([documents[number] for number in usable], rule.parameters):
            yield usable[at], _seal(rule, documents[usable[at]], one)


def _broken(document: Document) -> set[str]:
    form, _ = _form_of(document.form, document.edition)
    found = schemas.violations(document.form, form.vocabulary, document.values)
    return {one.pointer for one in found} | document.faults.keys()


def _lacking(rule: rules.Rule, document: Document, broken: set[str]) -> str:
    """Say which values a rule needs and cannot have: blank, wrong or an error; `""` where it has all."""
    fields = schemas.schema(document.form)["properties"]
    lost = [need for need in rule.needs if need[1:] in fields and need in broken]
    if not lost:
        return ""
    told = "、".join(f"{document.cell(need)} {fields[need[1:]]['title']}" for need in lost)
    blank = {document.at(need) in (None, []) for need in lost}
    why = "或".join(text for state, text in ((True, "没有填"), (False, "填写有误")) if state in blank)
    return f"{told}{why}，改好后再核对。"


def _seal(rule: rules.Rule, document: Document, one: rules.Flag | rules.Unchecked) -> Finding | NotChecked:
    if isinstance(one, rules.Unchecked):
        return NotChecked(rule.id, one.reason)
    return Finding(
        rule=rule.id,
        severity=one.severity or rule.severity,
        pointer=one.pointer,
        cell=document.cell(one.pointer),
        message=one.message,
        suggestion=one.suggestion,
        basis=rule.basis,
        fix=one.fix,
    )


def _noted(document: Document) -> Iterator[Finding]:
    """Turn what reading noticed into findings of the rule it belongs to."""
    known = {rule.id: rule for rule in rules.catalogue()}
    for note in document.notes:
        rule = known[note.rule]
        cell = document.cell(note.pointer)
        yield Finding(rule.id, note.severity, note.pointer, cell, note.text, rule.advice, rule.basis)


def _first_of_each(violations: list[schemas.Violation]) -> list[schemas.Violation]:
    """Keep one complaint for each value: that it is blank says more than that it is not in a list."""
    kept: dict[str, schemas.Violation] = {}
    for one in violations:
        if one.pointer not in kept or one.keyword == "type":
            kept[one.pointer] = one
    return list(kept.values())


def _complaint(document: Document, form: forms.Form, one: schemas.Violation) -> Finding:
    field = one.pointer.split("/")[1] if one.pointer else ""
    limits = schemas.field(document.form, one.pointer)
    complaint = wording.Complaint(
        name=wording.name_of(one.pointer, document.values, limits["title"]),
        cell=document.cell(one.pointer),
        value=one.value,
        limits=limits,
        allowed=_allowed(document, form, one.pointer),
        money=schemas.is_money(document.form, field),
        often_none="x-severity" in limits,
    )
    message, suggestion = wording.say(one.keyword, complaint)
    return Finding(
        rule=wording.rule_of(one.keyword),
        severity=limits.get("x-severity", "error") if one.value is None else "error",
        pointer=one.pointer,
        cell=complaint.cell,
        message=message,
        suggestion=suggestion,
        basis=form.source,
    )


def _allowed(document: Document, form: forms.Form, pointer: str) -> tuple[str, ...]:
    """Return the words that the vocabulary allows at a level of an indicator."""
    level = _LEVEL.fullmatch(pointer)
    if level is None:
        return ()
    words = form.words()
    if level[1] == "level1":
        return words.level1
    return words.level2.get(document.at(pointer[:-1] + "1") or "", ())


def _later(document: Document, scope: rules.Scope) -> Iterator[NotChecked]:
    """List the rules for this form whose scope is wider than the one given."""
    for wider in rules.SCOPES[rules.SCOPES.index(scope) + 1 :]:
        for rule in rules.of_scope(wider):
            if document.form in rule.forms:
                yield NotChecked(rule.id, _LATER[wider])


def _verdict(document: Document, said: Sequence[Finding | NotChecked]) -> Verdict:
    findings = _once(document, _standing([one for one in said if isinstance(one, Finding)]))
    open_ones = dict.fromkeys(one for one in said if isinstance(one, NotChecked))
    return Verdict(
        findings=tuple(sorted(findings, key=lambda one: (Spot.of(one.cell), one.rule, one.pointer))),
        not_checked=tuple(sorted(open_ones, key=lambda one: (one.rule, one.reason))),
    )


def _standing(findings: list[Finding]) -> Iterator[Finding]:
    """Drop what another rule says better of the same value."""
    better = {rule.id: rule.supersedes for rule in rules.catalogue() if rule.supersedes}
    over: dict[str, set[str]] = {}
    for one in findings:
        if one.rule in better:
            over.setdefault(one.pointer, set()).add(one.rule)
    for one in findings:
        stronger = over.get(one.pointer, set()) - {one.rule}
        if not any(one.rule.startswith(better[rule]) for rule in stronger):
            yield one


def _once(document: Document, findings: Iterator[Finding]) -> list[Finding]:
    """Tell a level word that holds over several rows once, at its one cell."""
    kept: dict[tuple[str, ...], Finding] = {}
    for one in findings:
        level = _LEVEL.fullmatch(one.pointer)
        same = (level[1], str(document.at(one.pointer))) if level else (one.pointer, one.message)
        kept.setdefault((one.rule, one.cell, *same), one)
    return list(kept.values())
