"""One indicator row: its cells by the headings above them, or where they do not fit by the words that we know."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import pairwise, takewhile

from jixiao.model import Spot
from jixiao.patterns import late
from jixiao.reading import signs
from jixiao.reading.labels import signing
from jixiao.reading.tables import Place
from jixiao.reading.view import View
from jixiao.reading.words import LEAD
from jixiao.schemas import Vocabulary, vocabularies, vocabulary
from jixiao.values import key, parse, parted

# `绩效指标`, a piece of it where its letters stand one below the other, the number or the points of a row.
_OF_THE_BLOCK = re.compile(
    r"(?:20\d\d|中期|长期|总体|年|度|项目|部门|单位|整体)*(?:绩|效|指|标|体系)+|(?:20\d\d)?(?:中期|长期|总体|年|度)+"
    r"|\d{1,3}分?|[一二三四五六七八九十]{1,3}"
)
# Heads a column left of level 1.
_CATEGORIES = re.compile(r"(?:指标|绩效|目标)?(?:类别|类型|分类|维度|属性|性质)")
_IN_BRACKETS = re.compile(
    r"[（(][^（()）]*[)）]"
)  # what an older form says of a level: 产出指标（数量、质量方面的指标）
# 1.1 before a word; not 1.5 before a measure, as in 1.5万亩.
_OUTLINE = late(
    r"^\s*\d{1,2}(?:[.．]\d{1,2}){1,3}[、.．]?\s*(?=[\u4e00-\u9fff])(?![十百千万亿元亩公里米吨户人次个台套年月天倍])"
)
_POINTS = re.compile(r"[（(]\s*\d+(?:\.\d+)?\s*[分%％]?\s*[)）]$|\d+分$")
STOP = re.compile(
    r"注|备注|说明|填表|填报|联系|负责人|审核|单位负责人|制表|复核|经办|财政部门|主管部门|预算单位|单位盖章|审批|签字|日期|附件|附表"
    r"|其他需要|总分|合计|第.{1,3}页|项目[一二三四五六七八九十\d]+$|单位名称|金额单位"
)
SUM = re.compile(
    r"(?:合计|总计|小计|总分|权重合计|分值合计)(?:100分?)?"
)  # a line below others, not an indicator
SIGNED = re.compile(
    r"(?:填报人?|填表人?|联系人|联系电话|电话|经办人|制表人?|复核人?|审核人?|[初复终]审人?|审批人?|审定人?|校对人?|编制人|经手人|会计|出纳|(?:主管|分管|主要)领导|负责人|\S{0,8}负责人|填报时间|填报日期|日期"
    r"|(?:填报|填表|编制|申报|预算|实施|项目)?单位(?:名称)?|注|备注)"
    r"\s*(?:[（(]\S{1,4}[)）])?\s*[:：]"
    r"|(?:20\d\d|[二〇○零一二三四五六七八九]{4})\s*年(?:\s*\S{1,3}\s*月(?:\s*\S{1,3}\s*日)?|\s*度)$"
    r"|\S*[（(](?:单位)?(?:公章|盖章|签章|章)[)）]$|第\s*\S{1,3}\s*页|附件\s*\d*$|项目[一二三四五六七八九十\d]+\s*[:：]$"
)

_IN_ANY_ORDER = ("level1", "level2", "name", "target")
_ANY_LEVEL2 = "具体指标"  # printed for the one level 2 word of the satisfaction in older forms
PRINTED = re.compile(r"^(?:指标[\d一二三四五六七八九十]*|[.…·]+)[:：]?$")  # in the place of a name


@dataclass
class Line:
    """One indicator row on its way: texts and cells by field."""

    row: int
    texts: dict[str, str] = field(default_factory=dict)
    spots: dict[str, Spot] = field(default_factory=dict)
    own: set[str] = field(default_factory=set)
    shifted: bool = False


@dataclass(frozen=True)
class Block:
    """What holds for all rows of one indicator block: its headings, the words of its vocabulary.

    Attributes:
        view: the sheet.
        words: the vocabulary of the form.
        columns: field → the column of its heading.
        owner: column → the field whose heading reaches over it.
        left: the first column that has a heading.
        right: the last one.
        labelled: the last row of the block's own label, where that is merged.
        labels: column left of level 1 → what the row of the headings says there: 绩效指标.
        signers: the names of the agency and its department, as they stand above.

    """

    view: View
    words: Vocabulary
    columns: Mapping[str, int]
    owner: Mapping[int, str]
    left: int
    right: int
    labelled: int
    labels: Mapping[int, str]
    signers: frozenset[str]

    @classmethod
    def of(cls, view: View, place: Place, words: Vocabulary) -> Block:
        """Index the headings; a merged heading owns all its columns."""
        owner = {column: name for name, column in place.columns}
        for name, column in place.columns:
            for at in range(column, view.reach(place.heading or 0, column).right + 1):
                owner.setdefault(at, name)
        columns = dict(place.columns)
        owner.update(dict.fromkeys(_copies_of_target(view, place.heading or 0, columns), "target"))
        owner.update(dict.fromkeys(signs.unheaded(view, place, owner), "target"))
        level1 = columns.get("level1", 0)
        beside = [view.reach(place.heading or 0, column) for column in range(level1)]
        labelled = max((area.bottom for area in beside if area.bottom > (place.heading or 0)), default=-1)
        labels = {column: key(view.text(*area[:2])) for column, area in enumerate(beside)}
        named = (spot for word in signing(place.form) for spot in place.labels.get(word, ()))
        beside_names = [view.text(row, c) for row, label in named for c in view.filled(row) if c > label]
        signers = frozenset(parted(text)[0].strip() for text in beside_names)
        return cls(view, words, columns, owner, min(columns.values()), max(owner), labelled, labels, signers)

    def level1(self, text: str) -> str | None:
        """Return the level 1 word that a text means."""
        return meant(self.words.name, "level1", text)

    def level2(self, text: str) -> str | None:
        """Return the level 2 word that a text means."""
        return meant(self.words.name, "level2", text)


def _copies_of_target(view: View, heading: int, columns: Mapping[str, int]) -> list[int]:
    """Return the columns right of the targets into which their heading was filled, as it was once merged with them."""
    if view.merged or "target" not in columns:
        return []
    first = columns["target"]
    own = view.text(heading, first)
    texts = takewhile(lambda text: text == own != "", view.texts[heading][first + 1 :])
    return [first + 1 + n for n, _ in enumerate(texts)]


@lru_cache(maxsize=1024)
def meant(name: str, level: str, text: str) -> str | None:
    """Return the vocabulary's word for a text: line breaks, remarks in brackets, other spellings undone."""
    words = vocabulary(name)
    plain = bare(text)
    known = words.level1 if level == "level1" else [word for some in words.level2.values() for word in some]
    for one in (plain, _IN_BRACKETS.sub("", plain)):
        if meant := one if one in known else words.synonyms.get(level, {}).get(one):
            return meant
    return None


