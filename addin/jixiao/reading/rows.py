"""The indicator block: rows to indicators, level 1 carried down, spare rows left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from jixiao.model import CellValue, Note, Spot
from jixiao.patterns import late
from jixiao.reading import joint, pieces, several
from jixiao.reading.captions import Captions, level1
from jixiao.reading.ends import begins_table, ends_here, is_beyond_doubt, is_headed_anew, may_be_lost
from jixiao.reading.headings import heading_bottom
from jixiao.reading.levels import TITLES
from jixiao.reading.lines import PRINTED, Block, Line, bare, is_sum, read_line
from jixiao.reading.signs import KINDS
from jixiao.reading.tables import Place, is_heading, is_heading_again
from jixiao.reading.view import View
from jixiao.schemas import Vocabulary
from jixiao.values import key, parse

_FIELDS = tuple(TITLES)
_DOTS = late(r"[.…·]+")
_EXAMPLES = late("示例|样例|范例|举例|参考|^[例比]?如[:：]|例如")


@dataclass
class Rows:
    """What the indicator block holds: indicators, cells and raw texts by pointer, notes, and its last row."""

    last: int
    indicators: list[dict[str, str | None]] = field(default_factory=list)
    cells: dict[str, str] = field(default_factory=dict)
    raw: dict[str, CellValue] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)


@dataclass
class _Out:
    """The rows left out that must be told: those that may be indicators, and where another table begins."""

    lost: list[int] = field(default_factory=list)
    tables: list[int] = field(default_factory=list)

    def add(self, block: Block, row: int, stop: int, *, goes_on: bool) -> None:
        """Add what is to be told of the rows from one that ends the form to the next indicator or the end."""
        first = row if begins_table(block, row) else stop
        table = next((one for one in range(row, first) if is_headed_anew(block, one)), first)
        self.tables += [table] if table < stop else []
        told = goes_on or table < stop
        self.lost += [one for one in range(row + 1, stop) if told and may_be_lost(block, one)]


def read(view: View, place: Place, words: Vocabulary, until: int) -> Rows:
    """Return the indicators below the heading, in the order of the sheet.

    Between the end of the table and the row `until`, where the money or the goals stand, are those beyond doubt.
    """
    if place.heading is None:
        return Rows(place.top)
    rows = Rows(place.heading)
    block = Block.of(view, place, words)
    view = pieces.whole(block, range(place.heading + 1, min(until, view.height)))
    block = replace(block, view=view)
    lines = [one for one in (level1(block, place.heading - 1),) if one]
    out = _Out()
    captions = Captions.of(block, range(place.heading, min(until, view.height)))
    for row in _body(place, block, until, out, captions):
        if row in captions.alone or row in captions.longer or is_sum(block, row):
            rows.last = row
            continue
        line = level1(block, row) or read_line(block, row)
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
    rows.notes += [_another(view, row) for row in out.tables]
    rows.notes += [_lost(view, row) for row in out.lost]
    _carry(block, lines)
    if "level4" in block.columns:
        rows.notes += _with_level4(block, lines)
    both = joint.heading(block, place.heading)
    if both:
        rows.notes += joint.part(lines)
    lines, told = several.apart(lines)
    answered = Counter(_levels(line) for line in lines if line.texts.get("target"))
    told_of = {line.texts.get("level1") for line in lines if _says(line)}
    kept = [line for line in lines if _counts(line, told_of, answered)]
    for line in kept:
        _add(rows, block, line)
    rows.notes += several.notes(kept, told)
    lacking = [name for name in _FIELDS if name not in block.columns and not (both and name == "target")]
    if any(line.own == {"level1"} for line in lines) and all(line.texts.get("level1") for line in kept):
        lacking = [name for name in lacking if name != "level1"]  # captions have it
    rows.notes[:0] = _without_columns(lacking, len(kept))
    return rows


def _without_columns(lacking: Sequence[str], count: int) -> list[Note]:
    """Tell which columns the headings do not name; their blank cells in each of the `count` rows need no finding of their own."""
    notes = []
    for name in lacking:
        text = f"指标表头里没有找到“{TITLES[name]}”一列，这一列没有读取。"
        advice = f"请核对指标上方的表头，把这一列的名称改为“{TITLES[name]}”；没有这一列的请补上。"
        lacks = tuple(f"/indicators/{number}/{name}" for number in range(count))
        notes.append(Note("ST09", "/indicators", text, "error", advice, lacks))
    return notes


def _body(place: Place, block: Block, until: int, out: _Out, captions: Captions) -> Iterator[int]:
    """Yield the rows below the headings; where the same headings stand again, a page's foot and head are left out.

    Below a line that ends the form the rows go on with the next one that is an indicator beyond doubt.
    """
    view, heading, bottom = block.view, place.heading or 0, min(until, block.view.height)
    first = min(column for name, column in place.columns if not name.startswith("other"))
    level1 = block.columns.get("level1", first)
    levels = [column for _, column in place.columns if column >= level1]
    depth = heading_bottom(view, heading, levels) + 1 - heading
    pages = [row for row in range(heading + depth, bottom) if _is_same_heading(view, place, row)]
    row = heading + depth
    while row < bottom:
        if not view.filled(row) or _is_guidance(block, row):
            row += 1
        elif is_heading_again(view, row):
            row = heading_bottom(view, row, [column for column in view.filled(row) if column >= level1]) + 1
        elif row not in captions.alone and (row == place.bottom or ends_here(block, row)):
            page = next((page for page in pages if page > row), bottom)
            more = _goes_on(block, row + 1, page)
            out.add(block, row, more, goes_on=more < page)
            row = more if more < page else page + depth
        else:
            yield row
            row += 1


def _is_guidance(block: Block, row: int) -> bool:
    """Tell whether a row says under the headings how to fill them in: （下拉选择）, （不超过30字）."""
    if not block.view.text(row, block.columns.get("name", 0)).startswith(("（", "(")):
        return False
    under = (column for column in block.view.filled(row) if block.owner.get(column) in _FIELDS)
    texts = [block.view.text(row, column) for column in under]
    return len(texts) > 1 and all(map(pieces.is_remark, texts))


def _goes_on(block: Block, start: int, stop: int) -> int:
    """Return the next row that is an indicator beyond doubt, `stop` where none follows or examples do."""
    for row in range(start, stop):
        texts = [block.view.text(row, column) for column in block.view.filled(row)]
        if is_heading(block.view, row) or any(_EXAMPLES.search(text) for text in texts):
            return stop
        if texts and is_beyond_doubt(block, row):
            return row
    return stop


def _lost(view: View, row: int) -> Note:
    text = f"第 {row + 1} 行（“{view.text(row, view.filled(row)[0])[:20]}”）在小计或说明的下面，没有作为指标读取。"
    advice = "是指标的，请移到这一行说明的上面，并写明一级、二级指标。"
    return Note("ST09", "/indicators", text, "warning", advice)


def _another(view: View, row: int) -> Note:
    text = f"第 {row + 1} 行起（“{view.text(row, view.filled(row)[0])[:20]}”）是另一张表，没有作为指标读取。"
    advice = "不是指标的可以不改；是指标的，请移到这张表的上面，并写明一级、二级指标。"
    return Note("ST09", "/indicators", text, "hint", advice)


def _is_same_heading(view: View, place: Place, row: int) -> bool:
    return is_heading(view, row) and all(
        view.label(row, column) == view.label(place.heading or 0, column) for _, column in place.columns
    )


def _carry(block: Block, lines: list[Line]) -> None:
    """Give every row its level 1 and level 2: its own, or the word above it that holds over it."""
    present = {block.level1(line.texts["level1"]) for line in lines if "level1" in line.texts}
    above: dict[str, tuple[str, Spot]] = {}
    centred = bool(lines) and "level1" not in lines[0].own
    for line, holder in zip(lines, _below(block, lines), strict=True):
        below = holder if "level1" not in line.own and (centred or _contradicts(block, line, above)) else None
        own = line if "level1" in line.own else below
        if own is not None:
            word = own.texts["level1"], own.spots["level1"]
            kept = above if word == above.get("level1") else _held(block, line, above)
            above = {**kept, "level1": word}
        elif "level2" in line.own and not _covered(block, line) and not _is_under_another(block, line, above):
            parents = block.words.parents(block.level2(line.texts["level2"]) or "")
            held = block.level1(above["level1"][0]) if "level1" in above else None
            if len(parents) == 1 and parents[0] != held and (line.shifted or parents[0] not in present):
                spot = Spot(line.row, max(0, line.spots["level2"].column - 1))
                above = {"level1": (parents[0], spot)}
        if "level1" in line.own and "level2" not in line.own:
            _spread(block, line)
        if "level2" in line.own:
            above["level2"] = (line.texts["level2"], line.spots["level2"])
        for name in ("level1", "level2"):
            if name not in line.own and name in above:
                line.texts[name], line.spots[name] = above[name]


def _held(block: Block, line: Line, above: Mapping[str, tuple[str, Spot]]) -> dict[str, tuple[str, Spot]]:
    """Return the level 2 whose merged cell reaches down to a row that has a level 1 word of its own."""
    if "level2" not in above or block.view.reach(*above["level2"][1]).bottom < line.row:
        return {}
    return {"level2": above["level2"]}


def _with_level4(block: Block, lines: list[Line]) -> list[Note]:
    """Put 四级指标 behind the 三级指标 that holds over it, into one name; what says the same twice is said once."""
    above, found = "", False
    for line in lines:
        covered = block.view.hidden_by_merge(line.row, block.columns.get("name", 0))
        if "name" in line.own or ("level2" in line.own and not covered):
            above = line.texts.get("name", "")
        finer = line.texts.get("level4")
        if finer:
            found = True
            line.texts["name"] = f"{above}：{finer}" if above not in {"", finer} else finer
            line.spots["name"] = line.spots["level4"]
    text = "指标表多一列四级指标，与三级指标合为一个名称读取，如“三级指标：四级指标”。"
    advice = "本地表样就是这样的可以不改；要与其他表一起汇总的，请改用官方空白表。"
    return [Note("ST09", "/indicators", text, "hint", advice)] if found else []


def _is_under_another(block: Block, line: Line, above: Mapping[str, tuple[str, Spot]]) -> bool:
    """Tell whether a word that the vocabulary does not know holds over a row: it says more than what its level 2 means."""
    return "level1" in above and not line.shifted and block.level1(above["level1"][0]) is None


def _spread(block: Block, line: Line) -> None:
    """Take a level 1 word whose cell reaches over level 2, and which has one level 2 word only, for both."""
    reach = block.view.reach(*line.spots["level1"])
    under = block.words.level2.get(block.level1(line.texts["level1"]) or "", ())
    if len(under) == 1 and reach.left < block.columns.get("level2", 0) <= reach.right:
        line.texts["level2"], line.spots["level2"] = under[0], line.spots["level1"]
        line.own.add("level2")


def _below(block: Block, lines: list[Line]) -> list[Line | None]:
    """Return for each row the row below that holds its level 1, where the words stand in the middle of their blocks."""
    found: list[Line | None] = []
    holder: Line | None = None  # the next row with a level 1 word
    kinds: set[tuple[str, ...]] = set()  # what is told of on the way to it
    for line in reversed(lines):
        parents = block.words.parents(block.level2(line.texts.get("level2", "")) or "")
        if "level1" in line.own:
            holder, kinds = line, set()
        if "level2" in line.own:
            kinds.add(parents)
        sure = holder is not None and len(parents) == 1 and kinds <= {parents}
        held = block.level1(holder.texts["level1"]) if holder and sure else None
        found.append(holder if held and held == parents[0] else None)
    return found[::-1]


def _contradicts(block: Block, line: Line, above: Mapping[str, tuple[str, Spot]]) -> bool:
    """Tell whether a row has a level 2 word of another level 1 than the one above it, which no merge spreads over it."""
    if "level2" not in line.own or "level1" not in above or _covered(block, line):
        return False
    parents = block.words.parents(block.level2(line.texts["level2"]) or "")
    held = block.level1(above["level1"][0])
    return held is not None and len(parents) == 1 and parents[0] != held


def _covered(block: Block, line: Line) -> bool:
    column = block.columns.get("level1")
    return column is not None and not line.shifted and block.view.hidden_by_merge(line.row, column)


def _levels(line: Line) -> tuple[str | None, str | None]:
    return line.texts.get("level1"), line.texts.get("level2")


def _counts(
    line: Line, told_of: AbstractSet[str | None], answered: Mapping[tuple[str | None, str | None], int]
) -> bool:
    """Tell an indicator, or an official row left blank, from an unused spare row.

    A level 1 word with nothing in its whole block still counts as a row left blank.
    """
    name, target = line.texts.get("name"), line.texts.get("target")
    if target and _DOTS.fullmatch(target) and _is_printed(name or target):
        target = None  # the form prints them in every column of a spare row
    if target or line.texts.get("operator") or line.texts.get("measure"):
        return True
    others = answered.get(_levels(line), 0)
    if name:
        return not others or not _is_printed(name)
    return ("level2" in line.own and not others and not _is_printed(line.texts["level2"])) or (
        "level1" in line.own and line.texts["level1"] not in told_of
    )


def _is_printed(text: str) -> bool:
    """Tell whether a text is what a form prints in a spare row: 指标1, ……."""
    return bool(PRINTED.match(key(text) or text))


def _says(line: Line) -> bool:
    """Tell whether a row has more than its level 1 word."""
    return bool(line.texts.get("name") or line.texts.get("target") or "level2" in line.own)


def _add(rows: Rows, block: Block, line: Line) -> None:
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
            typed = _typed(view, name, spot)
            raw, text = view.value(*spot), _understood(block, line, name, typed or text)
            if raw != text:
                rows.raw[pointer] = raw
                said = bare(view.text(*spot)) if name in {"level1", "level2"} else text
                if said and said != text:
                    rows.notes.append(Note("ST05", pointer, f"“{said}”按“{text}”理解。"))
            if typed:
                rows.notes.append(_as_formula(pointer, spot, typed, text))
            elif view.grid.faults and spot in view.grid.faults:
                rows.faults[pointer] = view.grid.faults[spot]
        indicator[name] = text
        if name in line.spots or name in block.columns:
            rows.cells[pointer] = spot.a1
    target = parse(indicator["target"] or "")
    rows.indicators.append(
        {**indicator, "operator": target.operator, "value": target.value, "measure": target.measure}
    )


def _typed(view: View, name: str, spot: Spot) -> str:
    """Return the target that somebody typed and a program took for a formula, `""` where there is none."""
    if name != "target" or spot in view.grid.formats:  # =0.95 that shows as 95% is a number
        return ""
    formula = view.grid.faults.get(spot) or view.grid.worked_out.get(spot) or ""
    return formula if is_target(formula) else ""


def is_target(formula: str) -> bool:
    """Tell whether a formula that nobody calculated is a target behind its operator: =100%, =2."""
    told = parse(formula) if formula else None
    plain = formula.lstrip("=＝ ")[:1].isdecimal()
    return told is not None and told.operator == "=" and told.value is not None and plain


def _as_formula(pointer: str, spot: Spot, formula: str, text: str) -> Note:
    said = f"{spot.a1} 的指标值写成了公式“{formula}”，表格软件里会显示成算出的数；这里按“{text}”读取。"
    return Note(
        "ST12",
        pointer,
        said,
        "warning",
        f"请写成文字，如“＝{formula.lstrip('=＝ ')}”（全角等号不会当作公式）。",
    )


def _blank_spot(block: Block, line: Line, name: str) -> Spot:
    """Return the cell where a blank field belongs: under its heading, right of a level 2 that reaches over it."""
    column = block.columns.get(name, 0)
    if name == "name" and "level2" in line.own:
        column = max(column, block.view.reach(*line.spots["level2"]).right + 1)
    return Spot(line.row, column)


def _understood(block: Block, line: Line, name: str, text: str) -> str:
    """Return what a cell's text means: a level's official word, a target with its operator and measure."""
    if name == "level1":
        return block.level1(text) or text
    if name == "level2":
        return block.level2(text) or text
    return _whole_target(text, line) if name == "target" else text


def _whole_target(text: str, line: Line) -> str:
    """Put operator, value and measure together where the form has columns of their own for them."""
    operator, measure = line.texts.get("operator", ""), line.texts.get("measure", "")
    if not operator and not measure:
        return text
    parsed = parse(text)
    if parsed.value is None and parsed.span is None:
        return text
    front = operator if parsed.operator is None and operator not in KINDS else ""
    return f"{front}{text}{'' if parsed.measure or parsed.span else measure}"
