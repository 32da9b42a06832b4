"""The indicator block: rows to indicators, level 1 carried down, shifted rows anchored on the words we know."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from jixiao.model import CellValue, Note, Spot
from jixiao.reading.tables import Place, heading_bottom, is_heading_again
from jixiao.reading.view import LEAD, View
from jixiao.schemas import Vocabulary, vocabulary
from jixiao.values import key, parse

_FIELDS = ("level1", "level2", "name", "target")
_REST_OF_A_WORD = ("指标",)  # `成本` and `指标` in two cells, one below the other
_TITLES = {"level1": "一级指标", "level2": "二级指标", "name": "三级指标", "target": "指标值"}
_POINTS = re.compile(r"[（(]\s*\d+(?:\.\d+)?\s*[分%％]?\s*[)）]$|\d+分$")
_STOP = re.compile(
    r"注|备注|说明|填表|填报|联系|负责人|审核|单位负责人|制表|复核|经办|财政部门|主管部门|预算单位|单位盖章|审批|签字|日期|附件|附表"
    r"|其他需要|总分|合计|第.{1,3}页|项目[一二三四五六七八九十\d]+$|单位名称|金额单位"
)
_SIGNED = re.compile(
    r"(?:填报人?|填表人?|联系人|联系电话|电话|经办人|制表人?|复核人?|审核人?|负责人|\S{0,8}负责人|填报时间|填报日期|日期|单位(?:名称)?|注|备注)"
    r"\s*(?:[（(]\S{1,4}[)）])?\s*[:：]"
    r"|(?:20\d\d|[二〇○零一二三四五六七八九]{4})\s*年(?:\s*\S{1,3}\s*月(?:\s*\S{1,3}\s*日)?|\s*度)$"
    r"|\S+[（(](?:公章|盖章|签章|章)[)）]$|第\s*\S{1,3}\s*页|附件\s*\d*$|项目[一二三四五六七八九十\d]+\s*[:：]$"
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


@dataclass
class Rows:
    """What the indicator block holds: indicators, cells and raw texts by pointer, notes, and its last row."""

    last: int
    indicators: list[dict[str, str | None]] = field(default_factory=list)
    cells: dict[str, str] = field(default_factory=dict)
    raw: dict[str, CellValue] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)


@dataclass(frozen=True)
class _Block:
    """What holds for all rows of one indicator block: its headings, the words of its vocabulary."""

    view: View
    words: Vocabulary
    columns: Mapping[str, int]
    owner: Mapping[int, str]
    left: int
    right: int
    labelled: int

    @classmethod
    def of(cls, view: View, place: Place, words: Vocabulary) -> _Block:
        """Index the headings; a merged heading owns all its columns."""
        owner: dict[int, str] = {}
        for name, column in place.columns:
            for at in range(column, view.reach(place.heading or 0, column).right + 1):
                owner.setdefault(at, name)
        columns = dict(place.columns)
        level1 = columns.get("level1", 0)
        beside = [view.reach(place.heading or 0, column) for column in range(level1)]
        labelled = max((area.bottom for area in beside if area.bottom > (place.heading or 0)), default=-1)
        return cls(view, words, columns, owner, min(columns.values()), max(owner), labelled)

    def level1(self, text: str) -> str | None:
        """Return the level 1 word that a text means."""
        return _meant(self.words.name, "level1", text)

    def level2(self, text: str) -> str | None:
        """Return the level 2 word that a text means."""
        return _meant(self.words.name, "level2", text)


@lru_cache(maxsize=8192)
def _meant(name: str, level: str, text: str) -> str | None:
    """Return the vocabulary's word for a text: line breaks, points in brackets, other spellings undone."""
    words = vocabulary(name)
    bare = _bare(text)
    known = words.level1 if level == "level1" else [word for some in words.level2.values() for word in some]
    return bare if bare in known else words.synonyms.get(level, {}).get(bare)


@lru_cache(maxsize=8192)
def _bare(text: str) -> str:
    return _POINTS.sub("", "".join(LEAD.sub("", text).split()).rstrip(":："))


