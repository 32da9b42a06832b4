"""Names that a workbook or a sheet defines."""

from collections.abc import Iterator
from dataclasses import dataclass
from numbers import Real
from typing import TYPE_CHECKING

from xlwings import XlwingsError, base_classes

from jixiao.office.libreoffice import a1
from jixiao.office.libreoffice.border import Uno, struct
from jixiao.office.libreoffice.declined import declined
from jixiao.office.libreoffice.places import Document, Place, place_of

if TYPE_CHECKING:
    from jixiao.office.libreoffice.ranges import Range


@dataclass(frozen=True, slots=True)
class Scope:
    """Where names are looked for: a document, and one sheet of it or None for the whole workbook."""

    document: Document
    sheet: Uno = None

    @property
    def uno(self) -> Uno:
        """Return UNO's collection of the names of this scope alone."""
        return (self.document.uno if self.sheet is None else self.sheet).NamedRanges

    def inner(self) -> Iterator["Scope"]:
        """Yield this scope and, of a workbook, that of each sheet."""
        yield self
        if self.sheet is None:
            sheets = self.document.sheets
            for index in range(sheets.getCount()):
                yield Scope(self.document, sheets.getByIndex(index))

    def place(self, name: str) -> Place | None:
        """Return the cells behind a name of this scope, upper and lower case alike."""
        own = next((key for key in self.uno.getElementNames() if key.lower() == name.lower()), None)
        cells = None if own is None else self.uno.getByName(own).getReferredCells()
        return None if cells is None else place_of(self.document, cells)


@declined
class Names(base_classes.Names):
    """The names of a workbook, those of its sheets included, or of one sheet."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    @property
    def api(self) -> Uno:
        return self._scope.uno

    def _all(self) -> list["Name"]:
        return [Name(scope, key) for scope in self._scope.inner() for key in scope.uno.getElementNames()]

    def snapshot(self) -> list[tuple[str, "Name"]]:
        return [(name.name, name) for name in self._all()]

    def __call__(self, name_or_index: str | int) -> "Name":
        names = self._all()
        if isinstance(name_or_index, Real):
            return names[int(name_or_index) - 1]
        wanted = str(name_or_index).lower()
        for name in names:
            if wanted in (name.key.lower(), name.name.lower()):
                return name
        raise KeyError(name_or_index)

    def contains(self, name_or_index: str | int) -> bool:
        try:
            self(name_or_index)
        except (KeyError, IndexError):
            return False
        return True

    def __len__(self) -> int:
        return len(self._all())

    def add(self, name: str, refers_to: str) -> "Name":
        """Define a name; `Sheet1!name` is one of that sheet. An existing one gets the new content."""
        sheet, key = a1.split_sheet(name)
        scope = self._scope
        if sheet is not None:
            scope = Scope(scope.document, scope.document.sheets.getByName(sheet))
        formula = refers_to if refers_to.startswith("=") else f"={refers_to}"
        origin = struct("table.CellAddress", 0, 0, 0)
        content = scope.document.grammar.to_office(formula, origin)[1:]
        if scope.uno.hasByName(key):
            scope.uno.getByName(key).setContent(content)
        else:
            scope.uno.addNewByName(key, content, origin, 0)
        return Name(scope, key)


@declined
class Name(base_classes.Name):
    """One name; it is known by its scope and its own text, so that others may come and go."""

    def __init__(self, scope: Scope, key: str) -> None:
        self._scope, self._key = scope, key

    @property
    def api(self) -> Uno:
        return self._scope.uno.getByName(self._key)

    @property
    def key(self) -> str:
        """Return the name without its sheet."""
        return self._key

    @property
    def name(self) -> str:
        sheet = self._scope.sheet
        return self._key if sheet is None else f"{a1.quoted_sheet(sheet.getName())}!{self._key}"

    @name.setter
    def name(self, value: str) -> None:
        key = a1.split_sheet(value)[1]
        self.api.setName(key)
        self._key = key

    @property
    def refers_to(self) -> str:
        origin = struct("table.CellAddress", 0, 0, 0)
        return self._scope.document.grammar.to_excel(f"={self.api.getContent()}", origin)

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        origin = struct("table.CellAddress", 0, 0, 0)
        self.api.setContent(self._scope.document.grammar.to_office(value, origin)[1:])

    @property
    def refers_to_range(self) -> "Range":
        from jixiao.office.libreoffice.ranges import Range  # noqa: PLC0415  # ranges know their names

        place = self._scope.place(self._key)
        if place is None:
            raise XlwingsError(f"The name {self._key} refers to no cells: {self.refers_to}")
        return Range(place)

    def delete(self) -> None:
        self._scope.uno.removeByName(self._key)


def name_of(place: Place) -> Name | None:
    """Return the first name that refers to exactly these cells."""
    for scope in Scope(place.document).inner():
        for key in scope.uno.getElementNames():
            found = scope.place(key)
            if found and found.block == place.block and found.number == place.number:
                return Name(scope, key)
    return None
