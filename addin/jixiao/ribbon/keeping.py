"""保留并说明: a warning or hint at the active cell is kept with a reason, or its reason is changed or taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from jixiao import marking, reasons
from jixiao.model import Document, Finding, Spot
from jixiao.office import excel
from jixiao.ribbon import checks, telling

if TYPE_CHECKING:
    from jixiao.office.excel import Book, Desk

_NO_CELL = "没有选中单元格。请先选中有警告或提示的一格，再点“保留并说明”。"
_NONE = "{0} 没有可以说明的警告或提示。请先点“校验本表”，选中标了颜色的一格，再点“保留并说明”。"
_ERROR = "{0} 是错误，必须改正，不能只加说明：{1}"
_PROMPT = "{0}\n\n为什么保留？写明理由（250 字以内）。内容一改，说明就失效。{1}"
_AGAIN = "留空则取消原来的说明。"
_LONGEST = 120  # characters of a finding in a list of several
_TYPED = 250  # characters of a reason; Excel's input box takes 255


def keep_with_reason(desk: Desk) -> str:
    """Ask why a warning or hint at the active cell is kept, record the answer, and check again."""
    book, sheet = telling.book(desk), telling.sheet(desk)
    cell = _selected(desk)
    if cell is None:
        return _NO_CELL
    with excel.Quiet(desk.app, book):
        found = _at(book, sheet.name, cell)
    place = f"{sheet.name}!{cell}"
    free = [one for one in found if reasons.can_be_explained(one[1])]
    if not free:
        return _ERROR.format(place, found[0][1].message) if found else _NONE.format(place)
    chosen = _chosen(desk, place, [one for _, one in free])
    if chosen is None:
        return ""
    document, finding = free[chosen]
    return _ask(desk, book, document, finding)


def _ask(desk: Desk, book: Book, document: Document, finding: Finding) -> str:
    again = _AGAIN if finding.reason is not None else ""
    known = finding.reason or ""
    given = desk.dialogs.ask_text("保留并说明", _PROMPT.format(_line(finding), again), known[:_TYPED])
    if given is None:
        return ""
    if not given.strip() and finding.reason is None:
        return "没有写理由，没有保留。"
    text = known if given == known[:_TYPED] else given  # one recorded elsewhere can be longer than the box
    today = datetime.now().astimezone().date()
    with excel.Quiet(desk.app, book):
        excel.record(book, reasons.recorded(excel.recorded(book), document, finding, text, today))
    what = "已保留并说明" if given.strip() else "已取消说明"
    return f"{what}：{document.sheet}!{finding.cell}（{finding.rule}）。{checks.check_again(desk)}"


def _selected(desk: Desk) -> str | None:
    """Return the first cell of the selection: of a merged area, the one that holds its value."""
    selected = desk.app.selection
    return None if selected is None else Spot(selected.row - 1, selected.column - 1).a1


def _at(book: Book, sheet: str, cell: str) -> list[tuple[Document, Finding]]:
    judged = checks.judge(book, sheet)
    return [
        (document, one)
        for document, verdict in zip(judged.documents, judged.verdicts, strict=True)
        for one in verdict.findings
        if one.cell == cell
    ]


def _chosen(desk: Desk, place: str, found: Sequence[Finding]) -> int | None:
    if len(found) == 1:
        return 0
    return desk.dialogs.choose_one(
        f"{place} 有 {len(found)} 条，要说明哪一条？", [_line(one) for one in found]
    )


def _line(one: Finding) -> str:
    kept = "（已说明）" if one.reason is not None else ""
    return f"{marking.LEVELS[one.severity]} {one.rule}{kept} {one.message}"[:_LONGEST]
