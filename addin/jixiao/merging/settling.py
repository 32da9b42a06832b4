"""Which of the documents that arrived count: copies, resubmissions and conflicts, never guessed away."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from jixiao import values
from jixiao.checking import Verdict
from jixiao.merging.sources import order
from jixiao.model import Document

Fate = Literal["counted", "duplicate", "superseded"]
Why = Literal["prefer", "later", "order"]


@dataclass(frozen=True)
class Arrival:
    """One document as it arrived.

    Attributes:
        path: its file, as reports write it.
        number: which of the file's documents it is, from 0.
        document: the table.
        verdict: what checking says of it within its workbook.
        modified: its workbook's own last-saved time.
        saved: its file's time, in seconds.

    """

    path: str
    number: int
    document: Document
    verdict: Verdict
    modified: datetime | None
    saved: float | None


@dataclass(frozen=True)
class Dispute:
    """A document that arrived with different contents: the one that counts, one that does not, and why."""

    counted: int
    other: int
    why: Why


@dataclass(frozen=True)
class Settlement:
    """What became of each arrival (by number), and the disputes in order."""

    fates: tuple[Fate, ...]
    disputes: tuple[Dispute, ...]


def settle(arrivals: Sequence[Arrival], groups: Sequence[str], prefer: Sequence[str] = ()) -> Settlement:
    """Decide for each arrival whether it counts.

    Args:
        arrivals: in the order of paths, and within a file in the order of the workbook.
        groups: the agency of each.
        prefer: paths of files or folders whose documents count where contents differ.

    Returns:
        The fates: of equal contents one counts; of different ones that of the later workbook, and where no time
        tells them apart the first.

    """
    fates: list[Fate] = ["counted"] * len(arrivals)
    disputes: list[Dispute] = []
    same: defaultdict[object, list[int]] = defaultdict(list)
    contents = [json.dumps(one.document.values, sort_keys=True, ensure_ascii=False) for one in arrivals]
    for number, one in enumerate(arrivals):
        same[_identity(one.document, groups[number], contents[number])].append(number)
    for numbers in same.values():
        winner, picked = _winner(arrivals, contents, numbers, prefer)
        for number in numbers:
            if number != winner:
                fates[number] = "duplicate" if contents[number] == contents[winner] else "superseded"
        told: set[str] = {contents[winner]}
        for number in numbers:
            if contents[number] not in told:
                told.add(contents[number])
                disputes.append(Dispute(winner, number, _why(arrivals, winner, number, picked)))
    return Settlement(tuple(fates), tuple(disputes))


def _identity(document: Document, group: str, content: str) -> object:
    """Return what makes two documents the same one; without a name, only an equal copy is the same."""
    year = document.values.get("year")
    if document.form == "agency_overall":
        return (document.form, group, year) if group else content
    name = document.values.get("project_name")
    return (
        (document.form, group, year, values.key(name))
        if isinstance(name, str) and values.key(name)
        else content
    )


def _winner(
    arrivals: Sequence[Arrival], contents: Sequence[str], numbers: Sequence[int], prefer: Sequence[str]
) -> tuple[int, Sequence[int]]:
    """Return the arrival that counts, and those that the clerk's choice left to choose from."""
    if len({contents[number] for number in numbers}) == 1:
        return numbers[0], numbers
    chosen = [number for number in numbers if _preferred(arrivals[number].path, prefer)]
    picked = chosen if chosen and len(chosen) < len(numbers) else list(numbers)
    latest = max(_time(arrivals[number]) for number in picked)
    return next(number for number in picked if _time(arrivals[number]) == latest), picked


def _preferred(path: str, prefer: Sequence[str]) -> bool:
    parts = order(path)
    return any(parts[: len(order(one))] == order(one) for one in prefer)


def _time(one: Arrival) -> tuple[float, float]:
    """Return when a workbook was saved: its own time, else its file's; then its file's. Times without zone are UTC."""
    saved = one.saved or 0.0
    if one.modified is None:
        return saved, saved
    modified = one.modified if one.modified.tzinfo else one.modified.replace(tzinfo=UTC)
    return modified.timestamp(), saved


def _why(arrivals: Sequence[Arrival], winner: int, other: int, picked: Sequence[int]) -> Why:
    if other not in picked:
        return "prefer"
    return "order" if _time(arrivals[winner]) == _time(arrivals[other]) else "later"
