"""Change only the touched parts of an .xlsx or .xlsm; every other part is copied byte for byte."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from jixiao.errors import FileRejectedError
from jixiao.model import Dropdown, Mark, NamedList, Page, Severity, Spot
from jixiao.office.package import book as books
from jixiao.office.package import listing, looks, notes, painting, parts, result, scan, validations
from jixiao.office.package.layout import layout


def is_package(data: bytes) -> bool:
    """Tell whether this is a file that can be changed part by part: an .xlsx or .xlsm, whatever its name says."""
    try:
        package = parts.unpack(data)
        scan.parse(parts.read(package, books.workbook(package).part))
    except FileRejectedError:
        return False
    return True


def is_signed(data: bytes) -> bool:
    """Tell whether the workbook carries a digital signature, which no changed copy can keep valid.

    Raises FileRejectedError: `encrypted`, `damaged`, `too_large`.
    """
    package = parts.unpack(data)
    return any(name.replace("\\", "/").casefold().startswith("_xmlsignatures/") for name in package.original)


def annotate(data: bytes, marks: Sequence[Mark], page: Page) -> bytes:
    """Return a copy with marks at the cells and one more sheet at the end.

    A marked cell keeps its own format but for the fill, and its own note, below which ours stands. Touched are
    the marked sheets, their notes, the styles, the workbook part and the lists of relationships and types.

    Args:
        data: an .xlsx or .xlsm; a signature in it is kept, and is no longer valid.
        marks: what to show, several of them at one cell joined.
        page: the sheet to add; its name gets a number where another sheet has it.

    Raises:
        FileRejectedError: `damaged`, `encrypted`, `too_large`, or `unsupported_format` for strict Open XML.

    """
    package = parts.unpack(data)
    book = books.workbook(package)
    by_sheet: dict[str, list[Mark]] = {}
    for mark in marks:
        by_sheet.setdefault(mark.sheet, []).append(mark)
    known: dict[tuple[int, Severity], int] = {}
    for name, ours in by_sheet.items():
        _mark_sheet(package, book, book.sheet(name), ours, known)
    name = books.free_name(package, book, page.sheet)
    styles = looks.named(package, book, {box.style for box in page.boxes})
    index = books.add_sheet(package, book, name, result.sheet(replace(page, sheet=name), styles))
    books.define(package, book, result.print_titles(page, name), index)
    return parts.pack(package)


def _mark_sheet(
    package: parts.Package,
    book: books.Workbook,
    sheet: books.Sheet,
    marks: Sequence[Mark],
    known: dict[tuple[int, Severity], int],
) -> None:
    data = parts.read(package, sheet.part)
    rows = {Spot.of(mark.cell).row for mark in marks}
    rows |= {
        area.top for area in layout(data).merges() if not rows.isdisjoint(range(area.top, area.bottom + 1))
    }
    page = layout(data, rows)
    ours = painting.by_cell(marks, page)
    before = painting.formats(page, ours)
    wanted = {spot: (before[spot], mark.severity) for spot, mark in ours.items()}
    known |= looks.tinted(package, book, set(wanted.values()) - set(known))
    edits = painting.paint(page, {spot: known[pair] for spot, pair in wanted.items()})
    edits += notes.add(package, sheet, page, {spot: mark.note for spot, mark in ours.items() if mark.note})
    parts.write(package, sheet.part, scan.splice(page.data, edits))


def add_dropdowns(
    data: bytes, dropdowns: Mapping[str, Sequence[Dropdown]], lists: Sequence[NamedList]
) -> bytes:
    """Return a copy with dropdowns on the named sheets, and with the lists that they need; twice gives the same as once.

    Args:
        data: an .xlsx or .xlsm.
        dropdowns: sheet name → what to put onto it; other validations of these cells end, on these cells only.
        lists: the words behind defined names, for a very hidden sheet.

    Raises:
        FileRejectedError: as `annotate`.
        ValueError: a dropdown with words of its own that are longer than 255 characters, or hold a comma.

    """
    package = parts.unpack(data)
    book = books.workbook(package)
    for name, ours in dropdowns.items():
        sheet = book.sheet(name)
        page = layout(parts.read(package, sheet.part))
        parts.write(package, sheet.part, scan.splice(page.data, validations.edits(page, ours)))
    listing.ensure(package, book, lists)
    return parts.pack(package)
