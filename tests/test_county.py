"""Another county adds its own forms and words as files, with no Python: everything follows."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import coordinate_to_tuple, get_column_letter

from jixiao import forms, reading
from jixiao.drawing import draw
from jixiao.office import files

TOP = Path(__file__).resolve().parent.parent
OWN = Path(__file__).with_name("county")
FUNDS = {"fiscal_funds": 60.5, "other_funds": 10}
GOALS = ["保障农村公路安全畅通", "提升公路养护质量"]
# level 2, name, the cells of operator, value and measure, and the target that they are
ROWS = [
    ("经济成本指标", "公路养护成本", ("≤", 70, "万元"), "≤70万元"),
    ("社会成本指标", "不涉及", (None, None, None), None),
    ("生态环境成本指标", "不涉及", (None, None, None), None),
    ("数量指标", "养护里程", ("≥", 120.5, "公里"), "≥120.5公里"),
    ("质量指标", "养护工程验收合格率", ("≥", "98", "%"), "≥98%"),
    ("时效指标", "养护完成时间", ("定性", "2027年10月31日前", None), "2027年10月31日前"),
    ("经济效益指标", "带动就业人数", ("≥", 50, "人"), "≥50人"),
    ("社会效益指标", "公路通行保障率", (None, "≥99%", None), "≥99%"),
    ("生态效益指标", "路域环境投诉件数", ("≤", 3, "件"), "≤3件"),
    ("可持续影响指标", "养护设备使用年限", ("≥", 5, "年"), "≥5年"),
    ("服务对象满意度指标", "沿线群众满意度", ("≥", 95, "%"), "≥95%"),
    ("帮扶对象满意度指标", "帮扶群众满意度", ("≥", 90, "%"), "≥90%"),
]


class County:
    """A copy of the program's folders with the county's files in them, and its command line."""

    def __init__(self, folder):
        for name in ("addin", "templates", "schema"):
            shutil.copytree(TOP / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        for one in OWN.glob("*.toml"):
            shutil.copy(one, folder / "templates")
        for one in OWN.glob("*.json"):
            shutil.copy(one, folder / "schema" / "vocabulary")
        self.folder = folder

    def run(self, *words, code=0):
        """Run a command and return what it says on stdout."""
        env = {**os.environ, "PYTHONPATH": str(self.folder / "addin")}
        command = [sys.executable, "-m", "jixiao", *map(str, words)]
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False, encoding="utf-8")
        assert done.returncode == code, done.stdout + done.stderr
        assert "没有使用这个文件" not in done.stderr
        return done.stdout

    def blank(self, form, *words):
        """Return the path of a blank table."""
        path = self.folder / f"{form}.xlsx"
        chosen = (form, "--edition", "lx-2027", "--year", 2027, "--agency", "林溪县公路段")
        self.run("new", *chosen, *words, "-o", path, "--force")
        return path

    def read(self, path, command="read", code=0):
        """Return the one document of a file."""
        (file,) = json.loads(self.run(command, path, "--json", code=code))["files"]
        (document,) = file["documents"]
        return document


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    return County(tmp_path_factory.mktemp("county"))


@pytest.fixture(scope="module")
def filled(county):
    """Return a project's table that a script has filled in."""
    path = county.blank(
        "project_target", "--project", "农村公路养护", "--department", "林溪县交通局（123001）"
    )
    cells = county.read(path)["cells"]
    book = load_workbook(path)
    sheet = book["农村公路养护"]
    for name, amount in FUNDS.items():
        sheet[cells[f"/{name}"]] = amount
    row, column = coordinate_to_tuple(cells["/goals"])
    for n, goal in enumerate(GOALS):
        sheet.cell(row + n, column, f"（{n + 1}）{goal}")
    for n, (_, name, parts, _) in enumerate(ROWS):
        row, column = coordinate_to_tuple(cells[f"/indicators/{n}/name"])
        for at, value in enumerate((name, *parts, 10)):
            sheet.cell(row, column + at, value)
    sheet["G3"], sheet["B5"], sheet["E5"] = "公路养护类", "张三", "0930-1234567"
    path = county.folder / "filled.xlsx"
    book.save(path)
    return path


def test_the_files_are_all_that_it_takes(county):
    listed = json.loads(county.run("forms", "--json"))["forms"]
    assert {"project_target", "agency_overall"} == {
        one["form"] for one in listed if one["edition"] == "lx-2027"
    }


def test_what_a_script_fills_in_is_read_back(county, filled):
    """Operator, value and measure are one target; what has no field is not read; nobody asks for what is not there."""
    document = county.read(filled)
    values = document["values"]
    assert (document["edition"], values["year"], values["project_name"]) == (
        "lx-2027",
        2027,
        "农村公路养护",
    )
    assert (values["department"], values["department_code"]) == ("林溪县交通局", "123001")
    assert (values["total_funds"], values["fiscal_funds"], values["carryover_funds"]) == (
        "70.5",
        "60.5",
        None,
    )
    assert values["goals"] == GOALS
    found = [(one["level2"], one["name"], one["target"]) for one in values["indicators"]]
    assert found == [(level2, name, target) for level2, name, _, target in ROWS]


