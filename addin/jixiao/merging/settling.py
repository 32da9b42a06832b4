"""Which of the documents that arrived count: copies, resubmissions and conflicts, never guessed away."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import inf
from typing import Literal

from jixiao.merging.sources import order

Fate = Literal["counted", "duplicate", "superseded"]
Why = Literal["prefer", "later", "mixed", "order", "blank"]


@dataclass(frozen=True)
class Arrival:
    """One of the documents that are the same table.

    Attributes:
        path: its file, as reports write it.
        content: what tells its content from another.
        plain: the same, of what it says alone, however it is written.
        modified: its workbook's own last-saved time, in seconds.
        saved: its file's time, in seconds.
        blank: whether nobody has filled it in.
        copy: whether its workbook is an annotated copy of ours: a table of it that nobody has changed was not sent anew.
        reasons: how many are recorded for it, why findings on it are kept.

    """

    path: str
    content: str
    plain: str
    modified: float | None
    saved: float | None
    blank: bool = False
    copy: bool = False
    reasons: int = 0


@dataclass(frozen=True)
class Dispute:
    """A document that arrived with different contents: the one that counts, one that does not, and why.

    `mixed` is a later one of two of which only one says itself when it was saved; `blank`: the other is not filled in.
    """

    counted: int
    other: int
    why: Why


def settle(arrivals: Sequence[Arrival], prefer: Sequence[str] = ()) -> tuple[list[Fate], list[Dispute]]:
    """Decide which of several documents that are the same table counts.

    Args:
        arrivals: in the order of paths, and within a file in the order of the workbook.
        prefer: paths of files or folders whose documents count where contents differ.

    Returns:
        The fate of each: of equal contents the one with most reasons counts, else that was there first; of different ones that of the later
        workbook, and where no time tells them apart the first. What differs in its writing alone is no other content, but
        the later writing counts. One that nobody has filled in never counts beside one
        that somebody has. And the disputes, by number, one for each that is superseded and was sent anew.

    """
    winner, picked = _winner(arrivals, prefer)
    plain = arrivals[winner].plain
    fates: list[Fate] = ["duplicate" if one.plain == plain else "superseded" for one in arrivals]
    fates[winner] = "counted"
    disputes = [
        Dispute(winner, number, _why(arrivals, winner, number, picked))
        for number, fate in enumerate(fates)
        if fate == "superseded" and not says_nothing_new(arrivals[number], arrivals)
    ]
    return fates, disputes


def _winner(arrivals: Sequence[Arrival], prefer: Sequence[str]) -> tuple[int, Collection[int]]:
    """Return the arrival that counts, and those that the clerk's choice left to choose from."""
    numbers: Sequence[int] = [
        number
        for number, one in enumerate(arrivals)
        if not one.blank and (is_preferred(one.path, prefer) or not says_nothing_new(one, arrivals))
    ]
    numbers = numbers or range(len(arrivals))
    chosen = [number for number in numbers if is_preferred(arrivals[number].path, prefer)]
    picked = chosen if chosen and len(chosen) < len(numbers) else numbers
    latest = max(time_of(arrivals[number]) for number in picked)
    winner = next(number for number in picked if time_of(arrivals[number]) == latest)
    content = arrivals[winner].content
    same = [number for number in picked if arrivals[number].content == content]
    others = [
        time_of(arrivals[number]) for number in picked if arrivals[number].plain != arrivals[winner].plain
    ]
    last = max(others, default=(-inf, 0.0))
    since = [number for number in same if time_of(arrivals[number]) > last] or [winner]
    return min(since, key=lambda number: _rank(arrivals[number])), frozenset(picked)


def says_nothing_new(one: Arrival, arrivals: Sequence[Arrival]) -> bool:
    """Tell whether a table of an annotated copy is as one that was sent, with no reason more."""
    return one.copy and any(
        other.content == one.content and other.reasons >= one.reasons for other in arrivals if not other.copy
    )


def _rank(one: Arrival) -> tuple[int, bool, float]:
    return -one.reasons, one.copy, _first(one)


def _first(one: Arrival) -> float:
    """Return when a workbook was there at the latest: copying makes its file younger, never its own word."""
    return min((time for time in (one.modified, one.saved) if time is not None), default=0.0)


def is_preferred(path: str, prefer: Sequence[str]) -> bool:
    """Tell whether a file is one that `prefer` names, or lies in a folder that it does."""
    parts = order(path)
    return any(parts[: len(order(one))] == order(one) for one in prefer)


def time_of(one: Arrival) -> tuple[float, float]:
    """Return when a workbook was saved: its own time, else its file's; then its file's."""
    saved = one.saved or 0.0
    return (saved if one.modified is None else one.modified), saved


def _why(arrivals: Sequence[Arrival], winner: int, other: int, picked: Collection[int]) -> Why:
    one, two = arrivals[winner], arrivals[other]
    if two.blank and not one.blank:
        return "blank"
    if other not in picked:
        return "prefer"
    if time_of(one) == time_of(two):
        return "order"
    return "later" if (one.modified is None) == (two.modified is None) else "mixed"
