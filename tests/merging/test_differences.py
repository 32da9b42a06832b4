"""What two versions say differently stands cell by cell on 版本差异."""

from pathlib import Path

from openpyxl import load_workbook

from jixiao import merging


def told(report):
    return [(one["field"], one["counted"], one["other"]) for one in report["differences"]]


def test_each_cell_that_differs_has_its_line_with_both_places(send, gather, seed, changed):
    send("水费.xlsx", seed[2], day=1)
    indicators = [dict(one) for one in seed[2]["values"]["indicators"]]
    indicators[3]["target"] = "= 99 项"
    send("水费-最终版.xlsx", changed(seed[2], total_funds="55", indicators=indicators), day=2)
    report = gather()
    old = seed[2]["values"]["indicators"][3]
    assert told(report) == [
        ("年度资金总额", "55", "50"),
        (f"第 4 行指标“{old['name']}”的指标值", "= 99 项", old["target"]),
    ]
    first = report["differences"][0]
    assert (first["counted_source"]["cell"], first["other_source"]["cell"]) == ("C5", "C5")
    assert first["counted_source"]["path"].endswith("最终版.xlsx")
    assert first["why"] == "later"


def test_a_row_more_is_one_line_and_does_not_shift_the_others(send, gather, seed, changed):
    rows = seed[2]["values"]["indicators"]
    send("水费.xlsx", seed[2], day=1)
    extra = {"level1": "产出指标", "level2": "数量指标", "name": "新增指标", "target": "1 个"}
    more = [*rows[:4], extra, *rows[4:]]
    send("水费-修改稿.xlsx", changed(seed[2], indicators=more), day=2)
    report = gather()
    assert [(one["counted"], one["other"]) for one in report["differences"]] == [
        ("产出指标", None), ("数量指标", None), ("新增指标", None), ("1 个", None),
    ]  # fmt: skip
    assert {one["other_source"] for one in report["differences"]} == {None}


def test_a_version_that_nobody_filled_in_is_one_line(send, gather, seed, changed):
    blank = dict.fromkeys(("name", "target", "operator", "value", "measure"))
    rows = [{**one, **blank} for one in seed[2]["values"]["indicators"]]
    funds = dict.fromkeys(("total_funds", "fiscal_funds", "carryover_funds", "other_funds"))
    send("水费.xlsx", seed[2], day=1)
    send("水费-空白.xlsx", changed(seed[2], goals=[], indicators=rows, **funds), day=2)
    report = gather()
    assert told(report) == [("整张表", "已填写", None)]
    (one,) = report["differences"]
    assert (one["why"], one["counted_source"]["cell"], one["other_source"]["path"]) == (
        "blank", "B3", "报送/水费-空白.xlsx",
    )  # fmt: skip


def test_the_sheet_is_there_only_where_versions_differ(send, seed, changed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    send("水费.xlsx", seed[2], day=1)
    merging.merge([Path("报送")], Path("一.xlsx"), workers=0)
    assert "版本差异" not in load_workbook("一.xlsx").sheetnames
    send("水费(2).xlsx", changed(seed[2], total_funds="55"), day=2)
    merging.merge([Path("报送")], Path("二.xlsx"), workers=0)
    rows = list(load_workbook("二.xlsx")["版本差异"].iter_rows(min_row=3, values_only=True))
    assert [row[3:5] + row[7:8] for row in rows] == [("年度资金总额", "55", "50")]
