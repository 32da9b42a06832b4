"""Values of a block, read and written in one call each; a typed text becomes what Excel would make of it."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from numbers import Real

from jixiao.office.libreoffice.a1 import Block
from jixiao.office.libreoffice.border import CONTENT, differs, struct
from jixiao.office.libreoffice.formulas import moved
from jixiao.office.libreoffice.number_formats import GENERAL, Kind
from jixiao.office.libreoffice.places import Place

Rows = Sequence[Sequence[object]]
Group = tuple[int, Block]  # a number format's key, or its kind, and cells that have it

EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001  # a cell's date has no time zone
DAY = dt.timedelta(days=1)
LARGE = 100_000  # cells; a larger block is read only as far as its sheet is used
STRIPE = 200_000  # cells written by one call
# what Excel hands out over COM for the office's error numbers
ERRORS = {
    502: -2146826273,
    503: -2146826252,
    504: -2146826273,
    519: -2146826273,
    521: -2146826288,
    524: -2146826265,
    525: -2146826259,
    532: -2146826281,
    32767: -2146826246,
}
ERROR_WORDS = {
    -2146826281: "#DIV/0!",
    -2146826246: "#N/A",
    -2146826259: "#NAME?",
    -2146826288: "#NULL!",
    -2146826252: "#NUM!",
    -2146826265: "#REF!",
    -2146826273: "#VALUE!",
}
OTHER_ERROR = -2146826273
NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+|(?=\.\d))(?:\.\d*)?(?:[eE][+-]?\d+)?%?", re.ASCII)
ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Written:
    """What one value becomes in its cell: a number or a text, and the number format Excel would give it."""

    plain: float | str
    code: str | None = None
    formula: str | None = None


# --- reading -----------------------------------------------------------------------------------------------


def read(place: Place, groups: Sequence[Group] | None = None) -> tuple[tuple[object, ...], ...]:
    """Return the values row by row: float, str, bool, datetime, None; errors as Excel's COM numbers.

    Args:
        place: the cells.
        groups: their `format_groups`, where the caller has asked for them already.
    """
    if len(place.block) > LARGE:
        return _read_used(place)
    cells = place.cells
    rows: list[list[object]] = [list(row) for row in cells.getDataArray()]
    if any(isinstance(value, float) for row in rows for value in row):
        for kind, block in _kinds(place, format_groups(place) if groups is None else groups):
            _apply_kind(rows, kind, block)
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value == "":
                row[c] = None
            elif value is None:  # UNO hands out nothing at all for an error
                row[c] = ERRORS.get(place.part(r, c).cells.getError(), OTHER_ERROR)
    return tuple(tuple(row) for row in rows)


def _read_used(place: Place) -> tuple[tuple[object, ...], ...]:
    cursor = place.sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    last = cursor.getRangeAddress()
    block = place.block
    rows = max(0, min(block.last_row, last.EndRow + 1) - block.row + 1)
    columns = max(0, min(block.last_column, last.EndColumn + 1) - block.column + 1)
    nothing: tuple[object, ...] = (None,) * block.columns
    if not rows or not columns:
        return (nothing,) * block.rows
    used = place.part(0, 0, rows, columns)
    limit = max(1, LARGE // columns)
    parts = [used.part(r, 0, min(limit, rows - r), columns) for r in range(0, rows, limit)]
    blank: tuple[object, ...] = (None,) * (block.columns - columns)
    found = [(*row, *blank) for part in parts for row in read(part)]
    return (*found, *[nothing] * (block.rows - rows))


def format_groups(place: Place) -> Iterator[Group]:
    """Yield number format keys and the blocks that have them, counted from the place's own first cell.

    Two groups differ in some format, not always in that of numbers: cells of one group look the same in all.
    """
    cells = place.cells
    if len(place.block) == 1 or not differs(cells, "NumberFormat"):
        yield cells.NumberFormat, Block(1, 1, place.block.rows, place.block.columns)
        return
    groups = cells.getUniqueCellFormatRanges()
    for index in range(groups.getCount()):
        group = groups.getByIndex(index)
        for area in group.getRangeAddresses():
            row, column = area.StartRow + 2 - place.block.row, area.StartColumn + 2 - place.block.column
            rows, columns = area.EndRow - area.StartRow + 1, area.EndColumn - area.StartColumn + 1
            yield group.NumberFormat, Block(row, column, rows, columns)


def _kinds(place: Place, groups: Iterable[Group]) -> Iterator[Group]:
    for key, block in groups:
        kind = place.document.formats.kind(key) if key != GENERAL else 0
        if kind & (Kind.DATE | Kind.LOGICAL):
            yield kind, block


def _apply_kind(rows: list[list[object]], kind: int, block: Block) -> None:
    for row in rows[block.row - 1 : block.last_row]:
        for c in range(block.column - 1, block.last_column):
            value = row[c]
            if isinstance(value, float):
                row[c] = moment_of(value) if kind & Kind.DATE else bool(value)


def moment_of(serial: float) -> dt.datetime:
    """Return the date and time of a cell's day number, to the millisecond."""
    return EPOCH + dt.timedelta(milliseconds=round(serial * 86_400_000))


