"""Marks are put onto the sheets of a package, and taken away again without a trace."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from jixiao.errors import FileRejectedError
from jixiao.model import Mark, Page, Severity, Spot
from jixiao.office import traces
from jixiao.office.package import book as books
from jixiao.office.package import (
    fills,
    looks,
    notes,
    painting,
    parts,
    removing,
    result,
    scan,
    state,
    stylesheet,
    unnoting,
)
from jixiao.office.package.book import Sheet, Workbook
from jixiao.office.package.fills import Styles
from jixiao.office.package.layout import Layout, format_of, layout
from jixiao.office.package.parts import Package
from jixiao.office.package.state import Way
from jixiao.office.package.texts import Texts
from jixiao.office.styles import FILLS, STYLES
from jixiao.office.traces import Trace

_PAGE = re.compile(r"校验结果[0-9]{0,4}")
_FIRST = "校验结果："  # how A1 of our page begins
_OWN = frozenset({"_xlnm.Print_Titles", books.FILTER})
Known = dict[tuple[int, Severity], int]
Still = tuple[scan.Element, int, str]  # a cell that shows our fill, its format, and the fill that it had
# Writes our page: from its final name and the numbers of the styles to its content and the names that it needs.
Write = Callable[[str, Mapping[str, int]], tuple[bytes, Mapping[str, str]]]


def put(package: Package, marks: Sequence[Mark], page: Page) -> None:
    """Put marks and a page of results onto a package that carries none of ours, and the state that takes them away."""
    wanted = tuple(sorted({box.style for box in page.boxes}))

    def write(name: str, styles: Mapping[str, int]) -> tuple[bytes, Mapping[str, str]]:
        return result.sheet(replace(page, sheet=name), styles), result.names(page, name)

    name, names, found, part = _put(package, marks, page.sheet, wanted, write)
    new = frozenset(package.changed) - frozenset(package.original)
    undo = [(one, edits) for one, edits in reversed(package.undo) if one not in new]
    parts.write(package, part, state.content(found, Way(name, wanted, names, new, undo)))


def _put(
    package: Package, marks: Sequence[Mark], wanted: str, styles: Sequence[str], write: Write
) -> tuple[str, Mapping[str, str], list[Trace], str]:
    """Do it; returns the page's name, its own names, what the marks cover, and the part for the state."""
    book = books.workbook(package)
    by_sheet: dict[str, list[Mark]] = {}
    for mark in marks:
        by_sheet.setdefault(mark.sheet, []).append(mark)
    sheet = stylesheet.opened(package, book)
    styled, known, found = fills.styles(sheet), Known(), list[Trace]()
    for name, ours in by_sheet.items():
        found += _on_sheet(package, book.sheet(name), ours, styled, known)
    seen = fills.shown(package, book, styled, (one.fill for one in found))
    found = [one._replace(shown=seen.get(one.fill, "")) for one in found]
    name = books.free_name(package, book, wanted)
    content, names = write(name, looks.named(sheet, styles))
    stylesheet.write(package, book, sheet)
    index, _ = books.add_sheet(package, book, name, content)
    books.define(package, book, names, index)
    free = books.free_name(package, book, traces.SHEET)
    _, part = books.add_sheet(package, book, free, b"", state="veryHidden")
    return name, names, found, part


def _on_sheet(
    package: Package, sheet: Sheet, marks: Sequence[Mark], styled: Styles, known: Known
) -> list[Trace]:
    data = parts.read(package, sheet.part)
    rows = {Spot.of(mark.cell).row for mark in marks}
    rows |= {
        area.top for area in layout(data).merges() if not rows.isdisjoint(range(area.top, area.bottom + 1))
    }
    page = layout(data, rows)
    ours = painting.by_cell(marks, page)
    before = painting.formats(page, ours)
    covered = {spot: styled.fill(number) for spot, number in before.items()}
    wanted = {
        spot: (before[spot], mark.severity) for spot, mark in ours.items() if covered[spot] != traces.KEPT
    }
    known |= looks.tinted(styled.sheet, set(wanted.values()) - set(known))
    edits = painting.paint(page, {spot: known[pair] for spot, pair in wanted.items()})
    more, stand = notes.add(
        package, sheet, page, {spot: mark.note for spot, mark in ours.items() if mark.note}
    )
    parts.edit(package, sheet.part, edits + more + _in_colour(page))
    return [
        Trace(
            sheet.name,
            spot.a1,
            mark.severity,
            covered[spot],
            stand.get(spot, "no"),
            mark.rules,
        )
        for spot, mark in ours.items()
    ]


