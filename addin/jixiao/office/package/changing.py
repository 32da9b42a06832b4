"""Cells that hold a value take another one; formats, formulas, shared texts and all other parts stay as they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jixiao.model import STAMP_SHEET, Spot
from jixiao.office.package import book as books
from jixiao.office.package import parts, results, scan
from jixiao.office.package.layout import layout
from jixiao.office.package.texts import Texts


@dataclass(frozen=True)
class Changed:
    """A workbook with other values in some cells.

    Attributes:
        data: its bytes.
        left: the cells, by sheet and address, that were not changed: they hold a formula, or nothing.
        plain: the changed cells that had letters of several looks (bold, red), which are now of one.
        sums: the cells whose formulas show another sum now.

    """

    data: bytes
    left: frozenset[tuple[str, str]]
    plain: frozenset[tuple[str, str]]
    sums: frozenset[tuple[str, str]]


def change(data: bytes, values: Mapping[tuple[str, str], str | float]) -> Changed:
    """Return a copy with other values in cells that hold one.

    Sums that take these in show their new result, as no program works them out anew when it opens the file. Where
    formulas are more than sums, the workbook asks for that.

    Args:
        data: an .xlsx or .xlsm.
        values: sheet and cell → the text, or the number, to stand there.

    Raises:
        FileRejectedError: `damaged`, `encrypted`, `too_large`, or `unsupported_format` for strict Open XML.

    """
    package = parts.unpack(data)
    book = books.workbook(package)
    texts = Texts(package, book)
    left: set[tuple[str, str]] = set()
    plain: set[tuple[str, str]] = set()
    followed: set[tuple[str, str]] = set()
    old = False
    for name in dict.fromkeys(sheet for sheet, _ in values):
        wanted = {Spot.of(cell): value for (sheet, cell), value in values.items() if sheet == name}
        sheet = book.sheet(name)
        page = layout(parts.read(package, sheet.part), {spot.row for spot in wanted})
        cells = {Spot(row.number, column): cell for row in page.rows for column, cell in row.cells.items()}
        edits: list[scan.Edit] = []
        made: dict[Spot, str | float] = {}
        for spot, value in wanted.items():
            cell = cells.get(spot)
            if cell is None or cell.child("f") is not None or not cell.children:
                left.add((name, spot.a1))
            else:
                if texts.in_runs(cell):
                    plain.add((name, spot.a1))
                edits.append(scan.Edit(cell.start, cell.end, _cell(cell, spot, value)))
                made[spot] = value
        found = results.after(page.data, texts, made)
        followed |= {(name, spot.a1) for spot in found.cells}
        old |= found.old or (bool(made) and _elsewhere(package, book, sheet))
        parts.write(package, sheet.part, scan.splice(page.data, [*edits, *found.edits]))
    if old:
        books.recalculate(package, book)
    return Changed(parts.pack(package), frozenset(left), frozenset(plain), frozenset(followed))


def _elsewhere(package: parts.Package, book: books.Workbook, sheet: books.Sheet) -> bool:
    """Tell whether other sheets have formulas; those of our own sheets name cells, whatever stands in these."""
    ours = STAMP_SHEET.casefold()
    others = (
        one for one in book.sheets if one.cells and one != sheet and not one.name.casefold().startswith(ours)
    )
    return any(results.has_formulas(parts.raw(package, one.part) or b"") for one in others)


def _cell(cell: scan.Element, spot: Spot, value: str | float) -> bytes:
    """Return a cell in its own format with another value; a text stands in the cell itself."""
    prefix, style = cell.prefix, cell.attributes.get("s")
    head = f'<{prefix}c r="{spot.a1}"' + (f' s="{style}"' if style else "")
    if isinstance(value, str):
        text = f'<{prefix}t xml:space="preserve">{scan.body(value)}</{prefix}t>'
        return f'{head} t="inlineStr"><{prefix}is>{text}</{prefix}is></{prefix}c>'.encode()
    return f"{head}><{prefix}v>{value!r}</{prefix}v></{prefix}c>".encode()
