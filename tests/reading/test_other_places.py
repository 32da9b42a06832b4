"""Tables of other places: what is not our form is read by its headings, and what cannot be settled is said."""

import pytest
from blocks import FUNDS, GOAL, HEAD, HEADING, ROWS, found, money, names_and_targets, table

from jixiao import checking, reading
from jixiao.model import Area, Book, Grid


def by_years(headings, *columns):
    """The rows of money, with a row of headings over their columns."""
    labels = ["年度资金总额", "其中：当年财政拨款", "上年结转资金", "其他资金"]
    amounts = [[None, label, *(column[n] for column in columns)] for n, label in enumerate(labels)]
    return [["项目资金（万元）", "资金来源", *headings], *amounts]


EARLIER, YEAR, BLANK = [90.0, 88.0, 1.0, 1.0], [110.0, 100.0, 4.0, 6.0], [None] * 4


@pytest.mark.parametrize(
    ("headings", "columns"),
    [
        (("上年预算数", "本年预算数"), (EARLIER, YEAR)),
        (("本年预算数", "上年预算数"), (YEAR, EARLIER)),
        (("上年预算", "上年执行", "本年申请"), (EARLIER, EARLIER, YEAR)),
        (("上年执行数", None, "本年申请数"), ([None, 88.0, 1.0, 1.0], BLANK, YEAR)),
        (("2025年预算", "2026年预算", "2027年预计"), (EARLIER, YEAR, EARLIER)),
        (("前年", "上年", "本年"), (EARLIER, EARLIER, YEAR)),
        (("上年执行数", "预算数"), (EARLIER, YEAR)),
        (("上年预算数（万元）", "本年度预算数（万元）"), (BLANK, YEAR)),
    ],
)
def test_of_several_columns_of_money_the_year_s_is_read(headings, columns):
    document = table(funds=by_years(headings, *columns))
    assert money(document) == ["110", "100", "4", "6"]
    column = "CDE"[columns.index(YEAR)]
    assert document.cells["/total_funds"] == f"{column}6"
    assert not found(document, "ST09")


def test_a_blank_amount_of_the_year_stays_blank():
    document = table(funds=by_years(("上年预算数", "本年预算数"), EARLIER, BLANK))
    assert money(document) == [None] * 4
    assert document.cells["/other_funds"] == "D9"


@pytest.mark.parametrize(
    "headings", [("上年预算数", "前年预算数"), ("本年预算", "本年申请"), ("预算数", "金额")]
)
def test_columns_of_money_that_no_heading_settles_are_said(headings):
    document = table(funds=by_years(headings, EARLIER, YEAR))
    told = found(document, "ST09")
    assert [one.pointer for one in told] == [
        "/total_funds",
        "/fiscal_funds",
        "/carryover_funds",
        "/other_funds",
    ]
    assert all(one.severity == "error" and headings[0] in one.message for one in told)


MIXED = [
    *ROWS[:2],
    [None, None, "成本指标", "养护成本", "≤5万元"],
    *ROWS[2:],
]


@pytest.mark.parametrize(
    ("rows", "merges"),
    [
        (MIXED, None),
        (MIXED, [Area(2, 1, 4, 1)]),
        ([*MIXED[:2], [None, "产出指标", *MIXED[2][2:]], *MIXED[3:]], None),
    ],
    ids=["no merges", "merged", "filled"],
)
def test_a_level_2_of_another_version_stays_where_it_stands(rows, merges):
    document = table(rows=rows, merges=merges)
    levels = [(one["level1"], one["level2"]) for one in document.values["indicators"]]
    assert levels[1:4] == [("产出指标", "数量指标"), ("产出指标", "成本指标"), ("产出指标", "质量指标")]
    findings = checking.check(document).findings
    assert [(one.rule, one.pointer) for one in findings if one.pointer.startswith("/indicators/")] == [
        ("ST05", "/indicators/2/level2")
    ]


READ = [(row[3], row[4]) for row in ROWS]


