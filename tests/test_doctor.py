"""What `doctor` says of a computer, shown as the registry of that computer."""

import json
import re

import pytest

from jixiao import cli, doctor
from jixiao.doctor import Machine
from jixiao.office import home, startup

OFFICE = r"Software\Microsoft\Office\16.0"
POLICY = r"Software\Policies\Microsoft\Office\16.0"
EXCEL = {
    r"HKLM\SOFTWARE\Microsoft\Office\ClickToRun\Configuration!VersionToReport": "16.0.17126.20132",
    r"HKLM\SOFTWARE\Microsoft\Office\ClickToRun\Configuration!Platform": "x64",
}
MSI = {
    r"HKLM\SOFTWARE\Microsoft\Office\15.0\Excel\InstallRoot!Path": r"C:\Program Files (x86)\Microsoft Office\Office15",
    r"HKLM\SOFTWARE\Microsoft\Office\15.0\Outlook!Bitness": "x86",
}
WPS = {
    r"HKCU\Software\Kingsoft\Office\6.0\Common!InstallRoot": r"C:\Users\zhang\AppData\Local\Kingsoft\WPS Office"
}
TAKEN = {
    r"HKCR\CLSID\{00024500-0000-0000-C000-000000000046}\LocalServer32!": r"C:\Kingsoft\WPS Office\et.exe /automation"
}
NO_PLACES = {rf"HKCU\{POLICY}\Excel\Security\Trusted Locations!AllLocationsDisabled": 1}
DISABLED = rf"HKCU\{OFFICE}\Excel\Resiliency\DisabledItems"


def blocked(path):
    """An entry of the list of disabled files: what, two lengths, two texts."""
    text = f"{path.lower()}\0".encode("utf-16-le")
    return (
        (2).to_bytes(4, "little")
        + len(text).to_bytes(4, "little")
        + (2).to_bytes(4, "little")
        + text
        + b"\0\0"
    )


def machine(registry):
    def value(hive, key, name=""):
        return registry.get(f"{hive}\\{key}!{name}")

    return Machine(
        windows=True, value=value, values=lambda hive, key: list(registry.get(f"{hive}\\{key}", ()))
    )


@pytest.fixture(autouse=True)
def own(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    return home.folder()


CASES = {
    "Office 365": (EXCEL, "Excel", "ok", "16.0.17126.20132.*64 位", ""),
    "Office 2013": (MSI, "Excel", "ok", "15.0（2013），32 位", ""),
    "nothing": ({}, "Excel", "bad", "没有找到", "命令行"),
    "WPS alone": (WPS, "Excel", "bad", "只有 WPS", "命令行"),
    "WPS beside": (EXCEL | WPS, "WPS", "warn", "Kingsoft", "用 Excel 打开"),
    "WPS in Excel's place": (EXCEL | WPS | TAKEN, "WPS", "bad", "接管", "兼容设置"),
    "as it comes": (EXCEL, "信任设置", "ok", "禁用并通知（默认）", ""),
    "all macros off": (EXCEL | {rf"HKCU\{OFFICE}\Excel\Security!VBAWarnings": 4}, "信任设置", "ok", "全部禁用", ""),
    "no trusted places": (EXCEL | NO_PLACES, "信任设置", "warn", "单位策略", "签名"),
    "only signed, no trusted places": (
        EXCEL | NO_PLACES | {rf"HKCU\{POLICY}\Excel\Security!VBAWarnings": 3}, "信任设置", "bad", "只允许签过名的宏（单位策略）", "签名",
    ),
    "the policy outranks the user": (
        EXCEL | {rf"HKCU\{POLICY}\Excel\Security!VBAWarnings": 3, rf"HKCU\{OFFICE}\Excel\Security!VBAWarnings": 1},
        "信任设置", "ok", "单位策略", "",
    ),
    "signed add-ins alone": (EXCEL | {rf"HKLM\{POLICY}\Excel\Security!RequireAddinSig": 1}, "加载项签名", "bad", "签过名", "签名"),
    "no add-ins": (EXCEL | {rf"HKCU\{OFFICE}\Excel\Security!DisableAllAddins": 1}, "加载项", "bad", "停用", "信任中心"),
    "no VBA": (EXCEL | {rf"HKLM\{POLICY}\Common!VBAOff": 1}, "VBA", "bad", "关闭", "命令行"),
    "disabled after a crash": (
        EXCEL | {DISABLED: [b"", blocked(r"C:\Users\张\AppData\Roaming\Microsoft\Excel\XLSTART\jixiao.xlam")]},
        "禁用项目", "bad", "禁用项目", "启用",
    ),
    "not installed": (EXCEL, "插件", "bad", "没有装", "jixiao addin install"),
}  # fmt: skip


@pytest.mark.parametrize(("registry", "what", "state", "found", "advice"), CASES.values(), ids=CASES)
def test_a_computer_is_seen_as_it_is(registry, what, state, found, advice):
    lines = [line for line in doctor.report(machine(registry)) if line.what == what]
    assert [line.state for line in lines] == [state]
    assert re.search(found, lines[0].found)
    assert advice in lines[0].advice
    assert bool(lines[0].advice) == (state != "ok")


@pytest.mark.parametrize("registry", [case[0] for case in CASES.values()], ids=CASES)
def test_every_line_that_is_not_well_says_what_to_do_and_stands_in_the_text_to_copy(registry):
    lines = doctor.report(machine(registry))
    text = doctor.text(lines)
    for line in lines:
        assert line.advice or line.state == "ok"
        assert line.found in text
        assert line.advice in text
    assert "没有任何表格内容" in text


def test_somebody_elses_disabled_file_is_none_of_ours():
    lines = doctor.report(machine(EXCEL | {DISABLED: [blocked(r"C:\x\other.xlam"), "text", 1]}))
    assert "禁用项目" not in [line.what for line in lines]


@pytest.mark.parametrize(
    ("written", "state", "found"),
    [
        (None, "warn", "还没有登记"),
        ("/nowhere/python", "bad", "启动不了"),
        (r"\\server\share\python\pythonw.exe", "warn", "网络盘"),
        ("this one", "ok", "能启动"),
    ],
)
def test_the_interpreter_is_tried(written, state, found):
    if written == "this one":
        startup.register()
    elif written:
        home.put_text(home.INTERPRETER, written)
    line = next(line for line in doctor.report(machine({})) if line.what == "程序位置")
    assert line.state == state
    assert found in line.found


def test_a_folder_that_cannot_be_written_is_seen(own):
    own.write_text("a file in the folder's place", encoding="utf-8")
    line = next(line for line in doctor.report(machine({})) if line.what == "用户文件夹")
    assert line.state == "bad"


def test_the_real_computer_of_this_test(capsys):
    code = cli.main(["doctor", "--json"])
    said = json.loads(capsys.readouterr().out)
    assert said["version"] == 1
    assert set(said["lines"][0]) == {"what", "state", "found", "advice"}
    whats = {line["what"]: line for line in said["lines"]}
    assert {"jixiao", "组件", "Excel", "程序位置", "用户文件夹", "LibreOffice"} <= set(whats)
    assert "xlwings" in whats["组件"]["found"]
    assert code == any(line["state"] == "bad" for line in said["lines"])
    assert whats["LibreOffice"]["found"] in said["text"]
