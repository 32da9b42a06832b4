"""Forms of still other provinces, as departments send them: tasks below the goals, lists, sums in two levels."""

import pytest
from written import sheet

from jixiao import checking, reading
from jixiao.model import Book


def documents(*lines, **kinds):
    found, _ = reading.read(Book((sheet(*lines, **kinds),)))
    return found


def findings(document, rule):
    return [one for one in checking.check(document).findings if one.rule == rule]


def test_the_tasks_below_the_goals_are_no_goals_though_their_label_stands_letter_by_letter():
    (document,) = documents(
        "部门整体支出绩效目标表 | < | < | < | <",
        "（2026年度） | < | < | < | <",
        "部门（单位）名称 | < | 沐川县水务局 | < | <",
        "年度部门整体支出预算（万元） | 资金总额 | < | 财政拨款 | 其他资金",
        "^ | 1860.5 | < | 1840.5 | 20",
        "年度总体目标 | 全面完成年度水旱灾害防御和农村供水保障任务。 | < | < | <",
        "年\\n度\\n主\\n要\\n任\\n务 | 任务名称 | 主要内容 | < | <",
        "^ | 农村供水 | 维修养护农村供水工程35处 | < | <",
        "年度绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值",
        "^ | 产出指标 | 数量指标 | 维修养护供水工程 | ≥35处",
    )
    assert document.values["goals"] == ["全面完成年度水旱灾害防御和农村供水保障任务。"]


def test_the_budget_of_the_year_is_the_total_beside_who_pays_it():
    (document,) = documents(
        "2026年部门（单位）预算项目支出绩效目标表 | < | < | < | < | < | <",
        "编制单位： | 石柱县林业局 | | | | | 单位：万元",
        "项目名称 | 森林病虫害防治 | < | < | 业务主管部门 | 石柱县林业局 | <",
        "当年预算 | 180 | < | < | 本级支出 | 150 | <",
        "^ | | | | 上级补助支出 | 30 | <",
        "当年绩效目标 | 完成松材线虫病防治面积3万亩。 | < | < | < | < | <",
        "绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位",
        "^ | 产出指标 | 数量指标 | 防治面积 | ≥ | 3 | 万亩",
    )
    assert (document.values["total_funds"], document.cells["/total_funds"]) == ("180", "B4")
    assert [(one.severity, one.message.count("“")) for one in findings(document, "ST09")] == [("warning", 3)]


def test_agencies_and_their_projects_in_one_column_under_a_heading_in_brackets():
    found = documents(
        "项目支出绩效目标表 | < | < | < | < | < | < | <",
        "单位代码 | 单位（专项）名称 | 资金总额 | 实施期绩效目标 | 绩效指标 | < | < | <",
        "^ | ^ | ^ | ^ | 一级指标 | 二级指标 | 三级指标 | 指标值",
        "201001 | 溆浦县教育局 | 125.3 | | | | |",
        "201001 | 教师培训经费 | 75.3 | 培训教师1200人次 | 产出指标 | 数量指标 | 培训教师 | ≥1200人次",
        " | | | | 效益指标 | 社会效益指标 | 骨干教师占比 | ≥12%",
        "201001 | 校园安全维护 | 50 | 维护监控320个点位 | 产出指标 | 数量指标 | 维护监控点位 | ≥320个",
    )
    told = [(one.values["agency"], one.values["project_name"], one.values["total_funds"]) for one in found]
    assert told == [
        ("溆浦县教育局", "教师培训经费", "75.3"),
        ("溆浦县教育局", "校园安全维护", "50"),
    ]


def test_digits_of_codes_and_goals_may_be_full_width():
    (document,) = documents(
        "项目支出绩效目标表 | < | < | < | <",
        "（２０２６年度） | < | < | < | <",
        "项目名称 | 消防器材更换 | < | < | <",
        "主管部门 | 某县应急局 | < | 实施单位 | 某县消防救援中队",
        "主管部门代码 | ３０１００１ | < | < | <",
        "年度资金总额（万元） | ３６．５ | < | < | <",
        "总体目标 | 目标１：更换灭火器600具 目标２：更换水带200盘 | < | < | <",
        "绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值",
        "^ | 产出指标 | 数量指标 | 更换灭火器 | ≥６００具",
    )
    assert (document.values["year"], document.values["department_code"]) == (2026, "301001")
    assert document.values["total_funds"] == "36.5"
    assert document.values["goals"] == ["更换灭火器600具", "更换水带200盘"]