def wide(*more):
    """The indicator rows with more cells behind each."""
    return [[*row, *(f"{text}{n}" for text in more)] for n, row in enumerate(ROWS)]


@pytest.mark.parametrize(
    ("heading", "rows"),
    [
        ((*HEADING, "指标属性", "指标内容"), wide("定量", "说明")),
        ((*HEADING[:3], "指标内容", "三级指标", "指标值"), [[*row[:3], "说明", *row[3:]] for row in ROWS]),
        ((*HEADING[:3], "绩效标准", "当年预期实现值"), ROWS),
        ((*HEADING[:3], "指标", "指标值"), ROWS),
        ((*HEADING[:3], "指标内容", "值"), ROWS),
        ((*HEADING[:3], "指标名称", "上年实际", "本年计划"), [[*row[:4], "甲", row[4]] for row in ROWS]),
        ((*HEADING[:3], "指标名称", "绩效标准"), ROWS),
        (
            (*HEADING[:3], "三级指标", "指标值", "二级指标", "三级指标", "指标值"),
            [[*row[:2], "数量指标", "中期", "≥9", *row[2:]] for row in ROWS],
        ),
    ],
    ids=lambda value: "|".join(value[3:]) if isinstance(value, tuple) else "",
)
def test_indicator_columns_are_named_by_the_headings_that_fit_best(heading, rows):
    document = table(heading=heading, rows=rows)
    assert names_and_targets(document) == READ
    assert not found(document, "ST08")
    assert not found(document, "ST09")


def test_rows_are_not_called_half_where_the_column_itself_was_not_found():
    document = table(heading=(*HEADING[:4], "说明"))
    verdict = checking.check(document)
    assert not found(document, "ST08")
    assert [one.reason for one in verdict.not_checked if one.rule == "ST08"] == [
        "指标表头里没有找到“指标值”，各行有没有填全没有核对。"
    ]
    (told,) = found(document, "ST09")
    assert "表头" in told.suggestion
    assert "如果是说明" not in told.suggestion


@pytest.mark.parametrize("word", ["合计", "小计", "总计"])
@pytest.mark.parametrize("column", [1, 2])
def test_a_line_that_adds_up_is_no_indicator(word, column):
    total = [None] * 5
    total[column] = word
    rows = [[*row, 20.0] for row in ROWS]
    rows.insert(3 if word == "小计" else 5, [*total, 100.0])
    document = table(heading=(*HEADING, "权重"), rows=rows)
    assert names_and_targets(document) == READ


def test_an_indicator_may_be_called_a_sum():
    rows = [*ROWS, [None, None, None, "合计", "≥3次"]]
    assert names_and_targets(table(rows=rows))[-1] == ("合计", "≥3次")


def test_the_form_of_putuo_is_read():
    """Amounts of all years and of this one stand side by side."""
    document = table(
        head=[
            ["财政项目支出绩效目标申报表"],
            ["（2026年度）"],
            ["申报单位名称：", "某区某中心"],
            ["项目名称", "物业费"],
        ],
        funds=[
            ["项目资金（元）", "项目资金总额", "3,600,000.00", "年度资金申请总额", "1,200,000.00"],
            [None, "其中：财政资金", "3,500,000.00", "其中：当年财政拨款", "1,100,000.00"],
            [None, None, None, "上年结转资金", "0.00"],
            [None, "其他资金", "100,000.00", "其他资金", "90,000.00"],
        ],
        goal=[["项目总目标", "保障物业"]],
    )
    assert (document.values["agency"], document.values["goals"]) == ("某区某中心", ["保障物业"])
    assert money(document) == ["120", "110", "0", "9"]


JIAXIAN = [
    ["项目资金申请（万元）", "资金总额", "200"],
    [None, "财政拨款", "150"],
    [None, "自有资金", "50"],
    [None, "其他", "0"],
]


def test_two_rows_for_one_field_are_said():
    document = table(funds=[*FUNDS, [None, "其他资金", 50.0]])
    (told,) = [one for one in found(document, "ST09") if one.pointer == "/other_funds"]
    assert (told.severity, told.cell) == ("error", document.cells["/other_funds"])
    assert all(part in told.message for part in ("其他资金", "50", "没有计入"))


