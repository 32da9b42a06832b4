"""A drawn form in LibreOffice Calc: dependent dropdowns on every row, room for every text, one A4 page wide."""

import json
import subprocess
from pathlib import Path

import pytest

from jixiao import forms, resources
from jixiao.drawing import draw
from jixiao.drawing.heights import width_in_points
from jixiao.model import Page
from jixiao.office.styles import STYLES
from jixiao.office.writing import workbook

PROBE = Path(__file__).with_name("calc_probe.py")
EDITIONS = {form.key: form for form in forms.catalogue()}
PROJECT = forms.find("project_target", "gs-2024")


def ask(*jobs):
    """Have Calc answer; a machine without soffice or python3-uno fails here, and shall."""
    run = subprocess.run(
        ["/usr/bin/python3", str(PROBE)],
        input=json.dumps(jobs),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def saved(path: Path, page: Page) -> str:
    path.write_bytes(workbook([page]))
    return str(path)


def drawn_pages() -> dict[str, Page]:
    pages = {key: draw(form, "表", {"year": 2026}) for key, form in EDITIONS.items()}
    for name in resources.names("templates/examples/*.json"):
        data = json.loads(resources.text(name))
        pages[Path(name).stem] = draw(forms.find(data["form"], data["edition"]), "表", data["values"])
    return pages


def level2_rows(page: Page) -> list[dict[str, str]]:
    """Return each level-2 cell with the first cell of the level-1 block that it stands in."""
    heads = {one.area.top: one.area for one in page.dropdowns if one.prompt_title == "一级指标"}
    rows = []
    for one in page.dropdowns:
        if one.prompt_title == "二级指标":
            top = max(head for head in heads if head <= one.area.top)
            rows.append({"level2": one.area.a1, "head": heads[top].a1})
    return rows


@pytest.mark.parametrize("key", [key for key, form in EDITIONS.items() if form.words().closed])
def test_every_row_of_a_blank_form_offers_the_words_of_its_block_and_no_other(tmp_path, key):
    """Also in the spare rows and below the first cell of a merged block, for whatever level 1 is chosen there."""
    form = EDITIONS[key]
    page, words = draw(form, "表"), form.words()
    rows = level2_rows(page)
    assert len(rows) == sum(len(one) + 2 for one in words.level2.values())
    children = sorted({word for some in words.level2.values() for word in some})
    job = {"ask": "accepted", "file": saved(tmp_path / "a.xlsx", page), "rows": rows}
    [answer] = ask(job | {"level1": [*words.level1, "没有的指标"], "words": [*children, "产出指标"]})
    assert len(answer) == len(rows) * (len(words.level1) + 1)
    for cell, level1, taken in answer:
        assert taken == sorted(words.level2.get(level1, ())), (cell, level1)


def test_no_text_is_cut():
    """Calc finds no text higher than the rows that we planned, at Excel's column widths."""
    asked, planned = ("text", "font", "size", "width"), []
    long = {"goals": ["提高后勤服务保障工作，" * 30, "abc def " * 60, "（一）" * 40], "indicators": [
        {"level1": "成本指标", "level2": "经济成本指标", "name": "≥95%，≤100 km/h、" * n, "target": "2026年10月31日前" * n}
        for n in range(1, 9)
    ]}  # fmt: skip
    for name, page in {**drawn_pages(), "long": draw(PROJECT, "表", long)}.items():
        for box in page.boxes:
            style = STYLES[box.style]
            if not isinstance(box.value, str) or not box.value:
                continue
            width = sum(width_in_points(page.widths[at]) for at in range(box.area.left, box.area.right + 1))
            height = sum(page.heights[row] for row in range(box.area.top, box.area.bottom + 1))
            text = (box.value, style["font_name"], style["font_size"], width)
            planned.append((text, name, box.area.a1, height))
    items = list(dict.fromkeys(text for text, *_ in planned))  # most labels stand in every table
    [heights] = ask({"ask": "heights", "texts": [dict(zip(asked, item, strict=True)) for item in items]})
    measured = dict(zip(items, heights, strict=True))
    cut = [(*plan, measured[plan[0]]) for plan in planned if measured[plan[0]] > plan[-1] + 0.05]
    assert cut == []


def test_every_table_prints_on_one_a4_page_in_width(tmp_path):
    files = [saved(tmp_path / f"{n}.xlsx", page) for n, page in enumerate(drawn_pages().values())]
    [answer] = ask({"ask": "pages", "files": files})
    assert answer == [[1, 210, 297]] * len(files)


def test_a_sum_appears_with_its_first_part(tmp_path):
    """Blank while nothing is entered, then the sum, without the add-in."""
    steps = [
        {"set": {}, "get": ["C5"]},
        {"set": {"C6": 0.1}, "get": ["C5"]},
        {"set": {"C7": 0.2, "C8": 1000}, "get": ["C5"]},
        {"set": {"C6": 0.123456}, "get": ["C5", "C6"]},
    ]
    [answer] = ask(
        {"ask": "calculated", "file": saved(tmp_path / "a.xlsx", draw(PROJECT, "表")), "steps": steps}
    )
    assert answer == [[""], ["0.10"], ["1,000.30"], ["1,000.323456", "0.123456"]]
