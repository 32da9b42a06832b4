"""A late pattern is compiled once, when it is first asked for, and answers as any other."""

import copy
import pickle
import pkgutil
import re
from importlib import import_module

import pytest

import jixiao
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


def test_a_late_pattern_is_copied_and_looked_at_without_being_compiled(monkeypatch):
    one = patterns.late("甲")
    monkeypatch.setattr(re, "compile", None)
    twins = copy.copy(one), pickle.loads(pickle.dumps(one))
    assert not hasattr(one, "__wrapped__")
    monkeypatch.undo()
    assert [twin.match("甲乙")[0] for twin in twins] == ["甲", "甲"]


def test_every_late_pattern_is_one():
    """What is compiled at import is seen to be a pattern there; these would fail at a clerk's table."""
    names = [
        one.name for one in pkgutil.walk_packages(jixiao.__path__, "jixiao.") if "__main__" not in one.name
    ]
    rooms = [import_module(name) for name in names if name.split(".")[1] in {"reading", "rules", "values"}]
    found = [one for room in rooms for one in vars(room).values() if isinstance(one, patterns._Late)]
    assert len(found) > 20
    for one in found:
        assert re.compile(one.pattern)
