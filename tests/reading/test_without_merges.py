"""Forms whose merged cells a program has parted: their text stands in the first cell alone, or was filled into all."""

import pytest
from written import sheet

from jixiao import checking, reading
from jixiao.model import Book

HEAD = (
    "项目支出绩效目标表 | < | < | < | < | <",
    "（2026年度） | < | < | < | < | <",
    "项目名称 | 绿化养护 | < | < | < | <",
    "主管部门及代码 | 某县城管局（101001） | < | 实施单位 | 某县园林处 | <",
)
FUNDS = (
    "项目资金（万元） | 资金来源 | 上年预算数 | < | 本年预算数 | <",
    "^ | 年度资金总额 | 130 | < | 110 | <",
    "^ | 其中：当年财政拨款 | 120 | < | 100 | <",
    "^ | 上年结转资金 | 4 | < | 4 | <",
    "^ | 其他资金 | 6 | < | 6 | <",
)
INDICATORS = (
    "绩效指标 | 一级指标 | 二级指标 | 三级指标 | < | 指标值",
    "^ | 产出指标 | 数量指标 | 绿化面积 | < | ≥100亩",
)
GOAL = "完成城区绿化养护100亩，苗木成活率达到95%。"
BELOW = ("年度绩效目标 | < | < | < | < | <", f"{GOAL} | < | < | < | < | <")


def filled(lines):
    """The lines with every merged cell's text in all of its cells."""
    rows = []
    for line in lines:
        cells = [cell.strip() for cell in line.split("|")]
        for column, cell in enumerate(cells):
            cells[column] = {"<": cells[column - 1], "^": rows[-1][column] if rows else ""}.get(cell, cell)
        rows.append(cells)
    return [" | ".join(cells) for cells in rows]


def read(*lines, how):
    ((document,), _) = reading.read(
        Book((sheet(*(filled(lines) if how == "filled" else lines), merged=how == "merged"),))
    )
    return document


@pytest.mark.parametrize("how", ["merged", "parted", "filled"])
def test_the_goal_below_its_label_over_the_whole_width(how):
    document = read(*HEAD, *FUNDS, *BELOW, *INDICATORS, how=how)
    assert (document.values["goals"], document.cells["/goals/0"]) == ([GOAL], "A11")
    assert not [one for one in checking.check(document).findings if one.pointer.startswith("/goals")]


@pytest.mark.parametrize("how", ["merged", "parted", "filled"])
def test_the_column_of_the_year(how):
    document = read(*HEAD, *FUNDS, *BELOW, *INDICATORS, how=how)
    names = ("total_funds", "fiscal_funds", "carryover_funds", "other_funds")
    assert [document.values[name] for name in names] == ["110", "100", "4", "6"]
    assert document.cells["/total_funds"] == "E6"


def test_a_note_right_of_the_label_is_no_goal():
    lines = [*HEAD, *FUNDS, f"{BELOW[0]} | | 请补充", BELOW[1], *INDICATORS]
    document = read(*lines, how="merged")
    assert document.values["goals"] == [GOAL]


@pytest.mark.parametrize("below", ["立项依据", "项目概况："])
def test_another_label_below_a_blank_goal_is_none(below):
    lines = [*HEAD, *FUNDS, "年度绩效目标 | | | | |", f"{below} | | | | |", *INDICATORS]
    assert read(*lines, how="parted").values["goals"] == []
