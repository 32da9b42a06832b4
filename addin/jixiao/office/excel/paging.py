"""A `Page` as a sheet of the open workbook, in place of the one that we put there before."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from jixiao.model import Area, Box, Page, Spot
from jixiao.office.excel import marks, programs
from jixiao.office.excel.looks import around, rectangles, spots
from jixiao.office.styles import STYLES

if TYPE_CHECKING:
    import xlwings

_INSIDE = "internal:"
_LONGEST_TEXT = 32_767
_LONGEST_NAME = 31  # characters of a sheet's name
_SPARE = "_jixiao_new"  # for the moment in which the old page and the new one stand side by side


def show_page(book: xlwings.Book, page: Page) -> str | None:
    """Put a page into the workbook and return its sheet's name, `None` where no sheet can be added.

    It takes the place of the page of the same headings that we put there before; a person's own sheet of that name
    is left alone, and ours gets a number.
    """
    program = programs.of(book.app)
    if program.is_locked(book):
        return None
    names = [sheet.name for sheet in book.sheets]
    old = _ours(book, page, names)
    wanted, beside = (page.sheet, book.sheets[-1]) if old is None else (_SPARE, book.sheets[old])
    made = book.sheets.add(_free(names, wanted), after=beside)
    try:
        if old is not None:
            book.sheets[old].delete()
            made.name = old
        draw(made, page)
    except BaseException:
        with contextlib.suppress(Exception):  # what stopped the drawing is what is told
            made.delete()  # half a page has no headings by which it could be found again
        raise
    return str(made.name)


def remove_page(book: xlwings.Book, page: Page) -> None:
    """Take the page of these headings away, where we put one there and sheets can go."""
    if programs.of(book.app).is_locked(book):
        return
    old = _ours(book, page, [sheet.name for sheet in book.sheets])
    if old is not None:
        book.sheets[old].delete()


def _ours(book: xlwings.Book, page: Page, names: Sequence[str]) -> str | None:
    """Return the sheet that is our page: the workbook carries our state, and the sheet has the page's headings."""
    near = [name for name in names if name.removeprefix(page.sheet).isdigit() or name == page.sheet]
    if not near or marks.state(book) is None:
        return None
    heads = [box for box in page.boxes if box.style == "header"]
    top = min(box.area.top for box in heads)
    first = sorted((box for box in heads if box.area.top == top), key=lambda one: one.area.left)
    area = around(Spot(box.area.top, box.area.left) for box in first)
    wanted = [str(box.value) for box in first]
    for name in near:
        found = _flat(_range(book.sheets[name], area).raw_value)
        if [str(value) for value in found] == wanted:
            return name
    return None


def _flat(found: Any) -> Sequence[Any]:  # noqa: ANN401 - a value, a row, or rows, as programs hand them out
    if not isinstance(found, tuple | list):
        return [found]
    return found[0] if isinstance(found[0], tuple | list) else found


def _free(names: Iterable[str], wanted: str) -> str:
    """Return a sheet name that no sheet has: the wanted one, or with a number behind it."""
    taken = {name.casefold() for name in names}
    name, number = wanted, 1
    while name.casefold() in taken:
        number += 1
        name = f"{wanted[: _LONGEST_NAME - len(str(number))]}{number}"
    return name


def draw(sheet: xlwings.Sheet, page: Page) -> None:
    """Draw a page onto an empty sheet, which is in front."""
    whole = around(Spot(box.area.bottom, box.area.right) for box in page.boxes)._replace(top=0, left=0)
    for column, width in enumerate(page.widths):
        sheet.range((1, column + 1)).column_width = width
    _dress(sheet, page, whole)
    for box in page.boxes:
        if box.area.top != box.area.bottom or box.area.left != box.area.right:
            _range(sheet, box.area).merge()
    _range(sheet, whole).raw_value = _rows(page, whole)
    _range(sheet, whole).rows.autofit()
    for area, height in _heights(page):
        _range(sheet, area).row_height = height
    programs.of(sheet.book.app).finish(sheet, page)


def _range(sheet: xlwings.Sheet, area: Area) -> xlwings.Range:
    return sheet.range((area.top + 1, area.left + 1), (area.bottom + 1, area.right + 1))


