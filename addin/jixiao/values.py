"""The grammar of money and of indicator targets (指标值): text → operator, number, measure; raw text kept beside it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from jixiao.model import CellValue

_MEASURES_OF_MONEY = {
    "元": Decimal("0.0001"),
    "千元": Decimal("0.1"),
    "万元": Decimal(1),
    "百万元": Decimal(100),
    "亿元": Decimal(10000),
    "万": Decimal(1),
    "亿": Decimal(10000),
}
INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_PLACES = Decimal("0.000001")
_LARGEST = Decimal(10) ** 15
_NUMBER = r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_MONEY = re.compile(rf"[¥￥]?({_NUMBER})(百万元|万元|千元|亿元|元|万|亿)?(?:整)?")
_OPERATOR_WORDS = {
    "≥": ("≥", "≧", "⩾", ">=", "=>", "不低于", "不少于", "不小于", "大于等于", "大于或等于", "至少", "》="),
    "≤": (
        "≤",
        "≦",
        "⩽",
        "<=",
        "=<",
        "不超过",
        "不高于",
        "不大于",
        "不多于",
        "小于等于",
        "小于或等于",
        "至多",
        "《=",
    ),
    ">": (">", "》", "大于", "高于", "多于", "超过"),
    "<": ("<", "《", "小于", "低于", "少于"),
    "=": ("=", "等于"),
}
_OPERATORS = {word: sign for sign, words in _OPERATOR_WORDS.items() for word in words}
_SUFFIXES = {"及以上": "≥", "以上": "≥", "及以下": "≤", "以下": "≤", "以内": "≤", "之内": "≤", "内": "≤"}
_SIGN = "|".join(re.escape(word) for word in sorted(_OPERATORS, key=len, reverse=True))
_SUFFIX = "|".join(sorted(_SUFFIXES, key=len, reverse=True))
_UNIT = r"(?:个?[^\W\d_]{1,4}?|%|‰|℃|m[²³23])"
_TARGET = re.compile(rf"({_SIGN})?({_NUMBER})({_UNIT}(?:[/·]{_UNIT})*)?({_SUFFIX})?")
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


_BETWEEN_DIGITS = re.compile(r"(?<=\d)[.:/~-](?=\d)")  # 1.5 is not 15, 1-2 not 12


@dataclass(frozen=True)
class Target:
    """The parse of an indicator target; any text has one.

    Attributes:
        raw: the text as given.
        operator: one of ≥ ≤ = > <, or `None` where the text states none.
        value: the number as canonical decimal text, or `None` where the text is no number with a measure.
        measure: the measure (计量单位) as written, `None` where there is none.

    """

    raw: str
    operator: str | None = None
    value: str | None = None
    measure: str | None = None


@lru_cache(maxsize=65536)
def key(text: str) -> str:
    """Return a text for comparison: NFKC, lower case, without white space and punctuation but between digits."""
    folded = _BETWEEN_DIGITS.sub("·", unicodedata.normalize("NFKC", text).casefold())
    return "".join(letter for letter in folded if letter.isalnum() or letter in "%‰≥≤=<>+*·")


def canonical(number: Decimal) -> str:
    """Write a number as the contract does: no exponent, no trailing zeros, at most six decimals."""
    text = f"{number:f}" if abs(number) >= _LARGEST else f"{number.quantize(_PLACES):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def decimal(text: str | None) -> Decimal | None:
    """Return the number that a canonical money string holds, `None` for a blank or a text that is no number."""
    if text is None or not re.fullmatch(r"-?\d+(\.\d+)?", text):
        return None
    return Decimal(text)


def money(value: CellValue, measure: str) -> str | None:
    """Read an amount as canonical text in 万元.

    Args:
        value: what the cell holds: a number, or text such as `1,022.00`, ` 100`, `100万元`.
        measure: the form's unit of money, `万元` or `元`; a unit written in the cell wins over it.

    Returns:
        The amount in 万元; `None` for a blank; text that is no amount is returned as it was typed.

    """
    if value is None or isinstance(value, bool | date | time | timedelta):
        return None if value is None else shown(value)
    if isinstance(value, str):
        text = unicodedata.normalize("NFKC", INVISIBLE.sub("", value))
        match = _MONEY.fullmatch("".join(text.split()))
        if match is None:
            return value.strip() or None
        number, unit = Decimal(match[1].replace(",", "")), match[2]
        unit = f"{unit}元" if unit in {"万", "亿"} else unit
    else:
        number, unit = exact(value), None
    if abs(number) >= _LARGEST:
        return shown(value)
    return canonical(number * _MEASURES_OF_MONEY[unit or measure])


def exact(number: float) -> Decimal:
    """Return the number that a person typed: fifteen digits, as a spreadsheet keeps them."""
    try:
        return Decimal(number) if isinstance(number, int) else Decimal(f"{number:.15g}")
    except InvalidOperation:
        return Decimal(0)


def shown(value: CellValue, number_format: str = "") -> str:
    """Return a cell's value as the text that a person sees; a number with the words of its format."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        before, percent, after = _dressed(number_format)
        return f"{before}{_plain(exact(value) * 100 if percent else exact(value))}{percent}{after}"
    if isinstance(value, date):
        clock = (
            f"{value.hour}时{value.minute}分"
            if isinstance(value, datetime) and (value.hour or value.minute)
            else ""
        )
        return f"{value.year}年{value.month}月{value.day}日{clock}"
    return "" if value is None else str(value)


