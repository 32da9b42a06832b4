"""A click is done: the workbook is found, the button's function called, and what it says is shown."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from jixiao import buttons
from jixiao.bridge.words import Request
from jixiao.errors import JixiaoError
from jixiao.office import home, running, windows
from jixiao.office.excel import Desk

if TYPE_CHECKING:
    from jixiao.office.excel import Dialogs
    from jixiao.office.running import Programs

Act = Callable[[Desk], str]
Kind = Literal["info", "warning", "error"]


def acts() -> dict[str, Act]:
    """Return the function of each button by its id: the only functions that a request can reach."""
    from jixiao import ribbon  # noqa: PLC0415 - the first click pays, not the hand-over of one

    return {name: getattr(ribbon, name) for name in buttons.ids()}


def serve(programs: Programs, request: Request) -> None:
    """Do what a click asks for and say how it went; never raises."""
    try:
        _serve(programs, request)
    except Exception:  # noqa: BLE001 - the resident lives on; the log says what it was
        home.log_failure()
    finally:
        programs.let_go()


def _serve(programs: Programs, request: Request) -> None:
    dialogs: Dialogs | None = None
    kind: Kind = "info"
    try:
        app = programs.excel(int(request.place)) if request.pipe is None else programs.office(request.pipe)
        dialogs = running.dialogs(app)
        text = acts()[request.action](Desk(app, running.book(app, request.book), dialogs))
    except JixiaoError as error:
        text, kind = str(error), "warning"
    except Exception:  # noqa: BLE001 - no stack trace reaches a user; the log has it
        text, kind = unforeseen(), "error"
    if text:
        tell(text, kind, dialogs)


def unforeseen() -> str:
    """Log the current exception and return the sentence that says so."""
    return f"程序遇到了没有预料到的问题，没有完成。详情记录在 {home.log_failure()}，请把它发给信息技术人员。"


def tell(text: str, kind: Kind = "info", dialogs: Dialogs | None = None) -> None:
    """Show a sentence in the program; where it shows nothing in a box of Windows, and last on the terminal."""
    if dialogs is not None:
        try:
            dialogs.say(text, kind)
        except JixiaoError:  # a program without a window
            pass
        except Exception:  # noqa: BLE001 - a program that is gone: there are other ways
            home.log_failure()
        else:
            return
    if not windows.say(text):
        print(f"jixiao：{text}", file=sys.stderr)  # noqa: T201 - the last way
