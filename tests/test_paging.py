"""Where printed pages begin: blocks stay whole, and what is counted on is said."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao import drawing, forms
from jixiao.drawing import paging
from jixiao.office import styles

PROJECT = forms.find("project_target", "gs-2024")
LEVELS = {"成本指标": "经济成本指标", "产出指标": "数量指标", "效益指标": "社会效益指标"}


def pages(tall, begins):
    """Return the rows of each printed page."""
    starts = [0, *begins, len(tall)]
    return [range(first, last) for first, last in itertools.pairwise(starts)]


@given(st.lists(st.lists(st.floats(15, 60), min_size=1, max_size=12), min_size=1, max_size=12))
def test_no_block_that_a_page_can_hold_is_cut(blocks):
    """Blocks follow each other, and every page but the first repeats its headings."""
    tall = dict(enumerate(height for block in blocks for height in block))
    firsts = [sum(map(len, blocks[:n])) for n in range(len(blocks))]
    spans = [(first, first + len(block) - 1) for first, block in zip(firsts, blocks, strict=True)]
    begins = paging.breaks(tall, spans, 400, repeated=30)
    for first, last in spans:
        if 30 + sum(tall[row] for row in range(first, last + 1)) <= 400:
            assert not any(first < row <= last for row in begins)
    for number, rows in enumerate(pages(tall, begins)[:-1]):
        assert sum(tall[row] for row in rows) + (30 if number else 0) <= 400


def test_a_page_that_ends_by_itself_before_a_block_is_said_too():
    """A program that takes one row more on the page would cut the block that follows."""
    tall = dict.fromkeys(range(30), 20.0)
    assert paging.breaks(tall, [(22, 29)], 200) == (10, 20)
    assert paging.breaks(tall, [(5, 8)], 200) == ()


def test_a_row_that_begins_a_page_anyway_counts():
    assert paging.breaks(dict.fromkeys(range(12), 20.0), [(9, 11)], 200, known=[4]) == (4,)


def indicators(count):
    return [
        {"level1": level1, "level2": level2, "name": f"指标{n}", "target": "≥95%"}
        for level1, level2 in LEVELS.items()
        for n in range(count)
    ]


@pytest.mark.parametrize("count", [1, 3, 8, 12, 20])
def test_a_long_form_begins_its_pages_with_a_level1_block(count):
    page = drawing.draw(PROJECT, "表", {"goals": ["甲"], "indicators": indicators(count)})
    firsts = {box.area.top for box in page.boxes if box.value in LEVELS}
    (heading,) = (box.area.top for box in page.boxes if box.value == "一级指标")
    assert set(page.breaks) <= firsts | {heading}
    assert bool(page.breaks) == (count > 6)


@pytest.mark.parametrize("form", forms.catalogue(), ids=lambda form: form.key)
def test_a_blank_form_stands_on_one_page(form):
    page = drawing.draw(form, "表", {"agency": "某某县机关事务管理局", "year": 2027})
    assert page.breaks == ()
    assert sum(page.heights.values()) <= paging.room(page.widths, landscape=page.landscape)


@pytest.mark.parametrize("style", ["input", "wrapped", "link", "text", "money_plain", "total"])
def test_no_text_touches_the_line_beside_it(style):
    assert styles.STYLES[style]["align"] in {"left", "right"}
    assert styles.indent(style) > 0
