"""What passes the guard cannot take the process down; what is only untidy passes."""

import io
import re
import struct
import warnings
import zipfile
from types import SimpleNamespace
from xml.parsers.expat import ExpatError

import pytest
import xlsxwriter

from jixiao.errors import FileRejectedError
from jixiao.model import Spot
from jixiao.office import cells
from jixiao.office.files import Limits, load

MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def workbook(fill=lambda sheet, _: sheet.write("A1", "项目名称")):
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True})
    fill(book.add_worksheet("表"), book)
    book.close()
    return memory.getvalue()


def edited(data, part, change):
    """The same package with one part changed; a part that is not there is added."""
    old, memory = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
        if part not in old.namelist():
            new.writestr(part, change(b""))
    return memory.getvalue()


def sheet(body, head=b""):
    """A workbook whose only sheet has the given XML rows."""
    xml = (
        b'<?xml version="1.0"?>'
        + head
        + b"<worksheet "
        + MAIN
        + b"><sheetData>"
        + body
        + b"</sheetData></worksheet>"
    )
    return edited(workbook(), "xl/worksheets/sheet1.xml", lambda _: xml)


def open_document(rows, prolog=b""):
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        package.writestr("META-INF/manifest.xml", '<manifest:manifest xmlns:manifest="urn:m"/>')
        package.writestr(
            "content.xml",
            b'<?xml version="1.0"?>'
            + prolog
            + b'<office:document-content xmlns:office="urn:o" xmlns:table="urn:t" '
            b'xmlns:text="urn:x"><office:body><office:spreadsheet><table:table table:name="s">'
            + rows
            + b"</table:table></office:spreadsheet></office:body></office:document-content>",
        )
    return memory.getvalue()


def refused(data, name="表.xlsx", limits=None):
    with pytest.raises(FileRejectedError) as caught:
        load(data, name, *([limits] if limits else []))
    assert caught.value.reason.endswith("。")
    return caught.value.code


FAR = {
    "last row of all": b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>',
    "last cell of all": b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    "single quotes": b"<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
    "lower case": b'<row r="1"><c r="xfd1048576"><v>1</v></c></row>',
    "spaces around =": b'<row r = "1"><c r = "XFD1048576"><v>1</v></c></row>',
    "other attributes first": b'<row r="1"><c s="0" t="n" r="XFD1048576"><v>1</v></c></row>',
    "tag broken over lines": b'<row r="1"><c\n r="XFD1048576"><v>1</v></c></row>',
    "prefixed elements": b'<x:row xmlns:x="urn:x"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>',
    "inline text": b'<row r="1"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>',
    "a formula alone": b'<row r="1"><c r="XFD1048576"><f>A1</f></c></row>',
    "cells without addresses": b'<row r="1048576">' + b"<c/>" * 16_383 + b"<c><v>1</v></c></row>",
    "zeros before the row": b'<row r="1"><c r="XFD01048576"><v>1</v></c></row>',
    "wide and long": b'<row r="1"><c r="AKZ1"><v>1</v></c></row><row r="90000"><c r="A90000"><v>1</v></c></row>',
}


@pytest.mark.parametrize("body", FAR.values(), ids=FAR)
def test_a_value_far_away_is_refused_however_it_is_written(body):
    assert refused(sheet(body)) in {"too_large", "damaged"}


def test_a_far_value_is_found_in_a_sheet_with_an_unusual_name():
    """Any part may be a sheet: the workbook's relations decide, not the folder."""
    data = sheet(FAR["last cell of all"])
    old, memory = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(memory, "w") as new:
        for name in old.namelist():
            content = old.read(name).replace(b"worksheets/sheet1.xml", b"media/image1.png")
            new.writestr(name.replace("worksheets/sheet1.xml", "media/image1.png"), content)
    assert refused(memory.getvalue()) == "too_large"


def test_an_address_given_twice_is_refused():
    """calamine takes the last one, other readers the first."""
    assert refused(sheet(b'<row r="1"><c r="A1" r="XFD1048576"><v>1</v></c></row>')) == "damaged"


