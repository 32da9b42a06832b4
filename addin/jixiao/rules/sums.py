"""A figure against the figures that it is the sum of, in `decimal` and 万元."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from jixiao import schemas
from jixiao.model import Document
from jixiao.rules import Flag, Given
from jixiao.values import canonical


def compare(document: Document, total: str, parts: Sequence[str], given: Given) -> Iterator[Flag]:
    """Flag the field `total` where it differs from the sum of `parts` by more than the parameter `tolerance`."""
    stated = Decimal(document.at(total))
    figures = [Decimal(document.at(part)) for part in parts]
    difference = stated - sum(figures)
    if abs(difference) <= Decimal(given.parameters["tolerance"]):
        return
    titles = [_title(document, part) for part in parts]
    formula = " + ".join(f"{title} {canonical(one)}" for title, one in zip(titles, figures, strict=True))
    equals = f" = {canonical(sum(figures, Decimal(0)))}" if len(parts) > 1 else ""
    yield Flag(
        total,
        f"{_title(document, total)}是 {canonical(stated)} 万元，{formula}{equals} 万元，"
        f"相差 {canonical(abs(difference))} 万元。",
        f"请核对{'、'.join(titles)}和{_title(document, total)}，改正不对的数。",
    )


def _title(document: Document, pointer: str) -> str:
    title: str = schemas.field(document.form, pointer)["title"]
    return title
