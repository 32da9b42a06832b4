"""What a drawn page looks like: goldens as text, and the laws that hold for any document."""

import itertools
import json
import os
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao import forms, resources
from jixiao.drawing import amounts, draw, sheet_name
from jixiao.model import Area, Page

GOLDEN = Path(__file__).parent / "golden"
EDITIONS = {form.key: form for form in forms.catalogue()}
EXAMPLES = resources.names("templates/examples/*.json")
PROJECT = forms.find("project_target", "gs-2024")
AGENCY = forms.find("agency_overall", "gs-2024")
AMOUNTS = ("total_funds", "fiscal_funds", "carryover_funds", "other_funds")


def dump(page: Page) -> str:
    """Write a page as a person would tell it."""
    paper = f"{'landscape' if page.landscape else 'portrait'} {'protected' if page.protected else 'open'}"
    lines = [f"sheet {page.sheet} {paper} columns {page.widths} repeat {page.print_titles} {page.stamp}", ""]
    for box in sorted(page.boxes, key=lambda one: one.area):
        value = "" if box.value is None else json.dumps(box.value, ensure_ascii=False)
        lines.append(f"{box.area.a1:9} {box.style:13} {value} {box.formula or ''}".rstrip())
    lines += ["", "heights " + " ".join(f"{row + 1}:{height:g}" for row, height in page.heights.items())]
    lines += ["folded " + " ".join(str(row + 1) for row in sorted(page.folded)), ""]
    lines += [f"list {one.area.a1} {one.source} | {one.prompt} | {one.error}" for one in page.dropdowns]
    lines += [f"number {one.area.a1} {one.prompt} | {one.error}" for one in page.numbers]
    lines += [f"prompt {one.area.a1} {one.title} | {one.text}" for one in page.prompts]
    lines += [f"alarm {one.area.a1} {one.formula}" for one in page.alarms]
    lines += [f"words {one.name} {' '.join(one.words)}" for one in page.lists]
    return "\n".join(lines) + "\n"


def example(name: str) -> tuple[forms.Form, dict]:
    data = json.loads(resources.text(name))
    return forms.find(data["form"], data["edition"]), data["values"]


def at(page: Page, a1: str):
    return next(box for box in page.boxes if box.area.a1.split(":")[0] == a1)


def column(page: Page, letter: str, first: int) -> list:
    boxes = sorted(page.boxes, key=lambda one: one.area.top)
    return [box.value for box in boxes if box.area.a1.startswith(letter) and box.area.top >= first - 1]


def agree(text: str, name: str):
    """Compare with the golden text; JIXIAO_GOLDEN=write draws it anew, to be read before it is kept."""
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("JIXIAO_GOLDEN") == "write":
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("key", EDITIONS)
def test_a_blank_form_is_its_golden_text(key):
    agree(dump(draw(EDITIONS[key], "表")), key.replace("@", "."))


@pytest.mark.parametrize(
    "name", ["templates/examples/2024-0-agency.json", "templates/examples/2024-2-water.json"]
)
def test_a_real_table_is_its_golden_text(name):
    form, values = example(name)
    agree(dump(draw(form, "表", values)), Path(name).stem)


def test_every_block_ends_with_its_spare_rows_and_one_merged_level1():
    page = draw(PROJECT, "表")
    assert column(page, "B", 13) == ["成本指标", "产出指标", "效益指标", "满意度指标"]
    assert column(page, "C", 13)[:5] == ["经济成本指标", "社会成本指标", "生态环境成本指标", None, None]
    assert column(page, "C", 13)[-3:] == ["服务对象满意度指标", None, None]
    assert sorted(row + 1 for row in page.folded) == [16, 17, 21, 22, 26, 27, 29, 30]
    assert at(page, "B13").area == Area(12, 1, 16, 1)


def test_a_level1_without_words_gets_open_rows():
    page = draw(AGENCY, "表")
    blocks = [
        box.area.bottom - box.area.top + 1 for box in page.boxes if box.value in ("部门管理", "履职效果")
    ]
    assert blocks == [4, 4]


