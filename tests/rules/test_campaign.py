"""Rules that need a whole campaign: tables that contradict each other, names that are not written in full."""

import pytest

from jixiao import checking

FULL = "| 实施单位 | 和政县机关事务管理局 |"
SHORT = "| 实施单位 | 机关事务管理局 |"
UNDER_ANOTHER = SHORT + "\n| 主管部门及代码 | 和政县财政局（123） |"


def flagged(rule, *documents):
    verdicts = checking.check_all(documents, "campaign")
    return [
        (number, one)
        for number, verdict in enumerate(verdicts)
        for one in verdict.findings
        if one.rule == rule
    ]


@pytest.mark.parametrize(
    ("first", "second", "speaks"),
    [
        ("| 项目名称 | 水费 |", "| 项目名称 | 水费 |", False),
        ("| 项目名称 | 水费 |", "| 项目名称 | 电费 |", False),
        ("| 项目名称 | 水费 |", "| 项目名称 | 水费 |\n| 年度 | 2025 |", False),
        ("| 项目名称 | 水费 |", "| 项目名称 | 水费 |\n| 实施单位 | 和政县教育局 |", False),
        ("| 项目名称 | 水费 |", "| 项目名称 | 水费 |\n| 年度资金总额 | 55 |", True),
    ],
)
def test_cs01_one_project_with_two_contents(table, first, second, speaks):
    found = flagged("CS01", table(first), table(second, sheet="水费改"))
    assert [(number, one.pointer, one.severity) for number, one in found] == (
        [(1, "/project_name", "error")] if speaks else []
    )


def test_cs01_one_agency_with_two_tables(table):
    found = flagged(
        "CS01",
        table(form="agency_overall"),
        table("| 人员经费 | 600 |", form="agency_overall"),
    )
    assert [(number, one.pointer) for number, one in found] == [(1, "/agency")]


@pytest.mark.parametrize(
    ("one", "other", "speaks"),
    [
        (UNDER_ANOTHER, FULL, True),
        (FULL, FULL, False),
        (UNDER_ANOTHER, "| 实施单位 | 和政县后勤服务中心 |", False),
        (SHORT, FULL, False),  # its 主管部门 says which: ST04 tells it
    ],
)
def test_cs05_a_name_without_its_place(table, one, other, speaks):
    found = flagged("CS05", table(one), table("| 项目名称 | 水费 |\n" + other))
    assert [(number, one.severity) for number, one in found] == ([(0, "hint")] if speaks else [])


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("机关事务管理局", "和政县机关事务管理局"),
        ("和政县机关事务管理局", "甘肃省临夏州和政县机关事务管理局"),
    ],
)
def test_cs05_says_no_more_than_that_the_place_is_not_in_full(table, short, full):
    """A name may have its county and lack the province."""
    one, other = (
        f"| 实施单位 | {name} |\n| 主管部门及代码 | 和政县财政局（123） |" for name in (short, full)
    )
    ((number, found),) = flagged("CS05", table(one), table("| 项目名称 | 水费 |\n" + other))
    assert (number, found.message) == (0, f"“{short}”可能是“{full}”的简称，地名没有写全。")
