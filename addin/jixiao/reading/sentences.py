"""Amounts that one cell tells in a sentence: 财政拨款10万元，其他资金5万元，共15万元."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache, lru_cache

from jixiao import forms, schemas
from jixiao.model import Note, Spot
from jixiao.patterns import late
from jixiao.reading.fields import Found, sought
from jixiao.reading.spans import tells
from jixiao.reading.tables import Place
from jixiao.reading.units import UNIT
from jixiao.reading.view import View
from jixiao.reading.words import appropriations, known_labels, label_key
from jixiao.values import canonical, decimal, money
from jixiao.values.amounts import NUMBER
from jixiao.values.numerals import in_one

_LONGEST = 200
_BETWEEN = re.compile(r"[,;、。()]*(?:其中:?)?")
_PART = late(rf"(?P<label>[^\d,;、。():-]{{1,20}}):?[为是]?¥?(?P<number>{NUMBER})(?P<unit>{UNIT.pattern})?")
_HEAD = re.compile(r"([^\d,;:]{2,20}):")
_OF_A_YEAR = late(
    r"(?:^|(?<=[。;]))(?:其中:?)?(?:(?P<year>20\d\d)年度?|(?P<before>上年度?|上一年度?|去年|前年)(?!度?结[转余])|本年度?|今年|当年)"
    r"(?:预算|计划)?(?:安排|申请)?:?"
)
_TOTALS = frozenset(
    {"共", "共计", "合计", "总计", "总额", "总共", "计", "总资金", "总金额", "资金共计", "资金合计"}
)
_TOTAL = "total_funds"
_BARE_TOTAL = late(rf"¥?{NUMBER}(?:{UNIT.pattern})?(?=[,;。(]*其中)")  # 300万元，其中：……
_LONG = late(r"总投资|实施期|项目期|中期|长期|规划期|全周期|全生命周期|跨年|三年")
_OF_MONEY = re.compile("资金|经费|预算|金额|拨款")


def read(
    view: View, place: Place, form: forms.Form, head: Mapping[str, Found], told: str
) -> dict[str, Found]:
    """Return the amounts of the one sentence above the indicators that tells a sum and its parts, each at that cell.

    Of several it is the one whose label names the year, and none whose label names a longer time. Nothing where the
    total has a cell of its own, or where a word of the sentence is not understood.
    """
    known = head.get(_TOTAL)
    if form.form != "project_target" or (known and (known.value is None or _amount(known) is not None)):
        return {}
    first: dict[str, Found] = {}
    for row in range(place.top, place.end):
        for column in view.filled(row):
            text = _of_the_year(view.text(row, column), head["year"].value)
            amounts = _understood(text, form, told, Spot(row, column))
            time = _time(view, row, column) if len(amounts) > 1 else "all"
            if time == "year" or (time != "all" and not first):
                first = {name: one for name, one in amounts.items() if name not in head or name == _TOTAL}
            if time == "year":
                return first
    return first


def _time(view: View, row: int, column: int) -> str:
    """Return whose money the label before a sentence names: `year`, `all` for a longer time, `""` where it does not say."""
    before = [at for at in view.filled(row) if at < column]
    lead = _HEAD.match("".join(view.text(row, column).split()).replace("：", ":"))
    words = [label_key(lead[1])] if lead else []
    words += [view.label(row, before[-1])] if before else []
    if any(_LONG.search(word) for word in words):
        return "all"
    return "year" if any(tells(word, "money") == "year" for word in words) else ""


@lru_cache(maxsize=1024)
def tells_money(text: str) -> bool:
    """Tell whether a text is such a sentence in any edition of the form."""
    if sum(map(str.isnumeric, text)) < 2:  # a quick look: two amounts have two digits at least
        return False
    editions = (form for form in forms.catalogue() if form.form == "project_target")
    return any(
        len(_understood(said, form, form.money, Spot(0, 0))) > 1
        for form in editions
        for _, said in _by_year(text)
    )


def begins(view: View, row: int, level1: int) -> bool:
    """Tell whether a row holds such a sentence and before it no more than its label, not right of level 1."""
    filled = view.filled(row)
    if not filled or filled[0] > level1:
        return False
    labelled = len(filled) > 1 and _OF_MONEY.search(view.label(row, filled[0]))
    return any(tells_money(view.text(row, column)) for column in filled[: 2 if labelled else 1])


def notes(found: Mapping[str, Found], head: Mapping[str, Found], form: forms.Form) -> Iterator[Note]:
    """Yield which amounts a sentence leaves out: what is not said is not nothing."""
    spot = next((one.spot for one in found.values() if one.spot), None)
    for name, cell, _ in form.fields() if spot else ():
        if name not in head and schemas.is_money(form.form, name):
            bare = cell.label.strip("：: ")
            text = f"{spot.a1 if spot else ''} 用一句话写了几项金额，其中没有“{bare}”，没有读取。"
            yield Note("ST09", f"/{name}", text, "warning", "请按官方空白表一项一格填写，没有的填 0。")


def _of_the_year(text: str, year: object) -> str:
    """Return what a text says of the budget year, where it speaks of one year after the other."""
    lead, *others = _by_year(text)
    return lead[1] + "".join(said for told, said in others if told in ("", str(year)))


def _by_year(text: str) -> list[tuple[str, str]]:
    """Return a text without white space and in half width, cut by the years that it tells: `""` is this one, `-` another."""
    text = in_one("".join(unicodedata.normalize("NFKC", text[: _LONGEST + 1]).split()).replace("−", "-"))
    cuts = list(_OF_A_YEAR.finditer(text))
    ends = [*(cut.start() for cut in cuts), len(text)]
    told = ["-" if cut["before"] else cut["year"] or "" for cut in cuts]
    said = [text[cut.end() : end] for cut, end in zip(cuts, ends[1:], strict=True)]
    return [("", text[: ends[0]]), *zip(told, said, strict=True)]


def _understood(text: str, form: forms.Form, told: str, spot: Spot) -> dict[str, Found]:
    """Return the amounts of a sentence by field, none where a part of it is no amount of a field, or is said twice."""
    if len(text) > _LONGEST or not any(one.isdigit() for one in text):
        return {}
    fields = _fields(form.form, form.edition)
    lead = _HEAD.match(text)
    word, at = (label_key(lead[1]), lead.end()) if lead else ("", 0)
    headed = tells(word, "money") or (_OF_MONEY.search(word) and word not in fields)
    if not (headed and _BARE_TOTAL.match(text, at)) and (
        word not in known_labels() or text[at : at + 1].isdigit()
    ):
        at = 0
    said: dict[str, list[tuple[str, str, str]]] = {}
    at = _past(text, at)
    if _BARE_TOTAL.match(text, at):
        text = f"{text[:at]}总额{text[at:]}"
    while at < len(text):
        part = _PART.match(text, at)
        word = label_key(part["label"]) if part else ""
        name = fields.get(word)
        if part is None or name is None:
            return {}
        raw = f"{part['number']}{part['unit'] or ''}"
        said.setdefault(name, []).append((word, raw, money(raw, told) or ""))
        at = _past(text, part.end())
    found = {name: _joined(parts, told, spot) for name, parts in said.items()}
    return {name: one for name, one in found.items() if one} if all(found.values()) else {}


def _past(text: str, at: int) -> int:
    match = _BETWEEN.match(text, at)
    return match.end() if match else at


def _joined(parts: list[tuple[str, str, str]], told: str, spot: Spot) -> Found | None:
    """Return a field's amount: of 财政拨款 the sum of its budgets, `None` where it is said twice."""
    budgets = {appropriations().get(word, word) for word, _, _ in parts}
    if len(budgets) < len(parts) or (len(parts) > 1 and not budgets <= set(appropriations().values())):
        return None
    whole = canonical(sum((decimal(amount) or Decimal(0) for _, _, amount in parts), Decimal(0)))
    return Found(whole, "、".join(raw for _, raw, _ in parts), spot, told)


@cache
def _fields(kind: str, edition: str) -> dict[str, str]:
    """Return which field a word of such a sentence names."""
    of_money = [one for one in sought(kind, edition).values() if one.is_money]
    return {
        **dict.fromkeys(appropriations(), "fiscal_funds"),
        **{word: one.name for one in of_money for word in one.keys},
        **dict.fromkeys(_TOTALS, _TOTAL),
    }


def _amount(found: Found) -> Decimal | None:
    return decimal(found.value) if isinstance(found.value, str) else None
