"""An office that a person can see: shown and hidden, a text at its foot, a question answered by a click."""

import subprocess
import threading
import time

import pytest
import xlwings as xw

from jixiao.office.libreoffice import register


@pytest.fixture(scope="module")
def screen():
    """A screen that nobody looks at."""
    with subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-noreset"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:
        yield f":{server.stdout.readline().strip()}"
        server.terminate()


@pytest.fixture
def shown(screen, monkeypatch):
    monkeypatch.setenv("DISPLAY", screen)
    register()
    app = xw.App(visible=True)
    yield app
    app.quit()


def window(book):
    return book.api.getCurrentController().getFrame().getContainerWindow()


ALERT = 1  # com.sun.star.accessibility.AccessibleRole


def press(toolkit, label):
    """Press the button of a box as soon as there is one."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        for index in range(toolkit.getTopWindowCount()):
            box = toolkit.getTopWindow(index).getAccessibleContext()
            parts = range(box.getAccessibleChildCount() if box.getAccessibleRole() == ALERT else 0)
            for part in (box.getAccessibleChild(number).getAccessibleContext() for number in parts):
                if part.getAccessibleName() == label:
                    part.doAccessibleAction(0)
                    return
        time.sleep(0.1)


def test_windows_are_shown_and_hidden(shown):
    book = shown.books[0]
    assert window(book).isVisible()
    shown.visible = False
    assert not window(book).isVisible()
    hidden = shown.books.add()
    assert not window(hidden).isVisible()
    shown.visible = True
    assert window(book).isVisible()
    assert window(hidden).isVisible()


def test_the_book_in_front_is_the_active_one(shown):
    first = shown.books[0]
    second = shown.books.add()
    first.activate()
    until = time.monotonic() + 20
    while shown.books.active != first and time.monotonic() < until:
        time.sleep(0.1)
    assert shown.books.active == first
    second.sheets[0]["B2:C3"].select()
    assert second.api.getCurrentSelection().getRangeAddress().EndRow == 2


@pytest.mark.parametrize(("button", "answer"), [("Yes", "yes"), ("No", "no"), ("Cancel", "cancel")])
def test_a_question_is_answered_by_its_button(shown, button, answer):
    toolkit = shown.impl.office.create("com.sun.star.awt.Toolkit")
    presser = threading.Thread(target=press, args=(toolkit, button))
    presser.start()
    assert shown.alert("继续？", "校验", buttons="yes_no_cancel", mode="info") == answer
    presser.join()


@pytest.mark.parametrize(("name", "opens"), [("a.csv", True), ("page.xls", True), ("cut.xlsx", False)])
def test_a_file_is_opened_or_refused_without_a_question(shown, tmp_path, name, opens):
    whole = tmp_path / "whole.xlsx"
    shown.books[0].sheets[0]["A1"].value = "x"
    shown.books[0].save(whole)
    text = {"a.csv": b"x,1\n", "page.xls": b"<table><tr><td>x<td>1</table>"}
    (tmp_path / name).write_bytes(text.get(name) or whole.read_bytes()[:-400])
    waited_for_ever = threading.Timer(60, shown.kill)
    waited_for_ever.start()
    try:
        if opens:
            assert shown.books.open(tmp_path / name).sheets[0]["A1:B1"].value == ["x", 1]
        else:
            with pytest.raises(OSError, match="could not open"):
                shown.books.open(tmp_path / name)
    finally:
        waited_for_ever.cancel()
