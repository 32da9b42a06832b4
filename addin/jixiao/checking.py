"""Document → findings: schema first, then rules."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import Literal, TypeAlias

from jixiao import forms, reasons, rules, schemas, wording
from jixiao.model import Document, Finding, NotChecked, Spot, Verdict
from jixiao.rules import notes, precedence, profiles
from jixiao.rules.profiles import Profile

Said: TypeAlias = tuple[int, Finding | NotChecked]  # the number of a document, and what is said of it
_Look: TypeAlias = tuple[
    str, frozenset[str]
]  # a document's form, and where its schema or its cells are broken


def check(document: Document, profile: Profile | None = None) -> Verdict:
    """Judge one document alone; rules that need other documents are listed as not checked."""
    later = _later(document.form, "document", _of_year(document, profile))
    return _verdict(document, _alone(document, profile)[0], later)


def compare(documents: Sequence[Document], profile: Profile | None = None) -> Iterator[Said]:
    """Yield what the rules of a campaign say of its documents, with the number of each, rule after rule.

    The documents may be on disk, read anew each time they are asked for: none is held.
    """
    return _compared(documents, "campaign", profile, [_looked_at(document) for document in documents])


def _compared(
    documents: Sequence[Document],
    scope: Literal["workbook", "campaign"],
    profile: Profile | None,
    looks: Sequence[_Look],
) -> Iterator[Said]:
    profile = _of_latest(documents, profile)
    again = [rule for rule in _rules("workbook", profile) if rule.again and scope == "campaign"]
    for rule in (*_rules(scope, profile), *again):
        for number, one in _apply_wide(rule, documents, looks):
            yield number, _explained(documents[number], one)


def _together(
    documents: Sequence[Document],
    scope: Literal["workbook", "campaign"],
    profile: Profile | None,
    looks: Sequence[_Look],
) -> tuple[Verdict, ...]:
    said: list[list[Finding | NotChecked]] = [[] for _ in documents]
    for number, one in _compared(documents, scope, profile, looks):
        said[number].append(one)
    return tuple(_verdict(document, ones) for document, ones in zip(documents, said, strict=True))


def check_all(
    documents: Sequence[Document], scope: rules.Scope, profile: Profile | None = None
) -> tuple[Verdict, ...]:
    """Judge documents that belong together, up to a widest scope; rules of a wider one are listed as not checked.

    With `workbook` the documents are those of one workbook, with `campaign` they are taken as one workbook too.
    For a campaign of several workbooks judge each as `workbook`, then `compare` all and hand what it says to
    `completed`. A profile
    holds for the documents of its years; for rules that compare documents the latest year decides.
    """
    alone = [_alone(document, profile) for document in documents]
    looks = [(document.form, broken) for document, (_, broken) in zip(documents, alone, strict=True)]
    wider: Sequence[Verdict] = [Verdict()] * len(alone)
    if scope != "document":
        wider = _together(documents, "workbook", profile, looks)
    seen: rules.Scope = "document" if scope == "document" else "workbook"
    verdicts = tuple(
        _verdict(
            document,
            [*said, *more.findings, *more.not_checked],
            _later(document.form, seen, _of_year(document, profile)),
        )
        for document, (said, _), more in zip(documents, alone, wider, strict=True)
    )
    if scope != "campaign":
        return verdicts
    wider = _together(documents, "campaign", profile, looks)
    return tuple(
        completed(document, verdict, (*more.findings, *more.not_checked), profile)
        for document, verdict, more in zip(documents, verdicts, wider, strict=True)
    )


def completed(
    document: Document, verdict: Verdict, more: Sequence[Finding | NotChecked], profile: Profile | None = None
) -> Verdict:
    """Return a verdict of scope `workbook` with what `compare` says of the document in its campaign."""
    wide = {rule.id for rule in _rules("campaign", profile)}
    again = {rule.id for rule in _rules("workbook", profile) if rule.again}
    return _verdict(
        document,
        [
            *(one for one in verdict.findings if one.rule not in again),
            *(one for one in verdict.not_checked if one.rule not in wide | again),
            *more,
        ],
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


@cache
def _rules(scope: rules.Scope, profile: Profile | None) -> tuple[rules.Rule, ...]:
    """Return the rules of one scope that are on and that checking applies."""
    return tuple(rule for rule in profiles.applied(profile) if rule.scope == scope and rule.on and rule.check)


def _of_year(document: Document, profile: Profile | None) -> Profile | None:
    """Return the profile where it holds for the document's year."""
    return profile if profile and profile.covers(document.values.get("year")) else None


def _of_latest(documents: Sequence[Document], profile: Profile | None) -> Profile | None:
    """Return the profile where it holds for the latest year among the documents."""
    if profile is None:
        return None
    years = (year for one in documents if (year := one.values.get("year")) is not None)
    return profile if profile.covers(max(years, default=None)) else None


def _alone(document: Document, profile: Profile | None) -> tuple[list[Finding | NotChecked], frozenset[str]]:
    """Return what is said of one document alone, and where its schema or its cells are broken."""
    form, labels = _form_of(document.form, document.edition)
    violations = _first_of_each(schemas.violations(document.form, form.vocabulary, document.values))
    broken = frozenset((*(one.pointer for one in violations), *document.faults))
    said: list[Finding | NotChecked] = [
        _complaint(document, form, one) for one in violations if one.pointer not in document.lacks
    ]
    said += notes.noted(document)
    plain = rules.Given.of(document, form.words(), labels)
    needless: dict[Finding | NotChecked, tuple[tuple[str, str], ...]] = {}
    for rule in _of_form(document.form, _of_year(document, profile)):
        lacking = _lacking(rule, document, broken) if broken else ""
        if lacking:
            said.append(NotChecked(rule.id, lacking))
        elif rule.check is not None:
            given = plain.by(rule.parameters) if rule.parameters else plain
            for one in rule.check(document, given):
                said.append(_seal(rule, document, one))
                if isinstance(one, rules.Flag) and one.after:
                    needless[said[-1]] = one.after
    if needless:
        told = {(one.rule, one.pointer) for one in said if isinstance(one, Finding)}
        said = [one for one in said if told.isdisjoint(needless.get(one, ()))]
    return [_explained(document, one) for one in said] if document.reasons else said, broken