LIST = (
    "预算单位 | 项目名称 | 资金总额 | 一级指标 | 二级指标 | 三级指标 | 指标值",
    "元谋县水文站 | 水文监测 | 26 | 产出指标 | 数量指标 | 监测断面 | ≥18个",
)


def test_the_department_above_a_list_may_be_called_so_in_short_though_its_name_has_a_unit_of_money():
    (document,) = documents("项目支出绩效目标表", "部门：元谋县水务局 | | | | | | 单位：万元", *LIST)
    assert (document.values["department"], document.values["agency"]) == ("元谋县水务局", "元谋县水文站")
    assert document.money == "万元"


def test_a_unit_of_money_above_a_list_is_no_agency():
    rows = [line.partition("|")[2] for line in LIST]
    (document,) = documents("项目支出绩效目标表", "单位：万元 | | | | |", *rows)
    assert (document.values["agency"], "/agency" in document.cells) == (None, False)
    (document,) = documents("项目支出绩效目标表", "单位：元、元/人 | | | | |", *rows)
    assert document.values["agency"] is None
    (document,) = documents("项目支出绩效目标表", "单位：元谋县水务局 | | | | | 单位：万元", *rows)
    assert document.values["agency"] == "元谋县水务局"


def test_dots_that_the_form_prints_for_further_rows_are_no_indicator():
    (document,) = documents(
        "项目支出绩效目标申报表 | < | < | < | <",
        "（2019年度） | < | < | < | <",
        "项目名称 | 文物普查 | < | < | <",
        "主管部门及代码 | 某县文物局（147） | < | 实施单位 | 某县博物馆",
        "年度资金总额（万元） | 300 | < | < | <",
        "年度目标 | 完成普查县50个 | < | < | <",
        "绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值",
        "^ | 产出指标 | 数量指标 | 普查乡镇数 | ≥50个",
        "^ | 效益指标 | 社会效益指标 | 文物点入库数 | ≥1000处",
        "^ | ^ | …… | |",
        "^ | 满意度指标 | 服务对象满意度指标 | 用户满意度 | ≥90%",
    )
    assert [one["level2"] for one in document.values["indicators"]] == [
        "数量指标",
        "社会效益指标",
        "服务对象满意度指标",
    ]
    assert not findings(document, "ST10")


AGENCY = (
    "部门（单位）整体支出绩效目标申报表 | < | < | < | <",
    "（2026年度） | < | < | < | <",
    "部门（单位）名称 | < | 丹寨县民政局 | < | <",
)
REST = (
    "年度总体目标 | 保障城乡低保1.2万人 | < | < | <",
    "年度绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值",
    "^ | 履职效能 | 社会救助 | 保障城乡低保人数 | ≥1.2万人",
    "^ | 可持续性 | 人才培养 | 培训养老护理员 | ≥60人次",
)


def totals(document):
    return [document.values[name] for name in ("income_total", "expenditure_total", "fiscal_funds", "basic")]


def test_of_two_totals_each_above_its_parts_the_first_is_the_income():
    (document,) = documents(
        *AGENCY,
        "资金情况（万元） | 资金来源 | < | 预算数 | <",
        "^ | 合计 | < | 5200 | <",
        "^ | 一般公共预算 | < | 5000 | <",
        "^ | 政府性基金预算 | < | 200 | <",
        "^ | 资金结构 | < | 预算数 | <",
        "^ | 合计 | < | 5205 | <",
        "^ | 基本支出 | < | 820 | <",
        "^ | 项目支出 | < | 4385 | <",
        *REST,
    )
    assert totals(document) == ["5200", "5205", "5200", "820"]


def test_of_two_totals_side_by_side_the_one_above_the_sources_is_the_income():
    (document,) = documents(
        *AGENCY,
        "年度预算申请（元） | 按资金性质 | < | 按支出类别 | <",
        "^ | 总计 | 4126000 | 总计 | 4120000",
        "^ | 一般公共预算 | 4126000 | 人员类支出 | 2806000",
        "^ | 其他资金 | 0 | 公用经费 | 314000",
        "^ | | | 项目支出 | 1000000",
        *REST,
    )
    assert document.money == "元"
    assert totals(document)[:3] == ["412.6", "412", "412.6"]
    assert document.values["personnel"] == "280.6"
    assert document.values["indicators"][1]["level1"] == "可持续发展能力"


