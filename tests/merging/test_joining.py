"""Two different place names never join."""

import pytest


def table(seed, **values):
    return {**seed[1], "values": {**seed[1]["values"], "project_name": "办公经费", **values}}


def test_offices_of_two_counties_with_one_short_name_stay_apart(seed, send, gather):
    send("和政.xlsx", table(seed, department="和政县财政局", agency="办公室"))
    send(
        "临夏.xlsx",
        table(seed, department="临夏县教育局", agency="办公室", total_funds="50", fiscal_funds="50"),
    )
    report = gather()
    assert report["totals"]["total_funds"] == "150"
    assert len(report["agencies"]) == 2
    assert not [one for one in report["findings"] if one["rule"] == "CS01"]


@pytest.mark.parametrize("department", ["和政县财政局", "财政局"])
def test_one_office_under_one_place_is_one(seed, send, gather, department):
    send("甲.xlsx", table(seed, department="和政县财政局", agency="办公室"))
    send("乙.xlsx", table(seed, department=department, agency="办公室", project_name="培训费"))
    assert len(gather()["agencies"]) == 1


def test_an_agency_s_own_table_names_no_department_and_stays_by_its_name(seed, send, gather):
    """It has no 主管部门 that could tell which of the two offices it is."""
    send("和政.xlsx", table(seed, department="和政县财政局", agency="办公室"))
    send("临夏.xlsx", table(seed, department="临夏县教育局", agency="办公室"))
    send("整体.xlsx", {**seed[0], "values": {**seed[0]["values"], "agency": "办公室"}})
    report = gather()
    assert report["balance"]["balanced"]
    assert sorted(one["projects"] for one in report["agencies"]) == [0, 1, 1]
