"""What a form edition is: rows of cells that flow like a printed table, bound to document fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from jixiao import schemas

INDICATOR_COLUMNS = ("level1", "level2", "name", "target")
TARGET_PARTS = ("operator", "measure")  # of forms that have columns of their own for them beside the target
MAY_LACK = frozenset({"carryover_funds"})  # what a form need not have


class Cell(NamedTuple):
    """One cell of a form's row: a printed label, an input field, or neither (an empty box).

    Attributes:
        label: the printed text, `""` for an input.
        aliases: other spellings of the label that are read as the same.
        field: the document field that stands here, `""` for a label.
        column: for a heading of the indicator block, the field below it.
        free: an input that the document has no field for: it is filled in and not read.
        span: columns it takes.
        down: rows it takes; 0 = to the end of the form.
        sum: fields whose sum this field is.
        number: the printed number of a repeated line, such as `目标{n}：`.

    """

    label: str = ""
    aliases: tuple[str, ...] = ()
    field: str = ""
    column: str = ""
    span: int = 1
    down: int = 1
    sum: tuple[str, ...] = ()
    number: str = ""
    free: bool = False


class Row(NamedTuple):
    """One row of a form, or a block of like rows (`repeat` is `goals` or `indicators`)."""

    cells: tuple[Cell, ...]
    repeat: str = ""
    at_least: int = 1
    spare: int = 0
    open: int = 1


@dataclass(frozen=True)
class Form:
    """A form edition.

    Attributes:
        form: which table, `project_target` or `agency_overall`.
        edition: which edition, such as `gs-2024`.
        name: its Chinese name for lists.
        since: the first year of use; the newest wins a tie.
        title: the printed title; `titles` are other spellings of it.
        caption: the printed year line with `{year}`.
        money: the printed unit of money.
        vocabulary: the id of its vocabulary.
        source: where the layout is known from.
        widths: column widths in characters.
        landscape: paper orientation.
        rows: the layout.

    """

    form: str
    edition: str
    name: str
    since: int
    title: str
    titles: tuple[str, ...]
    caption: str
    money: str
    vocabulary: str
    source: str
    widths: tuple[float, ...]
    landscape: bool
    rows: tuple[Row, ...]

    @property
    def key(self) -> str:
        """The edition's full name, such as `project_target@gs-2024`."""
        return f"{self.form}@{self.edition}"

    def words(self) -> schemas.Vocabulary:
        """Return its vocabulary."""
        return schemas.vocabulary(self.vocabulary)

    def placed(self) -> Iterator[tuple[int, int, Cell]]:
        """Yield every cell with its row and its first column: they flow like the rows of an HTML table."""
        hanging: list[tuple[int, range]] = []
        for at, row in enumerate(self.rows):
            hanging = [(until, columns) for until, columns in hanging if until > at]
            taken = {column for _, columns in hanging for column in columns}
            left = 0
            for cell in row.cells:
                while left in taken:
                    left += 1
                yield at, left, cell
                if cell.down != 1:
                    hanging.append((self.until(at, cell), range(left, left + cell.span)))
                left += cell.span

    def until(self, at: int, cell: Cell) -> int:
        """Return the row below a cell that begins in row `at`."""
        return min(at + cell.down, len(self.rows)) if cell.down else len(self.rows)

    def fields(self) -> Iterator[tuple[str, Cell, str]]:
        """Yield (field, its label cell, label of the block around it), repeated blocks left out, `goals` too.

        The label of a field is the nearest label to its left in the same row; the block around it is the label
        that spans several rows there.
        """
        open_blocks: list[tuple[int, Cell]] = []
        for number, row in enumerate(self.rows):
            label = Cell()
            open_blocks = [(until, cell) for until, cell in open_blocks if until > number]
            for cell in row.cells:
                if cell.label:
                    label = cell
                    if cell.down > 1:
                        open_blocks.append((number + cell.down, cell))
                elif cell.field and row.repeat != "indicators":
                    yield cell.field, label, open_blocks[-1][1].label if open_blocks else ""

    def columns(self) -> Iterator[tuple[str, Cell]]:
        """Yield (indicator field, its heading)."""
        for row in self.rows:
            for cell in row.cells:
                if cell.column:
                    yield cell.column, cell

    def labels(self) -> Iterator[Cell]:
        """Yield every label cell of the form."""
        for row in self.rows:
            yield from (cell for cell in row.cells if cell.label)

    def block(self, repeat: str) -> Row:
        """Return the row that repeats as `goals` or `indicators`; raises KeyError where the form has none."""
        for row in self.rows:
            if row.repeat == repeat:
                return row
        raise KeyError(repeat)
