"""Workbooks of an office: open, new, save, close."""

from collections.abc import Callable, Iterator
from numbers import Real
from pathlib import Path
from typing import TYPE_CHECKING

from xlwings import XlwingsError, base_classes

from jixiao.office.libreoffice import opening, printing
from jixiao.office.libreoffice.border import Uno, encryption, path_of, properties, refusal, target_url, url_of
from jixiao.office.libreoffice.declined import declined
from jixiao.office.libreoffice.formulas import Grammar
from jixiao.office.libreoffice.names import Names, Scope
from jixiao.office.libreoffice.number_formats import NumberFormats
from jixiao.office.libreoffice.places import Document
from jixiao.office.libreoffice.process import lock_of
from jixiao.office.libreoffice.sheets import Sheets

if TYPE_CHECKING:
    from jixiao.office.libreoffice.apps import App

FILTERS = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".xltx": "Calc MS Excel 2007 XML Template",
    ".xls": "MS Excel 97",
    ".xlt": "MS Excel 97 Vorlage/Template",
    ".ods": "calc8",
    ".ots": "calc8_template",
    ".csv": opening.TEXT,
    ".html": opening.HTML,
}
OOXML = (".xlsx", ".xlsm", ".xltx")
OPEN_TEXT = (".csv", ".html")
SHEETS = "com.sun.star.sheet.SpreadsheetDocument"
# com.sun.star.document.MacroExecMode: as the user has set it, and where that would ask, no
MACROS = 5
FAULTS = 4  # com.sun.star.sheet.FormulaResult: formulas that give an error
NO_UPDATE, FULL_UPDATE = 0, 3  # com.sun.star.document.UpdateDocMode: links to other files


@declined
class Books(base_classes.Books):
    """The workbooks that are open in one office, in the order in which they were opened."""

    def __init__(self, app: "App") -> None:
        self._app = app

    @property
    def app(self) -> "App":
        return self._app

    @property
    def api(self) -> Uno:
        return self._app.office.desktop.getComponents()

    def _all(self) -> list["Book"]:
        """Return the books; one object for each document as long as it is open."""
        found: dict[str, Book] = {}
        components = self.api.createEnumeration()
        known = self._app.known
        while components.hasMoreElements():
            document = components.nextElement()
            if document.supportsService(SHEETS):
                key = str(document.RuntimeUID)
                found[key] = known.get(key) or Book(self._app, document)
        order = [key for key in known if key in found] + [key for key in found if key not in known]
        known.clear()
        known.update((key, found[key]) for key in order)
        return list(known.values())

    @property
    def active(self) -> "Book":
        """Return the book whose window is in front; without windows, the one last shown or opened."""
        books = self._all()
        if not books:
            raise XlwingsError("No workbook is open in LibreOffice.")
        front = None if self._app.office.headless else self._app.office.desktop.getCurrentComponent()
        if front is not None and front.supportsService(SHEETS):
            return self._app.known.get(str(front.RuntimeUID), books[-1])
        last = self._app.last_shown
        return last if last is not None and last in books else books[-1]

    def __call__(self, name_or_index: str | int) -> "Book":
        books = self._all()
        if isinstance(name_or_index, Real):
            return books[int(name_or_index) - 1]
        for book in books:
            if book.name.lower() == str(name_or_index).lower():
                return book
        raise KeyError(name_or_index)

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator["Book"]:
        return iter(self._all())

    def add(self) -> "Book":
        book = self._load("private:factory/scalc")
        book.api.setTitle(f"Book{self._app.next_number()}")
        return book

    def open(
        self,
        fullname: str,
        update_links: bool | None = None,
        read_only: bool | None = None,
        format: int | None = None,  # noqa: A002  # xlwings' name
        password: str | None = None,
        *_: object,
        **__: object,
    ) -> "Book":
        """Open a file; its macros run only where the user's settings allow it without asking, links stay as saved.

        Raises FileNotFoundError, or OSError when LibreOffice cannot read it (a password, a damaged file).
        """
        path = Path(fullname).absolute()
        if not path.is_file():
            raise FileNotFoundError(f"There is no file {fullname}.")
        how = opening.values(self._app.office, path)
        if how is None:
            raise OSError(f"LibreOffice could not open {fullname} as a workbook: it is no table.")
        values = how | {
            "MacroExecutionMode": MACROS,
            "UpdateDocMode": FULL_UPDATE if update_links else NO_UPDATE,
            "ReadOnly": bool(read_only),
        }
        if password:
            values["Password"] = password
        self._app.office.holds(path)
        return self._load(url_of(fullname), **values)

    def _load(self, url: str, **values: object) -> "Book":
        document = None
        values["Hidden"] = not self._app.visible
        cause = None
        try:
            document = self._app.office.desktop.loadComponentFromURL(url, "_blank", 0, properties(**values))
        except refusal() as error:
            cause = error
        if document is None or not document.supportsService(SHEETS):
            if document is not None:
                document.close(True)  # a letter, say
            raise OSError(
                f"LibreOffice could not open {path_of(url)} as a workbook.{_lock_hint(url)}"
            ) from cause
        book = Book(self._app, document)
        self._app.took(book)
        return book