def _in_colour(page: Layout) -> list[scan.Edit]:
    """Let a sheet that is set to print in black and white print its marks."""
    setup = page.root.child("pageSetup")
    if setup is None or setup.attributes.get("blackAndWhite") not in {"1", "true"}:
        return []
    return scan.amend(page.data, setup, {"blackAndWhite": None})


def take(package: Package) -> Package:
    """Return the package without marks of ours: the very parts of before, or at least their fills and notes."""
    book = books.workbook(package)
    held = state.read(package, book)
    pages = _pages(package, book)
    if held is not None and held.way is not None:
        before = _proven(package, book, held, held.way, pages)
        if before is not None:
            infos = tuple(info for info in package.infos if info.filename in before)
            return Package(infos, before)
    found: dict[str, list[Trace]] = {}
    for one in held.traces if held else ():
        found.setdefault(one.sheet, []).append(one)
    _restore(package, book, found, _copies(package, book, held))
    for sheet in book.sheets:
        own = found.get(sheet.name, [])
        if sheet.cells and (unnoting.marked(package, sheet) or any(one.note != "no" for one in own)):
            unnoting.take(package, sheet, {Spot.of(one.cell) for one in own if one.note == "below"})
    names = {one.name for one in pages} | ({held.sheet.name} if held else set())
    _drop(package, book, names)
    return package


def carried(package: Package) -> list[str]:
    """Return in words what of ours a package carries; nothing where it carries no marks."""
    book = books.workbook(package)
    held, pages = state.read(package, book), _pages(package, book)
    said = [f"{len(held.traces)} 处"] if held and held.traces else []
    copied = sum(map(len, _copies(package, book, held).values()))
    said += [f"{'另有' if said else ''}连同格子复制过来的 {copied} 处"] if copied else []
    return said + [f"“{one.name}”页" for one in pages]


def _copies(package: Package, book: Workbook, held: state.State | None) -> dict[str, set[Spot]]:
    """Return the cells, by sheet, with a mark that the state does not know: a person has copied them."""
    known = {(one.sheet, Spot.of(one.cell)) for one in (held.traces if held else ())}
    found = {
        one.name: {at for at in unnoting.cells(package, one) if (one.name, at) not in known}
        for one in book.sheets
        if one.cells
    }
    return {name: cells for name, cells in found.items() if cells}


def _drop(package: Package, book: Workbook, names: set[str]) -> None:
    """Take sheets out, unless no other can be seen."""
    listed = removing.listed(package, book)
    away = {at for at, one in enumerate(listed) if one.attributes.get("name", "") in names}
    if not away or not any(books.is_visible(one) for at, one in enumerate(listed) if at not in away):
        return
    gone = removing.sheets(package, book, away)
    for sheet in books.workbook(package).sheets:
        text = parts.raw(package, sheet.part) or b""
        if sheet.cells and any(scan.body(name).encode() in text for name in names):
            removing.detach(package, sheet.part, gone)


def _pages(package: Package, book: Workbook) -> list[Sheet]:
    """Return our pages of results: named so and beginning so, beside a state. One that a person has renamed is theirs."""
    if state.sheet(package, book) is None:
        return []
    named = [one for one in book.sheets if one.cells and _PAGE.fullmatch(one.name)]
    texts = Texts(package, book)
    return [one for one in named if texts.first(one).startswith(_FIRST)]


