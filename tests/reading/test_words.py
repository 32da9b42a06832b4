"""The words of labels: those that are made are keys as they stand, and a piece of any is known as one."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.reading import plain, words
from jixiao.reading.headings import column_of


@pytest.mark.parametrize(
    "made", [words.appropriations, words.carried_over, words.other_sources, words.by_government]
)
def test_every_label_that_is_made_is_its_own_key(made):
    assert [one for one in made() if words.label_key(one) != one] == []


def test_what_a_label_begins_or_ends_with_is_a_piece_and_nothing_else_is():
    onward, _ = plain._labels()
    pieces = {piece for word in onward for n in range(len(word) + 1) for piece in (word[:n], word[n:])}
    others = {text for piece in pieces for text in (f"{piece}甲", f"甲{piece}", piece[1:-1])} | pieces
    assert {one for one in others if plain._is_piece(one)} == pieces


@pytest.mark.parametrize(("typed", "label"), [("Project Name 项目名称", "项目名称"), ("A/B 指标值", "指标值"), ("其 中：\n财政拨款", "财政拨款"), ("其中 拨款", "拨款")])  # fmt: skip
def test_what_stands_in_front_of_a_label_is_no_part_of_it(typed, label):
    assert words.label_key(typed) == label


@given(st.text("甲（）()[]【】 ", max_size=12))
def test_without_brackets_is_without_each_pair_of_them(text):
    assert words.without_brackets(text) == words.IN_BRACKETS.sub("", text)


@pytest.mark.parametrize("text", ["A{}1", "A{}甲1", "其中{}", "（{}"])
@pytest.mark.parametrize("run", [" ", "/", "（", "A/", "\u3000"])
def test_a_label_full_of_one_thing_costs_no_time(text, run):
    """With a run parted in every way, or a bracket's end looked for from each beginning, one cell took a minute."""
    start = time.process_time()
    column_of(text.format(run * 20_000))
    assert time.process_time() - start < 2
