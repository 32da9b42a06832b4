"""A block of last year's money above or below the year's: the year's is read, and the other one is no second row."""

import pytest
from blocks import found
from written import sheet

from jixiao import reading
from jixiao.model import Book

NAMES = ("total_funds", "fiscal_funds", "carryover_funds", "other_funds")
BEFORE = ["{0}|年度资金总额|80|<", "^|其中：当年财政拨款|75|<", "^|上年结转资金|1|<", "^|其他资金|4|<"]
YEAR = ["{0}|年度资金总额|110|<", "^|其中：当年财政拨款|100|<", "^|上年结转资金|4|<", "^|其他资金|6|<"]


def table(*funds, merged=True):
    grid = sheet(
        "项目支出绩效目标表",
        "（2026年度）",
        "项目名称|绿化养护|<|<",
        "主管部门及代码|某县城管局|实施单位|某县园林处",
        *funds,
        "总体目标|管好绿地|<|<",
        "一级指标|二级指标|三级指标|指标值",
        "产出指标|数量指标|绿化面积|≥100亩",
        merged=merged,
    )
    ((document,), _) = reading.read(Book((grid,)))
    return document


def block(rows, label):
    return [rows[0].format(label), *rows[1:]]


LABELS = [
    ("上年预算（万元）", "本年预算（万元）"),
    ("上年度资金情况（万元）", "项目资金（万元）"),
    ("2025年预算执行情况（万元）", "2026年预算（万元）"),
    ("上年预算批复数（万元）", "年度预算（万元）"),
]


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize(("before", "year"), LABELS)
def test_the_block_of_the_year_is_read(before, year, merged):
    for blocks, row in (((BEFORE, before), (YEAR, year)), 9), (((YEAR, year), (BEFORE, before)), 5):
        document = table(*(line for rows, label in blocks for line in block(rows, label)), merged=merged)
        assert [document.values[name] for name in NAMES] == ["110", "100", "4", "6"]
        assert document.cells["/total_funds"] == f"C{row}"
        assert not found(document, "ST09")


def test_the_blocks_may_have_their_names_above_them():
    rows = [line.replace("{0}", "").replace("^", "") for line in (*BEFORE, *YEAR)]
    document = table("一、上年预算情况（万元）|<|<|<", *rows[:4], "二、本年预算情况（万元）|<|<|<", *rows[4:])
    assert [document.values[name] for name in NAMES] == ["110", "100", "4", "6"]
    assert not found(document, "ST09")


def test_one_row_of_last_year_is_such_a_block():
    document = table("上年预算（万元）|资金总额|80|<", *block(YEAR, "本年预算（万元）"))
    assert [document.values[name] for name in NAMES] == ["110", "100", "4", "6"]
    assert not found(document, "ST09")


def test_what_is_carried_over_is_the_year_s():
    rows = block(YEAR, "项目资金（万元）")
    rows[2] = "^|上年结转资金|一般公共预算结转|4"
    assert table(*rows).values["carryover_funds"] == "4"


def test_a_blank_amount_of_last_year_heads_no_block():
    document = table("上年预算金额（万元）|||", *block(YEAR, "项目资金（万元）"))
    assert [document.values[name] for name in NAMES] == ["110", "100", "4", "6"]


@pytest.mark.parametrize("label", ["总投资（万元）", "项目总投资（万元）", "累计投入资金（万元）"])
def test_a_block_of_all_years_is_not_the_year_s(label):
    rows = [*block(BEFORE, label), *block(YEAR, "本年申请（万元）")]
    rows[0], rows[4] = rows[0].replace("年度资金总额", "合计"), rows[4].replace("年度资金总额", "合计")
    document = table(*rows)
    assert [document.values[name] for name in NAMES] == ["110", "100", "4", "6"]
    assert not found(document, "ST09")


def test_the_only_block_of_money_is_the_year_s():
    document = table(*block(YEAR, "总投资（万元）"))
    assert [document.values[name] for name in NAMES] == ["110", "100", "4", "6"]
