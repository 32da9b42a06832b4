"""Rows that are put in order, and rows that stand there twice."""

from collections.abc import Sequence

from jixiao.office.libreoffice.border import binding, enum, properties, struct
from jixiao.office.libreoffice.guard import require_sheet
from jixiao.office.libreoffice.places import Place
from jixiao.office.libreoffice.values import read

MOST_KEYS = 3  # of one sort


def sort(place: Place, keys: Sequence[int], ascending: Sequence[bool], *, headed: bool) -> None:
    """Sort rows by columns, counted from 1, the first key first; raises NotImplementedError for more than three."""
    if len(keys) > MOST_KEYS:
        raise NotImplementedError(f"LibreOffice sorts by {MOST_KEYS} columns at once, not by {len(keys)}.")
    require_sheet(place, "sorting rows")
    fields = []
    for key, is_up in zip(keys, ascending, strict=True):
        field = struct("table.TableSortField")
        field.Field, field.IsAscending, field.IsCaseSensitive = key - 1, is_up, False
        fields.append(field)
    typed = binding().Any("[]com.sun.star.table.TableSortField", tuple(fields))
    how = properties(SortFields=typed, ContainsHeader=headed, IsSortColumns=False, BindFormatsToContent=True)
    place.range.sort(how)


def remove_duplicates(place: Place, columns: Sequence[int], *, headed: bool) -> None:
    """Remove rows that are as one above in these columns, whatever the case of letters; what is below stays."""
    require_sheet(place, "removing rows")
    known, twice = set[tuple[object, ...]](), list[int]()
    for at, row in enumerate(read(place)[headed:], int(headed)):
        key = tuple(_plain(row[column - 1]) for column in columns)
        if key in known:
            twice.append(at)
        known.add(key)
    width = place.block.columns
    for at in reversed(twice):
        place.sheet.removeRange(place.part(at, 0, 1, width).area, enum("sheet.CellDeleteMode", "UP"))
    if twice:
        end = place.part(place.block.rows - len(twice), 0, len(twice), width)
        place.sheet.insertCells(end.area, enum("sheet.CellInsertMode", "DOWN"))


def _plain(value: object) -> object:
    return value.casefold() if isinstance(value, str) else value
