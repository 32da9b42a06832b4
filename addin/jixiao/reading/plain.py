"""Texts that can only be values: nothing that reading looks for is in them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, lru_cache

from jixiao.patterns import late
from jixiao.reading.amounts import heads_amounts
from jixiao.reading.ends import is_heading_word
from jixiao.reading.fields import SOUGHT_TOO
from jixiao.reading.headings import heading_of, is_part
from jixiao.reading.lines import PRINTED, SIGNED, STOP, SUM, bare
from jixiao.reading.sentences import tells_money
from jixiao.reading.spans import is_told
from jixiao.reading.units import unit_in
from jixiao.reading.words import known_labels, label_key, may_say, sayings
from jixiao.schemas import vocabularies, vocabulary
from jixiao.values import key

_LONGEST = 200
# A colon, a title, a year line, numbering, a unit of money, a bracket that another cell opens; white space and
# signs at the beginning; what a person does not see.
_TELLING = late(
    r"[:：\\$\r\n\t表\u200b-\u200f\u202a-\u202e\u2060\ufeff]|年\s*度|^\S{4}\s*年\s*[)）]?$|\s$"
    r"|^[^\w≥≤<>=＞＜“《]|^[其①-⑳]|^[一二三四五六七八九十0-9]{1,2}[、.．](?!\d)"
    r"|^(?:人民币)?(?:[百十]?万元|[千百亿]?元)|^[^(（\[【]*[)）\]】]"
)


@lru_cache(maxsize=1024)
def plain(value: object) -> bool:
    """Tell whether a cell's value is a text of which no part means anything to reading, wherever it stands.

    Such a text may be exchanged for another one: the table around it is read alike. Part of a label broken over two
    cells is no plain text, either. Where it is in doubt a text is not plain, which costs time and nothing else.
    """
    if not isinstance(value, str) or len(value) > _LONGEST or _TELLING.search(value):
        return False
    word, folded = label_key(value), key(value)
    return not (
        _is_piece(word)
        or heading_of(value)
        or is_told(word)
        or bare(value) in _levels()
        or "表" in folded
        or STOP.match(folded)
        or SUM.fullmatch(folded)
        or heads_amounts(value)
        or is_part(value)
        or (may_say(value) and sayings(value))
        or SIGNED.match(value)
        or PRINTED.match(folded)
        or is_heading_word(value)
        or tells_money(value)
        or unit_in(value)
    )


def _is_piece(word: str) -> bool:
    """Tell whether a label begins or ends with a text; any does with the empty one."""
    onward, backward = _labels()
    return _opens_one(onward, word) or _opens_one(backward, word[::-1])


def _opens_one(words: Sequence[str], text: str) -> bool:
    """Tell whether one of some words in order begins with a text: the first that is not before it would."""
    at = bisect_left(words, text)
    return at < len(words) and words[at].startswith(text)


@cache
def _labels() -> tuple[list[str], list[str]]:
    """Return the labels in order, and likewise each from its end; all their pieces would be ten thousand."""
    words = known_labels() | SOUGHT_TOO | {"绩效", "指标"}
    return sorted(words), sorted(word[::-1] for word in words)


@cache
def _levels() -> frozenset[str]:
    """Return every spelling of every level 1 and level 2 word."""
    known = [vocabulary(name) for name in vocabularies()]
    return frozenset(
        word
        for one in known
        for words in (one.level1, *one.level2.values(), *one.synonyms.values())
        for word in words
    )
