"""What becomes of every table when all workbooks are seen together: joined, settled, judged by campaign rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from jixiao import checking
from jixiao.checking import Verdict
from jixiao.merging import disputes, joining, settling
from jixiao.merging.extracting import Extract
from jixiao.merging.settling import Arrival, Settlement
from jixiao.model import Document, Finding
from jixiao.rules.profiles import Profile


@dataclass(frozen=True)
class Judged:
    """The tables of a campaign and what was decided of them, all by their number in order.

    Attributes:
        arrivals: every table that arrived.
        names: the agency of each, joined by name.
        settlement: which of them count.
        counted: the numbers of those that do.
        disputed: what settling and joining say of single tables, counted or not.
        verdicts: of the tables that count, what all rules and settling say.

    """

    arrivals: Sequence[Arrival]
    names: joining.Names
    settlement: Settlement
    counted: Sequence[int]
    disputed: Mapping[int, Sequence[Finding]]
    verdicts: Mapping[int, Verdict]


def judge(files: Sequence[Extract], prefer: Sequence[str] = (), profile: Profile | None = None) -> Judged:
    """Decide about all tables of the files, in their order.

    Args:
        files: what each file held.
        prefer: paths of files or folders whose documents count where two contents differ.
        profile: by which rules judge.

    """
    arrivals = [
        Arrival(file.path, number, one.document, one.verdict, file.modified, file.saved)
        for file in files
        for number, one in enumerate(file.documents)
    ]
    names = joining.join([one.document for one in arrivals])
    settlement = settling.settle(arrivals, names.groups, prefer)
    counted = [number for number, fate in enumerate(settlement.fates) if fate == "counted"]
    disputed: defaultdict[int, list[Finding]] = defaultdict(list)
    for number, finding in (*disputes.settled(arrivals, settlement), *disputes.joined(arrivals, names)):
        disputed[number].append(finding)
    settled = [_settled(arrivals[n].document, names.shown[names.groups[n]]) for n in counted]
    complete = checking.complete(settled, [arrivals[n].verdict for n in counted], profile)
    verdicts = {
        number: checking.with_findings(arrivals[number].document, verdict, disputed.get(number, ()))
        for number, verdict in zip(counted, complete, strict=True)
    }
    return Judged(arrivals, names, settlement, counted, disputed, verdicts)


def together(files: Sequence[Extract], profile: Profile | None = None) -> list[Extract]:
    """Return the files with what shows only when several workbooks are seen together added to their verdicts."""
    judged = judge(files, profile=profile)
    verdicts = iter(
        judged.verdicts.get(number)
        or checking.with_findings(one.document, checking.seen(one.verdict), judged.disputed.get(number, ()))
        for number, one in enumerate(judged.arrivals)
    )
    return [
        replace(file, documents=tuple(replace(one, verdict=next(verdicts)) for one in file.documents))
        for file in files
    ]


def _settled(document: Document, name: str | None) -> Document:
    """Return a document under the agency it was settled to, for rules that compare across files."""
    if document.form != "project_target" or not name:
        return document
    return replace(document, values={**document.values, "agency": name, "department": name})
