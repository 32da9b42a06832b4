"""`office/package` touches what it must: every other part stays byte for byte, and so does every value."""

import io
import re
import subprocess
import zipfile

import openpyxl
import pytest
import python_calamine
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from jixiao import choices, marking, schemas
from jixiao.errors import FileRejectedError
from jixiao.model import Area, Box, Document, Dropdown, Finding, Mark, NotChecked, Page, Spot
from jixiao.office import package, traces
from jixiao.office.package import scan
from jixiao.office.package.layout import without

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")  # it tells what it would lose
SHEETS = ("项目 1", "A&B's <表>", "Sheet3")
PAGE = Page(
    sheet="校验结果",
    widths=(8, 40),
    boxes=(
        Box(Area(0, 0, 0, 1), "校验结果：通过", "title"),
        Box(Area(1, 0, 1, 0), "单元格", "header"),
        Box(Area(1, 1, 1, 1), "=1+1 不是公式，_x0041_ 也不是 A", "wrapped"),
        Box(Area(2, 0, 2, 0), "B3", "link", link="internal:'A&B''s <表>'!B3"),
        Box(Area(2, 1, 2, 1), 3.5, "error"),
    ),
    heights={0: 34.0},
    print_titles=(1, 1),
    landscape=True,
    frozen=2,
    filtered=Area(1, 0, 2, 1),
)
MARKS = (
    Mark("项目 1", "B2", "error", "【错误 FI01】资金不平。建议：请核对。"),
    Mark("项目 1", "D9", "warning", "空单元格"),
    Mark("项目 1", "A40", "hint", "新的一行 <&>"),
    Mark("A&B's <表>", "C3", "hint", "第二张表"),
)


def members(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {info.filename: archive.read(info) for info in archive.infolist()}


def repacked(data, changed):
    """The workbook with parts replaced, added, or (None) taken out."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in {**members(data), **changed}.items():
            if content is not None:
                archive.writestr(name, content)
    return out.getvalue()


def touched(before, after):
    old, new = members(before), members(after)
    assert set(old) <= set(new)
    assert list(new)[: len(old)] == list(old)
    return {name for name in old if old[name] != new[name]}, set(new) - set(old)


def values(data):
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def trimmed(rows):
    """Rows without the blanks at their ends: a marked blank cell makes a sheet look larger."""
    kept = []
    for row in rows:
        row = list(row)  # noqa: PLW2901 - trimmed in place
        while row and row[-1] in ("", None):
            row.pop()
        kept.append(row)
    while kept and not kept[-1]:
        kept.pop()
    return kept


def open_book(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def by_xlsxwriter():
    """Formats, merges, a picture-like chart, notes, validations, links, protection, a hidden sheet."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    money = book.add_format({"num_format": "#,##0.00", "border": 1, "bold": True, "locked": False})
    tint = book.add_format({"bg_color": "#FFFBE6", "text_wrap": True})
    one, two, three = (book.add_worksheet(name) for name in SHEETS)
    one.set_column(3, 3, 20, tint)
    one.merge_range("A1:C1", "项目支出绩效目标表", book.add_format({"align": "center", "bold": True}))
    one.write_row("A2", ["年度资金总额：", 72.5, "万元"], money)
    one.write_formula("B3", "=B2*2", money, 145)
    one.write_comment("B2", "原有批注", {"author": "张三"})
    one.write_comment("C2", "另一条", {"author": "李四"})
    one.write_url("A5", "https://example.com/?a=1&b=2", string="链接")
    one.data_validation("B2:B6", {"validate": "list", "source": "=$G$1:$G$3"})
    one.data_validation("F1:F9", {"validate": "decimal", "criteria": ">=", "value": 0})
    one.data_validation("H1:H3", {"validate": "list", "source": "='Sheet3'!$A$1:$A$3"})
    one.conditional_format("B2:B9", {"type": "cell", "criteria": ">", "value": 100, "format": tint})
    one.protect("secret")
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"values": ["项目 1", 1, 1, 2, 1]})
    one.insert_chart("G10", chart)
    one.set_row(8, 30, tint)
    one.set_footer("&P")
    two.write_string("A1", "=文本不是公式")
    two.merge_range("B3:D5", "合并", tint)
    two.autofilter("A1:B9")
    three.write_column("A1", ["甲", "乙", "丙"])
    three.write_column("C1", [True, 1.25, "2024"])
    three.hide()
    book.define_name("旧名称", "=Sheet3!$A$1:$A$3")
    book.close()
    return out.getvalue()


