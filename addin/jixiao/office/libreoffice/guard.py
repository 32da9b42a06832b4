"""Protection that Excel keeps and UNO ignores: a write into a protected sheet is refused here."""

from xlwings import XlwingsError

from jixiao.office.libreoffice.border import Uno, differs
from jixiao.office.libreoffice.places import Place


class ProtectedError(XlwingsError):
    """The sheet or the workbook is protected; Excel would raise here as well."""


def require_values(place: Place) -> None:
    """Raise ProtectedError when the sheet is protected and a cell of the place is locked."""
    if place.sheet.isProtected() and (
        differs(place.cells, "CellProtection") or place.cells.CellProtection.IsLocked
    ):
        raise ProtectedError(f"{place.label} cannot be changed: its sheet is protected and cells are locked.")


def require_sheet(place: Place, doing: str) -> None:
    """Raise ProtectedError when the sheet is protected: formats, notes, rows and columns stay as they are."""
    if place.sheet.isProtected():
        raise ProtectedError(f"{place.label}: {doing} is not possible, for the sheet is protected.")


def require_structure(document: Uno, doing: str) -> None:
    """Raise ProtectedError when the workbook's structure is protected."""
    if document.isProtected():
        raise ProtectedError(f"{doing} is not possible, for the workbook's structure is protected.")
