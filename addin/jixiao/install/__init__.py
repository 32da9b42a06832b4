"""Put the add-in where Excel loads it, take it away, look: nothing needs an administrator unless it is for everybody."""

from __future__ import annotations

import compileall
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from jixiao import __version__, xlam
from jixiao.errors import FileRejectedError, OutputError, UsageError
from jixiao.office import home, saving, startup, windows
from jixiao.office.package.parts import unpack
from jixiao.office.startup import Place

Program = Literal["excel", "wps", "libreoffice"]
_LONGEST_FAREWELL = 5.0  # seconds a running resident may take to end
_KIND = b"application/vnd.ms-excel.addin.macroEnabled.main+xml"
_WPS = [
    "WPS 表格：公开资料里没有可靠的启动文件夹，需要手工加载一次：打开 WPS 表格，“开发工具” → “加载项” → “浏览”，选上面这个文件。",
    "请注意：WPS 个人版没有 VBA，按钮会显示但点了没有反应；专业版带 VBA 的组合我们没有条件试过。",
    "不管装没装，命令行都能用：jixiao check、jixiao merge。",
]


@dataclass(frozen=True)
class Found:
    """One line of `status`.

    Attributes:
        what: what was looked at.
        state: `ok`, `bad`, or `none` where there is nothing, which may be right.
        found: what was found, and what to do.

    """

    what: str
    state: Literal["ok", "bad", "none"]
    found: str


def excel(
    *, folder: Path | None = None, all_users: bool = False, file: Path | None = None, copy: bool = True
) -> list[str]:
    """Install the add-in for Excel and return what was done, in sentences.

    Args:
        folder: put it here instead of Excel's own startup folder.
        all_users: put it into the folder of Excel itself; that needs an administrator.
        file: a built add-in, such as one that was signed; None builds it.
        copy: False only writes down which Python a click starts, where an administrator has put the add-in already.

    Raises:
        OutputError: a folder cannot be written, or Excel holds the add-in.
        UsageError: there is no Excel here, or `file` is no add-in.

    """
    done = []
    if copy:
        place = _place(folder, all_users=all_users)
        _put(place, _addin(file))
        done.append(f"插件已放到：{place.addin}（{place.who}）。")
    done.append(f"点击按钮时启动：{startup.register()}")
    home.take_away(home.TOKEN)  # a resident of the version before ends; the next click starts this one
    compileall.compile_dir(Path(__file__).parent.parent, quiet=2)  # else the first click would do it
    if all_users:
        done.append(
            "其他用户各自还要运行一次 jixiao addin install --no-copy（可以放进登录脚本），登记各自的程序位置。"
        )
    done.append("请关闭并重新打开 Excel，功能区会出现“绩效目标”。没有出现时运行 jixiao doctor 看原因。")
    return done


def wps(*, folder: Path | None = None, file: Path | None = None) -> list[str]:
    """Put the add-in where WPS can be shown it by hand, and return the steps; raises OutputError or UsageError."""
    place = Place("本用户", folder or home.ready())
    _put(place, _addin(file))
    python = startup.register()
    return [f"插件已放到：{place.addin}", f"点击按钮时启动：{python}", *_WPS]


def uninstall(
    *, folder: Path | None = None, all_users: bool = False, program: Program | None = None
) -> list[str]:
    """Take the add-in away and return what was done, in sentences; raises OutputError.

    Which Python a click starts stays written down while a copy is left that needs it, and where only one folder was
    asked for.

    Args:
        folder: take it from here alone.
        all_users: also the copy of all users; that needs an administrator.
        program: from this one alone, `None` for all.

    """
    places = [Place("指定的", folder)] if folder else _places(program)
    if not all_users:
        places = [place for place in places if place != startup.everybody()]
    done = []
    for place in places:
        if place.addin.exists():
            _remove(place.addin)
            done.append(f"已删除：{place.addin}（{place.who}）。")
    if folder is None and program in (None, "libreoffice"):
        from jixiao.install import calc  # noqa: PLC0415 - as below

        for shared in (False, True) if all_users else (False,):
            done += calc.uninstall(all_users=shared)
    _end_resident()
    return [*(done or ["没有找到装好的插件。"]), *_unregister(folder, gone=bool(done))]


