"""The offline folder: the one for Windows inspected wheel by wheel, the one for Linux installed without an index."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from jixiao import xlam
from jixiao.errors import OutputError, UsageError
from jixiao.install import bundle, commands, wheels
from jixiao.install.wheels import Target

WINDOWS = Target("win_amd64", "3.12")
LINUX = Target("linux", f"{sys.version_info.major}.{sys.version_info.minor}")
OFFLINE = {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1"}


def call(*words, **settings):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")} | OFFLINE
    return subprocess.run(
        [str(word) for word in words],
        capture_output=True, encoding="utf-8", check=False, env=environment, **settings,
    )  # fmt: skip


@pytest.fixture(scope="module")
def installer(tmp_path_factory):
    path = tmp_path_factory.mktemp("python.org") / "python-3.12.10-amd64.exe"
    path.write_bytes(b"MZ a stand-in for the installer, which nobody runs here")
    return path, hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def for_windows(tmp_path_factory, installer):
    folder = tmp_path_factory.mktemp("bundle") / "离线 安装"
    bundle.make(folder, WINDOWS, bundle.Given(installer=installer[0], sha256=installer[1].upper()), print)
    return folder


@pytest.fixture(scope="module")
def for_linux(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bundle") / "linux"
    bundle.make(folder, LINUX, bundle.Given(), print)
    return folder


@pytest.fixture(scope="module")
def intranet(for_linux, tmp_path_factory):
    """A fresh Python with nothing but what the folder gave it."""
    place = tmp_path_factory.mktemp("intranet") / "venv"
    venv.create(place, with_pip=True)
    done = call(
        place / "bin" / "python", "-I", "-m", "pip", "install", "--no-index", "--find-links", "wheels",
        "--require-hashes", "-r", "requirements.txt",
        cwd=for_linux,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return place / "bin"


def test_every_wheel_fits_a_windows_of_64_bits_with_that_python(for_windows):
    names = sorted(path.name for path in (for_windows / "wheels").iterdir())
    for name in names:
        assert re.search(
            r"-(py3-none-any|py2\.py3-none-any|cp312-cp312-win_amd64|cp3\d+-abi3-win_amd64)\.whl$", name
        ), name
    packages = [name.split("-")[0].lower() for name in names]
    assert len(packages) == len(set(packages))
    assert {"jixiao", "xlwings", "pywin32", "openpyxl", "python_calamine", "jsonschema_rs"} <= set(packages)


def test_the_folder_is_complete_and_nothing_in_it_is_too_much(for_windows):
    found = [wheels.read(path) for path in sorted((for_windows / "wheels").glob("*.whl"))]
    assert wheels.missing(found, WINDOWS) == []
    assert wheels.unfit(found, WINDOWS) == []
    for one in found:
        others = [wheel for wheel in found if wheel is not one]
        lacking = [name.lower().replace("_", "-") for name in wheels.missing(others, WINDOWS)]
        assert any(name.startswith(one.name) for name in lacking), one.name


def test_pip_itself_finds_everything_for_windows_in_the_folder_with_the_right_hashes(for_windows, tmp_path):
    done = call(
        sys.executable, "-m", "pip", "install", "--dry-run", "--no-index", "--find-links", "wheels",
        "--require-hashes", "-r", "requirements.txt", "--target", tmp_path, "--only-binary=:all:",
        "--platform", "win_amd64", "--python-version", "3.12", "--implementation", "cp",
        cwd=for_windows,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "pywin32" in done.stdout


def test_every_file_stands_in_the_list_with_its_hash(for_windows):
    listed = {}
    for line in (for_windows / "SHA256SUMS.txt").read_text(encoding="utf-8").splitlines():
        digest, name = line.split("  ", 1)
        listed[name] = digest
    found = {
        path.relative_to(for_windows).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in for_windows.rglob("*")
        if path.is_file() and path.name != "SHA256SUMS.txt"
    }
    assert listed == found
    assert found["jixiao.xlam"] == hashlib.sha256(xlam.build()).hexdigest()


@pytest.mark.parametrize("name", [commands.INSTALL, commands.UNINSTALL])
def test_a_command_is_ascii_with_windows_line_ends_and_every_place_in_it_exists(for_windows, name):
    data = (for_windows / name).read_bytes()
    text = data.decode("ascii")
    assert data.count(b"\n") == data.count(b"\r\n") == len(text.splitlines())
    labels = set(re.findall(r"(?m)^:(\w+)", text))
    assert set(re.findall(r"goto (\w+)", text)) <= labels
    assert not re.search(r"[{}]", text)
    assert not re.search(r"(?m)^[^:]*\($", text)  # no block that a bracket in a user's name could end
    for shown in re.findall(r"type (\S+)", text):
        assert (for_windows / shown.replace("\\", "/")).read_bytes().decode("utf-8").strip()
    for used in re.findall(r"-m jixiao (addin \w+)", text):
        assert call(sys.executable, "-m", "jixiao", *used.split(), "--help").returncode == 0


def test_every_text_is_shown_by_a_command(for_windows):
    text = "".join((for_windows / name).read_text("ascii") for name in (commands.INSTALL, commands.UNINSTALL))
    for path in (for_windows / "texts").iterdir():
        assert f"type texts\\{path.name}" in text


def test_the_install_command_checks_the_installer_before_it_runs_it(for_windows, installer):
    text = (for_windows / commands.INSTALL).read_text("ascii")
    assert (for_windows / commands.INSTALLER).read_bytes() == installer[0].read_bytes()
    assert text.index(installer[1]) < text.index("goto bad_hash") < text.index("start ")


def test_the_folder_for_this_computer_passes_the_demo_without_an_index(intranet, tmp_path):
    done = call(intranet / "jixiao", "demo", tmp_path / "demo", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "demo" / "4-汇总表.xlsx").exists()
    assert call(intranet / "python", "-I", "-m", "jixiao.bridge", cwd=tmp_path).returncode == 2
    done = call(intranet / "jixiao", "addin", "build", "-o", tmp_path / "jixiao.xlam")
    assert (tmp_path / "jixiao.xlam").read_bytes() == xlam.build(), done.stderr


def test_the_folder_for_this_computer_says_what_to_do_and_installs_itself(for_linux, tmp_path):
    readme = (for_linux / commands.README).read_text("utf-8")
    assert f"sh {commands.SHELL}" in readme
    assert LINUX.python in readme
    programs = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    done = subprocess.run(
        ["sh", f"{for_linux}/{commands.SHELL}"],
        capture_output=True, encoding="utf-8", check=False, cwd=tmp_path,
        env={"HOME": str(tmp_path / "主 目录"), "PATH": programs, **OFFLINE},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "装好了" in done.stdout
    said = call(tmp_path / "主 目录" / ".local" / "bin" / "jixiao", "--version")
    assert said.stdout.startswith("jixiao ")


def test_without_that_python_the_script_says_so(for_linux, tmp_path):
    (tmp_path / "dirname").symlink_to(shutil.which("dirname"))
    done = subprocess.run(
        ["/bin/sh", f"{for_linux}/{commands.SHELL}"],
        capture_output=True, encoding="utf-8", check=False,
        env={"HOME": str(tmp_path), "PATH": str(tmp_path)},
    )  # fmt: skip
    assert (done.returncode, f"没有找到 Python {LINUX.python}" in done.stderr) == (1, True)


def test_an_installed_package_without_its_source_says_where_its_wheel_comes_from(intranet, tmp_path):
    done = call(intranet / "jixiao", "bundle", "-o", tmp_path / "out", cwd=tmp_path)
    assert done.returncode == 2
    assert "--wheel" in done.stderr


def test_a_wheel_that_was_changed_is_not_installed(for_linux, tmp_path):
    folder = tmp_path / "changed"
    shutil.copytree(for_linux, folder)
    path = next((folder / "wheels").glob("rich-*.whl"))
    path.write_bytes(path.read_bytes() + b"\0")
    done = call(
        sys.executable, "-m", "pip", "install", "--no-index", "--find-links", "wheels", "--require-hashes",
        "-r", "requirements.txt", "--target", tmp_path / "into",
        cwd=folder,
    )  # fmt: skip
    assert done.returncode != 0
    assert "HASH" in done.stderr.upper()


ON_A_SMALL_DISK = """
import sys
from pathlib import Path
from jixiao.errors import OutputError
from jixiao.install import bundle, wheels
from jixiao.install.wheels import HERE, Target
target = Target(HERE, f"{sys.version_info.major}.{sys.version_info.minor}")
given = bundle.Given(wheel=next(Path(sys.argv[1]).glob("jixiao-*.whl")))
if sys.argv[2] == "output":
    bundle._complete = lambda *_: [wheels.read(path) for path in sorted(Path(sys.argv[1]).glob("*.whl"))]
