"""`jixiao addin install|uninstall|status`, `jixiao doctor`, `jixiao bundle`: put the add-in on computers, and see why it is not there."""

from __future__ import annotations

import argparse

from jixiao.cli import DONE, FOUND, TYPE_CHECKING, typed_path
from jixiao.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

_PROGRAMS = ("excel", "wps", "libreoffice")
_PLATFORMS = ("win_amd64", "win32", "win_arm64", "linux")


def _doctor_words(one: argparse.ArgumentParser) -> None:
    one.add_argument("--json", action="store_true", help="输出 JSON")


def _bundle_words(one: argparse.ArgumentParser) -> None:
    one.add_argument("-o", "--output", required=True, metavar="DIR", help="放到哪个文件夹（不存在或是空的）")
    one.add_argument(
        "--platform",
        choices=_PLATFORMS,
        default="win_amd64",
        help="给什么电脑用（默认 win_amd64，即 64 位 Windows）",
    )
    one.add_argument("--python", default="3.12", metavar="3.12", help="那些电脑上的 Python 版本（默认 3.12）")
    one.add_argument("--python-installer", metavar="FILE", help="python.org 的安装程序，一并带上")
    one.add_argument("--sha256", metavar="HASH", help="python.org 公布的该安装程序的 SHA-256，不符则不采用")
    one.add_argument("--wheel", metavar="FILE", help="jixiao 自己的安装包（默认由源代码生成）")


def _install_words(one: argparse.ArgumentParser) -> None:
    one.add_argument(
        "--for", dest="program", choices=_PROGRAMS, default="excel", help="给哪个程序装（默认 excel）"
    )
    one.add_argument("--dir", metavar="DIR", help="装到指定的文件夹，而不是程序自己的启动文件夹")
    one.add_argument("--all-users", action="store_true", help="给这台电脑的所有用户装（要管理员身份）")
    one.add_argument("--file", metavar="FILE", help="用现成的插件文件，例如签过名的")
    one.add_argument("--no-copy", action="store_true", help="不放插件，只登记本用户的程序位置")


def _uninstall_words(one: argparse.ArgumentParser) -> None:
    one.add_argument("--for", dest="program", choices=_PROGRAMS, help="只从这个程序删除（默认全部）")
    one.add_argument("--dir", metavar="DIR", help="从指定的文件夹删除")
    one.add_argument("--all-users", action="store_true", help="连所有用户的那份一起删除（要管理员身份）")


def _status_words(one: argparse.ArgumentParser) -> None:
    one.add_argument("--dir", metavar="DIR", help="看指定的文件夹")


def _profile_words(one: argparse.ArgumentParser) -> None:
    one.add_argument("name", nargs="?", metavar="NAME|FILE.toml", help="自带的名称或 .toml 文件；不写则只看")
    one.add_argument("--default", action="store_true", help="恢复内置的口径")


COMMANDS = (
    (
        "doctor",
        "自检：装了什么、什么拦住了插件、怎么办",
        "jixiao doctor\njixiao doctor --json",
        _doctor_words,
    ),
    (
        "bundle",
        "给内网做离线安装文件夹（只有这个命令会联网，由 pip 下载）",
        (
            "jixiao bundle -o 离线安装 --platform win_amd64 --python 3.12\n"
            "jixiao bundle -o 离线安装 --platform win_amd64 --python 3.12"
            " --python-installer python-3.12.10-amd64.exe --sha256 公布的校验值"
        ),
        _bundle_words,
    ),
)
ACTS = (  # of `jixiao addin`
    (
        "install",
        "安装插件，并登记点击按钮时启动哪个 Python",
        "jixiao addin install\njixiao addin install --all-users\njixiao addin install --for libreoffice",
        _install_words,
    ),
    (
        "uninstall",
        "删除插件和登记",
        "jixiao addin uninstall\njixiao addin uninstall --all-users\njixiao addin uninstall --for libreoffice",
        _uninstall_words,
    ),
    ("status", "看插件装在哪里、是不是这个版本、程序能不能启动", "jixiao addin status", _status_words),
    (
        "profile",
        "按钮按哪一份口径校验：看、选定、恢复内置",
        "jixiao addin profile\njixiao addin profile review\njixiao addin profile 本地.toml\njixiao addin profile --default",
        _profile_words,
    ),
)


def _folder(words: argparse.Namespace) -> Path | None:
    return typed_path(words.dir) if words.dir else None


