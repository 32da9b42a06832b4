"""One sheet's cells, parsed exactly: how far its values reach, and which hold what calamine cannot tell."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError, ParserCreate, errors

from jixiao.errors import FileRejectedError
from jixiao.model import Spot
from jixiao.office.sniffing import damaged, too_large
from jixiao.patterns import late
from jixiao.values import is_clock, is_dressed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from xml.parsers.expat import XMLParserType

    from jixiao.office.limits import Limits

PERCENT_BUILT_IN = {9: "0%", 10: "0.00%"}  # ECMA-376 part 1, 18.8.30
# how programs write one letter or sign: `0\座` for `0"座"`
_ESCAPED = late(r'"[^"]*"|[\\!]([^\W_]|[≥≤＞＜＝>=<%‰])')
_ADDRESS = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_NO_MEMORY = errors.codes[errors.XML_ERROR_NO_MEMORY]
_VALUE_RECORDS = range(2, 12)  # BrtCellRk … BrtFmlaError of [MS-XLSB] 2.3.2
_ROW_RECORD = 0
_IN_PIECES = (
    "{0} 格的数在文件里拆成了几段来写，直接读取会读错，没有读取。请用表格软件打开，另存为 .xlsx 后重新提交。"
)


@dataclass(frozen=True)
class Facts:
    """What calamine cannot tell of a sheet: faults, percent formats, hidden rows and columns, as `Grid` has them.

    `zeros` are formulas with the result 0 where the workbook asks to be calculated anew: a script's stand-in for any.
    """

    faults: dict[Spot, str] = field(default_factory=dict)
    zeros: dict[Spot, str] = field(default_factory=dict)
    formats: dict[Spot, str] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def check_reach(rows: int, columns: int, limits: Limits) -> None:
    """Refuse a sheet whose values reach too far down, too far right, or span too many cells."""
    if rows > limits.rows:
        raise too_large(f"内容写到第 {rows} 行", f"{limits.rows} 行")
    if columns > limits.columns:
        raise too_large(f"内容写到第 {columns} 列", f"{limits.columns} 列")
    if rows * columns > limits.cells:
        raise too_large(f"一张表铺开有 {rows * columns} 格", f"{limits.cells} 格")


class Extent:
    """The rectangle from A1 that the values span; grows cell by cell, and refuses to grow too far."""

    def __init__(self, limits: Limits) -> None:
        """Begin with nothing."""
        self.limits, self.rows, self.columns = limits, 0, 0

    def add(self, row: int, column: int) -> None:
        """Take in one value, counted from 0."""
        self.rows, self.columns = max(self.rows, row + 1), max(self.columns, column + 1)
        check_reach(self.rows, self.columns, self.limits)


def new_parser() -> XMLParserType:
    """Return a parser that refuses document types, and with them every entity."""

    def doctype(*_: object) -> None:
        raise damaged()

    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = doctype
    return parser


def parse(
    parser: XMLParserType,
    part: bytes,
    start: Callable[..., None],
    end: Callable[..., None],
    text: Callable[..., None],
) -> None:
    """Run the parser over a part; raises FileRejectedError (`damaged`) for XML that is none, MemoryError where none is left."""
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    try:
        parser.Parse(part, True)  # noqa: FBT003 - expat takes this argument by position only
    except (ExpatError, ValueError, LookupError) as error:
        if getattr(error, "code", None) == _NO_MEMORY:
            raise MemoryError from error
        raise damaged() from error


class _Sheet:
    """Collects the cells of one worksheet part, with positions as calamine counts them."""

    def __init__(
        self,
        part: bytes,
        parser: XMLParserType,
        percents: Mapping[int, str],
        limits: Limits,
        *,
        anew: bool = False,
    ) -> None:
        self.part, self.parser, self.anew = part, parser, anew
        self.percents, self.extent, self.facts = percents, Extent(limits), Facts()
        self.row = self.column = 0
        self.cell: dict[str, str] | None = None
        self.spot = Spot(0, 0)
        self.texts: dict[str, list[str]] = {}
        self.formula: dict[str, str] = {}
        self.open: list[str] | None = None
        self.began, self.pieces = 0, False
        self.masters: dict[str, tuple[str, Spot]] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin a row, a cell, or one of a cell's pieces."""
        tag = tag.rpartition(":")[2]
        if tag == "row":
            self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row
        elif tag == "c":
            self.cell, self.texts, self.formula, self.pieces = attributes, {}, {}, False
            self.spot = _spot(attributes["r"]) if "r" in attributes else Spot(self.row, self.column)
            self.column = self.spot.column
        elif self.cell is not None and tag in ("v", "f", "is"):
            self.pieces = self.pieces or (tag == "v" and "v" in self.texts)
            self.open = self.texts.setdefault(tag, [])
            self.began = self.parser.CurrentByteIndex
            if tag == "f":
                self.formula = attributes

    def text(self, text: str) -> None:
        """Keep the text of a value or a formula."""
        if self.open is not None:
            self.open.append(text)

    def end(self, tag: str) -> None:
        """Finish a row, a cell, or one of a cell's pieces."""
        tag = tag.rpartition(":")[2]
        if tag == "row":
            self.row, self.column = self.row + 1, 0
        elif tag == "c" and self.cell is not None:
            self._finish(self.cell)
            self.cell = None
            self.column += 1
        elif tag in ("v", "f", "is"):
            if tag == "v":
                written = self.part[self.began : self.parser.CurrentByteIndex]
                self.pieces = self.pieces or b"<" in written[1:] or (b"&" in written and not self._is_text())
            self.open = None

    def _is_text(self) -> bool:
        """Tell whether the cell's value is a text, of which calamine reads entities as well."""
        return self.cell is not None and self.cell.get("t") in {"str", "e"}

    def _finish(self, cell: dict[str, str]) -> None:
        """Judge one cell: an error, a formula that nobody calculated, a percent, or nothing special."""
        if not self.texts:
            return
        self.extent.add(*self.spot)
        kind = cell.get("t", "n")
        value = "".join(self.texts["v"]) if "v" in self.texts else None
        formula = self._formula() if "f" in self.texts else None
        if self.pieces:
            raise FileRejectedError("unsupported_format", _IN_PIECES.format(self.spot.a1))
        if kind == "e":
            self.facts.faults[self.spot] = value or "#VALUE!"
        elif formula is not None and (value is None or (value == "" and kind != "str")):
            self.facts.faults[self.spot] = f"={formula}"
            self._dress(cell)
        elif formula is not None and self.anew and kind == "n" and value == "0":
            self.facts.zeros[self.spot] = f"={formula}"
            self._dress(cell)
        elif kind == "n" and value:
            self._dress(cell)

    def _dress(self, cell: dict[str, str]) -> None:
        """Keep the format of a number that it tells something of."""
        if cell.get("s", "").isdecimal() and int(cell["s"]) in self.percents:
            self.facts.formats[self.spot] = self.percents[int(cell["s"])]

    def _formula(self) -> str:
        """Return the cell's formula; one that shares another cell's is moved to its own place."""
        text, index = "".join(self.texts["f"]), self.formula.get("si", "")
        if self.formula.get("t") != "shared":
            return text
        if text:
            self.masters[index] = (text, self.spot)
            return text
        master, origin = self.masters.get(index, ("", self.spot))
        return moved(master, origin, self.spot)