def read(view: View, place: Place, words: Vocabulary) -> Rows:
    """Return the indicators below the heading, in the order of the sheet."""
    if place.heading is None:
        return Rows(place.top)
    rows = Rows(place.heading)
    block = _Block.of(view, place, words)
    for name in set(_FIELDS) - block.columns.keys():
        rows.notes.append(
            Note("ST09", "/indicators", f"指标表头里没有找到“{_TITLES[name]}”一列，这一列没有读取。", "error")
        )
    lines: list[_Line] = []
    start = (
        heading_bottom(
            view, place.heading, [c for _, c in place.columns if c >= block.columns.get("level1", 0)]
        )
        + 1
    )
    for row in range(start, min(place.bottom, view.height)):
        if not view.filled(row) or is_heading_again(view, row):
            continue
        if _ends_here(block, row):
            break
        line = _line(block, row)
        if line is None:
            text = view.text(row, view.filled(row)[0])
            rows.notes.append(
                Note(
                    "ST09",
                    "/indicators",
                    f"第 {row + 1} 行（“{text[:20]}”）没有看懂，未作为指标读取。",
                    "warning",
                )
            )
            continue
        rows.last = row
        lines.append(line)
    _carry(block, lines)
    answered = Counter(_levels(line) for line in lines if line.texts.get("target"))
    for line in lines:
        if _counts(line, lines, answered):
            _add(rows, block, line)
    return rows


def _ends_here(block: _Block, row: int) -> bool:
    """Tell whether the form has ended: a remark or a signature line, one text over the whole width, or outside it."""
    view, filled = block.view, block.view.filled(row)
    texts = [view.text(row, column) for column in filled]
    if any(block.level1(text) or block.level2(text) for text in texts):
        return False
    if _SIGNED.match(texts[0]):
        return True
    level1 = block.columns.get("level1", 0)
    under = {block.owner.get(column) for column in filled}
    if 0 <= block.labelled < row and not {"name", "target"} <= under:
        return True
    if filled[0] <= block.left and _STOP.match(key(texts[0])) and len(filled) <= 6:
        return filled[0] != level1 or key(texts[0]) != "单位"
    if filled[0] < level1 and len(filled) < 3 and not _is_block_label(block, row, filled[0]):
        return True
    reach = view.reach(row, filled[0])
    return (
        len(filled) == 1
        and filled[0] <= block.left
        and reach.right >= block.right
        and reach.right > filled[0]
    )


def _line(block: _Block, row: int) -> _Line | None:
    """Read one row by its columns, or where they do not fit by the order of its cells and the known words."""
    level1 = block.columns.get("level1", 0)
    filled = block.view.filled(row)
    inside = [column for column in filled if column <= block.right]
    if not inside or {"name", "target"} <= {block.owner.get(column) for column in inside}:
        filled = inside  # what stands right of the table is a side note; else the row may be shifted right
    if filled and filled[0] < level1:
        filled = [column for column in filled if column >= level1 or not _is_block_label(block, row, column)]
    if not filled:
        return _Line(row)
    strict = _by_columns(block, row, filled)
    if strict is not None and _plausible(block, strict):
        return strict
    return _by_order(block, row, filled) or strict


def _is_block_label(block: _Block, row: int, column: int) -> bool:
    """`绩效指标` in the first column labels the block, no row of it."""
    return block.view.is_label(row, column) or key(block.view.text(row, column)) in {
        "绩效",
        "指标",
        "绩效指标",
    }


def _by_columns(block: _Block, row: int, filled: list[int]) -> _Line | None:
    """Assign each cell to the heading above it; `None` where a cell has no heading or two share one."""
    texts: dict[str, str] = {}
    spots: dict[str, Spot] = {}
    cells, stray = block.view.texts[row], False
    for column in filled:
        name = block.owner.get(column)
        if name is None:
            stray = True
        elif name in texts:
            return None
        elif not (name == "level1" and cells[column] in _REST_OF_A_WORD):
            texts[name] = cells[column]
            spots[name] = Spot(row, column)
    if stray and not {"name", "target"} <= texts.keys():
        return None
    name_column = block.columns.get("name")
    if name_column is not None and "level2" in spots and "name" not in spots:
        reach = block.view.reach(*spots["level2"])
        if reach.right >= name_column:
            return None
    return _Line(row, texts, spots, set(texts))


