"""Marks leave no trace: whatever happens between 校验 and 清除标记, the person's own is what stays."""

import io
import re
import zipfile

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import GradientFill, PatternFill

from jixiao import demo, marking
from jixiao.merging.extracting import extract
from jixiao.model import Area, Mark
from jixiao.office import excel, package, traces
from jixiao.office.excel import calc

ERROR, WARNING, HINT = (255, 199, 206), (255, 235, 156), (221, 235, 247)
PINK = (255, 0, 255)


def written(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def plain(rows=6, columns=4):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "表 1"
    for row in range(1, rows + 1):
        sheet.append([f"{row}行{column}" for column in range(columns)])
    sheet["B2"].fill = PatternFill("solid", fgColor="FF00FF")
    sheet["B3"].comment = Comment("人写的", "人")
    sheet["C3"].comment = Comment("也是人写的", "人")
    return book


def note(book, cell, sheet=0):
    found = book.sheets[sheet].range(cell).note
    return None if found is None else found.text


def seen(book):
    """Everything that a mark could touch and a person sees: fills, notes, values and sheets."""
    return {
        sheet.name: [
            (cell.merge_area[0, 0].color, note(book, cell.address, sheet.name), cell.value)
            for cell in sheet.range("A1:F12")
        ]
        for sheet in book.sheets
    }


MARKS = (
    Mark("表 1", "A1", "error", "【错误】甲", ("FI01",)),
    Mark("表 1", "B2", "warning", "【警告】乙", ("ST03", "ST04")),
    Mark("表 1", "B3", "hint", "【提示】丙", ("IN01",)),
    Mark("表 1", "F9", "error", "【错误】空格也标", ("SC01",)),
)


def test_cells_show_their_severity_and_what_was_found(open_book):
    book = open_book(written(plain()))
    assert excel.mark(book, MARKS) == excel.Outcome(marked=4)
    assert [book.sheets[0][cell].color for cell in ("A1", "B2", "B3", "F9")] == [ERROR, WARNING, HINT, ERROR]
    assert note(book, "A1") == traces.block("【错误】甲")
    assert note(book, "B3") == "人写的\n" + traces.block("【提示】丙")
    assert note(book, "C3") == "也是人写的"


def size_of_note(book, cell):
    size = book.sheets[0].range(cell).api.getAnnotation().getAnnotationShape().getSize()
    return size.Width, size.Height


def test_a_person_s_own_note_is_as_large_as_before_after_clearing(open_book, saved):
    """Law: also where the marked workbook was saved and opened again; a program rounds to a millimetre."""
    plainly = plain()
    plainly.active["B3"].comment.width, plainly.active["B3"].comment.height = 200, 80
    long = [Mark("表 1", "B3", "hint", "【提示】很长的说明\n" * 9, ("IN01",))]
    first = open_book(written(plainly))
    width, height = size_of_note(first, "B3")
    excel.mark(first, long)
    assert size_of_note(first, "B3")[1] > 2 * height
    second = open_book(saved(first), "再开.xlsx")
    assert len(excel.state(second)) == 1
    for book in (first, second):
        assert excel.unmark(book) == ()
        assert note(book, "B3") == "人写的"
        assert size_of_note(book, "B3") == pytest.approx((width, height), abs=100)


def test_a_person_s_own_note_with_rare_characters_is_whole_after_clearing(open_book):
    """Law: a program counts 𠮷 and 😀 as two; our block is found all the same."""
    own, below = plain(), "\n𠮷😀以后写的"
    own.active["B3"].comment = Comment("𠮷科长😀：请核实", "王")
    book = open_book(written(own))
    excel.mark(book, MARKS)
    held = book.sheets[0]["B3"].note
    held.text = f"{held.text}{below}"
    assert excel.unmark(book) == ()
    assert note(book, "B3") == f"𠮷科长😀：请核实{below}"


def test_clearing_restores_exactly_what_was_there(open_book):
    book = open_book(written(plain()))
    before = seen(book)
    excel.mark(book, MARKS)
    assert seen(book) != before
    assert excel.unmark(book) == ()
    assert seen(book) == before


def test_the_state_travels_with_the_workbook(open_book, saved):
    book = open_book(written(plain()))
    before = seen(book)
    excel.mark(book, MARKS)
    again = open_book(saved(book), "别处.xlsx")
    assert note(again, "A1") == traces.block("【错误】甲")
    assert excel.unmark(again) == ()
    assert seen(again) == before


@pytest.mark.parametrize(
    "name", [min(demo.workbooks()), max(demo.workbooks())]
)  # one of projects, the agency's own
def test_live_and_on_a_closed_file_the_same_marks_are_put_and_taken(open_book, saved, name):
    """Law: one state. What the package marked is cleared live, what was marked live the package clears."""
    data = demo.workbooks()[name]
    ours = extract(name, data).documents
    checked = [(one.document, one.verdict.findings) for one in ours]
    page = marking.result_page(checked, [], name)
    book = open_book(data)
    before = seen(book)
    marked = package.annotate(data, marking.marks(checked), page)
    other = open_book(marked, "批注件.xlsx")
    closed = excel.state(other)
    excel.mark(book, marking.marks(checked))
    excel.show_page(book, page)
    assert [(one.sheet, one.cell, one.fill, one.note, one.rules) for one in excel.state(book)] == [
        (one.sheet, one.cell, one.fill, one.note, one.rules) for one in closed
    ]
    excel.remove_page(other, page)
    assert excel.unmark(other) == ()
    assert seen(other) == before
    cleared = open_book(package.unmark(saved(book)), "清过.xlsx")
    assert seen(cleared) == before


def test_marks_follow_their_cells_when_rows_come_and_go_and_sheets_are_renamed(open_book):
    """Law: a row above, a new name, a deleted row; each mark is found where its cell is now."""
    book = open_book(written(plain()))
    excel.mark(book, MARKS)
    sheet = book.sheets[0]
    sheet.range("1:1").insert("down")
    sheet.name = "改名'了"
    sheet.range("4:4").delete("up")  # the row of B3
    assert [(one.sheet, one.cell) for one in excel.state(book)] == [
        ("改名'了", "A2"),
        ("改名'了", "B3"),
        ("改名'了", "F9"),
    ]
    excel.unmark(book)
    assert [sheet[cell].color for cell in ("A2", "B3", "F9")] == [None, PINK, None]
    assert [note(book, cell) for cell in ("A2", "B3", "F9")] == [None, None, None]


def test_what_the_person_did_to_a_marked_cell_stays(open_book):
    book = open_book(written(plain()))
    excel.mark(book, MARKS)
    sheet = book.sheets[0]
    sheet["A1"].color = (1, 2, 3)
    sheet["B2"].note.text = f"{note(book, 'B2')}\n我看过了"
    sheet["B3"].note.text = "重写的批注"
    excel.unmark(book)
    assert sheet["A1"].color == (1, 2, 3)
    assert note(book, "A1") is None
    assert note(book, "B2").strip() == "我看过了"
    assert note(book, "B3") == "重写的批注"


def test_marking_anew_replaces_the_old_marks(open_book):
    book = open_book(written(plain()))
    before = seen(book)
    excel.mark(book, MARKS)
    excel.mark(book, MARKS[2:])
    assert [one.cell for one in excel.state(book)] == ["B3", "F9"]
    assert note(book, "B3") == "人写的\n" + traces.block("【提示】丙")
    assert book.sheets[0]["B2"].color == PINK
    excel.unmark(book)
    assert seen(book) == before


def test_marks_of_other_sheets_stay_when_one_is_checked(open_book):
    source = plain()
    source.create_sheet("乙")["A1"] = "乙"
    book = open_book(written(source))
    excel.mark(book, [*MARKS, Mark("乙", "A1", "hint", "乙", ())])
    excel.mark(book, [], ["表 1"])
    assert [(one.sheet, one.cell) for one in excel.state(book)] == [("乙", "A1")]
    assert book.sheets["乙"]["A1"].color == HINT
    assert book.sheets[0]["A1"].color is None


def test_a_merged_area_is_marked_at_its_first_cell(open_book):
    source = plain()
    source.active.merge_cells("A8:C9")
    book = open_book(written(source))
    found = [Mark("表 1", "B9", "hint", "一", ("IN01",)), Mark("表 1", "A8", "error", "二", ("FI01",))]
    assert excel.mark(book, found, merges={"表 1": (Area(7, 0, 8, 2),)}).marked == 1
    assert book.sheets[0]["A8"].color == ERROR
    assert note(book, "A8") == traces.block("一\n二")


def protection(data):
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        found = re.findall(rb"<sheetProtection[^>]*>", parts.read("xl/worksheets/sheet1.xml"))
    return {name: value for one in found for name, value in re.findall(rb'(\w+)="([^"]*)"', one)}


def test_a_sheet_protected_without_a_password_is_marked_and_protected_as_before(open_book, saved):
    source = plain()
    source.active.protection.enable()
    source.active.protection.formatCells = False
    source.active.protection.autoFilter = False
    book = open_book(written(source))
    before = protection(saved(book))
    assert before
    assert excel.mark(book, MARKS).marked == 4
    assert book.sheets[0].api.isProtected()
    assert protection(saved(book)) == before
    excel.unmark(book)
    assert protection(saved(book)) == before


def test_a_sheet_with_a_password_is_left_alone_and_named(open_book):
    source = plain()
    source.active.protection.set_password("密码")
    source.active.protection.enable()
    book = open_book(written(source))
    before = seen(book)
    assert excel.mark(book, MARKS) == excel.Outcome(closed=("表 1",))
    assert book.sheets[0].api.isProtected()
    assert excel.state(book) == ()
    excel.unmark(book)
    assert seen(book) == before


def test_marks_wait_for_a_sheet_that_was_protected_meanwhile(open_book):
    book = open_book(written(plain()))
    before = seen(book)
    excel.mark(book, MARKS)
    book.sheets[0].api.protect("密码")
    assert len(excel.unmark(book)) == 4
    book.sheets[0].api.unprotect("密码")
    assert excel.unmark(book) == ()
    assert seen(book) == before


def test_where_no_sheet_can_be_added_nothing_is_marked(open_book):
    book = open_book(written(plain()))
    book.api.protect("")
    before = seen(book)
    assert excel.mark(book, MARKS) == excel.Outcome(locked=True)
    assert excel.show_page(book, marking.result_page([], [], "表")) is None
    assert seen(book) == before
    book.api.unprotect("")


def test_a_hostile_state_can_neither_write_values_nor_paint_what_shows_no_mark(open_book):
    source = plain()
    state = source.create_sheet(traces.SHEET)
    state.sheet_state = "veryHidden"
    state.append([traces.VERSION])
    for cell, fill, kept in (("A1", "#123456", "ours"), ("B3", "none", "ours"), ("C1", "=1+1", "no")):
        state.append([f"=ISREF('表 1'!{cell})", "error", fill, kept, ""])
    state.append(['=HYPERLINK("http://x")', "error", "none", "ours", ""])
    book = open_book(written(source))
    before = seen(book)["表 1"]
    excel.unmark(book)
    assert seen(book) == {"表 1": before}


def test_a_persons_sheet_of_the_states_name_is_not_touched(open_book):
    source = plain()
    source.create_sheet(traces.SHEET)["A1"] = "人写的"
    book = open_book(written(source))
    assert excel.mark(book, MARKS).locked
    assert book.sheets[traces.SHEET]["A1"].value == "人写的"


def test_a_pattern_or_gradient_survives_as_the_program_holds_it(open_book):
    """LibreOffice knows one colour for a cell; that colour comes back."""
    source = plain()
    source.active["A1"].fill = PatternFill("lightGrid", fgColor="FF0000")
    source.active["B2"].fill = GradientFill(stop=("FF0000", "00FF00"))
    book = open_book(written(source))
    before = seen(book)
    excel.mark(book, MARKS)
    excel.unmark(book)
    assert seen(book) == before


def test_a_theme_fill_comes_back_in_the_colour_it_showed(open_book):
    book = open_book(written(plain()))
    excel.mark(book, MARKS[:1])
    held = book.sheets[traces.SHEET]
    held["C2"].raw_value, held["F2"].raw_value = "theme:4:0.5", "#ABCDEF"
    excel.unmark(book)
    assert book.sheets[0]["A1"].color == (0xAB, 0xCD, 0xEF)


def test_a_theme_fill_of_unknown_look_waits_for_excel(open_book):
    book = open_book(written(plain()))
    excel.mark(book, MARKS[:1])
    book.sheets[traces.SHEET]["C2"].raw_value = "theme:4:0.5"
    assert [one.fill for one in excel.unmark(book)] == ["theme:4:0.5"]
    assert book.sheets[0]["A1"].color == ERROR


def test_standard_colours_have_their_number(open_book):
    book = open_book(written(plain()))
    excel.mark(book, MARKS[:1])
    book.sheets[traces.SHEET]["C2"].raw_value = "indexed:10"
    assert excel.unmark(book) == ()
    assert book.sheets[0]["A1"].color == (255, 0, 0)


def cost(count):
    """What marking `count` cells of one format on one sheet costs, in calls: only notes have no block form."""
    if count <= calc.FEW:
        return CONSTANT + (calc.PER_FILL + calc.PER_NOTE) * count
    return CONSTANT + calc.BY_KINDS + calc.PER_NOTE * count


LOOK = 5 + 3 * 2  # for copied marks: five on a sheet, three at each of the two notes of a person there
CONSTANT = 43 + LOOK  # the state's sheet, its block, one colour


@pytest.mark.parametrize("count", [1, 10, 100])
def test_round_trips_grow_with_notes_alone(open_book, counted, count):
    book, calls = counted(open_book(written(plain(rows=60, columns=8))))
    cells = [f"{'ACDEFGH'[number % 7]}{4 + number // 7}" for number in range(count)]
    excel.mark(book, [Mark("表 1", cell, "error", "说明", ("FI01",)) for cell in cells])
    assert len(calls) == cost(count), calls.names


def test_reading_costs_the_same_for_few_and_many_rows(open_book, counted):
    spent = []
    for rows in (6, 60):
        book, calls = counted(open_book(written(plain(rows=rows, columns=8)), f"{rows}.xlsx"))
        excel.read(book)
        spent.append(len(calls))
    assert spent[0] == spent[1]
    assert spent[0] < 60