def test_a_filled_form_has_exactly_the_rows_of_its_document():
    indicators = [
        {"level1": "效益指标", "level2": "社会效益指标", "name": "甲", "target": "≥1"},
        {"level1": "效益指标", "level2": "社会效益指标", "name": "乙", "target": None},
        {"level1": "成本指标", "level2": "经济成本指标", "name": "丙", "target": "=3"},
        {"level1": "效益指标", "level2": "经济效益指标", "name": "丁", "target": "4"},
    ]
    page = draw(PROJECT, "表", {"goals": ["一", None], "indicators": indicators})
    assert [at(page, "B9").value, at(page, "B10").value] == ["目标1：一", "目标2："]
    assert column(page, "B", 12) == ["效益指标", "成本指标", "效益指标"]
    assert at(page, "B12").area.a1 == "B12:B13"
    assert column(page, "D", 12) == ["甲", "乙", "丙", "丁"]
    assert column(page, "E", 12) == ["≥1", None, "=3", "4"]
    assert not page.folded


def test_blank_goals_carry_no_bare_number():
    assert [at(draw(PROJECT, "表"), f"B{row}").value for row in (9, 10, 11)] == [None, None, None]


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"department": "某局", "department_code": "123001"}, "某局（123001）"),
        ({"department": "某局", "department_code": None}, "某局"),
        ({"department_code": "123001"}, "（123001）"),
        ({}, None),
    ],
)
def test_department_and_code_stand_in_one_cell(values, text):
    assert at(draw(PROJECT, "表", values), "B4").value == text


@pytest.mark.parametrize(
    ("given", "shown"),
    [("615.51", 615.51), ("100", 100), ("0", 0), ("-3.5", -3.5), ("100万元左右", "100万元左右"), ("007", "007"),
     ("1.50", "1.50"), (None, None), ("0.000001", 0.000001)],
)  # fmt: skip
def test_money_is_a_number_where_it_is_canonical_and_text_as_typed_elsewhere(given, shown):
    value = at(draw(PROJECT, "表", {"fiscal_funds": given}), "C6").value
    assert (value, type(value)) == (shown, type(shown))


@pytest.mark.parametrize(
    ("total", "parts", "shown", "is_formula"),
    [
        (None, (None, None, None), "", True),
        ("100", ("70", "20", "10"), 100, True),
        ("0.3", ("0.1", "0.2", "0"), 0.3, True),
        ("99", ("70", "20", "10"), 99, False),
        ("100", ("70", "30", None), 100, False),
        ("100", (None, None, None), 100, False),
        (None, ("70", "20", "10"), None, False),
        ("一百", ("70", "20", "10"), "一百", False),
        ("90", ("70", "20", "十"), 90, False),
    ],
)
def test_a_sum_is_a_formula_only_where_it_says_what_the_document_says(total, parts, shown, is_formula):
    box = at(draw(PROJECT, "表", dict(zip(AMOUNTS, (total, *parts), strict=True))), "C5")
    assert box.value == shown
    assert box.formula == ('=IF(COUNT(C6:C8)=0,"",ROUND(SUM(C6:C8),6))' if is_formula else None)


def test_a_total_that_is_left_out_is_calculated_through_its_parts():
    page = draw(AGENCY, "表", {"personnel": "595.51", "operating": "20", "projects": "1022"})
    shown = {box.formula: box.value for box in page.boxes if box.formula}
    assert sorted(map(str, shown.values())) == ["", "1637.51", "615.51"]


def test_a_form_in_yuan_shows_yuan():
    form = forms.Form(**{**vars(PROJECT), "money": "元"})
    page = draw(form, "表", dict(zip(AMOUNTS, ("100.5", "100", "0.5", "0"), strict=True)))
    assert [at(page, cell).value for cell in ("C5", "C6", "C7")] == [1005000, 1000000, 5000]
    assert any(alarm.formula.endswith(">50)") for alarm in page.alarms)


def test_an_open_vocabulary_has_no_mismatch_alarm():
    assert [one.area.a1 for one in draw(AGENCY, "表").alarms if "COUNTIFS" in one.formula] == []
    assert [one.area.a1 for one in draw(PROJECT, "表").alarms if "COUNTIFS" in one.formula] == ["C13:C30"]


text = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60)
money = st.none() | st.decimals(0, 10**8, places=2).map(lambda one: f"{one.normalize():f}")


