"""Fills of cell formats in the words of `office.traces`, and formats that are a cell's own but for the fill."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from jixiao.errors import FileRejectedError
from jixiao.model import Severity
from jixiao.office import traces
from jixiao.office.package import parts, scan, stylesheet
from jixiao.office.package.book import Workbook
from jixiao.office.package.parts import Package
from jixiao.office.package.stylesheet import Stylesheet
from jixiao.office.styles import STYLES

_TINT = re.compile(r"-?[0-9](?:\.[0-9]+)?(?:[Ee]-?[0-9]{1,3})?")
_SCHEME = (
    "lt1",
    "dk1",
    "lt2",
    "dk2",
    "accent1",
    "accent2",
    "accent3",
    "accent4",
    "accent5",
    "accent6",
    "hlink",
    "folHlink",
)
_HEX = re.compile(r"[0-9A-Fa-f]{6}(?:[0-9A-Fa-f]{2})?")


@dataclass(frozen=True)
class Styles:
    """The styles part in words: the fill of each number, and the colours of the palette."""

    sheet: Stylesheet
    fills: tuple[str, ...]
    palette: tuple[str, ...]

    def fill(self, number: int) -> str:
        """Return the fill of a format, as `Trace.fill` writes it."""
        if not 0 <= number < len(self.sheet.formats):
            return traces.NONE
        text = self.sheet.formats[number].attributes.get("fillId", "0")
        at = int(text) if text.isdecimal() and len(text) < 6 else 0
        return self.fills[at] if at < len(self.fills) else traces.NONE


def styles(sheet: Stylesheet) -> Styles:
    """Put the fills and the palette of a styles part into words."""
    held, colours = sheet.root.child("fills"), sheet.root.child("colors")
    listed = colours.child("indexedColors") if colours else None
    return Styles(
        sheet,
        tuple(_word(one) for one in held.all("fill")) if held else (),
        tuple(one.attributes.get("rgb", "")[-6:].upper() for one in listed.children) if listed else (),
    )


def ours(severity: Severity) -> str:
    """Return the fill of our marks of this severity."""
    return str(STYLES[severity]["bg_color"]).upper()


def _word(fill: scan.Element) -> str:
    pattern = fill.child("patternFill")
    if pattern is None:
        return traces.KEPT if fill.children else traces.NONE
    kind = pattern.attributes.get("patternType", "none")
    if kind == "none":
        return traces.NONE
    colour = pattern.child("fgColor")
    if kind != "solid" or colour is None:
        return traces.KEPT
    return _coloured(colour.attributes)


def _coloured(said: Mapping[str, str]) -> str:
    """Return the word for a colour, `kept` for one that a trace cannot hold."""
    named = [(name, said[name]) for name in ("rgb", "theme", "indexed") if name in said]
    name, text = named[0] if len(named) == 1 else ("", "")
    tint = _tint(said.get("tint", "0"))
    if name == "rgb" and _HEX.fullmatch(text) and tint == "0":
        return f"#{text[-6:].upper()}"
    number = int(text) if re.fullmatch("[0-9]{1,2}", text) else len(_SCHEME)
    if name == "theme" and tint is not None and number < len(_SCHEME):
        return f"theme:{number}:{tint}"
    if name == "indexed" and tint == "0" and re.fullmatch("[0-9]{1,2}", text):
        return f"indexed:{number}"
    return traces.KEPT


def _tint(text: str) -> str | None:
    """Return a tint with 17 decimals at most and no more than it needs, None for what is no tint."""
    if not _TINT.fullmatch(text) or abs(float(text)) > 1:
        return None
    return f"{float(text):.17f}".rstrip("0").removesuffix(".")


def _xml(word: str) -> str:
    """Return the XML of a fill that is not `none`."""
    if word.startswith("#"):
        colour = f'rgb="FF{word[1:]}"'
    else:
        kind, number, *tint = word.split(":")
        colour = f'{kind}="{number}"' + (f' tint="{tint[0]}"' if tint and tint[0] != "0" else "")
    inner = f'<{{0}}fgColor {colour}/><{{0}}bgColor indexed="64"/>'
    return f'<{{0}}fill><{{0}}patternFill patternType="solid">{inner}</{{0}}patternFill></{{0}}fill>'


def refilled(known: Styles, wanted: Iterable[tuple[int, str]]) -> dict[tuple[int, str], int]:
    """Return formats that are others but for the fill, by their number and the fill in words; appended where missing."""
    pairs, formats = sorted(set(wanted)), known.sheet.formats
    there: dict[tuple[object, ...], int] = {}
    for at, one in enumerate(formats if pairs else ()):
        there.setdefault((known.fill(at), *_rest(known.sheet, one)), at)
    found: dict[tuple[int, str], int] = {}
    for number, word in pairs:
        if 0 <= number < len(formats):
            alike = there.get((word, *_rest(known.sheet, formats[number])))
            found |= {} if alike is None else {(number, word): alike}
    missing = [pair for pair in pairs if pair not in found]
    if not missing:
        return found
    words = [
        word for word in dict.fromkeys(word for _, word in missing) if word not in (*known.fills, traces.NONE)
    ]
    first = stylesheet.append(known.sheet, "fills", [_xml(word) for word in words])
    places = {word: at for at, word in reversed(list(enumerate(known.fills)))} | {traces.NONE: 0}
    places |= {word: first + at for at, word in enumerate(words)}
    clones = [stylesheet.clone(known.sheet, number, places[word]) for number, word in missing]
    number = stylesheet.append(known.sheet, "cellXfs", clones)
    return found | {pair: number + at for at, pair in enumerate(missing)}


def _rest(sheet: Stylesheet, one: scan.Element) -> tuple[object, ...]:
    other = {"fillId", "applyFill", "xfId"}
    said = sorted((name, text) for name, text in one.attributes.items() if name not in other)
    return (stylesheet.base(sheet, one), *said, sheet.data[one.inner : one.close])


def shown(package: Package, book: Workbook, known: Styles, words: Iterable[str]) -> dict[str, str]:
    """Return how fills of the theme or the palette look here, as `#RRGGBB`; what is not known is left out."""
    wanted = {word for word in words if ":" in word}
    if not wanted:
        return {}
    found: dict[str, str] = {}
    scheme, palette = _scheme(package, book), known.palette or _usual()
    for word in wanted:
        kind, number, *tint = word.split(":")
        listed: Sequence[str] = scheme if kind == "theme" else palette
        colour = listed[int(number)] if int(number) < len(listed) else ""
        if re.fullmatch("[0-9A-F]{6}", colour):
            found[word] = f"#{_tinted(colour, float(tint[0]) if tint else 0.0)}"
    return found


def _scheme(package: Package, book: Workbook) -> list[str]:
    """Return the colours of the theme in the order in which cells number them."""
    part = next((one.part for one in parts.links(package, book.part) if one.kind == "theme"), None)
    try:
        root = None if part is None else scan.parse(parts.read(package, part))
    except FileRejectedError:
        return []
    listed = next((one for one in root.walk() if one.local == "clrScheme"), None) if root else None
    held = {
        one.local: one.children[0].attributes for one in (listed.children if listed else ()) if one.children
    }
    return [
        (held.get(name, {}).get("lastClr") or held.get(name, {}).get("val", "")).upper() for name in _SCHEME
    ]


def _usual() -> tuple[str, ...]:
    from openpyxl.styles.colors import COLOR_INDEX  # noqa: PLC0415 - heavy, and old files only

    return tuple(one[-6:].upper() for one in COLOR_INDEX)


def _tinted(colour: str, tint: float) -> str:
    """Return a colour made darker (below 0) or lighter, as ECMA-376, 18.8.19, says."""
    import colorsys  # noqa: PLC0415 - tints only

    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return "".join(f"{round(one * 255):02X}" for one in colorsys.hls_to_rgb(hue, light, saturation))
