"""应用建议, 补下拉, 撤销: changes that a person asked for, each told, each taken back at a click."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from jixiao import fixing, reading
from jixiao.errors import JixiaoError
from jixiao.fixing import Change
from jixiao.model import Area, CellValue, Dropdown, NamedList, Spot
from jixiao.office import excel
from jixiao.office.excel import programs
from jixiao.ribbon import checks, remembering, telling

if TYPE_CHECKING:
    from jixiao.office.excel import Book, Desk

_SHOWN = 12  # changes that a dialog lists; the rest are counted
_ALL, _EACH = 0, 1
_NO_FIX = "本表没有可以放心代改的建议。其余问题要由您判断，说明在批注和“校验结果”页。"
_NO_COLUMNS = "本表没有“一级指标、二级指标”两栏，没有可以补下拉的地方。"
_THERE = "本表的指标已经有这些下拉选项，没有改动。"
_MOVED = "这个工作簿看来是由“{0}”另存的，那里最后用过“{1}”。要在这里撤销它吗？"
_NOTHING = "没有可以撤销的：这个工作簿最近没有用过“应用建议”“选指标”或“补下拉”，或者已经撤销过了。"


def apply_fixes(desk: Desk) -> str:
    """List the fixes offered on the active sheet, make those that are agreed to, and remember them."""
    book, name = telling.changeable(desk), telling.sheet(desk).name
    with excel.Quiet(desk.app, book):
        judged = checks.judge(book, name)
        offered = fixing.offered(
            (document, verdict.findings)
            for document, verdict in zip(judged.documents, judged.verdicts, strict=True)
        )
        applied = fixing.apply(offered, excel.contents(book, [(one.sheet, one.cell) for one in offered]))
    if not applied.made:
        return _NO_FIX
    agreed = _agreed(desk, applied.made)
    if not agreed:
        return ""
    with excel.Quiet(desk.app, book):
        now = excel.contents(book, [(one.sheet, one.cell) for one in agreed])
        done = fixing.apply(agreed, now)
    make(desk, done.values, now, "应用建议")
    more = f"另有 {len(done.stale)} 处刚才又变了，没有改。" if done.stale else ""
    return f"已改 {len(done.made)} 处，可以点“撤销”恢复：\n{_listed(done.made)}\n{more}请再点“校验本表”看还有什么问题。"


def make(
    desk: Desk,
    values: Mapping[tuple[str, str], CellValue],
    now: Mapping[tuple[str, str], CellValue],
    act: str,
) -> None:
    """Write values into cells, by sheet and cell, and remember what they held before, for 撤销.

    Args:
        desk: where it was clicked.
        values: what to write.
        now: what these cells hold.
        act: the button's label.

    """
    book = telling.book(desk)
    with excel.Quiet(desk.app, book):
        formats = excel.formats(book, values)
        cells = [
            {
                "sheet": at[0],
                "cell": at[1],
                "before": _kept(now.get(at)),
                "after": value,
                "format": formats[at],
            }
            for at, value in values.items()
        ]
        if cells:
            entry = {"kind": "fixes", "act": act, "cells": cells}
            remembering.push(programs.of(desk.app).full_name(book), entry)
        excel.change(book, values)


def _agreed(desk: Desk, offered: Sequence[Change]) -> list[Change]:
    """Ask which changes to make: all, or one after the other."""
    prompt = f"有 {len(offered)} 处可以放心代改：\n{_listed(offered)}"
    options = [f"全部应用（{len(offered)} 处）", "逐条确认", "取消"]
    answer = desk.dialogs.choose_one("应用建议", options, _ALL, prompt)
    if answer == _ALL:
        return list(offered)
    if answer != _EACH:
        return []
    return [one for one in offered if desk.dialogs.confirm(f"改这一处吗？\n{one.line}")]


def _listed(changes: Sequence[Change]) -> str:
    lines = [one.line for one in changes[:_SHOWN]]
    more = len(changes) - len(lines)
    return "\n".join([*lines, *([f"……还有 {more} 处"] if more else [])])


def _kept(value: CellValue) -> CellValue:
    """Return a value as JSON can hold it; only texts and numbers are ever changed."""
    return value.isoformat() if isinstance(value, date | datetime) else value


def add_dropdowns(desk: Desk) -> str:
    """Put dropdowns onto the indicator columns of the active sheet's tables, and remember what they replaced."""
    from jixiao import issuing  # noqa: PLC0415 - it draws and writes too, which other buttons here do not

    book, sheet = telling.changeable(desk), telling.sheet(desk)
    name = sheet.name
    with excel.Quiet(desk.app, book):
        documents, _ = reading.read(excel.read(book, [name]))
        if not documents:
            raise JixiaoError(checks.nothing(f"工作表“{name}”"))
        dropdowns: list[Dropdown] = []
        lists: dict[str, NamedList] = {}
        count = 0
        for document in documents:
            ours, behind = issuing.on_document(document)
            dropdowns += ours
            count += bool(ours)
            lists |= {one.name: one for one in behind}
        if not dropdowns:
            raise JixiaoError(_NO_COLUMNS)
        program = programs.of(desk.app)
        if program.is_protected(sheet) and excel.has_dropdowns(sheet, dropdowns, tuple(lists.values())):
            return _THERE
        saved = program.is_saved(book)
        before = excel.validations(sheet, [one.area for one in dropdowns])
        made = excel.add_dropdowns(sheet, dropdowns, tuple(lists.values()))
        after = excel.validations(sheet, [one.area for one in dropdowns])
        if before == after and made is None:
            if saved:
                program.set_saved(book)
            return _THERE
        entry = {"kind": "dropdowns", "sheet": name, "before": before, "after": after, "lists": made}
        remembering.push(program.full_name(book), entry)
    return f"已给 {count} 张表的指标补上下拉选项，二级随一级变化，三级可选参考指标、也可自己填；填好的内容没有动。可以点“撤销”去掉。"


