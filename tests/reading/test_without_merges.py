"""Forms whose merged cells a program has parted: their text stands in the first cell alone, or was filled into all."""

import re

import pytest
from written import copied, sheet

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


def read(*lines, how):
    ((document,), _) = reading.read(
        Book((sheet(*(copied(lines) if how == "filled" else lines), merged=how == "merged"),))
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


def test_of_three_columns_of_money_with_copies_the_year_s_is_read_in_every_row():
    lines = [line.replace("| 其中", "| 其中").replace("资金来源 |", "资金来源 | < |") for line in FUNDS]
    wide = [lines[0], *(re.sub(r"^(\^ \| [^|]+)", r"\1 | <", line) for line in lines[1:])]
    document = read(
        *(f"{line} | <" for line in HEAD),
        *wide,
        *(f"{line} | <" for line in (*BELOW, *INDICATORS)),
        how="filled",
    )
    names = ("total_funds", "fiscal_funds", "carryover_funds", "other_funds")
    assert [document.values[name] for name in names] == ["110", "100", "4", "6"]


def test_the_two_totals_of_a_unit_s_halves_are_told_apart():
    document = read(
        "部门整体支出绩效目标申报表 | < | < | < | < | < | <",
        "（2026年度） | < | < | < | < | < | <",
        "部门名称 | < | 某市统计局 | < | < | < | <",
        "部门整体资金（万元） | 收入 | < | 全年 | 支出 | < | 全年",
        "^ | 财政拨款收入 | < | 900 | 基本支出 | < | 600",
        "^ | 其他资金 | < | 100 | 项目支出 | < | 390",
        "^ | 合计 | < | 1000 | 合计 | < | 990",
        "年度目标 | < | 完成统计调查30项 | < | < | < | <",
        "一级指标 | 二级指标 | 三级指标 | < | < | 半年目标值 | 全年目标值",
        "产出指标 | 数量指标 | 统计调查项数 | < | < | ≥15项 | ≥30项",
        how="filled",
    )
    assert (document.values["income_total"], document.values["expenditure_total"]) == ("1000", "990")


def test_the_number_of_a_page_is_no_indicator():
    document = read(*HEAD, *FUNDS, *BELOW, *INDICATORS, "—1— | < | < | < | < | <", how="filled")
    assert len(document.values["indicators"]) == 1


@pytest.mark.parametrize("how", ["merged", "parted", "filled"])
def test_a_unit_of_money_in_all_cells_above_a_list_is_no_agency(how):
    document = read(
        "2026年度项目支出绩效目标情况表 | < | < | < | < | < | < | < | <",
        "单位：元 | < | < | < | < | < | < | < | <",
        "主管部门 | 项目名称 | 资金情况 | < | 总体目标 | 绩效指标 | < | < | <",
        "^ | ^ | 合计 | 财政拨款 | ^ | 一级指标 | 二级指标 | 三级指标 | 指标值",
        "某县水务局 | 河道清淤 | 1100000 | 1000000 | 清淤12公里 | 产出指标 | 数量指标 | 清淤长度 | ≥12公里",
        how=how,
    )
    assert (document.values["agency"], document.values["department"]) == (None, "某县水务局")
    assert (document.values["total_funds"], document.values["fiscal_funds"]) == ("110", "100")
    assert document.values["goals"] == ["清淤12公里"]


@pytest.mark.parametrize("how", ["merged", "parted", "filled"])
def test_the_headings_of_two_rows_of_a_list_that_name_the_projects_in_the_second(how):
    document = read(
        "2026年度项目支出绩效目标公开表 | < | < | < | < | < | <",
        "基本信息 | < | 资金（万元） | 绩效目标 | 绩效指标 | < | <",
        "实施单位 | 项目名称 | 资金总额 | ^ | 一级指标 | 三级指标 | 指标值",
        "某县水务站 | 河道清淤 | 110 | 清淤12公里 | 产出指标 | 清淤长度 | ≥12公里",
        how=how,
    )
    assert document.values["goals"] == ["清淤12公里"]


@pytest.mark.parametrize("how", ["merged", "parted", "filled"])
def test_a_reason_below_the_indicators_is_no_other_table(how):
    document = read(
        *HEAD, *FUNDS, *BELOW, *INDICATORS, "调整原因 | 预算调整，目标随之调整。 | < | < | < | <", how=how
    )
    assert len(document.values["indicators"]) == 1
    assert not [one for one in document.notes if one.rule == "ST09" and one.text]


SPLIT = (
    "绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | < | <",
    "^ | 产出指标 | 数量指标 | 绿化面积 | ≥ | 100 | 亩",
    "^ | ^ | ^ | 补种株数 | ≥ | 500 | 株",
    "^ | ^ | ^ | 浇水次数 | ≥ | 30 | 次",
    "^ | ^ | ^ | 修剪次数 | ≥ | 4 | 次",
    "^ | ^ | 质量指标 | 苗木成活率 | ≥95% | < | <",
)


@pytest.mark.parametrize("how", ["merged", "parted", "filled"])
def test_sign_number_and_measure_under_one_heading(how):
    document = read(
        *(f"{line} | <" for line in HEAD), *(f"{line} | <" for line in (*FUNDS, *BELOW)), *SPLIT, how=how
    )
    assert [one["target"] for one in document.values["indicators"]] == [
        "≥100亩",
        "≥500株",
        "≥30次",
        "≥4次",
        "≥95%",
    ]


@pytest.mark.parametrize("how", ["merged", "parted", "filled"])
def test_a_sum_below_the_indicators_is_none(how):
    lines = [*HEAD, *FUNDS, *BELOW, "绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 分值",
             "^ | 产出指标 | 数量指标 | 绿化面积 | ≥100亩 | 100", "^ | 合计 | < | < | < | 100"]  # fmt: skip
    assert len(read(*lines, how=how).values["indicators"]) == 1
