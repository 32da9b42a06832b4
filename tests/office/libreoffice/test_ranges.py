"""Values, formulas and looks of cells, through xlwings' public words, in a real LibreOffice."""

# ruff: noqa: DTZ001  # a cell's date has no time zone

import datetime as dt

import pytest
import xlwings as xw

from jixiao.office.libreoffice.border import enum, struct


def test_values_of_all_kinds_return_as_they_were_written(sheet):
    rows = [
        ["a", 1.5, True, dt.datetime(2026, 1, 2), None],
        ["é中", -3.0, False, dt.datetime(2026, 1, 2, 3, 4, 5), None],
    ]
    sheet["B2"].value = rows
    assert sheet["B2:F3"].value == rows


def test_typed_texts_become_what_excel_makes_of_them(sheet):
    sheet["A1"].value = [["007", "1,234", "12%", "TRUE", "2026-11-22", "'=x", "1-2x"]]
    assert sheet["A1:D1"].value == [7.0, 1234.0, 0.12, True]
    assert sheet["E1"].value == dt.datetime(2026, 11, 22)
    assert sheet["F1:G1"].value == ["=x", "1-2x"]
    assert sheet["C1"].number_format == "0%"


def test_cells_of_text_format_keep_every_text(sheet):
    sheet["A1:C1"].number_format = "@"
    sheet["A1:D1"].value = ["007", "=1+1", "TRUE", "=1+1"]
    assert sheet["A1:D1"].value == ["007", "=1+1", "TRUE", 2.0]


@pytest.mark.parametrize("text", ["= 0 次 ", "=1+1", "=甲", "="])
def test_a_text_that_begins_like_a_formula_is_told_as_it_is(sheet, text):
    sheet["A1"].api.setString(text)
    sheet["A2"].formula = "=1+1"
    assert (sheet["A1"].value, sheet["A1"].formula) == (text, text)
    assert sheet["A1:A2"].formula == ((text,), ("=1+1",))


def test_a_format_that_is_there_is_kept(sheet):
    sheet["A1"].number_format = "yyyy-mm-dd"
    sheet["A1:A2"].value = [[dt.date(2024, 5, 6)], [dt.date(2024, 5, 7)]]
    assert [sheet["A1"].number_format, sheet["A2"].number_format] == ["yyyy-mm-dd", "m/d/yyyy"]


def test_none_over_whole_columns_empties_them(sheet):
    sheet["A1:C3"].value = [[1, 2, 3]] * 3
    sheet["A:B"].value = None
    assert sheet["A1:C1"].value == [None, None, 3.0]


def test_a_whole_column_is_read_to_its_last_row(sheet):
    sheet["B2"].value = "x"
    column = sheet["B:B"].value
    assert (len(column), column[:3], set(column[2:])) == (1_048_576, [None, "x", None], {None})


def test_formulas_cross_in_excels_grammar(book, sheet):
    book.sheets.add("My Sheet", after=sheet)["A1"].value = 1
    sheet["A1"].value = [[1, 2], [3, 4]]
    formulas = [
        '=IF(\'My Sheet\'!$A$1>0,"a,b","c;d")',
        "=SUM(A1:B2,10)",
        "=SUM({1,2;3,4})",
        "=A1%",
        "=-A1^2",
        "=#REF!",
        '=SUM(#REF!,1)&"#REF!"',
    ]
    sheet["D1"].value = [[text] for text in formulas]
    assert [row[0] for row in sheet["D1:D7"].formula] == formulas
    assert sheet["D1:D5"].value == ["a,b", 20.0, 10.0, 0.01, 1.0]


@pytest.mark.parametrize("formula", ["=SUM(A1,$A$1)", '=A1&"x"&$A$1', "=SUM(Sheet1!A1,Sheet1!$A$1)"])
def test_one_formula_over_a_block_follows_its_cells(sheet, formula):
    sheet["C1:C2"].formula = formula
    assert sheet["C2"].formula == formula.replace("A1", "A2")


def test_a_formula_leaves_the_looks_of_its_cells(sheet):
    sheet["A2"].color = "#ff0000"
    sheet["A1:A3"].formula = "=ROW()"
    assert [sheet[f"A{row}"].color for row in (1, 2, 3)] == [None, (255, 0, 0), None]


def test_an_error_is_none_or_its_word(sheet):
    sheet["A1"].value = [["=1/0", "=NA()", '=VALUE("x")']]
    assert sheet["A1:C1"].value == [None, None, None]
    assert sheet["A1:C1"].options(err_to_str=True).value == ["#DIV/0!", "#N/A", "#VALUE!"]


