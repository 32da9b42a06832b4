"""What stands in an offline folder to be run and read: `安装.cmd` and `卸载.cmd`, or `安装.sh`, and what they say.

The two for Windows are pure ASCII. cmd.exe reads a batch file in the console's code page, which is 936 on most Chinese computers, 65001
on some and 437 on others, and finds its place in the file by counting bytes; Chinese in it works on one and breaks on
another. So what they say stands in UTF-8 texts beside them, shown by `type` after `chcp 65001`.
"""

from __future__ import annotations

from jixiao.install.wheels import Target

INSTALL, UNINSTALL, INSTALLER = "安装.cmd", "卸载.cmd", "python-installer.exe"
SHELL, README = "安装.sh", "说明.txt"
_TEXTS = {
    "start": "正在安装绩效目标插件，只装给当前用户，不需要管理员权限。请先关闭所有 Excel 窗口。",
    "python": "正在安装 Python，需要一两分钟 …",
    "no_python": "没有找到 Python {python}，文件夹里也没有它的安装程序。请信息技术人员安装 Python {python}，再运行本程序。",
    "bad_hash": "Python 安装程序的校验值不对，可能被改动过，没有运行。请联系信息技术人员。",
    "failed": "没有装成。请把这个窗口里的内容截图发给信息技术人员。",
    "done": "装好了。请重新打开 Excel，功能区会出现“绩效目标”。",
    "removed": "已卸载。请重新打开 Excel。",
    "removed_not": "没有卸载干净：多半是 Excel 还开着。请关闭所有 Excel 窗口，再运行一次。",
}
# goto and no blocks in brackets: a user's name may hold a bracket, which would end the block
_INSTALL = r"""@echo off
rem Pure ASCII on purpose; the texts are UTF-8 files in texts\, see addin/README.md.
rem Usage: double-click, or with /quiet from a script (then nothing waits for a key).
setlocal EnableExtensions DisableDelayedExpansion
pushd "%~dp0"
chcp 65001 >nul
type texts\start.txt
set "HOME_PYTHON=%LOCALAPPDATA%\Programs\Python\Python{digits}\python.exe"
set "VENV=%LOCALAPPDATA%\jixiao\python"
set "CODE=1"

py -{python} -I -c "" >nul 2>nul
if not errorlevel 1 goto launcher
if exist "%HOME_PYTHON%" goto own
if not exist "{installer}" goto no_python
certutil -hashfile "{installer}" SHA256 | find /i "{sha256}" >nul
if errorlevel 1 goto bad_hash
type texts\python.txt
start "" /wait "{installer}" /quiet InstallAllUsers=0 PrependPath=0 Include_test=0 Include_launcher=0
if exist "%HOME_PYTHON%" goto own
goto failed

:launcher
py -{python} -I -m venv "%VENV%"
if errorlevel 1 goto failed
goto packages

:own
"%HOME_PYTHON%" -I -m venv "%VENV%"
if errorlevel 1 goto failed

:packages
rem pip compares every wheel with the hash in requirements.txt and asks no network.
"%VENV%\Scripts\python.exe" -I -m pip install --quiet --disable-pip-version-check --no-index --find-links wheels --require-hashes -r requirements.txt
if errorlevel 1 goto failed
"%VENV%\Scripts\python.exe" -I -m jixiao addin install --file jixiao.xlam
if errorlevel 1 goto failed
type texts\done.txt
set "CODE=0"
goto end

:no_python
type texts\no_python.txt
goto end
:bad_hash
type texts\bad_hash.txt
goto end
:failed
type texts\failed.txt
:end
popd
if /i not "%~1"=="/quiet" pause
exit /b %CODE%
"""
_UNINSTALL = r"""@echo off
setlocal EnableExtensions DisableDelayedExpansion
pushd "%~dp0"
chcp 65001 >nul
set "VENV=%LOCALAPPDATA%\jixiao\python"
set "CODE=1"
if not exist "%VENV%\Scripts\python.exe" goto folder
"%VENV%\Scripts\python.exe" -I -m jixiao addin uninstall
if errorlevel 1 goto failed
:folder
if exist "%VENV%" rmdir /s /q "%VENV%"
if exist "%VENV%" goto failed
type texts\removed.txt
set "CODE=0"
goto end
:failed
type texts\removed_not.txt
:end
popd
if /i not "%~1"=="/quiet" pause
exit /b %CODE%
"""
_SHELL = """#!/bin/sh
# 用法：sh 安装.sh
set -eu
cd "$(dirname "$0")"
place="${XDG_DATA_HOME:-$HOME/.local/share}/jixiao/python"
if ! command -v python{python} >/dev/null; then
    echo "没有找到 Python {python}。请信息技术人员安装 Python {python}，再运行本程序。" >&2
    exit 1
fi
echo "正在安装到 $place，只装给当前用户，不联网 …"
python{python} -I -m venv "$place"
"$place/bin/python" -I -m pip install --quiet --disable-pip-version-check --no-index --find-links wheels \\
    --require-hashes -r requirements.txt
mkdir -p "$HOME/.local/bin"
ln -sf "$place/bin/jixiao" "$HOME/.local/bin/jixiao"
"$place/bin/jixiao" --version
echo "装好了。命令：$HOME/.local/bin/jixiao"
echo "要在 LibreOffice 表格里用按钮，请关闭 LibreOffice 再运行：$place/bin/jixiao addin install --for libreoffice"
"""
_README_LINUX = """绩效目标表工具（jixiao）离线安装

安装：在终端里进入本文件夹，运行  sh 安装.sh
      只装给当前用户，不联网，不需要管理员权限；电脑上要先有 Python {python}。
核对：sha256sum -c SHA256SUMS.txt
试用：~/.local/bin/jixiao demo
按钮：~/.local/bin/jixiao addin install --for libreoffice
卸载：先运行 ~/.local/bin/jixiao addin uninstall，再删除 ~/.local/bin/jixiao 和 ~/.local/share/jixiao。
"""
_README_WINDOWS = """绩效目标表工具（jixiao）离线安装

安装：把整个文件夹拷到电脑上，双击“{install}”。只装给当前用户，不联网，不需要管理员权限。
      电脑上要有 Python {python}；文件夹里有 {installer} 时会自动安装。
核对：每个文件的 SHA-256 在 SHA256SUMS.txt。
卸载：双击“{uninstall}”。
"""
_NO_HASH = "no-installer-in-this-folder"