def by_openpyxl():
    book = openpyxl.Workbook()
    one = book.active
    one.title = SHEETS[0]
    one.append(["年度资金总额：", 72.5, "万元"])
    one["C4"] = "末"
    one["B2"].comment = openpyxl.comments.Comment("原有批注", "张三")
    book.create_sheet(SHEETS[1])["A1"] = "甲"
    book.create_sheet(SHEETS[2])["A1"] = "乙"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_strange_parts():
    """Threaded comments, custom XML, an unknown part and x14 validations, as Excel itself writes them."""
    data = by_xlsxwriter()
    parts = members(data)
    x14 = (
        b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"'
        b' xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
        b'<x14:dataValidations count="2" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
        b'<x14:dataValidation type="list" allowBlank="1"><x14:formula1><xm:f>Sheet3!A1</xm:f></x14:formula1>'
        b"<xm:sqref>J2:J9</xm:sqref></x14:dataValidation>"
        b'<x14:dataValidation type="list" allowBlank="1"><x14:formula1><xm:f>Sheet3!$A$1</xm:f></x14:formula1>'
        b"<xm:sqref>B12:B13</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst></worksheet>"
    )
    sheet = parts["xl/worksheets/sheet1.xml"].replace(b"</worksheet>", x14)
    types = parts["[Content_Types].xml"].replace(
        b"</Types>", b'<Default Extension="bin" ContentType="application/octet-stream"/></Types>'
    )
    return repacked(
        data,
        {
            "xl/worksheets/sheet1.xml": sheet,
            "[Content_Types].xml": types,
            "customXml/item1.bin": bytes(range(256)),
            "xl/threadedComments/unknown.bin": b"<not even & xml",
        },
    )


def prefixed():
    """A workbook whose parts use prefixes, relative and absolute targets, odd numbering and no styles at all."""
    main, rel = scan.MAIN, scan.RELATIONSHIPS
    pack = "http://schemas.openxmlformats.org/package/2006"
    links = f'<p:Relationships xmlns:p="{pack}/relationships">%s</p:Relationships>'
    link = '<p:Relationship Id="%s" Type="' + rel + '/%s" Target="%s"/>'
    office = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    rows = '<x:row><x:c t="inlineStr"><x:is><x:t>甲</x:t></x:is></x:c><x:c><x:v>2</x:v></x:c></x:row><x:row r="7"/>'
    parts = {
        "[Content_Types].xml": (
            f'<Types xmlns="{pack}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{office}sheet.main+xml"/>'
            f'<Override PartName="/xl/tab/two.xml" ContentType="{office}worksheet+xml"/></Types>'
        ),
        "_rels/.rels": links % (link % ("a", "officeDocument", "/xl/workbook.xml")),
        "xl/_rels/workbook.xml.rels": links % (link % ("rId1", "worksheet", "tab/two.xml")),
        "xl/workbook.xml": f'<x:workbook xmlns:x="{main}" xmlns:q="{rel}"><x:sheets>'
        '<x:sheet name="项目 1" sheetId="7" q:id="rId1"/></x:sheets></x:workbook>',
        "xl/tab/two.xml": f'<x:worksheet xmlns:x="{main}"><x:sheetData>{rows}</x:sheetData></x:worksheet>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            encoding = (
                "utf-16"
                if name == "xl/tab/two.xml"
                else "utf-8-sig"
                if name == "xl/workbook.xml"
                else "utf-8"
            )
            archive.writestr(name, text.encode(encoding))
    return out.getvalue()


MAKERS = [by_xlsxwriter, by_openpyxl, with_strange_parts]
makers = pytest.mark.parametrize("make", MAKERS)


@makers
def test_parts_that_are_not_on_the_list_are_copied_byte_for_byte(make):
    before = make()
    changed, new = touched(before, package.annotate(before, MARKS, PAGE))
    assert changed <= {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/sheet2.xml",
        "xl/worksheets/_rels/sheet1.xml.rels",
        "xl/comments1.xml",
        "xl/comments/comment1.xml",
        "xl/drawings/vmlDrawing1.vml",
        "xl/drawings/commentsDrawing1.vml",
    }
    assert {"xl/worksheets/sheet4.xml", "xl/worksheets/sheet5.xml"} <= new


@makers
def test_without_marks_only_the_result_sheet_and_the_state_are_added(make):
    before = make()
    changed, new = touched(before, package.annotate(before, (), PAGE))
    assert changed == {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
    }
    assert new == {"xl/worksheets/sheet4.xml", "xl/worksheets/sheet5.xml"}


