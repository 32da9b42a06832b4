"""What was read and found → a file for other programs; one module for each format, found by its name alone.

A format is a module in this folder with `TITLE` (one Chinese line for the help), `ENDING` (of the file, with its dot) and
`write(report) -> bytes`, where the report is the JSON of `check` as the contract writes it.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

Report = Mapping[str, Any]


class Format(NamedTuple):
    """One format that can be written.

    Attributes:
        name: its word on the command line, the name of its module.
        title: what it holds, one Chinese line.
        ending: the ending of its files, with the dot.
        write: the report of `check` → the file's bytes; raises nothing for a report of the contract's version 1.

    """

    name: str
    title: str
    ending: str
    write: Callable[[Report], bytes]


def formats() -> dict[str, Format]:
    """Return every format by its name, in the order of the names."""
    # not by pkgutil: it loads inspect, and `--help` names the formats
    names = sorted(one.stem for one in Path(__file__).parent.glob("*.py") if one.stem != "__init__")
    return {name: _format(name) for name in names}


def _format(name: str) -> Format:
    module = importlib.import_module(f"{__name__}.{name}")
    return Format(name, module.TITLE, module.ENDING, module.write)
