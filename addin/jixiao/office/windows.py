"""The few questions that only Windows answers: registry, windows, files' marks; thin, reviewed, and never run elsewhere.

Every function answers None, an empty list or False on another system; what follows from an answer is decided elsewhere,
where it can be tested.
"""

from __future__ import annotations

import sys
from pathlib import Path

Value = str | int | bytes | list[str] | None
MARK = ":Zone.Identifier"  # the stream by which Windows remembers that a file came from the internet
_STILL_ACTIVE, _QUERY_LIMITED = 259, 0x1000
_OK_INFORMATION_FOREGROUND = 0x40 | 0x10000  # MB_ICONINFORMATION | MB_SETFOREGROUND


def value(hive: str, key: str, name: str = "") -> Value:
    """Return a value of the registry, in the 64-bit view first; None where there is none.

    Args:
        hive: `HKCU`, `HKLM` or `HKCR`.
        key: path below it.
        name: name of the value, empty for the key's own.

    """
    if sys.platform != "win32":
        return None
    import winreg  # noqa: PLC0415 - only Windows has it

    hives = {
        "HKCU": winreg.HKEY_CURRENT_USER,
        "HKLM": winreg.HKEY_LOCAL_MACHINE,
        "HKCR": winreg.HKEY_CLASSES_ROOT,
    }
    for view in (winreg.KEY_WOW64_64KEY, winreg.KEY_WOW64_32KEY):
        try:
            with winreg.OpenKey(hives[hive], key, 0, winreg.KEY_READ | view) as opened:
                found: Value = winreg.QueryValueEx(opened, name)[0]
                return found
        except OSError:
            continue
    return None


def values(hive: str, key: str) -> list[Value]:
    """Return all values of a key of the registry; an empty list where there is no such key."""
    if sys.platform != "win32":
        return []
    import winreg  # noqa: PLC0415 - only Windows has it

    hives = {"HKCU": winreg.HKEY_CURRENT_USER, "HKLM": winreg.HKEY_LOCAL_MACHINE}
    found: list[Value] = []
    try:
        with winreg.OpenKey(hives[hive], key, 0, winreg.KEY_READ | winreg.KEY_WOW64_64KEY) as opened:
            found.extend(winreg.EnumValue(opened, at)[1] for at in range(winreg.QueryInfoKey(opened)[1]))
    except OSError:
        pass
    return found


def process_of(window: int) -> int | None:
    """Return the process id behind a window; None when the window is gone."""
    if sys.platform != "win32":
        return None
    import ctypes  # noqa: PLC0415 - only Windows needs it
    from ctypes import wintypes  # noqa: PLC0415 - the same

    number = wintypes.DWORD()
    ctypes.windll.user32.GetWindowThreadProcessId(ctypes.c_void_p(window), ctypes.byref(number))
    return number.value or None


def runs(process: int) -> bool:
    """Tell whether a process has not ended."""
    if sys.platform != "win32":
        return False
    import ctypes  # noqa: PLC0415 - only Windows needs it
    from ctypes import wintypes  # noqa: PLC0415 - the same

    kernel = ctypes.windll.kernel32
    kernel.OpenProcess.restype = ctypes.c_void_p
    handle = kernel.OpenProcess(_QUERY_LIMITED, False, process)  # noqa: FBT003 - Windows' own order: inherit the handle
    if not handle:
        return False
    try:
        code = wintypes.DWORD()
        kernel.GetExitCodeProcess(ctypes.c_void_p(handle), ctypes.byref(code))
        return code.value == _STILL_ACTIVE
    finally:
        kernel.CloseHandle(ctypes.c_void_p(handle))


def say(text: str) -> bool:
    """Show a sentence in a box of Windows' own, where no Excel can be reached, and tell whether it was shown."""
    if sys.platform != "win32":
        return False
    import ctypes  # noqa: PLC0415 - only Windows needs it

    ctypes.windll.user32.MessageBoxW(None, text, "绩效目标", _OK_INFORMATION_FOREGROUND)
    return True


def marked(path: Path) -> bool:
    """Tell whether a file carries the mark of the internet, for which Office blocks macros."""
    return sys.platform == "win32" and Path(f"{path}{MARK}").exists()


def unmark(path: Path) -> None:
    """Take the mark of the internet off a file that we have just written ourselves."""
    if sys.platform == "win32":
        Path(f"{path}{MARK}").unlink(missing_ok=True)
