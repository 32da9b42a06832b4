"""Amounts that one cell tells in a sentence are read each for itself."""

import pytest
from blocks import GOAL, HEAD, HEADING, ROWS, found

from jixiao import checking, reading
from jixiao.model import Book, Grid

COST = [None, "成本指标", "经济成本指标", "绿化成本", "≤15万元"]
REST = [*GOAL, list(HEADING), COST, *ROWS[1:]]
NAMES = ("total_funds", "fiscal_funds", "carryover_funds", "other_funds")


def table(*funds):
    ((document,), _) = reading.read(Book((Grid("表", [*HEAD, *map(list, funds), *REST]),)))
    return document


def money(document):
    return tuple(document.values[name] for name in NAMES)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("财政拨款10万元，其他资金5万元，共15万元", ("15", "10", None, "5")),
        ("财政拨款10万元、其他资金5万元，合计15万元。", ("15", "10", None, "5")),
        ("共15万元，其中：财政拨款10万元，其他资金5万元", ("15", "10", None, "5")),
        ("总额15万元（其中财政拨款10万元，其他资金5万元）", ("15", "10", None, "5")),
        ("当年财政拨款1,000.5万元；上年结转200万元；自筹资金0万元；共计1,200.5万元", ("1200.5", "1000.5", "200", "0")),
        ("财政拨款：100000元，其他资金：50000元，总计：150000元", ("15", "10", None, "5")),
        ("2025年财政拨款8万元，其他资金2万元，共10万元。2026年财政拨款10万元，其他资金5万元，共15万元", ("15", "10", None, "5")),
        ("上年财政拨款8万元，其他资金2万元，共10万元；本年财政拨款10万元，其他资金5万元，共15万元。", ("15", "10", None, "5")),
        ("2026年度预算安排：财政拨款10万元，上年结转3万元，其他资金2万元，共15万元", ("15", "10", "3", "2")),
        ("一般公共预算拨款8万元，政府性基金预算拨款2万元，其他资金5万元，共15万元", ("15", "10", None, "5")),
    ],
)  # fmt: skip
@pytest.mark.parametrize("label", ["项目资金（万元）", "年度资金总额", "资金情况"])
def test_a_sentence_is_read_word_by_word(label, text, expected):
    document = table((label, text))
    assert money(document) == expected
    told = [name for name, value in zip(NAMES, expected, strict=True) if value is not None]
    assert {document.cells[f"/{name}"] for name in told} == {"B5"}
    findings = [one for one in checking.check(document).findings if one.severity == "error"]
    assert not [one for one in findings if one.rule in {"FI01", "SC02", "SC03"}]


def test_amounts_without_a_unit_are_in_that_of_the_form():
    assert money(table(("项目资金（元）", "财政拨款100000，其他资金50000，共150000"))) == (
        "15",
        "10",
        None,
        "5",
    )


def test_what_the_sentence_leaves_out_is_said_and_not_taken_for_nothing():
    document = table(("项目资金（万元）", "财政拨款10万元，其他资金5万元，共15万元"))
    (told,) = [one for one in document.notes if one.pointer == "/carryover_funds"]
    assert (told.rule, told.severity) == ("ST09", "warning")
    assert "B5" in told.text


def test_a_total_that_is_not_the_sum_is_found():
    document = table(("项目资金（万元）", "财政拨款10万元，上年结转0万元，其他资金5万元，共16万元"))
    assert [one.cell for one in checking.check(document).findings if one.rule == "FI01"] == ["B5"]


@pytest.mark.parametrize(
    "text",
    [
        "财政拨款10万元左右，其他资金若干，共15万元",
        "财政拨款10万元，财政拨款5万元，共15万元",
        "争取财政拨款10万元，购置设备5台",
    ],
)
def test_a_sentence_that_is_not_understood_in_full_is_no_amount(text):
    document = table(("年度资金总额", text))
    assert money(document) == (text, None, None, None)


def test_one_amount_in_the_place_of_the_total_is_its_own_and_no_total():
    assert money(table(("年度资金总额", "财政拨款10万元"))) == ("财政拨款10万元", "10", None, None)


def test_a_minus_is_read():
    document = table(("项目资金（万元）", "财政拨款10万元，上年结转-2万元，其他资金5万元，共13万元"))
    assert money(document) == ("13", "10", "-2", "5")


def test_a_sentence_of_another_year_only_is_not_this_year_s():
    assert money(table(("项目资金（万元）", "2025年财政拨款8万元，其他资金2万元，共10万元"))) == (None,) * 4


def test_a_form_with_amounts_in_cells_is_read_as_before():
    document = table(
        ("项目资金（万元）", "年度资金总额", 15.0),
        (None, "其中：当年财政拨款", 10.0),
        (None, "上年结转资金", 0.0),
        (None, "其他资金", 5.0),
        ("资金来源", "财政拨款11万元，其他资金4万元，共15万元"),
    )
    assert money(document) == ("15", "10", "0", "5")


def test_amounts_in_steps_are_understood_in_a_sentence_and_behind_a_label():
    document = table(["项目资金", "财政拨款11万元，其他资金1万5500元，共12万5500元"])
    assert money(document) == ("12.55", "11", None, "1.55")
    document = table(
        ["项目资金（元）", "年度资金总额：11万5500元"],
        [None, "财政拨款11万0500元"],
        [None, "上年结转0"],
        [None, "其他资金5000"],
    )
    assert money(document) == ("11.55", "11.05", "0", "0.5")


WHOLE, YEAR = "财政拨款200万元，其他资金100万元", "财政拨款10万元，其他资金5万元"
TWO = [
    ("项目总投资", "本年度资金", "300万元，其中：", "15万元，其中："),
    ("实施期资金总额", "年度资金总额", "总额300万元（其中", "总额15万元（其中"),
    ("中期资金（2026-2028年）", "2026年资金", "共300万元，", "共15万元，"),
]


@pytest.mark.parametrize("first", [0, 1])
@pytest.mark.parametrize(("whole", "year", "all_of_it", "of_year"), TWO)
def test_of_the_whole_time_s_sentence_and_the_year_s_the_year_s_is_read(
    whole, year, all_of_it, of_year, first
):
    rows = [(whole, all_of_it + WHOLE), (year, of_year + YEAR)]
    assert money(table(*(rows if first == 0 else rows[::-1]))) == ("15", "10", None, "5")


def test_the_label_may_stand_in_the_cell_of_the_sentence():
    rows = [(f"项目总投资：300万元，其中：{WHOLE}",), (f"本年度资金：15万元，其中：{YEAR}",)]
    assert money(table(*rows)) == ("15", "10", None, "5")


def test_the_whole_time_s_sentence_alone_is_not_the_year_s():
    document = table(("项目总投资", f"300万元，其中：{WHOLE}"))
    assert money(document) == (None, None, None, None)


def test_the_amounts_of_a_sentence_are_told_of_once():
    (told,) = found(table(("项目资金（万元）", "财政拨款10万元，其他资金5万元，共15万元")), "FI02")
    assert (told.severity, told.cell) == ("hint", "B5")
    assert "3 项金额" in told.message
