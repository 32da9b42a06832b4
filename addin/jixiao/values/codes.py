"""A name with its budget code beside it: `水务局（301001）`, `301001-水务局` → the name, and the code."""

from __future__ import annotations

import re
import unicodedata

_OPEN, _SHUT = r"[（(\[【〔{〈]", r"[)）\]】〕}〉]"
_BETWEEN = " \t\n-－—–~/_，,；;|.．"  # what parts a name from its code
_PARTS = rf"[\s{re.escape(_BETWEEN)}]"
_BEHIND = re.compile(
    rf"{_OPEN}\s?(?:代码|编码)?[:：]?\s?(?P<a>\d{{1,20}})\s?{_SHUT}$"
    rf"|(?<!\d){_PARTS}(?:代码|编码)?[:：]?\s?(?P<b>\d{{3,20}})$"
    r"|(?<=[局委办院会厅部府校处站心])(?:(?:代码|编码)[:：]?\s?(?P<c>\d{3,20})|(?P<d>\d{6,20}))$"
)
_BEFORE = re.compile(
    r"(?:(?:预算单位|单位|预算|主管部门|部门)?(?:代码|编码)[:：]\s?)?"
    rf"(?:{_OPEN}(\d{{1,20}}){_SHUT}(?=.)|(\d{{3,20}}(?:-\d{{3,20}}){{0,3}}){_PARTS}+(?=\D)|(\d{{6,20}})(?=\D{{3}}))"
)


def parted(text: str) -> tuple[str, str | None]:
    """Return a name without the code behind or before it, `""` where nothing is left, and the code, `None` where none is."""
    if match := _BEHIND.search(text):
        between = _BETWEEN if match.lastgroup == "b" else " \t\n"
        return text[: match.start()].rstrip(between), half_width(match[match.lastgroup or 0])
    if match := _BEFORE.match(text):
        return text[match.end() :].strip(), half_width(match[match.lastindex or 0]).replace("-", "")
    return text, None


def half_width(code: str) -> str:
    """Return a code in the digits that codes are compared by, also where it was typed full width."""
    return code if code.isascii() else unicodedata.normalize("NFKC", code)
