"""Hidden rows are read like the others, and said: nobody sees them on the sheet."""

import io

import openpyxl
import pytest
import xlwt

from jixiao import checking, reading
from jixiao.model import Book, Grid
from jixiao.office import files

ROWS = [
    ["项目支出绩效目标表"],
    ["（2026年度）"],
    ["项目名称", "绿化养护", None, None, None],
    ["主管部门及代码", "某县城管局（101001）", None, "实施单位", "某县园林管理处"],
    ["项目资金（万元）", "年度资金总额", 110.0],
    [None, "其中：当年财政拨款", 100.0],
    [None, "上年结转资金", 4.0],
    [None, "其他资金", 6.0],
    ["总体目标", "目标1：绿化养护一百亩"],
    ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"],
    [None, "成本指标", "经济成本指标", "绿化成本", "≤105万元"],
    [None, "产出指标", "数量指标", "绿化面积", "≥100亩"],
    [None, None, "质量指标", "苗木成活率", "≥95%"],
    [None, "效益指标", "社会效益指标", "绿地覆盖率", "≥40%"],
    [None, "满意度指标", "服务对象满意度指标", "居民满意度", "≥90%"],
    [None, None, None, None, None],
]


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
