"""`jixiao merge` before and after the work: what its outputs may replace, who was expected, what is written beside."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from jixiao.cli import show
from jixiao.errors import UsageError

if TYPE_CHECKING:
    from jixiao.merging import Expected, Ledger


def check(words: argparse.Namespace, inputs: Callable[[], Iterable[Path]]) -> None:
    """Refuse outputs that cannot be written, or would replace an input, before any work is done."""
    from jixiao import merging, returning  # noqa: PLC0415 - `--help` must not pay for it
    from jixiao.merging import summary  # noqa: PLC0415 - as above
    from jixiao.office import saving  # noqa: PLC0415 - as above

    output = Path(words.output)
    saving.check_ending(output, ".xlsx", "汇总工作簿")
    if words.workers is not None and words.workers < 0:
        raise UsageError(f"--workers 不能是负数，写的是 {words.workers}。不写时按处理器数；0 是不另开进程。")
    outputs = [output, *([Path(words.json)] if words.json else [])]
    folders = [Path(one) for one in (words.parquet, words.returns) if one]
    saving.check_apart([*outputs, summary.folder(output)], folders)
    for path in outputs:
        saving.check_free(path, force=words.force)
        saving.check_place(path.parent, path)
    if words.json and not merging.is_report(Path(words.json)):
        saving.check_not_input(Path(words.json), inputs())
    if words.roster:
        saving.check_not_input(output, [Path(words.roster)])
    if words.parquet:
        merging.check_parquet(Path(words.parquet), force=words.force)
    if words.returns:
        returning.check_free(Path(words.returns), force=words.force)
    for folder in folders:
        saving.check_place(folder, folder)


def expected(words: argparse.Namespace) -> Expected | None:
    """Return the list of those who should send, with day and year; `None` where none was given."""
    from jixiao import merging  # noqa: PLC0415 - as above

    due = merging.day(words.due) if words.due else None
    if words.due and due is None:
        raise UsageError(f"截止日期“{words.due}”看不懂，请写成例如 2026-09-30。")
    if not words.roster:
        if words.due or words.year is not None:
            raise UsageError(
                "--due 和 --year 要和 --roster 一起用：先要知道应当由谁报送。请加上 --roster 名单.xlsx。"
            )
        return None
    return merging.Expected(Path(words.roster), due, words.year)


def write(words: argparse.Namespace, ledger: Ledger) -> None:
    """Write what was asked for beside the summary."""
    from jixiao import merging, returning  # noqa: PLC0415 - as above
    from jixiao.office import saving  # noqa: PLC0415 - as above

    if words.json:
        with (
            saving.whole(Path(words.json), force=words.force) as path,
            path.open("w", encoding="utf-8", newline="") as stream,
        ):
            stream.writelines(merging.merge_text(ledger))
    if words.parquet:
        for path in merging.write_parquet(ledger, Path(words.parquet), force=words.force):
            show.out().print(f"Parquet：{path}", markup=False, soft_wrap=True)
    if words.returns:
        for sentence in returning.write(ledger, Path(words.returns), force=words.force):
            show.say(sentence, quiet=words.quiet)
        show.out().print(f"退回意见：{words.returns}", markup=False, soft_wrap=True)
