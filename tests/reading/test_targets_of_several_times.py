"""Of targets of several times, governments or grades under one heading or none, the year's whole one is read."""

import pytest
from blocks import GOAL, HEAD, HEADING, ROWS, found, names_and_targets, table

from jixiao import reading
from jixiao.model import Area, Book, Grid

READ = [(row[3], row[4]) for row in ROWS]
OVER = [*(Area(0, column, 1, column) for column in range(4)), Area(0, 4, 0, 6)]
# What stands below 指标值, and which of the three is meant.
BELOW = [
    (("项目期", "2025年", "2026年"), 2),
    (("2026年", "2027年", "项目期"), 0),
    (("年度", "中期", "长期"), 0),
    (("中央", "省级", "合计"), 2),
    (("合计", "省级", "县级"), 0),
    (("第一年", "第二年", "第三年"), 0),
    (("优", "良", "中"), 0),
    (("上半年", "下半年", "全年"), 2),
    (("调整前", "调整后", "备注"), 1),
]


def spread(at):
    """The rows with their targets in one of three columns and others beside them."""
    return [[*row[:4], *(row[4] if n == at else f"≥{n + 1}" for n in range(3))] for row in ROWS]


@pytest.mark.parametrize(("below", "at"), BELOW)
@pytest.mark.parametrize("merged", [True, False])
def test_a_second_row_of_headings_says_whose_targets_they_are(below, at, merged):
    rows = [[None] * 4 + list(below), *spread(at)]
    document = table(heading=[*HEADING, None, None], rows=rows, merges=OVER if merged else None)
    assert names_and_targets(document) == READ
    assert not found(document, "ST08")


ALONE = [
    (("2026年", "2027年", "2028年"), 0),
    (("2024年", "2025年", "2026年"), 2),
    (("2026年目标", "2027年目标", "2028年目标"), 0),
    (("上年", "本年", "备注"), 1),
    (("上半年", "下半年", "全年"), 2),
    (("调整前", "调整后", "备注"), 1),
    (("变更后", "变更前", "备注"), 0),
    (("调整前指标值", "调整后指标值", "备注"), 1),
    (("原指标值", "指标值", "备注"), 1),
    (("指标值", "调整后", "调整原因"), 1),
]


@pytest.mark.parametrize(("headings", "at"), ALONE)
def test_years_alone_right_of_the_names_head_targets(headings, at):
    assert names_and_targets(table(heading=[*HEADING[:4], *headings], rows=spread(at))) == READ


@pytest.mark.parametrize(
    "word", ["2026年目标", "目标", "计划完成值", "绩效值", "绩效目标值", "指标目标", "数值"]
)
def test_a_heading_of_targets_in_other_words(word):
    document = table(heading=[*HEADING[:4], word])
    assert names_and_targets(document) == READ
    assert not found(document, "ST09")


def test_an_earlier_year_alone_heads_no_targets():
    document = table(heading=[*HEADING[:4], "上年完成值"])
    assert [name for name, _ in names_and_targets(document)] == [name for name, _ in READ]
    assert {target for _, target in names_and_targets(document)} == {None}


@pytest.mark.parametrize("word", ["绩效内容", "明细指标"])
def test_contents_and_their_values(word):
    head = [HEADING[0], *HEADING[1:3], word, "绩效目标值"]
    assert names_and_targets(table(heading=head)) == READ


PROVINCE = ["目标名称", "一级指标", "二级指标", "指标名称", "指标值", None, None, "依据"]


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize("long_first", [True, False])
def test_two_blocks_whose_titles_say_whose_targets_they_are(merged, long_first):
    """As a province prints it: 目标名称 left of the levels, and of three columns the last one is the year's."""
    below = [None] * 4 + ["前年", "上年", "预计当年实现"]
    of_year = [[f"年度目标{n}", *row[1:4], "≥1", "≥2", row[4], "文件"] for n, row in enumerate(ROWS, 1)]
    later = [[f"长期目标{n}", *row[1:4], "≥900", None, None, "文件"] for n, row in enumerate(ROWS, 1)]
    blocks = [
        [["长期绩效目标表"], [*PROVINCE[:5], "依据"], *[[*row[:5], row[-1]] for row in later]],
        [["年度绩效目标表"], PROVINCE, below, *of_year],
    ]
    rows = [*HEAD, ["年度资金总额", 110.0, None, "其中：财政拨款", 110.0], *GOAL]
    rows += [row for block in (blocks if long_first else reversed(blocks)) for row in block]
    top = rows.index(PROVINCE)
    areas = [Area(top, c, top + 1, c) for c in (0, 1, 2, 3, 7)] + [Area(top, 4, top, 6)]
    grid = Grid("表", [list(row) for row in rows], tuple(areas) if merged else None)
    ((document,), _) = reading.read(Book((grid,)))
    assert names_and_targets(document) == READ


def test_a_second_block_with_headings_in_two_rows():
    """Headings that stand again, in two rows, are no indicator, whether merged or not."""
    head, below = [*HEADING, None, None], [None] * 4 + ["前年", "上年", "预计当年实现"]
    document = table(heading=head, rows=[below, *spread(2)[:3], head, below, *spread(2)[3:]])
    assert names_and_targets(document) == READ
