"""A workbook on disk becomes a `Book`, or a sentence that says why not and what to do."""

import io
import pickle
import struct
import zipfile
from datetime import UTC, date, datetime

import openpyxl
import pytest
import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet, OpenDocumentText
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

from jixiao.errors import FileRejectedError
from jixiao.model import Area, Spot
from jixiao.office.compound import open_compound
from jixiao.office.files import classify_name, load
from jixiao.values import shown


def xlsx(fill, **options):
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True, **options})
    fill(book, book.add_worksheet("项目1"))
    book.close()
    return memory.getvalue()


def xls(fill):
    book, memory = xlwt.Workbook(encoding="utf-8"), io.BytesIO()
    fill(book.add_sheet("项目1"))
    book.save(memory)
    return memory.getvalue()


def by_openpyxl(fill):
    book, memory = openpyxl.Workbook(), io.BytesIO()
    fill(book.active)
    book.save(memory)
    return memory.getvalue()


def edited(data, change):
    """The same package with a change made to every part."""
    old, memory = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)))
    return memory.getvalue()


def packed(**parts):
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return memory.getvalue()


def only(data, name="表.xlsx"):
    (grid,) = load(data, name).grids
    return grid


SMALL = xlsx(lambda _, sheet: sheet.write("B2", "项目名称"))
SMALL_XLS = xls(lambda sheet: sheet.write(1, 1, "项目名称"))
READ = [[None, None], [None, "项目名称"]]


# what is read


def test_values_stand_where_they_stand_on_the_sheet():
    def fill(book, sheet):
        day = book.add_format({"num_format": "yyyy年m月d日"})
        sheet.write_row("B2", ["年度资金总额", 100, 0, 36.6, True])
        sheet.write("C4", date(2024, 3, 1), day)
        sheet.write("B5", " 保留空格\n和换行 ")

    assert only(xlsx(fill)).rows == [
        [None, None, None, None, None, None],
        [None, "年度资金总额", 100.0, 0.0, 36.6, True],
        [None, None, None, None, None, None],
        [None, None, date(2024, 3, 1), None, None, None],
        [None, " 保留空格\n和换行 ", None, None, None, None],
    ]


def test_a_value_left_under_a_merge_is_dropped():
    def fill(_, sheet):
        sheet.merge_range("A1:B2", "成本指标")
        sheet.write("B2", "看不见")
        sheet.write("C2", "看得见")

    grid = only(xlsx(fill))
    assert grid.rows == [["成本指标", None, None], [None, None, "看得见"]]
    assert grid.merges == (Area(0, 0, 1, 1),)


@pytest.mark.parametrize("reach", ["A1:A1048576", "A1:XFD1", "A1:C1048576"])
def test_a_merge_may_reach_to_the_end_of_the_sheet(reach):
    """It hides as many cells as there are on the sheet, however far it goes."""

    def fill(_, sheet):
        sheet.merge_range("A1:B2", "成本指标")
        sheet.write("C3", "看得见")

    grid = only(edited(xlsx(fill), lambda part: part.replace(b"A1:B2", reach.encode())))
    assert (grid.rows[0][0], grid.rows[2][2]) == ("成本指标", None if reach == "A1:C1048576" else "看得见")


def test_an_error_left_under_a_merge_is_dropped():
    def fill(book, sheet):
        sheet.merge_range("A1:B1", "成本指标")
        sheet.write_formula("B1", "=1/0", None, "#DIV/0!")
        sheet.write("C1", 0.5, book.add_format({"num_format": "0%"}))

    grid = only(xlsx(fill))
    assert grid.faults == {}
    assert grid.formats == {Spot.of("C1"): "0%"}


def test_sheets_keep_their_order_and_charts_are_skipped():
    def fill(book, sheet):
        sheet.write("A1", 1)
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=项目1!$A$1:$A$1"})
        book.add_chartsheet("图").set_chart(chart)
        book.add_worksheet("隐藏").hide()
        book.add_worksheet("深藏").very_hidden()
        book.add_worksheet("汇总 & “引号”")

    grids = load(xlsx(fill), "表.xlsx").grids
    assert [(grid.sheet, grid.visible) for grid in grids] == [
        ("项目1", True),
        ("隐藏", False),
        ("深藏", False),
        ("汇总 & “引号”", True),
    ]


def test_the_ending_does_not_matter():
    for name in ("表.xlsx", "表.xls", "表.et", "表", "表.zip", "表.txt"):
        assert only(SMALL, name).rows == READ
        assert only(SMALL_XLS, name).rows == READ


