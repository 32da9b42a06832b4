"""Grouping, which xlwings has no way to in Excel either, is refused in a sentence."""

import pytest


@pytest.mark.parametrize("word", ["group", "ungroup"])
@pytest.mark.parametrize(("address", "by"), [("2:4", None), ("B:C", None), ("B2:C4", "rows")])
def test_grouping_is_refused_in_a_sentence(book, word, address, by):
    with pytest.raises(NotImplementedError, match=rf"Range\.{word} is not available with LibreOffice"):
        getattr(book.sheets[0].range(address), word)(by)


def test_a_cell_without_rows_or_columns_told_is_xlwings_own_sentence(book):
    with pytest.raises(ValueError, match="Either provide a range"):
        book.sheets[0].range("B2").group()
