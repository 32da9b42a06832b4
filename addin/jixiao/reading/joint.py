"""Name and target in one cell, where the heading says so: 三级指标及指标值 over `养护里程≥12公里`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jixiao.model import Note
from jixiao.patterns import late
from jixiao.reading import several
from jixiao.reading.headings import is_of_both
from jixiao.reading.lines import Block, Line
from jixiao.values import parse

_COLON = re.compile(r"(?P<name>[^:：]{2,60})[:：]\s*(?P<target>\S.*)")
_SIGN = late(
    r"(?P<name>[^≥≤><=＞＜＝]{2,60}?)\s*(?P<target>(?:[≥≤><=＞＜＝]|不[低少]于|不[超高多][过于]|不[大小]于|不涉及).*)"
)
_FIGURE = late(r"(?P<name>[^\d\s]{2,60})\s*(?P<target>\d.*)")
_WORD = late(r"(?P<name>\S{2,60})\s+(?P<target>\S+)")
_BETWEEN = re.compile("[;；]")
_LONGEST = 200  # a cell's line with both
_TEXT = "三级指标和指标值写在一格里，已拆开读取。"
_ADVICE = "本地表样就是这样的可以不改；要与其他表一起汇总的，请改用官方空白表，三级指标和指标值各占一格。"


def heading(block: Block, row: int) -> bool:
    """Tell whether the one column of names is headed as that of the targets too."""
    column = block.columns.get("name")
    return column is not None and "target" not in block.columns and is_of_both(block.view.text(row, column))


def part(lines: Sequence[Line]) -> list[Note]:
    """Part the names from the targets in all rows, each row of several line by line; return what is told of it."""
    found = False
    for line in lines:
        pairs = _pairs(line.texts.get("name", ""))
        if not pairs or not all(target for _, target in pairs):
            continue
        found = True
        names, targets = zip(*pairs, strict=True)
        line.texts["name"] = several.numbered(names)
        line.texts["target"] = several.numbered(targets)
        line.spots["target"] = line.spots["name"]
        line.own.add("target")
    return [Note("ST09", "/indicators", _TEXT, "hint", _ADVICE)] if found else []


def _pairs(text: str) -> list[tuple[str, str]]:
    """Return the names and targets of a cell: of its lines, or where each is a pair of what `；` parts."""
    lines = [several.unnumbered(line) for line in _lines(text)]
    pieces = [several.unnumbered(piece) for line in lines for piece in _BETWEEN.split(line) if piece.strip()]
    pairs = [_parted(piece) for piece in pieces] if len(pieces) > len(lines) else []
    return (
        pairs
        if pairs and all(_is_target(target) for _, target in pairs)
        else [_parted(line) for line in lines]
    )


def _lines(text: str) -> list[str]:
    """Return the lines of a cell, a target that has a line of its own behind its name."""
    lines: list[str] = []
    for one in (line.strip() for line in text.splitlines()):
        if lines and one and _is_target(one):
            lines[-1] += f" {one}"
        elif one:
            lines.append(one)
    return lines


def _parted(text: str) -> tuple[str, str]:
    """Return name and target of a text, no target where nothing tells where it begins."""
    for pattern in (_COLON, _SIGN, _FIGURE, _WORD) if len(text) <= _LONGEST else ():
        match = pattern.fullmatch(text)
        if match and (pattern is _COLON or _is_target(match["target"])):
            return match["name"].rstrip("，,、"), match["target"].rstrip("；;。")
    return text, ""


def _is_target(text: str) -> bool:
    told = parse(text.rstrip("；;。"))
    return told.value is not None or told.span is not None or told.kind in {"declined", "deadline", "grade"}
