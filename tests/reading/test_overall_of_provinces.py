"""Unit forms (整体支出绩效目标表) as provinces print them: their titles, and which 合计 is whose."""

import pytest
from written import copied, sheet

from jixiao import checking, reading
from jixiao.model import Book

HUBEI = (
    "部门整体绩效目标申报表 | < | < | < | < | <",
    "（2026年度） | < | < | < | < | <",
    "部门名称 | < | 鄂城区水务局 | < | < | <",
    "部门总体资金情况（万元） | < | 总体资金情况 | < | 当年金额 | 占比",
    "^ | ^ | 收入构成 | 财政拨款 | 980 | 98%",
    "^ | ^ | ^ | 其他资金 | 20 | 2%",
    "^ | ^ | ^ | 合计 | 1000 | 100%",
    "^ | ^ | 支出构成 | 人员类项目 | 500 | 50%",
    "^ | ^ | ^ | 运转类项目 | 100 | 10%",
    "^ | ^ | ^ | 合计 | 1010 | 100%",
    "项目支出情况 | < | 项目名称 | 项目类型 | 项目总预算 | 项目本年度预算",
    "^ | ^ | 河道整治 | 特定目标类 | 900 | 400",
    "年度目标 | < | 完成河道整治12公里 | < | < | <",
    "年度绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 指标值确定依据",
    "^ | 产出指标 | 数量指标 | 整治河道长度 | ≥12公里 | 年度计划",
)


def test_the_projects_within_a_unit_form_do_not_make_it_that_of_a_project():
    ((document,), _) = reading.read(Book((sheet(*HUBEI),)))
    values, cells = document.values, document.cells
    assert (document.form, values["agency"], cells["/agency"]) == ("agency_overall", "鄂城区水务局", "C3")
    assert (values["income_total"], cells["/income_total"]) == ("1000", "E7")
    assert (values["expenditure_total"], cells["/expenditure_total"]) == ("1010", "E10")
    assert (values["fiscal_funds"], values["personnel"]) == ("980", "500")


@pytest.mark.parametrize(
    ("label", "projects"),
    [("部门预算支出", "项目支出"), ("单位支出预算", "项目经费"), ("部门预算支出总额", "项目类支出")],
)
def test_the_total_of_a_units_expenditure_has_many_names(label, projects):
    ((document,), _) = reading.read(
        Book(
            (
                sheet(
                    "部门整体支出绩效目标申报表 | < | < | < | <",
                    "（2026年度） | < | < | < | <",
                    "部门名称 | 某市审计局 | < | < | <",
                    f"预算整体情况（万元） | {label} | 900 | 财政拨款 | 880",
                    "^ | 其中：基本支出 | 600 | 其他资金 | 20",
                    f"^ | {projects} | 300 | < | <",
                    "总体绩效目标 | 完成审计项目40个 | < | < | <",
                    "年度绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值",
                    "^ | 产出指标 | 数量指标 | 审计项目数量 | ≥40个",
                ),
            )
        )
    )
    told = [document.values[name] for name in ("expenditure_total", "basic", "projects", "fiscal_funds")]
    assert told == ["900", "600", "300", "880"]


def test_what_the_place_itself_gives_is_part_of_what_the_treasury_does():
    ((document,), _) = reading.read(
        Book(
            (
                sheet(
                    "2026年项目支出绩效目标表 | < | < | < | <",
                    "编制单位： | 石柱县林业局 | < | 单位：万元 | <",
                    "项目名称 | 森林防火 | < | 业务主管部门 | 石柱县林业局",
                    "当年预算（万元） | 180 | < | 本级安排（万元） | 150",
                    "^ | ^ | < | 上级补助（万元） | 30",
                    "当年绩效目标 | 巡护林地9万亩 | < | < | <",
                    "绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值",
                    "^ | 产出指标 | 数量指标 | 巡护面积 | ≥9万亩",
                ),
            )
        )
    )
    assert (document.values["total_funds"], document.values["fiscal_funds"]) == ("180", "180")


HENAN = (
    "部门（单位）整体绩效目标表 | < | < | < | <",
    "（2026年度） | < | < | < | <",
    "部门（单位）名称 | < | 某县司法局 | < | <",
    "年度履职目标 | < | 办理法律援助案件300件 | < | <",
    "预算情况 | < | 部门预算总额（万元） | 500 | <",
    "^ | < | 1.资金来源：（1）政府预算资金 | 500 | <",
    "^ | < | 2.资金结构：（1）基本支出 | 300 | <",
    "^ | < | （2）项目支出 | 200 | <",
    "一级指标 | 二级指标 | < | 三级指标 | 指标值",
    "{} | 预算和财务管理 | < | 预算执行率 | ≥95%",
    "{} | 重点工作任务完成 | < | 法律援助案件数 | ≥300件",
)


@pytest.mark.parametrize("words", [("投入管理指标", "产出指标"), ("决策", "履职"), ("投入管理指标", "过程")])
def test_a_frame_of_a_places_own_is_no_error(words):
    rows = [*HENAN[:-2], *(line.format(word) for line, word in zip(HENAN[-2:], words, strict=True))]
    ((document,), _) = reading.read(Book((sheet(*rows),)))
    findings = checking.check(document).findings
    assert [one["level1"] for one in document.values["indicators"]] == list(words)
    assert {one.severity for one in findings if "level1" in one.pointer} == {"hint"}
    assert not [one for one in findings if one.severity == "error"]


@pytest.mark.parametrize("words", [("部门管理", "履职效过"), ("决策", "能力建设")])
def test_a_strange_word_in_our_frame_or_a_slip_stays_one(words):
    rows = [*HENAN[:-2], *(line.format(word) for line, word in zip(HENAN[-2:], words, strict=True))]
    ((document,), _) = reading.read(Book((sheet(*rows),)))
    assert [one.rule for one in checking.check(document).findings if one.severity == "error"] == ["SC03"]


