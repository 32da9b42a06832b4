"""The grammar of indicator targets (指标值): any text → what it states; the raw text is kept beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from jixiao.patterns import late
from jixiao.values import numerals, times, words
from jixiao.values.amounts import MEASURES_OF_MONEY, NUMBER, canonical
from jixiao.values.measures import NO_NOUN, Measure, measure_of, split
from jixiao.values.texts import folded

Kind = Literal[
    "blank",
    "declined",
    "number",
    "range",
    "deadline",
    "period",
    "grade",
    "yes_no",
    "several",
    "phrase",
    "negation",
    "text",
]
_OPERATOR_WORDS = {
    "≥": (
        "≥", "≧", "⩾", ">=", "=>", "》=", "不低于", "不得低于", "不少于", "不得少于", "不小于", "大于等于", "大于或等于", "至少",
        "最低", "最少", "达到", "达", "保持在", "稳定在", "维持在", "高于或等于", "不短于",
    ),
    "≤": (
        "≤", "≦", "⩽", "<=", "=<", "《=", "不超过", "不得超过", "不突破", "不高于", "不得高于", "不大于", "不多于", "不超", "小于等于",
        "小于或等于", "至多", "最高", "最多", "控制在", "不长于", "低于或等于", "上限",
    ),
    ">": (">", "》", "大于", "高于", "多于", "超过"),
    "<": ("<", "《", "小于", "低于", "少于"),
    "=": ("=", "═", "等于"),
}  # fmt: skip
OPERATORS = {word: sign for sign, words in _OPERATOR_WORDS.items() for word in words}
_SUFFIXES = {
    "及以上": "≥", "或以上": "≥", "以上": "≥", "(含)以上": "≥", "及以下": "≤", "或以下": "≤", "以下": "≤", "(含)以下": "≤",
    "以内": "≤", "之内": "≤", "(含)以内": "≤", "内": "≤",
}  # fmt: skip
_AGREEING = {"≥": ("≥", ">"), "≤": ("≤", "<")}
_SIGN = "|".join(re.escape(word) for word in sorted(OPERATORS, key=len, reverse=True))
_SUFFIX = "|".join(re.escape(word) for word in sorted(_SUFFIXES, key=len, reverse=True))
_LONG = r"[十百千万亿]{0,2}(?:平方公里|平方千米|平方厘米|立方厘米|千瓦时|千?克标准煤|吨标准煤|吨二氧化碳(?:当量)?)"
_UNIT = rf"(?:{_LONG}|(?![以之及或])个?(?![以之及或]|内(?!\w))[^\W\d_]{{1,4}}?(?<!左右)|%|‰|°C?|[十百千万亿]{{0,2}}m[23])"
_MEASURE = rf"(?:{_UNIT}(?:[/·](?:\d{{1,6}})?{_UNIT})*|/\d{{0,2}}[十百千万][^\W\d_]{{0,3}}?)"
_ABOUT = r"(?:约|大约|近|预计|计划|共|共计|合计|总计)?"
_NUMBER = re.compile(rf"({_SIGN})?({NUMBER})({_MEASURE})?({_SUFFIX})?")
_DRESSED = re.compile(rf"{_ABOUT}({_SIGN})?{_ABOUT}({NUMBER})({_MEASURE})?({_SUFFIX})?(?:\(含\)|左右)?")
_RANGE = re.compile(
    rf"({NUMBER})({_MEASURE})?(?:[-~—–―]{{1,2}}|至|到)({NUMBER})({_MEASURE})?(?:之间|范围内|以内|内)?"
)
_TOLERANCE = re.compile(rf"({NUMBER})({_MEASURE})?(?:±|\+/-)({NUMBER})({_MEASURE})?")
_CHINESE = re.compile(
    rf"({_SIGN})?(?:{numerals.PERCENT.pattern}|([{numerals.LETTERS}半]{{1,9}})({_UNIT}))({_SUFFIX})?"
)
_RATIO = late(
    rf"({_SIGN})?(?:(\d+(?:\.\d+)?)([:∶/]\d+(?:\.\d+)?)|(?!百分)([{numerals.LETTERS}]{{1,3}})分之([{numerals.LETTERS}]{{1,3}}))({_SUFFIX})?"
)
_BRACKETED = late(rf"({_SIGN})?({NUMBER})\(({_UNIT})\)({_SUFFIX})?")
_OR_ELSE = late(
    rf"({_SIGN})?({NUMBER})\({NUMBER}\)({_MEASURE})()"
)  # 5(8)mg/L: the other figure is for the cold
_DATES = frozenset("年月号")  # 12月(底) is a date
_NOTED = late(rf"({_SIGN})?({NUMBER})({_MEASURE})\((?!含\))([^()\d]{{1,12}})\)({_SUFFIX})?")  # 36台(套)
_COUNTED = late(
    rf"(?:({_SIGN})|每(?:半年|年|月|周|季度|日|天|学期|人|户|村)|前)([{numerals.LETTERS}]{{1,5}})([次场期篇人名位件户个份批]|$)"
)
_MAY_BE_RATIO = re.compile(r"[:∶/]|分之")  # quick looks: most texts have none of these
_MAY_COUNT = re.compile(rf"[每前少至过][^\d]*[{numerals.LETTERS}]")
_VAGUE = re.compile(r"约|近|左右|余")
_MORE_THAN = late(rf"(?<=[\d{numerals.LETTERS}])余(?![额热量粮])|(?i:^ph值?[:为]?(?=[≥≤=\d]))")
_INSIDE = re.compile(
    rf"({_SIGN})?({NUMBER})(?:(%|‰|°C)({_SUFFIX})?|((?:[十百千万]{{0,2}}m[23](?!\d)|[^\W\d_]{{0,4}})(?:[/·][^\W\d_]{{1,3}})*))"
)
_SPLIT = re.compile(r"[;,、。\n]|(?:并且|以及|同时)")


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number, or one range of numbers, with its measure.

    Attributes:
        operator: one of ≥ ≤ = > <, `None` where none is stated.
        low: the number, or the lower end of a range, as canonical decimal text.
        high: the upper end of a range, else `None`.
        measure: the measure as written.

    """

    operator: str | None
    low: str
    high: str | None = None
    measure: str | None = None

    @property
    def known(self) -> Measure | None:
        """What the measure means."""
        return measure_of(self.measure)


