"""与上次相比: merged again, a folder says which projects are new or gone, and which say something else."""

import os
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jixiao import merging
from jixiao.merging import since, store


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME", str(tmp_path / "cache"))


def merge(tmp_path, *paths, name="汇总.xlsx", **more):
    where = [tmp_path / one for one in paths or ("报送",)]
    return merging.merge(where, tmp_path / name, force=True, workers=0, **more)


def told(ledger):
    """The changes as a person reads them: what, which project, from which amount to which."""
    if ledger.since is None:
        return []
    return [
        (one.kind, one.name, one.before.get("total_funds"), one.after.get("total_funds"))
        for one in ledger.since.changes
    ]


def named(changed, table, name, total="50", **more):
    funds = {"total_funds": total, "fiscal_funds": total, "carryover_funds": "0", "other_funds": "0"}
    return changed(table, project_name=name, **funds, **more)


def test_new_gone_and_changed_projects_are_told_with_their_amounts(send, seed, changed, tmp_path):
    send("甲.xlsx", named(changed, seed[1], "维修"), named(changed, seed[2], "水费"))
    send("乙.xlsx", named(changed, seed[3], "用车", goals=["保障出行"]))
    assert told(merge(tmp_path)) == []
    send("甲.xlsx", named(changed, seed[1], "维修", "72.5"))
    send("乙.xlsx", named(changed, seed[3], "用车", goals=["保障公务出行"]))
    send("丙.xlsx", named(changed, seed[4], "接待", "8"))
    ledger = merge(tmp_path)
    assert told(ledger) == [
        ("new", "接待", None, "8"),
        ("gone", "水费", "50", None),
        ("amounts", "维修", "50", "72.5"),
        ("words", "用车", "50", "50"),
    ]
    sentence = "项目新增 1 个，减少 1 个，金额变动 1 个，内容变动 1 个，年度资金总额减少 19.5 万元"
    assert sentence in merging.verdict(ledger)
    page = openpyxl.load_workbook(tmp_path / "汇总.xlsx")["与上次相比"]
    assert [(row[1], *row[3:8]) for row in page.iter_rows(min_row=3, values_only=True)] == [
        ("新增", "2024", "接待", None, 8, 8),
        ("减少", "2024", "水费", 50, None, -50),
        ("金额变动", "2024", "维修", 50, 72.5, 22.5),
        ("内容变动", "2024", "用车", 50, 50, 0),
    ]
    assert told(merge(tmp_path)) == []


def test_the_same_folder_is_known_under_another_output_and_another_order(send, seed, changed, tmp_path):
    send("一/甲.xlsx", named(changed, seed[1], "维修"))
    send("二/乙.xlsx", named(changed, seed[2], "水费"))
    merge(tmp_path, "报送/一", "报送/二")
    send("二/乙.xlsx", named(changed, seed[2], "水费", "60"))
    assert told(merge(tmp_path, "报送/一", name="别的.xlsx")) == []
    again = merge(tmp_path, "报送/二", "报送/一", name="另一份.xlsx")
    assert told(again) == [("amounts", "水费", "50", "60")]


def test_another_spelling_of_an_agency_that_comes_first_changes_no_other_table(send, seed, changed, tmp_path):
    send("乙.xlsx", named(changed, seed[1], "维修", agency="甲县人民医院"))
    merge(tmp_path)
    send("甲.xlsx", named(changed, seed[2], "水费", agency="甲县 人民医院（盖章）"))
    assert told(merge(tmp_path)) == [("new", "水费", None, "50")]


