"""Notes (批注) at cells: the comments part, the shapes that show them, and their ties to the sheet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from unicodedata import east_asian_width

from jixiao.model import Spot
from jixiao.office import traces
from jixiao.office.package import parts, scan
from jixiao.office.package.book import Sheet
from jixiao.office.package.layout import LAST_COLUMN, LAST_ROW, ORDER, Layout, spot, whole
from jixiao.office.package.parts import Package
from jixiao.office.sniffing import damaged

AUTHOR = "jixiao 校验"
_LONGEST = 32_767  # characters in one note
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_SHAPE_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_BLOCK = 1024  # shape ids come in blocks of this size, and a drawing names the blocks that it uses
_END = re.compile(rb"</xml\s*>")
_IDS = re.compile(rb"_x0000_s(\d{1,9})")
_MAP = re.compile(rb"(<[A-Za-z]*:?idmap\b[^>]*?\bdata=[\"'])([^\"']*)([\"'])")
_EMPTY = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<comments xmlns="{scan.MAIN}"><authors/><commentList/></comments>'
).encode()
_SPACES = (
    ' xmlns:v="urn:schemas-microsoft-com:vml"',
    ' xmlns:o="urn:schemas-microsoft-com:office:office"',
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"',
)
_DRAWING = f'<xml{"".join(_SPACES)}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data=""/></o:shapelayout></xml>'.encode()
_KIND = (
    '<v:shapetype{} id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_WIDTH, _PADDING, _HALF, _LINE = (
    320,
    16,
    6.2,
    16,
)  # pixels: a note, its margins, half a Chinese character, a line
_HIGHEST = 640


def add(
    package: Package, sheet: Sheet, page: Layout, notes: Mapping[Spot, str]
) -> tuple[list[scan.Edit], dict[Spot, str]]:
    """Add notes to a sheet, below a cell's own note where it has one.

    Returns the edits that the sheet needs, and of each cell whether the whole note is `ours`, ours stands `below`
    its own, or there was `no` room for it.
    """
    if not notes:
        return [], {}
    kinds = {one.kind: one.part for one in parts.links(package, sheet.part) if one.part}
    comments = kinds.get("comments")
    if comments is None:
        comments = parts.fresh(package, "xl/comments", ".xml")
        parts.write(package, comments, _EMPTY)
        parts.declare(package, comments, _TYPE)
        parts.link(package, sheet.part, "comments", comments)
    held = _held(package, sheet, page)
    before, stand = _write(package, comments, notes)
    if set(stand.values()) == {"no"}:
        return [], stand
    texts = {at: traces.block(text) for at, text in notes.items() if at not in before}
    if held is None:
        texts |= dict.fromkeys(before - set(texts), "")
    edits: list[scan.Edit] = []
    if held is None:
        held = parts.fresh(package, "xl/drawings/vmlDrawing", ".vml")
        parts.write(package, held, _DRAWING)
        parts.declare_ending(package, "vml", _SHAPE_TYPE)
        name = parts.link(package, sheet.part, "vmlDrawing", held)
        line = f'<{page.root.prefix}legacyDrawing xmlns:r="{scan.RELATIONSHIPS}" r:id="{name}"/>'
        edits = scan.place(page.data, page.root, "legacyDrawing", ORDER, line.encode())
    _draw(package, held, page, texts)
    return edits, stand


def _held(package: Package, sheet: Sheet, page: Layout) -> str | None:
    """Return the part with the sheet's shapes, None where it has none."""
    named = page.root.child("legacyDrawing")
    if named is None:
        return None
    wanted = named.attributes.get(f"{scan.RELATIONSHIPS} id")
    held = next((one.part for one in parts.links(package, sheet.part) if one.id == wanted), None)
    if held is None:
        raise damaged()
    return held


def _write(package: Package, part: str, notes: Mapping[Spot, str]) -> tuple[set[Spot], dict[Spot, str]]:
    """Write the texts; returns the cells that had a note before, and where ours stands now."""
    data = parts.read(package, part)
    root = scan.parse(data)
    authors, listed = root.child("authors"), root.child("commentList")
    if authors is None or listed is None:
        raise damaged()
    known = [one.text for one in authors.all("author")]
    number = known.index(AUTHOR) if AUTHOR in known else len(known)
    edits: list[scan.Edit] = []
    before = {spot(one.attributes.get("ref", "")): one for one in listed.all("comment")}
    new, stand = [], {}
    for at, text in notes.items():
        if at in before:
            room = _LONGEST - len(_text(before[at]).content) - len(traces.block("\n"))
            stand[at] = "below" if room > 0 else "no"
            edits += _below(data, before[at], text[:room]) if room > 0 else []
        else:
            p, stand[at] = listed.prefix, "ours"
            run = _run(traces.block(text[: _LONGEST - len(traces.block(""))]), p)
            new.append(f'<{p}comment ref="{at.a1}" authorId="{number}"><{p}text>{run}</{p}text></{p}comment>')
    if set(stand.values()) == {"no"}:
        return set(before), stand
    if AUTHOR not in known:
        line = f"<{authors.prefix}author>{AUTHOR}</{authors.prefix}author>"
        edits = scan.amend(data, authors, {}, line.encode()) + edits
    edits += scan.amend(data, listed, {}, "".join(new).encode())
    parts.edit(package, part, edits)
    return set(before), stand


def _text(comment: scan.Element) -> scan.Element:
    holder = comment.child("text")
    if holder is None:
        raise damaged()
    return holder


