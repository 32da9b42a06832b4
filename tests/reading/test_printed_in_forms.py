"""What a place prints in its form for those who fill it in, and years over the columns of money."""

import pytest
from written import sheet

from jixiao import checking, reading
from jixiao.model import Book

HEAD = (
    "2026年项目支出绩效目标申报表 | < | < | < | <",
    "项目名称 | 公厕建设 | < | < | <",
    "主管部门及代码 | 某县住建局（301） | < | 实施单位 | 某县环卫站",
)
FUNDS = ("项目资金（万元） | 年度资金总额 | 126 | < | <", "^ | 财政拨款 | 126 | < | <")
HEADING = "绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值"
ROWS = (
    "^ | 成本指标 | 经济成本指标 | 单座成本 | ≤3万元/座",
    "^ | 产出指标 | 数量指标 | 公厕数量 | ≥42座",
)


def document(*lines, **kinds):
    ((found,), _) = reading.read(Book((sheet(*lines, **kinds),)))
    return found


def test_years_over_the_columns_of_money_are_not_the_year_of_the_table():
    found = document(
        *HEAD,
        "项目资金（万元） | 资金来源 | 2026年 | 2027年 | 2028年",
        "^ | 年度资金总额 | 126 | 130 | 135",
        "^ | 当年财政拨款 | 120 | 130 | 135",
        "总体目标 | 建设公厕42座 | < | < | <",
        HEADING,
        *ROWS,
    )
    assert (found.values["year"], found.cells["/year"]) == (2026, "A1")
    assert (found.values["total_funds"], found.values["fiscal_funds"]) == ("126", "120")


@pytest.mark.parametrize("merged", [True, False])
def test_how_to_fill_in_the_columns_is_no_indicator(merged):
    found = document(
        *HEAD,
        *FUNDS,
        "总体目标 | 建设公厕42座 | < | < | <",
        HEADING,
        "^ | （下拉选择） | （下拉选择） | （不超过30字） | （含符号和单位）",
        *ROWS,
        merged=merged,
    )
    assert [one["name"] for one in found.values["indicators"]] == ["单座成本", "公厕数量"]
    assert [one["level1"] for one in found.values["indicators"]] == ["成本指标", "产出指标"]


def test_dots_on_a_line_of_their_own_are_no_part_of_a_goal():
    goal = "目标1：建设公厕42座\\n目标2：受益人口2万人\\n……"
    found = document(*HEAD, *FUNDS, f"总体目标 | {goal} | < | < | <", HEADING, *ROWS)
    assert found.values["goals"] == ["建设公厕42座", "受益人口2万人"]


def test_names_below_their_labels_are_not_two_projects():
    found = document(
        "项目支出绩效目标表（2026年度）",
        "项目名称 | 主管部门及代码 | 实施单位 | 年度资金总额（万元）",
        "公厕建设 | 某县住建局（301） | 某县环卫站 | 126",
        "当年财政拨款（万元） | 上年结转资金（万元） | 其他资金（万元） | 项目期",
        "126 | 0 | 0 | 1年",
        "总体目标 | 建设公厕42座 | < | <",
        "一级指标 | 二级指标 | 三级指标 | 指标值",
        "产出指标 | 数量指标 | 公厕数量 | ≥42座",
    )
    assert (found.values["project_name"], found.values["agency"]) == ("公厕建设", "某县环卫站")
    assert not [one for one in checking.check(found).findings if "个项目" in one.message]


LEVELS = [
    ("成本指标", "经济成本指标", "单座成本"),
    ("产出指标", "数量指标", "公厕数量"),
    ("产出指标", "质量指标", "验收合格率"),
    ("满意度指标", "服务对象满意度指标", "居民满意度"),
]


def levels(found):
    return [(one["level1"], one["level2"], one["name"]) for one in found.values["indicators"]]


