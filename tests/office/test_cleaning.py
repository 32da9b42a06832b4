"""`package.clean`: what can be seen stays as it is; what nobody is meant to read is nowhere in the file."""

import io
import re
import subprocess
import zipfile

import openpyxl
import pytest
import python_calamine
import xlsxwriter

from jixiao import choices, schemas
from jixiao.errors import FileRejectedError
from jixiao.model import Area, Box, Mark, Page
from jixiao.office import package
from jixiao.office.package import references, scan
from jixiao.office.package.references import Gone

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SECRETS = ("机密原因", "底稿", "张三", "财政局内部", "D:\\", "旧报价", "勿外传")
PAGE = Page("校验结果", (40.0,), (Box(Area(0, 0, 0, 0), "校验结果：有 1 处错误须改", "title"),))


def members(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def packed(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def open_book(data, **options):
    return openpyxl.load_workbook(io.BytesIO(data), **options)


def plain():
    """A workbook for publication with everything that must not go out with it, as XlsxWriter makes it."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    book.set_properties({"author": "张三", "company": "财政局内部", "manager": "张三", "title": "预算公开表"})
    book.set_custom_property("经办", "张三")
    red = book.add_format({"bg_color": "#FF0000"})
    draft, shown, more = (book.add_worksheet(name) for name in ("底稿", "公开 表", "数据"))
    hidden = book.add_worksheet("原因")
    shown.write_column("A1", ["项目", "供水", "供电"])
    shown.write_column("B1", ["金额", 72.5, 28])
    shown.write_formula("C2", "=B2+底稿!B1", None, 80)
    shown.write_formula("C3", "=SUM(B2:B3)", None, 100.5)
    shown.write_formula("C4", '=IF(秘密>0,"有","无")', None, "有")
    shown.write_formula("C5", "='数据'!A1*2", None, 14)
    shown.write_formula("C6", '="底稿在此"&A2', None, "底稿在此供水")
    shown.write_formula("C7", '=INDIRECT("底"&"稿!B1")', None, 7.5)
    shown.write_array_formula("D1:D2", "{=底稿!B1:B2}", None, 7.5)
    shown.write_number("D2", 8)
    shown.write_comment("A2", "勿外传：旧报价", {"author": "张三"})
    shown.data_validation("A2:A9", {"validate": "list", "source": "=底稿!$A$1:$A$3"})
    shown.data_validation("B2:B9", {"validate": "decimal", "criteria": ">=", "value": 0})
    shown.conditional_format("B2:B9", {"type": "cell", "criteria": ">", "value": 50, "format": red})
    shown.conditional_format("A2:A9", {"type": "formula", "criteria": "=COUNTIF(秘密,A2)=0", "format": red})
    shown.write_url("A6", "internal:'底稿'!A1", string="看底稿去")
    shown.write_url("A7", "internal:'数据'!A1", string="看数据")
    shown.write_url("A8", "https://example.com/a", string="网站")
    shown.set_row(8, None, None, {"hidden": True})
    shown.write_string("A9", "藏在行里")
    shown.set_column("F:XFD", None, None, {"hidden": True})
    shown.print_area("A1:D9")
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"name": "=底稿!$C$1", "categories": "=底稿!$C$1:$C$3", "values": "=底稿!$B$1:$B$3"})
    chart.add_series({"values": "='公开 表'!$B$2:$B$3"})
    shown.insert_chart("H2", chart)
    draft.write_column("A1", ["机密原因", "旧报价甲", "勿外传"])
    draft.write_column("B1", [7.5, 8, 9])
    draft.write_column("C1", ["图例", "水", "电"])  # a chart shows them to everybody
    draft.hide()
    more.write_number("A1", 7)
    more.repeat_rows(0)
    hidden.write_string("A1", "机密原因二")
    hidden.very_hidden()
    book.define_name("秘密", "=底稿!$B$1")
    book.define_name("秘密的双倍", "=秘密*2")
    book.define_name("公开数", "='公开 表'!$B$2")
    shown.activate()
    book.close()
    return out.getvalue()


def linked(parts, owner, lines):
    """Add relationships to a part."""
    folder, _, name = owner.rpartition("/")
    path = f"{folder}/_rels/{name}.rels".lstrip("/")
    empty = f'<Relationships xmlns="{PACKAGE}/relationships"></Relationships>'.encode()
    text = "".join(f'<Relationship Id="{key}" Type="{kind}" Target="{to}"/>' for key, kind, to in lines)
    parts[path] = parts.get(path, empty).replace(b"</Relationships>", text.encode() + b"</Relationships>")


def loaded():
    """The same with macros, threaded comments, printer settings, custom XML, a path of the author's, a signature."""
    parts = members(plain())
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0" + "机密原因".encode("utf-16-le")
    parts["xl/persons/person.xml"] = "<personList>张三</personList>".encode()
    parts["xl/threadedComments/threadedComment1.xml"] = "<ThreadedComments>勿外传</ThreadedComments>".encode()
    parts["xl/printerSettings/printerSettings1.bin"] = "张三".encode("utf-16-le")
    parts["customXml/item1.xml"] = "<a>勿外传</a>".encode()
    parts["_xmlsignatures/origin.sigs"] = b""
    parts["docProps/thumbnail.jpeg"] = b"\xff\xd8"
    parts["无人认领.bin"] = "机密原因".encode()
    linked(
        parts, "", [("s1", f"{PACKAGE}/relationships/digital-signature/origin", "_xmlsignatures/origin.sigs")]
    )
    linked(parts, "", [("t1", f"{PACKAGE}/relationships/metadata/thumbnail", "docProps/thumbnail.jpeg")])
    linked(
        parts,
        "xl/workbook.xml",
        [
            ("v1", "http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin"),
            ("v2", "http://schemas.microsoft.com/office/2017/10/relationships/person", "persons/person.xml"),
            ("v3", f"{OFFICE}/customXml", "../customXml/item1.xml"),
        ],
    )
    linked(
        parts,
        "xl/worksheets/sheet2.xml",
        [
            (
                "w1",
                "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment",
                "../threadedComments/threadedComment1.xml",
            ),
            ("w2", f"{OFFICE}/printerSettings", "../printerSettings/printerSettings1.bin"),
        ],
    )
    book = parts["xl/workbook.xml"].replace(
        b"<workbookPr ",
        b'<fileSharing userName="\xe5\xbc\xa0\xe4\xb8\x89"/><workbookPr codeName="ThisWorkbook" ',
    )
    parts["xl/workbook.xml"] = book
    sheet = parts["xl/worksheets/sheet2.xml"]
    assert b"<pageSetup" not in sheet
    setup = f'<pageSetup paperSize="9" xmlns:r="{OFFICE}" r:id="w2"/>'.encode()
    parts["xl/worksheets/sheet2.xml"] = re.sub(rb"(<pageMargins[^>]*/>)", rb"\1" + setup, sheet)
    types = parts["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    extra = "".join(
        f'<Default Extension="{ending}" ContentType="application/octet-stream"/>'
        for ending in ("bin", "sigs", "jpeg")
    )
    parts["[Content_Types].xml"] = types.replace(b"<Default", extra.encode() + b"<Default", 1)
    return packed(parts)


MAKERS = pytest.mark.parametrize("make", [plain, loaded])


def values(data, names):
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in names}


@MAKERS
def test_what_can_be_seen_is_the_same(make):
    before, after = make(), package.clean(make()).data
    shown = ["公开 表", "数据"]
    assert values(before, shown) == values(after, shown)
    old, new = open_book(before, data_only=True), open_book(after, data_only=True)
    assert new.sheetnames == shown
    for name in shown:
        for row in old[name].iter_rows():
            for cell in row:
                other = new[name][cell.coordinate]
                assert (other.value, other.number_format, repr(other.fill), repr(other.font)) == (
                    cell.value,
                    cell.number_format,
                    repr(cell.fill),
                    repr(cell.font),
                )
    assert new["公开 表"].print_area == old["公开 表"].print_area
    assert new["数据"].print_title_rows == old["数据"].print_title_rows
    assert new.active.title == "公开 表"
    assert len(new["公开 表"]._charts) == 1


@MAKERS
def test_no_secret_is_left_in_any_part(make):
    """The shared texts, the names of sheets in the properties and the charts' references tell them too."""
    for name, content in members(package.clean(make()).data).items():
        for secret in SECRETS:
            if secret == "底稿" and ("worksheets/sheet" in name or "sharedStrings" in name):
                continue  # it stands in a text that everybody sees
            assert secret.encode() not in content, f"{secret} in {name}"
            assert secret.encode("utf-16-le") not in content, f"{secret} in {name}"


@MAKERS
def test_formulas_that_need_what_is_gone_keep_their_value_and_others_stay_formulas(make):
    sheet = open_book(package.clean(make()).data)["公开 表"]
    found = {cell: sheet[cell].value for cell in ("C2", "C3", "C4", "C5", "C6", "C7", "D1", "D2")}
    assert found == {
        "C2": 80,
        "C3": "=SUM(B2:B3)",
        "C4": "有",
        "C5": "='数据'!A1*2",
        "C6": '="底稿在此"&A2',
        "C7": 7.5,
        "D1": 7.5,
        "D2": 8,
    }


@MAKERS
def test_rules_names_and_links_that_lead_nowhere_are_gone_and_others_stay(make):
    book = open_book(package.clean(make()).data)
    sheet = book["公开 表"]
    assert list(book.defined_names) == ["公开数"]
    assert [str(one.sqref) for one in sheet.data_validations.dataValidation] == ["B2:B9"]
    assert [str(one.sqref) for one in sheet.conditional_formatting] == ["B2:B9"]
    linked = [cell for (cell,) in sheet["A1:A9"] if cell.hyperlink]
    links = {cell.coordinate: cell.hyperlink.location or cell.hyperlink.target for cell in linked}
    assert links == {"A7": "'数据'!A1", "A8": "https://example.com/a"}
    assert not any(cell.comment for row in sheet.iter_rows() for cell in row)


def test_a_chart_keeps_what_it_drew_from_a_hidden_sheet():
    (chart,) = (
        content.decode()
        for name, content in members(package.clean(plain()).data).items()
        if "charts/" in name
    )
    assert "<c:numLit>" in chart
    assert "<c:tx><c:v>图例</c:v></c:tx>" in chart
    assert "'公开 表'!$B$2:$B$3" in chart
    assert "底稿" not in chart


def test_it_is_an_xlsx_without_macros_and_says_what_was_taken_out():
    cleaned = package.clean(loaded())
    parts = members(cleaned.data)
    assert b"macroEnabled" not in parts["[Content_Types].xml"]
    assert not [
        name for name in parts if name.endswith((".bin", ".vml", ".sigs", ".jpeg")) or "custom" in name
    ]
    assert "calcChain" not in str(list(parts))
    assert cleaned.removed == (
        "取出了隐藏的工作表：“底稿”、“原因”，共 2 张。",
        "有 4 个公式引用了取出的内容，已换成它当时的结果。",
        "取出了作者、单位等文件属性、批注、宏、自定义 XML 数据、打印机设置、数字签名、缩略图、自定义属性。",
    )
    assert cleaned.remains == (
        "工作表“公开 表”有隐藏的第 9 行，里面的内容仍在副本里，请确认可以公开。",
        "有 1 个链接指向网站或其他文件，仍在副本里，请确认可以公开。",
    )
    core = parts["docProps/core.xml"].decode()
    assert "预算公开表" in core
    assert "creator" not in core


def test_what_is_clean_stays_as_it_is():
    once = package.clean(loaded())
    twice = package.clean(once.data)
    assert members(twice.data) == members(once.data)
    assert twice.removed == ()
    assert twice.remains == once.remains


def test_our_own_marks_dropdowns_and_stamps_go():
    words = schemas.vocabulary("p-2021")
    dropped = package.add_dropdowns(
        plain(), {"公开 表": [choices.level1(words, Area(1, 0, 5, 0))]}, choices.named(words)
    )
    marked = package.annotate(dropped, [Mark("公开 表", "B2", "error", "【错误 FI01】不平", ("FI01",))], PAGE)
    cleaned = package.clean(marked)
    book = open_book(cleaned.data)
    assert book.sheetnames == ["公开 表", "数据"]
    assert book["公开 表"]["B2"].fill.fill_type is None
    assert [str(one.sqref) for one in book["公开 表"].data_validations.dataValidation] == ["B2:B9"]
    assert cleaned.removed[0] == "取出了校验标记：1 处、“校验结果”页。"
    assert cleaned.removed[1] == "取出了本工具留在表里的下拉词表和记录，填报内容不受影响。"
    assert "_jixiao" not in "".join(cleaned.removed)
    assert "jixiao" not in "".join(
        content.decode("utf-8", "replace") for content in members(cleaned.data).values()
    )


def test_a_macro_function_leaves_its_result():
    parts = members(loaded())
    sheet = parts["xl/worksheets/sheet2.xml"].replace(b"<f>SUM(B2:B3)</f>", b"<f>MyOwn(B2:B3)</f>")
    parts["xl/worksheets/sheet2.xml"] = sheet
    cell = open_book(package.clean(packed(parts)).data)["公开 表"]["C3"]
    assert cell.value == 100.5


def test_other_workbooks_and_pivot_tables_go_and_their_values_stay():
    parts = members(plain())
    linked(
        parts,
        "xl/workbook.xml",
        [
            ("e1", f"{OFFICE}/externalLink", "externalLinks/externalLink1.xml"),
            ("p1", f"{OFFICE}/pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml"),
        ],
    )
    linked(
        parts, "xl/worksheets/sheet2.xml", [("q1", f"{OFFICE}/pivotTable", "../pivotTables/pivotTable1.xml")]
    )
    for name in (
        "externalLinks/externalLink1",
        "pivotCache/pivotCacheDefinition1",
        "pivotTables/pivotTable1",
    ):
        parts[f"xl/{name}.xml"] = "<a>机密原因</a>".encode()
    held = f'<externalReferences><externalReference xmlns:r="{OFFICE}" r:id="e1"/></externalReferences>'
    book = parts["xl/workbook.xml"].replace(b"<definedNames>", held.encode() + b"<definedNames>")
    cache = f'<pivotCaches><pivotCache xmlns:r="{OFFICE}" cacheId="1" r:id="p1"/></pivotCaches></workbook>'
    parts["xl/workbook.xml"] = book.replace(b"</workbook>", cache.encode())
    parts["xl/worksheets/sheet2.xml"] = (
        parts["xl/worksheets/sheet2.xml"]
        .replace(b"<f>SUM(B2:B3)</f>", b"<f>[1]Sheet1!$A$1</f>")
        .replace("<f>'数据'!A1*2</f>".encode(), b'<f>GETPIVOTDATA("a",A1)</f>')
    )
    cleaned = package.clean(packed(parts))
    after = members(cleaned.data)
    assert not [name for name in after if "external" in name or "pivot" in name]
    assert b"externalReference" not in after["xl/workbook.xml"]
    assert b"pivotCache" not in after["xl/workbook.xml"]
    sheet = open_book(cleaned.data)["公开 表"]
    assert (sheet["C3"].value, sheet["C5"].value) == (100.5, 14)
    assert "指向其他工作簿的链接、数据透视表（表中数值保留）" in cleaned.removed[-1]


def test_a_workbook_of_hidden_sheets_only_is_refused():
    parts = members(plain())
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"<sheet ", b'<sheet state="hidden" ')
    parts["xl/workbook.xml"] = re.sub(
        rb'(state="hidden")([^>]*) state="\w+"', rb"\1\2", parts["xl/workbook.xml"]
    )
    with pytest.raises(FileRejectedError, match="取消隐藏"):
        package.clean(packed(parts))


