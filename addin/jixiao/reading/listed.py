"""The rows of a list of projects: where each project begins and ends, over all pages, and what stands between them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from jixiao.model import Spot
from jixiao.patterns import late
from jixiao.reading import fields
from jixiao.reading.columns import field_of, labels_of
from jixiao.reading.fields import Found
from jixiao.reading.lines import SIGNED, SUM
from jixiao.reading.listings import Listing
from jixiao.reading.tables import Place
from jixiao.reading.units import UNIT, unit_in
from jixiao.reading.view import View
from jixiao.reading.words import AGENCY, LEAD, label_key
from jixiao.values import decimal, key

_SHORT = {"agency": "单位", "department": "部门"}  # above a list; 单位 of money, too
CARRIED = ("agency", "department", "year")  # which stand over several projects
_NAMES = ("project_name", *CARRIED)
_TELLING = (*CARRIED, "total_funds")  # by which two projects of one name differ
_OF_MONEY = late(rf"[\s(（]*+(?:人民币)?(?:{UNIT.pattern})(?:整|\W|$)")
_ANY_SUM = re.compile(r"\S{0,6}(?:合计|总计|小计)\S{0,4}")


@dataclass
class Group:
    """One project: its page's headings, its rows, those among them that are none of its own, and what holds over it."""

    listing: Listing
    name: str
    start: int
    stop: int
    head: Mapping[str, Found]
    told: dict[str, str]
    skipped: set[int] = field(default_factory=set)
    indicates: bool = False

    @property
    def rows(self) -> Sequence[int]:
        """The project's own rows."""
        return [row for row in range(self.start, self.stop) if row not in self.skipped]


@dataclass
class Walk:
    """A walk down the pages of a list.

    Attributes:
        view: the sheet.
        groups: the projects.
        lost: rows that belong to none, or are projects without indicators.
        captions: remarks, signatures and the like between projects, each with the headings of its page.

    """

    view: View
    groups: list[Group] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)
    captions: dict[int, int] = field(default_factory=dict)
    _open: Group | None = None
    _over: dict[str, Found] = field(default_factory=dict)
    _between: list[int] = field(default_factory=list)

    def page(self, listing: Listing, stop: int, anew: Collection[str]) -> None:
        """Walk down one page to the row `stop`; a project goes on where the columns hold the same.

        Args:
            listing: the page.
            stop: the row where another page or table begins.
            anew: what the lines above the page tell otherwise than those above the page before.

        """
        if self._open is not None and not listing.goes_on_from(self._open.listing):
            self._close()
            self._over.clear()
        elif anew:
            self._close()
        for name in anew:
            self._over.pop(name, None)
        self._between += range(listing.top, listing.bottom + 1)
        for row in range(listing.bottom + 1, stop):
            if self.view.filled(row):
                self._row(listing, row)

    def end(self) -> None:
        """Close the last project."""
        self._close()

    def _row(self, listing: Listing, row: int) -> None:
        view, filled = self.view, self.view.filled(row)
        under = {name for name, column in listing.columns if column in filled}
        column = listing.fields["project_name"].column
        if not {"name", "target"} <= under:
            if _is_sum(view, filled, row):
                self._close()
                return
            if self._is_caption(listing, row, filled, under):
                self._between.append(row)
                self.captions[row] = listing.heading
                return
        text = view.text(row, column) if column in filled else ""
        begins = self._begins(listing, row, text) if text else self._is_nameless(listing, row, under)
        agency = listing.fields["agency"].column if "agency" in listing.fields else -1
        if begins or not (text or under or agency not in filled):  # an agency's sum, over its projects
            self._close()
        self._carry(listing, row)
        if begins:
            told = {name: view.text(*one.spot) for name, one in self._over.items() if one.spot}
            self._open = Group(listing, text, row, row + 1, {**self._over}, told)
        if self._open is None:
            self.lost += [row] if under >= {"name", "target"} else []
            return
        self._open.skipped.update(self._between)
        self._between.clear()
        self._open.stop = row + 1
        self._open.indicates |= bool(under)
        for name in _TELLING:
            if name in listing.fields and listing.fields[name].column in filled:
                self._open.told.setdefault(name, view.text(row, listing.fields[name].column))

    def _begins(self, listing: Listing, row: int, text: str) -> bool:
        """Tell whether a row with a name begins a project: another name, or the same of another agency or amount."""
        group = self._open
        if group is None or text != group.name:
            return True
        filled = self.view.filled(row)
        cells = ((name, listing.fields[name].column) for name in _TELLING if name in listing.fields)
        texts = {name: self.view.text(row, column) for name, column in cells if column in filled}
        return any(text != group.told.get(name, text) for name, text in texts.items())

    def _is_nameless(self, listing: Listing, row: int, under: set[str]) -> bool:
        """Tell whether a project begins whose name was not filled in: it has an amount and a goal of its own, and indicators."""
        filled, group, own = self.view.filled(row), self._open, listing.fields
        if not under or self.view.hidden_by_merge(row, own["project_name"].column):
            return False
        columns = [own[name].column for name in ("total_funds", "goals") if name in own]
        if len(columns) < 2 or not {*columns} <= {*filled}:
            return False
        text = self.view.text
        named = text(row + 1, own["project_name"].column)  # the same project, with its name in the next row
        if named and all(text(row, at) == text(row + 1, at) for at in columns):
            return False
        return group is None or all(text(row, at) != text(group.start, at) for at in columns)

    def _carry(self, listing: Listing, row: int) -> None:
        """Keep what a row says that holds for the projects below it, too."""
        filled = self.view.filled(row)
        for name in CARRIED:
            if name in listing.fields and (column := listing.fields[name].column) in filled:
                self._over[name] = said(self.view, name, Spot(row, column))
                if self._open is not None and name not in self._open.told:
                    self._open.head = {**self._open.head, name: self._over[name]}

    def _is_caption(self, listing: Listing, row: int, filled: Sequence[int], under: set[str]) -> bool:
        """Tell whether a row belongs to no project: a remark, a signature, a page, or an agency's name over others'."""
        text, column = self.view.text(row, filled[0]), listing.fields["project_name"].column
        alone = len(filled) == 1 and not under
        if alone and (found := _agency(text)):
            reaches = self.view.reach(row, filled[0]).right > column or filled[0] != column
            if reaches or self._heads_projects(listing, row):
                self._close()
                self._over[found[0]] = Found(found[1], self.view.value(row, filled[0]), Spot(row, filled[0]))
                return True
        if SIGNED.match(text) or (under and any(SIGNED.match(self.view.text(row, at)) for at in filled)):
            return True
        goals = listing.fields["goals"].column if "goals" in listing.fields else -1
        wide = self.view.reach(row, filled[0]).right > max(column, filled[0])
        return alone and (wide or filled[0] not in {column, goals})

    def _heads_projects(self, listing: Listing, row: int) -> bool:
        """Tell whether the next row has a project's name of its own."""
        below = next((at for at in range(row + 1, self.view.height) if self.view.filled(at)), row)
        return listing.fields["project_name"].column in self.view.filled(below)

    def _close(self) -> None:
        """End the open project; a name without indicators may be an agency's, with its projects below it."""
        group, self._open = self._open, None
        if group is None:
            return
        spot = Spot(group.start, group.listing.fields["project_name"].column)
        if group.indicates:
            self.groups.append(group)
        elif group.listing.of_both:
            self._over["agency"] = Found(group.name, self.view.value(*spot), spot)
        elif not _ANY_SUM.fullmatch(key(group.name)) and self._tells_more(group):
            self.lost.append(group.start)

    def _tells_more(self, group: Group) -> bool:
        """Tell whether a project's first row has more than its names: an amount, a goal."""
        others = {one.column for name, one in group.listing.fields.items() if name not in _NAMES}
        return not others.isdisjoint(self.view.filled(group.start))


