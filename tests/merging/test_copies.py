"""An annotated copy (标注件) that came back is ours where nothing was changed in it, and else a submission."""

import os
from datetime import datetime

import pytest
from openpyxl import load_workbook

from jixiao import annotating, merging


@pytest.fixture
def annotate(tmp_path):
    """Return `annotate(path, folder)`: writes the annotated copy of a workbook and returns its path."""

    def write(path, folder="报送"):
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
        for _ in annotating.copies(merging.check([path]), tmp_path / folder, force=True):
            pass
        return tmp_path / folder / f"{path.stem}.校验.xlsx"

    return write


def correct(copy, *sheets):
    """Change cells of a copy's sheets as the agency does in Excel, which works the sum out anew, and save it."""
    book = load_workbook(copy)
    for sheet, cells in zip(book.worksheets, sheets, strict=False):
        for cell, value in cells.items():
            sheet[cell] = value
    book.save(copy)


def account(report):
    return {one["path"].removeprefix("报送/"): (one["status"], one["documents"]) for one in report["sources"]}


def told(report):
    return [one for one in report["findings"] if one["rule"] == "CS01"]


def test_a_copy_beside_its_source_is_ours_and_says_of_what(send, gather, seed, annotate):
    copy = annotate(send("甲.xlsx", seed[1], seed[2]))
    report = gather()
    assert account(report) == {"甲.xlsx": ("merged", 2), "甲.校验.xlsx": ("not_ours", 0)}
    (ours,) = [one for one in report["sources"] if one["status"] == "not_ours"]
    assert (ours["code"], "“报送/甲.xlsx”相同" in ours["reason"]) == ("other_file", True)
    assert (report["totals"]["total_funds"], report["balance"]["documents_found"]) == ("150", 2)
    assert report["remarks"] == []
    beside = merging.check([copy.parent])
    assert [one.status for one in beside] == ["read", "not_ours"]
    assert beside[0].documents == merging.check([copy.with_name("甲.xlsx")])[0].documents


def test_a_copy_of_another_folder_that_comes_first_is_ours_too(send, gather, seed, annotate):
    annotate(send("甲/甲.xlsx", seed[1]), "报送/一/退回")
    assert account(gather()) == {"甲/甲.xlsx": ("merged", 1), "一/退回/甲.校验.xlsx": ("not_ours", 0)}


def test_a_copy_without_its_source_is_a_submission(send, gather, seed, annotate):
    source = send("甲.xlsx", seed[1])
    copy = annotate(source)
    source.unlink()
    report = gather()
    assert account(report) == {"甲.校验.xlsx": ("merged", 1)}
    assert report["totals"]["total_funds"] == "100"
    (alone,) = merging.check([copy])
    assert (alone.status, len(alone.documents)) == ("read", 1)


# what the agency changes in its copy: the amount, the project's name, the agency, the year
CORRECTED = [
    {"C5": 120, "C6": 120},
    {"B3": "统办楼维修", "C5": 120, "C6": 120},
    {"D4": "甲县机关事务管理局", "C5": 120, "C6": 120},
    {"A2": "（2025年度）", "C5": 120, "C6": 120},
]


@pytest.mark.parametrize("cells", CORRECTED)
@pytest.mark.parametrize("folder", ["报送", "报送/退回/某局"])
def test_a_corrected_copy_replaces_its_source_whatever_was_corrected(  # noqa: PLR0917 - a case is its arguments
    send, gather, seed, annotate, folder, cells
):
    copy = annotate(send("甲.xlsx", seed[1]), folder)
    correct(copy, cells)
    report = gather()
    name = f"{folder}/甲.校验.xlsx".removeprefix("报送/")
    assert account(report) == {"甲.xlsx": ("superseded", 1), name: ("merged", 1)}
    assert report["totals"]["total_funds"] == "120"
    (finding,) = told(report)
    assert (finding["severity"], finding["path"]) == ("error", "报送/甲.xlsx")
    assert f"{name}，工作表“" in finding["message"]


def test_a_copy_older_than_the_corrected_source_is_ours_and_that_is_remarked(
    send, gather, seed, annotate, changed
):
    copy = annotate(send("甲.xlsx", seed[1]))
    os.utime(copy, (0, 0))
    send("甲.xlsx", changed(seed[1], total_funds="120", fiscal_funds="120"), saved=datetime(2024, 5, 1))  # noqa: DTZ001
    report = gather()
    assert account(report) == {"甲.xlsx": ("merged", 1), "甲.校验.xlsx": ("not_ours", 0)}
    assert (report["totals"]["total_funds"], told(report)) == ("120", [])
    (remark,) = report["remarks"]
    assert "甲.校验.xlsx" in remark
    assert "比它旧" in next(one["reason"] for one in report["sources"] if one["status"] == "not_ours")
    assert gather(prefer=["报送/甲.校验.xlsx"])["totals"]["total_funds"] == "100"


