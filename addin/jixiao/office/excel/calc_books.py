"""What LibreOffice tells and does of workbooks, windows, links and dropdowns: UNO, behind `.api`."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from jixiao.model import Dropdown, Page
from jixiao.office import stamps

_NOT_LISTED = "请从列表中选择"
_KEPT = (
    "ShowList",
    "IgnoreBlankCells",
    "ShowInputMessage",
    "InputTitle",
    "InputMessage",
    "ShowErrorMessage",
    "ErrorTitle",
    "ErrorMessage",
)  # of a validation
_MOST_GROUPS = 2_000  # kinds of format on one sheet; a form has fifty
_A4 = 21_000, 29_700  # hundredths of a millimetre


def stamp(book: Any) -> str:  # noqa: ANN401 - as above
    """Return our custom property of the workbook, `""` where it has none."""
    held = book.api.DocumentProperties.UserDefinedProperties
    if not held.getPropertySetInfo().hasPropertyByName(stamps.PROPERTY):
        return ""
    return str(held.getPropertyValue(stamps.PROPERTY))


def is_locked(book: Any) -> bool:  # noqa: ANN401 - as above
    """Tell whether no sheet comes or goes: the structure is protected, or the file is open for reading only."""
    return bool(book.api.isProtected() or book.api.isReadonly())


def is_read_only(book: Any) -> bool:  # noqa: ANN401 - as above
    """Tell whether the workbook is open for reading only, so that no change gets into its file."""
    return bool(book.api.isReadonly())


def is_previewed(book: Any) -> bool:  # noqa: ANN401 - as above
    """Tell whether the window shows how the workbook prints, and so no sheet and no selection."""
    return not hasattr(book.api.getCurrentController(), "getActiveSheet")


def is_protected(sheet: Any) -> bool:  # noqa: ANN401 - as above
    """Tell whether the sheet is protected."""
    return bool(sheet.api.isProtected())


def set_dropdown(cells: Any, one: Dropdown) -> None:  # noqa: ANN401 - as above
    """Put a dropdown onto cells, in place of what they accepted."""
    from jixiao.office.libreoffice.border import enum  # noqa: PLC0415 - only where LibreOffice is the program

    place = cells.impl.place
    rule = cells.api.Validation
    rule.Type = enum("sheet.ValidationType", "LIST")
    rule.setSourcePosition(place.start)
    rule.setFormula1(_source(place, one.source))
    rule.ShowList, rule.IgnoreBlankCells = 1, one.blank
    rule.ShowInputMessage, rule.InputTitle, rule.InputMessage = bool(one.prompt), one.prompt_title, one.prompt
    rule.ShowErrorMessage, rule.ErrorTitle, rule.ErrorMessage = bool(one.error), _NOT_LISTED, one.error
    rule.ErrorAlertStyle = enum("sheet.ValidationAlertStyle", "STOP")
    cells.api.Validation = rule


def _source(place: Any, source: str | tuple[str, ...]) -> str:  # noqa: ANN401 - as above
    if isinstance(source, str):
        return str(place.document.grammar.to_office(source, place.start))[1:]
    return ";".join('"' + word.replace('"', '""') + '"' for word in source)


def validation(cells: Any) -> dict[str, Any] | Literal[False] | None:  # noqa: ANN401 - as above
    """Return what cells accept, `None` where they accept anything, False where they differ."""
    from jixiao.office.libreoffice.border import differs  # noqa: PLC0415 - only where LibreOffice is the program

    if cells.size > 1 and differs(cells.api, "Validation"):
        return False
    rule = cells.api.Validation
    if rule.Type.value == "ANY" and not rule.ShowInputMessage:
        return None
    kept = {name: getattr(rule, name) for name in _KEPT}
    source = rule.getSourcePosition()
    return kept | {
        "Type": rule.Type.value,
        "ErrorAlertStyle": rule.ErrorAlertStyle.value,
        "operator": rule.getOperator().value,
        "formulas": [rule.getFormula1(), rule.getFormula2()],
        "source": [source.Row, source.Column],  # the cell from which the formulas' addresses count
    }


def set_validation(cells: Any, kept: Mapping[str, Any] | None) -> None:  # noqa: ANN401 - as above
    """Give cells back what they accepted, `None` lets them accept anything."""
    from jixiao.office.libreoffice.border import enum, struct  # noqa: PLC0415 - only where LibreOffice is the program

    if kept is None:
        cells.api.setPropertyToDefault("Validation")
        return
    rule = cells.api.Validation
    for name in _KEPT:
        setattr(rule, name, kept[name])
    rule.Type = enum("sheet.ValidationType", kept["Type"])
    rule.ErrorAlertStyle = enum("sheet.ValidationAlertStyle", kept["ErrorAlertStyle"])
    rule.setOperator(enum("sheet.ConditionOperator", kept["operator"]))
    row, column = kept["source"]
    rule.setSourcePosition(struct("table.CellAddress", cells.sheet.index - 1, column, row))
    rule.setFormula1(kept["formulas"][0])
    rule.setFormula2(kept["formulas"][1])
    cells.api.Validation = rule


def offers(sheet: Any, names: Sequence[str]) -> bool:  # noqa: ANN401 - as above
    """Tell whether a dropdown on the sheet takes its words from one of these names; yes where that cannot be told."""
    groups = sheet.api.getUniqueCellFormatRanges()
    if groups.getCount() > _MOST_GROUPS:
        return True
    rules = (groups.getByIndex(at).Validation for at in range(groups.getCount()))
    formulas = [str(one.getFormula1()) for one in rules if one.Type.value == "LIST"]
    return any(name in formula for formula in formulas for name in names)


def remove(sheet: Any) -> None:  # noqa: ANN401 - as above
    """Delete a sheet that is hidden."""
    sheet.delete()


def full_name(book: Any) -> str:  # noqa: ANN401 - as above
    """Return the workbook's path, or its title where it was never saved."""
    return str(book.fullname)


