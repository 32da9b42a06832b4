"""Tables as Excel has them: areas with a name and a heading, which are the office's database ranges."""

from collections.abc import Iterator
from numbers import Real
from typing import TYPE_CHECKING

from xlwings import XlwingsError, base_classes

from jixiao.office.libreoffice import arranging
from jixiao.office.libreoffice.a1 import Block
from jixiao.office.libreoffice.border import Uno
from jixiao.office.libreoffice.declined import declined
from jixiao.office.libreoffice.guard import require_sheet
from jixiao.office.libreoffice.places import Place, block_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jixiao.office.libreoffice.ranges import Range
    from jixiao.office.libreoffice.sheets import Sheet


@declined
class Table(base_classes.Table):
    """One table; it is known by its name."""

    def __init__(self, sheet: "Sheet", name: str) -> None:
        self._sheet, self._name = sheet, name

    @property
    def api(self) -> Uno:
        return self._sheet.book.api.DatabaseRanges.getByName(self._name)

    @property
    def parent(self) -> "Sheet":
        return self._sheet

    @property
    def name(self) -> str:
        return self._name

    @name.setter
    def name(self, value: str) -> None:
        self.api.setName(value)
        self._name = value

    @property
    def display_name(self) -> str:
        return self._name

    @display_name.setter
    def display_name(self, value: str) -> None:
        self.name = value

    @property
    def _place(self) -> Place:
        whole: Place = self._sheet.cells.place
        return whole.at(block_of(self.api.DataArea))

    def _part(self, first: int, rows: int) -> "Range | None":
        from jixiao.office.libreoffice.ranges import Range  # noqa: PLC0415  # ranges know their tables

        place = self._place
        return Range(place.part(first, 0, rows, place.block.columns)) if rows > 0 else None

    @property
    def range(self) -> "Range | None":
        return self._part(0, self._place.block.rows)

    @property
    def header_row_range(self) -> "Range | None":
        return self._part(0, int(self.show_headers))

    @property
    def data_body_range(self) -> "Range | None":
        return self._part(
            int(self.show_headers), self._place.block.rows - self.show_headers - self.show_totals
        )

    @property
    def totals_row_range(self) -> "Range | None":
        return self._part(self._place.block.rows - 1, int(self.show_totals))

    @property
    def show_headers(self) -> bool:
        return bool(self.api.ContainsHeader)

    @show_headers.setter
    def show_headers(self, value: bool) -> None:
        raise NotImplementedError("LibreOffice neither shows nor hides a table's headings.")

    @property
    def show_totals(self) -> bool:
        return bool(self.api.TotalsRow)

    @show_totals.setter
    def show_totals(self, value: bool) -> None:
        raise NotImplementedError("LibreOffice neither shows nor hides a table's totals.")

    @property
    def show_autofilter(self) -> bool:
        return bool(self.api.AutoFilter)

    @show_autofilter.setter
    def show_autofilter(self, value: bool) -> None:
        self.api.AutoFilter = value

    def resize(self, range: "Range") -> None:  # noqa: A002  # xlwings' name
        self.api.setDataArea(getattr(range, "impl", range).place.area)

    def sort(self, keys: "Sequence[int]", ascending: "Sequence[bool]") -> None:
        place, totals = self._place, int(self.show_totals)
        rows = place.part(0, 0, place.block.rows - totals, place.block.columns)
        arranging.sort(rows, keys, ascending, headed=self.show_headers)


@declined
class Tables(base_classes.Collection, base_classes.Tables):
    """The tables of one sheet."""

    def __init__(self, sheet: "Sheet") -> None:
        self._sheet = sheet

    @property
    def api(self) -> Uno:
        return self._sheet.book.api.DatabaseRanges

    @property
    def parent(self) -> "Sheet":
        return self._sheet

    def _all(self) -> list[Table]:
        """Return the tables as they stand on the sheet: the office knows no order but that of their names."""
        number, ranges = self._sheet.index - 1, self.api
        areas = ((ranges.getByName(name).DataArea, name) for name in ranges.getElementNames())
        ours = [(one.StartRow, one.StartColumn, name) for one, name in areas if one.Sheet == number]
        return [Table(self._sheet, name) for _, _, name in sorted(ours)]

    def __call__(self, key: int | str) -> Table:
        tables = self._all()
        if isinstance(key, Real):
            return tables[int(key) - 1]
        for one in tables:
            if one.name.lower() == str(key).lower():
                return one
        raise KeyError(key)

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[Table]:
        return iter(self._all())

    def __contains__(self, key: int | str) -> bool:
        try:
            self(key)
        except (KeyError, IndexError):
            return False
        return True

    def add(
        self,
        source_type: str | None = None,
        source: "Range | None" = None,
        link_source: bool | None = None,
        has_headers: bool | None = None,
        *_: object,
        name: str | None = None,
        **__: object,
    ) -> Table:
        """Make a table with filter buttons, in no style: the office has none. Without headings it gets `Column1` and so on above."""
        given = getattr(source, "impl", source)
        if given is None:
            raise ValueError("A table is made of a range.")
        place: Place = given.place
        require_sheet(place, "adding a table")
        if any(_overlap(one.range.place.block, place.block) for one in self._all() if one.range):
            raise XlwingsError(f"{place.label} overlaps a table.")
        taken = {own.lower() for own in self.api.getElementNames()}
        if name is None:
            name = next(f"Table{n}" for n in range(1, len(taken) + 2) if f"table{n}" not in taken)
        if name.lower() in taken:
            raise XlwingsError(f"There is a table {name} already.")
        if has_headers is False:
            place = _headed(place)
        self.api.addNewByName(name, place.area)
        self.api.getByName(name).AutoFilter = True
        return Table(self._sheet, name)


def _overlap(one: Block, other: Block) -> bool:
    return (
        one.row <= other.last_row
        and other.row <= one.last_row
        and one.column <= other.last_column
        and other.column <= one.last_column
    )


def _headed(place: Place) -> Place:
    """Put headings above the place, which moves one row down, and return both."""
    from jixiao.office.libreoffice import moving, values  # noqa: PLC0415  # few tables come without headings

    rows, columns = place.block.rows, place.block.columns
    head = place.part(0, 0, 1, columns)
    moving.insert(head, "down", None)
    values.write(head, [[f"Column{number}" for number in range(1, columns + 1)]])
    return place.part(0, 0, rows + 1, columns)
