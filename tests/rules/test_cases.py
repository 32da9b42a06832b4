"""Every rule: a table where it is silent, and one where it speaks, shown as a person sees them."""

import time
from dataclasses import replace

import pytest

from jixiao import checking, rules
from jixiao.model import Note

AGENCY = {"form": "agency_overall"}
OLD = {"edition": "mof-2015"}
OLD_ROWS = """
    | 产出指标 | 数量指标 | 供电办公楼数量 | =2栋 |
    | 产出指标 | 成本指标 | 全年用电费用 | {cost} |
    | 效益指标 | 可持续影响指标 | 节能机制健全性 | 健全 |
    | 满意度指标 | 服务对象满意度指标 | 干部职工满意度 | ≥95% |
    """
ROWS = """
    | {level1} | {level2} | {name} | {target} |
    | 产出指标 | 数量指标 | 供电办公楼数量 | =2栋 |
    | 效益指标 | 社会效益指标 | 停电影响办公次数 | ≤1次 |
    | 满意度指标 | 服务对象满意度指标 | 干部职工满意度 | ≥95% |
    """

FULL = """
    | 成本指标 | 经济成本指标 | 全年用电费用 | ≤100万元 |
    | 成本指标 | 社会成本指标 | 不涉及 | |
    | 产出指标 | 数量指标 | 供电办公楼数量 | =2栋 |
    | 产出指标 | 质量指标 | 电费足额缴纳率 | =100% |
    | 产出指标 | 时效指标 | 电费缴纳时限 | ≤10天 |
    | 效益指标 | 经济效益指标 | 单位面积电费下降率 | ≥2% |
    | 效益指标 | 社会效益指标 | 停电影响办公次数 | ≤1次 |
    | 效益指标 | 生态效益指标 | 用电量下降率 | ≥2% |
    | 满意度指标 | 服务对象满意度指标 | 干部职工满意度 | ≥95% |
    """
FULL_ROWS = FULL.strip()


def rows(level1="成本指标", level2="经济成本指标", name="全年用电费用", target="≤100万元"):
    return ROWS.format(level1=level1, level2=level2, name=name, target=target)


def declined(level1, said="不涉及 | 不涉及"):
    """The full table with every row of a level 1 declined."""
    kept = [line.strip().split(" | ") for line in FULL_ROWS.splitlines()]
    return "\n".join(
        f"{one[0]} | {one[1]} | {said} |" if one[0] == f"| {level1}" else " | ".join(one) for one in kept
    )


