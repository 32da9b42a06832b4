"""The fast judge and the reference judge find the same; the real tables are judged as they are."""

import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao import resources, schemas
from jixiao.values import parse

EXAMPLES = [json.loads(resources.text(name)) for name in resources.names("templates/examples/*.json")]
WORDS = {"project_target": "p-2021", "agency_overall": "gs-agency"}


def complete(values):
    values = copy.deepcopy(values)
    for one in values["indicators"]:
        target = parse(one["target"])
        one.update(operator=target.operator, value=target.value, measure=target.measure)
    return values


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one["sheet"])
def test_the_real_tables_satisfy_the_schema_but_for_the_blank_income_sources(example):
    found = schemas.violations(example["form"], WORDS[example["form"]], complete(example["values"]))
    blank = (
        ["/carryover_funds", "/fiscal_funds", "/other_funds"] if example["form"] == "agency_overall" else []
    )
    assert [(one.pointer, one.keyword) for one in found] == [(pointer, "type") for pointer in blank]


SCALARS = st.one_of(
    st.none(),
    st.text(max_size=5),
    st.integers(),
    st.sampled_from(["0", "-0", "1.50", "1e5", "成本指标", "数量指标"]),
)


@settings(max_examples=200)
@given(st.data())
def test_both_judges_find_the_same_in_any_spoilt_document(data):
    example = data.draw(st.sampled_from(EXAMPLES))
    values = complete(example["values"])
    for _ in range(data.draw(st.integers(0, 4))):
        holder = data.draw(st.sampled_from([values, *values["indicators"]]))
        name = data.draw(st.sampled_from(sorted(holder)))
        if data.draw(st.booleans()):
            holder[name] = data.draw(SCALARS)
        else:
            holder.pop(name)
        if not isinstance(values.get("indicators"), list) or not all(
            isinstance(x, dict) for x in values["indicators"]
        ):
            break
    document = schemas.document_schema(example["form"], WORDS[example["form"]])
    fast = {(one.pointer, one.keyword) for one in schemas.fast(document)(values)}
    reference = {(one.pointer, one.keyword) for one in schemas.reference(document)(values)}
    assert fast == reference


@pytest.mark.parametrize("name", schemas.vocabularies())
def test_a_vocabulary_offers_what_it_accepts(name):
    words = schemas.vocabulary(name)
    schema = schemas.schema(f"vocabulary/{name}")
    judge = schemas.reference(schema)
    for level1 in words.level1:
        for level2 in words.level2.get(level1, ()):
            assert not list(judge({"level1": level1, "level2": level2}))
        if level1 in words.closed:
            assert [one.pointer for one in judge({"level1": level1, "level2": "没有这个词"})] == ["/level2"]
    for level in ("level1", "level2"):
        known = (
            set(words.level1)
            if level == "level1"
            else {word for one in words.level2.values() for word in one}
        )
        assert set(words.synonyms.get(level, {}).values()) <= known


def test_short_names_of_vocabularies_differ():
    shorts = [schemas.vocabulary(name).short for name in schemas.vocabularies()]
    assert len(set(shorts)) == len(shorts)


@pytest.mark.parametrize("text", ["0", "1637.51", "-5", "0.000001", "-0.5", "999999999.999999"])
def test_canonical_money_is_accepted(text):
    values = complete(EXAMPLES[1]["values"]) | {"total_funds": text}
    assert schemas.violations("project_target", "p-2021", values) == []


@pytest.mark.parametrize(
    "text", ["", "-0", "1.50", "01", "1e5", "100万元", ".5", "1.", "1,000", "1.1234567", "٣"]
)
def test_other_money_is_refused_at_its_field(text):
    values = complete(EXAMPLES[1]["values"]) | {"total_funds": text}
    assert [one.pointer for one in schemas.violations("project_target", "p-2021", values)] == ["/total_funds"]
