"""What a cell's content is as text: as a person sees it, without extraction's remains, and for comparison."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from jixiao.model import CellValue
from jixiao.values import formats
from jixiao.values.clocks import seen

INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_NO_SENSE = re.compile(
    r"[^\w%‰≥≤=<>+*·]|_"
)  # in a comparison: all but letters, digits and what states a target
_BETWEEN_DIGITS = re.compile(r"[.:/~-](?<=\d.)(?=\d)")  # 1.5 is not 15, 1-2 not 12
_LATEX = {
    r"\geqslant": "≥",
    r"\leqslant": "≤",
    r"\geq": "≥",
    r"\leq": "≤",
    r"\ge": "≥",
    r"\le": "≤",
    r"\gt": ">",
    r"\lt": "<",
    r"\%": "%",
}
_LATEX_WORD = re.compile("|".join(re.escape(word) for word in _LATEX))
_LATEX_SPAN = re.compile(r"\$([^$]*)\$")


@lru_cache(maxsize=1024)
def key(text: str) -> str:
    """Return a text for comparison: NFKC, lower case, without white space and punctuation but between digits."""
    if "（" in text:  # the usual reason why a text is not normal, undone ten times faster by itself
        text = text.replace("（", "(").replace("）", ")")
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    plain = text.casefold()
    if plain.isalnum():
        return plain
    bare = plain.replace("(", "").replace(")", "")
    return bare if bare.isalnum() else _NO_SENSE.sub("", _BETWEEN_DIGITS.sub("·", plain))


def exact(number: float) -> Decimal:
    """Return the number that a person typed: fifteen digits, as a spreadsheet keeps them.

    What is no number (`nan`, in a broken file) is beyond all numbers, so that it can be compared, and is no amount.
    """
    try:
        found = Decimal(number) if isinstance(number, int) else Decimal(f"{number:.15g}")
    except InvalidOperation:
        return Decimal(0)
    return Decimal("Infinity") if found.is_nan() else found


def shown(value: CellValue, number_format: str = "") -> str:
    """Return a cell's value as the text that a person sees; a number, date or time with the words of its format."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return formats.dressed(exact(value), number_format) if number_format else formats.plain(exact(value))
    if isinstance(value, date | time | timedelta):
        return seen(value, number_format)
    return "" if value is None else str(value)


def without_latex(text: str) -> str:
    r"""Undo what text extraction leaves behind: `$\geq 95\%$` is read as `≥95%`."""
    if "$" not in text and "\\" not in text:
        return text

    def plain(match: re.Match[str]) -> str:
        inner = _LATEX_WORD.sub(lambda word: _LATEX[word[0]], match[1])
        return re.sub(r"\s+", "", inner) if inner != match[1] else match[0]

    return _LATEX_WORD.sub(lambda word: _LATEX[word[0]], _LATEX_SPAN.sub(plain, text))


def folded(text: str) -> str:
    """Return a text without white space, extraction's remains and ways of writing: full width is half width."""
    while True:
        plain = unicodedata.normalize("NFKC", "".join(INVISIBLE.sub("", without_latex(text)).split()))
        if plain == text:
            return plain
        text = plain