# rule, how the tables are made, where it is silent, where it speaks, at which pointer, how loud, what is said
CASES = [
    ("ST01", {}, ["| 年度 | 2024 |"] * 2, ["| 年度 | 2024 |"] * 2 + ["| 年度 | 2023 |"], "/year", "error", "2023"),
    (
        "ST02", {}, ["| 项目名称 | 水费 |", "| 项目名称 | 电费 |"], ["| 项目名称 | 水费 |", "| 项目名称 | 水 费 |"],
        "/project_name", "error", "水 费",
    ),
    (
        "ST03", {}, "| 主管部门及代码 | 和政县机关事务管理局（123001） |", "| 主管部门及代码 | 和政县机关事务管理局 |",
        "/department_code", "warning", "和政县机关事务管理局",
    ),
    ("ST04", {}, "| 实施单位 | 和政县后勤中心 |", "| 实施单位 | 机关事务管理局 |", "/agency", "warning", "简称"),
    (
        "ST05", {}, rows(), rows("产出指标", "成本指标"), "/indicators/0/level2", "error", "另一|成本指标",
    ),
    ("ST04", {}, "| 实施单位 | 和政县公路养护中心 |", "| 实施单位 | 县公路养护中心 |", "/agency", "warning", "哪里的单位"),
    ("ST05", {}, rows(), rows("投入指标", "经济成本指标"), "/indicators/0/level1", "warning", "投入指标"),
    ("ST05", OLD, OLD_ROWS.format(cost="≤9万元"), rows(), "/indicators/0/level1", "error", "2015|成本指标"),
    ("ST06", {}, rows(), rows("产出指标", "经济成本指标"), "/indicators/0/level2", "error", "属于成本指标"),
    ("ST07", {}, rows(), rows("产出指标", "质量指标"), "/indicators", "error", "成本指标下面一个指标也没有"),
    ("ST07", {}, rows(), rows("成本指标", "社会成本指标", "", ""), "/indicators/0/name", "error", "空着"),
    ("ST07", {}, FULL, declined("产出指标"), "/indicators/2/name", "error", "3 行都写“不涉及”"),
    ("ST07", {}, FULL, declined("效益指标"), "/indicators/5/name", "error", "等于没有效益指标"),
    ("ST07", {}, declined("成本指标"), declined("产出指标", "无 | 无"), "/indicators/2/name", "error", "“无”"),
    ("ST08", {}, rows(target="不涉及"), rows(name="", target=""), "/indicators/0/name", "error", "经济成本指标"),
    ("ST08", {}, rows(name="不涉及", target=""), rows(target=""), "/indicators/0/target", "error", "全年用电费用"),
    ("ST08", {}, rows(name="", target="不涉及"), rows(name=""), "/indicators/0/name", "error", "≤100万元"),
    (
        "ST08", {}, rows(name="不涉及", target="0"), rows(name="不涉及", target="≤100万元"), "/indicators/0/name",
        "warning", "两样只有一样对",
    ),
    (
        "ST08", {}, rows(), rows() + "| 成本指标 | 社会成本指标 | | |", "/indicators/4/name", "hint", "社会成本指标",
    ),
    ("ST10", {}, rows(), rows(name="指标1"), "/indicators/0/name", "error", "“指标1”"),
    ("ST10", {}, rows(target="7-8月"), rows(target="……"), "/indicators/0/target", "error", "……"),
    ("ST10", {}, "| 项目名称 | XL型电梯 |", "| 项目名称 | XX经费 |", "/project_name", "error", "XX经费"),
    ("ST10", {}, "| 目标1 | 缴费 |", "| 目标1 | 缴费 |\n| 目标2 | |", "/goals/1", "error", "“目标2：”"),
    ("ST11", {}, rows(target="> 1万元".replace(" ", "")), rows(target="> 1 万元"), "/indicators/0/target", "hint", ""),
    ("ST11", {}, rows(name="A B"), rows(name="用电 费用"), "/indicators/0/name", "hint", "空格"),
    ("ST11", {}, rows(), rows(target="≤９％"), "/indicators/0/target", "hint", "全角"),
    ("ST11", {}, rows(), rows(name="\u3000用电费用"), "/indicators/0/name", "hint", "空格"),
    ("FI01", {}, "| 年度资金总额 | 100.005 |", "| 年度资金总额 | 100.006 |", "/total_funds", "error", "相差 0.006 万元"),
    ("FI02", {}, "| 其他资金 | 0 |", "| 其他资金 | -5 |", "/other_funds", "error", "负数"),
    ("FI02", {}, "| 年度资金总额 | 1 |", "| 年度资金总额 | 0 |", "/total_funds", "error", "没有资金"),
    ("FI02", {}, "| 年度资金总额 | 100 |", "| 年度资金总额 | 100万元 |", "/total_funds", "error", "“100万元”"),
    ("FI02", {}, "| 年度资金总额 | 1022 |", "| 年度资金总额 | 1,022.00 |", "/total_funds", "hint", "1,022.00"),
    ("FI03", {}, "| 年度资金总额 | 100 |", "| 年度资金总额 | 1000000 |", "/total_funds", "error", "一万倍"),
    ("FI03", {}, rows(), rows(target="≤100元"), "/indicators/0/target", "warning", "一万倍"),
    ("FI04", {}, "| 其他资金 | 1.123456 |", "| 其他资金 | 1.1234567 |", "/other_funds", "hint", "1.1234567"),
    (
        "FI05", OLD, "| 项目期 | 2024年1月至12月 |", "| 项目期 | 2024—2026年 |", "/total_funds", "hint", "2026",
    ),
    ("UN01", AGENCY, "| 公用经费 | 20 |", "| 公用经费 | 21 |", "/basic", "error", "相差 1 万元"),
    ("UN02", AGENCY, "| 项目支出 | 100 |", "| 项目支出 | 90 |", "/expenditure_total", "error", "相差 10 万元"),
    ("UN03", AGENCY, "| 其他资金 | 0 |", "| 其他资金 | 7 |", "/income_total", "error", "相差 7 万元"),
    ("UN04", AGENCY, "| 收入预算合计 | 715.51 |", "| 收入预算合计 | 700 |\n| 当年财政拨款 | 690 |", "/income_total", "error", "715.51"),
    ("CO01", {}, rows(), rows(target="≤101万元"), "/indicators/0/target", "error", "101"),
    ("CO01", {}, rows(target="500元/人次"), rows(target=">100万元"), "/indicators/0/target", "error", "允许超过"),
    ("CO01", OLD, OLD_ROWS.format(cost="9万元"), OLD_ROWS.format(cost="900万元"), "/indicators/1/target", "error", "900"),
    ("SA02", {}, "| 满意度指标 | 服务对象满意度指标 | 设备使用人员满意度 | ≥95% |",
     "| 满意度指标 | 服务对象满意度指标 | 设备使用人员满意度调查 | ≥95% |", "/indicators/0/name", "warning", "调查"),
    ("IN01", {}, rows(), rows(name="干部职工满意度", target="≥95%"), "/indicators/3/name", "error", "2 次"),
    ("IN02", {}, rows(), rows(name="干部职工满意度", target="≥9%"), "/indicators/3/name", "error", "≥9%"),
]  # fmt: skip


