"""The three words of a request: read back as they were sent, and nothing else is taken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao import buttons
from jixiao.bridge import words
from jixiao.bridge.words import Request
from jixiao.errors import JixiaoError

NASTY = [
    r"C:\绩效\2025 年 (终稿) & 'A=B' 100%.xlsx",
    r"\\server\share\目标表^!`$.xlsx",
    "https://contoso.sharepoint.com/sites/预算/表 1.xlsx",
    '/home/用户/"引号"; rm -rf ~ #.ods',
    "工作簿1",
    "-rf",
    "--wb=C:\\别的.xlsx",
    "𠮷野家😀.xlsx",
    "\ud83d半个字.xlsx",
    "C:\\" + "很长的文件夹\\" * 300 + "表.xlsx",
]
NAMES = st.text(st.characters(min_codepoint=0x20), min_size=1, max_size=200)
PLACES = st.one_of(
    st.integers(-(2**31), 2**63 - 1).filter(bool).map(str),
    st.from_regex(r"\Apipe:[A-Za-z0-9_-]{1,64}\Z"),
)


@pytest.mark.parametrize("name", NASTY)
def test_a_nasty_name_arrives_as_it_was_sent_in_plain_ascii_words(name):
    request = Request("check_sheet", "65930", name)
    line = words.words(request)
    assert line.isascii()
    assert line.replace(" ", "").replace("_", "").isalnum()
    assert words.parse(line.split()) == request


@given(st.sampled_from(buttons.ids()), PLACES, st.none() | NAMES)
def test_every_request_is_read_back(action, place, book):
    request = Request(action, place, book)
    assert words.parse(words.words(request).split(" ")) == request


@pytest.mark.parametrize(
    "line",
    [
        "",
        "check_sheet",
        "check_sheet 1",
        "check_sheet 1 - -",
        "__class__ 1 -",
        "acts 1 -",
        "Check_Sheet 1 -",
        "check_sheet\n 1 -",
        "check_sheet 0 -",
        "check_sheet 01 -",
        "check_sheet ١ -",
        "check_sheet 0x10 -",
        "check_sheet 99999999999999999999 -",
        "check_sheet pipe: -",
        "check_sheet pipe:a;urp -",
        "check_sheet pipe:../x -",
        f"check_sheet pipe:{'a' * 65} -",
        "check_sheet socket,host=example.org,port=1 -",
        "check_sheet 1 --",
        "check_sheet 1 8",
        "check_sheet 1 8868 8868",
        "check_sheet 1 88G8",
        "check_sheet 1 000A8868",
        "check_sheet 1 0000",
        f"check_sheet 1 {'8868' * 4097}",
    ],
)
def test_what_is_no_request_is_refused_in_a_sentence(line):
    with pytest.raises(JixiaoError, match=r"没有执行。.*请"):
        words.parse(line.split(" "))