@makers
def test_values_read_before_are_read_after(make):
    before = make()
    old, new = values(before), values(package.annotate(before, MARKS, PAGE))
    assert [*old, "校验结果", "_jixiao_marks"] == list(new)
    assert {name: trimmed(rows) for name, rows in old.items()} == {name: trimmed(new[name]) for name in old}
    formulas, kept = open_book(before), open_book(package.annotate(before, MARKS, PAGE))
    for sheet in formulas:
        assert [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None] == [
            cell.value for row in kept[sheet.title].iter_rows() for cell in row if cell.value is not None
        ]


@makers
def test_a_marked_cell_keeps_everything_but_its_fill(make):
    before = make()
    after = package.annotate(before, MARKS, PAGE)
    sheet = open_book(after)["项目 1"]
    for mark, colour in zip(MARKS[:3], ("FFFFC7CE", "FFFFEB9C", "FFDDEBF7"), strict=True):
        assert sheet[mark.cell].fill.fill_type == "solid"
        assert sheet[mark.cell].fill.fgColor.rgb == colour
    was, now = open_book(before)["项目 1"]["B2"], sheet["B2"]
    for part in ("number_format", "font", "border", "alignment", "protection"):
        assert repr(getattr(now, part)) == repr(getattr(was, part)), part


@makers
def test_cells_that_are_not_marked_keep_their_fill(make):
    before = make()
    after = open_book(package.annotate(before, MARKS, PAGE))
    marked = {(mark.sheet, mark.cell) for mark in MARKS} | {(SHEETS[1], "B3")}
    for sheet in open_book(before):
        for row in sheet.iter_rows():
            for cell in row:
                if (sheet.title, cell.coordinate) not in marked:
                    assert repr(after[sheet.title][cell.coordinate].fill) == repr(cell.fill)


def test_a_new_cell_takes_the_look_of_its_row_or_column():
    before = by_xlsxwriter()
    after = open_book(
        package.annotate(before, [Mark("项目 1", one, "hint", "") for one in ("D4", "E9")], PAGE)
    )
    assert after["项目 1"]["D4"].alignment.wrap_text  # of column D
    assert after["项目 1"]["E9"].alignment.wrap_text  # of row 9
    assert not open_book(before)["项目 1"]["D4"].comment


def test_a_mark_on_a_covered_cell_shows_at_the_first_cell_of_its_merged_area():
    after = open_book(package.annotate(by_xlsxwriter(), MARKS[3:], PAGE))[SHEETS[1]]
    assert after["B3"].comment.text == traces.block("第二张表")
    assert after["B3"].fill.fgColor.rgb == "FFDDEBF7"
    assert [str(area) for area in after.merged_cells.ranges] == ["B3:D5"]


def test_a_cells_own_note_stays_and_ours_stands_below():
    after = open_book(package.annotate(by_xlsxwriter(), MARKS, PAGE))["项目 1"]
    assert after["B2"].comment.text == f"原有批注\n{traces.block(MARKS[0].note)}"
    assert after["B2"].comment.author == "张三"
    assert after["C2"].comment.text == "另一条"
    assert after["D9"].comment.author == "jixiao 校验"
    assert after["A40"].comment.text == traces.block("新的一行 <&>")


@makers
def test_every_note_has_a_shape_of_its_own(make):
    after = members(package.annotate(make(), MARKS, PAGE))
    drawings = [content.decode() for name, content in after.items() if name.endswith(".vml")]
    shapes = [
        one for drawing in drawings for one in re.findall(r'<\w+:shape [^>]*id="(_x0000_s\d+)"', drawing)
    ]
    cells = [
        one
        for drawing in drawings
        for one in re.findall(r":Row>(\d+)</\w+:Row>\s*<\w+:Column>(\d+)<", drawing)
    ]
    notes = sum(content.count(b"<comment ") for name, content in after.items() if "comment" in name)
    assert len(shapes) == len(set(shapes)) == len(cells) == notes


def test_two_marks_of_one_cell_become_one_with_the_worse_colour():
    twice = [Mark("Sheet3", "A1", "hint", "一"), Mark("Sheet3", "A1", "error", "二")]
    cell = open_book(package.annotate(by_xlsxwriter(), twice, PAGE))["Sheet3"]["A1"]
    assert cell.comment.text == traces.block("一\n二")
    assert cell.fill.fgColor.rgb == "FFFFC7CE"


