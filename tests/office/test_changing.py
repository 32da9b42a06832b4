"""Cells of a closed workbook take other values; formulas, blanks, formats and all other parts stay."""

import io
import zipfile

import openpyxl
import pytest
import xlsxwriter

from jixiao.errors import FileRejectedError
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
    with zipfile.ZipFile(io.BytesIO(done.data)) as package:
        assert b'<c r="A1" s="1" t="inlineStr"><is><t xml:space="preserve">=1+1</t></is></c>' in package.read(
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