def judge(table, shown, how):
    shown = [shown] if isinstance(shown, str) else shown
    documents = [table(text, sheet=f"表{n}", **how) for n, text in enumerate(shown, 1)]
    return checking.check_all(documents, "workbook")[-1]


@pytest.mark.parametrize(
    ("rule", "how", "good", "bad", "pointer", "severity", "said"),
    CASES,
    ids=[f"{c[0]}-{c[6]}" for c in CASES],
)
def test_a_rule_is_silent_on_the_good_table_and_speaks_on_the_bad_one(  # noqa: PLR0917 - a case is its arguments
    table, rule, how, good, bad, pointer, severity, said
):
    assert [one for one in judge(table, good, how).findings if one.rule == rule] == []
    found = [one for one in judge(table, bad, how).findings if one.rule == rule]
    assert [(one.pointer, one.severity) for one in found] == [(pointer, severity)]
    assert found[0].suggestion.endswith("。")
    assert any(word in found[0].message + found[0].suggestion for word in said.split("|"))


def test_every_rule_has_a_case_here_or_below():
    below = {"CS01", "CS05", "ST09", "ST12", "UN05"}  # and the rules on goals and rows: test_faults.py
    first = {rule.id for rule in rules.catalogue() if rule.check and rule.id[:2] in {"ST", "FI", "UN"}}
    assert {case[0] for case in CASES} | below >= first - {"UN06", "UN07", "UN08", "UN09"}


@pytest.mark.parametrize(
    ("typed", "told"),
    [("成本\n指标", []), ("成\n本\n指\n标", []), ("成本\n 指标", ["hint"]), ("成本 指标", ["hint"])],
)
def test_st11_a_level_word_may_be_broken_over_the_lines_of_a_narrow_cell(table, typed, told):
    document = table(rows())
    document.raw["/indicators/0/level1"] = typed
    found = [one for one in checking.check(document).findings if one.rule == "ST11"]
    assert [(one.severity, one.fix.after) for one in found] == [(severity, "成本指标") for severity in told]


def test_st09_a_label_that_was_not_found_is_told_once_at_the_table(table):
    document = table("| 上年结转资金 | |")
    del document.cells["/carryover_funds"]
    found = checking.check(document).findings
    assert [(one.rule, one.severity, one.message) for one in found] == [
        ("ST09", "error", "表中没有找到“上年结转资金”这一栏。")
    ]


