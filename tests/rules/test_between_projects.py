"""Rules that compare projects: what is one project, whose it is, and that time grows with the tables, not their square."""

from dataclasses import replace

import pytest

from jixiao import checking, rules
from jixiao.rules.agencies import same_project
from jixiao.rules.slips import slips

OTHER = "| 目标1 | 按月核对线路电费 |"


def flagged(rule, *documents):
    verdicts = checking.check_all(documents, "campaign")
    return [
        (n, one.severity)
        for n, verdict in enumerate(verdicts)
        for one in verdict.findings
        if one.rule == rule
    ]


@pytest.mark.parametrize(
    ("shown", "found"),
    [
        ("| 项目名称 | 线路改造电费 |\n" + OTHER, [(1, "error")]),
        ("| 项目名称 | 各统办楼电费（第二批） |\n" + OTHER, []),
        ("| 项目名称 | 2024年各统办楼电费 |\n" + OTHER, []),
        ("| 项目名称 | 中学电费 |\n| 实施单位 | 和政县中学 |\n" + OTHER, [(1, "hint")]),
        ("| 项目名称 | 各统办楼电费 |\n| 实施单位 | 和政县中学 |\n" + OTHER, []),
    ],
)
def test_in09_batches_are_no_copies_and_other_agencies_are_only_hinted_at(table, shown, found):
    assert flagged("IN09", table(), table(shown)) == found


def test_in09_a_few_common_rows_are_no_copy(table):
    rows = """
        | 成本指标 | 经济成本指标 | 线路改造成本 | ≤100万元 |
        | 产出指标 | 数量指标 | 改造线路长度 | ≥900米 |
        | 产出指标 | 质量指标 | 工程验收合格率 | =100% |
        | 产出指标 | 时效指标 | 电费缴纳时限 | ≤10天 |
        | 效益指标 | 生态效益指标 | 用电量下降率 | ≥2% |
        | 满意度指标 | 服务对象满意度指标 | 干部职工满意度 | ≥95% |
        """
    assert (
        flagged("IN09", table(), table("| 项目名称 | 线路改造 |\n| 目标1 | 改造线路 |\n" + rows.strip()))
        == []
    )


def test_in09_the_table_that_was_copied_most_is_named_and_each_copy_told_once(table):
    copies = [
        table(f"| 项目名称 | {name}电费 |\n| 目标1 | {name}按时缴费 |", sheet=name)
        for name in ("东楼", "西楼", "南楼")
    ]
    assert flagged("IN09", *copies) == [(1, "error"), (2, "error")]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("道路维修第一批", "道路维修第二批", True),
        ("2023年道路维修", "道路维修", True),
        ("道路维修", "桥梁维修", False),
        ("一号楼维修", "二号楼维修", False),
    ],
)
def test_one_project_by_name(table, one, other, same):
    assert same_project(table(f"| 项目名称 | {one} |"), table(f"| 项目名称 | {other} |")) is same


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("和政县机关事务管里局", "和政县机关事务管理局", True),
        ("和政县机关事务局管理", "和政县机关事务管理局", False),
        ("和政县机关事管务理局", "和政县机关事务管理局", True),
        ("和政县机关事务理管局", "和政县机关事务管理局", True),
        ("和政县第一小学", "和政县第二小学", False),
        ("和政县东关小学", "和政县西关小学", False),
        ("电费", "店费", False),  # too short to tell
        ("和政县财政局", "和政县财政局", False),
    ],
)
def test_a_slip_is_a_letter_of_the_same_sound_or_two_swapped(one, other, found):
    assert list(slips([one, other])) == ([(0, 1)] if found else [])


def test_comparing_looks_at_each_table_a_bounded_number_of_times(table):
    """Ten times as many tables are ten times as many comparisons, even if all hold the same rows."""
    rule = next(one for one in rules.catalogue() if one.id == "IN09")
    document = table()

    class Counted(dict):
        looks = 0

        def __getitem__(self, key):
            Counted.looks += key == "project_name"
            return super().__getitem__(key)

    def looks(count):
        Counted.looks = 0
        many = [
            replace(document, values=Counted(document.values, project_name=f"楼{chr(0x4E00 + n)}"))
            for n in range(count)
        ]
        list(rule.check(many, rule.parameters))
        return Counted.looks

    assert looks(400) <= 12 * looks(40)
