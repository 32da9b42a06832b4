"""A year that stands in a cell as a true date is read as the cell shows it."""

from datetime import date

import pytest
from blocks import FUNDS, GOAL, HEAD, HEADING, ROWS

from jixiao import checking, reading
from jixiao.model import Book, Grid, Spot

REST = [*HEAD[2:], *FUNDS, *GOAL, list(HEADING), ROWS[1]]
DAY = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("head", "spot", "code"),
    [
        ([["项目支出绩效目标表"], [DAY]], Spot(1, 0), 'yyyy"年度"'),
        ([["项目支出绩效目标表"], [DAY]], Spot(1, 0), '"（"yyyy"年度）"'),
        ([["项目支出绩效目标表"], [DAY]], Spot(1, 0), "yyyy"),
        ([["项目支出绩效目标表"], ["预算年度", DAY]], Spot(1, 1), "yyyy"),
        ([["项目支出绩效目标表"], ["预算年度", DAY]], Spot(1, 1), 'yyyy"年度"'),
    ],
)
def test_a_date_that_shows_a_year_is_the_year(head, spot, code):
    grid = Grid("表", [*head, *REST], formats={spot: code})
    ((document,), _) = reading.read(Book((grid,)))
    assert document.values["year"] == 2026
    assert document.cells["/year"] == spot.a1
    assert not [one for one in checking.check(document).findings if one.pointer == "/year"]


def test_a_date_that_shows_a_day_is_no_year():
    grid = Grid("表", [["项目支出绩效目标表"], [DAY], *REST], formats={Spot(1, 0): 'yyyy"年"m"月"d"日"'})
    ((document,), _) = reading.read(Book((grid,)))
    assert document.values["year"] is None
