"""Layouts that whole provinces print: headings of two heights, sources with their numbers, English beside the Chinese."""

import pytest
from blocks import FUNDS, GOAL, HEAD, HEADING, ROWS, found, money, names_and_targets, table
from written import sheet

from jixiao import reading
from jixiao.model import Area, Book

READ = [(row[3], row[4]) for row in ROWS]


def agency(*lines, merged=True):
    head = ["部门整体支出绩效目标表", "（2026年度）", "部门（单位）名称|某县园林处|<|<|<|<|<"]
    ((document,), _) = reading.read(Book((sheet(*head, *lines, merged=merged),)))
    return document


@pytest.mark.parametrize("merged", [True, False])
def test_targets_may_be_headed_one_row_above_the_levels(merged):
    """绩效指标 stands over the three levels, and beside it what heads the targets, in one cell of both rows."""
    document = agency(
        "年度总体目标|管好绿地|<|<|<|<|<",
        "部门整体支出（万元）|资金总额|110|财政拨款|100|其他资金|10",
        "绩效指标|<|<|指标性质|指标值|度量单位|指标属性",
        "一级指标|二级指标|三级指标|^|^|^|^",
        "产出指标|数量指标|绿化面积|≥|100|亩|定量",
        "^|时效指标|补植完成时间|≤|2026年11月|年月|定性",
        merged=merged,
    )
    assert names_and_targets(document) == [("绿化面积", "≥100亩"), ("补植完成时间", "≤2026年11月")]
    assert {one.severity for one in found(document, "ST09")} == {"warning"}  # of rows that the form never had


def test_headings_in_three_rows():
    """指标值 over 近两年指标值 and 预期当年实现值, and below the first of these the two years."""
    heading = [*HEADING, None, None]
    middle = [None] * 4 + ["近两年指标值", None, "预期当年实现值"]
    years = [None] * 4 + ["前年", "上年"]
    areas = [*(Area(0, c, 2, c) for c in range(4)), Area(0, 4, 0, 6), Area(1, 4, 1, 5), Area(1, 6, 2, 6)]
    body = [[*row[:4], "≥1", "≥2", row[4]] for row in ROWS]
    assert names_and_targets(table(heading=heading, rows=[middle, years, *body], merges=areas)) == READ


def test_blocks_called_tables_of_indicators():
    longer = [["长期绩效指标表"], ["目标名称", *HEADING[1:]], ["长期目标1", *ROWS[1][1:4], "≥900亩"]]
    heading = ["目标名称", *HEADING[1:]]
    rows = [["年度目标1", *ROWS[0][1:]], *ROWS[1:]]
    document = table(goal=[*GOAL, *longer, ["年度绩效指标表"]], heading=heading, rows=rows)
    assert names_and_targets(document) == READ


def test_a_form_of_applying_that_says_it_holds_targets_is_ours():
    document = table(head=[["2026年某省项目申报表（含绩效目标）"], *HEAD[2:]])
    assert document.values["year"] == 2026
    assert not found(document, "ST01")


def test_the_goal_of_the_budget_year_is_read_beside_that_of_several_years():
    document = agency(
        "部门总体目标|部门职责|管绿地",
        "^|总体绩效目标（2026-2028年期间）|三年绿化三百亩",
        "部门年度目标|预算年度（2026年）绩效目标|绿化一百亩",
        "年度绩效指标|一级指标|二级指标|三级指标|指标值",
        "^|产出指标|数量指标|绿化面积|≥100亩",
    )
    assert document.values["goals"] == ["绿化一百亩"]


def test_sources_and_uses_numbered_behind_what_they_are():
    """As a province prints it: `1、资金来源：（1）财政性资金` is a label like any other."""
    document = agency(
        "年度履职目标|管好绿地",
        "预算情况|部门预算总额（万元）|900",
        "^|1、资金来源：（1）财政性资金|880",
        "^|（2）其他资金|20",
        "^|2、资金结构：（1）基本支出|500",
        "^|（2）项目支出|400",
        "一级指标|二级指标|三级指标|指标值|指标值说明",
        "履职效果|绿化|绿化面积|≥100亩|台账",
    )
    names = ("expenditure_total", "fiscal_funds", "other_funds", "basic", "projects")
    assert [document.values[name] for name in names] == ["900", "880", "20", "500", "400"]


