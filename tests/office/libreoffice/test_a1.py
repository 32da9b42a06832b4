"""Addresses are read and written without an office."""

import pytest

from jixiao.office.libreoffice.a1 import (
    COLUMNS,
    ROWS,
    Block,
    address,
    column_letters,
    column_number,
    parse,
    quoted_sheet,
    split_sheet,
)


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("A1", Block(1, 1)),
        ("$B$2:D5", Block(2, 2, 4, 3)),
        ("D5:B2", Block(2, 2, 4, 3)),
        ("B:C", Block(1, 2, ROWS, 2)),
        ("3:4", Block(3, 1, 2, COLUMNS)),
        ("XFD1048576", Block(ROWS, COLUMNS)),
        ("A", None),
        ("7", None),
        ("A0", None),
        ("0:3", None),
        ("A1:B", None),
        ("A1:B2:C3", None),
        ("XFE1", None),
        ("A1048577", None),
        ("", None),
        (":", None),
        ("名称", None),
    ],
)
def test_an_address_is_a_block_and_anything_else_is_none(text, block):
    assert parse(text) == block


@pytest.mark.parametrize(
    "block", [Block(1, 1), Block(2, 2, 4, 3), Block(1, 2, ROWS, 2), Block(3, 1, 2, COLUMNS)]
)
def test_what_is_written_is_read_back(block):
    assert parse(address(block)) == block
    assert parse(address(block, row_fixed=False, column_fixed=False)) == block


@pytest.mark.parametrize(("letters", "number"), [("A", 1), ("Z", 26), ("AA", 27), ("XFD", 16384)])
def test_letters_and_numbers_of_columns(letters, number):
    assert (column_number(letters), column_letters(number)) == (number, letters)


@pytest.mark.parametrize("name", ["Sheet1", "项目表", "My Sheet", "O'Neil", "A1", "2024", "a!b", "-"])
def test_a_quoted_sheet_is_split_off_again(name):
    assert split_sheet(f"{quoted_sheet(name)}!$A$1") == (name, "$A$1")


def test_two_blocks_span_the_smallest_that_holds_both():
    assert Block(5, 1, 2, 2).span(Block(1, 4)) == Block(1, 1, 6, 4)
