"""The year in a project's name is not the budget year."""

import pytest
from blocks import HEAD, found, table

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
