"""Cells of a closed workbook take other values; formulas, blanks, formats and all other parts stay."""

import io
import zipfile

import openpyxl
import pytest
import xlsxwriter

from jixiao.errors import FileRejectedError
from jixiao.model import Area, Box, Mark, Page
from jixiao.office import package
from jixiao.office.package import changing


@pytest.fixture(scope="module")
def book():
    """A sheet with a text in bold, a number, a formula, a merged text, and an odd name; another sheet beside it."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        sheet, other = made.add_worksheet("表 & 一"), made.add_worksheet("另一张")
        bold = made.add_format({"bold": True})
        sheet.write_string("A1", " 旧 文字", bold)
        sheet.write_number("B1", 1.5)
        sheet.write_formula("C1", "=B1*2", None, 3)
        sheet.merge_range("A2:C2", "合并的", bold)
        other.write_string("A1", " 旧 文字")
    return out.getvalue()


def cells(data, sheet="表 & 一"):
    found = openpyxl.load_workbook(io.BytesIO(data))[sheet]
    return {
        one.coordinate: (one.value, one.font.bold)
        for row in found.iter_rows()
        for one in row
        if one.value is not None
    }


def test_a_text_and_a_number_take_the_place_of_what_was_there(book):
    done = changing.change(
        book, {("表 & 一", "A1"): "<新> & 文字\n二行 ", ("表 & 一", "B1"): 1022.5, ("表 & 一", "A2"): "合并"}
    )
    assert done.left == frozenset()
    assert cells(done.data) == {
        "A1": ("<新> & 文字\n二行 ", True), "B1": (1022.5, False), "C1": ("=B1*2", False), "A2": ("合并", True),
    }  # fmt: skip
    assert cells(done.data, "另一张") == cells(book, "另一张")


def test_a_number_may_become_a_text_and_a_text_a_number(book):
    done = changing.change(book, {("表 & 一", "A1"): 7.0, ("表 & 一", "B1"): "95%"})
    assert (cells(done.data)["A1"], cells(done.data)["B1"]) == ((7, True), ("95%", False))


def test_a_text_that_looks_like_a_formula_stays_a_text(book):
    done = changing.change(book, {("表 & 一", "A1"): "=1+1"})
    with zipfile.ZipFile(io.BytesIO(done.data)) as archive:
        assert b'<c r="A1" s="1" t="inlineStr"><is><t xml:space="preserve">=1+1</t></is></c>' in archive.read(
            "xl/worksheets/sheet1.xml"
        )


@pytest.mark.parametrize("cell", ["C1", "B2", "Z99"])
def test_a_formula_and_a_blank_cell_are_left_and_said(book, cell):
    done = changing.change(book, {("表 & 一", cell): "新"})
    assert done.left == {("表 & 一", cell)}
    assert cells(done.data) == cells(book)


def test_only_the_sheet_changes(book):
    done = changing.change(book, {("表 & 一", "A1"): "新"})
    with zipfile.ZipFile(io.BytesIO(book)) as one, zipfile.ZipFile(io.BytesIO(done.data)) as two:
        differ = [name for name in one.namelist() if one.read(name) != two.read(name)]
    assert differ == ["xl/worksheets/sheet1.xml"]


def test_the_changed_copy_is_valid(book, tmp_path, ooxml_validate):
    path = tmp_path / "改.xlsx"
    path.write_bytes(changing.change(book, {("表 & 一", "A1"): "新", ("表 & 一", "B1"): 2.0}).data)
    assert ooxml_validate(path) == []


def test_what_is_no_workbook_is_refused():
    with pytest.raises(FileRejectedError):
        changing.change(b"PK\x03\x04", {("表", "A1"): "新"})


@pytest.mark.parametrize("inline", [False, True], ids=["shared texts", "texts in the cells"])
def test_letters_of_several_looks_become_one_and_that_is_said(inline):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": inline, "in_memory": not inline}) as made:
        sheet, red = made.add_worksheet("表"), made.add_format({"font_color": "red", "bold": True})
        sheet.write_string("A1", "平常的字")
        sheet.write_rich_string("B1", red, "不少于", " 1860 公里")
    done = changing.change(out.getvalue(), {("表", "A1"): "新", ("表", "B1"): "≥1860公里"})
    assert done.plain == {("表", "B1")}
    assert [value for value, _ in cells(done.data, "表").values()] == ["新", "≥1860公里"]


@pytest.mark.parametrize(
    ("first", "second", "differ"),
    [
        ('<sz val="11"/><rFont val="甲"/>', '<sz val="11"/><rFont val="乙"/><charset val="134"/>', False),
        ('<b val="0"/><color theme="1"/><rFont val="甲"/>', '<u val="none"/><scheme val="minor"/>', False),
        ('<b/><rFont val="甲"/>', '<b val="1"/><family val="2"/>', False),
        ("<b/>", "", True),
        ("<u/>", '<u val="double"/>', True),
        ('<color rgb="FFFF0000"/>', '<color rgb="FF000000"/>', True),
        ('<sz val="11"/>', '<sz val="12"/>', True),
        ('<vertAlign val="superscript"/>', "", True),
    ],
)
@pytest.mark.parametrize("prefix", ["", "x:"])
def test_runs_that_differ_in_their_face_alone_are_no_look_that_is_lost(book, first, second, differ, prefix):
    runs = "".join(f"<r><rPr>{one}</rPr><t>文</t></r>" for one in (first, second))
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    texts = f'<sst xmlns="{space}"><si>{runs}</si></sst>'
    if prefix:
        texts = (
            texts.replace("</", "</x:")
            .replace("<", "<x:")
            .replace("<x:/x:", "</x:")
            .replace("xmlns", "xmlns:x")
        )
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, texts if name == "xl/sharedStrings.xml" else old.read(name))
    done = changing.change(out.getvalue(), {("表 & 一", "A1"): "新"})
    assert bool(done.plain) is differ


def packed(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for one, content in parts.items():
            new.writestr(one, content)
    return out.getvalue()


def summed(*formulas, elsewhere=""):
    """Amounts in A1:A3, of which A2 is a text, and formulas with their results in column B."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        sheet, other = made.add_worksheet("表"), made.add_worksheet("另一张")
        sheet.write_column("A1", [80, "10", 5])
        for row, (formula, result) in enumerate(formulas):
            sheet.write_formula(row, 1, formula, None, result)
        if elsewhere:
            other.write_formula("A1", elsewhere, None, 85)
    return quiet(out.getvalue())


