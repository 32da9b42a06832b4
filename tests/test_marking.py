"""Findings become marks at cells and a page that a clerk can read, print and click."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao import marking, wording
from jixiao.cli import main
from jixiao.model import Area, Document, Finding, Mark, NotChecked, Spot
from jixiao.office.traces import Trace

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


def test_a_note_quotes_a_few_hundred_characters_and_the_page_all():
    """Law: what a program has to fit into a box beside a cell stays short, and ends with what to do."""
    long = "长" * 8_000
    checked = [
        (document(), [finding("B4", message=f"主管部门“{long}”不是单位全称。"), finding("B5", message=long)])
    ]
    first, second = (mark.note for mark in marking.marks(checked))
    assert first == f"【错误 FI01】主管部门“{'长' * 200}……”不是单位全称。建议：请核对。"
    assert len(second) < 1_000
    assert second.endswith("……")
    assert any(long in str(box.value) for box in marking.result_page(checked, [], "表.xlsx").boxes)


def test_a_note_lists_twenty_findings_and_says_how_many_more_there_are():
    (mark,) = marking.marks([(document(), [finding("A1", rule=f"IN{number:02}") for number in range(25)])])
    assert mark.note.count("【错误") == 20
    assert mark.note.endswith("……还有 5 条，见“校验结果”表。")


def test_a_note_is_never_longer_than_excel_takes():
    (mark,) = marking.marks([(document(), [finding("A1", message="长" * 30_000) for _ in range(30)])])
    assert len(mark.note) < 32_000


def test_the_page_has_a_verdict_and_one_row_for_each_finding_the_worst_first():
    checked = [
        (document("乙", project_name="供水"), [finding("B3", "warning", "UN05"), finding("C5")]),
        (document("甲", agency="机关事务管理局"), [finding("B2", "hint", "IN02"), finding("A1")]),
    ]
    page = marking.result_page(checked, [], "报送.xlsx")
    title, verdict, headings, *rows = table(page)
    assert title == ["校验结果：有 2 处错误须改"]
    assert verdict == ["报送.xlsx：共核对 2 张表，错误 2 条、警告 1 条、提示 1 条。"]
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
    title, verdict, _, nothing, heading, headings, row = table(page)
    assert title == ["校验结果：通过"]
    assert verdict == ["a.xlsx：共核对 1 张表，错误 0 条、警告 0 条、提示 0 条。另有 1 项未能核对，见表末。"]
    assert page.filtered is None
    assert nothing == ["没有发现问题。"]
    assert heading == ["未能核对"]
    assert headings == [*HEADINGS[:6], "原因"]
    assert row == [1, "未核对", "UN03", "项目1", None, "供水", "缺收入来源"]


def test_rules_that_wait_for_other_tables_are_one_calm_sentence_and_have_no_rows():
    waits = [(document(), NotChecked(rule, wording.LATER["campaign"])) for rule in ("UN05", "UN06", "UN05")]
    page = marking.result_page(
        [(document(), [])], [*waits, (document(), NotChecked("UN03", "缺来源"))], "a.xlsx"
    )
    rows = table(page)
    assert rows[1][0].endswith("另有 1 项未能核对，见表末。有 2 条规则要在汇总时与其他表一起核对。")
    assert [row[2] for row in rows if row[1:2] == ["未核对"]] == ["UN03"]
    alone = table(marking.result_page([(document(), [])], waits, "a.xlsx"))
    assert len(alone) == 4
    assert "未能核对" not in alone[1][0]


def test_a_row_is_high_enough_for_its_list_of_cells():
    """Each address with its mark takes a line of its own in the narrow column, and none is broken."""
    found = [finding(f"E{row}") for row in range(14, 24)]
    page = marking.result_page([(document(), found)], [], "a.xlsx")
    assert page.heights[3] >= 10 * 16


def test_a_workbook_without_tables_still_has_a_page():
    assert table(marking.result_page([], [], "a.xlsx"))[1][0].startswith("a.xlsx：共核对 0 张表")


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
    found = [finding(Spot(row, 1).a1, severity, message=f"第 {row} 行不平") for row, severity in spots]
    page = marking.result_page([(document(), found)], [], "a.xlsx")
    rows = [row for row in table(page)[3:] if row[1:2] and row[1] in {"错误", "警告", "提示"}]
    assert sum(row[6].count("行不平") for row in rows) >= len({(one.cell, one.severity) for one in found})
    assert sum(mark.note.count("【") for mark in marking.marks([(document(), found)])) == sum(
        min(20, [row for row, _ in spots].count(row)) for row in {row for row, _ in spots}
    )


def rows_of(found, **options):
    page = marking.result_page([(document(), found)], [], "a.xlsx", **options)
    return table(page)[3:], page


def test_many_that_say_the_same_have_one_row_that_leads_to_the_first():
    found = [finding(f"C{row}", "warning", "UN01", "没有计量单位。", "请补充。") for row in (5, 7, 9, 11)]
    rows, page = rows_of([*found, finding("B3")])
    assert [row[:5] for row in rows] == [
        [1, "错误", "FI01", "项目1", "B3"],
        [2, "警告", "UN01", "项目1", "C5、C7、C9、C11"],
    ]
    assert rows[1][6:8] == ["没有计量单位。", "请补充。"]
    assert [box.link for box in page.boxes if box.link] == ["internal:'项目1'!B3", "internal:'项目1'!C5"]
    assert page.filtered == Area(2, 0, 4, 8)


def test_alike_but_not_equal_each_keeps_its_words_behind_its_cell():
    found = [
        finding(f"C{row}", "warning", "UN01", f"“{word}”没有计量单位，见 C{row}。", "请补充。")
        for row, word in enumerate("甲乙丙丁", 5)
    ]
    ((row),), _ = rows_of(found)
    assert row[4] == "C5、C6、C7、C8"
    assert row[6].split("\n") == [
        "C5：“甲”没有计量单位，见 C5。",
        "C6：“乙”没有计量单位，见 C6。",
        "C7：“丙”没有计量单位，见 C7。",
        "C8：“丁”没有计量单位，见 C8。",
    ]
    assert row[7] == "请补充。"


def test_three_of_a_kind_and_those_of_another_table_keep_their_own_rows():
    three = [finding(f"C{row}") for row in (5, 6, 7)]
    page = marking.result_page([(document("甲"), three), (document("乙"), three)], [], "a.xlsx")
    assert len(table(page)) == 3 + 6


def test_a_long_list_of_cells_says_how_many_there_are():
    ((row),), _ = rows_of([finding(f"C{row}") for row in range(1, 31)])
    assert row[4] == "C1、C2、C3、C4、C5、C6、C7、C8、C9、C10、C11、C12 等 30 处"


def trace(cell, *rules, sheet="项目1"):
    return Trace(sheet, cell, "error", "none", "ours", rules)


def mark(cell, *rules, sheet="项目1"):
    return Mark(sheet, cell, "error", "……", rules)


def test_since_the_last_check_tells_what_is_solved_new_and_still_there():
    before = [trace("C5", "FI01", "IN02"), trace("C6", "FI02"), trace("C7", "FI01", sheet="项目2")]
    now = [mark("C5", "IN02", "SC01"), mark("C7", "FI01", sheet="项目2"), mark("D9", "FI02")]
    found = marking.since(before, now)
    assert found.solved == (("项目1", "C5", "FI01"), ("项目1", "C6", "FI02"))
    assert found.new == (("项目1", "C5", "SC01"), ("项目1", "D9", "FI02"))
    assert found.still == (("项目1", "C5", "IN02"), ("项目2", "C7", "FI01"))
    assert found.sentence == "与上次校验相比：已解决 2 处，新增 2 处，仍在 2 处。"


def test_what_is_found_in_a_merged_area_is_compared_at_its_first_cell():
    """The mark stands there: a second check of an unchanged sheet finds nothing new."""
    merges = {"项目1": (Area(17, 3, 18, 3),)}
    found = marking.since(
        [trace("D18", "IN02", "IN03")], [mark("D18", "IN02"), mark("D19", "IN03")], merges=merges
    )
    assert (found.solved, found.new, len(found.still)) == ((), (), 2)


def test_the_page_says_how_it_stands_since_the_last_check():
    compared = marking.since([trace("B3", "FI01")], [])
    page = marking.result_page([(document(), [])], [], "a.xlsx", compared=compared)
    assert table(page)[1][0].endswith("\n与上次校验相比：已解决 1 处，新增 0 处，仍在 0 处。")


def test_findings_are_counted_and_sheets_without_an_earlier_state_left_out():
    """Two findings of one rule in one cell are two; what stands on a sheet never checked is not new."""
    found = marking.since([trace("C5", "FI01", "FI01")], [mark("C5", "FI01", "FI01", "FI01")])
    assert found.sentence == "与上次校验相比：已解决 0 处，新增 1 处，仍在 2 处。"
    now = [mark("C5", "FI01"), mark("C5", "FI01", sheet="新")]
    checked = [(document(sheet=name), []) for name in ("项目1", "新")]
    found = marking.since([trace("C5", "FI01")], now, checked, {"项目1"})
    assert found.sentence == (
        "与上次校验相比：已解决 0 处，新增 0 处，仍在 1 处（工作表“新”没有上次的结果可比，不算在内）。"
    )


PLACES = st.lists(
    st.tuples(st.sampled_from(["A1", "B2", "C3"]), st.sampled_from(["FI01", "IN02"])), unique=True
)


@given(PLACES, PLACES)
def test_nothing_is_counted_twice_or_forgotten(before, now):
    found = marking.since([trace(*one) for one in before], [mark(*one) for one in now])
    assert {place[1:] for place in found.solved} == set(before) - set(now)
    assert {place[1:] for place in found.new} == set(now) - set(before)
    assert {place[1:] for place in found.still} == set(now) & set(before)


def test_a_marked_copy_that_is_checked_again_says_what_has_become_of_its_findings(tmp_path, capsys):
    blank = tmp_path / "表.xlsx"
    assert main(["new", "project_target", "-o", str(blank), "--project", "供水"]) == 0
    main(["check", str(blank), "--annotate", str(tmp_path / "一")])
    assert "与上次校验相比" not in "".join(capsys.readouterr())
    again = tmp_path / "再报.xlsx"
    again.write_bytes((tmp_path / "一" / "表.校验.xlsx").read_bytes())
    main(["check", str(again), "--annotate", str(tmp_path / "二")])
    assert re.search(
        r"与上次校验相比：已解决 0 处，新增 0 处，仍在 [1-9][0-9]* 处。", "".join(capsys.readouterr())
    )
