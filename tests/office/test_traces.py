"""The state that travels with the marks: what is written is read back, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.model import SEVERITIES
from jixiao.office import traces
from jixiao.office.traces import Trace

SHEET_NAMES = st.text(
    st.characters(exclude_characters="[]:*?/\\", exclude_categories=("Cc", "Cs")), min_size=1, max_size=31
)
FILLS = st.sampled_from(["none", "kept", "#FFFBE6", "theme:4:-0.249977111117893", "theme:11:0", "indexed:64"])
TRACES = st.builds(
    Trace,
    SHEET_NAMES,
    st.sampled_from(["A1", "B12", "XFD1048576"]),
    st.sampled_from(SEVERITIES),
    FILLS,
    st.sampled_from(["ours", "below", "no"]),
    st.lists(st.sampled_from(["FI01", "IN02"]), unique=True).map(tuple),
    st.sampled_from(["", "#FFFBE6"]),
    st.sampled_from([None, (150.0, 60.0), (0.5, 4096.3)]),
)


@given(st.lists(TRACES, unique_by=lambda one: (one.sheet, one.cell)))
def test_what_is_written_is_read_back(found):
    assert traces.parse(traces.rows(found)) == tuple(found)


@given(st.lists(TRACES, unique_by=lambda one: (one.sheet, one.cell)), st.sets(SHEET_NAMES, min_size=1))
def test_sheets_that_were_checked_are_read_back_and_are_no_marks(found, sheets):
    rows = traces.rows(found, sheets)
    assert traces.parse(rows) == tuple(found)
    assert traces.checked(rows) == sheets


def test_rows_that_name_no_sheet_say_that_the_whole_workbook_was_checked():
    """A row whose sheet is gone names nothing, but was there; another's word for it is none."""
    good = traces.rows([Trace("表", "A1", "hint", "none", "no")])
    assert traces.checked(good) is None
    assert traces.checked([*good, ("=ISREF(#REF!)", "checked", "", "", "", "")]) == frozenset()
    assert traces.checked([*good, ("表", "Checked", "", "", "", "")]) is None


@pytest.mark.parametrize(
    "row",
    [
        ("=ISREF('表'!#REF!)", "error", "none", "ours", ""),
        ("=ISREF('表'!C5)+1", "error", "none", "ours", ""),
        ('=HYPERLINK("http://x")', "error", "none", "ours", ""),
        ("=ISREF('表'!C0)", "error", "none", "ours", ""),
        ("=ISREF('表'!C5)", "fatal", "none", "ours", ""),
        ("=ISREF('表'!C5)", "error", "red", "ours", ""),
        ("=ISREF('表'!C5)", "error", "#12345G", "ours", ""),
        ("=ISREF('表'!C5)", "error", "theme:12:0", "ours", ""),
        ("=ISREF('表'!C5)", "error", "none", "theirs", ""),
        ("=ISREF('表'!C5)", "error", "none", "ours", "DROP TABLE"),
        ("=ISREF('表'!C5)", "error"),
        (None, None, None, None, None),
    ],
)
def test_a_row_that_is_not_of_our_making_is_left_out(row):
    good = traces.rows([Trace("表", "A1", "hint", "none", "no")])
    assert [one.cell for one in traces.parse([*good, row])] == ["A1"]


@pytest.mark.parametrize("formula", ["=ISREF(表!C5)", "=ISREF('表'!$C$5)", "=isref('表'!c5)"])
def test_programs_spell_the_cell_in_their_own_way(formula):
    head = traces.rows([])
    assert [one.cell for one in traces.parse([*head, (formula, "hint", "none", "no", "")])] == ["C5"]


def test_without_our_head_nothing_is_read():
    rows = traces.rows([Trace("表", "A1", "hint", "none", "no")])
    assert traces.parse(rows[1:]) == ()
    assert traces.parse([]) == ()


def test_one_colour_that_is_none_is_forgotten_and_the_fill_stays():
    head = traces.rows([])
    (one,) = traces.parse([*head, ("=ISREF('表'!C5)", "hint", "theme:4:0", "no", "", "=1+1")])
    assert (one.fill, one.shown) == ("theme:4:0", "")


NOTES = st.text("张三：看\n x", max_size=20)


@given(NOTES, NOTES, st.text("错误。\nFI01", min_size=1, max_size=20))
def test_a_note_without_our_block_is_the_persons_own(before, after, text):
    said = f"{before}\n{traces.block(text)}{after}"
    assert traces.without_block(said) == before + after
    assert traces.within_block(said) == text.strip("\n")


def test_a_note_that_is_all_ours_leaves_nothing():
    assert traces.without_block(traces.block("一\n二")) == ""
    assert traces.without_block("一\n二") == "一\n二"
    assert traces.within_block("一\n二") == ""


def test_a_block_whose_end_a_person_has_deleted_goes_to_the_end():
    assert traces.without_block(f"看过\n{traces.BEGIN}\n合计不平") == "看过"