def _places(program: Program | None = None) -> list[Place]:
    """Return where the add-in file of Excel or WPS may be."""
    found = startup.places() if program in (None, "excel") else []
    return [*found, Place("WPS 用的", home.folder())] if program in (None, "wps") else found


def _unregister(folder: Path | None, *, gone: bool) -> list[str]:
    """Forget which Python a click starts unless somebody still needs it, and say so."""
    again = ["请重新打开 Excel 或 LibreOffice。"] if gone else []
    if folder is not None:
        return ["程序位置的登记没有动，别处的插件还要用它；全部卸载请运行 jixiao addin uninstall。", *again]
    left = _left()
    if left:
        kept = f"还留着：{'、'.join(left)}。程序位置的登记没有清除，它还要用。"
        how = "连它一起删除，请关闭这些程序，用管理员身份运行 jixiao addin uninstall --all-users。"
        return [f"{kept}{how}", *again]
    if startup.registered() is None:
        return again
    home.take_away(home.INTERPRETER)
    return ["已清除程序位置的登记。", *again]


def _left() -> list[str]:
    """Return the copies that are still there, each in words."""
    from jixiao.install import calc  # noqa: PLC0415 - as below

    found = [f"{place.addin}（{place.who}）" for place in _places() if place.addin.exists()]
    for shared, who in ((False, "本用户"), (True, "所有用户")):
        there = calc.installed(all_users=shared)
        if there is not False:
            found.append(f"LibreOffice 的工具栏（{who if there else 'LibreOffice 正开着，看不到'}）")
    return found


def status(*, folder: Path | None = None) -> list[Found]:
    """Return where the add-in is, whether it is this version's, and last whether its Python answers."""
    built = xlam.build()
    places = [Place("指定的", folder)] if folder else startup.places()
    found = [_about(place, built) for place in places]
    if not places:
        found.append(
            Found(
                "插件",
                "none",
                "这台电脑不是 Windows，没有 Excel 的启动文件夹。用 --dir 可以查看指定的文件夹。",
            )
        )
    if folder is None:
        found += _about_libreoffice()
    return [*found, _about_python()]


def works(found: Sequence[Found]) -> bool:
    """Tell whether what `status` returned is as it should be: nothing bad, and at least one add-in is there."""
    return all(one.state != "bad" for one in found) and any(one.state == "ok" for one in found[:-1])


def _about_libreoffice() -> list[Found]:
    """Return a line for each toolbar in LibreOffice, one that there is none, and nothing without a LibreOffice."""
    from jixiao.install import calc  # noqa: PLC0415 - as below
    from jixiao.office.libreoffice import process  # noqa: PLC0415 - as below

    try:
        process.program()
    except FileNotFoundError:
        return []
    found = []
    for shared, who in ((False, "本用户"), (True, "所有用户")):
        there = calc.installed(all_users=shared)
        if there:
            found.append(Found(f"LibreOffice 工具栏（{who}）", "ok", "已装。"))
        elif there is None:
            said = "LibreOffice 正开着，看不到。请关闭所有 LibreOffice 窗口再运行一次。"
            found.append(Found(f"LibreOffice 工具栏（{who}）", "none", said))
    return found or [
        Found("LibreOffice 工具栏", "none", "没有安装。安装：jixiao addin install --for libreoffice。")
    ]


