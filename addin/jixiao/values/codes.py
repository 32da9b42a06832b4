"""A name with its budget code beside it: `水务局（301001）`, `301001-水务局` → the name, and the code."""

from __future__ import annotations

import re

_BEHIND = re.compile(
    r"[（(\[]\s?(?:代码|编码)?[:：]?\s?(?P<a>\d{1,20})\s?[)）\]]$"
    r"|[\s\-—/_](?:代码|编码)?[:：]?\s?(?P<b>\d{3,20})$|(?<=[局委办院会厅部府校处站心])(?P<c>\d{6,20})$"
)
_BEFORE = re.compile(r"[（(\[](\d{1,20})[)）\]](?=.)|(\d{3,20})[\s\-—/_]+(?=\D)|(\d{6,20})(?=\D{3})")


def parted(text: str) -> tuple[str, str | None]:
    """Return a name without the code behind or before it, `""` where nothing is left, and the code, `None` where none is."""
    if match := _BEHIND.search(text):
        between = " \t\n-—/_" if match.lastgroup == "b" else " \t\n"
        return text[: match.start()].rstrip(between), match[match.lastgroup or 0]
    if match := _BEFORE.match(text):
        return text[match.end() :].strip(), match[match.lastindex or 0]
    return text, None
