"""The goals end where another label begins, known or not."""

import pytest
from blocks import GOAL, table

from jixiao import reading
from jixiao.model import Book, Grid


@pytest.mark.parametrize(
    "row",
    [
        ["上年度目标完成情况", "完成90%"],
        ["实施进度计划", "三月开工，十月完工"],
        ["项目组织管理", "成立领导小组"],
        ["资金使用范围", "苗木采购"],
        ["项目立项依据", "某县绿化规划"],
    ],
)
def test_a_row_with_a_label_of_its_own_is_no_goal(row):
    assert table(goal=[*GOAL, row, [None, "又一行"]]).values["goals"] == ["绿化养护一百亩"]


@pytest.mark.parametrize("label", [None, "目标2", "总体目标", "目标", "2"])
def test_goals_in_rows_of_their_own_are_all_read(label):
    goals = table(goal=[*GOAL, [label, "补种十亩"]]).values["goals"]
    assert goals == ["绿化养护一百亩", "补种十亩"]


def test_the_budget_below_a_units_goals_is_none_of_them():
    rows = [
        ["部门（单位）整体支出绩效目标表"],
        ["（2026年度）"],
        ["单位名称", "某县园林管理处"],
        ["年度总体目标", "绿化养护一百亩"],
        ["年度预算总额（万元）", 110.0],
        ["基本支出", "人员经费", 60.0],
        [None, "公用经费", 50.0],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"],
        [None, "产出指标", "数量指标", "绿化面积", "≥100亩"],
    ]
    ((document,), _) = reading.read(Book((Grid("表", rows),)))
    assert document.values["goals"] == ["绿化养护一百亩"]


@pytest.mark.parametrize(
    ("text", "goals"),
    [
        ("年度目标：完成绿化养护。", ["完成绿化养护。"]),
        ("1.做好绿化养护。2.做好路灯维护。", ["做好绿化养护。", "做好路灯维护。"]),
        ("绿化养护达到2.5万亩。2.5万亩以上成活。", ["绿化养护达到2.5万亩。2.5万亩以上成活。"]),
    ],
)
def test_what_is_printed_before_a_goal_is_none_of_it(text, goals):
    assert table(goal=[["总体目标", text]]).values["goals"] == goals
