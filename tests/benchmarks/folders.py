"""Realistic folders of any size, seeded: what a finance office has in its inbox, made from the nine real tables.

One agency a workbook with its own table and eight projects, every project and half of its indicators under names of
their own; labels as people write them; 2 % of the files broken, 3 % sent twice, 1 % saved as .xls by an old computer.
"""

from __future__ import annotations

import io
import random
import zipfile
from functools import cache
from pathlib import Path

import xlwt

from jixiao import demo, drawing, forms
from jixiao.office import writing

FOLDER_FILES = 500
_AGENCY, _WORD = "单位名称占位", "指标占位"
_ROWS = 40  # every second of the 80 indicators of eight projects
# How the same label is written from one office to the next.
_SPELLED: tuple[dict[str, str], ...] = (
    {},
    {"项目名称": "项 目 名 称", "主管部门": "主管部门：", "实施单位": "实施单位（盖章）"},
    {
        "一级指标": "一级 指标",
        "二级指标": "二级 指标",
        "年度资金总额": "年度资金总额：",
        "项目名称": "项目 名称",
    },
    {"年度资金总额": "年度资金总额（万元）", "其他资金": "其他资金：", "实施单位": "实施\n单位"},
)
_PEOPLE = "城乡水利林业文教卫生民政司法交通住建农机统计审计信访档案粮食科技体育环保安监市场老龄残联"


def fill(folder: Path, count: int) -> None:
    """Write a folder of this many files."""
    chance, last = random.Random(count), b""
    for number in range(count):
        path = folder / f"{number // FOLDER_FILES:03}" / f"{number:05}-{agency(number)}.xlsx"
        path.parent.mkdir(exist_ok=True)
        fate = chance.random()
        if fate < 0.02:
            path.write_bytes(last[: len(last) // 2])
        elif fate < 0.05 and last:
            path.with_stem(f"{path.stem}-副本").write_bytes(last)
        elif fate < 0.06:
            path.with_suffix(".xls").write_bytes(xls(number))
        else:
            last = workbook(number)
            path.write_bytes(last)


def agency(number: int) -> str:
    """Return the name of an agency; no two differ by one letter only."""
    return f"和政县第{number}单位"


def workbook(number: int, word: str = "") -> bytes:
    """Return the workbook of an agency; a `word` makes it another version of the same."""
    chance = random.Random(number)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        for name, part in _base(chance.randrange(len(_SPELLED))).items():
            own = part
            if name == "xl/sharedStrings.xml":
                for row in range(_ROWS):
                    people = f"{''.join(chance.choices(_PEOPLE, k=3))}{word}"
                    own = own.replace(f"{_WORD}{row:02}".encode(), people.encode())
                own = own.replace(_AGENCY.encode(), agency(number).encode())
            book.writestr(name, own)
    return out.getvalue()


@cache
def _base(spelled: int) -> dict[str, bytes]:
    """Return the parts of one workbook with placeholders for its names."""
    pages, row = [], 0
    for one in demo.examples():
        values = {**one["values"], "agency": _AGENCY}
        if "project_name" in values:
            values |= {"project_name": f"{_WORD}{row:02}{values['project_name']}", "department": _AGENCY}
            indicators = []
            for at, indicator in enumerate(values["indicators"]):
                changed = {**indicator, "name": f"{_WORD}{row:02}{indicator['name']}"}
                indicators.append(changed if at % 2 else indicator)
                row += at % 2
            values["indicators"] = indicators
        form = forms.find(one["form"], one["edition"])
        known = {name for name, _, _ in form.fields()} | {"year", "goals", "indicators"}
        told = {key: value for key, value in values.items() if key in known}
        pages.append(drawing.draw(form, one["sheet"], told))
    with zipfile.ZipFile(io.BytesIO(writing.workbook(pages))) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    for label, written in _SPELLED[spelled].items():
        text = parts["xl/sharedStrings.xml"]
        parts["xl/sharedStrings.xml"] = text.replace(f">{label}<".encode(), f">{written}<".encode())
    return parts


def xls(number: int) -> bytes:
    """Return one project of an agency as an .xls, as an old computer saves it."""
    table = demo.examples()[8]["values"]
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    rows = [
        ["项目支出绩效目标表"],
        ["项目名称", f"电梯改造{number}"],
        ["主管部门", agency(number), "实施单位", agency(number)],
        ["年度资金总额", "50"],
        ["一级指标", "二级指标", "三级指标", "指标值"],
    ]
    rows += [
        [one[key] or "" for key in ("level1", "level2", "name", "target")] for one in table["indicators"]
    ]
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            sheet.write(at, column, text)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
