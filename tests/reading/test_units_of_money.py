"""The unit of money is seen however and wherever it is printed; where two cells print two of them, that is told."""

import pytest
from blocks import FUNDS, GOAL, HEAD, HEADING, ROWS, found, money, table

from jixiao import checking, reading
from jixiao.model import Book, Grid

WAN, YUAN = [110.0, 100.0, 4.0, 6.0], [1_100_000.0, 1_000_000.0, 40_000.0, 60_000.0]
READ = ["110", "100", "4", "6"]


def funds(block, amounts, *headings):
    """The rows of money under a block's label, with a row of headings above or without."""
    rows = [[row[0], row[1], amount] for row, amount in zip(FUNDS, amounts, strict=True)]
    rows[0][0] = block
    return [list(headings), *rows] if headings else rows


@pytest.mark.parametrize(
    "block",
    [
        "项目资金（人民币：元）",
        "项目资金（元人民币）",
        "项目资金（RMB 元）",
        "项目资金（rmb：元）",
        "项目资金（￥元）",
        "项目资金（¥：元）",
        "项目资金（元/年）",
        "项目资金（单位：人民币元）",
        "项目资金（金额单位：元）",
        "项目资金 [元]",
        "项目资金\n（元）",
        "年度预算（元）",
        "资金安排（元）",
        "资金安排（单位：元）",
        "项目资金：元",
        "资金安排（以元为单位）",
    ],
)
def test_a_unit_in_brackets_is_seen_in_whatever_words(block):
    document = table(funds=funds(block, YUAN))
    assert (document.money, money(document)) == ("元", READ)
    assert not found(document, "FI03")


@pytest.mark.parametrize(
    "line",
    [
        "单位：人民币元",
        "单位：人民币（元）",
        "金额单位：人民币元",
        "单位:RMB元",
        "人民币单位：元",
        "单位：元人民币",
        "单位：元",
        "货币单位：元",
        "单位（元）",
        "（单位：元）",
        "（单位为元）",
        "单位 元",
        "人民币：元",
        "元",
    ],
)
@pytest.mark.parametrize("at", [0, 1])
def test_a_unit_on_a_line_of_its_own_is_seen_in_whatever_words(line, at):
    head = [list(row) for row in HEAD]
    head.insert(at + 1, [None, None, None, None, line])
    document = table(head=head, funds=funds("项目资金", YUAN))
    assert (document.money, money(document)) == ("元", READ)
    assert not found(document, "FI03")


def test_a_unit_in_a_cell_beside_its_label_is_seen():
    for unit in ("元", "人民币元", "（元）", "元人民币"):
        head = [*HEAD[:2], [None, None, None, "单位：", unit], *HEAD[2:]]
        document = table(head=head, funds=funds("项目资金", YUAN))
        assert (document.money, money(document)) == ("元", READ)


def test_a_unit_over_the_column_of_amounts_is_seen():
    document = table(funds=funds("项目资金", YUAN, None, "资金来源", "本年安排（元）"))
    assert (document.money, money(document)) == ("元", READ)
    document = table(funds=funds("资金安排（万元）", WAN, None, "资金来源", "金额"))
    assert (document.money, money(document)) == ("万元", READ)


def test_one_amount_under_a_label_of_its_own_has_its_unit():
    document = table(funds=[["年度预算（元）", 1_100_000.0]])
    assert (document.money, document.values["total_funds"]) == ("元", "110")


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        ([*HEAD[:2], ["项目名称", "绿化养护（元）"], HEAD[3]], ROWS),
        ([*HEAD[:2], ["单位：元谋县园林处"], *HEAD[2:]], ROWS),
        (HEAD, [[*row[:3], f"{row[3]}（元）", row[4]] for row in ROWS]),
        (HEAD, [*ROWS[:-1], [None, "满意度指标", "服务对象满意度指标", "人均补助（元）", "元"]]),
    ],
    ids=["name", "agency", "indicators", "target"],
)
def test_a_unit_that_is_not_the_funds_is_none(head, rows):
    document = table(head=head, funds=funds("项目资金", WAN), rows=rows)
    assert document.money is None
    assert [one.message for one in found(document, "FI03")] == ["表上没有写明金额单位，本次按万元核对。"]


def test_a_goal_or_a_price_does_not_state_the_funds_unit():
    goal = [["总体目标", "降低养护成本（万元）"]]
    assert table(funds=funds("项目资金（元）", YUAN), goal=goal).money == "元"
    assert not found(table(funds=funds("项目资金（元）", YUAN), goal=goal), "FI03")
    priced = [[*row, text] for row, text in zip(FUNDS, ("单价（元）", None, None, None), strict=True)]
    assert not found(table(funds=priced), "FI03")


LINE = [*HEAD[:2], [None, None, None, None, "单位：元"], *HEAD[2:]]
NO_COST = [[None, "成本指标", "经济成本指标", "绿化成本", "不涉及"], *ROWS[1:]]


