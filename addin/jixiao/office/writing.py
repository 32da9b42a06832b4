"""A `Page` or several → a new workbook, written with XlsxWriter: valid, the same bytes on every build."""

from __future__ import annotations

import gc
import io
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from jixiao.errors import OutputError
from jixiao.model import LIST_SHEET, STAMP_SHEET, Alarm, Area, Box, Chart, Dropdown, NamedList, Page
from jixiao.office import stamps, tables
from jixiao.office.styles import ALARM, STYLES
from jixiao.office.tables import Table

_BIRTHDAY = datetime(2024, 1, 1)  # noqa: DTZ001 - written as it stands; a clock would change the bytes
_LONGEST_TEXT = 32767
_LONGEST_LINK = 2079
_MOST_LINKS = 65530
_A4, _NOWHERE = 9, 2
_MANY_NAMES, _SMALL = 10, 8  # beside the bars of a chart, and the points of their letters that then fit
_PIXEL = 0.75  # points
_PALE = "#D9D9D9"  # lines behind bars
_ASIDE = 2  # pixels that keep a chart's frame off the end of a printed page
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False}
# What a clerk may still do on a protected sheet; the password is empty on purpose.
_ALLOWED = {"format_cells": True, "format_columns": True, "format_rows": True}


def workbook(pages: Sequence[Page | Table], *, title: str = "", saved: datetime = _BIRTHDAY) -> bytes:
    """Write pages into a new workbook.

    Args:
        pages: the sheets, in order; at least one.
        title: the workbook's title property.
        saved: the time written into it as created and modified; fixed, so that equal pages give equal bytes.

    Returns:
        The .xlsx file.

    Raises:
        OutputError: a text is longer than a cell can hold, or the library refuses a cell.

    """
    out = io.BytesIO()
    _build(out, pages, title, saved, in_memory=True)
    return out.getvalue()


def write(path: Path, pages: Sequence[Page | Table], *, title: str = "", saved: datetime = _BIRTHDAY) -> None:
    """Write a workbook of any size into a file; what is in it after a failure is for the caller to remove.

    Raises:
        OutputError: see `workbook`.
        OSError: the file cannot be written.

    """
    from xlsxwriter.exceptions import FileCreateError  # noqa: PLC0415 - heavy

    in_memory = not any(isinstance(page, Table) for page in pages)
    with path.open("wb", buffering=0) as raw:
        out = _Output(raw)
        try:
            _build(out, pages, title, saved, in_memory=in_memory)
            out.flush()
        except FileCreateError as error:
            raise error.args[0] from error  # the OSError that XlsxWriter wraps
        finally:
            out.ended = True


class _Output(io.BufferedWriter):
    """A file that takes anything once it has ended: a zip file left half written would complain when it is forgotten."""

    ended = False
    _at = 0

    def write(self, data: Any) -> int:  # noqa: ANN401 - a buffer
        return len(data) if self.ended else super().write(data)

    def seek(self, target: int, whence: int = 0) -> int:
        self._at = target if self.ended else super().seek(target, whence)
        return self._at

    def tell(self) -> int:
        return self._at if self.ended else super().tell()

    def flush(self) -> None:
        if not self.ended:
            super().flush()


def _build(
    out: io.BytesIO | _Output, pages: Sequence[Page | Table], title: str, saved: datetime, *, in_memory: bool
) -> None:
    collecting = in_memory and gc.isenabled()
    if collecting:
        gc.disable()  # all of a page lives until it is written: a tenth of the time went into looking for garbage
    try:
        if in_memory:
            _draw(out, pages, title, saved, {**_OPTIONS, "in_memory": True})
            return
        with tempfile.TemporaryDirectory(prefix="jixiao-", ignore_cleanup_errors=True) as scratch:
            # XlsxWriter leaves its temporary files where it fails
            _draw(out, pages, title, saved, {**_OPTIONS, "tmpdir": scratch})
    finally:
        if collecting:
            gc.enable()


