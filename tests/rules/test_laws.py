"""Whatever stands in a table, every rule ends, and says its findings in whole sentences that quote no machine's word."""

import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao import checking, values

LETTERS = "≥≤=<>％%0159.,，、。；-~—/·（）()【】“” \n一二十百千万亿两半分之元人次个月日年天内以上前率度满意是否无不提高加强费成本市县全级$\\"
TEXTS = st.one_of(st.none(), st.text(st.sampled_from(LETTERS), max_size=24), st.text(max_size=12))
WORDS = st.sampled_from(
    [
        "成本指标",
        "经济成本指标",
        "产出指标",
        "数量指标",
        "质量指标",
        "时效指标",
        "满意度指标",
        "服务对象满意度指标",
        None,
        "甲",
    ]
)
ROW = st.fixed_dictionaries({"level1": WORDS, "level2": WORDS, "name": TEXTS, "target": TEXTS})


def with_rows(document, rows, goals):
    """Put odd rows and goals into a clean document, blank texts as reading gives them."""
    parsed = [values.parse(one["target"] or "") for one in rows]
    indicators = [
        {
            **{key: value or None for key, value in one.items()},
            "operator": target.operator,
            "value": target.value,
            "measure": target.measure,
        }
        for one, target in zip(rows, parsed, strict=True)
    ]
    return replace(
        document,
        values={**document.values, "goals": [goal or None for goal in goals], "indicators": indicators},
    )


@settings(max_examples=200)
@given(
    st.lists(ROW, min_size=1, max_size=6),
    st.lists(TEXTS, min_size=1, max_size=3),
    st.sampled_from(["project_target", "agency_overall"]),
)
def test_every_rule_ends_on_every_table_and_speaks_in_sentences(table, rows, goals, form):
    document = with_rows(table(form=form), rows, goals)
    other = table("| 项目名称 | 水费 |") if form == "project_target" else table()
    for verdict in checking.check_all([document, other, document], "campaign"):
        for one in verdict.findings:
            assert one.message.endswith("。")
            assert one.suggestion.endswith(("。", "？"))
            assert not re.search(r"None|True|False|\{\}", re.sub("“[^”]*”", "", one.message))
            assert one.fix is None or one.fix.before != one.fix.after


@settings(max_examples=200)
@given(st.lists(ROW, min_size=1, max_size=4))
def test_a_fix_leaves_the_meaning_as_it_is(table, rows):
    """What a fix of a target changes is its spelling: the number, the operator and the measure are the same after it."""
    document = with_rows(table(), rows, ["缴纳电费"])
    for one in checking.check(document).findings:
        if one.fix and one.pointer.endswith("/target"):
            before, after = values.parse(one.fix.before), values.parse(one.fix.after)
            assert (before.kind, before.value, before.operator) == (after.kind, after.value, after.operator)
            assert values.respelled(before.measure or "") == values.respelled(after.measure or "")