def test_st09_a_label_that_the_form_does_not_demand_is_a_hint(table):
    document = table("| 项目期 | 一年 |" + OLD_ROWS.format(cost="≤9万元"), **OLD)
    found = checking.check(document).findings
    assert [(one.rule, one.severity, one.pointer) for one in found] == [("ST09", "hint", "/project_type")]


def test_st09_a_place_whose_form_has_none_of_these_labels_is_told_nothing(table):
    document = table(OLD_ROWS.format(cost="≤9万元"), **OLD)
    assert not checking.check(document).findings


def test_st09_a_blank_field_with_its_label_is_the_schemas(table):
    found = checking.check(table("| 上年结转资金 | |")).findings
    assert [(one.rule, one.severity) for one in found] == [("SC01", "warning")]


def test_fi01_without_a_row_for_carried_over_funds_adds_up_the_two_that_are_there(table):
    document = table("| 年度资金总额 | 120 |\n| 当年财政拨款 | 90 |\n| 其他资金 | 10 |\n| 上年结转资金 | |")
    verdict = checking.check(document)
    assert "FI01" in {one.rule for one in verdict.not_checked}
    del document.cells["/carryover_funds"]
    assert "FI01" in {one.rule for one in checking.check(document).not_checked}  # a row that was deleted
    document = replace(document, notes=(Note("ST09", "/carryover_funds", "没有这一栏。", "warning"),))
    (found,) = [one for one in checking.check(document).findings if one.rule == "FI01"]
    assert (found.severity, found.pointer) == ("warning", "/total_funds")
    assert "当年财政拨款 90 + 其他资金 10 = 100 万元，相差 20 万元" in found.message
    document.values["other_funds"] = "30"
    verdict = checking.check(document)
    assert "FI01" not in {one.rule for one in (*verdict.findings, *verdict.not_checked)}


@pytest.mark.parametrize(
    ("text", "said"), [("#REF!", "错误值“#REF!”"), ("=B5+B6", "公式“=B5+B6”还没有算出结果")]
)
def test_st12_an_error_or_an_uncalculated_formula_is_told_once_and_the_sum_is_not_checked(table, text, said):
    document = table(f"| 年度资金总额 | {text} |", faults={"/total_funds": text})
    verdict = checking.check(document)
    assert [(one.rule, one.severity) for one in verdict.findings] == [("ST12", "error")]
    assert said in verdict.findings[0].message
    assert {"FI01", "CO01"} <= {one.rule for one in verdict.not_checked}


def test_st12_says_what_this_kind_of_file_hides(table):
    verdict = checking.check(table(blind=("百分比格式",)))
    assert verdict.findings == ()
    assert any(one.rule == "ST12" and "百分比格式" in one.reason for one in verdict.not_checked)


def test_un05_projects_of_the_agency_add_up_also_under_its_short_name(table):
    agency = table("| 项目支出 | 100 |", **AGENCY)
    project = table("| 实施单位 | 机关事务管理局 |")
    assert not [
        one for one in checking.check_all([agency, project], "campaign")[0].findings if one.rule == "UN05"
    ]


def test_un05_both_figures_and_the_number_of_projects_are_said(table):
    agency = table("| 项目支出 | 150 |", **AGENCY)
    projects = [table("| 项目名称 | 水费 |"), table("| 项目名称 | 电费 |"), table("| 年度 | 2023 |")]
    found = [
        one for one in checking.check_all([*projects, agency], "campaign")[3].findings if one.rule == "UN05"
    ]
    assert [(one.pointer, one.severity) for one in found] == [("/projects", "error")]
    assert "项目支出是 150 万元，2 个项目的年度资金总额合计是 200 万元，相差 50 万元" in found[0].message