def _explained(document: Document, one: Finding | NotChecked) -> Finding | NotChecked:
    return reasons.told(document, one) if isinstance(one, Finding) else one


@cache
def _of_form(form: str, profile: Profile | None) -> tuple[rules.Rule, ...]:
    """Return the rules that judge one document of a form alone."""
    return tuple(rule for rule in _rules("document", profile) if form in rule.forms)


def _apply_wide(rule: rules.Rule, documents: Sequence[Document], looks: Sequence[_Look]) -> Iterator[Said]:
    """Apply a rule to the documents that can be judged; the others are said not to be."""
    usable = array("L")
    for number, (form, broken) in enumerate(looks):
        if form in rule.forms:
            lacking = "" if broken.isdisjoint(rule.needs) else _lacking(rule, documents[number], broken)
            if lacking:
                yield number, NotChecked(rule.id, lacking)
            else:
                usable.append(number)
    if rule.check is not None:
        for at, one in rule.check(_Chosen(documents, usable), rule.parameters):
            yield usable[at], _seal(rule, documents[usable[at]], one)


class _Chosen(Sequence[Document]):
    """Some of a sequence's documents, none held."""

    def __init__(self, documents: Sequence[Document], numbers: Sequence[int]) -> None:
        self._documents, self._numbers = documents, numbers

    def __getitem__(self, at: int) -> Document:  # type: ignore[override]  # no rule takes a slice
        return self._documents[self._numbers[at]]

    def __iter__(self) -> Iterator[Document]:
        if len(self._numbers) == len(self._documents):
            return iter(self._documents)
        return (self._documents[number] for number in self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)


def _looked_at(document: Document) -> _Look:
    form, _ = _form_of(document.form, document.edition)
    found = schemas.violations(document.form, form.vocabulary, document.values)
    return form.form, frozenset((*(one.pointer for one in found), *document.faults))


def _lacking(rule: rules.Rule, document: Document, broken: frozenset[str]) -> str:
    """Say which values a rule needs and cannot have: blank, wrong or an error; `""` where it has all."""
    if broken.isdisjoint(rule.needs):
        return ""
    fields = schemas.schema(document.form)["properties"]
    wanted = (need for need in rule.needs if need not in rule.may_lack or not document.does_without(need))
    lost = [need for need in wanted if need[1:] in fields and need in broken]
    if not lost:
        return ""
    told = "、".join(f"{document.cell(need)} {fields[need[1:]]['title']}" for need in lost)
    blank = {document.at(need) in (None, []) for need in lost}
    why = "或".join(text for state, text in ((True, "没有填"), (False, "填写有误")) if state in blank)
    return f"{told}{why}，改好后再核对。"


def _seal(rule: rules.Rule, document: Document, one: rules.Flag | rules.Unchecked) -> Finding | NotChecked:
    if isinstance(one, rules.Unchecked):
        return NotChecked(rule.id, one.reason)
    loud = profiles.severity(rule, one.severity) if one.severity else rule.severity
    cell = document.cell(one.pointer)
    return Finding(rule.id, loud, one.pointer, cell, one.message, one.suggestion, rule.basis, one.fix)


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
        belongs=_belongs(form, one),
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
    level = precedence.LEVEL.fullmatch(pointer)
    if level is None:
        return ()
    words = form.words()
    if level[1] == "level1":
        return words.level1
    return words.level2.get(document.at(pointer[:-1] + "1") or "", ())


def _belongs(form: forms.Form, one: schemas.Violation) -> str:
    """Return the level whose word stands at the other one: 数量指标 where a level 1 should be."""
    level, words = precedence.LEVEL.fullmatch(one.pointer), form.words()
    if level and level[1] == "level1" and any(one.value in under for under in words.level2.values()):
        return "二级指标"
    return "一级指标" if level and level[1] == "level2" and one.value in words.level1 else ""


@cache
def _later(form: str, scope: rules.Scope, profile: Profile | None) -> tuple[NotChecked, ...]:
    """List the rules for a form whose scope is wider than the one given, in their order."""
    found = (
        NotChecked(rule.id, wording.LATER[wider])
        for wider in rules.SCOPES[rules.SCOPES.index(scope) + 1 :]
        for rule in _rules(wider, profile)
        if form in rule.forms
    )
    return tuple(sorted(found, key=_by_rule))


def _verdict(
    document: Document, said: Sequence[Finding | NotChecked], later: tuple[NotChecked, ...] = ()
) -> Verdict:
    findings = precedence.told(document, [one for one in said if isinstance(one, Finding)])
    open_ones = {one: None for one in said if isinstance(one, NotChecked)}
    if open_ones:
        later = tuple(sorted(open_ones | dict.fromkeys(later), key=_by_rule))
    return Verdict(
        findings=tuple(sorted(findings, key=lambda one: (_spot(one.cell), one.rule, one.pointer))),
        not_checked=later,
    )


def _by_rule(one: NotChecked) -> tuple[str, str]:
    return one.rule, one.reason


@lru_cache(maxsize=4096)
def _spot(cell: str) -> Spot:
    return Spot.of(cell)
