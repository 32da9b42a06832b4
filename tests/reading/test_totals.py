"""A total that is called 合计 is told by where it stands."""

import pytest
from blocks import found, money, table

from jixiao import checking, reading
from jixiao.model import Book, Grid

SOURCES = [[None, "当年财政拨款", 100.0], [None, "上年结转资金", 4.0], [None, "其他资金", 6.0]]
LAYOUTS = {
    "above": [["项目资金（万元）", "合计", 110.0], *SOURCES],
    "below": [["项目资金（万元）", *SOURCES[0][1:]], *SOURCES[1:], [None, "合计", 110.0]],
    "left": [["项目资金（万元）", *SOURCES[0][1:]], *SOURCES[1:], ["合计", None, 110.0]],
    "小计": [["项目资金（万元）", *SOURCES[0][1:]], *SOURCES[1:], [None, "小计", 110.0]],
    "headings": [["项目资金（万元）", "合计", "财政拨款", "上年结转", "其他资金"], [None, 110.0, 100.0, 4.0, 6.0]],
    "a row of amounts": [["资金来源（万元）", "合计", "财政拨款", "上年结转", "其他资金"], ["金额", 110.0, 100.0, 4.0, 6.0]],
    "pairs": [["项目资金（万元）", "合计", 110.0, "财政拨款", 100.0], [None, "上年结转", 4.0, "其他资金", 6.0]],
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_project_s_total_beside_its_sources(layout):
    document = table(funds=LAYOUTS[layout])
    assert money(document) == ["110", "100", "4", "6"]
    assert not found(document, "ST09")


def test_the_form_s_own_total_comes_first():
    funds = [["项目资金（万元）", "年度资金总额", 110.0], *SOURCES, [None, "合计", 120.0]]
    assert money(table(funds=funds)) == ["110", "100", "4", "6"]


@pytest.mark.parametrize("label", ["预算金额", "项目预算", "资金总额"])
def test_a_project_may_have_one_amount_only(label):
    document = table(funds=[[label, "110.00万元"]])
    assert money(document) == ["110", None, None, None]
    assert document.cells["/total_funds"] == "B5"


HALVES = ["预算情况（万元）", "按支出类型分", None, "预算金额", "按来源类型分", "预算金额"]
SPENT = [
    [None, "基本支出", "人员经费", 60.0],
    [None, None, "公用经费", 20.0],
    [None, None, "合计", 80.0],
    [None, "项目支出", None, 30.0],
]
NAMES = ("basic", "projects", "expenditure_total", "fiscal_funds", "income_total")


def agency(spent, received):
    both = [[*one, *two] for one, two in zip(spent, received, strict=True)]
    rows = [
        ["单位整体支出绩效目标表"],
        ["（2026年度）"],
        ["单位名称", None, "某县园林管理处"],
        ["总体目标", "目标1：管好绿地"],
        HALVES,
        *both,
        ["绩效指标", "一级指标", "二级指标", None, "三级指标", "指标值"],
        [None, "部门管理", "资金投入", None, "预算执行率", "≥95%"],
    ]
    ((document,), _) = reading.read(Book((Grid("表", rows),)))
    return document


def amounts(document):
    return [document.values[name] for name in NAMES]


@pytest.mark.parametrize("source", ["当年财政拨款", "一般公共预算拨款", "本年一般公共预算拨款"])
@pytest.mark.parametrize("beside", [True, False])
def test_both_halves_of_an_agency_s_budget_may_end_in_a_total(source, beside):
    received = [(source, 100.0), ("上年结转资金", 4.0), ("其他资金", 6.0), ("合计", 110.0)]
    spent = [*SPENT, [None, "合计", None, 110.0]]
    received = [*received[:3], (None, None), received[3]] if beside else [*received, (None, None)]
    document = agency(spent, received)
    assert amounts(document) == ["80", "30", "110", "100", "110"]
    assert document.cells["/income_total"] == ("F10" if beside else "F9")
    assert document.cells["/expenditure_total"] == "D10"


RECEIVED = [("当年财政拨款", 100.0), ("上年结转资金", 4.0), ("其他资金", 6.0)]


def listed(*projects, total="合计"):
    rows = [*SPENT[:3], [None, "项目支出", *projects[0]], *([None, None, *one] for one in projects[1:])]
    rows.append([None, total, None, 110.0])
    blank = [(None, None)] * (len(rows) - len(RECEIVED) - 1)
    return agency(rows, [*RECEIVED, *blank, ("收入预算合计", 110.0)])


@pytest.mark.parametrize("total", ["合计", "支出预算合计"])
def test_the_projects_of_an_agency_listed_one_by_one_are_added_up(total):
    document = listed(("绿化养护", 20.0), ("树木修剪", 10.0), total=total)
    assert amounts(document) == ["80", "30", "110", "100", "110"]
    assert [document.cells[f"/projects/{n}"] for n in range(2)] == ["D9", "D10"]
    (told,) = [one for one in checking.check(document).findings if one.rule == "UN02"]
    assert told.severity == "hint"
    assert all(text in told.message for text in ("D9", "绿化养护", "20", "D10", "树木修剪", "10", "30 万元"))


@pytest.mark.parametrize("word", ["合计", "小计"])
@pytest.mark.parametrize("total", ["合计", "支出预算合计"])
def test_the_subtotal_of_the_projects_is_theirs(word, total):
    document = listed(("绿化养护", 20.0), ("树木修剪", 10.0), (word, 30.0), total=total)
    assert amounts(document) == ["80", "30", "110", "100", "110"]
    assert document.cells["/projects"] == "D11"


def test_projects_without_amounts_are_no_sum():
    document = listed(("绿化养护", None), ("树木修剪", None))
    assert document.values["projects"] == "绿化养护"


def test_the_whole_above_an_agency_s_parts_is_its_expenditure():
    rows = [
        ["部门整体支出绩效目标表"],
        ["（2026年度）"],
        ["部门（单位）名称", "某县园林管理处"],
        ["部门整体支出（万元）", "总额", 110.0],
        [None, "其中：基本支出", 80.0],
        [None, "项目支出", 30.0],
        ["总体绩效目标", "管好绿地"],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"],
        [None, "部门管理", "资金投入", "预算执行率", "≥95%"],
    ]
    ((document,), _) = reading.read(Book((Grid("表", rows),)))
    assert amounts(document)[:3] == ["80", "30", "110"]
