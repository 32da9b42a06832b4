"""Lists of projects with the level 1 words side by side, each over its own names and targets (河南)."""

import pytest
from written import copied, sheet

from jixiao import checking, reading
from jixiao.model import Book

HEADINGS = (
    "项目支出绩效目标表 | < | < | < | < | < | < | < | < | < | < | <",
    "2026年度 | < | < | < | < | < | < | < | < | < | 单位：万元 | <",
    "单位编码（项目编码） | 项目单位（项目名称） | 项目金额 | < | 绩效指标 | < | < | < | < | < | < | <",
    "^ | ^ | 资金总额 | 政府预算资金 | 成本指标 | < | 产出指标 | < | 效益指标 | < | 满意度指标 | <",
    "^ | ^ | ^ | ^ | 三级指标 | 指标值 | 三级指标 | 指标值 | 三级指标 | 指标值 | 三级指标 | 指标值",
)
ROWS = (
    "301 | 某县司法局 | 90 | 90 | | | | | | | |",
    "4101 | 法律援助 | 60 | 60 | 案件补贴成本 | ≤60万元 | 援助案件数 | ≥300件 | 挽回损失额 | ≥200万元 | 受援人满意度 | ≥95%",
    " | | | | | | 案件办结率 | ≥98% | | | |",
    "4102 | 普法宣传 | 30 | 30 | 宣传成本 | ≤30万元 | 宣传场次 | ≥40场 | | | 群众满意度 | ≥90%",
)
FIRST = [
    ("成本指标", "案件补贴成本", "≤60万元"),
    ("产出指标", "援助案件数", "≥300件"),
    ("产出指标", "案件办结率", "≥98%"),
    ("效益指标", "挽回损失额", "≥200万元"),
    ("满意度指标", "受援人满意度", "≥95%"),
]


def read(*lines, merged=True, filled=False):
    lines = copied(lines) if filled else lines
    return reading.read(Book((sheet(*lines, merged=merged),)))[0]


def told(document):
    return [(one["level1"], one["name"], one["target"]) for one in document.values["indicators"]]


@pytest.mark.parametrize(("merged", "filled"), [(True, False), (False, False), (False, True)])
def test_each_level_has_its_own_names_and_targets(merged, filled):
    first, second = read(*HEADINGS, *ROWS, merged=merged, filled=filled)
    assert told(first) == FIRST
    assert [one["level2"] for one in first.values["indicators"]] == [None] * 5
    assert [(name, target) for _, name, target in told(second)] == [
        ("宣传成本", "≤30万元"), ("宣传场次", "≥40场"), ("群众满意度", "≥90%"),
    ]  # fmt: skip
    head = [
        (one.values["project_name"], one.values["agency"], one.values["total_funds"])
        for one in (first, second)
    ]
    assert head == [("法律援助", "某县司法局", "60"), ("普法宣传", "某县司法局", "30")]
    assert first.values["year"] == 2026


def test_every_value_has_its_cell_and_the_level_that_of_its_heading():
    first, _ = read(*HEADINGS, *ROWS)
    cells = [first.cells[f"/indicators/2/{name}"] for name in ("level1", "name", "target")]
    assert cells == ["G4", "G8", "H8"]
    assert first.cells["/project_name"] == "B7"


def test_the_levels_that_no_column_holds_are_told_once_and_no_error():
    first, _ = read(*HEADINGS, *ROWS)
    findings = checking.check(first).findings
    assert not [one for one in findings if one.severity == "error"]
    assert [one.severity for one in findings if "二级指标" in one.message] == ["hint"]


def test_a_row_of_other_words_over_the_columns_is_no_such_list():
    lines = [HEADINGS[3].replace("成本指标", "甲类").replace("产出指标", "乙类"), HEADINGS[4]]
    assert read(*HEADINGS[:3], *lines, *ROWS) == ()
