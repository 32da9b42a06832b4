"""Goals with their numbers in cells of their own are read, each once and without its number."""

import time

import pytest
from blocks import FUNDS, GOAL, HEAD, HEADING, ROWS, found, table

from jixiao import reading
from jixiao.model import Area, Book, Grid
from jixiao.reading import goals as goals_

FIRST, SECOND = "绿化养护一百亩", "苗木成活率达到九成五"


def goals(*rows, merges=None):
    return table(goal=[list(row) for row in rows], merges=merges)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (1, 2),
        (1.0, 2.0),
        ("1", "2"),
        ("1.", "2."),
        ("1、", "2、"),
        ("（1）", "（2）"),
        ("①", "②"),
        ("一", "二"),
        ("一、", "二、"),
        ("目标1", "目标2"),
    ],
)
@pytest.mark.parametrize(
    "headings",
    [
        None,
        ("序号", "目标内容"),
        ("序号", "内容"),
        ("编号", "具体目标", "完成时限"),
        ("目标名称", "目标内容"),
    ],
)
def test_numbers_in_cells_of_their_own_are_no_goals(one, two, headings):
    rows = [
        ["总体目标", *(headings or (one, FIRST))],
        *([[None, one, FIRST]] if headings else []),
        [None, two, SECOND],
    ]
    document = goals(*rows)
    assert document.values["goals"] == [FIRST, SECOND]
    assert document.cells["/goals/1"] == f"C{8 + len(rows)}"
    assert not found(document, "GO01")


@pytest.mark.parametrize("label", [["总体目标", None, None, None, None], ["总体目标"]])
def test_numbered_goals_may_stand_below_their_label(label):
    rows = [*HEAD, *FUNDS, label, [1, FIRST], [2, SECOND], list(HEADING), *ROWS]
    merges = (Area(8, 0, 8, 4),) if len(label) == 5 else None
    for areas in (merges, None):
        ((document,), _) = reading.read(Book((Grid("表", rows, areas),)))
        assert document.values["goals"] == [FIRST, SECOND]


def test_a_printed_number_with_nothing_behind_it_is_a_goal_left_blank():
    document = goals(["总体目标", 1, FIRST], [None, 2, SECOND], [None, 3, None])
    assert document.values["goals"] == [FIRST, SECOND, None]
    assert document.cells["/goals/2"] == "C11"


def test_a_number_that_is_all_a_goal_says_stays():
    document = table(goal=[["总体目标", 5]])
    assert document.values["goals"] == ["5"]


def test_the_goals_of_the_next_table_are_numbered_alike_or_not():
    def sheet(first, second):
        rows = [*HEAD, *FUNDS, ["总体目标", 1, first], [None, 2, second], *[list(HEADING)], *ROWS]
        return Grid("表", rows)

    pairs = [(FIRST, SECOND)] * 3 + [("甲乙丙丁", "戊己庚辛"), ("3", SECOND), ("序号", SECOND), (FIRST, None)]
    together, _ = reading.read(Book(tuple(sheet(*one) for one in pairs)))
    assert [one.values["goals"] for one in together][:4] == [list(one) for one in pairs[:4]]
    for one, document in zip(pairs, together, strict=True):
        reading.plans.forget()
        ((alone,), _) = reading.read(Book((sheet(*one),)))
        assert alone == document


@pytest.mark.parametrize("text", ["甲{}乙", "{}目", "目标1{}甲", "1{}甲", "甲；{}1"])
@pytest.mark.parametrize("run", [" ", "\n", "\n ", "\u3000"])
def test_a_goal_full_of_white_space_costs_no_time(text, run):
    """With a match begun at each blank, or given back blank by blank, one cell took half a minute."""
    long = text.format(run * 32_000)
    start = time.process_time()
    split = list(goals_.split(long))
    goals_.is_serial(long)
    table(goal=[["总体目标", long, "乙"]])
    assert split
    assert time.process_time() - start < 2


def test_goals_without_numbers_are_read_as_before():
    assert goals(*GOAL).values["goals"] == [GOAL[0][1]]


@pytest.mark.parametrize("goal", ["目标1：/0", "目标10：建成", "目标1：5"])
def test_a_goal_with_its_number_is_no_label(goal):
    """目标 alone is the label of the goals; 目标10 is not, whatever stands between its letters."""
    document = table(goal=[["总体目标", goal, None]])
    assert document.values["goals"] == [goal.partition("：")[2]]


@pytest.mark.parametrize("mark", ["1.", "1、", "１．", "（1）", "①"])
def test_a_single_goal_with_the_first_number_is_read_without_it(mark):
    assert goals(("总体目标", f"{mark}{FIRST}")).values["goals"] == [FIRST]


@pytest.mark.parametrize("goal", ["1.5万亩绿地养护", "一、二级公路养护", "2.完成绿化", "1号楼维修"])
def test_a_figure_at_the_begin_of_a_goal_stays(goal):
    assert goals(("总体目标", goal)).values["goals"] == [goal]


@pytest.mark.parametrize("label", ["总体目标", "年度总体目标"])
def test_a_project_named_like_a_label_and_a_goal_that_begins_like_one_change_nothing(label):
    head = [*HEAD[:2], ["项目名称", "总体目标考核奖励"], *HEAD[3:]]
    rows = [[label, "1、绿化一百亩"], [None, "2、年度目标全部完成"], [None, "3、群众满意"]]
    document = table(head=head, goal=rows, merges=[Area(-3, 0, -1, 0)])
    assert document.values["goals"] == ["绿化一百亩", "年度目标全部完成", "群众满意"]
    assert document.values["project_name"] == "总体目标考核奖励"


@pytest.mark.parametrize("goal", [f"目标1：{FIRST}\n目标2：{SECOND}", f"1.{FIRST}\n2.{SECOND}"])
def test_goals_filled_into_every_row_of_a_cell_that_was_merged_are_read_once(goal):
    document = goals(*[("总体目标", goal, goal, goal)] * 3)
    assert document.values["goals"] == [FIRST, SECOND]
    assert document.cells["/goals/0"] == document.cells["/goals/1"] == "B9"


def test_a_goal_that_is_written_twice_is_read_twice():
    document = goals(("总体目标", FIRST), (None, FIRST))
    assert document.values["goals"] == [FIRST, FIRST]
