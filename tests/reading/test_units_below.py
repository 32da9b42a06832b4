"""The unit of money in a note below the table counts where nothing above states one; where both do, they must agree."""

import pytest
from blocks import FUNDS, HEAD, ROWS, found, money, table

YUAN = [1_100_000.0, 1_000_000.0, 40_000.0, 60_000.0]
READ = ["110", "100", "4", "6"]


def funds(label, *, times=1.0):
    rows = [[row[0], row[1], amount * times] for row, amount in zip(FUNDS, YUAN, strict=True)]
    rows[0][0] = label
    return rows


@pytest.mark.parametrize(
    "note",
    [
        "注：金额单位为元",
        "单位：元",
        "金额单位：元",
        "说明：本表金额单位：元",
        "注：1.本表金额以元为单位。2.负责人须签字。",
        "注：本表金额均以“元”为单位",
        "填表说明：金额按元填列，小数保留两位。",
    ],
)
def test_a_note_below_the_table_states_its_unit(note):
    document = table(funds=funds("项目资金"), rows=[*ROWS, [note]])
    assert (document.money, money(document)) == ("元", READ)
    assert not found(document, "FI03")


def test_it_is_told_where_it_says_otherwise_than_the_form():
    document = table(funds=funds("项目资金（万元）"), rows=[*ROWS, ["注：金额单位为元"]])
    assert document.money == "万元"
    told = next(one for one in found(document, "FI03") if "两处金额单位不一致" in one.message)
    assert told.severity == "error"
    assert all(
        text in told.message for text in ("“项目资金（万元）”", "“注：金额单位为元”", "按 A5 的“万元”")
    )
    document = table(funds=funds("项目资金（元）"), rows=[*ROWS, ["注：金额单位为元"]])
    assert money(document) == READ
    assert not found(document, "FI03")


@pytest.mark.parametrize(
    "note", ["注：单价以元为单位", "注：指标单位为元", "注：每人补助按100元计算", "单位：元谋县园林处"]
)
def test_a_note_about_anything_else_states_none(note):
    assert table(funds=funds("项目资金"), rows=[*ROWS, [note]]).money is None


def test_the_unit_of_another_table_below_is_that_table_s():
    costs = [
        ["经费测算明细表"],
        ["单位：元"],
        ["序号", "内容", "单价", "数量", "金额"],
        [1, "苗木", 10.0, 100.0, 1000.0],
    ]
    assert table(funds=funds("项目资金"), rows=[*ROWS, *costs]).money is None


@pytest.mark.parametrize(("unit", "times"), [("百元", 0.01), ("十万元", 0.00001), ("亿元", 0.00000001)])
def test_rare_units_are_units_too(unit, times):
    document = table(funds=funds(f"项目资金（{unit}）", times=times))
    assert (document.money, money(document)) == (unit, READ)
    head = [*HEAD[:2], [f"金额单位：{unit}"], *HEAD[2:]]
    document = table(head=head, funds=funds("项目资金", times=times))
    assert (document.money, money(document)) == (unit, READ)


def test_an_amount_may_state_them_itself():
    rows = [[None, "其中：当年财政拨款", "10十万元"], [None, "上年结转资金", "400百元"]]
    document = table(funds=[FUNDS[0], *rows, FUNDS[3]])
    assert money(document) == READ
