"""汇总 and 打开来源: a folder becomes a summary, and a row of a summary leads back to its file."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from jixiao.errors import JixiaoError
from jixiao.model import Spot
from jixiao.office import excel
from jixiao.office.excel import programs
from jixiao.ribbon import telling

if TYPE_CHECKING:
    from jixiao.office.excel import Desk, Sheet

_ENDINGS = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"})
_STOPPED = "已停止，没有生成汇总，也没有留下半成品。"
_HEAD_ROWS = 6  # rows in which the headings of a ledger are looked for
_MOST_COLUMNS = 30
_CELL = re.compile(r"[A-Z]{1,3}[0-9]{1,7}")
_NO_ROW = "请先在汇总工作簿的“项目明细”“指标明细”“问题清单”或“文件清单”中选中一行，再点“打开来源”。"
_OPEN = "“{0}”正在打开着，不能替换。请先关闭它，或换一个文件名，再点一次。"
_UNSAVED = "汇总工作簿还没有保存，不知道它旁边有哪些文件。请先保存，再点一次。"
_LEFT = "旁边的“{0}”是以前的汇总留下的，要一起替换吗？"
_STEPS = 100  # how often at most the status bar is written


class _Stopped(Exception):  # noqa: N818 - the person's wish is no error
    """Esc was pressed."""


def merge_folder(desk: Desk) -> str:
    """Ask for a folder and a place, merge with progress below, and open the summary; Esc stops, and nothing is written."""
    from jixiao import merging, settings  # noqa: PLC0415 - the other button here does not merge

    folder = desk.dialogs.choose_folder("汇总哪个文件夹？（其中各层文件夹都会读取）")
    if folder is None:
        return ""
    out = desk.dialogs.save_as("汇总工作簿保存为", str(folder.parent / f"{folder.name}_汇总.xlsx"))
    if out is None:
        return ""
    chosen, out = out, out if out.suffix.lower() == ".xlsx" else out.with_name(f"{out.name}.xlsx")
    left = [one.name for one in merging.beside(out) if one.exists()]
    force = out.exists() or bool(left)
    if telling.opened(desk, out) is not None:
        raise JixiaoError(_OPEN.format(out.name))
    if not telling.may_replace(desk, chosen, out, f"“{out.name}”已经存在，要用新的汇总替换吗？"):
        return ""
    if left and not out.exists() and not desk.dialogs.confirm(_LEFT.format("”“".join(left))):
        return ""
    try:
        ledger = merging.merge(
            [folder],
            out,
            progress=_progress(desk),
            force=force,
            workers=_workers(),
            profile=settings.profile(),
        )
    except _Stopped:
        return _STOPPED
    finally:
        desk.dialogs.status(None)
    telling.open_file(desk, out)
    return f"{merging.verdict(ledger)}\n汇总工作簿：{out}"


def _progress(desk: Desk) -> Callable[[int, int, int], None]:
    """Return what is called after each file: it shows how far the work is, and ends it where Esc was pressed."""
    began = time.monotonic()

    def step(done: int, total: int, errors: int) -> None:
        if desk.dialogs.stopped():
            raise _Stopped
        if done == total or done % max(1, total // _STEPS) == 0:
            rate = done / max(time.monotonic() - began, 0.001)
            left = f"，约剩 {(total - done) / rate:.0f} 秒" if done < total else ""
            desk.dialogs.status(
                f"汇总：已读 {done}/{total} 个文件，每秒 {rate:.1f} 个{left}，错误 {errors} 个；按 Esc 停止"
            )

    return step


def _workers() -> int | None:
    """Return 0, for no processes, where each new one would run the script again that called us; else `None`.

    That is so where the script does not say `if __name__ == "__main__":`.
    """
    main = sys.modules["__main__"]
    file = getattr(main, "__file__", None)
    if file is None or main.__spec__ is not None:  # typed in, or started as `python -m`
        return None
    try:
        return None if b"__main__" in Path(file).read_bytes() else 0
    except OSError:  # an installed program, whose file lies within another
        return None


def open_source(desk: Desk) -> str:
    """Open the file that the selected row names, at its sheet and cell.

    The summary may have come from anywhere: only workbooks on this machine are opened, without their macros, those
    beside the summary or below it at once, others after a question.
    """
    book, sheet = telling.book(desk), telling.sheet(desk)
    program = programs.of(desk.app)
    if not program.has_file(book):
        raise JixiaoError(_UNSAVED)
    row = _row(desk, sheet)
    if row is None:
        raise JixiaoError(_NO_ROW)
    named, place, cell, link = row
    folder = Path(program.full_name(book)).parent
    path = _found(folder, link, named)
    if path is None:
        raise JixiaoError(
            f"找不到来源文件“{named}”。它可能已经移走或改名；请把汇总工作簿和各部门的文件放在原来的相对位置，再点一次。"
        )
    if not path.is_relative_to(folder.resolve()) and not desk.dialogs.confirm(
        f"来源文件不在汇总工作簿所在的文件夹里：\n{path}\n要打开吗？"
    ):
        return ""
    opened = telling.open_file(desk, path)
    if place and not excel.go(opened, place, cell or "A1"):
        return f"已打开“{path.name}”，其中没有看得见的工作表“{place}”，可能已经改名或隐藏。"
    return ""


def _row(desk: Desk, sheet: Sheet) -> tuple[str, str, str, str] | None:
    """Return what the selected row names: file, sheet, cell, and the file's link."""
    selected = desk.app.selection
    heads = sheet.range((1, 1), (_HEAD_ROWS, _MOST_COLUMNS)).raw_value
    top, columns = next(
        ((at, found) for at, line in enumerate(heads, 1) if (found := _columns(line))), (0, {})
    )
    if not columns or selected is None or selected.row <= top:
        return None
    values = sheet.range((selected.row, 1), (selected.row, _MOST_COLUMNS)).raw_value
    texts = {name: str(_line(values)[at - 1] or "") for name, at in columns.items()}
    if not texts["文件"]:
        return None
    cell = _CELL.search(texts.get("单元格", ""))
    link = programs.of(desk.app).link(sheet.range((selected.row, columns["文件"])))
    return texts["文件"], texts.get("工作表", ""), _known(cell[0]) if cell else "", link


