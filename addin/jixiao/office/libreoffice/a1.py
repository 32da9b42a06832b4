"""Addresses in Excel's A1 notation, read and written without asking the office."""

import re
from dataclasses import dataclass

ROWS, COLUMNS = 1_048_576, 16_384

CORNER = re.compile(r"\$?([A-Za-z]{1,3})?\$?([0-9]{1,7})?")
QUOTED = re.compile(r"'((?:[^']|'')*)'!(.*)", re.DOTALL)
PLAIN_NAME = re.compile(r"[^\W\d][\w.]*")


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle of cells: its first row and column, counted from 1, and its size."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1

    @property
    def last_row(self) -> int:
        """Return the last row, counted from 1."""
        return self.row + self.rows - 1

    @property
    def last_column(self) -> int:
        """Return the last column, counted from 1."""
        return self.column + self.columns - 1

    def __len__(self) -> int:
        """Return the number of cells."""
        return self.rows * self.columns

    def span(self, other: "Block") -> "Block":
        """Return the smallest block that holds both."""
        row, column = min(self.row, other.row), min(self.column, other.column)
        last_row = max(self.last_row, other.last_row)
        last_column = max(self.last_column, other.last_column)
        return Block(row, column, last_row - row + 1, last_column - column + 1)


def column_number(letters: str) -> int:
    """Return 28 for `AB`."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """Return `AB` for 28."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def split_sheet(reference: str) -> tuple[str | None, str]:
    """Return sheet name and address of `'My Sheet'!A1`; the name is None when there is none."""
    quoted = QUOTED.fullmatch(reference)
    if quoted:
        return quoted[1].replace("''", "'"), quoted[2]
    sheet, mark, address = reference.rpartition("!")
    return (sheet, address) if mark else (None, reference)


def _corner(text: str) -> tuple[int | None, int | None] | None:
    found = CORNER.fullmatch(text.strip())
    if found is None or not (found[1] or found[2]):
        return None
    return (int(found[2]) if found[2] else None, column_number(found[1]) if found[1] else None)


def parse(reference: str) -> Block | None:
    """Return the block of `B2:D5`, `B:C` or `3:4`; None when the text is no address (a name, say)."""
    parts = reference.split(":")
    first = _corner(parts[0])
    last = _corner(parts[-1])
    if len(parts) > 2 or first is None or last is None:
        return None
    if len(parts) == 1 and None in first:
        return None  # "A" alone is a name
    if [part is None for part in first] != [part is None for part in last]:
        return None
    rows = sorted((first[0] or 1, last[0] or ROWS))
    columns = sorted((first[1] or 1, last[1] or COLUMNS))
    if "0" in (parts[0].strip("$"), parts[-1].strip("$")) or 0 in (first[0], last[0]):
        return None
    if rows[1] > ROWS or columns[1] > COLUMNS:
        return None
    return Block(rows[0], columns[0], rows[1] - rows[0] + 1, columns[1] - columns[0] + 1)


def address(block: Block, *, row_fixed: bool = True, column_fixed: bool = True) -> str:
    """Return `$B$2:$D$5`; whole columns are `$B:$D`, whole rows `$2:$5`."""
    row_mark, column_mark = "$" * row_fixed, "$" * column_fixed
    first_letters, last_letters = column_letters(block.column), column_letters(block.last_column)
    if block.rows == ROWS:
        return f"{column_mark}{first_letters}:{column_mark}{last_letters}"
    if block.columns == COLUMNS:
        return f"{row_mark}{block.row}:{row_mark}{block.last_row}"
    first = f"{column_mark}{first_letters}{row_mark}{block.row}"
    if len(block) == 1:
        return first
    return f"{first}:{column_mark}{last_letters}{row_mark}{block.last_row}"


def quoted_sheet(name: str) -> str:
    """Return a sheet's name as it stands before `!` in a formula."""
    if PLAIN_NAME.fullmatch(name) and CORNER.fullmatch(name) is None:
        return name
    return "'" + name.replace("'", "''") + "'"
