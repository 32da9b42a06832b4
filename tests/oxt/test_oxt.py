"""LibreOffice's toolbar: the same bytes each time, the same buttons as the ribbon, and a click that arrives as the bridge wants it."""

import ast
import importlib.util
import io
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao import __version__, buttons, cli, oxt
from jixiao.bridge import lock, post
from jixiao.bridge import words as bridge
from jixiao.office import home
from jixiao.office.libreoffice import process
from jixiao.office.libreoffice.border import binding
from jixiao.oxt import parts

SCRIPT = Path(__file__).resolve().parents[2] / "macros" / "libreoffice" / "clicks.py"
OLDEST_PYTHON = (3, 7)  # of the LibreOffices that take the extension
NAME = "{http://openoffice.org/2001/registry}name"


@pytest.fixture(scope="module")
def package():
    return zipfile.ZipFile(io.BytesIO(oxt.build()))


@pytest.fixture(scope="module")
def clicks():
    binding()  # from then on `import com.sun.star…` is possible, as it is inside the office
    spec = importlib.util.spec_from_file_location("clicks", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    home.ready(home.REQUESTS)
    return home.folder()


def shown(package, *path):
    """Return (title, command) of the entries below a node of the toolbar or the menu."""
    node = ET.fromstring(package.read("Addons.xcu"))
    for name in path:
        node = next(one for one in node if one.get(NAME) == name)
    found = []
    for entry in node.findall("node"):
        values = {prop.get(NAME): prop.findtext("value") for prop in entry.findall("prop")}
        found.append((entry.get(NAME), values.get("Title"), values["URL"]))
    assert [name for name, _, _ in found] == sorted(name for name, _, _ in found), (
        "LibreOffice sorts by names"
    )
    return [(title, url) for _, title, url in found]


def test_it_is_the_same_bytes_in_every_process():
    code = "import sys; from jixiao import oxt; sys.stdout.buffer.write(oxt.build())"
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": f"UTC-{seed}"}
        done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=True)
        assert done.stdout == oxt.build()


def test_the_zip_is_stored_and_dated_long_ago(package):
    for entry in package.infolist():
        assert (entry.compress_type, entry.date_time, entry.create_system) == (
            zipfile.ZIP_STORED,
            (1980, 1, 1, 0, 0, 0),
            3,
        )


def test_the_manifest_names_what_is_there(package):
    named = {
        value for one in ET.fromstring(package.read("META-INF/manifest.xml")) for value in one.attrib.values()
    }
    files = {name for name in package.namelist() if name.endswith((".xcu", ".components"))}
    assert files <= named
    assert {name for name in named if "/" not in name} == files
    assert f'value="{__version__}"' in package.read("description.xml").decode()


@pytest.mark.parametrize("path", [("OfficeMenuBar", oxt.ID, "Submenu"), ("OfficeToolBar", oxt.ID)])
def test_menu_and_toolbar_have_the_buttons_and_groups_of_the_ribbon(package, path):
    expected = []
    for group in buttons.groups():
        expected += [(None, parts.SEPARATOR)] if expected else []
        expected += [(one.label, f"cn.jixiao.click:{one.id}") for one in group.buttons]
    assert shown(package, "AddonUI", *path) == expected


def test_every_button_has_its_tip(package):
    tips = dict(line.split("=", 1) for line in package.read("tips.txt").decode().splitlines())
    assert tuple(tips) == buttons.ids()
    assert all(len(tip) > len(one.label) for tip, one in zip(tips.values(), _buttons(), strict=True))


def _buttons():
    return [one for group in buttons.groups() for one in group.buttons]


def test_script_and_parts_speak_of_the_same_things(clicks, package):
    assert f"{parts.PROTOCOL}:" == clicks.PROTOCOL
    assert clicks.NAME == parts.HANDLER
    assert package.read("clicks.py").decode() == SCRIPT.read_text(encoding="utf-8")


def test_the_script_runs_in_old_pythons_and_needs_nothing_of_ours(package):
    tree = ast.parse(package.read("clicks.py"), feature_version=OLDEST_PYTHON)
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported - set(sys.stdlib_module_names) == {"uno", "unohelper", "com"}


