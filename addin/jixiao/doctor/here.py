"""What lies on our side: this program and its parts, the Python that a click starts, folders, LibreOffice."""

from __future__ import annotations

import importlib.metadata
import platform
import re
import struct
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from jixiao import __version__, forms, library, settings
from jixiao.doctor.lines import Line
from jixiao.errors import FormError, OutputError
from jixiao.office import home, startup

_PARTS = ("xlwings", "XlsxWriter", "python-calamine", "openpyxl", "jsonschema", "jsonschema-rs", "rich")


def program() -> Iterator[Line]:
    """Yield this program's version and those of the parts it stands on."""
    bits = struct.calcsize("P") * 8
    yield Line(
        "jixiao",
        "ok",
        f"{__version__}，Python {platform.python_version()}（{bits} 位），{platform.platform(terse=True)}，{sys.executable}",
    )
    found, missing = [], []
    for name in (*_PARTS, *(("pywin32",) if sys.platform == "win32" else ())):
        try:
            found.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            missing.append(name)
    # jsonschema-rs only makes it faster; all others are needed
    needed = [name for name in missing if name != "jsonschema-rs"]
    if needed:
        yield Line("组件", "bad", f"缺少 {'、'.join(needed)}。", "安装不完整，请重新安装 jixiao。")
    yield Line("组件", "ok", "，".join(found))


def judging() -> Iterator[Line]:
    """Yield by which profile the buttons check."""
    try:
        profile = settings.profile()
    except FormError as error:
        yield Line("校验口径", "bad", str(error), "请按上面的话重新选定。")
        return
    said = f"“{profile.name}”（{profile.source}）" if profile else "内置"
    yield Line("校验口径", "ok", f"按钮按{said}校验。")


def written() -> Iterator[Line]:
    """Yield whether the forms, vocabularies and subjects of the library that people write can all be used."""
    known, subjects = forms.catalogue(), library.catalogue()
    for sentence in (*forms.unused(), *library.unused()):
        yield Line("表式和指标库", "bad", sentence, "请按上面的话改正；改好以前不使用这个文件，其余照常。")
    yield Line("表式和指标库", "ok", f"{len(known)} 个表式，{len(subjects)} 个指标主题。")


def bridge() -> Iterator[Line]:
    """Yield whether a click reaches Python, and whether our own folder can be written."""
    python = startup.registered()
    if python is None:
        yield Line(
            "程序位置",
            "warn",
            "还没有登记点击按钮时启动哪个 Python。",
            "用插件时请运行 jixiao addin install。",
        )
    elif _on_the_network(python):
        yield Line(
            "程序位置",
            "warn",
            f"{python} 在网络盘上，点击会很慢。",
            "请装到本机磁盘，再运行 jixiao addin install。",
        )
    else:
        yield _answering(python, startup.version_in(python))
    yield _writable(home.folder())


def _answering(python: Path, version: str | None) -> Line:
    if version == __version__:
        return Line("程序位置", "ok", f"{python}，能启动")
    why = f"里面是 jixiao {version}，这里是 {__version__}" if version else "启动不了，或里面没有 jixiao"
    return Line(
        "程序位置",
        "warn" if version else "bad",
        f"{python}，{why}。",
        "请运行 jixiao addin install；启动不了时先看安全软件有没有拦截或隔离它。",
    )


def _on_the_network(path: Path) -> bool:
    return re.match(r"\\\\[^?.]", str(path)) is not None


def _writable(folder: Path) -> Line:
    try:
        with tempfile.TemporaryFile(dir=home.ready()):
            pass
    except (OSError, OutputError):
        return Line(
            "用户文件夹", "bad", f"{folder} 不能写入。", "请信息技术人员检查这个文件夹的权限和磁盘空间。"
        )
    return Line("用户文件夹", "ok", f"{folder}，可以写入；日志在 {home.LOG}")


def libreoffice() -> Iterator[Line]:
    """Yield whether there is a LibreOffice, and whether this Python can talk to it."""
    from jixiao.office.libreoffice import border, process  # noqa: PLC0415 - nobody else here needs it

    try:
        found = process.program()
    except FileNotFoundError:
        yield Line("LibreOffice", "ok", "没有安装；用 Excel 时不需要。")
        return
    try:
        border.binding()
    except ImportError:
        yield Line(
            "LibreOffice",
            "warn",
            f"{found}，但这个 Python 连不上它（缺少 uno 模块，或版本不合）。",
            "只在要用 LibreOffice 工具栏时才需要：Debian/Ubuntu 上安装 python3-uno，并用同一小版本的 Python。",
        )
    else:
        yield Line("LibreOffice", "ok", f"{found}，能连接")
