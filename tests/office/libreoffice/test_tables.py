"""Texts that are found and replaced, rows in order, and tables, through xlwings' public words."""

import openpyxl
import pytest
import xlwings as xw


@pytest.fixture
def listed(sheet):
    """A sheet of projects: heading, four rows, and a line below that belongs to nothing."""
    sheet["A1"].value = [["项目", "金额"], ["电费", 30], ["水费", 10], ["电费", 20], ["网费", 10]]
    sheet["A7"].value = "注"
    return sheet


@pytest.mark.parametrize(
    ("text", "how", "address"),
    [
        ("费", {}, "$A$2"),
        ("费", {"direction": "backward"}, "$A$5"),
        ("10", {}, "$B$3"),
        ("1", {"whole": True}, None),
        ("网*", {"whole": True}, "$A$5"),
        ("~*", {}, None),
        ("30", {"order": "columns"}, "$B$2"),
    ],
)
def test_a_text_is_found_where_it_stands_first(listed, text, how, address):
    found = listed["A1:B5"].find(text, **how)
    assert (found and found.address) == address


def test_upper_and_lower_case_differ_only_where_that_is_asked(sheet):
    sheet["A1"].value = [["north"], ["North"]]
    assert sheet["A1:A2"].find("North").address == "$A$1"
    assert sheet["A1:A2"].find("North", match_case=True).address == "$A$2"
    assert sheet["A2"].find("north", match_case=True) is None


def test_a_text_is_replaced_in_values_and_formulas_of_the_range_alone(listed):
    listed["C2"].formula = "=B2*2"
    listed["A1:C5"].replace_all("电费", "电 费")
    listed["C1:C5"].replace_all("B2", "B3")
    listed["A4:A7"].replace_all("注", "说明", whole=True)
    assert listed["A1:A7"].value == ["项目", "电 费", "水费", "电 费", "网费", None, "说明"]
    assert (listed["C2"].formula, listed["C2"].value) == ("=B3*2", 20)


def test_cells_of_a_kind_are_told_as_areas(listed):
    listed["C2:C3"].formula = [["=B2"], ["=1/0"]]

    def areas(kind, of=None):
        return [one.address for one in listed["A1:C8"].get_special_cells(kind, of)]

    assert areas("constants", "numbers") == ["$B$2:$B$5"]
    assert areas("constants", "text") == ["$A$1:$A$5", "$A$7", "$B$1"]
    assert (areas("formulas"), areas("formulas", "errors")) == (["$C$2:$C$3"], ["$C$3"])
    assert areas("blanks") == ["$A$6", "$B$6:$B$7", "$C$1", "$C$4:$C$7"]  # as far as the sheet is used
    listed["3:4"].rows.hidden = True
    assert areas("visible") == ["$A$1:$C$2", "$A$5:$C$8"]


def test_rows_are_sorted_by_columns_with_their_looks(listed):
    listed["A2"].color = "#ffc7ce"
    listed["A1:B5"].sort([2, 1], [True, False], has_headers=True)
    assert [row[1] for row in listed["A1:B5"].value] == ["金额", 10, 10, 20, 30]
    assert [listed[f"A{row}"].color for row in (2, 5)] == [None, (255, 199, 206)]
    assert listed["A7"].value == "注"


def test_rows_that_stand_there_twice_go_and_what_is_below_stays(listed):
    listed["A1:B5"].remove_duplicates(1, has_headers=True)
    assert listed["A1:B7"].value == [
        ["项目", "金额"],
        ["电费", 30],
        ["水费", 10],
        ["网费", 10],
        [None, None],
        [None, None],
        ["注", None],
    ]


def test_a_table_is_made_found_sorted_and_saved(book, listed, tmp_path):
    made = listed.tables.add(listed["A1:B5"], name="清单")
    assert [one.name for one in listed.tables] == ["清单"]
    assert (made.range.address, made.header_row_range.address) == ("$A$1:$B$5", "$A$1:$B$1")
    assert (made.data_body_range.address, made.totals_row_range, made.show_autofilter) == (
        "$A$2:$B$5",
        None,
        True,
    )
    assert listed["B3"].table == made
    assert listed["C3"].table is None
    made.sort(2)
    assert listed["B2:B5"].value == [10, 10, 20, 30]
    made.resize(listed["A1:B4"])
    made.name = "项目清单"
    assert "项目清单" in listed.tables
    assert not book.sheets.add("另一张").tables
    with pytest.raises(ValueError, match="intersecting a table"):
        listed["A1:B3"].sort(1)
    with pytest.raises(xw.XlwingsError, match="already"):
        listed.tables.add(listed["D1:E2"], name="项目清单")
    book.save(tmp_path / "a.xlsx")
    saved = openpyxl.load_workbook(tmp_path / "a.xlsx")[listed.name]
    assert [(one.name, one.ref) for one in saved.tables.values()] == [("项目清单", "A1:B4")]


def test_tables_come_in_the_order_in_which_they_stand(listed):
    listed.tables.add(listed["D1:E3"], name="甲")
    listed.tables.add(listed["A1:B5"], name="乙")
    listed.tables.add(listed["A8:B9"], name="A")
    assert [one.name for one in listed.tables] == ["乙", "甲", "A"]
    assert listed.tables[0].range.address == "$A$1:$B$5"


def test_a_table_without_headings_gets_some(listed):
    made = listed.tables.add(listed["A2:B5"], has_headers=False)
    assert made.header_row_range.value == ["Column1", "Column2"]
    assert made.data_body_range.value[0] == ["电费", 30]
    assert (made.name, listed["A8"].value) == ("Table1", "注")


def test_what_the_office_has_not_is_refused_in_a_sentence(listed):
    made = listed.tables.add(listed["A1:B5"])
    with pytest.raises(NotImplementedError, match="table_style"):
        made.table_style = "TableStyleLight1"
    with pytest.raises(NotImplementedError, match="totals"):
        made.show_totals = True
    with pytest.raises(NotImplementedError, match="not by 4"):
        listed["D1:H5"].sort([1, 2, 3, 4])
