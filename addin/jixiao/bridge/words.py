"""The three words of a request: which button, where it was clicked, which workbook was in front."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jixiao import buttons
from jixiao.errors import UsageError

LONGEST_NAME = 4096  # UTF-16 code units; Windows ends at 32,767, spreadsheet programs long before
LONGEST = 4 * LONGEST_NAME + 256  # characters of all three words
_WINDOW = re.compile(r"-?[1-9][0-9]{0,18}", re.ASCII)  # a handle is signed where Excel has 32 bits
_PIPE = re.compile(r"pipe:([A-Za-z0-9_-]{1,64})", re.ASCII)
_BOOK = re.compile(r"(?:[0-9A-Fa-f]{4})+", re.ASCII)
_FIRST_PRINTABLE = 0x20


@dataclass(frozen=True)
class Request:
    """One click.

    Attributes:
        action: id of the button, a name in `ribbon`.
        place: `123456`, the handle of Excel's window, or `pipe:name`, where a LibreOffice answers.
        book: full name of the workbook in front, as the program says it; None where none is open.

    """

    action: str
    place: str
    book: str | None

    @property
    def pipe(self) -> str | None:
        """Return the pipe's name, or None for a window of Excel."""
        return self.place.removeprefix("pipe:") if self.place.startswith("pipe:") else None


def parse(argv: Sequence[str]) -> Request:
    """Return the request that three words make; raises UsageError for anything that is not exactly one."""
    if len(argv) != 3 or sum(map(len, argv)) > LONGEST:
        raise UsageError("插件传来的内容不完整，没有执行。请重新安装插件：jixiao addin install。")
    action, place, book = argv
    if action not in buttons.ids():
        raise UsageError(
            "插件传来的按钮名称不认识，没有执行。插件和程序的版本可能不同，请运行 jixiao addin install。"
        )
    if not (_WINDOW.fullmatch(place) or _PIPE.fullmatch(place)):
        raise UsageError("插件没有说明是从哪个窗口点的，没有执行。请重新安装插件：jixiao addin install。")
    return Request(action, place, None if book == "-" else _name(book))


def _name(book: str) -> str:
    if not _BOOK.fullmatch(book) or len(book) > 4 * LONGEST_NAME:
        raise UsageError("插件传来的工作簿名称读不出来，没有执行。请重新安装插件：jixiao addin install。")
    # Windows allows half a surrogate pair in a file name
    name = bytes.fromhex(book).decode("utf-16-be", "surrogatepass")
    if min(map(ord, name)) < _FIRST_PRINTABLE:
        raise UsageError("工作簿名称里有控制字符，没有执行。请先把工作簿另存为普通的名字。")
    return name


def words(request: Request) -> str:
    """Return a request as the line that `parse` reads back, in ASCII."""
    book = "-" if request.book is None else request.book.encode("utf-16-be", "surrogatepass").hex()
    return f"{request.action} {request.place} {book}"
