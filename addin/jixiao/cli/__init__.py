"""The same verbs for a terminal: words in, sentences and tables out."""

from __future__ import annotations

import contextlib
import importlib
import signal
import sys
from collections.abc import Sequence

from jixiao.errors import ExistsError, JixiaoError

TYPE_CHECKING = False  # type checkers take it for true; to import `typing` would cost a tenth of `--help`
if TYPE_CHECKING:
    from pathlib import Path

DONE, FOUND, NOT_DONE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 done with findings, 2 not done (see the contract)."""
    from jixiao.cli import streams  # noqa: PLC0415 - `show` and others import this module

    streams.ready()
    if arguments is None:  # a program of its own
        streams.speak_chinese()
    _stop_as_by_hand()
    try:
        code = _run(arguments)
        _tell_broken()
        streams.tell("")
    except JixiaoError as error:
        more = "可以替换时，加上 --force 再运行一次。" if isinstance(error, ExistsError) else ""
        return _say(f"{error}{more}")
    except KeyboardInterrupt:
        return _say("已停止。没有写完的文件不会留下。")
    except Exception as error:  # noqa: BLE001 - no stack trace reaches a user; the log has it
        if sentence := streams.missing(error):
            streams.let_go()
            return _say(sentence)
        from jixiao.office import home  # noqa: PLC0415 - only when something went wrong

        return _say(
            f"程序遇到了没有预料到的问题，没有完成。详情记录在 {home.log_failure()}，请把它发给维护人员。"
        )
    return code


def _run(arguments: Sequence[str] | None) -> int:
    from jixiao.cli import streams  # noqa: PLC0415 - as above
    from jixiao.cli.words import parser  # noqa: PLC0415 - argparse is wanted after the streams are set

    try:
        words = parser().parse_args(arguments)
    except SystemExit:  # a help or the version was shown
        streams.tell("")
        raise
    commands = importlib.import_module("jixiao.cli.commands")  # `--help` must not pay for it
    code: int = getattr(commands, words.command)(words)
    return code


def _tell_broken() -> None:
    """Say which forms and subjects of the library are broken and were not used, where this command has looked at them."""
    for name in ("forms", "library"):
        room = sys.modules.get(f"jixiao.{name}")
        for sentence in room.unused() if room else ():
            _say(f"{sentence}（没有使用这个文件，其余照常。）")


def typed_path(text: str) -> Path:
    """Return a path that was typed; `--help` does not pay for importing the module of paths."""
    from pathlib import Path  # noqa: PLC0415 - see above

    return Path(text)


def _stop_as_by_hand() -> None:
    """Let a request to end, or a terminal that is closed, stop the work as Ctrl-C does: nothing half written stays."""
    for name in ("SIGTERM", "SIGHUP"):  # Windows has not both
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:  # `nohup` has set it otherwise
            with contextlib.suppress(ValueError):  # only the main thread may
                signal.signal(number, signal.default_int_handler)


def _say(sentence: str) -> int:
    with contextlib.suppress(OSError):  # the exit code says it too
        print(f"jixiao：{sentence}", file=sys.stderr)  # noqa: T201 - this is the terminal
    return NOT_DONE
