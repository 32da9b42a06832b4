"""Sheets written as a person sees them: `|` parts cells, `<` is merged with the cell to its left, `^` with the one above."""

import re

from jixiao.model import Area, Grid


def sheet(*lines, merged=True, name="清单"):
    """The sheet of these lines; unmerged it is as a program leaves it that knows no merged cells."""
    table = [[cell.strip() for cell in line.split("|")] for line in lines]
    at = {(row, column): text for row, cells in enumerate(table) for column, text in enumerate(cells)}
    merges = []
    for (row, column), text in at.items():
        right, bottom = column, row
        while text not in {"<", "^"} and at.get((row, right + 1)) == "<":
            right += 1
        while text not in {"<", "^"} and at.get((bottom + 1, column)) == "^":
            bottom += 1
        if (right, bottom) != (column, row):
            merges.append(Area(row, column, bottom, right))
    rows = [[_value(cell) for cell in cells] for cells in table]
    return Grid(name, rows, tuple(merges) if merged else None)


def copied(lines):
    """The lines with every merged cell's text in all of its cells."""
    rows = []
    for line in lines:
        cells = [cell.strip() for cell in line.split("|")]
        for column, cell in enumerate(cells):
            cells[column] = {"<": cells[column - 1], "^": rows[-1][column] if rows else ""}.get(cell, cell)
        rows.append(cells)
    return [" | ".join(cells) for cells in rows]


def _value(text):
    if text in {"", "<", "^"}:
        return None
    return float(text) if re.fullmatch(r"\d+(?:\.\d+)?", text) else text.replace("\\n", "\n")
