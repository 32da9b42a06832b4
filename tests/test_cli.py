"""The command line as the contract writes it: results on stdout, the rest on stderr, exit codes, JSON."""

import io
import json
import os
import re
import subprocess
import sys
import zipfile

import openpyxl
import pytest
import xlsxwriter
import xlwt
from rich.cells import cell_len

from jixiao import cli, demo, drawing, forms, issuing
from jixiao.cli import show
from jixiao.errors import ExistsError
from jixiao.office import writing


@pytest.fixture(scope="module")
def sent(tmp_path_factory):
    """A folder with the five workbooks of the real tables."""
    folder = tmp_path_factory.mktemp("round") / "报送"
    folder.mkdir()
    for name, data in demo.workbooks().items():
        (folder / name).write_bytes(data)
    return folder


def run(*words, cwd=None, environment=None):
    done = subprocess.run(
        [sys.executable, "-m", "jixiao", *(str(word) for word in words)],
        capture_output=True,
        encoding="utf-8",
        cwd=cwd,
        check=False,
        env={**os.environ, **(environment or {})},
    )
    assert "Traceback" not in done.stderr + done.stdout
    return done


def test_help_is_chinese_with_an_example_for_every_command():
    top = run("--help")
    assert top.returncode == 0
    assert "例：" in top.stdout
    assert "\n\n命令：\n  demo " in top.stdout
    assert "\n\n选项：\n" in top.stdout
    for command in (
        "demo",
        "forms",
        "new",
        "dropdowns",
        "read",
        "check",
        "merge",
        "cache",
        "export",
        "rules",
    ):
        assert command in top.stdout
        page = run(command, "--help")
        assert page.returncode == 0
        assert f"例：\n  jixiao {command}" in page.stdout
        assert "usage" not in page.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "缺少命令"),
        (["--nope"], "不认识 --nope。"),
        (["--nope=3"], "不认识 --nope=3。"),
        (["check", "--nope", "-z"], "不认识 --nope -z。"),
        (["check", "x", "-q'x.xlsx"], "--quiet/-q 后面不能带内容，写的是“'x.xlsx”"),
        (["check", "x", "-q\"'x.xlsx"], "--quiet/-q 后面不能带内容，写的是“\"'x.xlsx”"),
        (["check", "x", "--json="], "--json 后面不能带内容，写的是“”"),
        (["check", "x", "--json=\x1b[2J"], "写的是“ [2J”"),
        (["check", "x", "--fail-on", "a, b"], "--fail-on 不能是“a, b”，可以是：error、warning、never"),
        (["check", "x", "--limit", "rows"], "各表铺开的格数，默认 8000000"),
        (["chekc"], "没有“chekc”这个命令"),
        (["addin", "put"], "没有“put”这个动作"),
        (["check"], "缺少文件或文件夹"),
        (["check", "x", "--fail-on", "no"], "--fail-on 不能是"),
        (["new", "project_target"], "缺少 -o"),
        (["new", "项目表", "-o", "x.xlsx"], "没有叫“项目表”的表"),
        (["new", "project_target", "--edition", "gs-1999", "-o", "x.xlsx"], "没有“gs-1999”这个版本"),
        (["new", "project_target", "--year", "27", "-o", "x.xlsx"], "年度 27 不对"),
        (["new", "project_target", "--year", "二七", "-o", "x.xlsx"], "--year 应当是整数，写的是 “二七”"),
        (["merge", ".", "-o", "x.xlsx", "--roster", "x.xlsx", "--year", "20"], "年度 20 不对"),
        (["merge", ".", "-o", "x.xlsx", "--roster", "x.xlsx", "--year", "-5"], "年度 -5 不对"),
        (["merge", ".", "-o", "x.xlsx", "--roster", "x.xlsx", "--year", "99999"], "2000 到 2099"),
        (["new", "agency_overall", "--project", "电费", "-o", "x.xlsx"], "没有项目名称"),
        (["new", "project_target", "-o", "x.xls"], "应当以 .xlsx 结尾"),
        (["new", "project_target", "--roster", "没有.xlsx", "-o", "x"], "找不到名单"),
        (["check", "没有这个文件.xlsx"], "找不到“没有这个文件.xlsx”"),
        (["dropdowns", "没有.xlsx", "-o", "x.xlsx"], "找不到“没有.xlsx”"),
        (["merge", "没有", "-o", "x.xlsx"], "找不到“没有”"),
        (["rules", "ZZ99"], "没有规则“ZZ99”"),
        (["merge", "", "-o", "x.xlsx"], "文件或文件夹是空的"),
        (["check", "甲", " "], "文件或文件夹是空的"),
        (["merge", ".", "-o", ""], "-o/--output 是空的"),
        (["merge", ".", "-o", "x.xlsx", "--json", ""], "--json 是空的"),
        (["merge", ".", "-o", "x.xlsx", "--json="], "--json 是空的"),
        (["merge", ".", "-o", "x.xlsx", "--prefer", ""], "--prefer 是空的"),
        (["merge", ".", "-o", "x.xlsx", "--workers", "-1"], "--workers 不能是负数"),
        (["merge", ".", "-o", "."], "“.”是一个文件夹"),
        (["check", ".", "--annotate", ""], "--annotate 是空的"),
        (["new", "project_target", "-o", "."], "“.”是一个文件夹"),
        (["new", "project_target", "-o", "x.xlsx", "--project", ""], "--project 是空的"),
        (["new", "project_target", "-o", "x.xlsx", "--project", "甲\n乙"], "“甲 乙”里有换行"),
        (["new", "project_target", "-o", "x.xlsx", "--agency", "甲\x1b[2J"], "控制字符"),
        (["new", "project_target", "-o", "x.xlsx", "--project", "甲", "--project", "甲"], "“甲”写了不止一次"),
        (["addin", "build", "-o", "."], "“.”是一个文件夹"),
        (["export", ".", "-o", "x.csv"], "缺少 --to"),
        (["export", ".", "--to", "doc", "-o", "x.csv"], "--to 不能是“doc”"),
        (["export", ".", "--to", "csv", "-o", "x.json"], "应当以 .csv 结尾"),
    ],
)
def test_wrong_words_are_answered_with_one_sentence_and_exit_2(tmp_path, words, told):
    done = run(*words, cwd=tmp_path)
    assert done.returncode == 2
    assert told in done.stderr
    assert done.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_dropdowns_that_are_there_already_are_not_said_to_be_added(tmp_path):
    assert run("new", "project_target", "--project", "水费", "-o", "空.xlsx", cwd=tmp_path).returncode == 0
    first = run("dropdowns", "空.xlsx", "-o", "一.xlsx", cwd=tmp_path)
    assert "已给 1 张表补上下拉选项" in first.stderr
    again = run("dropdowns", "一.xlsx", "-o", "二.xlsx", cwd=tmp_path)
    assert again.returncode == 0
    assert "没有要补的" in again.stderr
    assert (tmp_path / "一.xlsx").read_bytes() == (tmp_path / "二.xlsx").read_bytes()


