"""Projects → agency → department → all: every level has the same sum, and what nobody stated stays blank."""

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from jixiao import merging


def test_departments_stand_above_their_agencies(send, seed, changed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    send("甲.xlsx", changed(seed[1], agency="甲学校", department="教育局"))
    send(
        "乙.xlsx",
        changed(seed[1], agency="乙学校", department="教 育 局", total_funds="7.5", fiscal_funds=None),
    )
    send("丙.xlsx", changed(seed[1], agency="丙医院", department="卫健局", total_funds="约5"))
    report = merging.merge_report(merging.merge([Path("报送")], Path("汇总.xlsx"), workers=0))
    one, two = sorted(report["departments"], key=lambda one: one["agencies"])
    assert (one["department"], one["agencies"], one["projects"], one["total_funds"]) == ("卫健局", 1, 1, None)
    assert (two["department"], two["agencies"], two["projects"], two["total_funds"], two["fiscal_funds"]) == (
        "教育局",
        2,
        2,
        "107.5",
        "100",
    )
    assert (one["unknown"]["total_funds"], two["unknown"]["fiscal_funds"]) == (1, 1)
    rows = list(load_workbook("汇总.xlsx")["主管部门"].iter_rows(min_row=3, values_only=True))
    assert {row[3:6] for row in rows} == {(1, 1, None), (2, 2, 107.5)}
    known = sum(Decimal(level["total_funds"] or 0) for level in report["departments"])
    assert known == Decimal(report["totals"]["total_funds"])


@pytest.mark.parametrize(
    ("written", "found"),
    [
        (["甲县教育局（201）", "教育局（201）", "201", "甲县教育局"], {"甲县教育局": 4}),
        (["甲县教育局（201）", "甲县教育局（盖章）", "201-甲县教育局"], {"甲县教育局": 3}),
        (["甲县教育局（201）", "乙县教育局（201）", "201"], {"甲县教育局": 1, "乙县教育局": 1, "201": 1}),
        (["甲县教育局（201）", "教育局（201）", "乙县教育局（202）", "教育局（202）"], {"甲县教育局": 2, "乙县教育局": 2}),
        (["教育局（201）", "教育局（202）", "301"], {"教育局": 2, "301": 1}),
    ],
)  # fmt: skip
def test_one_code_is_one_department_where_its_names_do_not_contradict(  # noqa: PLR0917 - a case is its arguments
    send, gather, seed, changed, written, found
):
    for number, department in enumerate(written):
        one = changed(seed[1], agency="甲县第一中学", department=department, project_name=f"项目{number}")
        send(f"{number}.xlsx", one)
    report = gather()
    assert {one["department"]: one["projects"] for one in report["departments"]} == found
    assert sum(Decimal(one["total_funds"]) for one in report["departments"]) == 100 * len(written)


def test_a_department_that_joined_its_full_name_as_an_agency_is_summed_under_it(send, gather, seed, changed):
    send("甲.xlsx", changed(seed[1], agency="甲县水务局", department="甲县水务局"))
    send("乙.xlsx", changed(seed[2], agency="水务局", department="水务局"))
    send("丙.xlsx", changed(seed[3], agency="甲县河道所", department="甲县水务局"))
    (one,) = gather()["departments"]
    assert (one["department"], one["agencies"], one["projects"]) == ("甲县水务局", 2, 3)


def test_a_short_department_that_may_be_of_two_places_stands_for_itself(send, gather, seed, changed):
    send("甲.xlsx", changed(seed[1], agency="甲县水务局", department="甲县水务局"))
    send("乙.xlsx", changed(seed[2], agency="水务局", department="水务局"))
    send("丙.xlsx", changed(seed[3], agency="乙县水务局", department="乙县水务局"))
    assert len(gather()["departments"]) == 3


@pytest.mark.parametrize(
    ("own", "told"),
    [
        ([2023], "“和政县水务局”：整体表（2023 年度）、项目表（2024 年度）"),
        ([None], "“和政县水务局”：整体表（年度没有填）、项目表（2024 年度）"),
        ([2024], None),
        ([2023, 2024], None),
    ],
)
def test_an_own_table_of_another_year_than_the_projects_is_told(send, gather, seed, changed, own, told):  # noqa: PLR0917 - a case is its arguments
    send("项目.xlsx", changed(seed[1], agency="和政县水务局", department="和政县水务局"))
    for year in own:
        send(f"整体{year}.xlsx", changed(seed[0], agency="和政县水务局", year=year))
    found = [one for one in gather()["remarks"] if "不是一个年度" in one]
    assert [told in one for one in found] == ([True] if told else [])
