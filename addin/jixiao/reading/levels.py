"""Which columns hold the levels, known by their words below where the headings do not say it, or are one level off."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from jixiao.model import Note, Spot
from jixiao.reading.goals import is_serial
from jixiao.reading.headings import heading_of
from jixiao.reading.lines import Block
from jixiao.reading.tables import Place
from jixiao.reading.view import View
from jixiao.schemas import Vocabulary
from jixiao.values import Target, parse

TITLES = {"level1": "一级指标", "level2": "二级指标", "name": "三级指标", "target": "指标值"}


def completed(view: View, place: Place, words: Vocabulary) -> tuple[Place, list[Note]]:
    """Return the table with the columns of the levels that its headings do not name, known by their words below."""
    columns, notes = dict(place.columns), list[Note]()
    if place.heading is None:
        return place, notes
    if {"level1", "level2"} <= columns.keys():
        return _one_level_off(view, place, words)
    block = Block.of(view, place, words)
    for name, meant in (("level1", block.level1), ("level2", block.level2)):
        if name in columns:
            continue
        taken = {column for other, column in columns.items() if other in TITLES}
        heads = {c: view.text(place.heading, c) for c in columns.values()}
        taken |= {c for c, text in heads.items() if is_serial(text) and not text[0].isdecimal()}
        below = range(place.heading + 1, min(place.bottom, view.height))
        spots = [(row, column) for row in below for column in view.filled(row) if column not in taken]
        (column, often), *more = Counter(c for r, c in spots if meant(view.text(r, c))).most_common(2) or [
            (0, 0)
        ]
        if often > 1 and (not more or more[0][1] < often):
            columns = {other: at for other, at in columns.items() if at != column} | {name: column}
            if _is_under_categories(view, place.heading, column):
                continue
            title, letter = TITLES[name], Spot(0, column).a1[:-1]
            text = f"指标表头里没有“{title}”，按下面的词认出 {letter} 列是{title}。"
            notes.append(
                Note("ST09", "/indicators", text, "warning", f"请把 {letter} 列的表头写明“{title}”。")
            )
    return replace(place, columns=tuple(sorted(columns.items(), key=lambda pair: pair[1]))), notes


def _is_under_categories(view: View, heading: int, column: int) -> bool:
    """Tell whether one heading such as 指标类型 reaches over the columns of both levels."""
    area = view.reach(heading, column)
    return area.right > area.left and heading_of(view.text(heading, area.left)) is not None


def _one_level_off(view: View, place: Place, words: Vocabulary) -> tuple[Place, list[Note]]:
    """Return the table with its levels moved where 一级指标 stands over words of level 2, right of those of level 1."""
    columns = dict(place.columns)
    left = max((column for column in columns.values() if column < columns["level1"]), default=None)
    if left is None:
        return place, []
    block = Block.of(view, place, words)
    if sum(bool(block.level1(text)) for text in _below(view, place, left)) < 2:
        return place, []
    under = [one for one in _below(view, place, columns["level1"]) if block.level1(one) or block.level2(one)]
    if len(under) < 2 or not all(map(block.level2, under)) or _is_pasted_aside(view, place):
        return place, []
    letters = [Spot(0, column).a1[:-1] for column in (left, columns["level1"], columns["level2"])]
    moved = {name: column for name, column in columns.items() if column not in {left, columns["level2"]}}
    moved |= {"level1": left, "level2": columns["level1"], f"other{columns['level2']}": columns["level2"]}
    text = (
        f"指标多一层：{letters[0]} 列下面是一级指标的词，{letters[1]} 列是二级指标的词，照此读取；"
        f"{letters[2]} 列没有读取。"
    )
    advice = "本地表样就是这样的可以不改；要与其他表一起汇总的，请改用官方空白表。"
    place = replace(place, columns=tuple(sorted(moved.items(), key=lambda pair: pair[1])))
    return place, [Note("ST09", "/indicators", text, "hint", advice)]


def _is_pasted_aside(view: View, place: Place) -> bool:
    """Tell whether the rows stand one column left of their headings: more targets under 三级指标 than under 指标值."""
    columns = dict(place.columns)
    if not {"name", "target"} <= columns.keys():
        return False
    names, targets = (
        [parse(text) for text in _below(view, place, columns[one])] for one in ("name", "target")
    )
    return _told(names) > _told(targets)


def _told(targets: list[Target]) -> int:
    return sum(one.operator is not None or one.value is not None for one in targets)


def _below(view: View, place: Place, column: int) -> list[str]:
    """Return the texts of a column below the headings."""
    rows = range((place.heading or 0) + 1, min(place.bottom, view.height))
    return [text for row in rows if (text := view.text(row, column))]
