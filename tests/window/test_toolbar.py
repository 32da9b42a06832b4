"""A person opens the real tables of 2024 in a real window and clicks: 校验本表 marks, 清除标记 restores, 汇总 sums up."""

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest

from jixiao import buttons, merging
from jixiao.model import SEVERITIES
from jixiao.office import traces
from jixiao.office.styles import STYLES

ORDER = "1-维修与水费.xlsx"
ERROR_ON_SCREEN = ("977", "653")  # where E14 of that file is seen; only a picture depends on it
RESULT = "校验结果"
FILLS = {severity: STYLES[severity]["bg_color"] for severity in SEVERITIES}


def everything(path):
    """Return all that a saved workbook shows and holds: sheets, cells with their styles and notes, sizes, rules, names."""
    book = openpyxl.load_workbook(path)
    told = {"sheets": [(one.title, one.sheet_state) for one in book], "names": sorted(book.defined_names)}
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                note = cell.comment and (cell.comment.text, cell.comment.author)
                look = (cell.font, cell.fill, cell.border, cell.alignment, cell.protection)
                told[sheet.title, cell.coordinate] = (
                    cell.value,
                    cell.number_format,
                    note,
                    *map(repr, look),
                )
        told[sheet.title, "merged"] = sorted(map(str, sheet.merged_cells.ranges))
        told[sheet.title, "widths"] = {name: one.width for name, one in sheet.column_dimensions.items()}
        told[sheet.title, "heights"] = {number: one.height for number, one in sheet.row_dimensions.items()}
        told[sheet.title, "rules"] = [
            (str(one.sqref), one.type, one.formula1) for one in sheet.data_validations.dataValidation
        ]
        told[sheet.title, "formats"] = [str(one.sqref) for one in sheet.conditional_formatting]
        told[sheet.title, "protection"] = repr(sheet.protection)
    return told


def found(path, sheet):
    """Return cell → severity of the worst finding that `jixiao check` has for one sheet of a saved file."""
    command = [sys.executable, "-I", "-m", "jixiao", "check", "--json", str(path)]
    report = json.loads(subprocess.run(command, capture_output=True, check=False).stdout)
    worst = {}
    for document in report["files"][0]["documents"]:
        for one in document["findings"] if document["sheet"] == sheet else ():
            found = (worst.get(one["cell"], one["severity"]), one["severity"])
            worst[one["cell"]] = min(found, key=SEVERITIES.index)
    return worst


@pytest.fixture
def opened(window, sent, tmp_path):
    path = tmp_path / ORDER
    shutil.copy(sent / ORDER, path)
    return window(path)


def test_the_toolbar_shows_the_buttons_of_the_ribbon(opened):
    assert opened.labels() == [one.label for group in buttons.groups() for one in group.buttons]


def test_checking_marks_the_cells_and_clearing_restores_the_file(opened, tmp_path):
    """Twice, the second time by the Python that the first click has started."""
    before = opened.saved(tmp_path / "before.xlsx")
    expected = found(before, opened.book.sheets.active.name)
    assert expected, "this table has findings, or there is nothing to be seen"
    for _ in range(2):
        sheet = opened.book.sheets.active
        said = opened.click("校验本表")
        assert said.startswith("本表：")
        assert RESULT in [one.name for one in opened.book.sheets]
        marked = {cell: FILLS[severity] for cell, severity in expected.items()}
        assert {cell: "#{:02X}{:02X}{:02X}".format(*sheet[cell].color) for cell in expected} == marked
        assert all(traces.BEGIN in sheet[cell].note.text for cell in expected)
        assert everything(opened.saved(tmp_path / "marked.xlsx")) != everything(before)
        assert opened.click("清除标记").startswith(f"已清除 {len(expected)} 处标记")
        assert everything(opened.saved(tmp_path / "after.xlsx")) == everything(before)


def test_pictures_are_taken_for_whoever_wants_to_look(opened, tmp_path):
    """`tests/pictures/make.py` keeps them for README.md."""
    opened.point("校验本表")
    time.sleep(2)  # until the tip is there
    opened.picture(tmp_path / "toolbar.png")
    opened.click("校验本表")
    opened.point("下一处")
    for cell in ("B4", "D4", "B9"):
        opened.keys.call("click", "1")
        opened.until(lambda at=cell: opened.selected() == at, f"the step to {cell}")
    opened.keys.call("mousemove", *ERROR_ON_SCREEN, "sleep", "2")
    opened.picture(tmp_path / "marks.png")
    assert all((tmp_path / name).stat().st_size > 20_000 for name in ("toolbar.png", "marks.png"))


def test_a_folder_is_merged_into_the_summary_that_opens(opened, sent, tmp_path):
    folder = tmp_path / "sent"
    shutil.copytree(sent, folder)
    said = opened.click(
        "汇总",
        ("汇总哪个文件夹", "ctrl+a", f"={folder}", "Return", "Return"),
        ("汇总工作簿保存为", "ctrl+a", f"={tmp_path}/summary.xlsx", "Return"),
    )
    assert f"汇总工作簿：{tmp_path}/summary.xlsx" in said
    assert opened.book.name == "summary.xlsx"
    ledger = merging.merge([folder], tmp_path / "beside.xlsx")
    assert merging.verdict(ledger) in said
    shown = [one.name for one in opened.book.sheets]
    assert shown == openpyxl.load_workbook(tmp_path / "beside.xlsx").sheetnames
    assert {one.name for one in folder.iterdir()} == {one.name for one in sent.iterdir()}


def test_a_click_without_an_installed_program_says_what_to_do(opened, home):
    written = Path(home["XDG_STATE_HOME"], "jixiao", "interpreter.txt")
    kept = written.read_bytes()
    written.unlink()
    try:
        assert "jixiao addin install --for libreoffice" in opened.click("关于/自检")
    finally:
        written.write_bytes(kept)


def test_an_open_office_keeps_its_toolbar_and_that_is_said(opened, home, another, act_as_user):
    assert opened.labels()
    lock = next(Path(home["HOME"]).rglob(".lock"))
    shutil.copy(lock, Path(another["HOME"], lock.relative_to(home["HOME"])))
    assert "请关闭所有 LibreOffice 窗口再运行一次" in act_as_user(another, "libreoffice").stderr
    assert "工具栏没有去掉" in act_as_user(another, "uninstall").stdout


def test_the_toolbar_is_taken_out_once(act_as_user, another):
    assert "已从 LibreOffice 去掉工具栏" in act_as_user(another, "uninstall").stdout
    assert "没有找到装好的插件" in act_as_user(another, "uninstall").stdout


def test_a_terminal_from_which_the_office_would_fall_is_warned_of(act_as_user, another):
    """Seen with LibreOffice 7.4 of Debian: with a virtual environment first on PATH it ends at its start."""
    environment = Path(another["HOME"], "venv", "bin")
    environment.mkdir(parents=True)
    (environment / "python3").touch(0o755)
    terminal = another | {"PATH": f"{environment}:{another['PATH']}"}
    assert "请从桌面菜单启动" in act_as_user(terminal, "libreoffice").stdout
    assert "请从桌面菜单启动" not in act_as_user(another, "libreoffice").stdout


def test_the_office_ends_as_ever_after_clicks(opened):
    assert "没有校验标记" in opened.click("清除标记")
    assert opened.ends() == 0
