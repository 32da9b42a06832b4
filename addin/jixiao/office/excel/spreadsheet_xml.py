"""Excel's XML Spreadsheet 2003 of a block: the only form in which one call tells merges, formats and fills."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers.expat import ExpatError, ParserCreate

from jixiao.model import Area, Spot
from jixiao.office import cells

# Formats that this kind of XML calls by name, as far as they add to a number or make it a time.
_NAMED = {
    "Percent": "0.00%",
    "Short Time": "h:mm",
    "Medium Time": "h:mm AM/PM",
    "Long Time": "h:mm:ss AM/PM",
}


@dataclass(frozen=True)
class Told:
    """What the XML says, cells counted from 0 at the block's own corner.

    Attributes:
        formats: number formats by cell, where they add a percent sign or words.
        merges: merged areas, `None` where the XML could not be read.

    """

    formats: dict[Spot, str] = field(default_factory=dict)
    merges: tuple[Area, ...] | None = None
    hidden: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


class _Reader:
    """Follows styles, columns, rows and cells; a cell without a style of its own has its row's, else its column's."""

    def __init__(self) -> None:
        self.style = ""
        self.formats: dict[str, str] = {}
        self.row, self.column, self.next_column = -1, -1, 0
        self.columns: dict[int, str] = {}
        self.row_style = ""
        self.styles: dict[Spot, str] = {}
        self.merges: list[Area] = []
        self.hidden: set[int] = set()
        self.hidden_columns: set[int] = set()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take in one element."""
        said = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        name = tag.rpartition(" ")[2]
        if name == "Style":
            self.style = said.get("ID", "")
            self.formats[self.style] = self.formats.get(said.get("Parent", "Default"), "")
        elif name == "NumberFormat":
            code = said.get("Format", "")
            self.formats[self.style] = _NAMED.get(code, code)
        elif name == "Column":
            first = int(said["Index"]) - 1 if "Index" in said else self.next_column
            self.next_column = first + int(said.get("Span", "0")) + 1
            self.columns.update(dict.fromkeys(range(first, self.next_column), said.get("StyleID", "")))
            if said.get("Hidden") == "1":
                self.hidden_columns.update(range(first, self.next_column))
        elif name == "Row":
            self.row = int(said["Index"]) - 1 if "Index" in said else self.row + 1
            self.column, self.row_style = -1, said.get("StyleID", "")
            first, self.row = self.row, self.row + int(said.get("Span", "0"))
            if said.get("Hidden") == "1":
                self.hidden.update(range(first, self.row + 1))
        elif name == "Cell":
            self._cell(said)

    def _cell(self, said: dict[str, str]) -> None:
        self.column = int(said["Index"]) - 1 if "Index" in said else self.column + 1
        across, down = int(said.get("MergeAcross", "0")), int(said.get("MergeDown", "0"))
        spot = Spot(self.row, self.column)
        self.styles[spot] = (
            said.get("StyleID") or self.row_style or self.columns.get(spot.column) or "Default"
        )
        if across or down:
            self.merges.append(Area(*spot, spot.row + down, spot.column + across))
        self.column += across


def parse(text: str) -> Told:
    """Read the XML of a block; what is not XML tells nothing."""
    reader = _Reader()
    parser = ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reader.start
    try:
        parser.Parse(text.encode("utf-8"), True)  # noqa: FBT003 - expat takes this argument by position only
    except (ExpatError, ValueError):
        return Told()
    formats = {
        spot: reader.formats[style]
        for spot, style in reader.styles.items()
        if cells.is_telling(reader.formats.get(style, ""))
    }
    hidden, columns = frozenset(reader.hidden), frozenset(reader.hidden_columns)
    return Told(formats, tuple(sorted(reader.merges)), hidden, columns)
