"""`package.unmark`: marks leave no trace, whatever has happened to the file meanwhile, and whoever wrote the state."""

import io
import re
import subprocess
import zipfile
from copy import copy
from functools import cache

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.styles.colors import Color

from jixiao.errors import FileRejectedError
from jixiao.model import Area, Box, Mark, Page
from jixiao.office import package, traces
from jixiao.office.package import book as books
from jixiao.office.package import marks as marked
from jixiao.office.package import parts as members_of
from jixiao.office.package import scan, state
from jixiao.office.package.scan import Edit

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
SHEETS = ("项目 1", "A&B's <表>", "Sheet3")
PAGE = Page(
    sheet="校验结果",
    widths=(8.0, 40.0),
    boxes=(
        Box(Area(0, 0, 0, 1), "校验结果：有 5 处错误须改", "title"),
        Box(Area(1, 0, 1, 0), "单元格", "header"),
        Box(Area(2, 0, 2, 0), "B2", "link", link="internal:'项目 1'!B2"),
    ),
    print_titles=(1, 1),
    frozen=2,
    filtered=Area(1, 0, 2, 1),
)
MARKS = (
    Mark("项目 1", "B2", "error", "【错误 FI01】资金不平。\n_x0041_ <&>", ("FI01",)),
    *(Mark("项目 1", f"E{row}", "error", f"第 {row} 行", ("IN02", "IN03")) for row in range(2, 8)),
    Mark("项目 1", "D9", "warning", "空单元格"),
    Mark("项目 1", "A40", "hint", "新的一行"),
    Mark("A&B's <表>", "C3", "hint", "合并的单元格"),
    Mark("Sheet3", "A1", "warning", ""),
)


