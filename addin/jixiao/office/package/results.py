"""Results of formulas after cells have taken other values: sums follow; of the others no program may trust what stands there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isclose

from jixiao.model import CellValue, Spot
from jixiao.office import cells, sums
from jixiao.office.package import scan
from jixiao.office.package.layout import layout
from jixiao.office.package.scan import Edit, Element
from jixiao.office.package.texts import Texts

_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_LARGEST, _MOST = 4 << 20, 1_000_000  # bytes of a sheet, and cells and rows that it spreads over
_UNKNOWN = True  # stands for what no sum can be made of


@dataclass
class Results:
    """What becomes of the formulas on one sheet.

    Attributes:
        edits: what gives sums their new results.
        cells: the cells of these sums.
        old: whether there are formulas whose results may be those of before.

    """

    edits: list[Edit] = field(default_factory=list)
    cells: list[Spot] = field(default_factory=list)
    old: bool = False


def has_formulas(data: bytes) -> bool:
    """Tell whether a sheet may hold formulas, without a look at its XML."""
    return _FORMULA.search(data) is not None


def after(data: bytes, texts: Texts, values: Mapping[Spot, str | float]) -> Results:
    """Return what becomes of a sheet's formulas when cells take these values.

    A sum follows only where the same way to work it out gives the result that stands there now; on a sheet too large
    to be gone over none does.
    """
    if not values or not has_formulas(data):
        return Results()
    sheet = _read(data, texts) if len(data) <= _LARGEST else None
    if sheet is None:
        return Results(old=True)
    before = _worked_out(sheet, {})
    now = _worked_out(sheet, values)
    found = Results(old=sheet.others)
    for spot, cell in sheet.held.items():
        shown = sheet.rows[spot.row][spot.column]
        if spot not in before or spot not in now or not _same(before[spot], shown):
            found.old |= shown is not None
        elif not _same(now[spot], shown):
            found.edits += _with_result(data, cell, now[spot])
            found.cells.append(spot)
    return found


@dataclass
class _Sheet:
    """The values of a sheet by row, the cells with formulas that can be followed, and whether there are others."""

    rows: list[list[CellValue]] = field(default_factory=list)
    held: dict[Spot, Element] = field(default_factory=dict)
    formulas: dict[Spot, str] = field(default_factory=dict)
    others: bool = False


def _read(data: bytes, texts: Texts) -> _Sheet | None:
    """Return a sheet, `None` where it spreads too far."""
    page = layout(data, {row.number for row in layout(data).rows})
    sheet, masters = _Sheet(), dict[str, tuple[str, Spot]]()
    spread = page.rows[-1].number + sum(max(row.cells, default=0) for row in page.rows) if page.rows else 0
    if spread > _MOST:
        return None
    for row in page.rows:
        sheet.rows += [[] for _ in range(row.number + 1 - len(sheet.rows))]
        line = sheet.rows[row.number]
        for column, cell in row.cells.items():
            line += [None] * (column + 1 - len(line))
            line[column] = _value(cell, texts)
            formula, spot = cell.child("f"), Spot(row.number, column)
            if formula is None:
                continue
            text = _said(formula, spot, masters)
            if text:
                sheet.held[spot], sheet.formulas[spot] = cell, f"={text}"
            else:
                sheet.others, line[column] = True, _UNKNOWN
    return sheet


def _said(formula: Element, spot: Spot, masters: dict[str, tuple[str, Spot]]) -> str:
    """Return a formula as it reads in its cell; nothing for one that fills several cells, or a table of them."""
    kind, group = formula.attributes.get("t", "normal"), formula.attributes.get("si", "")
    if kind == "shared" and not formula.content:
        return cells.moved(*masters[group], spot) if group in masters else ""
    if kind == "shared":
        masters[group] = (formula.content, spot)
    return formula.content if kind in {"normal", "shared"} else ""


def _value(cell: Element, texts: Texts) -> CellValue:
    """Return what a cell shows: a text, a number, nothing, or what no sum can be made of."""
    kind, held = cell.attributes.get("t", "n"), cell.child("v")
    if kind in {"s", "inlineStr"}:
        return texts.of(cell)
    if held is None or (kind == "n" and not held.content):
        return None
    if kind == "str":
        return held.content
    try:
        return float(held.content) if kind == "n" else _UNKNOWN
    except ValueError:
        return _UNKNOWN


def _worked_out(sheet: _Sheet, values: Mapping[Spot, str | float]) -> dict[Spot, CellValue]:
    """Return the results of the sums, with other values in some cells."""
    rows = [line.copy() for line in sheet.rows]
    for spot, value in values.items():
        rows[spot.row][spot.column] = value
    unknown = sums.worked_out(rows, sheet.formulas)
    return {spot: rows[spot.row][spot.column] for spot in sheet.formulas if spot not in unknown}


def _same(one: CellValue, other: CellValue) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return isclose(one, other, rel_tol=1e-12, abs_tol=1e-12)
    return (one or "") == (other or "") and isinstance(one, float) == isinstance(other, float)


def _with_result(data: bytes, cell: Element, result: CellValue) -> list[Edit]:
    """Return the edits that give a formula another result."""
    held = cell.child("v")
    if held is None:
        return []
    number = isinstance(result, float)
    text = repr(result) if number else scan.body(str(result or ""))
    shown = f"<{held.prefix}v>{text}</{held.prefix}v>".encode()
    return [*scan.amend(data, cell, {"t": None if number else "str"}), Edit(held.start, held.end, shown)]