@lru_cache(maxsize=1024)
def bare(text: str) -> str:
    """Return a level's word without white space, numbering in front and points behind."""
    word = LEAD.sub("", text)
    if "." in word or "．" in word:
        word = _OUTLINE.sub("", word)
    return _POINTS.sub("", "".join(word.split()).rstrip(":："))


def is_sum(block: Block, row: int) -> bool:
    """Tell whether a row adds up others: 合计 left of the indicators' names, and no name."""
    view, name = block.view, block.columns.get("name", block.right)
    filled = [column for column in view.filled(row) if not is_block_label(block, row, column)]
    text = view.text(row, filled[0]) if filled and filled[0] < name else ""
    return bool(text and SUM.fullmatch(key(text))) and (name not in filled or view.text(row, name) == text)


def read_line(block: Block, row: int) -> Line | None:
    """Read one row by its columns, or where they do not fit by the order of its cells and the known words."""
    level1 = block.columns.get("level1", 0)
    filled = block.view.filled(row)
    last = block.right if "target" in block.columns else block.right + 1  # the targets, without a heading
    inside = [column for column in filled if column <= last]
    beyond = block.view.text(row, filled[len(inside)]) if len(inside) < len(filled) else ""
    if beyond and not _is_shifted_right(block, row, inside, beyond):
        filled = inside  # what stands right of the table is a side note
    if filled and filled[0] < level1:
        filled = [
            c for c in filled if c >= level1 or _is_field(block, c) or not is_block_label(block, row, c)
        ]
    if not filled:
        return Line(row)
    strict = _with_the_only_level2(block, _by_columns(block, row, filled))
    if strict is not None and _plausible(block, strict):
        return strict
    return _by_order(block, row, filled) or strict