def test_a_second_row_without_an_amount_is_nothing():
    rows = [*JIAXIAN[:2], [None, "自有资金", "0"], [None, "其他", "50"]]
    document = table(funds=rows)
    assert document.values["other_funds"] == "50"
    assert not [one for one in found(document, "ST09") if one.pointer == "/other_funds"]


def test_a_label_that_another_place_never_had_was_not_deleted():
    document = table(head=[*HEAD[:3], ["主管部门", "某县水利局", None, "填报单位", "某站"]], funds=JIAXIAN)
    (told,) = [one for one in found(document, "ST09") if one.pointer == "/carryover_funds"]
    assert told.severity == "warning"
    assert "删掉" not in told.message + told.suggestion


def test_a_row_deleted_from_our_own_form_is_an_error():
    (told,) = found(table(funds=[FUNDS[0], FUNDS[1], FUNDS[3]]), "ST09")
    assert (told.pointer, told.severity) == ("/carryover_funds", "error")
    assert "删掉" in told.suggestion


@pytest.mark.parametrize(("unit", "total"), [("万元", "110"), ("元", "0.011")])
def test_the_unit_of_money_may_stand_right_of_the_amount(unit, total):
    funds = [["项目资金", *FUNDS[0][1:], unit], *([*row, unit] for row in FUNDS[1:])]
    document = table(funds=funds)
    assert (document.money, document.values["total_funds"]) == (unit, total)
    assert not [one for one in found(document, "FI03") if "没有写明金额单位" in one.message]


def test_advice_fits_what_was_noticed():
    hidden = Grid("旧表", [*HEAD, *FUNDS, *GOAL, list(HEADING), *ROWS], visible=False)
    shown = Grid("表", [*HEAD, *FUNDS, *GOAL, list(HEADING), *ROWS])
    ((document,), _) = reading.read(Book((shown, hidden)))
    (told,) = found(document, "ST09")
    assert "取消隐藏" in told.suggestion
    (told,) = found(table(head=HEAD[1:]), "ST01")
    assert "标题" in told.suggestion
    assert "版本" not in told.suggestion


TASKS = [
    ["年度主要任务", "任务名称", "主要内容", "预算金额（元）", "总额", "财政拨款", "其他资金"],
    [None, "任务1", "农村公路养护", 3_200_000, 3_200_000, 3_200_000, 0],
    [None, "任务2", "运输市场监管", 860_000, 860_000, 850_000, 10_000],
]
TOTAL = [None, "金额合计", None, 4_060_000, 4_060_000, 4_050_000, 10_000]


def agency_by_tasks(*tasks):
    rows = [
        ["部门（单位）整体支出绩效目标申报表"],
        ["（2026年度）", None, None, None, "单位：元"],
        ["部门名称", "某县交通运输局"],
        *tasks,
        ["年度总体目标", "农村公路优良中等路率保持在85%以上。"],
        ["年度绩效指标", "一级指标", "二级指标", "三级指标", "指标值"],
        [None, "产出指标", "数量指标", "养护里程", "≥860公里"],
        [None, "效益指标", "社会效益指标", "群众出行平均候车时间", "≤15分钟"],
        [None, "满意度指标", "服务对象满意度指标", "群众满意度", "≥90%"],
    ]
    ((document,), _) = reading.read(Book((Grid("表", rows),)))
    return document


def test_of_amounts_task_by_task_the_total_is_read_and_without_one_their_sum():
    document = agency_by_tasks(*TASKS, TOTAL)
    assert (document.values["fiscal_funds"], document.cell("/fiscal_funds")) == ("405", "F7")
    assert (document.values["other_funds"], document.cell("/other_funds")) == ("1", "G7")
    assert agency_by_tasks(*TASKS).values["fiscal_funds"] == "405"
    assert agency_by_tasks(*TASKS[:2]).values["fiscal_funds"] == "320"