try:
    bundle.make(Path("离线"), target, given, print)
except OutputError as error:
    print(error)
print([str(path) for path in Path().iterdir()])
"""


@pytest.mark.parametrize(("full", "sentence"), [("output", "没有生成"), ("scratch", "盘已满")])
def test_a_disk_that_is_full_leaves_no_half_folder(for_linux, tmp_path, namespace, full, sentence):
    disk, place = tmp_path / "盘", tmp_path / "别处"
    disk.mkdir()
    place.mkdir()
    mount = 'mount -t tmpfs -o size=2m none "$1" && cd "$2" && shift 2 && exec "$@"'
    here, scratch = (disk, place) if full == "output" else (place, disk)
    words = namespace("-m", "sh", "-c", mount, "sh", disk, here, sys.executable, "-c", ON_A_SMALL_DISK)
    done = subprocess.run(
        [*words, for_linux / "wheels", full],
        capture_output=True, encoding="utf-8", check=False, env={**os.environ, "TMPDIR": str(scratch)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    *_, said, left = done.stdout.splitlines()
    assert sentence in said
    assert left == "[]"


@pytest.mark.parametrize(
    ("target", "given", "said"),
    [
        (Target("win_amd64", "3.8"), {}, "3.11 或更新"),
        (Target("win_amd64", "3.12; rm -rf"), {}, "3.11 或更新"),
        (Target("linux", "3.99"), {}, "本机是"),
        (WINDOWS, {"sha256": "0" * 64}, "没有采用"),
        (WINDOWS, {"sha256": None}, "--sha256"),
    ],
)
def test_what_cannot_be_right_is_said_before_anything_is_downloaded(tmp_path, installer, target, given, said):
    known = bundle.Given(installer=installer[0], **given) if given else bundle.Given()
    with pytest.raises(UsageError, match=said):
        bundle.make(tmp_path / "out", target, known, pytest.fail)
    assert not (tmp_path / "out").exists()


def made_wheel(folder, name="jixiao", version="1"):
    """A wheel with nothing in it but what it says of itself."""
    path = folder / "jixiao-1-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        said = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        archive.writestr("jixiao-1.dist-info/METADATA", said)
    return path


def test_what_is_no_wheel_of_ours_never_reaches_pip(tmp_path, monkeypatch):
    """pip takes a word that is no file for the name of a package on an index."""
    monkeypatch.setattr(bundle, "_pip", lambda *_: pytest.fail("pip was called"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "jixiao").write_bytes(b"")
    (tmp_path / "jixiao-9-py3-none-any.whl").write_bytes(b"PK\x03\x04 not a zip")
    (tmp_path / "rich-13.7-py3-none-any.whl").write_bytes(made_wheel(tmp_path, "rich", "13.7").read_bytes())
    (tmp_path / "folder-1-py3-none-any.whl").mkdir()
    words = (
        "requests",
        "jixiao",
        "--index-url=https://x.invalid",
        *(path.name for path in tmp_path.iterdir()),
    )
    for word in words:
        with pytest.raises(UsageError, match="安装包"):
            bundle.make(tmp_path / "out", WINDOWS, bundle.Given(wheel=Path(word)), pytest.fail)
    assert not (tmp_path / "out").exists()


def test_a_wheel_of_ours_is_handed_to_pip_with_its_whole_path(tmp_path, monkeypatch):
    handed = []

    def pip(*words):
        handed.append(words)
        raise OutputError("no index here")

    monkeypatch.setattr(bundle, "_pip", pip)
    monkeypatch.chdir(tmp_path)
    own = made_wheel(tmp_path)
    with pytest.raises(OutputError):
        bundle.make(tmp_path / "out", WINDOWS, bundle.Given(wheel=Path(own.name)), print)
    assert own.resolve() in handed[0]


def test_a_folder_with_something_in_it_is_left_alone(tmp_path):
    (tmp_path / "theirs.txt").touch()
    with pytest.raises(OutputError, match="已有内容"):
        bundle.make(tmp_path, WINDOWS, bundle.Given(), pytest.fail)
    assert [path.name for path in tmp_path.iterdir()] == ["theirs.txt"]


def test_a_condition_is_judged_for_the_other_computer(tmp_path):
    """A package that asks for one thing on Windows and another elsewhere, of one Python and of a later one."""
    asked = (
        "only-windows>=2; sys_platform == 'win32'",
        "not-windows; os_name != 'nt'",
        "young; python_version >= '3.12'",
        "old; python_version < '3.12'",
        "arm; platform_machine == 'ARM64'",
        "extra-only; extra == 'more'",
    )
    folder = tmp_path / "jixiao-1.dist-info"
    folder.mkdir()
    lines = [
        "Metadata-Version: 2.1",
        "Name: jixiao",
        "Version: 1",
        *(f"Requires-Dist: {one}" for one in asked),
    ]
    (folder / "METADATA").write_text("\n".join(lines) + "\n", encoding="utf-8")
    archive = shutil.make_archive(str(tmp_path / "made"), "zip", tmp_path, "jixiao-1.dist-info")
    path = Path(archive).rename(tmp_path / "jixiao-1-py3-none-any.whl")
    assert wheels.missing([wheels.read(path)], WINDOWS) == ["only-windows>=2", "young"]
    assert wheels.missing([wheels.read(path)], Target("win_arm64", "3.11")) == [
        "arm",
        "old",
        "only-windows>=2",
    ]
