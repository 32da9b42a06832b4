"""The open workbook → `Book`: a sheet's values in one block, and what they need to be understood."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jixiao.errors import FileRejectedError
from jixiao.model import LIST_SHEET, STAMP_SHEET, Area, Book, CellValue, Grid, Reason, Spot
from jixiao.office import reasons, stamps, traces
from jixiao.office.excel import programs
from jixiao.office.excel import reasons as recorded
from jixiao.office.limits import Limits
from jixiao.values import clock, is_clock, is_dressed, is_seen

if TYPE_CHECKING:
    from types import ModuleType

    import xlwings

_LIMITS = Limits()
_MOST_STAMPS = 1_000
_FIRST_YEAR = 1900  # of Excel's calendar
_OURS = frozenset({LIST_SHEET, traces.SHEET, STAMP_SHEET, reasons.SHEET})
_TOLD = frozenset({STAMP_SHEET, reasons.SHEET})  # read also where other sheets are asked for
_BLIND = ("合并单元格",)
_BROKEN = {
    -2146826281: "#DIV/0!",
    -2146826246: "#N/A",
    -2146826259: "#NAME?",
    -2146826288: "#NULL!",
    -2146826252: "#NUM!",
    -2146826265: "#REF!",
    -2146826273: "#VALUE!",
}  # what COM hands out for an error; the same from our engine


def read(book: xlwings.Book, sheets: Collection[str] | None = None) -> Book:
    """Return the sheets as `office.files` returns those of the saved workbook: same values, same places.

    Args:
        book: the open workbook.
        sheets: names of the sheets to read; `None` reads all.

    Raises:
        FileRejectedError: `too_large`, naming the sheet.
        JixiaoError: the program is neither Excel nor LibreOffice.

    """
    program = programs.of(book.app)
    grids: list[Grid] = []
    found, explained = _name_stamps(book), tuple[Reason, ...]()
    for sheet in book.sheets:
        name = sheet.name
        if sheets is not None and name not in sheets and name not in _TOLD:
            continue
        visible = program.is_visible(sheet)
        if name == reasons.SHEET:
            explained = recorded.parsed(sheet, program)
        if name in _OURS and not visible:
            found |= _sheet_stamps(sheet, program) if name == STAMP_SHEET else frozenset()
        elif sheets is None or name in sheets:
            grids.append(_grid(sheet, name, program, visible=visible))
    return Book(tuple(grids), found or stamps.of_text(program.stamp(book)), reasons=explained)


def _grid(sheet: xlwings.Sheet, name: str, program: ModuleType, *, visible: bool) -> Grid:
    last = program.last(sheet)
    if last is None:
        return Grid(name, [], (), visible)
    if (
        last.row >= _LIMITS.rows
        or last.column >= _LIMITS.columns
        or (last.row + 1) * (last.column + 1) > _LIMITS.cells
    ):
        raise FileRejectedError(
            "too_large",
            f"工作表“{name}”的内容一直到 {last.a1}，不像一张绩效目标表，没有读取。"
            "请删除表格以外的多余行列（选中多余的整行、整列后删除），再试一次。",
        )
    area = Area(0, 0, *last)
    found, looks = program.block(sheet, area)
    rows, faults = _values(_lines(found))
    for merge in looks.merges or ():
        _uncover(rows, faults, merge)
    _tell_clocks(rows, looks.formats)
    formats = {
        spot: code
        for spot, code in looks.formats.items()
        if is_dressed(code) and is_seen(rows[spot.row][spot.column], code)
    }
    return Grid(
        name,
        rows,
        looks.merges,
        visible,
        formats,
        faults,
        () if looks.merges is not None else _BLIND,
        frozenset(row for row in looks.hidden if row < len(rows)),
        frozenset(column for column in looks.hidden_columns if column <= last.column),
    )


def _lines(found: Any) -> Sequence[Sequence[Any]]:  # noqa: ANN401 - a value, or rows of them
    """Return rows of values also where a program hands out one value or one row."""
    if not isinstance(found, tuple | list):
        return [[found]]
    return found if isinstance(found[0], tuple | list) else [found]


def _values(block: Sequence[Sequence[Any]]) -> tuple[list[list[CellValue]], dict[Spot, str]]:
    """Return the values as a file gives them, and the errors apart from them."""
    faults: dict[Spot, str] = {}
    rows: list[list[CellValue]] = []
    for row, line in enumerate(block):
        cells: list[CellValue] = []
        for column, value in enumerate(line):
            if isinstance(value, int) and value in _BROKEN:
                faults[Spot(row, column)] = _BROKEN[value]
                cells.append(None)
            else:
                cells.append(_value(value))
        rows.append(cells)
    return rows, faults


def _value(value: Any) -> CellValue:  # noqa: ANN401 - whatever a program hands out
    if value is None or value == "":
        return None
    if isinstance(value, bool | str | float):
        return value
    if isinstance(value, datetime):
        moment = datetime(  # noqa: DTZ001 - a cell's date has no time zone, whatever COM makes of it
            value.year, value.month, value.day, value.hour, value.minute, value.second, value.microsecond
        )
        if moment.year < _FIRST_YEAR:  # a time of day, which COM may hand out as a moment of day 0
            return moment.time()
        return moment.date() if moment.time() == time() else moment
    if isinstance(value, int | Decimal):
        return float(value)
    return value if isinstance(value, date | time) else str(value)


def _tell_clocks(rows: list[list[CellValue]], formats: Mapping[Spot, str]) -> None:
    """Put times where a program hands out their numbers: 0.4375 under `h:mm` is 10:30."""
    for (row, column), code in formats.items():
        value = rows[row][column]
        if isinstance(value, float) and is_clock(code):
            rows[row][column] = clock(value, code)


def _uncover(rows: list[list[CellValue]], faults: dict[Spot, str], merge: Area) -> None:
    """Blank the cells that a merge hides, as far as the values reach."""
    for row in range(merge.top, min(merge.bottom + 1, len(rows))):
        for column in range(merge.left, min(merge.right + 1, len(rows[row]))):
            if (row, column) != (merge.top, merge.left):
                rows[row][column] = None
                faults.pop(Spot(row, column), None)


def _name_stamps(book: xlwings.Book) -> stamps.Stamps:
    names = book.names
    return stamps.of_text(str(names[stamps.NAME].refers_to)) if stamps.NAME in names else frozenset()


def _sheet_stamps(sheet: xlwings.Sheet, program: ModuleType) -> stamps.Stamps:
    """Return form and edition of each line of the stamp sheet: sheet, form, edition."""
    last = program.last(sheet)
    if last is None or last.column < 2 or last.row >= _MOST_STAMPS:
        return frozenset()
    return stamps.of_lines(_lines(sheet.range((1, 1), (last.row + 1, 3)).raw_value))
