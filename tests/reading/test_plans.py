"""A sheet read by the plan of an earlier one gives the very document that the full reading gives."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jixiao import drawing, forms, reading, resources
from jixiao.model import Book, Grid
from jixiao.reading import plans

EXAMPLES = [json.loads(resources.text(name)) for name in resources.names("templates/examples/*.json")]
EXAMPLES.append({**EXAMPLES[2], "edition": "mof-2015", "sheet": "2015"})
# What a clerk may have typed anywhere, and what means something to reading when it stands in the wrong place.
ODD = (
    None, "", " ", "项目名称", "实施单位：某局", "主管部门代码", "总体", "目标", "目标1：", "目标2：甲", "目标3", "一级指标", "三级指标",
    "指标值", "成本指标", "产出", "质量指标", "数量指标(10分)", "服务对象满意度", "效益", "合计", "基本支出", "年度", "2024年度", "（2023年度）",
    "2024", "2024年", "二〇二四年", "（    年度）", "单位：元", "（元）", "金额单位", "元", "万元", "项目支出绩效目标表", "自评表", "水表更换", "注：略",
    "备注", "填报人：张三", "填报日期", "第2页", "附件1", "项目二", "某局（123001）", "某局123001", "123001-某局", "123001", "1.甲", "一、甲", "、甲",
    "①甲", "（一）", "其中", "其中：当年财政拨款", "其他资金", "单位", "≥", "%", "≥95%", "7天", "12", "*", "……", "XX", "指标1", "指标", "绩效",
    "不涉及", "甲；乙", "甲。目标2：乙", "目标1：甲 目标2：乙", "甲\n乙", "1.甲\n2.乙", "1.≥1个\n2.≥2个", " 甲", "甲　", "甲\u200b", "\\geq 5", "$5$", "100", "1,000", "50万元", "甲" * 250,
    "上年预算数", "本年预算数", "2026年预算", "上年", "本年", "小计", "值", "绩效标准", "自有资金", "财政拨款", "50", "项目资金总额", "年度资金申请总额",
    "财政拨款10万元，其他资金5万元，共15万元", "一般公共预算拨款", "2024年公务用车运行经费", "2024年专项资金", "项目总投资",
    "年度预算（元）", "水费（元）", "（人民币：元）", "单位：人民币元", "RMB元", "元人民币", "（元/年）", "人民币单位：万元",
    "1", "1、", "（1）", "①", "编号", "目标内容", "类别", "一、产出指标", "经济", "效益指标", "产出指",
    "序号", "名称", "单价", "金额（万元）", "规格", "测算依据", "专家意见", "分管领导", "其他指标", "资金情况", "第二块",
    0, 0.0, -0.0, 1, 1.0, True, 2024.0, 123001.0, 50.5, 1e20,
)  # fmt: skip


@pytest.fixture(autouse=True)
def forgotten():
    """Each test begins as a new process does."""
    plans.forget()
    yield
    plans.forget()


def sheet(one, **more):
    """Draw a table as the grid that reading gets of it."""
    page = drawing.draw(forms.find(one["form"], one["edition"]), one["sheet"], {**one["values"], **more})
    areas = [box.area for box in page.boxes]
    rows = [[None] * (max(a.right for a in areas) + 1) for _ in range(max(a.bottom for a in areas) + 1)]
    for box in page.boxes:
        rows[box.area.top][box.area.left] = box.value
    merges = tuple(area for area in areas if area[:2] != area[2:])
    return Grid(one["sheet"], rows, merges)


def in_turn(*grids):
    """Read sheets one after the other, each by the plans that the earlier ones left."""
    plans.forget()
    return [reading.read(Book((grid,))) for grid in grids]


def changed(grid, changes):
    rows = [list(row) for row in grid.rows]
    filled = [(r, c) for r, row in enumerate(rows) for c, value in enumerate(row) if value is not None]
    for at, value in changes:
        row, column = filled[at % len(filled)]
        rows[row][column] = value
    return Grid(grid.sheet, rows, grid.merges)


WHERE = st.integers(0, 200)
TEXT = st.text("甲乙丙项目数量指标资金目维修率≥≤%（）、.；:：12年度表 \n", min_size=1, max_size=12)
WHAT = st.sampled_from(ODD) | TEXT | st.floats(-1e6, 1e6, width=32)
CHANGES = st.lists(st.tuples(WHERE, WHAT), max_size=6)


@pytest.mark.parametrize("one", EXAMPLES, ids=lambda one: one["sheet"])
@pytest.mark.parametrize("merged", [True, False])
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=CHANGES, second=CHANGES, third=CHANGES)
def test_a_plan_reads_what_the_full_reading_reads(one, merged, first, second, third):
    drawn = sheet(one)
    plain_one = Grid(drawn.sheet, drawn.rows, drawn.merges if merged else None)
    base = changed(plain_one, first)
    grids = [base, changed(base, second), changed(base, third), changed(base, [*second, *third]), plain_one]
    alone = [in_turn(grid)[0] for grid in grids]
    order = (0, 0, 1, 2, 3, 4, 4)
    assert repr(in_turn(*(grids[n] for n in order))) == repr([alone[n] for n in order])


def renamed(one, word):
    """Other names, goals and targets in every place of a table."""
    values = one["values"]
    indicators = [
        {**row, "name": f"{word}{n}率", "target": f"≥{n}.5%"} for n, row in enumerate(values["indicators"])
    ]
    goals = [f"{word}{n}乙" for n, _ in enumerate(values["goals"])]
    return {
        "agency": f"某县{word}局",
        "goals": goals,
        "indicators": indicators,
        "fiscal_funds": f"{len(word)}.5",
    }


@pytest.mark.parametrize("one", EXAMPLES, ids=lambda one: one["sheet"])
def test_the_next_table_of_a_layout_is_read_by_its_plan(one):
    """Without this the law above would be empty."""
    base, other = sheet(one, **renamed(one, "甲")), sheet(one, **renamed(one, "丙丁"))
    ((wanted,), _), *_ = in_turn(other)
    in_turn(base, base)
    assert plans.read(other, frozenset()) == wanted
    assert plans.read(Grid("表", other.rows, other.merges, formats={(0, 0): "0%"}), frozenset()) is None
    assert plans.read(other, frozenset({("project_target", "mof-2015")})) is None


def test_a_year_in_a_projects_name_does_not_keep_a_table_from_being_read_by_plan():
    one = next(one for one in EXAMPLES if one["form"] == "project_target")
    base, other = (sheet(one, project_name=f"2024年{name}运行经费") for name in ("公务用车", "机关食堂"))
    in_turn(base, base)
    assert plans.read(other, frozenset()) is not None


def test_documents_of_one_plan_share_nothing_that_can_change():
    base = sheet(EXAMPLES[1])
    ((wanted,), _), ((one,), _), ((two,), _), ((three,), _) = in_turn(base, base, base, base)
    for document in (one, two):
        document.values["indicators"][0]["name"] = document.cells["/year"] = document.raw["/year"] = "改"
        document.values["goals"].append("改")
        document.headings.clear()
    assert three == wanted