def _is_field(block: Block, column: int) -> bool:
    return block.owner.get(column, "other")[:5] != "other"


def _is_shifted_right(block: Block, row: int, inside: Sequence[int], beyond: str) -> bool:
    """Tell whether a row goes on right of the table: a level stands in place of the name, or the target is `beyond`."""
    under = {block.owner.get(column): block.view.text(row, column) for column in inside}
    if not inside:
        return False
    level2, name = under.get("level2", ""), bare(under.get("name", ""))
    moved = block.level1(level2) and not block.level2(level2) if level2 else "level1" not in under
    if (
        moved
        and block.words.parents(name)
        and not block.view.hidden_by_merge(row, block.columns.get("level2", 0))
    ):
        return True
    told = parse(beyond)
    if "target" in under:
        return not name  # its cells after a level 2 that reached over two columns
    return bool(told.operator or told.value or told.span)


def is_block_label(block: Block, row: int, column: int) -> bool:
    """Tell whether a text left of level 1 labels the block, a category of rows or one row, and begins nothing else."""
    text, label = block.view.text(row, column), block.labels.get(column, "")
    if _CATEGORIES.fullmatch(label) and not block.level1(text) and not block.level2(text):
        return True
    return bool(_OF_THE_BLOCK.fullmatch(key(text))) or key(text) == label


def _by_columns(block: Block, row: int, filled: list[int]) -> Line | None:
    """Assign each cell to the heading above it; `None` where a cell has no heading or two share one."""
    texts: dict[str, str] = {}
    spots: dict[str, Spot] = {}
    cells, stray, owner = block.view.texts[row], False, block.owner
    parts = [column for column in filled if owner.get(column) == "target"]
    copies = {at for last, at in pairwise(parts) if cells[at] == cells[last] and not block.view.merged}
    parts = [column for column in parts if column not in copies]
    if len(parts) > 1:
        owner = {**owner, **dict(zip(parts, _parts([cells[column] for column in parts]), strict=False))}
    names = [column for column in filled if owner.get(column) == "name"]
    printed = {column for column in names[:-1] if PRINTED.match(key(cells[column]))}
    for column in (column for column in filled if column not in printed | copies):
        name = owner.get(column)
        if name is None:
            stray = True
        elif name in texts:
            return None
        else:
            texts[name] = cells[column]
            spots[name] = Spot(row, column)
    if stray and not {"name", "target"} <= texts.keys():
        return None
    name_column = block.columns.get("name")
    if name_column is not None and "level2" in spots and "name" not in spots:
        reach = block.view.reach(*spots["level2"])
        if reach.right >= name_column:
            return None
    if len(parts) > 1 and "target" not in spots:  # a blank between its operator and its measure
        spots["target"] = Spot(row, parts[0] + 1)
    return Line(row, texts, spots, set(texts))


def _with_the_only_level2(block: Block, line: Line | None) -> Line | None:
    """Put the one level 2 word that a level 1 has in the place of `具体指标`."""
    if line is not None and line.texts.get("level2") == _ANY_LEVEL2:
        only = block.words.level2.get(block.level1(line.texts.get("level1", "")) or "", ())
        line.texts["level2"] = only[0] if len(only) == 1 else _ANY_LEVEL2
    return line