def _lock_hint(url: str) -> str:
    lock = lock_of(Path(path_of(url)))
    if not lock.exists():
        return ""
    return f" It may be open in another LibreOffice: open it with read_only=True, or remove {lock} if nobody has it."


def _locked(suffix: str, password: str) -> dict[str, object]:
    if suffix in OOXML:
        return {"EncryptionData": encryption(password)}
    if suffix in OPEN_TEXT:
        raise NotImplementedError(f"A {suffix} file cannot be locked by a password.")
    return {"Password": password}


@declined
class Book(base_classes.Book):
    """One open workbook."""

    def __init__(self, app: "App", uno: Uno) -> None:
        self._app, self._uno = app, uno
        self._document = Document(uno, uno.getSheets(), NumberFormats(uno), Grammar(uno), self)

    @property
    def document(self) -> Document:
        """Return the workbook as the modules of the engine know it."""
        return self._document

    @property
    def app(self) -> "App":
        return self._app

    @property
    def api(self) -> Uno:
        return self._uno

    @property
    def sheets(self) -> Sheets:
        return Sheets(self)

    @property
    def names(self) -> Names:
        return Names(Scope(self._document))

    @property
    def fullname(self) -> str:
        url = self._uno.getURL()
        return path_of(url) if url else str(self._uno.getTitle())

    @property
    def name(self) -> str:
        return Path(self.fullname).name

    def mark_active(self) -> None:
        """Remember the book as the one last shown."""
        self._app.last_shown = self

    def activate(self) -> None:
        self.mark_active()
        frame = self._document.window.getFrame()
        frame.activate()
        if not self._app.office.headless:
            frame.getContainerWindow().toFront()
            frame.getComponentWindow().setFocus()

    def close(self) -> None:
        """Close without saving."""
        self._app.forget(self)
        self._uno.setModified(False)
        self._uno.close(True)

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Save, under another name where one is given; raises NotImplementedError for a kind of file it cannot write.

        Raises OSError when LibreOffice cannot write the file (read-only, no such folder).
        """
        if path is None and self._uno.getURL():
            self._store(lambda: self._uno.store(), self.fullname)  # noqa: PLW0108  # UNO methods are looked up late
            return
        target = Path(path or f"{self.name}.xlsx").absolute()
        target = target if target.suffix else target.with_name(f"{target.name}.xlsx")
        if target.suffix.lower() not in FILTERS:
            raise NotImplementedError(f"LibreOffice cannot write {target.suffix} files.")
        values: dict[str, object] = {"FilterName": FILTERS[target.suffix.lower()], "Overwrite": True}
        if target.suffix.lower() == ".csv":
            values["FilterOptions"] = opening.CSV_OPTIONS
        if password:
            values |= _locked(target.suffix.lower(), password)
        url = target_url(target)
        self._app.office.holds(target)
        self._store(lambda: self._uno.storeAsURL(url, properties(**values)), str(target))

    def to_pdf(self, path: str, quality: str | None = None) -> None:
        printing.to_pdf(self._document, path, quality)

    def _store(self, act: Callable[[], object], target: str) -> None:
        try:
            act()
        except refusal() as error:
            raise OSError(f"LibreOffice could not save {target}.") from error


def settle(book: Book) -> None:
    """Calculate what is waiting: sheets not in front, and formulas without a value yet, which UNO's `calculate` passes over."""
    for sheet in book.sheets:
        sheet.api.queryFormulaCells(FAULTS)  # it has to know the result of every formula
