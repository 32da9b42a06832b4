"""What a program's refusal says to a clerk: its English errors become Chinese sentences, once for all buttons."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING

from jixiao.errors import JixiaoError

if TYPE_CHECKING:
    from jixiao.office.excel import Book, Desk, Sheet

_NO_BOOK = (
    "没有可以处理的工作簿。请先打开要处理的工作簿，再点一次；"
    "如果窗口上方有“受保护的视图”的黄条，请先点“启用编辑”。"
)
_READ_ONLY = "“{0}”是以只读方式打开的，没有改动。请另存一份并打开，再点一次。"
_PREVIEW = "“{0}”正在打印预览。请先关闭打印预览，再点一次。"
_CHART = "当前是图表页或对话框页，不是工作表。请切换到要处理的工作表，再点一次。"


def told(act: Callable[[Desk], str]) -> Callable[[Desk], str]:
    """Return the function of a button with a Chinese sentence in place of what the program itself raises."""

    @wraps(act)
    def click(desk: Desk) -> str:
        try:
            return act(desk)
        except JixiaoError:
            raise
        except Exception as error:
            from jixiao.office.excel import failing  # noqa: PLC0415 - most clicks go well

            sentence = failing.sentence(error, desk.app)
            if sentence is None:
                raise
            raise JixiaoError(sentence) from error

    return click


def book(desk: Desk) -> Book:
    """Return the workbook that was clicked in; raises JixiaoError where there is none, or its print preview is shown."""
    from jixiao.office.excel import programs  # noqa: PLC0415 - a click without a workbook needs none of it

    if desk.book is None:
        raise JixiaoError(_NO_BOOK)
    if programs.of(desk.app).is_previewed(desk.book):
        raise JixiaoError(_PREVIEW.format(desk.book.name))
    return desk.book


def changeable(desk: Desk) -> Book:
    """Return the workbook that was clicked in; raises JixiaoError where it is open for reading only.

    A program may take the change all the same, or drop it without a word: neither gets into the file.
    """
    from jixiao.office.excel import programs  # noqa: PLC0415 - few buttons change cells

    found = book(desk)
    if programs.of(desk.app).is_read_only(found):
        raise JixiaoError(_READ_ONLY.format(found.name))
    return found


def sheet(desk: Desk) -> Sheet:
    """Return the active worksheet; raises JixiaoError where there is none, or a chart is in front."""
    active = book(desk).sheets.active
    if active.name not in [one.name for one in book(desk).sheets]:
        raise JixiaoError(_CHART)
    return active


def may_replace(desk: Desk, chosen: Path, path: Path, question: str) -> bool:
    """Tell whether a file may be written: none is there, or the person agreed, in the dialog or to this question.

    Args:
        desk: where it was clicked.
        chosen: what the dialog returned.
        path: what will be written; with another ending than was chosen the dialog has not asked about it.
        question: what to ask where the dialog has not.

    """
    if not path.exists() or (desk.dialogs.asks_first and chosen == path):
        return True
    return desk.dialogs.confirm(question)


def opened(desk: Desk, path: Path) -> Book | None:
    """Return the workbook where it is open, `None` where it can be opened; raises JixiaoError where a namesake is open."""
    from jixiao.office.excel import programs  # noqa: PLC0415 - few buttons open files

    full_name = programs.of(desk.app).full_name
    for one in desk.app.books:
        name = Path(full_name(one))
        if name.name.casefold() == path.name.casefold():
            if name != path:
                raise JixiaoError(
                    f"另一个同名的工作簿“{path.name}”正开着，不能再打开“{path}”。请先关闭它，再点一次。"
                )
            return one
    return None


def open_file(desk: Desk, path: Path) -> Book:
    """Open a workbook, or show it where it is open; raises JixiaoError where another one of its name is open."""
    from jixiao.office.excel import programs  # noqa: PLC0415 - few buttons open files

    there = opened(desk, path)
    if there is None:
        return programs.of(desk.app).open_book(desk.app, path)  # type: ignore[no-any-return]  # a module of two programs
    there.activate()
    return there
