"""Funds and goals that stand below the indicators are read where they stand."""

import pytest
from blocks import FUNDS, HEAD, HEADING
from blocks import ROWS as INDICATORS

from jixiao import checking, issuing, reading
from jixiao.model import Area, Book, Grid, Spot

GOALS = [["总体目标", "目标1：绿化养护一百亩"], [None, "目标2：成活率九成五"]]
ROWS = [list(HEADING), *INDICATORS]
SIGNED = [["填报人：张三", None, None, "联系电话：123"]]
AMOUNTS = {"total_funds": "110", "fiscal_funds": "100", "carryover_funds": "4", "other_funds": "6"}


def read(rows, merges=None):
    (documents, _) = reading.read(Book((Grid("表", [list(row) for row in rows], merges),)))
    return documents


def errors(document):
    return [one for one in checking.check(document).findings if one.severity == "error"]


@pytest.mark.parametrize(
    "blocks",
    [
        (HEAD, GOALS, ROWS, FUNDS),
        (HEAD, FUNDS, ROWS, GOALS),
        (HEAD, ROWS, FUNDS, GOALS),
        (HEAD, ROWS, GOALS, FUNDS),
        (HEAD, ROWS, [[]], FUNDS, GOALS, SIGNED),
    ],
    ids=["funds", "goals", "funds and goals", "goals and funds", "signed"],
)
def test_what_stands_below_the_indicators_is_read(blocks):
    rows = [row for block in blocks for row in block]
    (document,) = read(rows)
    assert {name: document.values[name] for name in AMOUNTS} == AMOUNTS
    assert document.values["goals"] == ["绿化养护一百亩", "成活率九成五"]
    assert len(document.values["indicators"]) == 5
    assert not errors(document)
    total = rows.index(FUNDS[0])
    assert document.cells["/total_funds"] == Spot(total, 2).a1
    assert document.money == "万元"
    last = max(rows.index(row) for block in blocks if block is not SIGNED for row in block if row)
    assert document.area == Area(0, 0, last, 4)


def test_with_merged_labels_too():
    rows = [*HEAD, *ROWS, *FUNDS, *GOALS]
    first = len(HEAD) + len(ROWS)
    merges = (
        Area(len(HEAD), 0, first - 1, 0),
        Area(first, 0, first + 3, 0),
        Area(first + 4, 0, first + 5, 0),
        *(Area(first + n, 2, first + n, 4) for n in range(4)),
        *(Area(first + n, 1, first + n, 4) for n in (4, 5)),
    )
    (document,) = read(rows, merges)
    assert {name: document.values[name] for name in AMOUNTS} == AMOUNTS
    assert document.values["goals"] == ["绿化养护一百亩", "成活率九成五"]
    assert not errors(document)


def test_two_tables_below_each_other_have_each_their_own():
    other = [
        ["项目支出绩效目标表"],
        ["（2026年度）"],
        ["项目名称", "路灯维护"],
        *HEAD[3:],
        *ROWS,
        *FUNDS,
        *GOALS,
    ]
    other[-6] = ["项目资金（万元）", "年度资金总额", 120.0]
    first, second = read([*HEAD, *ROWS, *FUNDS, *GOALS, [], *other])
    assert (first.values["total_funds"], second.values["total_funds"]) == ("110", "120")
    assert (first.values["project_name"], second.values["project_name"]) == ("绿化养护", "路灯维护")


def test_an_agency_s_table_is_known_by_what_stands_below():
    rows = [
        ["单位整体支出绩效目标表"],
        ["（2026年度）"],
        ["单位名称", None, "某县园林管理处"],
        ["绩效指标", "一级指标", "二级指标", None, "三级指标", "指标值"],
        [None, "部门管理", "资金投入", None, "预算执行率", "≥95%"],
        ["预算情况（万元）", "按支出类型分", None, "预算金额", "按来源类型分", "预算金额"],
        [None, "基本支出", "人员经费", 60.0, "当年财政拨款", 100.0],
        [None, None, "公用经费", 20.0, "上年结转资金", 4.0],
        [None, None, "合计", 80.0, "其他资金", 6.0],
        [None, "项目支出", None, 30.0, "收入预算合计", 110.0],
        [None, None, None, None, "支出预算合计", 110.0],
        ["总体目标", "目标1：管好绿地"],
    ]
    (document,) = read(rows)
    assert document.form == "agency_overall"
    assert (document.values["personnel"], document.values["income_total"]) == ("60", "110")
    assert document.values["goals"] == ["管好绿地"]
    assert len(document.values["indicators"]) == 1


def test_columns_of_money_below_that_no_heading_settles_are_said():
    funds = [["项目资金（万元）", "资金来源", "上年预算数", "前年预算数"], *([*row, 1.0] for row in FUNDS)]
    funds[1][0] = None
    (document,) = read([*HEAD, *ROWS, *funds, *GOALS])
    told = [one for one in errors(document) if one.rule == "ST09"]
    assert {one.pointer for one in told} == {f"/{name}" for name in AMOUNTS}


def test_dropdowns_end_where_the_indicators_do():
    (document,) = read([*HEAD, *ROWS, *FUNDS, *GOALS])
    dropdowns, _ = issuing.on_document(document)
    assert {one.area.bottom for one in dropdowns} == {len(HEAD) + len(ROWS) - 1}


def test_an_indicator_named_like_the_goals_is_no_block_of_its_own():
    rows = [*HEAD, *FUNDS, *ROWS[:3], [None, None, None, "总体目标", "全部完成"], *ROWS[3:]]
    (document,) = read(rows)
    assert len(document.values["indicators"]) == 6
