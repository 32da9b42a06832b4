"""Hidden columns are read only where no visible one tells the same, and that is said."""

import io

import openpyxl
import pytest
import xlwt
from blocks import FUNDS, GOAL, HEAD, HEADING, ROWS, found, money, names_and_targets
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableColumn, TableRow
from odf.text import P

from jixiao import reading
from jixiao.model import Book, Grid
from jixiao.office import files

TWICE = [
    ["项目资金（万元）", "年度资金总额", 500.0, 110.0],
    [None, "其中：当年财政拨款", 480.0, 100.0],
    [None, "上年结转资金", 10.0, 4.0],
    [None, "其他资金", 10.0, 6.0],
]


def read(rows, hidden):
    ((document,), _) = reading.read(Book((Grid("表", rows, hidden_columns=frozenset(hidden)),)))
    return document


def told(document):
    return [one.message for one in found(document, "ST09") if "隐藏" in one.message]


def test_the_visible_amounts_are_read_and_the_hidden_ones_said():
    document = read([*HEAD, *TWICE, *GOAL, list(HEADING), *ROWS], {2})
    assert money(document) == ["110", "100", "4", "6"]
    assert "C 列是隐藏的，其中有内容没有读取" in told(document)[0]


def test_the_visible_target_is_read():
    rows = [[*row, f"旧{row[4]}"] for row in ROWS]
    document = read([*HEAD, *FUNDS, *GOAL, [*HEADING, "指标值"], *rows], {5})
    assert names_and_targets(document) == [(row[3], row[4]) for row in ROWS]
    assert len(told(document)) <= 1


def test_what_only_a_hidden_column_holds_is_read_and_said():
    document = read([*HEAD, *FUNDS, *GOAL, list(HEADING), *ROWS], {4})
    assert names_and_targets(document) == [(row[3], row[4]) for row in ROWS]
    assert len(told(document)) == 1
    assert "E 列" in told(document)[0]


def test_hidden_columns_without_anything_are_no_matter():
    assert not told(read([*HEAD, *FUNDS, *GOAL, list(HEADING), *ROWS], {7, 8}))


SHEET = [*HEAD, *TWICE, *GOAL, HEADING, *ROWS]


def xlsx():
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in SHEET:
        book.active.append(row)
    book.active.column_dimensions["C"].hidden = True
    book.save(out)
    return out.getvalue()


def xls():
    book, out = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("表")
    for row, cells in enumerate(SHEET):
        for column, value in enumerate(cells):
            if value is not None:
                sheet.write(row, column, value)
    sheet.col(2).hidden = True
    book.save(out)
    return out.getvalue()


def ods():
    book, out = OpenDocumentSpreadsheet(), io.BytesIO()
    table = Table(name="表")
    table.addElement(TableColumn(numbercolumnsrepeated=2))
    table.addElement(TableColumn(visibility="collapse"))
    table.addElement(TableColumn(numbercolumnsrepeated=2))
    for cells in SHEET:
        row = TableRow()
        for value in cells:
            row.addElement(cell(value))
        table.addElement(row)
    book.spreadsheet.addElement(table)
    book.save(out)
    return out.getvalue()


def cell(value):
    if isinstance(value, float):
        return TableCell(valuetype="float", value=value)
    shown = TableCell(valuetype="string") if value else TableCell()
    shown.addElement(P(text=value or ""))
    return shown


@pytest.mark.parametrize("make", [xlsx, xls, ods])
def test_a_file_tells_which_columns_are_hidden(make):
    loaded = files.load(make(), f"表.{make.__name__}")
    assert loaded.grids[0].hidden_columns == {2}
    ((document,), _) = reading.read(loaded)
    assert money(document) == ["110", "100", "4", "6"]
