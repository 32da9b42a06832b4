"""Workbooks to measure with: the nine real tables of 2024 as we draw them, and the same drawn to the study's size."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from jixiao import demo, drawing, forms
from jixiao.forms import Form
from jixiao.model import Area, Page
from jixiao.office import writing

SIZES = ("real", "study")


def workbook(number: int, size: str = "real") -> bytes:
    """One workbook as a department sends it: its own table and eight projects, nine sheets.

    `real` has the nine tables as they were published, 9 or 10 indicators each. `study` has the size that the targets
    were set on: 18 or 20 indicators, one column more, two rows to each level 2, about 57 merged areas a sheet.
    """
    pages = []
    for one in _tables(size):
        values = {**one["values"], "agency": f"和政县第{number}单位"}
        if "project_name" in values:
            values |= {"project_name": f"{values['project_name']}{number}", "department": values["agency"]}
        form = forms.find(one["form"], one["edition"])
        if size == "real":
            pages.append(drawing.draw(form, one["sheet"], values))
        else:
            pages.append(_merged(drawing.draw(_wider(form), one["sheet"], values)))
    return writing.workbook(pages)


@cache
def _tables(size: str) -> list[dict[str, Any]]:
    """Return the real tables; for `study` each row is followed by one of another real table, under the same words."""
    tables = demo.examples()
    if size == "real":
        return tables
    blocks = [one["values"]["indicators"] for one in tables]
    doubled = []
    for number, (one, block) in enumerate(zip(tables, blocks, strict=True)):
        others = {row["level2"]: row for row in blocks[number % 8 + 1]}
        spare = list(others.values())
        indicators = []
        for at, row in enumerate(block):
            other = others.get(row["level2"], spare[at])
            indicators += [row, {**row, "name": f"{other['name']}（二）", "target": other["target"]}]
        doubled.append({**one, "values": {**one["values"], "indicators": indicators}})
    return doubled


@cache
def _wider(form: Form) -> Form:
    """Return a form with one column more, which the name of an indicator takes, elsewhere the last cell."""
    rows = []
    for row in form.rows:
        names = [n for n, cell in enumerate(row.cells) if "name" in (cell.field, cell.column)]
        at = names[0] if names else len(row.cells) - 1
        cells = [cell._replace(span=cell.span + (n == at)) for n, cell in enumerate(row.cells)]
        rows.append(row._replace(cells=tuple(cells)))
    return replace(form, rows=tuple(rows), widths=(*form.widths, 16.0))


def _merged(page: Page) -> Page:
    """Merge the level 2 cells of every two rows of a page."""
    blocks = [one.area for one in page.dropdowns if one.prompt_title == "二级指标"]
    kept = {(area.top, area.left) for area in blocks[::2]}
    gone = {(area.top, area.left) for area in blocks[1::2]}
    boxes = []
    for box in page.boxes:
        at = box.area[:2]
        if at in kept:
            top, left, bottom, right = box.area
            boxes.append(box._replace(area=Area(top, left, bottom + 1, right)))
        elif at not in gone:
            boxes.append(box)
    return replace(page, boxes=tuple(boxes))
