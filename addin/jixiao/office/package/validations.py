"""Dropdowns on cells of a sheet; what was there on the same cells gives way, on exactly those cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from jixiao.model import Area, Dropdown, Spot
from jixiao.office.package import scan
from jixiao.office.package.layout import ORDER, Layout, areas_of, without

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST_LIST, _LONGEST_TITLE, _LONGEST_TEXT, _LONGEST_FORMULA = 255, 32, 255, 255


def edits(page: Layout, dropdowns: Sequence[Dropdown]) -> list[scan.Edit]:
    """Return the edits that put dropdowns onto a sheet.

    Raises ValueError for a list in place that no program would take: over 255 characters, or a comma in a word.
    """
    if not dropdowns:
        return []
    holes = [one.area for one in dropdowns]
    block = page.root.child("dataValidations")
    prefix = page.root.prefix if block is None else block.prefix
    lines = "".join(_line(one, prefix) for one in dropdowns).encode()
    if block is None:
        start, end = f'<{prefix}dataValidations count="{len(dropdowns)}">', f"</{prefix}dataValidations>"
        content = start.encode() + lines + end.encode()
        found = scan.place(page.data, page.root, "dataValidations", ORDER, content)
    else:
        found, gone = _give_way(page.data, block, holes)
        count = sum(1 for _ in block.all("dataValidation")) - gone + len(dropdowns)
        found += scan.amend(page.data, block, {"count": str(count)}, lines)
    return found + _extended(page, holes)


def _extended(page: Layout, holes: Sequence[Area]) -> list[scan.Edit]:
    """Return the edits of validations that newer programs keep in the extension list (x14)."""
    listed = page.root.child("extLst")
    found: list[scan.Edit] = []
    if listed is None:
        return found
    emptied = []
    for extension in listed.children:
        for block in (one for one in extension.children if one.local == "dataValidations"):
            changes, gone = _give_way(page.data, block, holes)
            left = sum(1 for _ in block.all("dataValidation")) - gone
            if gone and not left and len(extension.children) == 1:
                emptied.append(extension)
            elif changes:
                found += [*changes, *scan.amend(page.data, block, {"count": str(left)})]
    if emptied and len(emptied) == len(listed.children):
        return [scan.Edit(listed.start, listed.end, b"")]
    return found + [scan.Edit(one.start, one.end, b"") for one in emptied]


def _give_way(data: bytes, block: scan.Element, holes: Sequence[Area]) -> tuple[list[scan.Edit], int]:
    """Return the edits that take cells away from the validations of a block, and how many of these end."""
    found: list[scan.Edit] = []
    gone = 0
    for one in block.all("dataValidation"):
        inner = next((each for each in one.children if each.local == "sqref"), None)
        text = one.attributes.get("sqref", "") if inner is None else inner.text
        before = areas_of(text)
        if before is None:
            continue  # not understood: left as it is
        left = before
        for hole in holes:
            left = [piece for area in left for piece in without(area, hole)]
        if left == before:
            continue
        if not left:
            gone += 1
            found.append(scan.Edit(one.start, one.end, b""))
            continue
        sqref = " ".join(area.a1 for area in left)
        if inner is None:
            found += scan.amend(data, one, {"sqref": sqref})
        else:
            found.append(scan.Edit(inner.inner, inner.close, sqref.encode()))
        found += _moved(one, _corner(before), _corner(left))
    return found, gone


def _corner(areas: Sequence[Area]) -> Spot:
    return Spot(min(area.top for area in areas), min(area.left for area in areas))


def _moved(validation: scan.Element, origin: Spot, now: Spot) -> Iterator[scan.Edit]:
    """Yield the edits of formulas, which are relative to the first cell, where that cell has changed."""
    if origin == now:
        return
    from openpyxl.formula.translate import Translator, TranslatorError  # noqa: PLC0415 - heavy

    for one in validation.walk():
        if one.text.strip() and (one.local in {"formula1", "formula2"} or one.local == "f"):
            try:
                text = Translator(f"={one.text}", origin=origin.a1).translate_formula(now.a1)[1:]
            except TranslatorError:
                continue  # a reference would leave the sheet: Excel wraps it around, which nobody wants
            if text != one.text:
                yield scan.Edit(one.inner, one.close, scan.quoted(text).encode())


def _line(one: Dropdown, prefix: str) -> str:
    said = {
        "type": "list",
        "allowBlank": "1" if one.blank else "",
        "showInputMessage": "1" if one.prompt or one.prompt_title else "",
        "showErrorMessage": "1" if one.error else "",
        "errorTitle": "请重新选择" if one.error else "",
        "error": _short(one.error, _LONGEST_TEXT),
        "promptTitle": _short(one.prompt_title, _LONGEST_TITLE),
        "prompt": _short(one.prompt, _LONGEST_TEXT),
        "sqref": one.area.a1,
    }
    attributes = "".join(f' {name}="{text}"' for name, text in said.items() if text)
    formula = scan.body(_source(one.source))
    return f"<{prefix}dataValidation{attributes}><{prefix}formula1>{formula}</{prefix}formula1></{prefix}dataValidation>"


def _short(text: str, most: int) -> str:
    cut = text if len(text) <= most else f"{text[: most - 1]}…"
    return scan.body(cut).replace('"', "&quot;").replace("\n", "_x000a_").replace("\t", " ")


def _source(source: str | tuple[str, ...]) -> str:
    if isinstance(source, str):
        formula = source.removeprefix("=")
        if len(formula) > _LONGEST_FORMULA:
            raise ValueError(formula)
        return formula
    words = ",".join(source)
    if len(words) > _LONGEST_LIST or any("," in word for word in source):
        raise ValueError(words)
    return '"' + words.replace('"', '""') + '"'
