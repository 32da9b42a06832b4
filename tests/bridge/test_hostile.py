"""A hostile workbook in a hostile folder, open while an action runs: nothing of it is read and nothing is run.

Every trap is first seen to snap where it is stepped into; a trap that cannot snap would prove nothing.
"""

import io
import json
import subprocess
import sys
from dataclasses import replace

import pytest
import xlsxwriter
import xlwings as xw

from jixiao import xlam
from jixiao.bridge import words
from jixiao.bridge.words import Request
from jixiao.office import home
from jixiao.office.libreoffice.border import properties, url_of
from jixiao.office.running import Programs
from jixiao.xlam.project import project

PLANTED = ("jixiao", "xlwings", "uno", "json", "openpyxl", "sitecustomize", "usercustomize", "win32com")
MACRO = """Option Explicit
Private Sub Workbook_Open()
    Open "{marker}" For Append As #1
    Print #1, "ran"
    Close #1
End Sub
"""
# `python -I -m jixiao.bridge` under watch: every file opened, program started and address reached is written down
WATCHED = """
import json, os, runpy, sys
record = os.open(sys.argv.pop(1), os.O_WRONLY | os.O_CREAT)
def watch(event, arguments):
    if event in ("open", "os.listdir", "os.scandir", "import", "exec") or event.split(".")[0] in ("subprocess", "socket") or event in (
        "os.system", "os.exec", "os.posix_spawn", "os.fork"):
        os.write(record, (json.dumps([event, *map(str, arguments[:2])]) + "\\n").encode())
import xlwings.utils
xlwings.utils.read_config_sheet = lambda book: os.write(record, b'["read_config_sheet"]\\n') and {}
xlwings.utils.read_user_config = lambda: os.write(record, b'["read_user_config"]\\n') and {}
sys.addaudithook(watch)
runpy.run_module("jixiao.bridge", run_name="__main__", alter_sys=True)
"""


@pytest.fixture
def traps(tmp_path):
    """A folder with modules, settings and a program that leave a mark when they are used."""
    folder = tmp_path / "收到的 文件"
    folder.mkdir()
    marker = tmp_path / "snapped"
    for name in PLANTED:
        (folder / f"{name}.py").write_text(f"open({str(marker)!r}, 'a').write({name!r})\n", encoding="utf-8")
    program = folder / "evil"
    program.write_text(f"#!/bin/sh\necho interpreter >> '{marker}'\n", encoding="utf-8")
    program.chmod(0o755)
    settings = {
        "INTERPRETER": str(program), "INTERPRETER_WIN": str(program), "INTERPRETER_MAC": str(program),
        "PYTHONPATH": str(folder), "ADD_WORKBOOK_TO_PYTHONPATH": "True", "LOG FILE": str(marker),
        "ONEDRIVE_CONSUMER_WIN": str(folder), "DEBUG_UDFS": "True",
    }  # fmt: skip
    for name in ("jixiao.conf", "xlwings.conf"):
        text = "".join(f'"{key}","{value}"\n' for key, value in settings.items())
        (folder / name).write_text(text, encoding="utf-8")
    return folder, marker, settings


@pytest.fixture
def hostile(traps):
    """The workbook: sheets of settings, and VBA that starts with it."""
    folder, marker, settings = traps
    code = MACRO.format(marker=marker).replace("\n", "\r\n")
    modules = [replace(one, code=code) if one.name == "ThisWorkbook" else one for one in xlam.modules()]
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        for name in ("Sheet1", "jixiao.conf", "xlwings.conf"):
            sheet = book.add_worksheet(name)
            for row, (key, value) in enumerate(settings.items()):
                sheet.write_row(row, 0, (key, value))
        book.add_vba_project(io.BytesIO(project(modules)), is_stream=True)
        book.set_vba_name("ThisWorkbook")
    path = folder / "绩效目标表.xlsm"
    path.write_bytes(stream.getvalue())
    return path


def opened(office, path):
    """Open a workbook as a person does: what may run is decided by the person's own settings."""
    values = properties(MacroExecutionMode=5)  # USE_CONFIG_APPROVE_CONFIRMATION
    document = office.app.api.loadComponentFromURL(url_of(str(path)), "_blank", 0, values)
    # nobody sits there to answer a box; without a window the bridge says its sentence on the terminal
    document.getCurrentController().getFrame().getContainerWindow().setVisible(False)
    return next(book for book in office.app.books if book.fullname == str(path))


def run_watched(office, path, folder, record, action):
    request = words.words(Request(action, office.place, str(path)))
    command = [sys.executable, "-I", "-c", WATCHED, record, *request.split()]
    return subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True)


def test_the_traps_snap_where_they_are_stepped_into(traps, hostile, new_office, until):
    folder, marker, settings = traps
    for name in ("jixiao", "xlwings"):
        subprocess.run([sys.executable, "-c", f"import {name}"], cwd=folder, check=False)
        assert marker.read_text().endswith(name)
    marker.unlink()
    subprocess.run([settings["INTERPRETER"]], check=True)
    assert marker.read_text() == "interpreter\n"
    marker.unlink()
    careless = new_office(macros=True)
    book = opened(careless, hostile)
    until(marker.exists)
    assert marker.read_text() == "ran\n"
    assert xw.utils.read_config_sheet(book)["INTERPRETER"] == settings["INTERPRETER"]
    careless.app.kill()


@pytest.mark.parametrize("action", ["about", "next_finding"])
@pytest.mark.usefixtures("own")
def test_nothing_of_a_hostile_workbook_or_its_folder_is_read_or_run(
    traps, hostile, new_office, tmp_path, action
):
    folder, marker, _ = traps
    victim = new_office()
    opened(victim, hostile)
    record = tmp_path / "record.txt"
    process = run_watched(victim, hostile, folder, record, action)
    said = process.stderr.readline()  # the sentence that the button returns, or the end of a broken process
    victim.app.quit()
    assert process.wait(60) == 0
    assert said.startswith("jixiao：")
    assert "没有预料到" not in said
    assert not marker.exists()
    seen = [json.loads(line) for line in record.read_text(encoding="utf-8").splitlines()]
    kinds = {event for event, *_ in seen}
    assert {"open", "import"} <= kinds  # the watch was on
    assert "read_config_sheet" not in kinds
    assert [one for one in seen if str(folder) in " ".join(one[1:])] == []
    assert [
        one for one in seen if one[0].startswith(("socket.connect", "socket.bind", "socket.getaddrinfo"))
    ] == []
    assert str(home.folder()) in " ".join(" ".join(one) for one in seen)


def test_the_office_that_is_joined_is_told_nothing_about_macros(hostile, traps, new_office):
    """Joining and closing changes no setting: the same workbook opened afterwards is as harmless as before."""
    _, marker, _ = traps
    victim = new_office()
    programs = Programs()
    programs.office(victim.pipe)
    programs.let_go()
    opened(victim, hostile).close()
    assert not marker.exists()
