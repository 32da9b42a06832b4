"""`python -I -m jixiao.bridge ACTION HWND BOOKHEX`: a click, and from then on the resident."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path

from jixiao.bridge import desk, resident, words
from jixiao.errors import JixiaoError
from jixiao.office.running import Programs


def main(argv: list[str]) -> int:
    """Serve the click that `argv` says, or hand it over; return 0, or 2 where that could not be done."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # under pythonw.exe; libraries write there all the same
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - open as long as we live
    programs = Programs()
    try:
        resident.enter()
        resident.start(words.parse(argv), partial(desk.serve, programs), programs.alive)
    except JixiaoError as error:
        desk.tell(str(error), "warning")
    except Exception:  # noqa: BLE001 - no stack trace reaches a user; the log has it
        desk.tell(desk.unforeseen(), "error")
    else:
        return 0
    return 2


raise SystemExit(main(sys.argv[1:]))
