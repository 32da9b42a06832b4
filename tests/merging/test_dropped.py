"""A later package of an agency that no longer has one of the projects: it still counts, and that is told once."""

from datetime import datetime

import pytest

FIRST, LATER = datetime(2024, 1, 5), datetime(2024, 2, 5)  # noqa: DTZ001 - as a workbook writes it


def told(report, *rules):
    return [one for one in report["findings"] if one["rule"] in (rules or ("CS01", "ST02"))]


def send_both(send, first, later, *, saved=(FIRST, LATER)):
    send("初稿.xlsx", *first, saved=saved[0])
    send("最终版.xlsx", *later, saved=saved[1])


def test_a_project_that_the_later_package_dropped_counts_and_is_told_as_a_hint(send, gather, seed, changed):
    send_both(send, seed[1:4], [seed[1], changed(seed[2], total_funds="60", fiscal_funds="60")])
    report = gather()
    assert report["totals"]["projects"] == 3
    finding, corrected = sorted(told(report), key=lambda one: one["severity"], reverse=True)
    assert (finding["rule"], finding["severity"], corrected["severity"]) == ("CS01", "hint", "error")
    assert (finding["path"], finding["sheet"], finding["cell"]) == ("报送/初稿.xlsx", "公务用车", "B3")
    for part in ("“2024年公务用车运行经费”", "报送/最终版.xlsx", "2 张表", "没有这个项目", "照旧计入"):
        assert part in finding["message"], part
    assert "不再申报的，删去这一张" in finding["suggestion"]


@pytest.mark.parametrize(
    "later",
    [
        lambda seed, changed: [changed(seed[1], total_funds="60")],  # one that was corrected
        lambda seed, changed: [changed(seed[n], other_funds="1") for n in (1, 2)],  # two that were
        lambda seed, _: [seed[1]],  # one that came again
        lambda seed, _: seed[4:6],  # others
        lambda seed, _: seed[1:4],  # all
        lambda seed, _: seed[1:5],  # one more
    ],
    ids=["one corrected", "two corrected", "one again", "others", "all", "one more"],
)
def test_what_is_no_package_without_it_says_nothing(send, gather, seed, changed, later):
    send_both(send, seed[1:4], later(seed, changed))
    assert not [one for one in told(gather()) if one["severity"] == "hint"]


def test_a_package_that_came_before_says_nothing(send, gather, seed):
    send_both(send, seed[1:4], seed[1:3], saved=(LATER, FIRST))
    assert not told(gather())


def test_of_two_that_were_saved_at_one_time_none_is_the_later(send, gather, seed):
    send_both(send, seed[1:4], seed[1:3], saved=(FIRST, FIRST))
    assert not told(gather())


def test_what_came_anew_in_a_third_workbook_was_not_dropped(send, gather, seed):
    send_both(send, seed[1:4], seed[1:3])
    send("补报.xlsx", seed[3], saved=LATER)
    assert not told(gather())


def test_another_agency_s_tables_in_the_same_workbook_are_not_dropped(send, gather, seed, changed):
    own = [changed(one, agency="和政县教育局", department="和政县教育局") for one in seed[4:6]]
    send_both(send, [*seed[1:3], *own], seed[1:3])
    assert not told(gather())


def test_what_prefer_names_is_what_counts(send, gather, seed):
    send_both(send, seed[1:4], seed[1:3])
    assert not told(gather(prefer=["报送/初稿.xlsx"]))


def test_a_project_with_another_name_and_the_same_indicators_may_be_counted_twice(
    send, gather, seed, changed
):
    send_both(send, seed[1:4], [*seed[1:3], changed(seed[3], project_name="公务用车保障")])
    report = gather()
    assert report["totals"]["projects"] == 4
    (finding,) = told(report)
    assert (finding["rule"], finding["severity"], finding["path"]) == ("ST02", "warning", "报送/最终版.xlsx")
    assert "“2024年公务用车运行经费”和“公务用车保障”" in finding["message"]
    (remark,) = [one for one in report["remarks"] if "算了两遍" in one]
    assert "200 万元" in remark