def undo(desk: Desk) -> str:
    """Take back the last 应用建议 or 补下拉 of this workbook, the next time the one before; what was changed since stays."""
    book = telling.changeable(desk)
    key = programs.of(desk.app).full_name(book)
    entry = remembering.last(key)
    if entry is None:
        found = _of_another_name(desk, book)
        if found is None:
            return _NOTHING
        name, entry = found
        if not desk.dialogs.confirm(_MOVED.format(PurePath(name).name, entry.get("act", "补下拉"))):
            return ""
        remembering.rename(name, key)
    try:
        with excel.Quiet(desk.app, book):
            said = _undo_fixes(book, entry) if entry["kind"] == "fixes" else _undo_dropdowns(book, entry)
    except (
        KeyError,
        TypeError,
        ValueError,
    ) as error:  # our own file, damaged: nothing in it can be relied on
        remembering.drop(key)
        raise JixiaoError("撤销用的记录已损坏，没有撤销，记录已清除。请对照批注手工改回。") from error
    remembering.drop(key)
    return said


def _of_another_name(desk: Desk, book: Book) -> tuple[str, dict[str, Any]] | None:
    """Return what was done last to a workbook that is open no more and whose changes all stand in this one."""
    program = programs.of(desk.app)
    with excel.Quiet(desk.app, book):
        for name, entry in remembering.others({program.full_name(one) for one in desk.app.books}):
            try:
                if _stands(book, entry):
                    return name, entry
            except (KeyError, TypeError, ValueError):  # damaged: it can be no workbook's
                continue
    return None


def _stands(book: Book, entry: dict[str, Any]) -> bool:
    """Tell whether everything that was done is as it was left."""
    if entry["kind"] == "fixes":
        cells = {(str(one["sheet"]), Spot.of(one["cell"]).a1): one["after"] for one in entry["cells"]}
        return bool(cells) and excel.contents(book, cells) == cells
    sheet = programs.find(book, str(entry["sheet"]))
    if sheet is None:
        return False
    sheet.activate()  # a relative address is told from the active cell
    now = excel.validations(sheet, [_area(address) for address, _ in entry["after"]])
    return [[address, rule] for address, rule in now] == [[address, rule] for address, rule in entry["after"]]


def _undo_fixes(book: Book, entry: dict[str, Any]) -> str:
    cells = {(str(one["sheet"]), Spot.of(one["cell"]).a1): one for one in entry["cells"]}
    now = excel.contents(book, cells)
    back = {at: one["before"] for at, one in cells.items() if now.get(at) == one["after"]}
    excel.change(book, back, {at: str(one["format"]) for at, one in cells.items()})
    kept = len(cells) - len(back)
    more = f"另有 {kept} 处之后又改过，保留现在的内容。" if kept else ""
    return f"已撤销“{entry['act']}”：{len(back)} 处恢复为原来的内容。{more}"


def _undo_dropdowns(book: Book, entry: dict[str, Any]) -> str:
    sheet = programs.find(book, str(entry["sheet"]))
    if sheet is None:
        return f"没有撤销：补过下拉的工作表“{entry['sheet']}”已经不在或改了名。"
    if not _stands(book, entry):
        return "没有撤销：补下拉之后这些单元格的下拉或行列又变过，保留现在的样子。"
    excel.restore_validations(sheet, [(address, rule) for address, rule in entry["before"]])
    if entry["lists"]:
        excel.remove_lists(book, str(entry["lists"]))
    return f"已撤销“补下拉”：工作表“{sheet.name}”恢复为原来的下拉选项。"


def _area(address: str) -> Area:
    first, _, last = address.partition(":")
    return Area(*Spot.of(first), *Spot.of(last or first))
