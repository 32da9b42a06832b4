"""What formulas refer to, and what in a sheet or chart must give way when sheets and names are gone."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from jixiao.office.package import scan
from jixiao.office.package.layout import spot
from jixiao.office.package.scan import Edit
from jixiao.office.sniffing import damaged

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_TOKEN = re.compile(
    r"\"((?:[^\"]|\"\")*+)\"?|'((?:[^']|'')*+)'(!?)|([\w.\\?]++)(?::([\w.\\?]++)(?=!))?+(!?)(?=(\(?))|(\[[0-9]++\])"
)
_RULES = frozenset({"formula", "formula1", "formula2", "f"})


@dataclass(frozen=True)
class Gone:
    """What no formula may refer to any more; names in the form that `str.casefold` gives.

    Attributes:
        sheets: names of the sheets that go.
        order: all sheets in order, for references over several of them.
        words: defined names and tables that go, and functions whose results cannot be kept right.
        outside: other workbooks go too.
        functions: the functions that are known, where those of macros go too.

    """

    sheets: frozenset[str]
    order: tuple[str, ...]
    words: frozenset[str] = frozenset()
    outside: bool = False
    functions: frozenset[str] | None = None

    def meant(self, formula: str) -> bool:
        """Tell whether a formula refers to something that goes."""
        return any(self._token(*found) for found in _TOKEN.findall(formula))

    def _token(  # noqa: PLR0913, PLR0917 - the groups of one expression
        self, text: str, quoted: str, bang: str, word: str, last: str, mark: str, call: str, other: str
    ) -> bool:
        if text:
            low = text.casefold()
            return any(f"{one}!" in low or f"{one}'!" in low for one in self.sheets)
        if other or (bang and "[" in quoted):
            return self.outside
        if bang or mark:
            first, _, end = quoted.replace("''", "'").partition(":") if bang else (word, "", last)
            return self._sheet(first, end)
        name = word.casefold()
        unknown = call and self.functions is not None and name not in self.functions
        return bool(name) and (name in self.words or bool(unknown and not name.startswith("_xl")))

    def _sheet(self, first: str, last: str) -> bool:
        ends = [first.casefold(), last.casefold()] if last else [first.casefold()]
        if any(one in self.sheets for one in ends):
            return True
        if not last or not all(one in self.order for one in ends):
            return False
        low, high = sorted(self.order.index(one) for one in ends)
        return any(one in self.sheets for one in self.order[low : high + 1])


@dataclass(frozen=True)
class Cells:
    """What a pass over the cells found.

    Attributes:
        edits: what leaves values for formulas.
        texts: the numbers of the shared texts in use.
        columns: columns that hold anything, counted from 0.
        rows: hidden rows that hold anything, counted from 0.

    """

    edits: list[Edit] = field(default_factory=list)
    texts: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    rows: set[int] = field(default_factory=set)


def cells(data: bytes, gone: Gone) -> Cells:
    """Replace formulas that refer to what goes by the values that they had; memory does not grow with the sheet."""
    seen = _Cells(data, gone)
    try:
        seen.parser.Parse(data, True)  # noqa: FBT003 - expat's own signature
    except expat.ExpatError as error:
        raise damaged() from error
    return seen.found


class _Cells:
    """Looks at cells as expat goes over them; elements are known by their local names."""

    def __init__(self, data: bytes, gone: Gone) -> None:
        self.data, self.gone = data, gone
        self.found = Cells()
        self.row, self.column, self.hidden = -1, -1, False
        self.shared: set[str] = set()
        self.cell: tuple[int, int, Mapping[str, str]] = (0, 0, {})
        self.formula: tuple[int, int, Mapping[str, str]] | None = None
        self.text: list[str] | None = None
        self.parser = scan.events(self)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "row":
            number = attributes.get("r", "")
            self.row = int(number) - 1 if number.isdecimal() and len(number) < 9 else self.row + 1
            self.column, self.hidden = -1, is_hidden(attributes, "ht")
        elif local in {"c", "f", "v"}:
            at = self.parser.CurrentByteIndex
            place = (at, scan.tag_end(self.data, at), attributes)
            if local == "c":
                self.cell = place
                self.column = spot(attributes["r"]).column if "r" in attributes else self.column + 1
            elif local == "f":
                self.formula, self.text = place, []
            else:
                self.text = []

    def characters(self, text: str) -> None:
        if self.text is not None:
            self.text.append(text)

    def end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        if local in {"v", "is"}:
            self.found.columns.add(self.column)
            self.found.rows.update({self.row} if self.hidden else ())
        if local == "v" and self.text is not None:
            text, self.text = "".join(self.text).strip(), None
            if self.cell[2].get("t") == "s" and text.isdecimal() and len(text) < 10:
                self.found.texts.add(int(text))
        elif local == "f" and self.formula is not None:
            self.close("".join(self.text or ()))
            self.formula = self.text = None

    def close(self, formula: str) -> None:
        start, inner, said = self.formula or (0, 0, {})
        group = said.get("si", "") if said.get("t") == "shared" else ""
        if not (self.gone.meant(formula) if formula else group in self.shared):
            return
        if group:
            self.shared.add(group)
        closed = self.data[inner - 2 : inner] == b"/>"
        end = inner if closed else self.data.index(b">", self.parser.CurrentByteIndex) + 1
        at, to, own = self.cell
        if "cm" in own:  # it said that the formula fills several cells
            self.found.edits.append(Edit(at, to, scan.retag(self.data[at:to], {"cm": None})))
        self.found.edits.append(Edit(start, end, b""))


def is_hidden(said: Mapping[str, str], size: str) -> bool:
    """Tell whether a row or column is hidden, or made so small that nobody sees it."""
    return said.get("hidden") in {"1", "true"} or re.fullmatch(r"0+(?:\.0*)?", said.get(size, "")) is not None


def rules(data: bytes, root: scan.Element, gone: Gone) -> list[Edit]:
    """Return the edits that take validations, conditional formats and sparklines away which refer to what goes."""
    edits: list[Edit] = []
    for block in root.children:
        if block.local in {"conditionalFormatting", "dataValidations"}:
            edits += _thinned(data, block, gone)
    listed = root.child("extLst")
    hollow = []
    for extension in listed.children if listed else ():
        own = [each for block in extension.children for each in _extended(data, block, gone)]
        if own and {(each.start, each.end) for each in own} >= {
            (one.start, one.end) for one in extension.children
        }:
            hollow.append(extension)
        else:
            edits += own
    if listed and hollow and len(hollow) == len(listed.children):
        return [*edits, Edit(listed.start, listed.end, b"")]
    return edits + [Edit(one.start, one.end, b"") for one in hollow]


def _extended(data: bytes, block: scan.Element, gone: Gone) -> list[Edit]:
    if block.local in {"dataValidations", "sparklineGroups"}:
        return _thinned(data, block, gone)
    if block.local != "conditionalFormattings":
        return []
    edits = [edit for one in block.children for edit in _thinned(data, one, gone)]
    ended = {(edit.start, edit.end) for edit in edits}
    whole = bool(edits) and all((one.start, one.end) in ended for one in block.children)
    return [Edit(block.start, block.end, b"")] if whole else edits


def _thinned(data: bytes, block: scan.Element, gone: Gone) -> list[Edit]:
    """Return the edits that leave a block only what does not refer to what goes; nothing of it where nothing is left."""
    held = [one for one in block.children if one.local != "sqref"]
    away = [one for one in held if _refers(one, gone)]
    if away and len(away) == len(held):
        return [Edit(block.start, block.end, b"")]
    edits = [Edit(one.start, one.end, b"") for one in away]
    if away and "count" in block.attributes:
        edits += scan.amend(data, block, {"count": str(len(held) - len(away))})
    return edits


def _refers(element: scan.Element, gone: Gone) -> bool:
    said = (one for one in element.walk() if one.local in _RULES or one.attributes.get("type") == "formula")
    return any(gone.meant(one.text or one.attributes.get("val", "")) for one in said)


def links(root: scan.Element, gone: Gone) -> Iterator[Edit]:
    """Yield the edits that take links away which lead to what goes; the texts of their cells stay."""
    block = root.child("hyperlinks")
    held = list(block.children) if block else []
    away = [one for one in held if gone.meant(one.attributes.get("location", ""))]
    if block and away and len(away) == len(held):
        yield Edit(block.start, block.end, b"")
    else:
        yield from (Edit(one.start, one.end, b"") for one in away)
