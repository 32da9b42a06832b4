"""What the program stands on: open streams, names in Chinese, a folder that is there; and what to say where it is not."""

from __future__ import annotations

import contextlib
import errno
import os
import sys

_FULL = "结果没有写完：磁盘已满（结果转到文件时，是那个文件所在的盘）。请清理后再试。"
_GONE = (
    "运行命令时所在的文件夹已经不在（被删除或移走），没有完成。请先用 cd 换到一个存在的文件夹，再运行一次。"
)
_LONG = "“{0}…”太长，系统不接受这样的文件名或路径，没有完成。请换一个短一些的名字。"
_SHUT = "没有权限读写“{0}”，没有完成。请核对路径，取得权限，或把文件复制到自己的文件夹后再试。"
_SHOWN = 60  # characters of a name that is too long


def ready() -> None:
    """Let the streams speak UTF-8; closed ones lead nowhere, so that the work is done, and no file gets their number."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            stream = open(os.devnull, mode, encoding="utf-8")  # noqa: PTH123, SIM115 - lives as long as the program
            os.set_inheritable(stream.fileno(), True)  # noqa: FBT003 - os' own signature
            setattr(sys, name, stream)
    for one in (sys.stdout, sys.stderr):
        if hasattr(one, "reconfigure"):
            one.reconfigure(encoding="utf-8", errors="replace")


def speak_chinese() -> None:
    """Start Python anew in its UTF-8 mode where the system's encoding of file names has no Chinese, as in `LC_ALL=C`."""
    try:
        "校验".encode(sys.getfilesystemencoding())
    except UnicodeEncodeError:
        with contextlib.suppress(OSError):
            os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606 - no shell


def tell(text: str) -> None:
    """Write a result, and all before it, on stdout; where nobody reads on, as after `| head`, the work goes on."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        let_go()


def let_go() -> None:
    """Send nowhere what stdout could not take: Python would complain about it as it ends."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def missing(error: Exception) -> str:
    """Return a sentence where the surroundings are what failed, nothing for any other error."""
    if not isinstance(error, OSError):
        return ""
    if error.errno in {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}:
        return _FULL
    if error.errno == errno.ENAMETOOLONG:
        return _LONG.format(str(error.filename or "")[:_SHOWN])
    if isinstance(error, PermissionError) and error.filename is not None:
        return _SHUT.format(error.filename)
    if isinstance(error, FileNotFoundError):
        try:
            os.getcwd()  # noqa: PTH109 - pathlib has no word for asking
        except FileNotFoundError:
            return _GONE
    return ""
