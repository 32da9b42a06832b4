"""LibreOffice's own dialogs, for an office in this process or in another; without a window they refuse, and never hang."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from jixiao.errors import JixiaoError
from jixiao.office.excel.dialogs import Kind
from jixiao.office.libreoffice.border import Uno, binding, enum, path_of, refusal, url_of

if TYPE_CHECKING:
    import xlwings

TITLE = "绩效目标"
BOXES = {"info": "INFOBOX", "warning": "WARNINGBOX", "error": "ERRORBOX"}
# com.sun.star.awt.MessageBoxButtons, MessageBoxResults and PushButtonType
OK, YES_NO = 1, 3
YES = 2
PUSH_OK, PUSH_CANCEL = 1, 2
DONE = 1  # what a dialog returns when it was not cancelled
ESCAPE = 1281  # com.sun.star.awt.Key
NO_SCREEN = "VCLGenericClipboard"
SAVING = 10  # com.sun.star.ui.dialogs.TemplateDescription.FILESAVE_AUTOEXTENSION
SEQUENCES = {"StringItemList": "[]string", "SelectedItems": "[]short"}  # properties, and of what they are
POSITION = 1 | 2  # com.sun.star.awt.PosSize: X and Y
WIDTH, LINE, GAP, BUTTON = 220, 12, 6, (50, 14)  # in the measure of dialogs: a quarter of a letter's width
LETTERS = 24  # Chinese letters on a line of that width
FEWEST_LINES, MOST_LINES = 3, 12  # of a list, and of what is to be read; what is longer scrolls


class Escape:
    """Hears Esc in one window; the office calls its methods."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self.pressed = False

    @staticmethod
    def getTypes() -> tuple[Uno, ...]:  # noqa: N802 - UNO's name
        """Say which interfaces UNO may call here."""
        names = ("com.sun.star.awt.XKeyHandler", "com.sun.star.lang.XTypeProvider")
        return tuple(binding().getTypeByName(name) for name in names)

    @staticmethod
    def getImplementationId() -> Uno:  # noqa: N802 - UNO's name
        """Say that there is no cache of types, as UNO asks everybody to by now."""
        return binding().ByteSequence(b"")

    def keyPressed(self, event: Uno) -> bool:  # noqa: N802 - UNO's name
        """Remember Esc, and leave every key to the window."""
        self.pressed = self.pressed or event.KeyCode == ESCAPE
        return False

    @staticmethod
    def keyReleased(_event: Uno) -> bool:  # noqa: N802 - UNO's name
        """Leave every key to the window."""
        return False

    @staticmethod
    def disposing(_event: Uno) -> None:
        """Do nothing when the window goes."""


@dataclass(frozen=True)
class Control:
    """What a small dialog asks with.

    Attributes:
        kind: LibreOffice's word for the control.
        answer: the method that tells what was answered.
        given: the properties it starts with.
        lines: its height in lines of text.

    """

    kind: str
    answer: str
    given: dict[str, object]
    lines: int = 1


@dataclass
class Watch:
    """The window in which Esc is listened for while a work runs."""

    controller: Uno = None
    escape: Escape = field(default_factory=Escape)


