"""What our marks covered: the state that travels in the marked workbook, so that clearing restores exactly that.

It stands on a very hidden sheet, one row for each marked cell. The cell is named by a formula, which every
spreadsheet program keeps right when rows are inserted or a sheet is renamed. Sheets that were checked have a row
each as well, for one without findings leaves no marks. Whoever reads it reads hostile input: a row can restore a
fill, take our own block out of a note, or say that a sheet was checked, nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from jixiao.model import SEVERITIES, Severity, Spot

SHEET = "_jixiao_marks"
VERSION = "jixiao-marks 1"
MOST = 20_000  # rows that are read; more were not written by us
BEGIN = "──── jixiao 校验 ────"
END = "──── 校验到此 ────"
_CHECKED = "checked"  # where a severity stands, in the row of a sheet
NONE, KEPT = "none", "kept"
_CELL = re.compile(
    r"=ISREF\((?:'((?:[^']|'')+)'|([^'!()\s]+))!\$?([A-Z]{1,3})\$?([0-9]{1,7})\)", re.IGNORECASE
)
_FILL = re.compile(
    r"none|kept|#[0-9A-F]{6}|theme:(?:[0-9]|1[01]):-?[01](?:\.[0-9]{1,17})?|indexed:[0-9]{1,2}"
)
_COLOUR = re.compile(r"(?:#[0-9A-F]{6})?")
_RULES = re.compile(r"(?:[A-Z]{2}[0-9]{2}(?: [A-Z]{2}[0-9]{2})*)?")
_LARGEST = 9999  # points
_NOTE = re.compile(r"(ours|below|no)(?: ([0-9]{1,4}\.[0-9])x([0-9]{1,4}\.[0-9]))?")


class Trace(NamedTuple):
    """What one mark covered.

    Attributes:
        sheet: the marked sheet.
        cell: the marked cell.
        severity: the severity, and so the colour, that the mark shows.
        fill: the cell's own fill: `none`, `#RRGGBB`, `theme:NUMBER:TINT`, `indexed:NUMBER`, or `kept` for a
            pattern or gradient, which no mark covers.
        note: `ours` where the whole note is ours, `below` where our block stands below the person's own note,
            `no` where no note was put.
        rules: ids of the rules that found something here, each as often as it did.
        shown: how a `theme` or `indexed` fill looked, as `#RRGGBB`: a program that replaces the theme or the
            palette as it saves would show another colour; empty where it is not known.
        size: width and height in points of the person's own note before our block made it grow; `None` where it is
            not known.

    """

    sheet: str
    cell: str
    severity: Severity
    fill: str
    note: str
    rules: tuple[str, ...] = ()
    shown: str = ""
    size: tuple[float, float] | None = None


def rows(traces: Iterable[Trace], sheets: Iterable[str] = ()) -> list[tuple[str, ...]]:
    """Return the state as rows for a block write at A1: a head, sheets, then formula, severity, fill, note, rules, shown.

    Args:
        traces: what the marks cover.
        sheets: the sheets that were checked; none where the whole workbook was.

    """
    head = (VERSION, "", "", "", "", "")
    return [
        head,
        *((formula(name, "A1"), _CHECKED, "", "", "", "") for name in sheets),
        *(
            (
                formula(one.sheet, one.cell),
                one.severity,
                one.fill,
                _noted(one),
                " ".join(one.rules),
                one.shown,
            )
            for one in traces
        ),
    ]


def parse(found: Sequence[Sequence[object]]) -> tuple[Trace, ...]:
    """Read rows back, formulas as formulas; a row that is not of our making, or whose cell is gone, is left out."""
    if not found or not found[0] or found[0][0] != VERSION:
        return ()
    traces: dict[tuple[str, str], Trace] = {}
    for row in found[1 : MOST + 1]:
        one = _trace([str(value) if value is not None else "" for value in row])
        if one is not None:
            traces.setdefault((one.sheet, one.cell), one)
    return tuple(traces.values())


def checked(found: Sequence[Sequence[object]]) -> frozenset[str] | None:
    """Return the sheets that such rows say were checked; None where they name none: then the whole workbook was."""
    if not found or not found[0] or found[0][0] != VERSION:
        return None
    places = [named(str(row[0])) for row in found[1 : MOST + 1] if len(row) > 1 and row[1] == _CHECKED]
    return frozenset(place[0] for place in places if place) if places else None


def span(note: str) -> tuple[int, int] | None:
    """Return where our last block in a note begins and ends, the line break before it included; None without one."""
    start = note.rfind(BEGIN)
    if start < 0:
        return None
    end = note.find(END, start)
    return start - note[:start].endswith("\n"), len(note) if end < 0 else end + len(END)


def without_block(note: str) -> str:
    """Return a note without our block: the person's own text, before it and after it; `""` where nothing is left."""
    place = span(note)
    return note if place is None else note[: place[0]] + note[place[1] :]


def within_block(note: str) -> str:
    """Return the text that `block` was given, `""` where the note has no block of ours."""
    place = span(note)
    if place is None:
        return ""
    return note[place[0] : place[1]].strip("\n").removeprefix(BEGIN).removesuffix(END).strip("\n")


def block(text: str) -> str:
    """Return our part of a note, recognisable by its first and last line."""
    return f"{BEGIN}\n{text}\n{END}"


def formula(sheet: str, cell: str) -> str:
    """Return the formula that names a cell: absolute, so that no program makes one shared formula of several."""
    quoted = sheet.replace("'", "''")
    spot = Spot.of(cell)
    return f"=ISREF('{quoted}'!${spot.a1.removesuffix(str(spot.row + 1))}${spot.row + 1})"


def named(text: str) -> tuple[str, str] | None:
    """Return the sheet and the cell that such a formula names, `None` for any other text, or where the cell is gone."""
    match = _CELL.fullmatch(text)
    if match is None or not match[4].strip("0"):
        return None
    return (match[1] or "").replace("''", "'") or match[2], Spot.of((match[3] + match[4]).upper()).a1


def _trace(row: list[str]) -> Trace | None:
    if len(row) < 5:
        return None
    text, severity, fill, note, ids = row[:5]
    place = named(text)
    noted = _NOTE.fullmatch(note)
    if place is None or severity not in SEVERITIES or noted is None:
        return None
    if not _FILL.fullmatch(fill) or not _RULES.fullmatch(ids):
        return None
    kind: Severity = next(one for one in SEVERITIES if one == severity)
    shown = row[5] if len(row) > 5 and _COLOUR.fullmatch(row[5]) else ""
    size = (float(noted[2]), float(noted[3])) if noted[2] else None
    return Trace(*place, kind, fill, noted[1], tuple(ids.split()), shown, size)


def _noted(one: Trace) -> str:
    """Return what became of a note, and how large the person's own was: `below 150.0x60.0`."""
    known = one.size is not None and max(one.size) < _LARGEST
    return f"{one.note} {one.size[0]:.1f}x{one.size[1]:.1f}" if one.size and known else one.note
