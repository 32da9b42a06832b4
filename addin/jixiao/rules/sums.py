"""A figure against the figures that it is the sum of, in `decimal` and 万元."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from jixiao import schemas
from jixiao.model import Document
from jixiao.rules import Flag, Given
from jixiao.values import canonical, decimal


def compare(document: Document, total: str, parts: Sequence[str], given: Given) -> Iterator[Flag]:
    """Flag the field `total` where it differs from the sum of `parts` by more than the parameter `tolerance`.

    Where a figure is negative it is FI02's to tell, where the two are 10 000 times apart FI03's.
    """
    stated = Decimal(document.at(total))
    figures = [Decimal(document.at(part)) for part in parts]
    difference = stated - sum(figures)
    if abs(difference) <= Decimal(given.parameters["tolerance"]):
        return
    titles = [_title(document, part) for part in parts]
    formula = " + ".join(f"{title} {canonical(one)}" for title, one in zip(titles, figures, strict=True))
    negative = tuple(
        ("FI02", part) for part, one in zip((total, *parts), (stated, *figures), strict=True) if one < 0
    )
    apart = (("FI03", total),) if ten_thousand_apart(document, total, parts) else ()
    equals = f" = {canonical(sum(figures, Decimal(0)))}" if len(parts) > 1 else ""
    yield Flag(
        total,
        f"{_title(document, total)}是 {canonical(stated)} 万元，{formula}{equals} 万元，"
        f"相差 {canonical(abs(difference))} 万元。",
        f"请核对{'、'.join(titles)}和{_title(document, total)}，改正不对的数。",
        after=(*negative, *apart),
    )


def compare_sources(
    document: Document, total: str, sources: Sequence[str], may_lack: Sequence[str], given: Given
) -> Iterator[Flag]:
    """Flag a total as `compare` does; without a source that the form of another place never had it is a warning."""
    parts = [one for one in sources if one not in may_lack or not document.does_without(one)]
    of_another_place = len(parts) < len(sources) and any(
        note.rule == "ST09" and note.text for note in document.notes
    )
    for flag in compare(document, total, parts, given):
        yield flag._replace(severity="warning") if of_another_place else flag


def ten_thousand_apart(document: Document, total: str, parts: Sequence[str]) -> bool:
    """Tell whether a total is exactly 10 000 times the sum of its parts, or a 10 000th: 元 was taken for 万元."""
    stated = decimal(document.at(total))
    whole = sum((decimal(document.at(part)) or Decimal(0) for part in parts), Decimal(0))
    return stated is not None and stated != 0 and whole in {stated * 10_000, stated / 10_000}


def sources_above(document: Document, total: str, parts: Sequence[str]) -> Decimal | None:
    """Return the sum of its parts (万元) where a total is below it, which FI01 tells, `None` where it is not."""
    stated = decimal(document.at(total))
    whole = sum((decimal(document.at(part)) or Decimal(0) for part in parts), Decimal(0))
    return whole if stated is not None and whole > stated else None


def mended(document: Document, total: str, parts: Sequence[str]) -> Decimal | None:
    """Return what the field `total` would be if it were the sum of `parts` (万元), `None` where a part is not known."""
    figures = [decimal(document.at(part)) for part in (total, *parts)]
    return None if None in figures else sum((one for one in figures[1:] if one is not None), Decimal(0))


def _title(document: Document, pointer: str) -> str:
    title: str = schemas.field(document.form, pointer)["title"]
    return title
