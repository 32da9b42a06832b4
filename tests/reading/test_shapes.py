"""Tables as clerks of other places lay them out, found by trying to break the reader; each was misread once.

`shapes.json` holds the sheets cell by cell. What is expected stands there only where it differs from the plain table
below: `values` gives value and cell by pointer, `goals` and `indicators` their numbers.
"""

import io
import json
from pathlib import Path

import openpyxl
import pytest

from jixiao import reading
from jixiao.office import files

SHAPES = json.loads((Path(__file__).parent / "shapes.json").read_text(encoding="utf-8"))
PLAIN = {
    "/year": (2024, "A2"), "/project_name": ("泵站维修", "B3"), "/department": ("和政县水务局", "B4"),
    "/department_code": (None, "B4"), "/agency": ("和政县水务站", "D4"), "/total_funds": ("100", "C5"),
    "/fiscal_funds": ("90", "C6"), "/carryover_funds": ("10", "C7"), "/other_funds": ("0", "C8"),
    "/goals/0": ("完成维修", "B9"), "/goals/1": ("保障供水", "B10"),
}  # fmt: skip
INDICATORS = [
    ("成本指标", "经济成本指标", "维修成本", "≤100万元"),
    ("成本指标", "社会成本指标", "扰民投诉", "0次"),
    ("成本指标", "生态环境成本指标", "废弃物排放", "不涉及"),
    ("产出指标", "数量指标", "维修泵站数量", "≥5座"),
    ("产出指标", "质量指标", "验收合格率", "100%"),
    ("产出指标", "时效指标", "完成时限", "2024年12月底前"),
    ("效益指标", "经济效益指标", "节约资金", "≥2万元"),
    ("效益指标", "社会效益指标", "受益人数", "≥300人"),
    ("效益指标", "生态效益指标", "节水率", "≥5%"),
    ("满意度指标", "服务对象满意度指标", "干部职工满意度", "≥95%"),
]
for number, row in enumerate(INDICATORS):
    for column, name, text in zip(
        (None, "C", "D", "E"), ("level1", "level2", "name", "target"), row, strict=True
    ):
        PLAIN[f"/indicators/{number}/{name}"] = (text, f"{column}{12 + number}" if column else None)


def workbook(sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, one in enumerate(sheets):
        sheet = book.create_sheet(f"表{number}")
        sheet.sheet_state = one.get("state", "visible")
        for row, cells in enumerate(one["rows"], 1):
            for column, value in enumerate(cells, 1):
                if value is not None:
                    sheet.cell(row, column, value)
        for area in one["merges"].split():
            sheet.merge_cells(area)
        for cell, number_format in one.get("formats", {}).items():
            sheet[cell].number_format = number_format
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def expected(one):
    """What the plain table holds, as far as this one has so many goals and indicators, with its differences."""
    plain = {} if "form" in one else PLAIN
    numbers = {"goals": one.get("goals", 2), "indicators": one.get("indicators", 10)}
    kept = {
        pointer: told
        for pointer, told in plain.items()
        if pointer.count("/") == 1 or int(pointer.split("/")[2]) < numbers[pointer.split("/")[1]]
    }
    own = {
        pointer: told if isinstance(told, list) else (told, None)
        for pointer, told in one.get("values", {}).items()
    }
    told = {**kept, **own}
    return numbers, {
        pointer: value for pointer, value in told.items() if pointer not in one.get("unsaid", ())
    }


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape["name"].split(":")[0])
def test_the_table_is_read_as_a_person_reads_it(shape):
    documents, _ = reading.read(files.load(workbook(shape["sheets"]), "表.xlsx"))
    assert [document.form for document in documents] == [
        one.get("form", "project_target") for one in shape["documents"]
    ]
    for document, one in zip(documents, shape["documents"], strict=True):
        numbers, told = expected(one)
        assert {name: len(document.values[name]) for name in numbers} == numbers
        values = {pointer: value for pointer, (value, _) in told.items() if pointer != "/goals"}
        assert {pointer: document.at(pointer) for pointer in values} == values
        cells = {pointer: cell for pointer, (_, cell) in told.items() if cell}
        assert {pointer: document.cells.get(pointer) for pointer in cells} == cells