def test_ends_and_regions(sheet):
    sheet["B2"].value = [[1, 2], [3, 4], [None, None], [5, 6]]
    assert sheet["B2"].end("down").address == "$B$3"
    assert sheet["B3"].end("down").address == "$B$5"
    assert sheet["C5"].end("left").address == "$B$5"
    assert sheet["B2"].end("right").end("right").address == "$XFD$2"
    assert sheet["B2"].expand().address == "$B$2:$C$3"
    assert sheet["B2"].current_region.address == "$B$2:$C$3"
    assert sheet.used_range.address == "$B$2:$C$5"


def test_merged_cells(sheet):
    sheet["A1"].value = "x"
    sheet["A1:B3"].merge()
    assert (sheet["B2"].merge_area.address, sheet["B2"].merge_cells) == ("$A$1:$B$3", True)
    sheet["A1"].unmerge()
    sheet["A1:B3"].unmerge()
    assert sheet["B2"].merge_area.address == "$B$2"


def test_looks_are_read_back_and_disagreement_is_none(sheet):
    cells = sheet["A1:B2"]
    cells.color, cells.number_format, cells.wrap_text = (255, 199, 206), '0.00"万元"', True
    cells.horizontal_alignment, cells.vertical_alignment = "center", "top"
    cells.font.bold, cells.font.italic, cells.font.size, cells.font.color = True, True, 14, "#0000ff"
    cells.font.name = "Noto Sans CJK SC"
    assert (cells.color, cells.number_format, cells.wrap_text) == ((255, 199, 206), '0.00"万元"', True)
    assert (cells.horizontal_alignment, cells.vertical_alignment) == ("center", "top")
    assert (cells.font.bold, cells.font.italic, cells.font.size) == (True, True, 14.0)
    assert (cells.font.color, cells.font.name) == ((0, 0, 255), "Noto Sans CJK SC")
    wider = sheet["A1:C2"]
    assert [wider.color, wider.number_format, wider.wrap_text, wider.font.bold] == [None] * 4


def test_fills_cell_by_cell(sheet):
    sheet["A1:B2"].color = "#00ff00"
    sheet["A1:B2"].set_colors([["#ff0000", None], [(0, 0, 255), ...]])
    assert [sheet[a].color for a in ("A1", "B1", "A2", "B2")] == [(255, 0, 0), None, (0, 0, 255), (0, 255, 0)]


def test_many_fills_of_few_colours(sheet):
    colors = [[("#FFC7CE", "#FFEB9C", ..., None)[(r + c) % 4] for c in range(20)] for r in range(30)]
    sheet["B2:U31"].color = "#0000ff"
    sheet["B2:U31"].set_colors(colors)
    wanted = {"#FFC7CE": (255, 199, 206), "#FFEB9C": (255, 235, 156), ...: (0, 0, 255), None: None}
    for r, c in ((0, 0), (7, 3), (29, 19), (13, 4), (1, 1)):
        assert sheet["B2"].offset(r, c).color == wanted[colors[r][c]]


def test_sizes_are_excels(sheet):
    sheet["B:C"].column_width, sheet["2:3"].row_height = 20, 30
    assert (sheet["B1"].column_width, sheet["A2"].row_height) == (20, 30)
    assert sheet["A1:B1"].column_width is None
    sheet["B:B"].columns.hidden = True
    assert (sheet["B:B"].columns.hidden, sheet["A:B"].columns.hidden) == (True, None)
    sheet["E1"].value = "a rather long text that asks for a wide column"
    narrow = sheet["E1"].column_width
    sheet["E1"].columns.autofit()
    assert sheet["E1"].column_width > narrow


def test_borders_by_side(sheet):
    borders = sheet["B2:D4"].borders
    borders.set("outside", line_style="continuous", weight="medium", color="#ff0000")
    assert borders["edge_top"].line_style == "continuous"
    assert (borders["edge_left"].weight, borders["edge_left"].color) == ("medium", (255, 0, 0))
    assert borders["inside_vertical"].line_style is None
    borders["diagonal_up"].line_style = "dash"
    assert sheet["C3"].borders["diagonal_up"].line_style == "dash"
    borders.clear()
    assert [borders[side].line_style for side in ("edge_top", "edge_left", "diagonal_up")] == [None] * 3


def test_notes(sheet):
    sheet["B2"].add_note("one")
    sheet["C3"].add_note("两行\n第二行")
    assert [(note.location.address, note.text) for note in sheet.notes] == [
        ("$B$2", "one"),
        ("$C$3", "两行\n第二行"),
    ]
    sheet["B2"].note.text = "changed"
    assert sheet["B2"].note.text == "changed"
    sheet["B2"].note.delete()
    assert sheet["B2"].note is None
    assert len(sheet.notes) == 1