HUNAN = (
    "整体支出绩效目标表 | < | < | < | < | < | < | < | <",
    "单位名称 | 年度预算申请 | < | < | 整体绩效目标 | 部门整体支出年度绩效目标 | < | < | <",
    "^ | 资金总额 | 按支出性质分 | < | ^ | 一级指标 | 二级指标 | 三级指标 | 指标值",
    "^ | ^ | 基本支出 | 项目支出 | ^ | ^ | ^ | ^ | ^",
    "某县水务局 | 100 | 60 | 40 | 保障供水 | 产出指标 | 数量指标 | 供水管道长度 | ≥10公里",
)


@pytest.mark.parametrize("merged", [True, False])
def test_a_list_of_agencies_below_headings_in_three_rows_is_told_and_no_heading_is_read_as_a_value(merged):
    documents, (remark,) = reading.read(Book((sheet(*HUNAN, merged=merged),)))
    assert not documents
    assert "单位整体支出绩效目标的清单" in remark


@pytest.mark.parametrize("label", ["预算金额", "年度预算总额", "支出预算金额", "资金总量"])
def test_the_amount_right_before_its_uses_is_the_total_whatever_it_is_called(label):
    lines = (
        "部门整体绩效目标表 | < | < | < | < | <",
        "（2026年） | < | < | < | 单位：万元 | <",
        "部门名称 | 某市教育局 | < | < | < | <",
        f"{label} | 1000 | 其中：基本支出 | 600 | 项目支出 | 400",
        "年度总体目标 | 新增学位2000个 | < | < | < | <",
        "一级指标 | 二级指标 | 三级指标 | 指标值 | < | 权重",
        "产出指标 | 数量指标 | 新增学位数 | ≥2000个 | < | 20",
    )
    ((document,), _) = reading.read(Book((sheet(*lines),)))
    told = [document.values[name] for name in ("expenditure_total", "basic", "projects")]
    assert (told, document.cells["/expenditure_total"]) == (["1000", "600", "400"], "B4")


def test_a_figure_of_people_before_the_uses_is_no_total():
    lines = (
        "部门整体绩效目标表 | < | < | < | < | <",
        "（2026年） | < | < | < | 单位：万元 | <",
        "部门名称 | 某市教育局 | < | < | < | <",
        "在职人数 | 1000 | 其中：基本支出 | 600 | 项目支出 | 400",
        "年度总体目标 | 新增学位2000个 | < | < | < | <",
        "一级指标 | 二级指标 | 三级指标 | 指标值 | < | 权重",
        "产出指标 | 数量指标 | 新增学位数 | ≥2000个 | < | 20",
    )
    ((document,), _) = reading.read(Book((sheet(*lines),)))
    assert document.values["expenditure_total"] is None


ABOVE = (
    "单位整体支出绩效目标表 | < | < | < | < | <",
    "（2026年度） | < | < | < | < | <",
    "单位名称 | < | 某县水务局 | < | < | <",
)
HALVES = (
    "^ | 基本支出 | 人员经费 | 60 | 当年财政拨款 | 90",
    "^ | ^ | 公用经费 | 20 | 上年结转资金 | 7",
    "^ | ^ | 小计 | 80 | 其他资金 | 3",
    "^ | 项目支出 | < | 20 | 收入合计 | 100",
    "^ | 合计 | < | 100 | |",
)
LAST = (
    "绩效指标 | 一级指标 | 二级指标 | < | 三级指标 | 指标值",
    "^ | 履职效果 | 部门履职目标 | < | 供水保证率 | ≥98%",
)


@pytest.mark.parametrize("how", ["merged", "parted", "filled"])
@pytest.mark.parametrize("word", ["部门预算支出", "年度支出预算", "支出预算总额"])
@pytest.mark.parametrize("heads", ["a column", "all rows"])
def test_what_heads_the_uses_is_not_their_total(heads, word, how):
    column = f"预算情况（万元） | {word} | < | 金额 | 部门预算收入 | 金额"
    first = (column, *HALVES) if heads == "a column" else (f"{word}{HALVES[0][1:]}", *HALVES[1:])
    lines = (*ABOVE, *first, *LAST)
    lines = copied(lines) if how == "filled" else lines
    ((document,), _) = reading.read(Book((sheet(*lines, merged=how == "merged"),)))
    row = len(ABOVE) + len(first)
    names = ("basic", "projects", "income_total", "expenditure_total")
    assert [document.values[name] for name in names] == ["80", "20", "100", "100"]
    assert document.cells["/expenditure_total"] == f"D{row}"


def test_a_total_left_blank_beside_that_of_the_income_is_left_blank():
    lines = (
        *ABOVE,
        f"预算情况{HALVES[0][1:]}",
        *HALVES[1:-2],
        "^ | 项目支出 | < | 20 | |",
        "^ | 支出预算合计 | < | | 收入预算合计 | 100",
        *LAST,
    )
    ((document,), _) = reading.read(Book((sheet(*lines),)))
    assert (document.values["expenditure_total"], document.cells["/expenditure_total"]) == (None, "D8")
    assert document.values["income_total"] == "100"


def test_an_agency_that_is_called_as_a_total_breaks_nothing():
    below = ("^ | 项目支出 | < | 20 | |", *LAST)
    lines = (
        *ABOVE[:2],
        "单位名称 | < | 资金总额 | < | < | <",
        f"预算情况{HALVES[0][1:]}",
        *HALVES[1:3],
        *below,
    )
    ((document,), _) = reading.read(Book((sheet(*lines),)))
    assert (document.values["agency"], document.values["projects"]) == ("资金总额", "20")