@pytest.mark.parametrize("merged", [True, False])
def test_each_level_1_may_have_a_caption_and_headings_of_its_own(merged):
    headings = "序号 | 二级指标 | 三级指标 | 指标值 | 备注"
    found = document(
        *HEAD,
        *FUNDS,
        "总体目标 | 建设公厕42座 | < | < | <",
        "一、成本指标 | < | < | < | <",
        headings,
        "1 | 经济成本指标 | 单座成本 | ≤3万元/座 |",
        "二、产出指标 | < | < | < | <",
        headings,
        "1 | 数量指标 | 公厕数量 | ≥42座 |",
        "2 | 质量指标 | 验收合格率 | ≥98% |",
        "三、满意度指标 | < | < | < | <",
        headings,
        "1 | 服务对象满意度指标 | 居民满意度 | ≥90% |",
        merged=merged,
    )
    assert (found.edition, levels(found)) == ("gs-2024", LEVELS)
    assert found.cells["/indicators/2/level1"] == "A10"
    assert not [one for one in checking.check(found).findings if "一级指标" in one.message]


def test_each_level_1_may_stand_alone_in_a_row_below_headings_without_it():
    found = document(
        *HEAD,
        *FUNDS,
        "总体目标 | 建设公厕42座 | < | < | <",
        "绩效指标 | 二级指标 | < | 三级指标 | 指标值",
        "^ | （一）成本指标 | < | < | <",
        "^ | 经济成本指标 | < | 单座成本 | ≤3万元/座",
        "^ | （二）产出指标 | < | < | <",
        "^ | 数量指标 | < | 公厕数量 | ≥42座",
        "^ | 质量指标 | < | 验收合格率 | ≥98%",
        "^ | （三）满意度指标 | < | < | <",
        "^ | 服务对象 | < | 居民满意度 | ≥90%",
    )
    assert levels(found) == LEVELS
    assert not [one for one in checking.check(found).findings if "一级指标" in one.message]


def test_numbers_left_of_level_1_are_targets_where_the_heading_says_so():
    found = document(
        *HEAD,
        *FUNDS,
        "总体目标 | 建设公厕42座 | < | < | <",
        "指标值 | 计量单位 | 一级指标 | 二级指标 | 三级指标",
        "3 | 万元/座 | 成本指标 | 经济成本指标 | 单座成本",
        "42 | 座 | 产出指标 | 数量指标 | 公厕数量",
    )
    assert [one["target"] for one in found.values["indicators"]] == ["3万元/座", "42座"]


GOAL = "总体目标 | 建设公厕42座 | < | < | <"


def test_the_headings_of_a_list_may_be_spaced():
    found, _ = reading.read(
        Book(
            (
                sheet(
                    "2026年项目支出绩效目标公开表",
                    "项 目 名 称 | 项 目 资 金（万元） | 绩 效 指 标 | < | < | <",
                    "^ | ^ | 一 级 指 标 | 二 级 指 标 | 三 级 指 标 | 指 标 值",
                    "公厕建设 | 126 | 产出指标 | 数量指标 | 公厕数量 | ≥42座",
                    "路灯维护 | 64 | 产出指标 | 数量指标 | 路灯数量 | ≥2100盏",
                ),
            )
        )
    )
    assert [one.values["project_name"] for one in found] == ["公厕建设", "路灯维护"]


def test_a_note_right_of_a_merged_table_fills_no_blank():
    found = document(
        *HEAD,
        "项目资金（万元） | 年度资金总额 | 126 | < | < | |",
        "^ | 财政拨款 | 126 | < | < | |",
        "^ | 其他资金 | | < | < | | 请补充",
        f"{GOAL} | | ",
        "^ | | < | < | < | | 只写了一条",
        HEADING,
        *ROWS,
        "^ | 效益指标 | 社会效益指标 | 受益人口 | | | 请补充",
        "^ | 满意度指标 | 服务对象满意度指标 | | | | 请补充",
    )
    assert (found.values["other_funds"], found.values["goals"]) == (None, ["建设公厕42座"])
    assert [(one["name"], one["target"]) for one in found.values["indicators"]][2:] == [
        ("受益人口", None),
        (None, None),
    ]


