"""财政拨款 given budget by budget is their sum; given as a whole it stands as it is."""

import pytest
from blocks import FUNDS, GOAL, HEAD, HEADING, ROWS

from jixiao import checking, reading
from jixiao.model import Area, Book, Grid

REST = [*FUNDS[2:], *GOAL, list(HEADING), *ROWS]


def table(*funds, total=110.0, unit="万元", merges=None):
    rows = [*HEAD, [f"项目资金（{unit}）", "年度资金总额", total], *map(list, funds), *REST]
    ((document,), _) = reading.read(Book((Grid("表", rows, merges),)))
    return document


def findings(document, *rules):
    return [one for one in checking.check(document).findings if one.rule in rules]


@pytest.mark.parametrize(
    ("general", "fund", "capital"),
    [
        ("其中：一般公共预算拨款", "政府性基金预算拨款", "国有资本经营预算拨款"),
        ("一般公共预算财政拨款", "政府性基金", "国有资本经营预算"),
        ("1.一般公共预算资金", "2.政府性基金预算资金", "3.国有资本经营预算资金"),
        ("本年一般公共预算拨款", "本年政府性基金预算拨款", "本年国有资本经营预算拨款"),
    ],
)
def test_three_budgets_are_added_up(general, fund, capital):
    document = table((None, general, 70.1), (None, fund, 20.2), (None, capital, 9.7))
    assert document.values["fiscal_funds"] == "100"
    assert document.cells["/fiscal_funds"] == "C6"
    assert [document.cells[f"/fiscal_funds/{n}"] for n in range(3)] == ["C6", "C7", "C8"]
    (told,) = findings(document, "FI01", "FI02", "ST09")
    assert told.severity == "hint"
    assert all(text in told.message for text in ("C6", "70.1", "C7", "20.2", "C8", "9.7", "100 万元"))


def test_a_blank_budget_adds_nothing_and_one_amount_alone_is_read_where_it_stands():
    document = table((None, "一般公共预算拨款", None), (None, "政府性基金预算拨款", 100.0))
    assert (document.values["fiscal_funds"], document.cells["/fiscal_funds"]) == ("100", "C7")
    assert not findings(document, "FI01", "ST09")


def test_all_budgets_blank_are_a_blank():
    document = table((None, "一般公共预算拨款", None), (None, "政府性基金预算拨款", None))
    assert (document.values["fiscal_funds"], document.cells["/fiscal_funds"]) == (None, "C6")


def test_a_budget_of_its_own_is_read_without_the_other_one():
    document = table((None, "政府性基金预算拨款", 100.0))
    assert (document.values["fiscal_funds"], document.cells["/fiscal_funds"]) == ("100", "C6")


@pytest.mark.parametrize("label", ["其中：当年财政拨款", "财政拨款", "财政资金"])
def test_a_whole_with_its_budgets_below_is_not_counted_twice(label):
    document = table(
        (None, label, 100.0), (None, "其中：一般公共预算拨款", 80.0), (None, "政府性基金预算拨款", 20.0)
    )
    assert (document.values["fiscal_funds"], document.cells["/fiscal_funds"]) == ("100", "C6")
    assert not findings(document, "FI01", "ST09")


def test_a_blank_whole_stays_blank_whatever_its_budgets_are():
    document = table((None, "当年财政拨款", None), (None, "一般公共预算拨款", 80.0))
    assert (document.values["fiscal_funds"], document.cells["/fiscal_funds"]) == (None, "C6")


def test_a_block_of_budgets_under_a_label_of_their_own_is_added_up():
    rows = [
        *HEAD,
        ["项目资金（万元）", "年度资金总额", None, 110.0],
        [None, "财政拨款", "一般公共预算", 80.0],
        [None, None, "政府性基金", 20.0],
        [None, "上年结转资金", None, 4.0],
        [None, "其他资金", None, 6.0],
        *REST[2:],
    ]
    ((document,), _) = reading.read(Book((Grid("表", rows, (Area(5, 1, 6, 1),)),)))
    assert document.values["fiscal_funds"] == "100"
    assert [document.cells[f"/fiscal_funds/{n}"] for n in range(2)] == ["D6", "D7"]


