"""A ledger of any size: sheets that go on, a workbook written row by row, rows for other programs."""

import json
import sqlite3
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pyarrow import parquet

from jixiao import merging
from jixiao.errors import OutputError
from jixiao.merging import details, summary
from jixiao.office import tables, writing


@pytest.fixture
def campaign(send, seed, changed, tmp_path, monkeypatch):
    """Return `campaign(out, …)`: merges a folder with a dispute, a broken file and an amount that is a text."""
    monkeypatch.chdir(tmp_path)
    send("00.xlsx", seed[0])
    for n in range(1, 9, 2):
        send(f"{n:02}.xlsx", *seed[n : n + 2])
    send("02-修改稿.xlsx", changed(seed[1], total_funds="约50"), day=9)
    send("坏.xlsx", data=b"")

    def merge(out="汇总.xlsx", **settings):
        return merging.merge([Path("报送")], Path(out), workers=0, **settings)

    return merge


def test_the_same_folder_is_the_same_workbook_and_nothing_is_left_beside_it(campaign):
    campaign("一.xlsx")
    campaign("二.xlsx")
    assert Path("一.xlsx").read_bytes() == Path("二.xlsx").read_bytes()
    assert sorted(path.name for path in Path().iterdir()) == ["一.xlsx", "二.xlsx", "报送"]


def test_a_workbook_written_row_by_row_is_valid(campaign, ooxml_validate):
    campaign()
    assert ooxml_validate(Path("汇总.xlsx")) == []


def test_a_full_sheet_goes_on_on_the_next_and_no_row_is_lost(campaign, monkeypatch):
    campaign("一.xlsx")
    monkeypatch.setattr(tables, "MOST_ROWS", 5)
    campaign("二.xlsx")
    one, two = load_workbook("一.xlsx"), load_workbook("二.xlsx")
    for name in ("项目明细", "指标明细", "问题清单", "文件清单"):
        whole = list(one[name].iter_rows(min_row=3, values_only=True))
        pages = [sheet for sheet in two if sheet.title.partition("(")[0] == name]
        assert len(pages) == -(-len(whole) // 5) > 1
        assert [row for page in pages for row in page.iter_rows(min_row=3, values_only=True)] == whole


def test_too_many_rows_go_beside_the_workbook_and_it_is_said(campaign, monkeypatch):
    monkeypatch.setattr(details, "MOST_ROWS", 20)
    ledger = campaign()
    report = merging.merge_report(ledger)
    names = load_workbook("汇总.xlsx").sheetnames
    assert not {"项目明细", "指标明细", "问题清单"} & set(names)
    assert {"汇总表", "文件清单", "版本差异"} <= set(names)
    assert "汇总_明细.sqlite" in merging.verdict(ledger)
    with sqlite3.connect("汇总_明细.sqlite") as base:
        counts = {name: base.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("projects", "indicators", "findings", "sources")}  # fmt: skip
        amounts = base.execute("SELECT total_funds, path, sheet, cell FROM projects").fetchall()
    base.close()
    assert counts == {
        "projects": len(report["projects"]),
        "indicators": len(report["indicators"]) + len(report["agency_indicators"]),
        "findings": len(report["findings"]),
        "sources": len(report["sources"]),
    }
    assert amounts == [(one["total_funds"], *one["source"].values()) for one in report["projects"]]
    Path("汇总.xlsx").unlink()
    with pytest.raises(OutputError, match="明细"):
        campaign()


def test_a_merge_that_is_stopped_while_it_writes_leaves_nothing_that_was_not_there(campaign, monkeypatch):
    write = writing.write

    def stopped(path, pages, **settings):
        if settings["title"] == "绩效目标汇总":
            raise KeyboardInterrupt
        write(path, pages, **settings)

    monkeypatch.setattr(details, "MOST_ROWS", 20)
    monkeypatch.setattr(summary, "MOST_UNIT_SHEETS", 0)
    monkeypatch.setattr(writing, "write", stopped)
    with pytest.raises(KeyboardInterrupt):
        campaign()
    assert [path.name for path in Path().iterdir()] == ["报送"]
    monkeypatch.setattr(writing, "write", write)
    campaign()
    before = {path: path.read_bytes() for path in Path().glob("汇总*/*")}
    monkeypatch.setattr(writing, "write", stopped)
    with pytest.raises(KeyboardInterrupt):
        campaign(force=True)
    assert {path: path.read_bytes() for path in Path().glob("汇总*/*")} == before
    assert len(list(Path().glob("汇总*"))) == 3


def test_what_others_put_beside_a_summary_meanwhile_stays_when_the_merge_is_stopped(campaign, monkeypatch):
    write = writing.write

    def stopped(path, pages, **settings):
        if settings["title"] == "绩效目标汇总":
            folder.joinpath("说明.txt").write_text("别人的")
            raise KeyboardInterrupt
        write(path, pages, **settings)

    monkeypatch.setattr(summary, "MOST_UNIT_SHEETS", 0)
    monkeypatch.setattr(writing, "write", stopped)
    folder = summary.folder(Path("汇总.xlsx"))
    rows = details.beside(Path("汇总.xlsx"))
    rows.symlink_to("不在了.sqlite")
    with pytest.raises(KeyboardInterrupt):
        campaign()
    assert [path.name for path in folder.iterdir()] == ["说明.txt"]
    assert rows.is_symlink()


def test_parquet_holds_the_same_rows_with_exact_amounts(campaign):
    report = merging.merge_report(ledger := campaign())
    found = list(merging.write_parquet(ledger, Path("列"), force=False))
    assert [path.name for path in found] == [f"{name}.parquet" for name in ("projects", "indicators", "findings", "sources")]  # fmt: skip
    projects = parquet.read_table("列/projects.parquet").to_pylist()
    told = [one["total_funds"] for one in report["projects"]]
    assert [one["total_funds"] for one in projects] == [None if "约" in one else Decimal(one) for one in told]
    assert [one["cell"] for one in projects] == [one["source"]["cell"] for one in report["projects"]]
    assert parquet.read_table("列/findings.parquet").num_rows == len(report["findings"])
    assert sum(one["total_funds"] or 0 for one in projects) == Decimal(report["totals"]["total_funds"])
    with pytest.raises(OutputError):
        list(merging.write_parquet(ledger, Path("列"), force=False))


def test_json_written_bit_by_bit_is_the_report(campaign):
    ledger = campaign()
    text = "".join(merging.merge_text(ledger))
    assert json.loads(text) == merging.merge_report(ledger)
    assert text == json.dumps(merging.merge_report(ledger), ensure_ascii=False, indent=2) + "\n"


def test_without_pyarrow_it_is_said_what_to_install(campaign, tmp_path):
    campaign()

    done = subprocess.run(
        [sys.executable, "-c", "import sys; sys.modules['pyarrow'] = None\nfrom jixiao.cli import main; sys.exit(main(['merge', '报送', '-o', '二.xlsx', '--parquet', '列']))"],
        capture_output=True, encoding="utf-8", check=False, cwd=tmp_path,
    )  # fmt: skip
    assert (done.returncode, "pip install jixiao[parquet]" in done.stderr) == (2, True)
    assert not (tmp_path / "二.xlsx").exists()
