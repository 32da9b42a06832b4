"""A list with the levels side by side: 成本指标, 产出指标 … over columns, each with its own 三级指标 and 指标值."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from jixiao.model import Note, Spot
from jixiao.reading.headings import column_of
from jixiao.reading.lines import meant
from jixiao.reading.rows import Rows
from jixiao.reading.view import View
from jixiao.schemas import vocabularies, vocabulary
from jixiao.values import parse

_NAMES_AND_TARGETS = ["name", "target"]
_FEWEST = 4  # cells: two levels
_TEXT = "这张清单的一级指标横排，没有“二级指标”一栏，没有读取。"
_ADVICE = "本地表样就是这样的可以不改；要核对二级指标的，请改用官方空白表。"


class Level(NamedTuple):
    """A level 1 word over its two columns, and where it stands."""

    word: str
    spot: Spot
    name: int
    target: int


def levels(view: View, row: int) -> tuple[Level, ...]:
    """Return the levels over a row that ends in nothing but 三级指标 and 指标值 by turns, none where it does not."""
    filled = view.filled(row)
    if len(filled) < _FEWEST or row == 0 or column_of(view.text(row, filled[-1])) != "target":
        return ()
    kinds = [column_of(view.text(row, column)) for column in filled]
    filled = filled[kinds.index("name") :] if "name" in kinds else []
    if len(filled) < _FEWEST or kinds[-len(filled) :] != _NAMES_AND_TARGETS * (len(filled) // 2):
        return ()
    found = []
    for name, target in zip(filled[::2], filled[1::2], strict=True):
        area = view.reach(row - 1, name)
        word = _level1(view.text(area.top, area.left))
        if word is None:
            return ()
        found.append(Level(word, Spot(area.top, area.left), name, target))
    return tuple(found)


def _level1(text: str) -> str | None:
    """Return the level 1 word of any vocabulary of projects that a text means."""
    closed = (name for name in vocabularies() if vocabulary(name).closed)
    return next(filter(None, (meant(name, "level1", text) for name in closed)), None) if text else None


def read(view: View, found: Sequence[Level], rows: Sequence[int]) -> Rows:
    """Return the indicators in some rows, level after level."""
    block = Rows(rows[-1])
    for level in found:
        for row in rows:
            name, target = view.text(row, level.name), view.text(row, level.target)
            if name or target:
                _add(block, view, level, row)
    count = len(block.indicators)
    lacks = tuple(f"/indicators/{number}/level2" for number in range(count))
    block.notes.append(Note("ST09", "/indicators", _TEXT, "hint", _ADVICE, lacks))
    return block


def _add(block: Rows, view: View, level: Level, row: int) -> None:
    base = f"/indicators/{len(block.indicators)}"
    spots = {"level1": level.spot, "name": Spot(row, level.name), "target": Spot(row, level.target)}
    texts = {
        "level1": level.word, "level2": None,
        **{name: view.text(*spots[name]) or None for name in ("name", "target")},
    }  # fmt: skip
    for name, spot in spots.items():
        block.cells[f"{base}/{name}"] = spot.a1
        if texts[name] is not None and view.value(*spot) != texts[name]:
            block.raw[f"{base}/{name}"] = view.value(*spot)
        if spot in view.grid.faults:
            block.faults[f"{base}/{name}"] = view.grid.faults[spot]
    told = parse(texts["target"] or "")
    block.indicators.append(
        {**texts, "operator": told.operator, "value": told.value, "measure": told.measure}
    )