def test_a_table_without_the_columns_of_the_levels_gets_no_dropdowns_and_no_copy(tmp_path):
    book = xlsxwriter.Workbook(tmp_path / "表.xlsx")
    sheet = book.add_worksheet()
    rows = [
        ["项目支出绩效目标表（2026年度）"],
        ["项目名称", "绿化养护"],
        ["实施单位", "某县园林管理处"],
        ["年度资金总额（万元）", 100],
        ["总体目标", "养护绿地"],
    ]
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    done = run("dropdowns", "表.xlsx", "-o", "新.xlsx", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "没有找到“一级指标”“二级指标”两列" in done.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["表.xlsx"]


def test_a_folder_without_files_and_one_without_tables(tmp_path):
    assert run("check", tmp_path).returncode == 2
    (tmp_path / "照片.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    assert run("check", tmp_path).returncode == 2
    done = run("merge", tmp_path, "-o", tmp_path / "汇总.xlsx")
    assert done.returncode == 2
    assert "没有找到可以汇总的绩效目标表" in done.stderr
    assert not (tmp_path / "汇总.xlsx").exists()


def test_check_json_is_the_contract_s(sent):
    done = run("check", sent / "3-劳务派遣与机关灶.xlsx", "--json")
    assert done.returncode == 1
    report = json.loads(done.stdout)
    assert report["version"] == 1
    (file,) = report["files"]
    assert set(file) >= {"path", "status", "code", "reason", "sha256", "documents"}
    assert (file["status"], file["code"]) == ("read", None)
    document = file["documents"][0]
    assert set(document) >= {
        "form",
        "edition",
        "sheet",
        "range",
        "money",
        "values",
        "cells",
        "findings",
        "not_checked",
    }
    assert (document["form"], document["edition"], document["range"], document["money"]) == (
        "project_target",
        "gs-2024",
        "A1:E21",
        "万元",
    )
    assert list(document["values"]) == [
        "year", "project_name", "department", "department_code", "agency", "total_funds", "fiscal_funds", "carryover_funds",
        "other_funds", "goals", "indicators",
    ]  # fmt: skip
    assert document["values"]["total_funds"] == "135"
    assert document["values"]["department_code"] is None
    assert document["values"]["indicators"][2] == {
        "level1": "成本指标", "level2": "生态环境成本指标", "name": "劳务派遣48人", "target": "> 135 万元",
        "operator": ">", "value": "135", "measure": "万元",
    }  # fmt: skip
    assert document["cells"]["/total_funds"] == "C5"
    over = [one for one in document["findings"] if one["rule"] == "CO01"]
    assert [(one["cell"], one["pointer"], one["severity"]) for one in over] == [
        ("E14", "/indicators/2/target", "error")
    ]
    assert set(over[0]) == {
        "rule",
        "severity",
        "cell",
        "pointer",
        "message",
        "suggestion",
        "basis",
        "fix",
        "reason",
    }
    assert report["totals"]["documents"] == 2
    counted = sum(len(one["findings"]) for one in file["documents"])
    assert counted == sum(report["totals"][name] for name in ("error", "warning", "hint"))


def test_fail_on_sets_the_exit_code(sent):
    clean = sent / "单位整体绩效目标表.xlsx"  # the only one of the five without an error
    assert run("check", clean).returncode == 0
    assert run("check", clean, "--fail-on", "warning").returncode == 1
    assert run("check", sent / "3-劳务派遣与机关灶.xlsx", "--fail-on", "never").returncode == 0


def test_read_shows_values_and_cells_in_the_same_shape(sent):
    report = json.loads(run("read", sent / "单位整体绩效目标表.xlsx", "--json").stdout)
    document = report["files"][0]["documents"][0]
    assert {"findings", "not_checked"} <= set(document)
    assert list(document["values"]) == [
        "year", "agency", "goals", "personnel", "operating", "basic", "projects", "fiscal_funds", "carryover_funds",
        "other_funds", "income_total", "expenditure_total", "indicators",
    ]  # fmt: skip
    assert (document["values"]["basic"], document["values"]["fiscal_funds"]) == ("615.51", None)
    assert "/fiscal_funds" in document["cells"]
    page = run("read", sent).stdout
    assert "和政县机关事务管理局" in page
    assert "年度资金总额" in page
    assert not {"project_name", "total_funds", "agency_overall"} & set(page.split())


def test_read_shows_where_goals_belong_that_nobody_wrote(tmp_path):
    blank = tmp_path / "空白.xlsx"
    run("new", "project_target", "--project", "电费", "-o", blank)
    assert [one.split() for one in run("read", blank).stdout.splitlines() if "目标" in one][1] == [
        "总体目标",
        "B9",
        "（空）",
    ]


def test_the_blank_income_sources_are_found_and_the_sum_is_not_checked(sent):
    report = json.loads(run("check", sent / "单位整体绩效目标表.xlsx", "--json", "--fail-on", "error").stdout)
    document = report["files"][0]["documents"][0]
    blanks = [one for one in document["findings"] if one["rule"] == "SC01"]
    assert [(one["cell"], one["severity"]) for one in blanks] == [
        ("F8", "warning"),
        ("F9", "warning"),
        ("F10", "warning"),
    ]
    skipped = {one["rule"]: one["reason"] for one in document["not_checked"]}
    assert set(skipped) >= {"UN03", "UN05"}


@pytest.mark.parametrize("verb", ["check", "dropdowns", "fix", "explain"])
def test_a_signed_workbook_is_said_to_lose_its_signature_before_a_copy_is_written(verb, sent, tmp_path):
    """The sentence stands before all that says what was written; the original keeps its signature and its bytes."""
    source, out = tmp_path / "签名.xlsx", tmp_path / "出.xlsx"
    source.write_bytes(next(iter(sorted(sent.iterdir()))).read_bytes())
    before = json.loads(run("check", source, "--json").stdout)
    with zipfile.ZipFile(source, "a") as archive:
        archive.writestr("_xmlsignatures/sig1.xml", "<Signature/>")
    data = source.read_bytes()
    found = next(
        (document["sheet"], one)
        for file in before["files"]
        for document in file["documents"]
        for one in document["findings"]
        if one["severity"] != "error" and one["cell"]
    )
    words = {
        "check": ["check", source, "--annotate", tmp_path / "注"],
        "dropdowns": ["dropdowns", source, "-o", out],
        "fix": ["fix", source, "-o", out],
        "explain": [
            "explain",
            source,
            "--cell",
            f"{found[0]}!{found[1]['cell']}",
            "--rule",
            found[1]["rule"],
            "--reason",
            "实际如此",
            "-o",
            out,
        ],
    }[verb]
    said = run(*words).stderr
    assert "“签名.xlsx”有数字签名" in said, said
    assert said.index("有数字签名") < said.index("已")
    assert source.read_bytes() == data


def test_annotated_copies_leave_the_originals_alone(sent, tmp_path):
    before = {path.name: path.read_bytes() for path in sent.iterdir()}
    out = tmp_path / "批注件"
    assert run("check", sent, "--annotate", out, "--fail-on", "never").returncode == 0
    assert {path.name: path.read_bytes() for path in sent.iterdir()} == before
    assert sorted(path.name for path in out.iterdir()) == sorted(
        name.replace(".xlsx", ".校验.xlsx") for name in before
    )
    with zipfile.ZipFile(out / "3-劳务派遣与机关灶.校验.xlsx") as copy:
        assert "校验结果" in copy.read("xl/workbook.xml").decode()
    again = run("check", sent, "--annotate", out)
    assert again.returncode == 2
    assert "已经存在" in again.stderr


def test_a_copy_ends_as_its_content_needs_whatever_the_name_of_the_file(sent, tmp_path):
    """A workbook with macros that somebody called .xls: Excel opens it, but no copy of it called .xlsx."""
    plain, sub = (sent / "4-电费与电梯.xlsx").read_bytes(), b"spreadsheetml.sheet.main+xml"
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(tmp_path / "电费.xls", "w") as new:
        for one in old.infolist():
            macros = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
            new.writestr(one, re.sub(rb"application/[\w.-]*" + re.escape(sub), macros, old.read(one)))
    (tmp_path / "电梯.xlsm").write_bytes(plain)
    out = tmp_path / "批注件"
    assert run("check", tmp_path, "--annotate", out, "--fail-on", "never").returncode == 0
    assert sorted(path.name for path in out.iterdir()) == ["电梯.校验.xlsx", "电费.校验.xlsm"]


def test_new_prefills_names_and_says_the_year(tmp_path):
    out = tmp_path / "表.xlsx"
    done = run(
        "new",
        "project_target",
        "--agency",
        "某局",
        "--project",
        "电费",
        "--project",
        "=1+1",
        "--year",
        "2027",
        "-o",
        out,
    )
    assert done.returncode == 0
    assert "2027 年度" in done.stdout
    report = json.loads(run("read", out, "--json").stdout)
    values = [one["values"] for one in report["files"][0]["documents"]]
    assert [(one["year"], one["project_name"], one["agency"]) for one in values] == [
        (2027, "电费", "某局"),
        (2027, "=1+1", "某局"),
    ]
    assert run("new", "project_target", "-o", out).returncode == 2
    assert run("new", "project_target", "-o", out, "--force").returncode == 0


def test_a_unit_s_own_code_is_not_printed_as_its_department_s(tmp_path):
    for heading, printed in (("单位编码", "甲局"), ("主管部门代码", "甲局（101001）")):
        with xlsxwriter.Workbook(tmp_path / "名单.xlsx") as book:
            sheet = book.add_worksheet()
            for row, line in enumerate([(heading, "主管部门", "单位名称"), ("101001", "甲局", "一中")]):
                sheet.write_row(row, 0, line)
        out = tmp_path / heading
        assert run("new", "project_target", "--roster", tmp_path / "名单.xlsx", "-o", out).returncode == 0
        assert openpyxl.load_workbook(next(out.iterdir())).active["B4"].value == printed


def test_all_limits_are_listed_when_they_are_asked_for():
    for words in (["check"], ["check", "x"], ["merge"]):
        done = run(*words, "--limit", "?")
        assert (done.returncode, done.stderr) == (0, "")
        assert "cells（各表铺开的格数，默认 8000000）" in done.stdout.splitlines()


def test_a_roster_gives_one_workbook_a_line(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "名单.xlsx") as book:
        sheet = book.add_worksheet()
        for row, line in enumerate(
            [("单位名称", "项目名称"), ("甲局", "电费"), ("甲局", "电费"), ("../乙局", "水费")]
        ):
            sheet.write_row(row, 0, line)
    out = tmp_path / "下发"
    done = run("new", "project_target", "--roster", tmp_path / "名单.xlsx", "-o", out)
    assert done.returncode == 0
    assert done.stderr == "名单里 “甲局”、“电费” 有 2 行，各出了一份；是重复的，请删去多余的文件。\n"
    assert {path.name for path in out.iterdir()} == {
        "甲局_电费_项目支出绩效目标表.xlsx",
        "甲局_电费_项目支出绩效目标表(2).xlsx",
        "_乙局_水费_项目支出绩效目标表.xlsx",
    }
    assert {path.name for path in tmp_path.iterdir()} == {"名单.xlsx", "下发"}


def test_merge_writes_summary_and_json(sent, tmp_path):
    out, data = tmp_path / "汇总.xlsx", tmp_path / "汇总.json"
    done = run("merge", sent, "-o", out, "--json", data)
    assert done.returncode == 0
    report = json.loads(data.read_text(encoding="utf-8"))
    assert report["balance"].items() >= {
        "files": 5, "merged": 5, "duplicate": 0, "superseded": 0, "rejected": 0, "not_ours": 0, "documents": 9, "balanced": True,
    }.items()  # fmt: skip
    assert report["totals"].items() >= {
        "projects": 8, "indicators": 80, "agency_indicators": 9, "total_funds": "1022", "fiscal_funds": "1022",
        "carryover_funds": "0", "other_funds": "0",
    }.items()  # fmt: skip
    (agency,) = report["agencies"]
    assert (agency["agency"], agency["projects"], agency["basic"], agency["expenditure_total"]) == (
        "和政县机关事务管理局", 8, "615.51", "1637.51",
    )  # fmt: skip
    assert run("merge", sent, "-o", out).returncode == 2
    assert run("merge", sent, "-o", out, "--force").returncode == 0


@pytest.mark.parametrize(
    "words",
    [
        ["merge", "{sent}", "-o", "汇总.xlsx", "--json", "{file}/账.json"],
        ["merge", "{sent}", "-o", "{file}/深/汇总.xlsx"],
        ["merge", "{sent}", "-o", "汇总.xlsx", "--parquet", "{file}/列存"],
        ["merge", "{sent}", "-o", "汇总.xlsx", "--returns", "{file}/深/退回"],
        ["check", "{sent}", "--annotate", "{file}"],
        ["export", "{sent}", "--to", "csv", "-o", "{file}/明细.csv"],
    ],
)
def test_a_place_that_takes_no_file_is_said_before_any_file_is_read(
    sent, tmp_path, monkeypatch, capsys, words
):
    monkeypatch.setattr("jixiao.merging.running.run", None)
    monkeypatch.setattr("jixiao.merging.running.send", None)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "文件").write_text("不是文件夹", "utf-8")
    assert cli.main([part.format(sent=sent, file="文件") for part in words]) == 2
    said = capsys.readouterr().err
    assert "不能写入“文件" in said
    assert "文件而不是文件夹" in said
    assert [one.name for one in tmp_path.iterdir()] == ["文件"]


def test_what_merge_remembers_is_said_and_can_be_cleared(sent, tmp_path):
    home = {"LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME": str(tmp_path)}
    assert "记住了 0 个文件" in run("cache", environment=home).stdout
    out = tmp_path / "汇总.xlsx"
    assert run("merge", sent, "-o", out, "--no-cache", environment=home).returncode == 0
    assert "记住了 0 个文件" in run("cache", environment=home).stdout
    assert run("merge", sent, "-o", out, "--force", environment=home).returncode == 0
    told = run("cache", environment=home).stdout
    assert "记住了 5 个文件" in told
    assert str(tmp_path) in told
    assert "已清除" in run("cache", "clear", environment=home).stdout
    assert "记住了 0 个文件" in run("cache", environment=home).stdout
    assert run("cache", "clean").returncode == 2


def test_a_resubmission_with_other_content_exits_1_and_prefer_settles_it(sent, tmp_path):
    folder = tmp_path / "报送"
    folder.mkdir()
    for path in sent.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    one = next(one for one in demo.examples() if one["sheet"] == "电费")
    other = {**one["values"], "total_funds": "176", "fiscal_funds": "176"}
    page = drawing.draw(forms.find("project_target"), "电费", other)
    (folder / "9-电费最终版.xlsx").write_bytes(writing.workbook([page]))
    out = tmp_path / "汇总.xlsx"
    assert run("merge", folder, "-o", out).returncode == 1
    data = tmp_path / "汇总.json"
    run("merge", folder, "-o", out, "--force", "--json", data, "--prefer", folder / "9-电费最终版.xlsx")
    assert json.loads(data.read_text(encoding="utf-8"))["totals"]["total_funds"] == "1023"


BROKEN = {
    "空.xlsx": (b"", "rejected", "empty"),
    "网页.xls": (
        "<html><body><table><tr><td>项目名称</td></tr></table></body></html>".encode(),
        "rejected",
        "not_a_spreadsheet",
    ),
    "坏.xlsx": (b"PK\x03\x04" + b"\0" * 200, "rejected", "damaged"),
    "~$打开着.xlsx": (b"\x05user", "not_ours", "lock_file"),
    "照片.png": (b"\x89PNG\r\n\x1a\n", "not_ours", "other_file"),
    "Thumbs.db": (b"\xd0\xcf\x11\xe0", "not_ours", "other_file"),
    "说明.pdf": (b"%PDF-1.7\n", "rejected", "unsupported_format"),
    "电费.csv": (
        "项目名称,电费\n一级指标,二级指标,三级指标,指标值\n".encode(),
        "rejected",
        "unsupported_format",
    ),
    "通讯录.csv": ("单位名称,电话\n甲局,0930\n".encode(), "not_ours", "other_file"),
}


def test_every_file_is_accounted_for_by_cause(sent, tmp_path):
    folder = tmp_path / "报送"
    folder.mkdir()
    for name, (data, _, _) in BROKEN.items():
        (folder / name).write_bytes(data)
    (folder / "好.xlsx").write_bytes((sent / "1-维修与水费.xlsx").read_bytes())
    (folder / "好-副本.xlsx").write_bytes((sent / "1-维修与水费.xlsx").read_bytes())
    data = tmp_path / "账.json"
    assert run("merge", folder, "-o", tmp_path / "汇总.xlsx", "--json", data).returncode == 1
    report = json.loads(data.read_text(encoding="utf-8"))
    got = {one["path"].rpartition("/")[2]: (one["status"], one["code"]) for one in report["sources"]}
    assert {name: got[name] for name in BROKEN} == {
        name: told for name, (_, *told) in BROKEN.items() for told in [tuple(told)]
    }
    assert sorted(got[name][0] for name in ("好.xlsx", "好-副本.xlsx")) == ["duplicate", "merged"]
    assert all(one["reason"] for one in report["sources"] if one["status"] in {"rejected", "not_ours"})
    assert report["balance"]["balanced"]


def test_tables_on_hidden_sheets_alone_are_told_loudly(sent, tmp_path):
    folder = tmp_path / "报送"
    folder.mkdir()
    (folder / "好.xlsx").write_bytes((sent / "1-维修与水费.xlsx").read_bytes())
    assert run("check", folder, "--fail-on", "never").returncode == 0
    book = openpyxl.load_workbook(sent / "2-公务用车与公务接待.xlsx")
    book.create_sheet("封面", 0)["A1"] = "2024 年绩效目标"
    book.active = 0
    for sheet in book.worksheets[1:]:
        sheet.sheet_state = "hidden"
    book.save(folder / "藏.xlsx")
    done = run("check", folder, "--fail-on", "never")
    assert done.returncode == 1
    assert done.stdout.count("是隐藏的") == 2  # said once of each of its two sheets
    assert run("merge", folder, "-o", tmp_path / "汇总.xlsx").returncode == 1


def test_the_demo_runs_and_does_not_overwrite(tmp_path):
    done = run("demo", tmp_path / "演示")
    assert done.returncode == 0
    assert "1022 万元" in done.stdout
    assert (tmp_path / "演示" / "4-汇总表.xlsx").exists()
    assert run("demo", tmp_path / "演示").returncode == 2
    assert run("demo", tmp_path / "演示", "--force").returncode == 0


def test_rules_are_listed_and_explained():
    report = json.loads(run("rules", "--json").stdout)
    assert {"FI01", "UN05", "ST02", "SC01"} <= {one["id"] for one in report["rules"]}
    page = run("rules", "fi-01").stdout
    for heading in ("检查什么", "为什么", "怎么改", "例", "依据"):
        assert heading in page


def test_an_unforeseen_error_is_one_sentence_and_a_log_without_cell_contents(tmp_path):
    (tmp_path / "sitecustomize.py").write_text(
        "import jixiao.forms\njixiao.forms.catalogue = lambda: 1 / 0\n", encoding="utf-8"
    )
    done = run(
        "forms",
        environment={
            "PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path]),
            "XDG_STATE_HOME": str(tmp_path),
        },
    )
    assert done.returncode == 2
    assert "没有预料到的问题" in done.stderr
    log = (tmp_path / "jixiao" / "jixiao.log").read_text(encoding="utf-8")
    assert "ZeroDivisionError" in log


def folder_of(sent, tmp_path):
    folder = tmp_path / "报送"
    folder.mkdir()
    for path in sent.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


def test_an_output_never_replaces_a_submission(sent, tmp_path):
    """Even with --force: 4-电费 as the summary's name cost a department its workbook once."""
    folder = folder_of(sent, tmp_path)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    done = run("merge", folder, "-o", folder / "4-电费与电梯.xlsx", "--force")
    assert (done.returncode, "没有覆盖" in done.stderr) == (2, True)
    done = run(
        "merge", folder, "-o", tmp_path / "汇总.xlsx", "--json", folder / "4-电费与电梯.xlsx", "--force"
    )
    assert (done.returncode, "就是输入文件" in done.stderr) == (2, True)
    (folder / "电费.校验.xlsx").write_bytes(before["4-电费与电梯.xlsx"])
    (folder / "电费.xlsx").write_bytes(before["4-电费与电梯.xlsx"])
    done = run("check", folder, "--annotate", folder, "--force")
    assert (done.returncode, "就是输入文件" in done.stderr) == (2, True)
    assert {name: (folder / name).read_bytes() for name in before} == before


def test_two_outputs_are_never_one_file(sent, tmp_path):
    """The JSON took the summary's place once: with one name, however written, nothing is written at all."""
    out = tmp_path / "汇总.xlsx"
    (tmp_path / "别名").symlink_to(tmp_path, target_is_directory=True)
    others = (
        out,
        tmp_path / "x" / ".." / "汇总.xlsx",
        tmp_path / "别名" / "汇总.xlsx",
        tmp_path / "汇总_整体" / "甲.xlsx",
    )
    for force in ((), ("--force",)):
        for data in others:
            done = run("merge", sent, "-o", out, "--json", data, *force)
            assert (done.returncode, "同一个位置" in done.stderr) == (2, True)
            assert [path.name for path in tmp_path.iterdir()] == ["别名"]


def test_the_profile_and_the_list_are_inputs_too(sent, tmp_path):
    own = tmp_path / "口径.toml"
    own.write_text("", encoding="utf-8")
    done = run("merge", sent, "-o", tmp_path / "汇总.xlsx", "--json", own, "--profile", own, "--force")
    assert (done.returncode, "就是输入文件" in done.stderr) == (2, True)
    roster = tmp_path / "甲局_项目支出绩效目标表.xlsx"
    with xlsxwriter.Workbook(roster) as book:
        book.add_worksheet().write_column(0, 0, ("单位名称", "甲局"))
    before = roster.read_bytes()
    done = run("new", "project_target", "--roster", roster, "-o", tmp_path, "--force")
    assert (done.returncode, "就是输入文件" in done.stderr) == (2, True)
    assert roster.read_bytes() == before


def test_only_the_terminal_s_sentence_speaks_of_force(tmp_path):
    (tmp_path / "表.xlsx").touch()
    done = run("new", "project_target", "-o", tmp_path / "表.xlsx")
    assert "已经存在，没有覆盖" in done.stderr
    assert "--force" in done.stderr
    with pytest.raises(ExistsError) as told:
        issuing.one(forms.find("project_target"), {}, [], tmp_path / "表.xlsx", force=False)
    assert "--" not in str(told.value)


def test_exports_hold_what_was_read(sent, tmp_path):
    out = tmp_path / "明细.json"
    assert run("export", sent, "--to", "json", "-o", out).returncode == 0
    assert json.loads(out.read_text("utf-8")) == json.loads(run("check", sent, "--json").stdout)
    out = tmp_path / "明细.csv"
    done = run("export", sent, "--to", "csv", "-o", out)
    assert (done.returncode, str(out) in done.stdout) == (0, True)
    again = run("export", sent, "--to", "csv", "-o", out)
    assert (again.returncode, "已经存在" in again.stderr) == (2, True)
    (tmp_path / "照片.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    assert run("export", tmp_path / "照片.jpg", "--to", "csv", "-o", tmp_path / "x.csv").returncode == 2
    assert not (tmp_path / "x.csv").exists()


def test_a_word_of_a_table_breaks_as_chinese_does(monkeypatch, capsys):
    """rich breaks at blanks alone, and left 第 4 at the end of a line and half the next one empty."""
    monkeypatch.setattr(show, "_WIDTH_OF_A_FILE", 40)
    text = "第 4 行指标的三级指标没有填写，请补上单元格 C12、C13 的内容。"
    show.table(("问题",), [(text,)])
    lines = [line.rstrip() for line in capsys.readouterr().out.splitlines()[1:]]
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(cell_len(line) >= 34 for line in lines[:-1])
    assert not any(line.startswith(("，", "。", "、")) for line in lines)
    assert any("C12、" in line for line in lines)


def test_on_a_narrow_terminal_a_finding_is_a_paragraph_and_nothing_is_left_out(monkeypatch, capsys):
    monkeypatch.setattr(show, "_WIDTH_OF_A_FILE", 20)
    row = ("错误", "C5", "FI01", "年度资金总额是 100 万元，来源合计 90 万元。", "请核对三项来源。")
    show.table(("级别", "单元格", "规则", "问题", "建议"), [row], ["red"])
    lines = capsys.readouterr().out.splitlines()
    assert "".join(lines).replace(" ", "") == "".join(row).replace(" ", "")
    assert all(cell_len(line) <= 20 for line in lines)


def old_format():
    """A workbook in the old format with our table in it."""
    one = next(one for one in demo.examples() if one["sheet"] == "电费")
    page = drawing.draw(forms.find("project_target"), "电费", one["values"])
    book, stream = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("电费")
    for box in page.boxes:
        sheet.write(box.area.top, box.area.left, box.value)
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "told"), [("坏.xlsx", "损坏"), ("空.xlsx", "空"), ("旧.xls", "不是 .xlsx 或 .xlsm")]
)
@pytest.mark.parametrize(
    "verb", [("fix",), ("explain", "--cell", "A1", "--rule", "VA02", "--reason", "上级文件规定")]
)
def test_what_cannot_be_changed_in_place_is_told_by_its_cause(tmp_path, verb, name, told):
    (tmp_path / name).write_bytes(BROKEN[name][0] if name in BROKEN else old_format())
    done = run(verb[0], tmp_path / name, *verb[1:], "-o", tmp_path / "改.xlsx")
    assert (done.returncode, told in done.stderr) == (2, True), done.stderr
    assert "改.xls。" not in done.stderr
    assert ("不是 .xlsx 或 .xlsm" in done.stderr) == (name == "旧.xls")