def test_parts_named_with_backslashes_are_found():
    """Some programs write the separator of Windows."""
    old = zipfile.ZipFile(
        io.BytesIO(xlsx(lambda _, sheet: sheet.write_formula("A1", "=1/0", None, "#DIV/0!")))
    )
    data = packed(**{name.replace("worksheets/", "worksheets\\"): old.read(name) for name in old.namelist()})
    assert only(data).faults == {Spot.of("A1"): "#DIV/0!"}


def test_a_book_travels_between_processes():
    book = load(xlsx(lambda _, sheet: sheet.write_formula("A1", "=1/0", None, "#DIV/0!")), "表.xlsx")
    assert pickle.loads(pickle.dumps(book)) == book


# what calamine cannot tell


@pytest.mark.parametrize("error", ["#REF!", "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#VALUE!"])
def test_an_error_is_never_a_blank(error):
    grid = only(xlsx(lambda _, sheet: sheet.write_formula("C5", "=A1", None, error)))
    assert grid.faults == {Spot.of("C5"): error}
    assert grid.rows[4] == [None, None, None]


def test_a_formula_that_nobody_calculated_is_never_a_blank():
    def fill(sheet):
        sheet["A1"], sheet["A2"] = 1, 2
        sheet["A3"] = "=AVERAGE(A1:A2)"
        sheet["D9"] = '=IF(A1<2,"少","多")&A2'

    grid = only(by_openpyxl(fill))
    assert grid.faults == {Spot.of("A3"): "=AVERAGE(A1:A2)", Spot.of("D9"): '=IF(A1<2,"少","多")&A2'}
    assert [len(row) for row in grid.rows] == [4] * 9


def test_a_calculated_formula_is_its_value():
    def fill(_, sheet):
        sheet.write_formula("A1", "=1+1", None, 2)
        sheet.write_formula("A2", "=0", None, 0)
        sheet.write_formula("A3", '="甲"', None, "甲")

    grid = only(xlsx(fill))
    assert grid.rows == [[2.0], [0.0], ["甲"]]
    assert grid.faults == {}


def sheet_xml(cells):
    body = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return edited(
        SMALL,
        lambda part: body + cells.encode() + b"</sheetData></worksheet>" if b"<sheetData" in part else part,
    )


@pytest.mark.parametrize(
    ("cell", "faults"),
    [
        ('<c r="A1" t="str"><f>""</f><v></v></c>', {}),
        ('<c r="A1" t="str"><f>""</f><v/></c>', {}),
        ('<c r="A1" t="str"><f>""</f></c>', {}),
        ('<c r="A1" t="str"><f>B1&amp;""</f></c>', {"A1": '=B1&""'}),
        ('<c r="A1"><f>B1&amp;"&lt;"</f><v></v></c>', {"A1": '=B1&"<"'}),
        ('<c r="A1"><f>NOW()</f><v/></c>', {"A1": "=NOW()"}),
        ("<c r='A1' t='e'><v>#REF!</v></c>", {"A1": "#REF!"}),
        ('<x:c xmlns:x="u" r="A1" t="e"><x:f>B1</x:f><x:v>#N/A</x:v></x:c>', {"A1": "#N/A"}),
        ('<c r="A1"/><c r="C1" s="0"><v>1</v></c>', {}),
    ],
)
def test_blank_error_and_uncalculated_are_told_apart(cell, faults):
    assert only(sheet_xml(f'<row r="1">{cell}</row>')).faults == {
        Spot.of(a1): text for a1, text in faults.items()
    }


def test_a_shared_formula_is_told_as_it_reads_in_its_own_cell():
    grid = only(
        sheet_xml(
            '<row r="1"><c r="C1"><f t="shared" ref="C1:C3" si="0">MAX(A1,$B$1)</f><v>3</v></c></row>'
            '<row r="2"><c r="C2"><f t="shared" si="0"/></c></row>'
            '<row r="3"><c r="C3"><f t="shared" si="0"/><v>9</v></c></row>'
        )
    )
    assert grid.faults == {Spot.of("C2"): "=MAX(A2,$B$1)"}
    assert [row[2] for row in grid.rows] == [3.0, None, 9.0]