def _columns(line: Sequence[object]) -> dict[str, int]:
    """Return where the headings of a ledger stand, counted from 1; nothing where the line holds none."""
    found = {str(text).partition("（")[0]: at for at, text in reversed(list(enumerate(line, 1))) if text}
    return found if "文件" in found and {"工作表", "结果"} & found.keys() else {}


def _line(values: object) -> list[object]:
    rows = list(values) if isinstance(values, tuple | list) else [values]
    return list(rows[0]) if isinstance(rows[0], tuple | list) else rows


def _known(cell: str) -> str:
    """Return an address that every program has, A1 for one beyond its sheets."""
    spot = Spot.of(cell)
    return cell if 0 <= spot.row < 1_048_576 and spot.column < 16_384 else "A1"


def _found(folder: Path, link: str, named: str) -> Path | None:
    """Return the file that a row leads to: a workbook that is there, on this machine or beside the summary."""
    for text in (unquote(link), link, named):
        for one in _ways(folder, text):
            try:
                path = one.resolve()
                if path.suffix.lower() in _ENDINGS and path.is_file():
                    return path
            except (OSError, ValueError):
                continue
    return None


def _ways(folder: Path, text: str) -> Iterator[Path]:
    """Yield where a text may lead; not to other machines, unless the summary itself lies there, nor to devices."""
    text = text.removeprefix("./")
    if (
        not text or "\x00" in text or re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", text)
    ):  # two letters and more: a scheme
        return
    far = text.replace("\\", "/").startswith("//") or PureWindowsPath(text).drive.startswith("\\\\")
    if far and not Path(text).is_relative_to(folder):
        return
    yield folder / text
    if not Path(text).is_absolute():
        yield folder.joinpath(*PureWindowsPath(text).parts)