def moved(formula: str, origin: Spot, spot: Spot) -> str:
    """Return a formula as it reads in another cell; as it stands where it cannot be understood."""
    from openpyxl.formula.tokenizer import TokenizerError  # noqa: PLC0415 - few files need it, and it is heavy
    from openpyxl.formula.translate import Translator, TranslatorError  # noqa: PLC0415 - the same

    try:
        return str(Translator(f"={formula}", origin.a1).translate_formula(spot.a1)).removeprefix("=")
    except (TokenizerError, TranslatorError, ValueError, IndexError):
        return formula


def _spot(address: str) -> Spot:
    match = _ADDRESS.fullmatch(address)
    if match is None or int(match[2]) < 1:
        raise damaged()
    return Spot.of(address.upper())


def inspect(part: bytes, percents: Mapping[int, str], limits: Limits, *, anew: bool = False) -> Facts:
    """Return a worksheet's errors, uncalculated formulas and percent cells; `anew` where all is to be calculated anew.

    A cell that has only a style reaches nowhere: calamine skips it. Raises FileRejectedError: `too_large`
    for a value beyond the limits, `damaged` for XML that is none, `unsupported_format` for a number in pieces.
    """
    parser = new_parser()
    sheet = _Sheet(part, parser, percents, limits, anew=anew)
    parse(parser, part, sheet.start, sheet.end, sheet.text)
    return sheet.facts


def spelled(code: str) -> str:
    """Return a number format with its single letters and signs in quotes, as a word is written."""
    return _ESCAPED.sub(lambda one: f'"{one[1]}"' if one[1] else one[0], code)


def is_telling(code: str) -> bool:
    """Tell whether a number format must be known where a program hands out mere numbers: dressed, or a time's."""
    return is_dressed(code) or is_clock(code)


def percent_styles(part: bytes) -> dict[int, str]:
    """Return the formats of a `styles.xml` that add a percent sign or words to a number, by number of cell style; raises FileRejectedError (`damaged`)."""
    codes, styles, inside = dict(PERCENT_BUILT_IN), {}, ""
    count = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal inside, count
        tag = tag.rpartition(":")[2]
        if tag in {"numFmts", "cellXfs"}:
            inside = tag
        elif tag == "numFmt" and inside == "numFmts" and attributes.get("numFmtId", "").isdecimal():
            code = spelled(attributes.get("formatCode", ""))
            if is_dressed(code):
                codes[int(attributes["numFmtId"])] = code
        elif tag == "xf" and inside == "cellXfs":
            number = attributes.get("numFmtId", "")
            if number.isdecimal() and int(number) in codes:
                styles[count] = codes[int(number)]
            count += 1

    def end(tag: str) -> None:
        nonlocal inside
        if tag.rpartition(":")[2] == inside:
            inside = ""

    parse(new_parser(), part, start, end, lambda _: None)
    return styles


def check_binary(part: bytes, limits: Limits) -> None:
    """Refuse a worksheet part of an .xlsb whose values reach too far; raises FileRejectedError."""
    extent, at, row = Extent(limits), 0, 0
    try:
        while at < len(part):
            kind, at = part[at], at + 1
            if kind & 0x80:
                kind, at = (kind & 0x7F) | (part[at] & 0x7F) << 7, at + 1
            length = shift = 0
            while True:
                byte, at = part[at], at + 1
                length |= (byte & 0x7F) << shift
                shift += 7
                if not byte & 0x80 or shift == 28:
                    break
            if kind == _ROW_RECORD or kind in _VALUE_RECORDS:
                if length < 8 or at + length > len(part):
                    raise damaged()
                number = int.from_bytes(part[at : at + 4], "little")
                if kind == _ROW_RECORD:
                    row = number
                else:
                    extent.add(row, number)
            at += length
    except IndexError as error:
        raise damaged() from error