@dataclass(frozen=True, slots=True)
class Target:
    """The parse of an indicator target; any text has one.

    Attributes:
        raw: the text as given.
        operator: one of ≥ ≤ = > <, or `None` where the text states none.
        value: the number as canonical decimal text, or `None` where the text is not one number with a measure.
        measure: the measure (计量单位) as written, `None` where there is none.
        kind: what sort of statement it is.
        quantities: every number with its measure, also those of ranges, of several parts, and inside words.
        span: the deadline or period.

    """

    raw: str
    operator: str | None = None
    value: str | None = None
    measure: str | None = None
    kind: Kind = "text"
    quantities: tuple[Quantity, ...] = ()
    span: times.Span | None = None

    @property
    def measurable(self) -> bool:
        """Whether the text holds anything that can be measured: a number, a limit, a date."""
        return bool(self.quantities or self.span)


@lru_cache(maxsize=1024)
def parse(text: str) -> Target:
    """Parse an indicator target such as `≥95%`, `不超过100万元`, `7个工作日内`; any text has a parse."""
    plain = folded(text).rstrip("。;,")
    if "余" in plain or plain[:1] in {"p", "P"}:
        plain = _MORE_THAN.sub("", plain)
    if "/(" in plain and plain[-1] == ")":  # 元/(人·年)
        plain = plain[:-1].replace("/(", "/")
    if "百分比" in plain:
        plain = plain.replace("百分比", "%")
    if "二" in plain:
        plain = times.in_figures(plain)
    if "半" in plain:
        plain = numerals.halves(plain)
    plain = numerals.in_one(plain)
    match = _NUMBER.fullmatch(plain)
    if match and not _says_more(plain, match[3]):
        return _number(text, *match.groups())
    if not plain:
        return Target(text, kind="blank")
    said = words.answer(plain)
    return Target(text, kind=said) if said else _figures(text, plain) or _loose(text, plain)


