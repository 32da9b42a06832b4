"""Rules that compare tables see those of all agencies, and what they say, with recorded reasons, survives the books."""

import os
from datetime import date

import pytest

from jixiao import annotating, checking, merging, reasons
from jixiao.merging import running, seen, store
from jixiao.office.package import reasons as sheet

DAY = date(2026, 11, 24)
TEXT = "两个单位合办，指标一致"


@pytest.fixture(params=[1000, 2], ids=["in memory", "on disk"])
def held(request, monkeypatch):
    monkeypatch.setattr(seen, "_HELD", request.param)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME", str(tmp_path / "cache"))


def rename(seed, changed, number, agency, name):
    return changed(seed[number], agency=agency, department=agency, project_name=name)


def merge(tmp_path):
    ledger = merging.merge([tmp_path / "报送"], tmp_path / "汇总.xlsx", force=True, workers=0)
    return ledger, merging.merge_report(ledger)


def test_a_table_copied_from_another_agency_is_told_in_a_merge(send, seed, changed, tmp_path):
    send("甲.xlsx", rename(seed, changed, 3, "和政县教育局", "校舍维修"))
    send("乙.xlsx", rename(seed, changed, 3, "和政县水务局", "堤防加固"))
    found = [one for one in merge(tmp_path)[1]["findings"] if one["rule"] == "IN09"]
    assert len(found) == 1
    assert "校舍维修" in found[0]["message"] or "堤防加固" in found[0]["message"]


@pytest.mark.usefixtures("held")
def test_the_books_say_what_comparing_all_whole_tables_at_once_says(send, seed, changed, tmp_path):
    """Tables are packed, unpacked and kept without what comparing needs not: nothing said of them is lost by that."""
    for place, agency in enumerate(("和政县教育局", "和政县水务局", "和政县教育居")):
        send(f"{place}.xlsx", *(rename(seed, changed, n, agency, f"{agency}项目{n}") for n in (1, 3, 4)))
    send("整体.xlsx", changed(seed[0], agency="和政县教育局"))
    extracts = list(running.run(merging.find([tmp_path / "报送"]), workers=0))
    tables = [one for file in extracts for one in file.documents]
    told = [[] for _ in tables]
    for at, one in checking.compare([one.document for one in tables]):
        told[at].append(one)
    wanted = [
        checking.completed(one.document, one.verdict, more) for one, more in zip(tables, told, strict=True)
    ]
    assert [one.verdict for file in merging.check([tmp_path / "报送"]) for one in file.documents] == [*wanted]
    assert {"CS06", "GO03", "IN09", "UN05"} <= {each.rule for one in wanted for each in one.findings}


def test_what_a_reason_explains_is_not_counted_and_the_reason_stands_there_from_memory_too(
    send, seed, changed, tmp_path
):
    send("甲.xlsx", rename(seed, changed, 3, "和政县教育局", "校舍维修"))
    send("乙.xlsx", rename(seed, changed, 3, "和政县水务局", "堤防加固"))
    before = merging.tally(merge(tmp_path)[0])
    for file in merging.check([tmp_path / "报送"]):
        for one in file.documents:
            for found in (each for each in one.verdict.findings if each.rule == "IN09"):
                known = reasons.recorded((), one.document, found, TEXT, DAY)
                file.file.write_bytes(sheet.write(file.file.read_bytes(), known))
    first, report = merge(tmp_path)
    after = merging.tally(first)
    assert after == {**before, "hint": before["hint"] - 1, "explained": 1}
    assert [one["rule"] for one in report["findings"] if one["reason"] == TEXT] == ["IN09"]
    assert "已说明 1 个" in merging.verdict(first)
    assert store.state()[2] >= 2
    again, told = merge(tmp_path)
    assert (told, merging.tally(again)) == (report, after)


def explain(path, rule):
    """Record a reason for each finding of a rule in a workbook, as `jixiao explain` does."""
    for one in merging.check([path])[0].documents:
        for found in (each for each in one.verdict.findings if each.rule == rule):
            path.write_bytes(
                sheet.write(path.read_bytes(), reasons.recorded((), one.document, found, TEXT, DAY))
            )


@pytest.mark.parametrize("name", ["甲（已说明）.xlsx", "一.xlsx"])
def test_of_equal_tables_the_one_that_says_why_is_counted(send, seed, tmp_path, name):
    """A reason that was sent later, with the table as it was, is heard."""
    send("甲.xlsx", seed[1], day=1)
    explain(send(name, seed[1], day=2), "ST03")
    ledger, report = merge(tmp_path)
    assert {one["path"].rpartition("/")[2]: one["status"] for one in report["sources"]} == {
        "甲.xlsx": "duplicate",
        name: "merged",
    }
    assert [one["rule"] for one in report["findings"] if one["reason"] == TEXT] == ["ST03"]
    assert merging.tally(ledger)["explained"] == 1


def test_a_copy_of_ours_in_which_a_reason_was_recorded_is_no_copy_that_says_nothing_new(send, seed, tmp_path):
    source = send("甲.xlsx", seed[1], day=1)
    for _ in annotating.copies(merging.check([source]), source.parent, force=True):
        pass
    _, report = merge(tmp_path)
    assert [one["status"] for one in report["sources"]] == ["merged", "not_ours"]
    explain(source.with_name("甲.校验.xlsx"), "ST03")
    _, report = merge(tmp_path)
    assert [one["status"] for one in report["sources"]] == ["duplicate", "merged"]
    assert [one["rule"] for one in report["findings"] if one["reason"] == TEXT] == ["ST03"]