PROJECT = (
    "项目支出绩效目标表 | < | < | < | <",
    "（2026年度） | < | < | < | <",
    "项目名称 | 农产品展销 | < | < | <",
    "主管部门及代码 | 永靖县商务局（410） | < | 实施单位 | 永靖县商务局",
    "年度资金总额（万元） | 12 | < | 当年财政拨款 | 12",
    "上年结转资金 | 0 | < | 其他资金 | 0",
    "总体目标 | 组织农产品展销会4场 | < | < | <",
)
READ = [
    ("成本指标", "经济成本指标", "场均成本", "≤3万元/场"),
    ("产出指标", "数量指标", "展销会场次", "≥4场"),
    ("产出指标", "质量指标", "参展企业到场率", "≥95%"),
]


def rows_of(document):
    names = ("level1", "level2", "name", "target")
    return [tuple(one[name] for name in names) for one in document.values["indicators"]]


def test_the_columns_of_indicators_may_stand_in_the_reverse_order():
    (document,) = documents(
        *PROJECT,
        "绩效指标 | 指标值 | 三级指标 | 二级指标 | 一级指标",
        "^ | ≤3万元/场 | 场均成本 | 经济成本指标 | 成本指标",
        "^ | ≥4场 | 展销会场次 | 数量指标 | 产出指标",
        "^ | ≥95% | 参展企业到场率 | 质量指标 | ^",
    )
    assert rows_of(document) == READ
    assert document.cells["/indicators/2/target"] == "B11"


def test_rows_pasted_one_column_too_far_right_are_read_by_their_words():
    (document,) = documents(
        *PROJECT,
        "绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值",
        "^ | 成本指标 | 经济成本指标 | 场均成本 | ≤3万元/场",
        " | | 产出指标 | 数量指标 | 展销会场次 | ≥4场",
        " | | | 质量指标 | 参展企业到场率 | ≥95%",
    )
    assert rows_of(document) == READ
    assert document.cells["/indicators/2/target"] == "F11"


def test_a_note_right_of_the_table_moves_no_row():
    (document,) = documents(
        *PROJECT,
        "绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值",
        "^ | 成本指标 | 经济成本指标 | 场均成本 | ≤3万元/场 | 按去年测算",
        "^ | 满意度指标 | 服务对象满意度指标 | 服务对象满意度指标 | ≥90% | 问卷",
    )
    assert rows_of(document)[1] == ("满意度指标", "服务对象满意度指标", "服务对象满意度指标", "≥90%")


def test_the_unit_of_money_stands_in_the_label_before_a_line_of_amounts():
    amounts = "年度资金总额：150　其中：当年财政拨款：150　上年结转资金：0　其他资金：0"
    (document,) = documents(
        "2026年度项目支出绩效目标表",
        "项目名称：校园安保",
        "主管部门及代码：夏河县教育局（360001）　　　实施单位：夏河县教育局",
        f"项目资金（万元）：{amounts}",
        "总体目标：目标1：配备校园保安75名。",
        "一级指标 | 二级指标 | 三级指标 | 指标值",
        "产出指标 | 数量指标 | 配备校园保安 | ≥75人",
    )
    assert (document.money, document.values["total_funds"]) == ("万元", "150")


def test_where_each_amount_says_its_unit_no_unit_is_missed():
    amounts = (
        "年度资金总额 | 12.6万元 | < | 政府预算资金 | 10万",
        "上年结转资金 | 0元 | < | 其他资金 | 26000元",
    )
    (document,) = documents(
        *PROJECT[:4], *amounts, *PROJECT[6:], "绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值"
    )
    assert [document.values[f"{name}_funds"] for name in ("total", "fiscal", "other")] == [
        "12.6",
        "10",
        "2.6",
    ]
    assert len(findings(document, "FI02")) == 4
    assert not findings(document, "FI03")


@pytest.mark.parametrize(
    ("label", "total", "rules"),
    [("其中：上年结转", 100, []), ("其中：上年结转", 110, ["FI01"]), ("上年结转", 100, ["FI01"])],
)
def test_what_is_carried_over_within_the_appropriation_is_not_added_again(label, total, rules):
    (document,) = documents(
        *PROJECT[:4],
        f"项目资金（万元） | 年度资金总额 | {total} | < | <",
        "^ | 财政拨款 | 100 | < | <",
        f"^ | {label} | 20 | < | <",
        "^ | 其他资金 | 0 | < | <",
        *PROJECT[6:],
        "绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值",
    )
    assert (document.values["fiscal_funds"], document.values["carryover_funds"]) == ("100", "20")
    assert [one.rule for one in findings(document, "FI01") if one.severity != "hint"] == rules