def test_protection_visibility_names_and_rules_stay():
    before, after = by_xlsxwriter(), package.annotate(by_xlsxwriter(), MARKS, PAGE)
    old, new = open_book(before), open_book(after)
    assert new["项目 1"].protection.password == old["项目 1"].protection.password
    assert new["Sheet3"].sheet_state == "hidden"
    assert dict(new.defined_names) == dict(old.defined_names)
    assert new["_jixiao_marks"].sheet_state == "veryHidden"
    assert new["项目 1"].data_validations == old["项目 1"].data_validations
    assert len(new["项目 1"]._charts) == 1


def test_the_result_sheet_has_its_texts_links_and_print_setup():
    sheet = open_book(package.annotate(by_xlsxwriter(), MARKS, PAGE))["校验结果"]
    assert (
        sheet["B2"].value == "=1+1 不是公式，_x005F_x0041_ 也不是 A"
    )  # openpyxl shows Excel's spelling of _x0041_
    assert sheet["B2"].data_type == "s"
    assert sheet["B3"].value == 3.5
    assert sheet["A3"].hyperlink.location == "'A&B''s <表>'!B3"
    assert sheet.freeze_panes == "A3"
    assert sheet.auto_filter.ref == "A2:B3"
    assert sheet.print_title_rows == "$2:$2"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert (sheet["A2"].font.b, sheet["A2"].border.left.style) == (True, "thin")
    assert sheet["B3"].fill.fgColor.rgb == "FFFFC7CE"
    assert sheet.column_dimensions["B"].width == 40


def test_a_name_that_is_taken_gets_a_number():
    book = open_book(by_openpyxl())
    book.create_sheet("校验结果")["A1"] = "我们自己的校验结果"
    out = io.BytesIO()
    book.save(out)
    names = open_book(package.annotate(out.getvalue(), MARKS, PAGE)).sheetnames
    assert names == [*SHEETS, "校验结果", "校验结果2", "_jixiao_marks"]


def test_the_filter_has_the_name_that_programs_look_for():
    part = members(package.annotate(by_openpyxl(), MARKS, PAGE))["xl/workbook.xml"].decode()
    assert 'name="_xlnm._FilterDatabase" localSheetId="3" hidden="1">\'校验结果\'!$A$2:$B$3<' in part


def test_a_note_too_long_for_more_stays_as_it_is():
    book = open_book(by_openpyxl())
    book["项目 1"]["B2"].comment = openpyxl.comments.Comment("长" * 32_760, "张三")
    out = io.BytesIO()
    book.save(out)
    before = out.getvalue()
    after = package.annotate(before, MARKS, PAGE)
    assert open_book(after)["项目 1"]["B2"].comment.text == "长" * 32_760
    assert members(package.unmark(after)) == members(before)


def test_prefixes_other_encodings_missing_addresses_and_missing_styles_are_understood():
    before = prefixed()
    marks = [Mark("项目 1", cell, "error", cell) for cell in ("B1", "C1", "A3", "B7", "A9")]
    after = package.annotate(before, marks, PAGE)
    assert trimmed(values(after)["项目 1"]) == [["甲", 2]]
    sheet = open_book(after)["项目 1"]
    for mark in marks:
        assert sheet[mark.cell].comment.text == traces.block(mark.cell)
        assert sheet[mark.cell].fill.fgColor.rgb == "FFFFC7CE"


def test_members_keep_their_dates_and_new_ones_are_dated_1980():
    before = by_openpyxl()
    after = zipfile.ZipFile(io.BytesIO(package.annotate(before, MARKS, PAGE))).infolist()
    old = {info.filename: info.date_time for info in zipfile.ZipFile(io.BytesIO(before)).infolist()}
    assert all(info.date_time == old.get(info.filename, (1980, 1, 1, 0, 0, 0)) for info in after)


def test_the_same_input_gives_the_same_bytes():
    data = by_xlsxwriter()  # once: the library writes the second of its making into it
    assert package.annotate(data, MARKS, PAGE) == package.annotate(data, MARKS, PAGE)


# --- dropdowns


def lists():
    return [*choices.named(schemas.vocabulary("p-2021")), *choices.named(schemas.vocabulary("p-2015"))]


def dropdowns():
    words = schemas.vocabulary("p-2021")
    return {
        "项目 1": [
            choices.level1(words, Area(3, 1, 7, 1)),
            choices.level2(words, Spot(3, 9), 1, 2),
            Dropdown(Area(3, 5, 3, 5), ("甲", '乙"'), "标题", "第一行\n第二行"),
        ]
    }