def test_un05_a_workbook_with_an_agencys_table_and_its_projects_is_told_before_the_campaign(table):
    """What differs is told at once; what agrees waits, since more projects may come; the campaign has the last word."""
    agency, project = table("| 项目支出 | 150 |", **AGENCY), table("| 项目名称 | 水费 |")

    def told(verdict):
        return {one.rule for one in verdict.findings}, {one.rule for one in verdict.not_checked}

    found, waits = told(checking.check_all([project, agency], "workbook")[1])
    assert "UN05" in found
    assert "UN05" in waits  # all that a campaign may show is
    found, waits = told(checking.check_all([project, table("| 项目支出 | 100 |", **AGENCY)], "workbook")[1])
    assert "UN05" not in found
    assert "UN05" in waits
    early = checking.check_all([project, agency], "workbook")[1]
    assert [one.severity for one in early.findings if one.rule == "UN05"] == [
        "hint"
    ]  # the rest may be elsewhere
    less = checking.check_all([project, table("| 项目支出 | 80 |", **AGENCY)], "workbook")[1]
    assert [one.severity for one in less.findings if one.rule == "UN05"] == ["warning"]
    wide = checking.check_all([project, agency], "campaign")[1]
    assert [one.severity for one in wide.findings if one.rule == "UN05"] == ["error"]
    whole = [project, agency, table("| 项目名称 | 电费 |\n| 年度资金总额 | 50 |\n| 当年财政拨款 | 50 |")]
    more = [one for number, one in checking.compare(whole) if number == 1]
    assert "UN05" not in told(checking.completed(agency, early, more))[0]


def test_what_a_workbook_told_early_is_not_told_of_a_copy_of_it_that_does_not_count(table):
    agency, project = table("| 项目支出 | 150 |", **AGENCY), table("| 项目名称 | 水费 |")
    early = checking.check_all([project, agency], "workbook")[1]
    assert "UN05" in {one.rule for one in early.findings}
    assert "UN05" not in {one.rule for one in checking.seen(early).findings}


@pytest.mark.parametrize("other", ["| 项目名称 | 水费 |\n| 年度 | 2023 |", "| 其他资金 | 0 |"])
def test_un05_no_sum_is_told_of_a_workbook_with_a_table_of_another_year_or_one_twice(table, other):
    documents = [table("| 项目支出 | 200 |", **AGENCY), table(), table(other)]
    verdicts = checking.check_all(documents, "workbook")
    assert {one.rule for one in verdicts[2].findings} & {"ST01", "ST02"}
    assert "UN05" not in {one.rule for one in verdicts[0].findings}


def test_st01_dates_of_the_year_that_is_meant_are_not_told_beside_it(table):
    row = "| 产出指标 | 时效指标 | 线路改造完成时间 | 2024年10月底前 |"
    other = f"| 项目名称 | 线路改造 |\n| 年度 | 2023 |\n{row}"
    verdict = checking.check_all([table(), table("| 项目名称 | 水费 |"), table(other)], "workbook")[2]
    assert {"ST01"} == {one.rule for one in verdict.findings} & {"ST01", "VA12"}
    assert "VA12" in {one.rule for one in checking.check(table(other)).findings}


def test_st01_a_form_that_fits_two_editions_says_nothing_of_dates(table):
    tie = Note("ST01", "", "表式与两版都相符。")
    document = table("| 产出指标 | 时效指标 | 线路改造完成时间 | 2021年10月底前 |", notes=(tie,))
    assert {"ST01", "VA12"} <= {one.rule for one in checking.check(document).findings}


def test_un05_a_department_whose_figure_has_its_agencies_projects_too_is_told_so_and_no_error(table):
    agency = table("| 项目支出 | 300 |", **AGENCY)
    projects = [
        table("| 项目名称 | 水费 |"),
        table("| 项目名称 | 电费 | \n| 实施单位 | 和政县第一中学 |"),
        table("| 项目名称 | 电费 | \n| 实施单位 | 和政县第二中学 |"),
    ]
    found, elsewhere = (
        [one for one in checking.check_all([*some, agency], "campaign")[-1].findings if one.rule == "UN05"]
        for some in (projects, [*projects[:2], table("| 年度 | 2023 |\n| 实施单位 | 和政县第二中学 |")])
    )
    assert [(one.pointer, one.severity) for one in found] == [("/projects", "hint")]
    assert "本单位 1 个项目（100 万元）加上以它为主管部门的其他单位 2 个项目（200 万元）" in found[0].message
    assert [one.severity for one in elsewhere] == ["error"]


