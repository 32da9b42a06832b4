"""The program's own dialogs, answered by keys as a person would; where there is no window they refuse at once."""

import inspect
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import openpyxl
import pytest
import xlwings as xw
from hypothesis import given
from hypothesis import strategies as st

from jixiao.errors import JixiaoError
from jixiao.office.excel.dialogs import Dialogs, Given
from jixiao.office.excel.dialogs_calc import CalcDialogs
from jixiao.office.excel.dialogs_excel import LONGEST_PROMPT, ExcelDialogs, listed
from jixiao.office.libreoffice import register

QUESTIONS = (
    ("say", ("已完成。",)),
    ("confirm", ("继续？",)),
    ("choose_folder", ("请选择文件夹",)),
    ("choose_file", ("请选择文件", (".xlsx",))),
    ("save_as", ("保存到", "汇总.xlsx")),
    ("choose_one", ("请选择年度", ("2026", "2027"))),
    ("ask_text", ("项目名称", "请输入项目名称：")),
)


@pytest.fixture(scope="module")
def dialogs(screen):
    before = os.environ.get("DISPLAY")
    os.environ["DISPLAY"] = screen
    register()
    with xw.App(visible=True) as app:
        yield CalcDialogs(app)
    if before is None:
        del os.environ["DISPLAY"]
    else:
        os.environ["DISPLAY"] = before


@pytest.fixture
def answered(dialogs, keys):
    """Return `answered(title, keys, ask)`: what `ask()` returns when these keys are pressed in the window of that title."""

    def person(title, pressed):
        try:
            keys(title, *pressed)
        except BaseException:
            keys.press("Escape")  # or the question would wait for ever
            raise

    def act(title, pressed, ask):
        with ThreadPoolExecutor(1) as someone:
            answering = someone.submit(person, title, pressed)
            try:
                return ask(dialogs)
            finally:
                answering.result()

    return act


@pytest.mark.parametrize("kind", [CalcDialogs, ExcelDialogs, Given])
def test_all_dialogs_take_the_same_words(kind):
    for name, method in inspect.getmembers(Dialogs, inspect.isfunction):
        if not name.startswith("_"):
            assert inspect.signature(getattr(kind, name)) == inspect.signature(method), name


@pytest.mark.parametrize("kind", ["info", "warning", "error"])
def test_a_sentence_is_shown_until_it_is_read(answered, kind):
    assert answered("绩效目标", ["Return"], lambda dialogs: dialogs.say("校验通过。", kind)) is None


@pytest.mark.parametrize(("key", "answer"), [("alt+y", True), ("alt+n", False), ("Escape", False)])
def test_yes_is_yes_and_all_else_is_no(answered, key, answer):
    assert answered("绩效目标", [key], lambda dialogs: dialogs.confirm("要改 3 处，继续？")) is answer


def test_a_folder_is_chosen_or_not(answered, tmp_path):
    (tmp_path / "submissions").mkdir()
    typed = ["ctrl+a", f"={tmp_path}/submissions", "Return", "Return"]
    assert (
        answered("收上来的表", typed, lambda dialogs: dialogs.choose_folder("收上来的表"))
        == tmp_path / "submissions"
    )
    assert answered("收上来的表", ["Escape"], lambda dialogs: dialogs.choose_folder("收上来的表")) is None


def test_a_file_is_chosen_or_not(answered, tmp_path):
    path = tmp_path / "table.xlsx"
    path.write_bytes(b"")
    typed = ["ctrl+a", f"={path}", "Return"]
    assert answered("选表", typed, lambda dialogs: dialogs.choose_file("选表", (".xlsx", ".xls"))) == path
    assert answered("选表", ["Escape"], lambda dialogs: dialogs.choose_file("选表", (".xlsx",))) is None


def test_a_place_to_save_is_chosen_or_not(answered, tmp_path):
    path = tmp_path / "汇总.xlsx"
    assert answered("保存", ["Return"], lambda dialogs: dialogs.save_as("保存", str(path))) == path
    assert answered("保存", ["Escape"], lambda dialogs: dialogs.save_as("保存", str(path))) is None


def test_one_is_chosen_from_a_list(answered):
    years = ("2026", "2027", "2028")
    for keys, answer in ((["Return"], 1), (["Down", "Return"], 2), (["Up", "Return"], 0), (["Escape"], None)):
        assert answered("年度", keys, lambda dialogs: dialogs.choose_one("年度", years, 1)) == answer


def said(part):
    """Yield what a screen reader finds in a window."""
    context = part.getAccessibleContext()
    yield context.getAccessibleName()
    if hasattr(context, "getText"):
        yield context.getText()
    for number in range(min(context.getAccessibleChildCount(), 20)):
        yield from said(context.getAccessibleChild(number))


@pytest.mark.parametrize("count", [2, 40])
def test_what_is_to_be_read_before_a_choice_stands_above_it(dialogs, keys, count):
    lines = [f"电费!E{number}（VA16）：“>=5” → “≥5”" for number in range(count)]
    toolkit = dialogs.app.impl.office.create("com.sun.star.awt.Toolkit")

    def person():
        keys.front("应用建议")
        windows = [toolkit.getTopWindow(number) for number in range(toolkit.getTopWindowCount())]
        found = next(one for one in windows if next(said(one)) == "应用建议")
        try:
            return "\n".join(said(found))
        finally:
            keys("应用建议", "Escape")

    with ThreadPoolExecutor(1) as someone:
        reading = someone.submit(person)
        assert dialogs.choose_one("应用建议", ("全部应用", "取消"), 0, "\n".join(lines)) is None
        assert set(lines) <= set(reading.result().splitlines())


