"""The user's own folder of jixiao: what installer, bridge and log keep there, readable by this user only."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
import time
import traceback
from datetime import UTC, datetime
from pathlib import Path

from jixiao import __version__
from jixiao.errors import OutputError

INTERPRETER, TOKEN, LOCK, REQUESTS = "interpreter.txt", "token.txt", "resident.lock", "requests"
LOG = "jixiao.log"
_LONGEST_LOG = 1_000_000  # bytes; then it becomes jixiao.old.log
_TRIES, _PAUSE = 20, 0.02  # Windows refuses to replace a file that somebody is reading just now


def folder() -> Path:
    """Return the user's own folder, whether it exists or not."""
    base = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_STATE_HOME", "")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "jixiao"
    if not Path(base).is_absolute():  # the XDG specification wants a relative path ignored
        base = str(Path.home() / ("AppData/Local" if os.name == "nt" else ".local/state"))
    return Path(base) / "jixiao"


def ready(*inner: str) -> Path:
    """Return the user's own folder, or one in it, made where it was missing and closed to others.

    On Windows the profile's own rights do that. Raises OutputError where it cannot be made or belongs to somebody else.
    """
    path = folder()
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        if os.name == "posix":
            found = path.lstat()
            if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
                raise OutputError(
                    f"“{path}”不是当前用户自己的文件夹，为安全起见没有使用。请删除或改名后再试。"
                )
            if found.st_mode & 0o077:
                path.chmod(0o700)
        path = path.joinpath(*inner)
        path.mkdir(exist_ok=True, mode=0o700)
    except OSError as error:
        raise OutputError(f"不能建立文件夹“{path}”。请检查这个位置能不能写入。") from error
    return path


def put(name: str, data: bytes) -> Path:
    """Write a file of the user's own folder, whole or not at all, and return its path; raises OutputError."""
    path = ready() / name
    try:
        handle, temporary = tempfile.mkstemp(prefix=f"{name}-", suffix=".tmp", dir=path.parent)  # 0600
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        _replace(Path(temporary), path)
    except OSError as error:
        raise OutputError(f"不能写入“{path}”。请检查这个文件夹能不能写入、磁盘是否已满。") from error
    return path


def _replace(temporary: Path, path: Path) -> None:
    for left in reversed(range(_TRIES)):
        try:
            temporary.replace(path)
        except PermissionError:
            if not left:
                temporary.unlink(missing_ok=True)
                raise
            time.sleep(_PAUSE)
        else:
            return


def take_away(name: str) -> None:
    """Remove a file of the user's own folder; one that is not there, or is held by a program, is let be."""
    for _ in range(_TRIES):
        try:
            (folder() / name).unlink(missing_ok=True)
        except OSError:
            time.sleep(_PAUSE)
        else:
            return


def put_text(name: str, text: str) -> Path:
    """Write a text as the add-in's VBA reads it, UTF-16LE with a byte order mark, and return its path; raises OutputError."""
    return put(name, b"\xff\xfe" + text.encode("utf-16-le"))


def text(name: str) -> str | None:
    """Return what `put_text` wrote, or None where there is no such file or it holds something else."""
    try:
        return (folder() / name).read_bytes().decode("utf-16")
    except (OSError, UnicodeError):
        return None


def log_failure() -> Path:
    """Append the current exception to the log, its type and place and never what a cell held; return the log's path."""
    kind, _, trace = sys.exc_info()
    lines = [kind.__name__ if kind else ""]
    lines += [
        f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)
    ]
    return log("\n".join(lines))


def log(remark: str) -> Path:
    """Append a remark of our own, never somebody's data, to the log and return the log's path."""
    path = folder() / LOG
    lines = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}Z jixiao {__version__} {remark}"
    try:
        ready()
        if path.exists() and path.stat().st_size > _LONGEST_LOG:
            path.replace(path.with_suffix(".old.log"))
        with path.open("a", encoding="utf-8") as stream:
            stream.write(lines + "\n")
    except (OSError, OutputError):
        if sys.stderr:  # there is none under pythonw.exe
            print(lines, file=sys.stderr)  # noqa: T201 - the last resort where no folder can be written
    return path
