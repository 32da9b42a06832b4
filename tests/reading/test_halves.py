"""Tables side by side are taken apart in steps that grow with the sheet, whatever stands on it."""

import sys

import pytest
from blocks import FUNDS, GOAL, HEAD, ROWS
from blocks import HEADING as OF_INDICATORS

from jixiao import reading
from jixiao.model import Book, Grid
from jixiao.reading.halves import halves

ONE = [*HEAD, *FUNDS, *GOAL, list(OF_INDICATORS), *ROWS]
HEADING = ["一级指标", "二级指标", "三级指标", "指标值"]


def names(many, *, indicators=False):
    """A sheet with a name's label in each of many rows, five columns to the right of the one above."""
    rows = [[None] * (5 * n) + ["项目名称"] for n in range(many)]
    return Grid("表", [*rows, *([HEADING] if indicators else []), [None] * (5 * many)])


def steps(act):
    """Count the lines and calls that an act takes in this package."""
    count = 0

    def trace(frame, _event, _told):
        nonlocal count
        if "halves" not in frame.f_code.co_filename:
            return None
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        act()
    finally:
        sys.settrace(before)
    return count


def test_a_sheet_far_larger_than_any_forms_is_not_copied_for_every_name():
    row = ["项目名称", None, None, None, None] * 190
    assert len(halves(Grid("表", [row] * 20))) == 1
    assert len(halves(Grid("表", [["项目名称", None, None, None, None] * 3] * 20))) == 3


@pytest.mark.parametrize("indicators", [False, True])
def test_many_names_cost_no_more_than_the_cells_of_the_sheet(indicators):
    """Law: twice the names are four times the cells, and no more than some five times the steps."""
    small, large = (steps(lambda many=many: halves(names(many, indicators=indicators))) for many in (30, 60))
    assert large < 5 * small


@pytest.mark.parametrize("lower", [(0, 0, 2), (0, 2, 0), (2, 0, 0), (0, 2, 4), (0, 0, 0)])
def test_one_of_three_tables_side_by_side_stands_lower(lower):
    """The names of two stand in one row, and that of the third in another."""
    height = max(lower) + len(ONE)
    parts = [[[]] * down + ONE + [[]] * (height - down - len(ONE)) for down in lower]
    rows = [[cell for part in parts for cell in [*part[row], *[None] * 6][:6]] for row in range(height)]
    for n, down in enumerate(lower):
        rows[down + 2][n * 6 + 1] = f"绿化{n}"
    documents, _ = reading.read(Book((Grid("表", rows),)))
    assert [one.values["project_name"] for one in documents] == ["绿化0", "绿化1", "绿化2"]
    assert [len(one.values["indicators"]) for one in documents] == [len(ROWS)] * 3
