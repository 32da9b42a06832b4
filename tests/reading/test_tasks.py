"""A unit's budget given task by task: the row of the sum counts, without one the tasks are added up and told."""

import pytest
from written import sheet

from jixiao import checking, reading
from jixiao.model import Book

HEADS = [
    "年度主要任务|任务名称|主要内容|预算金额（万元）|<|<",
    "^|^|^|总额|财政拨款|其他资金",
]
TASKS = ["^|绿化|绿化一百亩|60|50|10", "^|修剪|修剪树木|40|40|0"]
NAMES = ("income_total", "expenditure_total", "fiscal_funds", "other_funds")


def agency(*tasks, heads=HEADS):
    grid = sheet(
        "部门整体支出绩效目标表",
        "（2026年度）",
        "部门（单位）名称|某县园林处|<|<|<|<",
        *heads,
        *tasks,
        "年度总体目标|管好绿地|<|<|<|<",
        "年度绩效指标|一级指标|二级指标|三级指标|指标值|<",
        "^|产出指标|数量指标|绿化面积|≥100亩|<",
        "^|效益指标|社会效益指标|覆盖率|≥40%|<",
    )
    ((document,), _) = reading.read(Book((grid,)))
    return document


def amounts(document):
    return [document.values[name] for name in NAMES]


@pytest.mark.parametrize("spare", [(), ("^|任务3||||",)])
def test_tasks_without_a_row_of_their_sum_are_added_up_and_told(spare):
    document = agency(*TASKS, *spare)
    assert amounts(document) == ["100", "100", "90", "10"]
    assert [document.cells[f"/fiscal_funds/{n}"] for n in range(2)] == ["E6", "E7"]
    (told,) = [one for one in checking.check(document).findings if one.pointer == "/fiscal_funds"]
    assert told.severity == "hint"
    assert "E6（绿化，50）、E7（修剪，40） 相加，读作 90 万元" in told.message


def test_numbered_tasks_are_told_by_their_names():
    heads = [one.replace("任务名称", "序号|任务名称").replace("^|^|^", "^|^|^|^") for one in HEADS]
    document = agency("^|1|绿化|一百亩|60|50|10", "^|2|修剪|树木|40|40|0", heads=heads)
    assert amounts(document) == ["100", "100", "90", "10"]
    told = [one.message for one in checking.check(document).findings if one.pointer == "/fiscal_funds"]
    assert "F6（绿化，50）、F7（修剪，40）" in told[0]


@pytest.mark.parametrize("last", ["^|金额合计|<|100|90|10", "^|小计|<|100|90|10"])
def test_the_row_of_their_sum_counts_alone(last):
    document = agency(*TASKS, last)
    assert amounts(document)[2:] == ["90", "10"]
    assert document.cells["/fiscal_funds"] == "E8"


def test_a_row_of_their_sum_that_is_blank_is_blank():
    document = agency(*TASKS, "^|金额合计|<||||")
    assert amounts(document) == [None] * 4
    assert document.cells["/fiscal_funds"] == "E8"


@pytest.mark.parametrize("row", ["^|其中：修剪|修剪树木|20|20|0", "^|上年预算数||40|40|0"])
def test_a_row_that_may_be_none_of_the_items_is_added_to_nothing(row):
    assert amounts(agency(TASKS[0], row, TASKS[1])) == [None] * 4


def test_one_column_of_money_beside_the_tasks_is_the_total():
    heads = ["年度主要任务|任务名称|主要内容|预算金额（万元）"]
    tasks = ["^|绿化|绿化一百亩|60", "^|修剪|修剪树木|40"]
    assert amounts(agency(*tasks, heads=heads)) == ["100", "100", None, None]
    document = agency(*tasks, "^|合计|<|100", heads=heads)
    assert amounts(document) == ["100", "100", None, None]
    assert document.cells["/expenditure_total"] == "D7"


def test_the_total_below_the_tasks_is_not_that_of_the_basic_expenditure():
    heads = ["年度主要任务|任务名称|主要内容|上年预算|本年预算"]
    document = agency("^|绿化|一百亩|50|60", "^|修剪|树木|30|40", "^|合计|<|80|100", heads=heads)
    assert amounts(document)[:2] == ["100", "100"]
    assert document.values["basic"] is None
