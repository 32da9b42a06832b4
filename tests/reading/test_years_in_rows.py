"""Money of several years row by row, its sources as headings: the budget year's row counts, or it is told."""

import pytest
from blocks import found, money, table
from written import sheet

from jixiao import reading
from jixiao.model import Book

HEADS = ["项目资金（万元）", "年度", "资金总额", "财政拨款", "上年结转资金", "其他资金"]


def years(*labels, heads=HEADS, this=-1):
    """Rows of other years have 70; the one of the budget year 110."""
    others = [[None, label, 70.0, 70.0, 0.0, 0.0] for label in labels]
    others[this] = [None, labels[this], 110.0, 100.0, 4.0, 6.0]
    return table(funds=[heads, *others])


@pytest.mark.parametrize(
    "labels",
    [
        ("前年", "上年", "本年"),
        ("2024年", "2025年", "2026年"),
        ("2024年度预算", "2025年度预算", "2026年度预算"),
        (2024.0, 2025.0, 2026.0),
        ("上年预算数", "本年预算数"),
        ("上年执行数", "本年申请数"),
        ("中期", "年度"),
    ],
)
def test_the_row_of_the_budget_year_is_read(labels):
    document = years(*labels)
    assert money(document) == ["110", "100", "4", "6"]
    assert document.cells["/total_funds"] == f"C{5 + len(labels)}"
    assert not found(document, "ST09")


def test_it_may_be_the_first_row_and_the_total_may_be_called_so():
    heads = [*HEADS[:2], "合计", *HEADS[3:]]
    assert money(years("2026年", "2025年", heads=heads, this=0)) == ["110", "100", "4", "6"]


def test_a_blank_row_of_the_year_is_blank():
    rows = [HEADS, [None, "上年", 70.0, 70.0, 0.0, 0.0], [None, "本年"]]
    document = table(funds=rows)
    assert money(document) == [None] * 4
    assert document.cells["/total_funds"] == "C7"


def test_rows_that_nothing_tells_apart_are_told():
    document = years("申报数", "批复数")
    (told,) = [one for one in found(document, "ST09") if one.pointer == "/total_funds"]
    assert told.severity == "error"
    assert "2 行金额（“申报数”、“批复数”），看不出哪一行是本年度的" in told.message
    assert "本年度那一行的前面" in told.suggestion


def test_a_source_below_the_word_among_them_is_a_heading_of_its_own():
    grid = sheet(
        "项目支出绩效目标表",
        "（2026年度）",
        "项目名称|绿化养护|<|<|<",
        "主管部门及代码|某县城管局|实施单位|某县园林处|<",
        "项目资金（万元）|年度|合计|其中|<",
        "^|^|^|财政拨款|其他资金",
        "^|2025年|80|75|5",
        "^|2026年|106|100|6",
        "总体目标|管好绿地|<|<|<",
        "一级指标|二级指标|三级指标|指标值|<",
        "产出指标|数量指标|绿化面积|≥100亩|<",
    )
    ((document,), _) = reading.read(Book((grid,)))
    assert money(document) == ["106", "100", None, "6"]
    assert not [one for one in found(document, "ST09") if one.severity == "error"]