def is_saved(book: Any) -> bool:  # noqa: ANN401 - as above
    """Tell whether the file on disk holds what the workbook shows; False where it was never saved."""
    return bool(book.api.getURL()) and not book.api.isModified()


def has_file(book: Any) -> bool:  # noqa: ANN401 - as above
    """Tell whether the workbook was ever saved."""
    return bool(book.api.getURL())


def set_saved(book: Any) -> None:  # noqa: ANN401 - as above
    """Let the program close the workbook without asking."""
    book.api.setModified(False)


def open_book(app: Any, path: Path) -> Any:  # noqa: ANN401 - as above
    """Open a workbook in front; its macros run only where the user's settings allow it without asking."""
    return app.books.open(str(path), update_links=False)


def link(cells: Any) -> str:  # noqa: ANN401 - as above
    """Return the file behind a cell's link, as a path, `""` where there is none."""
    from jixiao.office.libreoffice.border import path_of  # noqa: PLC0415 - only where LibreOffice is the program

    fields = cells.api.getTextFields()
    found = [fields.getByIndex(number) for number in range(fields.getCount())]
    url = next((str(one.URL) for one in found if hasattr(one, "URL")), "")
    return path_of(url.partition("#")[0]) if url.startswith("file:") else ""


def place(book: Any) -> Callable[[], None]:  # noqa: ANN401 - as above
    """Remember sheet, selection and scroll; returns what puts them back."""
    window = book.api.getCurrentController()
    sheet, selected = window.getActiveSheet(), window.getSelection()
    column, row = window.getFirstVisibleColumn(), window.getFirstVisibleRow()

    def back() -> None:
        window.setActiveSheet(sheet)
        if selected is not None:
            window.select(selected)
        window.setFirstVisibleColumn(column)
        window.setFirstVisibleRow(row)

    return back


def pause(app: Any) -> Callable[[], None]:  # noqa: ANN401 - as above
    """Let no workbook calculate, after what is waiting, so that nothing stale is read; returns what puts each one's mode back.

    Neither is a change of the workbook that its person would be asked to save.
    """
    from jixiao.office.libreoffice.books import settle  # noqa: PLC0415 - only where LibreOffice is the program

    paused = [one.impl for one in app.books if one.api.isAutomaticCalculationEnabled()]
    for one in paused:
        saved = not one.api.isModified()
        settle(one)
        _calculates(one.api, saved=saved, yes=False)

    def back() -> None:
        for one in paused:
            with contextlib.suppress(Exception):  # one that was closed meanwhile must not hinder the next
                _calculates(one.api, saved=not one.api.isModified(), yes=True)

    return back


def _calculates(document: Any, *, saved: bool, yes: bool) -> None:  # noqa: ANN401 - as above
    document.enableAutomaticCalculation(yes)
    if saved:
        document.setModified(False)


def finish(sheet: Any, page: Page) -> None:  # noqa: ANN401 - as above
    """Freeze the head, set filter buttons, hide the grid lines, and see to it that it prints; the sheet is in front."""
    window = sheet.book.api.getCurrentController()
    window.ShowGrid = False
    if page.frozen:
        window.freezeAtPosition(0, page.frozen)
    if page.filtered is not None:
        ranges, name = sheet.book.api.DatabaseRanges, f"jixiao_{sheet.index}"
        top, left, bottom, right = page.filtered
        area = sheet.api.getCellRangeByPosition(left, top, right, bottom).getRangeAddress()
        if ranges.hasByName(name):
            ranges.removeByName(name)
        ranges.addNewByName(name, area)
        ranges.getByName(name).AutoFilter = True
    _set_paper(sheet, page)


def _set_paper(sheet: Any, page: Page) -> None:  # noqa: ANN401 - as above
    """Give the sheet a page style of its own: the usual one is shared by all sheets."""
    styles = sheet.book.api.getStyleFamilies().getByName("PageStyles")
    name = f"jixiao_{page.sheet}"
    if not styles.hasByName(name):
        style = sheet.book.api.createInstance("com.sun.star.style.PageStyle")
        styles.insertByName(name, style)
        short, long = _A4
        size = (short, True, long) if page.landscape else (long, False, short)
        style.setPropertyValues(("Height", "IsLandscape", "Width"), size)
        style.setPropertyValues(("ScaleToPagesX", "ScaleToPagesY"), (1, 0))
    sheet.api.PageStyle = name