def test_an_agency_table_by_tasks_is_told_of_once_in_hints():
    document = agency_by_tasks(*TASKS, TOTAL)
    (told,) = found(document, "ST09")
    assert told.severity == "hint"
    assert all(text in told.message for text in ("年度主要任务", "“人员经费”", "“项目支出”", "5 栏"))
    assert {one.severity for one in found(document, "ST05")} == {"hint"}
    assert not [one for one in checking.check(document).findings if one.severity != "hint"]
    assert document.values["personnel"] is None
    assert (document.values["income_total"], document.values["expenditure_total"]) == ("406", "406")


def test_an_agency_table_in_the_words_of_another_frame_has_warnings_not_errors():
    rows = [
        ["单位整体支出绩效目标表"],
        ["（2026年度）"],
        ["部门名称", "某县交通运输局"],
        ["预算情况（万元）", "财政资金", 405.0, "自有资金", 1.0],
        ["年度目标", "农村公路优良中等路率保持在85%以上。"],
        ["年度绩效指标", "一级指标", "二级指标", "三级指标", "指标值"],
        [None, "产出指标", "数量指标", "养护里程", "≥860公里"],
        [None, "效益指标", "社会效益指标", "群众出行平均候车时间", "≤15分钟"],
        [None, "满意度指标", "服务对象满意度指标", "群众满意度", "≥90%"],
    ]
    ((document,), _) = reading.read(Book((Grid("表", rows),)))
    assert {one.severity for one in found(document, "ST05")} == {
        "hint"
    }  # it lacks so much that it is another form, and these are its own words
    assert not [one for one in checking.check(document).findings if one.severity == "error"]
    assert not [one for one in found(document, "UN07") if "部门管理" in one.message]


def test_indicators_of_a_table_that_is_neither_a_projects_nor_an_agencys_are_told_of():
    rows = [
        ["区域绩效目标表"],
        ["专项名称", "农村危房改造补助资金"],
        ["资金情况（万元）", "年度金额", 850],
        ["年度目标", "改造425户。"],
        list(HEADING),
        *ROWS,
    ]
    documents, remarks = reading.read(Book((Grid("表一", rows),)))
    assert documents == ()
    (told,) = remarks
    assert all(part in told for part in ("“表一”第 5 行", "看不出是项目表还是整体表", "未读取"))


def test_the_budget_of_the_whole_project_stands_in_for_the_years_only_where_the_year_has_no_row():
    whole = ["项目资金", "总预算（万元）", 900.0]
    document = table(funds=[whole, *FUNDS[1:]])
    assert (document.values["total_funds"], document.cell("/total_funds")) == ("900", "C5")
    document = table(funds=[whole, *FUNDS])
    assert (document.values["total_funds"], document.cell("/total_funds")) == ("110", "C6")
    assert not [one for one in found(document, "ST09") if one.pointer == "/total_funds"]


NO_LEVELS = [
    ["2027年部门（单位）预算项目绩效目标表"],
    ["项目名称", "农村供水维修", None, "业务主管部门", "某县水务局"],
    ["当年绩效目标", "维修管网三十公里"],
    ["绩效指标", "指标名称", "指标权重", "计量单位", "指标性质", "指标值", "是否核心指标"],
    [None, "维修管网长度", "20", "公里", "≥", "30", "是"],
    [None, "群众满意度", "10", "%", "≥", "90", "否"],
]


def test_indicators_without_levels_are_read_and_what_needs_the_levels_is_not_checked():
    ((document,), _) = reading.read(Book((Grid("表", NO_LEVELS),)))
    assert names_and_targets(document) == [("维修管网长度", "≥30公里"), ("群众满意度", "≥90%")]
    assert document.values["goals"] == ["维修管网三十公里"]
    verdict = checking.check(document)
    assert not {"ST07", "IN07"} & {one.rule for one in verdict.findings}
    assert "ST07" in {one.rule for one in verdict.not_checked}
    told = [one.message for one in verdict.findings if one.rule == "ST09" and one.pointer == "/indicators"]
    assert len(told) == 2


