"""A unit's budget in two directions, 基本支出 and 项目支出 across the sources: each total is read where it stands."""

import pytest
from written import sheet

from jixiao import checking, reading
from jixiao.model import Book

NAMES = ("basic", "projects", "fiscal_funds", "other_funds", "income_total", "expenditure_total")
WHOLE = ["85", "25", "100", "10", "110", "110"]


def agency(*budget, merged=True):
    grid = sheet(
        "部门整体支出绩效目标表",
        "（2026年度）",
        "部门（单位）名称|某县园林处|<|<|<",
        *budget,
        "年度总体目标|管好绿地|<|<|<",
        "年度绩效指标|一级指标|二级指标|三级指标|指标值",
        "|产出指标|数量指标|绿化面积|≥100亩",
        "|效益指标|社会效益指标|覆盖率|≥40%",
        merged=merged,
    )
    ((document,), _) = reading.read(Book((grid,)))
    return document


def amounts(document, names=NAMES):
    return [document.values[name] for name in names]


LAYOUTS = {
    "columns": [
        "预算情况（万元）|资金来源|基本支出|项目支出|合计",
        "^|财政拨款|80|20|100",
        "^|其他资金|5|5|10",
        "^|合计|85|25|110",
    ],
    "the whole first": [
        "预算情况（万元）|收入来源|合计|基本支出|项目支出",
        "^|总计|110|85|25",
        "^|财政拨款|100|80|20",
        "^|其他资金|10|5|5",
    ],
    "rows": [
        "预算情况（万元）|支出类型|财政拨款|其他资金|合计",
        "^|基本支出|80|5|85",
        "^|项目支出|20|5|25",
        "^|合计|100|10|110",
    ],
    "no wholes": [
        "预算情况（万元）|支出类型|财政拨款|其他资金|",
        "^|基本支出|80|5|",
        "^|项目支出|20|5|",
    ],
    "budgets": [
        "预算情况（万元）|资金来源|基本支出|项目支出|合计",
        "^|一般公共预算拨款|80|10|90",
        "^|政府性基金预算拨款|0|10|10",
        "^|事业收入|5|5|10",
        "^|合计|85|25|110",
    ],
    "parts": [
        "预算情况（万元）|资金来源|合计|基本支出|<|<|项目支出",
        "^|^|^|人员经费|公用经费|小计|^",
        "^|财政拨款|100|60|20|80|20",
        "^|其他资金|10|4|1|5|5",
        "^|合计|110|64|21|85|25",
    ],
    "tasks": [
        "年度主要任务|任务名称|主要内容|预算金额（万元）|<|<",
        "^|^|^|总额|财政拨款|其他资金",
        "^|基本支出|保运转|85|80|5",
        "^|项目支出|修剪树木|25|20|5",
        "^|金额合计|<|110|100|10",
    ],
}


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_field_is_read_where_its_line_crosses_the_whole(layout, merged):
    document = agency(*LAYOUTS[layout], merged=merged)
    assert amounts(document) == WHOLE
    if layout == "parts":
        assert amounts(document, ("personnel", "operating")) == ["64", "21"]


def test_the_cells_are_those_of_the_wholes():
    document = agency(*LAYOUTS["columns"])
    assert [document.cells[f"/{name}"] for name in NAMES] == ["C7", "D7", "E5", "E6", "E7", "E7"]


def test_what_was_added_up_is_told():
    document = agency(*LAYOUTS["no wholes"])
    told = [one.message for one in checking.check(document).findings if one.pointer == "/basic"]
    assert any("C5（财政拨款，80）、D5（其他资金，5） 相加，读作 85 万元" in one for one in told)


def test_tasks_beside_both_are_in_no_sum_of_them():
    rows = [*LAYOUTS["tasks"][:4], "^|绿化|绿化一百亩|40|30|10"]
    document = agency(*rows)
    assert amounts(document) == ["85", "25", "130", "20", "150", "150"]


def test_in_yuan():
    rows = [one.replace("万元", "元") for one in LAYOUTS["columns"]]
    assert amounts(agency(*rows))[:2] == ["0.0085", "0.0025"]


YEARS = [
    "预算情况（万元）|资金来源|基本支出|<|项目支出|<",
    "^|^|{0}|{1}|{0}|{1}",
    "^|财政拨款|70|80|20|20",
    "^|其他资金|0|5|0|5",
    "^|合计|70|85|20|25",
]


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize("years", [("上年", "本年"), ("2025年预算", "2026年预算")])
def test_of_columns_of_two_years_the_year_s_are_read(years, merged):
    document = agency(*(line.format(*years) for line in YEARS), merged=merged)
    assert amounts(document) == WHOLE
    assert document.cells["/basic"] == "D8"


ONE_ROW = [
    ["部门整体支出（万元）|总额|基本支出|项目支出|", "^|110|85|25|"],
    ["部门整体支出（万元）|总额|按支出类型|<|", "^|^|基本支出|项目支出|", "^|110|85|25|"],
    ["预算情况（万元）|合计|基本支出|项目支出|", "^|110|85|25|"],
]


@pytest.mark.parametrize("layout", ONE_ROW)
def test_the_whole_beside_both_headings_is_the_expenditure(layout):
    document = agency(*layout)
    assert amounts(document, ("basic", "projects", "expenditure_total")) == ["85", "25", "110"]
    assert document.values["income_total"] is None


def test_a_whole_left_of_the_basic_expenditure_s_parts_is_not_theirs():
    rows = ["预算情况（万元）|合计|基本支出|<|项目支出", "^|^|人员经费|公用经费|^", "^|110|64|21|25"]
    document = agency(*rows)
    names = ("personnel", "operating", "projects", "expenditure_total", "basic")
    assert amounts(document, names) == ["64", "21", "25", "110", None]
