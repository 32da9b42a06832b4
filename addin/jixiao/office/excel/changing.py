"""Changes to the open workbook that a person asked for: texts in cells, dropdowns with their lists; places to go to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from jixiao.errors import JixiaoError
from jixiao.model import LIST_SHEET, Area, CellValue, Dropdown, NamedList, Spot
from jixiao.office.excel import programs

if TYPE_CHECKING:
    import xlwings

_LOCKED = "工作簿的结构受保护，不能加上下拉选项要用的词表。请先撤销工作簿保护，再点一次。"
_CLOSED = "工作表“{0}”受保护，不能加下拉选项。请先撤销工作表保护，再点一次。"
_TEXT, _GENERAL = "@", "General"
_PLAIN = "≥≤＞＜≈（《“【"  # no program takes a text that begins with one of these for anything else


def change(
    book: xlwings.Book,
    values: Mapping[tuple[str, str], CellValue],
    formats: Mapping[tuple[str, str], str] | None = None,
) -> None:
    """Write values into cells, one by one; a text stays a text, whatever it looks like, and a number a number.

    Args:
        book: the open workbook.
        values: by sheet and cell; `None` empties the cell.
        formats: the number formats that cells get; the others keep theirs, but for a number in a cell for texts.

    """
    for at, value in values.items():
        cells = book.sheets[at[0]].range(at[1])
        wanted = before = str(cells.number_format)
        is_text = isinstance(value, str)
        if before == _TEXT and not is_text and value is not None:
            cells.number_format = wanted = (
                _GENERAL  # first: Excel makes a text of what is written into such a cell
            )
        as_it_is = not is_text or _is_plain(str(value)) or before == _TEXT
        cells.raw_value = value if as_it_is else f"'{value}"
        wanted = (formats or {}).get(at, wanted)
        if cells.number_format != wanted:
            cells.number_format = wanted


def formats(book: xlwings.Book, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Return the number formats of cells, in words that `change` takes."""
    return {at: str(book.sheets[at[0]].range(at[1]).number_format) for at in wanted}


def _is_plain(text: str) -> bool:
    """Tell whether no program can take a text for a number, a date, a formula or anything else."""
    return text[:1] in _PLAIN or (not text[:1].isascii() and text[:1].isalpha() and not text[:1].isdigit())


def contents(book: xlwings.Book, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], CellValue]:
    """Return what cells hold, one by one: a text as it is, a number, or a formula with its `=`; `None` for a blank."""
    found: dict[tuple[str, str], CellValue] = {}
    for sheet, cell in wanted:
        held = programs.find(book, sheet)
        if held is None:
            continue
        cells = held.range(cell)
        formula, value = str(cells.formula or ""), cells.raw_value
        is_formula = formula.startswith("=") and formula != value
        found[sheet, cell] = formula if is_formula else None if value == "" else value
    return found


def has_dropdowns(sheet: xlwings.Sheet, dropdowns: Sequence[Dropdown], lists: Sequence[NamedList]) -> bool:
    """Tell whether every column has its dropdown already: its first cell takes its words from lists of this kind.

    Which of the lists is not asked: a blank table offers the examples of every subject, a filled one those of its own.
    """
    kind = lists[0].name.rpartition("_")[0]  # jx_p21 of jx_p21_1: the table's kind
    rules = (sheet.range(Spot(one.area.top, one.area.left).a1).data_validation for one in dropdowns)
    return all(one.type == "list" and kind in str(one.source) for one in rules)


def add_dropdowns(
    sheet: xlwings.Sheet, dropdowns: Sequence[Dropdown], lists: Sequence[NamedList]
) -> str | None:
    """Put dropdowns onto a sheet, with the lists behind their names; validations of other cells stay.

    Returns the name of the list sheet that this has made, `None` where the lists were there. Raises JixiaoError where the sheet, or the workbook's structure, is protected.
    """
    program = programs.of(sheet.book.app)
    if program.is_protected(sheet):
        raise JixiaoError(_CLOSED.format(sheet.name))
    made = _ensure(sheet.book, lists)
    for one in dropdowns:
        program.set_dropdown(_range(sheet, one.area), one)
    return made