def test_a_target_one_column_aside_is_still_the_target():
    found = document(*HEAD, *FUNDS, GOAL, HEADING, *ROWS, "^ | 效益指标 | 社会效益指标 | 受益人口 | | ≥2万人")
    assert found.values["indicators"][-1]["target"] == "≥2万人"


def test_texts_filled_into_all_cells_of_their_merge_stand_in_the_first():
    found = document(
        "项目支出绩效目标表 | 项目支出绩效目标表 | 项目支出绩效目标表 | 项目支出绩效目标表",
        "（2026年度） | （2026年度） | （2026年度） | （2026年度）",
        "项目名称 | 公厕建设 | 公厕建设 | 公厕建设",
        "年度资金总额（万元） | 126 | 126 | 126",
        "年度总体目标 | 年度总体目标 | 建设公厕42座 | 建设公厕42座",
        "一、产出指标 | 一、产出指标 | 一、产出指标 | 一、产出指标",
        "二级指标 | 三级指标 | 指标目标值 | 指标目标值",
        "数量指标 | 公厕数量 | ≥42座 | ≥42座",
        merged=False,
    )
    assert (found.values["year"], found.values["goals"]) == (2026, ["建设公厕42座"])
    (indicator,) = found.values["indicators"]
    assert (indicator["level1"], indicator["target"]) == ("产出指标", "≥42座")


def test_two_rows_of_headings_filled_into_all_cells_of_their_merges_are_both_headings():
    found = document(
        *HEAD,
        *FUNDS,
        GOAL,
        "一级指标 | 二级指标 | 三级指标 | 指标值 | 指标值 | 指标值",
        "一级指标 | 二级指标 | 三级指标 | 前年 | 上年 | 预计当年实现",
        "产出指标 | 数量指标 | 公厕数量 | 38座 | 40座 | ≥42座",
        merged=False,
    )
    assert [one["target"] for one in found.values["indicators"]] == ["≥42座"]


def test_labels_in_traditional_characters_are_understood_and_what_was_typed_stays():
    found = document(
        "項目支出績效目標表 | < | < | < | <",
        "（2026年度） | < | < | < | <",
        "項目名稱 | 消防器材更換 | < | < | <",
        "主管部門及代碼 | 某縣應急局（301） | < | 實施單位 | 某縣消防中隊",
        "項目資金（萬元） | 年度資金總額： | 36.5 | < | <",
        "^ | 其中：當年財政撥款 | 36.5 | < | <",
        "^ | 上年結轉資金 | 0 | < | <",
        "^ | 其他資金 | 0 | < | <",
        "總體目標 | 目標1：更換滅火器600具 | < | < | <",
        "績效指標 | 一級指標 | 二級指標 | 三級指標 | 指標值",
        "^ | 成本指標 | 經濟成本指標 | 更換成本 | ≤36.5萬元",
        "^ | 產出指標 | 數量指標 | 更換滅火器 | ≥600具",
        "^ | 滿意度指標 | 服務對象滿意度指標 | 群眾滿意度 | ≥90%",
    )
    values = found.values
    assert (values["project_name"], values["agency"]) == ("消防器材更換", "某縣消防中隊")
    assert (values["total_funds"], values["fiscal_funds"], found.money) == ("36.5", "36.5", "万元")
    assert values["goals"] == ["更換滅火器600具"]
    assert [(one["level1"], one["target"]) for one in values["indicators"]] == [
        ("成本指标", "≤36.5万元"),
        ("产出指标", "≥600具"),
        ("满意度指标", "≥90%"),
    ]
    assert [one.message for one in checking.check(found).findings if "繁体" in one.message]


