"""Name and target in one cell, under a heading that says so."""

import pytest
from blocks import HEADING, ROWS, found, names_and_targets, table

PAIRS = [(row[3], row[4]) for row in ROWS]
HEADINGS = [
    "三级指标及指标值",
    "三级指标（含指标值）",
    "绩效指标及指标值",
    "三级指标/指标值",
    "指标名称：指标值",
]


def joined(heading, cells):
    rows = [[*row[:3], text] for row, text in zip(ROWS, cells, strict=True)]
    return table(heading=[*HEADING[:3], heading], rows=rows)


@pytest.mark.parametrize("heading", HEADINGS)
@pytest.mark.parametrize("between", ["", "：", " ", "\n"])
def test_they_are_parted(heading, between):
    document = joined(heading, [between.join(pair) for pair in PAIRS])
    assert names_and_targets(document) == PAIRS
    assert document.cell("/indicators/1/name") == document.cell("/indicators/1/target") == "D12"
    assert [one.severity for one in found(document, "ST09")] == ["hint"]


@pytest.mark.parametrize(
    ("text", "name", "target"),
    [
        ("完成时限2026年12月底前", "完成时限", "2026年12月底前"),
        ("绿化面积 100亩", "绿化面积", "100亩"),
        ("扰民投诉不超过3起", "扰民投诉", "不超过3起"),
        ("弃土占地：不涉及", "弃土占地", "不涉及"),
        ("管护机制：健全", "管护机制", "健全"),
        ("绿化面积≥100亩；", "绿化面积", "≥100亩"),
        ("做好绿化养护工作", "做好绿化养护工作", None),
    ],
)
def test_one_that_says_no_target_stays_whole(text, name, target):
    cells = ["".join(pair) for pair in PAIRS]
    document = joined(HEADINGS[0], [cells[0], text, *cells[2:]])
    one = document.values["indicators"][1]
    assert (one["name"], one["target"]) == (name, target)


@pytest.mark.parametrize(
    "text",
    [
        "绿化面积{}100亩\n补植苗木{}500株",
        "1.绿化面积{}100亩；\n2.补植苗木{}500株。",
        "绿化面积{}100亩；补植苗木{}500株",
        "①绿化面积{}100亩;②补植苗木{}500株;",
    ],
)
@pytest.mark.parametrize("sign", ["≥", "：", ""])
def test_several_in_one_cell_are_read_one_by_one(text, sign):
    cells = ["".join(pair) for pair in PAIRS]
    document = joined(HEADINGS[0], [cells[0], text.format(sign, sign), *cells[2:]])
    told = sign.strip("：")
    assert names_and_targets(document)[1:3] == [("绿化面积", f"{told}100亩"), ("补植苗木", f"{told}500株")]


@pytest.mark.parametrize("text", ["管护机制：健全；责任到人", "绿化面积≥100亩；不得占用耕地"])
def test_what_a_semicolon_parts_in_one_is_one(text):
    document = joined(HEADINGS[0], ["".join(PAIRS[0]), text, *["".join(pair) for pair in PAIRS[2:]]])
    assert len(document.values["indicators"]) == len(PAIRS)


def test_where_the_heading_names_one_alone_nothing_is_parted():
    document = joined("三级指标", ["".join(pair) for pair in PAIRS])
    assert names_and_targets(document)[0] == ("".join(PAIRS[0]), None)
