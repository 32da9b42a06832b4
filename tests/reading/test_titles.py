"""Titles as offices print them: in two cells or letter by letter, or without the word 表."""

import pytest
from blocks import FUNDS, GOAL, HEAD, HEADING, ROWS, found, table

from jixiao import reading
from jixiao.model import Book, Grid

YEAR_LINE = ["（2026年度）"]


@pytest.mark.parametrize(
    "title",
    [
        ["项目支出", "绩效目标表"],
        ["项目支出绩效", None, "目标表"],
        list("项目支出绩效目标表"),
        ["项目支出绩效目标"],
        ["项目支出绩效目标申报书"],
        ["部门预算项目绩效表"],
    ],
)
def test_a_title_is_known_in_pieces_and_without_its_last_word(title):
    document = table(head=[title, YEAR_LINE, *HEAD[2:]])
    assert document.area.top == 0
    assert document.values["project_name"] == "绿化养护"
    assert not found(document, "ST01")


def test_the_year_of_such_a_title_is_the_tables():
    document = table(head=[["2026年项目支出绩效目标"], *HEAD[2:]])
    assert (document.values["year"], document.cell("/year")) == (2026, "A1")


@pytest.mark.parametrize(
    "line",
    [
        "填报单位：某县园林管理处",
        "为做好项目绩效目标申报工作，请各单位认真填写",
        "请各项目单位认真填写绩效目标",
        "某县财政局预算绩效管理股",
        "项目支出绩效自评",
        "绿化养护",
    ],
)
def test_another_line_above_is_no_title(line):
    document = table(head=[[line], YEAR_LINE, *HEAD[2:]])
    (told,) = found(document, "ST01")
    assert "没有标题" in told.message


@pytest.mark.parametrize(
    "row",
    [[None, "项目评价", "表彰会"], [None, None, "实现绩效目标", "表扬2次"]],
)
def test_cells_of_a_row_are_no_title_of_another_table(row):
    document = table(rows=[*ROWS[:3], row, *ROWS[3:]])
    assert len(document.values["indicators"]) == len(ROWS) + 1


def together(*tables):
    rows = [row for table in tables for row in table]
    (documents, remarks) = reading.read(Book((Grid("表", rows, None),)))
    assert not remarks
    return documents


ONE = [*HEAD, *FUNDS, *GOAL, list(HEADING), *ROWS]
NAMED = ["项目名称", "行道树更新"]


def test_tables_under_one_title_are_of_its_year():
    first, second = together(ONE, [NAMED, *ONE[3:]])
    assert [one.values["project_name"] for one in (first, second)] == ["绿化养护", "行道树更新"]
    assert (second.values["year"], second.cell("/year")) == (2026, "A2")
    (told,) = found(second, "ST01")
    assert (told.severity, told.cell) == ("hint", "B16")
    assert "A2" in told.message


def test_who_signs_between_two_tables_is_no_title():
    _, second = together([*ONE, ["某县财政局预算绩效管理股"]], [NAMED, *ONE[3:]])
    assert (second.values["year"], second.area.top) == (2026, len(ONE) + 1)


def test_tables_under_one_title_have_its_unit_of_money():
    first = [
        *HEAD[:2],
        [None, None, None, None, "单位：元"],
        *HEAD[2:],
        ["项目资金", *FUNDS[0][1:]],
        *ONE[5:],
    ]
    funds = [["项目资金", *FUNDS[0][1:]], *FUNDS[1:]]
    first, second = together(first, [NAMED, HEAD[3], *funds, *ONE[8:]])
    assert [(one.money, one.values["total_funds"]) for one in (first, second)] == [("元", "0.011")] * 2
    assert not [one for one in found(second, "FI03") if "没有写明金额单位" in one.message]


def test_a_table_with_a_place_for_its_own_year_shares_none():
    _, second = together(ONE, [["项目支出绩效目标表"], ["（    年度）"], NAMED, *ONE[3:]])
    assert second.values["year"] is None


def test_a_project_below_the_agencys_own_table_has_its_year_and_lacks_a_title():
    agency = [
        ["单位整体支出绩效目标表"],
        ["（2026年度）"],
        ["单位名称", "某县城管局"],
        ["总体目标", "管好城市"],
    ]
    agency += [["预算情况（万元）", "人员经费", 10, "财政拨款", 20], [None, "公用经费", 10, "其他资金", 0]]
    agency += [list(HEADING), [None, "部门管理", "资金投入", "预算执行率", "≥95%"]]
    _, second = together(agency, [NAMED, *ONE[3:]])
    assert second.values["year"] == 2026
    (told,) = found(second, "ST01")
    assert (told.severity, "没有标题" in told.message) == ("error", True)


@pytest.mark.parametrize(
    "line", ["（2026年度）", "（ 2026 年度）", "( 2026年 )", "（二〇二六年度）", "二○二六年度"]
)
def test_a_title_of_other_words_is_known_above_any_line_that_tells_the_year(line):
    head = [
        ["县级项目支出绩效目标情况表"],
        [line],
        ["单位名称：某县园林管理处", None, None, None, "单位：万元"],
    ]
    document = table(head=[*head, *HEAD[2:]])
    assert (document.values["year"], document.area.top) == (2026, 0)
    assert not found(document, "ST01")
