"""The sheet of recorded reasons: what is written is read back, by whichever program saved it, and nothing else is."""

import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao import demo, merging
from jixiao.errors import FileRejectedError
from jixiao.model import Reason
from jixiao.office import files, package, reasons
from jixiao.office.package import reasons as sheet

WATER = demo.workbooks()["1-维修与水费.xlsx"]
DIGEST = "0123456789abcdef" * 2
GOOD = ("=ISREF('表'!$C$5)", "VA02", f"value {DIGEST}", "on 2026-11-24", "说明：领导已同意")
SHEET_NAMES = st.text(
    st.characters(exclude_characters="[]:*?/\\", exclude_categories=("Cc", "Cs")), min_size=1, max_size=31
)
REASONS = st.builds(
    Reason,
    SHEET_NAMES,
    st.sampled_from(["A1", "B12", "XFD1048576"]),
    st.sampled_from(["VA02", "IN10"]),
    st.just(DIGEST),
    st.text(max_size=700).map(reasons.tidy).filter(bool),
    st.dates().map(str),
)


def head(*rows):
    return [(reasons.VERSION, "", "", "", ""), *rows]


@given(st.lists(REASONS, unique_by=lambda one: (one.sheet, one.cell, one.rule)))
def test_what_is_written_is_read_back(found):
    rows = reasons.rows(found)
    assert reasons.parse(rows) == tuple(found)
    for row in rows[1:]:
        assert row[0].startswith("=ISREF(")
        assert all(
            text[0].isalpha() for text in row[1:]
        )  # no program takes it for a formula, a number or a date


@given(st.text())
def test_a_reason_is_one_short_line_without_control_characters(text):
    plain = reasons.tidy(text)
    assert len(plain) <= 500
    assert plain.isprintable()
    assert reasons.tidy(plain) == plain


@pytest.mark.parametrize(
    ("column", "text"),
    [
        (0, "=ISREF('表'!#REF!)"),
        (0, "=ISREF('表'!C5)+1"),
        (0, '=HYPERLINK("http://x")'),
        (0, "C5"),
        (1, "DROP TABLE"),
        (1, "VA02 VA03"),
        (2, "value 1"),
        (2, f"value {DIGEST}0"),
        (2, "若干"),
        (3, "on 2026-02-30"),
        (3, "on 20261124"),
        (3, "=TODAY()"),
        (4, "说明："),
        (4, "说明：\u202e\x00 "),
        (4, None),
    ],
)
def test_a_row_that_is_not_of_our_making_is_left_out(column, text):
    bad = tuple(text if at == column else value for at, value in enumerate(GOOD))
    assert [one.text for one in reasons.parse(head(bad, GOOD))] == ["领导已同意"]


def test_of_two_for_one_finding_the_first_is_read_and_rows_have_an_end():
    other = (*GOOD[:4], "说明：别的")
    assert [one.text for one in reasons.parse(head(GOOD, other))] == ["领导已同意"]
    many = [(f"=ISREF('表'!$C${row})", *GOOD[1:]) for row in range(1, 6_000)]
    assert len(reasons.parse(head(*many))) == reasons.MOST
    assert reasons.parse([GOOD]) == ()
    assert reasons.parse([]) == ()


def hostile(*rows, state="veryHidden", name="_jixiao_reasons", first=reasons.VERSION):
    """The water workbook with a sheet of reasons that somebody typed."""
    book = openpyxl.load_workbook(io.BytesIO(WATER))
    made = book.create_sheet(name)
    made.sheet_state = state
    made["A1"] = first
    for row in rows:
        made.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_gives_up_its_reasons_and_hides_their_sheet():
    book = files.load(hostile(GOOD, (1, 2, 3, 4, 5), ("=1/0",), GOOD[:3]), "表.xlsx")
    assert book.reasons == (Reason("表", "C5", "VA02", DIGEST, "领导已同意", "2026-11-24"),)
    assert "_jixiao_reasons" not in [grid.sheet for grid in book.grids]


def test_a_text_that_is_a_formula_is_only_ever_a_text():
    data = hostile((*GOOD[:4], '=HYPERLINK("http://example.org","点我")'))
    (one,) = files.load(data, "表.xlsx").reasons
    assert one.text == '=HYPERLINK("http://example.org","点我")'
    written = sheet.write(data, [one])
    cells = openpyxl.load_workbook(io.BytesIO(written))["_jixiao_reasons"]
    assert [cells.cell(2, column).data_type for column in range(1, 6)] == ["f", "s", "s", "s", "s"]
    assert sheet.read(written) == (one,)


def test_a_sheet_of_a_persons_own_is_neither_read_nor_written():
    data = hostile(GOOD, state="visible", first="我的备忘")
    book = files.load(data, "表.xlsx")
    assert book.reasons == ()
    assert "_jixiao_reasons" in [grid.sheet for grid in book.grids]
    with pytest.raises(FileRejectedError, match="换个名字"):
        sheet.write(data, [])


def test_reasons_that_lead_nowhere_change_no_verdict():
    """A sheet that is not there, and a cell at the far end of one that is."""
    far = ("=ISREF('没有'!$C$5)", *GOOD[1:]), ("=ISREF('水费'!$XFD$1048576)", *GOOD[1:])
    before, after = (merging.extract("表.xlsx", data) for data in (hostile(), hostile(*far)))
    assert [one.verdict for one in after.documents] == [one.verdict for one in before.documents]
    assert [one.document.reasons for one in after.documents] == [(), ()]


def test_the_other_parts_stay_as_they_are(ooxml_validate, tmp_path):
    one = Reason("水费", "E17", "VA01", DIGEST, "领导已同意", "2026-11-24")
    data = sheet.write(WATER, [one])
    assert sheet.read(data) == (one,)
    assert sheet.read(sheet.write(data, [])) == ()
    (tmp_path / "表.xlsx").write_bytes(data)
    assert ooxml_validate(tmp_path / "表.xlsx") == []
    assert openpyxl.load_workbook(io.BytesIO(data))["_jixiao_reasons"].sheet_state == "veryHidden"
    assert package.is_package(data)


def test_rubbish_in_the_part_costs_the_reasons_and_nothing_else():
    data = sheet.write(WATER, [Reason("水费", "E17", "VA01", DIGEST, "领导已同意", "2026-11-24")])
    assert sheet.read(data[:-30]) == ()
    assert sheet.read(b"PK\x03\x04") == ()
    assert sheet.read(WATER) == ()
