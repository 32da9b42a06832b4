"""Tables as offices send them: whole time beside the year, pages that go on, several things in one cell or on one sheet."""

import pytest
from blocks import FUNDS, GOAL, HEAD, HEADING, ROWS, found, money, names_and_targets, table

from jixiao import checking, reading
from jixiao.model import Area, Book, Grid, Spot
from jixiao.reading.words import sayings


def errors(document):
    return [one for one in checking.check(document).findings if one.severity == "error"]


OF_ALL, OF_YEAR = [900.0, 800.0, 0.0, 100.0], [110.0, 100.0, 4.0, 6.0]
LABELS = ["其中：财政拨款", "上年结转资金", "其他资金"]


@pytest.mark.parametrize(
    ("whole", "year"),
    [
        ("实施期资金总额：", "年度资金总额："),
        ("项目资金总额", "年度资金总额"),
        ("全周期资金总额", "年度资金总额"),
        ("总资金", "本年度资金总额"),
        ("项目总投资", "年度资金申请总额"),
    ],
)
@pytest.mark.parametrize("year_first", [False, True])
def test_of_two_halves_the_years_amounts_are_read(whole, year, year_first):
    halves = [(whole, OF_ALL), (year, OF_YEAR)]
    (left, first), (right, second) = reversed(halves) if year_first else halves
    rows = zip([left, *LABELS], first, [right, *LABELS], second, strict=True)
    document = table(funds=[["项目资金（万元）" if not n else None, *row] for n, row in enumerate(rows)])
    assert money(document) == ["110", "100", "4", "6"]
    assert document.cell("/fiscal_funds") == ("C6" if year_first else "E6")


def test_of_two_blocks_of_money_the_years_is_read():
    blocks = [("项目资金总额", OF_ALL), ("年度资金总额", OF_YEAR)]
    rows = [
        [None, *pair] for total, amounts in blocks for pair in zip([total, *LABELS], amounts, strict=True)
    ]
    document = table(funds=rows)
    assert money(document) == ["110", "100", "4", "6"]
    assert not found(document, "ST09")


@pytest.mark.parametrize(
    "row",
    [
        ["项目总预算", 260, "项目当年预算", 110],
        ["项目资金总额", 260, "本年预算", 110],
        ["预算总额", 260, "其中：2026年预算", 110],
    ],
)
def test_the_years_budget_beside_that_of_all_years_is_the_total(row):
    document = table(funds=[row, *FUNDS[1:]])
    assert (document.values["total_funds"], document.cell("/total_funds")) == ("110", "D5")


def test_a_part_of_the_money_is_not_the_years_total():
    document = table(
        funds=[["项目资金（万元）", "资金总额", 110], [None, "其中：本年一般公共预算拨款", 110], *FUNDS[2:]]
    )
    assert (document.values["total_funds"], document.values["fiscal_funds"]) == ("110", "110")


@pytest.mark.parametrize("whole", ["实施期目标（2026年—2028年）", "全周期目标", "总目标（3年）"])
def test_of_two_goals_the_years_is_read(whole):
    goal = [["总体目标", whole, None, "年度目标"], [None, "三年绿化三百亩", None, "绿化养护一百亩"]]
    document = table(goal=goal)
    assert (document.values["goals"], document.cell("/goals/0")) == (["绿化养护一百亩"], "D10")


def test_the_years_goal_below_the_indicators_of_a_longer_time_is_read():
    document = table(
        goal=[
            ["长期绩效目标", "三年绿化三百亩"],
            ["长期绩效指标", *HEADING[1:]],
            *ROWS[1:3],
            ["年度绩效目标", "绿化养护一百亩"],
        ],
        heading=("年度绩效指标", *HEADING[1:]),
    )
    assert document.values["goals"] == ["绿化养护一百亩"]
    assert len(document.values["indicators"]) == len(ROWS)


@pytest.mark.parametrize(
    "between",
    [
        [["续表"]],
        [["（续上页）"], ["（2026年度）"]],
        [["第1页，共2页"], [None], ["项目支出绩效目标表"], ["（2026年度）"]],
        [["填报人：张三", None, None, "联系电话：0930-123"], ["续表"]],
    ],
)
def test_a_table_goes_on_below_the_same_headings(between):
    document = table(rows=[*ROWS[:2], *between, list(HEADING), *ROWS[2:]], merges=[Area(3, 0, 3, 4)])
    assert names_and_targets(document) == [(row[3], row[4]) for row in ROWS]
    assert document.values["indicators"][2]["level1"] == "产出指标"


