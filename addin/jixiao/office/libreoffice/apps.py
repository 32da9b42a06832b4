"""Offices as xlwings' apps: those we started and those we joined."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from xlwings import XlwingsError, base_classes

from jixiao.office.libreoffice import moving, process
from jixiao.office.libreoffice.books import Book, Books, settle
from jixiao.office.libreoffice.border import Uno, enum, refusal
from jixiao.office.libreoffice.declined import declined
from jixiao.office.libreoffice.places import Place, at_cursor, place_of
from jixiao.office.libreoffice.process import Office
from jixiao.office.libreoffice.ranges import Range

if TYPE_CHECKING:
    from jixiao.office.libreoffice.engine import Engine

MACRO = re.compile(r"(?:'?([^'!]*)'?!)?(?:(\w+)\.)?(\w+)")
BUTTONS = {
    None: 1,
    "ok": 1,
    "ok_cancel": 2,
    "yes_no": 3,
    "yes_no_cancel": 4,
}  # com.sun.star.awt.MessageBoxButtons
ANSWERS = {0: "cancel", 1: "ok", 2: "yes", 3: "no"}
# the kinds of box with and without a choice: an INFOBOX shows an OK button, whatever is asked for
BOXES = {"info": ("INFOBOX", "QUERYBOX"), "critical": ("WARNINGBOX", "WARNINGBOX")}


@declined
class Apps(base_classes.Apps):
    """The offices in use, the active one first."""

    def __init__(self, engine: "Engine", *, macros: bool) -> None:
        self._engine, self._macros = engine, macros
        self._all: list[App] = []

    def _alive(self) -> list["App"]:
        self._all = [app for app in self._all if app.office.alive]
        return self._all

    def keys(self) -> list[int]:
        return [app.pid for app in self._alive()]

    def add(
        self,
        spec: str | None = None,
        add_book: bool | None = None,
        xl: Uno = None,
        visible: bool | None = None,
    ) -> "App":
        """Start an office, or join the running one that accepts at `spec`, such as `pipe,name=calc`."""
        if spec is not None:
            office = process.join(spec)
        else:
            headless = visible is False or not process.has_display()
            office = process.start(headless=headless, macros=self._macros)
        app = self._take(office)
        if add_book and (spec is None or not len(app.books)):
            app.books.add()
        return app

    def here(self, context: Uno) -> "App":
        """Use the office that runs this very Python: no bridge, no round trips."""
        return self._take(process.inside(context))

    def _take(self, office: Office) -> "App":
        app = App(office, self._engine, self)
        self._all.insert(0, app)
        return app

    def to_front(self, app: "App") -> None:
        """Make an app the active one."""
        self._all.remove(app)
        self._all.insert(0, app)

    @staticmethod
    def cleanup() -> None:
        """Do nothing: an office that we started ends with its app, or with this program."""

    def __iter__(self) -> Iterator["App"]:
        return iter(list(self._alive()))

    def __len__(self) -> int:
        return len(self._alive())

    def __getitem__(self, pid: int) -> "App":
        for app in self._alive():
            if app.pid == pid:
                return app
        raise KeyError(pid)


@declined
class App(base_classes.App):
    """One office."""

    def __init__(self, office: Office, engine: "Engine", apps: Apps) -> None:
        self.office = office
        self.known: dict[str, Book] = {}
        self.last_shown: Book | None = None
        self._engine, self._apps = engine, apps
        self._visible = not office.headless
        self._screen_updating = self._display_alerts = self._enable_events = self._interactive = True
        self._calculation = "automatic"
        self._status: str | bool = False
        self._indicator: Uno = None
        self._copied = False
        self._count = 0
        self._ours: list[Book] = []  # opened here, so closed here

    # --- what books tell their app ---

    def next_number(self) -> int:
        """Return the number of the next new book."""
        self._count += 1
        return self._count

    def took(self, book: Book) -> None:
        """Take in a book just opened: it is the active one, and calculates and paints as the others."""
        self.known[str(book.api.RuntimeUID)] = book
        self.last_shown = book
        self._ours.append(book)
        if self._calculation == "manual":
            book.api.enableAutomaticCalculation(False)
        if not self._screen_updating:
            book.api.lockControllers()

    def forget(self, book: Book) -> None:
        """Let go of a book that closes."""
        self.known.pop(str(book.api.RuntimeUID), None)
        self._ours = [own for own in self._ours if own is not book]
        if self.last_shown is book:
            self.last_shown = None

    def to_clipboard(self, place: Place) -> None:
        """Copy cells to the office's clipboard."""
        moving.to_clipboard(self.office, place)
        self._copied = True

    # --- the office itself ---

    @property
    def engine(self) -> "Engine":
        return self._engine

    @property
    def api(self) -> Uno:
        return self.office.desktop

    @property
    def books(self) -> Books:
        return Books(self)

    @property
    def pid(self) -> int:
        return self.office.number

    @property
    def hwnd(self) -> None:
        """Return None: the office has no window number that other programs could use."""
        return

    @property
    def version(self) -> str:
        return self.office.setting("/org.openoffice.Setup/Product", "ooSetupVersionAboutBox")

    @property
    def path(self) -> str:
        return str(process.program().parent)

    @property
    def startup_path(self) -> str:
        """Return nothing: LibreOffice loads extensions, and no folder of workbooks, when it starts."""
        return ""

    def activate(self, steal_focus: bool = False) -> None:
        self._apps.to_front(self)
        if steal_focus and self.known:
            self.books.active.activate()

    def quit(self) -> None:
        """Close what was opened here, without saving; end the office if we started it."""
        for book in list(self._ours):
            try:
                book.close()
            except refusal():
                continue  # a person has closed it, or the office is gone
        self.office.end()

    def kill(self) -> None:
        """End an office that we started at once; another one is left alone."""
        if self.office.own:
            self.office.own.stop()

    @property
    def selection(self) -> Range | None:
        book = self.books.active
        found = book.document.window.getSelection()
        if found is not None and found.supportsService("com.sun.star.sheet.SheetCellRanges"):
            # no range at all: the selected cell lies in a row that a filter hides
            return None if found.getCount() else Range(at_cursor(book.document))
        if found is None or not found.supportsService("com.sun.star.sheet.SheetCellRange"):
            return None
        return Range(place_of(book.document, found))

    # --- how it behaves ---

    def _windows(self, act: Callable[[Uno], object]) -> None:
        if not self.office.headless:
            for book in self.books:
                act(book.document.window.getFrame().getContainerWindow())

    @property
    def visible(self) -> bool:
        """Return what was asked for; an office without a display cannot show itself."""
        return self._visible

    @visible.setter
    def visible(self, visible: bool) -> None:
        self._visible = visible
        self._windows(lambda window: window.setVisible(visible))

    @property
    def screen_updating(self) -> bool:
        return self._screen_updating

    @screen_updating.setter
    def screen_updating(self, value: bool) -> None:
        if value != self._screen_updating:
            for book in self.books:
                if value:
                    book.api.unlockControllers()
                else:
                    book.api.lockControllers()
        self._screen_updating = value

    @property
    def display_alerts(self) -> bool:
        """Return what was set; through UNO the office asks nothing in either case."""
        return self._display_alerts

    @display_alerts.setter
    def display_alerts(self, value: bool) -> None:
        self._display_alerts = value

    @property
    def enable_events(self) -> bool:
        """Return what was set; the office has no switch for the macros of events."""
        return self._enable_events

    @enable_events.setter
    def enable_events(self, value: bool) -> None:
        self._enable_events = value

    @property
    def interactive(self) -> bool:
        return self._interactive

    @interactive.setter
    def interactive(self, value: bool) -> None:
        self._interactive = value
        self._windows(lambda window: window.setEnable(value))

    @property
    def calculation(self) -> str:
        """Return how the active book calculates: here each book has a mode of its own, saved with it."""
        if self._calculation != "manual" and len(self.books):
            return self._calculation if self.books.active.api.isAutomaticCalculationEnabled() else "manual"
        return self._calculation

    @calculation.setter
    def calculation(self, value: str) -> None:
        """Set it for all books; each is calculated before it rests, as it is in Excel."""
        self._calculation = value
        for book in self.books:
            if value == "manual" and book.api.isAutomaticCalculationEnabled():
                settle(book)
            book.api.enableAutomaticCalculation(value != "manual")

    def calculate(self) -> None:
        for book in self.books:
            book.api.calculateAll()

    @property
    def cut_copy_mode(self) -> str | None:
        return "copy" if self._copied else None

    @cut_copy_mode.setter
    def cut_copy_mode(self, value: str | bool | None) -> None:
        self._copied = bool(value)

    # --- words with the person ---

    @property
    def status_bar(self) -> str | bool:
        return self._status

    @status_bar.setter
    def status_bar(self, value: str | bool | None) -> None:
        """Show a text at the foot of the window; False or None gives the place back to the office."""
        self._status = value or False
        if self._indicator is not None and not value:
            self._indicator.end()
            self._indicator = None
        elif value and self._indicator is None and len(self.books):
            self._indicator = self.books.active.document.window.getFrame().createStatusIndicator()
            self._indicator.start(str(value), 0)
        elif value and self._indicator is not None:
            self._indicator.setText(str(value))

    def alert(
        self, prompt: str, title: str | None, buttons: str | None, mode: str | None, callback: object
    ) -> str:
        """Ask in a box, return the button's word; raises XlwingsError where nobody could press one."""
        if self.office.headless:
            raise XlwingsError(f"LibreOffice runs without a window here, so nobody can answer: {prompt}")
        window = self.books.active.document.window.getFrame().getContainerWindow()
        kind = enum("awt.MessageBoxType", BOXES[mode or "info"][BUTTONS[buttons] > 1])
        box = window.getToolkit().createMessageBox(window, kind, BUTTONS[buttons], title or "", prompt or "")
        return ANSWERS[box.execute()]

    def run(self, macro: str, args: Sequence[object]) -> object:
        """Run a Basic macro of an open workbook, `name`, `module.name` or `'book.xlsm'!name`.

        Raises KeyError when there is no such macro, XlwingsError when the workbook's macros are not allowed to run.
        """
        found = MACRO.fullmatch(macro)
        if found is None:
            raise KeyError(macro)
        book = self.books(found[1]) if found[1] else self.books.active
        if not book.api.AllowMacroExecution:
            raise XlwingsError(f"The macros of {book.name} are not allowed to run, so {macro} did not.")
        libraries = book.api.BasicLibraries
        provider = book.api.getScriptProvider()
        for library in libraries.getElementNames():
            for module in libraries.getByName(library).getElementNames():
                if found[2] not in (None, module):
                    continue
                where = f"vnd.sun.star.script:{library}.{module}.{found[3]}?language=Basic&location=document"
                try:
                    script = provider.getScript(where)
                except refusal():
                    continue
                result = script.invoke(tuple(args), (), ())[0]
                return float(result) if isinstance(result, int) and not isinstance(result, bool) else result
        raise KeyError(macro)
