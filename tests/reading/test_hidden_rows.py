"""Hidden rows are read like the others, and said: nobody sees them on the sheet."""

import io

import openpyxl
import pytest
import xlwt
from blocks import FUNDS, GOAL, HEAD, HEADING
from blocks import ROWS as INDICATORS

from jixiao import checking, reading
from jixiao.model import Book, Grid
from jixiao.office import files

ROWS = [*HEAD, *FUNDS, *GOAL, list(HEADING), *INDICATORS, [None] * 5]


def read(hidden):
    ((document,), remarks) = reading.read(Book((Grid("表", ROWS, hidden=frozenset(hidden)),)))
    return document, remarks


def told(document):
    findings = checking.check(document).findings
    return [one for one in findings if one.rule == "ST09" and "隐藏" in one.message]


def test_hidden_indicators_are_counted_and_said_once():
    document, _ = read({11, 12})
    assert len(document.values["indicators"]) == 5
    (one,) = told(document)
    assert one.severity == "warning"
    assert all(text in one.message for text in ("12、13", "绿化面积", "苗木成活率"))


def test_a_hidden_amount_is_said_too():
    document, _ = read({7})
    assert document.values["other_funds"] == "6"
    (one,) = told(document)
    assert "第 8 行" in one.message


def test_hidden_rows_without_anything_that_is_read_are_no_matter():
    document, _ = read({15, 16, 40})
    assert not told(document)


def test_many_hidden_rows_are_one_sentence():
    document, _ = read(range(16))
    (one,) = told(document)
    assert len(one.message) < 200


def test_every_sheet_of_a_layout_says_its_own():
    grids = [Grid(f"表{n}", ROWS, hidden=frozenset({11} if n == 2 else ())) for n in range(4)]
    documents, _ = reading.read(Book(tuple(grids)))
    assert [len(told(one)) for one in documents] == [0, 0, 1, 0]


def xlsx():
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    book.active.row_dimensions[12].hidden = True
    book.active.row_dimensions[13].hidden = True
    book.active.column_dimensions["H"].hidden = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xls():
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    for row, cells in enumerate(ROWS):
        for column, value in enumerate(cells):
            if value is not None:
                sheet.write(row, column, value)
    sheet.row(11).hidden = sheet.row(12).hidden = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(("data", "name"), [(xlsx, "表.xlsx"), (xls, "表.xls")])
def test_a_file_tells_which_rows_are_hidden(data, name):
    book = files.load(data(), name)
    assert book.grids[0].hidden == {11, 12}
    ((document,), _) = reading.read(book)
    assert len(told(document)) == 1
