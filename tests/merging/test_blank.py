"""A blank form that comes back untouched replaces nothing, and is no submission."""

import pytest

from jixiao import merging

BLANK = dict.fromkeys(("name", "target", "operator", "value", "measure"))


@pytest.fixture
def emptied(changed):
    """Return `emptied(table, …)`: the table as it was handed out, with the names that were printed in it."""

    def build(table, **values):
        kept = {"year", "agency", "department", "department_code", "project_name"}
        told = {name: None for name in table["values"] if name not in kept}
        rows = [{**one, **BLANK} for one in table["values"]["indicators"]]
        return changed(table, **told | {"goals": [], "indicators": rows} | values)

    return build


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize("other", [{}, {"fiscal_funds": "0"}])
def test_a_blank_form_saved_later_does_not_replace_a_filled_one(send, gather, seed, emptied, number, other):  # noqa: PLR0917 - a case is its arguments
    send("甲.xlsx", seed[number], day=1)
    send("乙.xlsx", emptied(seed[number], **other), day=9)
    report = gather()
    assert {one["path"]: one["status"] for one in report["sources"]} == {
        "报送/甲.xlsx": "merged",
        "报送/乙.xlsx": "superseded",
    }
    (told,) = [one for one in report["findings"] if one["rule"] == "CS01"]
    assert (told["severity"], told["path"]) == ("warning", "报送/乙.xlsx")
    assert "没有填写的空白表" in told["message"]
    assert "算了两遍" not in "".join(report["remarks"])  # it is not counted at all
    assert report["agencies"][0]["basic" if number == 0 else "total_funds"] == ("615.51", "100")[number]
    assert gather(prefer=["报送/乙.xlsx"])["balance"]["superseded"] == 1


def test_a_formula_that_was_never_worked_out_is_no_amount(send, gather, seed, changed):
    send("甲.xlsx", changed(seed[0], basic="=SUM(D8:D9)"))
    send("乙.xlsx", changed(seed[1], total_funds="=SUM(C6:C8)"))
    report = gather()
    assert (report["agencies"][0]["basic"], report["projects"][0]["total_funds"]) == (None, None)


def test_a_blank_form_without_a_name_is_no_project_and_no_agency(send, gather, seed, emptied):
    nobody = {"agency": None, "department": None, "project_name": None}
    send("甲.xlsx", seed[1], emptied(seed[2], project_name=None), emptied(seed[0], agency=None))
    send("空白.xlsx", emptied(seed[3], **nobody))
    report = gather()
    assert [(one["agency"], one["projects"]) for one in report["agencies"]] == [("机关事务管理局", 1)]
    assert (report["totals"]["projects"], report["totals"]["unknown"]["total_funds"]) == (1, 0)
    assert (report["balance"]["documents"], report["balance"]["balanced"]) == (1, True)
    filled, blank = report["sources"]
    assert (filled["status"], filled["documents"]) == ("merged", 1)
    assert (
        "“水费”、“单位整体”是没有填写的空白表，项目名称、单位名称也没有填，没有计入" in filled["remarks"][0]
    )
    assert (blank["status"], blank["code"], "“公务用车”" in blank["reason"]) == (
        "not_ours",
        "other_file",
        True,
    )
    assert {one["path"] for one in report["findings"]} == {"报送/甲.xlsx"}


def test_a_form_without_a_name_that_says_anything_still_counts(send, gather, seed, emptied):
    send("甲.xlsx", seed[1], emptied(seed[2], project_name=None, total_funds="5"))
    assert gather()["totals"]["total_funds"] == "105"


def test_check_still_complains_of_a_blank_form(send, seed, emptied):
    send("甲.xlsx", seed[1])
    path = send("空白.xlsx", emptied(seed[2], project_name=None))
    files = merging.check([path.parent])
    assert [(one.status, len(one.documents)) for one in files] == [("read", 1), ("read", 1)]
    assert any(one.rule == "SC01" for one in files[1].documents[0].verdict.findings)