@pytest.mark.parametrize("year", [2025, 2026, 2027])
def test_of_the_targets_of_several_years_the_budget_years_is_read(year):
    heading = ("绩效指标", "一级指标", "二级指标", "三级指标", "2025年目标值", "2026年目标值", "2027年目标值")
    rows = [[*row[:4], f"{row[4]}甲", f"{row[4]}乙", f"{row[4]}丙"] for row in ROWS]
    document = table(head=[HEAD[0], [f"（{year}年度）"], *HEAD[2:]], heading=heading, rows=rows)
    assert {one["target"][-1] for one in document.values["indicators"]} == {"甲乙丙"[year - 2025]}


@pytest.mark.parametrize(
    ("line", "year"),
    [
        ("填报日期：2025年11月20日　　（2026年度）", 2026),
        ("填报日期：2025年11月20日  预算年度：2026年", 2026),
        ("（年度：2026）", 2026),
        ("（二〇二六年度）  填报时间：2025年11月", 2026),
    ],
)
def test_the_budget_year_is_not_the_day_of_filling(line, year):
    assert table(head=[HEAD[0], [line], *HEAD[2:]]).values["year"] == year


def test_the_year_may_stand_before_the_title():
    assert table(head=[["2026项目支出绩效目标表"], *HEAD[2:]]).values["year"] == 2026


@pytest.mark.parametrize("line", ["货币单位：元", "计量单位：元", "单位（元）", "金额：元", "单位: RMB元"])
def test_the_unit_of_money_is_known_however_it_is_stated(line):
    funds = [["项目资金", *row[1:2], row[2] * 10_000] for row in FUNDS]
    document = table(head=[*HEAD[:2], [None, None, None, None, line], *HEAD[2:]], funds=funds)
    assert (document.money, money(document)) == ("元", ["110", "100", "4", "6"])
    assert not found(document, "FI03")


@pytest.mark.parametrize(
    "code", ['0!.0,"万"', "0!.0,", "0!.0000", '#,##0!.0000"万元"', "0\\.0,", '#,##0"元"']
)
def test_an_amount_in_yuan_shown_as_ten_thousands_is_read_as_shown(code):
    rows = [*HEAD, ["项目资金（万元）", "年度资金总额", 35_500.0], *FUNDS[1:], *GOAL, list(HEADING), *ROWS]
    grid = Grid("表", rows, formats={Spot(4, 2): code})
    ((document,), _) = reading.read(Book((grid,)))
    assert document.values["total_funds"] == "3.55"


def test_number_and_measure_under_one_heading_are_one_target():
    rows = [
        [*row[:4], *parts]
        for row, parts in zip(
            ROWS, [("≤105", "万元"), ("≥100", "亩"), ("≥95", "%"), ("≥40", "%"), ("≥90", "%")], strict=True
        )
    ]
    document = table(rows=rows, merges=[Area(0, 4, 0, 5)])
    assert names_and_targets(document) == [(row[3], row[4]) for row in ROWS]


def test_kind_number_and_measure_below_one_heading_are_one_target():
    rows = [[None] * 4 + ["性质", "数值", "单位"]]
    rows += [[*row[:4], row[4][0], row[4][1:-1], row[4][-1]] for row in ROWS[1:]]
    merges = [Area(0, 4, 0, 6), *(Area(0, column, 1, column) for column in range(4))]
    document = table(rows=rows, merges=merges)
    assert names_and_targets(document) == [(row[3], row[4]) for row in ROWS[1:]]


def test_a_level_over_both_columns_is_both_levels():
    rows = [*ROWS[:4], [None, "满意度指标", None, *ROWS[4][3:]]]
    document = table(rows=rows, merges=[Area(5, 1, 5, 2)])
    assert document.values["indicators"][-1]["level2"] == "服务对象满意度指标"
    assert not errors(document)


@pytest.mark.parametrize("row", [["项目属性", "新增项目", None, "项目期", "一年"], ["项目类别", "经常性"]])
def test_todays_words_on_a_form_with_a_row_of_2015_are_no_mistake(row):
    document = table(head=[*HEAD, row])
    assert document.edition == "gs-2024"
    assert not errors(document)


