"""What a check finds against what the last one found: solved, new, still there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from jixiao.marking.cells import Checked, explained
from jixiao.model import Area, Mark, Spot
from jixiao.office.traces import Trace

_NAMED = 12  # sheets that a sentence names


class Place(NamedTuple):
    """Where a rule found something."""

    sheet: str
    cell: str
    rule: str


class Since(NamedTuple):
    """How the findings stand against those of the last check: solved, new, still there; and sheets without an earlier state."""

    solved: tuple[Place, ...]
    new: tuple[Place, ...]
    still: tuple[Place, ...]
    without: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """The sentence for the page and for the ribbon."""
        counts = len(self.solved), len(self.new), len(self.still)
        said = "与上次校验相比：已解决 {} 处，新增 {} 处，仍在 {} 处".format(*counts)
        names = "、".join(f"“{name}”" for name in self.without[:_NAMED])
        more = "等" if len(self.without) > _NAMED else ""
        return f"{said}（工作表{names}{more}没有上次的结果可比，不算在内）。" if names else f"{said}。"


def since(
    before: Sequence[Trace],
    now: Sequence[Mark],
    checked: Checked = (),
    sheets: Collection[str] | None = None,
    merges: Mapping[str, Sequence[Area]] | None = None,
) -> Since:
    """Compare what marks a workbook carried with what it gets now, finding by finding: by sheet, cell and rule.

    A cell that has moved since, with rows put in above it, is where the traces say that it is now. What carries no
    mark any more because it was explained, as the findings in `checked` tell, is not solved.

    Args:
        before: what the workbook carried.
        now: what it gets.
        checked: the documents that were checked now, each with its findings.
        sheets: the sheets that were checked before, `None` for all; what is found on others is not new but unknown.
        merges: merged areas by sheet: what is found in one is marked, and so compared, at its first cell.

    """

    def first(place: Place) -> Place:
        spot = Spot.of(place.cell)
        areas = (merges or {}).get(place.sheet, ())
        found = next((Spot(one.top, one.left) for one in areas if one.holds(*spot)), spot)
        return place._replace(cell=found.a1)

    names = dict.fromkeys(document.sheet for document, _ in checked)
    without = tuple(name for name in names if sheets is not None and name not in sheets)
    old = Counter(place for one in before for place in _places(one))
    new = Counter(first(place) for one in now if one.sheet not in without for place in _places(one))
    kept = Counter(first(Place(document.sheet, one.cell, one.rule)) for document, one in explained(checked))
    solved, still = old - new - kept, new & old
    return Since(tuple(solved.elements()), tuple((new - old).elements()), tuple(still.elements()), without)


def _places(one: Trace | Mark) -> Iterator[Place]:
    return (Place(one.sheet, one.cell, rule) for rule in one.rules or ("",))
