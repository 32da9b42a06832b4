"""Cell formats: a cell's own format with another fill, and the named styles of our pages, appended to styles.xml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from jixiao.model import Severity
from jixiao.office.package import parts, scan
from jixiao.office.package.book import Workbook, styles_part
from jixiao.office.package.parts import Package
from jixiao.office.styles import STYLES

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
_FORMATS = {"@": 49, "#,##0": 3}  # numbers of the built-in formats
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_EMPTY = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="{scan.MAIN}"/>'.encode()
)


def tinted(
    package: Package, book: Workbook, wanted: Iterable[tuple[int, Severity]]
) -> dict[tuple[int, Severity], int]:
    """Add formats that are cells' own but for the fill; returns the number of each, by old number and severity."""
    pairs = sorted(set(wanted))
    if not pairs:
        return {}
    part = _part(package, book)
    severities = sorted({severity for _, severity in pairs})
    first = _append(package, part, "fills", [_fill(_colour(one)) for one in severities])
    fills = {severity: first + at for at, severity in enumerate(severities)}
    data = parts.read(package, part)
    root = scan.parse(data)
    block = root.child("cellXfs")
    formats = [] if block is None else list(block.all("xf"))
    clones = [clone(data, formats, number, fills[severity]) for number, severity in pairs]
    number = _append(package, part, "cellXfs", clones)
    return {pair: number + at for at, pair in enumerate(pairs)}


def clone(data: bytes, formats: Sequence[scan.Element], number: int, fill: int) -> str:
    """Return the XML of a format with another fill; of the usual format where there is none of this number."""
    said = {"fillId": str(fill), "applyFill": "1"}
    if not 0 <= number < len(formats):
        usual = _LEAST["cellXfs"][0].encode()
        return scan.retag(usual, said).decode()
    one = formats[number]
    return (scan.retag(data[one.start : one.inner], said) + data[one.inner : one.end]).decode()


def append(package: Package, book: Workbook, block: str, items: list[str]) -> int:
    """Append to a block of the styles part; returns the first one's number. `{0}` in an item is the prefix."""
    return _append(package, _part(package, book), block, items)


def named(package: Package, book: Workbook, wanted: Iterable[str]) -> dict[str, int]:
    """Add the named styles of `office.styles`; returns the number of each. Raises KeyError for an unknown name."""
    names = sorted(set(wanted))
    part = _part(package, book)
    styles = [STYLES[name] for name in names]
    fonts = _append_each(package, part, "fonts", [_font(one) for one in styles])
    fills = _append_each(
        package, part, "fills", [_fill(one["bg_color"]) if "bg_color" in one else "" for one in styles]
    )
    borders = _append_each(
        package, part, "borders", [_border(one) if "border" in one else "" for one in styles]
    )
    based = scan.parse(parts.read(package, part)).child("cellStyleXfs") is not None
    formats = [
        _format(style, font, fill, border, based=based)
        for style, font, fill, border in zip(styles, fonts, fills, borders, strict=True)
    ]
    return dict(zip(names, _append_each(package, part, "cellXfs", formats), strict=True))


def _part(package: Package, book: Workbook) -> str:
    """Return the styles part, made where there is none, with the blocks that formats refer to."""
    part = styles_part(package, book)
    if part is None:
        stem = f"{book.part.rpartition('/')[0]}/styles".lstrip("/")
        plain = f"{stem}.xml"  # some readers look for this name only
        part = plain if parts.find(package, plain) is None else parts.fresh(package, stem, ".xml")
        parts.write(package, part, _EMPTY)
        parts.declare(package, part, _TYPE)
        parts.link(package, book.part, "styles", part)
    for block in _LEAST:
        _append(package, part, block, [])
    return part


def _append_each(package: Package, part: str, block: str, items: list[str]) -> list[int]:
    """Append what is new among items; returns each one's number, 0 for an empty one."""
    new = list(dict.fromkeys(item for item in items if item))
    first = _append(package, part, block, new)
    return [first + new.index(item) if item else 0 for item in items]


def _append(package: Package, part: str, block: str, items: list[str]) -> int:
    """Append to a block of the styles, which is made where it is missing; returns the first one's number."""
    data = parts.read(package, part)
    root = scan.parse(data)
    held = root.child(block)
    prefix = root.prefix if held is None else held.prefix
    there = 0 if held is None else len(held.children)
    least = (
        [one.replace("{0}", prefix) for one in _LEAST[block][there:]] if there < len(_LEAST[block]) else []
    )
    lines = "".join([*least, *(item.replace("{0}", prefix) for item in items)]).encode()
    count = there + len(least) + len(items)
    if held is None:
        content = f'<{prefix}{block} count="{count}">'.encode() + lines + f"</{prefix}{block}>".encode()
        edits = scan.place(data, root, block, _ORDER, content)
    else:
        edits = scan.amend(data, held, {"count": str(count)}, lines) if lines else []
    parts.edit(package, part, edits)
    return there + len(least)


def _colour(severity: Severity) -> str:
    return str(STYLES[severity]["bg_color"])


def _rgb(colour: str) -> str:
    return f'rgb="FF{colour.removeprefix("#")}"'


def _fill(colour: str) -> str:
    inner = f'<{{0}}fgColor {_rgb(colour)}/><{{0}}bgColor indexed="64"/>'
    return f'<{{0}}fill><{{0}}patternFill patternType="solid">{inner}</{{0}}patternFill></{{0}}fill>'


def _font(style: Mapping[str, Any]) -> str:
    pieces = [
        "<{0}b/>" if style.get("bold") else "",
        "<{0}u/>" if style.get("underline") else "",
        f'<{{0}}sz val="{style["font_size"]}"/>',
        f"<{{0}}color {_rgb(style['font_color'])}/>"
        if "font_color" in style
        else '<{0}color rgb="FF000000"/>',
        f'<{{0}}name val="{style["font_name"]}"/>',
        f'<{{0}}family val="{style["font_family"]}"/><{{0}}charset val="{style["font_charset"]}"/>',
    ]
    return "<{0}font>" + "".join(pieces) + "</{0}font>"


def _border(_style: Mapping[str, Any]) -> str:
    sides = "".join(
        f'<{{0}}{side} style="thin"><{{0}}color auto="1"/></{{0}}{side}>'
        for side in ("left", "right", "top", "bottom")
    )
    return f"<{{0}}border>{sides}<{{0}}diagonal/></{{0}}border>"


def _format(style: Mapping[str, Any], font: int, fill: int, border: int, *, based: bool) -> str:
    aligned = {
        "horizontal": style.get("align"),
        "vertical": {"vcenter": "center"}.get(str(style.get("valign"))),
        "wrapText": "1" if style.get("text_wrap") else None,
        "shrinkToFit": "1" if style.get("shrink") else None,
    }
    inner = "".join(f' {name}="{value}"' for name, value in aligned.items() if value)
    number = _FORMATS.get(str(style.get("num_format")), 0)
    return (
        f'<{{0}}xf numFmtId="{number}" fontId="{font}" fillId="{fill}" borderId="{border}"'
        + (' xfId="0"' if based else "")
        + ' applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
        + f"<{{0}}alignment{inner}/></{{0}}xf>"
    )
