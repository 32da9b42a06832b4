"""The add-in is put, taken away and looked at, in a folder given with `--dir`: what of it runs without a Windows."""

import io
import os
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from jixiao import __version__, cli, install, oxt, xlam
from jixiao.errors import OutputError, UsageError
from jixiao.install import calc
from jixiao.office import home, startup
from jixiao.office.libreoffice import process


@pytest.fixture(autouse=True)
def own(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "用户 状态"))
    return home.folder()


@pytest.fixture
def xlstart(tmp_path):
    return tmp_path / "XLSTART"


def states(xlstart):
    return [one.state for one in install.status(folder=xlstart)]


def test_installed_is_what_would_be_built_and_uninstalled_is_gone(xlstart, own):
    install.excel(folder=xlstart)
    assert (xlstart / "jixiao.xlam").read_bytes() == xlam.build()
    assert states(xlstart) == ["ok", "ok"]
    install.uninstall(folder=xlstart)
    assert not list(xlstart.iterdir())
    install.uninstall()
    assert not (own / "interpreter.txt").exists()
    assert states(xlstart) == ["none", "bad"]


def test_one_folder_s_copy_is_taken_away_and_others_still_start(xlstart, tmp_path, own):
    install.excel(folder=xlstart)
    install.excel(folder=tmp_path / "另一处")
    said = "".join(install.uninstall(folder=xlstart))
    assert "登记没有动" in said
    assert "已清除" not in said
    assert (own / "interpreter.txt").exists()
    assert states(tmp_path / "另一处") == ["ok", "ok"]


def test_nothing_is_said_to_be_cleared_where_nothing_was_registered():
    assert install.uninstall() == ["没有找到装好的插件。"]
    startup.register()
    assert "已清除程序位置的登记。" in install.uninstall()
    assert install.uninstall() == ["没有找到装好的插件。"]


def test_without_an_add_in_status_is_not_done_well(xlstart, capsys):
    install.excel(folder=xlstart, copy=False)
    assert cli.main(["addin", "status", "--dir", str(xlstart)]) == 1
    assert "没有安装在" in capsys.readouterr().out.replace("\n", "")


OFFICE = """#!/bin/sh
echo "$@" >> "$0.calls"
case "$1 $2" in
  "list --shared") echo "Identifier: cn.jixiao.toolbar";;
  *) echo "ERROR: There is no such extension deployed" >&2; exit 1;;
esac
"""


@pytest.fixture
def office(tmp_path, monkeypatch):
    """An office with the toolbar for everybody: its `unopkg` answers as LibreOffice's does, which tests/window runs."""
    if os.name != "posix":
        pytest.skip("the stand-in is a shell script")
    folder = tmp_path / "office"
    folder.mkdir()
    for name, text in (("unopkg", OFFICE), ("soffice", "#!/bin/sh\n")):
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)
    monkeypatch.setattr(process, "program", lambda: folder / "soffice")
    return folder


def test_from_one_program_alone_the_others_keep_theirs_and_their_python(own):
    install.wps()
    said = "".join(install.uninstall(program="excel"))
    assert "没有找到装好的插件。" in said
    assert "WPS 用的" in said
    assert (own / "jixiao.xlam").exists()
    assert startup.registered()
    assert "已清除程序位置的登记。" in install.uninstall(program="wps")
    assert not (own / "jixiao.xlam").exists()


@pytest.mark.usefixtures("office")
def test_a_toolbar_for_everybody_is_shown_and_keeps_the_python_that_it_starts(own):
    startup.register()
    toolbar = next(one for one in install.status() if "LibreOffice" in one.what)
    assert (toolbar.what, toolbar.state) == ("LibreOffice 工具栏（所有用户）", "ok")
    said = "".join(install.uninstall())
    assert "LibreOffice 的工具栏（所有用户）" in said
    assert "--all-users" in said
    assert (own / "interpreter.txt").exists()


def test_for_everybody_both_toolbars_are_taken_out(office):
    install.uninstall(all_users=True)
    assert "remove --shared cn.jixiao.toolbar" in (office / "unopkg.calls").read_text()


def test_an_office_that_is_open_is_not_taken_for_one_without_a_toolbar(office, monkeypatch):
    monkeypatch.setattr(calc, "_refused_to_root", lambda **_: False)
    (office / "unopkg").write_text("#!/bin/sh\necho 'ERROR: lock file exists' >&2\nexit 1\n")
    startup.register()
    assert any("正开着" in one.found for one in install.status())
    assert "工具栏没有去掉" in "".join(install.uninstall())
    assert startup.registered()


def test_an_older_add_in_is_replaced_and_nothing_else_is_left_for_excel_to_open(xlstart):
    xlstart.mkdir()
    (xlstart / "jixiao.xlam").write_bytes(b"old")
    (xlstart / "PERSONAL.XLSB").write_bytes(b"theirs")
    install.excel(folder=xlstart)
    assert {path.name for path in xlstart.iterdir()} == {"jixiao.xlam", "PERSONAL.XLSB"}
    assert (xlstart / "PERSONAL.XLSB").read_bytes() == b"theirs"
    install.uninstall(folder=xlstart)
    assert {path.name for path in xlstart.iterdir()} == {"PERSONAL.XLSB"}