def _plausible(block: _Block, line: _Line) -> bool:
    """A row read by columns is doubted when a level word stands under another heading, or text left of level 1."""
    level1, level2 = line.texts.get("level1", ""), line.texts.get("level2", "")
    only_level2 = block.level2(level1) == _bare(level1) and block.level1(level1) != _bare(level1)
    if any(column < block.columns.get("level1", 0) for _, column in line.spots.values()):
        return block.level1(level1) is not None and not only_level2
    if not block.words.closed or (block.level2(level2) and not level1):
        return True
    if block.level2(level2) is None and (block.level2(line.texts.get("name", "")) or block.level1(level2)):
        return False
    return not only_level2 or block.level2(level2) is not None


def _by_order(block: _Block, row: int, filled: list[int]) -> _Line | None:
    """Read a shifted row: known words anchor it, the cells after level 2 are name and target."""
    rest = [(block.view.text(row, column), Spot(row, column)) for column in filled]
    moved = _shifted_back(block, row, rest)
    if moved is not None:
        return moved
    line = _Line(row, shifted=True)

    def take(*names: str) -> None:
        for name in names:
            line.texts[name], line.spots[name] = rest.pop(0)
            line.own.add(name)

    first, second = rest[0][0], rest[1][0] if len(rest) > 1 else ""
    if block.level1(first) and (not block.level2(first) or block.level2(second)):
        take("level1")
    if rest and (block.level2(rest[0][0]) or len(rest) == 3):
        take("level2")
    if len(rest) == 2:
        take("name", "target")
    elif len(rest) == 1:
        take("target" if rest[0][1].column >= block.columns.get("target", 0) else "name")
    elif rest:
        return None
    return line if line.own else None


def _shifted_back(block: _Block, row: int, cells: list[tuple[str, Spot]]) -> _Line | None:
    """Read a row that lost its leading cell by the headings, moved as far as its level 2 word stands off."""
    exact = [spot.column for text, spot in cells if block.words.parents(_bare(text))]
    anchor = next(iter([*exact, *(spot.column for text, spot in cells if block.level2(text))]), None)
    if anchor is None or "level2" not in block.columns or len(cells) < 4:
        return None
    shift = block.columns["level2"] - anchor
    names = [block.owner.get(spot.column + shift) for _, spot in cells]
    if shift == 0 or None in names or len(set(names)) < len(names):
        return None
    pairs = [(name, *cell) for name, cell in zip(names, cells, strict=True) if name]
    texts = {name: text for name, text, _ in pairs}
    return _Line(row, texts, {name: spot for name, _, spot in pairs}, set(texts), shifted=True)


def _carry(block: _Block, lines: list[_Line]) -> None:
    """Give every row its level 1 and level 2: its own, or the word above it that holds over it."""
    present = {block.level1(line.texts["level1"]) for line in lines if "level1" in line.texts}
    above: dict[str, tuple[str, Spot]] = {}
    centred = bool(lines) and "level1" not in lines[0].own
    for number, line in enumerate(lines):
        below = _below(block, lines[number:]) if centred and "level1" not in line.own else None
        if "level1" in line.own:
            above = {"level1": (line.texts["level1"], line.spots["level1"])}
        elif below is not None:
            above = {"level1": (below.texts["level1"], below.spots["level1"])}
        elif "level2" in line.own and not _covered(block, line):
            parents = block.words.parents(block.level2(line.texts["level2"]) or "")
            held = block.level1(above["level1"][0]) if "level1" in above else None
            if len(parents) == 1 and parents[0] != held and (line.shifted or parents[0] not in present):
                spot = Spot(line.row, max(0, line.spots["level2"].column - 1))
                above = {"level1": (parents[0], spot)}
        if "level2" in line.own:
            above["level2"] = (line.texts["level2"], line.spots["level2"])
        for name in ("level1", "level2"):
            if name not in line.own and name in above:
                line.texts[name], line.spots[name] = above[name]


