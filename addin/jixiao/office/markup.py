"""Text as XML holds it; the standard library's own way loads all of `urllib.request` for these two lines."""

from __future__ import annotations

_IN_ATTRIBUTE = str.maketrans({'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def escaped(text: str) -> str:
    """Return text as an element holds it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def in_attribute(text: str) -> str:
    """Return text as an attribute in double quotes holds it."""
    return escaped(text).translate(_IN_ATTRIBUTE)
