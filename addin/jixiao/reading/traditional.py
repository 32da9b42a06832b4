"""A sheet whose labels are in traditional characters (績效目標表): its labels and levels in those that our forms print."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from jixiao.model import CellValue, Document, Grid, Note
from jixiao.reading.headings import heading_of
from jixiao.reading.lines import meant
from jixiao.reading.words import LONGEST_LABEL, known_labels, label_key
from jixiao.schemas import vocabularies

# What labels, headings and words of the levels are written with, and units of money.
_PAIRS = (
    "績绩標标項项額额資资總总財财撥拨轉转結结餘余級级產产數数質质時时經经濟济會会態态環环滿满對对務务單单門门實实號号稱称屬属類类負负責责聯联"
    "電电話话報报預预體体長长間间萬万億亿達达備备註注說说編编碼码補补專专計计員员費费個个測测評评審审與与劃划規规為为檢检驗验當当執执業业歸归處处機机關关"
)
_SIMPLE = str.maketrans(dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True)))
_HEAD_ROWS = 100  # the first of which have such a word
_TELLING = ("績效", "目標", "項目", "單位")
_TITLE = re.compile(r"目标\S{0,6}表|单位\s*[:：].*元|20\d\d年度|预算")
_IN_TEXTS = re.compile(r"(?<=\d)[萬億]|滿意(?=[度率])|目標(?=\s*\d{1,2}\s*[:：、.．])")
_TOLD = Note(
    "ST09",
    "",
    "表上的栏目写的是繁体字，按简体理解。",
    "hint",
    "与其他单位一起汇总、公开的，请改用简体字。",
)


def simplified(grid: Grid) -> Grid | None:
    """Return the sheet with its labels in simplified characters, `None` where no word of a form is traditional."""
    texts = (value for row in grid.rows[:_HEAD_ROWS] for value in row if isinstance(value, str))
    if not any(word in text for text in texts for word in _TELLING):
        return None
    return replace(grid, rows=[[_cell(value) for value in row] for row in grid.rows])


def told(document: Document) -> Document:
    """Return a table with the note that its labels were read so."""
    return replace(document, notes=(*document.notes, _TOLD))


def _cell(value: CellValue) -> CellValue:
    if not isinstance(value, str):
        return value
    text = value.translate(_SIMPLE)
    if text == value:
        return value
    return text if len(text) <= LONGEST_LABEL and _is_printed(text) else _IN_TEXTS.sub(_simple, value)


def _simple(match: re.Match[str]) -> str:
    return match[0].translate(_SIMPLE)


def _is_printed(text: str) -> bool:
    """Tell whether a form prints a text: a label, a heading, a word of the levels, a title, the unit of money."""
    label = text.replace("：", ":").partition(":")[0]
    known = {label_key(text), label_key(label)} & known_labels() or heading_of(text)
    return bool(known or _TITLE.search(text)) or any(
        meant(name, level, text) for name in _vocabularies() for level in ("level1", "level2")
    )


@cache
def _vocabularies() -> tuple[str, ...]:
    return vocabularies()