def test_in_excel_what_is_to_be_read_before_a_choice_has_a_box_of_its_own():
    class Excel:
        visible, shown, answer = True, [], "ok"

        def alert(self, text, title, buttons, mode):  # noqa: ARG002 - xlwings' form
            self.shown.append(text)
            return self.answer

        @property
        def api(self):
            return self

        def InputBox(self, Prompt, Title, Default, Type):  # noqa: N802, N803, ARG002 - Excel's own form
            self.shown.append(Title)
            return "2"

    app = Excel()
    assert ExcelDialogs(app).choose_one("应用建议", ("全部应用", "取消"), 0, "改 40 处") == 1
    assert app.shown == ["改 40 处", "应用建议"]
    app.answer = "cancel"
    assert ExcelDialogs(app).choose_one("应用建议", ("全部应用", "取消"), 0, "改 40 处") is None


def test_a_line_is_typed_over_what_stands_there(answered):
    def ask(dialogs):
        return dialogs.ask_text("项目名称", "新表的项目名称，可以留空以后再填：", "各统办楼电费")

    assert answered("项目名称", ["Return"], ask) == "各统办楼电费"
    assert answered("项目名称", ["ctrl+a", "=Solar", "Return"], ask) == "Solar"
    assert answered("项目名称", ["ctrl+a", "BackSpace", "Return"], ask) == ""
    assert answered("项目名称", ["Escape"], ask) is None


def test_escape_is_heard_from_the_first_text_of_a_work_to_its_end(dialogs, keys):
    dialogs.status("正在读取 1 / 9")
    assert not dialogs.stopped()
    keys.front("LibreOffice Calc")
    keys.press("Right", "Down")
    dialogs.status("正在读取 2 / 9")
    assert not dialogs.stopped()
    keys.front("LibreOffice Calc")
    keys.press("Escape")
    until = time.monotonic() + 30
    while not dialogs.stopped() and time.monotonic() < until:
        time.sleep(0.05)
    assert dialogs.stopped()
    dialogs.status(None)
    dialogs.status("下一件事")
    assert not dialogs.stopped()
    dialogs.status(None)


def test_a_work_that_dies_while_it_listens_leaves_the_window_usable(dialogs, keys):
    where = dialogs.app.impl.office.where
    code = f"""
import os
from jixiao.office import libreoffice
from jixiao.office.excel.dialogs_calc import CalcDialogs
CalcDialogs(libreoffice.join({where!r})).status("正在读取")
os._exit(3)
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 3
    dialogs.app.books.active.sheets.active["A1"].select()
    keys.front("LibreOffice Calc")
    keys.press("Right", "Escape", "Right")
    until = time.monotonic() + 30
    while dialogs.app.selection.column != 3 and time.monotonic() < until:
        time.sleep(0.05)
    assert dialogs.app.selection.column == 3


@pytest.fixture(scope="module")
def unseen():
    """Return an office without a window."""
    register()
    with xw.App(visible=False) as app:
        yield app


@pytest.mark.parametrize(("name", "words"), QUESTIONS)
def test_without_a_window_a_question_is_refused_in_words(unseen, name, words):
    with pytest.raises(JixiaoError, match=f"没有人能看到并回答“{words[0]}”"):
        getattr(CalcDialogs(unseen), name)(*words)


@pytest.mark.parametrize(("name", "words"), QUESTIONS)
def test_a_window_that_no_screen_shows_is_none(unseen, name, words, tmp_path):
    """An office without a screen says that its windows are visible, if their workbook is not hidden."""
    path = tmp_path / "表.xlsx"
    openpyxl.Workbook().save(path)
    desktop = unseen.impl.office.create("com.sun.star.frame.Desktop")
    document = desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, ())
    assert document.getCurrentController().getFrame().getContainerWindow().isVisible()
    unseen.books["表.xlsx"].activate()
    with pytest.raises(JixiaoError, match="没有人能看到并回答"):
        getattr(CalcDialogs(unseen), name)(*words)
    unseen.books["表.xlsx"].close()


def test_without_a_window_progress_is_no_question(unseen):
    dialogs = CalcDialogs(unseen)
    dialogs.status("正在读取")
    assert not dialogs.stopped()
    dialogs.status(None)


@given(st.lists(st.text("表年度2027（一）", min_size=1, max_size=120), min_size=1, max_size=20))
def test_a_numbered_list_fits_in_excels_input_box(options):
    text = listed(options)
    assert len(text) <= LONGEST_PROMPT
    assert [line.partition(". ")[0] for line in text.split("\n")[1:]] == [
        str(n) for n in range(1, len(options) + 1)
    ]


def test_what_fits_in_excels_input_box_is_not_cut():
    assert listed(("项目支出绩效目标表", "单位整体支出绩效目标表")).endswith(
        "1. 项目支出绩效目标表\n2. 单位整体支出绩效目标表"
    )
