"""A value of a TOML is found at its line, however the lines around it look."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.errors import FormError
from jixiao.tomls import Written

keys = st.lists(st.text("abc数量-", min_size=1, max_size=6), min_size=1, max_size=4, unique=True)
gaps = st.sampled_from(["", "# 说明\n", "\n", "\n# [甲]\n\n"])


@st.composite
def written(draw):
    """Return a TOML as ours are laid out, and pointer → what its line begins with, each beginning only once."""
    lines, begin = [], {}
    for key in draw(keys):
        begin[f"/{key}"] = f'"{key}" = {len(begin)}'
        lines += [draw(gaps), begin[f"/{key}"] + "\n"]
    lines.append("[table]\n")
    for key in draw(keys):
        pointer = f"/table/{key}"
        begin[pointer] = f'"{key}" = [ # {len(begin)}'
        lines += [draw(gaps), begin[pointer] + "\n"]
        for number in range(draw(st.integers(0, 3))):
            begin[f"{pointer}/{number}"] = begin[f"{pointer}/{number}/name"] = f"  {{ name = {len(begin)} }}"
            lines += [draw(gaps), begin[f"{pointer}/{number}"] + ",\n"]
        lines.append("]\n")
    for number in range(draw(st.integers(0, 3))):
        lines += [draw(gaps), "[[rows]]\n", draw(gaps)]
        begin[f"/rows/{number}/cells"] = f"cells = [{len(begin)}]"
        lines.append(begin[f"/rows/{number}/cells"] + "\n")
    return "".join(lines), begin


@given(written())
def test_every_value_is_found_at_its_line(made):
    text, begin = made
    tomllib.loads(text)
    lines = text.splitlines()
    for pointer, start in begin.items():
        at = next(n for n, line in enumerate(lines, 1) if line.startswith(start))
        assert Written("x.toml", text).at(pointer) == f"x.toml 第 {at} 行"


@given(st.text(), st.text("/ab0123", max_size=8))
def test_whatever_is_asked_of_whatever_text_is_answered(text, pointer):
    assert Written("x.toml", text).at(f"/{pointer}").startswith("x.toml 第 ")


@pytest.mark.parametrize(
    ("text", "where"), [('a = 1\nb = "x\n', "第 2 行"), ("a = 1\na = 2\n", "第 2 行"), ("a = [1,", "末尾")]
)
def test_text_that_is_no_toml_names_its_line(text, where):
    with pytest.raises(FormError, match=f"x.toml {where}：.*请改正"):
        Written("x.toml", text).read()
