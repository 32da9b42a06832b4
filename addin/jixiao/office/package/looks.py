"""Cell formats: a cell's own format with another fill, and the named styles of our pages, for the styles part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from jixiao.model import Severity
from jixiao.office.package import stylesheet
from jixiao.office.package.stylesheet import Stylesheet
from jixiao.office.styles import STYLES

_FORMATS = {"@": 49, "#,##0": 3}  # numbers of the built-in formats


def tinted(sheet: Stylesheet, wanted: Iterable[tuple[int, Severity]]) -> dict[tuple[int, Severity], int]:
    """Append formats that are cells' own but for the fill; returns the number of each, by old number and severity."""
    pairs = sorted(set(wanted))
    if not pairs:
        return {}
    severities = sorted({severity for _, severity in pairs})
    first = stylesheet.append(sheet, "fills", [_fill(_colour(one)) for one in severities])
    fills = {severity: first + at for at, severity in enumerate(severities)}
    clones = [stylesheet.clone(sheet, number, fills[severity]) for number, severity in pairs]
    number = stylesheet.append(sheet, "cellXfs", clones)
    return {pair: number + at for at, pair in enumerate(pairs)}


def named(sheet: Stylesheet, wanted: Iterable[str]) -> dict[str, int]:
    """Append the named styles of `office.styles`; returns the number of each. Raises KeyError for an unknown name."""
    names = sorted(set(wanted))
    styles = [STYLES[name] for name in names]
    fonts = stylesheet.append_each(sheet, "fonts", [_font(one) for one in styles])
    filled = [_fill(one["bg_color"]) if "bg_color" in one else "" for one in styles]
    fills = stylesheet.append_each(sheet, "fills", filled)
    bordered = [_border(one) if "border" in one else "" for one in styles]
    borders = stylesheet.append_each(sheet, "borders", bordered)
    formats = [
        _format(style, font, fill, border, based=bool(sheet.bases))
        for style, font, fill, border in zip(styles, fonts, fills, borders, strict=True)
    ]
    return dict(zip(names, stylesheet.append_each(sheet, "cellXfs", formats), strict=True))


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
        "indent": style.get("indent"),
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