def test_the_interpreter_stands_there_as_the_vba_reads_it_and_starts_our_version(xlstart, own):
    install.excel(folder=xlstart)
    data = (own / "interpreter.txt").read_bytes()
    assert data[:2] == b"\xff\xfe"
    first = data[2:].decode("utf-16-le").split("\r")[0].split("\n")[0]
    assert Path(first).is_absolute()
    said = subprocess.run(
        [first, "-I", "-c", "import jixiao; print(jixiao.__version__)"], capture_output=True, text=True, check=True
    )  # fmt: skip
    assert said.stdout.strip() == __version__
    if os.name == "posix":
        assert stat.S_IMODE((own / "interpreter.txt").stat().st_mode) == 0o600


def test_the_folder_in_which_the_add_in_lays_requests_is_there(xlstart, own):
    install.excel(folder=xlstart)
    assert (own / "requests").is_dir()


def test_no_copy_only_registers(xlstart, own):
    install.excel(folder=xlstart, copy=False)
    assert not xlstart.exists()
    assert (own / "interpreter.txt").exists()


def test_a_signed_add_in_is_put_as_it_is_and_status_says_that_it_differs(xlstart, tmp_path):
    signed = tmp_path / "signed.xlam"
    signed.write_bytes(xlam.build())
    with zipfile.ZipFile(signed, "a") as archive:  # where Excel keeps the signature of a VBA project
        archive.writestr("xl/vbaProjectSignature.bin", b"signature")
    install.excel(folder=xlstart, file=signed)
    assert (xlstart / "jixiao.xlam").read_bytes() == signed.read_bytes()
    found = install.status(folder=xlstart)[0]
    assert found.state == "bad"
    assert "签过名" in found.found


def zipped(parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def addin_without(part, old=b"", new=b""):
    """Our add-in with one part left out, or changed."""
    with zipfile.ZipFile(io.BytesIO(xlam.build())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    kept = parts.pop(part)
    return zipped(parts | {part: kept.replace(old, new)} if old else parts)


NOT_ADDINS = {
    "not there": None,
    "empty": b"",
    "html": b"<html>",
    "old format": b"\xd0\xcf\x11\xe0",
    "toolbar": oxt.build(),
    "cut": xlam.build()[:-100],
    "other zip": zipped({"a.txt": b"a"}),
    "no macros": addin_without("xl/vbaProject.bin"),
    "workbook": addin_without(
        "[Content_Types].xml", b"excel.addin.macroEnabled", b"excel.sheet.macroEnabled"
    ),
}


@pytest.mark.parametrize("content", NOT_ADDINS.values(), ids=NOT_ADDINS)
def test_what_is_no_add_in_is_not_put(xlstart, tmp_path, content):
    file = tmp_path / "x.xlam"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(UsageError, match="插件文件"):
        install.excel(folder=xlstart, file=file)
    assert not xlstart.exists()


@pytest.mark.parametrize("content", [None, b"", xlam.build(), zipped({"description.xml": b"<x/>"})])
def test_what_is_no_toolbar_is_not_handed_to_libreoffice(office, tmp_path, content):
    file = tmp_path / "x.oxt"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(UsageError, match="绩效目标工具栏"):
        install.libreoffice(all_users=True, file=file)
    assert not (office / "unopkg.calls").exists()


@pytest.mark.parametrize(("act", "refused"), [(install.excel, "replace"), (install.uninstall, "unlink")])
def test_a_file_that_excel_holds_is_a_sentence_and_stays_as_it_was(xlstart, monkeypatch, act, refused):
    """Windows refuses to replace or remove a file that is open; that refusal alone is put in its place here."""
    install.excel(folder=xlstart)

    def held(self, *_, **__):
        raise PermissionError(13, "held by another process", str(self))

    monkeypatch.setattr(Path, refused, held)
    with pytest.raises(OutputError, match="Excel 正开着"):
        act(folder=xlstart)
    monkeypatch.undo()
    assert [path.name for path in xlstart.iterdir()] == ["jixiao.xlam"]


def test_without_a_startup_folder_it_is_said_how_to_go_on(capsys):
    assert cli.main(["addin", "install"]) == 2
    assert "--for libreoffice" in capsys.readouterr().err


def test_a_python_whose_path_the_add_in_could_not_start_is_refused(monkeypatch, tmp_path, own):
    monkeypatch.setattr(sys, "executable", str(tmp_path / "100%成功" / "python"))
    with pytest.raises(OutputError, match="百分号"):
        startup.register()
    assert not (own / "interpreter.txt").exists()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (None, "没有登记"),
        ("/nowhere/python", "启动不了"),
        ("/bin/false", "启动不了"),
        ("", "没有登记"),
    ],
)
def test_an_interpreter_that_does_not_answer_is_seen(xlstart, written, said):
    if written is not None:
        home.put_text(home.INTERPRETER, written)
    found = install.status(folder=xlstart)[-1]
    assert found.state == "bad"
    assert said in found.found


def test_the_command_line_installs_shows_and_removes(xlstart, capsys):
    assert cli.main(["addin", "install", "--dir", str(xlstart)]) == 0
    assert str(xlstart / "jixiao.xlam") in capsys.readouterr().out.replace("\n", "")
    assert cli.main(["addin", "status", "--dir", str(xlstart)]) == 0
    assert cli.main(["addin", "uninstall", "--dir", str(xlstart)]) == 0
    assert cli.main(["addin", "status", "--dir", str(xlstart)]) == 1


def test_for_wps_the_steps_by_hand_and_what_is_not_known_are_said(tmp_path, capsys):
    assert cli.main(["addin", "install", "--for", "wps", "--dir", str(tmp_path / "wps")]) == 0
    said = capsys.readouterr().out
    assert (tmp_path / "wps" / "jixiao.xlam").read_bytes() == xlam.build()
    assert "手工加载" in said
    assert "没有 VBA" in said