PIECES = (
    b"1&#48;0",
    b"&#49;00",
    b"<![CDATA[100]]>",
    b"1<!-- c -->00",
    b"10<?x?>0",
    b"1</v><v>00",
)


@pytest.mark.parametrize("start", [b"<v>", b'<v xml:space="preserve">'])
@pytest.mark.parametrize("kind", [b"", b' t="n"', b' t="s"', b' t="b"'])
@pytest.mark.parametrize("value", PIECES)
def test_a_number_written_in_pieces_is_refused_not_read_as_one_of_them(value, kind, start):
    data = sheet(b'<row r="1"><c r="B1"' + kind + b">" + start + value + b"</v></c></row>")
    with pytest.raises(FileRejectedError, match="B1 格的数在文件里拆成了几段来写") as caught:
        load(data, "表.xlsx")
    assert caught.value.code == "unsupported_format"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (b"a&amp;b&#10;c", "a&b\nc"),
        (b"&lt;&quot;&#x4e2d;", '<"中'),
    ],
)
def test_a_text_written_in_pieces_is_read_whole(written, read):
    inline = sheet(b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + written + b"</t></is></c></row>")
    computed = sheet(b'<row r="1"><c r="A1" t="str"><f>X</f><v>' + written + b"</v></c></row>")
    shared = edited(
        workbook(), "xl/sharedStrings.xml", lambda part: part.replace("项目名称".encode(), written)
    )
    for data in (inline, computed, shared):
        assert load(data, "表.xlsx").grids[0].rows == [[read]]


@pytest.mark.parametrize("written", [b"a<!--x-->b", b"a<![CDATA[b]]>", b"<![CDATA[ab]]>", b"a<?x?>b"])
def test_a_text_in_sections_is_read_whole_or_refused(written):
    """Of a computed text calamine loses a CDATA section."""
    inline = sheet(b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + written + b"</t></is></c></row>")
    assert load(inline, "表.xlsx").grids[0].rows == [["ab"]]
    computed = sheet(b'<row r="1"><c r="A1" t="str"><f>X</f><v>' + written + b"</v></c></row>")
    assert refused(computed) == "unsupported_format"


@pytest.mark.parametrize(
    "name",
    [
        "xl/worksheets/sheet1.xml",
        "XL/worksheets/SHEET1.xml",
        "xl\\worksheets\\sheet1.xml",
        "/xl/worksheets/sheet1.xml",
        "xl/worksheets/sheet%31.xml",
    ],
)
def test_a_part_given_twice_is_refused_since_readers_would_not_agree(name):
    memory = io.BytesIO(workbook())
    with zipfile.ZipFile(memory, "a") as package, warnings.catch_warnings(action="ignore"):
        package.writestr(name, sheet(b""))
    with pytest.raises(FileRejectedError, match="有两份内容") as caught:
        load(memory.getvalue(), "表.xlsx")
    assert caught.value.code == "damaged"


def test_a_style_far_away_does_no_harm():
    body = b'<row r="1"><c r="B1"><v>7</v></c></row><row r="1048576" s="1"><c r="XFD1048576" s="0"/></row>'
    assert load(sheet(body), "表.xlsx").grids[0].rows == [[None, 7.0]]


def test_a_sheet_of_styled_blanks_is_read():
    def fill(sheet, book):
        style = book.add_format({"border": 1})
        for row in range(5_000):
            for column in range(200):
                sheet.write_blank(row, column, None, style)
        sheet.write("A1", "项目名称")

    assert load(workbook(fill), "表.xlsx").grids[0].rows == [["项目名称"]]


def test_rows_and_cells_without_addresses_are_counted_as_calamine_counts_them():
    body = b'<row><c><v>1</v></c><c><v>2</v></c></row><row r="4"><c><v>3</v></c><c r="D4"><v>4</v></c><c><f>NOW()</f></c></row>'
    grid = load(sheet(body), "表.xlsx").grids[0]
    assert grid.rows[0][:2] == [1.0, 2.0]
    assert grid.rows[3] == [3.0, None, None, 4.0, None]
    assert grid.faults == {Spot.of("E4"): "=NOW()"}