def test_a_second_table_like_it_is_read_the_same(county, filled, tmp_path):
    """Also where how the first one was read is remembered, and where a goal is left blank behind its number."""
    book = load_workbook(filled)
    book["农村公路养护"]["B9"] = "（2）"
    book.save(tmp_path / "second.xlsx")
    shutil.copy(filled, tmp_path / "first.xlsx")
    files = json.loads(county.run("read", tmp_path, "--json"))["files"]
    values = [file["documents"][0]["values"] for file in files]
    assert [one["goals"] for one in values] == [GOALS, [GOALS[0], None]]
    assert values[0]["indicators"] == values[1]["indicators"]


def test_nothing_is_told_of_a_table_in_order(county, filled):
    document = county.read(filled, "check")
    found = {(one["rule"], one["cell"]) for one in document["findings"]}
    assert found <= {("ST12", "D6")}  # the sum has not been worked out by a program yet


def test_a_total_that_is_not_the_sum_of_the_county_s_two_sources_is_an_error(county, filled):
    book = load_workbook(filled)
    book["农村公路养护"]["D6"] = 80
    path = county.folder / "wrong.xlsx"
    book.save(path)
    found = county.read(path, "check", code=1)["findings"]
    assert [(one["rule"], one["severity"], one["cell"]) for one in found] == [("FI01", "error", "D6")]


def test_the_blank_table_has_what_its_columns_need(county):
    path = county.blank("project_target", "--project", "农村公路养护")
    sheet = load_workbook(path)["农村公路养护"]
    lists = {one.formula1: str(one.sqref) for one in sheet.data_validations.dataValidation if one.formula1}
    assert lists['"≥,≤,=,>,<,定性"'] == "E11:E34"
    assert any("jx_plx_c" in formula for formula in lists)
    assert sheet.page_setup.orientation == "landscape"
    assert [sheet[at].value for at in ("A1", "A2", "E10", "G10", "H10")] == [
        "林溪县本级预算项目绩效目标申报表", "预算年度：2027年", "计算符号", "计量单位", "权重",
    ]  # fmt: skip
    free = ("G3", "B5", "E5", *(f"{get_column_letter(8)}{row}" for row in range(11, 35)))
    assert not [at for at in free if sheet[at].protection.locked]
    assert [sheet.row_dimensions[row].outlineLevel for row in (13, 14, 15, 16, 17)] == [0, 1, 1, 1, 0]


def test_the_unit_form_in_other_blocks_is_read_back(county):
    path = county.blank("agency_overall")
    cells = county.read(path)["cells"]
    book = load_workbook(path)
    sheet = book.active
    amounts = {
        "fiscal_funds": 410,
        "other_funds": 10.12,
        "personnel": 300.12,
        "operating": 20,
        "projects": 100,
    }
    for name, amount in amounts.items():
        sheet[cells[f"/{name}"]] = amount
    sheet[cells["/goals"]] = "1.保障全县公路畅通"
    path = county.folder / "unit.xlsx"
    book.save(path)
    document = county.read(path, "check", code=1)
    values = document["values"]
    assert [values[name] for name in ("basic", "income_total", "expenditure_total")] == [
        "320.12",
        "420.12",
        "420.12",
    ]
    assert values["goals"] == ["保障全县公路畅通"]
    told = {one["rule"] for one in document["findings"] if one["cell"] < "A9" or "funds" in one["pointer"]}
    assert not told & {"ST09", "UN03", "UN04"}


def test_its_tables_are_merged(county, filled, tmp_path):
    summary, report = tmp_path / "汇总.xlsx", tmp_path / "汇总.json"
    county.run("merge", filled, "-o", summary, "--json", report)
    told = json.loads(report.read_text(encoding="utf-8"))
    assert told["balance"]["balanced"]
    assert told["totals"]["total_funds"] == "70.5"
    assert not [one for one in told["findings"] if one["severity"] == "error"]


def test_a_filled_form_is_drawn_with_its_targets_parted():
    """Only where the parts put together are the clerk's own text again."""
    text = (OWN / "project_target.lx-2027.toml").read_text(encoding="utf-8")
    form = forms.load("x.toml", text.replace('"p-lx"', '"p-2021"'))
    targets = [
        "≥95%",
        "≤100 万元",
        "不低于95%",
        "2027年10月31日前",
        "健全",
        "=3次",
        "5",
        None,
        "≥2次，≤4次",
        "≥ 95%",
    ]
    drawn = draw(form, "表", {"indicators": [{"level1": "产出指标", "target": one} for one in targets]})
    parts = {(box.area.top, box.area.left): box.value for box in drawn.boxes}
    assert [[parts[row, column] for column in (4, 5, 6)] for row in range(10, 20)] == [
        ["≥", "95", "%"],
        [None, "≤100 万元", None],
        [None, "不低于95%", None],
        [None, "2027年10月31日前", None],
        [None, "健全", None],
        ["=", "3", "次"],
        [None, "5", None],
        [None, None, None],
        [None, "≥2次，≤4次", None],
        [None, "≥ 95%", None],
    ]


def test_a_table_of_a_county_whose_forms_are_not_here_is_said_to_be_one(filled):
    """By which edition it is judged instead: what follows from that is no fault of the table."""
    (document,) = reading.read(files.load(filled.read_bytes(), "表.xlsx"))[0]
    (note,) = (one for one in document.notes if one.rule == "ST01")
    assert note.severity == "warning"
    assert note.text.startswith("这张表是用版本 “lx-2027” 的空白表填的，这里没有这个版本的表式，按“")
