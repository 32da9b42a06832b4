"""Offices: started with a profile of their own and ended, or joined and left running."""

import os
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw

from jixiao.office.libreoffice import join, process, register
from jixiao.office.libreoffice.engine import Engine


@pytest.fixture
def strange():
    """An office that is none of ours, as a person would have it open."""
    own = process.OwnProcess(headless=True, macros=False)
    until = time.monotonic() + process.LONGEST_START
    while True:
        try:
            process.join(f"pipe,name={own.pipe}")
            break
        except OSError:
            own.look()
            assert time.monotonic() < until
            time.sleep(0.1)
    yield own
    own.stop()


def running(pid):
    return (
        Path(f"/proc/{pid}").exists()
        and "Z" not in Path(f"/proc/{pid}/stat").read_text(encoding="ascii").split()[2]
    )


def test_an_office_of_ours_ends_with_its_app_and_leaves_no_profile():
    register()
    app = xw.App(visible=False)
    pid, profile = app.pid, app.impl.office.own.profile
    assert running(pid)
    assert app.books[0].name == "Book1"
    app.quit()
    assert not running(pid)
    assert not profile.exists()
    assert pid not in set(xw.apps.keys())


def test_an_office_that_was_there_before_is_joined_and_left_running(strange):
    app = join(f"pipe,name={strange.pipe}")
    app.books.add().sheets[0]["A1"].value = "x"
    assert app.pid < 0
    opened = len(app.books)
    app.quit()
    app.kill()
    assert strange.process.poll() is None
    assert opened == 1


def test_books_of_a_person_stay_open_when_we_leave(strange):
    theirs = process.join(f"pipe,name={strange.pipe}")
    theirs.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, ())
    app = join(f"pipe,name={strange.pipe}")
    assert len(app.books) == 1
    app.books.add()
    app.quit()
    assert len(join(f"pipe,name={strange.pipe}").books) == 1


def test_no_office_at_an_address_is_said_in_a_sentence():
    with pytest.raises(OSError, match="No LibreOffice answers at pipe,name=nobody"):
        join("pipe,name=nobody")


def test_an_office_that_died_is_no_longer_listed():
    register()
    app = xw.App(visible=False)
    os.kill(app.pid, 9)
    app.impl.office.own.process.wait(10)
    assert app.pid not in set(xw.apps.keys())
    app.quit()
    assert not app.impl.office.own.profile.exists()


PROGRAM = """
import xlwings
from jixiao.office.libreoffice import register

register()
print(xlwings.App(visible=False).pid)
"""


def test_an_office_is_gone_when_the_program_that_started_it_ends(tmp_path):
    source = {**os.environ, "PYTHONPATH": str(Path(process.__file__).resolve().parents[3])}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, cwd=tmp_path, env=source
    )
    assert not running(int(done.stdout))


@pytest.fixture
def with_macro(app, tmp_path):
    """A workbook with a macro of its own."""
    book = app.books.add()
    libraries = book.api.BasicLibraries
    if not libraries.hasByName("Standard"):
        libraries.createLibrary("Standard")
    libraries.getByName("Standard").insertByName("Module1", "Function Answer()\nAnswer = 42\nEnd Function")
    book.save(tmp_path / "macro.ods")
    book.close()
    return tmp_path / "macro.ods"


def test_macros_of_a_workbook_do_not_run(app, with_macro):
    opened = app.books.open(with_macro)
    with pytest.raises(xw.XlwingsError, match="not allowed to run"):
        opened.macro("Answer")()
    opened.close()


def test_macros_run_in_an_office_that_was_started_for_them(with_macro):
    app = xw.App(impl=Engine(macros=True).apps.add(visible=False))
    opened = app.books.open(with_macro)
    assert opened.macro("Answer")() == 42
    assert opened.macro("Module1.Answer")() == 42
    with pytest.raises(KeyError):
        opened.macro("Nothing")()
    app.quit()


def test_a_killed_office_leaves_no_lock_and_a_lock_of_another_is_told(app, tmp_path):
    path = tmp_path / "a.xlsx"
    register()
    other = xw.App(visible=False)
    other.books[0].save(path)
    with pytest.raises(OSError, match="open in another LibreOffice"):
        app.books.open(path)
    reading = app.books.open(path, read_only=True)
    reading.close()
    other.kill()
    opened = app.books.open(path)
    opened.close()
    assert [file.name for file in tmp_path.iterdir()] == ["a.xlsx"]


def test_the_state_of_an_app(app, book):
    assert app.version.major >= 7
    for name, value in (("screen_updating", False), ("display_alerts", False), ("calculation", "manual")):
        before = getattr(app, name)
        setattr(app, name, value)
        assert getattr(app, name) == value
        setattr(app, name, before)
    app.status_bar = "校验 1/3"
    app.status_bar = "校验 2/3"
    assert app.status_bar == "校验 2/3"
    app.status_bar = False
    assert app.status_bar is False
    book.sheets[0]["B2:C3"].select()
    assert app.selection.address == "$B$2:$C$3"


def test_manual_calculation_waits_until_asked(app, book):
    sheet = book.sheets[0]
    sheet["A1"].value, sheet["A2"].formula = 1, "=A1+1"
    app.calculation = "manual"
    sheet["A1"].value = 10
    waiting = sheet["A2"].value
    app.calculate()
    app.calculation = "automatic"
    assert (waiting, sheet["A2"].value) == (2.0, 11.0)


def test_manual_calculation_begins_with_everything_calculated(app, tmp_path):
    """Law: as in Excel, also sheets that are not in front, and formulas that came without a value."""
    path, made = tmp_path / "新.xlsx", openpyxl.Workbook()
    made.active["A1"], made.active["A2"] = 3, "=A1*2"
    made.create_sheet("乙")["A1"] = "=Sheet!A2+1"
    made.save(path)
    book = app.books.open(path)
    app.calculation = "manual"
    found = [book.sheets[0]["A2"].value, book.sheets[1]["A1"].value]
    app.calculation = "automatic"
    book.sheets[0]["A1"].value = 5
    app.calculation = "manual"
    found += [book.sheets[0]["A2"].value, book.sheets[1]["A1"].value]
    app.calculation = "automatic"
    book.close()
    assert found == [6.0, 7.0, 10.0, 11.0]


def test_a_book_of_manual_calculation_is_told_as_one(app, book):
    assert app.calculation == "automatic"
    book.api.enableAutomaticCalculation(False)  # noqa: FBT003 - UNO knows no keywords
    assert app.calculation == "manual"


def test_a_question_without_a_window_is_an_error_and_never_hangs(app):
    with pytest.raises(xw.XlwingsError, match="nobody can answer: 继续"):
        app.alert("继续？")