def written(target: Target) -> str:
    """Return the canonical print of a target: parsing it gives the same parse, but for `raw`."""
    plain = folded(target.raw)
    kept = _VAGUE.search(plain) or _NOTED.fullmatch(plain) or _OR_ELSE.fullmatch(plain)
    if target.kind == "number" and not kept:
        text = f"{target.operator or ''}{target.value}{target.measure or ''}"
    elif target.kind == "range" and "±" not in plain:
        one = target.quantities[0]
        text = f"{one.low}~{one.high}{one.measure or ''}"
    elif target.span:
        text = times.written(target.span)
    else:
        return plain
    return text if replace(parse(text), raw="") == replace(target, raw="") else plain


def amount_of(target: Target) -> Decimal | None:
    """Return a target that is an amount of money in 万元, `None` where it is none (a unit cost is none)."""
    factor = MEASURES_OF_MONEY.get(target.measure or "")
    if factor is None or target.value is None:
        return None
    return Decimal(target.value) * factor


def amount(text: str) -> Decimal | None:
    """Return the amount of money in 万元 that a text states, `None` where it states none."""
    return amount_of(parse(text))


def _says_more(plain: str, measure: str | None) -> bool:
    """Tell whether what follows a number is a date or a sentence rather than a measure: `12月底前`, `天内完成`."""
    if not measure or (len(measure) == 1 and measure not in "年月"):
        return False
    if measure[0] in "年月" and (times.span(plain) or times.begins_with_year(plain)):
        return True
    return bool(NO_NOUN.match(split(measure)[1]))


def _number(raw: str, sign: str | None, number: str, measure: str | None, suffix: str | None) -> Target:
    operator = OPERATORS[sign] if sign else _SUFFIXES.get(suffix or "")
    value = _canonical(number)
    meant = _SUFFIXES.get(suffix or "") if sign else None
    if meant and operator not in _AGREEING[meant]:  # ≤95%以上: nobody knows which is meant
        return Target(raw, kind="phrase", quantities=(Quantity(None, value, None, measure),))
    return Target(raw, operator, value, measure, "number", (Quantity(operator, value, None, measure),))


def _canonical(number: str) -> str:
    return (
        number
        if number.isdigit() and (number[0] != "0" or number == "0")
        else canonical(Decimal(number.replace(",", "")))
    )


def _figures(raw: str, plain: str) -> Target | None:
    """Return the parse of a date, a range, a tolerance, or a number in words."""
    span = times.span(plain)
    if span:
        return Target(raw, kind="deadline" if span.first is None else "period", span=span)
    match = _RANGE.fullmatch(plain)
    if match:
        one = Quantity(None, _canonical(match[1]), _canonical(match[3]), match[4] or match[2])
        return Target(raw, kind="range", quantities=(one,))
    match = _TOLERANCE.fullmatch(plain)
    if match:
        middle, apart = Decimal(match[1].replace(",", "")), Decimal(match[3].replace(",", ""))
        one = Quantity(None, canonical(middle - apart), canonical(middle + apart), match[2] or match[4])
        return Target(raw, kind="range", quantities=(one,))
    bracketed = _bracketed(raw, plain) if "(" in plain else None
    if bracketed:
        return bracketed
    match = _RATIO.fullmatch(plain) if _MAY_BE_RATIO.search(plain) else None
    if match:
        return _ratio(raw, match)
    match = _CHINESE.fullmatch(plain)
    chinese = _chinese(raw, match) if match else None
    match = None if chinese else _DRESSED.fullmatch(plain)
    return _number(raw, *match.groups()) if match and not _says_more(plain, match[3]) else chinese


