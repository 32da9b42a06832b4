"""Extracts → `Ledger`: every file, every table and every amount accounted for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from jixiao import values
from jixiao.checking import Verdict
from jixiao.merging import differences, judging
from jixiao.merging.differences import Difference
from jixiao.merging.entries import Entry
from jixiao.merging.extracting import Extract, Extracted
from jixiao.merging.judging import Judged
from jixiao.merging.settling import Fate, Settlement
from jixiao.merging.sources import order
from jixiao.model import SEVERITIES, Finding, NotChecked

if TYPE_CHECKING:
    from jixiao.merging.attendance import Attendance

FUNDS = ("total_funds", "fiscal_funds", "carryover_funds", "other_funds")
FileStatus = Literal["merged", "duplicate", "superseded", "rejected", "not_ours"]
STATUSES: tuple[FileStatus, ...] = ("merged", "duplicate", "superseded", "rejected", "not_ours")


@dataclass(frozen=True)
class FileLine:
    """What became of one file; `time` is when it was saved by the earlier of what tells, in seconds since 1970."""

    path: str
    status: FileStatus
    code: str | None
    reason: str | None
    sha256: str | None
    documents: int
    remarks: tuple[str, ...]
    time: float | None = None


@dataclass(frozen=True)
class Sum:
    """A sum of amounts in 万元: what is known (`None`: nothing is), and how many cells are blank or no amount."""

    known: Decimal | None
    unknown: int

    @property
    def text(self) -> str | None:
        """The known sum as the contract writes money."""
        return None if self.known is None else values.canonical(self.known)


@dataclass(frozen=True)
class Agency:
    """One agency in one year: its own table where it sent one, its projects, and their sums by field of `FUNDS`."""

    name: str | None
    department: str | None
    year: int | None
    own: Entry | None
    projects: tuple[Entry, ...]
    funds: Mapping[str, Sum]


@dataclass(frozen=True)
class Told:
    """A finding, or a rule that could not be judged, and in which file and sheet."""

    path: str
    sheet: str
    what: Finding | NotChecked


@dataclass(frozen=True)
class Submission:
    """One file as a whole: who sent it, and its tables with all that was said of each.

    Attributes:
        path: its name in reports.
        file: where it is.
        status: what became of it.
        reason: why, as a Chinese sentence.
        sender: the agency of its tables, their 主管部门 where they are of several, `None` where nothing tells.
        tables: its tables.

    """

    path: str
    file: Path | None
    status: FileStatus
    reason: str | None
    sender: str | None
    tables: tuple[Extracted, ...]


@dataclass(frozen=True)
class Ledger:
    """A whole campaign.

    Attributes:
        files: every file, in the order of paths.
        agencies: by year and name.
        projects: the project tables that count, in the order of paths.
        totals: sums over them, by field of `FUNDS`.
        fates: how many of the documents found are counted, duplicate, superseded.
        findings: every problem of what counts, and every dispute and joining.
        not_checked: rules that could not be judged.
        differences: what versions that do not count say otherwise than those that do.
        submissions: every file with its tables and all that was said of them, in the order of paths.
        remarks: sentences about the whole.
        attendance: who sent what, where a list of agencies was given.

    """

    files: tuple[FileLine, ...]
    agencies: tuple[Agency, ...]
    projects: tuple[Entry, ...]
    totals: Mapping[str, Sum]
    fates: Mapping[Fate, int]
    findings: tuple[Told, ...]
    not_checked: tuple[Told, ...]
    differences: tuple[Difference, ...]
    submissions: tuple[Submission, ...]
    remarks: tuple[str, ...] = ()
    attendance: Attendance | None = None

    def count(self, status: FileStatus) -> int:
        """Return how many files have this status."""
        return sum(line.status == status for line in self.files)

    @property
    def settled(self) -> bool:
        """Whether every file was merged, a plain duplicate or not ours, and no document was superseded."""
        return not self.count("rejected") and not self.fates["superseded"]


def build(extracts: Iterable[Extract], *, prefer: Sequence[str] = (), remarks: Sequence[str] = ()) -> Ledger:
    """Return the ledger of a campaign; the order of the extracts does not matter.

    Args:
        extracts: what each file held.
        prefer: paths of files or folders whose documents count where two contents differ.
        remarks: sentences to keep with the ledger.

    Raises:
        RuntimeError: the ledger does not balance, which is a fault of this program.

    """
    files = sorted(extracts, key=lambda one: order(one.path))
    judged = judging.judge(files, prefer)
    arrivals, names, settlement, counted = judged.arrivals, judged.names, judged.settlement, judged.counted
    entries = {
        n: Entry(arrivals[n].path, names.shown[names.groups[n]], arrivals[n].document) for n in counted
    }
    projects = tuple(one for one in entries.values() if one.document.form == "project_target")
    findings, unchecked = _told(judged)
    ledger = Ledger(
        files=tuple(_lines(files, settlement)),
        agencies=_agencies({n: names.groups[n] for n in counted}, entries),
        projects=projects,
        totals={field: add(projects, field) for field in FUNDS},
        fates={fate: settlement.fates.count(fate) for fate in ("counted", "duplicate", "superseded")},
        findings=findings,
        not_checked=unchecked,
        differences=tuple(_differences(judged)),
        submissions=tuple(_submissions(files, judged)),
        remarks=tuple(remarks),
    )
    _balance(ledger, files)
    return ledger


def add(entries: Sequence[Entry], field: str) -> Sum:
    """Return the sum of a field; blanks and texts that are no amount are counted, never taken as 0."""
    amounts = [values.decimal(entry.document.values.get(field)) for entry in entries]
    known = [amount for amount in amounts if amount is not None]
    return Sum(sum(known, Decimal(0)) if known or not entries else None, len(amounts) - len(known))


def _lines(files: Sequence[Extract], settlement: Settlement) -> Iterable[FileLine]:
    at = 0
    for file in files:
        fates = settlement.fates[at : at + len(file.documents)]
        at += len(file.documents)
        status: FileStatus
        if file.status != "read":
            status = file.status
        elif "counted" in fates:
            status = "merged"
        else:
            status = "superseded" if "superseded" in fates else "duplicate"
        reason = file.reason or _REASONS.get(status) or _partly(fates)
        yield FileLine(
            file.path, status, file.code, reason, file.sha256, len(file.documents), file.remarks, _time(file)
        )


def _time(file: Extract) -> float | None:
    """Return the earlier of the workbook's own time and the file's: copying makes a file younger than it is."""
    times = [] if file.saved is None else [file.saved]
    if file.modified:
        times.append(
            (file.modified if file.modified.tzinfo else file.modified.replace(tzinfo=UTC)).timestamp()
        )
    return min(times, default=None)


_REASONS = {
    "duplicate": "其中的表与已计入的表内容完全相同，没有重复计入。",
    "superseded": "其中的表另有内容不同的一份已计入，这一份没有计入，见问题清单。",
}


def _differences(judged: Judged) -> Iterator[Difference]:
    def entry(number: int) -> Entry:
        one = judged.arrivals[number]
        return Entry(one.path, judged.names.shown[judged.names.groups[number]], one.document)

    for dispute in judged.settlement.disputes:
        yield from differences.between(entry(dispute.counted), entry(dispute.other), dispute.why)


def _submissions(files: Sequence[Extract], judged: Judged) -> Iterator[Submission]:
    at = 0
    for file, line in zip(files, _lines(files, judged.settlement), strict=True):
        tables, agencies = [], []
        for number, one in enumerate(file.documents, at):
            verdict = judged.verdicts.get(number) or Verdict(tuple(judged.disputed.get(number, ())))
            tables.append(replace(one, verdict=verdict))
            agencies.append(judged.names.shown[judged.names.groups[number]])
        at += len(tables)
        sender = _sender(agencies, [one.document.values.get("department") for one in tables])
        yield Submission(file.path, file.file, line.status, line.reason, sender, tuple(tables))


def _sender(agencies: Sequence[str | None], departments: Sequence[str | None]) -> str | None:
    """Return whose file it is: its agency, of several agencies their one department, else the first of them."""
    for names in (agencies, departments):
        known = dict.fromkeys(name for name in names if name)
        if len(known) == 1:
            return next(iter(known))
    return next((name for name in agencies if name), None)


def _partly(fates: Sequence[Fate]) -> str | None:
    """Say which tables of a merged file do not count."""
    told = {
        "与已计入的内容相同": fates.count("duplicate"),
        "被内容不同的另一份替代": fates.count("superseded"),
    }
    parts = "，".join(f"{number} 张{word}" for word, number in told.items() if number)
    return f"共 {len(fates)} 张表，其中 {parts}，没有计入。" if parts else None


def _agencies(groups: Mapping[int, str], entries: Mapping[int, Entry]) -> tuple[Agency, ...]:
    members: defaultdict[tuple[str, int | None], list[Entry]] = defaultdict(list)
    for number, entry in entries.items():
        members[groups[number], entry.document.values.get("year")].append(entry)
    found = []
    for (_, year), several in members.items():
        projects = tuple(one for one in several if one.document.form == "project_target")
        own = [one for one in several if one.document.form == "agency_overall"]
        departments = {one.document.values.get("department") for one in projects}
        nameless = several[0].agency is None
        found += [
            Agency(
                name=several[0].agency,
                department=next(iter(departments)) if len(departments) == 1 else None,
                year=year,
                own=table,
                projects=() if extra else projects,
                funds={field: add(() if extra else projects, field) for field in FUNDS},
            )
            # agencies without a name cannot be told apart: each of their own tables stands by itself
            for extra, table in enumerate(own if nameless and own else [own[0] if own else None])
        ]
    return tuple(sorted(found, key=lambda one: (one.year or 0, one.name or "\uffff", one.department or "")))


def _told(judged: Judged) -> tuple[tuple[Told, ...], tuple[Told, ...]]:
    """Return findings and rules not judged: all of the tables that count, of the others what settling says."""

    def tell(found: Mapping[int, Sequence[Finding | NotChecked]]) -> tuple[Told, ...]:
        return tuple(
            Told(judged.arrivals[number].path, judged.arrivals[number].document.sheet, one)
            for number in sorted(found)
            for one in found[number]
        )

    others = {number: found for number, found in judged.disputed.items() if number not in judged.verdicts}
    findings = {number: verdict.findings for number, verdict in judged.verdicts.items()} | others
    return tell(findings), tell({number: verdict.not_checked for number, verdict in judged.verdicts.items()})


def _balance(ledger: Ledger, files: Sequence[Extract]) -> None:
    """Hold what went in against what came out, by ways that do not share their arithmetic."""
    kinds = Counter(line.status for line in ledger.files)
    amounts_in: Counter[str] = Counter()
    for field in FUNDS:
        of_agencies = [agency.funds[field] for agency in ledger.agencies]
        known = sum((one.known for one in of_agencies if one.known is not None), Decimal(0))
        unknown = sum(one.unknown for one in of_agencies)
        if (known, unknown) != (ledger.totals[field].known or Decimal(0), ledger.totals[field].unknown):
            amounts_in[field] += 1
    found = sum(len(file.documents) for file in files)
    placed = sum(len(agency.projects) + (agency.own is not None) for agency in ledger.agencies)
    if (
        sum(kinds[status] for status in STATUSES) != len(files)
        or sum(ledger.fates.values()) != found
        or placed != ledger.fates["counted"]
        or amounts_in
    ):
        raise RuntimeError(
            f"ledger out of balance: {kinds}, {found} found, {placed} placed, {ledger.fates}, {amounts_in}"
        )


def tally(ledger: Ledger) -> dict[str, int]:
    """Return how many findings of each severity there are."""
    found = Counter(one.what.severity for one in ledger.findings if isinstance(one.what, Finding))
    return {severity: found[severity] for severity in SEVERITIES}