@MAKERS
def test_the_validator_of_open_xml_finds_nothing(make, tmp_path, ooxml_validate):
    path = tmp_path / "clean.xlsx"
    path.write_bytes(package.clean(make()).data)
    assert ooxml_validate(path) == []


def test_libreoffice_opens_it_and_reads_the_same(tmp_path):
    source = tmp_path / "in" / "clean.xlsx"
    source.parent.mkdir()
    source.write_bytes(package.clean(loaded()).data)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["soffice", "--headless", profile, "--convert-to", "xlsx", "--outdir", str(tmp_path), str(source)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    saved = open_book((tmp_path / "clean.xlsx").read_bytes(), data_only=True)
    assert saved.sheetnames == ["公开 表", "数据"]
    assert [saved["公开 表"][cell].value for cell in ("C2", "C3", "C4", "C7", "D2")] == [
        80,
        100.5,
        "有",
        7.5,
        8,
    ]


GONE = Gone(
    frozenset({"底稿", "it's"}), ("一", "底稿", "三", "it's"), frozenset({"秘密", "indirect"}), outside=True
)


@pytest.mark.parametrize(
    ("formula", "meant"),
    [
        ("底稿!A1", True),
        ("'底稿'!A1+1", True),
        ("'It''s'!$A$1:$B$2", True),
        ("SUM(一:三!A1)", True),
        ("SUM('一:三'!A1)", True),
        ("一!A1+三!B2", False),
        ("秘密*2", True),
        ("秘密2*2", False),
        ('"秘密"&"底稿"', False),
        ('HYPERLINK("#底稿!A1")', True),
        ("INDIRECT(A1)", True),
        ("[1]一!A1", True),
        ("'C:\\[书.xlsx]一'!A1", True),
        ("表1[金额]", False),
        ('IF(A1="it\'s","甲","乙")', False),
        ("#REF!A1", False),
    ],
)
def test_what_a_formula_refers_to(formula, meant):
    assert GONE.meant(formula) is meant


def test_shared_formulas_go_together():
    rows = (
        '<row r="1"><c r="A1"><f t="shared" si="0" ref="A1:A2">底稿!B1</f><v>1</v></c></row>'
        '<row r="2"><c r="A2" cm="1"><f t="shared" si="0"/><v>2</v></c><c r="B2"><f t="shared" si="1">B1</f></c></row>'
    )
    data = f'<worksheet xmlns="{scan.MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()
    after = scan.splice(data, references.cells(data, GONE).edits).decode()
    assert '<c r="A1"><v>1</v></c>' in after
    assert '<c r="A2"><v>2</v></c><c r="B2"><f t="shared" si="1">B1</f></c>' in after


def test_a_hidden_row_without_a_number_is_seen_where_it_holds_anything():
    assert references.cells(
        f'<worksheet xmlns="{scan.MAIN}"><sheetData><row hidden="1"><c r="C1"><v>1</v></c></row></sheetData></worksheet>'.encode(),
        GONE,
    ).rows == {0}
