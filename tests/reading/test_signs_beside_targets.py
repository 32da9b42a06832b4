"""Operators and measures in cells of their own beside the targets are read, whatever their headings say, or none."""

import pytest
from blocks import HEADING, found, names_and_targets, table
from test_plans import in_turn

from jixiao.model import Area, Grid
from jixiao.reading import plans

LEFT = [
    [None, "成本指标", "经济成本指标", "绿化成本"],
    [None, "产出指标", "数量指标", "绿化面积"],
    [None, None, "质量指标", "养护效果"],
    [None, "满意度指标", "服务对象满意度指标", "居民满意度"],
]
PARTS = [("≤", 105, "万元"), ("≥", 100, "亩"), ("定性", "良好", None), ("≥", 90, "%")]
READ = [("绿化成本", "≤105万元"), ("绿化面积", "≥100亩"), ("养护效果", "良好"), ("居民满意度", "≥90%")]
WORDS = "指标值类型 指标比较符 比较方式 逻辑符 条件 判断符号 关系 目标方向 运算关系 指标值符号 目标值符号 运算符 指标值_类型 怎么比"


def rows(*order):
    return [[*left, *(parts[at] for at in order)] for left, parts in zip(LEFT, PARTS, strict=True)]


@pytest.fixture(autouse=True)
def forgotten():
    yield
    plans.forget()


@pytest.mark.parametrize("word", WORDS.split())
@pytest.mark.parametrize("value", ["指标值", "目标值", "绩效目标值", "数值", "指标值_数值"])
def test_a_column_of_operators_under_any_heading(word, value):
    document = table(heading=[*HEADING[:4], word, value, "单位"], rows=rows(0, 1, 2))
    assert names_and_targets(document) == READ
    assert [one["operator"] for one in document.values["indicators"]] == ["≤", "≥", None, "≥"]
    assert not found(document, "ST09")


@pytest.mark.parametrize("measure", ["指标值单位", "目标值单位", "单位名称", "量纲", "指标值_单位", "每什么"])
@pytest.mark.parametrize("sign", ["运算符", "条件"])
def test_a_column_of_measures_under_any_heading(measure, sign):
    document = table(heading=[*HEADING[:4], sign, "指标值", measure], rows=rows(0, 1, 2))
    assert names_and_targets(document) == READ


@pytest.mark.parametrize("order", [(1, 0, 2), (1, 2, 0)])
def test_an_operator_right_of_the_target(order):
    words = ["关系", "指标值", "量纲"]
    document = table(heading=[*HEADING[:4], *(words[at] for at in order)], rows=rows(*order))
    assert names_and_targets(document) == READ


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize("last", [[], ["备注"]])
def test_three_cells_below_one_heading(merged, last):
    """Where nothing is merged 指标值 stands above the operators alone."""
    merges = [Area(0, 4, 0, 6)] if merged else None
    body = [[*row, *["文件"] * len(last)] for row in rows(0, 1, 2)]
    document = table(heading=[*HEADING, None, None, *last], rows=body, merges=merges)
    assert names_and_targets(document) == READ
    assert not found(document, "ST10")
    assert document.cells["/indicators/0/target"] == "F11"


@pytest.mark.parametrize("merged", [True, False])
def test_number_and_measure_below_one_heading(merged):
    body = [[*left, number, measure] for left, (_, number, measure) in zip(LEFT, PARTS, strict=True)]
    document = table(heading=[*HEADING, None], rows=body, merges=[Area(0, 4, 0, 5)] if merged else None)
    assert [target for _, target in names_and_targets(document)] == ["105万元", "100亩", "良好", "90%"]


def test_notes_beside_targets_are_no_parts_of_them():
    body = [[*left, f"{s}{n}{m or ''}", note] for left, (s, n, m), note in zip(LEFT, PARTS, ["元", "次", "年", "/"], strict=True)]  # fmt: skip
    for head in ([None], ["备注"], ["依据"]):
        document = table(heading=[*HEADING, *head], rows=body)
        assert [target for _, target in names_and_targets(document)] == [
            "≤105万元",
            "≥100亩",
            "定性良好",
            "≥90%",
        ]


@pytest.mark.parametrize("kind", ["定性", "定量", "正向", "反向"])
def test_what_kind_of_indicator_it_is_is_no_operator(kind):
    body = [[*left, kind, number, measure] for left, (_, number, measure) in zip(LEFT, PARTS, strict=True)]
    document = table(heading=[*HEADING[:4], "指标性质", "指标值", "单位"], rows=body)
    assert [target for _, target in names_and_targets(document)] == ["105万元", "100亩", "良好", "90%"]


@pytest.mark.parametrize("head", [[None], ["备注"], ["量纲"]])
def test_a_plan_does_not_pass_over_measures_beside_targets(head):
    """What stands beside full targets belongs to bare numbers on the next sheet of the layout."""

    def grid(*targets):
        body = [[*row, target, measure] for row, target, measure in zip(LEFT, targets, ["元", "亩", "年", "%"], strict=True)]  # fmt: skip
        top = [["项目支出绩效目标表"], ["（2026年度）"], ["项目名称", "绿化养护"], ["年度资金总额（万元）", 110.0], ["其中：当年财政拨款", 110.0], ["总体目标", "绿化养护一百亩"]]  # fmt: skip
        return Grid("表", [[*row, *[None] * (6 - len(row))] for row in [*top, [*HEADING, *head], *body]])

    full, bare = grid("≤105万元", "≥100亩", "≥3年", "≥90%"), grid("105", "100", "3", "90")
    alone = [in_turn(one)[0] for one in (full, full, bare)]
    assert repr(in_turn(full, full, bare)) == repr(alone)
    assert [one["target"] for one in alone[2][0][0].values["indicators"]] == ["105元", "100亩", "3年", "90%"]


@pytest.mark.parametrize("day", ["11月", "11月底", "2026年11月", "2026年11月30日", "2026-11-30"])
@pytest.mark.parametrize(
    "head", [["指标值", None], ["比较符", "指标值"], ["指标性质", "指标值", "单位"]], ids=str
)
def test_an_operator_beside_a_day_is_read_with_it(day, head):
    """A day is no number and yet the target, not its measure; a measure such as 年月 only says what it is."""
    body = [[*left, *parts[:2], *(["年月"] if len(head) > 2 else [])] for left, parts in zip(LEFT, PARTS, strict=True)]  # fmt: skip
    body[1][4:6] = ["≤", day]
    document = table(heading=[*HEADING[:4], *head], rows=body)
    assert document.values["indicators"][1]["target"] == f"≤{day}"
    assert not found(document, "ST08")
