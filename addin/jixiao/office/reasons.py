"""Recorded reasons as they travel in a workbook: a very hidden sheet, one row for each, read back as hostile input.

The cell is named by a formula as in `traces`, so that it stays right when rows are inserted or a sheet is renamed.
Every text begins with a word of ours: no program takes it for a formula, a number or a date. A row can keep one
warning or hint from being counted, at a cell whose content has the digest it says, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from jixiao.model import Reason
from jixiao.office import traces

SHEET = "_jixiao_reasons"
VERSION = "jixiao-reasons 1"
COLUMNS = 5
MOST = 5_000  # rows that are read; no workbook has as many warnings worth a sentence
LONGEST = 500  # characters of a reason
_VALUE, _DAY, _TEXT = "value ", "on ", "说明："
_RULE = re.compile(r"[A-Z]{2}[0-9]{2}")
_DIGEST = re.compile(r"[0-9a-f]{32}")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def line(text: str) -> str:
    """Return a reason in one line without control characters; `""` where nothing is left."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def tidy(text: str) -> str:
    """Return a reason in one line, cut where it is too long: only somebody else's program writes such a one."""
    return line(text[: 4 * LONGEST])[:LONGEST].rstrip()


def rows(found: Iterable[Reason]) -> list[tuple[str, ...]]:
    """Return the sheet as rows for a block write at A1: a head, then formula, rule, digest, day, reason."""
    head = (VERSION, *[""] * (COLUMNS - 1))
    return [
        head,
        *(
            (
                traces.formula(one.sheet, one.cell),
                one.rule,
                f"{_VALUE}{one.value}",
                f"{_DAY}{one.day}",
                f"{_TEXT}{tidy(one.text)}",
            )
            for one in found
        ),
    ]


def parse(found: Sequence[Sequence[object]]) -> tuple[Reason, ...]:
    """Read rows back, formulas as formulas; a row that is not of our making, or whose cell is gone, is left out."""
    if not found or not found[0] or found[0][0] != VERSION:
        return ()
    known: dict[tuple[str, str, str], Reason] = {}
    for row in found[1 : MOST + 1]:
        one = _reason([str(value) if value is not None else "" for value in row])
        if one is not None:
            known.setdefault((one.sheet, one.cell, one.rule), one)
    return tuple(known.values())


def _reason(row: Sequence[str]) -> Reason | None:
    if len(row) < COLUMNS:
        return None
    place, rule = traces.named(row[0]), row[1]
    value, day, text = (
        row[2].removeprefix(_VALUE),
        row[3].removeprefix(_DAY),
        tidy(row[4].removeprefix(_TEXT)),
    )
    if place is None or not text or not _RULE.fullmatch(rule) or not _DIGEST.fullmatch(value):
        return None
    return Reason(*place, rule, value, text, day) if _is_day(day) else None


def _is_day(text: str) -> bool:
    try:
        return bool(_ISO.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False
