"""A click in a real LibreOffice: the right workbook is found, the button's function called, the outcome said."""

import secrets
import subprocess
import sys
from pathlib import Path

import pytest
import xlwings as xw

from jixiao import buttons, demo
from jixiao.bridge import desk, words
from jixiao.bridge.words import Request
from jixiao.errors import JixiaoError
from jixiao.office import home, running
from jixiao.office.running import Programs

NAMES = ("2025 年目标 & 'A=B' 100% (终稿).xlsx", "a=b.xlsx", "长" * 80 + ".xlsx", "plain.xlsx")


@pytest.fixture(scope="module")
def books(office, tmp_path_factory):
    """Workbooks of nasty names in a folder of a nasty name, all open."""
    folder = tmp_path_factory.mktemp("预算 & = ' 文件夹")
    data = next(iter(demo.workbooks().values()))
    paths = [folder / name for name in NAMES]
    for path in paths:
        path.write_bytes(data)
        office.app.books.open(str(path))
    return [str(path) for path in paths]


@pytest.mark.parametrize("number", range(len(NAMES)))
def test_the_workbook_in_front_at_the_click_is_the_caller(office, books, number):
    programs = Programs()
    request = words.parse(words.words(Request("about", office.place, books[number])).split())
    found = running.book(programs.office(request.pipe), request.book)
    assert found.fullname == books[number]
    assert xw.Book.caller().fullname == books[number]
    programs.let_go()
    assert not hasattr(xw.Book, "_mock_caller")


def test_a_workbook_that_was_never_saved_is_found_by_its_title(office):
    book = office.app.books.add()
    assert running.book(Programs().office(office.pipe), book.name).name == book.name
    book.close()


def test_a_workbook_that_is_no_longer_open_is_named_in_a_sentence(office):
    with pytest.raises(JixiaoError, match=r"工作簿“/gone/表\.xlsx”没有找到"):
        running.book(Programs().office(office.pipe), "/gone/表.xlsx")


def test_every_button_has_its_function_and_nothing_else_can_be_reached():
    assert tuple(desk.acts()) == buttons.ids()


def test_an_unforeseen_error_is_one_sentence_and_the_log_has_no_contents(
    own, office, books, monkeypatch, capsys
):
    def broken(_):
        secret = "绝密的单元格内容"
        raise ZeroDivisionError(secret)

    monkeypatch.setattr(desk, "acts", lambda: {"about": broken})
    desk.serve(Programs(), Request("about", office.place, books[0]))
    said = capsys.readouterr().err
    assert "没有预料到的问题" in said
    assert str(own / "jixiao.log") in said
    assert "Traceback" not in said
    log = (own / "jixiao.log").read_text(encoding="utf-8")
    assert "ZeroDivisionError" in log
    assert "绝密" not in log
    assert Path(books[0]).name not in log


def test_a_click_from_an_office_that_does_not_answer_is_a_sentence(own, capsys):
    desk.serve(Programs(), Request("about", "pipe:nobody", None))
    assert "没有连上 LibreOffice" in capsys.readouterr().err
    assert not (own / "jixiao.log").exists()


def test_a_click_from_excel_where_there_is_none_is_a_sentence(own, capsys):  # noqa: ARG001 - its log would be there
    desk.serve(Programs(), Request("about", "4711", None))
    assert "Excel 窗口" in capsys.readouterr().err


def test_cold_and_warm_through_the_real_process_until_the_office_is_gone(own, new_office, until, tmp_path):
    """As the toolbar does it: the first click starts Python, the second one is a file, and all ends with the office."""
    office = new_office()
    path = tmp_path / "电费.xlsx"
    path.write_bytes(next(data for name, data in demo.workbooks().items() if "单位" not in name))
    book = office.app.books.open(str(path))
    line = words.words(Request("check_sheet", office.place, book.fullname))
    process = subprocess.Popen(
        [sys.executable, "-I", "-m", "jixiao.bridge", *line.split()], cwd=tmp_path, stderr=subprocess.PIPE, text=True
    )  # fmt: skip
    until(lambda: book.api.getSheets().hasByName("校验结果"))
    token = (own / "token.txt").read_text(encoding="ascii")
    request = own / "requests" / f"{token}-{secrets.token_hex(4)}"
    request.with_suffix(".tmp").write_text(line.replace("check_sheet", "clear_marks"), encoding="ascii")
    request.with_suffix(".tmp").rename(request.with_suffix(".req"))
    until(lambda: not book.api.getSheets().hasByName("校验结果"))
    assert process.poll() is None
    office.app.quit()
    assert process.wait(60) == 0, process.stderr.read()
    assert not (own / "token.txt").exists()
    assert not (home.folder() / home.LOCK).exists()
    assert "Traceback" not in process.stderr.read()
