"""The words of labels: those that are made are keys as they stand, and a piece of any is known as one."""

import pytest

from jixiao.reading import plain, words


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
