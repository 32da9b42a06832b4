"""Money and targets: a table that a clerk can read, and laws beside it."""

import math
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao import values

MONEY = """
| typed          | in 万元 form | in 元 form |
| 100            | 100          | 0.01       |
| 1,022.00       | 1022         | 0.1022     |
| １００         | 100          | 0.01       |
| 100万元        | 100          | 100        |
| 100 万元       | 100          | 100        |
| 2000万         | 2000         | 2000       |
| 1.5亿元        | 15000        | 15000      |
| 5000元         | 0.5          | 0.5        |
| 3万5500元      | 3.55         | 3.55       |
| 3万 5,500.50元 | 3.55005      | 3.55005    |
| 3万零500元整   | 3.05         | 3.05       |
| -3万5千元      | -3.5         | -3.5       |
| 1亿2000万元    | 12000        | 12000      |
| 1亿2000万      | 12000        | 12000      |
| 1亿5000元      | 10000.5      | 10000.5    |
| 3万5           | 3万5         | 3万5       |
| 3万5元         | 3万5元       | 3万5元     |
| 3万55000元     | 3万55000元   | 3万55000元 |
| 5500元3万      | 5500元3万    | 5500元3万  |
| ￥100          | 100          | 0.01       |
| -5             | -5           | -0.0005    |
| 0.00           | 0            | 0          |
| 595.510000     | 595.51       | 0.059551   |
| 约100          | 约100        | 约100      |
| 1,02           | 1,02         | 1,02       |
| 一百万         | 一百万       | 一百万     |
| 壹佰万元整       | 100       | 100     |
| 人民币叁拾伍万陆仟元整 | 35.6 | 35.6 |
| 壹佰元伍角       | 壹佰元伍角   | 壹佰元伍角 |
| 1.1E6        | 1100000   | 110     |
| 100万元左右    | 100万元左右  | 100万元左右 |
| #REF!          | #REF!        | #REF!      |
"""
TARGETS = """
| text             | operator | value | measure |
| ≥95%             | ≥        | 95    | %       |
| ＞９５％         | >        | 95    | %       |
| 》95%            | >        | 95    | %       |
| >=95.50%         | ≥        | 95.5  | %       |
| 不低于95%        | ≥        | 95    | %       |
| 95%以上          | ≥        | 95    | %       |
| 不超过100万元    | ≤        | 100   | 万元    |
| 5万元以内        | ≤        | 5     | 万元    |
| 7个工作日内      | ≤        | 7     | 个工作日 |
| > 135 万元       | >        | 135   | 万元    |
| 100万元          |          | 100   | 万元    |
| 28000人/次       |          | 28000 | 人/次   |
| 3次/辆·年        |          | 3     | 次/辆·年 |
| 1,022.00元       |          | 1022  | 元      |
| 7部              |          | 7     | 部      |
| 100              |          | 100   |         |
| 否               |          |       |         |
| 7个工作日内缴纳  |          |       |         |
| 2024年1-12月     |          |       |         |
| 后勤人员考核达标率>95% |    |       |         |
"""


KINDS = {
    "blank": "空白", "declined": "不涉及", "number": "数值", "range": "范围", "deadline": "期限", "period": "时段", "grade": "定性",
    "yes_no": "是否", "several": "多项", "phrase": "话里有数", "negation": "否定", "text": "文字",
}  # fmt: skip
FIELD = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (Path(__file__).parent / "table.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| 指标值 ")
]


def shown(target):
    """What `table.md` shows of a parse."""

    def date(moment):
        return ".".join(str(part or "—") for part in (moment.year, moment.month, moment.day))

    span = "" if target.span is None else date(target.span.last)
    if target.span and target.span.first:
        span = f"{date(target.span.first)} 至 {span}"
    numbers = "；".join(
        f"{one.operator or ''}{one.low}{f'~{one.high}' if one.high else ''}{one.measure or ''}"
        for one in target.quantities
    )
    stated = [target.operator or "", target.value or "", target.measure or ""]
    return [target.raw, KINDS[target.kind], *stated, numbers, span, values.written(target)]


def lines(table):
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")] for line in table.strip().splitlines()
    ]
    return rows[1:]


@pytest.mark.parametrize(("typed", "wan", "yuan"), lines(MONEY))
def test_money_is_read_in_the_form_s_unit_unless_the_cell_says_its_own(typed, wan, yuan):
    assert values.money(typed, "万元") == wan
    assert values.money(typed, "元") == yuan


@pytest.mark.parametrize(("text", "operator", "value", "measure"), lines(TARGETS))
def test_a_target_is_taken_apart(text, operator, value, measure):
    parsed = values.parse(text)
    assert (parsed.operator or "", parsed.value or "", parsed.measure or "") == (operator, value, measure)
    assert parsed.raw == text


@pytest.mark.parametrize("row", FIELD, ids=lambda row: row[0])
def test_a_target_from_the_field_is_read_as_the_table_shows(row):
    assert shown(values.parse(row[0])) == row


