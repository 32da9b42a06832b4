"""Business rules, one file each; each declares scope, what it needs, its parameters, and what it supersedes.

A rule is a module `<id>_<what it flags>.py`, found without registration. Its docstring is its manual page. It holds
`SCOPE`, `FORMS`, `SEVERITY`, `NEEDS`, `PARAMETERS`, `SUPERSEDES`, `ON`, where reading leaves notes for it also
`ADVICE`, where a form of another place may do without a field that it needs also `MAY_LACK`, where it speaks for a
whole indicator row also `ROW_SUPERSEDES`, for a whole table also `TABLE_SUPERSEDES`, where a workbook's rule shall
judge the whole campaign anew also `AGAIN`, where a campaign's rule shall tell of a workbook what it finds there already,
as a warning at most, also `EARLY`, and a function `check`, which yields `Flag` (a problem) or `Unchecked` (could not be
judged, and why); yielding nothing means passed, or not applicable. `check = None` is for what only merging can see and
tell.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any, Literal, NamedTuple

from jixiao import wording
from jixiao.model import Document, Fix, Severity
from jixiao.rules.costs import Cost, costs_of
from jixiao.rules.repeats import Repeat, names_of, repeats_of
from jixiao.rules.rows import Row, rows_of
from jixiao.schemas import Vocabulary

Scope = Literal["document", "workbook", "campaign"]
SCOPES: tuple[Scope, ...] = ("document", "workbook", "campaign")
HEADINGS = ("检查什么", "为什么", "怎么改", "例", "依据")
ALL_FORMS = ("project_target", "agency_overall")
_FILE = re.compile(r"[a-z]{2}\d{2}_\w+")


class Flag(NamedTuple):
    """One problem as a rule states it; `severity` only where it differs from the rule's own.

    Where one of the rules in `after`, each with the pointer of its flag, says so of the same table, the problem is told
    there, and not again. `early` is what it is where one workbook alone was seen, and more tables may come.
    """

    pointer: str
    message: str
    suggestion: str
    severity: Severity | None = None
    fix: Fix | None = None
    after: tuple[tuple[str, str], ...] = ()
    early: Severity | None = None


@dataclass(frozen=True)
class Unchecked:
    """A rule could not judge, and why, as a Chinese sentence."""

    reason: str


class Given(NamedTuple):
    """What a rule of document scope is given beside the document.

    Attributes:
        parameters: the rule's parameters by name.
        words: the vocabulary of the form's edition.
        labels: field → its printed label on the form.
        rows: the indicator rows that say something, taken apart once for all rules.
        costs: the cost rows among them that state an amount, with that amount in 万元.
        repeats: the names that several rows share.
        names: the names of the indicator rows, as they are compared.
        silent: the rows that say nothing: blank, half, declined, a placeholder.
        named: the names of the rows that say something, one under the other: a quick look at all of them costs little.
        stated: their targets, likewise.
        texts: the goals, and all words of every row.

    """

    parameters: Mapping[str, Any]
    words: Vocabulary
    labels: Mapping[str, str]
    rows: Sequence[Row] = ()
    costs: Sequence[Cost] = ()
    repeats: Sequence[Repeat] = ()
    names: frozenset[str] = frozenset()
    silent: Sequence[tuple[int, dict[str, Any]]] = ()
    named: str = ""
    stated: str = ""
    texts: Sequence[str] = ()

    @classmethod
    def of(cls, document: Document, words: Vocabulary, labels: Mapping[str, str]) -> Given:
        """Return what rules without parameters are given: what several of them ask is found out here, once."""
        rows = rows_of(document)
        names, saying = names_of(document, rows), {row.number for row in rows}
        every = document.values["indicators"] or ()
        words_of_rows = [one[column] for one in every for column in ("level1", "level2", "name", "target")]
        return cls(
            {}, words, labels, rows, costs_of(rows), repeats_of(document, names), frozenset(names),
            silent=[(number, one) for number, one in enumerate(every) if number not in saying],
            named="\n".join([row.name for row in rows]),
            stated="\n".join([row.target for row in rows]),
            texts=[text for text in (*(document.values["goals"] or ()), *words_of_rows) if text],
        )  # fmt: skip

    def by(self, parameters: Mapping[str, Any]) -> Given:
        """Return the same for a rule with these parameters."""
        return tuple.__new__(Given, (parameters, *self[1:]))  # half the time of its own way


@dataclass(frozen=True)
class Rule:
    """One line of the catalogue.

    Attributes:
        id: such as `FI01`.
        title: what it flags, in Chinese.
        scope: how much has to be seen to judge.
        forms: the forms it applies to.
        severity: its usual severity.
        needs: pointers that must be there and in order; `*` stands for any index.
        may_lack: those of them that a form of another place may do without.
        parameters: name → default.
        supersedes: ids, or first letters of ids, whose findings at the same pointer are dropped.
        row_supersedes: ids whose findings anywhere in the same indicator row are dropped: they follow from this one.
        table_supersedes: ids whose findings anywhere in the same table are dropped: they follow from this one.
        manual: the whole manual page.
        basis: the source, as each finding cites it.
        advice: what to do about what reading noticed for this rule.
        again: whether a rule of a workbook judges a whole campaign too, in place of what it said of the workbook.
        early: whether a rule of a campaign tells what it finds in one workbook too, as a warning at most, until the campaign
            is seen; it is listed as still to be checked all the same.
        on: whether it runs where no profile says otherwise.
        at_most: the severity that a profile has set, which no flag of the rule is above; else `None`.
        check: the rule; `None` for what the schema, or merging, finds and tells.

    """

    id: str
    title: str
    scope: Scope
    forms: tuple[str, ...]
    severity: Severity
    needs: tuple[str, ...]
    may_lack: tuple[str, ...]
    parameters: Mapping[str, Any]
    supersedes: tuple[str, ...]
    row_supersedes: tuple[str, ...]
    table_supersedes: tuple[str, ...]
    manual: str
    basis: str
    advice: str
    again: bool
    early: bool
    on: bool
    at_most: Severity | None
    check: Callable[..., Iterator[Any]] | None


@cache
def catalogue() -> tuple[Rule, ...]:
    """Return every rule by id, and what the schema itself finds (`SC…`)."""
    names = [info.name for info in pkgutil.iter_modules(__path__) if _FILE.fullmatch(info.name)]
    found = [_rule(importlib.import_module(f"{__name__}.{name}")) for name in names]
    return tuple(sorted((*found, *_of_schema()), key=lambda rule: rule.id))


@cache
def of_scope(scope: Scope) -> tuple[Rule, ...]:
    """Return the rules of one scope that are on and that checking applies."""
    return tuple(rule for rule in catalogue() if rule.scope == scope and rule.on and rule.check)


@cache
def sections(manual: str) -> dict[str, str]:
    """Return a manual page's sections by heading."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in manual.splitlines():
        if line.strip() in HEADINGS:
            lines = found.setdefault(line.strip(), [])
        else:
            lines.append(line.strip())
    return {heading: "\n".join(text).strip() for heading, text in found.items()}


