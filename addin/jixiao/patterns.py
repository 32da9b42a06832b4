"""Patterns that are compiled when they are first asked for: those that most tables never need."""

from __future__ import annotations

import re
from typing import Any, cast

_ASKED = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub")


class _Late:
    """Stands for a pattern until it is asked something; from then on it answers as that pattern."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a pattern has
        if name.startswith("_"):  # who looks at an object, or copies it, asks it nothing
            raise AttributeError(name)
        pattern = re.compile(self._text)
        for asked in _ASKED:
            setattr(self, asked, getattr(pattern, asked))
        return getattr(pattern, name)


def late(text: str) -> re.Pattern[str]:
    """Return a pattern that is compiled at its first use.

    Half a millisecond is usual for one with Chinese words, whose sets of characters Python lays out one by one. Where
    every table asks a pattern, `re.compile` serves as well and is plainer.
    """
    return cast("re.Pattern[str]", _Late(text))