@dataclass(frozen=True)
class CalcDialogs:
    """`Dialogs` of a LibreOffice: each one raises JixiaoError where the office shows no window to answer in.

    Attributes:
        app: the office, ours or joined.

    """

    app: xlwings.App
    _watch: Watch = field(default_factory=Watch, repr=False, compare=False)
    asks_first: ClassVar[bool] = True

    def say(self, text: str, kind: Kind = "info") -> None:
        """Show a sentence in a box with one button."""
        self._box(text, BOXES[kind], OK)

    def confirm(self, text: str) -> bool:
        """Ask in a box with yes and no."""
        return self._box(text, "QUERYBOX", YES_NO) == YES

    def choose_folder(self, title: str) -> Path | None:
        """Ask with the office's folder dialog, which starts where the workbook in front lies."""
        self._window(title)
        picker = self._create("ui.dialogs.FolderPicker")
        picker.setTitle(title)
        picker.setDisplayDirectory(url_of(self._folder()))
        return _path(picker.getDirectory()) if picker.execute() == DONE else None

    def choose_file(self, title: str, endings: Sequence[str]) -> Path | None:
        """Ask with the office's file dialog, which starts where the workbook in front lies."""
        self._window(title)
        picker = self._create("ui.dialogs.FilePicker")
        pattern = ";".join(f"*{ending}" for ending in endings)
        picker.appendFilter(pattern, pattern)
        return self._picked(picker, title, self._folder())

    def save_as(self, title: str, suggested: str) -> Path | None:
        """Ask with the office's file dialog, which itself asks before a file is replaced."""
        self._window(title)
        picker = self._create("ui.dialogs.FilePicker")
        mode = binding().Any("short", SAVING)
        binding().invoke(picker, "initialize", ((mode,),))  # a plain number would not cross as a short
        given = Path(suggested)
        picker.appendFilter(f"*{given.suffix}", f"*{given.suffix}")
        picker.setDefaultName(given.name)
        return self._picked(picker, title, given.parent if given.is_absolute() else self._folder())

    def choose_one(self, title: str, options: Sequence[str], chosen: int = 0, prompt: str = "") -> int | None:
        """Ask with a list, below what is to be read before."""
        given = {"StringItemList": tuple(options), "SelectedItems": (chosen,), "MultiSelection": False}
        lines = min(max(len(options), FEWEST_LINES), MOST_LINES)
        found = self._ask(title, prompt, Control("ListBox", "getSelectedItemPos", given, lines))
        return None if found is None or found < 0 else int(found)

    def ask_text(self, title: str, prompt: str, given: str = "") -> str | None:
        """Ask with one line to type in."""
        found = self._ask(title, prompt, Control("Edit", "getText", {"Text": given}))
        return None if found is None else str(found)

    def status(self, text: str | None) -> None:
        """Show progress at the foot of the window; from the first text on, Esc is listened for, until `None`."""
        if text is not None:
            self._listen()
        self.app.status_bar = text or False
        if text is None:
            self._listen_no_more()

    def stopped(self) -> bool:
        """Tell whether Esc was pressed; no call to the office."""
        return self._watch.escape.pressed

    # --- how ---

    def _create(self, service: str) -> Uno:
        return self.app.impl.office.create(f"com.sun.star.{service}")

    def _frame(self) -> Uno:
        """Return the frame in front, `None` where there is none."""
        if len(self.app.books):
            return self.app.books.active.impl.document.window.getFrame()
        return self.app.api.getCurrentFrame()

    def _window(self, question: str) -> Uno:
        """Return the window in front; raises JixiaoError where nobody could see a question."""
        frame = self._frame()
        window = frame.getContainerWindow() if frame is not None else None
        if window is None or not window.isVisible() or self._headless():
            raise JixiaoError(
                f"LibreOffice 现在没有打开的窗口，没有人能看到并回答“{question}”。"
                "请在 LibreOffice 的窗口里打开工作簿再点按钮，或者改用命令行 jixiao。"
            )
        return window

    def _headless(self) -> bool:
        """Tell whether the office draws on no screen: its windows are visible all the same, and a box would wait for ever.

        It says so nowhere; but only there its clipboard is the one that belongs to no screen.
        """
        clipboard = self._create("datatransfer.clipboard.SystemClipboard")
        return clipboard is not None and str(clipboard.getImplementationName()).endswith(NO_SCREEN)

    def _folder(self) -> Path:
        """Return where a dialog starts: beside the workbook in front, or in the user's own folder."""
        if len(self.app.books):
            beside = Path(self.app.books.active.fullname).parent
            if beside.is_absolute() and beside.is_dir():
                return beside
        return Path.home()

    def _box(self, text: str, kind: str, buttons: int) -> int:
        window = self._window(text)
        box = window.getToolkit().createMessageBox(
            window, enum("awt.MessageBoxType", kind), buttons, TITLE, text
        )
        try:
            return int(box.execute())
        finally:
            box.dispose()

    @staticmethod
    def _picked(picker: Uno, title: str, folder: Path) -> Path | None:
        picker.setTitle(title)
        picker.setDisplayDirectory(url_of(folder))
        if picker.execute() != DONE:
            return None
        return _path(picker.getSelectedFiles()[0])

    def _ask(self, title: str, prompt: str, control: Control) -> Uno:
        """Show one control over two buttons; return what was answered, `None` when it was cancelled."""
        window = self._window(title)
        dialog = self._create("awt.UnoControlDialog")
        try:
            dialog.setModel(_model(self._create("awt.UnoControlDialogModel"), title, prompt, control))
            dialog.createPeer(window.getToolkit(), window)
            _centre(dialog, window)
            if dialog.execute() != DONE:
                return None
            # from the window itself: the model hears of a choice a little later than the button does
            return getattr(dialog.getControl(control.kind), control.answer)()
        finally:
            dialog.dispose()

    def _listen(self) -> None:
        frame = self._frame()
        if self._watch.controller is None and frame is not None:
            self._watch.escape = Escape()
            self._watch.controller = frame.getController()
            self._watch.controller.addKeyHandler(self._watch.escape)

    def _listen_no_more(self) -> None:
        controller, self._watch.controller = self._watch.controller, None
        if controller is not None:
            with suppress(refusal()):  # the window may have been closed meanwhile
                controller.removeKeyHandler(self._watch.escape)


