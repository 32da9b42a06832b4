"""Areas that have a name and a heading: the office's database ranges, which are Excel's tables and filters."""

from collections.abc import Sequence
from dataclasses import dataclass

from jixiao.office.libreoffice.border import Uno

PROPERTIES = (
    "AutoFilter",
    "ContainsHeader",
    "KeepFormats",
    "MoveCells",
    "StripData",
    "TotalsRow",
    "UseFilterCriteriaSource",
)
NUMERIC, STRING = 0, 1  # com.sun.star.sheet.FilterFieldType


@dataclass(frozen=True, slots=True)
class Kept:
    """One area: its name, its cells, how it is set, and what its filter shows."""

    name: str
    area: Uno
    values: tuple[bool, ...]
    fields: Uno


def on_sheet(document: Uno, number: int) -> list[Kept]:
    """Return the areas of a sheet, counted from 0."""
    ranges = document.DatabaseRanges
    found = [(name, ranges.getByName(name)) for name in ranges.getElementNames()]
    return [
        Kept(
            name,
            one.DataArea,
            tuple(getattr(one, key) for key in PROPERTIES),
            one.getFilterDescriptor().getFilterFields3(),
        )
        for name, one in found
        if one.DataArea.Sheet == number
    ]


def put_back(document: Uno, kept: Sequence[Kept]) -> None:
    """Define anew the areas that are gone: LibreOffice 7.4 forgets those of the sheet before one that is deleted."""
    ranges = document.DatabaseRanges
    for one in kept:
        if ranges.hasByName(one.name):
            continue
        ranges.addNewByName(one.name, one.area)
        made = ranges.getByName(one.name)
        for key, value in zip(PROPERTIES, one.values, strict=True):
            setattr(made, key, value)
        made.getFilterDescriptor().setFilterFields3(_typed(one.fields))


def _typed(fields: Sequence[Uno]) -> tuple[Uno, ...]:
    """Return what a filter shows as it can be set: LibreOffice hands it out without the type that it goes by."""
    for field in fields:
        values = field.Values
        for value in values:
            value.FilterType = NUMERIC if value.IsNumeric else STRING
        field.Values = values
    return tuple(fields)
