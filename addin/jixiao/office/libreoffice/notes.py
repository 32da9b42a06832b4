"""Notes and hyperlinks of cells."""

from typing import TYPE_CHECKING

from xlwings import XlwingsError, base_classes

from jixiao.office.libreoffice.border import NOTES, Uno
from jixiao.office.libreoffice.declined import declined
from jixiao.office.libreoffice.guard import require_sheet, require_values
from jixiao.office.libreoffice.places import Place

if TYPE_CHECKING:
    from jixiao.office.libreoffice.ranges import Range


@declined
class Note(base_classes.Note):
    """The note of one cell."""

    def __init__(self, owner: "Range", place: Place) -> None:
        self._owner, self._place = owner, place

    @property
    def api(self) -> Uno:
        return self._place.first.getAnnotation()

    @property
    def location(self) -> "Range":
        return self._owner

    @property
    def author(self) -> str:
        return str(self.api.getAuthor())

    @property
    def text(self) -> str:
        return str(self.api.getString())

    @text.setter
    def text(self, value: str) -> None:
        require_sheet(self._place, "changing a note")
        self.api.setString(value)

    def delete(self) -> None:
        require_sheet(self._place, "removing a note")
        self._place.first.clearContents(NOTES)


def has_note(place: Place) -> bool:
    """Return whether the first cell has a note; the office's own getAnnotation always answers with one."""
    return bool(place.first.queryContentCells(NOTES).getCount())


def add_note(place: Place, text: str) -> None:
    """Give the first cell a note."""
    require_sheet(place, "adding a note")
    place.sheet.getAnnotations().insertNew(place.start, text)


def _link(place: Place) -> Uno:
    fields = place.first.getTextFields()
    found = (fields.getByIndex(index) for index in range(fields.getCount()))
    return next((field for field in found if hasattr(field, "URL")), None)


def hyperlink(place: Place) -> str:
    """Return the address behind the cell; raises XlwingsError when there is none."""
    link = _link(place)
    if link is None:
        raise XlwingsError(f"{place.label} has no hyperlink.")
    return str(link.URL)


def add_hyperlink(place: Place, address: str, shown: str | None) -> None:
    """Replace the cell's content by a link; the office keeps no tip of its own for it."""
    require_values(place)
    cell = place.first
    cell.setString("")
    link = place.document.uno.createInstance("com.sun.star.text.TextField.URL")
    link.URL, link.Representation = address, shown or address
    text = cell.getText()
    text.insertTextContent(text.createTextCursor(), link, False)  # UNO knows no keywords
