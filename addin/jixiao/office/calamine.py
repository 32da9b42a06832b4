"""What python-calamine reads of a workbook that passed the guard: each sheet → `Grid`."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from jixiao.errors import FileRejectedError
from jixiao.model import LIST_SHEET, STAMP_SHEET, Area, Book, CellValue, Grid
from jixiao.office import cells, open_cells, reasons, sniffing, stamps, sums
from jixiao.office.limits import mega
from jixiao.office.sniffing import damaged, too_large
from jixiao.values import is_seen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jixiao.model import Spot
    from jixiao.office.limits import Limits

# What python-calamine 0.9.1 returns of each kind was seen by experiment; .xlsx has its own look at the parts.
_BLIND_VALUES = ("百分比格式", "错误值", "公式是否算出结果")
_BLIND = {
    "xlsx": (),
    "xls": _BLIND_VALUES[2:],
    "old xls": _BLIND_VALUES,
    "xlsb": (*_BLIND_VALUES, "合并单元格"),
    "ods": (*_BLIND_VALUES[2:], "合并单元格"),
}
_BLIND_REASONS = ("保留的说明",)  # beside them where such a file carries some
_OURS = frozenset({LIST_SHEET, reasons.SHEET})
_area = tuple.__new__  # what `Area(…)` does in the end, in 0.58 of the time: a workbook has hundreds
_NOTHING = cells.Facts()
_OUT_OF_MEMORY = "pointer is null"  # as calamine's binding puts it


def read(data: bytes, kind: str, facts: Mapping[str, cells.Facts], limits: Limits) -> Book:
    """Let calamine read what passed the guard; whatever goes wrong in there, the file is damaged."""
    from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum  # noqa: PLC0415 - lazy by house rule

    try:
        with CalamineWorkbook.from_object(BytesIO(data)) as book:
            sheets = [meta for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
            return _book(book, sheets, kind, facts, limits)
    except FileRejectedError:
        raise
    except PasswordError as error:
        raise sniffing.encrypted() from error
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic in calamine is no Exception
        if isinstance(error, MemoryError) or _OUT_OF_MEMORY in str(error):
            raise too_large(f"读取 {mega(len(data))} 的文件需要的内存", "本机可用内存") from error
        raise damaged() from error


def _book(book: Any, sheets: list[Any], kind: str, facts: Mapping[str, cells.Facts], limits: Limits) -> Book:  # noqa: ANN401 - calamine is untyped where its stub is not found
    """Return the sheets one after the other, each let go before the next is read."""
    from python_calamine import SheetVisibleEnum  # noqa: PLC0415 - lazy by house rule

    grids, room = [], limits.cells
    found: stamps.Stamps = frozenset()
    if len(sheets) > limits.sheets:
        raise too_large(f"有 {len(sheets)} 张工作表", f"{limits.sheets} 张")
    unread = kind != "xlsx" and any(meta.name == reasons.SHEET for meta in sheets)
    blind = _BLIND[kind] + (_BLIND_REASONS if unread else ())
    for meta in sheets:
        if meta.name in _OURS and meta.visible != SheetVisibleEnum.Visible:
            continue
        sheet = book.get_sheet_by_name(meta.name)
        last = sheet.end or (-1, -1)
        cells.check_reach(last[0] + 1, last[1] + 1, limits)
        room -= (last[0] + 1) * (last[1] + 1)
        if room < 0:
            raise too_large(f"各表铺开有 {limits.cells - room} 格以上", f"{limits.cells} 格")
        if meta.name == STAMP_SHEET and meta.visible != SheetVisibleEnum.Visible:
            found |= stamps.of_lines(sheet.to_python(skip_empty_area=False))
        else:
            visible = meta.visible == SheetVisibleEnum.Visible
            grids.append(_grid(sheet, visible, blind, facts.get(meta.name, _NOTHING), kind))
    return Book(tuple(grids), found)


def check_letters(grids: Iterable[Grid], limits: Limits) -> None:
    """Refuse a text that no spreadsheet program would take into a cell."""
    most = limits.letters
    for grid in grids:
        long = [len(one) for row in grid.rows for one in row if type(one) is str and len(one) > most]
        if long:
            raise too_large(f"工作表“{grid.sheet}”有一格写了 {max(long)} 个字", f"{most} 个字")


def _grid(sheet: Any, visible: bool, blind: tuple[str, ...], facts: cells.Facts, kind: str) -> Grid:  # noqa: ANN401, FBT001 - calamine is untyped
    """Return one sheet; what stands under a merge is dropped, where merges are known."""
    rows: list[list[CellValue]] = [
        [None if value == "" else value for value in row] for row in sheet.to_python(skip_empty_area=False)
    ]
    if kind == "ods":
        open_cells.durations(rows)
    ranges = sheet.merged_cell_ranges
    merges = None if ranges is None else tuple([_area(Area, first + last) for first, last in ranges])
    unknown = {**facts.faults, **facts.zeros}
    _place(rows, unknown)
    whole = [line.copy() for line in rows] if unknown else []  # a sum takes in what a merge hides
    _uncover(rows, merges or ())
    seen = {spot: text for spot, text in unknown.items() if rows[spot.row][spot.column] is not None}
    faults = sums.worked_out(whole, unknown) if seen else {}
    for row, column in seen:
        rows[row][column] = whole[row][column]
    faults = {spot: text for spot, text in faults.items() if spot in seen}
    ours = {spot: text for spot, text in seen.items() if rows[spot.row][spot.column] is not None}
    for spot in facts.zeros.keys() & ours:
        if rows[spot.row][spot.column] == 0:  # it was the result
            del ours[spot]
    formats = {
        spot: code
        for spot, code in facts.formats.items()
        if spot.row < len(rows) and spot.column < len(rows[0]) and is_seen(rows[spot.row][spot.column], code)
    }
    hidden = frozenset(row for row in facts.hidden if row < len(rows))
    width = len(rows[0]) if rows else 0
    columns = frozenset(column for column in facts.hidden_columns if column < width)
    return Grid(sheet.name, rows, merges, visible, formats, faults, blind, hidden, columns, ours)


def _place(rows: list[list[CellValue]], faults: Mapping[Spot, str]) -> None:
    """Put the faults onto the sheet, widening it: calamine takes them for blanks, and may end before them."""
    if not faults:
        return
    width = max(len(rows[0]) if rows else 0, max(spot.column for spot in faults) + 1)
    rows += [[] for _ in range(max(spot.row for spot in faults) + 1 - len(rows))]
    for line in rows:
        line.extend([None] * (width - len(line)))
    for (row, column), text in faults.items():
        rows[row][column] = text


def _uncover(rows: list[list[CellValue]], merges: tuple[Area, ...]) -> None:
    """Blank the cells that a merge hides.

    Raises FileRejectedError (`damaged`) where merges overlap so much that this would not end.
    """
    height, width = len(rows), len(rows[0]) if rows else 0
    room = 2 * height * width
    for top, left, bottom, right in merges:
        if top >= height or left >= width:
            continue
        stop = right + 1 if right < width else width
        if top == bottom:  # nearly all lie in one row or one column: worth a way of their own
            line = rows[top]
            for column in range(left + 1, stop):
                line[column] = None
            room -= stop - left
        elif left == right:
            for line in rows[top + 1 : bottom + 1]:
                line[left] = None
            room -= (bottom + 1 if bottom < height else height) - top
        else:
            lines = rows[top : bottom + 1]
            room -= len(lines) * (stop - left)
            kept = rows[top][left]
            blanks = [None] * (stop - left)
            for line in lines[: max(room, 0)]:
                line[left:stop] = blanks
            rows[top][left] = kept
        if room < 0:
            raise damaged()