def test_a_label_may_stand_letter_by_letter_in_cells_of_its_own():
    (document,) = documents(
        *PROJECT[:4],
        "项 | 资金（万元） | 年度资金总额 | 58 |",
        "目 | | 其中：当年财政拨款 | 58 |",
        "资 | | 上年结转资金 | 0 |",
        "金 | | 其他资金 | 0 |",
        "总 | 目标1：抢修水毁道路23处 | | |",
        "体 | 目标2：道路抢通及时率98%以上 | | |",
        "目 | | | |",
        "标 | | | |",
        "绩 | 一级指标 | 二级指标 | 三级指标 | 指标值",
        "效 | 产出指标 | 数量指标 | 抢修水毁道路 | ≥23处",
        "指 | | 质量指标 | 抢修合格率 | ≥98%",
        "标 | | | |",
        merged=False,
    )
    assert document.values["goals"] == ["抢修水毁道路23处", "道路抢通及时率98%以上"]
    assert document.values["total_funds"] == "58"
    assert len(document.values["indicators"]) == 2


def test_the_line_above_all_tables_of_a_sheet_tells_the_year_of_those_without_a_place_for_it():
    head, rest = PROJECT[2:], "绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值"
    found = documents(
        "2026年永靖县商务局部门预算绩效目标",
        "项目支出绩效目标表",
        *head,
        rest,
        "^ | 产出指标 | 数量指标 | 展销会场次 | ≥4场",
        "",
        "项目支出绩效目标表",
        *(line.replace("农产品展销", "农产品下乡") for line in head),
        rest,
        "^ | 产出指标 | 数量指标 | 下乡场次 | ≥4场",
    )
    assert [(one.values["year"], one.cells["/year"]) for one in found] == [(2026, "A1")] * 2
    blank = documents("2026年部门预算绩效目标", PROJECT[0], "（    年度） | < | < | < | <", *head, rest)
    assert [(one.values["year"], one.cells["/year"]) for one in blank] == [(None, "A3")]
    dated = documents("2025年11月6日填写预算绩效目标", PROJECT[0], *head, rest)
    assert dated[0].values["year"] is None
    past = documents("关于做好2025年度预算绩效自评工作的通知附件", PROJECT[0], *head, rest)
    assert past[0].values["year"] is None


@pytest.mark.parametrize("first", ["饮水安全", ""])
def test_a_project_of_a_list_whose_name_was_not_filled_in_stays_a_project(first):
    found = documents(
        "项目支出绩效目标表",
        "（2026年度） | | | 单位：万元",
        "序号 | 项目名称 | 实施单位 | 预算金额 | 绩效目标 | 一级指标 | 二级指标 | 三级指标 | 指标值",
        f"1 | {first} | 某县供水站 | 10 | 维修供水工程3处 | 产出指标 | 数量指标 | 维修工程 | ≥3处",
        " | | | | | | 质量指标 | 维修合格率 | ≥98%",
        "2 | | 某县供水站 | 12 | 清洗水箱20座 | 产出指标 | 数量指标 | 清洗水箱 | ≥20座",
        " | | | | | | 质量指标 | 水质合格率 | ≥98%",
        merged=False,
    )
    told = [
        (one.values["project_name"], one.cells["/project_name"], one.values["total_funds"]) for one in found
    ]
    assert told == [(first or None, "B4", "10"), (None, "B6", "12")]
    assert [len(one.values["indicators"]) for one in found] == [2, 2]
    assert [one.cell for one in findings(found[1], "SC01")] == ["B6"]


def test_amounts_in_the_rows_of_one_project_begin_no_other():
    (document,) = documents(
        "项目支出绩效目标表（2026年度）",
        "项目名称 | 预算金额（万元） | 绩效目标 | 一级指标 | 二级指标 | 三级指标 | 指标值",
        "饮水安全 | 30 | 维修工程3处 | 产出指标 | 数量指标 | 维修工程 | ≥3处",
        " | 10 | | | 质量指标 | 维修合格率 | ≥98%",
        merged=False,
    )
    assert len(document.values["indicators"]) == 2


