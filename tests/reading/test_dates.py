"""A year that stands in a cell as a true date is read as the cell shows it."""

from datetime import date

import pytest

from jixiao import checking, reading
from jixiao.model import Book, Grid, Spot

REST = [
    ["项目名称", "绿化养护", None, None, None],
    ["主管部门及代码", "某县城管局（101001）", None, "实施单位", "某县园林管理处"],
    ["项目资金（万元）", "年度资金总额", 110.0],
    [None, "其中：当年财政拨款", 100.0],
    [None, "上年结转资金", 4.0],
    [None, "其他资金", 6.0],
    ["总体目标", "目标1：绿化养护一百亩"],
    ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"],
    [None, "产出指标", "数量指标", "绿化面积", "≥100亩"],
]
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
