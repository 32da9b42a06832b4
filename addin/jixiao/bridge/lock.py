"""One resident at a time: an exclusive lock of the operating system, which ends with its process however that ends."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path


class Held:
    """The lock, held until `release` or until the process ends."""

    def __init__(self, path: Path, handle: int) -> None:
        """Keep the open file: the lock hangs on it."""
        self._path, self._handle = path, handle

    def release(self) -> None:
        """Remove the file and give the lock back."""
        if os.name == "posix":
            self._path.unlink(missing_ok=True)  # while it is still ours: nobody can have locked a successor
        os.close(self._handle)
        if os.name == "nt":  # an open file cannot be removed; one that somebody has opened meanwhile stays
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)


def take(path: Path) -> Held | None:
    """Return the lock, or None where another process holds it (or is just looking whether one does)."""
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
    except PermissionError:  # Windows: the add-in looks at it, or it is being removed
        return None
    if _locked(handle) and _same(path, handle):
        return Held(path, handle)
    os.close(handle)
    return None


def _locked(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - only Windows has it

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - Windows has none

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _same(path: Path, handle: int) -> bool:
    """Tell whether the locked file is still the one of that name, and not one that was removed meanwhile."""
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except OSError:
        return False
