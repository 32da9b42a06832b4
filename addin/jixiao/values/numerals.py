"""Chinese numerals (十二, 两千零五, 百分之九十五) where they are numbers."""

from __future__ import annotations

import re

_DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_STEPS = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
LETTERS = "零〇一二两三四五六七八九十百千万亿"
PERCENT = re.compile(rf"百分之([{LETTERS}]{{1,9}}|\d+(?:\.\d+)?)")


_LETTERS = f"[{LETTERS}]"
_HALVES = re.compile(rf"(\d+|{_LETTERS}{{1,3}})(个半(?=月|小时|钟头|学期|星期)|年半)")


def halves(text: str) -> str:
    """Return a text with a half written as figures: 1个半月 is 1.5个月."""

    def plain(match: re.Match[str]) -> str:
        whole = int(match[1]) if match[1].isdigit() else number(match[1])
        return match[0] if whole is None else f"{whole}.5{match[2].replace('半', '')}"

    return _HALVES.sub(plain, text)


_HUNDREDS_OF_MILLIONS = re.compile(r"(?<![\d.,])(\d{1,6})亿零?(\d{1,4})万")
# The rest is less than 万, and its size beyond doubt: 3万5 is no number.
_IN_STEPS = re.compile(
    r"(?<![\d.,])(?:(?P<e>\d{1,6})亿)?(?:(?P<w>\d{1,6})万)?"
    r"(?:零(?P<zero>\d{1,4})|(?P<rest>\d{3,4}|\d,\d{3})|(?P<q>\d)千(?=[元人户亩个件次册株]))(?P<part>\.\d{1,2})?"
    r"(?=[^\W\d_万亿千百十])"
)


def in_one(text: str) -> str:
    """Return a text with a number told in steps as one: 3万5500元 is 35500元, 1亿2000万 is 12000万."""
    if "万" not in text and "亿" not in text:
        return text
    text = _HUNDREDS_OF_MILLIONS.sub(lambda match: f"{int(match[1]) * 10_000 + int(match[2])}万", text)
    return _IN_STEPS.sub(_one, text)


_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟圆萬億", "一二三四五六七八九十百千元万亿")
_LONGEST = 24  # of an amount in words


def spelt(text: str) -> str:
    """Return an amount in words as figures, where it says its unit: 壹佰万元整 is 1000000元; any other text as it is."""
    words = text if len(text) > _LONGEST else text.translate(_FORMAL).removeprefix("人民币").rstrip("整正")
    whole = number(words[:-1]) if words.endswith("元") and not words[:-1].strip(LETTERS) else None
    return text if whole is None else f"{whole}元"


def _one(match: re.Match[str]) -> str:
    if match["e"] is None and match["w"] is None:
        return match[0]
    rest = int((match["zero"] or match["rest"] or f"{match['q']}000").replace(",", ""))
    whole = int(match["e"] or 0) * _LARGE["亿"] + int(match["w"] or 0) * _LARGE["万"] + rest
    return f"{whole}{match['part'] or ''}"


def number(text: str) -> int | None:
    """Return the whole number that Chinese numerals state, `None` where they state none (`万`, `百千`)."""
    if not text or (text[0] in _LARGE) or text[0] in "百千":
        return None
    if len(text) > 1 and all(letter in _DIGITS for letter in text):
        return int("".join(str(_DIGITS[letter]) for letter in text))
    total, section, digit = 0, 0, None
    for letter in text:
        if letter in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[letter]
        elif letter in _STEPS:
            section += (1 if digit is None and letter == "十" and not section else digit or 0) * _STEPS[
                letter
            ]
            digit = None
        elif letter in _LARGE:
            total = (total + section + (digit or 0)) * _LARGE[letter]
            section, digit = 0, None
        else:
            return None
    return total + section + (digit or 0)
