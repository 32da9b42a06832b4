"""Where spreadsheet programs keep add-ins, and which Python our add-in starts."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from jixiao.errors import OutputError
from jixiao.office import home, windows

ADDIN = "jixiao.xlam"
FOLDER = "XLSTART"
_EXCEL = r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
_UNSAFE = (
    '"%\r\n'  # the add-in puts the path between quotes, and Windows would look for a variable between two %
)
_LONGEST_START = 60  # seconds until a Python with a virus scanner has said its version


@dataclass(frozen=True)
class Place:
    """A folder from which Excel loads everything when it starts, without asking about macros.

    Attributes:
        who: for whom, in Chinese.
        folder: the folder, whether it exists or not.

    """

    who: str
    folder: Path

    @property
    def addin(self) -> Path:
        """Return our add-in's path in it."""
        return self.folder / ADDIN


def mine() -> Place | None:
    """Return the user's own startup folder of Excel; None where there is no Excel for it: not on Windows."""
    roaming = os.environ.get("APPDATA") if os.name == "nt" else None
    return Place("本用户", Path(roaming) / "Microsoft" / "Excel" / FOLDER) if roaming else None


def everybody() -> Place | None:
    """Return the startup folder in Excel's program folder, which administrators write; None where no Excel is found."""
    program = windows.value("HKLM", _EXCEL)
    if not isinstance(program, str) or not program:
        return None
    return Place("所有用户", Path(str(PureWindowsPath(program.strip('"')).parent)) / FOLDER)


def places() -> list[Place]:
    """Return the startup folders of this computer's Excel, the user's own first."""
    return [place for place in (mine(), everybody()) if place]


def this_python() -> Path:
    """Return the Python that a click shall start: this one, without a window where there is such a one.

    Raises OutputError where its path cannot stand on a command line of the add-in.
    """
    program = Path(sys.executable)
    windowless = program.with_name("pythonw.exe")
    found = windowless if os.name == "nt" and windowless.exists() else program
    if any(letter in str(found) for letter in _UNSAFE):
        raise OutputError(
            f"Python 装在“{found}”，路径里有双引号或百分号，插件启动不了它。请换一个文件夹安装 Python。"
        )
    return found


def register() -> Path:
    """Write down for the add-in which Python a click starts, and return that Python; raises OutputError."""
    python = this_python()
    home.ready(home.REQUESTS)  # the add-in lays requests there, and makes no folder
    home.put_text(home.INTERPRETER, str(python))
    return python


def registered() -> Path | None:
    """Return the Python that the add-in starts; None where none is written down."""
    found = home.text(home.INTERPRETER)
    return Path(found.splitlines()[0]) if found else None


def version_in(python: Path) -> str | None:
    """Return the version of jixiao that a Python has; None where it does not start, or has none."""
    program = python.with_name("python.exe") if python.name.lower() == "pythonw.exe" else python
    try:
        done = subprocess.run(  # noqa: S603 - the program is the one that our own installer wrote down, no shell
            [str(program), "-I", "-c", "import jixiao; print(jixiao.__version__)"],
            capture_output=True,
            encoding="utf-8",
            timeout=_LONGEST_START,
            check=True,
            cwd=home.ready(),
        )
    except (OSError, subprocess.SubprocessError, OutputError, UnicodeError):
        return None
    return done.stdout.strip() or None
