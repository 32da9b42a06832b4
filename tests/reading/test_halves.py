"""Tables side by side are taken apart in steps that grow with the sheet, whatever stands on it."""

import sys

import pytest

from jixiao.model import Grid
from jixiao.reading.halves import halves

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