def quiet(data):
    """The workbook as Excel saves it: with no wish to be worked out, and a formula's text said to be one."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for one in old.infolist():
            content = old.read(one).replace(b' fullCalcOnLoad="1"', b"")
            new.writestr(one, content.replace(b'"B3"><f>IF', b'"B3" t="str"><f>IF'))
    return out.getvalue()


def results(data):
    sheet = openpyxl.load_workbook(io.BytesIO(data), data_only=True)["表"]
    return [cell.value for cell in sheet["B"] if cell.value is not None]


def asks(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b'fullCalcOnLoad="1"' in archive.read("xl/workbook.xml")


def test_sums_show_what_they_come_to_with_the_new_amount():
    book = summed(
        ("=SUM(A1:A3)", 85),
        ("=B1/2", 42.5),
        ('=IF(COUNT(A2)=0,"",A2)', ""),
        ("=A1+A3", 85),
        ("=ROUND(A3,0)", 5),
    )
    done = changing.change(book, {("表", "A2"): 10.0})
    assert results(done.data) == [95, 47.5, 10, 85, 5]
    assert done.sums == {("表", "B1"), ("表", "B2"), ("表", "B3")}
    assert not asks(done.data)
    assert [one.value for one in openpyxl.load_workbook(io.BytesIO(done.data))["表"]["B"]] == [
        "=SUM(A1:A3)", "=B1/2", '=IF(COUNT(A2)=0,"",A2)', "=A1+A3", "=ROUND(A3,0)",
    ]  # fmt: skip


def test_formulas_that_share_one_follow_too():
    book = summed(("=SUM(A1:A3)", 85), ("=SUM(A2:A4)", 5))
    with zipfile.ZipFile(io.BytesIO(book)) as old:
        parts = {one: old.read(one) for one in old.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = (
        parts[name]
        .replace(b"<f>SUM(A1:A3)</f>", b'<f t="shared" ref="B1:B2" si="0">SUM(A1:A3)</f>')
        .replace(b"<f>SUM(A2:A4)</f>", b'<f t="shared" si="0"/>')
    )
    assert results(changing.change(packed(parts), {("表", "A2"): 10.0}).data) == [95, 15]


@pytest.mark.parametrize(
    ("formulas", "elsewhere", "expected"),
    [
        ([("=VLOOKUP(80,A1:A3,1,0)", 80)], "", [80]),  # more than a sum
        ([("=SUM(A1:A3)", 90)], "", [90]),  # what stands there is not what the sum came to before
        ([("=SUM(A1:A3)", 85)], "=表!B1", [95]),  # another sheet may hang on it
    ],
)
def test_where_a_result_may_be_that_of_before_the_workbook_asks_to_be_worked_out(
    formulas, elsewhere, expected
):
    done = changing.change(summed(*formulas, elsewhere=elsewhere), {("表", "A2"): 10.0})
    assert results(done.data) == expected
    assert asks(done.data)


def test_a_wish_to_be_worked_out_is_valid(tmp_path, ooxml_validate):
    book = summed(("=SUM(A1:A3)", 85), ("=VLOOKUP(80,A1:A3,1,0)", 80), elsewhere="=表!B1")
    (tmp_path / "改.xlsx").write_bytes(changing.change(book, {("表", "A2"): 10.0}).data)
    assert ooxml_validate(tmp_path / "改.xlsx") == []


def test_a_shared_text_without_a_number_is_an_empty_one(book):
    with zipfile.ZipFile(io.BytesIO(book)) as old:
        parts = {one: old.read(one) for one in old.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(
        b"</sheetData>", b'<row r="9"><c r="A9" t="s"><v></v></c></row></sheetData>'
    )
    done = changing.change(packed(parts), {("表 & 一", "A9"): "新", ("表 & 一", "A1"): "文字"})
    assert (cells(done.data)["A9"][0], cells(done.data)["A1"][0]) == ("新", "文字")


@pytest.mark.parametrize(
    "far", ['<row r="1048576"><c r="A1048576"><v>1</v></c></row>', f"<!--{'x' * (4 << 20)}-->"]
)
def test_a_sheet_too_large_to_be_gone_over_asks_to_be_worked_out(far):
    with zipfile.ZipFile(io.BytesIO(summed(("=SUM(A1:A3)", 85)))) as old:
        parts = {one: old.read(one) for one in old.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(b"</sheetData>", f"{far}</sheetData>".encode())
    done = changing.change(packed(parts), {("表", "A2"): 10.0})
    assert asks(done.data)
    assert not done.sums


def test_the_sheets_that_we_put_in_hang_on_no_value():
    page = Page(sheet="校验结果", widths=(8,), boxes=(Box(Area(0, 0, 0, 0), "校验结果：通过", "title"),))
    marked = package.annotate(summed(("=SUM(A1:A3)", 85)), [Mark("表", "A2", "hint", "文字")], page)
    assert not asks(changing.change(marked, {("表", "A2"): 10.0}).data)
