"""Words of the levels that lie over two cells, one below the other, put together: 经济效益, and 指标 in the next row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from jixiao.model import Spot
from jixiao.reading.lines import Block, bare
from jixiao.reading.view import View

_REST = "指标"


def whole(block: Block, rows: range) -> View:
    """Return the sheet with every such word in its first cell, as the vocabulary has it, and nothing in the others."""
    view, changes = block.view, dict[Spot, str]()
    for name, meant in (("level1", block.level1), ("level2", block.level2)):
        column = block.columns.get(name)
        if column is not None:
            changes.update(_in_column(view, column, rows, meant))
    return _with(view, changes) if changes else view


def _in_column(view: View, column: int, rows: range, meant: Callable[[str], str | None]) -> dict[Spot, str]:
    """Return the new texts of a column's cells, by the first cell of each word and the others."""
    changes: dict[Spot, str] = {}
    first, word, last = Spot(0, column), "", -1
    for row in rows:
        text = view.text(row, column)
        if not text or view.hidden_by_merge(row, column) or is_remark(text):
            continue
        joined = _joined(word, text, meant, beside=last + 1 == row) if word else None
        if joined is None:
            first, word = Spot(row, column), text
        else:
            word = joined
            changes.update({first: meant(joined) or joined, Spot(row, column): ""})
        last = view.reach(row, column).bottom
    return changes


def is_remark(text: str) -> bool:
    """Tell whether a text stands in brackets as a whole, and so says how to fill in a column: （下拉选择）."""
    return text[0] in "（(" and text[-1] in "）)"


def _joined(first: str, second: str, meant: Callable[[str], str | None], *, beside: bool) -> str | None:
    """Return the one word that two texts are, `None` where they are two; only 指标 may stand some rows farther down."""
    plain = bare(first)
    if not any(map(str.isalpha, plain)):  # a number alone
        return None
    if second == _REST:
        return first if plain.endswith(_REST) else plain + second
    return plain + bare(second) if beside and not meant(first) and meant(plain + bare(second)) else None


def _with(view: View, changes: Mapping[Spot, str]) -> View:
    """Return the sheet with other texts in some cells."""
    texts, filled = list(view.texts), list(view.filled_in)
    for row in {spot.row for spot in changes}:
        texts[row] = list(texts[row])
        for spot in (spot for spot in changes if spot.row == row):
            texts[row][spot.column] = changes[spot]
        filled[row] = [column for column in filled[row] if texts[row][column]]
    return replace(view, texts=texts, filled_in=filled)
