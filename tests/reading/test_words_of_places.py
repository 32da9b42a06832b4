"""Labels in the words of other places: known ones, and a total known by where it stands."""

import pytest
from blocks import FUNDS, GOAL, HEAD, found, money, table


@pytest.mark.parametrize(
    "label",
    [
        "申请资金总额",
        "本年预算总额",
        "年度预算申请总额",
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
