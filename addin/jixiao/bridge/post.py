"""Requests as files in the user's own folder: handed over by one process, taken exactly once by the resident."""

from __future__ import annotations

import contextlib
import hmac
import os
import re
import secrets
import time
from collections.abc import Iterator
from pathlib import Path

from jixiao.bridge import words
from jixiao.bridge.words import Request
from jixiao.errors import JixiaoError, UsageError
from jixiao.office import home

_NAME = re.compile(r"([0-9a-f]{32,128})-([0-9A-Za-z_-]{1,64})\.req", re.ASCII)
_TOKEN = re.compile(r"[0-9a-f]{32,128}", re.ASCII)
MOST = 64  # requests that may wait; nobody clicks more often while one button works
_STALE = 60.0  # seconds after which what is no request is litter: half-written files, leftovers of a crash


def new_token() -> str:
    """Write a new token for this resident and return it: 256 unguessable bits."""
    home.ready(home.REQUESTS)  # the add-in lays requests there, and makes no folder
    token = secrets.token_hex(32)
    home.put(home.TOKEN, token.encode("ascii"))
    return token


def token() -> str | None:
    """Return the running resident's token, or None where none is written, or nothing that can be one."""
    try:
        found = (home.folder() / home.TOKEN).read_text(encoding="ascii").strip()
    except (OSError, UnicodeError):
        return None
    return found if _TOKEN.fullmatch(found) else None


def offer(request: Request) -> Path | None:
    """Hand a request to the running resident; return its file, or None where no resident would ever look at it.

    A resident that ends removes its token before it looks for the last time. So a token that is still there *after* the file
    was put means that the file will be seen; one that is not means that the file may be taken back.
    """
    given = token()
    if given is None:
        return None
    path = home.ready(home.REQUESTS) / f"{given}-{secrets.token_hex(16)}.req"
    temporary = path.with_suffix(".tmp")
    temporary.write_text(words.words(request), encoding="ascii")
    temporary.replace(path)
    if token() != given and withdraw(path):
        return None
    return path


def withdraw(path: Path) -> bool:
    """Take a request back; False where the resident was faster."""
    try:
        path.unlink()
    except OSError:
        return False
    return True


def take(accepted: str, former: str | None = None, *, alone: bool = True) -> Iterator[Request]:
    """Yield the waiting requests, oldest first, each removed before it is given; what is none is removed and noted.

    Args:
        accepted: this resident's token.
        former: the token that an earlier resident left behind when it died; its requests of the last minute count.
        alone: whether we hold the lock; if not, what is not for us may be for another, and is let be.

    """
    waiting = sorted(_waiting(home.ready(home.REQUESTS)))
    for number, (written, path) in enumerate(waiting):
        welcome = _welcome(path, written, accepted, former)
        request = _claim(path, welcome) if welcome or alone else None
        if request and number < MOST:
            yield request
        elif request:
            home.log(f"bridge: request dropped, more than {MOST} were waiting")


def _waiting(folder: Path) -> Iterator[tuple[float, Path]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            with contextlib.suppress(OSError):  # gone since
                written = entry.stat(follow_symlinks=False).st_mtime_ns
                if entry.name.endswith(".req"):
                    yield written, Path(entry.path)
                elif time.time() - written / 1e9 > _STALE:
                    Path(entry.path).unlink()


def _welcome(path: Path, written: float, accepted: str, former: str | None) -> bool:
    match = _NAME.fullmatch(path.name)
    if not match:
        return False
    fresh = former is not None and time.time() - written / 1e9 < _STALE
    return hmac.compare_digest(match[1], accepted) or (fresh and hmac.compare_digest(match[1], former or ""))


def _claim(path: Path, welcome: bool) -> Request | None:  # noqa: FBT001 - told once, just above
    """Remove a request's file and return the request; None where it was withdrawn, or is not for us."""
    ours = path.with_suffix(".taken")
    try:
        path.rename(ours)  # of all who rename or remove it, one wins
    except OSError:
        return None
    try:
        if not welcome:
            raise UsageError("token")
        return _read(ours)
    except (JixiaoError, OSError, UnicodeError):
        home.log("bridge: a file that is no request of this user was removed")
        return None
    finally:
        with contextlib.suppress(OSError):
            ours.unlink()


def _read(path: Path) -> Request:
    """Return the request in a file; raises UsageError, OSError or UnicodeError where there is none."""
    flags = (
        os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    )
    with os.fdopen(os.open(path, flags), "rb") as stream:
        data = stream.read(words.LONGEST + 1)
    if len(data) > words.LONGEST:
        raise UsageError("too long")
    return words.parse(data.decode("ascii").split())
