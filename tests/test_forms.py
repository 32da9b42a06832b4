"""An edition is data; a broken one is refused with file, line and remedy."""

import tomllib

import pytest

from jixiao import forms, resources, schemas
from jixiao.errors import FormError, UsageError
from jixiao.forms import __main__ as generator

NAMES = resources.names("templates/*.toml")
GOOD = resources.text("templates/project_target.gs-2024.toml")


@pytest.mark.parametrize("name", NAMES)
def test_an_edition_opens_and_is_named_by_its_file(name):
    form = forms.load(name, resources.text(name))
    assert name == f"templates/{form.form}.{form.edition}.toml"
    assert form.words().level1


@pytest.mark.parametrize("form", forms.catalogue(), ids=lambda form: form.key)
def test_every_schema_leaf_has_a_place_and_every_place_a_leaf(form):
    places = {field for field, _, _ in form.fields()} | {name for name, _ in form.columns()}
    schema = schemas.schema(form.form)
    head = set(schema["required"]) - {"year", "department_code", "indicators"}
    assert head <= places
    assert places <= set(schema["properties"]) | set(forms.INDICATOR_COLUMNS)


@pytest.mark.parametrize("form", forms.catalogue(), ids=lambda form: form.key)
def test_no_two_labels_of_a_form_are_confused(form):
    """A label may repeat only where a block around it tells which is meant."""
    labels = [(cell.label, group) for _, cell, group in form.fields()]
    assert len(labels) == len(set(labels))


def line_of(text, part):
    return next(n for n, line in enumerate(text.splitlines(), 1) if part in line)


BROKEN = [
    ("since = 2024", 'since = "2024"', "since"),
    ('money = "万元"', 'money = "美元"', "万元、元"),
    ('vocabulary = "p-2021"', 'vocabulary = "p-2099"', "p-2099"),
    ('field = "project_name"', 'field = "projekt"', "projekt"),
    ('field = "project_name", span = 4', 'field = "project_name", span = 3', "占 4 列"),
    ('{ field = "project_name", span = 4 }', '{ feild = "project_name", span = 4 }', "feild"),
    ('repeat = "goals"', 'repeat = "gaols"', "gaols"),
    ('caption = "（{year}年度）"', 'caption = "（年度）"', "caption"),
    ('title = "项目支出绩效目标表"\n', "", "title"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "told"), BROKEN, ids=[after or "title left out" for _, after, _ in BROKEN]
)
def test_a_broken_edition_is_refused_with_file_and_remedy(before, after, told):
    assert before in GOOD
    with pytest.raises(FormError) as caught:
        forms.load("templates/x.toml", GOOD.replace(before, after, 1))
    sentence = str(caught.value)
    assert sentence.startswith("templates/x.toml 第 ")
    assert told in sentence
    assert sentence.endswith("。")


@pytest.mark.parametrize(
    ("before", "after"), [('money = "万元"', 'money = "美元"'), ("since = 2024", "since = 1")]
)
def test_the_line_is_the_line_of_the_fault(before, after):
    text = GOOD.replace(before, after, 1)
    with pytest.raises(FormError, match=rf"第 {line_of(text, after)} 行"):
        forms.load("x.toml", text)


def test_a_fault_inside_a_row_names_that_row():
    text = GOOD.replace('field = "carryover_funds"', 'field = "carry"', 1)
    header = max(
        n
        for n, line in enumerate(text.splitlines(), 1)
        if line == "[[rows]]" and n < line_of(text, '"carry"')
    )
    with pytest.raises(FormError, match=rf"第 {header} 行"):
        forms.load("x.toml", text)


def test_text_that_is_no_toml_names_the_line():
    text = GOOD.replace('money = "万元"', 'money = "万元', 1)
    with pytest.raises(tomllib.TOMLDecodeError):
        tomllib.loads(text)
    with pytest.raises(FormError, match=rf"第 {line_of(text, 'money =')} 行"):
        forms.load("x.toml", text)


def test_a_missing_field_is_told():
    at = GOOD.index('[[rows]]\ncells = [{ label = "其他资金"')
    until = GOOD.index("[[rows]]", at + 5)
    with pytest.raises(FormError, match="other_funds"):
        forms.load("x.toml", (GOOD[:at] + GOOD[until:]).replace("down = 4", "down = 3"))


def test_an_unknown_form_or_edition_is_answered_with_what_there_is():
    with pytest.raises(UsageError, match="project_target"):
        forms.find("项目表")
    with pytest.raises(UsageError, match="gs-2024"):
        forms.find("project_target", "gs-1999")
    assert forms.find("project_target").edition == "gs-2024"


def test_the_catalogue_page_is_not_stale():
    """Write it anew with: python -m jixiao.forms > templates/CATALOGUE.md."""
    assert resources.text("templates/CATALOGUE.md") == generator.page()
