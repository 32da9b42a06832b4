"""The year in a project's name is not the budget year."""

import pytest
from blocks import HEAD, found, table

from jixiao import checking

NAMED = ["项目名称", "2025年度绿化养护尾款"]


@pytest.mark.parametrize("lines", [[["（    年度）"]], [], [["（20  年度）"]]])
@pytest.mark.parametrize("name", [NAMED, ["项目名称：2025年度绿化养护尾款"]])
def test_a_year_in_the_name_is_not_the_budget_year(lines, name):
    document = table(head=[HEAD[0], *lines, name, HEAD[3]])
    assert document.values["year"] is None
    assert found(document, "ST01") or found(document, "SC01") or found(document, "SC02")


def test_the_year_line_counts_whatever_the_name_says():
    assert table(head=[HEAD[0], HEAD[1], NAMED, HEAD[3]]).values["year"] == 2026


def test_the_year_of_the_title_and_of_a_line_beside_a_unit_is_read():
    assert table(head=[["2026年度项目支出绩效目标表"], *HEAD[2:]]).values["year"] == 2026
    line = ["填报单位：某县园林管理处", None, "2026年度", None, "单位：万元"]
    assert table(head=[HEAD[0], line, *HEAD[2:]]).values["year"] == 2026


@pytest.mark.parametrize(
    "line", ["（2026）", "2026", "（2026年1月—12月）", "2026.1-2026.12", "2026年1月1日至12月31日"]
)
def test_a_year_alone_below_the_title_is_the_tables(line):
    document = table(head=[HEAD[0], [line], *HEAD[2:]])
    assert (document.values["year"], document.cell("/year")) == (2026, "A2")


@pytest.mark.parametrize("line", ["（2026年1月）", "（2025年7月—2026年6月）", "2026年1月5日"])
def test_a_day_or_a_longer_time_below_the_title_is_no_year(line):
    assert table(head=[HEAD[0], [line], *HEAD[2:]]).values["year"] is None


@pytest.mark.parametrize("line", ["（20266年度）", "（202年度）", "(2O26年度)", "第3年度"])
def test_a_mistyped_year_is_told_at_its_own_cell(line):
    document = table(head=[HEAD[0], [line], *HEAD[2:]])
    assert (document.values["year"], document.cell("/year")) == (None, "A2")
    (told,) = [one for one in checking.check(document).findings if one.pointer == "/year"]
    assert (told.rule, told.cell) == ("ST01", "A2")
    assert line in told.message