def install(words: argparse.Namespace) -> int:
    """Install the add-in for one program and say what was done."""
    from jixiao import install as act  # noqa: PLC0415 - commands import what they use

    file = typed_path(words.file) if words.file else None
    if words.dir and words.all_users:
        raise UsageError("--dir 和 --all-users 只能用一个：一个是指定的文件夹，一个是 Excel 自己的文件夹。")
    if words.program == "libreoffice":
        done = act.libreoffice(all_users=words.all_users, file=file)
    elif words.program == "wps":
        done = act.wps(folder=_folder(words), file=file)
    else:
        done = act.excel(folder=_folder(words), all_users=words.all_users, file=file, copy=not words.no_copy)
    return _say(done)


def profile(words: argparse.Namespace) -> int:
    """Say by which profile the buttons check, or let them check by another."""
    from jixiao import settings  # noqa: PLC0415 - as above
    from jixiao.cli import show  # noqa: PLC0415 - as above

    if words.name and words.default:
        raise UsageError("口径的名称和 --default 只能用一个：一个是选定，一个是恢复内置。")
    if words.default:
        settings.forget_profile()
    found = settings.choose_profile(words.name) if words.name else settings.profile()
    years = f"，管 {found.since} 年度起{f'到 {found.until} 年度' if found.until else ''}" if found else ""
    said = f"“{found.name}”（{found.source}{years}）" if found else "内置的口径"
    show.out().print(f"按钮按{said}校验。", markup=False, soft_wrap=True)
    return DONE


def uninstall(words: argparse.Namespace) -> int:
    """Take the add-in away and say what was done."""
    from jixiao import install as act  # noqa: PLC0415 - as above

    if words.dir and words.program:
        raise UsageError("--dir 和 --for 只能用一个：一个是指定的文件夹，一个是程序自己的文件夹。")
    return _say(act.uninstall(folder=_folder(words), all_users=words.all_users, program=words.program))


def status(words: argparse.Namespace) -> int:
    """Say where the add-in is; 1 where something is not as it should be, or there is none."""
    from jixiao import install as act  # noqa: PLC0415 - as above
    from jixiao.cli import show  # noqa: PLC0415 - as above

    found = act.status(folder=_folder(words))
    named = {"ok": ("正常", ""), "bad": ("有问题", "bold red"), "none": ("没有", "dim")}
    rows = [(one.what, named[one.state][0], one.found) for one in found]
    show.table(("项目", "状态", "说明"), rows, [named[one.state][1] for one in found])
    return DONE if act.works(found) else FOUND


def doctor(words: argparse.Namespace) -> int:
    """Show what was found and what to do, and the same as one text to copy; 1 where something blocks."""
    from dataclasses import asdict  # noqa: PLC0415 - as above

    from jixiao import doctor as room  # noqa: PLC0415 - as above
    from jixiao.cli import show  # noqa: PLC0415 - as above

    found = room.report()
    if words.json:
        show.as_json({"version": 1, "lines": [asdict(one) for one in found], "text": room.text(found)})
    else:
        styles = {"ok": "", "warn": "yellow", "bad": "bold red", "unknown": "dim"}
        rows = [(one.what, room.STATES[one.state], one.found, one.advice) for one in found]
        show.table(("项目", "状态", "看到的", "怎么办"), rows, [styles[one.state] for one in found])
        show.out().print("\n可以复制给信息技术人员的一段：\n", markup=False)
        show.out().print(show.plain(room.text(found)), markup=False, soft_wrap=True)
    return FOUND if any(one.state == "bad" for one in found) else DONE


def bundle(words: argparse.Namespace) -> int:
    """Make an offline folder and say what to do with it."""
    from jixiao.cli import show  # noqa: PLC0415 - as above
    from jixiao.install import bundle as act  # noqa: PLC0415 - as above
    from jixiao.install.wheels import Target  # noqa: PLC0415 - as above

    given = act.Given(
        wheel=typed_path(words.wheel) if words.wheel else None,
        installer=typed_path(words.python_installer) if words.python_installer else None,
        sha256=words.sha256,
    )
    target = Target(words.platform, words.python)
    return _say(
        act.make(typed_path(words.output), target, given, lambda text: show.say(text, quiet=words.quiet))
    )


def _say(sentences: list[str]) -> int:
    from jixiao.cli import show  # noqa: PLC0415 - as above

    for one in sentences:
        show.out().print(show.plain(one), markup=False, soft_wrap=True)
    return DONE