def remove_lists(book: xlwings.Book, made: str) -> None:
    """Take a hidden list sheet and its names away, unless a dropdown anywhere still uses one of them."""
    program = programs.of(book.app)
    held = programs.find(book, made)
    if held is None or not made.startswith(LIST_SHEET) or program.is_visible(held) or program.is_locked(book):
        return
    names = [one for one in book.names if made in str(one.refers_to)]
    words = [one.name for one in names]
    if any(program.offers(sheet, words) for sheet in book.sheets):
        return
    for one in names:
        one.delete()
    program.remove(held)


def validations(sheet: xlwings.Sheet, areas: Iterable[Area]) -> list[tuple[str, Any]]:
    """Return what the cells of some areas accept, in words that `restore_validations` takes; parts without a rule are named too."""
    program = programs.of(sheet.book.app)
    found: list[tuple[str, Any]] = []
    for area in areas:
        whole = program.validation(_range(sheet, area))
        if whole is not False:
            found.append((area.a1, whole))
            continue
        for row in range(area.top, area.bottom + 1):
            for column in range(area.left, area.right + 1):
                cell = Area(row, column, row, column)
                found.append((cell.a1, program.validation(_range(sheet, cell)) or None))
    return found


def restore_validations(sheet: xlwings.Sheet, kept: Iterable[tuple[str, Any]]) -> None:
    """Give cells back what they accepted before."""
    program = programs.of(sheet.book.app)
    if program.is_protected(sheet):
        raise JixiaoError(_CLOSED.format(sheet.name))
    for address, rule in kept:
        program.set_validation(sheet.range(address), rule)


def go(book: xlwings.Book, sheet: str, cell: str) -> bool:
    """Show a sheet and select a cell; False where there is no such sheet to be seen."""
    found = programs.find(book, sheet)
    if found is None or not programs.of(book.app).is_visible(found):
        return False
    book.activate()
    found.activate()
    found.range(cell).select()
    return True


def _range(sheet: xlwings.Sheet, area: Area) -> xlwings.Range:
    return sheet.range((area.top + 1, area.left + 1), (area.bottom + 1, area.right + 1))


def _ensure(book: xlwings.Book, lists: Sequence[NamedList]) -> str | None:
    """See to it that every name leads to its words; a list sheet that is there is never written to, others may use it.

    Returns the name of the sheet that it has made for the words that were missing.
    """
    missing = [one for one in lists if _words(book, one.name, len(one.words)) != one.words]
    if not missing:
        return None
    program = programs.of(book.app)
    if program.is_locked(book):
        raise JixiaoError(_LOCKED)
    names = {sheet.name.casefold() for sheet in book.sheets}
    name, number = LIST_SHEET, 1
    while name.casefold() in names:
        number += 1
        name = f"{LIST_SHEET}{number}"
    made = book.sheets.add(name, after=book.sheets[-1])
    height = max(len(one.words) for one in missing)
    rows = [[(one.words[row] if row < len(one.words) else None) for one in missing] for row in range(height)]
    made.range((1, 1), (height, len(missing))).raw_value = rows
    for column, one in enumerate(missing):
        letters = Spot(0, column).a1.rstrip("1")
        book.names.add(one.name, f"='{name}'!${letters}$1:${letters}${len(one.words)}")
    program.hide(made)
    return name


def _words(book: xlwings.Book, name: str, count: int) -> tuple[object, ...]:
    """Return the words behind a name; nothing where it leads elsewhere, or to another number of cells."""
    if name not in book.names:
        return ()
    try:
        cells = book.names[name].refers_to_range
    except Exception:  # noqa: BLE001 - a name of a person's that leads to no cells; each program has its own error
        return ()
    if cells is None or cells.shape != (count, 1) or not cells.sheet.name.startswith(LIST_SHEET):
        return ()
    found = cells.raw_value
    return tuple(row[0] for row in found) if isinstance(found, tuple | list) else (found,)