@pytest.mark.parametrize(
    ("amounts", "rows", "severity"),
    [
        (WAN, ROWS, "warning"),
        (WAN, NO_COST, "warning"),
        (YUAN, ROWS, "error"),
        (YUAN, NO_COST, "error"),
        ([5500.0, 5000.0, 200.0, 300.0], NO_COST, "error"),
        ([None] * 4, ROWS, "error"),
    ],
    ids=["costs agree", "size agrees", "costs disagree", "size disagrees", "either may be", "blank"],
)
def test_two_printed_units_are_told_and_the_nearer_is_taken(amounts, rows, severity):
    document = table(head=LINE, funds=funds("项目资金（万元）", amounts), rows=rows)
    told = [one for one in found(document, "FI03") if "不一致" in one.message]
    assert [one.severity for one in told] == [severity]
    for part in ("A6 写的是“项目资金（万元）”", "E3 写的是“单位：元”", "按 A6 的“万元”"):
        assert part in told[0].message
    assert document.money == "万元"
    assert (told[0].pointer, told[0].cell) == ("/total_funds", "C6")


def test_labels_that_print_different_units_are_read_each_by_its_own_and_told():
    rows = funds("项目资金（万元）", [110.0, 100.0, 4.0, 60_000.0])
    rows[3][1] = "其他资金（元）"
    document = table(funds=rows)
    assert money(document) == READ
    (told,) = found(document, "FI03")
    assert all(part in told.message for part in ("A5", "B8", "自己写了单位的栏目"))


def test_columns_that_print_different_units_are_read_each_by_its_own_and_told():
    head = ["项目资金", "资金来源", "上年（元）", "本年（万元）"]
    document = table(
        funds=[head, *([None, row[1], 9.0, amount] for row, amount in zip(FUNDS, WAN, strict=True))]
    )
    assert money(document) == READ
    assert [one.severity for one in found(document, "FI03")] == ["warning"]


def test_one_unit_in_many_cells_is_no_contradiction():
    rows = funds("项目资金（万元）", WAN, "资金情况", "来源", "金额（万元）")
    for row in rows[1:]:
        row[1] = f"{row[1]}（万元）"
    head = [*HEAD[:2], ["单位：某县园林管理处", None, None, "单位：", "万元"], *HEAD[2:]]
    document = table(head=head, funds=rows, rows=[[*row[:4], "≥5元"] for row in ROWS])
    assert not [one for one in found(document, "FI03") if "不一致" in one.message]


def test_the_next_table_of_a_layout_has_its_own_doubt():
    def sheet(amounts, line):
        head = [*HEAD[:2], [None, None, None, None, line], *HEAD[2:]]
        return Grid("表", [*head, *funds("项目资金（万元）", amounts), *GOAL, list(HEADING), *ROWS])

    grids = [sheet(*one) for one in ((WAN, "单位：万元"),) * 3 + ((YUAN, "单位：元"), (WAN, "单位：元")) * 3]
    documents, _ = reading.read(Book(tuple(grids)))
    told = [
        [one.severity for one in checking.check(document).findings if "不一致" in one.message]
        for document in documents
    ]
    assert told == [[], [], [], *[["error"], ["warning"]] * 3]


def agency(block, amounts, line=None):
    personnel, operating, basic, projects, total, fiscal, carried, other = amounts
    rows = [
        ["单位整体支出绩效目标表"],
        ["（2026年度）", None, None, None, None, line],
        ["单位名称", None, "某县园林管理处"],
        ["总体目标", "目标1：管好绿地"],
        [block, "按支出类型分", None, "预算金额", "按来源类型分", "预算金额"],
        [None, "基本支出", "人员经费", personnel, "当年财政拨款", fiscal],
        [None, None, "公用经费", operating, "上年结转资金", carried],
        [None, None, "合计", basic, "其他资金", other],
        [None, "项目支出", None, projects, "收入预算合计", total],
        [None, None, None, None, "支出预算合计", total],
        ["绩效指标", "一级指标", "二级指标", None, "三级指标", "指标值"],
        [None, "部门管理", "资金投入", None, "预算执行率", "≥95%"],
    ]
    ((document,), _) = reading.read(Book((Grid("表", rows),)))
    return document


OWN = (60.0, 20.0, 80.0, 30.0, 110.0, 100.0, 4.0, 6.0)


def test_the_unit_of_an_agency_s_table_is_seen_in_a_label_of_another_name():
    document = agency("年度收支预算（元）", [one * 10_000 for one in OWN])
    assert (document.money, document.values["basic"], document.values["income_total"]) == ("元", "80", "110")
    document = agency("年度收支预算（万元）", OWN)
    assert (document.money, document.values["basic"], document.values["income_total"]) == (
        "万元",
        "80",
        "110",
    )
    assert not found(document, "FI03")


def test_two_units_on_an_agency_s_table_are_told():
    (told,) = found(agency("预算情况（万元）", OWN, "金额单位：元"), "FI03")
    assert (told.severity, told.pointer) == ("warning", "/expenditure_total")
    assert "F2" in told.message
    (told,) = found(agency("预算情况（万元）", [one * 10_000 for one in OWN], "金额单位：元"), "FI03")
    assert told.severity == "error"
