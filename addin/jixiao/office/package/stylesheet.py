"""The styles part while it is worked on: parsed once, however much is appended to it, and written once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from jixiao.office.package import parts, scan
from jixiao.office.package.book import Workbook, styles_part
from jixiao.office.package.parts import Package
from jixiao.office.package.scan import Edit

_ORDER = (
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
)
# What a block holds at least: the first font, border and format are everybody's, the first two fills are fixed.
_LEAST = {
    "fonts": ['<{0}font><{0}sz val="11"/><{0}name val="宋体"/><{0}charset val="134"/></{0}font>'],
    "fills": [
        '<{0}fill><{0}patternFill patternType="none"/></{0}fill>',
        '<{0}fill><{0}patternFill patternType="gray125"/></{0}fill>',
    ],
    "borders": ["<{0}border><{0}left/><{0}right/><{0}top/><{0}bottom/><{0}diagonal/></{0}border>"],
    "cellXfs": ['<{0}xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'],
}
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_EMPTY = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="{scan.MAIN}"/>'.encode()
)


@dataclass(frozen=True)
class Stylesheet:
    """The styles part as it came, and what shall be appended to it.

    Attributes:
        part: where it stands, None where the workbook has none yet.
        data: its bytes.
        root: the same, parsed.
        formats: the cell formats in it.
        bases: how many formats of named styles there are, on which cell formats may be based.
        more: block → what is appended, as XML; `{0}` in it is the prefix of names.

    """

    part: str | None
    data: bytes
    root: scan.Element
    formats: tuple[scan.Element, ...]
    bases: int
    more: dict[str, list[str]] = field(default_factory=dict)


def opened(package: Package, book: Workbook) -> Stylesheet:
    """Return the styles part; an empty one where the workbook has none. Raises FileRejectedError (`damaged`)."""
    part = styles_part(package, book)
    data = _EMPTY if part is None else parts.read(package, part)
    root = scan.parse(data)
    own, bases = (root.child(block) for block in ("cellXfs", "cellStyleXfs"))
    return Stylesheet(
        part, data, root, tuple(own.all("xf")) if own else (), len(list(bases.all("xf"))) if bases else 0
    )


def append(sheet: Stylesheet, block: str, items: Sequence[str]) -> int:
    """Append to a block; returns the first one's number."""
    held, more = sheet.root.child(block), sheet.more.setdefault(block, [])
    first = max(len(held.children) if held else 0, len(_LEAST[block])) + len(more)
    more += items
    return first


def append_each(sheet: Stylesheet, block: str, items: Sequence[str]) -> list[int]:
    """Append what is new among items; returns each one's number, 0 for an empty one."""
    new = list(dict.fromkeys(item for item in items if item))
    first = append(sheet, block, new)
    return [first + new.index(item) if item else 0 for item in items]


def clone(sheet: Stylesheet, number: int, fill: int) -> str:
    """Return the XML of a format with another fill; of the usual format where there is none of this number.

    What it is based on is there: some programs leave a number behind whose style they have not written.
    """
    said: dict[str, str | None] = {"fillId": str(fill), "applyFill": "1"}
    if not 0 <= number < len(sheet.formats):
        return scan.retag(_LEAST["cellXfs"][0].encode(), said).decode()
    one = sheet.formats[number]
    if base(sheet, one) != one.attributes.get("xfId"):
        said["xfId"] = base(sheet, one)
    tag = scan.retag(sheet.data[one.start : one.inner], said)
    return (tag + sheet.data[one.inner : one.end]).decode()


def base(sheet: Stylesheet, one: scan.Element) -> str | None:
    """Return the number of the style that a format is based on: the first one where its own is not there."""
    said = one.attributes.get("xfId")
    if said is None or (said.isdecimal() and len(said) < 6 and int(said) < sheet.bases):
        return said
    return "0" if sheet.bases else None


def write(package: Package, book: Workbook, sheet: Stylesheet) -> None:
    """Put what was appended into the package, with the blocks that formats refer to; nothing where nothing was."""
    if not sheet.more:
        return
    part = sheet.part or _added(package, book)
    missing = [block for block in _ORDER if block in _LEAST and sheet.root.child(block) is None]
    edits: list[Edit] = []
    for _, blocks in groupby(missing, lambda block: _place(sheet, block, b" ")[0].start):
        first, *others = blocks
        content = b"".join(_block(sheet, block) for block in (first, *others))
        edits += _place(sheet, first, content)
    for block in _LEAST:
        held = sheet.root.child(block)
        lines = _lines(sheet, block, held.prefix, len(held.children)) if held else []
        if held and lines:
            count = str(len(held.children) + len(lines))
            edits += scan.amend(sheet.data, held, {"count": count}, "".join(lines).encode())
    parts.edit(package, part, edits)


def _added(package: Package, book: Workbook) -> str:
    """Return the part for the styles of a workbook that has none."""
    stem = f"{book.part.rpartition('/')[0]}/styles".lstrip("/")
    plain = f"{stem}.xml"  # some readers look for this name only
    part = plain if parts.find(package, plain) is None else parts.fresh(package, stem, ".xml")
    parts.write(package, part, _EMPTY)
    parts.declare(package, part, _TYPE)
    if styles_part(package, book) is None:  # else a relationship led there already, to a part that was gone
        astray = {one.id for one in parts.links(package, book.part) if one.kind == "styles"}
        parts.unlink(package, book.part, astray)
        parts.link(package, book.part, "styles", part)
    return part


def _place(sheet: Stylesheet, block: str, content: bytes) -> list[Edit]:
    return scan.place(sheet.data, sheet.root, block, _ORDER, content)


def _block(sheet: Stylesheet, block: str) -> bytes:
    """Return a block that was missing."""
    prefix = sheet.root.prefix
    lines = _lines(sheet, block, prefix, 0)
    return f'<{prefix}{block} count="{len(lines)}">{"".join(lines)}</{prefix}{block}>'.encode()


def _lines(sheet: Stylesheet, block: str, prefix: str, there: int) -> list[str]:
    """Return what a block gets: what it must hold at least, and what was appended."""
    return [one.replace("{0}", prefix) for one in (*_LEAST[block][there:], *sheet.more.get(block, ()))]
