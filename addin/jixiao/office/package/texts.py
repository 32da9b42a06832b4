"""Texts in the cells of a sheet, wherever the program that saved it has put them."""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass, field
from xml.parsers import expat

from jixiao.errors import FileRejectedError
from jixiao.office.package import parts, scan
from jixiao.office.package.book import Sheet, Workbook
from jixiao.office.package.layout import layout, whole
from jixiao.office.package.parts import Package
from jixiao.office.sniffing import damaged

_LOOKS = frozenset({"b", "i", "u", "strike", "sz", "vertAlign"})
_OFF = frozenset({"0", "false", "none", "baseline"})
_BLACK = frozenset({(("rgb", "FF000000"),), (("theme", "1"),), (("indexed", "8"),), (("auto", "1"),)})
_RUN = re.compile(rb"<(?:\w+:)?r[\s>]")


@dataclass(frozen=True)
class Texts:
    """The texts of a workbook; its shared ones are read at the first cell that needs them."""

    package: Package
    book: Workbook
    shared: list[str] = field(default_factory=list)
    runs: dict[int, bytes] = field(default_factory=dict)

    def of(self, cell: scan.Element) -> str:
        """Return what a cell holds, a formula with its `=`."""
        formula = cell.child("f")
        if formula is not None and formula.content:
            return f"={formula.content}"
        if cell.attributes.get("t") != "s":
            return "".join(one.content for one in cell.children if one.local in {"v", "is"})
        self._read()
        number = _number(cell)
        return self.shared[number] if 0 <= number < len(self.shared) else ""

    def in_runs(self, cell: scan.Element) -> bool:
        """Tell whether a cell's text stands in runs of several looks; another face alone is none.

        Programs put Chinese and Latin letters into runs of their own, each with its face.
        """
        if cell.attributes.get("t") != "s":
            inline = cell.child("is")
            return inline is not None and _differ(inline)
        self._read()
        text = self.runs.get(_number(cell))
        if text is None:
            return False
        try:
            prefix = text[1 : text.index(b"si")].rstrip(b":")
            name = b"xmlns:" + prefix if prefix else b"xmlns"
            held = scan.parse(b'<w %s="%s">%s</w>' % (name, scan.MAIN.encode(), text))
            return _differ(held.children[0])
        except FileRejectedError:
            return True

    def _read(self) -> None:
        """Read the shared texts, once."""
        part = None if self.shared else shared_part(self.package, self.book)
        if part is not None:
            data = parts.read(self.package, part)
            found = shared(data)
            self.shared.extend(found.texts)
            spans = enumerate(zip(found.starts, found.ends, strict=True))
            self.runs.update(
                {number: data[start:end] for number, (start, end) in spans if _RUN.search(data, start, end)}
            )

    def first(self, sheet: Sheet) -> str:
        """Return the text of A1, empty where the sheet cannot be read."""
        try:
            page = layout(parts.read(self.package, sheet.part), (0,))
            found = (row.cells.get(0) for row in page.rows if row.number == 0)
            return next((self.of(cell) for cell in found if cell is not None), "")
        except FileRejectedError:
            return ""


def _number(cell: scan.Element) -> int:
    """Return the number of a cell's shared text; some programs leave it out where the text is empty."""
    text = cell.content.strip()
    return whole(text) if text else -1


def _differ(text: scan.Element) -> bool:
    return len({_look(run.child("rPr")) for run in text.all("r")}) > 1


def _look(said: scan.Element | None) -> frozenset[tuple[str, object]]:
    """Return what of a run's properties a person sees as set: not its face, nor what says "no" or the usual black."""
    found = set[tuple[str, object]]()
    for one in said.children if said else ():
        value = one.attributes.get("val", "")
        if one.local == "color" and tuple(one.attributes.items()) not in _BLACK:
            found.add((one.local, tuple(sorted(one.attributes.items()))))
        elif one.local in _LOOKS and value not in _OFF:
            found.add((one.local, value if one.local in {"u", "sz", "vertAlign"} else ""))
    return frozenset(found)


def shared_part(package: Package, book: Workbook) -> str | None:
    """Return the part of the shared texts, None where there is none."""
    return next((one.part for one in parts.links(package, book.part) if one.kind == "sharedStrings"), None)


@dataclass(frozen=True)
class Shared:
    """The shared texts of a workbook, without the readings beside them, and where in the part each stands."""

    texts: list[str]
    starts: array[int]
    ends: array[int]


def shared(data: bytes) -> Shared:
    """Read the part of the shared texts; raises FileRejectedError (`damaged`) for XML that is none."""
    seen = _Seen(data)
    try:
        seen.parser.Parse(data, True)  # noqa: FBT003 - expat's own signature
    except expat.ExpatError as error:
        raise damaged() from error
    return seen.found


class _Seen:
    """Looks at shared texts as expat goes over them; there may be millions, so none becomes an element."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.found = Shared([], array("Q"), array("Q"))
        self.said: list[str] = []
        self.text = self.reading = False
        self.parser = scan.events(self)

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "si":
            self.found.starts.append(self.parser.CurrentByteIndex)
            self.said = []
        elif local == "rPh":
            self.reading = True
        self.text = local == "t" and not self.reading

    def characters(self, text: str) -> None:
        if self.text:
            self.said.append(text)

    def end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        self.text = False
        if local == "rPh":
            self.reading = False
        elif local == "si":
            self.found.texts.append("".join(self.said))
            self.found.ends.append(self.data.index(b">", self.parser.CurrentByteIndex) + 1)