def test_a_form_of_which_nothing_is_understood_is_told_of_and_a_list_of_forms_is_not():
    rows = [*NO_LEVELS[:2], ["实施单位", "某县供水站"], ["内容", "要求"], ["管网", "三十公里"]]
    documents, (told,) = reading.read(Book((Grid("表一", rows),)))
    assert documents == ()
    assert all(part in told for part in ("“表一”第 1 行", "预算项目绩效目标表", "未读取"))
    contents = [["目录"], ["附件1", "项目支出绩效目标表"], ["附件2", "单位整体支出绩效目标表"]]
    assert reading.read(Book((Grid("目录", contents),))) == ((), ())


def test_the_name_of_the_unit_and_money_of_the_treasury_in_other_words():
    head = [*HEAD[:3], ["主管部门", "某县水务局", None, "单位名称", "某县供水站"]]
    document = table(head=head, funds=[FUNDS[0], [None, "其中：财政性资金", 104.0], FUNDS[3]])
    assert document.values["agency"] == "某县供水站"
    assert money(document) == ["110", "104", None, "6"]


@pytest.mark.parametrize(
    "goal",
    [
        [["绩效目标", "长期目标：三年完成改造", None, "年度目标：完成一期"]],
        [["绩效目标", "长期目标：三年完成改造"], [None, "年度目标：完成一期"]],
        [["绩效目标", "年度目标：完成一期"]],
    ],
)
def test_of_goals_that_say_their_time_the_year_s_is_read(goal):
    assert table(goal=goal).values["goals"] == ["完成一期"]


def test_of_an_adjusted_table_what_holds_now_is_read():
    head = [["项目支出绩效目标调整表"], *HEAD[1:]]
    funds = [
        ["项目资金（万元）", None, "调整前", "调整后"],
        [None, "年度资金总额", 120.0, 100.0],
        [None, "当年财政拨款", 110.0, 90.0],
        [None, "上年结转资金", 4.0, 4.0],
        [None, "其他资金", 6.0, 6.0],
    ]
    document = table(head=head, funds=funds)
    assert money(document) == ["100", "90", "4", "6"]
    assert not found(document, "ST01")


def test_budgets_may_stand_in_brackets_behind_the_appropriation():
    funds = [
        FUNDS[0],
        [None, "财政拨款（一般公共预算）", 60.0],
        [None, "财政拨款（政府性基金）", 44.0],
        FUNDS[3],
    ]
    assert money(table(funds=funds)) == ["110", "104", None, "6"]


def test_a_task_without_other_money_does_not_lose_the_column():
    rows = [
        ["部门整体支出绩效目标表"],
        ["（2027年度）"],
        ["部门名称", "某县水务局"],
        ["年度主要任务", "任务名称", "主要内容", "预算金额（万元）"],
        [None, None, None, "总额", "财政拨款", "其他资金"],
        [None, "供水", "维修管网", 60.0, 60.0],
        [None, "防汛", "加固堤防", 40.0, 30.0, 10.0],
        [None, "金额合计", None, 100.0, 90.0, 10.0],
        *GOAL,
        list(HEADING),
        *ROWS,
    ]
    ((document,), _) = reading.read(Book((Grid("表", rows),)))
    assert (document.values["fiscal_funds"], document.values["other_funds"]) == ("90", "10")
    assert document.cells["/other_funds"] == "F8"


def test_the_year_s_total_with_its_own_label_is_no_second_row_beside_that_of_the_whole_project():
    funds = [
        ["项目总额（万元）", 1500.0, "其中：2026年预算金额（万元）", 110.0],
        ["项目资金（万元）", "年度资金总额", None, 110.0],
        [None, "其中：财政拨款", None, 104.0],
        [None, "其他资金", None, 6.0],
    ]
    document = table(funds=funds)
    assert money(document) == ["110", "104", None, "6"]
    assert not [one for one in found(document, "ST09") if one.severity == "error"]