def test_budgets_below_what_is_carried_over_are_parts_of_that():
    document = table(
        (None, "一般公共预算拨款", 100.0), (None, "上年结转资金", 4.0), (None, "政府性基金", 4.0)
    )
    assert (document.values["fiscal_funds"], document.values["carryover_funds"]) == ("100", "4")


def test_a_sum_is_exact():
    document = table((None, "一般公共预算拨款", 0.1), (None, "政府性基金预算拨款", 0.2))
    assert document.values["fiscal_funds"] == "0.3"
    document = table((None, "一般公共预算拨款", 1.0), (None, "政府性基金预算拨款", 2.0), unit="元")
    assert document.values["fiscal_funds"] == "0.0003"


def test_a_budget_that_is_no_amount_is_said_at_its_cell():
    document = table((None, "一般公共预算拨款", 80.0), (None, "政府性基金预算拨款", "待定"))
    assert (document.values["fiscal_funds"], document.cells["/fiscal_funds"]) == ("待定", "C7")


def test_a_budget_typed_as_text_is_said_at_its_cell():
    document = table((None, "一般公共预算拨款", 80.0), (None, "政府性基金预算拨款", "20万元"))
    assert document.values["fiscal_funds"] == "100"
    (told,) = findings(document, "FI02")
    assert (told.cell, told.severity) == ("C7", "error")


@pytest.mark.parametrize("mark", ["/", "—", "——", "－", "-", "无"])
def test_a_mark_for_nothing_adds_nothing_and_is_said(mark):
    document = table((None, "一般公共预算拨款", 100.0), (None, "政府性基金预算拨款", mark))
    assert (document.values["fiscal_funds"], document.cells["/fiscal_funds"]) == ("100", "C6")
    (told,) = findings(document, "FI02", "ST09")
    assert (told.cell, told.severity) == ("C7", "hint")
    assert f"“{mark}”" in told.message


def test_marks_alone_are_no_amount():
    document = table((None, "一般公共预算拨款", "/"), (None, "政府性基金预算拨款", "/"))
    assert (document.values["fiscal_funds"], document.cells["/fiscal_funds"]) == ("/", "C6")


CARRIED = (
    (None, "上年结转资金", 4.0),
    (None, "其中：一般公共预算拨款", 3.0),
    (None, "政府性基金预算拨款", 1.0),
)


def split(*funds):
    rows = [*HEAD, ["项目资金（万元）", "年度资金总额", 110.0], *map(list, funds), *REST[1:]]
    ((document,), _) = reading.read(Book((Grid("表", rows),)))
    assert not findings(document, "ST09")
    assert [one.severity for one in findings(document, "FI01", "FI02")] == ["hint"] * bool(
        "/fiscal_funds/0" in document.cells
    ) + ["hint"] * bool("/carryover_funds/0" in document.cells)
    return document.values["fiscal_funds"], document.values["carryover_funds"]


def test_what_is_carried_over_may_be_broken_down_above_or_below_the_year_s_budgets():
    year = ((None, "一般公共预算拨款", 60.0), (None, "政府性基金预算拨款", 40.0))
    own = ((None, "本年一般公共预算拨款", 60.0), (None, "本年政府性基金预算拨款", 40.0))
    whole = ((None, "当年财政拨款", 100.0), *year)
    assert split(*year, *CARRIED) == ("100", "4")
    assert split(*CARRIED, *year) == ("100", "4")
    assert split(*CARRIED, *own) == ("100", "4")
    assert split(*CARRIED, *whole) == ("100", "4")
    assert split(*whole, *CARRIED) == ("100", "4")
    assert split(CARRIED[0], *year) == ("100", "4")


def test_what_is_carried_over_may_be_given_by_budget_only():
    year = ((None, "一般公共预算拨款", 60.0), (None, "政府性基金预算拨款", 40.0))
    by_budget = ((None, "一般公共预算结转", 3.0), (None, "政府性基金结转资金", 1.0))
    assert split(*year, *by_budget) == ("100", "4")
    assert split(*by_budget, *year) == ("100", "4")
    assert split(*year, (None, "政府性基金上年结转", 4.0)) == ("100", "4")
    assert split(*year, (None, "上年结转资金", 4.0), *by_budget) == ("100", "4")


