"""A label with more in it than the known one: brackets in the middle, the code that a name is asked for with."""

import pytest
from written import sheet

from jixiao import reading
from jixiao.model import Book
from jixiao.reading.words import known_labels, label_key


def documents(*lines):
    found, _ = reading.read(Book((sheet(*lines),)))
    return found


@pytest.mark.parametrize(
    ("printed", "label"),
    [
        ("项目（政策）名称", "项目名称"),
        ("项目(课题)名称：", "项目名称"),
        ("主管部门名称及编码", "主管部门名称"),
        ("主管部门（单位）及代码", "主管部门及代码"),
        ("实施单位和代码", "实施单位"),
        ("预算单位编码及名称", "预算单位名称"),
        ("项目名称/编码", "项目名称"),
        ("（一）其他（自筹）资金（万元）", "其他资金"),
    ],
)
def test_a_label_is_the_known_one_without_what_is_more_in_it(printed, label):
    assert label_key(printed) == label_key(label)
    assert label_key(printed) in known_labels()


@pytest.mark.parametrize(
    "text",
    [
        "部门（单位）名称",
        "单位（专项）名称",
        "主管部门及代码",
        "上年结转（结余）资金",
        "绿化（二期）工程",
        "上年（2025）结转资金",
        "单位（本级）名称",
        "省级（第三批）专项资金",
        "代码及名称",
        "项目编码",
    ],
)
def test_what_is_known_with_it_or_unknown_without_stays_as_it_is(text):
    assert label_key(text) == text.replace("（", "").replace("）", "")


def test_a_form_of_policies_and_projects_is_read_under_its_own_title():
    (document,) = documents(
        "部门预算项目（政策）绩效目标情况表 | < | < | < | < | <",
        "2026年度 | < | < | < | 金额单位：万元 | <",
        "项目（政策）名称 | 河道清淤 | < | < | < | <",
        "主管部门名称及编码 | 301_某市水务局 | < | 实施单位 | 某市河道管理处 | <",
        "年度资金总额 | 110 | 其中：财政拨款 | 100 | 其他（自筹）资金 | 10",
        "总体目标 | 清淤河道12公里 | < | < | < | <",
        "绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 完成时限",
        "^ | 产出指标 | 数量指标 | 清淤河道长度 | ≥12公里 | 2026年10月",
    )
    values = document.values
    assert (values["project_name"], document.cells["/project_name"]) == ("河道清淤", "B3")
    assert (values["department"], values["department_code"]) == ("某市水务局", "301")
    assert (values["total_funds"], values["fiscal_funds"], values["other_funds"]) == ("110", "100", "10")
    assert not [one for one in document.notes if one.severity == "error"]


AGENCY_LIST = (
    "单位（专项）名称 | 资金总额 | 一级指标 | 二级指标 | 三级指标 | 指标值",
    "某县林业局 | 80 | | | |",
    "松材线虫病防治 | 80 | 产出指标 | 数量指标 | 防治面积 | ≥3万亩",
)


def test_a_list_of_agencies_and_their_projects_in_one_column_stays_one():
    (document,) = documents("项目支出绩效目标表", *AGENCY_LIST)
    assert (document.values["agency"], document.values["project_name"]) == ("某县林业局", "松材线虫病防治")


def test_whose_list_it_is_may_be_said_of_a_department_or_unit():
    (document,) = documents(
        "项目支出绩效目标表", "部门/单位：某区市场监管局 | | | 2026年度 | | 单位：万元",
        "项目名称 | 项目预算 | 一级指标 | 二级指标 | 三级指标 | 指标值",
        "食品抽检 | 60 | 产出指标 | 数量指标 | 抽检批次 | ≥800批次",
    )  # fmt: skip
    assert (document.values["agency"], document.cells["/agency"]) == ("某区市场监管局", "A2")


@pytest.mark.parametrize("label", ["项目代码及名称", "项目名称及编码", "项目编码与名称"])
@pytest.mark.parametrize("code", ["62000021P000000000123", "62000021"])
def test_a_name_may_stand_behind_its_code_in_a_cell_of_its_own(label, code):
    lines = (
        "项目支出绩效目标表 | < | < | < | <",
        "（2026年度） | < | < | < | <",
        f"{label} | {code} | 河道清淤 | < | <",
        "主管部门 | 某市水务局 | < | 实施单位 | 某市河道管理处",
        "年度资金总额（万元） | 110 | < | < | <",
        "总体目标 | 清淤河道12公里 | < | < | <",
        "绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值",
        "^ | 产出指标 | 数量指标 | 清淤河道长度 | ≥12公里",
    )
    (document,) = documents(*lines)
    assert (document.values["project_name"], document.cells["/project_name"]) == ("河道清淤", "C3")
    (document,) = documents(*lines[:2], f"{label} | {code} | < | < | <", *lines[3:])
    assert document.values["project_name"] == code


@pytest.mark.parametrize(
    "name", ["上年（2025）结转资金", "其他（政府购买）资金", "其他资金", "单位（食堂）资金"]
)
def test_a_project_that_is_called_as_a_label_is_none(name):
    (document,) = documents(
        "项目支出绩效目标表 | < | < | < | <",
        "（2026年度） | < | < | < | <",
        f"项目名称 | {name} | < | < | <",
        "主管部门及代码 | 某县城管局 | 实施单位 | 某县园林处 | <",
        "项目资金（万元） | 年度资金总额 | 110 | < | <",
        "^ | 其中：当年财政拨款 | 100 | < | <",
        "^ | 上年结转资金 | 4 | < | <",
        "^ | 其他资金 | 6 | < | <",
        "总体目标 | 养护绿地100亩 | < | < | <",
        "绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值",
        "^ | 产出指标 | 数量指标 | 绿地面积 | ≥100亩",
    )
    values = document.values
    assert (values["project_name"], document.cells["/project_name"]) == (name, "B3")
    assert (values["carryover_funds"], values["other_funds"]) == ("4", "6")
    assert (document.cells["/carryover_funds"], document.cells["/other_funds"]) == ("C7", "C8")


@pytest.mark.parametrize("agency", ["单位（本级）名称", "主管（县级）部门"])
def test_an_agency_that_is_called_as_a_label_stands_in_its_cell(agency):
    (document,) = documents(
        "项目支出绩效目标表 | < | < | < | <",
        "项目名称 | 绿化养护 | < | < | <",
        f"主管部门及代码 | 某县城管局 | 实施单位 | {agency} | <",
        "年度资金总额 | 110 | < | < | <",
        "绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值",
        "^ | 产出指标 | 数量指标 | 绿地面积 | ≥100亩",
    )
    assert (document.values["agency"], document.cells["/agency"]) == (agency, "D3")
