"""Rows that were pasted one column to the left are read by their words, one of them or all."""

import pytest
from blocks import HEADING, ROWS, found, names_and_targets, table

READ = [(row[3], row[4]) for row in ROWS]
LEVELS = ["成本指标", "产出指标", "产出指标", "效益指标", "满意度指标"]


def levels(document):
    return [(one["level1"], one["level2"]) for one in document.values["indicators"]]


@pytest.mark.parametrize("repeated", [True, False], ids=["level 1 in each row", "level 1 once"])
@pytest.mark.parametrize("notes", [0, 1])
def test_a_whole_block_one_column_to_the_left(repeated, notes):
    """The words of level 1 stand below 绩效指标 and those of level 2 below 一级指标: no level is too many."""
    aside = [[word if repeated else row[1], *row[2:], None] for word, row in zip(LEVELS, ROWS, strict=True)]
    rows = [[*row[:4], *["文件"] * notes, None] for row in aside]
    document = table(rows=rows, heading=[*HEADING, *["备注"] * notes])
    assert names_and_targets(document) == READ
    assert levels(document) == [(word, row[2]) for word, row in zip(LEVELS, ROWS, strict=True)]
    assert not [one for rule in ("ST08", "ST09", "SC03") for one in found(document, rule)]


@pytest.mark.parametrize("at", range(len(ROWS)))
def test_one_row_one_column_to_the_left(at):
    aside = [[LEVELS[at], *ROWS[at][2:], None] if at == n else row for n, row in enumerate(ROWS)]
    document = table(rows=aside)
    assert names_and_targets(document) == READ
    assert not found(document, "ST08")


def test_a_level_too_many_with_targets_still_to_be_filled_is_one():
    """Names that say no target are names, however blank the targets are."""
    rows = [[word, *row[2:3], "说明", row[3], None] for word, row in zip(LEVELS, ROWS, strict=True)]
    document = table(rows=rows, heading=["类别", *HEADING[1:]])
    assert names_and_targets(document) == [(name, None) for name, _ in READ]
