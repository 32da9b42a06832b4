"""The workbook part: its sheets and defined names, and how one more of either is added."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from jixiao.errors import FileRejectedError
from jixiao.model import Spot
from jixiao.office.package import parts, scan
from jixiao.office.package.layout import whole
from jixiao.office.package.parts import Package
from jixiao.office.sniffing import damaged

_ORDER = (
    "fileVersion",
    "fileSharing",
    "workbookPr",
    "workbookProtection",
    "bookViews",
    "sheets",
    "functionGroups",
    "externalReferences",
    "definedNames",
    "calcPr",
    "oleSize",
    "customWorkbookViews",
    "pivotCaches",
    "smartTagPr",
    "smartTagTypes",
    "webPublishing",
    "fileRecoveryPr",
    "webPublishObjects",
    "extLst",
)
_LONGEST_NAME = 31
_LAST_NUMBER = 65_534  # of a sheet
_UNLISTED = ' hidden="1"'
FILTER = "_xlnm._FilterDatabase"  # the name of a filter's area, which no list of names shows
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"


class Sheet(NamedTuple):
    """A sheet of the workbook: its name, its part, whether it has cells, and whether it can be seen."""

    name: str
    part: str
    cells: bool
    visible: bool


class Name(NamedTuple):
    """A defined name: the name, the index of the sheet it is limited to, what it means, and its place."""

    name: str
    sheet: str | None
    meaning: str
    element: scan.Element


@dataclass(frozen=True)
class Workbook:
    """The workbook part and its sheets in order, those whose part is missing left out."""

    part: str
    sheets: tuple[Sheet, ...]

    def sheet(self, name: str) -> Sheet:
        """Return the sheet with cells of this name; raises FileRejectedError (`damaged`) where there is none."""
        for one in self.sheets:
            if one.cells and one.name == name:
                return one
        raise FileRejectedError(
            "damaged",
            f"工作簿里找不到工作表“{name}”的内容，文件可能不完整。请在 Excel 中打开并另存一次后再试。",
        )


def workbook(package: Package) -> Workbook:
    """Find the workbook part and its sheets by their relationships, never by their file names.

    Raises FileRejectedError (`damaged`) also where a sheet has no name or that of another: marks go by names.
    """
    part = next(
        (one.part for one in parts.links(package, "") if one.kind == "officeDocument" and one.part), None
    )
    if part is None:
        raise damaged()
    held = {one.id: one for one in parts.links(package, part)}
    listed = scan.parse(parts.read(package, part)).child("sheets")
    if listed is None:
        raise damaged()
    names = [one.attributes.get("name", "").casefold() for one in listed.all("sheet")]
    if not all(names) or len(names) != len({*names}):
        raise damaged()
    sheets = []
    for one in listed.all("sheet"):
        found = held.get(one.attributes.get(f"{scan.RELATIONSHIPS} id", ""))
        if found is not None and found.part is not None:
            name, visible = one.attributes.get("name", ""), is_visible(one)
            sheets.append(Sheet(name, found.part, found.kind == "worksheet", visible))
    return Workbook(part, tuple(sheets))


def is_visible(sheet: scan.Element) -> bool:
    """Tell whether a sheet of the workbook part's list can be seen."""
    return sheet.attributes.get("state", "visible") == "visible"


def styles_part(package: Package, book: Workbook) -> str | None:
    """Return the part of the cell styles, None where the workbook has none."""
    return next((one.part for one in parts.links(package, book.part) if one.kind == "styles"), None)


def free_name(package: Package, book: Workbook, wanted: str) -> str:
    """Return a sheet name that no sheet has, differences of case aside: the wanted one, or with a number behind it."""
    listed = scan.parse(parts.read(package, book.part)).child("sheets")
    taken = {one.attributes.get("name", "").casefold() for one in (listed.children if listed else ())}
    name, number = wanted, 1
    while name.casefold() in taken:
        number += 1
        name = f"{wanted[: _LONGEST_NAME - len(str(number))]}{number}"
    return name


