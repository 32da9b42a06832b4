"""A script's answers are taken in order; a question without one is a sentence and never a wait."""

from pathlib import Path

import pytest

from jixiao.errors import JixiaoError
from jixiao.office.excel import Given


def test_answers_are_taken_in_the_order_of_the_questions():
    given = Given(Path("夹"), 1, "2027", None, *[True])
    assert given.choose_folder("一") == Path("夹")
    assert given.choose_one("二", ["甲", "乙"]) == 1
    assert given.ask_text("三", "年度") == "2027"
    assert given.save_as("四", "x.xlsx") is None
    assert given.confirm("五") is True
    assert given.asked == ["一", "二", "三", "四", "五"]


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ((), "没有给出答案"),
        (("甲",), "要的是选项的序号，脚本给出的是“甲”"),
        ((2,), "只有 2 个选项，脚本给出的是第 3 个"),
    ],
)
def test_a_missing_or_wrong_answer_is_a_sentence(answers, sentence):
    with pytest.raises(JixiaoError, match=sentence):
        Given(*answers).choose_one("哪一个？", ["甲", "乙"])


def test_what_was_said_is_kept():
    given = Given()
    given.say("好了", "info")
    given.status("1/2")
    given.status(None)
    assert (given.said, given.shown) == (["好了"], ["1/2", None])


def test_a_script_stops_when_it_says_so():
    assert [Given(stop_after=None).stopped() for _ in range(3)] == [False] * 3
    given = Given(stop_after=2)
    assert [given.stopped() for _ in range(4)] == [False, False, True, True]