def _model(model: Uno, title: str, prompt: str, control: Control) -> Uno:
    """Lay out a small dialog: the prompt, the control, two buttons at the right."""
    inner = WIDTH - 2 * GAP
    lines = sum(-(-len(line) // LETTERS) or 1 for line in prompt.splitlines())
    label = LINE * min(lines, MOST_LINES)
    height = LINE * control.lines + 2
    foot = GAP + label + height + GAP
    _set(model, Title=title, Width=WIDTH, Height=foot + BUTTON[1] + GAP, Closeable=True, Moveable=True)
    _add(model, control.kind, (GAP, GAP + label, inner, height), Tabstop=True, **control.given)
    if lines <= MOST_LINES:
        _add(model, "FixedText", (GAP, GAP, inner, label), Label=prompt, MultiLine=True, NoLabel=True)
    else:
        text = {"Text": prompt, "MultiLine": True, "ReadOnly": True, "VScroll": True}
        _add(model, "Edit", (GAP, GAP, inner, label), **text)
    right = WIDTH - BUTTON[0] - GAP
    left = right - BUTTON[0] - GAP
    _add(model, "Button", (left, foot, *BUTTON), Label="确定", PushButtonType=PUSH_OK, DefaultButton=True)
    _add(model, "Button", (right, foot, *BUTTON), Label="取消", PushButtonType=PUSH_CANCEL)
    return model


def _centre(dialog: Uno, window: Uno) -> None:
    """Put a dialog over the middle of its window, a little above."""
    outer, inner = window.getPosSize(), dialog.getPosSize()
    left, top = (outer.Width - inner.Width) // 2, (outer.Height - inner.Height) // 3
    dialog.setPosSize(left, top, 0, 0, POSITION)


def _add(model: Uno, kind: str, place: tuple[int, int, int, int], **values: object) -> None:
    """Put a control on a dialog, under what stands on it or else the name of its kind."""
    part = model.createInstance(f"com.sun.star.awt.UnoControl{kind}Model")
    names = ("PositionX", "PositionY", "Width", "Height")
    _set(part, **dict(zip(names, place, strict=True)), **values)
    model.insertByName(str(values.get("Label") or kind), part)


def _set(model: Uno, **values: object) -> None:
    for name, value in values.items():
        # a sequence does not cross as a plain tuple, and what is typed crosses by invoke alone
        typed = binding().Any(SEQUENCES[name], value) if name in SEQUENCES else value
        binding().invoke(model, "setPropertyValue", (name, typed))


def _path(url: str) -> Path:
    """Return the path of a file URL; raises JixiaoError for a place that is no file of this computer."""
    if not url.startswith("file:"):
        raise JixiaoError(f"选的位置“{url}”不在这台电脑的磁盘上，读不到。请选一个本机或共享盘上的文件夹。")
    return Path(path_of(url))
