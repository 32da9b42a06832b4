"""What is installed, what blocks, and what to do: one line for each thing that can stop a button."""

from __future__ import annotations

import platform
from collections.abc import Sequence

from jixiao import __version__
from jixiao.doctor import here, microsoft
from jixiao.doctor.lines import Line, Machine
from jixiao.office import windows

__all__ = ["Line", "Machine", "report", "text"]

STATES = {"ok": "正常", "warn": "留意", "bad": "有问题", "unknown": "未知"}


def this_machine() -> Machine:
    """Return this computer, as `report` asks it."""
    return Machine(platform.system() == "Windows", windows.value, windows.values)


def report(machine: Machine | None = None) -> list[Line]:
    """Return what was found, one line a thing, each with what to do where something is to be done.

    Args:
        machine: what is asked about the registry; None for this computer.

    """
    asked = machine or this_machine()
    return [
        *here.program(),
        *microsoft.lines(asked),
        *here.bridge(),
        *here.judging(),
        *here.written(),
        *here.libreoffice(),
    ]


def text(lines: Sequence[Line]) -> str:
    """Return the report as plain text to copy for the IT desk; it holds versions, settings and paths, no user's data."""
    shown = [f"[{STATES[line.state]}] {line.what}：{line.found}" for line in lines]
    advised = [f"    → {line.advice}" if line.advice else "" for line in lines]
    body = [part for pair in zip(shown, advised, strict=True) for part in pair if part]
    foot = "以上只有程序版本、设置和文件夹位置（位置里可能有登录名），没有任何表格内容。可以整段复制给信息技术人员。"
    return "\n".join([f"jixiao {__version__} 自检", *body, foot])