@makers
def test_dropdowns_twice_are_dropdowns_once(make):
    once = package.add_dropdowns(make(), dropdowns(), lists())
    assert package.add_dropdowns(once, dropdowns(), lists()) == once


@makers
def test_dropdowns_touch_the_sheet_and_the_workbook_part_only(make):
    before = make()
    after = package.add_dropdowns(before, dropdowns(), lists())
    changed, new = touched(before, after)
    assert changed == {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/worksheets/sheet1.xml",
    }
    assert new == {"xl/worksheets/sheet4.xml"}
    assert {name: rows for name, rows in values(after).items() if name != "_jixiao_lists"} == values(before)


def test_the_lists_stand_on_a_very_hidden_sheet_behind_names():
    book = open_book(package.add_dropdowns(by_xlsxwriter(), dropdowns(), lists()))
    assert book["_jixiao_lists"].sheet_state == "veryHidden"
    words = schemas.vocabulary("p-2021")
    (sheet, area), *_ = book.defined_names[choices.names_of(words)[0]].destinations
    assert tuple(cell.value for row in book[sheet][area] for cell in row) == words.level1
    assert "旧名称" in book.defined_names


def test_a_dropdown_says_what_it_allows():
    sheet = open_book(package.add_dropdowns(by_openpyxl(), dropdowns(), lists()))["项目 1"]
    one, two, three = sheet.data_validations.dataValidation
    assert (one.formula1, one.allow_blank, one.showErrorMessage) == ("jx_p21_1", True, True)
    assert one.error == dropdowns()["项目 1"][0].error
    assert two.formula1.startswith("INDEX(jx_p21_c,")
    assert not two.allow_blank
    assert three.formula1 == '"甲,乙"""'
    assert not three.showErrorMessage
    assert three.prompt == "第一行_x000a_第二行"


def test_other_validations_lose_exactly_the_cells_that_are_ours():
    before = with_strange_parts()
    after = package.add_dropdowns(before, dropdowns(), lists())
    found = {
        str(one.sqref): one.formula1 for one in open_book(after)["项目 1"].data_validations.dataValidation
    }
    assert found["B2:B3"] == "$G$1:$G$3"
    assert found["B4:B8"] == "jx_p21_1"
    assert found["F1:F3 F5:F9"] == "0"
    assert found["H1:H3"] == "Sheet3!$A$1:$A$3" or found["H1:H3"] == "'Sheet3'!$A$1:$A$3"
    part = members(after)["xl/worksheets/sheet1.xml"].decode()
    assert "<xm:sqref>J2:J3 J5:J9</xm:sqref>" in part
    assert "<xm:sqref>B12:B13</xm:sqref>" in part


def test_a_formula_moves_when_its_first_cell_is_taken_away():
    """Formulas of a validation are relative to its first cell."""
    only = {"项目 1": [Dropdown(Area(1, 9, 1, 9), ("甲",))]}
    part = members(package.add_dropdowns(with_strange_parts(), only, []))["xl/worksheets/sheet1.xml"].decode()
    assert "<xm:f>Sheet3!A2</xm:f></x14:formula1><xm:sqref>J3:J9</xm:sqref>" in part


def test_extended_validations_that_lose_every_cell_leave_no_empty_shell():
    all_cells = {"项目 1": [Dropdown(Area(0, 1, 20, 9), ("甲",))]}
    part = members(package.add_dropdowns(with_strange_parts(), all_cells, []))[
        "xl/worksheets/sheet1.xml"
    ].decode()
    assert "x14:dataValidation" not in part
    assert "extLst" not in part


def test_names_that_mean_something_else_are_redefined_and_their_sheet_is_left_alone():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet("项目 1").write_string("A1", "甲")
    old = book.add_worksheet("_jixiao_lists")
    old.write_column("A1", ["旧词"])
    book.define_name("jx_p21_1", "=_jixiao_lists!$A$1:$A$1")
    book.close()
    after = open_book(package.add_dropdowns(out.getvalue(), dropdowns(), lists()))
    assert after["_jixiao_lists"]["A1"].value == "旧词"
    assert after.defined_names["jx_p21_1"].attr_text == "_jixiao_lists2!$A$1:$A$4"


