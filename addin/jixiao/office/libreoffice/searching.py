"""Texts that are looked for and replaced, and cells of one kind."""

from collections.abc import Iterator

from jixiao.office.libreoffice.border import Uno
from jixiao.office.libreoffice.edges import used
from jixiao.office.libreoffice.guard import require_values
from jixiao.office.libreoffice.places import Place, block_of, place_of

FORMULAS, SHOWN = 0, 1  # what the office's SearchType looks at
VALUE, MOMENT, TEXT, FORMULA = 1, 2, 4, 16  # com.sun.star.sheet.CellFlags
CONSTANTS = {None: VALUE | MOMENT | TEXT, "numbers": VALUE | MOMENT, "text": TEXT}
RESULTS = {None: 1 | 2 | 4, "numbers": 1, "text": 2, "errors": 4}  # com.sun.star.sheet.FormulaResult


def find(place: Place, text: str, *, whole: bool, backward: bool, by_rows: bool, case: bool) -> Place | None:
    """Return the first cell that shows the text; `*` and `?` stand for any, `~` before them for themselves."""
    asked = _asked(place.range.createSearchDescriptor(), text, whole=whole, case=case)
    asked.SearchType, asked.SearchBackwards, asked.SearchByRow = SHOWN, backward, by_rows
    found = place.range.findFirst(asked)
    return None if found is None else place_of(place.document, found, place.sheet).part(0, 0)


def replace_all(place: Place, old: str, new: str, *, whole: bool, case: bool) -> None:
    """Replace a text in values and formulas, by the same signs as `find`."""
    require_values(place)
    asked = _asked(place.range.createReplaceDescriptor(), old, whole=whole, case=case)
    asked.SearchType, asked.ReplaceString = FORMULAS, new
    place.range.replaceAll(asked)


def _asked(descriptor: Uno, text: str, *, whole: bool, case: bool) -> Uno:
    descriptor.SearchString = text
    descriptor.SearchWords, descriptor.SearchCaseSensitive = whole, case
    descriptor.SearchWildcard = True
    return descriptor


def special(place: Place, kind: str, of: str | None) -> list[Place]:
    """Return the areas of a kind: blanks (as far as the sheet is used), constants, formulas, visible.

    Raises NotImplementedError for cells that are true or false, which the office takes for numbers.
    """
    if of == "logical":
        raise NotImplementedError("LibreOffice does not tell TRUE and FALSE from numbers here.")
    return list(_areas(place, kind, of))


def _areas(place: Place, kind: str, of: str | None) -> Iterator[Place]:
    cells = place.range
    if kind == "visible":
        found = cells.queryVisibleCells()
    elif kind == "formulas":
        found = cells.queryFormulaCells(RESULTS[of])
    elif kind == "blanks":
        found = cells.queryEmptyCells().queryIntersection(used(place).area)
    elif of == "errors":  # no text that is typed gives one
        return
    else:
        found = cells.queryContentCells(CONSTANTS[of])
    for area in found.getRangeAddresses():
        yield place.at(block_of(area))
