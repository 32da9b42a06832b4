"""A sum that lacks only its result is read as a person sees it; any other formula is said to have none."""

from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from jixiao import drawing, forms
from jixiao.model import Spot
from jixiao.office import sums, writing
from jixiao.office.files import load

CELLS = {"A1": 10, "A2": 0.5, "A3": None, "A4": "文字", "A5": 2}


def grid(**formulas):
    """Return the sheet of a workbook that openpyxl wrote: it never works out a formula."""
    book = Workbook()
    for at, value in {**CELLS, **formulas}.items():
        book.active[at] = value
    data = BytesIO()
    book.save(data)
    (found,) = load(data.getvalue(), "表.xlsx").grids
    return found


def value(found, at):
    spot = Spot.of(at)
    return found.rows[spot.row][spot.column]


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("=SUM(A1:A3)", 10.5),
        ("=A1+A2+A3", 10.5),
        ("=A1-A2", 9.5),
        ("=SUM(A1:A5)", 12.5),  # SUM passes a text over
        ("=SUM(A1,A2,A5)", 12.5),
        ("=SUM($A$1:$A$2)+A5*2", 14.5),
        ("=(A1+A2)/A5", 5.25),
        ("=-A1", -10),
        ("=ROUND(SUM(A1:A2)/3,2)", 3.5),
        ("=ROUND(2.675,2)", 2.68),
        ("=0.1+0.2", 0.3),
        ('=IF(COUNT(A1:A3)=0,"",ROUND(SUM(A1:A3),6))', 10.5),
        ('=IF(COUNT(A3:A4)=0,"",ROUND(SUM(A3:A4),6))', None),
        ("=SUM(Z90:Z99)", 0),
        ("=A4", "文字"),
        ("=A3", 0),  # as any program shows it
        ('=""', None),
        ("=+A1+A2", 10.5),
        ("=SUM(A5:A1)", 12.5),  # a range may be written from its end
        ('=IF(A3="","",A1*2)', None),  # a blank cell is an empty text
        ("=IF(A3=0,A1,A2)", 10),  # and 0
        ("=IF(1/3*3=1,A1,A2)", 10),
        ("=ROUND(1/3*3*A2,0)", 1),
        ("=COUNT(A1:A5)", 3),
        ("=-A3", 0),
        ("=ROUND(-2.5,0)", -3),
        ("=ROUND(-12.5,-1)", -10),
        ("=-A1*-2", 20),
        ("=2-3-4", -5),
        ("=12/3/2", 2),
    ],
)
def test_a_sum_without_its_result_gets_it(formula, result):
    found = grid(B1=formula)
    assert value(found, "B1") == result
    assert not found.faults


@pytest.mark.parametrize(
    "formula",
    [
        "=A1+A4",  # a text: an error in any program
        "=A1/A3",
        '=SUM(A1,IF(A3=0,"",1))',  # a text among what is summed, not in a cell: an error, too
        "=A1%+1",
        "=A1^2",
        "=VLOOKUP(A1,A:B,2)",
        "=SUM(A:A)",
        "=Sheet2!A1+1",
        "=[1]表!A1",
        '="甲"&A1',
        "=NOW()",
        "=B1+1",  # itself
        "=SUM(A1:A2",
        "=A1 A2",
        "=ROUND(A1,99)",
        "=" + "-" * 150 + "1",
        "=" + "(" * 90 + "1" + ")" * 90,
        "=" + "+".join(["A1"] * 90),
    ],
)
def test_any_other_formula_has_none_and_that_is_kept(formula):
    found = grid(B1=formula)
    assert value(found, "B1") is None
    assert found.faults == {Spot.of("B1"): formula}


def test_a_sum_of_sums_is_worked_out_in_whatever_order_they_stand():
    found = grid(B1="=SUM(B2:B3)", B2="=A1+A2", B3="=A5", B4="=B1+NOW()", B5="=B4+1")
    assert [value(found, at) for at in ("B1", "B2", "B3")] == [12.5, 10.5, 2]
    assert {spot.a1 for spot in found.faults} == {"B4", "B5"}


def test_a_number_too_large_for_any_program_is_none():
    found = grid(B1="=" + "*".join(["9" * 90] * 2), B2="=B1*B1")
    assert {spot.a1 for spot in found.faults} == {"B2"}


def test_minus_nothing_is_nothing():
    assert str(value(grid(B1="=-A3"), "B1")) == "0.0"


def test_what_stands_under_a_merge_is_summed_as_any_program_does():
    book = Workbook()
    sheet = book.active
    cells = {"A1": 10, "A2": 5, "A3": "=SUM(A1:A2)", "B1": 1, "B2": "=A1+A2", "B3": "=SUM(B1:B2)"}
    for at, held in cells.items():
        sheet[at] = held
    sheet.merged_cells.add("A1:A2")
    sheet.merged_cells.add("B1:B2")
    data = BytesIO()
    book.save(data)
    (found,) = load(data.getvalue(), "表.xlsx").grids
    assert [value(found, at) for at in ("A2", "A3", "B2", "B3")] == [None, 15, None, 16]


def test_two_that_need_each_other_have_none():
    assert {spot.a1 for spot in grid(B1="=B2", B2="=B1").faults} == {"B1", "B2"}


def test_very_many_formulas_are_not_all_worked_out():
    """Time does not grow with a sheet that is formulas all over."""
    faults = {Spot(row, 0): "=SUM(B1:B9999)" for row in range(1000)}
    rows = [[None, 1.0] for _ in range(9999)]
    left = sums.worked_out(rows, faults)
    assert rows[0][0] == 9999
    assert 970 < len(left) < 1000


def test_a_blank_table_of_ours_that_a_script_filled_in_has_its_total():
    page = drawing.draw(forms.find("project_target"), "项目", {"year": 2027})
    book = load_workbook(BytesIO(writing.workbook([page])))
    sheet = book.worksheets[0]
    sheet["C6"], sheet["C7"], sheet["C8"] = 10, 0, 0.25
    data = BytesIO()
    book.save(data)
    found = load(data.getvalue(), "表.xlsx").grids[0]
    assert value(found, "C5") == 10.25
    assert not found.faults


def test_a_sum_shown_as_a_percentage_is_one():
    book = Workbook()
    sheet = book.active
    sheet["A1"], sheet["A2"], sheet["A3"], sheet["A4"] = 0.5, 0.45, "=A1+A2", "=NOW()"
    for at in ("A1", "A2", "A3", "A4"):
        sheet[at].number_format = "0%"
    data = BytesIO()
    book.save(data)
    (found,) = load(data.getvalue(), "表.xlsx").grids
    assert value(found, "A3") == 0.95
    assert {spot.a1 for spot in found.formats} == {"A1", "A2", "A3"}
