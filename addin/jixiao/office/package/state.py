"""The state sheet of a closed file: what our marks covered, and the way back to the very bytes of before."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from jixiao.errors import FileRejectedError
from jixiao.model import Spot
from jixiao.office import traces
from jixiao.office.markup import escaped
from jixiao.office.package import parts, scan
from jixiao.office.package.book import Sheet, Workbook
from jixiao.office.package.layout import layout
from jixiao.office.package.parts import Package
from jixiao.office.package.scan import Edit
from jixiao.office.package.texts import Texts
from jixiao.office.traces import Trace

_COLUMNS = 6  # of a trace
_WAY = 6  # the column, counted from 0, that holds the way back in pieces
_PIECE = 30_000  # characters in one cell
_LONGEST = 4 << 20  # characters of a way back; without one, fills and notes come back all the same
_MOST_BYTES = 32 << 20  # of a way back, unpacked
_WORK = 256 << 20  # bytes that are moved on the way back
Undo = Sequence[tuple[str, Sequence[Edit]]]


@dataclass(frozen=True)
class Way:
    """The way back to the bytes of before. It is somebody's claim: `taking` makes the same marks anew to prove it.

    Attributes:
        page: the name of our page.
        styles: the styles that the page has used.
        names: the names that the page has for itself.
        new: the parts that came with the marks.
        undo: part and edits, the last first.

    """

    page: str
    styles: tuple[str, ...]
    names: Mapping[str, str]
    new: frozenset[str]
    undo: Undo


@dataclass(frozen=True)
class State:
    """What the state sheet says: its own sheet, the traces, the way back, if it has one, and the sheets checked, None for all."""

    sheet: Sheet
    traces: tuple[Trace, ...]
    way: Way | None
    checked: frozenset[str] | None = None


def content(found: Iterable[Trace], way: Way | None) -> bytes:
    """Return the state sheet."""
    rows: list[Sequence[str]] = [*traces.rows(found)]
    packed = _pack(way) if way else ""
    for at in range(0, len(packed), _PIECE):
        number = at // _PIECE
        if number == len(rows):
            rows.append([""] * _COLUMNS)
        rows[number] = [*rows[number], packed[at : at + _PIECE]]
    return worksheet(rows)


def worksheet(rows: Sequence[Sequence[str]]) -> bytes:
    """Return a sheet with these texts from A1 on; what begins with `=` is a formula that is true."""
    lines = "".join(f'<row r="{at + 1}">{_row(at, row)}</row>' for at, row in enumerate(rows))
    head = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{scan.MAIN}">'
    return f"{head}<sheetData>{lines}</sheetData></worksheet>".encode()


def _row(row: int, values: Sequence[str]) -> str:
    cells = []
    for column, text in enumerate(values):
        place = Spot(row, column).a1
        if text.startswith("="):
            formula = escaped(
                scan.plain(text[1:])
            )  # names as they stand in the workbook part, never escaped anew
            cells.append(f'<c r="{place}" t="b"><f>{formula}</f><v>1</v></c>')
        elif text:
            inner = f'<is><t xml:space="preserve">{scan.body(text)}</t></is>'
            cells.append(f'<c r="{place}" t="inlineStr">{inner}</c>')
    return "".join(cells)


def sheet(package: Package, book: Workbook) -> Sheet | None:
    """Return the state sheet, None where there is none; one that can be seen must begin as ours does."""
    held = next((one for one in book.sheets if one.cells and one.name.casefold() == traces.SHEET), None)
    if held is not None and held.visible and Texts(package, book).first(held) != traces.VERSION:
        return None
    return held


def read(package: Package, book: Workbook) -> State | None:
    """Read the state; what in it is not of our making is left out. None where there is no state sheet."""
    held = sheet(package, book)
    if held is None:
        return None
    try:
        rows = table(package, book, held, traces.MOST, _WAY + 1)
        way = _unpack("".join(row[_WAY] for row in rows if len(row) > _WAY))
        return State(held, traces.parse(rows), way, traces.checked(rows))
    except FileRejectedError:
        return State(held, (), None)


def table(package: Package, book: Workbook, held: Sheet, most: int, columns: int) -> list[list[str]]:
    """Return the first columns of a sheet's first row and of at most so many below it, formulas with their `=`."""
    texts, rows = Texts(package, book), list[list[str]]()
    for row in layout(parts.read(package, held.part), range(most + 1)).rows:
        if row.number > most:
            break
        rows += [[""] * columns] * (row.number - len(rows))
        cells = {column: texts.of(cell) for column, cell in row.cells.items() if column < columns}
        rows.append([cells.get(column, "") for column in range(columns)])
    return rows


def _pack(way: Way) -> str:
    undo = [
        (part, [(one.start, one.end, one.content.decode("latin-1")) for one in edits])
        for part, edits in way.undo
    ]
    text = json.dumps([way.page, way.styles, dict(way.names), sorted(way.new), undo])
    packed = base64.b64encode(zlib.compress(text.encode(), 9)).decode()
    return packed if len(packed) <= _LONGEST and len(text) <= _MOST_BYTES else ""


def _unpack(packed: str) -> Way | None:
    if not packed or len(packed) > _LONGEST:
        return None
    try:
        stream = zlib.decompressobj()
        text = stream.decompress(base64.b64decode(packed, validate=True), _MOST_BYTES)
        if not stream.eof:
            return None
        page, styles, names, new, undo = json.loads(text)
        edits = [
            (
                _said(part),
                [Edit(int(start), int(end), _said(old).encode("latin-1")) for start, end, old in made],
            )
            for part, made in undo
        ]
        held = {_said(name): _said(meaning) for name, meaning in names.items()}
        return Way(_said(page), tuple(map(_said, styles)), held, frozenset(map(_said, new)), edits)
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError, zlib.error):
        return None


def _said(value: object) -> str:
    """Return a text; raises TypeError for anything else."""
    if not isinstance(value, str):
        raise TypeError
    return value


def back(package: Package, way: Way) -> dict[str, bytes] | None:
    """Return the parts of before as the way back claims them, None where it leads nowhere."""
    now = {name: parts.raw(package, name) for name in (*package.original, *package.changed)}
    before = {name: data for name, data in now.items() if data is not None and name not in way.new}
    work = _WORK
    for part, edits in way.undo:
        data = before.get(part)
        work -= len(data or b"")
        if data is None or work < 0 or any(not 0 <= one.start <= one.end <= len(data) for one in edits):
            return None
        try:
            before[part] = scan.splice(data, edits)
        except FileRejectedError:
            return None
    return before
