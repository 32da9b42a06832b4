"""What goes on paper: PDF files and the print area."""

from typing import TYPE_CHECKING

from xlwings import base_classes

from jixiao.office.libreoffice import a1
from jixiao.office.libreoffice.border import Uno, nested, properties, refusal, target_url
from jixiao.office.libreoffice.declined import declined
from jixiao.office.libreoffice.places import Document, Place, block_of

if TYPE_CHECKING:
    from jixiao.office.libreoffice.sheets import Sheet

SMALL = {"ReduceImageResolution": True, "MaxImageResolution": 150, "Quality": 60}


def to_pdf(document: Document, path: str, quality: str | None, place: Place | None = None) -> None:
    """Write the workbook, or some cells of it, to a PDF file; raises OSError when that fails."""
    options: dict[str, object] = dict(SMALL) if quality == "minimum" else {}
    if place is not None:
        options["Selection"] = place.cells
    try:
        document.uno.storeToURL(
            target_url(path),
            properties(FilterName="calc_pdf_Export", FilterData=nested(**options), Overwrite=True),
        )
    except refusal() as error:
        raise OSError(f"LibreOffice could not write {path}.") from error


@declined
class PageSetup(base_classes.PageSetup):
    """The page of one sheet."""

    def __init__(self, sheet: "Sheet") -> None:
        self._sheet = sheet

    @property
    def api(self) -> Uno:
        return self._sheet.api

    @property
    def print_area(self) -> str | None:
        areas = self.api.getPrintAreas()
        return ",".join(a1.address(block_of(area)) for area in areas) or None

    @print_area.setter
    def print_area(self, value: str | None) -> None:
        parts = value.split(",") if value else []
        self.api.setPrintAreas(tuple(self._sheet.range(part).place.area for part in parts))
