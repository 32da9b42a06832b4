"""The open workbook is read as the saved file is: same values at the same places, and so the same verdict."""

import io
import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from jixiao import checking, demo, marking, reading
from jixiao.errors import FileRejectedError
from jixiao.merging.extracting import extract
from jixiao.model import Spot
from jixiao.office import excel, files, package
from jixiao.values import shown

SHAPES = json.loads((Path(__file__).parents[2] / "reading" / "shapes.json").read_text(encoding="utf-8"))
CHUNK = 11


def draw(sheet, shape):
    for row, cells in enumerate(shape["rows"], 1):
        for column, value in enumerate(cells, 1):
            if value is not None:
                sheet.cell(row, column, value)
    for area in shape["merges"].split():
        sheet.merge_cells(area)
    for cell, code in shape.get("formats", {}).items():
        sheet[cell].number_format = code
    sheet.sheet_state = shape.get("state", "visible")


def shaped(shapes):
    book = openpyxl.Workbook()
    for number, one in enumerate(sheet for shape in shapes for sheet in shape["sheets"]):
        draw(book.active if number == 0 else book.create_sheet(f"表{number}"), one)
    return written(book)


def written(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


# What a cell holds, and its format: shown alike, whoever reads it.
CLOCKS = [
    (0.4375, "h:mm"),
    (1.25, "[h]:mm"),
    (0.4375, 'h"时"mm"分"'),
    (0.02, "mm:ss"),
    (date(2026, 1, 1), 'yyyy"年度"'),
    (date(2026, 1, 1), "yyyy"),
    (date(2026, 3, 1), 'yyyy"年"m"月"d"日"'),
    (datetime(2026, 3, 1, 8, 30), "yyyy-mm-dd h:mm"),  # noqa: DTZ001
]

# The same of formats that move the point, name a unit, or differ by sign.
SCALED = [
    (35500, "0!.0,"),
    (35500, "0\\.0,"),
    (35500, '#,##0!.0000"万元"'),
    (355000, "#,##0.0,"),
    (35500, '#,##0"元"'),
    (1_050_000, '"≤"0!.0,"万元"'),
    (-5, '0"亩";"减少"0"亩"'),
    (0, '0"件";-0"件";"无"'),
]


def odd():
    """Everything that a program and a file tell in different words."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "杂"
    sheet.append(["题", None, True, False, date(2024, 3, 1), datetime(2024, 3, 1, 8, 30), 0.95, 1, 0])  # noqa: DTZ001
    sheet.append(["=1/0", "=NA()", "=1+1", '=""', "=A1", "=SUM(G1:I1)", "=LEFT(A1,1)", 0.5, "#REF!"])
    sheet.append([0.95, 0.123, 7, 10, "  两端  ", "一\n二", "'撇号", "007", "≥95%"])
    for cell, code in {
        "G1": "0%",
        "A3": "0%",
        "B3": "0.0%",
        "C3": '0"万元"',
        "D3": '"≥"0',
        "H2": "0.00_ ",
        "A6": "0%",
    }.items():
        sheet[cell].number_format = code
    for row, (value, code) in enumerate([*CLOCKS, *SCALED], 9):
        sheet.cell(row, 1, value).number_format = code
    sheet.row_dimensions[2].hidden = sheet.row_dimensions[9].hidden = True
    sheet.column_dimensions["E"].hidden = True
    sheet.merge_cells("B5:D6")
    sheet["B5"], sheet["I8"] = "合并", "远处"
    sheet.merge_cells("F7:H7")
    hidden = book.create_sheet("藏")
    hidden["A1"], hidden.sheet_state = "看不见", "hidden"
    book.create_sheet("空")
    return written(book)


def annotated(data):
    ours = extract("表.xlsx", data).documents
    checked = [(one.document, one.verdict.findings) for one in ours]
    return package.annotate(data, marking.marks(checked), marking.result_page(checked, [], "表.xlsx"))


def corpus():
    drawn = demo.workbooks()
    yield from drawn.items()
    yield from ((f"批注件 {name}", annotated(data)) for name, data in drawn.items())
    for at in range(0, len(SHAPES), CHUNK):
        yield f"样式 {at}", shaped(SHAPES[at : at + CHUNK])
    yield "杂", odd()


CORPUS = dict(corpus())


def told(grid):
    """A sheet as far as its values go, its numbers as they are shown: programs spell one format in several ways."""
    rows = [list(row) for row in grid.rows]
    while rows and all(value is None for value in rows[-1]):
        rows.pop()
    width = max((at + 1 for row in rows for at, value in enumerate(row) if value is not None), default=0)
    merges = frozenset(area for area in grid.merges or () if area.top < len(rows) and area.left < width)
    seen = {spot: shown(grid.rows[spot.row][spot.column], code) for spot, code in grid.formats.items()}
    return replace(grid, rows=[row[:width] for row in rows], merges=merges, formats=seen)


def judged(book):
    documents, remarks = reading.read(book)
    return documents, remarks, checking.check_all(documents, "workbook")


@pytest.mark.parametrize("name", CORPUS)
def test_the_verdict_on_the_open_workbook_is_that_on_the_saved_file(open_book, saved, name):
    """Law: values, merges, formats, faults, and so every finding, are the same live and on disk."""
    book = open_book(CORPUS[name])
    live, file = excel.read(book), files.load(saved(book), "表.xlsx")
    assert [told(grid) for grid in live.grids] == [
        told(grid) for grid in file.grids if grid.sheet != "_jixiao_marks"
    ]
    assert live.stamps == file.stamps
    assert judged(live) == judged(file)


@pytest.mark.parametrize("name", demo.workbooks())
def test_opening_and_saving_by_the_program_changes_no_verdict(open_book, name):
    """Law: what `jixiao check` says of the file as it was sent is what the button says of it once opened."""
    documents, _, verdicts = judged(excel.read(open_book(CORPUS[name])))
    sent = extract("表.xlsx", CORPUS[name]).documents
    assert [(one.document.values, one.verdict) for one in sent] == [
        (document.values, verdict) for document, verdict in zip(documents, verdicts, strict=True)
    ]


def test_a_time_is_shown_live_as_a_person_sees_it(open_book):
    (grid, *_) = excel.read(open_book(CORPUS["杂"])).grids
    assert (grid.hidden, grid.hidden_columns) == ({1, 8}, {4})
    seen = [shown(grid.rows[row][0], grid.formats.get(Spot(row, 0), "")) for row in range(8, 16)]
    assert seen == [
        "10:30",
        "30:00",
        "10时30分",
        "0:28:48",
        "2026年度",
        "2026",
        "2026年3月1日",
        "2026年3月1日8时30分",
    ]


def test_only_the_sheets_asked_for_are_read(open_book):
    book = open_book(CORPUS["1-维修与水费.xlsx"])
    found = excel.read(book, ["水费"])
    assert [grid.sheet for grid in found.grids] == ["水费"]
    assert found.stamps == excel.read(book).stamps


def test_a_million_rows_are_one_sentence_and_no_reading(app):
    book = app.books.add()
    book.sheets[0].range("C1000000").value = "远"
    with pytest.raises(FileRejectedError, match="C1000000") as refused:
        excel.read(book)
    assert refused.value.code == "too_large"
    book.close()


def test_a_sheet_of_our_own_names_that_a_person_sees_is_read(open_book):
    """Law: a sheet is passed over for being hidden and ours, never for its name alone."""
    book = openpyxl.Workbook()
    book.active.title = "_jixiao_lists"
    book.active["A1"] = "人写的"
    (grid,) = excel.read(open_book(written(book))).grids
    assert grid.rows == [["人写的"]]
