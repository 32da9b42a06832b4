"""A `Page` as the XML of a sheet, texts in place, so that no shared part of the workbook is touched."""

from __future__ import annotations

from collections.abc import Mapping

from jixiao.model import Area, Box, Page, Spot
from jixiao.office.package import scan
from jixiao.office.package.book import FILTER, sheet_reference

_INSIDE = "internal:"
_MOST_LINKS = 65_530  # Excel's limit for one sheet
_LONGEST_TEXT = 32_767  # Excel's limit for one cell


def sheet(page: Page, styles: Mapping[str, int]) -> bytes:
    """Return the sheet of a page; `styles` gives the format number of each style name.

    Of a page this writes its texts, numbers, styles, inside links, widths, heights, frozen rows, filter and print setup.
    """
    merged = [box.area.a1 for box in page.boxes if box.area.a1 != Spot(box.area.top, box.area.left).a1]
    blocks = [
        '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
        _view(page.frozen),
        '<sheetFormatPr defaultRowHeight="15"/>',
        _columns(page.widths),
        f"<sheetData>{_rows(page, styles)}</sheetData>",
        f'<autoFilter ref="{page.filtered.a1}"/>' if page.filtered else "",
        _listed("mergeCells", [f'<mergeCell ref="{one}"/>' for one in merged]),
        _plain_list("hyperlinks", _links(page)),
        '<printOptions horizontalCentered="1"/>',
        '<pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>',
        f'<pageSetup paperSize="9" orientation="{"landscape" if page.landscape else "portrait"}" fitToHeight="0"/>',
        "<headerFooter><oddFooter>&amp;C第 &amp;P 页 共 &amp;N 页</oddFooter></headerFooter>",
    ]
    head = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{scan.MAIN}">'
    return (head + "".join(blocks) + "</worksheet>").encode()


def words(columns: Mapping[int, tuple[str, ...]]) -> bytes:
    """Return a sheet that holds nothing but lists of words, each down from the first row of its column."""
    boxes = tuple(
        Box(Area(row, column, row, column), word, "")
        for column, listed in columns.items()
        for row, word in enumerate(listed)
    )
    data = _rows(Page(sheet="", widths=(), boxes=boxes), {"": 0})
    head = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{scan.MAIN}">'
    return f"{head}<sheetData>{data}</sheetData></worksheet>".encode()


def names(page: Page, name: str) -> dict[str, str]:
    """Return the names that the sheet needs for itself: rows repeated on every printed page, and the filter's area."""
    found, sheet = {}, sheet_reference(name)
    if page.filtered is not None:
        area = page.filtered
        corners = (Spot(area.top, area.left), Spot(area.bottom, area.right))
        first, last = (f"${one.a1.removesuffix(str(one.row + 1))}${one.row + 1}" for one in corners)
        found[FILTER] = f"{sheet}!{first}:{last}"
    if page.print_titles is not None:
        top, bottom = page.print_titles
        found["_xlnm.Print_Titles"] = f"{sheet}!${top + 1}:${bottom + 1}"
    return found


def _view(frozen: int) -> str:
    if not frozen:
        return '<sheetViews><sheetView showGridLines="0" workbookViewId="0"/></sheetViews>'
    pane = f'<pane ySplit="{frozen}" topLeftCell="A{frozen + 1}" activePane="bottomLeft" state="frozen"/>'
    return (
        f'<sheetViews><sheetView showGridLines="0" workbookViewId="0">{pane}<selection pane="bottomLeft"/>'
        "</sheetView></sheetViews>"
    )


def _columns(widths: tuple[float, ...]) -> str:
    lines = [
        f'<col min="{at}" max="{at}" width="{one}" customWidth="1"/>' for at, one in enumerate(widths, 1)
    ]
    return _plain_list("cols", lines)


def _listed(name: str, lines: list[str]) -> str:
    return f'<{name} count="{len(lines)}">{"".join(lines)}</{name}>' if lines else ""


def _plain_list(name: str, lines: list[str]) -> str:
    return f"<{name}>{''.join(lines)}</{name}>" if lines else ""


def _rows(page: Page, styles: Mapping[str, int]) -> str:
    rows: dict[int, dict[int, str]] = {row: {} for row in page.heights}
    for box in page.boxes:
        for row in range(box.area.top, box.area.bottom + 1):
            for column in range(box.area.left, box.area.right + 1):
                first = (row, column) == (box.area.top, box.area.left)
                text = _cell(Spot(row, column), box.value if first else None, styles[box.style])
                rows.setdefault(row, {})[column] = text
    lines = []
    for row, cells in sorted(rows.items()):
        height = f' ht="{page.heights[row]}" customHeight="1"' if row in page.heights else ""
        lines.append(f'<row r="{row + 1}"{height}>{"".join(text for _, text in sorted(cells.items()))}</row>')
    return "".join(lines)


def _cell(spot: Spot, value: str | float | None, style: int) -> str:
    head = f'<c r="{spot.a1}"' + (f' s="{style}"' if style else "")
    if value is None or value == "":
        return f"{head}/>"
    if isinstance(value, str):
        text = scan.body(value[:_LONGEST_TEXT])
        return f'{head} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    return f"{head}><v>{value}</v></c>"


def _links(page: Page) -> list[str]:
    lines = [
        f'<hyperlink ref="{Spot(box.area.top, box.area.left).a1}" location="{scan.quoted(box.link.removeprefix(_INSIDE))}"'
        f' display="{scan.quoted(str(box.value or ""))}"/>'
        for box in page.boxes
        if box.link and box.link.startswith(_INSIDE)
    ]
    return lines[:_MOST_LINKS]
