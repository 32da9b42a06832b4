"""Suggestions name a good indicator of the library where a row lacks one: one that fits, and no invented figure."""

import pytest

from jixiao import checking

FIRE = "| 项目名称 | 各统办楼消防设施改造 |\n| 目标1 | 改造消防设施 |\n"


def suggested(document, rule):
    return [one.suggestion for one in checking.check(document).findings if one.rule == rule]


@pytest.mark.parametrize(
    ("rule", "rows", "said"),
    [
        (
            "ST07",
            "| 产出指标 | 数量指标 | 改造消防栓数量 | =9个 |",
            "经济成本指标可写：消防工程总成本，≤（填数）万元。",
        ),
        ("ST08", "| 产出指标 | 质量指标 | | |", "此处可写：消防工程验收合格率，≥95%。"),
        ("VA03", "| 产出指标 | 质量指标 | 改造合格 | 改造合格 |", "此处可写：消防工程验收合格率，≥95%。"),
        ("IN03", "| 产出指标 | 质量指标 | 质量指标 | ≥95分 |", "此处可写：消防工程验收合格率，≥95%。"),
        ("IN04", "| 产出指标 | 质量指标 | 提高消防设施质量 | 良好 |", "此处可写：消防工程验收合格率，≥95%。"),
        ("IN05", "| 产出指标 | 质量指标 | 消防设施是否合格 | ≥95% |", "此处可写：消防工程验收合格率，≥95%。"),
        ("IN07", "| 产出指标 | 质量指标 | 改造及时率 | ≥95% |", "质量指标可写：消防工程验收合格率，≥95%。"),
    ],
)
def test_a_good_indicator_of_the_projects_subject_is_named(table, rule, rows, said):
    assert any(one.endswith(said) for one in suggested(table(FIRE + rows), rule))


def test_rows_of_one_level2_are_told_different_ones(table):
    rows = "| 产出指标 | 质量指标 | 改造合格 | 改造合格 |\n| 产出指标 | 质量指标 | 设施完好 | 设施完好 |"
    first, second = suggested(table(FIRE + rows), "VA03")
    assert first.endswith("此处可写：消防工程验收合格率，≥95%。")
    assert second.endswith("此处可写：消防设施完好率，≥98%。")


def test_what_the_table_has_already_is_not_named(table):
    rows = (
        "| 产出指标 | 质量指标 | 消防工程验收合格率 | ≥96% |\n| 产出指标 | 质量指标 | 设施完好 | 设施完好 |"
    )
    (found,) = suggested(table(FIRE + rows), "VA03")
    assert "此处可写：" in found
    assert "消防工程验收合格率" not in found


@pytest.mark.parametrize(
    ("subject", "rows"),
    [
        ("| 项目名称 | 甲乙丙 |\n| 目标1 | 丁戊己 |\n", "| 产出指标 | 质量指标 | | |"),
        (
            "| 项目名称 | 消防演练 |\n| 目标1 | 演练 |\n",
            "| 效益指标 | 经济效益指标 | | |",
        ),  # the library says 不涉及: the suggestion says so already
    ],
)
def test_nothing_is_named_where_the_library_has_nothing(table, subject, rows):
    assert suggested(table(subject + rows), "ST08") == [
        "请填写三级指标和指标值；这一类确实没有的写“不涉及”。"
    ]
