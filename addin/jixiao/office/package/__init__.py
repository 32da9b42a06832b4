"""Change only the touched parts of an .xlsx or .xlsm; every other part is copied byte for byte."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jixiao.errors import FileRejectedError
from jixiao.model import Area, Dropdown, Mark, NamedList, Page
from jixiao.office.package import book as books
from jixiao.office.package import cleaning, listing, parts, scan, state, validations
from jixiao.office.package import marks as marked
from jixiao.office.package.cleaning import Cleaned
from jixiao.office.package.layout import layout
from jixiao.office.traces import Trace

_FAREWELL = "“{0}”有数字签名：下面写的副本有改动，签名在副本里会失效；原文件不动，签名照旧有效。"


def is_package(data: bytes) -> bool:
    """Tell whether this is a file that can be changed part by part: an .xlsx or .xlsm, whatever its name says.

    Raises FileRejectedError (`unsupported_format`) for strict Open XML: "save it as .xlsx" would be no advice.
    """
    try:
        package = parts.unpack(data)
        scan.parse(parts.read(package, books.workbook(package).part))
    except FileRejectedError as error:
        if error.code == "unsupported_format":
            raise
        return False
    return True


def ending(data: bytes) -> str:
    """Return the ending that the name of a copy needs: Excel opens no macros called .xlsx, and no template either.

    Raises as `annotate`.
    """
    package = parts.unpack(data)
    said = parts.said_of(package, books.workbook(package).part)
    return f".xl{'t' if '.template.' in said else 's'}{'m' if 'macroEnabled' in said else 'x'}"


def is_signed(data: bytes) -> bool:
    """Tell whether the workbook carries a digital signature, which no changed copy can keep valid.

    A signature of its macros is none: it covers the VBA project alone, whose parts stay as they are.
    Raises FileRejectedError: `encrypted`, `damaged`, `too_large`.
    """
    package = parts.unpack(data)
    kept = any(name.replace("\\", "/").casefold().startswith("_xmlsignatures/") for name in package.original)
    return kept or any(one.kind == "origin" for one in parts.links(package, ""))


def farewell(data: bytes, name: str) -> str:
    """Return what to say before a changed copy of a signed workbook is written, nothing where it is not signed."""
    return _FAREWELL.format(name) if is_signed(data) else ""


def annotate(data: bytes, marks: Sequence[Mark], page: Page) -> bytes:
    """Return a copy with marks at the cells, one more sheet to be seen, and a very hidden one with what they cover.

    A marked cell keeps its own format but for the fill, and its own note, below which ours stands; a pattern or
    gradient stays, with a note alone. Marks of ours that the file carries already give way to these: twice gives
    the same as once. Touched are the marked sheets, their notes, the styles, the workbook part and the lists of
    relationships and types.

    Args:
        data: an .xlsx or .xlsm; a signature in it is kept, and is no longer valid.
        marks: what to show, several of them at one cell joined.
        page: the sheet to add; its name gets a number where another sheet has it.

    Raises:
        FileRejectedError: `damaged`, `encrypted`, `too_large`, or `unsupported_format` for strict Open XML.

    """
    package = marked.take(parts.unpack(data))
    if package.changed:
        package = parts.unpack(parts.pack(package))
    marked.put(package, marks, page)
    return parts.pack(package)


def unmark(data: bytes) -> bytes:
    """Return a copy without our marks: their fills, their notes, the page of results and what was kept about them.

    Where nothing else has touched the file since `annotate`, every part is again what it was, byte for byte. Else
    the fills and notes of before come back at the cells that still show ours; what a person has changed since,
    stays. What the file says of its marks is never trusted with a value or a formula. Raises as `annotate`.
    """
    return parts.pack(marked.take(parts.unpack(data)))


def earlier(data: bytes) -> tuple[Trace, ...]:
    """Return what marks of ours the file carries, at the cells where they stand now. Raises as `annotate`."""
    package = parts.unpack(data)
    held = state.read(package, books.workbook(package))
    return held.traces if held else ()


def merges(data: bytes) -> dict[str, tuple[Area, ...]]:
    """Return the merged areas of the file by sheet, where `annotate` marks the first cell. Raises as `annotate`."""
    package = parts.unpack(data)
    sheets = [one for one in books.workbook(package).sheets if one.cells]
    return {one.name: tuple(layout(parts.read(package, one.part)).merges()) for one in sheets}


def checked_sheets(data: bytes) -> frozenset[str] | None:
    """Return the sheets that were checked when the file got its marks, None for all of them. Raises as `annotate`."""
    package = parts.unpack(data)
    held = state.read(package, books.workbook(package))
    return held.checked if held else None


def clean(data: bytes) -> Cleaned:
    """Return a copy for publication, an .xlsx whatever came, with what was taken out of it and what to look at.

    What can be seen on visible sheets stays: values, formats, merges, links, tables, charts, pictures, print setup.
    Taken out are our marks; hidden sheets, with the names, validations, conditional formats and links that lead to
    them; notes and threaded comments, which are the clerk's own words but not the public's; properties that tell
    of persons; other workbooks, data connections, pivot tables, macros, controls and embedded objects, custom XML,
    printer settings, signatures, and every other part that is not known to be harmless. A formula that needed any
    of this keeps the value that it showed. Hidden rows and columns stay, since formulas and charts live on them;
    a sentence names those that hold anything.

    Raises:
        FileRejectedError: as `annotate`; `unsupported_format` also where no sheet can be seen.

    """
    return cleaning.clean(parts.unpack(data))


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
        parts.edit(package, sheet.part, validations.edits(page, ours))
    listing.ensure(package, book, lists)
    return parts.pack(package)