def test_the_table_holds_enough_and_every_real_target(examples):
    known = [row[0] for row in FIELD]
    assert len(set(known)) >= 300
    real = [one["target"] for document in examples for one in document.values["indicators"]]
    assert known[: len(real)] == real
    assert {row[1] for row in FIELD} == set(KINDS.values()) - {"空白"}


@given(
    st.one_of(
        st.text(),
        st.sampled_from([row[0] for row in FIELD]),
        st.from_regex(r"[≥≤]?\d{1,4}[%人月年天至-]{1,3}\d{0,3}[月日前内]?"),
    )
)
def test_the_parse_of_the_canonical_print_is_the_parse(text):
    parsed = values.parse(text)
    assert replace(values.parse(values.written(parsed)), raw="") == replace(parsed, raw="")


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert values.folded(values.folded(text)) == values.folded(text)


@pytest.mark.parametrize(
    ("measure", "standard", "dimension"),
    [
        ("人/次", "人次", None), ("㎡", "平方米", "area"), ("平米", "平方米", "area"), ("万人次", "万人次", "people"),
        ("元/人·天", "元/人·天", "money"), ("个工作日", "个工作日", "time"), ("个乡镇", "个乡镇", "things"),
        ("辆车", None, "things"), ("咚", None, None), ("", None, None), ("元/", "元/", "money"), ("/10万", "/10万", "rate"),
    ],
)  # fmt: skip
def test_a_measure_has_a_usual_spelling_and_a_dimension(measure, standard, dimension):
    known = values.measure_of(measure)
    if dimension:
        assert known.dimension == dimension
    elif standard is None:
        assert known is None
    if standard:
        assert values.respelled(measure) == standard


@pytest.mark.parametrize(
    ("number", "shown"),
    [(3.0, "3"), (0.1 + 0.2, "0.3"), (595.51, "595.51"), (1e21, "1" + "0" * 21), (True, "TRUE"), (None, "")],
)
def test_a_number_is_shown_as_it_was_typed(number, shown):
    assert values.shown(number) == shown


@pytest.mark.parametrize(("number", "shown"), [(0.95, "95%"), (1.0, "100%"), (0.955, "95.5%"), (0.29, "29%")])
def test_a_percent_format_is_shown_as_percent(number, shown):
    assert values.shown(number, "0%") == shown


@given(st.text())
def test_any_text_has_a_parse_and_a_money_reading(text):
    assert values.parse(text).raw == text
    read = values.money(text, "万元")
    assert read is None or isinstance(read, str)


@given(st.decimals(min_value=-999_999_999, max_value=999_999_999, places=6, allow_nan=False))
def test_canonical_money_reads_back_to_itself_as_text_and_as_number(number):
    text = values.canonical(number)
    assert Decimal(text) == number
    assert values.money(text, "万元") == text
    assert values.money(float(text), "万元") == text


@given(
    st.sampled_from("≥≤=><"),
    st.integers(0, 10**9),
    st.sampled_from(["%", "万元", "人次", "个工作日", "元/人次"]),
)
def test_what_is_composed_is_parsed(operator, number, measure):
    parsed = values.parse(f"{operator}{number}{measure}")
    assert (parsed.operator, parsed.value, parsed.measure) == (operator, str(number), measure)


@pytest.mark.parametrize(
    ("text", "plain"),
    [(r"$\geq 95\%$", "≥95%"), (r"$> 135$ 万元", "$> 135$ 万元"), (r"\leq 5", "≤ 5"), ("100元", "100元")],
)
def test_latex_remains_are_undone_and_other_dollars_stay(text, plain):
    assert values.without_latex(text) == plain


def test_an_amount_is_money_and_a_unit_cost_is_none():
    assert values.amount("≤175万元") == Decimal(175)
    assert values.amount("5000元") == Decimal("0.5")
    assert values.amount("100元/人次") is None
    assert values.amount("95%") is None


@pytest.mark.parametrize(
    ("one", "other"),
    [("新建1.5公里道路", "新建15公里道路"), ("1-2号楼维修", "12号楼维修"), ("比例3:1", "比例31")],
)
def test_names_that_differ_between_digits_are_not_the_same(one, other):
    assert values.key(one) != values.key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("项 目 名 称：", "项目名称"), ("（万元）", "万元"), ("ＡＢ", "ab"), ("１．５", "1.5")]
)
def test_names_that_differ_in_writing_only_are_the_same(one, other):
    assert values.key(one) == values.key(other)


@given(st.floats(), st.sampled_from(["", "0%", '0"元"', "yyyy", "[>=100]0;0", "0!.0,"]))
def test_any_number_has_a_text_and_a_money_reading(number, number_format):
    """Also what is no number, which a broken file may hold: it is never an amount."""
    text, read = values.shown(number, number_format), values.money(number, "元", number_format)
    assert isinstance(text, str)
    assert isinstance(read, str)
    assert math.isfinite(number) or values.decimal(read) is None
    assert values.unit_kept(number, "元", number_format)
