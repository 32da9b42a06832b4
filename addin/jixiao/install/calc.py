"""The toolbar for LibreOffice: put in and taken out by LibreOffice's own program `unopkg`."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import zipfile
import zlib
from pathlib import Path

from jixiao import oxt
from jixiao.errors import OutputError, UsageError
from jixiao.office import startup
from jixiao.office.libreoffice import border, process

FILE = "jixiao.oxt"
SYSTEM = (Path("/usr/bin"), Path("/bin"))
_WANTED = "绩效目标工具栏。请用 jixiao addin build --for libreoffice 生成的 .oxt，或去掉 --file。"
_LONGEST_DESCRIPTION = 100_000  # bytes; ours has a hundredth of it
_LOCKED = "lock file"  # in what `unopkg` says while the office is open
_LONGEST = 180  # seconds; a first start builds the user's profile


def install(*, all_users: bool = False, file: Path | None = None) -> list[str]:
    """Install the toolbar, write down which Python a click starts, and return what was done, in sentences.

    Args:
        all_users: for everybody on this computer; that needs an administrator.
        file: a built extension; None builds it.

    Raises:
        UsageError: there is no LibreOffice, this Python cannot reach it, or `unopkg` does not serve this user.
        OutputError: LibreOffice holds the user's profile, or the folder cannot be written.

    """
    if file is not None:
        _check_extension(file)
    _check(all_users=all_users)
    with tempfile.TemporaryDirectory() as folder:
        made = file or Path(folder) / FILE
        if file is None:
            made.write_bytes(oxt.build())
        shared = ["--shared"] if all_users else []
        done = _unopkg("add", "--force", "--suppress-license", *shared, str(made))
    if done.returncode:
        raise OutputError(
            "LibreOffice 没有装上工具栏：可能正开着，或者没有写入权限。请关闭所有 LibreOffice 窗口再运行一次。"
            f"LibreOffice 的原话：{_complaint(done.stderr)}"
        )
    said = [
        f"工具栏已装进 LibreOffice（{'所有用户' if all_users else '本用户'}）。",
        f"点击按钮时启动：{startup.register()}",
        "请打开（或关闭并重新打开）LibreOffice 表格，会出现“绩效目标”菜单和工具栏。",
    ]
    # the Python inside the office looks for itself on PATH, misses `uno` in what it finds there, and takes the office with it
    first = shutil.which("python3")
    if os.name == "posix" and first and Path(first).parent not in SYSTEM:
        said.append(
            f"请从桌面菜单启动 LibreOffice：这个终端里排在最前面的 Python 是“{first}”，从这里启动，LibreOffice 会意外退出。"
        )
    return said


def uninstall(*, all_users: bool = False) -> list[str]:
    """Take the toolbar out and return what was done, in sentences; nothing where there is none, or no LibreOffice."""
    try:
        process.program()
    except FileNotFoundError:
        return []
    if _refused_to_root(all_users=all_users):
        return []
    shared = ["--shared"] if all_users else []
    done = _unopkg("remove", *shared, oxt.ID)
    if done.returncode and _LOCKED in done.stderr:
        return ["LibreOffice 正开着，工具栏没有去掉。请关闭所有 LibreOffice 窗口再运行一次。"]
    return [] if done.returncode else ["已从 LibreOffice 去掉工具栏。"]


def installed(*, all_users: bool = False) -> bool | None:
    """Tell whether LibreOffice has the toolbar, for this user or for everybody; None where it cannot be seen now."""
    try:
        process.program()
    except FileNotFoundError:
        return False
    if _refused_to_root(all_users=all_users):
        return False
    done = _unopkg("list", *(["--shared"] if all_users else []), oxt.ID)
    if done.returncode and _LOCKED in done.stderr:
        return None
    return not done.returncode and oxt.ID in done.stdout


def _refused_to_root(*, all_users: bool) -> bool:
    """Tell whether `unopkg` would refuse: root has no extensions of its own."""
    return os.name == "posix" and os.geteuid() == 0 and not all_users


def _check_extension(file: Path) -> None:
    """Raise UsageError where the file is not our extension."""
    try:
        with zipfile.ZipFile(file) as archive, archive.open("description.xml") as stream:
            said = stream.read(_LONGEST_DESCRIPTION).decode("utf-8")
    except (OSError, KeyError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
        raise UsageError(f"“{file}”不是{_WANTED}") from error
    if f'"{oxt.ID}"' not in said:
        raise UsageError(f"“{file}”是别的扩展，不是{_WANTED}")


def _check(*, all_users: bool) -> None:
    try:
        process.program()
    except FileNotFoundError as error:
        raise UsageError(
            "这台电脑上没有找到 LibreOffice。请先安装 LibreOffice（要带表格程序 Calc）。"
        ) from error
    try:
        border.binding()
    except ImportError as error:
        raise UsageError(
            "这个 Python 连不上 LibreOffice：缺少它的 uno 模块，或者版本不同。"
            "Debian、Ubuntu 请安装 python3-uno，并把 jixiao 装在同一版本的 Python 里。"
        ) from error
    if _refused_to_root(all_users=all_users):
        raise UsageError(
            "LibreOffice 不给 root 用户装单人的扩展。请换普通用户运行，或加 --all-users 给所有用户装。"
        )


def _unopkg(*words: str) -> subprocess.CompletedProcess[str]:
    folder = process.program().parent
    names = ("unopkg.com", "unopkg") if os.name == "nt" else ("unopkg",)
    program = next((folder / name for name in names if (folder / name).is_file()), folder / names[-1])
    try:
        return subprocess.run(  # noqa: S603 - LibreOffice's own program, words of ours, no shell
            [str(program), *words],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_LONGEST,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise OutputError(
            f"LibreOffice 的扩展程序“{program}”没有运行成功。请修复 LibreOffice 的安装，再运行一次。"
        ) from error


def _complaint(text: str) -> str:
    """Return the line in which `unopkg` says what is wrong; before it the desktop may have its own complaints."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return next((line for line in lines if line.startswith("ERROR")), lines[-1] if lines else "（没有）")
