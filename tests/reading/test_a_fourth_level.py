"""Where a place has 四级指标 beside 三级指标 no name is lost: both are one name, and it is said once."""

import pytest
from blocks import HEADING, found, names_and_targets, table

from jixiao.model import Area

HEAD = [*HEADING[:4], "四级指标", HEADING[4]]
ROWS = [
    [None, "成本指标", "经济成本指标", "绿化成本", "人工费", "≤60万元"],
    [None, None, None, None, "材料费", "≤45万元"],
    [None, "产出指标", "数量指标", "绿化面积", None, "≥100亩"],
    [None, None, "质量指标", "苗木成活率", "苗木成活率", "≥95%"],
    [None, "效益指标", "社会效益指标", None, "绿地覆盖率", "≥40%"],
    [None, "满意度指标", "服务对象满意度指标", "居民满意度", "居民", "≥90%"],
]
READ = [
    ("绿化成本：人工费", "≤60万元"),
    ("绿化成本：材料费", "≤45万元"),
    ("绿化面积", "≥100亩"),
    ("苗木成活率", "≥95%"),
    ("绿地覆盖率", "≥40%"),
    ("居民满意度：居民", "≥90%"),
]


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize("word", ["四级指标", "四级指标名称", "四级"])
def test_the_finest_names_are_kept(merged, word):
    merges = [Area(1, column, 2, column) for column in (1, 2, 3)] if merged else None
    document = table(heading=[*HEADING[:4], word, HEADING[4]], rows=ROWS, merges=merges)
    assert names_and_targets(document) == READ
    assert [document.cells[f"/indicators/{n}/name"] for n in (0, 1, 2)] == ["E11", "E12", "D13"]
    assert document.raw["/indicators/1/name"] == "材料费"
    assert [(one.severity, one.cell) for one in found(document, "ST09")] == [("hint", "A10")]
    assert not found(document, "ST08")


def test_a_fourth_level_left_blank_says_nothing():
    rows = [[*row[:4], None, row[5]] for row in ROWS if row[3]]
    document = table(heading=HEAD, rows=rows)
    assert names_and_targets(document) == [(row[3], row[5]) for row in ROWS if row[3]]
    assert not found(document, "ST09")
