"""Headings and labels in the words of other places: categories for levels, 绩效目标 over the targets, 填报年度."""

import pytest
from blocks import FUNDS, GOAL, HEAD, ROWS, found, names_and_targets, table

READ = [(row[3], row[4]) for row in ROWS]
LEVELS = [
    "成本指标经济成本指标",
    "产出指标数量指标",
    "产出指标质量指标",
    "效益指标社会效益指标",
    "满意度指标服务对象满意度指标",
]
BY_WORDS = [
    "指标类别|指标类型|指标名称|指标值",
    "指标类型|指标分类|指标内容|目标值",
    "指标类别|指标类型|指标分类|指标值",
    "指标维度|指标类型|绩效指标|绩效目标",
    "指标类别|二级指标|三级指标|指标值",
]
NAMED = [
    "一级分类|二级分类|三级指标|指标值",
    "一级指标类别|二级指标类别|指标名称|年度指标值",
    "指标大类|指标小类|指标|指标值",
    "一级指标|二级指标|指标明细|绩效目标值",
    "一级指标|二级指标|指标说明|绩效目标",
    "一级指标|二级指标|三级指标|绩效目标",
    "一级指标|二级指标|考核指标|标准值",
    "一级指标|二级指标|指标项目|指标数值",
    "一级指标|二级指标|三级指标|年度计划值",
    "一级指标|二级指标|三级指标|控制标准",
    "一级指标|二级指标|三级指标|达标要求",
]


def levels(document):
    return [one["level1"] + one["level2"] for one in document.values["indicators"]]


@pytest.mark.parametrize("headings", NAMED)
def test_headings_in_other_words_head_indicators(headings):
    document = table(heading=["绩效指标", *headings.split("|")])
    assert names_and_targets(document) == READ
    assert levels(document) == LEVELS
    assert not found(document, "ST09")


@pytest.mark.parametrize("headings", BY_WORDS)
def test_which_category_is_which_level_is_known_by_the_words_below(headings):
    rows = [
        *ROWS,
        [None, "效益指标", "经济效益指标", "节约费用", "≥2万元"],
        [None, None, "生态效益指标", "降噪", "≥1%"],
    ]
    document = table(heading=["绩效指标", *headings.split("|")], rows=rows)
    assert names_and_targets(document)[:5] == READ
    assert levels(document)[:5] == LEVELS
    assert {one.severity for one in found(document, "ST09")} == {"warning"}


def test_what_explains_an_indicator_is_not_its_name():
    rows = [[*row[:4], "按图计算", row[4]] for row in ROWS]
    heading = ["绩效指标", "一级指标", "二级指标", "绩效指标", "指标说明", "绩效目标"]
    assert names_and_targets(table(heading=heading, rows=rows)) == READ


def test_the_goals_are_not_taken_from_below_such_a_heading():
    heading = ["绩效指标", "一级指标", "二级指标", "三级指标", "绩效目标"]
    document = table(goal=[["绩效目标", *GOAL[0][1:]]], heading=heading)
    assert document.values["goals"] == ["绿化养护一百亩"]


@pytest.mark.parametrize("label", ["填报年度", "编制年度", "计划年度"])
def test_the_year_may_have_a_label_of_its_own(label):
    head = [HEAD[0], [label, 2026.0, None, "填报日期", "2025年11月3日"], *HEAD[2:]]
    document = table(head=head)
    assert (document.values["year"], document.cells["/year"]) == (2026, "B2")


@pytest.mark.parametrize("label", ["归口管理部门", "行政主管部门", "归口处室", "主管预算单位", "部门名称"])
@pytest.mark.parametrize("own", ["执行单位", "用款单位", "承办单位", "项目建设单位"])
def test_department_and_agency_in_other_words(label, own):
    head = [*HEAD[:3], [label, "某县城管局（101001）", None, own, "某县园林管理处"]]
    document = table(head=head, funds=FUNDS)
    assert [document.values[name] for name in ("department", "department_code", "agency")] == [
        "某县城管局",
        "101001",
        "某县园林管理处",
    ]