@st.composite
def documents(draw_from):
    form = draw_from(st.sampled_from(list(EDITIONS.values())))
    level1 = st.sampled_from([*form.words().level1, "别的指标"]) | st.none()
    indicator = st.fixed_dictionaries(
        {"level1": level1, "level2": text | st.none(), "name": text | st.none(), "target": text | st.none()}
    )
    fields = [field for field, _, _ in form.fields() if field != "goals"]
    values = {field: draw_from(money if field.endswith("funds") else text) for field in fields}
    optional = {
        "goals": draw_from(st.lists(text | st.none(), max_size=5)),
        "indicators": draw_from(st.lists(indicator, max_size=9)),
        "year": draw_from(st.integers(2000, 2099) | st.none()),
    }
    return form, values | {key: value for key, value in optional.items() if draw_from(st.booleans())}


@given(documents())
@settings(max_examples=60)
def test_every_cell_of_the_grid_is_covered_by_exactly_one_box(document):
    """No overlap and no hole: the border is closed, and a merge never meets another."""
    form, values = document
    page = draw(form, "表", values)
    bottom = max(box.area.bottom for box in page.boxes)
    covered = [
        (row, column)
        for box in page.boxes
        for row in range(box.area.top, box.area.bottom + 1)
        for column in range(box.area.left, box.area.right + 1)
    ]
    assert sorted(covered) == list(itertools.product(range(bottom + 1), range(len(form.widths))))
    assert set(page.heights) == set(range(bottom + 1))
    assert max(page.heights.values()) <= 409


@given(documents())
@settings(max_examples=60)
def test_every_text_of_the_document_is_on_the_page(document):
    form, values = document
    shown = [box.value for box in draw(form, "表", values).boxes]
    for indicator in values.get("indicators") or []:
        for key in ("level2", "name", "target"):
            assert indicator[key] is None or indicator[key] in shown
    for n, goal in enumerate(values.get("goals") or [], start=1):
        assert f"目标{n}：{goal or ''}" in shown


@given(documents())
@settings(max_examples=30)
def test_a_cell_has_at_most_one_input_rule(document):
    page = draw(document[0], "表", document[1])
    areas = [one.area for one in (*page.dropdowns, *page.numbers, *page.prompts)]
    cells = [
        (row, column)
        for area in areas
        for row in range(area.top, area.bottom + 1)
        for column in range(area.left, area.right + 1)
    ]
    assert len(cells) == len(set(cells))


@pytest.mark.parametrize("key", EDITIONS)
def test_excel_s_limits_for_formulas_and_prompts_hold(key):
    page = draw(EDITIONS[key], "表", {"indicators": [{"level1": "成本指标"}] * 200})
    assert all(len(one.source) <= 256 for one in page.dropdowns)
    assert all(len(one.formula) <= 256 for one in page.alarms)
    shown = [(one.prompt_title, one.prompt) for one in (*page.dropdowns, *page.numbers)]
    for title, prompt in [*shown, *((one.title, one.text) for one in page.prompts)]:
        assert len(title) <= 32
        assert len(prompt) <= 255


@given(st.text(max_size=50), st.sets(st.text(max_size=8), max_size=3))
def test_a_sheet_name_is_one_that_excel_takes(wanted, taken):
    for _ in range(3):
        name = sheet_name(wanted, taken)
        assert 1 <= len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\")
        assert name == name.strip("' ")
        assert name.casefold() not in {one.casefold() for one in taken} | {"history"}
        taken = taken | {name}


@given(st.text(st.characters(categories=["Lo", "Nd"]), min_size=1, max_size=31))
def test_a_fine_name_stays_as_it_is(wanted):
    if len(wanted.encode("utf-16-le")) <= 62:
        assert sheet_name(wanted, set()) == wanted


@pytest.mark.parametrize(
    ("wanted", "taken", "name"),
    [
        ("项目", {"项目"}, "项目(2)"),
        ("项目", {"项目", "项目(2)"}, "项目(3)"),
        ("A/B:C?", set(), "A B C"),
        ("", set(), "表"),
        ("'''", set(), "表"),
        ("History", set(), "History(2)"),
        ("_jixiao", set(), "_jixiao(2)"),
        ("abc", {"ABC"}, "abc(2)"),
        ("目" * 40, {"目" * 31}, "目" * 28 + "(2)"),
        ("😀" * 20, set(), "😀" * 15),
    ],
)
def test_sheet_names(wanted, taken, name):
    assert sheet_name(wanted, taken) == name


def test_an_amount_is_exact_or_it_is_text():
    assert amounts.exact("123456789.123456") == Decimal("123456789.123456")
    assert amounts.exact("1234567890.123456") is None
