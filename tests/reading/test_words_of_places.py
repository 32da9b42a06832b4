"""Labels in the words of other places: known ones, and a total known by where it stands."""

import pytest
from blocks import FUNDS, GOAL, HEAD, found, money, table
from written import sheet

from jixiao import reading
from jixiao.model import Book


@pytest.mark.parametrize(
    "label",
    [
        "申请资金总额",
        "本年预算总额",
        "年度预算申请总额",
        "年度预算申请",
        "年度资金",
        "本年度预算资金",
        "资金总量",
        "2026年预算数",
        "年初预算数",
        "全年预算数",
        "本次申请金额",
        "预算批复数",
        "金额",
    ],
)
@pytest.mark.parametrize("amount", [110.0, 120.0])
def test_the_amount_right_above_its_sources_is_the_total_whatever_it_is_called(label, amount):
    document = table(funds=[["项目资金（万元）", label, amount], *FUNDS[1:]])
    assert (document.values["total_funds"], document.cell("/total_funds")) == (f"{amount:.0f}", "C5")
    assert not found(document, "ST09")


@pytest.mark.parametrize("label", ["项目总额", "项目总投资", "项目经费总额", "项目预算总额"])
def test_what_may_be_of_more_years_is_the_total_where_the_sources_come_to_it(label):
    document = table(funds=[["项目资金（万元）", label, 110.0], *FUNDS[1:]])
    assert money(document) == ["110", "100", "4", "6"]
    document = table(funds=[["项目资金（万元）", label, 330.0], *FUNDS[1:]])
    assert document.values["total_funds"] is None


@pytest.mark.parametrize(
    "label", ["上年预算数", "2025年执行数", "项目负责人", "联系电话", "预算科目", "资金性质"]
)
def test_another_label_above_the_sources_is_no_total(label):
    document = table(funds=[["项目资金（万元）", label, 110.0], *FUNDS[1:]])
    assert document.values["total_funds"] is None


@pytest.mark.parametrize(
    ("field", "row", "label"),
    [
        ("project_name", 2, "预算项目名称"),
        ("project_name", 2, "项目（专项）名称"),
        ("agency", 3, "基层单位"),
    ],
)
def test_names_are_known_by_more_labels(field, row, label):
    head = [list(line) for line in HEAD]
    head[row][3 if field == "agency" else 0] = label
    document = table(head=head)
    assert document.values[field] == table().values[field]


@pytest.mark.parametrize("label", ["预期目标", "项目目标", "年度工作目标", "年度主要目标"])
def test_goals_are_known_by_more_labels(label):
    assert table(goal=[[label, GOAL[0][1]]]).values["goals"] == [GOAL[0][1]]


@pytest.mark.parametrize(
    ("row", "label"),
    [
        (1, "财政预算资金"),
        (1, "其中：本年财政拨款收入"),
        (2, "以前年度结转"),
        (2, "结转结余资金"),
        (3, "其他来源"),
    ],
)
def test_sources_are_known_by_more_labels(row, label):
    funds = [list(line) for line in FUNDS]
    funds[row][1] = label
    assert money(table(funds=funds)) == ["110", "100", "4", "6"]


AGENCY = """
    单位整体支出绩效目标表 | < | < | < | <
    （2026年度） | < | < | < | <
    {name} | 某县水务局 | < | < | <
    {goals} | 供水安全 | < | < | <
    预算情况（万元） | 按支出类型分 | 预算金额 | 按来源类型分 | 预算金额
    ^ | {personnel} | 40 | {fiscal} | 80
    ^ | {operating} | 10 | {carried} | 15
    ^ | {basic} | 50 | {other} | 5
    ^ | {projects} | 50 | {income} | 100
    ^ | | | {spent} | 100
    绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值
    ^ | 部门管理 | 资金投入 | 预算执行率 | ≥95%
    ^ | 履职效果 | 供水 | 供水保证率 | ≥98%
"""
WORDS = [
    ("name", "agency", ["单位全称", "填报部门"]),
    ("goals", "goals", ["部门整体目标", "单位年度目标", "年度整体绩效目标"]),
    ("personnel", "personnel", ["人员经费支出", "人员类", "人员经费小计"]),
    ("operating", "operating", ["日常公用支出", "公用类"]),
    ("basic", "basic", ["基本支出小计", "基本支出总额"]),
    ("fiscal", "fiscal_funds", ["当年财政拨款收入", "财政预算资金"]),
    ("carried", "carryover_funds", ["年初结转结余", "以前年度结转", "上年结转收入"]),
    ("other", "other_funds", ["其它资金", "其他来源"]),
    ("projects", "projects", ["项目支出预算", "项目支出小计", "项目类支出"]),
    ("income", "income_total", ["年度收入合计", "收入预算总额"]),
    ("spent", "expenditure_total", ["年度支出合计", "支出预算总额"]),
]
USUAL = {
    "name": "单位名称", "goals": "总体目标", "personnel": "人员经费", "operating": "公用经费", "basic": "合计",
    "fiscal": "当年财政拨款", "carried": "上年结转资金", "other": "其他资金", "projects": "项目支出",
    "income": "收入预算合计", "spent": "支出预算合计",
}  # fmt: skip


def of_agency(**words):
    lines = AGENCY.format(**{**USUAL, **words}).strip().splitlines()
    ((document,), _) = reading.read(Book((sheet(*lines),)))
    return document


@pytest.mark.parametrize(
    ("slot", "field", "label"), [(slot, field, label) for slot, field, labels in WORDS for label in labels]
)
def test_an_agencys_labels_are_known_in_more_words(slot, field, label):
    usual = of_agency()
    assert (usual.values["basic"], usual.values["income_total"], usual.values["goals"]) == (
        "50",
        "100",
        ["供水安全"],
    )
    assert of_agency(**{slot: label}).values[field] == usual.values[field]
