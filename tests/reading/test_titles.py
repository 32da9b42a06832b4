"""Titles as offices print them: in two cells or letter by letter, or without the word 表."""

import pytest
from blocks import HEAD, found, table

YEAR_LINE = ["（2026年度）"]


@pytest.mark.parametrize(
    "title",
    [
        ["项目支出", "绩效目标表"],
        ["项目支出绩效", None, "目标表"],
        list("项目支出绩效目标表"),
        ["项目支出绩效目标"],
        ["项目支出绩效目标申报书"],
        ["部门预算项目绩效表"],
    ],
)
def test_a_title_is_known_in_pieces_and_without_its_last_word(title):
    document = table(head=[title, YEAR_LINE, *HEAD[2:]])
    assert document.area.top == 0
    assert document.values["project_name"] == "绿化养护"
    assert not found(document, "ST01")


def test_the_year_of_such_a_title_is_the_tables():
    document = table(head=[["2026年项目支出绩效目标"], *HEAD[2:]])
    assert (document.values["year"], document.cell("/year")) == (2026, "A1")


@pytest.mark.parametrize(
    "line", ["填报单位：某县园林管理处", "为做好项目绩效目标申报工作，请各单位认真填写", "绿化养护"]
)
def test_another_line_above_is_no_title(line):
    document = table(head=[[line], YEAR_LINE, *HEAD[2:]])
    (told,) = found(document, "ST01")
    assert "没有标题" in told.message
