"""The add-in's VBA is run: all of it that needs no Windows in LibreOffice, the rest in a second engine of other authors."""

import re
import sys

import pytest
from pyopenvba.apps.excel import ExcelApplication
from pyopenvba.exceptions import VBARuntimeError
from pyopenvba.interpreter import VBAObject, member, method

from jixiao import buttons, resources, xlam
from jixiao.bridge import post, words
from jixiao.office import home

PYTHON = r"C:\工具 箱\py thon (64)\pythonw.exe"
NASTY = {
    "Chinese and blanks": r"D:\报送 材料\2026 年 项目表.xlsx",
    "what shells obey": r"C:\R&D\a=b 'x' ^%PATH%!x!`y`$(z);|<>.xlsx",
    "quotes": 'C:\\a"b" "c.xlsx',
    "ends in a backslash": "C:\\a\\",
    "looks like an option": "--help",
    "looks like no workbook": "-",
    "looks like hexadecimal": "0041",
    "beyond the first plane": "D:\\𠮷野家\\😀.xlsx",
    "invisible": "D:\\\u200b\u202etxt.xlsx",
    "not Latin": "Ж:\\ÄÖÜßéñ\\ﾃｽﾄ.xlsx",
    "the last code": "\uffff",
    "on the web": "https://某某.sharepoint.com/sites/a b/表%20.xlsx?web=1&x='y'",
    "on a server": "\\\\服务器\\共享$\\表.xlsx",
    "long": "D:\\" + "很长的文件夹\\" * 300 + "表.xlsx",
    "not yet saved": "工作簿1",
}
STUB = """Option Explicit

Public Sub BridgeSend(ByVal action As String)
    Dim row As Long
    row = 1
    With ThisWorkbook.Worksheets(1)
        Do While Len(.Cells(row, 4).Value) > 0
            row = row + 1
        Loop
        .Cells(row, 4).Value = action
    End With
End Sub

Public Function BridgeWasKilled() As Boolean
    BridgeWasKilled = (ThisWorkbook.Worksheets(1).Cells(1, 6).Value = "killed")
End Function
"""


@pytest.fixture(scope="module")
def twin(tmp_path_factory):
    """The add-in with a recorder in the bridge's place."""
    path = tmp_path_factory.mktemp("twin") / "twin.xlam"
    stub = xlam.Module("JixiaoBridge", "standard", STUB.replace("\n", "\r\n"))
    path.write_bytes(xlam.package([stub if one.name == stub.name else one for one in xlam.modules()]))
    return path


def test_the_twin_differs_in_one_module_only(addin, twin, read_by_olevba):
    real, other = read_by_olevba(addin), read_by_olevba(twin)
    assert {name for name in real | other if real.get(name) != other.get(name)} == {"JixiaoBridge"}


def test_every_button_hands_over_its_own_id(twin, in_calc):
    calc = in_calc(twin)
    for name in buttons.ids():
        calc.click(name)
    assert tuple(calc.column(3)) == buttons.ids()


class Control(VBAObject):
    """A button of the ribbon."""

    def __init__(self, name):
        self.name = name

    @member
    def ID(self):  # noqa: N802 - Office's own name
        return self.name


AUTOMATIC, MANUAL = -4105, -4135  # xlCalculationAutomatic, xlCalculationManual


@pytest.mark.parametrize(("killed", "found"), [("killed", (True, AUTOMATIC)), ("", (False, MANUAL))])
def test_a_click_puts_back_what_a_killed_python_left_and_nothing_after_an_orderly_end(twin, killed, found):
    """LibreOffice forgets a module's variables after each macro, so the second engine is asked."""
    excel = ExcelApplication.open(twin)
    excel.run("JixiaoRibbon.OnButton", Control("check_sheet"))
    excel.application.screen_updating, excel.application.calculation = False, MANUAL
    excel.run("JixiaoRibbon.OnButton", Control("check_sheet"))  # Python is at work: not how the user had it
    excel.sheet(1).set_value("F1", killed)
    excel.run("JixiaoRibbon.OnButton", Control("check_sheet"))
    assert (excel.application.screen_updating, excel.application.calculation) == found


@pytest.fixture(params=["calc", "pyopenvba"])
def call(request, addin):
    """Call a function of the bridge in one of the two engines."""
    if request.param == "calc":
        return request.getfixturevalue("in_calc")(addin).run
    return elsewhere(addin)


def elsewhere(path):
    """Call a function in the second engine, with texts as VBA has them: 16 bits a character."""
    excel = ExcelApplication.open(path)

    def units(text):
        data = text.encode("utf-16-le", "surrogatepass")
        return "".join(chr(data[at] + 256 * data[at + 1]) for at in range(0, len(data), 2))

    return lambda name, *arguments: excel.run(name, *map(units, arguments))


def test_half_a_character_reaches_python_too(addin):
    """Windows allows such a name; UNO does not, so that LibreOffice cannot be asked."""
    name = "D:\\\ud842.xlsx"
    assert (
        words.parse(elsewhere(addin)("JixiaoBridge.BridgeWords", "about", "1", name).split(" ")).book == name
    )


