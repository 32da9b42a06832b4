"""What a terminal shows: tables, verdicts and progress; results on stdout, the rest on stderr."""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions
from rich.markup import escape
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from jixiao.cli import streams

SEVERITY = {"error": ("错误", "bold red"), "warning": ("警告", "yellow"), "hint": ("提示", "cyan")}
STATUS = {
    "read": "已读取",
    "merged": "已汇总",
    "duplicate": "重复",
    "superseded": "被取代",
    "rejected": "未能读取",
    "not_ours": "不是绩效目标表",
}
STATES = {"valid": "有效", "void": "已失效", "gone": "已无此问题"}
_WIDTH_OF_A_FILE = 140
_NARROW = 40  # columns of a terminal on which a table would leave no room for words
# What stays on one line: letters and figures, and a mark that must not begin a line with what stands before it.
_TOKEN = re.compile(r"(?:[!-~]+|.)[、，。；：！？）》”]*")


@dataclass(frozen=True)
class _Cell:
    """A text in a table that breaks as Chinese does, between any two characters; rich by itself breaks at blanks alone."""

    text: str

    def __rich_console__(self, _: Console, options: ConsoleOptions) -> Iterator[Text]:
        lines = [line for part in self.text.split("\n") for line in _broken(part, options.max_width)]
        yield Text("\n".join(lines), no_wrap=True, overflow="fold")

    def __rich_measure__(self, _: Console, options: ConsoleOptions) -> Measurement:
        longest = max(cell_len(token) for token in (*_TOKEN.findall(self.text), ""))
        widest = max(cell_len(line) for line in self.text.split("\n"))
        return Measurement(min(longest, options.max_width), min(widest, options.max_width))


def _broken(text: str, width: int) -> Iterator[str]:
    """Yield the lines of a text in so many half-width columns; a token longer than a line is left to be folded."""
    line = ""
    for token in _TOKEN.findall(text):
        if line and cell_len(line) + cell_len(token.rstrip()) > width:
            yield line.rstrip()
            line = ""
        line += token if line or not token.isspace() else ""
    yield line


class _Results(Console):
    """The console for results; where nobody reads on, the work goes on, which rich by itself would end."""

    def on_broken_pipe(self) -> None:
        """Send nowhere what nobody reads."""
        streams.let_go()


def out() -> Console:
    """Return the console for results: no colour and a fixed width where it is no terminal."""
    return _Results(highlight=False, emoji=False, width=None if sys.stdout.isatty() else _WIDTH_OF_A_FILE)


def plain(text: str) -> str:
    """Return a text without control characters: what a cell or a file name holds must not steer the terminal."""
    return "".join(letter if letter.isprintable() or letter == "\n" else " " for letter in text)


def _safe(text: str) -> str:
    return escape(plain(text))


def as_json(data: Any) -> None:  # noqa: ANN401 - any JSON value
    """Print JSON on stdout."""
    streams.tell(json.dumps(data, ensure_ascii=False, indent=2) + "\n")


def say(sentence: str, *, quiet: bool = False) -> None:
    """Print a remark on stderr; one that finds no place there stops no work."""
    if not quiet:
        with suppress(OSError):
            print(sentence, file=sys.stderr)  # noqa: T201 - this is the terminal


@contextmanager
def progress(title: str, *, quiet: bool) -> Iterator[Callable[[int, int, int], None] | None]:
    """Give a function to call with (done, of how many, errors so far); a bar is drawn on a terminal only."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.progress import (  # noqa: PLC0415 - only where drawn
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}，错误 {task.fields[errors]} 个，约剩"),
        TimeRemainingColumn(compact=True),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task, began = bar.add_task(title, total=None, rate="", errors=0), time.monotonic()

        def step(done: int, of: int, errors: int) -> None:
            rate = f"每秒 {done / max(time.monotonic() - began, 0.001):.1f} 个"
            bar.update(task, completed=done, total=of, rate=rate, errors=errors)

        yield step


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], styles: Sequence[str] = ()) -> None:
    """Print a table, on a narrow terminal a paragraph for each row; `styles` colours whole rows."""
    console = out()
    if console.width < _NARROW:
        for number, row in enumerate(rows):
            text = "  ".join(plain(part) for part in row if part)
            console.print(text, style=styles[number] if number < len(styles) else "", markup=False)
        return
    grid = Table(show_edge=False, pad_edge=False, box=None, header_style="bold", show_header=bool(headings))
    for at, heading in enumerate(headings):
        grid.add_column(heading, overflow="fold", no_wrap=at < len(headings) - 2)
    for number, row in enumerate(rows):
        grid.add_row(
            *(_Cell(plain(text)) for text in row), style=styles[number] if number < len(styles) else ""
        )
    console.print(grid)


def findings(report: dict[str, Any]) -> None:
    """Print the findings of a `check` report, table by table, and the verdict."""
    for file in report["files"]:
        if file["status"] != "read":
            label = STATUS[file["status"]]
            out().print(f"[bold]{_safe(file['path'])}[/] [red]{label}[/]：{_safe(file['reason'] or '')}")
        for remark in file.get("remarks", ()):
            if remark not in (file["reason"] or ""):
                out().print(f"[bold]{_safe(file['path'])}[/] {_safe(remark)}")
        for document in file["documents"]:
            _document(file["path"], document)
    totals = report["totals"]
    out().print(
        f"[bold]共 {totals['files']} 个文件、{totals['documents']} 张表："
        f"错误 {totals['error']} 条，警告 {totals['warning']} 条，提示 {totals['hint']} 条"
        f"{'，另有 ' + str(totals['explained']) + ' 条已说明' if totals['explained'] else ''}。[/]"
    )


def reasons(report: dict[str, Any]) -> None:
    """Print the reasons recorded in the files of a `check` report, and what has become of each."""
    rows = [
        (
            file["path"],
            document["sheet"],
            one["cell"],
            one["rule"],
            STATES[one["state"]],
            one["date"],
            one["reason"],
        )
        for file in report["files"]
        for document in file["documents"]
        for one in document["reasons"]
    ]
    if rows:
        out().print("\n[bold]已记下的说明[/]")
        table(("文件", "工作表", "单元格", "规则", "状态", "日期", "说明"), rows)
    else:
        out().print("\n没有记下的说明。")


def _document(path: str, document: dict[str, Any]) -> None:
    values = document["values"]
    name = values.get("project_name") or values.get("agency") or "（未填名称）"
    out().print(f"\n[bold]{_safe(path)} › {_safe(document['sheet'])}[/] {_safe(name)}")
    rows, styles = [], []
    for one in sorted(document["findings"], key=lambda one: one["reason"] is not None):
        word, style, advice = *SEVERITY[one["severity"]], one["suggestion"]
        if one["reason"] is not None:
            word, style, advice = "已说明", "dim", f"说明：{one['reason']}"
        rows.append((word, one["cell"], one["rule"], one["message"], advice))
        styles.append(style)
    if rows:
        table(("级别", "单元格", "规则", "问题", "建议"), rows, styles)
    else:
        out().print("  没有发现问题。")
    reasons: dict[str, list[str]] = {}
    for skipped in document["not_checked"]:
        reasons.setdefault(skipped["reason"], []).append(skipped["rule"])
    for reason, names in reasons.items():
        out().print(f"  未核对 {'、'.join(names)}：{_safe(reason)}", style="dim")