def _is_sum(view: View, filled: Sequence[int], row: int) -> bool:
    return any(SUM.fullmatch(key(view.text(row, at)).rstrip(":：")) for at in filled[:2])


def said(view: View, name: str, spot: Spot) -> Found:
    """Return what a cell says of a field that is no money."""
    text = view.text(*spot)
    digits = text[:4] if name == "year" else ""
    year = int(digits) if digits.isdecimal() and len(digits) == len("2025") else None
    return Found(year if name == "year" else text or None, view.value(*spot), spot)


def _agency(text: str) -> tuple[str, str] | None:
    """Return the agency or department that a line over projects names, with the field that it is."""
    before, _, after = text.replace("：", ":").partition(":")
    named = field_of(before) if after else None
    if named in {"agency", "department"} and after.strip() and not _is_unit(after):
        return str(named), after.strip()
    name = LEAD.sub("", text).strip()
    return ("agency", name) if AGENCY.fullmatch(name) else None


def whose(view: View, above: Place) -> dict[str, Found]:
    """Return whose list it is, as the lines above it say."""
    found = {}
    for name in ("agency", "department"):
        one = fields.Sought(name, labels_of(name), "", is_money=False)
        spot = fields.label_spot(view, above, one, set())
        told = fields.value_of(view, above, one, spot, "") if spot is not None else None
        if told := told or _said_in_short(view, above, name):
            found[name] = told
    return found


def _said_in_short(view: View, above: Place, name: str) -> Found | None:
    """Return whose list it is, behind 单位 or 部门: `单位：某局`, but not `单位：万元`."""
    word = label_key(_SHORT[name])
    one = fields.Sought(name, (word,), "", is_money=False)
    labels = (spot for spot in above.labels.get(word, ()) if not unit_in(view.text(*spot)))
    told = (fields.value_of(view, above, one, spot, "") for spot in (*above.inline.get(word, ()), *labels))
    names = (
        found
        for found in told
        if found.value and decimal(found.value) is None and label_key(str(found.value)) != word
    )  # a sum stands there, too
    return next((found for found in names if not _is_unit(str(found.value))), None)


def _is_unit(text: str) -> bool:
    """Tell whether what stands behind 单位 is one of money, and no agency: 万元, but not 元谋县水务局."""
    return bool(_OF_MONEY.match(text))


def pages(listings: Sequence[Listing], stops: Sequence[int]) -> Iterator[tuple[Listing, int]]:
    """Yield each page of the lists with the row where it ends: the next page, or another table."""
    tops = sorted({*(one.top for one in listings), *stops})
    for one in listings:
        yield one, tops[bisect_right(tops, one.heading)]
