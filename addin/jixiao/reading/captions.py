"""Captions in the indicator block: of the year's part and that of a longer time (中期指标, 年度指标), or of each level 1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from jixiao.model import Spot
from jixiao.reading.lines import Block, Line
from jixiao.reading.words import label_key

_LONGEST = 20
_WHAT = r"(?:绩效)?(?:目标)?(?:指标)?"
_LONGER = re.compile(rf"(?:中期|中长期|长期|总体?|三年|项目期|(?:项目)?实施期|全周期|规划期){_WHAT}")
_OF_THE_YEAR = re.compile(rf"(?:20\d\d年度?|本年度?|当年度?|年度){_WHAT}")


class Captions(NamedTuple):
    """What captions tell of the rows of a block: `alone` are those of captions, `longer` those of a longer time."""

    alone: frozenset[int] = frozenset()
    longer: frozenset[int] = frozenset()

    @classmethod
    def of(cls, block: Block, rows: range) -> Captions:
        """Find the captions where some tell the year and some a longer time; one time alone parts nothing.

        A caption stands left of level 1 or alone in its row, and holds down to the next one; that of the first rows
        may stand beside the headings.
        """
        told = dict(_captions(block, rows))
        if len(set(told.values())) < 2:
            return cls()
        longer, held = set(), False
        for row in rows:
            held = told.get(row, held)
            if held:
                longer.add(row)
        return cls(frozenset(row for row in told if len(block.view.filled(row)) == 1), frozenset(longer))


def _captions(block: Block, rows: range) -> Iterator[tuple[int, bool]]:
    """Yield each row with a caption, and whether it tells a longer time than the year."""
    level1 = block.columns.get("level1", 0)
    for row in rows:
        filled = block.view.filled(row)
        for column in filled:
            if column >= level1 and (column > level1 or len(filled) > 1):
                break
            text = block.view.text(row, column)
            word = label_key(text) if len(text) <= _LONGEST else ""
            if _LONGER.fullmatch(word) or _OF_THE_YEAR.fullmatch(word):
                yield row, not _OF_THE_YEAR.fullmatch(word)


def level1(block: Block, row: int) -> Line | None:
    """Return the level 1 that stands alone in a row, over those below it, where no column has it: 一、产出指标."""
    filled = [column for column in block.view.filled(row) if column <= block.right]
    if "level1" in block.columns or len(filled) != 1:
        return None
    text, spot = block.view.text(row, filled[0]), Spot(row, filled[0])
    return Line(row, {"level1": text}, {"level1": spot}, {"level1"}) if block.level1(text) else None
