"""财政拨款 given budget by budget: 一般公共预算, 政府性基金 and 国有资本经营 in rows of their own are one sum."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from jixiao import forms, schemas
from jixiao.model import Note, Severity, Spot
from jixiao.reading import spans
from jixiao.reading.amounts import UNIT
from jixiao.reading.fields import Found, label_spot, sought, value_of
from jixiao.reading.tables import Place
from jixiao.reading.view import View, appropriations, sayings
from jixiao.values import canonical, decimal, shown

FIELD = "fiscal_funds"


def summed(
    view: View, place: Place, form: forms.Form, told: str | None, of_year: int | None
) -> dict[str, Found]:
    """Return 当年财政拨款 as the sum of its budgets' rows, nothing where the form gives it in one row or as a total.

    A text that is no amount stands for the whole, at its cell: with it there is no sum. A single amount is read
    where it stands.
    """
    one = sought(form.form, form.edition)[FIELD]
    labels = _labels(view, place)
    total = label_spot(view, place, one, set())
    said = {view.label(*total), *(word for word, _ in sayings(view.text(*total)))} if total else set()
    alone = total is not None and not said & set(one.keys) <= appropriations().keys()
    if not labels or (alone and total is not None and not _heads(view, total, labels)):
        return {}
    rows = [
        (word, value_of(view, place, replace(one, keys=(word,)), spot, told or form.money, of_year))
        for word, spot in labels
    ]
    texts = [found for _, found in rows if found.value is not None and decimal(_text(found)) is None]
    given = [(word, found) for word, found in rows if decimal(_text(found)) not in {None, 0}]
    if texts:
        return {FIELD: texts[0]}
    if len(given) < 2:
        known = [*given, *((word, found) for word, found in rows if found.value is not None), *rows]
        return {FIELD: known[0][1]}
    whole = sum((decimal(_text(found)) or Decimal(0) for _, found in given), Decimal(0))
    parts = tuple(
        (view.text(*spot).rstrip("：: ") if word == view.label(*spot) else word, found)
        for word, spot in labels
        for other, found in given
        if word == other
    )
    return {FIELD: Found(canonical(whole), None, given[0][1].spot, parts=parts)}


def notes(found: Found | None, form: str) -> Iterator[Note]:
    """Yield which cells a sum was made of, and which of them hold text, of which a formula makes 0."""
    if found is None or not found.parts:
        return
    title = schemas.field(form, f"/{FIELD}")["title"]
    told = "、".join(f"{one.spot.a1}（{label}，{one.value}）" for label, one in found.parts if one.spot)
    text = f"“{title}”按 {told} 相加，读作 {found.value} 万元。"
    rule = "FI01" if form == "project_target" else "UN03"
    yield Note(rule, f"/{FIELD}", text, "hint", f"请核对这几行是不是都属于{title}；有一行不属于的，请改名。")
    for number, (label, one) in enumerate(found.parts):
        if isinstance(one.raw, str):
            stated = UNIT.search(one.raw) is not None  # as FI02 tells of any other amount
            loud: Severity = "error" if stated else "hint"
            kind = "带单位的文字" if stated else "文字写法的数"
            text = f"{label}“{shown(one.raw)}”是{kind}，求和公式会把它当作 0；本次按 {one.value} 万元核对。"
            yield Note("FI02", f"/{FIELD}/{number}", text, loud, "请只填数字，单位已印在表头。")


def _text(found: Found) -> str | None:
    return found.value if isinstance(found.value, str) else None


def _labels(view: View, place: Place) -> list[tuple[str, Spot]]:
    """Return the first label of each budget in the year's half, those of 上年结转 below them left out."""
    half, known = spans.half(place, "money"), appropriations()
    spots = [
        (spot, word)
        for index in (place.labels, place.inline)
        for word in known.keys() & index.keys()
        for spot in index[word]
        if spot.row < place.end and (half is None or half.holds(spot)) and not view.hidden_by_merge(*spot)
    ]
    carried = [spot for word, found in place.labels.items() if "结转" in word for spot in found]
    first: dict[str, tuple[str, Spot]] = {}
    for spot, word in sorted(spots):
        begin = min(first.values(), key=lambda pair: pair[1])[1] if first else spot
        if not any(begin < one < spot for one in carried):
            first.setdefault(known[word], (word, spot))
    return list(first.values())


def _heads(view: View, total: Spot, labels: list[tuple[str, Spot]]) -> bool:
    """Tell whether 财政拨款 labels a block, with its first budget right beside it, and has no amount of its own."""
    area = view.reach(*total)
    return any(spot.row == area.top and spot.column == area.right + 1 for _, spot in labels)
