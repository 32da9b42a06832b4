"""A file for other programs holds what was read, and nothing in it is a formula."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao import export

INDICATOR = {"level1": "产出指标", "level2": "数量指标", "name": "泵站", "target": "≥3 座"}


def report(name="电费", target="≥3 座", funds="-5.5"):
    document = {
        "form": "project_target",
        "edition": "gs-2024",
        "sheet": "表",
        "range": "A1:E20",
        "values": {
            "year": 2027, "project_name": name, "department": None, "agency": "甲局", "total_funds": funds,
            "goals": ["一", None, "二"], "indicators": [{**INDICATOR, "target": target}],
        },
        "cells": {"/indicators/0/target": "E13"},
        "findings": [],
    }  # fmt: skip
    read = {"path": "甲.xlsx", "status": "read", "reason": None, "documents": [document]}
    lost = {"path": "乙.et", "status": "rejected", "reason": "请另存为 .xlsx。", "documents": []}
    return {"version": 1, "files": [read, lost], "totals": {}}


def rows(data):
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_formats_are_found_by_their_files_and_documented():
    found = export.formats()
    assert list(found) == ["csv", "json"]
    for name, one in found.items():
        assert (one.name, one.ending) == (name, f".{name}")
        assert any("\u4e00" <= letter <= "\u9fff" for letter in one.title)


def test_json_is_the_report():
    assert json.loads(export.formats()["json"].write(report())) == report()


def test_csv_has_a_row_for_each_table_each_indicator_and_each_file_that_was_not_read():
    table, indicator, lost = rows(export.formats()["csv"].write(report()))
    filled = {name: text for name, text in table.items() if text}
    assert filled == {
        "类别": "项目", "文件": "甲.xlsx", "工作表": "表", "单元格": "A1:E20", "表": "项目支出绩效目标表", "版本": "gs-2024",
        "年度": "2027", "实施单位": "甲局", "项目名称": "电费", "年度资金总额（万元）": "-5.5", "总体目标": "一\n二",
    }  # fmt: skip
    filled = {name: text for name, text in indicator.items() if text}
    assert filled == {
        "类别": "指标", "文件": "甲.xlsx", "工作表": "表", "单元格": "E13", "表": "项目支出绩效目标表", "版本": "gs-2024",
        "年度": "2027", "实施单位": "甲局", "项目名称": "电费",
        "一级指标": "产出指标", "二级指标": "数量指标", "三级指标": "泵站", "指标值": "≥3 座",
    }  # fmt: skip
    assert (lost["类别"], lost["文件"], lost["说明"]) == ("未能读取", "乙.et", "请另存为 .xlsx。")


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", " =1", "＝1", "\r=1", "-5%", "=cmd|' /C calc'!A0"]
)
def test_what_a_spreadsheet_would_take_for_a_formula_gets_a_mark_in_front(text):
    table, indicator, _ = rows(export.formats()["csv"].write(report(text, text)))
    assert table["项目名称"] == indicator["指标值"] == f"'{text}"


@given(st.text(max_size=40))
def test_any_text_is_read_back_and_none_begins_like_a_formula(text):
    found = rows(export.formats()["csv"].write(report(name=text)))[0]["项目名称"]
    assert found in {text, f"'{text}"}
    assert not found.strip().startswith(("=", "+", "@"))