def test_the_percent_format_of_numbers_is_told():
    def fill(book, sheet):
        for row, code in enumerate(["0%", "0.00%", "0.0%;[红色]-0.0%", "0.00", '0"%"', "@"]):
            sheet.write(row, 0, 0.95, book.add_format({"num_format": code}))
        sheet.write_blank("B1", None, book.add_format({"num_format": "0%"}))
        sheet.write_string("C1", "95%", book.add_format({"num_format": "0%"}))

    assert only(xlsx(fill)).formats == {
        Spot.of("A1"): "0%",
        Spot.of("A2"): "0.00%",
        Spot.of("A3"): "0.0%;[红色]-0.0%",
        Spot.of("A5"): '0"%"',
    }


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (0.4375, "h:mm", "10:30"),
        (1.25, "[h]:mm", "30:00"),
        (46023, 'yyyy"年度"', "2026年度"),
        (46023, "yyyy\\年\\度", "2026年度"),
        (46023, "yyyy", "2026"),
        (46023, "yyyy-mm-dd", "2026年1月1日"),
    ],
)
def test_a_date_or_time_is_seen_as_its_format_shows_it(value, code, text):
    def fill(book, sheet):
        sheet.write("A1", value, book.add_format({"num_format": code}))

    grid = only(xlsx(fill))
    assert shown(grid.rows[0][0], grid.formats.get(Spot(0, 0), "")) == text


@pytest.mark.parametrize("code", ["0!.0,", "0\\.0,", "#,##0!.0000", '0!.00,"万元"', "#,##0.0,"])
def test_a_format_that_moves_the_point_is_told(code):
    def fill(book, sheet):
        sheet.write("A1", 35500, book.add_format({"num_format": code}))

    (told,) = only(xlsx(fill)).formats.values()
    assert shown(35500, told) == shown(35500, code) != "35500"


def test_facts_belong_to_their_own_sheet():
    def fill(book, sheet):
        sheet.write("A1", 1)
        book.add_worksheet("B & C").write_formula("A1", "=1/0", None, "#DIV/0!")

    first, second = load(xlsx(fill), "表.xlsx").grids
    assert first.faults == {}
    assert second.faults == {Spot.of("A1"): "#DIV/0!"}


def test_an_xls_is_seen_as_an_xlsx_is_and_says_what_cannot_be_seen_in_it():
    """Percent formats, words beside a number, errors and merges are seen; whether a formula was calculated is not."""

    def fill(sheet):
        sheet.write(0, 0, 0.95, xlwt.easyxf(num_format_str="0%"))
        sheet.row(1).set_cell_error(0, "#REF!")
        sheet.write_merge(2, 3, 0, 1, "成本指标")
        for column, number in enumerate((1, 2, 3)):  # one record for several cells
            sheet.write(4, column, number, xlwt.easyxf(num_format_str='0"万元"' if column else "0"))
        sheet.write(5, 0, 46023, xlwt.easyxf(num_format_str='yyyy"年度"'))

    grid = only(xls(fill), "表.xls")
    assert grid.rows[:2] == [[0.95, None, None], [None] * 3]
    assert grid.merges == (Area(2, 0, 3, 1),)
    assert grid.formats == {
        Spot(0, 0): "0%",
        Spot(4, 1): '0"万元"',
        Spot(4, 2): '0"万元"',
        Spot(5, 0): 'yyyy"年度"',
    }
    assert grid.faults == {Spot(1, 0): "#REF!"}
    assert grid.blind == ("公式是否算出结果",)
    assert only(SMALL).blind == ()