def test_hyperlinks(sheet):
    sheet["A1"].add_hyperlink("https://example.org/", "shown")
    assert (sheet["A1"].value, sheet["A1"].hyperlink) == ("shown", "https://example.org/")
    with pytest.raises(xw.XlwingsError, match=r"Sheet1!\$A\$2"):
        _ = sheet["A2"].hyperlink


def test_insert_and_delete(sheet):
    sheet["A1"].value = [["a"], ["b"]]
    sheet["1:1"].insert("down")
    assert sheet["A1:A3"].value == [None, "a", "b"]
    sheet["A2"].insert("right")
    assert sheet["A2:B2"].value == [None, "a"]
    sheet["A2"].delete("left")
    sheet["1:1"].delete("up")
    assert sheet["A1:A2"].value == ["a", "b"]


def test_copies_take_values_and_looks_also_to_another_book(app, sheet):
    other = app.books.add()
    sheet["A1"].value = [["a", "=1+1"]]
    sheet["A1"].color = "#ff0000"
    sheet["A1:B1"].copy(sheet["C5"])
    sheet["A1:B1"].copy(other.sheets[0]["B2"])
    assert (sheet["C5:D5"].value, sheet["C5"].color) == (["a", 2.0], (255, 0, 0))
    assert (other.sheets[0]["B2:C2"].value, other.sheets[0]["B2"].color) == (["a", 2.0], (255, 0, 0))
    other.close()


def test_paste_special(sheet):
    sheet["A1"].value = [["=1+1", 5]]
    sheet["A1"].color = "#ff0000"
    sheet["A1:B1"].copy()
    sheet["D1"].paste(paste="values", transpose=True)
    sheet["F1"].paste(paste="formats")
    assert (sheet["D1:D2"].value, sheet["D1"].formula, sheet["D1"].color) == ([2.0, 5.0], "2", None)
    assert (sheet["F1"].value, sheet["F1"].color) == (None, (255, 0, 0))
    with pytest.raises(NotImplementedError, match="paste special"):
        sheet["H1"].paste(paste="column_widths")


def test_selection_is_kept_where_a_copy_needs_one(app, sheet):
    sheet["C3:D4"].select()
    sheet["A1"].copy()
    sheet["A5"].paste()
    assert app.selection.address == "$C$3:$D$4"


def test_the_cell_that_is_selected_in_a_row_hidden_by_a_filter_is_the_selection(app, sheet):
    sheet["B1:B4"].value = [["年"], [1], [2], [1]]
    rule = struct("sheet.TableFilterField")
    rule.Field, rule.IsNumeric, rule.NumericValue = 0, True, 1
    rule.Operator = enum("sheet.FilterOperator", "EQUAL")
    wanted = sheet["B1:B4"].api.createFilterDescriptor(True)  # noqa: FBT003 - UNO knows no keywords
    wanted.ContainsHeader = True
    wanted.setFilterFields((rule,))
    sheet["B1:B4"].api.filter(wanted)
    sheet["B3"].select()
    assert app.selection.address == "$B$3"


def test_characters(sheet):
    sheet["A1"].value = "绩效目标"
    sheet["A1"].characters[2:].font.bold = True
    assert [sheet["A1"].characters[i].font.bold for i in range(4)] == [False, False, True, True]
    assert sheet["A1"].characters[-1].text == "标"


def test_what_is_missing_says_so(sheet):
    with pytest.raises(NotImplementedError, match=r"Range\.copy_picture is not available"):
        sheet["A1"].copy_picture()
    with pytest.raises(NotImplementedError, match=r"Sheet\.charts is not available"):
        _ = sheet.charts
    with pytest.raises(NotImplementedError, match=r"Sheet\.freeze_panes is not available"):
        _ = sheet.freeze_panes.freeze_at("A1")


def test_formula2_calculates_over_cells_as_excel_does(sheet):
    sheet["A3:A5"].value = [[1], [2], [3]]
    sheet["B1"].formula2 = "=SUM(A3:A5*2)"
    sheet["B2"].formula2 = "=A3+1"
    assert [sheet[cell].value for cell in ("B1", "B2")] == [12, 2]
    assert [sheet[cell].formula2 for cell in ("B1", "B2")] == ["=SUM(A3:A5*2)", "=A3+1"]
    assert sheet["B1"].formula == "=SUM(A3:A5*2)"
    assert not sheet["B2"].has_array