def _parts(texts: list[str]) -> Sequence[str]:
    """Return what the cells under one heading of the target are: operator, number and measure, or some of them."""
    signed = signs.is_sign(texts[0])
    if len(texts) == 3:
        return ("operator", "target", "measure") if signed else ()
    told = parse(texts[-1 if signed else 0])
    if not signed:
        return ("target", "measure") if told.value is not None and parse("".join(texts)).measure else ()
    target = told.value is not None or told.span is not None or texts[0] == "定性"
    return ("operator", "target" if target else "measure")


def _plausible(block: Block, line: Line) -> bool:
    """A row read by columns is doubted when a level word stands under another heading, or text left of level 1."""
    level1, level2 = line.texts.get("level1", ""), line.texts.get("level2", "")
    only_level2 = block.level2(level1) == bare(level1) and block.level1(level1) != bare(level1)
    level1_at = block.columns.get("level1", 0)
    first = min(block.columns.get(name, level1_at) for name in _IN_ANY_ORDER)
    if any(column < first for _, column in line.spots.values()):
        return block.level1(level1) is not None and not only_level2
    if level1 and level2 and not {"name", "target"} & line.texts.keys() and block.level1(level1) is None:
        told = parse(level2)
        if told.operator is not None and told.value is not None:  # name and target, all before them lost
            return False
    if not block.words.closed or (block.level2(level2) and not level1):
        return True
    if block.level2(level2) is None and block.level2(line.texts.get("name", "")):
        return _is_named_so(block, line)
    if block.level2(level2) is None and block.level1(level2) and not _stands_in_level2(block, line):
        return False
    return not only_level2 or block.level2(level2) is not None


def _is_named_so(block: Block, line: Line) -> bool:
    """Tell whether a level 2 word is an indicator's name (服务对象满意度 ≥95%): its level 2 is told, or its target is."""
    column, name = block.columns.get("level2"), bare(line.texts["name"])
    if column is not None and block.view.hidden_by_merge(line.row, column):
        return True
    target = parse(line.texts.get("target", ""))
    return not name.endswith("指标") and (target.operator is not None or target.value is not None)


def _stands_in_level2(block: Block, line: Line) -> bool:
    """Tell whether a level 1 word in the level 2 column is meant there: level 1 is told, or another version has it."""
    column = block.columns.get("level1")
    if block.level1(line.texts.get("level1", "")):
        return True
    if column is not None and block.view.hidden_by_merge(line.row, column):
        return True
    return {"name", "target"} <= line.texts.keys() and bare(line.texts["level2"]) in _level2_elsewhere()


@cache
def _level2_elsewhere() -> frozenset[str]:
    """Return the level 2 words of all closed vocabularies, in all their spellings."""
    closed = [words for words in map(vocabulary, vocabularies()) if words.closed]
    return frozenset(
        word
        for words in closed
        for some in (*words.level2.values(), words.synonyms.get("level2", ()))
        for word in some
    )


def _by_order(block: Block, row: int, filled: list[int]) -> Line | None:
    """Read a shifted row: known words anchor it, the cells after level 2 are name and target."""
    rest = [(block.view.text(row, column), Spot(row, column)) for column in filled]
    moved = _shifted_back(block, row, rest)
    if moved is not None:
        return moved
    line = Line(row, shifted=True)

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


def _shifted_back(block: Block, row: int, cells: list[tuple[str, Spot]]) -> Line | None:
    """Read a row that lost its leading cell by the headings, moved as far as its level 2 word stands off."""
    exact = [spot.column for text, spot in cells if block.words.parents(bare(text))]
    anchor = next(iter([*exact, *(spot.column for text, spot in cells if block.level2(text))]), None)
    if anchor is None or "level2" not in block.columns or len(cells) < 4:
        return None
    shift = block.columns["level2"] - anchor
    names = [block.owner.get(spot.column + shift) for _, spot in cells]
    if shift == 0 or None in names or len(set(names)) < len(names):
        return None
    pairs = [(name, *cell) for name, cell in zip(names, cells, strict=True) if name]
    texts = {name: text for name, text, _ in pairs}
    return Line(row, texts, {name: spot for name, _, spot in pairs}, set(texts), shifted=True)