def test_names_reach_python_as_they_are(call):
    for name in NASTY.values():
        command = call("JixiaoBridge.BridgeCommand", PYTHON, "check_sheet", "-123", name)
        fixed = f'"{PYTHON}" -I -m jixiao.bridge '
        assert command.startswith(fixed)
        asked = command.removeprefix(fixed)
        assert re.fullmatch(
            "[A-Za-z0-9_ -]+", asked
        )  # nothing that a shell or a parser could take for a sign
        assert words.parse(asked.split(" ")) == words.Request("check_sheet", "-123", name)


def test_no_workbook_is_said_by_a_dash(call):
    command = call("JixiaoBridge.BridgeCommand", PYTHON, "about", "1", "")
    assert words.parse(command.split(" ")[-3:]) == words.Request("about", "1", None)


def test_every_button_is_a_word_that_the_bridge_knows_and_python_takes(call):
    for name in buttons.ids():
        line = call("JixiaoBridge.BridgeWords", name, "1", "")
        assert words.parse(line.split(" ")).action == name


PROBE = """Option Explicit

Public Function Refusal(ByVal python As String, ByVal action As String, ByVal book As String) As String
    On Error GoTo Failed
    Refusal = "let through: " & BridgeCommand(python, action, "1", book)
    Exit Function
Failed:
    Refusal = Err.Description
End Function
"""
REFUSED = {
    "unknown_button": [
        (PYTHON, action, "")
        for action in ("", " ", "checksheet", "CHECK_SHEET", "new_table add_dropdowns", "about ", "os.system")
    ],
    "bad_interpreter": [
        (python, "about", "")
        for python in ("", "pythonw.exe", r"\py\w.exe", r"py\w.exe", 'C:\\"a.exe', r"C:\%TEMP%\w.exe")
    ],
    "long_name": [(PYTHON, "about", "长" * 8000)],
}


@pytest.fixture(scope="module")
def probed(tmp_path_factory):
    """The add-in and one module more, which asks the bridge and says how it refused."""
    path = tmp_path_factory.mktemp("probed") / "probed.xlam"
    probe = xlam.Module("Probe", "standard", PROBE.replace("\n", "\r\n"))
    path.write_bytes(xlam.package((*xlam.modules(), probe)))
    return path


@pytest.mark.parametrize("engine", ["calc", "pyopenvba"])
def test_anything_else_is_refused(probed, in_calc, engine):
    ask = in_calc(probed).run if engine == "calc" else elsewhere(probed)
    for reason, questions in REFUSED.items():
        assert [ask("Probe.Refusal", *one) for one in questions] == [reason] * len(questions)


def test_vba_reads_the_interpreter_that_the_installer_has_written(addin, in_calc, own_folder):
    calc = in_calc(addin)
    assert own_folder == home.folder()
    for text in (PYTHON, f"{PYTHON}\r\nzweite Zeile\r\n"):
        assert calc.run("JixiaoBridge.ReadText", str(home.put_text(home.INTERPRETER, text))) == PYTHON
    assert calc.run("JixiaoBridge.ReadText", str(home.put(home.INTERPRETER, b""))) == ""


@pytest.fixture
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("LOCALAPPDATA" if sys.platform == "win32" else "XDG_STATE_HOME", str(tmp_path))
    return home.ready()


def test_the_resident_takes_what_vba_has_laid_down_once_and_in_order(addin, in_calc, own_folder):
    calc, token = in_calc(addin), post.new_token()
    asked = [words.Request("check_sheet", "123", NASTY["long"]), words.Request("about", "123", None)]
    for request in asked:
        assert calc.run("JixiaoBridge.BridgePost", str(own_folder), words.words(request)) is True
    assert list(post.take(token)) == asked
    assert list((own_folder / home.REQUESTS).iterdir()) == []


def test_without_a_token_nobody_would_look_and_vba_says_so(addin, in_calc, own_folder):
    """The resident has just come, or has just gone."""
    (own_folder / home.REQUESTS).mkdir()
    assert in_calc(addin).run("JixiaoBridge.BridgePost", str(own_folder), "about 1 -") is False
    assert list((own_folder / home.REQUESTS).iterdir()) == []


def test_a_resident_without_a_lock_is_none(addin, in_calc, own_folder):
    calc = in_calc(addin)
    assert calc.run("JixiaoBridge.BridgeAlive", str(own_folder)) is False
    assert not (own_folder / home.LOCK).exists()  # looking must not make the file
    (own_folder / home.LOCK).touch()
    assert calc.run("JixiaoBridge.BridgeAlive", str(own_folder)) is False