def files(target: Target, sha256: str | None) -> dict[str, bytes]:
    """Return commands, texts and the readme by name; `sha256` is the hash of Python's installer, None without one."""
    known = {
        "{python}": target.python,
        "{digits}": target.python.replace(".", ""),
        "{installer}": INSTALLER,
        "{sha256}": (sha256 or _NO_HASH).strip().lower(),
        "{install}": INSTALL,
        "{uninstall}": UNINSTALL,
    }
    if not target.windows:
        texts = {SHELL: _SHELL, README: _README_LINUX}
        return {name: _filled(text, known).encode("utf-8") for name, text in texts.items()}
    made = {INSTALL: _INSTALL, UNINSTALL: _UNINSTALL}
    made |= {f"texts/{name}.txt": f"{text}\n" for name, text in _TEXTS.items()}
    made[README] = "\ufeff" + _README_WINDOWS  # older editors of Windows know UTF-8 by its mark alone
    return {name: _filled(text, known).replace("\n", "\r\n").encode("utf-8") for name, text in made.items()}


def _filled(text: str, known: dict[str, str]) -> str:
    for word, value in known.items():
        text = text.replace(word, value)
    return text


def steps(target: Target, *, has_installer: bool) -> list[str]:
    """Return what an administrator does next with the folder, in sentences."""
    if not target.windows:
        return [f"把整个文件夹拷到内网，每个用户在里面运行：sh {SHELL}（要先有 Python {target.python}）。"]
    python = (
        ""
        if has_installer
        else f"；那些电脑上要先有 Python {target.python}，或用 --python-installer 一并带上"
    )
    return [f"把整个文件夹拷到内网，每个用户双击“{INSTALL}”{python}。卸载双击“{UNINSTALL}”。"]