def _bracketed(raw: str, plain: str) -> Target | None:
    """Return the parse of one number with its measure in brackets, 4(所), or a note behind it: 36台(套), 1860公里(含县道)."""
    match = _BRACKETED.fullmatch(plain)
    if match and measure_of(match[3]):
        return _number(raw, *match.groups())
    match = _OR_ELSE.fullmatch(plain)
    if match and measure_of(match[3]):
        return _number(raw, *match.groups())
    match = _NOTED.fullmatch(plain)
    known = measure_of(match[3]) if match else None
    if not match or not known or not known.exact or match[3] in _DATES:
        return None
    sign = match[1] or (match[4] if match[4] in OPERATORS else None)
    return _number(raw, sign, match[2], match[3], match[5] or match[4])


def _ratio(raw: str, match: re.Match[str]) -> Target | None:
    """Return the parse of 1:15, 1/3, 三分之二: the first figure, what it is of as its measure."""
    sign, first, second, below, above, suffix = match.groups()
    if below:
        whole, part = (
            numerals.number("一" + below if below in {"千", "万"} else below),
            numerals.number(above),
        )
        first, second = str(part), f"/{whole}"
        if whole is None or part is None:
            return None
    operator = OPERATORS[sign] if sign else _SUFFIXES.get(suffix or "")
    return Target(raw, kind="phrase", quantities=(Quantity(operator, _canonical(first), None, second),))


def _chinese(raw: str, match: re.Match[str]) -> Target | None:
    sign, percent, digits, measure, suffix = match.groups()
    if percent:
        stated = percent if percent[0].isdigit() and percent.isascii() else numerals.number(percent)
        return None if stated is None else _number(raw, sign, str(stated), "%", suffix)
    if measure.startswith("分之"):
        return None
    if measure == "元" and len(digits) > 1 and digits[-1] in "万亿":
        digits, measure = digits[:-1], digits[-1] + measure
    stated = "0.5" if digits == "半" else numerals.number(digits)
    return (
        _number(raw, sign, str(stated), measure, suffix)
        if stated is not None and measure_of(measure)
        else None
    )


def _loose(raw: str, plain: str) -> Target:
    """Return the parse of words: with numbers inside, in several parts, a negation, or only words."""
    parts = [part for part in _SPLIT.split(plain) if part]
    quantities = tuple(_inside(plain))
    if len(parts) > 1:
        pieces = [parse(part) for part in parts]
        if sum(one.measurable for one in pieces) > 1:
            return Target(
                raw,
                kind="several",
                quantities=tuple(q for one in pieces for q in one.quantities),
                span=_last(pieces),
            )
    dates = times.moments(plain)
    if dates:
        return Target(raw, kind="phrase", quantities=quantities, span=times.Span(None, dates[-1]))
    if quantities:
        return Target(raw, kind="phrase", quantities=quantities)
    return Target(raw, kind="negation" if words.NEGATION.fullmatch(plain) else "text")


def _last(pieces: list[Target]) -> times.Span | None:
    """Return the last deadline of several: 6月、12月底前; the year may stand with an earlier one."""
    spans = [one.span for one in pieces if one.span]
    if not spans:
        return None
    last = spans[-1].last
    year = last.year or next((one.last.year for one in spans if one.last.year), None)
    return times.Span(None, replace(last, year=year))


def _inside(plain: str) -> list[Quantity]:
    """Return the numbers with a known measure that stand inside words."""
    found = []
    plain = times.without_dates(plain)
    for sign, number, rate, after, measure in _INSIDE.findall(plain):
        word, rest = (rate, after) if rate else split(measure)
        if word:
            suffix = next((one for one in _SUFFIXES if rest.startswith(one)), "")
            found.append(
                Quantity(OPERATORS.get(sign) or _SUFFIXES.get(suffix), _canonical(number), None, word)
            )
    for sign, number, measure in () if found or not _MAY_COUNT.search(plain) else _COUNTED.findall(plain):
        stated = numerals.number(number)
        if stated is not None:
            found.append(Quantity(OPERATORS.get(sign), str(stated), None, measure or None))
    return found