class Windows(VBAObject):
    """What `WScript.Shell` and `Scripting.FileSystemObject` do for us, written down instead."""

    home = r"C:\Users\张三\AppData\Local\jixiao"
    short = r"C:\Users\ZHANG~1\AppData\Local\jixiao"

    def __init__(self, *, installed, starts=True):
        self.installed, self.starts = installed, starts
        self.boxes, self.started = [], []

    @method
    def ExpandEnvironmentStrings(self, Text):  # noqa: N802, N803 - Windows' own names
        return Text.replace("%LOCALAPPDATA%", self.home.rpartition("\\")[0])

    @method
    def FileExists(self, Path):  # noqa: N802, N803 - as above
        assert Path == rf"{self.home}\interpreter.txt"
        return self.installed

    @method
    def GetFolder(self, Path):  # noqa: N802, N803 - as above
        assert Path == self.home
        return self

    @member
    def ShortPath(self):  # noqa: N802 - as above
        return self.short

    @method
    def Run(self, Command, Window, Wait):  # noqa: N802, N803 - as above
        if not self.starts:
            raise VBARuntimeError(-2147024894, "Method 'Run' of object 'IWshShell3' failed")
        self.started.append((Command, int(Window), bool(Wait)))
        return 0

    @method
    def Popup(self, Text, Seconds, Title, Kind):  # noqa: N802, N803 - as above
        self.boxes.append((Text, int(Seconds), Title, int(Kind)))
        return 1


def on_windows(path, windows, *, alive, looks=True):
    """Open the add-in in the second engine, which has no files and no windows: constants answer in their place."""
    excel = ExcelApplication.open(path)
    excel.interpreter.host.create = lambda _: windows
    answers = {
        "BridgeWasKilled": "BridgeWasKilled = False",
        "BridgeAlive": f"BridgeAlive = {alive}",
        "ReadText": f'ReadText = "{PYTHON}"',
        "BridgePost": f'ThisWorkbook.Worksheets(1).Cells(1, 4).Value = folder & "|" & words\r\nBridgePost = {looks}',
    }
    source = next(one.source for one in xlam.modules() if one.name == "JixiaoBridge")
    source = source.replace("Application.Hwnd", "67890").replace("Application.PathSeparator", '"\\"')
    for name, answer in answers.items():
        source, count = re.subn(
            rf"^(Public (Sub|Function) {name}\(.*?\r\n).*?^(End \2)",
            lambda found, answer=answer: f"{found[1]}{answer}\r\n{found[3]}",
            source,
            flags=re.MULTILINE | re.DOTALL,
        )
        assert count == 1
    excel.add_module(source, name="JixiaoBridge")
    return excel


@pytest.mark.parametrize(("alive", "looks"), [(False, False), (True, False)])
def test_a_cold_click_starts_python_without_a_window_and_does_not_wait(addin, alive, looks):
    windows = Windows(installed=True)
    excel = on_windows(addin, windows, alive=alive, looks=looks)
    excel.run("JixiaoRibbon.OnButton", Control("check_sheet"))
    [(command, window, wait)] = windows.started
    assert (window, wait, windows.boxes) == (0, False, [])
    request = words.parse(command.removeprefix(f'"{PYTHON}" -I -m jixiao.bridge ').split(" "))
    assert request == words.Request("check_sheet", "67890", excel.evaluate("ActiveWorkbook.FullName"))


def test_a_warm_click_starts_nothing_and_lays_the_request_into_the_folder_by_its_short_name(addin):
    windows = Windows(installed=True)
    excel = on_windows(addin, windows, alive=True)
    excel.run("JixiaoRibbon.OnButton", Control("check_sheet"))
    folder, _, line = excel.sheet(1).value("D1").partition("|")
    assert (folder, windows.started, windows.boxes) == (windows.short, [], [])
    assert words.parse(line.split(" ")).action == "check_sheet"


@pytest.mark.parametrize(
    ("button", "starts", "key"),
    [("check_sheet", False, "cannot_start"), ("format_disk", True, "unknown_button")],
)
def test_what_cannot_be_done_is_said_in_chinese(addin, button, starts, key):
    windows = Windows(installed=True, starts=starts)
    on_windows(addin, windows, alive=False).run("JixiaoRibbon.OnButton", Control(button))
    assert [text for text, *_ in windows.boxes] == [sentences()[key]]
    assert windows.started == []


def sentences():
    return dict(line.split("=", 1) for line in resources.text("macros/sentences.txt").splitlines())


def test_without_an_installation_a_click_says_so_in_chinese(addin):
    excel, windows = ExcelApplication.open(addin), Windows(installed=False)
    excel.interpreter.host.create = lambda _: windows
    excel.run("JixiaoRibbon.OnButton", Control("check_sheet"))
    assert windows.boxes == [(sentences()["not_installed"], 0, "绩效目标", 48 + 4096)]


def test_without_windows_a_click_still_says_something(addin):
    excel = ExcelApplication.open(addin)

    def refuse(_):
        raise VBARuntimeError(429, "ActiveX component can't create object")

    excel.interpreter.host.create = refuse
    excel.run("JixiaoRibbon.OnButton", Control("check_sheet"))
    [(kind, text, *_)] = excel.interpreter.dialogs
    assert (kind, text) == ("MsgBox", "jixiao: 429 ActiveX component can't create object")
