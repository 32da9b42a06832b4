"""The indicator block: rows to indicators, level 1 carried down, shifted rows anchored on the words we know."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from jixiao.model import CellValue, Note, Spot
from jixiao.reading.tables import Place
from jixiao.reading.view import View
from jixiao.schemas import Vocabulary
from jixiao.values import key, parse

_FIELDS = ("level1", "level2", "name", "target")
_POINTS = re.compile(r"[（(]\s*\d+(?:\.\d+)?\s*分?\s*[)）]$")
_STOP = re.compile(
    r"^(?:注|备注|说明|填表|填报|联系|负责人|审核|单位负责人|制表|经办|财政部门|主管部门|单位[（(]?盖章|审批|签字|日期)"
)
_PRINTED = re.compile(r"^(?:指标[\d一二三四五六七八九十]*|[.…·]+)[:：]?$")


@dataclass
class _Line:
    """One indicator row on its way: texts and cells by field."""

    row: int
    texts: dict[str, str] = field(default_factory=dict)
    spots: dict[str, Spot] = field(default_factory=dict)
    own: set[str] = field(default_factory=set)
    shifted: bool = False


@dataclass(frozen=True)
class Rows:
    """What the indicator block holds: indicators, cells and raw texts by pointer, notes, and where it ends."""

    indicators: list[dict[str, str | None]]
    cells: dict[str, str]
    raw: dict[str, CellValue]
    faults: dict[str, str]
    notes: list[Note]
    last: int


def read(view: View, place: Place, words: Vocabulary) -> Rows:
    """Return the indicators below the heading, in the order of the sheet."""
    lines: list[_Line] = []
    notes: list[Note] = []
    last = place.heading or place.top
    if place.heading is not None:
        for row in range(place.heading + 1, place.bottom):
            if not view.filled(row):
                continue
            if _ends_here(view, row, place):
                break
            line = _line(view, row, place, words)
            if line is None:
                text = view.text(row, view.filled(row)[0])
                notes.append(Note("ST09", "", f"第 {row + 1} 行（“{text[:20]}”）没有看懂，未作为指标读取。"))
                continue
            last = row
            lines.append(line)
    _carry(view, place, lines, words)
    kept = [line for line in lines if _counts(line, lines)]
    rows = Rows([], {}, {}, {}, notes, last)
    for line in kept:
        _add(rows, view, dict(place.columns), line, words)
    return rows


def _ends_here(view: View, row: int, place: Place) -> bool:
    """Tell whether the form has ended: a remark or a signature line, or one text over the whole width."""
    filled = view.filled(row)
    left = min(column for _, column in place.columns)
    first = view.text(row, filled[0])
    if filled[0] <= left and _STOP.match(key(first)) and len(filled) <= 6:
        names = dict(place.columns)
        return filled[0] != names.get("level1") or key(first) != "单位"
    reach = view.reach(row, filled[0])
    return (
        len(filled) == 1
        and filled[0] <= left
        and reach.right >= place.columns[-1][1]
        and reach.right > filled[0]
    )


def _line(view: View, row: int, place: Place, words: Vocabulary) -> _Line | None:
    """Read one row by its columns, or where they do not fit by the order of its cells and the known words."""
    columns = dict(place.columns)
    filled = [column for column in view.filled(row) if not _is_block_label(view, row, column, place)]
    if not filled:
        return _Line(row)
    strict = _by_columns(view, row, filled, place)
    if strict is not None and _plausible(strict, words):
        return strict
    ordered = _by_order(view, row, filled, words, columns)
    return ordered or strict


def _is_block_label(view: View, row: int, column: int, place: Place) -> bool:
    """`绩效指标` in the first column labels the block, no row of it."""
    level1 = dict(place.columns).get("level1", 0)
    return column < level1 and (
        view.is_label(row, column) or key(view.text(row, column)) in {"绩效", "指标", "绩效指标"}
    )


def _by_columns(view: View, row: int, filled: list[int], place: Place) -> _Line | None:
    """Assign each cell to the heading above it; `None` where a cell has no heading or two share one."""
    heading = place.heading or 0
    owner: dict[int, str] = {}
    for name, column in place.columns:
        for at in range(column, view.reach(heading, column).right + 1):
            owner.setdefault(at, name)
    line = _Line(row)
    for column in filled:
        name = owner.get(column)
        if name is None or name in line.texts:
            return None
        line.texts[name] = view.text(row, column)
        line.spots[name] = Spot(row, column)
        line.own.add(name)
    columns = dict(place.columns)
    if "level2" in line.spots and "name" not in line.spots and "name" in columns:
        reach = view.reach(*line.spots["level2"])
        if reach.right >= columns["name"]:
            return None
    return line


def _plausible(line: _Line, words: Vocabulary) -> bool:
    """A row read by columns is doubted when a level word stands under another heading, or text left of level 1."""
    level1, level2 = line.texts.get("level1", ""), line.texts.get("level2", "")
    if any(name.startswith("other") and spot.column < _left(line) for name, spot in line.spots.items()):
        return _level1(level1, words) is not None and not words.parents(_bare(level1))
    if not words.closed:
        return True
    if _level2(line.texts.get("name", ""), words) and not _level2(level2, words):
        return False
    if words.parents(_bare(level1)) and _bare(level1) not in words.level1:
        return _level2(level2, words) is not None
    return not (_level1(level2, words) and not _level2(level2, words))


def _left(line: _Line) -> int:
    return min((spot.column for name, spot in line.spots.items() if name in _FIELDS), default=0)


def _by_order(
    view: View, row: int, filled: list[int], words: Vocabulary, columns: Mapping[str, int]
) -> _Line | None:
    """Read a shifted row: known words anchor it, the cells after level 2 are name and target."""
    rest = list(filled)
    line = _Line(row, shifted=True)

    def take(name: str) -> None:
        column = rest.pop(0)
        line.texts[name], line.spots[name] = view.text(row, column), Spot(row, column)
        line.own.add(name)

    text = view.text(row, rest[0])
    second = view.text(row, rest[1]) if len(rest) > 1 else ""
    if _level1(text, words) and (not _level2(text, words) or _level2(second, words)):
        take("level1")
    if rest and (_level2(view.text(row, rest[0]), words) or len(rest) == 3):
        take("level2")
    if len(rest) == 2:
        take("name")
        take("target")
    elif len(rest) == 1:
        target = columns.get("target", rest[0])
        take("target" if rest[0] >= target else "name")
    elif rest:
        return None
    return line if line.own else None


def _level1(text: str, words: Vocabulary) -> str | None:
    """Return the level 1 word that a text means."""
    bare = _bare(text)
    if bare in words.level1:
        return bare
    return words.synonyms.get("level1", {}).get(bare)


def _level2(text: str, words: Vocabulary) -> str | None:
    """Return the level 2 word that a text means."""
    bare = _bare(text)
    if words.parents(bare):
        return bare
    return words.synonyms.get("level2", {}).get(bare)


def _bare(text: str) -> str:
    return _POINTS.sub("", "".join(text.split()).rstrip(":："))


def _carry(view: View, place: Place, lines: list[_Line], words: Vocabulary) -> None:
    """Give every row its level 1 and level 2: its own, or the word above it that holds over it."""
    present = {_level1(line.texts.get("level1", ""), words) for line in lines}
    above: dict[str, tuple[str, Spot]] = {}
    for line in lines:
        if "level1" in line.own:
            above = {"level1": (line.texts["level1"], line.spots["level1"])}
        elif "level2" in line.own and not _covered(view, line, place):
            parents = words.parents(_level2(line.texts["level2"], words) or "")
            held = _level1(above["level1"][0], words) if "level1" in above else None
            if len(parents) == 1 and parents[0] != held and (line.shifted or parents[0] not in present):
                spot = Spot(line.row, max(0, line.spots["level2"].column - 1))
                above = {"level1": (parents[0], spot)}
        if "level2" in line.own:
            above["level2"] = (line.texts["level2"], line.spots["level2"])
        for name in ("level1", "level2"):
            if name not in line.own and name in above:
                line.texts[name], line.spots[name] = above[name]


def _covered(view: View, line: _Line, place: Place) -> bool:
    column = dict(place.columns).get("level1")
    return column is not None and not line.shifted and view.hidden_by_merge(line.row, column)


def _counts(line: _Line, lines: list[_Line]) -> bool:
    """Tell an indicator, or an official row left blank, from an unused spare row."""
    content = {name for name in ("name", "target", "operator", "measure") if line.texts.get(name)}
    same = [
        other
        for other in lines
        if other is not line
        and other.texts.get("level2") == line.texts.get("level2")
        and other.texts.get("level1") == line.texts.get("level1")
        and other.texts.get("target")
    ]
    if content == {"name"} and _PRINTED.match(key(line.texts["name"]) or line.texts["name"]):
        return not same
    return (
        bool(content) or ("level2" in line.own and not same) or ("level1" in line.own and _alone(line, lines))
    )


def _alone(line: _Line, lines: list[_Line]) -> bool:
    """A level 1 word with nothing in its whole block still counts as a row left blank."""
    block = [one for one in lines if one.spots.get("level1") == line.spots["level1"]]
    return not any(one.texts.get("name") or one.texts.get("target") or "level2" in one.own for one in block)


def _add(rows: Rows, view: View, columns: Mapping[str, int], line: _Line, words: Vocabulary) -> None:
    """Append one indicator with its cells, the clerk's own texts and the faults of its cells."""
    base = f"/indicators/{len(rows.indicators)}"
    indicator: dict[str, str | None] = {}
    for name in _FIELDS:
        spot = line.spots.get(name) or Spot(line.row, columns.get(name, 0))
        if name == "name" and "name" not in line.spots and "level2" in line.own:
            spot = Spot(line.row, max(spot.column, view.reach(*line.spots["level2"]).right + 1))
        text: str | None = line.texts.get(name) or None
        raw = view.value(*spot) if name in line.spots else None
        if text is not None and name in {"level1", "level2"}:
            text = _meant(text, name, words, f"{base}/{name}", rows.notes)
        if name == "target" and text is not None:
            text = _whole_target(text, line)
        indicator[name] = text
        rows.cells[f"{base}/{name}"] = spot.a1
        if raw is not None and raw != text:
            rows.raw[f"{base}/{name}"] = raw
        if spot in view.grid.faults:
            rows.faults[f"{base}/{name}"] = view.grid.faults[spot]
    target = parse(indicator["target"] or "")
    rows.indicators.append(
        {**indicator, "operator": target.operator, "value": target.value, "measure": target.measure}
    )


def _whole_target(text: str, line: _Line) -> str:
    """Put operator, value and measure together where the form has columns of their own for them."""
    operator, measure = line.texts.get("operator", ""), line.texts.get("measure", "")
    parsed = parse(text)
    front = (
        operator
        if operator and operator != "定性" and parsed.operator is None and parsed.value is not None
        else ""
    )
    back = measure if measure and parsed.value is not None and not parsed.measure else ""
    return f"{front}{text}{back}"


def _meant(text: str, name: str, words: Vocabulary, pointer: str, notes: list[Note]) -> str:
    """Return the vocabulary's word for a level: line breaks, points in brackets and other spellings undone."""
    word = _level1(text, words) if name == "level1" else _level2(text, words)
    if word is None:
        return text
    bare = _bare(text)
    if bare != word:
        notes.append(Note("ST05", pointer, f"“{bare}”按“{word}”理解。"))
    return word
