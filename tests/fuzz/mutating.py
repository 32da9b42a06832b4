"""Real workbooks, spoiled at one level or several: bytes of the file, members of the zip, XML, values in cells."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from functools import cache

import openpyxl
import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from jixiao import demo

SMALL = "小.xlsx"
VALUES = (
    "", "0", "-1", "1e308", "-1e-320", "NaN", "Infinity", "99999999999999999999999999", "=1+1", "=cmd|' /C calc'!A0",
    "＝1", "@SUM(A1)", "\t=1", "≥95%", "≤100万元", "2024年", "1,022.00", "单位：元", "绩效目标表", "项目支出绩效目标表",
    "一级指标", "三级指标", "\u200b", "\u202e", "\ud83d\ude00", "_x0000_", "_x005F_x0041_", "&#0;", "&lt;", "A" * 40_000, "年" * 300,
)  # fmt: skip
TOKENS = (
    b"<", b">", b"/>", b"&", b"&amp;", b'"', b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<?xml version='1.0'?>",
    b'<!DOCTYPE a [<!ENTITY b "c">]>', b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b'r="XFD1048576"', b'r="A0"', b'r="1A"', b's="-1"',
    b's="4294967296"', b't="s"', b't="e"', b't="inlineStr"', b"<v>-1</v>", b"<f/>", b"<row/>", b"</row>", b"<mergeCell ref='A1:XFD1048576'/>",
    b'ref="B2:A1"', b'sqref=""', b'Id=""', b'Target="../../../etc/passwd"', b'TargetMode="External"', b'count="4294967295"',
    b'xmlns:x="urn:x"', b'numFmtId="9"', b"<x:y>", b'state="veryHidden"', b'spans="1:16384"', b"&#x10FFFF;", b"&#xD800;",
)  # fmt: skip


@cache
def workbooks():
    """Return the seeds: a workbook of the real round as we, openpyxl, .xls and .ods have it, and two small ones."""
    found = [
        ("表.xlsx", data) for _, data in sorted(demo.workbooks().items(), key=lambda one: len(one[1]))[:3]
    ]
    book = openpyxl.load_workbook(io.BytesIO(found[0][1]))
    out = io.BytesIO()
    book.save(out)
    found.append(("表.xlsx", out.getvalue()))
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    old, out = xlwt.Workbook(), io.BytesIO()
    sheet = old.add_sheet("表")
    for row, cells in enumerate(rows):
        for column, value in enumerate(cells):
            if value is not None:
                sheet.write(row, column, str(value))
    old.save(out)
    found.append(("表.xls", out.getvalue()))
    open_document, table = OpenDocumentSpreadsheet(), Table(name="表")
    for cells in rows:
        line = TableRow()
        for value in cells:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=str(value or "")))
            line.addElement(cell)
        table.addElement(line)
    open_document.spreadsheet.addElement(table)
    out = io.BytesIO()
    open_document.write(out)
    found.append(("表.ods", out.getvalue()))
    return (*found, *small())


def small():
    """Return a workbook of few cells as two writers have it, with notes, a merge, a dropdown and a name: quick to change."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (("项目名称", "供水"), ("年度资金总额", 72.5), ("=B2*2", None)):
        sheet.append(row)
    sheet["A1"].comment = Comment("原有批注", "张三")
    sheet["B2"].fill = PatternFill("solid", fgColor="FFFFC7CE")
    sheet.merge_cells("C3:D4")
    rule = DataValidation("list", formula1='"甲,乙"')
    rule.add("B1:B9")
    sheet.add_data_validation(rule)
    book.create_sheet("其他").append(["x"])
    first, second = io.BytesIO(), io.BytesIO()
    book.save(first)
    with xlsxwriter.Workbook(second, {"in_memory": True}) as other:
        page = other.add_worksheet("表")
        page.write_row("A1", ["项目名称", "供水", 72.5])
        page.write_comment("A1", "原有批注")
        page.data_validation("B1:B9", {"validate": "list", "source": ["甲", "乙"]})
        other.add_worksheet("其他").write("C7", "乙")
        other.define_name("旧名称", "=其他!$C$7")
    return (SMALL, first.getvalue()), (SMALL, second.getvalue())


@cache
def members(seed):
    with zipfile.ZipFile(io.BytesIO(workbooks()[seed][1])) as archive:
        return tuple((one.filename, archive.read(one)) for one in archive.infolist())