def test_a_lying_dimension_changes_nothing():
    data = edited(
        workbook(lambda sheet, _: sheet.write_column("A1", [1, 2, 3])),
        "xl/worksheets/sheet1.xml",
        lambda xml: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', xml),
    )
    assert load(data, "表.xlsx").grids[0].rows == [[1.0], [2.0], [3.0]]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"<!--</sheetData>--><sheetData>", b"</sheetData >"),
        (b'<!--<sheetData><row r="1"/></sheetData>--><sheetData>', b"</sheetData >"),
        (b'<!--<sheetData><row r="1"/></sheetData>--><x:sheetData xmlns:x="urn:x">', b"</x:sheetData>"),
        (b"<sheetData >", b"</sheetData>"),
    ],
)
def test_a_far_cell_is_seen_wherever_the_rows_seem_to_end(before, after):
    """A comment holds an end of rows that is none: it was taken for the last one, and the process was gone."""
    data = edited(
        sheet(b'<row r="1"><c r="A1"><v>1</v></c></row>' + FAR["last cell of all"]),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"<sheetData>", before).replace(b"</row></sheetData>", b"</row>" + after),
    )
    assert refused(data) == "too_large"


def test_a_format_of_a_condition_is_none_of_the_cells():
    """Its number may be another's: programs count the formats of conditions by themselves."""

    def fill(sheet, book):
        sheet.write("A1", 0.95, book.add_format({"num_format": "0.000"}))
        sheet.write("A2", 0.95, book.add_format({"num_format": "0.0%"}))

    condition = b'<dxfs count="1"><dxf><numFmt numFmtId="164" formatCode="0%"/></dxf></dxfs>'
    data = edited(workbook(fill), "xl/styles.xml", lambda xml: xml.replace(b'<dxfs count="0"/>', condition))
    assert load(data, "表.xlsx").grids[0].formats == {Spot.of("A2"): "0.0%"}


def test_no_memory_left_is_no_damage():
    """It is remembered of a damaged file that it is damaged, and the next reading may have more."""

    def out_of_memory(*_):
        error = ExpatError("out of memory")
        error.code = 1
        raise error

    parser = SimpleNamespace(Parse=out_of_memory)
    with pytest.raises(MemoryError):
        cells.parse(parser, b"<a/>", None, None, None)


def test_rows_behind_the_rows_are_not_read():
    """Neither do the programs read them: nothing is to be seen of them, and nothing is refused."""
    data = edited(
        sheet(b'<row r="1"><c r="A1"><v>1</v></c></row>'),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"</sheetData>", b"</sheetData>" + FAR["last cell of all"]),
    )
    assert load(data, "表.xlsx").grids[0].rows == [[1.0]]


@pytest.mark.parametrize("count", [b'uniqueCount="9000000000000"', b"uniqueCount = '9000000000000'"])
@pytest.mark.parametrize("rows", [b"", b"<sheetData></sheetData>"])
def test_shared_strings_that_announce_too_many_are_refused(rows, count):
    """calamine reserves room for as many as are announced, and the process is gone."""
    data = edited(
        workbook(lambda sheet, _: sheet.write("A1", "sheetData")),
        "xl/sharedStrings.xml",
        lambda xml: re.sub(rb'uniqueCount="\d+"', count, xml).replace(b"</sst>", rows + b"</sst>"),
    )
    assert refused(data) == "damaged"


def test_a_long_text_in_very_many_cells_is_refused():
    """40,000 cells share one text of 32,000 letters: 3.8 GB of copies, from a file of 216 KB."""
    data = workbook(lambda sheet, _: [sheet.write(row, 0, "长" * 32_000) for row in range(40_000)])
    assert len(data) < 250_000
    assert refused(data) == "too_large"


def test_a_bomb_is_refused_before_it_is_unpacked():
    data = edited(workbook(), "xl/media/image1.png", lambda _: b"\0" * (40 << 20))
    assert refused(data) == "too_large"


