"""What a number format shows of a number: words around it, a percent sign, and its point moved by some places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

Token = re.Match[str]
_TOKEN = re.compile(
    r'(?P<point>(?:\\!|"!")\.|[\\!]\.|"\.")|"(?P<words>[^"]*)"|[\\!](?P<letter>.)|\[(?P<told>[^\]]*)\]|(?P<none>[_*].)'
    r"|(?P<place>(?i:General)|G/通用格式|Standard|[0#?@])"
    r"|(?P<part>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+)|(?P<sign>.)",
    re.DOTALL,
)
_WEIGHT = re.compile(r"[^\W_]|[≥≤＞＜＝>=<%‰]")
_LETTER = re.compile(r"[A-Za-z]")
_YEAR = re.compile(r"[^A-Za-z]*[yY]{2,4}[^A-Za-z]*")
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)")
_IN_STEPS = re.compile(r"0+(?:亿0{4}(?:万0{4}(?:\.0+)?|(?=万))|万0{4}(?:\.0+)?|亿0{8}(?:\.0+)?)")
_MINUS = frozenset("-(（")
_LONGEST = 255  # letters that Excel takes into a format
_MOST = 3  # sections for numbers; a fourth is for texts


class Look(NamedTuple):
    """What one section of a number format shows.

    Attributes:
        before: words in front of the number.
        percent: a percent sign, or nothing.
        after: words behind the number.
        power: the number shown is the value times ten to this power, a percent sign left aside.
        is_number: whether the section shows the number; else its words are all that is seen.
        is_dated: whether the section shows parts of a date or time.
        has_minus: whether it writes a minus sign, or the brackets that stand for one.
        weighs: whether it has words that mean something.
        condition: for which numbers it is meant, where it says so.

    """

    before: str
    percent: str
    after: str
    power: int
    is_number: bool
    is_dated: bool
    has_minus: bool
    weighs: bool
    condition: tuple[str, Decimal] | None

    @property
    def words(self) -> tuple[str, str]:
        """What stands around the number."""
        return self.before, self.after

    def holds(self, number: Decimal) -> bool:
        """Tell whether the section's condition, if it has one, holds for a number."""
        if self.condition is None:
            return True
        sign, limit = self.condition
        return (
            ("<" in sign and number < limit)
            or (">" in sign and number > limit)
            or (sign in {"=", "<=", ">="} and number == limit)
        )


def look(number: Decimal, number_format: str) -> Look:
    """Return the section of a format that shows a number; one that shows nothing gives way to the first."""
    looks = _looks(number_format)
    first = looks[0]
    if any(one.condition for one in looks):
        chosen = next((one for one in looks if one.holds(number)), first)
    elif number < 0 and len(looks) > 1:
        chosen = looks[1]
    else:
        chosen = looks[2] if number == 0 and len(looks) == _MOST else first
    return chosen if chosen.is_number or chosen.before else first


def dressed(number: Decimal, number_format: str) -> str:
    """Return a number as its format shows it, but with all its digits."""
    one = look(number, number_format)
    if not one.is_number and one.before and not one.is_dated:
        return one.before.strip()
    first = _looks(number_format)[0]
    if number < 0 and one.words != first.words and not one.has_minus:
        number = -number  # 减少5亩
    before, after = one.words
    if number < 0 and one.has_minus:  # brackets that stand for the sign
        before, after = before.lstrip("(（"), after.rstrip(")）")
    moved = number.scaleb(one.power + (2 if one.percent else 0))
    return f"{before}{plain(moved)}{one.percent}{after}".strip()


def plain(number: Decimal) -> str:
    """Return a number without exponent and trailing zeros."""
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


@lru_cache(maxsize=1024)
def is_dressed(number_format: str) -> bool:
    """Tell whether a format adds a percent sign or words of weight, moves the point, or shows a mere year."""
    looks = _looks(number_format)
    bare = "".join(one["sign"] or one["part"] or "" for one in sections(number_format)[0])
    return any(one.weighs or one.percent or one.power for one in looks) or bool(_YEAR.fullmatch(bare))


@lru_cache(maxsize=1024)
def _looks(number_format: str) -> tuple[Look, ...]:
    return tuple(_look(section) for section in sections(number_format)[:_MOST])


@lru_cache(maxsize=1024)
def sections(number_format: str) -> Sequence[Sequence[Token]]:
    """Return the tokens of a format, section by section: words, places of digits, parts of a date, signs."""
    found: list[list[Token]] = [[]]
    for token in _TOKEN.finditer(number_format, 0, _LONGEST):
        if token["sign"] == ";":
            found.append([])
        else:
            found[-1].append(token)
    return found


def _look(section: Sequence[Token]) -> Look:
    """Return what one section shows."""
    places = [at for at, token in enumerate(section) if token["place"]]
    said = [_said(token) for token in section]
    signs = "".join(token["sign"] or "" for token in section)
    is_dated = not places and any(token["part"] or _LETTER.match(token["sign"] or "") for token in section)
    first, last = (places[0], places[-1]) if places else (len(section), len(section))
    before, between, after = "".join(said[:first]), "".join(said[first:last]), "".join(said[last + 1 :])
    if (between and not _is_in_steps(section[first : last + 1], after)) or is_dated:
        before = after = ""  # words inside the number: it is shown as it is
    written = {token["words"] or token["letter"] or token["sign"] for token in section}
    told = (_CONDITION.fullmatch(token["told"] or "") for token in section)
    limit = next(filter(None, told), None)
    return Look(
        before,
        "%" if "%" in signs else "",
        after,
        _power(section) if places else 0,
        bool(places) or is_dated,
        is_dated,
        bool(written & _MINUS),
        bool(_WEIGHT.search("".join(said))),
        (limit[1], Decimal(limit[2])) if limit else None,
    )


def _is_in_steps(number: Sequence[Token], after: str) -> bool:
    """Tell whether the words inside a number count its digits by fours: 3万5500元 is 35500元."""
    shape = "".join(
        "0" if token["place"] else "." if token["sign"] == "." else _said(token) for token in number
    )
    match = _IN_STEPS.match(shape + after)
    return match is not None and match.end() == len(shape)


def _said(token: Token) -> str:
    """Return the words that a part of a format shows; a sign of its own is none, but for signs that weigh."""
    if token["words"] is not None:
        return "" if token["words"] in _MINUS | {"）", ")"} else str(token["words"])
    one = token["letter"] or token["sign"] or ""
    is_word = _WEIGHT.match(one) if token["letter"] else not one.isascii()
    return one if is_word and one not in "（）" else ""


def _power(section: Sequence[Token]) -> int:
    r"""Return by which power of ten a section changes the number.

    A comma behind the last digit divides by a thousand, a point that is a mere letter by ten for each digit after it.
    LibreOffice, which does not know the `!` of `0!.0,`, saves it as a letter: `0\!.0,`.
    """
    shape = "".join(
        "0" if token["place"] else "!" if token["point"] else token["sign"] or " "
        for token in section
        if not token["none"]
    )
    whole, _, decimals = shape.partition(".")
    behind = re.search(r"0(,+)[^0]*$", whole)
    commas = (len(behind[1]) if behind else 0) + decimals.count(",")
    literal = re.search(r"0[^0!]*!(.*)", whole)
    return -3 * commas - (literal[1].count("0") if literal else 0)