def members(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def repacked(data, changed):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in {**members(data), **changed}.items():
            if content is not None:
                archive.writestr(name, content)
    return out.getvalue()


def open_book(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@cache
def by_xlsxwriter():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    money = book.add_format({"num_format": "#,##0.00", "border": 1, "bold": True, "locked": False})
    tint = book.add_format({"bg_color": "#FFFBE6", "text_wrap": True})
    one, two, three = (book.add_worksheet(name) for name in SHEETS)
    one.set_column(3, 3, 20, tint)
    one.write_row("A2", ["年度资金总额：", 72.5, "万元"], money)
    one.write_formula("B3", "=B2*2", money, 145)
    one.write_comment("B2", "原有批注", {"author": "张三"})
    one.write_comment("C2", "另一条")
    one.write_column("E2", ["主题", "索引", "花纹", "浅黄", "已红", "无"], money)
    one.write_string("E5", "浅黄", tint)
    one.write_string("E6", "已红", book.add_format({"bg_color": "#FFC7CE"}))  # their own fill looks like ours
    one.set_row(8, 30, tint)
    two.merge_range("B3:D5", "合并", tint)
    two.autofilter("A1:B9")
    three.write_column("A1", ["甲", "乙", "丙"])
    three.hide()
    book.define_name("旧名称", "=Sheet3!$A$1:$A$3")
    book.close()
    return out.getvalue()


@cache
def by_openpyxl():
    """The same with fills of the theme and of the palette, a pattern, and a file that openpyxl has written."""
    book = open_book(by_xlsxwriter())
    sheet = book["项目 1"]
    sheet["E2"].fill = PatternFill("solid", fgColor=Color(theme=4, tint=0.0399945066682943))
    sheet["E3"].fill = PatternFill("solid", fgColor=Color(indexed=44))
    sheet["E4"].fill = PatternFill("gray125", fgColor="FF112233")
    return saved(book)


def in_utf_16():
    data = by_xlsxwriter()
    names = ("xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/comments1.xml", "[Content_Types].xml")
    return repacked(
        data,
        {
            name: members(data)[name].decode().replace('"UTF-8"', '"UTF-16"', 1).encode("utf-16")
            for name in names
        },
    )


MAKERS = pytest.mark.parametrize("make", [by_xlsxwriter, by_openpyxl, in_utf_16])


def look(data):
    """Every cell that holds or shows anything: value, format and note."""
    found = {}
    for sheet in open_book(data):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None or cell.has_style or cell.comment:
                    fill = (cell.fill.fill_type, cell.fill.fgColor) if cell.fill.fill_type else None
                    # a face is not compared: LibreOffice names another one for numbers than for Chinese
                    font = [getattr(cell.font, one) for one in ("b", "i", "u", "strike", "sz", "color")]
                    shown = [repr(one) for one in (fill, font, cell.border, cell.alignment, cell.protection)]
                    note = cell.comment.text if cell.comment else None
                    found[sheet.title, cell.coordinate] = (cell.value, cell.number_format, *shown, note)
    return found


def assert_restored(before, after):
    """The cells are as before; where there was none, there may be an empty one without a mark of ours."""
    old, new = look(before), look(after)
    assert {cell: new.get(cell) for cell in old} == old
    for cell in new.keys() - old.keys():
        assert new[cell][0] is None
        assert new[cell][-1] is None
        assert not re.search("FFC7CE|FFEB9C|DDEBF7", new[cell][2])
    assert open_book(after).sheetnames == open_book(before).sheetnames


@cache
def annotated():
    return package.annotate(by_openpyxl(), MARKS, PAGE)


# --- nothing else has touched the file


@MAKERS
def test_every_part_is_again_what_it_was_byte_for_byte(make):
    before = make()
    after = package.unmark(package.annotate(before, MARKS, PAGE))
    assert members(after) == members(before)
    assert list(members(after)) == list(members(before))


def test_marks_are_printed_also_where_a_sheet_prints_in_black_and_white():
    """Our own forms do, so that the tint of their cells is not printed."""
    part = "xl/worksheets/sheet1.xml"
    plain = members(by_xlsxwriter())[part]
    setup = b'<pageSetup orientation="portrait" blackAndWhite="1"/>'
    before = repacked(by_xlsxwriter(), {part: plain.replace(b"<legacyDrawing", setup + b"<legacyDrawing")})
    marked_copy = package.annotate(before, MARKS, PAGE)
    assert b"blackAndWhite" not in members(marked_copy)[part]
    assert b'<pageSetup orientation="portrait"/>' in members(marked_copy)[part]
    assert members(package.unmark(marked_copy)) == members(before)


@MAKERS
def test_marking_twice_is_marking_once(make):
    once = package.annotate(make(), MARKS, PAGE)
    assert package.annotate(once, MARKS, PAGE) == once


def test_other_marks_replace_the_ones_before():
    once = package.annotate(by_openpyxl(), MARKS, PAGE)
    other = [Mark("Sheet3", "A2", "error", "别的", ("FI02",))]
    assert package.annotate(once, other, PAGE) == package.annotate(by_openpyxl(), other, PAGE)


@MAKERS
def test_what_carries_no_marks_stays_as_it_is(make):
    assert members(package.unmark(make())) == members(make())
    assert package.earlier(make()) == ()


def test_what_the_marks_cover_is_told():
    found = {one.cell: one for one in package.earlier(package.annotate(by_openpyxl(), MARKS, PAGE))}
    assert {cell: (one.fill, one.note, one.shown) for cell, one in found.items()} == {
        "B2": ("none", "below", ""),
        "E2": ("theme:4:0.0399945066682943", "ours", "#5686C0"),
        "E3": ("indexed:44", "ours", "#99CCFF"),
        "E4": ("kept", "ours", ""),
        "E5": ("#FFFBE6", "ours", ""),
        "E6": ("#FFC7CE", "ours", ""),
        "E7": ("none", "ours", ""),
        "D9": ("#FFFBE6", "ours", ""),
        "A40": ("none", "ours", ""),
        "B3": ("#FFFBE6", "ours", ""),
        "A1": ("none", "no", ""),
    }
    assert found["E2"].rules == ("IN02", "IN03")
    assert found["B3"].sheet == "A&B's <表>"


def test_a_pattern_is_not_covered_and_has_its_note_all_the_same():
    before = by_openpyxl()
    cell = open_book(package.annotate(before, MARKS, PAGE))["项目 1"]["E4"]
    assert repr(cell.fill) == repr(open_book(before)["项目 1"]["E4"].fill)
    assert "第 4 行" in cell.comment.text


# --- other programs have saved it meanwhile


def by_calc(data, folder):
    source = folder / "in" / "book.xlsx"
    source.parent.mkdir(exist_ok=True)
    source.write_bytes(data)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    subprocess.run(
        ["soffice", "--headless", profile, "--convert-to", "xlsx", "--outdir", str(folder), str(source)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return (folder / "book.xlsx").read_bytes()


def test_saved_by_openpyxl_meanwhile_the_cells_come_back(tmp_path, ooxml_validate):
    before = by_openpyxl()
    resaved = saved(open_book(package.annotate(before, MARKS, PAGE)))
    after = package.unmark(resaved)
    assert_restored(before, after)
    assert "jixiao" not in "".join(
        part.decode("utf-8", "replace") for name, part in members(after).items() if "comments" not in name
    )
    assert_restored(before, package.unmark(package.annotate(resaved, MARKS[:3], PAGE)))
    known = tmp_path / "known.xlsx"
    known.write_bytes(resaved)
    path = tmp_path / "after.xlsx"
    path.write_bytes(after)
    old = {re.sub(r"\[\d+\]|sheet\d", "", one) for one in ooxml_validate(known)}
    assert {re.sub(r"\[\d+\]|sheet\d", "", one) for one in ooxml_validate(path)} <= old


def test_saved_by_libreoffice_meanwhile_the_cells_come_back(tmp_path):
    before = by_calc(by_openpyxl(), tmp_path)
    resaved = by_calc(package.annotate(by_openpyxl(), MARKS, PAGE), tmp_path)
    assert len(package.earlier(resaved)) == len(MARKS)
    after = package.unmark(resaved)
    assert_restored(before, after)
    assert_restored(before, by_calc(after, tmp_path))
    again = package.annotate(resaved, MARKS, PAGE)
    assert open_book(again).sheetnames == [*SHEETS, "校验结果", traces.SHEET]
    note = open_book(again)["项目 1"]["B2"].comment.text.replace("_x005F_", "_")  # as openpyxl shows it
    assert note == f"原有批注\n{traces.block(MARKS[0].note)}"


def test_rows_put_in_and_a_sheet_renamed_by_the_program_are_followed():
    """As a spreadsheet program does it: the formulas of the state are kept right."""
    book = open_book(annotated())
    book["项目 1"].title = "改名"
    state_sheet = book[traces.SHEET]
    for (cell,) in state_sheet.iter_rows(min_row=2, max_col=1):
        cell.value = cell.value.replace("'项目 1'!$E$7", "'改名'!#REF!").replace("'项目 1'", "改名")
    sheet = open_book(package.unmark(saved(book)))["改名"]
    assert sheet["E5"].fill.fgColor.rgb == "FFFFFBE6"
    assert sheet["E5"].comment is None
    assert (sheet["E7"].fill.fill_type, sheet["E7"].comment) == (None, None)  # nothing leads there any more


def with_copies():
    """E2 copied to E12, B2 with the person's own note to A12, and the sheet copied: the state knows nothing of it."""
    book = open_book(annotated())
    sheet = book["项目 1"]
    for source, target in (("E2", "E12"), ("B2", "A12")):
        sheet[target].value, sheet[target].number_format = sheet[source].value, "0.00"
        sheet[target].fill = copy(sheet[source].fill)
        sheet[target].comment = Comment(sheet[source].comment.text, "人")
    sheet["B12"].fill, sheet["B12"].comment = (
        PatternFill("solid", fgColor="FFFFC7CE"),
        Comment("自己的", "人"),
    )
    twin = book.copy_worksheet(sheet)
    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment:
                twin[cell.coordinate].comment = Comment(cell.comment.text, "人")
    return saved(book)


def test_a_copied_mark_goes_with_the_others_and_what_is_the_persons_own_stays():
    after = open_book(package.unmark(with_copies()))
    for name in ("项目 1", "项目 1 Copy"):
        sheet = after[name]
        assert (sheet["E12"].fill.fill_type, sheet["E12"].comment) == (None, None)
        assert sheet["E12"].number_format == "0.00"
        assert (sheet["A12"].fill.fill_type, sheet["A12"].comment.text) == (None, "原有批注")
        assert (sheet["B12"].fill.fgColor.rgb, sheet["B12"].comment.text) == ("FFFFC7CE", "自己的")
    twin = after["项目 1 Copy"]
    assert (twin["E7"].fill.fill_type, twin["E7"].comment) == (None, None)


def test_a_clean_copy_publishes_no_copied_mark_and_says_so():
    cleaned = package.clean(with_copies())
    sheet = open_book(cleaned.data)["项目 1 Copy"]
    assert [sheet[cell].fill.fill_type for cell in ("E12", "A12", "E7")] == [None, None, None]
    assert "连同格子复制过来的" in cleaned.removed[0]


def test_what_a_person_has_changed_since_stays():
    book = open_book(annotated())
    sheet = book["项目 1"]
    sheet["E2"].fill = PatternFill("solid", fgColor="FF00FF00")
    sheet["B2"].value = 80
    sheet["E3"].comment = Comment(f"我看过了\n{sheet['E3'].comment.text}\n已改", "李四")
    book["校验结果"].title = "留底"
    after = open_book(package.unmark(saved(book)))
    sheet = after["项目 1"]
    assert sheet["E2"].fill.fgColor.rgb == "FF00FF00"
    assert sheet["B2"].value == 80
    assert sheet["B2"].comment.text == "原有批注"
    assert sheet["E3"].comment.text == "我看过了\n已改"
    assert after.sheetnames == [*SHEETS, "留底"]


def test_a_sheet_of_marks_that_is_gone_breaks_nothing():
    book = open_book(annotated())
    del book["项目 1"]
    assert open_book(package.unmark(saved(book))).sheetnames == ["A&B's <表>", "Sheet3"]


def test_a_formula_that_reads_our_page_keeps_its_value():
    book = open_book(annotated())
    book["Sheet3"]["D1"] = "=校验结果!A1"
    book["Sheet3"]["D2"] = "=A1&A2"
    sheet = open_book(package.unmark(saved(book)))["Sheet3"]
    assert sheet["D1"].value is None  # openpyxl keeps no values beside formulas
    assert sheet["D2"].value == "=A1&A2"


def test_a_sheet_called_like_ours_is_left_alone():
    book = open_book(by_openpyxl())
    book.create_sheet("校验结果")["A1"] = "我们自己的校验"
    before = saved(book)
    marked_copy = package.annotate(before, MARKS, PAGE)
    assert open_book(marked_copy).sheetnames == [*SHEETS, "校验结果", "校验结果2", traces.SHEET]
    assert members(package.unmark(marked_copy)) == members(before)


def test_a_visible_sheet_that_only_has_the_name_of_the_state_is_a_persons():
    book = open_book(by_openpyxl())
    book.create_sheet(traces.SHEET)["A1"] = "我的表"
    book.create_sheet("校验结果")["A1"] = "校验结果：我自己写的"
    before = saved(book)
    assert package.earlier(before) == ()
    assert members(package.unmark(before)) == members(before)


# --- the state is somebody's claim


def with_state(data, found, way):
    """Write another state sheet into a marked workbook."""
    held = members_of.unpack(data)
    sheet = state.sheet(held, books.workbook(held))
    return repacked(data, {sheet.part: state.content(found, way)})


def claimed(data):
    held = members_of.unpack(data)
    return state.read(held, books.workbook(held))


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"<v>72.5</v>", b"<v>99</v>"), (b"<f>B2*2</f>", b"<f>B2*9</f>"), (b"<v>145</v>", b"")],
)
def test_no_claim_about_the_way_back_changes_a_value_or_a_formula(old, new):
    data = package.annotate(by_xlsxwriter(), MARKS, PAGE)
    held = claimed(data)
    part = "xl/worksheets/sheet1.xml"
    at = members(by_xlsxwriter())[part].index(old)
    lie = [*held.way.undo, (part, (Edit(at, at + len(old), new),))]
    way = state.Way(held.way.page, held.way.styles, held.way.names, held.way.new, lie)
    after = package.unmark(with_state(data, held.traces, way))
    assert_restored(by_xlsxwriter(), after)


def test_no_claim_takes_a_persons_sheet_away():
    data = package.annotate(by_xlsxwriter(), MARKS, PAGE)
    held = claimed(data)
    new = held.way.new | {"xl/worksheets/sheet3.xml"}
    way = state.Way("Sheet3", held.way.styles, held.way.names, new, held.way.undo)
    assert_restored(by_xlsxwriter(), package.unmark(with_state(data, held.traces, way)))


def test_a_trace_puts_a_fill_on_nothing_but_our_marks():
    data = package.annotate(by_xlsxwriter(), MARKS, PAGE)
    lie = [traces.Trace("项目 1", "A2", "error", "#000000", "ours", ())]
    after = look(package.unmark(with_state(data, lie, None)))
    assert after["项目 1", "A2"] == look(by_xlsxwriter())["项目 1", "A2"]


@given(st.lists(st.lists(st.one_of(st.text(), st.integers(), st.none()), max_size=8), max_size=6), st.data())
@settings(max_examples=20)
def test_whatever_stands_in_the_state_nothing_but_fills_and_notes_changes(rows, data):
    book = open_book(annotated())
    sheet = book[traces.SHEET]
    for number, row in enumerate(rows, data.draw(st.integers(1, 12))):
        for column, value in enumerate(row, 1):
            text = re.sub("[^\t -\ud7ff]", "?", value) if isinstance(value, str) else value
            sheet.cell(number, column).value = text if not str(text).startswith("=") else None
    after = open_book(package.unmark(saved(book)))
    for name in SHEETS:
        old = [[cell.value for cell in row] for row in open_book(by_openpyxl())[name].iter_rows(max_row=12)]
        assert [
            [cell.value for cell in row[: len(old[0])]] for row in after[name].iter_rows(max_row=len(old))
        ] == old


@given(st.data())
@settings(max_examples=60)
def test_whatever_is_cut_out_of_a_part_no_other_error_escapes(data):
    parts = members(whole := annotated())
    name = data.draw(st.sampled_from([one for one in parts if one.endswith((".xml", ".rels", ".vml"))]))
    start = data.draw(st.integers(0, len(parts[name])))
    end = data.draw(st.integers(start, min(start + 60, len(parts[name]))))
    broken = repacked(whole, {name: parts[name][:start] + parts[name][end:]})
    for work in (package.unmark, package.earlier, package.clean):
        try:
            work(broken)
        except FileRejectedError as error:
            assert error.reason  # noqa: PT017 - either outcome is right


def test_a_way_back_without_end_is_not_walked():
    """Each step moves a whole part; a claim of very many is not followed."""
    data = package.annotate(by_xlsxwriter(), MARKS, PAGE)
    held = claimed(data)
    undo = [("xl/worksheets/sheet1.xml", (Edit(0, 0, b"x" * 1000),))] * 30_000
    way = state.Way(held.way.page, held.way.styles, held.way.names, held.way.new, undo)
    package_of = members_of.unpack(data)
    assert state.back(package_of, way) is None
    assert_restored(by_xlsxwriter(), package.unmark(with_state(data, held.traces, way)))


def test_many_marks_come_back_too():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("表")
    for row in range(400):
        sheet.write_row(row, 0, range(8))
    book.close()
    many = [
        Mark("表", f"{column}{row}", "warning", f"{column}{row}")
        for row in range(1, 401)
        for column in "ABCD"
    ]
    marked_copy = package.annotate(out.getvalue(), many, PAGE)
    assert members(package.unmark(marked_copy)) == members(out.getvalue())
    assert len(package.earlier(marked_copy)) == 1600


def test_the_page_of_ours_is_known_by_its_name_and_its_first_words():
    held = members_of.unpack(package.annotate(by_xlsxwriter(), (), PAGE))
    assert marked.carried(held) == ["“校验结果”页"]
    assert (
        scan.MAIN in members(package.annotate(by_xlsxwriter(), (), PAGE))["xl/worksheets/sheet4.xml"].decode()
    )


# --- many cell formats


def with_formats(count):
    """A workbook with so many more cell formats."""
    before = by_openpyxl()
    data = members(before)["xl/styles.xml"].decode()
    said = re.search(r'<cellXfs count="(\d+)">', data)
    more = "".join(
        f'<xf numFmtId="0" fontId="0" fillId="0" borderId="{n % 2}" xfId="0"/>' for n in range(count)
    )
    data = data.replace(said[0], f'<cellXfs count="{int(said[1]) + count}">').replace(
        "</cellXfs>", f"{more}</cellXfs>"
    )
    return repacked(before, {"xl/styles.xml": data.encode()})


def parses_of_styles(monkeypatch, act):
    """How often the styles part is parsed while something is done."""
    seen, parse = [], scan.parse
    monkeypatch.setattr(
        scan, "parse", lambda data, *more: (seen.append(b"<cellXfs" in data), parse(data, *more))[1]
    )
    act()
    monkeypatch.setattr(scan, "parse", parse)
    return sum(seen)


def test_the_cell_formats_are_parsed_once_however_many_sheets_are_marked(monkeypatch):
    before = with_formats(300)
    once = package.annotate(before, MARKS, PAGE)
    assert parses_of_styles(monkeypatch, lambda: package.annotate(before, MARKS, PAGE)) == 1
    assert parses_of_styles(monkeypatch, lambda: package.unmark(once)) == 1  # to prove the way back
    assert members(package.unmark(once)) == members(before)


def test_where_another_program_has_saved_the_formats_are_parsed_once_to_restore(monkeypatch):
    later = saved(open_book(package.annotate(with_formats(300), MARKS, PAGE)))
    assert parses_of_styles(monkeypatch, lambda: package.unmark(later)) <= 2  # the vain proof, and the cells


@pytest.mark.parametrize(("bases", "expected"), [(1, "0"), (0, None)])
def test_a_format_of_ours_is_based_on_a_style_that_is_there(bases, expected):
    """Some programs write `xfId` of a style that they have not written; the original stays as it is."""
    before = members(by_xlsxwriter())["xl/styles.xml"].decode()
    dangling = re.sub(r' xfId="0"', ' xfId="7"', before.partition("<cellXfs")[2])
    block = re.search("<cellStyleXfs.*</cellStyleXfs>", before)[0] if bases else ""
    styles = re.sub("<cellStyleXfs.*", block, before.partition("<cellXfs")[0]) + "<cellXfs" + dangling
    data = repacked(by_xlsxwriter(), {"xl/styles.xml": styles.encode()})
    after = members(package.annotate(data, MARKS, PAGE))["xl/styles.xml"]
    formats = list(scan.parse(after).child("cellXfs").all("xf"))
    old = len(list(scan.parse(styles.encode()).child("cellXfs").all("xf")))
    assert {one.attributes.get("xfId") for one in formats[:old]} == {"7"}
    assert {one.attributes.get("xfId") for one in formats[old:]} == {expected}
    assert members(package.unmark(package.annotate(data, MARKS, PAGE))) == members(data)
