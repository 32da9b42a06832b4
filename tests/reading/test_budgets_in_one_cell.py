"""The budgets of 财政拨款, each in one cell with its amount, are added like those beside their labels."""

import pytest
from blocks import found, money, table

BUDGETS = ["一般公共预算拨款：60", "政府性基金预算拨款：40"]
REST = [[None, "上年结转资金：4"], [None, "其他资金：6"]]


@pytest.mark.parametrize("rows", [[[None, one] for one in BUDGETS], [[None, "；".join(BUDGETS)]]])
def test_budgets_that_hold_their_amounts_are_added(rows):
    funds = [["项目资金（万元）", "年度资金总额：110"], *rows, *REST]
    assert money(table(funds=funds)) == ["110", "100", "4", "6"]


def test_a_total_in_a_cell_of_its_own_is_not_counted_twice():
    rows = [[None, one] for one in ("当年财政拨款：100", *BUDGETS)]
    funds = [["项目资金（万元）", "年度资金总额：110"], *rows, *REST]
    assert money(table(funds=funds)) == ["110", "100", "4", "6"]


def test_figures_behind_a_label_are_a_hint_as_for_every_other_amount():
    funds = [["项目资金（万元）", "年度资金总额：110"], *[[None, one] for one in BUDGETS], *REST]
    assert {one.severity for one in found(table(funds=funds), "FI02")} == {"hint"}