def _about(place: Place, built: bytes) -> Found:
    what = f"插件（{place.who}）"
    if not place.addin.exists():
        return Found(what, "none", f"没有安装在 {place.folder}。安装：jixiao addin install。")
    if windows.marked(place.addin):
        return Found(
            what,
            "bad",
            f"{place.addin} 带着“来自互联网”的标记，Excel 会拦住它。请运行 jixiao addin install。",
        )
    if place.addin.read_bytes() == built:
        return Found(what, "ok", f"{place.addin}，与 jixiao {__version__} 生成的逐字节相同。")
    return Found(
        what,
        "bad",
        f"{place.addin}，与 jixiao {__version__} 生成的不同：是别的版本，或者签过名。不是签名造成的，请运行 jixiao addin install。",
    )


def _about_python() -> Found:
    python = startup.registered()
    if python is None:
        return Found("程序位置", "bad", "没有登记。请运行 jixiao addin install。")
    version = startup.version_in(python)
    if version is None:
        return Found(
            "程序位置",
            "bad",
            f"{python} 启动不了，或里面没有 jixiao。请重新安装，再运行 jixiao addin install。",
        )
    if version != __version__:
        return Found(
            "程序位置",
            "bad",
            f"{python} 里是 jixiao {version}，这里是 {__version__}。请运行 jixiao addin install。",
        )
    return Found("程序位置", "ok", f"{python}，jixiao {version}，能启动。")


def _place(folder: Path | None, *, all_users: bool) -> Place:
    if folder:
        return Place("指定的文件夹", folder)
    place = startup.everybody() if all_users else startup.mine()
    if place is None:
        raise UsageError(
            "没有找到 Excel 的启动文件夹：Excel 插件只用于 Windows。请用 --dir 指定文件夹，"
            "LibreOffice 请用 jixiao addin install --for libreoffice。"
        )
    return place


def _addin(file: Path | None) -> bytes:
    if file is None:
        return xlam.build()
    try:
        data = file.read_bytes()
    except OSError as error:
        raise UsageError(f"读不到插件文件“{file}”。请检查文件名，或去掉 --file 由程序自己生成。") from error
    if not _is_addin(data):
        raise UsageError(f"“{file}”不是插件文件。请用 jixiao addin build 生成的 .xlam，签过名的也可以。")
    return data


def _is_addin(data: bytes) -> bool:
    """Tell whether a file is an Excel add-in with macros; a signature in it changes nothing of that."""
    try:
        parts = unpack(data).original
    except FileRejectedError:
        return False
    return {"xl/vbaProject.bin", "xl/workbook.xml"} <= parts.keys() and _KIND in parts["[Content_Types].xml"]


def _put(place: Place, data: bytes) -> None:
    try:
        saving.save(place.addin, data, force=True)
        windows.unmark(place.addin)
    except (OutputError, OSError) as error:
        _explain(place.addin, error)


def _remove(path: Path) -> None:
    try:
        path.unlink()
    except OSError as error:
        _explain(path, error)


def _explain(path: Path, error: Exception) -> None:
    """Raise the sentence for a file that cannot be replaced or removed."""
    if isinstance(error.__cause__ or error, PermissionError):
        raise OutputError(
            f"“{path}”现在不能改动：Excel 正开着，或者没有写入权限。请关闭所有 Excel 窗口再试；"
            "--all-users 要用管理员身份运行。"
        ) from error
    raise OutputError(f"“{path}”不能改动。请检查磁盘和文件夹后再试。") from error


def _end_resident() -> None:
    """Ask a running resident to end, and wait a little: it holds files of the Python that may be removed next."""
    token = home.folder() / home.TOKEN
    if not token.exists():
        return
    home.take_away(home.TOKEN)
    until = time.monotonic() + _LONGEST_FAREWELL
    while (home.folder() / home.LOCK).exists() and time.monotonic() < until:
        time.sleep(0.1)


def libreoffice(*, all_users: bool = False, file: Path | None = None) -> list[str]:
    """Install the toolbar for LibreOffice and return what was done, in sentences; see `calc.install`."""
    from jixiao.install import calc  # noqa: PLC0415 - whoever installs for Excel has no use for it

    done = calc.install(all_users=all_users, file=file)
    home.take_away(home.TOKEN)  # as above
    return done
