"""A blank amount is blank, whatever stands in the columns behind the amounts."""

import pytest
from blocks import found, money, table


def funds(carried, *behind):
    shares = dict(zip(("total", "fiscal", "carried", "other"), behind, strict=True))
    return [
        ["项目资金（万元）", "年度资金总额", 110.0, shares["total"]],
        [None, "其中：当年财政拨款", 104.0, shares["fiscal"]],
        [None, "上年结转资金", carried, shares["carried"]],
        [None, "其他资金", 6.0, shares["other"]],
    ]


@pytest.mark.parametrize(
    "behind",
    [
        (1.0, 0.945, 0.04, 0.055),
        ("100%", "94.5%", "0%", "5.5%"),
        (None, None, "无结转", "2025年捐赠3万"),
        ("万元", "万元", "万元", "万元"),
    ],
)
def test_a_share_a_remark_or_a_unit_behind_it_is_not_the_amount(behind):
    document = table(funds=funds(None, *behind))
    assert money(document) == ["110", "104", None, "6"]
    assert document.cells["/carryover_funds"] == "C7"
    assert [one.cell for one in found(document, "SC01")] == ["C7"]


def test_a_column_of_shares_with_its_heading():
    rows = [["项目资金（万元）", "资金来源", "金额", "占比"], *funds(None, 1.0, 0.945, 0.04, 0.055)]
    rows[1][0] = None
    document = table(funds=rows)
    assert money(document) == ["110", "104", None, "6"]
    assert document.cells["/carryover_funds"] == "C8"


def test_an_amount_that_slipped_one_cell_to_the_right_is_still_read():
    document = table(funds=funds(None, None, None, 4.0, None))
    assert money(document) == ["110", "104", "4", "6"]
    assert document.cells["/carryover_funds"] == "D7"
