"""Cells that move: insert, delete, copy, cut, paste."""

from collections.abc import Callable

from jixiao.office.libreoffice.a1 import COLUMNS, ROWS
from jixiao.office.libreoffice.border import Uno, enum, properties
from jixiao.office.libreoffice.guard import require_sheet
from jixiao.office.libreoffice.places import Place
from jixiao.office.libreoffice.process import Office

# the office's letters for what is pasted: values, texts, dates, formulas, notes, formats
PARTS = {
    None: "A",
    "all": "A",
    "all_using_source_theme": "A",
    "values": "SVD",
    "formulas": "SVDF",
    "formats": "T",
    "comments": "N",
    "values_and_number_formats": "SVDT",
    "formulas_and_number_formats": "SVDFT",
}
OPERATIONS = {None: 0, "add": 1, "subtract": 2, "multiply": 3, "divide": 4}


def insert(place: Place, shift: str | None, copy_origin: str | None) -> None:
    """Insert cells; without a shift the block's form decides, as in Excel."""
    require_sheet(place, "inserting cells")
    rows, columns = place.block.rows, place.block.columns
    if columns == COLUMNS:
        mode = "ROWS"
    elif rows == ROWS:
        mode = "COLUMNS"
    else:
        mode = (shift or ("right" if rows > columns else "down")).upper()
    if copy_origin == "format_from_right_or_below":
        raise NotImplementedError(
            "LibreOffice gives inserted cells the formats from the left or from above only."
        )
    place.sheet.insertCells(place.area, enum("sheet.CellInsertMode", mode))


def delete(place: Place, shift: str | None) -> None:
    """Delete cells; without a shift the block's form decides, as in Excel."""
    require_sheet(place, "deleting cells")
    rows, columns = place.block.rows, place.block.columns
    if columns == COLUMNS:
        mode = "ROWS"
    elif rows == ROWS:
        mode = "COLUMNS"
    else:
        mode = (shift or ("left" if rows >= columns else "up")).upper()
    place.sheet.removeRange(place.area, enum("sheet.CellDeleteMode", mode))


def copy(source: Place, target: Place) -> None:
    """Copy cells with all that they hold to the target's first cell, also into another workbook."""
    require_sheet(target, "pasting cells")
    if source.document.uno.RuntimeUID == target.document.uno.RuntimeUID:
        source.sheet.copyRange(target.start, source.area)
        return
    held: list[Uno] = []
    _at_selection(source, lambda window: held.append(window.getTransferable()))
    _at_selection(target.part(0, 0), lambda window: window.insertTransferable(held[0]))


def move(source: Place, target: Place) -> None:
    """Cut cells and put them at the target's first cell of the same workbook."""
    require_sheet(source, "moving cells")
    require_sheet(target, "moving cells")
    if source.document.uno.RuntimeUID != target.document.uno.RuntimeUID:
        raise NotImplementedError("LibreOffice moves cells within one workbook only.")
    source.sheet.moveRange(target.start, source.area)


def to_clipboard(office: Office, source: Place) -> None:
    """Copy the cells to the office's clipboard."""
    _at_selection(source, lambda window: _dispatch(office, window, "Copy"))


def paste(
    office: Office,
    target: Place,
    part: str | None,
    operation: str | None,
    *,
    skip_blanks: bool,
    transpose: bool,
) -> None:
    """Paste the clipboard at the target, as Excel's paste special; raises NotImplementedError for other parts."""
    if part not in PARTS or operation not in OPERATIONS:
        raise NotImplementedError(f"LibreOffice has no paste special `{part}` with operation `{operation}`.")
    require_sheet(target, "pasting cells")
    _at_selection(
        target.part(0, 0),
        lambda window: _dispatch(
            office,
            window,
            "InsertContents",
            Flags=PARTS[part],
            FormulaCommand=OPERATIONS[operation],
            SkipEmptyCells=skip_blanks,
            Transpose=transpose,
            AsLink=False,
            MoveMode=4,
        ),
    )


def _dispatch(office: Office, window: Uno, command: str, **values: object) -> None:
    helper = office.create("com.sun.star.frame.DispatchHelper")
    helper.executeDispatch(window.getFrame(), f".uno:{command}", "", 0, properties(**values))


def _at_selection(place: Place, act: Callable[[Uno], object]) -> None:
    window = place.document.window
    sheet, before = window.getActiveSheet(), window.getSelection()
    window.setActiveSheet(place.sheet)
    window.select(place.cells)
    try:
        act(window)
    finally:
        window.setActiveSheet(sheet)
        window.select(before)
