"""指标值的写法有误。

检查什么
指标值是不是打错了：连写两个比较符（≥≥、≤≥），比较符与“以上”“以内”或范围矛盾，数里有两个小数点或夹着字母，范围的两头写反，比较符写在数字后面，单位写了两遍（平方米平方米、%%），小数点打成逗号（1，5），数量、面积是负数，同一个数写了两个下限或两个上限，“每月35日”这样没有的日子，期限的年份只写了两位（27年底前）、写成“2小时后”，同一个数写了两遍（28个以上28个）。
为什么
打错的指标值有几种读法，考核时不知道以哪个为准。
怎么改
改成一个比较符、一个数、一个单位，如“≥1.5万平方米”。
例
“≥≥1.5万平方米”“≥1，5万平方米”“1.5万平方米≥”“≥50%，≥60%”。
依据
比较符、数和单位各一个是常见填报要求（待核实）
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from jixiao import wording
from jixiao.model import Document, Severity
from jixiao.rules import ALL_FORMS, Flag, Given, Scope
from jixiao.rules.names import is_growth
from jixiao.rules.rows import Row
from jixiao.values import Quantity, folded, is_mere, measure_of

SCOPE: Scope = "document"
FORMS = ALL_FORMS
SEVERITY: Severity = "warning"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {}
SUPERSEDES = ("VA01", "VA02", "VA04", "VA09", "VA10", "VA16", "CO02", "SA01", "ST11")
ROW_SUPERSEDES = ("CO03", "IN04", "IN07")
ON = True
_LOOSE = frozenset({"phrase", "several", "text"})
_NEVER_NEGATIVE = frozenset({"people", "times", "things", "area", "volume"})
_SIGNS = re.compile(r"[≥≤<>＜＞]")
_TWO_SIGNS = re.compile(r"([≥≤<>]|=(?==))([≥≤<>]|(?<==)=)(.*)")
_SIGN_BEHIND = re.compile(r"(-?\d[\d,.]*[^\W\d_%]{0,6}%?)([≥≤<>])")
_TWICE = re.compile(r"(.*\d[十百千万亿]{0,2}?)(%|‰|[^\W\d_]{1,6}?)\2")
_COMMA = re.compile(r"([≥≤<>=]?)(\d{1,3})[,。](\d{1,2})([^\W\d_]{0,6}|%)")
_TWO_POINTS = re.compile(r"[≥≤<>=]?\d+(?:\.\d*)?\.\d+(?:(?!版)[^\W\d_]{1,6}|%)")
_POINT_ALONE = re.compile(r"[≥≤<>=]?\d+\.(?:[^\W\d_]{1,6}|%)")
_LETTER_INSIDE = re.compile(r"[≥≤<>=]?\d+([OoIl])[OoIl\d]*\d")
_OVER_AND_UNDER = re.compile(
    r"([≥≤<>=]|不[低少]于)(\d[\d.]*)([^\W\d_%]{0,6}?%?)(?:[及或]|\(含\))?(以[上内下]|之?内)"
)
_SIGN_AND_RANGE = re.compile(r"([≥≤<>])(\d[\d.]*)([^\W\d_]{0,6}|%)[-~—–](\d[\d.]*)([^\W\d_]{0,6}|%)")
_LIMIT = r"([≥≤<>])(\d+(?:\.\d+)?)([^\W\d_]{0,6}|%)"
_TWO_LIMITS = re.compile(rf"{_LIMIT}[,;、和]?{_LIMIT}")
_SEVERAL_THINGS = re.compile(r"[、/和及]|(?<!参)与|分别|各")
_AGAIN = re.compile(
    r"([≥≤]?)(\d+(?:\.\d+)?(?:[^\W\d_以]{1,4}|%))(以[上内下])[,;、]?[≥≤]?\2(?:以[上内下])?"
)  # 28个以上28个
_AFTER = re.compile(r"[≥≤]?(\d+(?:\.\d+)?(?:分钟|个?小时|天|日|个?工作日))[之以]?后")
_SHORT_YEAR = re.compile(r"(?<!\d)([2-4]\d)(年(?:[底末初]|(?:1[0-2]|0?[1-9])月).*)")
_APART = re.compile(r"\d\s+\d(?!\d\d(?!\d))")
_MONTHLY = re.compile(r"每月(\d{1,3})[日号]")
_DATES = frozenset({"年", "月", "日", "号", "月份"})
_LAST_DAY = 31
_MULTIPLIERS = ("百", "千", "万", "亿")


def check(_document: Document, given: Given) -> Iterator[Flag]:
    """Flag a target that a slip of the hand has spoiled, and say what may have been meant."""
    for row in given.rows:
        parsed = row.parsed
        if parsed.kind == "number":
            known = parsed.quantities[0].known
            apart = _APART.search(row.target)
            if parsed.value and parsed.value[0] != "-" and known and known.exact and not apart:
                continue
            found = _in_pieces(row) if apart else _of_number(row)
        elif parsed.kind == "range":
            found = _of_range(parsed.quantities[0])
        elif parsed.kind in _LOOSE and (parsed.quantities or _SIGNS.search(row.target)):
            found = _of_words(row, folded(row.target).rstrip("。;,"))
        else:
            continue
        if found:
            why, advice = found
            yield Flag(
                row.at("target"), f"{row.place}的指标值{wording.quoted(row.target)}{why}。", f"{advice}。"
            )


def _in_pieces(row: Row) -> tuple[str, str]:
    """Return that white space parts a number, other than by thousands: nobody can tell whether it is one."""
    meant = f"{row.parsed.operator or ''}{row.parsed.value}{row.parsed.measure or ''}".replace("=", "＝")
    return "里的数中间有空格", f"请核对是不是一个数，是的请去掉空格，如“{meant}”"


def _of_number(row: Row) -> tuple[str, str] | None:
    """Return what is wrong with one number and its measure, and what to do."""
    parsed = row.parsed
    known = parsed.quantities[0].known
    if known and (parsed.value or "")[0] == "-":
        if known.dimension in _NEVER_NEGATIVE and not is_growth(row.name):
            meant = f"{parsed.operator or '≥'}{(parsed.value or '')[1:]}{parsed.measure}"
            return "是负数，不会有这样的数量", f"请核对，去掉负号，如“{meant}”"
        return None
    plain = folded(row.target)
    return (_short_year(plain) if known else None) or _twice(plain)


def _of_words(row: Row, plain: str) -> tuple[str, str] | None:
    """Return what is wrong with a target that does not parse as one number, and what to do."""
    two = _TWO_SIGNS.match(plain)
    if two:
        first, second, rest = two.groups()
        if first == second:
            sign = first.replace("=", "＝")  # of half width it would begin a formula
            return f"把“{sign}”写了两遍", f"请改为“{sign}{rest}”"
        return f"里的“{first}”和“{second}”矛盾", f"请只留一个比较符，如“{first}{rest}”或“{second}{rest}”"
    behind = _SIGN_BEHIND.fullmatch(plain)
    if behind:
        return "把比较符写在了后面", f"请改为“{behind[2]}{behind[1]}”"
    comma = _COMMA.fullmatch(plain)
    if comma and comma[4] not in _DATES and (comma[4] == "%" or measure_of(comma[4])):
        return "像是把小数点打成了别的标点", f"请核对，如“{comma[1]}{comma[2]}.{comma[3]}{comma[4]}”"
    month = _MONTHLY.search(plain)
    if month and not 1 <= int(month[1]) <= _LAST_DAY:
        return f"里的日期写错了，没有{month[1]}日", "请改为实际的日期，如“每月25日前”"
    found = _again_or_after(plain) or _said_twice(plain) or _no_figure(plain) or _two_limits(row, plain)
    return found or _short_year(plain) or _twice(plain)


def _of_range(one: Quantity) -> tuple[str, str] | None:
    """Return that a range begins where it should end: 98%-95%."""
    if one.high is None or Decimal(one.low) <= Decimal(one.high):
        return None
    if (one.measure or "")[:1] in _MULTIPLIERS and Decimal(one.low) >= 10 * Decimal(one.high):
        return None  # 8000-1万平方米
    return "把范围的两头写反了", f"请改为“{one.high}-{one.low}{one.measure or ''}”"


def _said_twice(plain: str) -> tuple[str, str] | None:
    """Return that a sign stands before a range, or does not go with the word behind the figure."""
    found = _SIGN_AND_RANGE.fullmatch(plain)
    if found:
        sign, low, one, high, other = found.groups()
        return "把比较符和范围写在了一起", f"请只留一样，如“{low}{one}-{high}{other}”或“{sign}{low}{other}”"
    found = _OVER_AND_UNDER.fullmatch(plain)
    if not found or (found[3] and not is_mere(found[3])):
        return None  # ≤1起较大以上: the word says of what kind
    sign, figure, word = found[1].replace("=", "＝"), found[2] + found[3], found[4]
    return f"里的“{sign}”和“{word}”矛盾", f"请只留一个，如“{sign}{figure}”或“{figure}{word}”"


def _again_or_after(plain: str) -> tuple[str, str] | None:
    """Return that the very number stands twice, or that a time limit says after and not within."""
    again = _AGAIN.fullmatch(plain)
    if again:
        kept = "" if again[1] else again[3]
        return "把同一个数写了两遍", f"请只留一个，如“{again[1]}{again[2]}{kept}”"
    after = _AFTER.fullmatch(plain)
    if after:
        return "说的是多久以后，看不出期限", f"要在这段时间里做完的，请写“≤{after[1]}”"
    return None


def _no_figure(plain: str) -> tuple[str, str] | None:
    """Return that a figure has two points, one with nothing behind it, or a letter among its digits."""
    if _TWO_POINTS.fullmatch(plain):
        return "里有两个小数点", "请改为一个数"
    if _POINT_ALONE.fullmatch(plain):
        return "的小数点后面没有数", "请补上小数，或去掉小数点"
    letter = _LETTER_INSIDE.match(plain)
    advice = "请把字母改成数字，如字母 O 改成 0、字母 l 改成 1"
    return (f"里夹着字母 {letter[1]}，应当是数字", advice) if letter else None


def _short_year(plain: str) -> tuple[str, str] | None:
    """Return that a deadline has a year of two figures: 27年底前 is no 27 years."""
    found = _SHORT_YEAR.match(plain)
    return ("的年份只写了两位", f"请写全年份，如“20{found[1]}{found[2]}”") if found else None


def _twice(plain: str) -> tuple[str, str] | None:
    """Return that a measure is written twice; 个个, which is none at all, is VA04's."""
    found = _TWICE.fullmatch(plain)
    if found and (found[2] in {"%", "‰"} or measure_of(found[2] * 2)):
        return f"把单位“{found[2]}”写了两遍", f"请改为“{found[1]}{found[2]}”"
    return None


def _two_limits(row: Row, plain: str) -> tuple[str, str] | None:
    """Return that one figure has two limits to one side, or two that exclude each other; of several things it may."""
    found = _TWO_LIMITS.fullmatch(plain)
    if not found or found[3] != found[6] or _SEVERAL_THINGS.search(row.name):
        return None
    one, other = found[1] + found[2] + found[3], found[4] + found[5] + found[6]
    if (found[1] in "≥>") == (found[4] in "≥>"):
        side = "下限" if found[1] in "≥>" else "上限"
        return f"写了两个{side}", f"请只留一个，如“{one}”；考核的是两件事的，请分两行写"
    low, high = (found[2], found[5]) if found[1] in "≥>" else (found[5], found[2])
    if Decimal(low) > Decimal(high):
        return "的下限比上限还大", f"请核对“{one}”和“{other}”"
    return None