def _restore(
    package: Package,
    book: Workbook,
    found: Mapping[str, Sequence[Trace]],
    copies: Mapping[str, Collection[Spot]],
) -> None:
    """Give cells that still show our fill the one that they had; where it was copied, none."""
    ours = [one for one in book.sheets if one.cells and (found.get(one.name) or one.name in copies)]
    if not ours:
        return
    sheet = stylesheet.opened(package, book)
    styled = fills.styles(sheet)
    here = fills.shown(package, book, styled, {one.fill for own in found.values() for one in own})
    cells = {
        one.part: _still(package, one, found.get(one.name, ()), styled, here)
        + _copied(package, one, copies.get(one.name, ()), styled)
        for one in ours
    }
    known = fills.refilled(styled, ((number, word) for held in cells.values() for _, number, word in held))
    for part, held in cells.items():
        data = parts.read(package, part)
        edits = [scan.amend(data, cell, {"s": str(known[number, word])}) for cell, number, word in held]
        parts.edit(package, part, [edit for made in edits for edit in made])
    stylesheet.write(package, book, sheet)


def _still(
    package: Package, sheet: Sheet, own: Sequence[Trace], styled: Styles, here: Mapping[str, str]
) -> list[Still]:
    """Return the cells of a sheet that still show our fill."""
    spots = {Spot.of(one.cell): one for one in own}
    page = layout(parts.read(package, sheet.part), {spot.row for spot in spots})
    rows = {row.number: row.cells for row in page.rows}
    found: list[Still] = []
    for spot, one in spots.items():
        cell = rows.get(spot.row, {}).get(spot.column)
        number = format_of(cell) if cell is not None else 0
        if cell is not None and one.fill != traces.KEPT and styled.fill(number) == fills.ours(one.severity):
            word = one.shown if one.shown and here.get(one.fill) != one.shown else one.fill
            found.append((cell, number, word))
    return found


def _copied(package: Package, sheet: Sheet, wanted: Collection[Spot], styled: Styles) -> list[Still]:
    """Return those of the cells with copied marks that show one of our fills."""
    page = layout(parts.read(package, sheet.part), {spot.row for spot in wanted})
    held = [
        (cell, format_of(cell))
        for row in page.rows
        for column, cell in row.cells.items()
        if Spot(row.number, column) in wanted
    ]
    return [(cell, number, traces.NONE) for cell, number in held if styled.fill(number) in FILLS]


def _proven(
    package: Package, book: Workbook, held: state.State, way: Way, pages: Sequence[Sheet]
) -> dict[str, bytes] | None:
    """Return the parts of before where the same marks, put onto them anew, give the very parts of now.

    A claim about a way back can come from anybody; only marks lie between two such states, never values.
    """
    page = next((one for one in pages if one.name == way.page), None)
    before = state.back(package, way)
    if (
        page is None
        or before is None
        or not _OWN.issuperset(way.names)
        or not STYLES.keys() >= set(way.styles)
    ):
        return None
    content = parts.read(package, page.part)
    infos = tuple(info for info in package.infos if info.filename in before)
    again = Package(infos, before)
    try:
        marks = _marks(package, book, held.traces)
        _, _, _, part = _put(again, marks, way.page, way.styles, lambda *_: (content, way.names))
    except (FileRejectedError, ValueError):
        return None
    parts.write(again, part, parts.raw(package, held.sheet.part) or b"")
    names = {*package.original, *package.changed, *again.original, *again.changed}
    return before if all(parts.raw(package, one) == parts.raw(again, one) for one in names) else None


def _marks(package: Package, book: Workbook, found: Iterable[Trace]) -> list[Mark]:
    """Return the marks that these traces were left by."""
    said: dict[str, dict[Spot, str]] = {}
    marks = []
    for one in found:
        if one.sheet not in said:
            said[one.sheet] = unnoting.texts(package, book.sheet(one.sheet))
        note = said[one.sheet].get(Spot.of(one.cell), "") if one.note != "no" else ""
        marks.append(Mark(one.sheet, one.cell, one.severity, note, one.rules))
    return marks
