"""`jixiao export`: what was read and found, as a file for other programs."""

from __future__ import annotations

import argparse

from jixiao.cli import TYPE_CHECKING, typed_path

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any


COMMAND = (
    "export",
    "导出：把读到的表和指标写成别的程序能用的文件",
    "jixiao export 报送文件夹 --to csv -o 明细.csv\njixiao export 报送文件夹 --to json -o 明细.json",
)


def add(one: argparse.ArgumentParser) -> None:
    """Add the words of `jixiao export` to its parser."""
    from jixiao import export  # noqa: PLC0415 - a list of all commands does not need the formats

    known = export.formats().values()
    one.add_argument("paths", nargs="+", metavar="PATH", help="文件或文件夹（文件夹会查到底）")
    one.add_argument(
        "--to",
        required=True,
        choices=tuple(each.name for each in known),
        help="；".join(f"{each.name}：{each.title}" for each in known),
    )
    one.add_argument("-o", "--output", required=True, metavar="OUT", help="输出文件")
    one.add_argument("--force", action="store_true", help="可以替换已有的文件")


def check(words: argparse.Namespace, inputs: list[Path]) -> None:
    """Raise UsageError or OutputError where the output cannot be written, before any file is read."""
    from jixiao import export  # noqa: PLC0415 - as above
    from jixiao.office import saving  # noqa: PLC0415 - as above

    out = typed_path(words.output)
    saving.check_ending(out, export.formats()[words.to].ending, "导出的文件")
    saving.check_free(out, force=words.force)
    saving.check_place(out.parent, out)
    saving.check_not_input(out, inputs)


def write(words: argparse.Namespace, report: dict[str, Any]) -> None:
    """Write the report of `check` in the format that was asked for, and say where."""
    from jixiao import export  # noqa: PLC0415 - as above
    from jixiao.cli import show  # noqa: PLC0415 - as above
    from jixiao.office import saving  # noqa: PLC0415 - as above

    out, totals = typed_path(words.output), report["totals"]
    saving.save(out, export.formats()[words.to].write(report), force=words.force)
    show.say(f"已导出 {totals['files']} 个文件、{totals['documents']} 张表。", quiet=words.quiet)
    show.out().print(str(out), markup=False, soft_wrap=True)
