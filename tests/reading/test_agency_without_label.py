"""The agency's name with its budget code in a line below the title, as systems print it, without a label."""

import pytest
from written import sheet

from jixiao import reading
from jixiao.model import Book


def read(line, *more):
    found, _ = reading.read(
        Book(
            (
                sheet(
                    "部门预算项目绩效目标表 | < | < | < | <",
                    *more,
                    f"{line} | < | < | 单位：万元 | <",
                    "项目编码 | 13000026P001 | 项目名称 | 校园安全维护 | <",
                    "预算规模 | 预算数 | 60 | 其中：财政资金 | 60",
                    "绩效目标 | 维护校园监控点位392个 | < | < | <",
                    "一级指标 | 二级指标 | 三级指标 | 指标值 | 指标值确定依据",
                    "产出指标 | 数量指标 | 维护监控点位数量 | ≥392个 | 工作计划",
                ),
            )
        )
    )
    return found[0]


@pytest.mark.parametrize(
    "line", ["512001某县教育局机关", "512001-某县第一中学", "[512001]某县教育局", "某县教育局（512001）"]
)
def test_it_is_the_agency(line):
    document = read(line)
    assert (document.values["agency"], document.cells["/agency"]) == (line, "A2")
    document = read(line, "2026年度 | < | < | < | <")
    assert (document.values["agency"], document.cells["/agency"]) == (line, "A3")


@pytest.mark.parametrize("line", ["某县教育局", "2026年部门预算", "512001", "表号：12001", "某县财政局 2026"])
def test_a_line_without_a_code_or_a_name_is_none(line):
    assert read(line).values["agency"] is None


def test_one_that_is_labelled_comes_first():
    document = read("512001某县教育局机关", "实施单位 | 某县第一中学 | < | < | <")
    assert document.values["agency"] == "某县第一中学"