def test_lists_that_are_there_already_are_used():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet("项目 1").write_string("A1", "甲")
    old = book.add_worksheet("_jixiao_lists")
    known = choices.named(schemas.vocabulary("p-2021"))
    for column, one in enumerate(known):
        old.write_column(0, column, one.words)
        letter = "ABC"[column]
        book.define_name(one.name, f"=_jixiao_lists!${letter}$1:${letter}${len(one.words)}")
    book.close()
    changed, new = touched(out.getvalue(), package.add_dropdowns(out.getvalue(), dropdowns(), known))
    assert changed == {"xl/worksheets/sheet1.xml"}
    assert not new


@given(st.tuples(*[st.integers(0, 6)] * 8))
def test_an_area_without_another_has_each_remaining_cell_once(numbers):
    one, two = (Area(min(a, c), min(b, d), max(a, c), max(b, d)) for a, b, c, d in (numbers[:4], numbers[4:]))
    cells = [
        (row, column)
        for left in without(one, two)
        for row in range(left.top, left.bottom + 1)
        for column in range(left.left, left.right + 1)
    ]
    expected = {
        (row, column)
        for row in range(one.top, one.bottom + 1)
        for column in range(one.left, one.right + 1)
        if not two.holds(row, column)
    }
    assert len(cells) == len(set(cells))
    assert set(cells) == expected


# --- input that is not as it should be


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("xl/workbook.xml", b"<workbook"),
        ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData></worksheet>"),
        ("xl/worksheets/sheet1.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>'),
        ("xl/worksheets/sheet1.xml", b'<?xml version="1.0" encoding="GBK"?><worksheet/>'),
        ("xl/worksheets/sheet1.xml", None),
        ("xl/styles.xml", b"no xml"),
        ("xl/comments1.xml", b"<comments/>"),
        ("xl/drawings/vmlDrawing1.vml", b"cut off"),
        ("[Content_Types].xml", b"<"),
        ("_rels/.rels", None),
    ],
)
def test_a_broken_part_is_refused_with_a_sentence(part, content):
    with pytest.raises(FileRejectedError) as caught:
        package.annotate(repacked(by_xlsxwriter(), {part: content}), MARKS, PAGE)
    assert caught.value.code == "damaged"
    assert re.search("[一-龥]", caught.value.reason)


@given(st.data())
def test_whatever_is_cut_out_of_a_part_no_other_error_escapes(data):
    parts = members(by_openpyxl())
    name = data.draw(st.sampled_from([one for one in parts if one.endswith((".xml", ".rels", ".vml"))]))
    start = data.draw(st.integers(0, len(parts[name])))
    end = data.draw(st.integers(start, min(start + 40, len(parts[name]))))
    broken = repacked(by_openpyxl(), {name: parts[name][:start] + parts[name][end:]})
    try:
        package.annotate(broken, MARKS, PAGE)
        package.add_dropdowns(broken, dropdowns(), lists())
    except FileRejectedError as error:
        assert error.reason  # noqa: PT017 - either outcome is right


def test_a_part_named_with_escapes_is_marked_and_offered_dropdowns():
    made = by_xlsxwriter()
    new = {
        name.replace("sheet1.xml", "sheet%20%E4%B8%80.xml"): content.replace(
            b"worksheets/sheet1.xml", b"worksheets/sheet%20%E4%B8%80.xml"
        )
        for name, content in members(made).items()
    }
    data = repacked(made, dict.fromkeys(members(made)) | new)
    marked = package.annotate(data, MARKS, PAGE)
    assert members(package.unmark(marked)) == members(data)
    assert package.add_dropdowns(data, dropdowns(), lists())


def test_strict_open_xml_is_refused_with_a_way_out():
    book = members(by_xlsxwriter())["xl/workbook.xml"].replace(scan.MAIN.encode(), scan.STRICT.encode())
    with pytest.raises(FileRejectedError, match="另存为"):
        package.annotate(repacked(by_xlsxwriter(), {"xl/workbook.xml": book}), MARKS, PAGE)
    with pytest.raises(FileRejectedError, match="严格 Open XML"):
        package.is_package(repacked(by_xlsxwriter(), {"xl/workbook.xml": book}))


def test_only_workbooks_of_parts_are_packages():
    assert package.is_package(by_openpyxl())
    assert package.is_package(prefixed())
    assert not package.is_package(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))
    assert not package.is_package(b"")
    assert not package.is_package(repacked(by_openpyxl(), {"xl/workbook.xml": None}))