@pytest.mark.parametrize(("label", "unit"), [("项目预算（万元）：", "万元"), ("项目金额（元）", "元")])
def test_the_unit_of_money_may_stand_in_the_label_of_a_budget(label, unit):
    (document,) = documents(
        *PROJECT[:4],
        f"{label} | 80 | < | 其中：2026年度预算（{unit}）： | 80",
        *PROJECT[6:],
        "绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值",
        "^ | 产出指标 | 数量指标 | 展销会场次 | ≥4场",
    )
    assert document.money == unit
    assert not [one for one in findings(document, "FI03") if "没有写明" in one.message]


def test_one_heading_over_both_levels_is_how_a_place_prints_them():
    (document,) = documents(
        *PROJECT,
        "指标类型 | < | 指标名称 | 指标值 | 计量单位",
        "成本指标 | 经济成本指标 | 场均成本 | ≤3 | 万元/场",
        "产出指标 | 数量指标 | 展销会场次 | ≥4 | 场",
        "^ | 质量指标 | 参展企业到场率 | ≥95 | %",
    )
    assert rows_of(document) == READ
    assert not [one for one in findings(document, "ST09") if "级指标" in one.message]


def test_the_basic_expenditure_is_the_sum_of_its_parts_where_the_form_has_these_alone():
    (document,) = documents(
        *AGENCY,
        "预算（万元） | 资金总额 | 人员经费 | 公用经费 | 项目支出",
        "^ | 730 | 300 | 40 | 380",
        *REST,
    )
    assert [document.values[name] for name in ("basic", "personnel", "projects")] == ["340", "300", "380"]
    assert [one.severity for one in findings(document, "UN02")] == ["error"]


def test_where_the_form_speaks_of_the_basic_expenditure_its_row_is_missed():
    (document,) = documents(
        *AGENCY,
        "预算情况（万元） | 基本支出 | 人员经费 | 300 | ",
        "^ | ^ | 公用经费 | 40 | ",
        "^ | 项目支出 | < | 380 | ",
        *REST,
    )
    assert document.values["basic"] is None


def test_targets_whose_heading_is_blank_are_read_whatever_they_say():
    (document,) = documents(
        "项目支出绩效目标表",
        "（2026年度）",
        "项目名称 | 绿化养护",
        "主管部门及代码 | 某县城管局（101001） | | 实施单位 | 某县园林管理处",
        "项目资金（万元） | 年度资金总额 | 110",
        "总体目标 | 绿化养护一百亩",
        "绩效指标 | 一级指标 | 二级指标 | 三级指标 | ",
        " | 产出指标 | 数量指标 | 绿化面积 | ≥100亩",
        " | | 质量指标 | 养护质量 | 达到一级养护标准",
        " | 效益指标 | 生态效益指标 | 改善环境 | 明显改善 | 请补充",
    )
    targets = [one["target"] for one in document.values["indicators"]]
    assert targets == ["≥100亩", "达到一级养护标准", "明显改善"]


def test_a_figure_beside_the_unit_of_a_list_does_not_end_the_reading():
    (document,) = documents(
        "项目支出绩效目标表（2025年度） | < | < | < | < | < | < | < | ",
        " | 单位：万元 | | | | | | | 100",
        "单位名称 | 项目名称 | 预算情况 | < | 一级指标 | 二级指标 | 三级指标 | 指标值 | ",
        "^ | ^ | 2024年预算 | 2025年预算 | ^ | ^ | ^ | ^ | ",
        "某县水务局 | 治理河道 | 100 | 150 | 产出指标 | 数量指标 | 河道长度 | ≥10公里 | ",
    )
    assert document.values["project_name"] == "治理河道"


def test_a_figure_in_place_of_a_levels_heading_hides_no_level():
    (document,) = documents(
        "项目支出绩效目标表",
        "（2026年度）",
        "项目名称 | 绿化养护",
        "主管部门及代码 | 某县城管局（101001） | 实施单位 | 某县园林管理处",
        "项目资金（万元） | 年度资金总额 | 110",
        "总体目标 | 绿化养护一百亩",
        "绩效指标 | 1 | 二级指标 | 三级指标 | 指标值",
        " | 产出指标 | 数量指标 | 绿化面积 | ≥100亩",
        " | | 质量指标 | 苗木成活率 | ≥95%",
        " | 效益指标 | 生态效益指标 | 绿地覆盖率 | ≥40%",
        " | 满意度指标 | 服务对象满意度指标 | 居民满意度 | ≥90%",
    )
    levels = [one["level1"] for one in document.values["indicators"]]
    assert levels == ["产出指标", "产出指标", "效益指标", "满意度指标"]