@pytest.mark.parametrize(
    ("project", "reason"),
    [
        (None, "没有收到"),
        ("| 实施单位 | 康乐县机关事务管理局 |", "没有收到"),
        ("| 年度资金总额 | 约100 |", "没有填好"),
    ],
)
def test_un05_without_readable_projects_is_not_checked(table, project, reason):
    documents = [table(**AGENCY), *([table(project)] if project else [])]
    verdict = checking.check_all(documents, "campaign")[0]
    assert [reason in one.reason for one in verdict.not_checked if one.rule == "UN05"] == [True]


@pytest.mark.parametrize(
    ("project", "said"),
    [
        (None, "没有收到“和政县机关事务管理局”的项目表"),
        ("| 上年结转资金 |  |", "有 1 个项目没有填上年结转资金"),
        ("| 其他资金 |  |\n| 上年结转资金 | 9 |", "有 1 个项目没有填其他资金"),
    ],
)
def test_un06_sources_that_nobody_stated_are_not_said_to_be_in_order(table, project, said):
    documents = [table(**AGENCY), *([table(project)] if project else [])]
    verdict = checking.check_all(documents, "campaign")[0]
    assert [said in one.reason for one in verdict.not_checked if one.rule == "UN06"] == [True]


def test_un06_a_sum_that_is_too_large_is_told_also_where_a_project_left_the_source_blank(table):
    documents = [
        table("| 上年结转资金 | 0 |", **AGENCY),
        table("| 上年结转资金 | 9 |"),
        table("| 项目名称 | 水费 |\n| 上年结转资金 |  |"),
    ]
    found = [one for one in checking.check_all(documents, "campaign")[0].findings if one.rule == "UN06"]
    assert [one.pointer for one in found] == ["/carryover_funds"]


def test_fi03_a_table_without_a_unit_is_a_warning_and_costs_are_not_compared(table):
    verdict = checking.check(table(money=None))
    assert [(one.rule, one.severity) for one in verdict.findings] == [("FI03", "warning")]
    assert "CO01" in {one.rule for one in verdict.not_checked}


def test_go02_says_of_an_empty_phrase_that_it_is_empty(table):
    for goal, said in (("进一步提高工作水平，促进各项工作开展", "套话"), ("树立政府良好形象", "复制")):
        (found,) = [
            one for one in checking.check(table(f"| 目标1 | {goal} |")).findings if one.rule == "GO02"
        ]
        assert said in found.message


def test_st07_offers_to_decline_for_the_costs_alone(table):
    for level1, declined in (("成本指标", True), ("效益指标", False), ("满意度指标", False)):
        text = "\n".join(line for line in rows().splitlines() if level1 not in line)
        (found,) = [one for one in checking.check(table(text)).findings if one.rule == "ST07"]
        assert ("不涉及" in found.suggestion) == declined


@pytest.mark.parametrize("level2", ["数量指标", "质量指标", "时效指标"])
def test_st07_a_sort_of_output_that_is_missing_is_one_hint(table, level2):
    text = "\n".join(line for line in FULL.splitlines() if level2 not in line)
    (found,) = checking.check(table(text)).findings
    assert (found.rule, found.severity, found.pointer) == ("ST07", "hint", "/indicators")
    assert f"没有{level2}" in found.message


def test_st07_a_sort_of_cost_or_benefit_may_be_missing(table):
    text = "\n".join(line for line in FULL.splitlines() if "生态" not in line and "社会成本" not in line)
    assert not checking.check(table(text)).findings


