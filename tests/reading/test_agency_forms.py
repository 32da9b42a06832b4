"""A unit's own table as other provinces print it: one total for both halves, amounts below their headings, goals of two times."""

import pytest

from jixiao import checking, reading
from jixiao.model import Area, Book, Grid

NAMES = ("basic", "projects", "fiscal_funds", "other_funds", "income_total", "expenditure_total")
BY_TASKS = [
    ["部门整体支出绩效目标表"],
    ["（2027年度）"],
    ["部门名称", "某县水务局"],
    ["年度主要任务", "任务名称", "主要内容"],
    [None, "防汛抗旱", "做好防汛"],
    ["年度部门整体支出预算（万元）", "资金总额", None, "财政拨款", None, "其他资金"],
    [None, 1637.51, None, 1600.0, None, 37.51],
    ["年度总体目标", "保障供水安全"],
    [
        "年度绩效指标",
        "一级指标",
        "二级指标",
        "三级指标",
        "绩效指标性质",
        "绩效指标值",
        "绩效度量单位",
        "权重",
    ],
    [None, "产出指标", "数量指标", "维修管网长度", "≥", "30", "公里", "10"],
    [None, "满意度指标", "服务对象满意度指标", "群众满意度", "≥", "90", "%", "10"],
]
BY_NATURE = [
    ["2027年度部门整体绩效目标表"],
    ["部门名称", "某县水务局"],
    ["年度预算申请（万元）", "资金总额", 1637.51],
    [None, "按收入性质分", None, "按支出性质分"],
    [None, "其中：一般公共预算", 1500.0, "其中：基本支出", 900.0],
    [None, "政府性基金拨款", 100.0, "项目支出", 737.51],
    [None, "纳入专户管理的非税收入拨款", 30.0],
    [None, "其他资金", 7.51],
    ["整体绩效目标", "五年内全县供水达标"],
    ["部门整体支出年度绩效目标", "年内维修管网三十公里"],
    ["部门整体绩效指标", "一级指标", "二级指标", "三级指标", "指标值"],
    [None, "产出指标", "数量指标", "维修管网长度", "≥30公里"],
    [None, "满意度指标", "社会公众或服务对象满意度指标", "群众满意度", "≥90%"],
]


def read(rows, merges=None):
    ((document,), remarks) = reading.read(Book((Grid("表", rows, merges),)))
    assert not remarks
    return document


def amounts(document):
    return [document.values[name] for name in NAMES]


@pytest.mark.parametrize(
    "merges", [None, (Area(5, 1, 5, 2), Area(6, 1, 6, 2), Area(5, 3, 5, 4), Area(6, 3, 6, 4))]
)
def test_amounts_below_their_headings_beside_the_label_of_their_block(merges):
    document = read(BY_TASKS, merges)
    assert amounts(document) == [None, None, "1600", "37.51", "1637.51", "1637.51"]
    assert document.cells["/fiscal_funds"] == "D7"
    assert [one["target"] for one in document.values["indicators"]] == ["≥30公里", "≥90%"]
    assert not [one for one in checking.check(document).findings if one.severity == "error"]


def test_the_one_total_of_a_form_is_that_of_its_income_and_of_its_expenditure():
    document = read(BY_NATURE)
    assert amounts(document) == ["900", "737.51", "1600", "37.51", "1637.51", "1637.51"]
    assert document.cells["/income_total"] == document.cells["/expenditure_total"] == "C3"
    assert document.money == "万元"
    assert not [one for one in checking.check(document).findings if one.severity == "error"]


@pytest.mark.parametrize("label", ["资金总额", "部门预算总额", "预算总额", "年度预算总额"])
def test_the_one_total_is_known_by_what_other_places_call_it(label):
    rows = [list(row) for row in BY_NATURE]
    rows[2][1] = label
    assert amounts(read(rows))[-2:] == ["1637.51", "1637.51"]


def test_a_total_that_the_sources_or_the_uses_do_not_make_up_is_told():
    rows = [list(row) for row in BY_NATURE]
    rows[2][2] = 1700.0
    found = {
        (one.rule, one.pointer)
        for one in checking.check(read(rows)).findings
        if one.rule[:2] == "UN" and one.severity != "hint"
    }
    assert found == {("UN02", "/expenditure_total"), ("UN03", "/income_total")}


def test_the_goal_of_the_year_is_read_beside_that_of_all_years():
    assert read(BY_NATURE).values["goals"] == ["年内维修管网三十公里"]
    assert read([*BY_NATURE[:9], *BY_NATURE[10:]]).values["goals"] == ["五年内全县供水达标"]