def test_a_sheet_whose_part_is_missing_does_not_become_our_page():
    """Found by fuzzing: our page took the name of the missing part, and the sheet that had lost it showed our results."""
    broken = repacked(by_openpyxl(), {"xl/worksheets/sheet3.xml": None})
    marked = package.annotate(broken, [Mark(SHEETS[0], "A1", "hint", "甲")], PAGE)
    assert "xl/worksheets/sheet3.xml" not in members(marked)
    assert members(package.annotate(marked, [Mark(SHEETS[0], "A1", "hint", "甲")], PAGE)) == members(marked)
    assert members(package.unmark(marked)) == members(broken)


def test_a_signature_is_seen_and_kept():
    signed = repacked(by_openpyxl(), {"_xmlsignatures/sig1.xml": b"<Signature/>"})
    assert package.is_signed(signed)
    assert not package.is_signed(by_openpyxl())
    assert package.is_signed(package.annotate(signed, MARKS, PAGE))


def test_a_signature_elsewhere_in_the_package_is_seen_by_its_relationship():
    """Only by custom are signatures in `_xmlsignatures/`."""
    origin = '<Relationship Id="s1" Type="http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin" Target="package/origin.psdsor"/></Relationships>'
    links = members(by_openpyxl())["_rels/.rels"].decode().replace("</Relationships>", origin)
    assert package.is_signed(
        repacked(by_openpyxl(), {"_rels/.rels": links.encode(), "package/origin.psdsor": b""})
    )


def test_the_signature_of_macros_stays_and_is_no_signature_of_the_workbook():
    macros = {"xl/vbaProject.bin": b"project", "xl/vbaProjectSignature.bin": b"signature"}
    held = repacked(by_openpyxl(), macros)
    assert not package.is_signed(held)
    marked = members(package.annotate(held, MARKS, PAGE))
    assert {name: marked[name] for name in macros} == macros


# --- other programs


def findings_page():
    document = Document(
        "project_target", "gs-2024", SHEETS[1], Area(0, 0, 9, 4), "万元", {"project_name": "供水"}, {}
    )
    finding = Finding("FI01", "error", "/total_funds", "B3", "合计不等于各项之和", "请核对", "FI-01")
    return marking.result_page([(document, [finding])], [(document, NotChecked("UN03", "缺收入"))], "表.xlsx")


@makers
def test_the_validator_of_open_xml_finds_nothing_new(make, tmp_path, ooxml_validate):
    before = tmp_path / "before.xlsx"
    before.write_bytes(make())
    known = {re.sub(r"\[\d+\]", "", one) for one in ooxml_validate(before)}
    dropped = package.add_dropdowns(make(), dropdowns(), lists())
    for number, data in enumerate(
        [package.annotate(make(), MARKS, PAGE), dropped, package.annotate(dropped, MARKS, findings_page())]
    ):
        after = tmp_path / f"after{number}.xlsx"
        after.write_bytes(data)
        assert [one for one in ooxml_validate(after) if re.sub(r"\[\d+\]", "", one) not in known] == []


def test_a_file_that_names_every_part_by_itself_gets_a_type_for_new_relationships(tmp_path, ooxml_validate):
    """LibreOffice once wrote no type for `.rels`: a sheet's first relationships would not be found, and Excel would repair."""
    parts = members(by_openpyxl())
    types = parts["[Content_Types].xml"].decode()
    types = re.sub(r'<Default [^>]*Extension="rels"[^>]*/>', "", types)
    named = "".join(
        f'<Override PartName="/{name}" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        for name in parts
        if name.endswith(".rels")
    )
    data = repacked(
        by_openpyxl(), {"[Content_Types].xml": types.replace("</Types>", named + "</Types>").encode()}
    )
    before, after = tmp_path / "before.xlsx", tmp_path / "after.xlsx"
    before.write_bytes(data)
    after.write_bytes(package.annotate(data, [Mark(SHEETS[2], "A1", "hint", "甲")], PAGE))
    assert set(ooxml_validate(after)) <= set(ooxml_validate(before))
    assert members(package.unmark(after.read_bytes())) == members(data)