@pytest.mark.parametrize(
    ("shown", "pointer"),
    [
        ("| 目标1 | 完成2023年统办楼电费缴纳 |", "/goals/0"),
        ("| 目标1 | 完成2023年统办楼电费缴纳任务，按时足额，验收合格率达到100%，累计节电 |", "/goals/0"),
        ("| 项目名称 | 2022年各统办楼电费 |\n| 目标1 | 按时足额缴纳2022年电费 |", "/project_name"),
        ("| 产出指标 | 时效指标 | 2023年电费缴清时限 | ≤10天 |\n" + FULL_ROWS, "/indicators/0/name"),
        ("| 目标1 | 2021年以来电费不拖欠，按时足额缴纳电费 |", None),
        ("| 目标1 | 续建2023年统办楼电费计量项目 |", None),
        ("| 目标1 | 电费比2023年下降 |", None),
        ("| 目标1 | 缴纳2023年和2024年电费 |", None),
        ("| 目标1 | 落实2022年第5号文件，足额缴纳电费 |", None),
        ("| 项目名称 | 2022—2024年各统办楼电费 |", None),
        ("| 项目名称 | 2023年度绩效考核奖金和电费 |", None),
        ("| 项目名称 | 2012年各统办楼电费 |", None),
    ],
)
def test_go05_an_earlier_year_is_one_hint(table, shown, pointer):
    funds = "| 上年结转资金 | 0 |\n| 当年财政拨款 | 100 |\n"
    found = [one for one in checking.check(table(funds + shown)).findings if one.rule == "GO05"]
    assert [(one.pointer, one.severity) for one in found] == ([(pointer, "hint")] if pointer else [])


def test_go05_money_carried_over_may_be_for_an_earlier_year(table):
    assert not checking.check(table("| 目标1 | 完成2023年统办楼电费缴纳 |")).findings


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("工程验收合格率 | ＝100%", "项目工程验收合格率 | ≥95%", True),
        ("项目区群众参与率 | ≥90%", "项目区群众的参与率 | ≥95%", True),
        ("工程验收合格率 | ≥95%", "项目工程验收合格率 | ≥95%", False),
        ("工程验收合格率 | ≥95%", "设备验收合格率 | ＝100%", False),
        ("项目个数 | ≥3个", "个数 | ≥5个", False),
        ("资金到位率 | ≥95%", "本级资金到位率 | ＝100%", False),
        ("工程验收合格次数 | ≥2次", "项目工程验收合格次数 | ≥9个", False),
    ],
)
def test_in02_names_that_differ_in_empty_words(table, one, other, same):
    text = f"| 产出指标 | 质量指标 | {one} |\n| 产出指标 | 质量指标 | {other} |\n" + FULL_ROWS
    found = [each for each in checking.check(table(text)).findings if each.rule == "IN02"]
    assert [(each.pointer, each.severity) for each in found] == [("/indicators/1/name", "warning")] * same


def test_in02_across_level2_words_of_an_agency_is_a_warning(table):
    text = """
        | 能力建设 | 维修 | 加强业务培训 | >50人次 |
        | 能力建设 | 后厨 | 加强业务培训 | >150人次 |
        """
    found = checking.check(table(text, **AGENCY)).findings
    assert [(one.rule, one.severity) for one in found if one.rule[:3] == "IN0" and one.rule < "IN03"] == [
        ("IN02", "warning")
    ]


def test_names_that_decline_are_no_duplicates(table):
    text = rows(name="不涉及", target="不涉及") + "| 成本指标 | 社会成本指标 | 不涉及 | |"
    assert checking.check(table(text)).findings == ()


def test_an_offered_fix_is_what_the_rule_accepts(table):
    found = checking.check(table(rows(target="≤ 1 万元"))).findings
    fix = found[0].fix
    assert fix.before == "≤ 1 万元"
    assert checking.check(table(rows(target=fix.after))).findings == ()


@pytest.mark.parametrize(
    ("name", "target", "severity", "better"),
    [
        ("电费缴纳时限", "7天", "warning", "“≤7天”"),
        ("设备使用年限", "5年", "warning", "“≥5年”"),
        ("验收合格率", "98%", "warning", "“≥98%”"),
        ("验收合格率", "100%", "hint", "“＝100%”"),
        ("安全事故起数", "0起", "hint", "“＝0起”"),
        ("保障车辆数量", "70辆", "warning", "“＝70辆”"),
        ("改造教室数量", "约60间", "warning", "“≥60间”"),
    ],
)
def test_va01_suggests_the_operator_that_the_name_asks_for(table, name, target, severity, better):
    found = checking.check(table(rows("产出指标", "时效指标", name, target))).findings
    (one,) = [each for each in found if each.rule == "VA01"]
    assert one.severity == severity
    assert better in one.suggestion


