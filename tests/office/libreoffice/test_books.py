"""Workbooks, sheets and names, through xlwings' public words, in a real LibreOffice."""

# ruff: noqa: DTZ001  # a cell's date has no time zone

import datetime as dt

import openpyxl
import pytest
import xlwings as xw
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill, Protection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

from jixiao.office.libreoffice.border import struct as uno_struct


def test_a_book_is_saved_opened_and_saved_as(app, tmp_path):
    path = tmp_path / "绩效 & 目标=2024.xlsx"
    made = app.books.add()
    made.sheets[0]["A1"].value = "一"
    made.save(path)
    assert (made.name, made.fullname) == (path.name, str(path))
    made.sheets[0]["A2"].value = "二"
    made.save()
    made.save(tmp_path / "copy.ods")
    made.close()
    again = app.books.open(path)
    assert again.sheets[0]["A1:A2"].value == ["一", "二"]
    assert app.books[path.name] == again
    again.close()
    assert (tmp_path / "copy.ods").stat().st_size


@pytest.mark.parametrize("suffix", [".xlsb", ".xlam", ".docx"])
def test_a_kind_of_file_that_cannot_be_written_is_declined(book, tmp_path, suffix):
    with pytest.raises(NotImplementedError, match=suffix):
        book.save(tmp_path / f"x{suffix}")


def test_what_cannot_be_opened_or_saved_says_so_and_leaves_no_book(app, book, tmp_path):
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 nothing of use")
    count = len(app.books)
    with pytest.raises(FileNotFoundError):
        app.books.open(tmp_path / "absent.xlsx")
    with pytest.raises(OSError, match="could not open"):
        app.books.open(broken)
    with pytest.raises(FileNotFoundError, match="no such folder"):
        book.save(tmp_path / "no such folder" / "x.xlsx")
    assert len(app.books) == count


