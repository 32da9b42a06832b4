"""Of several columns of money the one that has all of the year is read, or it is said that nobody can tell."""

import pytest
from blocks import FUNDS, found, money, table

AMOUNTS = {"年度资金总额": 120.0, "其中：当年财政拨款": 100.0, "上年结转资金": 15.0, "其他资金": 5.0}


def funds(headings, columns):
    """One row for each amount; a column is a function of the year's amount."""
    rows = [["项目资金（万元）", "资金来源", *headings]]
    return [*rows, *([None, label, *(one(amount) for one in columns)] for label, amount in AMOUNTS.items())]


def quarter(amount):
    return amount / 4


def whole(amount):
    return amount


def long(amount):
    return amount * 3


@pytest.mark.parametrize(
    ("headings", "columns"),
    [
        (("一季度", "二季度", "三季度", "四季度", last), (*[quarter] * 4, whole))
        for last in ("合计", "小计", "总计", "全年", "全年合计", "年度合计", "全年预算")
    ]
    + [
        (("上半年", "下半年", "合计"), (lambda a: a / 2, lambda a: a / 2, whole)),
        (("1-6月", "7-12月", "全年"), (lambda a: a / 2, lambda a: a / 2, whole)),
        (("中央", "省级", "市级", "县级", "合计"), (*[quarter] * 4, whole)),
        (("占比", "金额"), (lambda a: a / 120, whole)),
        (("测算依据", "金额"), (lambda _: "按上年实际测算", whole)),
        (("中期（2026-2028年）", "年度"), (long, whole)),
        (("总投资", "本年度"), (long, whole)),
        (("上半年预算数", "下半年预算数", "全年预算数"), (lambda a: a / 2, lambda a: a / 2, whole)),
        (("预算数（上半年）", "预算数（全年）"), (lambda a: a / 2, whole)),
        (("预算数（2025年）", "预算数（2026年）"), (long, whole)),
        (("中央资金", "省级补助", "县级资金", "合计"), (*[quarter] * 3, whole)),
        (("中期预算", "年度预算"), (long, whole)),
        (("上年数", "本年数"), (long, whole)),
        (("2025年资金", "2026年资金"), (long, whole)),
        (("项目总投资", "累计已安排", "本年申请"), (long, whole, whole)),
        (("2026年", "2027年", "2028年", "合计"), (whole, long, long, lambda a: a * 7)),
    ],
)
def test_the_column_of_the_whole_year_is_read(headings, columns):
    document = table(funds=funds(headings, columns))
    assert money(document) == ["120", "100", "15", "5"]
    assert not found(document, "ST09")


def test_amounts_beside_their_labels_head_nothing():
    rows = [
        ["项目资金（万元）", "年度资金总额", 110.0, None, None],
        [None, "中央资金", 50.0, "省级资金", 50.0],
    ]
    document = table(funds=[*rows, [None, "上年结转资金", 4.0], [None, "其他资金", 6.0]])
    assert money(document)[0::2] == ["110", "4"]
    assert not found(document, "ST09")


@pytest.mark.parametrize(
    "headings", [("申报数", "核定数"), ("一上数", "二上数"), ("一季度", "二季度"), ("上半年", "下半年")]
)
def test_where_nobody_can_tell_it_is_said(headings):
    document = table(funds=funds(headings, (whole, long)))
    assert {one.severity for one in found(document, "ST09")} == {"error"}
    assert all("看不出" in one.message for one in found(document, "ST09"))


def test_it_is_said_of_a_total_that_is_called_so_too():
    rows = [["项目资金（万元）", "资金来源", "申请数", "批复数"], [None, "财政拨款", 120.0, 100.0]]
    document = table(funds=[*rows, [None, "其他资金", 10.0, 10.0], [None, "合计", 130.0, 110.0]])
    errors = [one.pointer for one in found(document, "ST09") if one.severity == "error"]
    assert sorted(errors) == ["/fiscal_funds", "/other_funds", "/total_funds"]


def test_the_budget_as_it_was_is_not_the_budget_as_it_is():
    rows = [["项目资金（万元）", None, "原预算", "增减额", "现预算"]]
    rows += [[None, label, 1.0, 2.0, amount] for _, label, amount in FUNDS]
    document = table(funds=rows)
    assert money(document) == ["110", "100", "4", "6"]
    assert not found(document, "ST09")
