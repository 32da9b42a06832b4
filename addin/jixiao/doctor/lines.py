"""What a report is made of, and what it asks a computer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from jixiao.office.windows import Value

State = Literal["ok", "warn", "bad", "unknown"]


@dataclass(frozen=True)
class Line:
    """One thing that was looked at.

    Attributes:
        what: what was looked at.
        state: `ok`, `warn` (may stand in the way), `bad` (blocks), `unknown` (could not be seen from here).
        found: what was found.
        advice: what to do; empty where nothing is to be done.

    """

    what: str
    state: State
    found: str
    advice: str = ""


@dataclass(frozen=True)
class Machine:
    """A computer that can be asked.

    Attributes:
        windows: whether it runs Windows; if not there is no Excel to look at.
        value: a value of the registry by hive, key and name, or None.
        values: all values of a key of the registry by hive and key.

    """

    windows: bool
    value: Callable[[str, str, str], Value]
    values: Callable[[str, str], list[Value]]