def ods(rows):
    names = ["office:1.0", "table:1.0", "text:1.0"]
    spaces = " ".join(
        f'xmlns:{one.partition(":")[0]}="urn:oasis:names:tc:opendocument:xmlns:{one}"' for one in names
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="表">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", "<manifest/>")
    return memory.getvalue()


def open_document():
    document, table = OpenDocumentSpreadsheet(), Table(name="项目1")
    rows = [
        [TableCell(valuetype="string", numbercolumnsspanned=2), CoveredTableCell()],
        [TableCell(valuetype="float", value=100), TableCell(valuetype="percentage", value=0.95)],
    ]
    rows[0][0].addElement(P(text="年度资金总额"))
    for cells in rows:
        row = TableRow()
        for cell in cells:
            row.addElement(cell)
        table.addElement(row)
    document.spreadsheet.addElement(table)
    memory = io.BytesIO()
    document.save(memory)
    return memory.getvalue()


def test_an_open_document_says_what_cannot_be_seen_in_it():
    grid = only(open_document(), "表.ods")
    assert grid.rows == [["年度资金总额", None], [100.0, 0.95]]
    assert grid.merges is None
    assert grid.formats == {Spot(1, 1): "0%"}
    assert grid.blind == ("公式是否算出结果", "合并单元格")


def test_an_open_document_is_seen_as_a_person_sees_it():
    """What a cell shows stands beside its value; a note in the cell is none of it."""
    cells = (
        ('office:value-type="percentage" office:value="0.955"', "95.5%", "95.5%"),
        ('office:value-type="float" office:value="5"', "5万元", "5万元"),
        ('office:value-type="float" office:value="1022"', "1,022.00", "1022"),
        ('office:value-type="float" office:value="3"', "<office:annotation><text:p>批注</text:p></office:annotation><text:p>3", "3"),
        ('office:value-type="float" office:value="35500"', "3.55", "3.55"),
        ('office:value-type="float" office:value="35500"', "3.6", "3.55"),
        ('office:value-type="float" office:value="35500"', "35!.5", "3.55"),
        ('office:value-type="float" office:value="35500"', "35,500!.0000万元", "3.55万元"),
        ('office:value-type="float" office:value="1050000"', "≤105.0万元", "≤105万元"),
        ('office:value-type="float" office:value="1500000"', "1500.0千元", "1500千元"),
        ('office:value-type="float" office:value="355000"', "355.0", "355"),
        ('office:value-type="float" office:value="0.4"', "0", "0.4"),
        ('office:value-type="float" office:value="-5"', "减少5亩", "减少5亩"),
        ('office:value-type="float" office:value="-5"', "-5亩", "-5亩"),
        ('office:value-type="float" office:value="-5"', "(5亩)", "-5亩"),
        ('office:value-type="float" office:value="0"', "无", "无"),
        ('office:value-type="float" office:value="1"', "TRUE", "TRUE"),
        ('office:value-type="percentage" office:value="0.95"', "≥95%", "≥95%"),
        ('office:value-type="percentage" office:value="0.95"', "95%以上", "95%以上"),
        ('office:value-type="date" office:date-value="2026-12-31"', "12月底", "12月底"),
        ('office:value-type="date" office:date-value="2026-06-01"', "Jun-26", "2026年6月1日"),
        ('office:value-type="date" office:date-value="2026-12-01"', "2026年12月", "2026年12月"),
        ('office:value-type="date" office:date-value="2026-12-31"', "2026年12月31日前", "2026年12月31日前"),
        ('office:value-type="date" office:date-value="2026-12-31"', "12月31日", "12月31日"),
        ('office:value-type="date" office:date-value="2026-12-31"', "26年", "26年"),
        ('office:value-type="date" office:date-value="2026-12-31"', "2026", "2026"),
        ('office:value-type="date" office:date-value="2026-01-01"', "2026年度", "2026年度"),
        ('office:value-type="date" office:date-value="2026-01-01"', "2026-01-01", "2026年1月1日"),
        ('office:value-type="time" office:time-value="PT10H30M00S"', "10:30", "10:30"),
        ('office:value-type="time" office:time-value="PT30H00M00S"', "30:00", "30:00"),
    )  # fmt: skip
    rows = "".join(
        f"<table:table-row><table:table-cell {told}>{text if '<' in text else f'<text:p>{text}'}</text:p>"
        "</table:table-cell></table:table-row>"
        for told, text, _ in cells
    )
    grid = only(ods(rows), "表.ods")
    seen = [shown(line[0], grid.formats.get(Spot(row, 0), "")) for row, line in enumerate(grid.rows)]
    assert seen == [text for *_, text in cells]


def test_errors_of_an_open_document_are_faults_wherever_they_are_repeated():
    cell = (
        '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" {}>'
        "<text:p>#DIV/0!</text:p></table:table-cell>"
    )
    text = '<table:table-cell office:value-type="string"><text:p>#N/A</text:p></table:table-cell>'
    twice = cell.format('table:number-columns-repeated="2"')
    rows = (
        f"<table:table-row>{twice}{text}</table:table-row>"
        f'<table:table-row table:number-rows-repeated="2" table:visibility="collapse">{cell.format("")}'
        "</table:table-row>"
    )
    grid = only(ods(rows), "表.ods")
    assert grid.faults == dict.fromkeys((Spot(0, 0), Spot(0, 1), Spot(1, 0), Spot(2, 0)), "#DIV/0!")
    assert grid.rows[0][2] == "#N/A"
    assert grid.hidden == {1, 2}


# stamps and times


def test_our_own_stamps_are_found_and_our_own_sheets_are_no_grids():
    def fill(book, sheet):
        sheet.write("A1", "项目支出绩效目标表")
        stamp, lists = book.add_worksheet("_jixiao"), book.add_worksheet("_jixiao_lists")
        stamp.write_row("A1", ["sheet", "form", "edition"])
        stamp.write_row("A2", ["项目1", "project_target", "gs-2024"])
        lists.write("A1", "产出指标")
        stamp.very_hidden()
        lists.very_hidden()

    book = load(xlsx(fill), "表.xlsx")
    assert [grid.sheet for grid in book.grids] == ["项目1"]
    assert book.stamps == {("project_target", "gs-2024")}


def test_stamps_survive_a_lost_sheet():
    def fill(book, _):
        book.define_name("jixiao_template", '="project_target@gs-2024;agency_overall@gs-2024"')
        book.set_custom_property("JixiaoTemplate", "project_target@mof-2015")

    assert load(xlsx(fill), "表.xlsx").stamps == {
        ("project_target", "gs-2024"),
        ("agency_overall", "gs-2024"),
        ("project_target", "mof-2015"),
    }


def test_a_strange_workbook_has_no_stamps():
    assert load(SMALL, "表.xlsx").stamps == frozenset()


def test_the_time_of_saving_is_the_workbooks_own():
    def fill(book, _):
        book.set_properties({"created": datetime(2024, 3, 1, 8, 30, tzinfo=UTC)})

    data = xlsx(fill)
    assert load(data, "表.xlsx").modified == datetime(2024, 3, 1, 8, 30, tzinfo=UTC)
    east = edited(data, lambda part: part.replace(b"08:30:00Z", b"08:30:00+08:00"))
    assert load(east, "表.xlsx").modified == datetime(2024, 3, 1, 0, 30, tzinfo=UTC)
    assert load(edited(data, lambda part: part.replace(b"2024-03-01", b"??")), "表.xlsx").modified is None
    assert load(SMALL_XLS, "表.xls").modified is None


def summary(moment, *, kind=0x40, count=1):
    """The summary properties of an .xls that was saved at this moment."""
    ticks = int((moment - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000
    section = struct.pack("<II", 28, count) + struct.pack("<II", 0x0D, 16) + struct.pack("<IQ", kind, ticks)
    return struct.pack("<HHI16sI16sI", 0xFFFE, 0, 0, b"", 1, b"", 48) + section


SAVED = datetime(2026, 9, 3, 8, 30, tzinfo=UTC)


def saved_xls(properties, name="\x05SummaryInformation"):
    """A small .xls as Excel and WPS save it, with properties beside its workbook."""
    stream = open_compound(xls(lambda sheet: sheet.write(0, 0, "项目名称"))).stream("Workbook")
    return container("Workbook", name, stream=stream, second=properties)


def test_an_xls_says_itself_when_it_was_saved():
    assert load(saved_xls(summary(SAVED)), "表.xls").modified == SAVED


@pytest.mark.parametrize(
    "properties",
    [
        b"", b"\xfe\xff", summary(SAVED)[:-1], summary(SAVED, kind=0x03),
        summary(SAVED, count=0xFFFFFFFF), summary(datetime(1601, 1, 1, tzinfo=UTC)),
        summary(SAVED).replace(struct.pack("<I", 48), struct.pack("<I", 0xFFFFFFF0)),
        summary(SAVED)[:-8] + b"\xff" * 8,
    ],
)  # fmt: skip
def test_odd_properties_of_an_xls_say_nothing_and_harm_nothing(properties):
    assert load(saved_xls(properties), "表.xls").modified is None


def test_the_properties_of_something_embedded_are_not_the_workbook_s():
    assert load(saved_xls(summary(SAVED), name="Other"), "表.xls").modified is None


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-09-03T16:30:00.123456789", SAVED.replace(microsecond=123456)),
        ("2026-09-03T08:30:00Z", SAVED),
        ("昨天", None),
    ],
)
def test_an_open_document_says_itself_when_it_was_saved(written, read):
    """Without a zone it is local time: LibreOffice writes what the clock on the wall says."""
    data = io.BytesIO(open_document())
    with zipfile.ZipFile(data) as old, zipfile.ZipFile(memory := io.BytesIO(), "w") as new:
        for name in old.namelist():
            meta = f"<office:document-meta><office:meta><dc:date>{written}</dc:date></office:meta></office:document-meta>"
            new.writestr(name, meta if name == "meta.xml" else old.read(name))
    assert load(memory.getvalue(), "表.ods").modified == read


# what is refused


def container(*names, stream=b"", second=b""):
    """An OLE container with empty streams of these names (the first ones with content), written by hand."""
    entries = [("Root Entry", 5, 1, 0xFFFFFFFE, 0)]
    content = [one.ljust(max(4_608, -(-len(one) // 512) * 512), b"\0") for one in (stream, second) if one]
    begins = [2, 2 + len(content[0]) // 512] if content else []
    for number, name in enumerate(names, start=1):
        held = number <= len(content)
        start, size = (begins[number - 1], len(content[number - 1])) if held else (0xFFFFFFFE, 0)
        entries.append((name, 2, number + 1 if number < len(names) else 0xFFFFFFFF, start, size))
    listing = b""
    for kind, (name, typ, link, start, size) in enumerate(entries):
        text = name.encode("utf-16-le") + b"\0\0"
        right, child = (0xFFFFFFFF, link) if kind == 0 else (link, 0xFFFFFFFF)
        listing += struct.pack("<64sHBBIII", text, len(text), typ, 1, 0xFFFFFFFF, right, child)
        listing += bytes(36) + struct.pack("<III", start, size, 0)
    sectors = -(-len(listing) // 512)
    assert sectors == 1 or not stream
    chain = [*range(2, 1 + sectors), 0xFFFFFFFE]
    for one in content:
        at = 1 + len(chain)
        chain += [*range(at + 1, at + len(one) // 512), 0xFFFFFFFE]
    fat = struct.pack("<128I", *([0xFFFFFFFD, *chain] + [0xFFFFFFFF] * (127 - len(chain))))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    header += struct.pack("<IIII", 1, 1, 0, 4096) + struct.pack("<IIII", 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    return header + fat + listing.ljust(sectors * 512, b"\0") + b"".join(content)


BOF = struct.pack("<HHHHHHII", 0x809, 16, 0x600, 5, 0, 0, 0, 0)
PASSWORD = BOF + struct.pack("<HHHHH", 0x2F, 6, 0, 1, 2)
WORD = packed(
    **{"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>", "word/embeddings/a.xlsx": SMALL}
)


def open_text():
    memory = io.BytesIO()
    OpenDocumentText().save(memory)
    return memory.getvalue()


UOF = (
    '<?xml version="1.0" encoding="gb18030"?><uof:UOF xmlns:uof="http://schemas.uof.org/cn/2003/uof" '
    'xmlns:表="http://schemas.uof.org/cn/2003/uof-spreadsheet"/>'
)
FLAT = (
    '<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'office:mimetype="application/vnd.oasis.opendocument.{}"><table:table/></office:document>'
)
PAGE = (
    '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta name=ProgId content=Excel.Sheet></head>'
    "<table><td>项目名称</td></table></html>"
)
FORM = (
    "项目支出绩效目标表,,,,\r\n（2026年度）,,,,\r\n项目名称,电费,,,\r\n主管部门及代码,甲局,,实施单位,甲局\r\n"
    "项目资金\r\n年度资金总额,,10\r\n总体目标,按时缴费,,,\r\n绩效指标,一级指标,二级指标,三级指标,指标值\r\n"
    ",产出指标,数量指标,缴费次数,≥12次\r\n"
)
LIST = "单位名称,项目名称,一级指标,二级指标,三级指标,指标值\r\n甲局,电费,产出指标,数量指标,缴费次数,≥12次\r\n"
REFUSED = [
    ("nothing at all", "表.xlsx", b"", "empty"),
    ("encrypted .xlsx", "表.xlsx", container("EncryptedPackage", "EncryptionInfo"), "encrypted"),
    ("encrypted .xls", "表.xls", container("Workbook", stream=PASSWORD), "encrypted"),
    ("Word 97 as .xls", "表.xls", container("WordDocument", "1Table", "Workbook"), "unsupported_format"),
    ("Word 97", "表.doc", container("WordDocument"), "unsupported_format"),
    ("unknown .et", "表.et", container("WPS"), "unsupported_format"),
    ("unknown OLE as .xls", "表.xls", container("WPS"), "damaged"),
    ("PowerPoint 97", "说明.ppt", container("PowerPoint Document"), "other_file"),
    ("mail", "信.msg", container("__properties_version1.0"), "other_file"),
    ("broken OLE", "表.xls", container("Workbook")[:600], "damaged"),
    ("cut .xls", "表.xls", SMALL_XLS[:2_000], "damaged"),
    ("cut .xlsx", "表.xlsx", SMALL[: len(SMALL) // 2], "damaged"),
    ("cut .xlsx without ending", "表", SMALL[: len(SMALL) // 2], "damaged"),
    ("a download under way", "表.xlsx.crdownload", packed(**{"xl/workbook.xml": "x" * 99})[:40], "damaged"),
    ("one that was begun with zeros", "表.xls.downloading", bytes(4_096), "damaged"),
    ("one of something else", "资料.zip.part", packed(**{"说明.txt": "x" * 99})[:40], "other_file"),
    ("cut archive", "资料.zip", packed(**{"说明.txt": "x" * 99})[:40], "other_file"),
    ("zip as .xlsx", "表.xlsx", packed(**{"说明.txt": "x"}), "damaged"),
    ("archive", "资料.zip", packed(**{"说明.txt": "x"}), "other_file"),
    ("archive of workbooks", "上报.zip", packed(**{"项目1.xlsx": SMALL}), "unsupported_format"),
    ("rar of workbooks", "上报.rar", b"Rar!\x1a\x07\x00 1.xlsx", "unsupported_format"),
    ("rar", "资料.rar", b"Rar!\x1a\x07\x00 1.jpg", "unsupported_format"),
    (
        "7z, whose listing is packed too",
        "上报.7z",
        b"7z\xbc\xaf\x27\x1c\0\4" + bytes(40),
        "unsupported_format",
    ),
    ("7z as .xlsx", "表.xlsx", b"7z\xbc\xaf\x27\x1c\0\4" + bytes(40), "not_a_spreadsheet"),
    ("something packed by itself", "日志.gz", b"\x1f\x8b\x08" + bytes(40), "other_file"),
    (".docx", "表.docx", WORD, "unsupported_format"),
    (".docx as .xlsx", "表.xlsx", WORD, "unsupported_format"),
    (".odt", "表.odt", open_text(), "unsupported_format"),
    (".ofd", "表.ofd", packed(**{"OFD.xml": "<ofd/>"}), "unsupported_format"),
    (".pdf", "表.pdf", b"%PDF-1.7\n", "unsupported_format"),
    (".pdf as .xlsx", "表.xlsx", b"%PDF-1.7\n", "unsupported_format"),
    (".wps", "表.wps", b"\x01\x02\x03", "unsupported_format"),
    ("Excel 4", "表.xls", b"\x09\x04\x06\x00\x00\x04\x10\x00", "unsupported_format"),
    ("HTML as .xls", "表.xls", b"<html><table><tr><td>1</td></tr></table></html>", "not_a_spreadsheet"),
    ("HTML in GBK", "表.xls", "<table><td>项目名称</td></table>".encode("gb18030"), "not_a_spreadsheet"),
    (
        "XML 2003",
        "表.xls",
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "not_a_spreadsheet",
    ),
    (
        "XML 2003 by its own ending",
        "表.xml",
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "unsupported_format",
    ),
    ("any other XML", "表.xml", b'<?xml version="1.0"?><data/>', "other_file"),
    ("UOF", "表.uos", UOF.encode(), "unsupported_format"),
    ("UOF as .xml", "表.xml", UOF.encode("gb18030"), "unsupported_format"),
    ("flat ODF as .xml", "表.xml", FLAT.format("spreadsheet").encode(), "unsupported_format"),
    ("a text in flat ODF", "说明.xml", FLAT.format("text").encode(), "other_file"),
    ("UOF packed", "表.uos", packed(**{"uof.xml": "<uof/>"}), "unsupported_format"),
    ("a page saved from Excel", "表.htm", PAGE.encode("gb18030"), "unsupported_format"),
    (
        "a page archived from WPS",
        "表.mht",
        PAGE.replace("=", "=3D").replace("Excel", "ET").encode(),
        "unsupported_format",
    ),
    ("a page", "说明.html", b"<html><body>x</body></html>", "other_file"),
    ("CSV as .xlsx", "表.xlsx", "项目名称,金额\n泵站,100".encode(), "not_a_spreadsheet"),
    ("CSV in UTF-16", "表.xls", "项目名称\t金额".encode("utf-16"), "not_a_spreadsheet"),
    ("a form as CSV", "电费.csv", FORM.encode("gb18030"), "unsupported_format"),
    ("a list of projects as CSV", "清单.csv", LIST.encode("utf-8-sig"), "unsupported_format"),
    (
        "a form as CSV, its goals long",
        "电费.csv",
        FORM.replace("按时缴费", "按时缴费" * 2_000).encode(),
        "unsupported_format",
    ),
    ("a form as CSV by another ending", "表.xls", FORM.encode(), "not_a_spreadsheet"),
    ("our own export", "明细.csv", f"类别,文件,工作表,单元格,表\r\n{LIST}".encode("utf-8-sig"), "other_file"),
    ("any other CSV", "通讯录.csv", "单位名称,联系人,电话\n甲局,张三,0930".encode(), "other_file"),
    ("words that speak of a form", "通知.csv", "请按项目名称填报一级指标\n".encode(), "other_file"),
    ("picture as .xlsx", "表.xlsx", b"\x89PNG\r\n\x1a\n", "not_a_spreadsheet"),
    ("picture", "章.png", b"\x89PNG\r\n\x1a\n", "other_file"),
    ("text", "说明", "请于三月底前报送".encode(), "other_file"),
    ("zeros as .xlsx", "表.xlsx", bytes(4_096), "damaged"),
    ("bytes without meaning", "数据", bytes(range(256)), "other_file"),
]


@pytest.mark.parametrize(
    ("name", "data", "code"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_what_is_no_workbook_is_refused_with_its_code_and_one_sentence(name, data, code):
    with pytest.raises(FileRejectedError) as caught:
        load(data, name)
    assert caught.value.code == code
    assert caught.value.reason.endswith("。")
    assert pickle.loads(pickle.dumps(caught.value)).code == code


@pytest.mark.parametrize("name", ["表.fods", "表.xml", "表.xls"])
def test_a_flat_open_document_is_not_called_a_page(name):
    with pytest.raises(FileRejectedError, match="ODF 表格") as caught:
        load(FLAT.format("spreadsheet").encode(), name)
    assert "HTML" not in caught.value.reason


def test_a_container_written_by_hand_is_read_as_any_other():
    """The fixtures above are refused for what they hold, not for being odd containers."""
    opened = open_compound(container("Workbook", stream=PASSWORD))
    assert opened.root() == {"Workbook"}
    assert opened.stream("Workbook").startswith(PASSWORD)
    assert open_compound(SMALL_XLS).root() >= {"Workbook"}


def test_a_container_that_runs_in_circles_is_refused():
    """calamine follows a chain of sectors until the memory is full."""
    data = bytearray(container("Workbook"))
    struct.pack_into("<I", data, 512 + 4, 1)
    with pytest.raises(FileRejectedError) as caught:
        load(bytes(data), "表.xls")
    assert caught.value.code == "damaged"


def test_an_xls_whose_values_spread_too_far_over_many_sheets_is_refused():
    """Every sheet of an .xls is held at once: two cells each, 16 million blanks between them."""
    book, memory = xlwt.Workbook(), io.BytesIO()
    for number in range(3):
        sheet = book.add_sheet(f"表{number}")
        sheet.write(0, 0, 1)
        sheet.write(65_535, 255, 1)
    book.save(memory)
    with pytest.raises(FileRejectedError) as caught:
        load(memory.getvalue(), "表.xls")
    assert caught.value.code == "too_large"


def test_a_package_hidden_behind_an_xls_is_not_read():
    """Zip readers find a package at the end of anything; nobody looked into this one."""
    broken = container("Workbook", stream=BOF + struct.pack("<HH", 0x85, 0))
    with pytest.raises(FileRejectedError) as caught:
        load(broken + SMALL, "表.xls")
    assert caught.value.code == "damaged"


@pytest.mark.parametrize("data", [SMALL, SMALL_XLS, open_document()], ids=["xlsx", "xls", "ods"])
def test_a_file_cut_anywhere_is_read_or_refused(data):
    for length in range(1, len(data), max(1, len(data) // 60)):
        try:
            load(data[:length], "表.xlsx")
        except FileRejectedError as error:
            assert error.code in {"damaged", "not_a_spreadsheet"}  # noqa: PT017 - a file that is cut may still be read


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("~$项目.xlsx", "lock_file"),
        ("2024/.~lock.项目.ods#", "lock_file"),
        (".~项目.et", "lock_file"),
        ("报送\\Thumbs.db", "other_file"),
        (".DS_Store", "other_file"),
        ("desktop.ini", "other_file"),
        ("._项目.xlsx", "other_file"),
        ("公章.JPG", "other_file"),
        ("说明.txt", "other_file"),
        ("项目.xlsx", None),
        ("项目.XLS", None),
        ("项目.pdf", None),
        ("上报.zip", None),
        ("表.htm", None),
        ("项目", None),
    ],
)
def test_some_names_are_enough(name, code):
    refused = classify_name(name)
    assert (refused.code if refused else None) == code


@pytest.mark.parametrize("name", ["水费.xlsx.lnk", "水费.xlsx - 快捷方式.LNK", "水费.url"])
def test_a_shortcut_that_came_instead_of_its_file_is_no_stray(name):
    refused = classify_name(name)
    assert refused.code == "other_file"
    assert "快捷方式" in refused.reason
    assert "把原文件复制进来" in refused.reason
