"""The dropdown of level 3 offers what the library has for the level 2 of its row, and never forbids another word."""

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from jixiao import choices, drawing, forms, library, schemas
from jixiao.model import Spot
from jixiao.office.writing import workbook

PROBE = Path(__file__).parent / "office" / "calc_probe.py"
PROJECTS = [form for form in forms.catalogue() if form.form == "project_target"]
WORDS = schemas.vocabulary("p-2021")


def pairs(words, text=""):
    keys, names = choices.named_library(words, text)
    assert (keys.name, names.name) == choices.library_names(words, text)
    return list(zip(keys.words, names.words, strict=True))


@pytest.mark.parametrize("form", PROJECTS, ids=lambda one: one.key)
@pytest.mark.parametrize("text", ["", "电梯维修", "没有人认得的项目"])
def test_every_level2_has_its_own_words_in_one_block(form, text):
    """`INDEX(…):INDEX(…)` offers a block: words of one level 2 that stood apart would bring in those between."""
    words = form.words()
    found = pairs(words, text)
    blocks = [level2 for n, (level2, _) in enumerate(found) if n == 0 or found[n - 1][0] != level2]
    assert blocks == [child for parent in words.level1 for child in words.level2[parent]]
    for level2 in blocks:
        wanted = library.suggest(level2, text, words) or library.offered(level2)
        assert [name for child, name in found if child == level2] == [one.name for one in wanted]


def test_a_project_that_is_recognised_is_offered_its_own_subjects():
    quality = [name for level2, name in pairs(WORDS, "电梯费") if level2 == "质量指标"]
    assert quality == ["电梯年检合格率", "电梯完好率"]


def test_a_vocabulary_that_the_library_does_not_know_has_no_lists():
    assert choices.named_library(schemas.vocabulary("gs-agency")) == ()


@pytest.mark.parametrize("form", PROJECTS, ids=lambda one: one.key)
def test_free_text_is_never_forbidden_and_excel_takes_the_dropdown(form):
    """As far down and as far right as tables stand, whatever they are about."""
    every = "".join(one.keywords[0] for one in library.catalogue())
    found = choices.level3(form.words(), Spot(998, 25), 24, 900, every)
    assert len(library.subjects(every)) == len(library.catalogue())
    assert found.error == ""
    assert found.blank
    assert len(found.source) <= choices.LONGEST_FORMULA
    assert len(found.prompt_title) <= 32
    assert len(found.prompt) <= 255
    names = [name for lists in (choices.named, choices.named_library) for name in lists(form.words())]
    assert len({one.name for one in names}) == len(names)


def test_calc_offers_the_words_of_the_rows_level2_and_no_other(tmp_path):
    """A spare row, whose level 2 is blank, is offered what the row above it is."""
    form = PROJECTS[0]
    words, page = form.words(), drawing.draw(form, "表")
    heading = next(one.area for one in page.boxes if one.value == "二级指标")
    filled = {one.area.top for one in page.boxes if one.area.left == heading.left and one.value}
    spare = next(row for row in range(heading.bottom + 1, max(filled)) if row not in filled)
    first = heading.bottom + 1
    rows = [
        choices.level3(words, Spot(row, heading.left + 1), heading.left, heading.bottom, "电梯费")
        for row in (first, spare)
    ]
    strict = tuple(
        one._replace(error="检验用：不在列表中。", blank=False) for one in rows
    )  # Calc tells only then
    page = replace(page, dropdowns=strict, prompts=(), lists=choices.named_library(words, "电梯费"))
    (tmp_path / "a.xlsx").write_bytes(workbook([page]))
    heads = (Spot(first, heading.left), Spot(spare - 1, heading.left))
    job = {
        "ask": "accepted",
        "file": str(tmp_path / "a.xlsx"),
        "rows": [{"level2": one.area.a1, "head": head.a1} for one, head in zip(rows, heads, strict=True)],
        "level1": ["质量指标", "社会效益指标", "没有的指标"],
        "words": ["电梯年检合格率", "电梯完好率", "电梯困人故障次数", "餐厨垃圾产生量"],
    }
    run = subprocess.run(
        ["/usr/bin/python3", str(PROBE)],
        input=json.dumps([job]),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    quality, social = ["电梯年检合格率", "电梯完好率"], ["电梯困人故障次数"]
    assert [taken for _, _, taken in json.loads(run.stdout)[0]] == [quality, social, []] * 2
