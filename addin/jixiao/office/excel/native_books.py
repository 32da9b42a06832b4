"""What Excel tells and does of workbooks, windows, links and dropdowns: COM, behind `.api`; reviewed, never run in tests."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from jixiao.model import Dropdown, Page
from jixiao.office import stamps

_PORTRAIT, _LANDSCAPE = 1, 2  # xlPortrait xlLandscape
_LIST, _STOP, _BETWEEN = 3, 1, 1  # xlValidateList xlValidAlertStop xlBetween
_NO_MACROS = 3  # msoAutomationSecurityForceDisable
_VALIDATED, _VISIBLE = -4174, -1  # xlCellTypeAllValidation xlSheetVisible
_MOST_CELLS = 5_000  # cells whose validation is asked one by one
_NOT_LISTED = "请从列表中选择"
_KEPT = (
    "InCellDropdown",
    "IgnoreBlank",
    "ShowInput",
    "InputTitle",
    "InputMessage",
    "ShowError",
    "ErrorTitle",
    "ErrorMessage",
)  # of a validation


def stamp(book: Any) -> str:  # noqa: ANN401 - COM has no types
    """Return our custom property of the workbook, `""` where it has none."""
    for one in book.api.CustomDocumentProperties:
        if one.Name == stamps.PROPERTY:
            return str(one.Value)
    return ""


def is_locked(book: Any) -> bool:  # noqa: ANN401 - COM has no types
    """Tell whether the workbook's structure is protected: no sheet comes or goes."""
    return bool(book.api.ProtectStructure)


def is_read_only(book: Any) -> bool:  # noqa: ANN401 - COM has no types
    """Tell whether the workbook is open for reading only, so that no change gets into its file."""
    return bool(book.api.ReadOnly)


def is_previewed(book: Any) -> bool:  # noqa: ANN401, ARG001 - COM has no types
    """Tell no: while Excel shows how a workbook prints it answers to nobody, and says itself that it is busy."""
    return False


def is_protected(sheet: Any) -> bool:  # noqa: ANN401 - COM has no types
    """Tell whether the sheet is protected."""
    return bool(sheet.api.ProtectContents)


def set_dropdown(cells: Any, one: Dropdown) -> None:  # noqa: ANN401 - COM has no types
    """Put a dropdown onto cells, in place of what they accepted; their sheet is in front."""
    cells[0, 0].select()  # Excel reads a relative address in the formula from the active cell
    source = one.source if isinstance(one.source, str) else ",".join(one.source)
    rule = cells.api.Validation
    rule.Delete()
    rule.Add(_LIST, _STOP, _BETWEEN, source)
    rule.InCellDropdown, rule.IgnoreBlank = True, one.blank
    rule.ShowInput, rule.InputTitle, rule.InputMessage = bool(one.prompt), one.prompt_title, one.prompt
    rule.ShowError, rule.ErrorTitle, rule.ErrorMessage = bool(one.error), _NOT_LISTED, one.error


def validation(cells: Any) -> dict[str, Any] | Literal[False] | None:  # noqa: ANN401 - COM has no types
    """Return what cells accept, `None` where they accept anything, False where they differ."""
    kind = cells.data_validation.type
    if kind == "none":
        return None
    if kind in ("mixed_criteria", "inconsistent"):
        return False
    cells[0, 0].select()  # a relative address is told from the active cell
    rule = cells.api.Validation
    return {
        name: getattr(rule, name)
        for name in (*_KEPT, "Type", "AlertStyle", "Operator", "Formula1", "Formula2")
    }


def set_validation(cells: Any, kept: Mapping[str, Any] | None) -> None:  # noqa: ANN401 - COM has no types
    """Give cells back what they accepted, `None` lets them accept anything; their sheet is in front."""
    cells[0, 0].select()
    rule = cells.api.Validation
    rule.Delete()
    if kept is None:
        return
    formulas = [kept[name] for name in ("Formula1", "Formula2") if kept[name]]
    rule.Add(kept["Type"], kept["AlertStyle"], kept["Operator"] or _BETWEEN, *formulas)
    for name in _KEPT:
        setattr(rule, name, kept[name])


