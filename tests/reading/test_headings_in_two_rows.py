"""Several columns of targets, named in a second row of headings or in the first: the budget year's whole one is read."""

import pytest
from blocks import GOAL, HEAD, HEADING, ROWS, money, names_and_targets, table

from jixiao import reading
from jixiao.model import Area, Book, Grid

LEFT = list(HEADING[:4])
EXPECTED = [(row[3], row[4]) for row in ROWS]


def beside(headings, below, *columns, merges=None):
    """A table whose targets stand in the last of several columns, with a second row of headings or without."""
    rows = [[*row[:4], *columns, row[4]] for row in ROWS]
    if below:
        rows.insert(0, [None] * 4 + list(below))
    return table(heading=[*LEFT, *headings], rows=rows, merges=merges)


YEARS = [
    ("前年", "上年", "预计当年实现"),
    ("2024年", "2025年", "2026年"),
    ("前年实际", "上年实际", "本年目标"),
]


@pytest.mark.parametrize("below", YEARS)
@pytest.mark.parametrize("merged", [True, False])
def test_of_the_years_in_a_second_row_the_budget_year_s_is_read(below, merged):
    areas = [*(Area(0, column, 1, column) for column in range(4)), Area(0, 4, 0, 6)] if merged else None
    document = beside(("指标值", None, None), below, "≥1", "≥2", merges=areas)
    assert names_and_targets(document) == EXPECTED


@pytest.mark.parametrize("merged", [True, False])
def test_operator_number_and_measure_in_a_second_row(merged):
    areas = [*(Area(0, column, 1, column) for column in range(4)), Area(0, 4, 0, 6)] if merged else None
    rows = [[None] * 4 + ["符号", "数值", "单位"], [*ROWS[1][:4], "≥", 100, "亩"]]
    document = table(heading=[*LEFT, "指标值", None, None], rows=rows, merges=areas)
    assert names_and_targets(document) == [("绿化面积", "≥100亩")]


@pytest.mark.parametrize(
    "headings", [("半年（程）指标值", "全年（程）指标值"), ("半年指标值", "全年指标值"), ("上半年目标值", "全年目标值")]
)  # fmt: skip
def test_of_half_a_year_and_a_year_the_year_s_is_read(headings):
    document = beside(headings, (), "≥1")
    assert names_and_targets(document) == EXPECTED


def test_a_first_indicator_below_the_headings_is_none_of_them():
    """Only words that head targets make a second row: a row with a target alone is an indicator left half blank."""
    rows = [[None, None, None, None, "≥3亩"], *ROWS]
    document = table(rows=rows)
    assert [one for one in names_and_targets(document) if one[0]] == EXPECTED


def whole_and_year(*rows):
    body = [
        *HEAD,
        ["项目总预算", 300, None, "项目当年预算", 110],
        *map(list, rows),
        *GOAL,
        list(HEADING),
        *ROWS,
    ]
    ((document,), _) = reading.read(Book((Grid("表", body),)))
    return document


def test_the_sources_below_a_whole_and_a_year_s_total_are_the_year_s():
    document = whole_and_year(
        ("资金来源", "1.一般公共预算财政拨款", None, None, 100),
        (None, "2.上年结转资金", None, None, 4),
        (None, "3.其他资金", None, None, 6),
    )
    assert money(document) == ["110", "100", "4", "6"]


def test_a_label_may_be_followed_by_its_amount_without_a_colon():
    funds = [
        ["项目资金（万元）", "资金总额110"],
        [None, "其中：财政拨款100"],
        [None, "上年结转4万元"],
        [None, "其他资金6.00"],
    ]
    assert money(table(funds=funds)) == ["110", "100", "4", "6"]