def test_a_copy_that_came_back_twice_counts_once(send, gather, seed, annotate):
    source = send("甲.xlsx", seed[1])
    correct(annotate(source), {"C5": 120, "C6": 120})
    correct(annotate(source, "报送/再报"), {"C5": 120, "C6": 120})
    report = gather()
    assert account(report)["甲.xlsx"] == ("superseded", 1)
    assert sorted(status for status, _ in account(report).values()) == ["duplicate", "merged", "superseded"]
    assert report["totals"]["total_funds"] == "120"


def test_an_agency_s_name_may_be_corrected_to_another_one_in_the_folder_of_the_source(
    send, gather, seed, annotate
):
    correct(annotate(send("甲.xlsx", seed[1])), {"D4": "甲县住房保障中心"}, {})
    report = gather()
    assert account(report) == {"甲.xlsx": ("superseded", 1), "甲.校验.xlsx": ("merged", 1)}


def test_a_source_that_was_renamed_is_known_by_its_indicators(send, gather, seed, annotate):
    source = send("甲.xlsx", seed[1])
    correct(annotate(source), {"B3": "统办楼维修", "C5": 120, "C6": 120})
    source.rename(source.with_name("01-甲局.xlsx"))
    report = gather()
    assert account(report) == {"01-甲局.xlsx": ("superseded", 1), "甲.校验.xlsx": ("merged", 1)}


@pytest.mark.parametrize("name", ["绩效目标表.xlsx", "二中.xlsx"])
def test_a_school_s_copy_does_not_replace_the_same_form_of_another_school(  # noqa: PLR0917 - a case is its arguments
    send, gather, seed, annotate, changed, name
):
    """Both filled in what was handed down; the first one's own workbook is no longer there."""
    source = send("一中/绩效目标表.xlsx", changed(seed[1], agency="和政县第一中学"))
    correct(annotate(source, "报送/回"), {"C5": 120, "C6": 120})
    source.unlink()
    send(f"二中/{name}", changed(seed[1], agency="和政县第二中学"))
    report = gather()
    assert (report["totals"]["total_funds"], report["balance"]["documents"]) == ("220", 2)


def test_another_agency_s_workbook_of_the_same_name_is_not_replaced(send, gather, seed, annotate, changed):
    """Every agency calls its file alike: a copy whose source is absent replaces nobody else's."""
    other = changed(seed[4], agency="甲县水务局", department="甲县水务局")
    source = send("甲/绩效目标表.xlsx", {**seed[2], "sheet": "表"})
    annotate(source, "报送/回")
    source.unlink()
    send("乙/绩效目标表.xlsx", {**other, "sheet": "表"})
    report = gather()
    assert report["totals"]["total_funds"] == "330"
    assert report["balance"]["documents"] == 2


def test_a_page_of_results_alone_is_ours(send, gather, seed):
    send("甲.xlsx", seed[1])
    book = load_workbook(send("旧.校验.xlsx", seed[1]))
    book.create_sheet("校验结果")
    book.remove(book.worksheets[0])
    book.save(send("旧.校验.xlsx", seed[1]))
    assert account(gather())["旧.校验.xlsx"] == ("not_ours", 0)


def test_each_agency_s_copy_of_one_workbook_corrects_its_own_table_and_no_other(
    send, gather, seed, annotate, changed
):
    """The copy that is saved last holds the others' tables as they were: these are not sent anew."""
    source = send("农口.xlsx", changed(seed[1], agency="甲局"), changed(seed[2], agency="乙局"))
    first, second = annotate(source, "报送/回/甲局"), annotate(source, "报送/回/乙局")
    annotate(source)
    correct(first, {"C5": 120, "C6": 120}, {"C5": 50})
    correct(second, {"C5": 100}, {"C5": 60, "C6": 60})
    report = gather()
    assert report["totals"]["total_funds"] == "180"
    assert account(report) == {
        "农口.xlsx": ("superseded", 2),
        "农口.校验.xlsx": ("not_ours", 0),
        "回/甲局/农口.校验.xlsx": ("merged", 2),
        "回/乙局/农口.校验.xlsx": ("merged", 2),
    }
    assert [one["path"] for one in told(report)] == ["报送/农口.xlsx"] * 2


def test_each_table_of_a_sheet_is_paired_with_one_other(send, gather, seed, annotate):
    """Two tables under each other on one sheet, both names corrected: neither replaces the other."""
    source = send("甲.xlsx", seed[1], seed[2])
    book, rows = load_workbook(source), 30
    first, second = book.worksheets[:2]
    for row in second.iter_rows():
        for cell in row:
            if cell.value is not None:
                value = {"C5": 50}.get(cell.coordinate, cell.value)
                first.cell(cell.row + rows, cell.column, value)
    for area in second.merged_cells.ranges:
        area.shift(row_shift=rows)
        first.merge_cells(area.coord)
    first["C5"] = 100
    book.remove(second)
    book.save(source)
    assert gather()["totals"]["total_funds"] == "150"
    correct(annotate(source), {"B3": "统办楼维修", f"B{3 + rows}": "政务中心水费", "C5": 120, "C6": 120})
    report = gather()
    assert report["totals"]["total_funds"] == "170"
    assert account(report) == {"甲.xlsx": ("superseded", 2), "甲.校验.xlsx": ("merged", 2)}
