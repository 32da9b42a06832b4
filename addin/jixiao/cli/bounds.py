"""`--limit` and `--password-file`: what a file may hold and cost, and what opens one with a password."""

from __future__ import annotations

import argparse

from jixiao.cli import TYPE_CHECKING, streams, typed_path
from jixiao.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from jixiao.merging import Bounds

_MIB = 1 << 20
_OF_THE_RUN = ("seconds", "memory")
# name → its meaning and how many of its own units one of the option's is
_NAMES = {
    "file": ("文件大小，MB", _MIB),
    "entries": ("文件里的部件数", 1),
    "part": ("一个部件解压后，MB", _MIB),
    "total": ("全部解压后，MB", _MIB),
    "ratio": ("解压后与压缩时之比", 1),
    "sheets": ("工作表数", 1),
    "rows": ("行数", 1),
    "columns": ("列数", 1),
    "cells": ("各表铺开的格数", 1),
    "letters": ("一格的字数", 1),
    "text": ("各格文字合计，MB", _MIB),
    "seconds": ("读取时间，秒", 1),
    "memory": ("读取用的内存，MB", _MIB),
}


class _Limit(argparse.Action):
    """Collect limits; `?` lists them all and ends, as a help does, whatever else is missing."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: Any,  # noqa: ANN401 - argparse's own signature
        _option: str | None = None,
    ) -> None:
        if values == "?":
            streams.tell(f"{_listing()}\n")
            parser.exit()
        setattr(namespace, self.dest, (*getattr(namespace, self.dest), values))


def add(one: argparse.ArgumentParser) -> None:
    """Add the two options to a command that reads submissions."""
    one.add_argument(
        "--limit",
        action=_Limit,
        default=(),
        metavar="NAME=N",
        help="放宽或收紧每个文件的上限，可以写几次，例如 --limit file=200；单写 --limit ? 列出全部名称和默认值",
    )
    one.add_argument(
        "--password-file",
        metavar="FILE.txt",
        help="加密文件的密码，一行一个，逐个试（需要 pip install jixiao[password]）",
    )


def _listing() -> str:
    """Return every name of a limit with its meaning and usual value, one a line."""
    from jixiao.merging import Bounds  # noqa: PLC0415 - hardly any command needs it

    return "\n".join(_lines(Bounds()))


def passwords(words: argparse.Namespace) -> tuple[str, ...]:
    """Return the passwords that were given; raises UsageError for a list that cannot be used."""
    if not words.password_file:
        return ()
    from jixiao.office import unlocking  # noqa: PLC0415 - hardly any command needs it

    return unlocking.passwords(typed_path(words.password_file))


def wanted(words: argparse.Namespace) -> Bounds | None:
    """Return the bounds that were asked for, `None` where none was; raises UsageError for one that we do not know."""
    if not words.limit:
        return None
    from dataclasses import replace  # noqa: PLC0415 - commands import what they use

    from jixiao.merging import Bounds  # noqa: PLC0415 - as above

    bounds = Bounds()
    for text in words.limit:
        name, _, number = text.partition("=")
        if (
            name not in _NAMES
            or not number.isascii()
            or not number.isdecimal()
            or not 0 < int(number) < 10**9
        ):
            raise UsageError(
                f"--limit 应当写成 名称=正整数，写的是“{text}”。可用的名称：{'、'.join(_lines(bounds))}。"
            )
        change: dict[str, Any] = {name: int(number) * _NAMES[name][1]}
        if name not in _OF_THE_RUN:
            change = {"limits": bounds.limits._replace(**change)}
        bounds = replace(bounds, **change)
    return bounds


def _lines(bounds: Bounds) -> Iterator[str]:
    for name, (meaning, unit) in _NAMES.items():
        usual = getattr(bounds if name in _OF_THE_RUN else bounds.limits, name)
        yield f"{name}（{meaning}，默认 {usual / unit:.10g}）"
