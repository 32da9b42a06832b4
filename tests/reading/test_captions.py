"""Captions part the year's indicators from those of a longer time: left of the levels, or in rows of their own."""

import pytest
from blocks import HEADING, ROWS, found, names_and_targets, table

from jixiao.model import Area

READ = [(row[3], row[4]) for row in ROWS]
LONGER = [[*row[:4], row[4].replace("10", "30")] for row in ROWS]
LEFT_OF = [HEADING[0], None, *HEADING[1:]]
PAIRS = [
    ("中期绩效指标", "年度绩效指标"),
    ("中期指标", "年度指标"),
    ("总目标指标", "年度指标"),
    ("长期绩效目标", "2026年度绩效目标"),
    ("一、实施期指标", "二、本年度指标"),
    ("总体目标", "年度目标"),
]


def beside(caption, rows):
    return [[None, caption if n == 0 else None, *row[1:]] for n, row in enumerate(rows)]


@pytest.mark.parametrize(("longer", "year"), PAIRS)
@pytest.mark.parametrize("year_first", [True, False])
@pytest.mark.parametrize("merged", [True, False])
def test_captions_left_of_the_levels(longer, year, year_first, merged):
    blocks = [beside(longer, LONGER), beside(year, ROWS)]
    rows = [row for block in (reversed(blocks) if year_first else blocks) for row in block]
    merges = [Area(0, 0, 10, 0), Area(1, 1, 5, 1), Area(6, 1, 10, 1)] if merged else None
    document = table(heading=LEFT_OF, rows=rows, merges=merges)
    assert names_and_targets(document) == READ
    assert not found(document, "IN02")
    assert (document.area.bottom, document.edition) == (19, "gs-2024")


@pytest.mark.parametrize(("longer", "year"), PAIRS)
@pytest.mark.parametrize("column", [0, 1])
@pytest.mark.parametrize("merged", [True, False])
def test_captions_in_rows_of_their_own(longer, year, column, merged):
    captions = [[None] * column + [word] for word in (longer, year)]
    merges = [Area(1, column, 1, 4), Area(7, column, 7, 4)] if merged else None
    document = table(rows=[captions[0], *LONGER, captions[1], *ROWS], merges=merges)
    assert names_and_targets(document) == READ
    assert not [one for rule in ("IN02", "SC03", "ST08", "ST09") for one in found(document, rule)]


def test_the_label_beside_the_headings_is_the_caption_of_the_first_rows():
    rows = [*LONGER, ["年度绩效指标", *ROWS[0][1:]], *ROWS[1:]]
    assert names_and_targets(table(heading=["中期绩效指标", *HEADING[1:]], rows=rows)) == READ


@pytest.mark.parametrize("caption", ["中期绩效指标", "年度绩效指标", "总体目标"])
def test_one_caption_alone_parts_nothing(caption):
    assert names_and_targets(table(heading=LEFT_OF, rows=beside(caption, ROWS))) == READ
