"""A formula that names cells of another sheet crosses without asking the office, and means the same as when it is asked."""

import pytest

from jixiao.office.libreoffice.formulas import Grammar, moved

NAMES = ["表", "表 1", "改名'了", "A1", "2024", "O'Brien & (x)", "Sheet1"]


@pytest.mark.parametrize("name", NAMES)
def test_the_short_way_and_the_offices_own_way_agree(book, name):
    """Law: the same formula is in the cell, whichever way it went."""
    sheet, other = book.sheets[0], book.sheets.add("别的", after=book.sheets[0])
    sheet.name = name
    quoted = name.replace("'", "''")
    for formula in (f"=ISREF('{quoted}'!$A$1)", f"=SUM('{quoted}'!A1,'{quoted}'!$B$2)+1"):
        other["A1"].formula = formula
        short = other["A1"].api.getFormula()
        at = other["A1"].impl.place.start
        grammar = other.book.impl.document.grammar
        other["A1"].api.setFormula(Grammar._converted(grammar, formula, 3, 0, at))
        assert other["A1"].api.getFormula() == short
        back = other["A1"].formula
        other["A1"].formula = back
        assert other["A1"].api.getFormula() == short


def test_a_formula_follows_rows_and_names(book):
    sheet, other = book.sheets[0], book.sheets.add("别的", after=book.sheets[0])
    other["A1"].formula = f"=ISREF('{sheet.name}'!$B$3)"
    sheet.range("1:1").insert("down")
    sheet.name = "改名'了"
    assert other["A1"].formula == "=ISREF('改名''了'!$B$4)"
    sheet.range("4:4").delete("up")
    assert "#REF!" in other["A1"].formula


def test_filling_down_leaves_formulas_with_sheets_to_the_office():
    assert moved("=A1+1", 1, 0) == "=A2+1"
    assert moved("='A1'!B2", 1, 0) is None


def test_a_font_is_set_for_chinese_characters_too(sheet):
    cells = sheet["A1"]
    cells.font.size, cells.font.bold, cells.font.italic = 20, True, True
    api = cells.api
    assert (api.CharHeightAsian, api.CharWeightAsian) == (20, 150)
    assert api.CharPostureAsian.value == "ITALIC"
