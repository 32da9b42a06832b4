"""The sheet of recorded reasons in a closed file: read, and written into a copy."""

from __future__ import annotations

from collections.abc import Sequence

from jixiao.errors import FileRejectedError
from jixiao.model import Reason
from jixiao.office import reasons
from jixiao.office.package import book as books
from jixiao.office.package import parts, state
from jixiao.office.package.book import Sheet, Workbook
from jixiao.office.package.parts import Package
from jixiao.office.package.texts import Texts

_TAKEN = "工作簿里已有一张自己的工作表叫“{0}”，说明没有地方存。请给它换个名字后再试。"


def read(data: bytes) -> tuple[Reason, ...]:
    """Return the reasons recorded in an .xlsx or .xlsm; what cannot be read, or is not of our making, is left out."""
    try:
        package = parts.unpack(data)
        book = books.workbook(package)
        held = _sheet(package, book)
        if held is None:
            return ()
        return reasons.parse(state.table(package, book, held, reasons.MOST, reasons.COLUMNS))
    except FileRejectedError:
        return ()


def write(data: bytes, found: Sequence[Reason]) -> bytes:
    """Return a copy that carries these reasons and no others.

    Raises FileRejectedError: `damaged`, `encrypted`, `too_large`, or `unsupported_format` for strict Open XML and
    where a sheet of a person's has the name.
    """
    package = parts.unpack(data)
    book = books.workbook(package)
    held = _sheet(package, book)
    content = state.worksheet(reasons.rows(found[: reasons.MOST]))
    if held is not None:
        parts.write(package, held.part, content)
    elif books.free_name(package, book, reasons.SHEET) != reasons.SHEET:
        raise FileRejectedError("unsupported_format", _TAKEN.format(reasons.SHEET))
    else:
        books.add_sheet(package, book, reasons.SHEET, content, state="veryHidden")
    return parts.pack(package)


def _sheet(package: Package, book: Workbook) -> Sheet | None:
    """Return our sheet, `None` where there is none; one that can be seen must begin as ours does."""
    held = next((one for one in book.sheets if one.cells and one.name.casefold() == reasons.SHEET), None)
    if held is not None and held.visible and Texts(package, book).first(held) != reasons.VERSION:
        return None
    return held