@pytest.mark.parametrize(
    ("goal", "level2", "shown", "told"),
    [
        ("更换办公楼电梯10台", "数量指标", "更换电梯数量 | ≥8台", "10台"),
        ("更换办公楼电梯10台", "数量指标", "更换电梯数量 | ≥10台", ""),
        ("更换办公楼电梯10台，其中货梯2台", "数量指标", "更换电梯数量 | ≥8台", "10台"),
        ("举办干部培训班3期，培训干部1,200人次", "数量指标", "培训干部人次 | ≥1000人次", "1,200人次"),
        ("培训干部0.12万人次", "数量指标", "培训干部人次 | ≥1200人次", ""),
        ("培训干部1.2万人次", "数量指标", "培训干部人次 | ≥1200人次", "1.2万人次"),
        ("维修10个活动室", "数量指标", "维修活动室数量 | ≥8个", "10个"),
        ("维修10个社区的活动室", "数量指标", "维修活动室数量 | ≥8个", ""),
        ("电梯验收合格率达到100%", "质量指标", "电梯验收合格率 | ≥95%", "100%"),
        ("电梯验收合格率达到100%", "质量指标", "电梯完好率 | ≥95%", ""),
        ("去年更换电梯10台", "数量指标", "更换电梯数量 | ≥8台", ""),
        ("现有电梯10台", "数量指标", "更换电梯数量 | ≥8台", ""),
        ("每月检修电梯2次", "数量指标", "检修电梯次数 | ≥24次", ""),
        ("更换电梯8-10台", "数量指标", "更换电梯数量 | ≥8台", ""),
        ("更换电梯约10台", "数量指标", "更换电梯数量 | ≥8台", ""),
        ("更换一号楼电梯4台，更换二号楼电梯6台", "数量指标", "更换电梯数量 | ≥10台", ""),
        ("更换办公楼电梯10台", "数量指标", "检修水泵台数 | ≥8台", ""),
        ("更换电梯10台", "数量指标", "电梯故障次数 | ≤2次", ""),
        ("建成2026年电梯改造项目", "数量指标", "更换电梯数量 | ≥8台", ""),
    ],
)
def test_go06_a_goal_and_its_indicator_state_one_figure(table, goal, level2, shown, told):
    rows = FULL_ROWS.replace(
        {"数量指标": "供电办公楼数量 | =2栋", "质量指标": "电费足额缴纳率 | =100%"}[level2], shown
    )
    found = [
        one for one in checking.check(table(f"| 目标1 | {goal} |\n{rows}")).findings if one.rule == "GO06"
    ]
    assert [one.severity for one in found] == ["hint"] * bool(told)
    assert all(f"“{told}" in one.message and "目标1" in one.message for one in found)


def test_go06_two_rows_for_one_thing_may_share_its_figure(table):
    rows = f"{FULL_ROWS}\n| 产出指标 | 数量指标 | 更换客梯数量 | ≥6台 |\n| 产出指标 | 数量指标 | 更换货梯数量 | ≥4台 |"
    found = checking.check(table(f"| 目标1 | 更换客梯和货梯10台 |\n{rows}")).findings
    assert not [one for one in found if one.rule == "GO06"]


def test_a_table_of_very_many_rows_takes_no_more_time_for_each(table):
    """A row for every village, and a goal with figures: each row was once held against every other."""
    document = table(f"| 目标1 | 完成供水管网改造12公里，漏损率降到10%以下 |\n{FULL_ROWS}")
    *_, last = document.values["indicators"]
    many = [last | {"name": f"第{number}村居民满意度", "target": "≥90%"} for number in range(4000)]
    begun = time.process_time()
    checking.check(replace(document, values=document.values | {"indicators": many}))
    assert time.process_time() - begun < 3