def _rows(page: Page, whole: Area) -> list[list[Any]]:
    rows: list[list[Any]] = [[None] * (whole.right + 1) for _ in range(whole.bottom + 1)]
    for box in page.boxes:
        rows[box.area.top][box.area.left] = _linked(box) if box.link else _text(box.value)
    return rows


def _text(value: object) -> object:
    return value[:_LONGEST_TEXT] if isinstance(value, str) else value


def _linked(box: Box) -> object:
    """Return a link inside the book as a formula, which alone of all links can be written in a block.

    Sheet and text stand in it as texts, with every quote doubled: nothing of them is calculated.
    """
    if not box.link or not box.link.startswith(_INSIDE):
        return _text(box.value)
    place, shown = (one.replace('"', '""') for one in (box.link.removeprefix(_INSIDE), str(box.value or "")))
    return f'=HYPERLINK("#{place}","{shown}")'


def _heights(page: Page) -> list[tuple[Area, float]]:
    """Return runs of rows of equal height; rows of single cells fit themselves, as their text wraps."""
    merged = {box.area.top for box in page.boxes if box.area.left != box.area.right}
    found: list[tuple[Area, float]] = []
    for row, height in sorted(page.heights.items()):
        if row not in merged:
            continue
        if found and found[-1][0].bottom == row - 1 and found[-1][1] == height:
            found[-1] = (found[-1][0]._replace(bottom=row), height)
        else:
            found.append((Area(row, 0, row, 0), height))
    return found


def _dress(sheet: xlwings.Sheet, page: Page, whole: Area) -> None:
    """Give every cell its style: what most have in common at once, the rest by areas."""
    cells: dict[tuple[str, bool], list[Spot]] = {}
    for box in page.boxes:
        plain = isinstance(box.value, str) and not (box.link and box.link.startswith(_INSIDE))
        cells.setdefault((box.style, plain), []).extend(spots(box.area))
    base, _ = max(cells.items(), key=lambda one: len(one[1]))
    common = _look(*base)
    _apply(_range(sheet, whole), common)
    for key, here in cells.items():
        look = _look(*key)
        other = {name: value for name, value in look.items() if common.get(name) != value}
        for area in rectangles(here) if other else ():
            _apply(_range(sheet, area), other)
    bare = set(spots(whole)) - {spot for here in cells.values() for spot in here}
    for area in rectangles(bare):
        _apply(_range(sheet, area), {"border": False})


def _look(style: str, plain: bool) -> Mapping[str, object]:  # noqa: FBT001 - two words of a key
    """Return what a style says, in our own words; text stays text, also one that begins with `=`."""
    said = STYLES[style]
    number = str(said.get("num_format", "General"))
    return {
        "font": said.get("font_name"),
        "size": said.get("font_size"),
        "bold": bool(said.get("bold")),
        "ink": said.get("font_color", "#000000"),
        "fill": said.get("bg_color"),
        "across": said.get("align", "general"),
        "down": "center",
        "border": "border" in said,
        "wrap": bool(said.get("text_wrap")),
        "number": "@" if plain else "General" if number == "@" else number,
    }


def _apply(cells: xlwings.Range, look: Mapping[str, Any]) -> None:
    for name, value in look.items():
        _SETTERS[name](cells, value)


def _set_border(cells: xlwings.Range, value: Any) -> None:  # noqa: ANN401 - one of many kinds of value
    cells.borders.line_style = "continuous" if value else None


_SETTERS: dict[str, Callable[[xlwings.Range, Any], None]] = {
    "font": lambda cells, value: setattr(cells.font, "name", value),
    "size": lambda cells, value: setattr(cells.font, "size", value),
    "bold": lambda cells, value: setattr(cells.font, "bold", value),
    "ink": lambda cells, value: setattr(cells.font, "color", value),
    "fill": lambda cells, value: setattr(cells, "color", value),
    "across": lambda cells, value: setattr(cells, "horizontal_alignment", value),
    "down": lambda cells, value: setattr(cells, "vertical_alignment", value),
    "border": _set_border,
    "wrap": lambda cells, value: setattr(cells, "wrap_text", value),
    "number": lambda cells, value: setattr(cells, "number_format", value),
}
