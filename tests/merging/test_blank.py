"""A blank form that comes back untouched replaces nothing, and is no submission."""

import pytest

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
