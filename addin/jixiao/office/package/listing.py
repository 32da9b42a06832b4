"""The very hidden sheet with the words of the dropdowns, and the defined names that lead to them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jixiao.model import LIST_SHEET, Area, NamedList
from jixiao.office.package import book as books
from jixiao.office.package import parts, result
from jixiao.office.package.book import Workbook
from jixiao.office.package.layout import area_of, layout
from jixiao.office.package.parts import Package
from jixiao.office.package.texts import Texts

_LONGEST_LIST = 10_000  # rows; none of our lists is a hundredth of it
_REFERENCE = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!([$A-Z0-9:]+)")


def ensure(package: Package, book: Workbook, lists: Sequence[NamedList]) -> None:
    """See to it that every name leads to its words, on a new list sheet where it does not already.

    A list sheet that stands in the workbook is never written to: other dropdowns may hang on it.
    """
    there = _there(package, book)
    missing = [one for one in lists if there.get(one.name) != one.words]
    if not missing:
        return
    sheet = books.free_name(package, book, LIST_SHEET)
    content = result.words({column: one.words for column, one in enumerate(missing)})
    books.add_sheet(package, book, sheet, content, state="veryHidden")
    meanings = {one.name: f"{sheet}!{_column(at, len(one.words))}" for at, one in enumerate(missing)}
    books.define(package, book, meanings)


def _column(column: int, count: int) -> str:
    letters = books.letters(column)
    return f"${letters}$1:${letters}${count}"


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
    texts = Texts(package, book)
    held = (row.cells.get(area.left) for row in page.rows if row.number in rows)
    return tuple(texts.of(cell) for cell in held if cell is not None)
