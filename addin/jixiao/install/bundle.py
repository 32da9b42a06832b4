"""An offline folder for an intranet: all wheels, the add-in, two commands, and the hash of every file.

This is the only place that reaches a network, when an administrator runs `jixiao bundle`, and it does so by calling pip.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import jixiao
from jixiao import xlam
from jixiao.errors import OutputError, UsageError
from jixiao.install import commands, wheels
from jixiao.install.wheels import HERE, Target, Wheel
from jixiao.office.startup import ADDIN

SUMS, PINNED, WHEELS = "SHA256SUMS.txt", "requirements.txt", "wheels"
_ROUNDS = 5  # each finds what the wheels of the round before ask for on the target
_FULL = ("Errno 28]", "WinError 112]")  # how Python says that a disk is full
_PIP = ("-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet")


@dataclass(frozen=True)
class Given:
    """What an administrator supplies.

    Attributes:
        wheel: our own wheel; None builds it from the checkout that we run from.
        installer: python.org's installer for the target, put beside the wheels; None for none.
        sha256: the hash that python.org publishes for it.

    """

    wheel: Path | None = None
    installer: Path | None = None
    sha256: str | None = None


def make(folder: Path, target: Target, given: Given, say: Callable[[str], None]) -> list[str]:
    """Fill `folder` and return what is in it, in sentences.

    Raises:
        UsageError: the target, the installer or the source of our own wheel is not right.
        OutputError: the folder is not empty, pip does not come to an end, or the wheels are not complete.

    """
    _check(folder, target, given)
    with tempfile.TemporaryDirectory(prefix="jixiao-bundle-") as scratch:
        work = Path(scratch)
        say("第一步：准备 jixiao 自己的安装包 …")
        own = given.wheel.resolve() if given.wheel else _own_wheel(work / "own")
        say(f"第二步：由 pip 下载 {target.platform}、Python {target.python} 的全部组件 …")
        found = _complete(own, target, work)
        say("第三步：写入文件夹 …")
        _write(folder, target, found, given)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return [
        f"离线安装文件夹：{folder}（{len(found)} 个组件，{size / 1e6:.0f} MB）",
        f"每个文件的 SHA-256 在 {folder / SUMS}",
        *commands.steps(target, has_installer=given.installer is not None),
    ]


def _check(folder: Path, target: Target, given: Given) -> None:
    if not re.fullmatch(r"3\.(1[1-9]|[2-9][0-9])", target.python):
        raise UsageError(f"Python 版本“{target.python}”不对，应当是 3.11 或更新，例如 --python 3.12。")
    running = f"{sys.version_info.major}.{sys.version_info.minor}"
    if target.platform == HERE and target.python != running:
        raise UsageError(
            f"--platform {HERE} 是给与本机相同的电脑用的，本机是 Python {running}。请写 --python {running}。"
        )
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise OutputError(f"“{folder}”已有内容，没有改动。请换一个文件夹，或先清空它。")
    if given.wheel:
        _check_wheel(given.wheel)
    if given.installer:
        if not given.sha256:
            raise UsageError("给出 --python-installer 时，请同时用 --sha256 给出 python.org 公布的 SHA-256。")
        try:
            found = _hash(given.installer)
        except OSError as error:
            raise UsageError(f"读不到“{given.installer}”。请检查文件名。") from error
        if found != given.sha256.strip().lower():
            raise UsageError(
                f"“{given.installer}”的 SHA-256 是 {found}，与给出的不同，没有采用。请重新从 python.org 下载，再核对一次。"
            )


def _check_wheel(path: Path) -> None:
    """Raise UsageError where the file is no wheel of ours: pip would take a mere word for a name on an index."""
    if not path.is_file():
        raise UsageError(f"找不到安装包文件“{path}”。请检查 --wheel 后面的路径，应当是 jixiao-*.whl。")
    try:
        ours = wheels.read(path).name == "jixiao"
    except wheels.BROKEN:
        ours = False
    if not ours:
        raise UsageError(f"“{path}”不是 jixiao 的安装包。请给出发布的 jixiao-*.whl，文件名不要改动。")


def _own_wheel(folder: Path) -> Path:
    checkout = Path(jixiao.__file__).resolve().parent.parent.parent
    if not (checkout / "pyproject.toml").is_file():
        raise UsageError(
            "这里的 jixiao 是安装好的，没有源代码，做不出自己的安装包。"
            "请下载发布的 jixiao-*.whl，用 --wheel 给出；或在源代码文件夹里运行本命令。"
        )
    _pip("wheel", "--no-deps", "--wheel-dir", folder, checkout)
    return next(folder.glob("jixiao-*.whl"))


def _complete(own: Path, target: Target, work: Path) -> list[Wheel]:
    """Return all wheels for the target: pip judges conditions by this computer, so what it leaves out is named to it."""
    named: list[str] = []
    for number in range(_ROUNDS):
        folder = work / f"round{number}"
        _pip("download", "--dest", folder, *_for(target), own, *named)
        found = _read(folder)
        lacking = wheels.missing(found, target)
        if not lacking:
            unfit = wheels.unfit(found, target)
            if unfit:
                raise OutputError(
                    f"这些组件不能用在 {target.platform} 上：{'、'.join(unfit)}。请换一个 --python 版本再试。"
                )
            return found
        named += [one for one in lacking if one not in named]
    raise OutputError(f"组件凑不齐，还缺 {'、'.join(named)}。请换一个 --python 版本再试。")


def _for(target: Target) -> Sequence[str]:
    if not target.windows:
        return ("--only-binary=:all:",)
    return (
        "--only-binary=:all:",
        *("--platform", target.platform),
        *("--python-version", target.python),
        *("--implementation", "cp"),
    )


def _read(folder: Path) -> list[Wheel]:
    try:
        return [wheels.read(path) for path in sorted(folder.glob("*.whl"))]
    except wheels.BROKEN as error:
        raise OutputError("下载的组件里有一个不是完整的安装包。请检查网络后再试一次。") from error


def _pip(*words: str | Path) -> None:
    command = [sys.executable, *_PIP, *map(str, words)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False)  # noqa: S603 - pip of this Python, no shell
    if done.returncode:
        if any(word in done.stderr for word in _FULL):
            raise OutputError(
                f"临时文件夹“{tempfile.gettempdir()}”所在的盘已满，组件没有下载完。请清出约 300 MB 后再试。"
            )
        said = [line for line in done.stderr.splitlines() if line.strip()] or ["（pip 没有说明）"]
        raise OutputError(
            f"pip 没有完成：{said[-1].strip()}。请检查网络或镜像设置（pip config），再试一次；没有 pip 时先安装 pip。"
        )


def _write(folder: Path, target: Target, found: Sequence[Wheel], given: Given) -> None:
    """Fill the folder whole or not at all: all is written below it first, then moved, the list of hashes last."""
    there = folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".jixiao-", dir=folder) as scratch:
            _fill(Path(scratch), target, found, given)
            for one in sorted(Path(scratch).iterdir(), key=lambda one: one.name == SUMS):
                one.rename(folder / one.name)
    except OSError as error:
        if not there:
            with contextlib.suppress(OSError):
                folder.rmdir()
        raise OutputError(
            f"不能写入“{folder}”，没有生成。请检查文件夹的权限和磁盘空间（约需 100 MB）后再试。"
        ) from error


def _fill(folder: Path, target: Target, found: Sequence[Wheel], given: Given) -> None:
    (folder / WHEELS).mkdir()
    for wheel in found:
        shutil.copyfile(wheel.path, folder / WHEELS / wheel.path.name)
    pinned = [f"{wheel.name}=={wheel.version} --hash=sha256:{_hash(wheel.path)}" for wheel in found]
    (folder / PINNED).write_text("\n".join(pinned) + "\n", encoding="ascii", newline="\n")
    if target.windows:
        (folder / ADDIN).write_bytes(xlam.build())
        if given.installer:
            shutil.copyfile(given.installer, folder / commands.INSTALLER)
    for name, data in commands.files(target, given.sha256 if given.installer else None).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    listed = sorted(path for path in folder.rglob("*") if path.is_file())
    sums = [f"{_hash(path)}  {path.relative_to(folder).as_posix()}" for path in listed]
    (folder / SUMS).write_text("\n".join(sums) + "\n", encoding="utf-8", newline="\n")


def _hash(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