@lru_cache(maxsize=1024)
def _dressed(number_format: str) -> tuple[str, str, str]:
    """Return what a number format shows before and after the number: its quoted words, and a percent sign."""
    section = number_format.partition(";")[0]
    match = re.fullmatch(r'(?:\[[^\]]*\])?((?:"[^"]*")?)[^"]*?((?:"[^"]*")?)', section)
    before, after = (match[1].strip('"'), match[2].strip('"')) if match else ("", "")
    return before, "%" if "%" in re.sub(r'"[^"]*"', "", section) else "", after


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def without_latex(text: str) -> str:
    r"""Undo what text extraction leaves behind: `$\geq 95\%$` is read as `≥95%`."""
    if "$" not in text and "\\" not in text:
        return text

    def plain(match: re.Match[str]) -> str:
        inner = _LATEX_WORD.sub(lambda word: _LATEX[word[0]], match[1])
        return re.sub(r"\s+", "", inner) if inner != match[1] else match[0]

    return _LATEX_WORD.sub(lambda word: _LATEX[word[0]], _LATEX_SPAN.sub(plain, text))


@lru_cache(maxsize=65536)
def parse(text: str) -> Target:
    """Parse an indicator target such as `≥95%`, `不超过100万元`, `7个工作日内`; any text has a parse."""
    folded = "".join(unicodedata.normalize("NFKC", text.replace("％", "%")).split())
    match = _TARGET.fullmatch(folded)
    if match is None:
        return Target(raw=text)
    sign, number, measure, suffix = match.groups()
    operator = _OPERATORS[sign] if sign else _SUFFIXES.get(suffix or "")
    if sign and suffix:
        operator = _OPERATORS[sign]
    return Target(
        raw=text, operator=operator, value=canonical(Decimal(number.replace(",", ""))), measure=measure
    )


def amount_of(target: Target) -> Decimal | None:
    """Return a target that is an amount of money in 万元, `None` where it is none (a unit cost is none)."""
    factor = _MEASURES_OF_MONEY.get(target.measure or "")
    if factor is None or target.value is None:
        return None
    return Decimal(target.value) * factor


def amount(text: str) -> Decimal | None:
    """Return the amount of money in 万元 that a text states, `None` where it states none."""
    return amount_of(parse(text))