def test_sizes_in_the_directory_are_not_believed():
    """The directory says ten bytes; the part inflates to 40 MiB."""
    data = bytearray(edited(workbook(), "xl/media/image1.png", lambda _: b"\0" * (40 << 20)))
    at = data.rfind(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 10)
    assert refused(bytes(data)) == "too_large"


@pytest.mark.parametrize(
    ("limits", "figure"),
    [
        (Limits(entries=5), r"文件里有 \d+ 个部件，超过 5 个"),
        (Limits(part=500), "有一部分解压后在 1 MB 以上"),
        (Limits(total=3_000), "全部解压后在 1 MB 以上"),
        (Limits(file=1_000), "文件有 1 MB，超过 1 MB"),
        (Limits(rows=2), "超过 2 行"),
        (Limits(columns=2), "内容写到第 28 列，超过 2 列"),
        (Limits(cells=20), "格，超过 20 格"),
        (Limits(letters=3), "有一格写了 4 个字，超过 3 个字"),
        (Limits(sheets=0), "有 1 张工作表，超过 0 张"),
    ],
)
def test_every_bound_is_kept_and_told_with_the_figure(limits, figure):
    def fill(sheet, book):
        sheet.write("A1", "项目名称")
        sheet.write("AB3", 0.5, book.add_format({"num_format": "0%"}))  # looked at exactly

    with pytest.raises(FileRejectedError, match=figure) as refusal:
        load(workbook(fill), "表.xlsx", limits)
    assert refusal.value.code == "too_large"
    assert load(workbook(fill), "表.xlsx").grids


def test_all_sheets_together_keep_the_bound():
    def fill(sheet, book):
        for one in (sheet, book.add_worksheet(), book.add_worksheet()):
            one.write("J10", 1)

    assert len(load(workbook(fill), "表.xlsx", Limits(cells=300)).grids) == 3
    assert refused(workbook(fill), limits=Limits(cells=299)) == "too_large"


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml"])
def test_entities_are_refused(part):
    doctype = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">]>'
    assert refused(edited(workbook(), part, lambda xml: xml.replace(b"?>", b"?>" + doctype, 1))) == "damaged"


def test_a_sheet_in_utf_16_is_refused_not_read_as_blank():
    recode = lambda xml: xml.decode().replace("UTF-8", "UTF-16").encode("utf-16")  # noqa: E731 - one use, named for the reader
    assert refused(edited(workbook(), "xl/worksheets/sheet1.xml", recode)) == "damaged"


def test_merges_that_cover_each_other_without_end_are_refused():
    data = workbook(lambda sheet, _: sheet.write("Z900", 1))
    merges = b'<mergeCells count="9">' + b'<mergeCell ref="A1:Z900"/>' * 9 + b"</mergeCells>"
    data = edited(
        data, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"</sheetData>", b"</sheetData>" + merges)
    )
    assert refused(data) == "damaged"


def test_a_merge_over_the_whole_sheet_is_cut_to_what_is_there():
    merge = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    data = workbook(lambda sheet, _: sheet.write_row("A1", [1, 2]))
    data = edited(data, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"</sheetData>", merge))
    assert load(data, "表.xlsx").grids[0].rows == [[1.0, None]]


CELL = b'<table:table-cell office:value-type="float" office:value="1"%s/>'
ROW = b"<table:table-row%s>%s</table:table-row>"
REPEATED = {
    "rows": ROW % (b' table:number-rows-repeated="1048576"', CELL % b""),
    "columns": ROW % (b"", CELL % b' table:number-columns-repeated="16384"'),
    "blank rows before": ROW % (b' table:number-rows-repeated="1048575"', b"<table:table-cell/>")
    + ROW % (b"", CELL % b""),
    "both": ROW % (b' table:number-rows-repeated="90000"', CELL % b' table:number-columns-repeated="900"'),
    "many wide rows": (
        ROW % (b"", b'<table:table-cell table:number-columns-repeated="16000"/><table:table-cell/>')
    )
    * 600,
    "text": ROW
    % (b' table:number-rows-repeated="1048576"', b"<table:table-cell><text:p>x</text:p></table:table-cell>"),
}


