"""A page becomes a sheet; what a person has on sheets of their own is never touched."""

import pytest

from jixiao.marking.page import _address
from jixiao.model import Area, Box, Page
from jixiao.office import excel


def page(*rows, **more):
    heads = [Box(Area(1, at, 1, at), text, "header") for at, text in enumerate(("问题", "链接"))]
    boxes = [Box(Area(0, 0, 0, 1), "校验结果：表", "title"), *heads]
    for number, (text, link) in enumerate(rows, 2):
        boxes += [
            Box(Area(number, 0, number, 0), text, "wrapped"),
            Box(Area(number, 1, number, 1), "A1", "link", link=link),
        ]
    return Page("校验结果", (30.0, 12.0), tuple(boxes), heights={0: 40.0}, frozen=2, **more)


@pytest.fixture
def book(app):
    made = app.books.add()
    made.sheets[0].name = "表"
    yield made
    made.close()


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "007", "2024-01-01", "TRUE", "'撇", "≥95%", "95%"]
)
def test_text_stays_text_whatever_it_looks_like(book, text):
    excel.mark(book, [])
    excel.show_page(book, page((text, "internal:'表'!A1")))
    cell = book.sheets["校验结果"]["A3"]
    assert (cell.value, cell.formula) == (text, text)


def test_the_page_looks_as_it_is_told(book):
    excel.mark(book, [])
    excel.show_page(book, page(("甲", "internal:'表'!A1"), ("乙", "internal:'表'!B2")))
    sheet = book.sheets["校验结果"]
    assert sheet["A1"].merge_area.address == "$A$1:$B$1"
    assert sheet["A1"].row_height == pytest.approx(40, abs=1)
    assert sheet["A1"].column_width == pytest.approx(30, abs=0.5)
    assert (sheet["A2"].font.bold, sheet["A3"].font.bold) == (True, False)
    assert sheet["A2"].color == (0xE7, 0xEC, 0xF3)
    assert sheet["A3"].borders.line_style == "continuous"
    assert not book.api.getCurrentController().ShowGrid


def test_links_lead_to_the_cell_and_a_hostile_name_stays_inside_its_quotes(book):
    name = '表"),A1&("\'x'
    book.sheets[0].name = name
    excel.mark(book, [])
    place = _address(name, "B3")
    excel.show_page(book, page(("甲", place)))
    cell = book.sheets["校验结果"]["B3"]
    assert cell.value == "A1"
    assert cell.formula == '=HYPERLINK("#' + place.removeprefix("internal:").replace('"', '""') + '","A1")'


def test_a_second_page_takes_the_place_of_the_first(book):
    excel.mark(book, [])
    excel.show_page(book, page(("甲", None)))
    book.sheets.add("后来的", after=book.sheets["校验结果"])
    excel.show_page(book, page(("乙", None)))
    assert [sheet.name for sheet in book.sheets] == ["表", "_jixiao_marks", "校验结果", "后来的"]
    assert book.sheets["校验结果"]["A3"].value == "乙"


def test_a_persons_own_sheet_of_that_name_is_left_alone(book):
    own = book.sheets.add("校验结果")
    own["A1"].value = "我自己记的"
    excel.mark(book, [])
    assert excel.show_page(book, page(("甲", None))) == "校验结果2"
    excel.show_page(book, page(("乙", None)))
    excel.remove_page(book, page())
    assert [sheet.name for sheet in book.sheets if sheet.name.startswith("校验")] == ["校验结果"]
    assert own["A1"].value == "我自己记的"


def test_without_marks_of_ours_no_sheet_is_ours(book):
    """Law: a sheet with our very headings is a person's where the workbook carries no state of ours."""
    excel.mark(book, [])
    excel.show_page(book, page(("甲", None)))
    excel.unmark(book)
    excel.remove_page(book, page())
    assert "校验结果" in [sheet.name for sheet in book.sheets]


def test_a_filter_is_set_where_the_page_asks_for_one(book):
    excel.mark(book, [])
    excel.show_page(book, page(("甲", None), filtered=Area(1, 0, 2, 1)))
    ranges = book.api.DatabaseRanges
    (name,) = ranges.getElementNames()
    assert ranges.getByName(name).AutoFilter


def test_screen_selection_and_calculation_are_as_before_however_it_ends(app, book):
    """Law: also when the work fails, and on another sheet than it began."""
    sheet = book.sheets["表"]
    sheet.activate()
    sheet.range("C7:D9").select()
    app.calculation = "manual"

    def work():
        with excel.Quiet(app, book):
            book.sheets.add("别的").range("A1").select()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        work()
    assert book.sheets.active.name == "表"
    assert app.selection.address == "$C$7:$D$9"
    assert (app.calculation, app.screen_updating, app.display_alerts) == ("manual", True, True)
    app.calculation = "automatic"


@pytest.mark.parametrize("front", [0, 1])
def test_of_two_workbooks_each_calculates_afterwards_as_before(app, front):
    """Law: LibreOffice keeps a mode for each workbook; what one click does changes no other's."""
    books = [app.books.add(), app.books.add()]
    books[1].api.enableAutomaticCalculation(False)  # noqa: FBT003 - UNO knows no keywords
    books[front].activate()
    with excel.Quiet(app, books[front]):
        assert not any(one.api.isAutomaticCalculationEnabled() for one in books)
    assert [one.api.isAutomaticCalculationEnabled() for one in books] == [True, False]
    assert app.calculation == ("automatic", "manual")[front]
    for one in books:
        one.close()


def test_a_workbook_of_manual_calculation_shows_within_what_it_shows_outside_and_stays_manual(app, book):
    sheet = book.sheets["表"]
    sheet["A1"].value, sheet["A2"].formula = 1, "=A1*2"
    before = sheet["A2"].value
    book.api.enableAutomaticCalculation(False)  # noqa: FBT003 - UNO knows no keywords
    sheet["A1"].value = 5
    with excel.Quiet(app, book):
        (grid,) = excel.read(book).grids
    assert (before, grid.rows[1][0]) == (2.0, 2.0)
    assert not book.api.isAutomaticCalculationEnabled()
