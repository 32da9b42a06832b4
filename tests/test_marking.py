"""Findings become marks at cells and a page that a clerk can read, print and click."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao import marking
from jixiao.model import Area, Document, Finding, NotChecked, Spot

HEADINGS = ["序号", "级别", "规则", "工作表", "单元格", "项目/单位", "问题", "建议", "依据"]


def document(sheet="项目1", **values):
    return Document("project_target", "gs-2024", sheet, Area(0, 0, 20, 4), "万元", values, {})


def finding(cell, severity="error", rule="FI01", message="合计不等于各项之和。", suggestion="请核对。"):
    return Finding(rule, severity, "/total_funds", cell, message, suggestion, "财预〔2021〕101 号")


def table(page):
    """The page as rows of text, merged areas by their first cell."""
    rows = {}
    for box in page.boxes:
        rows.setdefault(box.area.top, {})[box.area.left] = box.value
    return [[cells.get(column) for column in range(max(cells) + 1)] for _, cells in sorted(rows.items())]


def test_a_cell_has_one_mark_with_the_worst_severity_and_all_its_findings():
    (mark,) = marking.marks(
        [
            (
                document(),
                [finding("C5", "hint", "IN02", "偏少", ""), finding("C5", "error", message="合计不平")],
            )
        ]
    )
    assert (mark.sheet, mark.cell, mark.severity) == ("项目1", "C5", "error")
    assert mark.note == "【错误 FI01】合计不平。建议：请核对。\n【提示 IN02】偏少"


def test_marks_stand_in_the_order_of_sheets_and_cells():
    checked = [
        (document("乙"), [finding("B10"), finding("AA2"), finding("B2")]),
        (document("甲"), [finding("A1")]),
        (document("乙"), [finding("A3")]),
    ]
    found = [(mark.sheet, mark.cell) for mark in marking.marks(checked)]
    assert found == [("乙", "B2"), ("乙", "AA2"), ("乙", "A3"), ("乙", "B10"), ("甲", "A1")]


def test_a_note_lists_twenty_findings_and_says_how_many_more_there_are():
    (mark,) = marking.marks([(document(), [finding("A1", rule=f"IN{number:02}") for number in range(25)])])
    assert mark.note.count("【错误") == 20
    assert mark.note.endswith("……还有 5 条，见“校验结果”表。")


def test_a_note_is_never_longer_than_excel_takes():
    (mark,) = marking.marks([(document(), [finding("A1", message="长" * 30_000) for _ in range(3)])])
    assert len(mark.note) == 32_000


def test_the_page_has_a_verdict_and_one_row_for_each_finding_the_worst_first():
    checked = [
        (document("乙", project_name="供水"), [finding("B3", "warning", "UN05"), finding("C5")]),
        (document("甲", agency="机关事务管理局"), [finding("B2", "hint", "IN02"), finding("A1")]),
    ]
    page = marking.result_page(checked, [], "报送.xlsx")
    title, verdict, headings, *rows = table(page)
    assert title == ["校验结果：报送.xlsx"]
    assert verdict == ["共核对 2 张表：错误 2 条、警告 1 条、提示 1 条。有错误，请改正后再报送。"]
    assert headings == HEADINGS
    assert [row[:6] for row in rows] == [
        [1, "错误", "FI01", "乙", "C5", "供水"],
        [2, "错误", "FI01", "甲", "A1", "机关事务管理局"],
        [3, "警告", "UN05", "乙", "B3", "供水"],
        [4, "提示", "IN02", "甲", "B2", "机关事务管理局"],
    ]
    assert rows[0][6:] == ["合计不等于各项之和。", "请核对。", "财预〔2021〕101 号"]
    assert [box.style for box in page.boxes if box.value in {"错误", "警告", "提示"}] == [
        "error",
        "error",
        "warning",
        "hint",
    ]


@pytest.mark.parametrize(
    ("links", "expected"),
    [(True, "internal:'A&B''s <表>'!B3"), (False, None)],
    ids=["in place", "page of its own"],
)
def test_the_cell_is_a_link_where_the_page_stands_beside_it(links, expected):
    page = marking.result_page([(document("A&B's <表>"), [finding("B3")])], [], "a.xlsx", links=links)
    assert [box.link for box in page.boxes if box.value == "B3"] == [expected]
    assert [box.link for box in page.boxes if box.link] == ([expected] if links else [])


def test_nothing_found_is_said_and_what_was_not_checked_has_its_reason():
    page = marking.result_page(
        [(document(project_name="供水"), [])],
        [(document(project_name="供水"), NotChecked("UN03", "缺收入来源"))],
        "a.xlsx",
    )
    _, verdict, _, nothing, heading, headings, row = table(page)
    assert verdict == [
        "共核对 1 张表：错误 0 条、警告 0 条、提示 0 条。没有错误，校验通过。另有 1 项未能核对，见表末。"
    ]
    assert nothing == ["没有发现问题。"]
    assert heading == ["未能核对"]
    assert headings == [*HEADINGS[:6], "原因"]
    assert row == [1, "未核对", "UN03", "项目1", None, "供水", "缺收入来源"]


def test_a_workbook_without_tables_still_has_a_page():
    assert table(marking.result_page([], [], "a.xlsx"))[1][0].startswith("共核对 0 张表")


def test_headings_are_kept_in_view_and_repeated_on_paper():
    page = marking.result_page([(document(), [finding("B3")])], [], "a.xlsx")
    assert (page.sheet, page.frozen, page.print_titles, page.landscape) == ("校验结果", 3, (2, 2), True)
    assert [box.value for box in page.boxes if box.area.top == 2] == HEADINGS


@given(st.text("绩效目标 ab1\n", max_size=600))
def test_rows_are_high_enough_for_their_text(text):
    page = marking.result_page([(document(), [finding("B3", message=text)])], [], "a.xlsx")
    (box,) = (box for box in page.boxes if box.area == Area(3, 6, 3, 6))
    assert box.value == text
    room = int(page.widths[6])
    lines = sum(-(-sum(2 if one > "\u00ff" else 1 for one in line) // room) for line in text.split("\n"))
    assert page.heights[3] >= min(409, 16 * lines)


@given(st.lists(st.tuples(st.integers(0, 50), st.sampled_from(["error", "warning", "hint"])), max_size=40))
def test_no_finding_is_lost(spots):
    found = [finding(Spot(row, 1).a1, severity) for row, severity in spots]
    page = marking.result_page([(document(), found)], [], "a.xlsx")
    assert sum(box.value in {"错误", "警告", "提示"} for box in page.boxes) == len(found)
    assert sum(mark.note.count("【") for mark in marking.marks([(document(), found)])) == sum(
        min(20, [row for row, _ in spots].count(row)) for row in {row for row, _ in spots}
    )
