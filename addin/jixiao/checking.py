"""Document → findings: schema first, then rules."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Literal, TypeAlias

from jixiao import forms, reasons, rules, schemas, wording
from jixiao.model import Document, Finding, NotChecked, Spot, Verdict
from jixiao.rules import complaints, notes, precedence, profiles
from jixiao.rules.profiles import Profile

Said: TypeAlias = tuple[int, Finding | NotChecked]  # the number of a document, and what is said of it
_Look: TypeAlias = tuple[str, frozenset[str]]  # a document's form, where its schema or its cells are broken
_Heard: TypeAlias = tuple[list[Finding | NotChecked], frozenset[str]]  # what is said of it, and the same
# A table of another year, one that came twice: no sum of the workbook's is to be judged.
_MISPLACED = frozenset({"ST01", "ST02"})
_TOGETHER = 100  # documents that are held taken apart


def check(document: Document, profile: Profile | None = None) -> Verdict:
    """Judge one document alone; rules that need other documents are listed as not checked."""
    later = _later(document.form, "document", _of_year(document, profile))
    ((said, _),) = _alone([document], profile)
    return _verdict(document, said, later)


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
    doubtful = False
    for rule in (*_rules(scope, profile), *again):
        for number, one in _apply_wide(rule, documents, looks):
            doubtful = doubtful or (rule.id in _MISPLACED and isinstance(one, Finding))
            yield number, _explained(documents[number], one)
    if scope == "workbook" and len(looks) > 1 and not doubtful:
        yield from _compared_early(documents, profile, looks)


def _compared_early(
    documents: Sequence[Document], profile: Profile | None, looks: Sequence[_Look]
) -> Iterator[Said]:
    """Yield what rules of a campaign find in one workbook of several tables already, as a warning: what they miss may come."""
    for rule in _rules("campaign", profile):
        for number, one in _apply_wide(rule, documents, looks, early=True) if rule.early else ():
            if isinstance(one, Finding):
                mild = one._replace(severity="warning") if one.severity == "error" else one
                yield number, _explained(documents[number], mild)


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
    alone = list(_alone(documents, profile))
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
    wide = _of_campaigns()
    again = {rule.id for rule in _rules("workbook", profile) if rule.again} | {
        rule.id for rule in _rules("campaign", profile) if rule.early
    }
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
    """Return the verdict of a table that was seen with all others and does not count: no rule waits for them.

    What its own workbook told before it saw the others goes too.
    """
    wide = _of_campaigns()
    return Verdict(
        findings=tuple(one for one in verdict.findings if one.rule not in wide),
        not_checked=tuple(one for one in verdict.not_checked if one.rule not in wide),
    )


@cache
def _of_campaigns() -> frozenset[str]:
    """Return the ids of the rules that see a whole campaign, also of those that merging applies."""
    return frozenset(rule.id for rule in rules.catalogue() if rule.scope == "campaign")


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


class _Case:
    """One document before the rules that judge it alone."""

    def __init__(self, document: Document) -> None:
        """Take the document apart; its schema, and what reading noticed, are heard first."""
        form, labels = _form_of(document.form, document.edition)
        words, found = form.words(), schemas.violations(document.form, form.vocabulary, document.values)
        violations = complaints.first_of_each(found)
        self.document = document
        self._broken = frozenset((*(one.pointer for one in violations), *document.faults))
        self._said: list[Finding | NotChecked] = [
            complaints.finding(document, words, form.source, one)
            for one in violations
            if one.pointer not in document.lacks
        ]
        self._said += notes.noted(document)
        self._given = rules.Given.of(document, words, labels)
        self._needless: dict[Finding | NotChecked, tuple[tuple[str, str], ...]] = {}

    def hear(self, rule: rules.Rule) -> None:
        """Add what a rule says."""
        document, given = self.document, self._given
        lacking = "" if self._broken.isdisjoint(rule.needs) else _lacking(rule, document, self._broken)
        if lacking:
            self._said.append(NotChecked(rule.id, lacking))
        elif rule.check is not None:
            for one in rule.check(document, given.by(rule.parameters) if rule.parameters else given):
                self._said.append(_seal(rule, document, one))
                if isinstance(one, rules.Flag) and one.after:
                    self._needless[self._said[-1]] = one.after

    def heard(self) -> _Heard:
        """Return what is said, without what another rule has told, with the reasons for what is kept."""
        said = self._said
        if self._needless:
            told = {(one.rule, one.pointer) for one in said if isinstance(one, Finding)}
            said = [one for one in said if told.isdisjoint(self._needless.get(one, ()))]
        if self.document.reasons:
            said = [_explained(self.document, one) for one in said]
        return said, self._broken


def _alone(documents: Sequence[Document], profile: Profile | None) -> Iterator[_Heard]:
    """Yield what is said of each document alone.

    One rule after the other goes through a hundred documents: a processor that has just followed a rule follows it
    again in two thirds of the time.
    """
    for start in range(0, len(documents), _TOGETHER):
        cases = [_Case(document) for document in documents[start : start + _TOGETHER]]
        alike: dict[tuple[str, Profile | None], list[_Case]] = {}
        for case in cases:
            own = _of_year(case.document, profile)
            alike.setdefault((case.document.form, own), []).append(case)
        for (form, own), group in alike.items():
            for rule in _of_form(form, own):
                for case in group:
                    case.hear(rule)
        yield from [case.heard() for case in cases]


def _explained(document: Document, one: Finding | NotChecked) -> Finding | NotChecked:
    return reasons.told(document, one) if isinstance(one, Finding) else one


@cache
def _of_form(form: str, profile: Profile | None) -> tuple[rules.Rule, ...]:
    """Return the rules that judge one document of a form alone."""
    return tuple(rule for rule in _rules("document", profile) if form in rule.forms)


def _apply_wide(
    rule: rules.Rule, documents: Sequence[Document], looks: Sequence[_Look], *, early: bool = False
) -> Iterator[Said]:
    """Apply a rule to the documents that can be judged; the others are said not to be. `early`: more may come."""
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
            mild = early and isinstance(one, rules.Flag) and one.early
            yield usable[at], _seal(rule, documents[usable[at]], one._replace(severity=mild) if mild else one)


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
    """Say which values a rule needs and cannot have: blank, wrong or an error; `""` where it can do without."""
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
    pointer, message, suggestion, severity, fix = one[:5]
    loud = profiles.severity(rule, severity) if severity else rule.severity
    cell = document.cells.get(pointer) or document.cell(pointer)
    return Finding(rule.id, loud, pointer, cell, message, suggestion, rule.basis, fix)


@cache
def _later(form: str, scope: rules.Scope, profile: Profile | None) -> tuple[NotChecked, ...]:
    """List the rules for a form whose scope is wider than the one given, in their order, also those that merging applies."""
    wider = rules.SCOPES[rules.SCOPES.index(scope) + 1 :]
    found = (
        NotChecked(rule.id, wording.LATER[rule.scope])
        for rule in profiles.applied(profile)
        if rule.scope in wider and rule.on and form in rule.forms
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


@lru_cache(maxsize=1024)
def _spot(cell: str) -> Spot:
    return Spot.of(cell)