def _below(block: _Block, lines: list[_Line]) -> _Line | None:
    """Return the row below that holds a row's level 1, where the words stand in the middle of their blocks."""
    parents = block.words.parents(block.level2(lines[0].texts.get("level2", "")) or "")
    for line in lines:
        own = block.words.parents(block.level2(line.texts.get("level2", "")) or "")
        if len(parents) != 1 or ("level2" in line.own and own != parents):
            return None
        if "level1" in line.own:
            return line if block.level1(line.texts["level1"]) == parents[0] else None
    return None


def _covered(block: _Block, line: _Line) -> bool:
    column = block.columns.get("level1")
    return column is not None and not line.shifted and block.view.hidden_by_merge(line.row, column)


def _levels(line: _Line) -> tuple[str | None, str | None]:
    return line.texts.get("level1"), line.texts.get("level2")


def _counts(line: _Line, lines: list[_Line], answered: Mapping[tuple[str | None, str | None], int]) -> bool:
    """Tell an indicator, or an official row left blank, from an unused spare row."""
    name, target = line.texts.get("name"), line.texts.get("target")
    if target or line.texts.get("operator") or line.texts.get("measure"):
        return True
    others = answered.get(_levels(line), 0)
    if name:
        return not others or not _PRINTED.match(key(name) or name)
    return ("level2" in line.own and not others) or ("level1" in line.own and _alone(line, lines))


def _alone(line: _Line, lines: list[_Line]) -> bool:
    """A level 1 word with nothing in its whole block still counts as a row left blank."""
    block = [one for one in lines if one.texts.get("level1") == line.texts["level1"]]
    return not any(one.texts.get("name") or one.texts.get("target") or "level2" in one.own for one in block)


def _add(rows: Rows, block: _Block, line: _Line) -> None:
    """Append one indicator with its cells, the clerk's own texts and the faults of its cells."""
    base = f"/indicators/{len(rows.indicators)}"
    view = block.view
    indicator: dict[str, str | None] = {}
    for name in _FIELDS:
        text = line.texts.get(name) or None
        spot = line.spots.get(name)
        pointer = f"{base}/{name}"
        if spot is None:
            spot = _blank_spot(block, line, name)
        elif text is not None:
            raw, text = view.value(*spot), _understood(block, line, name, text)
            if raw != text:
                rows.raw[pointer] = raw
                if raw is not None and name in {"level1", "level2"} and _bare(str(raw)) != text:
                    rows.notes.append(Note("ST05", pointer, f"“{_bare(str(raw))}”按“{text}”理解。"))
            if view.grid.faults and spot in view.grid.faults:
                rows.faults[pointer] = view.grid.faults[spot]
        indicator[name] = text
        if name in line.spots or name in block.columns:
            rows.cells[pointer] = spot.a1
    target = parse(indicator["target"] or "")
    rows.indicators.append(
        {**indicator, "operator": target.operator, "value": target.value, "measure": target.measure}
    )


def _blank_spot(block: _Block, line: _Line, name: str) -> Spot:
    """Return the cell where a blank field belongs: under its heading, right of a level 2 that reaches over it."""
    column = block.columns.get(name, 0)
    if name == "name" and "level2" in line.own:
        column = max(column, block.view.reach(*line.spots["level2"]).right + 1)
    return Spot(line.row, column)


def _understood(block: _Block, line: _Line, name: str, text: str) -> str:
    """Return what a cell's text means: a level's official word, a target with its operator and measure."""
    if name == "level1":
        return block.level1(text) or text
    if name == "level2":
        return block.level2(text) or text
    return _whole_target(text, line) if name == "target" else text


def _whole_target(text: str, line: _Line) -> str:
    """Put operator, value and measure together where the form has columns of their own for them."""
    operator, measure = line.texts.get("operator", ""), line.texts.get("measure", "")
    if not operator and not measure:
        return text
    parsed = parse(text)
    if parsed.value is None:
        return text
    front = operator if parsed.operator is None and operator != "定性" else ""
    return f"{front}{text}{'' if parsed.measure else measure}"