def _below(data: bytes, comment: scan.Element, text: str) -> list[scan.Edit]:
    """Return the edits that put a text below a note's own."""
    holder = _text(comment)
    prefix = holder.prefix
    run = _run(f"\n{traces.block(text)}", prefix).encode()
    edits = []
    alone = holder.child("t")
    if alone is not None:  # text without runs becomes a run of its own, so that ours can follow
        edits.append(scan.Edit(alone.start, alone.start, f"<{prefix}r>".encode()))
        edits.append(scan.Edit(alone.end, alone.end, f"</{prefix}r>".encode()))
    return edits + scan.place(data, holder, "r", ("t", "r", "rPh", "phoneticPr"), run)


def _run(text: str, prefix: str) -> str:
    font = f'<{prefix}sz val="9"/><{prefix}color indexed="81"/><{prefix}rFont val="宋体"/><{prefix}charset val="134"/>'
    return (
        f"<{prefix}r><{prefix}rPr>{font}</{prefix}rPr>"
        f'<{prefix}t xml:space="preserve">{scan.body(text)}</{prefix}t></{prefix}r>'
    )


def _draw(package: Package, part: str, page: Layout, texts: Mapping[Spot, str]) -> None:
    """Add a shape for each note to a drawing, which need not be well-formed: Excel's own are not always."""
    data = parts.read(package, part)
    end = max((one.start() for one in _END.finditer(data)), default=None)
    if end is None:
        raise damaged()
    if not texts:
        return
    first = _free_block(package)
    blocks = range(first, first + len(texts) // (_BLOCK - 1) + 1)
    ids = (block * _BLOCK + number for block in blocks for number in range(1, _BLOCK))
    spaces = "" if all(one.strip().encode() in data[:2048] for one in _SPACES) else "".join(_SPACES)
    kind = "" if re.search(rb"id=[\"']_x0000_t202[\"']", data) else _KIND.format(spaces)
    sizes = _Sizes.of(page)
    shapes = "".join(
        _shape(number, at, text, sizes, spaces)
        for number, (at, text) in zip(ids, texts.items(), strict=False)
    )
    edits = [scan.Edit(end, end, (kind + shapes).encode())]
    listed = _MAP.search(data)
    if listed is not None:
        mine = ("," if listed[2] else "") + ",".join(map(str, blocks))
        edits.append(scan.Edit(listed.end(2), listed.end(2), mine.encode()))
    parts.edit(package, part, edits)


def _free_block(package: Package) -> int:
    """Return the first block of shape ids after all that the workbook's drawings use."""
    used = {0}
    for name in {**package.original, **package.changed}:
        if name.casefold().endswith(".vml"):
            data = parts.read(package, name)
            used |= {int(number) // _BLOCK for number in _IDS.findall(data)}
            used |= {int(number) for one in _MAP.findall(data) for number in re.findall(rb"\d{1,6}", one[1])}
    return max(used) + 1


@dataclass(frozen=True)
class _Sizes:
    """Widths of columns and heights of rows in pixels, the usual one for those not listed."""

    columns: Mapping[int, int]
    rows: Mapping[int, int]
    column: int
    row: int

    @classmethod
    def of(cls, page: Layout) -> _Sizes:
        """Read them from a sheet."""
        usual = page.root.child("sheetFormatPr")
        said = usual.attributes if usual else {}
        columns = {}
        for one in page.columns():
            low, high = whole(one.attributes.get("min", "1")), whole(one.attributes.get("max", "1"))
            width = (
                0 if one.attributes.get("hidden") == "1" else _pixels(one.attributes.get("width"), 7, 5, 64)
            )
            columns.update(dict.fromkeys(range(low - 1, min(high, low + 255)), width))
        rows = {
            one.number: 0
            if one.element.attributes.get("hidden") == "1"
            else _pixels(one.element.attributes.get("ht"), 4 / 3, 0, 20)
            for one in page.rows
        }
        return cls(
            columns,
            rows,
            _pixels(said.get("defaultColWidth"), 7, 5, 64),
            _pixels(said.get("defaultRowHeight"), 4 / 3, 0, 20),
        )


def _pixels(text: str | None, factor: float, more: int, usual: int) -> int:
    try:
        return usual if text is None else max(0, round(float(text) * factor) + more)
    except (ValueError, OverflowError):
        return usual


def _shape(number: int, at: Spot, text: str, sizes: _Sizes, spaces: str) -> str:
    left, top = min(at.column + 1, LAST_COLUMN - 4), max(at.row - 1, 0)
    wide = _WIDTH if text else 128
    right, over = _walk(left, wide, sizes.columns, sizes.column, LAST_COLUMN)
    bottom, below = _walk(top, _height(text), sizes.rows, sizes.row, LAST_ROW)
    return (
        f'<v:shape{spaces} id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;'
        f'margin-top:2pt;width:{wide * 3 // 4}pt;height:{_height(text) * 3 // 4}pt;z-index:1;visibility:hidden"'
        ' fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div>'
        '</v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{left}, 12, {top}, 4, {right}, {over}, {bottom}, {below}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{at.row}</x:Row><x:Column>{at.column}</x:Column></x:ClientData></v:shape>"
    )


def _height(text: str) -> int:
    """Estimate a note's height in pixels."""
    room = _WIDTH - _PADDING
    lines = sum(max(1, -(-int(width(line) * _HALF) // room)) for line in text.split("\n"))
    return min(_HIGHEST, max(lines * _LINE + _PADDING, 60))


def width(text: str) -> int:
    """Return how many half-width columns a text takes; a Chinese character takes two."""
    return sum(2 if east_asian_width(one) in "WF" else 1 for one in text)


def _walk(start: int, length: int, sizes: Mapping[int, int], usual: int, last: int) -> tuple[int, int]:
    """Return the row or column, and the offset in it, that lies `length` pixels behind the edge of `start`."""
    at = start
    while at < last and length >= sizes.get(at, usual):
        length -= sizes.get(at, usual)
        at += 1
    return at, min(length, sizes.get(at, usual))
