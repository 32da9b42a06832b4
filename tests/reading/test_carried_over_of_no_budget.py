"""上年非财政拨款结转 is carried over, too; 非财政拨款结余 is other money: neither is lost."""

import pytest
from blocks import found, money, table

TOTAL, YEAR = ["项目资金（万元）", "年度资金总额", 110.0], [None, "其中：当年财政拨款", 100.0]
OTHER = [None, "其他资金", 3.0]


def funds(*rows):
    return table(funds=[TOTAL, YEAR, *([None, label, amount] for label, amount in rows), OTHER])


@pytest.mark.parametrize(
    "label", ["上年非财政拨款结转（结余）", "上年非财政拨款结转", "非财政拨款结转结余", "上年结转非财政拨款"]
)
def test_what_no_budget_carries_over_is_added_to_what_the_budgets_do(label):
    document = funds(("上年财政拨款结转", 4.0), (label, 3.0))
    assert money(document) == ["110", "100", "7", "3"]
    assert [document.cells[f"/carryover_funds/{n}"] for n in range(2)] == ["C7", "C8"]
    assert {one.severity for one in found(document, "FI01")} == {"hint"}


def test_it_may_stand_alone():
    assert money(funds(("上年非财政拨款结转", 7.0))) == ["110", "100", "7", "3"]


def test_below_one_row_for_all_it_breaks_that_down():
    document = funds(("上年结转资金", 7.0), ("其中：财政拨款结转", 4.0), ("非财政拨款结转", 3.0))
    assert money(document) == ["110", "100", "7", "3"]


def test_what_is_left_of_other_money_is_other_money():
    document = funds(("上年结转资金", 4.0), ("非财政拨款结余", 3.0))
    assert money(document) == ["110", "100", "4", "6"]
