"""The tidy form of a text: no superfluous white space, half width, no remains of formula code."""

from __future__ import annotations

import re

from jixiao.values import without_latex

_HAN = r"[\u3400-\u9fff“”《》（）、，。；：]"
SUSPECT = re.compile(r"[\s０-９Ａ-Ｚａ-ｚ％．$\\]")
_BETWEEN_HAN = re.compile(rf"(?<={_HAN})[ \t\u3000\xa0]+(?={_HAN})")
_RUN = re.compile(r"[ \t\u3000\xa0]{2,}|[\t\u3000\xa0]")
_BROKEN = re.compile(r"(?<=[\w“”])\s*\n\s*(?=[^\W\d_])(?![一二三四五六七八九十][、.．])")
_IN_TARGET = re.compile(r"(?<=[≥≤=＝<>＞＜])[ \t]+|(?<=\d)[ \t]+(?=[^\W\d_%]|%)")
WIDE = {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
WIDE[ord("％")] = ord("%")
_POINT = re.compile(r"(?<=[\d０-９])．(?=[\d０-９])")


def in_half_width(text: str) -> str:
    """Return the text with its digits, letters, per cent signs and decimal points in half width."""
    return _POINT.sub(".", text).translate(WIDE)


def tidy(text: str, *, target: bool) -> str:
    """Return the text as it is best written; in a target also without blanks around signs and numbers."""
    plain = in_half_width(without_latex(text)).replace("\r\n", "\n").strip()
    plain = _BETWEEN_HAN.sub("", _BROKEN.sub("", plain))
    plain = _RUN.sub(" ", plain)
    return _IN_TARGET.sub("", plain) if target else plain
