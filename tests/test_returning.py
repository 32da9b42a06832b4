"""退回意见: every sender with an error gets its own folder, nobody gets another's, and nobody else gets one."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import xlwt
from openpyxl import load_workbook

from jixiao import demo, drawing, forms
from jixiao.model import Area, Box, Page
from jixiao.office import writing


@pytest.fixture
def merge(tmp_path):
    def run(*words):
        command = [sys.executable, "-m", "jixiao", "merge", "报送", "-o", "汇总.xlsx", "--force", *words]
        return subprocess.run(
            command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False, env=os.environ
        )

    return run


def put(folder, name, **values):
    table = next(one for one in demo.examples() if one["sheet"] == "电费")
    sound = [one for one in table["values"]["indicators"] if one["target"] != one["name"]]
    page = drawing.draw(
        forms.find("project_target"), "电费", {**table["values"], "indicators": sound, **values}
    )
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(writing.workbook([page]))


@pytest.fixture
def sent(tmp_path):
    folder = tmp_path / "报送"
    put(folder, "甲.xlsx", agency="甲局", department="甲局", total_funds="1")
    put(folder, "乙.xlsx", agency="乙局", department="乙局")
    put(folder, "丙.xlsx", agency="../丙局", department="../丙局", fiscal_funds="7")
    (folder / "坏.xlsx").write_bytes(b"")
    return folder


def tree(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_an_annotated_copy_that_came_back_and_was_merged_is_never_replaced(sent, merge, tmp_path):
    merge("--returns", "退回")
    own = sent / "甲局"
    own.mkdir()
    (sent / "甲.xlsx").rename(own / "甲.xlsx")
    for name in ("甲.校验.xlsx", "退回意见.txt"):
        (own / name).write_bytes((tmp_path / "退回" / "甲局" / name).read_bytes())
    book = load_workbook(own / "甲.校验.xlsx")
    book["电费"]["C6"] = 1
    book.save(own / "甲.校验.xlsx")
    before = (own / "甲.校验.xlsx").read_bytes()
    done = merge("--returns", "报送")
    assert (done.returncode, (own / "甲.校验.xlsx").read_bytes()) == (2, before)
    assert "“报送”里有参与汇总的标注件“报送/甲局/甲.校验.xlsx”" in done.stderr
    assert merge("--returns", "退回").returncode == 1


@pytest.mark.usefixtures("sent")
def test_all_outputs_may_go_into_one_folder(tmp_path):
    words = ["-o", "出/汇总.xlsx", "--json", "出/账.json", "--returns", "出", "--parquet", "出"]
    command = [sys.executable, "-m", "jixiao", "merge", "报送", *words]
    for again in ([], ["--force"]):
        done = subprocess.run(
            [*command, *again], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
        )
        assert done.returncode == 1, done.stderr  # a broken file
        assert {"汇总.xlsx", "账.json", "projects.parquet", "甲局/退回意见.txt"} <= tree(tmp_path / "出")


@pytest.mark.usefixtures("sent")
@pytest.mark.parametrize("option", ["--returns", "--parquet"])
@pytest.mark.parametrize("folder", ["汇总.xlsx", "汇总.xlsx/退回", "账.json", "汇总_整体"])
def test_a_folder_that_is_another_output_is_refused_before_any_work(tmp_path, merge, option, folder):
    done = merge(option, folder, "--json", "账.json")
    assert (done.returncode, done.stdout) == (2, "")
    assert "同一个位置" in done.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["报送"]


def test_who_has_an_error_gets_a_marked_copy_and_a_text(sent, tmp_path, merge):
    before = {path: path.read_bytes() for path in sent.iterdir()}
    done = merge("--returns", "退回", "--json", "账.json")
    assert "Traceback" not in done.stderr
    assert tree(tmp_path / "退回") == {
        "甲局/甲.校验.xlsx", "甲局/退回意见.txt", "_丙局/丙.校验.xlsx", "_丙局/退回意见.txt", "常见问题.xlsx", "没有读出的文件.txt",
    }  # fmt: skip
    text = (tmp_path / "退回/甲局/退回意见.txt").read_text(encoding="utf-8-sig")
    report = json.loads((tmp_path / "账.json").read_text(encoding="utf-8"))
    errors = [
        one for one in report["findings"] if one["path"] == "报送/甲.xlsx" and one["severity"] == "error"
    ]
    assert errors
    for one in errors:
        assert one["message"] in text
        assert one["suggestion"] in text
        assert f"{one['sheet']} › {one['cell']}" in text
    assert "乙" not in text
    assert "校验结果" in load_workbook(tmp_path / "退回/甲局/甲.校验.xlsx").sheetnames
    assert "坏.xlsx" in (tmp_path / "退回/没有读出的文件.txt").read_text(encoding="utf-8-sig")
    rows = list(load_workbook(tmp_path / "退回/常见问题.xlsx").active.iter_rows(min_row=3, values_only=True))
    assert sum(row[4] for row in rows) == len(report["findings"])
    assert {path: path.read_bytes() for path in sent.iterdir()} == before


def test_of_two_files_of_one_name_the_letter_says_which_copy_is_which(sent, tmp_path, merge):
    for folder, total in (("一上", "1"), ("二上", "2")):
        put(
            sent / folder, "丁.xlsx", agency="丁局", department="丁局", total_funds=total, project_name=folder
        )
    merge("--returns", "退回")
    text = (tmp_path / "退回/丁局/退回意见.txt").read_text(encoding="utf-8-sig")
    files = [line for line in text.splitlines() if line.startswith("文件：")]
    assert files == ["文件：丁.xlsx（标注件“一上-丁”）", "文件：丁.xlsx（标注件“二上-丁”）"]
    assert {"丁局/一上-丁.校验.xlsx", "丁局/二上-丁.校验.xlsx"} < tree(tmp_path / "退回")


def test_who_has_corrected_everything_is_not_told_again(sent, tmp_path, merge):
    merge("--returns", "退回")
    put(sent, "甲.xlsx", agency="甲局", department="甲局")
    assert "退回意见：退回" in merge("--returns", "退回").stdout
    assert not (tmp_path / "退回/甲局").exists()
    assert (tmp_path / "退回/_丙局/退回意见.txt").exists()


def test_files_that_could_be_read_since_are_not_told_as_unread_again(sent, tmp_path, merge):
    merge("--returns", "退回")
    assert (tmp_path / "退回/没有读出的文件.txt").exists()
    (sent / "坏.xlsx").unlink()
    merge("--returns", "退回")
    assert not (tmp_path / "退回/没有读出的文件.txt").exists()


def test_a_folder_with_something_in_it_is_left_alone_unless_forced(sent, tmp_path):
    Path(tmp_path / "退回").mkdir()
    (tmp_path / "退回/我的.txt").write_text("x", encoding="utf-8")
    command = [sys.executable, "-m", "jixiao", "merge", "报送", "-o", "汇总.xlsx", "--returns", "退回"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, "没有覆盖" in done.stderr) == (2, True)
    assert not (tmp_path / "汇总.xlsx").exists()
    assert sent.exists()


def test_a_signed_submission_is_said_to_lose_its_signature_before_its_copy_is_told_of(sent, merge):
    signed = sent / "甲.xlsx"
    with zipfile.ZipFile(signed, "a") as archive:
        archive.writestr("_xmlsignatures/sig1.xml", "<Signature/>")
    data = signed.read_bytes()
    said = merge("--returns", "退回").stderr
    assert said.count("有数字签名") == 1, said
    assert said.index("“甲.xlsx”有数字签名") < said.index("甲局：")
    assert "已在副本上标出" not in said
    assert signed.read_bytes() == data


def test_the_statistics_page_is_known_as_ours_when_it_is_found_again(sent, tmp_path, merge):
    merge("--returns", "退回")
    (sent / "常见问题.xlsx").write_bytes((tmp_path / "退回/常见问题.xlsx").read_bytes())
    merge("--json", "账.json")
    report = json.loads((tmp_path / "账.json").read_text(encoding="utf-8"))
    (one,) = [one for one in report["sources"] if "常见问题" in one["path"]]
    assert (one["status"], one["code"], "本工具生成" in one["reason"]) == ("not_ours", "other_file", True)


def test_the_agency_is_told_nothing_of_the_finance_office_s_folders_and_commands(tmp_path):
    folder = tmp_path / "报送"
    put(folder, "旧（1）.xlsx", agency="甲局", department="甲局", total_funds="1", fiscal_funds="1")
    put(folder, "新.xlsx", agency="甲局", department="甲局", total_funds="2", fiscal_funds="2")
    command = [
        sys.executable, "-m", "jixiao", "merge", folder, "-o", "汇总.xlsx", "--force", "--returns", "退回",
        "--prefer", folder / "新.xlsx", "--json", "账.json",
    ]  # fmt: skip
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    report = json.loads((tmp_path / "账.json").read_text(encoding="utf-8"))
    (finding,) = [one for one in report["findings"] if one["rule"] == "CS01"]
    assert str(folder) in finding["message"]
    assert finding["severity"] == "hint"  # the office has settled it
    text = (tmp_path / "退回/甲局/退回意见.txt").read_text(encoding="utf-8-sig")
    for secret in (str(tmp_path), "--prefer", "请与填报单位核对"):
        assert secret not in text
    assert "（旧（1）.xlsx，工作表“" in text
    assert "（新.xlsx，工作表“" in text
    assert "汇总单位已指定计入那一份" in text
    assert "请确认以哪一份为准" not in text
    copy = load_workbook(tmp_path / "退回/甲局/旧（1）.校验.xlsx")["校验结果"]
    assert not [cell.value for row in copy for cell in row if str(tmp_path) in str(cell.value)]


@pytest.mark.parametrize("file", ["和政县卫健局", "卫健局2026（最终版）"])
@pytest.mark.parametrize("code", ["", "301001-"])
def test_a_file_that_nobody_could_read_is_of_the_listed_agency_in_its_name(sent, tmp_path, merge, code, file):
    roster = [["单位名称", "联系人"], [f"{code}和政县卫健局", "张三"], [f"{code}甲局", "李四"]]
    boxes = [
        Box(Area(row, column, row, column), text, "text")
        for row, texts in enumerate(roster)
        for column, text in enumerate(texts)
    ]
    (tmp_path / "名单.xlsx").write_bytes(writing.workbook([Page("名单", (20, 20), tuple(boxes))]))
    (sent / f"{file}.et").write_bytes(b"\x01\x02")
    done = merge("--returns", "退回", "--roster", "名单.xlsx")
    text = (tmp_path / "退回/没有读出的文件.txt").read_text(encoding="utf-8-sig")
    assert f"可能是“{code}和政县卫健局”（联系人：张三）的" in text
    assert "不知道是哪个单位的" not in text
    assert "2 个文件没有读出，其中 1 个不知道退给谁" in done.stderr
    assert "（联系人：李四）" in (tmp_path / "退回/甲局/退回意见.txt").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("departments", ["甲县农业农村局 甲县水务局", "甲县人民政府 甲县人民政府"])
def test_each_agency_of_a_workbook_of_several_gets_what_is_its_own(tmp_path, merge, departments):
    table = next(one for one in demo.examples() if one["sheet"] == "电费")
    sound = [one for one in table["values"]["indicators"] if one["target"] != one["name"]]
    agencies = {"病虫害": ("甲县农业农村局", table["values"]["total_funds"]), "河道": ("甲县水务局", "7")}
    pages = [
        drawing.draw(
            forms.find("project_target"), name,
            {**table["values"], "indicators": sound, "agency": agency, "department": department, "project_name": name,
             "total_funds": funds},
        )
        for (name, (agency, funds)), department in zip(agencies.items(), departments.split(), strict=True)
    ]  # fmt: skip
    (tmp_path / "报送").mkdir()
    (tmp_path / "报送/农口.xlsx").write_bytes(writing.workbook(pages))
    merge("--returns", "退回")
    assert tree(tmp_path / "退回") == {
        "甲县水务局/农口.校验.xlsx",
        "甲县水务局/退回意见.txt",
        "常见问题.xlsx",
    }
    text = (tmp_path / "退回/甲县水务局/退回意见.txt").read_text(encoding="utf-8-sig")
    assert "河道 › C5" in text
    assert "病虫害 ›" not in text


def test_a_table_without_an_agency_is_its_department_s_where_the_workbook_has_several(tmp_path, merge):
    table = next(one for one in demo.examples() if one["sheet"] == "电费")
    pages = [
        drawing.draw(
            forms.find("project_target"), name,
            {**table["values"], "agency": agency, "department": "甲县教育局", "project_name": name, "total_funds": "7"},
        )
        for name, agency in (("一中水费", "甲县第一中学"), ("二中水费", "甲县第二中学"), ("培训", None))
    ]  # fmt: skip
    (tmp_path / "报送").mkdir()
    (tmp_path / "报送/教育.xlsx").write_bytes(writing.workbook(pages))
    merge("--returns", "退回")
    letters = {path.parent.name for path in (tmp_path / "退回").rglob("退回意见.txt")}
    assert letters == {"甲县第一中学", "甲县第二中学", "甲县教育局"}


def test_where_no_cell_can_be_marked_the_letter_does_not_say_so(tmp_path, merge):
    put(tmp_path / "报送", "甲.xlsx", agency="甲局", department="甲局", total_funds="1")
    rows = load_workbook(tmp_path / "报送/甲.xlsx").active.iter_rows(values_only=True)
    book = xlwt.Workbook()
    sheet = book.add_sheet("电费")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(
                    number, column, value.replace("甲局", "乙局") if isinstance(value, str) else value
                )
    book.save(tmp_path / "报送/乙.xls")
    merge("--returns", "退回")
    said = {
        name: (tmp_path / f"退回/{name}/退回意见.txt").read_text(encoding="utf-8-sig")
        for name in ("甲局", "乙局")
    }
    assert "标注件里标出了每一格。" in said["甲局"]
    assert "标注件" not in said["乙局"]
    assert "校验结果页里列出了每一格。" in said["乙局"]
