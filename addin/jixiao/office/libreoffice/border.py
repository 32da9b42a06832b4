"""The one door to UNO: what LibreOffice hands over is `Uno`, for its Python binding has no types."""

import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, TypeAlias

Uno: TypeAlias = Any

# where distributions put uno.py for their own Python; appended, so that nothing of ours is shadowed
BINDINGS = (
    "/usr/lib/python3/dist-packages",
    "/usr/lib64/libreoffice/program",
    "/usr/lib/libreoffice/program",
    "/Applications/LibreOffice.app/Contents/Resources",
)
# com.sun.star.sheet.CellFlags
CONTENT = 1 | 2 | 4 | 16  # numbers, dates, text, formulas
NOTES = 8
FORMATS = 32 | 64 | 256  # direct formats, styles, formats inside a text


@cache
def binding() -> Uno:
    """Return the module `uno`; raises ImportError with what to install when this Python has none."""
    try:
        return import_module("uno")
    except ImportError:
        pass
    for folder in BINDINGS:
        if (Path(folder) / "uno.py").exists() and folder not in sys.path:
            sys.path.append(folder)
    try:
        return import_module("uno")
    except ImportError as error:
        raise ImportError(
            "This Python cannot reach LibreOffice: its module `uno` is missing or made for another Python. "
            "On Debian install python3-uno and use a Python of the same minor version."
        ) from error


def struct(name: str, *values: object) -> Uno:
    """Return a UNO struct, `name` below com.sun.star."""
    return binding().createUnoStruct(f"com.sun.star.{name}", *values)


def enum(name: str, value: str) -> Uno:
    """Return a value of a UNO enum, `name` below com.sun.star."""
    return binding().Enum(f"com.sun.star.{name}", value)


def properties(**values: object) -> tuple[Uno, ...]:
    """Return named values as the PropertyValue sequence that most UNO calls take."""
    made = []
    for name, value in values.items():
        item = struct("beans.PropertyValue")
        item.Name, item.Value = name, value
        made.append(item)
    return tuple(made)


def nested(**values: object) -> Uno:
    """Return named values as one typed `any`, for a property whose value is itself a sequence."""
    return binding().Any("[]com.sun.star.beans.PropertyValue", properties(**values))


def url_of(path: str | Path) -> str:
    """Return the file URL of a path of this machine."""
    return str(binding().systemPathToFileUrl(str(Path(path).absolute())))


def encryption(password: str) -> Uno:
    """Return what Excel's own formats take as a password: given as `Password`, they save unprotected."""
    made = []
    for name, value in (("CryptoType", "Standard"), ("OOXPassword", password)):
        item = struct("beans.NamedValue")
        item.Name, item.Value = name, value
        made.append(item)
    return binding().Any("[]com.sun.star.beans.NamedValue", tuple(made))


def target_url(path: str | Path) -> str:
    """Return the file URL to write to; raises FileNotFoundError without the folder, which the office would make."""
    target = Path(path).absolute()
    if not target.parent.is_dir():
        raise FileNotFoundError(f"There is no folder {target.parent} to save {target.name} in.")
    return url_of(target)


def path_of(url: str) -> str:
    """Return the path behind a file URL, or the URL itself when it names no file of this machine."""
    return str(binding().fileUrlToSystemPath(url)) if url.startswith("file:") else url


def refusal() -> type[Exception]:
    """Return the class of every error that LibreOffice itself raises."""
    found: type[Exception] = binding().getClass("com.sun.star.uno.Exception")
    return found


def differs(cells: Uno, name: str) -> bool:
    """Return whether the cells disagree about a property; xlwings says None then."""
    return bool(cells.getPropertyState(name).value == "AMBIGUOUS_VALUE")