def spoiled(dice, *, packages=False):
    """Return the name and bytes of a spoiled workbook; of an .xlsx only where `packages`."""
    seeds = [n for n, (name, _) in enumerate(workbooks()) if name == SMALL or not packages]
    seed = dice.of(seeds)
    name, data = workbooks()[seed]
    level = dice.below(8)
    if name.endswith(".xls"):
        return name, in_bytes(dice, data)
    parts = list(members(seed))
    for _ in range(1 + dice.below(4)):
        if level < 3:
            in_values(dice, parts)
        elif level < 6:
            in_xml(dice, parts)
        else:
            in_zip(dice, parts)
        if dice.spent:
            break
    data = packed(parts)
    return name, in_bytes(dice, data) if level == 7 else data


def packed(parts):
    """Return a zip of these members; two may have one name, which `zipfile` only warns of."""
    out, listing = bytearray(), bytearray()
    for name, content in parts:
        raw, path = zlib.compress(content, 1)[2:-4], name.encode("utf-8", "surrogatepass")
        fixed = (
            b"\x14\0\0\x08\x08\0\0\0\x21\0"
            + b"".join(
                number.to_bytes(4, "little") for number in (zlib.crc32(content), len(raw), len(content))
            )
            + len(path).to_bytes(2, "little")
            + b"\0\0"
        )
        place = len(out).to_bytes(4, "little")
        out += b"PK\x03\x04" + fixed + path + raw
        listing += b"PK\x01\x02\x14\0" + fixed + bytes(10) + place + path
    end = (
        len(parts).to_bytes(2, "little") * 2
        + len(listing).to_bytes(4, "little")
        + len(out).to_bytes(4, "little")
    )
    return bytes(out + listing + b"PK\x05\x06" + bytes(4) + end + bytes(2))


def in_values(dice, parts):
    """Let a cell, or a shared text, or an attribute say something else."""
    at = dice.of([n for n, (name, _) in enumerate(parts) if name.endswith(".xml")])
    name, content = parts[at]
    found = list(re.finditer(rb">([^<]+)<|=\"([^\"]*)\"", content))
    if found:
        one = dice.of(found)
        new = (
            dice.of(VALUES).encode("utf-8", "surrogatepass") if dice.below(4) else dice.bytes(dice.below(12))
        )
        start, end = one.span(1) if one[1] is not None else one.span(2)
        parts[at] = (name, content[:start] + new + content[end:])


def in_xml(dice, parts):
    """Cut, double, move or insert a piece of a part."""
    at = dice.below(len(parts))
    name, content = parts[at]
    marks = [match.start() for match in re.finditer(rb"[<>\"]", content)] or [0]
    start, end = sorted((dice.of(marks), min(len(content), dice.of(marks) + dice.below(2))))
    piece = content[start:end]
    what = dice.below(5)
    if what == 0:
        content = content[:start] + content[end:]
    elif what == 1 and len(piece) < 20_000:
        content = content[:end] + piece * (1 + dice.below(5)) + content[end:]
    elif what == 2:
        content = content[:start] + dice.of(TOKENS) + content[start:]
    elif what == 3:
        there = dice.of(marks)
        rest = content[:start] + content[end:]
        content = rest[:there] + piece + rest[there:]
    else:
        content = content[:start] + dice.bytes(1 + dice.below(8)) + content[start + 1 :]
    parts[at] = (name, content)


def in_zip(dice, parts):
    """Take a member away, double it, give it another's content or another name, or turn its letters into UTF-16."""
    at, other = dice.below(len(parts)), dice.below(len(parts))
    what = dice.below(6)
    name, content = parts[at]
    if what == 0 and len(parts) > 1:
        del parts[at]
    elif what == 1:
        parts.append((name, parts[other][1]))
    elif what == 2:
        parts[at] = (name, parts[other][1])
    elif what == 3:
        new = dice.of(
            (
                "../x",
                "/xl/workbook.xml",
                name.upper(),
                name.replace("/", "\\"),
                "",
                "a" * 300,
                "xl/workbook.bin",
                "mimetype",
            )
        )
        parts[at] = (new, content)
    elif what == 4:
        parts[at] = (name, content.decode("utf-8", "replace").encode("utf-16"))
    else:
        parts[at] = (name, content[: dice.below(len(content) + 1)])


def in_bytes(dice, data):
    """Flip, cut or insert bytes of the file itself."""
    spoilt = bytearray(data)
    for _ in range(1 + dice.below(8)):
        at = dice.below(len(spoilt) or 1)
        what = dice.below(4)
        if what == 0:
            spoilt[at : at + 1] = dice.bytes(1)
        elif what == 1:
            spoilt[at : at + 4] = dice.of(
                (b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xfe\xff\xff\xff", b"\xff\xff\xff\x7f")
            )
        elif what == 2:
            del spoilt[at : at + dice.below(64)]
        else:
            spoilt[at:at] = dice.bytes(dice.below(8))
        if dice.spent:
            break
    return bytes(spoilt)
