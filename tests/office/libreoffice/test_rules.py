"""Dropdowns, conditions and protection, through xlwings' public words, in a real LibreOffice."""

import datetime as dt

import pytest
import xlwings as xw


def test_a_dropdown_of_entries_of_cells_and_of_a_name(book, sheet):
    target = sheet["A1:A5"]
    target.data_validation.set_list(["Open", "Closed", 3])
    found = target.data_validation
    assert (found.type, found.source, found.in_cell_dropdown) == ("list", "Open,Closed,3", True)
    other = book.sheets.add("名 单")
    target.data_validation.set_list(other["C1:C2"], in_cell_dropdown=False)
    found = sheet["A3"].data_validation
    assert (found.source, found.in_cell_dropdown) == ("='名 单'!$C$1:$C$2", False)
    other["C1:C2"].name = "choices"
    sheet["B1"].data_validation.set_list(book.names["choices"])
    assert sheet["B1"].data_validation.source == "=choices"
    target.data_validation.delete()
    assert sheet["A1"].data_validation.type == "none"
    assert sheet["A1:B1"].data_validation.type == "mixed_criteria"


@pytest.mark.parametrize(
    ("setter", "words", "kind", "formula"),
    [
        ("set_whole_number", ("between", 1, 10), "whole_number", "=1"),
        ("set_decimal", ("greater_than", 0.5), "decimal", "=0.5"),
        ("set_date", ("less_than", dt.date(2026, 1, 1)), "date", "=DATE(2026,1,1)"),
        ("set_time", ("less_than", dt.time(12, 0)), "time", "=TIME(12,0,0)"),
        ("set_text_length", ("less_than_or_equal", 5), "text_length", "=5"),
    ],
)
def test_rules_that_compare(sheet, setter, words, kind, formula):
    getattr(sheet["A1:A3"].data_validation, setter)(*words)
    found = sheet["A2"].data_validation
    assert (found.type, found.operator, found.formula1) == (kind, words[0], formula)
    assert found.formula2 == ("=10" if kind == "whole_number" else None)


def test_a_rule_of_ones_own(sheet):
    sheet["B2"].data_validation.set_custom("=LEN(A2)>0")
    assert sheet["B2"].data_validation.formula == "=LEN(A2)>0"


def test_different_rules_are_not_overwritten_together(sheet):
    sheet["A1"].data_validation.set_list(["a"])
    with pytest.raises(xw.XlwingsError, match="delete them first"):
        sheet["A1:A2"].data_validation.set_list(["b"])


def test_conditions(sheet):
    cells = sheet["A1:A9"]
    cells.conditional_formats.add_cell_value("greater_than", 5, fill_color="#ffaaaa")
    cells.conditional_formats.add_custom('=$A1="x"', font_bold=True)
    found = list(cells.conditional_formats)
    assert [rule.type for rule in found] == ["cell_value", "custom"]
    assert (found[0].operator, found[0].formula1, found[0].fill_color) == (
        "greater_than",
        "=5",
        (255, 170, 170),
    )
    assert (found[1].formula, found[1].font_bold) == ('=$A1="x"', True)
    cells.conditional_formats.clear()
    assert len(cells.conditional_formats) == 0


WRITES = {
    "value": lambda cell: setattr(cell, "value", 1),
    "formula": lambda cell: setattr(cell, "formula", "=1"),
    "empty": lambda cell: cell.clear_contents(),
    "clear": lambda cell: cell.clear(),
    "color": lambda cell: setattr(cell, "color", "#ff0000"),
    "number format": lambda cell: setattr(cell, "number_format", "0"),
    "font": lambda cell: setattr(cell.font, "bold", True),
    "border": lambda cell: setattr(cell.borders, "line_style", "continuous"),
    "alignment": lambda cell: setattr(cell, "horizontal_alignment", "left"),
    "wrapping": lambda cell: setattr(cell, "wrap_text", True),
    "note": lambda cell: cell.add_note("x"),
    "link": lambda cell: cell.add_hyperlink("https://example.org"),
    "row height": lambda cell: setattr(cell, "row_height", 30),
    "column width": lambda cell: setattr(cell, "column_width", 30),
    "insert": lambda cell: cell.insert("down"),
    "delete": lambda cell: cell.delete("up"),
    "merge": lambda cell: cell.resize(2, 2).merge(),
    "dropdown": lambda cell: cell.data_validation.set_list(["a"]),
    "condition": lambda cell: cell.conditional_formats.add_custom("=TRUE"),
    "copied to": lambda cell: cell.offset(5, 5).copy(cell),
}


@pytest.mark.parametrize("what", WRITES)
def test_a_protected_sheet_refuses_what_excel_refuses(sheet, protect, what):
    sheet["A1"].value = "kept"
    before = sheet["A1"].formula, sheet["A1"].color, sheet["A1"].row_height, sheet["A1"].column_width
    protect(sheet, "B1")
    with pytest.raises(xw.XlwingsError, match="protected"):
        WRITES[what](sheet["A1"])
    assert (
        sheet["A1"].formula,
        sheet["A1"].color,
        sheet["A1"].row_height,
        sheet["A1"].column_width,
    ) == before
    assert (sheet["A1"].note, sheet["A1"].data_validation.type) == (None, "none")


def test_unlocked_cells_of_a_protected_sheet_take_values_only(sheet, protect):
    protect(sheet, "B1:B2")
    sheet["B1:B2"].value = [[1], [2]]
    assert sheet["B1:B2"].value == [1.0, 2.0]
    with pytest.raises(xw.XlwingsError, match="protected"):
        sheet["A1:B1"].value = [1, 2]
    with pytest.raises(xw.XlwingsError, match="protected"):
        sheet["B1"].color = "#ff0000"


def test_a_protected_workbook_keeps_its_sheets(book):
    book.api.protect("")
    for act in (
        lambda: book.sheets.add("new"),
        lambda: setattr(book.sheets[0], "name", "new"),
        book.sheets[0].copy,
    ):
        with pytest.raises(xw.XlwingsError, match="protected"):
            act()
    book.api.unprotect("")
    assert [sheet.name for sheet in book.sheets] == ["Sheet1"]
