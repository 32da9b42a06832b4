"""Money: what a cell holds → canonical text in 万元."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time, timedelta
from decimal import Decimal
from functools import lru_cache

from jixiao.model import CellValue
from jixiao.values import numerals
from jixiao.values.formats import look
from jixiao.values.texts import INVISIBLE, exact, shown

MEASURES_OF_MONEY = {
    "元": Decimal("0.0001"),
    "百元": Decimal("0.01"),
    "千元": Decimal("0.1"),
    "万元": Decimal(1),
    "十万元": Decimal(10),
    "百万元": Decimal(100),
    "亿元": Decimal(10000),
    "万": Decimal(1),
    "亿": Decimal(10000),
}
_PLACES = Decimal("0.000001")
_LARGEST = Decimal(10) ** 15
NUMBER = r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_CANONICAL = re.compile(r"-?\d+(\.\d+)?")
_MONEY = re.compile(
    rf"[¥￥]?({NUMBER}(?:[eE][+]?\d{{1,2}})?)(百万元|十万元|万元|千元|百元|亿元|元|万|亿)?(?:整)?"
)


def canonical(number: Decimal) -> str:
    """Write a number as the contract does: no exponent, no trailing zeros, at most six decimals."""
    text = f"{number:f}" if abs(number) >= _LARGEST else f"{number.quantize(_PLACES):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


@lru_cache(maxsize=1024)
def decimal(text: str | None) -> Decimal | None:
    """Return the number that a canonical money string holds, `None` for a blank or a text that is no number."""
    return None if text is None or not _CANONICAL.fullmatch(text) else Decimal(text)


def money(value: CellValue, measure: str, number_format: str = "") -> str | None:
    """Read an amount as canonical text in 万元.

    Args:
        value: what the cell holds: a number, or text such as `1,022.00`, ` 100`, `100万元`.
        measure: the form's unit of money, `万元` or `元`; a unit written in the cell wins over it.
        number_format: how the cell shows a number: with its point moved, or with a unit of money.

    Returns:
        The amount in 万元; `None` for a blank; text that is no amount is returned as it was typed.

    """
    if value is None or isinstance(value, bool | date | time | timedelta):
        return None if value is None else shown(value)
    if isinstance(value, str):
        text = unicodedata.normalize("NFKC", INVISIBLE.sub("", value))
        match = _MONEY.fullmatch(numerals.spelt(numerals.in_one("".join(text.split()))))
        if match is None:
            return value.strip() or None
        number, unit = Decimal(match[1].replace(",", "")), match[2]
        unit = f"{unit}元" if unit in {"万", "亿"} else unit
    else:
        number, unit = _as_seen(exact(value), number_format)
    if abs(number) >= _LARGEST:
        return shown(value)
    return canonical(number * MEASURES_OF_MONEY[unit or measure])


def unit_kept(value: CellValue, measure: str, number_format: str) -> str:
    """Return the unit of money of a cell's own number, which its format may show in another one."""
    if not number_format or isinstance(value, bool) or not isinstance(value, int | float):
        return measure
    seen, unit = _as_seen(exact(value), number_format)
    power = seen.adjusted() - exact(value).adjusted()
    worth = MEASURES_OF_MONEY[unit or measure].scaleb(power)
    return next((name for name, one in MEASURES_OF_MONEY.items() if one == worth), unit or measure)


def _as_seen(number: Decimal, number_format: str) -> tuple[Decimal, str | None]:
    """Return an amount with its point where a format shows it, and the unit that the format writes behind it."""
    if not number_format:
        return number, None
    shape = look(number, number_format)
    words = shape.after.strip(" （）()整")
    unit = f"{words}元" if words in {"万", "亿"} else words
    return number.scaleb(shape.power), unit if unit in MEASURES_OF_MONEY else None
