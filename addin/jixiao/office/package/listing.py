"""The very hidden sheet with the words of the dropdowns, and the defined names that lead to them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Protocol

from jixiao.model import LIST_SHEET, Area
from jixiao.office.package import book as books
from jixiao.office.package import parts, result, scan
from jixiao.office.package.book import Workbook
from jixiao.office.package.layout import area_of, layout, whole
from jixiao.office.package.parts import Package

_LONGEST_LIST = 10_000  # rows; none of our lists is a hundredth of it
_REFERENCE = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!([$A-Z0-9:]+)")


class Lists(Protocol):
    """What this room asks of `choices.Lists`, a neighbour on its own floor: names, and the words behind each."""

    @property
    def names(self) -> Mapping[str, Area]:
        """Defined name → its area on the list sheet."""

    @property
    def columns(self) -> Sequence[tuple[str, ...]]:
        """The words of each name, in the order of the names."""


def ensure(package: Package, book: Workbook, lists: Sequence[Lists]) -> None:
    """See to it that every name leads to its words, on a new list sheet where it does not already.

    A list sheet that stands in the workbook is never written to: other dropdowns may hang on it.
    """
    wanted = {
        name: (area, words)
        for one in lists
        for (name, area), words in zip(one.names.items(), one.columns, strict=True)
        if words
    }
    there = _there(package, book)
    missing = {name: pair for name, pair in wanted.items() if there.get(name) != pair[1]}
    if not missing:
        return
    sheet = books.free_name(package, book, LIST_SHEET)
    content = result.words({area.left: words for area, words in missing.values()})
    books.add_sheet(package, book, sheet, content, state="veryHidden")
    books.define(package, book, {name: f"{sheet}!{_absolute(area)}" for name, (area, _) in missing.items()})


def _absolute(area: Area) -> str:
    ends = (
        Area(area.top, area.left, area.top, area.left),
        Area(area.bottom, area.right, area.bottom, area.right),
    )
    return ":".join(re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", one.a1) for one in ends)


def _there(package: Package, book: Workbook) -> dict[str, tuple[str, ...]]:
    """Return the words behind the names of the whole workbook; names that a sheet has for itself hide them."""
    found: dict[str, tuple[str, ...]] = {}
    listed = books.names(package, book)
    local = {one.name for one in listed if one.sheet is not None}
    for one in listed:
        match = _REFERENCE.fullmatch(one.meaning)
        area = area_of(match[3]) if match else None
        if match is None or area is None or one.name in local or area.left != area.right:
            continue
        if area.bottom > _LONGEST_LIST:
            continue
        name = (match[1] or match[2]).replace("''", "'")
        sheet = next((each for each in book.sheets if each.name == name and each.cells), None)
        if sheet is not None and name.startswith(LIST_SHEET):
            found[one.name] = _words(package, book, sheet.part, area)
    return found


def _words(package: Package, book: Workbook, part: str, area: Area) -> tuple[str, ...]:
    """Return the texts in one column of a sheet."""
    rows = range(area.top, area.bottom + 1)
    page = layout(parts.read(package, part), rows)
    shared: list[scan.Element] = []
    texts = []
    for row in (row for row in page.rows if row.number in rows):
        cell = row.cells.get(area.left)
        if cell is None:
            continue
        if cell.attributes.get("t") == "s":
            shared = shared or _shared(package, book)
            number = whole(cell.content.strip())
            texts.append(shared[number].content if 0 <= number < len(shared) else "")
        else:
            texts.append(cell.content)
    return tuple(texts)


def _shared(package: Package, book: Workbook) -> list[scan.Element]:
    part = next((one.part for one in parts.links(package, book.part) if one.kind == "sharedStrings"), None)
    return [] if part is None else list(scan.parse(parts.read(package, part)).all("si"))