def test_a_page_of_its_own_never_replaces_a_submission(sent, tmp_path):
    """A file that cannot be marked gets an .xlsx with the results, whatever ending its own name has."""
    (tmp_path / "电费.xlsm").write_bytes(old_format())
    other = tmp_path / "电费.校验.xlsx"
    other.write_bytes((sent / "4-电费与电梯.xlsx").read_bytes())
    before = other.read_bytes()
    done = run("check", tmp_path, "--annotate", tmp_path, "--force")
    assert (done.returncode, "就是输入文件" in done.stderr) == (2, True), done.stderr
    assert other.read_bytes() == before


def test_an_earlier_summary_in_the_folder_is_replaced_and_not_counted(sent, tmp_path):
    folder = folder_of(sent, tmp_path)
    assert run("merge", folder, "-o", folder / "汇总.xlsx").returncode == 0
    data = tmp_path / "账.json"
    assert run("merge", folder, "-o", folder / "汇总.xlsx", "--force", "--json", data).returncode == 0
    assert json.loads(data.read_text(encoding="utf-8"))["totals"]["total_funds"] == "1022"


def test_an_earlier_json_in_the_folder_is_replaced_and_no_other_file(sent, tmp_path):
    folder = folder_of(sent, tmp_path)
    data, foreign = folder / "账.json", folder / "别人的.json"
    words = ("merge", folder, "-o", folder / "汇总.xlsx", "--force", "--json")
    for _ in range(2):
        assert run(*words, data).returncode == 0
        assert json.loads(data.read_text(encoding="utf-8"))["balance"]["files"] == 5
    foreign.write_text('{"version": 1}', encoding="utf-8")
    done = run(*words, foreign)
    assert (done.returncode, "就是输入文件" in done.stderr) == (2, True)
    assert foreign.read_text(encoding="utf-8") == '{"version": 1}'


def test_a_picture_beside_a_workbook_does_not_change_what_is_checked(sent, tmp_path):
    folder = tmp_path / "报送"
    folder.mkdir()
    (folder / "单位.xlsx").write_bytes((sent / "单位整体绩效目标表.xlsx").read_bytes())
    alone = json.loads(run("check", folder, "--json").stdout)["files"][0]
    (folder / "照片.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    beside = json.loads(run("check", folder, "--json").stdout)["files"][0]
    assert alone == beside


def test_what_a_cell_holds_does_not_steer_the_terminal(tmp_path):
    page = drawing.draw(forms.find("project_target"), "表", {"year": 2027, "project_name": ":100: [red]甲"})
    (tmp_path / "表.xlsx").write_bytes(writing.workbook([page]))
    assert ":100: [red]甲" in run("check", tmp_path / "表.xlsx").stdout
    assert show.plain("\x1b[2J甲\u202e\n乙") == " [2J甲 \n乙"