def _draw(
    out: io.BytesIO | _Output,
    pages: Sequence[Page | Table],
    title: str,
    saved: datetime,
    options: dict[str, Any],
) -> None:
    import xlsxwriter  # noqa: PLC0415 - heavy

    from jixiao.office.worksheets import LongSheet, Sheet  # noqa: PLC0415 - the same

    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": title, "created": saved})
    styles = _Styles(book)
    for page in pages:
        book.constant_memory = isinstance(page, Table)  # the rows of a table do not stay in memory
        if isinstance(page, Table):
            tables.write(book.add_worksheet(page.sheet, LongSheet), page, styles)
            continue
        sheet = book.add_worksheet(page.sheet, Sheet)
        _set_rows(sheet, page)
        _write_boxes(sheet, page, styles)
        _write_rules(sheet, page, book.add_format(ALARM) if page.alarms else None)
        _set_print(sheet, page)
        for chart in page.charts:
            _write_chart(book, sheet, page, chart)
        if page.protected:
            sheet.protect("", _ALLOWED)
    book.constant_memory = False  # also for closing: it would look for rows on disk in every sheet
    _write_lists(book, [page for page in pages if isinstance(page, Page)])
    _write_stamps(book, pages)
    book.get_worksheet_by_name(pages[0].sheet).activate()
    book.close()