@pytest.mark.parametrize(
    ("funds", "expected"),
    [
        ([["预算规模", "预算数", 110.0, "其中：财政资金", 100.0, "其他资金", 10.0]], ["110", "100", None, "10"]),
        ([["项目金额（万元）", "总金额", "财政性资金", "其他资金"], [None, 110.0, 100.0, 10.0]], ["110", "100", None, "10"]),
        ([["预算数", 110.0], ["其中：财政拨款", 100.0], ["其他资金", 10.0]], ["110", "100", None, "10"]),
    ],
    ids=["beside its sources", "as a heading", "above its sources"],
)  # fmt: skip
def test_the_total_has_still_other_names(funds, expected):
    document = table(funds=funds)
    assert money(document) == expected
    assert not [one for one in found(document, "ST09") if one.pointer == "/total_funds"]


@pytest.mark.parametrize("join", [" ", "\n", "/", ""])
def test_english_beside_the_chinese_of_a_label(join):
    head = [
        ["项目支出绩效目标表 Project Performance Target Form"],
        ["预算年度 Budget Year: 2026"],
        [f"项目名称{join}Project Name", "绿化养护"],
        [
            f"主管部门及代码{join}Department",
            "某县城管局（101001）",
            None,
            f"实施单位{join}Agency",
            "某县园林管理处",
        ],
    ]
    words = ["Total", "Fiscal", "Carryover", "Others"]
    funds = [[*row[:1], f"{row[1]}{join}{word}", row[2]] for row, word in zip(FUNDS, words, strict=True)]
    heading = [f"{text}{join}{word}" for text, word in zip(HEADING, ["Indicators", "Level 1", "Level 2", "Level 3", "Target"], strict=True)]  # fmt: skip
    document = table(head=head, funds=funds, goal=[[f"总体目标{join}Goals", GOAL[0][1]]], heading=heading)
    names = ("year", "project_name", "department", "agency")
    assert [document.values[name] for name in names] == [2026, "绿化养护", "某县城管局", "某县园林管理处"]
    assert money(document) == ["110", "100", "4", "6"]
    assert (document.values["goals"], names_and_targets(document)) == ([GOAL[0][1]], READ)


@pytest.mark.parametrize(
    ("label", "severity"),
    [
        ("主管部门及代码", "warning"),
        ("主管部门（及 编码）", "warning"),
        ("主管部门", "hint"),
        ("主管部门：", "hint"),
    ],
)
def test_a_code_is_missed_where_the_label_asks_for_it(label, severity):
    for row in ([label, "某县城管局", None, "实施单位", "某县园林管理处"], [f"{label.strip('：')}：某县城管局", None, None, "实施单位", "某县园林管理处"]):  # fmt: skip
        document = table(head=[*HEAD[:3], row])
        assert [one.severity for one in found(document, "ST03")] == [severity]
        assert document.values["department"] == "某县城管局"


def test_a_list_is_not_asked_for_a_code_that_no_heading_names():
    lines = [
        "项目支出绩效目标表（2026年度）",
        "主管部门：某县城管局",
        "项目名称|资金总额（万元）|绩效目标|一级指标|二级指标|三级指标|指标值",
        "绿化养护|110|管好绿地|产出指标|数量指标|绿化面积|≥100亩",
    ]
    ((document,), _) = reading.read(Book((sheet(*lines),)))
    assert [one.severity for one in found(document, "ST03")] == ["hint"]


@pytest.mark.parametrize("merged", [True, False])
def test_indicators_without_levels_beside_the_merged_label_of_their_block(merged):
    """The label is no heading: its merged cell does not make the indicators beside it rows of the headings."""
    heading = ["绩效指标", "指标名称", "权重", "计量单位", "指标性质", "指标值"]
    rows = [[None, "绿化面积", 50.0, "亩", "≥", 100.0], [None, "居民满意度", 50.0, "%", "≥", 90.0]]
    document = table(heading=heading, rows=rows, merges=[Area(0, 0, 2, 0)] if merged else None)
    assert names_and_targets(document) == [("绿化面积", "≥100亩"), ("居民满意度", "≥90%")]
    assert len(found(document, "ST09")) == 2
    assert not found(document, "SC01")