def serial_of(value: dt.date | dt.time) -> float:
    """Return the day number of a date, a date with time, or a time of day."""
    if isinstance(value, dt.datetime):
        return (value.replace(tzinfo=None) - EPOCH) / DAY
    if isinstance(value, dt.date):
        return float((value - EPOCH.date()).days)
    return (value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6) / 86_400


# --- writing -----------------------------------------------------------------------------------------------


def write(place: Place, rows: Rows) -> None:
    """Write values row by row: one call for all, and one more for each run of formulas or of new formats."""
    stripe = max(1, STRIPE // place.block.columns)
    if place.block.rows > stripe:
        for r in range(0, place.block.rows, stripe):
            part = rows[r : r + stripe]
            write(place.part(r, 0, len(part), place.block.columns), part)
        return
    texts = _text_cells(place, rows)
    made = [
        [written(value, as_text=(r, c) in texts) for c, value in enumerate(row)] for r, row in enumerate(rows)
    ]
    if any(item.formula is None for row in made for item in row):
        _set_plain(place, made)
    formulas = {
        (r, c): item.formula for r, row in enumerate(made) for c, item in enumerate(row) if item.formula
    }
    for (row, column), run in _runs(formulas):
        _set_formulas(place.part(row, column, len(run)), run)
    codes = {(r, c): item.code for r, row in enumerate(made) for c, item in enumerate(row) if item.code}
    if codes:
        general = _cells_with(place, lambda key: key == GENERAL)
        _set_codes(place, {cell: code for cell, code in codes.items() if cell in general})


def fill(place: Place, value: object) -> None:
    """Write one value into every cell of the place."""
    if value is None or value == "":
        place.cells.clearContents(CONTENT)
    elif isinstance(value, str) and value.startswith("=") and len(value) > 1 and len(place.block) > 1:
        fill_formula(place, value)
    else:
        row = (value,) * place.block.columns
        write(place, (row,) * place.block.rows)


def fill_formula(place: Place, formula: str) -> None:
    """Write one formula into every cell; relative references follow, as Excel has it."""
    grammar = place.document.grammar
    rows = [[moved(formula, r, c) for c in range(place.block.columns)] for r in range(place.block.rows)]
    if all(text is not None for row in rows for text in row):
        at = place.start
        place.range.setFormulaArray(
            tuple(tuple(grammar.to_office(str(text), at) for text in row) for row in rows)
        )
        return
    tokens = grammar.tokens(formula, place.start)  # tokens hold relative references as distances
    for r in range(place.block.rows):
        for c in range(place.block.columns):
            place.part(r, c).cells.setTokens(tokens)


def written(value: object, *, as_text: bool = False) -> Written:
    """Return what Excel makes of a value that a program assigns to a cell.

    A text that a person could have typed as a number, a date, TRUE or a formula becomes that, unless the cell
    has the text format (`as_text`) or the text starts with an apostrophe.
    """
    if isinstance(value, bool):
        return Written(float(value), "BOOLEAN")
    if isinstance(value, Real):
        return Written(float(value))
    if isinstance(value, (dt.date, dt.time)):
        timed = isinstance(value, dt.time) or (isinstance(value, dt.datetime) and value.time() != dt.time())
        return Written(serial_of(value), "m/d/yyyy h:mm" if timed else "m/d/yyyy")
    if value is None:
        return Written("")
    text = str(value)
    if as_text:
        return Written(text)
    return Written(text[1:]) if text.startswith("'") else typed(text)


def typed(text: str) -> Written:
    """Return what Excel makes of a typed text."""
    if text.startswith("=") and len(text) > 1:
        return Written("", formula=text)
    if NUMBER.fullmatch(text):
        number = float(text.rstrip("%").replace(",", ""))
        if text.endswith("%"):
            return Written(number / 100, "0.00%" if "." in text else "0%")
        return Written(number)
    if text.upper() in ("TRUE", "FALSE"):
        return Written(float(text.upper() == "TRUE"), "BOOLEAN")
    return _typed_date(text) or Written(text)


def _typed_date(text: str) -> Written | None:
    found = ISO_DATE.fullmatch(text)
    try:
        return Written(serial_of(dt.date(*map(int, found.groups()))), "m/d/yyyy") if found else None
    except ValueError:  # 2024-13-01 is a text
        return None


def _text_cells(place: Place, rows: Rows) -> set[tuple[int, int]]:
    """Return the cells of text format, asked only when a text could turn into something else."""
    risky = any(isinstance(value, str) and typed(value) != Written(value) for row in rows for value in row)
    if not risky:
        return set()
    formats = place.document.formats
    return _cells_with(place, lambda key: key != GENERAL and bool(formats.kind(key) & Kind.TEXT))


def _cells_with(place: Place, wanted: Callable[[int], bool]) -> set[tuple[int, int]]:
    return {
        (r - 1, c - 1)
        for key, block in format_groups(place)
        if wanted(key)
        for r in range(block.row, block.last_row + 1)
        for c in range(block.column, block.last_column + 1)
    }


def _set_plain(place: Place, made: list[list[Written]]) -> None:
    if len(place.block) > 1:
        place.cells.setDataArray(tuple(tuple(item.plain for item in row) for row in made))
    elif isinstance(made[0][0].plain, float):
        place.cells.setValue(made[0][0].plain)
    else:
        place.cells.setString(made[0][0].plain)


def _set_formulas(place: Place, run: list[str]) -> None:
    grammar, at = place.document.grammar, place.start
    tab, column, row = at.Sheet, at.Column, at.Row
    texts = []
    for step, formula in enumerate(run):
        texts.append((grammar.to_office(formula, struct("table.CellAddress", tab, column, row + step)),))
    place.range.setFormulaArray(tuple(texts))


def _set_codes(place: Place, codes: Mapping[tuple[int, int], str]) -> None:
    for code in sorted(set(codes.values())):
        cells = {cell: code for cell, own in codes.items() if own == code}
        for (row, column), run in _runs(cells):
            place.part(row, column, len(run)).cells.NumberFormat = place.document.formats.key(code)


def _runs(cells: Mapping[tuple[int, int], str]) -> Iterator[tuple[tuple[int, int], list[str]]]:
    """Yield what stands in a column without a gap: the first cell and the texts downwards."""
    for row, column in sorted(cells, key=lambda cell: (cell[1], cell[0])):
        if (row - 1, column) in cells:
            continue
        run: list[str] = []
        while (row + len(run), column) in cells:
            run.append(cells[row + len(run), column])
        yield (row, column), run
