"""Our blocks in notes, found and taken out again; a note that was all ours goes with its shape and its part."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from jixiao.model import Spot
from jixiao.office import traces
from jixiao.office.markup import escaped
from jixiao.office.package import parts, scan
from jixiao.office.package.book import Sheet
from jixiao.office.package.layout import layout, spot
from jixiao.office.package.parts import Package

_SPELT = re.compile("_x([0-9A-Fa-f]{4})_")
_SHAPE = re.compile(rb"<((?:[A-Za-z0-9]+:)?)shape[\s>]")
_ROW, _COLUMN = re.compile(rb":Row>\s*([0-9]{1,7})\s*<"), re.compile(rb":Column>\s*([0-9]{1,5})\s*<")
_WORD = b"jixiao"  # of `traces.BEGIN`, whose scripts some programs put into runs of their own
_MOST = 20  # blocks in one note; copies of copies have one each


def texts(package: Package, sheet: Sheet) -> dict[Spot, str]:
    """Return what our blocks say, by cell."""
    part = _part(package, sheet)
    if part is None:
        return {}
    found = {}
    for one in _comments(scan.parse(parts.read(package, part))):
        said = traces.within_block("".join(piece.text for piece in _pieces(one)))
        found[spot(one.attributes.get("ref", ""))] = _SPELT.sub(lambda at: chr(int(at[1], 16)), said)
    return found


def marked(package: Package, sheet: Sheet) -> bool:
    """Tell whether notes of a sheet may hold a block of ours, without a look at their XML."""
    part = _part(package, sheet)
    return part is not None and _WORD in (parts.raw(package, part) or b"")


def cells(package: Package, sheet: Sheet) -> set[Spot]:
    """Return the cells of a sheet whose notes hold a block of ours."""
    part = _part(package, sheet)
    if part is None or not marked(package, sheet):
        return set()
    return {
        spot(one.attributes.get("ref", ""))
        for one in _comments(scan.parse(parts.read(package, part)))
        if _cuts("".join(piece.text for piece in _pieces(one)))
    }


def take(package: Package, sheet: Sheet, own: Collection[Spot]) -> None:
    """Take our blocks out of a sheet's notes; the notes of the cells in `own` stay, even with nothing left in them."""
    part = _part(package, sheet)
    if part is None:
        return
    data = parts.read(package, part)
    comments = list(_comments(scan.parse(data)))
    edits: list[scan.Edit] = []
    gone: set[Spot] = set()
    for one in comments:
        at, pieces = spot(one.attributes.get("ref", "")), list(_pieces(one))
        cuts = _cuts("".join(piece.text for piece in pieces))
        whole = sum(end - start for start, end in cuts) == sum(len(piece.text) for piece in pieces)
        if cuts and whole and at not in own:
            gone.add(at)
            edits.append(scan.Edit(one.start, one.end, b""))
        else:
            edits += _without(one, cuts)
    parts.edit(package, part, edits)
    if gone:
        _take_shapes(package, sheet, part, gone, last=len(gone) == len(comments))


def _part(package: Package, sheet: Sheet) -> str | None:
    held = parts.links(package, sheet.part)
    return next((one.part for one in held if one.kind == "comments" and one.part), None)


def _comments(root: scan.Element) -> Iterator[scan.Element]:
    listed = root.child("commentList")
    return listed.all("comment") if listed else iter(())


def _runs(comment: scan.Element) -> list[tuple[scan.Element, scan.Element]]:
    """Return the text elements of a note, each with what goes when nothing is left in it."""
    held = comment.child("text")
    if held is None:
        return []
    return [(text, text) for text in held.all("t")] + [
        (run, text) for run in held.all("r") for text in run.all("t")
    ]


def _pieces(comment: scan.Element) -> Iterator[scan.Element]:
    return (text for _, text in _runs(comment))


def _cuts(note: str) -> list[tuple[int, int]]:
    """Return the places of our blocks, each counted in the whole note, the first one first."""
    found: list[tuple[int, int]] = []
    while (place := traces.span(note)) is not None and len(found) < _MOST:
        found.insert(0, place)
        note = note[: place[0]]
    return found


def _without(comment: scan.Element, cuts: list[tuple[int, int]]) -> Iterator[scan.Edit]:
    at = 0
    for holder, piece in _runs(comment):
        text, first = piece.text, at
        at += len(text)
        for start, end in reversed(cuts):
            text = text[: max(0, start - first)] + text[max(0, end - first) :]
        if text != piece.text:
            alone = holder if not text and holder is not piece else None
            inner = escaped(text).encode()
            yield (
                scan.Edit(alone.start, alone.end, b"")
                if alone
                else scan.Edit(piece.inner, piece.close, inner)
            )


def _take_shapes(package: Package, sheet: Sheet, comments: str, gone: set[Spot], *, last: bool) -> None:
    """Take the shapes of notes away, and where no note is left, the parts that held them."""
    page = layout(parts.read(package, sheet.part))
    named = page.root.child("legacyDrawing")
    held = {one.id: one for one in parts.links(package, sheet.part)}
    ties = {one.id for one in held.values() if one.part == comments} if last else set()
    away = {comments} if last else set()
    shown = held.get(named.attributes.get(f"{scan.RELATIONSHIPS} id", "")) if named else None
    if shown is not None and shown.part is not None and named is not None:
        left, edits = _shapes(parts.read(package, shown.part), gone)
        if left or not last:
            parts.edit(package, shown.part, edits)
        else:
            ties.add(shown.id)
            away.add(shown.part)
            parts.edit(package, sheet.part, [scan.Edit(named.start, named.end, b"")])
    parts.unlink(package, sheet.part, ties)
    parts.remove(package, away - parts.reached(package))


def _shapes(data: bytes, gone: set[Spot]) -> tuple[int, list[scan.Edit]]:
    """Return how many shapes stay, and the edits that take those of the cells away; VML need not be well-formed."""
    left, edits, at = 0, list[scan.Edit](), 0
    while (found := _SHAPE.search(data, at)) is not None:
        tail = re.compile(b"</" + found[1] + rb"shape\s*>").search(data, found.end())
        if tail is None:
            return left + 1, edits
        at = tail.end()
        inside = found.end(), tail.start()
        row, column = _ROW.search(data, *inside), _COLUMN.search(data, *inside)
        if row and column and Spot(int(row[1]), int(column[1])) in gone:
            edits.append(scan.Edit(found.start(), at, b""))
        else:
            left += 1
    return left, edits
