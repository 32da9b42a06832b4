"""Excel's own dialogs, through its object model; they need Excel on Windows and have not been seen running elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from jixiao.errors import JixiaoError
from jixiao.office.excel.dialogs import Kind

if TYPE_CHECKING:
    import xlwings

TITLE = "绩效目标"
FILE, FOLDER = 3, 4  # Office's MsoFileDialogType: msoFileDialogFilePicker, msoFileDialogFolderPicker
CHOSEN = -1  # what FileDialog.Show returns when it was not cancelled
TEXT = 2  # Type of Application.InputBox
LONGEST_PROMPT = 255  # letters; Application.InputBox refuses more
ESCAPE = 0x1B  # the key's number in Windows


@dataclass
class Watch:
    """Whether Esc is listened for, and whether it was pressed."""

    listening: bool = False
    pressed: bool = False


@dataclass(frozen=True)
class ExcelDialogs:
    """`Dialogs` of an Excel on Windows; each one raises JixiaoError where Excel runs without a window.

    Attributes:
        app: the Excel.

    """

    app: xlwings.App
    _watch: Watch = field(default_factory=Watch, repr=False, compare=False)
    asks_first: ClassVar[bool] = False

    def say(self, text: str, kind: Kind = "info") -> None:
        """Show a sentence in a box with one button."""
        self._seen(text)
        self.app.alert(text, TITLE, buttons="ok", mode="info" if kind == "info" else "critical")

    def confirm(self, text: str) -> bool:
        """Ask in a box with yes and no."""
        self._seen(text)
        return bool(self.app.alert(text, TITLE, buttons="yes_no", mode="info") == "yes")

    def choose_folder(self, title: str) -> Path | None:
        """Ask with Office's folder dialog, which starts where the workbook in front lies."""
        return self._picked(FOLDER, title, ())

    def choose_file(self, title: str, endings: Sequence[str]) -> Path | None:
        """Ask with Office's file dialog, which starts where the workbook in front lies."""
        return self._picked(FILE, title, endings)

    def save_as(self, title: str, suggested: str) -> Path | None:
        """Ask with Excel's own dialog, which lets an existing file be chosen without a further question."""
        self._seen(title)
        ending = Path(suggested).suffix
        start = suggested if Path(suggested).is_absolute() else f"{self._folder()}{suggested}"
        found = self.app.api.GetSaveAsFilename(
            InitialFilename=start, FileFilter=f"*{ending},*{ending}", Title=title
        )
        return Path(found) if isinstance(found, str) else None  # False when it was cancelled

    def choose_one(self, title: str, options: Sequence[str], chosen: int = 0, prompt: str = "") -> int | None:
        """Ask for the number of an option, until there is one of that number or the person cancels.

        What is to be read before stands in a box of its own, for an input box has no room for it.
        """
        self._seen(title)
        if prompt and self.app.alert(prompt, TITLE, buttons="ok_cancel", mode="info") != "ok":
            return None
        numbered = listed(options)
        while True:
            answer = self.ask_text(title, numbered, str(chosen + 1))
            if answer is None:
                return None
            number = answer.strip()
            if number.isdecimal() and 1 <= int(number) <= len(options):
                return int(number) - 1
            self.say(f"“{answer}”不是选项的序号。请输入 1 到 {len(options)} 之间的数字。", "warning")

    def ask_text(self, title: str, prompt: str, given: str = "") -> str | None:
        """Ask with Excel's input box."""
        self._seen(title)
        found = self.app.api.InputBox(
            Prompt=prompt[:LONGEST_PROMPT], Title=title, Default=given, Type=TEXT
        )  # False when it was cancelled
        return found if isinstance(found, str) else None

    def status(self, text: str | None) -> None:
        """Show progress at the foot of the window; from the first text on, Esc is listened for, until `None`."""
        if text is not None and not self._watch.listening:
            _escape(None)  # what was pressed before does not count
            self._watch.pressed = False
        self._watch.listening = text is not None
        self.app.status_bar = text if text is not None else False

    def stopped(self) -> bool:
        """Tell whether Esc was pressed while Excel was in front; no call to Excel."""
        if self._watch.listening and not self._watch.pressed:
            self._watch.pressed = _escape(self.app.hwnd)
        return self._watch.pressed

    # --- how ---

    def _seen(self, question: str) -> None:
        """Raise JixiaoError where nobody could see a question."""
        if not self.app.visible:
            raise JixiaoError(
                f"Excel 现在没有打开的窗口，没有人能看到并回答“{question}”。"
                "请在 Excel 的窗口里打开工作簿再点按钮，或者改用命令行 jixiao。"
            )

    def _folder(self) -> str:
        """Return where a dialog starts, with a backslash at its end; nothing leaves it to Excel."""
        beside = self.app.books.active.api.Path if len(self.app.books) else ""
        # a workbook in the cloud has an address, which is no place to read or write files
        return "" if not beside or beside.startswith("http") else f"{beside}\\"

    def _picked(self, kind: int, title: str, endings: Sequence[str]) -> Path | None:
        self._seen(title)
        dialog: Any = self.app.api.FileDialog(kind)
        dialog.Title = title
        dialog.AllowMultiSelect = False
        dialog.InitialFileName = self._folder()
        if endings:
            pattern = ";".join(f"*{ending}" for ending in endings)
            dialog.Filters.Clear()
            dialog.Filters.Add(pattern, pattern)
        return Path(dialog.SelectedItems(1)) if dialog.Show() == CHOSEN else None


def listed(options: Sequence[str]) -> str:
    """Return numbered options as one text that an input box takes; long ones are cut by as little as needed."""
    head = f"请输入序号（1 到 {len(options)}）："
    for longest in range(max(map(len, options)), 0, -1):
        cut = [one if len(one) <= longest else f"{one[: longest - 1]}…" for one in options]
        text = "\n".join([head, *(f"{number}. {one}" for number, one in enumerate(cut, 1))])
        if len(text) <= LONGEST_PROMPT:
            return text
    return head


def _escape(window: int | None) -> bool:
    """Return whether Esc was pressed since the last call, and `window` (a number of Windows) is in front."""
    if sys.platform != "win32":
        return False
    import ctypes  # noqa: PLC0415 - only where there is a Windows to ask

    pressed = bool(ctypes.windll.user32.GetAsyncKeyState(ESCAPE))
    return pressed and ctypes.windll.user32.GetForegroundWindow() == window
