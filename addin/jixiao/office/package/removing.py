"""Sheets are taken out of a workbook: with their parts, their names, and every reference to them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator
from dataclasses import replace

from jixiao.office.package import book as books
from jixiao.office.package import drawn, parts, references, scan
from jixiao.office.package.book import Workbook
from jixiao.office.package.layout import layout
from jixiao.office.package.parts import Package
from jixiao.office.package.references import Gone
from jixiao.office.package.scan import Edit
from jixiao.office.sniffing import damaged

_DRAWN = frozenset({"drawing", "chart", "chartUserShapes"})
_STEPS = 20  # how far names of names of names are followed


def listed(package: Package, book: Workbook) -> list[scan.Element]:
    """Return the sheets as the workbook part lists them, those without a part too."""
    found = scan.parse(parts.read(package, book.part)).child("sheets")
    if found is None:
        raise damaged()
    return list(found.all("sheet"))


def sheets(package: Package, book: Workbook, away: Collection[int], also: Gone | None = None) -> Gone:
    """Take the sheets with these numbers out; one at least must stay.

    What refers to them gives way: names end, formulas leave their values, validations, conditional formats and
    links end, charts keep what they show. `also` names what else goes. Returns all that has gone.
    """
    before = parts.reached(package)
    data = parts.read(package, book.part)
    root, held = scan.parse(data), listed(package, book)
    order = tuple(one.attributes.get("name", "").casefold() for one in held)
    gone = also or Gone(frozenset(), order)
    gone = replace(gone, sheets=frozenset(order[at] for at in away), order=order)
    gone = replace(gone, words=gone.words | _tables(package, book, held, away))
    edits = [Edit(held[at].start, held[at].end, b"") for at in away]
    ended, gone = _names(data, root, gone, away)
    parts.edit(package, book.part, [*edits, *ended, *_views(data, root, away, held)])
    ids = {one.attributes.get(f"{scan.RELATIONSHIPS} id", "") for one in held}
    ids -= {one.attributes.get(f"{scan.RELATIONSHIPS} id", "") for one in listed(package, book)}
    chain = {one.id for one in parts.links(package, book.part) if one.kind == "calcChain"}
    parts.unlink(package, book.part, ids | (chain if away or also else set()))
    parts.remove(package, before - parts.reached(package))
    return gone


def detach(package: Package, part: str, gone: Gone) -> references.Cells:
    """Let everything on a sheet that refers to what has gone give way; returns what its cells hold."""
    data = parts.read(package, part)
    root = layout(data).root
    parts.edit(package, part, [*references.rules(data, root, gone), *references.links(root, gone)])
    found = references.cells(parts.read(package, part), gone)
    parts.edit(package, part, found.edits)
    return found


def detach_drawn(package: Package, part: str, gone: Gone) -> None:
    """Let charts and drawings that a sheet leads to give way."""
    seen, ahead = {part}, [part]
    while ahead:
        for one in parts.links(package, ahead.pop()):
            if one.part is None or one.part in seen or one.kind not in _DRAWN:
                continue
            data = parts.read(package, one.part)
            held = {each.id for each in parts.links(package, one.part)}
            edits = drawn.chart(data, gone) if one.kind == "chart" else drawn.drawing(data, gone, held)
            parts.edit(package, one.part, edits)
            seen.add(one.part)
            ahead.append(one.part)


def _tables(package: Package, book: Workbook, held: list[scan.Element], away: Collection[int]) -> set[str]:
    """Return the names of the tables on sheets that go."""
    parted = {one.id: one.part for one in parts.links(package, book.part)}
    found = set()
    for at in away:
        part = parted.get(held[at].attributes.get(f"{scan.RELATIONSHIPS} id", ""))
        for one in parts.links(package, part) if part else ():
            if one.kind == "table" and one.part:
                said = scan.parse(parts.read(package, one.part)).attributes
                found |= {said.get(name, "").casefold() for name in ("name", "displayName")} - {""}
    return found


def _names(data: bytes, root: scan.Element, gone: Gone, away: Collection[int]) -> tuple[list[Edit], Gone]:
    """Return the edits that end names, and what has gone with them; names of names that end, end too."""
    block = root.child("definedNames")
    left = list(block.all("definedName")) if block else []
    local, edits = {str(at) for at in away}, list[Edit]()
    for _ in range(_STEPS):
        new = [
            one
            for one in left
            if one.attributes.get("localSheetId") in local
            or one.attributes.get("name", "").casefold() in gone.words
            or gone.meant(one.text)
        ]
        if not new:
            break
        places = {one.start for one in new}
        edits += [Edit(one.start, one.end, b"") for one in new]
        left = [one for one in left if one.start not in places]
        kept = {one.attributes.get("name", "").casefold() for one in left}
        words = {one.attributes.get("name", "").casefold() for one in new} - kept
        gone = replace(gone, words=gone.words | {one for one in words if not one.startswith("_xlnm.")})
    if block and edits and not left:
        return [Edit(block.start, block.end, b"")], gone
    for one in left:
        text = one.attributes.get("localSheetId", "")
        now = _shifted(int(text), away) if _number(text) else 0
        if _number(text) and now != int(text):
            tag = scan.retag(data[one.start : one.inner], {"localSheetId": str(now)})
            edits.append(Edit(one.start, one.inner, tag))
    return edits, gone


def _number(text: str) -> bool:
    """Tell whether this is the number of a sheet."""
    return text.isdecimal() and len(text) < 6


def _views(
    data: bytes, root: scan.Element, away: Collection[int], held: list[scan.Element]
) -> Iterator[Edit]:
    """Yield the edits that keep the windows on the sheets that they show, or on the first one to be seen."""
    block = root.child("bookViews")
    seen = [at for at, one in enumerate(held) if at not in away and books.is_visible(one)]
    first = _shifted(seen[0], away) if seen else 0
    for view in block.all("workbookView") if block else ():
        said: dict[str, str | None] = {}
        for name in ("activeTab", "firstSheet"):
            text = view.attributes.get(name, "")
            if _number(text) and int(text) < len(held):
                now = first if int(text) in away else _shifted(int(text), away)
                said |= {name: str(now)} if now != int(text) else {}
        if said:
            yield Edit(view.start, view.inner, scan.retag(data[view.start : view.inner], said))


def _shifted(at: int, away: Collection[int]) -> int:
    return at - bisect_left(sorted(away), at)