def add_sheet(
    package: Package, book: Workbook, name: str, content: bytes, state: str = "visible"
) -> tuple[int, str]:
    """Add a sheet at the end; returns its index among all sheets, of which the others keep theirs, and its part."""
    part = parts.fresh(package, f"{book.part.rpartition('/')[0]}/worksheets/sheet".lstrip("/"), ".xml")
    parts.write(package, part, content)
    parts.declare(package, part, _SHEET_TYPE)
    held = parts.link(package, book.part, "worksheet", part)
    data = parts.read(package, book.part)
    listed = scan.parse(data).child("sheets")
    if listed is None:
        raise damaged()
    numbers = [whole(one.attributes.get("sheetId", "0")) for one in listed.children if one.local == "sheet"]
    number = max(numbers, default=0) + 1
    if number > _LAST_NUMBER:
        number = min({*range(1, len(numbers) + 2)} - {*numbers})
    hidden = "" if state == "visible" else f' state="{state}"'
    line = (
        f'<{listed.prefix}sheet xmlns:r="{scan.RELATIONSHIPS}" name="{scan.quoted(name)}"'
        f' sheetId="{number}"{hidden} r:id="{held}"/>'
    )
    parts.edit(package, book.part, scan.amend(data, listed, {}, line.encode()))
    return len(numbers), part


def names(package: Package, book: Workbook) -> list[Name]:
    """Return the defined names as they stand."""
    listed = scan.parse(parts.read(package, book.part)).child("definedNames")
    return [
        Name(one.attributes.get("name", ""), one.attributes.get("localSheetId"), one.text.strip(), one)
        for one in (listed.all("definedName") if listed else ())
    ]


def define(package: Package, book: Workbook, meanings: Mapping[str, str], sheet: int | None = None) -> None:
    """Define names, of the whole workbook or of one sheet; what a name of the workbook meant before is forgotten."""
    if not meanings:
        return
    data = parts.read(package, book.part)
    root = scan.parse(data)
    listed = root.child("definedNames")
    prefix = root.prefix
    scope = "" if sheet is None else f' localSheetId="{sheet}"'
    lines = "".join(
        f'<{prefix}definedName name="{scan.quoted(name)}"{scope}{_UNLISTED if name == FILTER else ""}>'
        f"{scan.body(meaning)}</{prefix}definedName>"
        for name, meaning in meanings.items()
    ).encode()
    if listed is None:
        lines = f"<{prefix}definedNames>".encode() + lines + f"</{prefix}definedNames>".encode()
        edits = scan.place(data, root, "definedNames", _ORDER, lines)
    else:
        edits = _forget(package, book, meanings) if sheet is None else []
        edits += scan.amend(data, listed, {}, lines)
    parts.edit(package, book.part, edits)


def recalculate(package: Package, book: Workbook) -> None:
    """Let the program that opens the workbook work out all formulas anew."""
    data = parts.read(package, book.part)
    root = scan.parse(data)
    held, said = root.child("calcPr"), {"fullCalcOnLoad": "1"}
    line = f'<{root.prefix}calcPr fullCalcOnLoad="1"/>'.encode()
    new = scan.amend(data, held, said) if held else scan.place(data, root, "calcPr", _ORDER, line)
    parts.edit(package, book.part, new)


def _forget(package: Package, book: Workbook, meanings: Iterable[str]) -> list[scan.Edit]:
    ours = {name.casefold() for name in meanings}
    return [
        scan.Edit(one.element.start, one.element.end, b"")
        for one in names(package, book)
        if one.name.casefold() in ours
    ]


def sheet_reference(name: str) -> str:
    """Return a sheet's name as formulas and links write it, in quotes, its own quotes doubled."""
    return "'" + re.sub("'", "''", name) + "'"


def letters(column: int) -> str:
    """Return the letters of a column, counted from 0."""
    return Spot(0, column).a1.removesuffix("1")
