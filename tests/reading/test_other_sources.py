"""其他资金 given source by source is their sum; a row that heads the others is not counted twice."""

import pytest
from blocks import FUNDS, GOAL, HEADING, ROWS, money, table

from jixiao import checking, reading
from jixiao.model import Book, Grid


def funds(*others, total=110.0):
    rows = [[None, label, amount] for label, amount in others]
    return [["项目资金（万元）", "年度资金总额", total], *FUNDS[1:3], *rows]


def told(document, *rules):
    return [one for one in checking.check(document).findings if one.rule in rules]


@pytest.mark.parametrize(
    ("rows", "other"),
    [
        ([("自有资金", 1.0), ("事业收入", 2.0), ("经营性收入", 0.0), ("其他", 3.0)], "6"),
        ([("财政专户管理资金", 4.0), ("单位资金", 2.0)], "6"),
        ([("上级补助收入", 6.0)], "6"),
        ([("事业收入", 6.0), ("其他资金", None)], "6"),
        ([("其他资金", 4.0), ("自筹资金", 2.0)], "6"),
        ([("单位资金", 6.0), ("其中：事业收入", 4.0), ("其他收入", 2.0)], "6"),
        (
            [
                ("财政专户管理资金", 1.0),
                ("单位资金", 5.0),
                ("其中：事业收入", 5.0),
                ("附属单位上缴收入", 0.0),
            ],
            "6",
        ),
        ([("其他资金", 6.0), ("其中：自筹资金", 3.0)], "6"),  # the total says that it is the whole
        ([("事业收入", None), ("经营收入", None)], None),
    ],
)
def test_what_is_no_budget_s_money_is_added_up(rows, other):
    document = table(funds=funds(*rows))
    assert money(document) == ["110", "100", "4", other]
    assert not [one for one in told(document, "FI01", "ST09") if one.severity != "hint" and other]


def test_every_part_of_the_sum_has_its_cell_and_is_told():
    document = table(funds=funds(("自有资金", 1.0), ("事业收入", 5.0)))
    assert [document.cells[one] for one in ("/other_funds", "/other_funds/0", "/other_funds/1")] == [
        "C8",
        "C8",
        "C9",
    ]
    (said,) = told(document, "FI01")
    assert said.severity == "hint"
    assert all(text in said.message for text in ("C8（自有资金，1）", "C9（事业收入，5）", "读作 6 万元"))


def test_sources_behind_their_labels_in_one_cell_are_added_up():
    text = "资金总额：110万元；财政拨款：104万元；自有资金：2万元；事业收入：4万元"
    document = table(funds=[["项目资金申请", text]])
    assert (document.values["fiscal_funds"], document.values["other_funds"]) == ("104", "6")


def test_the_income_of_an_agency_by_its_sources():
    rows = [
        ["单位整体支出绩效目标表"],
        ["（2027年度）"],
        ["单位名称", "某县中学"],
        ["预算情况（万元）", "支出预算", None, "收入预算"],
        [None, "基本支出", 80.0, "当年财政拨款", 90.0],
        [None, "人员经费", 60.0, "财政专户管理资金", 15.0],
        [None, "公用经费", 20.0, "事业收入", 10.0],
        [None, "项目支出", 40.0, "其他收入", 5.0],
        [None, "合计", 120.0, "合计", 120.0],
        *GOAL,
        list(HEADING),
        *ROWS,
    ]
    ((document,), _) = reading.read(Book((Grid("表", rows),)))
    assert (document.values["other_funds"], document.values["income_total"]) == ("30", "120")
    assert not [one for one in told(document, "UN03", "UN04") if one.severity == "error"]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([1000.0, ("其中：中央补助资金", 500.0), ("省级补助资金", 200.0), ("市县配套资金", 200.0), ("其他资金", 100.0)], ("900", "100")),
        ([1000.0, ("一般公共预算", 500.0), ("政府性基金", 200.0), ("专项债券资金", 200.0), ("其他资金", 100.0)], ("900", "100")),
        ([1000.0, ("一般公共预算", 500.0), ("社会保险基金预算", 400.0), ("其他资金", 100.0)], ("900", "100")),
        ([1000.0, ("本级财政拨款", 500.0), ("上级财政补助", 300.0), ("其他资金", 200.0)], ("800", "200")),
        ([1000.0, ("上级补助资金", 500.0), ("本级财政安排", 400.0), ("自筹资金", 100.0)], ("900", "100")),
        ([1000.0, ("财政拨款", 800.0), ("财政专户", 100.0), ("单位资金", 100.0)], ("800", "200")),
        ([1000.0, ("财政拨款收入", 700.0), ("财政专户管理资金收入", 50.0), ("单位其他资金", 250.0)], ("700", "300")),
        ([1100.0, ("财政拨款", 800.0), ("单位资金", 100.0), ("其中：事业收入", 100.0), ("财政专户管理资金", 200.0)], ("800", "300")),
        ([1250.0, ("财政拨款", 1000.0), ("单位资金", 150.0), ("其中：事业收入", 150.0), ("其他资金", 100.0)], ("1000", "250")),
    ],
)  # fmt: skip
def test_every_source_is_in_one_of_the_two_sums_and_none_is_in_twice(rows, told):
    total, *sources = rows
    document = table(funds=[["项目资金（万元）", "年度资金总额", total], *([None, *one] for one in sources)])
    assert (document.values["fiscal_funds"], document.values["other_funds"]) == told
    assert not [one for one in checking.check(document).findings if one.severity == "error"]


@pytest.mark.parametrize("total", [None, 1050.0])
def test_sources_that_no_total_bears_out_are_all_added_up(total):
    sources = [("一般公共预算", 800.0), ("财政专户管理资金", 100.0), ("事业收入", 50.0), ("其他收入", 50.0)]
    document = table(funds=[["项目资金（万元）", "年度资金总额", total], *([None, *one] for one in sources)])
    assert document.values["other_funds"] == "200"


@pytest.mark.parametrize("label", ["财政拨款", "一般公共预算", "本级财政拨款", "财政性资金"])
def test_a_form_without_a_carried_over_row_is_weighed_by_what_it_has(label):
    funds = [["项目资金（万元）", "年度资金总额", 1100.0], [None, label, 900.0], [None, "单位资金", 100.0]]
    findings = checking.check(table(funds=funds)).findings
    assert {(one.rule, one.severity) for one in findings if one.rule in {"FI01", "ST09"}} == {
        ("FI01", "warning"),
        ("ST09", "warning"),
    }