@pytest.mark.parametrize("department", ["甲县应急局", None])
def test_a_table_without_agency_is_the_same_however_the_folder_is_given(  # noqa: PLR0917 - a case is its arguments
    send, seed, changed, tmp_path, monkeypatch, department
):
    send("甲.xlsx", named(changed, seed[1], "抗旱", agency=None, department=department))
    merge(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert told(merge(Path())) == []
    send("甲.xlsx", named(changed, seed[1], "抗旱", "60", agency=None, department=department))
    assert told(merge(Path())) == [("amounts", "抗旱", "50", "60")]


def test_a_merge_that_remembers_nothing_compares_nothing(send, seed, changed, tmp_path):
    send("甲.xlsx", named(changed, seed[1], "维修"))
    merge(tmp_path)
    send("甲.xlsx", named(changed, seed[1], "维修", "60"))
    assert told(merge(tmp_path, remember=False)) == []
    assert told(merge(tmp_path)) == [("amounts", "维修", "50", "60")]
    store.clear()
    send("甲.xlsx", named(changed, seed[1], "维修", "70"))
    assert told(merge(tmp_path)) == []


@pytest.mark.parametrize("damage", [b"", b"no database", b"SQLite format 3\0" + bytes(5_000)])
def test_a_memory_that_is_damaged_is_no_memory(send, seed, changed, tmp_path, damage):
    send("甲.xlsx", named(changed, seed[1], "维修"))
    merge(tmp_path)
    since.place([tmp_path / "报送"]).write_bytes(damage)
    send("甲.xlsx", named(changed, seed[1], "维修", "60"))
    assert told(merge(tmp_path)) == []
    send("甲.xlsx", named(changed, seed[1], "维修", "70"))
    assert told(merge(tmp_path)) == [("amounts", "维修", "60", "70")]


AMOUNTS = st.dictionaries(st.sampled_from("甲乙丙丁"), st.integers(0, 3).map(str), min_size=1)


@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=AMOUNTS, after=AMOUNTS)
def test_what_was_and_the_changes_give_what_is(send, seed, changed, tmp_path, *, before, after):
    """Law: take the gone ones away, put the new ones in, change the changed ones, and it is this merge."""
    store.clear()
    for projects in (before, after):
        for path in (tmp_path / "报送").glob("*.xlsx"):
            path.unlink()
        for name, total in projects.items():
            send(f"{name}.xlsx", named(changed, seed[2], name, total))
        ledger = merge(tmp_path)
    known = dict(before)
    for kind, name, old, new in told(ledger):
        assert known.get(name) == old
        assert (kind == "gone") == (new is None)
        if new is None:
            del known[name]
        else:
            known[name] = new
    assert known == after


def test_an_own_table_that_changed_alone_is_told_too(send, seed, changed, tmp_path):
    """Its figures and words are in the summary as well; a project that stayed as it was is not told."""
    send("项目.xlsx", named(changed, seed[1], "维修"))
    own = changed(seed[0], agency="机关事务管理局")
    send("整体.xlsx", own)
    assert told(merge(tmp_path)) == []
    send("整体.xlsx", changed(own, personnel="600", basic="620"))
    ledger = merge(tmp_path)
    assert "相比，项目没有变；整体表金额变动 1 张，见“与上次相比”。" in merging.verdict(ledger)
    rows = list(
        openpyxl.load_workbook(tmp_path / "汇总.xlsx")["与上次相比"].iter_rows(min_row=3, values_only=True)
    )
    assert [(row[1:5], row[5:8], row[8], row[9].rpartition("/")[2]) for row in rows] == [
        (
            ("整体表金额变动", "机关事务管理局", "2024", None),
            (None, None, None),
            "人员经费 595.51 → 600，基本支出合计 615.51 → 620",
            "整体.xlsx",
        )
    ]
    send("整体.xlsx", changed(own, personnel="600", basic="620", goals=["保障机关运转"]))
    assert "整体表内容变动 1 张" in merging.verdict(merge(tmp_path))
    (tmp_path / "报送" / "整体.xlsx").unlink()
    send("项目.xlsx", named(changed, seed[1], "维修", "60"))
    both = "项目金额变动 1 个，年度资金总额增加 10 万元；整体表减少 1 张，见“与上次相比”。"
    assert both in merging.verdict(merge(tmp_path))
