"""A text that a program assigns becomes what Excel would make of it when typed."""

# ruff: noqa: DTZ001  # a cell's date has no time zone

import datetime as dt

import pytest

from jixiao.office.libreoffice.formulas import moved
from jixiao.office.libreoffice.values import Written, moment_of, serial_of, typed, written


@pytest.mark.parametrize(
    ("text", "plain", "code"),
    [
        ("007", 7.0, None),
        ("1,234.5", 1234.5, None),
        ("-.5", -0.5, None),
        ("1e3", 1000.0, None),
        ("12%", 0.12, "0%"),
        ("12.5%", 0.125, "0.00%"),
        ("true", 1.0, "BOOLEAN"),
        ("2024-02-29", 45351.0, "m/d/yyyy"),
        ("2023-02-29", "2023-02-29", None),
        ("1,23", "1,23", None),
        ("≥95%", "≥95%", None),
        ("12 %", "12 %", None),
        ("１２", "１２", None),
        (".", ".", None),
        ("-", "-", None),
        ("1-2x", "1-2x", None),
        ("=", "=", None),
    ],
)
def test_typed_text(text, plain, code):
    assert typed(text) == Written(plain, code)


def test_a_text_cell_and_an_apostrophe_keep_the_text():
    assert written("007", as_text=True) == Written("007")
    assert written("'=x") == Written("=x")


@pytest.mark.parametrize(
    "moment", [dt.datetime(1900, 3, 1), dt.datetime(2024, 12, 31, 23, 59, 59), dt.datetime(9999, 12, 31)]
)
def test_a_moment_survives_its_day_number(moment):
    assert moment_of(serial_of(moment)) == moment


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("=A1+$B$1", "=C2+$B$1"),
        ("=SUM($A1:B$2,3.5)", "=SUM($A2:D$2,3.5)"),
        ("=LOG10(A1)", None),
        ('="A1"&A1', None),
        ("=Sheet2!A1", None),
        ("=A1:B2 B1:C3", None),
        ("=XFD1", None),
    ],
)
def test_relative_references_move_and_what_is_unsure_is_left_to_the_office(formula, result):
    assert moved(formula, 1, 2) == result
