"""Our own form filled in by a script: its sums have no result yet. They are read, and said to be ours."""

from dataclasses import replace
from io import BytesIO

import pytest
import xlsxwriter
from blocks import FUNDS, GOAL, HEAD, HEADING, ROWS
from openpyxl import Workbook, load_workbook
from written import sheet

from jixiao import checking, drawing, forms, reading
from jixiao.model import Book, Spot
from jixiao.office import files, writing


def filled(form="project_target", **amounts):
    """Return the table of a blank form into which openpyxl wrote these cells."""
    blank = writing.workbook([drawing.draw(forms.find(form), "表", {"year": 2026})])
    book = load_workbook(BytesIO(blank))
    for at, amount in amounts.items():
        book["表"][at] = amount
    data = BytesIO()
    book.save(data)
    (document,) = reading.read(files.load(data.getvalue(), "表.xlsx"))[0]
    return document


def sums(document):
    return [
        (one.cell, one.severity, one.message)
        for one in checking.check(document).findings
        if one.rule == "ST12"
    ]


def test_the_sum_is_read_and_the_person_is_told_to_have_it_worked_out():
    document = filled(C6=50, C7=0, C8=20.5)
    assert (document.values["total_funds"], document.cells["/total_funds"]) == ("70.5", "C5")
    ((cell, severity, message),) = sums(document)
    assert (cell, severity) == ("C5", "warning")
    assert message.startswith("C5 的公式“=IF(COUNT(C6:C8)=0")
    assert message.endswith("还没有算出结果，别的程序里显示为空或 0；这里按公式读作 70.5。")


def test_a_blank_form_says_nothing_of_its_sums():
    assert filled().values["total_funds"] is None
    assert sums(filled()) == []


def test_a_formula_that_is_more_than_a_sum_has_no_result():
    document = filled(C5="=VLOOKUP(A1,B1:C9,2)")
    assert document.faults == {"/total_funds": "=VLOOKUP(A1,B1:C9,2)"}
    ((cell, severity, _),) = sums(document)
    assert (cell, severity) == ("C5", "error")


def written(library, total=110, target="≥95%"):
    """Return a table as a script writes it with openpyxl, which gives formulas no result, or XlsxWriter, which gives 0."""
    funds = [[*FUNDS[0][:2], total], *FUNDS[1:]]
    rows = [*ROWS[:2], [*ROWS[2][:4], target], *ROWS[3:]]
    table = [*HEAD, *funds, *GOAL, list(HEADING), *rows]
    data = BytesIO()
    if library == "openpyxl":
        book = Workbook()
        for row in table:
            book.active.append(row)
        book.save(data)
    else:
        with xlsxwriter.Workbook(data) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate(table):
                sheet.write_row(number, 0, row)
    (document,) = reading.read(files.load(data.getvalue(), "表.xlsx"))[0]
    return document


@pytest.mark.parametrize("library", ["openpyxl", "xlsxwriter"])
def test_the_sums_of_any_script_are_worked_out(library):
    document = written(library, total="=SUM(C6:C8)")
    assert document.values["total_funds"] == "110"
    ((cell, severity, message),) = sums(document)
    assert (cell, severity) == ("C5", "warning")
    assert message.endswith("这里按公式读作 110。")


def test_a_result_that_is_0_is_one():
    document = written("xlsxwriter", total="=C6-C6")
    assert (document.values["total_funds"], sums(document)) == ("0", [])


def test_a_0_that_stands_for_any_result_is_none():
    ((cell, severity, _),) = sums(written("xlsxwriter", total="=VLOOKUP(A1,B1:C9,2)"))
    assert (cell, severity) == ("C5", "error")


@pytest.mark.parametrize("library", ["openpyxl", "xlsxwriter"])
@pytest.mark.parametrize("target", ["=100%", "=3座", "=2", "=0.95"])
def test_a_target_that_became_a_formula_is_read_as_it_was_meant(library, target):
    """A script hands =100% to the library as any other text; the library makes a formula of it."""
    document = written(library, target=target)
    one = document.values["indicators"][2]
    assert (one["target"], one["operator"], one["value"]) == (target, "=", target.strip("=%座"))
    ((cell, severity, message),) = sums(document)
    assert (cell, severity) == ("E13", "warning")
    assert f"“{target}”" in message
    assert not document.faults


def test_what_is_worked_out_is_judged_like_a_number():
    """That a sum has not been worked out hides no error of the sum."""
    document = filled("agency_overall", D8=300, D9=20, D11=100, F8=60, F9=30, F10=10)
    found = [(one.rule, one.cell, one.severity) for one in checking.check(document).findings]
    assert ("ST12", "F11", "warning") in found
    assert ("UN04", "F11", "error") in found


@pytest.mark.parametrize(("formats", "target"), [({}, "=95%"), ({Spot(7, 4): "0"}, "95%")])
def test_such_a_number_has_its_measure_in_a_column_of_its_own(formats, target):
    """Where the cell has a number format, a formula is one."""
    grid = sheet(
        "项目支出绩效目标表 | < | < | < | < | <",
        "（2026年度） | < | < | < | < | <",
        "项目名称 | 绿化养护 | < | < | < | <",
        "主管部门及代码 | 某县城管局（101001） | < | 实施单位 | 某县园林处 | <",
        "年度资金总额（万元） | 110 | < | < | < | <",
        "总体目标 | 养护绿地100亩 | < | < | < | <",
        "绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 计量单位",
        "^ | 产出指标 | 质量指标 | 苗木成活率 | 95 | %",
    )
    grid = replace(grid, worked_out={Spot(7, 4): "=95"}, formats=formats)
    ((document,), _) = reading.read(Book((grid,)))
    assert document.values["indicators"][0]["target"] == target
    assert [(cell, severity) for cell, severity, _ in sums(document)] == [("E8", "warning")]
