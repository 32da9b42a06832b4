"""The headings of the indicator block: which column holds what, in one row or two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from jixiao import forms
from jixiao.reading.view import View, label_key

_IN_BRACKETS = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")
_OF_THE_YEAR = re.compile(r"^(?:20\d\d年?度?|本年度?|当年|年度)")


@cache
def _column_labels() -> dict[str, str]:
    words = {}
    for form in forms.catalogue():
        for name, cell in form.columns():
            words.update({label_key(text): name for text in (cell.label, *cell.aliases)})
    for level, name in (("一级", "level1"), ("二级", "level2"), ("三级", "name")):
        words.update({label_key(f"{level}指标名称"): name, level: name})
    words.update({label_key(text): "name" for text in ("具体指标", "三级指标及内容")})
    for text in ("计算符号", "指标性质", "比较符", "符号", "运算符号", "指标符号"):
        words[label_key(text)] = "operator"
    for text in ("计量单位", "度量单位", "指标单位", "单位"):
        words[label_key(text)] = "measure"
    return words


@cache
def column_of(text: str) -> str | None:
    """Return the indicator column that a heading names: remarks in brackets and the year in front do not matter."""
    labels = _column_labels()
    bare = label_key(_IN_BRACKETS.sub("", text))
    return labels.get(label_key(text)) or labels.get(bare) or labels.get(_OF_THE_YEAR.sub("", bare))


def columns_of(view: View, heading: int) -> tuple[tuple[str, int], ...]:
    """Return the indicator columns; of two parallel halves (mid-term, year) the last one is the year's."""
    cells = [(column_of(view.text(heading, column)), column) for column in view.filled(heading)]
    cells = _second_row(view, heading, cells)
    found: dict[str, int] = {}
    for name, column in cells:
        if name and not (name == "level1" and "level1" in found):
            found[name] = column
    if "target" not in found:
        alike = [
            column
            for name, column in cells
            if not name and re.search("指标值|目标值", view.text(heading, column))
        ]
        if len(alike) == 1:
            found["target"] = alike[0]
    named = {column: name for name, column in found.items()}
    return tuple(
        sorted(
            ((named.get(column, f"other{column}"), column) for _, column in cells), key=lambda pair: pair[1]
        )
    )


def _second_row(
    view: View, heading: int, cells: list[tuple[str | None, int]]
) -> list[tuple[str | None, int]]:
    """Refine headings in two rows: a heading over several columns is named by what stands below it."""
    bottom = heading_bottom(view, heading, [column for name, column in cells if name])
    refined: list[tuple[str | None, int]] = []
    for name, column in cells:
        area = view.reach(heading, column)
        below = (
            [c for c in view.filled(bottom) if area.left <= c <= area.right] if area.bottom < bottom else []
        )
        refined += [(column_of(view.text(bottom, c)), c) for c in below] or [(name, column)]
    return refined


def heading_bottom(view: View, heading: int, columns: Sequence[int]) -> int:
    """Return the last row of the headings, which may take two rows."""
    return max((view.reach(heading, column).bottom for column in columns), default=heading)