PAGE = "<meta charset=utf-8><table><tr><td>项目<td>金额<tr><td>电费<td>100</table>"
TABBED = "项目\t金额\n电费\t100\n"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("comma.csv", "项目,金额\n电费,100\n".encode()),
        ("marked.csv", "项目,金额\n电费,100\n".encode("utf-8-sig")),
        ("chinese.csv", "项目,金额\n电费,100\n".encode("gb18030")),
        ("tabs.txt", TABBED.encode()),
        ("Unicode.txt", TABBED.encode("utf-16")),
        ("tabs.tsv", TABBED.encode("gbk")),
        ("exported.xls", TABBED.encode("gbk")),
        ("page.html", PAGE.encode()),
        ("a page in truth.xls", PAGE.encode()),
    ],
)
def test_a_table_in_a_text_is_opened_as_a_table(app, tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    book = app.books.open(tmp_path / name)
    assert book.sheets[0].used_range.value == [["项目", "金额"], ["电费", 100]]
    book.close()


@pytest.mark.parametrize(
    ("name", "data"), [("empty.xlsx", b""), ("letter.doc", b"{\\rtf1 Hello}"), ("notes.md", b"# x")]
)
def test_what_is_no_table_is_not_opened_and_leaves_no_document(app, tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(OSError, match="could not open"):
        app.books.open(tmp_path / name)
    assert not [
        one for one in _components(app) if not one.supportsService("com.sun.star.sheet.SpreadsheetDocument")
    ]


def _components(app):
    found = app.api.getComponents().createEnumeration()
    while found.hasMoreElements():
        yield found.nextElement()


def test_a_text_file_is_saved_with_its_chinese(book, tmp_path):
    book.sheets[0]["A1"].value = [["项目", "金额"], ["电费", 100]]
    book.save(tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_text(encoding="utf-8").splitlines() == ["项目,金额", "电费,100"]


@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".ods"])
def test_a_locked_file_opens_with_its_password_alone_and_never_asks_in_a_box(app, book, tmp_path, suffix):
    path = tmp_path / f"locked{suffix}"
    book.sheets[0]["A1"].value = "secret"
    book.save(path, password="1234")
    book.save(tmp_path / "open.xlsx")
    assert b"secret" not in path.read_bytes()
    for password in ("other", None):
        with pytest.raises(OSError, match="could not open"):
            app.books.open(path, password=password)
    opened = app.books.open(path, password="1234")
    assert opened.sheets[0]["A1"].value == "secret"
    opened.close()


def test_a_text_file_takes_no_password(book, tmp_path):
    with pytest.raises(NotImplementedError, match="password"):
        book.save(tmp_path / "a.csv", password="1234")


def test_a_read_only_book_is_not_saved(app, book, tmp_path):
    book.save(tmp_path / "a.xlsx")
    book.save(tmp_path / "b.xlsx")
    opened = app.books.open(tmp_path / "a.xlsx", read_only=True)
    with pytest.raises(OSError, match="could not save"):
        opened.save()
    opened.close()


def test_the_active_book_is_the_one_last_shown(app, book):
    other = app.books.add()
    assert app.books.active == other
    book.activate()
    assert app.books.active == book
    other.close()


def test_what_the_office_writes_other_programs_read(app, tmp_path):
    made = app.books.add()
    sheet = made.sheets[0]
    sheet["A1"].value = [["名称", 1.5, True, dt.datetime(2024, 5, 6)]]
    sheet["A2"].data_validation.set_list(["甲", "乙"])
    sheet["A1"].color = "#FFC7CE"
    sheet["A1"].add_note("说明")
    sheet["B3:C4"].merge()
    sheet["A1:B1"].name = "头"
    made.save(tmp_path / "a.xlsx")
    made.close()
    read = openpyxl.load_workbook(tmp_path / "a.xlsx")
    cells = read.active
    assert [cell.value for cell in cells[1]] == ["名称", 1.5, True, dt.datetime(2024, 5, 6)]
    assert cells.data_validations.dataValidation[0].formula1 == '"甲,乙"'
    assert (cells["A1"].fill.fgColor.rgb, cells["A1"].comment.text) == ("FFFFC7CE", "说明")
    assert [str(area) for area in cells.merged_cells.ranges] == ["B3:C4"]
    assert read.defined_names["头"].attr_text.endswith("$A$1:$B$1")


def test_what_other_programs_write_the_office_reads(app, tmp_path):
    made = openpyxl.Workbook()
    cells = made.active
    cells.title, cells["A1"], cells["A2"], cells["B1"] = "表 一", "x", 0.95, "=A2*2"
    cells["A2"].number_format = "0%"
    cells["A1"].comment = Comment("note", "author")
    cells["A1"].fill = PatternFill("solid", fgColor="FFEB9C")
    cells["C1"].protection = Protection(locked=False)
    rule = DataValidation(type="list", formula1='"a,b"', showInputMessage=True, promptTitle="t", prompt="p")
    cells.add_data_validation(rule)
    rule.add("C1")
    cells.protection.sheet = True
    made.save(tmp_path / "a.xlsx")
    book = app.books.open(tmp_path / "a.xlsx")
    sheet = book.sheets["表 一"]
    assert (sheet["A2"].value, sheet["A2"].number_format, sheet["B1"].value) == (0.95, "0%", 1.9)
    assert (sheet["A1"].note.text, sheet["A1"].color) == ("note", (255, 235, 156))
    found = sheet["C1"].data_validation
    assert (found.type, found.source, found.input_title, found.input_message) == ("list", "a,b", "t", "p")
    sheet["C1"].value = "a"
    with pytest.raises(xw.XlwingsError, match="protected"):
        sheet["A1"].value = "y"
    book.close()


def test_sheets_are_added_named_moved_copied_hidden_and_deleted(book):
    first = book.sheets[0]
    second = book.sheets.add("乙", after=first)
    assert [sheet.name for sheet in book.sheets] == [first.name, "乙"]
    assert book.sheets.active == second
    second.name = "丙"
    first["A1"].value = "x"
    copy = first.copy(after=second, name="丁")
    assert (copy["A1"].value, [sheet.name for sheet in book.sheets][1:]) == ("x", ["丙", "丁"])
    second.visible = False
    assert [sheet.visible for sheet in book.sheets] == [True, False, True]
    copy.delete()
    assert len(book.sheets) == 2
    with pytest.raises(xw.XlwingsError, match="cannot be named"):
        second.name = first.name


@pytest.mark.parametrize("gone", range(4))
def test_with_a_sheet_go_its_own_tables_alone(app, tmp_path, gone):
    made = openpyxl.Workbook()
    made.remove(made.active)
    for number in range(4):
        sheet = made.create_sheet(f"表{number}")
        for row in (("月", "数"), (1, 2), (3, 4)):
            sheet.append(row)
        sheet.add_table(Table(displayName=f"T{number}", ref="A1:B3"))
    made.save(tmp_path / "a.xlsx")
    book = app.books.open(tmp_path / "a.xlsx")
    book.sheets[gone].delete()
    book.save(tmp_path / "b.xlsx")
    book.close()
    saved = openpyxl.load_workbook(tmp_path / "b.xlsx")
    found = {sheet.title: [(one.name, one.ref) for one in sheet.tables.values()] for sheet in saved}
    assert found == {f"表{number}": [(f"T{number}", "A1:B3")] for number in range(4) if number != gone}


def test_a_filter_of_the_sheet_before_a_deleted_one_filters_as_before(book):
    for _ in range(3):
        book.sheets.add(after=book.sheets[-1])
    before, gone = book.sheets[2], book.sheets[3]
    before["A1"].value = [["科室", "数"], ["甲", 2], ["乙", 4]]
    ranges = book.api.DatabaseRanges
    ranges.addNewByName("名单", before["A1:B3"].api.getRangeAddress())
    ranges.getByName("名单").AutoFilter = True
    filtered = ranges.getByName("名单").getFilterDescriptor()
    field = uno_struct("sheet.TableFilterField3")
    value = uno_struct("sheet.FilterFieldValue")
    value.FilterType, value.StringValue = 1, "乙"
    field.Field, field.Operator, field.Values = 0, 2, (value,)
    filtered.setFilterFields3((field,))
    ranges.getByName("名单").refresh()
    shown = [before[f"A{row}"].rows.hidden for row in (1, 2, 3)]
    gone.delete()
    kept = ranges.getByName("名单")
    assert (kept.AutoFilter, kept.ContainsHeader) == (True, True)
    kept.refresh()
    assert [before[f"A{row}"].rows.hidden for row in (1, 2, 3)] == shown == [False, True, False]


def test_a_sheet_is_copied_to_another_book(app, book):
    other = app.books.add()
    book.sheets[0]["A1"].value = "x"
    book.sheets[0].copy(before=other.sheets[0], name="copied")
    book.sheets[0].copy(after=other.sheets[0])
    assert [sheet.name for sheet in other.sheets] == ["copied", "Sheet1 (2)", "Sheet1"]
    assert (other.sheets["copied"]["A1"].value, other.sheets.active.name) == ("x", "Sheet1 (2)")
    other.close()


def test_the_office_outlives_sheets_copied_before_the_one_in_front(app, book):
    book.sheets[0]["A1"].value = "x"
    for _ in range(40):
        other = app.books.add()
        book.sheets[0].copy(before=other.sheets[0], name="copied")
        assert [sheet.name for sheet in other.sheets] == ["copied", "Sheet1"]
        other.close()


def test_a_sheet_still_counts_from_its_corner_after_cells_were_deleted(sheet):
    sheet["A1"].value = [["a", "b"], ["c", "d"], ["e", "f"]]
    kept = sheet["A3"]
    assert kept.value == "e"
    sheet["1:1"].delete("up")
    sheet["A1"].delete("left")
    assert sheet["A1:B2"].value == [["d", None], ["e", "f"]]
    assert (kept.address, kept.value) == ("$A$3", None)
    sheet.clear()
    assert sheet["A1:B2"].value == [[None, None], [None, None]]


def test_names_of_book_and_sheet(book, sheet):
    sheet["A1:B2"].name = "区域"
    sheet.names.add("local", "=Sheet1!$C$3")
    book.names.add("rate", "=0.05")
    assert {name.name for name in book.names} == {"区域", "Sheet1!local", "rate"}
    assert sheet["区域"].address == "$A$1:$B$2"
    assert sheet["local"].address == "$C$3"
    assert book.names["rate"].refers_to == "=0.05"
    assert book.names["区域"].refers_to_range == sheet["A1:B2"]
    assert sheet["A1:B2"].name.name == "区域"
    with pytest.raises(xw.XlwingsError, match="refers to no cells"):
        _ = book.names["rate"].refers_to_range
    book.names["区域"].name = "area"
    book.names["area"].delete()
    assert "area" not in book.names


def test_pages_of_pdf(book, sheet, tmp_path):
    sheet["A1"].value = "x"
    sheet.page_setup.print_area = "A1:B2"
    assert sheet.page_setup.print_area == "$A$1:$B$2"
    for number, what in enumerate((book, sheet, sheet["A1"])):
        what.to_pdf(tmp_path / f"{number}.pdf")
        assert (tmp_path / f"{number}.pdf").read_bytes().startswith(b"%PDF-")
    with pytest.raises(FileNotFoundError, match="no such folder"):
        book.to_pdf(tmp_path / "no such folder" / "x.pdf")
