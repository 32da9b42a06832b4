"""A late pattern is compiled once, when it is first asked for, and answers as any other."""

import re

import pytest

from jixiao import patterns


def test_a_late_pattern_is_compiled_at_its_first_question_and_once(monkeypatch):
    compiled = []
    compiling = re.compile
    monkeypatch.setattr(re, "compile", lambda text: compiled.append(text) or compiling(text))
    one = patterns.late(r"(\d)年")
    assert compiled == []
    assert [one.search("第3年")[1], one.sub("", "第3年末"), one.fullmatch("3年").span()] == [
        "3",
        "第末",
        (0, 2),
    ]
    assert compiled == [r"(\d)年"]


@pytest.mark.parametrize("asked", ["findall", "match", "search", "split"])
def test_a_late_pattern_answers_as_the_pattern_does(asked):
    text = "一、甲二、乙"
    of_its_own, late = re.compile("[一二]、"), patterns.late("[一二]、")
    assert str(getattr(late, asked)(text)) == str(getattr(of_its_own, asked)(text))
    assert (late.pattern, late.groups) == (of_its_own.pattern, of_its_own.groups)