def row(document: Document, number: int) -> str:
    """Return how a clerk finds an indicator row: `第 3 行指标“干部职工满意度”`."""
    name = document.at(f"/indicators/{number}/name")
    return f"第 {number + 1} 行指标{wording.quoted(name)}" if name else f"第 {number + 1} 行指标"


def _rule(module: ModuleType) -> Rule:
    manual = (module.__doc__ or "").strip()
    return Rule(
        id=module.__name__.rpartition(".")[2][:4].upper(),
        title=manual.splitlines()[0].rstrip("。"),
        scope=module.SCOPE,
        forms=module.FORMS,
        severity=module.SEVERITY,
        needs=module.NEEDS,
        may_lack=getattr(module, "MAY_LACK", ()),
        parameters=module.PARAMETERS,
        supersedes=module.SUPERSEDES,
        row_supersedes=getattr(module, "ROW_SUPERSEDES", ()),
        table_supersedes=getattr(module, "TABLE_SUPERSEDES", ()),
        manual=manual,
        basis=sections(manual)["依据"].splitlines()[0],
        advice=getattr(module, "ADVICE", ""),
        again=getattr(module, "AGAIN", False),
        early=getattr(module, "EARLY", False),
        on=module.ON,
        at_most=None,
        check=module.check,
    )


def _of_schema() -> Iterator[Rule]:
    for keyword in wording.KEYWORDS.values():
        yield Rule(
            id=keyword.rule,
            title=keyword.title,
            scope="document",
            forms=ALL_FORMS,
            severity="error",
            needs=(),
            may_lack=(),
            parameters={},
            supersedes=(),
            row_supersedes=(),
            table_supersedes=(),
            manual=f"{keyword.title}。\n\n依据\n表样和 schema/ 里的取值规定。",
            basis="表样和 schema/ 里的取值规定",
            advice="",
            again=False,
            early=False,
            on=True,
            at_most=None,
            check=None,
        )
