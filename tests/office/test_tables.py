"""A ledger sheet: typed cells, links within Excel's limit, nothing silently lost."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from jixiao.errors import OutputError
from jixiao.office import tables, writing
from jixiao.office.tables import Column, Item, Table

COLUMNS = (Column("序号", 6, "number"), Column("内容", 30), Column("文件", 20, "link"))


def written(*rows):
    data = writing.workbook([Table("清单", "清单（共若干行）", COLUMNS, iter(rows))])
    return load_workbook(io.BytesIO(data))["清单"]


def test_text_stays_text_and_numbers_stay_numbers_also_under_a_link():
    link = "external:a.xlsx#'表'!B3"
    sheet = written((1, "=1+1", Item("a.xlsx", link=link)), (2, None, Item(1.5, "money_plain", link)))
    assert [(cell.value, cell.data_type) for cell in sheet[3]] == [(1, "n"), ("=1+1", "s"), ("a.xlsx", "s")]
    assert (sheet["C4"].value, sheet["C4"].data_type, sheet["C4"].number_format) == (1.5, "n", "#,##0.00####")
    assert {sheet[at].hyperlink.target for at in ("C3", "C4")} == {"a.xlsx"}
    assert sheet["C3"].hyperlink.location == "'表'!B3"


def test_a_link_leads_where_it_says_whatever_the_sheet_is_called():
    places = ["external:甲 乙&丙/a%23b.xlsx#'<\"项'' 目&>'!C5", "internal:'整体_<甲&乙>'!A1"]
    sheet = written(*((n, None, Item("到", link=place)) for n, place in enumerate(places)))
    links = [sheet.cell(row, 3).hyperlink for row in (3, 4)]
    assert [(one.target, one.location) for one in links] == [
        ("甲 乙&丙\\a%23b.xlsx", "'<\"项'' 目&>'!C5"),
        (None, "'整体_<甲&乙>'!A1"),
    ]


@given(st.lists(st.text(min_size=1, max_size=20), min_size=1, max_size=8))
def test_every_text_is_read_back_to_the_letter(texts):
    sheet = written(*((n, text, None) for n, text in enumerate(texts)))
    assert [unescape(row[1].value) for row in sheet.iter_rows(min_row=3)] == texts


@pytest.mark.parametrize(
    "text", ["<r>&</r>", "<r><t>字</t></r>", "_x0041_", "a\x01b", " 前后 ", "两\n行", "<&>"]
)
def test_no_text_is_taken_for_markup(text):
    assert unescape(written((1, text, None))["B3"].value) == text


def test_half_an_emoji_does_not_stop_a_merge():
    assert written((1, "好\ud83d的", None))["B3"].value == "好?的"


@given(st.lists(st.one_of(st.integers(-(10**15), 10**15), st.floats(-1e15, 1e15)), min_size=1, max_size=8))
def test_every_number_is_read_back_as_excel_keeps_it(numbers):
    sheet = written(*((number, None, None) for number in numbers))
    assert [row[0].value for row in sheet.iter_rows(min_row=3)] == [float(f"{one:.16G}") for one in numbers]


@pytest.mark.parametrize("number", [float("inf"), float("nan")])
def test_what_is_no_number_of_a_cell_is_refused_in_words(number):
    with pytest.raises(OutputError, match="清单 第 4 行"):
        written((1, None, None), (number, None, None))


def test_every_row_has_its_height_and_the_headings_stay_in_view():
    sheet = written((1, "短", None), (2, "很长的一段话" * 10, None))
    wanted = [tables.height([1, text, None], [6, 30, 20]) for text in ("短", "很长的一段话" * 10)]
    assert [sheet.row_dimensions[row].height for row in (3, 4)] == wanted
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.dimensions) == ("A3", "A2:C4", "A1:C4")


def test_beyond_the_limit_of_links_the_text_stays(monkeypatch):
    monkeypatch.setattr(tables, "MOST_LINKS", 2)
    sheet = written(*((n, None, Item(f"{n}.xlsx", link=f"external:{n}.xlsx")) for n in range(4)))
    assert [bool(sheet.cell(row, 3).hyperlink) for row in range(3, 7)] == [True, True, False, False]
    assert sheet["C6"].value == "3.xlsx"


@pytest.mark.parametrize("letter", ["长", "𠮷"])
def test_a_text_that_no_cell_can_hold_is_cut_and_says_so(letter):
    text = written((1, letter * 40_000, None))["B3"].value
    assert text.startswith(letter * 16_000)
    assert "过长" in text


def test_a_row_is_as_high_as_its_longest_text():
    low, high = tables.height(["短"], [20]), tables.height(["很长的一段话" * 10], [20])
    assert high > 4 * low


@given(st.integers(1, 200), st.integers(8, 60))
def test_no_line_of_chinese_is_hidden_in_excel(letters, width):
    """Excel gives a column 7 pixels a character, a Chinese letter of 11 points 15, and an indent takes some."""
    in_a_line = (width * 7 - 8) // 15
    lines = -(-letters // in_a_line)
    assert tables.height(["字" * letters], [width]) >= min(409, lines * 14.25)


def test_a_text_of_several_lines_has_a_line_for_each():
    assert tables.height(["一\n二\n三"], [20]) == tables.height(["字" * 24], [20])


def test_an_empty_ledger_has_its_headings():
    sheet = written()
    assert [cell.value for cell in sheet[2]] == ["序号", "内容", "文件"]
    assert sheet.print_title_rows == "$2:$2"