def offers(sheet: Any, names: Sequence[str]) -> bool:  # noqa: ANN401 - COM has no types
    """Tell whether a dropdown on the sheet takes its words from one of these names; yes where that cannot be told."""
    if sheet.api.ProtectContents:
        return True
    try:
        found = sheet.api.Cells.SpecialCells(_VALIDATED)
    except Exception:  # noqa: BLE001 - Excel's com_error, no class to import here: no cell has a validation
        return False
    if found.Count > _MOST_CELLS:
        return True
    formulas = (str(cell.Validation.Formula1) for cell in found.Cells)
    return any(name in formula for formula in formulas for name in names)


def remove(sheet: Any) -> None:  # noqa: ANN401 - COM has no types
    """Delete a sheet that is deeply hidden: Excel deletes none that it could not show."""
    sheet.api.Visible = _VISIBLE
    sheet.delete()


def full_name(book: Any) -> str:  # noqa: ANN401 - COM has no types
    """Return the workbook's path, or its name where it was never saved; xlwings' own reads settings from a sheet."""
    return str(book.api.FullName)


def is_saved(book: Any) -> bool:  # noqa: ANN401 - COM has no types
    """Tell whether the file on disk holds what the workbook shows; False where it was never saved."""
    return bool(book.api.Path) and bool(book.api.Saved)


def has_file(book: Any) -> bool:  # noqa: ANN401 - COM has no types
    """Tell whether the workbook was ever saved."""
    return bool(book.api.Path)


def set_saved(book: Any) -> None:  # noqa: ANN401 - COM has no types
    """Let the program close the workbook without asking."""
    book.api.Saved = True


def open_book(app: Any, path: Path) -> Any:  # noqa: ANN401 - COM has no types
    """Open a workbook in front with its macros off: opened by a program they would run unasked."""
    before = app.api.AutomationSecurity
    app.api.AutomationSecurity = _NO_MACROS
    try:
        return app.books.open(str(path), update_links=False)
    finally:
        app.api.AutomationSecurity = before


def link(cells: Any) -> str:  # noqa: ANN401 - COM has no types
    """Return the file behind a cell's link, as it stands there: relative to the workbook's folder, or absolute."""
    links = cells.api.Hyperlinks
    return str(links(1).Address or "") if links.Count else ""


def place(book: Any) -> Callable[[], None]:  # noqa: ANN401 - COM has no types
    """Remember sheet, selection and scroll; returns what puts them back."""
    app = book.app.api
    sheet, selected, window = book.api.ActiveSheet, app.Selection, app.ActiveWindow
    row, column = window.ScrollRow, window.ScrollColumn

    def back() -> None:
        sheet.Activate()
        selected.Select()
        window.ScrollRow, window.ScrollColumn = row, column

    return back


def pause(app: Any) -> Callable[[], None]:  # noqa: ANN401 - xlwings is imported only where a program is there
    """Let nothing calculate, after what is waiting, so that nothing stale is read; returns what puts the mode back.

    Neither is a change of a workbook that its person would be asked to save.
    """
    before = app.calculation
    if before != "manual":
        _calculates(app, "manual")

    def back() -> None:
        if before != "manual":
            _calculates(app, before)

    return back


def _calculates(app: Any, how: str) -> None:  # noqa: ANN401 - as above
    saved = [one.api for one in app.books if one.api.Saved]
    app.calculation = how
    for one in saved:
        one.Saved = True


def finish(sheet: Any, page: Page) -> None:  # noqa: ANN401 - COM has no types
    """Freeze the head, set filter buttons, hide the grid lines, and see to it that it prints; the sheet is in front."""
    window = sheet.book.app.api.ActiveWindow
    window.DisplayGridlines = False
    if page.frozen:
        window.SplitColumn, window.SplitRow = 0, page.frozen
        window.FreezePanes = True
    if page.filtered is not None:
        sheet.range(page.filtered.a1).api.AutoFilter()
    with contextlib.suppress(Exception):  # a machine without a printer has no page setup
        setup = sheet.api.PageSetup
        setup.Orientation = _LANDSCAPE if page.landscape else _PORTRAIT
        setup.Zoom, setup.FitToPagesWide, setup.FitToPagesTall = False, 1, False
        if page.print_titles is not None:
            setup.PrintTitleRows = f"${page.print_titles[0] + 1}:${page.print_titles[1] + 1}"