def test_every_sentence_that_the_script_can_say_is_there_and_names_this_program(package):
    told = set(re.findall(r'(?:NotHandedOverError|self\._tell)\("(\w+)"', package.read("clicks.py").decode()))
    known = dict(
        line.split("=", 1) for line in package.read("sentences.txt").decode().splitlines() if "=" in line
    )
    assert told
    assert told | {"title"} <= set(known)
    assert all("--for libreoffice" in text for text in known.values() if "addin install" in text)


@pytest.mark.parametrize("state", ["", "relative/folder", "/tmp/状态"])
def test_the_script_finds_the_folder_that_the_installer_fills(clicks, monkeypatch, state):
    monkeypatch.setenv("XDG_STATE_HOME", state)
    assert clicks.user_folder() == home.folder()


def test_the_python_is_the_one_that_was_registered(clicks, folder):
    home.put_text(home.INTERPRETER, sys.executable)
    assert clicks.python_of(folder) == sys.executable


@pytest.mark.parametrize(
    ("written", "key"),
    [
        (None, "not_installed"),
        (b"\xff", "not_installed"),
        ("python3", "bad_interpreter"),
        ("", "bad_interpreter"),
        ("/no/such/python", "bad_interpreter"),
    ],
)
def test_a_python_that_is_not_one_is_refused(clicks, folder, written, key):
    if isinstance(written, bytes):
        home.put(home.INTERPRETER, written)
    elif written is not None:
        home.put_text(home.INTERPRETER, written)
    with pytest.raises(clicks.NotHandedOverError, match=key):
        clicks.python_of(folder)


@given(st.sampled_from(buttons.ids()), st.text(st.characters(min_codepoint=0x20), max_size=300))
def test_the_bridge_reads_the_words_of_a_click(clicks, action, book):
    pipe = "jixiao0123456789abcdef"
    request = bridge.parse(clicks.words(action, pipe, book))
    assert (request.action, request.pipe, request.book) == (action, pipe, book or None)


def test_a_name_that_is_too_long_is_said_and_not_cut(clicks):
    with pytest.raises(clicks.NotHandedOverError, match="long_name"):
        clicks.words("about", "p", "长" * 5000)


def test_a_click_reaches_a_resident_that_runs(clicks, folder):
    held, token = lock.take(folder / home.LOCK), post.new_token()
    request = bridge.Request("check_sheet", "pipe:jixiao1", "/tmp/各统办楼电费.xlsx")
    assert clicks.post(folder, bridge.words(request))
    assert list(post.take(token)) == [request]
    held.release()


@pytest.mark.parametrize("left", [(), ("token",), ("token", "lock")])
def test_without_a_resident_nothing_is_laid_down(clicks, folder, left):
    """Also when one was killed, and left its token and its lock file behind."""
    if "token" in left:
        post.new_token()
    if "lock" in left:
        (folder / home.LOCK).touch()
    assert not clicks.post(folder, "about pipe:jixiao1 -")
    assert not list((folder / home.REQUESTS).iterdir())


def test_a_resident_that_ends_meanwhile_leaves_the_click_to_its_successor(clicks, folder, monkeypatch):
    held, token = lock.take(folder / home.LOCK), post.new_token()
    answers = iter([token, ""])
    monkeypatch.setattr(clicks, "token", lambda _folder: next(answers))
    assert not clicks.post(folder, "about pipe:jixiao1 -")
    assert not list((folder / home.REQUESTS).iterdir())
    held.release()


def test_the_command_writes_it(tmp_path):
    out = tmp_path / "jixiao.oxt"
    assert cli.main(["addin", "build", "--for", "libreoffice", "-o", str(out), "--quiet"]) == 0
    assert out.read_bytes() == oxt.build()


def test_the_command_refuses_another_ending(tmp_path, capsys):
    assert cli.main(["addin", "build", "--for", "libreoffice", "-o", str(tmp_path / "jixiao.xlam")]) == 2
    assert "应当以 .oxt 结尾" in capsys.readouterr().err


def test_root_is_told_how_to_install(monkeypatch, capsys):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert cli.main(["addin", "install", "--for", "libreoffice"]) == 2
    assert "--all-users" in capsys.readouterr().err


def test_where_there_is_no_libreoffice_it_is_said(monkeypatch, capsys):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(process, "PLACES", ())
    assert cli.main(["addin", "install", "--for", "libreoffice"]) == 2
    assert "没有找到 LibreOffice" in capsys.readouterr().err