@pytest.mark.parametrize("merges", [None, (Area(5, 1, 6, 1), Area(7, 1, 8, 1))])
def test_two_blocks_of_budgets_under_labels_of_their_own(merges):
    rows = [
        *HEAD,
        ["项目资金（万元）", "年度资金总额", None, 110.0],
        [None, "财政拨款", "一般公共预算", 60.0],
        [None, None, "政府性基金", 40.0],
        [None, "上年结转", "一般公共预算", 3.0],
        [None, None, "政府性基金", 1.0],
        [None, "其他资金", None, 6.0],
        *REST[2:],
    ]
    ((document,), _) = reading.read(Book((Grid("表", rows, merges),)))
    assert (document.values["fiscal_funds"], document.values["carryover_funds"]) == ("100", "4")
    assert [document.cells[f"/carryover_funds/{n}"] for n in range(2)] == ["D8", "D9"]


def test_what_each_level_of_government_gives_is_added_up_where_nothing_else_is_said():
    levels = ((None, "其中：中央补助", 50.0), (None, "省级资金", 30.0), (None, "县级配套资金", 20.0))
    document = table(*levels)
    assert (document.values["fiscal_funds"], document.cells["/fiscal_funds"]) == ("100", "C6")
    (told,) = findings(document, "FI01", "ST09")
    assert told.severity == "hint"
    assert all(text in told.message for text in ("C6", "50", "C7", "30", "C8", "20"))
    whole = table((None, "财政拨款", 100.0), *levels)
    assert (whole.values["fiscal_funds"], whole.cells["/fiscal_funds"]) == ("100", "C6")
    assert "/fiscal_funds/0" not in whole.cells
    budgets = table((None, "一般公共预算拨款", 100.0), *levels)
    assert (budgets.values["fiscal_funds"], budgets.cells["/fiscal_funds"]) == ("100", "C6")


def test_a_second_row_of_one_budget_is_still_said():
    document = table((None, "一般公共预算拨款", 80.0), (None, "本年一般公共预算拨款", 20.0))
    (told,) = findings(document, "ST09")
    assert "C7" in told.message


def test_the_next_sheet_of_the_layout_has_its_own_sum():
    grids = [
        Grid(
            f"表{n}",
            [*HEAD, ["项目资金（万元）", "年度资金总额", 110.0 + n], [None, "一般公共预算拨款", 80.0],
             [None, "政府性基金预算拨款", 20.0 + n], *REST],
        )
        for n in range(4)
    ]  # fmt: skip
    documents, _ = reading.read(Book(tuple(grids)))
    assert [one.values["fiscal_funds"] for one in documents] == ["100", "101", "102", "103"]
    assert [one.notes for one in documents[1:]] != [documents[0].notes] * 3


def test_an_agency_s_appropriations_are_added_up():
    rows = [
        ["单位整体支出绩效目标表"],
        ["（2026年度）"],
        ["单位名称", None, "某县园林管理处"],
        ["总体目标", "目标1：管好绿地"],
        ["预算情况（万元）", "按支出类型分", None, "预算金额", "按来源类型分", "预算金额"],
        [None, "基本支出", "人员经费", 60.0, "一般公共预算拨款", 80.0],
        [None, None, "公用经费", 20.0, "政府性基金预算拨款", 20.0],
        [None, None, "合计", 80.0, "上年结转资金", 4.0],
        [None, "项目支出", None, 30.0, "其他资金", 6.0],
        [None, None, None, None, "收入预算合计", 110.0],
        [None, None, None, None, "支出预算合计", 110.0],
        ["绩效指标", "一级指标", "二级指标", None, "三级指标", "指标值"],
        [None, "部门管理", "资金投入", None, "预算执行率", "≥95%"],
    ]
    ((document,), _) = reading.read(Book((Grid("表", rows),)))
    assert document.values["fiscal_funds"] == "100"
    assert [document.cells[f"/fiscal_funds/{n}"] for n in range(2)] == ["F6", "F7"]