class _Styles(dict[str, Any]):
    """The formats of a workbook by the names of styles, each made when it is first asked for."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 - XlsxWriter has no types
        """Begin with none."""
        self._book = book

    def __missing__(self, name: str) -> Any:  # noqa: ANN401 - the same
        self[name] = found = self._book.add_format(STYLES[name])
        return found


def _set_rows(sheet: Any, page: Page) -> None:  # noqa: ANN401 - XlsxWriter has no types
    for column, width in enumerate(page.widths):
        sheet.set_column(column, column, width)
    for row in sorted({*page.heights, *page.folded}):
        sheet.set_row(row, page.heights.get(row), None, {"level": 1} if row in page.folded else {})
    if page.frozen:
        sheet.freeze_panes(page.frozen, 0)
    if page.filtered:
        sheet.autofilter(*page.filtered)


def _write_boxes(sheet: Any, page: Page, styles: dict[str, Any]) -> None:  # noqa: ANN401 - the same
    links = 0
    for box in page.boxes:
        style = styles[box.style]
        row, column, bottom, right = box.area
        if (row, column) != (bottom, right):
            _done(sheet.merge_range(row, column, bottom, right, "", style), page, box.area)
        if box.link and links < _MOST_LINKS and _units(box.link, page, box.area) <= _LONGEST_LINK:
            links += 1
            sheet.link(row, column, box.link, str(box.value or ""))
        _done(_write_value(sheet, box, style, page), page, box.area)


def _write_value(sheet: Any, box: Box, style: Any, page: Page) -> int:  # noqa: ANN401 - the same
    row, column, value = box.area.top, box.area.left, box.value
    code: int
    if box.formula:
        code = sheet.write_formula(row, column, box.formula, style, "" if value is None else value)
    elif value is None or value == "":
        code = sheet.write_blank(row, column, None, style)
    elif isinstance(value, str):
        length = _units(value, page, box.area)
        if length > _LONGEST_TEXT:
            raise OutputError(
                f"{page.sheet}!{box.area.a1}：这段文字有 {length} 个字符，Excel 的一个单元格最多放 {_LONGEST_TEXT} 个。"
                "请缩短这段文字后再试。"
            )
        code = sheet.write_text(row, column, value, style)
    else:
        code = sheet.write_number(row, column, value, style)
    return code


def _write_rules(sheet: Any, page: Page, alarm: Any) -> None:  # noqa: ANN401 - the same
    rules = [(one.area, _list_rule(one)) for one in page.dropdowns]
    for check in page.numbers:
        rule = {"validate": "decimal", "criteria": ">=", "value": 0, "error_title": "请填写数字"}
        words = {
            "input_title": check.prompt_title,
            "input_message": check.prompt,
            "error_message": check.error,
        }
        rules.append((check.area, rule | words))
    rules += [
        (one.area, {"validate": "any", "input_title": one.title, "input_message": one.text})
        for one in page.prompts
    ]
    for area, rule in rules:
        _done(sheet.data_validation(*area, rule), page, area)
    for one in page.alarms:
        _done(_write_alarm(sheet, one, alarm), page, one.area)


def _list_rule(one: Dropdown) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": one.source if isinstance(one.source, str) else list(one.source),
        "input_title": one.prompt_title,
        "input_message": one.prompt,
        "show_error": bool(one.error),
        "error_title": "请从列表中选择",
        "error_message": one.error,
        "ignore_blank": one.blank,
    }


def _write_alarm(sheet: Any, one: Alarm, alarm: Any) -> int:  # noqa: ANN401 - the same
    code: int = sheet.conditional_format(
        *one.area, {"type": "formula", "criteria": one.formula, "format": alarm}
    )
    return code


def _set_print(sheet: Any, page: Page) -> None:  # noqa: ANN401 - the same
    sheet.hide_gridlines(_NOWHERE)  # the table has lines of its own
    sheet.set_paper(_A4)
    if page.landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
    sheet.center_horizontally()
    sheet.set_footer("&C第 &P 页 共 &N 页")
    if page.boxes:
        whole = (0, 0, max(box.area.bottom for box in page.boxes), max(box.area.right for box in page.boxes))
        sheet.print_area(*whole)
        area = Area(*whole).a1
        sheet.ignore_errors(
            {"number_stored_as_text": area, "formula_unlocked": area, "empty_cell_reference": area}
        )
    if page.breaks:
        sheet.set_h_pagebreaks(page.breaks)
    if page.print_titles:
        sheet.repeat_rows(*page.print_titles)
    if page.protected:
        sheet.print_black_and_white()  # the tint of input cells is for the screen


def _write_chart(book: Any, sheet: Any, page: Page, chart: Chart) -> None:  # noqa: ANN401 - the same
    drawn = book.add_chart({"type": "bar"})
    drawn.add_series(
        {"categories": [page.sheet, *chart.categories], "values": [page.sheet, *chart.values], "gap": 60}
    )
    drawn.set_title({"name": chart.title, "name_font": {"size": 12}})
    drawn.set_legend({"none": True})
    names = chart.categories.bottom - chart.categories.top + 1
    axis = {
        "reverse": True,
        "crossing": "max",
        "interval_unit": 1,
    }  # the first name on top, as in the table; none left out
    drawn.set_y_axis(axis | ({"num_font": {"size": _SMALL}} if names > _MANY_NAMES else {}))
    drawn.set_x_axis(
        {"major_gridlines": {"visible": True, "line": {"color": _PALE}}, "major_unit": chart.step}
    )
    drawn.set_size({"height": chart.height / _PIXEL})
    placed = sheet.insert_chart(*chart.at, drawn, {"x_offset": _ASIDE, "y_offset": _ASIDE})
    _done(placed, page, Area(*chart.at, *chart.at))


def _write_lists(book: Any, pages: Sequence[Page]) -> None:  # noqa: ANN401 - the same
    found: dict[str, NamedList] = {one.name: one for page in pages for one in page.lists}
    if not found:
        return
    sheet = book.add_worksheet(LIST_SHEET)
    for column, one in enumerate(found.values()):
        for row, word in enumerate(one.words):
            sheet.write_string(row, column, word)
        letters = Area(0, column, 0, column).a1.rstrip("1")
        book.define_name(one.name, f"={LIST_SHEET}!${letters}$1:${letters}${len(one.words)}")
    sheet.very_hidden()


def _write_stamps(book: Any, pages: Sequence[Page | Table]) -> None:  # noqa: ANN401 - the same
    stamped = [(page.sheet, *page.stamp) for page in pages if page.stamp]
    if not stamped:
        return
    sheet = book.add_worksheet(STAMP_SHEET)
    for row, words in enumerate([("sheet", "form", "edition"), *stamped]):
        for column, word in enumerate(words):
            sheet.write_string(row, column, word)
    sheet.very_hidden()
    text = stamps.text((form, edition) for _, form, edition in stamped)
    book.define_name(stamps.NAME, f'="{text}"')
    book.set_custom_property(stamps.PROPERTY, text, "text")


def _units(text: str, page: Page, area: Area) -> int:
    """Count as Excel does, in UTF-16 units; half of a surrogate pair cannot be written at all."""
    try:
        return len(text.encode("utf-16-le")) // 2
    except UnicodeEncodeError as error:
        raise OutputError(
            f"{page.sheet}!{area.a1}：文字里有不完整的字符（第 {error.start + 1} 个），写不进 Excel。请删除或改正这个字符后再试。"
        ) from error


def _done(code: int | None, page: Page, area: Area) -> None:
    """XlsxWriter answers a refusal with a negative number instead of an exception; none may get lost."""
    if code is not None and code < 0:
        raise OutputError(
            f"{page.sheet}!{area.a1}：这一格写不进 Excel（位置超出工作表，或提示、列表、条件太长）。"
            "请缩短内容或减少行数后再试。"
        )