def test_a_cell_of_very_many_lines_is_one_indicator():
    """Each would keep the whole cell: time would grow with its square."""
    names, targets = "\\n".join(["绿化面积"] * 400), "\\n".join(["≥1亩"] * 400)
    (document,) = documents(
        "项目支出绩效目标表",
        "（2026年度）",
        "项目名称 | 绿化养护",
        "主管部门及代码 | 某县城管局（101001） | 实施单位 | 某县园林管理处",
        "项目资金（万元） | 年度资金总额 | 110",
        "总体目标 | 绿化养护一百亩",
        "绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值",
        f" | 产出指标 | 数量指标 | {names} | {targets}",
    )
    assert len(document.values["indicators"]) == 1


def test_a_project_named_in_its_second_row_alone_is_not_counted_twice():
    lines = (
        "项目支出绩效目标表（2025年度） | < | < | < | < | < | < | <",
        "单位：万元 | < | < | < | < | < | < | <",
        "单位名称 | 项目名称 | 资金总额 | 绩效目标 | 一级指标 | 二级指标 | 三级指标 | 指标值",
        "某县水务局 |  | 150 | 河道通畅 | 产出指标 | 数量指标 | 河道长度 | ≥10公里",
        "某县水务局 | 治理河道 | 150 | 河道通畅 | 效益指标 | 社会效益指标 | 受益人口 | ≥1万人",
    )
    found, remarks = reading.read(Book((sheet(*lines),)))
    assert [(one.values["project_name"], one.values["total_funds"]) for one in found] == [("治理河道", "150")]
    assert "第 4 行" in remarks[0]


def test_a_sum_in_the_line_of_the_unit_above_a_list_is_no_agency():
    (document,) = documents(
        "2026年度项目支出绩效目标表",
        "单位：万元 | | | | | | 100",
        "项目名称 | 预算金额 | 年度绩效目标 | 一级指标 | 二级指标 | 三级指标 | 指标值",
        "绿化养护 | 100 | 养护绿地 | 成本指标 | 经济成本指标 | 绿化成本 | ≤105万元",
    )
    assert document.values["agency"] is None


def test_a_heading_of_two_rows_may_stand_beside_blocks_that_name_none_of_the_columns():
    (document,) = documents(
        "2026年项目支出绩效目标公开表 | < | < | < | < | < | < | < | <",
        "项目基本信息 | < | 资金信息（万元） | < | 绩效目标 | 绩效指标 | < | < | <",
        "实施单位 | 项目名称 | 资金总额 | 财政拨款 | ^ | 一级指标 | 二级指标 | 三级指标 | 指标值",
        "某县园林处 | 绿化养护 | 110 | 100 | 养护绿地100亩 | 产出指标 | 数量指标 | 养护面积 | ≥100亩",
    )
    assert (document.values["goals"], document.cells["/goals/0"]) == (["养护绿地100亩"], "E4")
    assert (document.values["total_funds"], document.values["fiscal_funds"]) == ("110", "100")


@pytest.mark.parametrize(
    "above", ["部门：301_溆浦县水务局", "主管部门：溆浦县水务局（301）", "主管部门：【301】溆浦县水务局"]
)
def test_the_code_beside_the_department_above_a_list_is_its_code(above):
    (document,) = documents("项目支出绩效目标表", f"{above} | | | | | | 单位：万元", *LIST)
    assert (document.values["department"], document.values["department_code"]) == ("溆浦县水务局", "301")
    assert not findings(document, "ST03")


def test_another_page_of_a_list_goes_on_though_its_headings_are_spaced_otherwise():
    found = documents(
        "项目支出绩效目标表 | < | < | < | < | <",
        "单位名称：元谋县水文站 | < | < | < | < | 单位：元",
        "项目名称 | 资金总额 | 一级指标 | 二级指标 | 三级指标 | 指标值",
        "水文监测 | 260000 | 产出指标 | 数量指标 | 监测断面 | ≥18个",
        "项目支出绩效目标表（续） | < | < | < | < | <",
        "项 目 名 称 | 资金总额： | 一级指标 | 二级指标 | 三级指标 | 指标值",
        "测站维护 | 150000 | 产出指标 | 数量指标 | 维护测站 | ≥9座",
    )
    told = [(one.values["agency"], one.values["total_funds"], one.money) for one in found]
    assert told == [("元谋县水文站", "26", "元"), ("元谋县水文站", "15", "元")]
