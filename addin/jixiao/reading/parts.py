"""A field's amount given in parts: their sum, with every part at its cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from jixiao import schemas
from jixiao.model import Note, Severity
from jixiao.patterns import late
from jixiao.reading.fields import Found
from jixiao.reading.units import UNIT
from jixiao.values import canonical, decimal, shown

_RULES = {"basic": "UN01", "projects": "UN02"}
_NOTHING = late(r"[-—–－_/／\\]+|无|没有|暂无|不涉及")


def summed(rows: Sequence[tuple[str, Found]]) -> Found:
    """Return the sum of labelled amounts; a mark for nothing such as `/` adds nothing.

    A text that is no amount stands for the whole, at its cell: with it there is no sum. A single amount is read
    where it stands.
    """
    texts = [one for _, one in rows if one.value is not None and amount(one) is None and not _is_mark(one)]
    given = [one for _, one in rows if amount(one) not in {None, 0}]
    parts = tuple(
        (label, one._replace(value="0") if _is_mark(one) else one)
        for label, one in rows
        if one in given or _is_mark(one)
    )
    if texts:
        return texts[0]
    if not given or len(parts) < 2:
        return [*given, *(one for _, one in rows if one.value is not None), rows[0][1]][0]
    whole = sum((amount(one) or Decimal(0) for one in given), Decimal(0))
    return Found(canonical(whole), None, given[0].spot, parts=parts)


def pointers(head: Mapping[str, Found]) -> dict[str, Found]:
    """Return the amounts that a sum is made of, each at its own pointer: `/fiscal_funds/0`."""
    sums = ((name, one) for name, one in head.items() if one.parts)
    return {f"/{name}/{n}": part for name, one in sums for n, (_, part) in enumerate(one.parts)}


def notes(head: Mapping[str, Found], form: str) -> Iterator[Note]:
    """Yield which cells a sum was made of, and which of them hold text, of which a formula makes 0."""
    for name, found in ((name, found) for name, found in head.items() if found.parts):
        title = schemas.field(form, f"/{name}")["title"]
        told = "、".join(
            f"{one.spot.a1}（{label}，{shown(one.value)}）" for label, one in found.parts if one.spot
        )
        text = f"“{title}”按 {told} 相加，读作 {found.value} 万元。"
        rule = "FI01" if form == "project_target" else _RULES.get(name, "UN03")
        advice = f"请核对这几行是不是都属于{title}；有一行不属于的，请改名。"
        yield Note(rule, f"/{name}", text, "hint", advice)
        for number, (label, one) in enumerate(found.parts):
            if isinstance(one.raw, str):
                yield _typed(f"/{name}/{number}", label, one)


def _typed(pointer: str, label: str, one: Found) -> Note:
    """Say that an amount was typed as text: with a unit, without one, or as a mark for nothing."""
    raw = one.raw if isinstance(one.raw, str) else ""
    loud: Severity = "error" if UNIT.search(raw) else "hint"
    if _NOTHING.fullmatch(raw.strip()):
        text = f"{label}填的是“{shown(raw)}”，按没有这笔资金相加。"
        return Note("FI02", pointer, text, loud, "没有这笔资金的，请填 0 或留空。")
    kind = "带单位的文字" if loud == "error" else "文字写法的数"
    text = f"{label}“{shown(raw)}”是{kind}，求和公式会把它当作 0；本次按 {one.value} 万元核对。"
    return Note("FI02", pointer, text, loud, "请只填数字，单位已印在表头。")


def _is_mark(found: Found) -> bool:
    return isinstance(found.value, str) and bool(_NOTHING.fullmatch(found.value))


def amount(found: Found) -> Decimal | None:
    """Return the decimal that a field was read as, `None` where it is blank or no amount."""
    return decimal(found.value) if isinstance(found.value, str) else None