def test_what_kind_of_project_it_is_is_no_second_project():
    head = [*HEAD[:2], ["项目名称", "绿化养护", None, "项目类型", "特定目标类"], HEAD[3]]
    funds = [["资金来源（万元）", "财政拨款", None, "单位自筹", "合计"], [None, 100.0, None, 10.0, 110.0]]
    document = table(head=head, funds=funds)
    assert not [one for one in found(document, "ST09") if one.severity == "error"]
    assert money(document) == ["110", "100", None, "10"]


def test_the_total_stands_beside_a_source_in_another_word():
    funds = [["资金来源（万元）", "财政拨款", "单位自筹", "合计"], [None, 100.0, 10.0, 110.0]]
    assert money(table(funds=funds)) == ["110", "100", None, "10"]


def test_what_the_own_level_of_government_spends_is_not_left_out_of_the_appropriation():
    funds = [["预算金额（万元）", 320.0, "其中：", "本级支出", 300.0], [None, None, None, "上级补助", 20.0]]
    assert money(table(funds=funds))[:2] == ["320", "320"]


def test_income_and_expenditure_behind_their_labels():
    """Each amount stands in its label's cell, below headings; their unit of money is printed on the block's label."""
    document = agency(
        "年度预算申请（万元）|资金总额：1200",
        "^|按收入性质分：|按支出性质分：",
        "^|其中：一般公共预算：1150|其中：基本支出：900",
        "^|其他资金：50|项目支出：300",
        "整体绩效目标|管好绿地",
        "年度绩效指标|一级指标|二级指标|三级指标|指标值",
        "^|产出指标|数量指标|绿化面积|≥100亩",
    )
    names = ("expenditure_total", "fiscal_funds", "other_funds", "basic", "projects")
    assert [document.values[name] for name in names] == ["1200", "1150", "50", "900", "300"]
    assert document.money == "万元"


def test_what_a_form_of_another_kind_never_had_is_told_once():
    document = agency(
        "部门预算支出总额（万元）|5600|其中：财政拨款|5500",
        "基本支出|3200|项目支出|2400",
        "总体绩效目标|管好绿地",
        "年度绩效指标|一级指标|二级指标|三级指标|指标值",
        "^|产出指标|数量指标|绿化面积|≥100亩",
    )
    (told,) = found(document, "ST09")
    assert told.severity == "warning"
    assert all(f"“{label}”" in told.message for label in ("人员经费", "公用经费", "上年结转资金", "其他资金"))
    assert {one.severity for one in found(document, "ST05")} == {"hint"}
    assert document.values["expenditure_total"] == "5600"


@pytest.mark.parametrize("label", ["项目年度目标", "项目当年绩效目标", "目标"])
def test_the_goals_of_the_year_have_still_other_names(label):
    assert table(goal=[[label, GOAL[0][1]]]).values["goals"] == [GOAL[0][1]]


def test_an_agency_s_one_line_below_headings_in_three_rows():
    """What stands right of a heading is another heading, and the value is the cell below both."""
    lines = [
        "整体支出绩效目标表",
        "（2026年度）",
        "部门名称|年度预算申请（万元）|<|<|<|整体绩效目标",
        "^|资金总额|按收入性质分|<|按支出性质分|^",
        "^|^|财政拨款|单位资金|基本支出|^",
        "某县文化馆|320|310|10|220|送戏下乡六十场",
    ]
    ((document,), _) = reading.read(Book((sheet(*lines),)))
    values = document.values
    assert (values["agency"], values["goals"]) == ("某县文化馆", ["送戏下乡六十场"])
    assert (values["expenditure_total"], values["basic"]) == ("320", "220")
    assert document.cells["/agency"] == "A6"


def test_the_total_below_a_heading_of_the_year_is_the_year_s():
    """年度预算申请 reaches over 资金总额 and its parts: no second half of a form that tells a longer time too."""
    lines = [
        "整体支出绩效目标表",
        "（2026年度）",
        "部门名称|年度预算申请（万元）|<|<|<|<|整体绩效目标",
        "^|资金总额|按收入性质分|<|按支出性质分|<|^",
        "^|^|一般公共预算|政府性基金拨款|基本支出|项目支出|^",
        "某县园林处|1000|900|100|600|400|管好绿地三百亩",
    ]
    ((document,), _) = reading.read(Book((sheet(*lines),)))
    told = [document.values[field] for field in ("income_total", "fiscal_funds", "basic", "projects")]
    assert told == ["1000", "1000", "600", "400"]
