"""Indicators below a line that reads like the end of the form are read, or said."""

import pytest
from blocks import ROWS, found, names_and_targets, table

MORE = [None, "产出指标", "数量指标", "补种面积", "≥10亩"]


@pytest.mark.parametrize(
    "lines",
    [[["注：以下为补充指标"]], [["补充指标"]], [["填报人：张三"], []], [["填报人：张三"], ["联系电话：1"]]],
)
def test_indicators_below_a_remark_or_a_signature_are_read(lines):
    document = table(rows=[*ROWS, *lines, MORE])
    assert names_and_targets(document)[5:] == [("补种面积", "≥10亩")]


@pytest.mark.parametrize("line", [["产出小计", None, None, None, "50分"], ["单位：万元"], ["二、产出部分"]])
def test_a_line_between_the_indicators_does_not_end_them(line):
    document = table(rows=[*ROWS[:3], line, *ROWS[3:]])
    assert names_and_targets(document) == names_and_targets(table())
    assert not found(document, "ST07")


def test_a_row_without_its_level_below_such_a_line_is_said():
    document = table(rows=[*ROWS[:3], ["二、产出部分"], [None, None, None, "浇水次数", "≥9次"], *ROWS[3:]])
    assert len(document.values["indicators"]) == 5
    assert any("浇水次数" in one.message for one in found(document, "ST09"))


def test_the_next_table_and_examples_are_not_read():
    examples = table(rows=[*ROWS, ["填表说明："], ["填写示例"], MORE])
    other = table(rows=[*ROWS, ["填报人：张三"], ["项目支出绩效自评表"], MORE])
    assert len(examples.values["indicators"]) == len(other.values["indicators"]) == 5
