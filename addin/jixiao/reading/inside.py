"""What is carried over as a part of 财政拨款, `其中：上年结转` right below it: in its amount, and not to be added again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from jixiao.model import Note
from jixiao.reading.fields import Found
from jixiao.reading.parts import amount
from jixiao.reading.view import View

_RULES = {"total_funds": "FI01", "income_total": "UN03"}
_AMONG = re.compile(r"其\s*中")
_OF_THE_YEAR = re.compile(r"[当本]年")


def is_labelled(view: View, head: Mapping[str, Found]) -> bool:
    """Tell whether the label of what is carried over says that it is a part of 财政拨款, which stands right above."""
    whole, part = head.get("fiscal_funds"), head.get("carryover_funds")
    if not (whole and part and whole.label and part.label):
        return False
    below = view.reach(*whole.label).bottom == part.label.row - 1
    among = below and _AMONG.match(view.text(*part.label))
    return bool(among) and not _OF_THE_YEAR.search(view.text(*whole.label))


def notes(view: View, head: Mapping[str, Found]) -> Iterator[Note]:
    """Yield that what is carried over is a part of 财政拨款: its label says so, and the total is right without it."""
    total = next((name for name in _RULES if name in head), "")
    if not total or not is_labelled(view, head):
        return
    part = head["carryover_funds"]
    if part.spot and part.label and amount(part) and amount(head[total]) == _without(head):
        text = f"“{view.text(*part.label)}”（{part.spot.a1}）在财政拨款里面，核对合计时不再另加。"
        advice = "本地表样就是这样的可以不改；不在财政拨款里面的，请去掉“其中”两个字。"
        yield Note(_RULES[total], "/carryover_funds", text, "hint", advice, ("/carryover_funds",))


def _without(head: Mapping[str, Found]) -> Decimal | None:
    """Return 财政拨款 and other money together."""
    whole, other = (
        amount(head["fiscal_funds"]),
        amount(head["other_funds"]) if "other_funds" in head else None,
    )
    return None if whole is None else whole + (other or Decimal(0))