@pytest.mark.parametrize("rows", REPEATED.values(), ids=REPEATED)
def test_repeated_cells_of_an_open_document_are_bounded(rows):
    assert refused(open_document(rows), "表.ods") == "too_large"


def test_an_open_document_filled_up_with_blanks_is_read():
    """LibreOffice ends every row and every sheet with repeated blanks."""
    blank = b'<table:table-cell table:number-columns-repeated="16383"/>'
    rows = ROW % (b"", CELL % b"" + blank) + ROW % (b' table:number-rows-repeated="1048575"', blank)
    assert load(open_document(rows), "表.ods").grids[0].rows == [[1.0]]


@pytest.mark.parametrize(
    "content", [b"\x8f\x00\x01\xd2" * 64, b"\xd3\x81\x9a\xff" * 64], ids=["zeros", "noise"]
)
def test_an_encrypted_open_document_is_called_so(content):
    """Every part but the manifest is noise then."""
    manifest = b'<manifest:manifest xmlns:manifest="urn:m"><manifest:encryption-data/></manifest:manifest>'
    data = edited(open_document(b""), "META-INF/manifest.xml", lambda _: manifest)
    for part in ("content.xml", "styles.xml"):
        data = edited(data, part, lambda _: content + b"%")
    assert refused(data, "表.ods") == "encrypted"


def test_entities_of_an_open_document_are_refused():
    assert (
        refused(open_document(ROW % (b"", CELL % b""), b'<!DOCTYPE x [<!ENTITY a "b">]>'), "表.ods")
        == "damaged"
    )


def binary(row, column):
    """The smallest .xlsb that python-calamine opens: one sheet with one number."""

    def record(kind, body=b""):
        number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
        return number + bytes([len(body)]) + body

    def wide(text):
        return struct.pack("<I", len(text)) + text.encode("utf-16-le")

    relations = b'<Relationships xmlns="urn:r"><Relationship Id="rId1" Target="worksheets/sheet1.bin"/></Relationships>'
    book = record(0x83) + record(0x8F) + record(0x9C, struct.pack("<II", 0, 1) + wide("rId1") + wide("表"))
    cell = record(5, struct.pack("<IId", column, 0, 7.0))
    body = (
        record(0x81)
        + record(0x94, bytes(16))
        + record(0x91)
        + record(0, struct.pack("<I", row) + bytes(13))
        + cell
    )
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as package:
        package.writestr("_rels/.rels", '<Relationships xmlns="urn:r"/>')
        package.writestr("xl/_rels/workbook.bin.rels", relations)
        package.writestr("xl/workbook.bin", book + record(0x90) + record(0x84))
        package.writestr("xl/worksheets/sheet1.bin", body + record(0x92) + record(0x82))
    return memory.getvalue()


def test_a_binary_workbook_is_read_and_bounded():
    grid = load(binary(1, 2), "表.xlsb").grids[0]
    assert grid.rows == [[None, None, None], [None, None, 7.0]]
    assert grid.merges is None
    assert "合并单元格" in grid.blind
    assert refused(binary(1_048_575, 16_383), "表.xlsb") == "too_large"


def test_a_member_of_no_bytes_may_be_called_deflated():
    """Some programs write a picture of no bytes as deflated, without even the two bytes that end it."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet("表").write_string("A1", "甲")
    with zipfile.ZipFile(out, "a", zipfile.ZIP_STORED) as package:
        package.writestr("docProps/thumbnail.wmf", b"")
    data = out.getvalue()
    at = [one.start() for one in re.finditer(b"docProps/thumbnail.wmf", data)]
    changed = bytearray(data)
    changed[at[0] - 22 : at[0] - 20], changed[at[1] - 36 : at[1] - 34] = b"\x08\x00", b"\x08\x00"
    assert zipfile.ZipFile(io.BytesIO(changed)).getinfo("docProps/thumbnail.wmf").compress_type == 8
    assert load(bytes(changed), "表.xlsx").grids[0].rows == [["甲"]]