def test_the_form_of_2015_keeps_its_edition():
    rows = [[None, "产出指标", "成本指标", "绿化成本", "≤105万元"], *ROWS[1:]]
    assert (
        table(head=[*HEAD, ["项目属性", "新增项目", None, "项目期", "一年"]], rows=rows).edition == "mof-2015"
    )


@pytest.mark.parametrize(
    "row", [["起止时间", "2026年1月至12月"], ["项目类别", "经常性", None, "项目编码", "62000021"]]
)
def test_a_place_that_prints_one_of_both_in_its_own_words_has_no_other(row):
    rows = [["绩效指标", "产出指标", "成本指标", "绿化成本", "≤105万元"], *ROWS[1:]]
    document = table(head=[*HEAD, row], rows=rows)
    assert document.edition == "mof-2015"
    assert not found(document, "ST09")
    assert found(table(head=[*HEAD, ["项目属性", "新增项目"]], rows=rows), "ST09")


def test_a_cost_row_is_read_by_its_columns_though_a_remark_stands_blank():
    document = table(head=[*HEAD, ["项目属性", "新增项目"]], heading=(*HEADING, "备注"))
    assert names_and_targets(document)[0] == ("绿化成本", "≤105万元")


def test_several_labels_with_their_values_in_one_cell():
    head = [
        *HEAD[:2],
        ["项目名称：绿化养护        项目编码：12345"],
        ["主管部门：某县城管局    实施单位：某县园林管理处"],
    ]
    funds = [["项目资金（万元）", "年度资金总额：110\n其中：当年财政拨款：100\n上年结转资金：4\n其他资金：6"]]
    document = table(head=head, funds=funds)
    told = [document.values[name] for name in ("project_name", "department", "agency")]
    assert told == ["绿化养护", "某县城管局", "某县园林管理处"]
    assert money(document) == ["110", "100", "4", "6"]


def test_a_cell_of_spaces_is_read_in_one_walk():
    assert sayings(f"项目名称：甲{' ' * 32_000}乙{'；' * 500}") == (
        ("项目名称", f"甲{' ' * 32_000}乙{'；' * 500}"),
    )


def beside(left, right):
    """Two tables side by side, the right one lower by one row, with a blank column between."""
    width = max(len(row) for row in left) + 1
    left, right = [*left, []], [[], *right]
    return [
        [*first, *[None] * (width - len(first)), *second] for first, second in zip(left, right, strict=True)
    ]


def test_tables_side_by_side_are_two_though_one_stands_lower():
    left = [*HEAD, *FUNDS, *GOAL, list(HEADING), *ROWS]
    right = [
        [cell.replace("绿化养护", "路灯维护") if isinstance(cell, str) else cell for cell in row]
        for row in left
    ]
    documents, _ = reading.read(Book((Grid("表", beside(left, right)),)))
    assert [one.values["project_name"] for one in documents] == ["绿化养护", "路灯维护"]
    assert [len(one.values["indicators"]) for one in documents] == [5, 5]


def test_the_frame_of_the_pilot_is_an_edition_of_its_own():
    rows = [
        ["单位整体支出绩效目标表"],
        ["（2026年度）"],
        ["单位名称", "某县司法局"],
        ["总体目标", "依法履职。"],
        ["预算情况（万元）", "基本支出", "人员经费", 300, "当年财政拨款", 360],
        [None, None, "公用经费", 60, "上年结转资金", 0],
        [None, None, "合计", 360, "其他资金", 0],
        [None, "项目支出", None, 0, "收入预算合计", 360],
        [None, None, None, None, "支出预算合计", 360],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"],
        [None, "运行成本", "公用经费控制", "公用经费控制率", "≤100%"],
        [None, "管理效率", "预算管理", "预算执行率", "≥95%"],
        [None, "履职效能", "法律援助", "办理援助案件", "≥120件"],
        [None, "社会效应", "社会效益", "矛盾调解成功率", "≥98%"],
        [None, "可持续发展能力", "人才队伍", "培训人次", "≥80人次"],
        [None, "服务对象满意度", "满意度", "受援人满意度", "≥90%"],
    ]
    ((document,), _) = reading.read(Book((Grid("表", rows),)))
    assert document.edition == "pilot-2023"
    assert not errors(document)
