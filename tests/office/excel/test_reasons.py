"""Reasons in the open workbook: kept right by the program itself, and the same verdict live and on the saved file."""

import io
from datetime import date

import openpyxl
import pytest

from jixiao import checking, demo, merging, reading, reasons
from jixiao.errors import JixiaoError
from jixiao.office import excel, files

WATER = "1-维修与水费.xlsx"
DAY = date(2026, 11, 24)
TEXTS = ("=1+1", "+86 931", "-5", "@某某", "'撇号", "2026-11-24", "007", "≥95%", "TRUE", "说明：说明")


@pytest.fixture
def book(open_book):
    return open_book(demo.workbooks()[WATER], WATER)


def unprotected(book):
    for sheet in book.sheets:
        sheet.api.unprotect("")


def live(book):
    documents, _ = reading.read(excel.read(book))
    return list(zip(documents, checking.check_all(documents, "workbook"), strict=True))


def findings(book):
    return [(document, one) for document, verdict in live(book) for one in verdict.findings]


def explain(book, count=10):
    """Record a reason for the first warnings, each with a text that a program may take for something else."""
    free = [one for one in findings(book) if one[1].severity == "warning"]
    known = ()
    for (document, finding), text in zip(free[:count], TEXTS, strict=False):
        known = reasons.recorded(known, document, finding, text, DAY)
    excel.record(book, known)
    return known


def kept(found):
    return [(document.sheet, one.rule, one.reason) for document, one in found if one.reason is not None]


def test_live_and_on_the_saved_file_the_verdict_is_the_same(book, saved):
    known = explain(book)
    assert excel.recorded(book) == known
    assert [one.text for one in known] == list(TEXTS)
    data = saved(book)
    assert files.load(data, WATER).reasons == known
    closed = merging.extract(WATER, data)
    assert [(one.document.reasons, one.verdict) for one in closed.documents] == [
        (document.reasons, verdict) for document, verdict in live(book)
    ]
    assert len(kept(findings(book))) == len(TEXTS)
    assert openpyxl.load_workbook(io.BytesIO(data))["_jixiao_reasons"].sheet_state != "visible"


def test_rows_put_in_above_and_a_new_name_of_the_sheet_leave_reasons_where_they_belong(book, saved):
    explain(book)
    unprotected(book)
    before = kept(findings(book))
    name = before[0][0]
    sheet = book.sheets[name]
    sheet.range("3:4").insert("down")
    sheet.name = "用水 '25"
    wanted = [(sheet.name if held == name else held, rule, text) for held, rule, text in before]
    assert kept(findings(book)) == wanted
    closed = merging.extract(WATER, saved(book))
    assert kept([(one.document, each) for one in closed.documents for each in one.verdict.findings]) == wanted


def test_a_changed_cell_voids_its_reason_at_once_and_a_deleted_row_takes_it_away(book):
    explain(book)
    unprotected(book)
    document, one = next(
        each for each in findings(book) if each[1].reason and each[1].pointer.endswith("/target")
    )
    cell = book.sheets[document.sheet].range(one.cell)
    others = len(kept(findings(book)))
    same_row = [
        each
        for each in findings(book)
        if each[1].reason and each[0].sheet == document.sheet and each[1].cell[1:] == one.cell[1:]
    ]
    cell.value = f"{cell.value}许多"
    assert len(kept(findings(book))) <= others - len(same_row)
    assert not [each for _, each in findings(book) if each.reason and each.cell == one.cell]
    book.sheets[document.sheet].range(f"{one.cell[1:]}:{one.cell[1:]}").delete()
    assert len(excel.recorded(book)) == len(TEXTS) - len(same_row)


def test_checking_marking_and_clearing_leave_the_reasons_alone(book):
    known = explain(book)
    excel.mark(book, [])
    excel.unmark(book)
    assert excel.recorded(book) == known
    excel.record(book, ())
    assert "_jixiao_reasons" not in [sheet.name for sheet in book.sheets]
    excel.record(book, ())


def test_a_read_only_workbook_has_no_place_for_a_reason(open_book):
    book = open_book(demo.workbooks()[WATER], "只读.xlsx", read_only=True)
    with pytest.raises(JixiaoError, match="说明没有地方存"):
        explain(book, 1)


def test_a_sheet_of_a_persons_own_is_left_alone(book):
    book.sheets.add("_jixiao_reasons")["A1"].value = "我的备忘"
    with pytest.raises(JixiaoError, match="换个名字"):
        explain(book, 1)
    assert book.sheets["_jixiao_reasons"]["A1"].value == "我的备忘"


def test_it_costs_one_block_read_and_one_block_written(book, counted):
    """However many reasons there are, the number of calls to the program is the same."""
    explain(book, 1)
    known = excel.recorded(book)
    seen, calls = counted(book)
    costs = []
    for many in (known, known * 10, known * 500):
        calls.names.clear()
        excel.record(seen, many)
        excel.recorded(seen)
        costs.append(len(calls))
    assert costs[1] == costs[2]  # the first of them also learns what the wrapper's objects are
