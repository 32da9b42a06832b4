"""Where an unforeseen error is written down: type and place, never what a cell held."""

from __future__ import annotations

import os
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

from jixiao import __version__


def write() -> Path:
    """Append the current exception to the log in the user's own folder and return its path."""
    base = (
        os.environ.get("LOCALAPPDATA")
        or os.environ.get("XDG_STATE_HOME")
        or str(Path.home() / ".local" / "state")
    )
    path = Path(base) / "jixiao" / "jixiao.log"
    kind, _, trace = sys.exc_info()
    lines = [f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}Z jixiao {__version__} {kind.__name__ if kind else ''}"]
    lines += [
        f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)
    ]
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with path.open("a", encoding="utf-8") as stream:
            stream.write("\n".join(lines) + "\n")
    except OSError:
        print("\n".join(lines), file=sys.stderr)  # noqa: T201 - the last resort where no folder can be written
    return path
