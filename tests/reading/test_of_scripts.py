"""Our own form filled in by a script: its sums have no result yet. They are read, and said to be ours."""

from io import BytesIO

from openpyxl import load_workbook

from jixiao import checking, drawing, forms, reading
from jixiao.office import files, writing


def filled(form="project_target", **amounts):
    """Return the table of a blank form into which openpyxl wrote these cells."""
    blank = writing.workbook([drawing.draw(forms.find(form), "表", {"year": 2026})])
    book = load_workbook(BytesIO(blank))
    for at, amount in amounts.items():
        book["表"][at] = amount
    data = BytesIO()
    book.save(data)
    (document,) = reading.read(files.load(data.getvalue(), "表.xlsx"))[0]
    return document


def sums(document):
    return [
        (one.cell, one.severity, one.message)
        for one in checking.check(document).findings
        if one.rule == "ST12"
    ]


def test_the_sum_is_read_and_the_person_is_told_to_have_it_worked_out():
    document = filled(C6=50, C7=0, C8=20.5)
    assert (document.values["total_funds"], document.cells["/total_funds"]) == ("70.5", "C5")
    ((cell, severity, message),) = sums(document)
    assert (cell, severity) == ("C5", "warning")
    assert message.startswith("C5 的公式“=IF(COUNT(C6:C8)=0")
    assert message.endswith("还没有算出结果，别的程序里显示为空；这里按公式读作 70.5。")


def test_a_blank_form_says_nothing_of_its_sums():
    assert filled().values["total_funds"] is None
    assert sums(filled()) == []


def test_a_formula_that_is_more_than_a_sum_has_no_result():
    document = filled(C5="=VLOOKUP(A1,B1:C9,2)")
    assert document.faults == {"/total_funds": "=VLOOKUP(A1,B1:C9,2)"}
    ((cell, severity, _),) = sums(document)
    assert (cell, severity) == ("C5", "error")


def test_what_is_worked_out_is_judged_like_a_number():
    """That a sum has not been worked out hides no error of the sum."""
    document = filled("agency_overall", D8=300, D9=20, D11=100, F8=60, F9=30, F10=10)
    found = [(one.rule, one.cell, one.severity) for one in checking.check(document).findings]
    assert ("ST12", "F11", "warning") in found
    assert ("UN04", "F11", "error") in found
