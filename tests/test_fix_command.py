"""`jixiao fix` and `--profile` at the command line: a copy with the offered fixes, each listed; the original untouched."""

import json
import os
import subprocess
import sys
import zipfile

import pytest
import xlsxwriter

from jixiao import demo, drawing, forms
from jixiao.office import writing


def run(*words, cwd=None):
    done = subprocess.run(
        [sys.executable, "-m", "jixiao", *(str(word) for word in words)],
        capture_output=True,
        encoding="utf-8",
        cwd=cwd,
        check=False,
        env={**os.environ},
    )
    assert "Traceback" not in done.stderr + done.stdout
    return done


@pytest.fixture
def untidy(tmp_path):
    """A real table with odd spellings typed into it, and a copied workbook folder with a profile beside it."""
    example = next(one for one in demo.examples() if one["sheet"] == "电费")
    indicators = [dict(one) for one in example["values"]["indicators"]]
    for number, column, text in (
        (0, "target", "<= 175 万元"),
        (1, "name", "节约 用电"),
        (4, "target", "≤１０天"),
        (9, "target", r"$\geq 98\%$"),
    ):
        indicators[number][column] = text
    page = drawing.draw(forms.find("project_target"), "电费", {**example["values"], "indicators": indicators})
    path = tmp_path / "电费.xlsx"
    path.write_bytes(writing.workbook([page]))
    return path


def targets(path):
    report = json.loads(run("read", path, "--json").stdout)
    return [one["target"] for one in report["files"][0]["documents"][0]["values"]["indicators"]]


def test_fix_writes_a_copy_and_lists_each_change(untidy, tmp_path):
    before, out = untidy.read_bytes(), tmp_path / "改.xlsx"
    done = run("fix", untidy, "-o", out)
    assert done.returncode == 0
    assert untidy.read_bytes() == before
    assert "电费!E13（VA16）：“<= 175 万元” → “≤175万元”" in done.stdout
    assert "电费!D14（ST11）：“节约 用电” → “节约用电”" in done.stdout
    assert "已在副本里改 4 处" in done.stderr
    assert [targets(out)[number] for number in (0, 4, 9)] == ["≤175万元", "≤10天", "≥98%"]
    again = run("fix", out, "-o", tmp_path / "再改.xlsx")
    assert "没有可以放心代改的地方" in again.stderr
    assert (tmp_path / "再改.xlsx").read_bytes() == out.read_bytes()


def test_fix_leaves_every_part_but_the_sheet_as_it_was(untidy, tmp_path):
    out = tmp_path / "改.xlsx"
    run("fix", untidy, "-o", out)
    with zipfile.ZipFile(untidy) as one, zipfile.ZipFile(out) as two:
        assert one.namelist() == two.namelist()
        differ = [name for name in one.namelist() if one.read(name) != two.read(name)]
    assert differ == ["xl/worksheets/sheet1.xml"]


def test_a_total_follows_an_amount_that_becomes_a_number(tmp_path):
    """An amount typed as text counts as 0 in a sum; once it is a number, the sum that stands beside it must not lag."""
    path, out = tmp_path / "电费.xlsx", tmp_path / "改.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet("电费")
        rows = (
            ["项目支出绩效目标表"],
            ["（2024年度）"],
            ["项目名称", "电费"],
            ["资金（万元）", "年度资金总额"],
        )
        for number, row in enumerate(
            (*rows, ["", "当年财政拨款", 80], ["", "上年结转资金", "10"], ["", "其他资金", 0])
        ):
            sheet.write_row(number, 0, row)
        sheet.write_formula("C4", "=SUM(C5:C7)", None, 80)
        sheet.write_row("A8", ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"])
        sheet.write_row("B9", ["产出指标", "数量指标", "供电办公楼数量", "≥2栋"])
    done = run("fix", path, "-o", out)
    assert "电费!C6（FI02）" in done.stdout
    assert "合计公式的结果随之更新：电费!C4" in done.stderr
    found = json.loads(run("check", out, "--json").stdout)["files"][0]["documents"][0]
    assert found["values"]["total_funds"] == "90"
    assert not [one for one in found["findings"] if one["rule"].startswith("FI")]


def test_fix_with_a_rule_makes_its_fixes_only(untidy, tmp_path):
    out = tmp_path / "改.xlsx"
    done = run("fix", untidy, "-o", out, "--rule", "st11")
    assert "VA16" not in done.stdout
    assert "已在副本里改 3 处" in done.stderr


def test_the_fixed_copy_opens_without_complaint(untidy, tmp_path, ooxml_validate):
    out = tmp_path / "改.xlsx"
    run("fix", untidy, "-o", out)
    assert ooxml_validate(out) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["没有.xlsx", "-o", "x.xlsx"], "找不到“没有.xlsx”"),
        (["电费.xlsx", "-o", "电费.xlsx", "--force"], "电费.xlsx"),
        (["电费.xlsx", "-o", "x.xls"], "结尾应当与“电费.xlsx”一样"),
        (["电费.xlsx", "-o", "x.xlsx", "--rule", "ZZ99"], "没有规则“ZZ99”"),
        (["电费.csv", "-o", "x.csv"], "另存为 .xlsx"),
    ],
)
@pytest.mark.usefixtures("untidy")
def test_wrong_words_are_answered_and_nothing_is_written(tmp_path, words, told):
    (tmp_path / "电费.csv").write_text("项目名称,电费", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    done = run("fix", *words, cwd=tmp_path)
    assert done.returncode == 2
    assert told in done.stderr
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_profile_is_named_and_never_read_from_the_folder_by_itself(untidy, tmp_path):
    local = tmp_path / "profile.toml"
    local.write_text(
        'name = "本地口径"\nsince = 2024\nsource = "测试"\n[rules]\nST03 = { on = false }\n', encoding="utf-8"
    )
    plain, chosen = run("check", untidy), run("check", untidy, "--profile", local)
    assert "ST03" in plain.stdout
    assert "ST03" not in chosen.stdout
    assert "按“本地口径”校验（测试）" in chosen.stderr


def test_merge_takes_a_profile_too(untidy, tmp_path):
    def rules(name, *more):
        data = tmp_path / f"{name}.json"
        assert run("merge", untidy, "-o", tmp_path / f"{name}.xlsx", "--json", data, *more).returncode == 0
        return {
            one["rule"]: one["severity"] for one in json.loads(data.read_text(encoding="utf-8"))["findings"]
        }

    assert rules("一")["ST03"] == "warning"
    assert rules("二", "--profile", "start")["ST03"] == "hint"


def test_a_profile_that_does_not_cover_the_year_says_so(untidy, tmp_path):
    local = tmp_path / "以后.toml"
    local.write_text(
        'name = "以后"\nsince = 2030\nsource = "测试"\n[rules]\nST03 = { on = false }\n', encoding="utf-8"
    )
    done = run("check", untidy, "--profile", local)
    assert "有 1 张表不在它的年度以内，按内置的口径" in done.stderr
    assert "ST03" in done.stdout
