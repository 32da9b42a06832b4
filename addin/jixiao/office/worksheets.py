"""XlsxWriter's worksheet as we need it: blank results that are text, and ledgers of any length, written a row at a time.

XlsxWriter keeps 150 bytes of a row that is on disk and more than 1 KB of a link, and takes five times as long for a
cell as the letters of its XML do. What is used here of its inner parts is held by the tests of `office/`.
"""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Sequence
from math import isfinite
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.url import Url
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

_INTERNAL = "internal:"
_MARKUP = re.compile(r"[&<>\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9a-fA-F]{4}_|^\s|\s$")


class Sheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    """A worksheet whose cells come in any order."""

    def link(self, row: int, column: int, target: str, text: str) -> None:
        """Link a cell that shows this text; `target` as XlsxWriter has it (`external:…`, `internal:…`)."""
        url = Url(target)
        url.text = text
        self.hyperlinks[row][column] = url

    def write_text(self, row: int, column: int, text: str, style: Format) -> int:
        """Write a text as it stands; XlsxWriter takes `<r>…</r>` for markup, and a reader finds a broken file."""
        code: int
        if text.startswith("<r>") and text.endswith("</r>"):
            code = self.write_rich_string(row, column, text[0], style, text[1:], style)
        else:
            code = self.write_string(row, column, text, style)
        return code

    def _xml_formula_element(self, formula: str, result: object, attributes: Sequence[Any] = ()) -> None:
        """Say of a blank result that it is text, or it looks like one that was never calculated."""
        words = [*attributes, ("t", "str")] if result == "" else attributes
        super()._xml_formula_element(formula, result, words)


class LongSheet(Worksheet):  # type: ignore[misc]  # the same
    """A worksheet of a workbook in constant memory, written row by row from the top: links take little."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self._rows, self._columns = array("L"), array("H")
        self._files: list[str] = []
        self._places: list[str] = []
        self._letters: list[str] = []
        self._marks: dict[Format, str] = {}

    def link(self, row: int, column: int, target: str) -> None:
        """Link a cell, whatever it holds; `target` as XlsxWriter has it (`external:…`, `internal:…`)."""
        file, _, place = target.partition("#")
        self._rows.append(row)
        self._columns.append(column)
        self._files.append(sys.intern(file))  # many links lead to one file
        self._places.append(sys.intern(place))  # and many tables have the same sheets and cells

    def row(self, row: int, height: float, cells: Sequence[tuple[str, Format]]) -> None:
        """Write all cells of a row, from column A on, each as `told` returned it, with its format; the height is in points."""
        if row > self.previous_row:
            self._write_single_row(row)
        number, marks, letters = row + 1, self._marks, self._letters
        while len(letters) < len(cells):
            letters.append(xl_col_to_name(len(letters)))
        parts = [f'<row r="{number}" ht="{height:.16g}" customHeight="1">']
        for letter, (told, style) in zip(letters, cells):  # noqa: B905 - there may be more letters
            if style not in marks:
                marks[style] = f' s="{style._get_xf_index()}"'  # noqa: SLF001 - XlsxWriter numbers formats as they are used
            parts.append(f'<c r="{letter}{number}"{marks[style]}{told}')
        parts.append("</row>")
        self.fh.write("".join(parts))
        self._check_dimensions(row, len(cells) - 1)

    def told(self, value: str | float | None) -> str:
        """Return a cell's XML behind its address and its format; raises ValueError for a number that no cell can hold."""
        if isinstance(value, str):
            text = self._escaped(value) if _MARKUP.search(value) else f"<t>{value}"
            return f' t="inlineStr"><is>{text}</t></is></c>'
        if value is None:
            return "/>"
        if isfinite(value):
            return f"><v>{value:.16G}</v></c>"
        raise ValueError(f"{value} is no number of a cell")

    def _escaped(self, text: str) -> str:
        """Return the begin tag and the XML of a text; half an emoji is no text for any program."""
        told = self._escape_control_characters(text.encode("utf-8", "replace").decode("utf-8"))
        space = ' xml:space="preserve"' if text != text.strip() else ""
        return f"<t{space}>{self._escape_data(told)}"

    def _write_hyperlinks(self) -> None:
        """Write the links that were kept; those to one file share its way out of the package, as in EPPlus: Excel reads both."""
        ways: dict[str, str] = {}
        if self._rows:
            self.fh.write("<hyperlinks>")
        for row, column, file, place in zip(
            self._rows, self._columns, self._files, self._places, strict=True
        ):
            cell = f"{self._letters[column]}{row + 1}"
            if file.startswith(_INTERNAL):
                where = self._escape_attributes(file.removeprefix(_INTERNAL))
                self.fh.write(f'<hyperlink ref="{cell}" location="{where}"/>')
                continue
            if file not in ways:
                self.rel_count += 1
                ways[file] = f'r:id="rId{self.rel_count}"'
                # XlsxWriter knows how Excel spells a file; several sheets lead to the same
                target = sys.intern(Url(file)._target())  # noqa: SLF001 - as just said
                self.external_hyper_links.append(["/hyperlink", target, "External"])
            where = f' location="{self._escape_attributes(place)}"' if place else ""
            self.fh.write(f'<hyperlink ref="{cell}" {ways[file]}{where}/>')
        if self._rows:
            self.fh.write("</hyperlinks>")
