"""The named styles of our pages: fonts, borders, tints, number formats; plain data, no library needed."""

from __future__ import annotations

from typing import Any

from jixiao.model import SEVERITIES

MONEY_FORMAT = "#,##0.00####"  # two decimals as printed, up to six where there are more

# A cell can name one font only. Charset 134 (GB 2312) and a Roman family make Excel fall back to a Chinese
# song face (宋体) where the official face is not installed; no layout depends on the face.
_SONG = {"font_charset": 134, "font_family": 1}
_TITLE = {"font_name": "方正小标宋简体", **_SONG}
_BODY = {"font_name": "仿宋_GB2312", **_SONG, "font_size": 11, "valign": "vcenter"}
_GRID = {**_BODY, "border": 1}
_WRAPPED = {**_GRID, "text_wrap": True}
_TEXT = {**_WRAPPED, "num_format": "@"}
_INPUT = {**_TEXT, "locked": False, "bg_color": "#FFFBE6"}
_BESIDE = {"align": "left", "indent": 1}  # text keeps off the line beside it
_AMOUNT = {**_GRID, "num_format": MONEY_FORMAT, "shrink": True}  # never a row of ####
_SUMS = {**_AMOUNT, "align": "right", "indent": 1}

STYLES: dict[str, dict[str, Any]] = {
    "title": {**_TITLE, "font_size": 20, "align": "center", "valign": "vcenter", "text_wrap": True},
    "subtitle": {**_BODY, "font_size": 12, "bold": True, "text_wrap": True},
    "caption": {**_BODY, "font_size": 12, "align": "center"},
    "caption_input": {**_BODY, "font_size": 12, "align": "center", "locked": False, "num_format": "@"},
    "note": {**_BODY, "font_size": 10, "text_wrap": True},
    "label": {**_WRAPPED, "align": "center"},
    "input": {**_INPUT, **_BESIDE},
    "input_center": {**_INPUT, "align": "center"},
    "free": {**_WRAPPED, "align": "center", "locked": False, "bg_color": "#FFFBE6"},
    "money": {**_AMOUNT, "align": "center", "locked": False, "bg_color": "#FFFBE6"},
    "input_sum": {**_AMOUNT, "align": "center", "locked": False, "bg_color": "#EEF5EA"},
    "header": {**_WRAPPED, "align": "center", "bold": True, "bg_color": "#E7ECF3"},
    "text": {**_GRID, **_BESIDE, "num_format": "@"},
    "wrapped": {**_TEXT, **_BESIDE},
    "center": {**_TEXT, "align": "center"},
    "number": {**_GRID, "align": "center", "num_format": "#,##0"},
    "money_plain": {**_SUMS},
    "money_lacking": {**_SUMS, "bg_color": "#FFEB9C", "font_color": "#7F6000"},
    "link": {**_WRAPPED, **_BESIDE, "font_color": "#0563C1", "underline": 1, "text_wrap": True},
    "error": {**_TEXT, "align": "center", "bg_color": "#FFC7CE", "font_color": "#9C0006"},
    "warning": {**_TEXT, "align": "center", "bg_color": "#FFEB9C", "font_color": "#7F6000"},
    "hint": {**_TEXT, "align": "center", "bg_color": "#DDEBF7", "font_color": "#1F4E78"},
    "caution": {**_TEXT, **_BESIDE, "bg_color": "#FFEB9C", "font_color": "#7F6000"},
    "total": {**_SUMS, "bold": True, "bg_color": "#E7ECF3", "top": 2},
    "total_lacking": {**_SUMS, "bold": True, "bg_color": "#FFEB9C", "font_color": "#7F6000", "top": 2},
    "total_label": {**_WRAPPED, "align": "center", "bold": True, "bg_color": "#E7ECF3", "top": 2},
}

INDENT = 7.5  # points that programs keep free for an indent of 1: three blanks, and a little

ALARM: dict[str, Any] = {"bg_color": "#FFC7CE", "font_color": "#9C0006"}
FILLS = frozenset(str(STYLES[one]["bg_color"]).upper() for one in SEVERITIES)  # of marks, `#RRGGBB`


def font_size(style: str) -> float:
    """Return the font size of a style in points; raises KeyError for an unknown style."""
    return float(STYLES[style]["font_size"])


def wraps(style: str) -> bool:
    """Tell whether text of this style is broken into lines."""
    return bool(STYLES[style].get("text_wrap"))


def indent(style: str) -> float:
    """Return the points that a style keeps free beside its text; raises KeyError for an unknown style."""
    return float(STYLES[style].get("indent", 0)) * INDENT
