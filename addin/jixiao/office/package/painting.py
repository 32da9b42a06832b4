"""Cells of a sheet take another format; those that do not stand in the sheet yet are put in their place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from jixiao.model import SEVERITIES, Mark, Spot
from jixiao.office.package import scan
from jixiao.office.package.layout import Layout, Row, area_of, format_of, whole


def by_cell(marks: Iterable[Mark], page: Layout) -> dict[Spot, Mark]:
    """Return one mark for each cell that can show it: of a merged area that is the first cell."""
    merges = page.merges()
    found: dict[Spot, Mark] = {}
    for mark in marks:
        spot = Spot.of(mark.cell)
        spot = next((Spot(area.top, area.left) for area in merges if area.holds(*spot)), spot)
        before = found.get(spot)
        if before is None:
            found[spot] = mark
        else:
            worst = min(before.severity, mark.severity, key=SEVERITIES.index)
            found[spot] = Mark(
                mark.sheet, spot.a1, worst, f"{before.note}\n{mark.note}", (*before.rules, *mark.rules)
            )
    return dict(sorted(found.items()))


def formats(page: Layout, spots: Iterable[Spot]) -> dict[Spot, int]:
    """Return the format that each cell has, or would have if it stood there: its row's, else its column's."""
    rows = {row.number: row for row in page.rows}
    found = {}
    for spot in spots:
        row = rows.get(spot.row)
        cell = row.cells.get(spot.column) if row else None
        if cell is not None:
            found[spot] = format_of(cell)
        elif (
            row
            and "s" in row.element.attributes
            and row.element.attributes.get("customFormat") in {"1", "true"}
        ):
            found[spot] = format_of(row.element)
        else:
            found[spot] = _of_column(page, spot.column)
    return found


def _of_column(page: Layout, column: int) -> int:
    for one in page.columns():
        if whole(one.attributes.get("min", "0")) <= column + 1 <= whole(one.attributes.get("max", "0")):
            return format_of(one, "style")
    return 0


def paint(page: Layout, wanted: Mapping[Spot, int]) -> list[scan.Edit]:
    """Return the edits that give cells their new formats."""
    rows = {row.number: row for row in page.rows}
    edits: list[scan.Edit] = []
    ends: list[bytes] = []
    by_row: dict[int, dict[Spot, int]] = {}
    for spot in sorted(wanted):
        by_row.setdefault(spot.row, {})[spot] = wanted[spot]
    for number, cells in by_row.items():
        if number in rows:
            edits += _in_row(page.data, rows[number], cells)
            continue
        prefix = page.table.prefix
        new = f'<{prefix}row r="{number + 1}">{_cells(cells, prefix)}</{prefix}row>'.encode()
        following = next((row for row in page.rows if row.number > number), None)
        if following is None:
            ends.append(new)
        else:
            edits.append(scan.Edit(following.element.start, following.element.start, new))
    return edits + scan.amend(page.data, page.table, {}, b"".join(ends)) + _dimension(page, list(wanted))


def _in_row(data: bytes, row: Row, cells: Mapping[Spot, int]) -> list[scan.Edit]:
    edits: list[scan.Edit] = []
    ends: dict[Spot, int] = {}
    for spot, number in cells.items():
        cell = row.cells.get(spot.column)
        following = next((column for column in row.cells if column > spot.column), None)
        if cell is not None:
            edits += scan.amend(data, cell, {"s": str(number)})
        elif following is not None:
            at = row.cells[following].start
            edits.append(scan.Edit(at, at, _cells({spot: number}, row.element.prefix).encode()))
        else:
            ends[spot] = number
    return edits + scan.amend(
        data, row.element, _spans(row, list(cells)), _cells(ends, row.element.prefix).encode()
    )


def _spans(row: Row, spots: Sequence[Spot]) -> dict[str, str | None]:
    """Return the row's stated first and last column, where the new cells lie beyond them."""
    first, _, last = row.element.attributes.get("spans", "").partition(":")
    if not (first.isdigit() and last.isdigit()):
        return {}
    low = min(int(first), *(spot.column + 1 for spot in spots))
    high = max(int(last), *(spot.column + 1 for spot in spots))
    return {} if (low, high) == (int(first), int(last)) else {"spans": f"{low}:{high}"}


def _cells(cells: Mapping[Spot, int], prefix: str) -> str:
    return "".join(f'<{prefix}c r="{spot.a1}" s="{number}"/>' for spot, number in cells.items())


def _dimension(page: Layout, spots: Sequence[Spot]) -> list[scan.Edit]:
    """Return the edit that widens the stated extent of the sheet, where the cells lie beyond it."""
    stated = page.root.child("dimension")
    area = area_of(stated.attributes.get("ref", "")) if stated else None
    if stated is None or area is None or not spots:
        return []
    wide = area._replace(
        top=min(area.top, *(spot.row for spot in spots)),
        left=min(area.left, *(spot.column for spot in spots)),
        bottom=max(area.bottom, *(spot.row for spot in spots)),
        right=max(area.right, *(spot.column for spot in spots)),
    )
    return [] if wide == area else scan.amend(page.data, stated, {"ref": wide.a1})
