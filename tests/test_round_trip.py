"""What is drawn is read back, for any document that the schema allows."""

import string

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from jixiao import drawing, forms, reading, schemas
from jixiao.office import files, writing
from jixiao.reading.words import known_labels, label_key
from jixiao.values import canonical, parse, without_latex

COLUMNS = ("level1", "level2", "name", "target")
ALPHABET = (
    "甲乙丙丁戊己庚辛壬癸项目维修水费电梯公务"
    + string.ascii_letters
    + string.digits
    + "，。、；“”！？%≥≤=+-@'\"&<>/ \n"
)


def is_plain(text):
    """Text of which no part reads as something printed: a label, a numbered goal, a remark below the table."""
    parts = {label_key(part) for part in (text, text.split("：")[0], text.split(":")[0])}
    return (
        text == text.strip()
        and not parts & known_labels()
        and without_latex(text) == text
        and label_key(text)
    )


TEXT = st.text(ALPHABET, min_size=1, max_size=60).map(str.strip).filter(bool).filter(is_plain)
MONEY = st.none() | st.decimals(-999_999_999, 999_999_999, places=6, allow_nan=False).map(canonical)


def indicator(words):
    """Any row of the vocabulary: official words, a name and a target, or an official row left blank."""

    def rows(level1):
        offered = words.level2.get(level1, ())
        level2 = (
            st.sampled_from(offered)
            if level1 in words.closed
            else TEXT.filter(lambda text: text not in words.level1)
        )
        return st.fixed_dictionaries(
            {"level1": st.just(level1), "level2": level2, "name": TEXT, "target": st.none() | TEXT}
        )

    return st.sampled_from(words.level1).flatmap(rows)


def values(form):
    schema = schemas.schema(form.form)["properties"]
    fields = {}
    for name, _, _ in form.fields():
        fields[name] = MONEY if schemas.is_money(form.form, name) else st.none() | TEXT
    goal = TEXT.filter(lambda text: "目标" not in text and not text[0].isdigit())
    fields.update(year=st.integers(2000, 2099), goals=st.lists(goal, min_size=1, max_size=5))
    if "department_code" in schema:
        fields["department"] = TEXT.filter(lambda text: not any(letter.isdigit() for letter in text))
        fields["department_code"] = st.none() | st.text(string.digits, min_size=3, max_size=12)
    fields["indicators"] = st.lists(indicator(form.words()), min_size=1, max_size=12)
    return st.fixed_dictionaries(fields)


@pytest.mark.parametrize("form", forms.catalogue(), ids=lambda form: form.key)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(data=st.data())
def test_what_is_drawn_is_read_back(form, data):
    document = data.draw(values(form))
    assume(
        len({(one["level2"], one["name"]) for one in document["indicators"]}) == len(document["indicators"])
    )
    workbook = writing.workbook([drawing.draw(form, "表", document)])
    (read,), remarks = reading.read(files.load(workbook, "表.xlsx"))
    assert remarks == ()
    assert (read.form, read.edition, read.money) == (form.form, form.edition, form.money)
    got = {key: value for key, value in read.values.items() if key != "indicators"}
    assert got == {key: document[key] for key in got}
    assert [tuple(one[key] for key in COLUMNS) for one in read.values["indicators"]] == [
        tuple(one[key] for key in COLUMNS) for one in document["indicators"]
    ]
    for one in read.values["indicators"]:
        target = parse(one["target"] or "")
        assert (one["operator"], one["value"], one["measure"]) == (
            target.operator,
            target.value,
            target.measure,
        )


@pytest.mark.parametrize("form", forms.catalogue(), ids=lambda form: form.key)
def test_a_blank_table_is_read_as_blank_with_a_cell_for_every_field(form):
    (read,), _ = reading.read(
        files.load(writing.workbook([drawing.draw(form, "表", {"year": 2027})]), "表.xlsx")
    )
    assert read.values["year"] == 2027
    places = {field for field, _, _ in form.fields()}
    assert all(read.values[name] in (None, []) for name in places)
    assert {f"/{name}" for name in places} <= set(read.cells)
    assert all(one["name"] is None and one["target"] is None for one in read.values["indicators"])
    official = [(a, b) for a in form.words().level1 for b in form.words().level2.get(a, (None,))]
    assert [(one["level1"], one["level2"]) for one in read.values["indicators"]] == official