def test_names_line_by_line_beside_as_many_targets_are_so_many_indicators():
    rows = (
        "^ | 产出指标 | 数量指标 | 公厕数量\\n路灯数量 | ≥42座\\n≥300盏",
        "^ | ^ | 质量指标 | 验收\\n合格率 | ≥98\\n%",
        "^ | 成本指标 | 经济成本指标 | 单座\\n成本 | ≥2万元\\n≤3万元",
    )
    found = document(*HEAD, *FUNDS, GOAL, HEADING, *rows)
    assert [one["name"] for one in found.values["indicators"]] == [
        "公厕数量",
        "路灯数量",
        "验收\n合格率",
        "单座\n成本",
    ]
    assert [one["target"] for one in found.values["indicators"]][:2] == ["≥42座", "≥300盏"]


def test_the_year_may_stand_in_brackets_behind_the_title_and_the_code_before_the_name():
    found = document(
        "项目支出绩效目标表（2026） | < | < | < | <",
        "项目编码及名称 | 62290026001-公厕建设 | < | < | <",
        HEAD[2],
        *FUNDS,
        GOAL,
        HEADING,
        *ROWS,
    )
    assert (found.values["year"], found.values["project_name"]) == (2026, "62290026001-公厕建设")


def test_rows_that_lost_all_their_levels_go_on_with_those_above():
    found = document(
        *HEAD,
        *FUNDS,
        "总体目标 | 建设公厕42座 | | |",
        HEADING,
        " | 成本指标 | 经济成本指标 | 单座成本 | ≤3万元/座",
        " | 产出指标 | 数量指标 | 公厕数量 | ≥42座",
        "路灯数量 | ≥300盏 | | |",
        "质量指标 | 验收合格率 | ≥98% | |",
        "路灯亮灯率 | ≥97% | | |",
        " | 满意度指标 | 服务对象满意度指标 | 居民满意度 | ≥90%",
        "填报人：张三 | 联系电话：12345 | | |",
        merged=False,
    )
    assert [(one["level2"], one["name"], one["target"]) for one in found.values["indicators"]] == [
        ("经济成本指标", "单座成本", "≤3万元/座"),
        ("数量指标", "公厕数量", "≥42座"),
        ("数量指标", "路灯数量", "≥300盏"),
        ("质量指标", "验收合格率", "≥98%"),
        ("质量指标", "路灯亮灯率", "≥97%"),
        ("服务对象满意度指标", "居民满意度", "≥90%"),
    ]


def test_goals_and_rows_that_lost_their_leading_cells_in_a_form_of_2015():
    found = document(
        "项目支出绩效目标表（2026年度）",
        "项目名称 | 病虫害防治 | |",
        "主管部门 | 某县林业局 | 实施单位 | 某县林业站",
        "年度资金总额（万元） | 180 | 财政拨款 | 180",
        "年度目标 | 目标1：防治面积3万亩 | |",
        "目标2：成灾率控制在8‰以内 | | |",
        "绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值",
        " | 产出指标 | 数量指标 | 防治面积 | ≥3万亩",
        "成本指标 | 亩均成本 | ≤60元/亩 | |",
        " | 效益指标 | 生态效益指标 | 成灾率 | ≤8‰",
        " | 满意度指标 | 服务对象满意度指标 | 林农满意度 | ≥90%",
        merged=False,
    )
    assert found.values["goals"] == ["防治面积3万亩", "成灾率控制在8‰以内"]
    assert found.cells["/goals/1"] == "A6"
    assert (found.edition, levels(found)[1]) == ("mof-2015", ("产出指标", "成本指标", "亩均成本"))


def test_a_name_and_its_target_alone_in_the_columns_of_the_levels():
    found = document(
        *HEAD,
        *FUNDS,
        GOAL,
        "一级指标 | 二级指标 | 三级指标 | 指标值",
        "产出指标 | 数量指标 | 公厕数量 | ≥42座",
        "路灯数量 | ≥300盏 | |",
        merged=False,
    )
    assert levels(found)[1] == ("产出指标", "数量指标", "路灯数量")