def test_libreoffice_opens_the_copy_and_what_it_saves_can_be_marked_again(tmp_path):
    source = tmp_path / "in" / "copy.xlsx"
    source.parent.mkdir()
    source.write_bytes(
        package.annotate(package.add_dropdowns(by_xlsxwriter(), dropdowns(), lists()), MARKS, PAGE)
    )
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["soffice", "--headless", profile, "--convert-to", "xlsx", "--outdir", str(tmp_path), str(source)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    saved = (tmp_path / "copy.xlsx").read_bytes()
    for data in (saved, package.annotate(saved, MARKS, PAGE)):
        sheet = open_book(data)["项目 1"]
        assert sheet["D9"].fill.fgColor.rgb == "FFFFEB9C"
        assert sheet["B2"].comment.text.startswith("原有批注")
        assert MARKS[0].note in sheet["B2"].comment.text
        assert "jx_p21_1" in {one.formula1 for one in sheet.data_validations.dataValidation}
        assert open_book(data)["校验结果"]["A3"].hyperlink.location


def test_a_format_that_is_no_number_is_the_usual_one():
    """Some programs write `s=""`: the cell is marked like any other, and is again what it was afterwards."""
    name = "xl/worksheets/sheet1.xml"
    sheet = members(by_openpyxl())[name].replace(b'<c r="A1"', b'<c s="" r="A1"')
    sheet = re.sub(rb'(<row r="1"[^>]*)>', rb'\1 s="" customFormat="1">', sheet)
    data = repacked(by_openpyxl(), {name: sheet})
    marked = package.annotate(
        data, [Mark("项目 1", "A1", "error", "甲"), Mark("项目 1", "Z1", "error", "乙")], PAGE
    )
    cells = re.findall(rb'<c (?:s="\d+" )?r="(?:A1|Z1)"(?: s="\d+")?', members(marked)[name])
    assert len(cells) == 2
    assert all(b' s="' in one for one in cells)
    assert members(package.unmark(marked)) == members(data)


@pytest.mark.parametrize(
    ("said", "ending"),
    [
        (b"openxmlformats-officedocument.spreadsheetml.sheet.main+xml", ".xlsx"),
        (b"ms-excel.sheet.macroEnabled.main+xml", ".xlsm"),
        (b"openxmlformats-officedocument.spreadsheetml.template.main+xml", ".xltx"),
        (b"ms-excel.template.macroEnabled.main+xml", ".xltm"),
    ],
)
def test_the_ending_of_a_copy_is_that_of_its_content(said, ending):
    types = members(by_openpyxl())["[Content_Types].xml"]
    own = b"openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    assert (
        package.ending(repacked(by_openpyxl(), {"[Content_Types].xml": types.replace(own, said)})) == ending
    )


def test_a_sheet_with_the_last_number_leaves_those_before_it(tmp_path, ooxml_validate):
    book = members(by_openpyxl())["xl/workbook.xml"].replace(b'sheetId="3"', b'sheetId="65534"')
    data = repacked(by_openpyxl(), {"xl/workbook.xml": book})
    marked = package.annotate(data, MARKS, PAGE)
    numbers = re.findall(rb'sheetId="(\d+)"', members(marked)["xl/workbook.xml"])
    assert numbers == [b"1", b"2", b"65534", b"3", b"4"]
    (tmp_path / "表.xlsx").write_bytes(marked)
    assert not [one for one in ooxml_validate(tmp_path / "表.xlsx") if "sheetId" in one]


@pytest.mark.parametrize(
    ("tie", "said"),
    [
        (b"styles.xml", b"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"),
        (b"styles.xml", b"application/xml"),
        (b"styles7.xml", b"application/xml"),
        (b"", b"application/xml"),
    ],
)
def test_where_styles_are_gone_what_still_speaks_of_them_is_not_said_twice(tie, said):
    """A script has taken the styles out and left their type and relationship: said twice, no program opens the copy."""
    parts = members(by_xlsxwriter())
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
    ties = parts["xl/_rels/workbook.xml.rels"].replace(b'"styles.xml"', b'"%s"' % tie)
    if not tie:
        ties = re.sub(rb'<Relationship [^>]*Target=""[^>]*>', b"", ties)
    types = parts["[Content_Types].xml"].replace(kind, said)
    changed = {"xl/styles.xml": None, "xl/_rels/workbook.xml.rels": ties, "[Content_Types].xml": types}
    data = repacked(by_xlsxwriter(), changed)
    marked = package.annotate(data, MARKS, PAGE)
    now = members(marked)
    assert re.findall(rb'PartName="/xl/styles.xml" ContentType="([^"]*)"', now["[Content_Types].xml"]) == [
        kind
    ]
    assert re.findall(rb'/styles" Target="([^"]*)"', now["xl/_rels/workbook.xml.rels"]) == [b"styles.xml"]
    assert members(package.unmark(marked)) == members(data)
