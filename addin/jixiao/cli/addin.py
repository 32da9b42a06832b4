"""`jixiao addin …`: the add-in itself, as an administrator or a release handles it."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from jixiao.cli import DONE, parsing, rollout, typed_path

_BUILDERS = {
    "excel": ("jixiao.xlam", ".xlam"),
    "libreoffice": ("jixiao.oxt", ".oxt"),
}  # program → room with `build()`, ending of its file


def _build_words(one: argparse.ArgumentParser) -> None:
    one.add_argument("-o", "--output", required=True, metavar="OUT", help="输出文件")
    one.add_argument(
        "--for",
        dest="program",
        choices=tuple(_BUILDERS),
        default="excel",
        help="给哪个程序用（默认 excel）",
    )
    one.add_argument("--force", action="store_true", help="可以替换已有的文件")


def _words(one: argparse.ArgumentParser) -> None:
    acts = one.add_subparsers(dest="act", metavar="动作", required=True, title="动作")
    build_ = (
        "build",
        "从源文本生成插件文件，每次逐字节相同",
        "jixiao addin build -o jixiao.xlam",
        _build_words,
    )
    for act in (build_, *rollout.ACTS):
        parsing.command(acts, *act)


COMMAND = (
    "addin",
    "插件：生成、安装、卸载、查看",
    "jixiao addin build -o jixiao.xlam\njixiao addin install",
    _words,
)


def run(words: argparse.Namespace) -> int:
    """Do what the second word says."""
    acts: dict[str, Callable[[argparse.Namespace], int]] = {
        "build": build,
        "install": rollout.install,
        "uninstall": rollout.uninstall,
        "status": rollout.status,
        "profile": rollout.profile,
    }
    return acts[words.act](words)


def build(words: argparse.Namespace) -> int:
    """Write the add-in and say its SHA-256, which an administrator compares with the published one."""
    import hashlib  # noqa: PLC0415 - commands import what they use
    import importlib  # noqa: PLC0415 - as above

    from jixiao.cli import show  # noqa: PLC0415 - as above
    from jixiao.office import saving  # noqa: PLC0415 - as above

    room, ending = _BUILDERS[words.program]
    output = typed_path(words.output)
    saving.check_ending(output, ending, "插件文件")
    saving.check_free(output, force=words.force)
    data: bytes = importlib.import_module(room).build()
    saving.save(output, data, force=words.force)
    show.out().print(str(output), markup=False, soft_wrap=True)
    show.say(f"SHA-256：{hashlib.sha256(data).hexdigest()}", quiet=words.quiet)
    return DONE
