"""What a script without this project does: openpyxl in, jsonschema, openpyxl out; the baseline of the whole round."""

from __future__ import annotations

import sys
from pathlib import Path

from jsonschema import Draft202012Validator
from openpyxl import Workbook, load_workbook

MONEY = {"type": "number", "minimum": 0}
INDICATOR = {
    "type": "object",
    "required": ["level1", "level2", "name", "target"],
    "properties": {
        "level1": {
            "enum": ["成本指标", "产出指标", "效益指标", "满意度指标", "部门管理", "履职效果", "能力建设"]
        },
        "level2": {"type": "string", "minLength": 2},
        "name": {"type": "string", "minLength": 1},
        "target": {"type": "string", "minLength": 1},
    },
}
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["title", "name", "indicators"],
    "properties": {
        "title": {"enum": ["项目支出绩效目标表", "单位整体支出绩效目标表"]},
        "name": {"type": "string", "minLength": 2},
        "total": MONEY,
        "indicators": {"type": "array", "minItems": 4, "items": INDICATOR},
    },
}


def extract(rows: list[tuple]) -> dict:
    """Fixed addresses of one layout: all that a naive script can read."""
    start = next(n for n, row in enumerate(rows) if "一级指标" in row)
    wide = len(rows[start]) - 5
    above, indicators = None, []
    for row in rows[start + 1 :]:
        above = row[1] or above
        name, target = row[3 + wide], row[4 + wide]
        if name or target:
            indicators.append({"level1": above, "level2": row[2], "name": name, "target": str(target)})
    total = next((cell for cell in rows[4][2:] if isinstance(cell, int | float)), 0)
    return {"title": rows[0][0], "name": rows[2][1] or rows[2][2], "total": total, "indicators": indicators}


def main(folder: str, out: str) -> None:
    validator = Draft202012Validator(SCHEMA)
    book = Workbook()
    projects, indicators, findings = book.active, book.create_sheet("指标明细"), book.create_sheet("问题清单")
    for path in sorted(Path(folder).glob("*.xlsx")):
        for sheet in load_workbook(path, data_only=True).worksheets:
            if sheet.sheet_state != "visible":
                continue
            document = extract(list(sheet.iter_rows(values_only=True)))
            projects.append([path.name, sheet.title, document["name"], document["total"]])
            for one in document["indicators"]:
                indicators.append([path.name, sheet.title, *one.values()])
            for error in validator.iter_errors(document):
                findings.append([path.name, sheet.title, "/".join(map(str, error.path)), error.message])
    book.save(out)


if __name__ == "__main__":
    main(*sys.argv[1:])
