"""校验: the open workbook is read, judged and marked, and the result page put beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from jixiao import checking, forms, marking, reading, settings
from jixiao.errors import FileRejectedError, JixiaoError
from jixiao.model import SEVERITIES, Area, Document, Page, Verdict
from jixiao.office import excel
from jixiao.ribbon import telling

if TYPE_CHECKING:
    from jixiao.office.excel import Book, Desk, Outcome
    from jixiao.rules.profiles import Profile

_NOTHING = (
    "{0}里没有认出绩效目标表：既没有“绩效目标表”的标题和栏目，也没有“一级指标、二级指标、三级指标、指标值”的表头。"
    "{1}请切换到填有目标表的工作表，或用“新建”得到一张空白表。"
)
_SUMMARY = "这是汇总生成的工作簿，不是填报的表，没有校验。要看某一行的来源，请选中它再点“打开来源”。"
_LOCKED = "工作簿的结构受保护，或是以只读方式打开的，没有加标记和“校验结果”页。请撤销工作簿保护，或另存一份打开，再点一次。"
_NO_MARKS = f"格子上没有校验标记，“{marking.SHEET}”页已经去掉。"
_COPIES = "另有 {0} 格的标记是连同格子或工作表复制过来的，已经去掉，底色改为无填充。"
_SHOWN = 8  # findings that a sentence lists where no page can


class Judged(NamedTuple):
    """The tables of an open workbook, what was found in each, where cells are merged, and the profile it was judged by."""

    documents: tuple[Document, ...]
    verdicts: tuple[Verdict, ...]
    remarks: tuple[str, ...]
    merges: dict[str, tuple[Area, ...]]
    profile: Profile | None = None


def judge(book: Book, only: str | None = None) -> Judged:
    """Read and judge a workbook as `jixiao check` judges the saved file.

    Args:
        book: the open workbook.
        only: the sheet whose tables are wanted; the others are read too, for rules that compare tables, unless one
            of them is too large to be read.

    Raises:
        JixiaoError: no table of ours is there, or the workbook is a summary of ours.
        FileRejectedError: a sheet is too large.

    """
    try:
        found = excel.read(book)
    except FileRejectedError:
        if only is None:
            raise
        found = excel.read(book, [only])
    if _is_summary(found.stamps):
        raise JixiaoError(_SUMMARY)
    documents, remarks = reading.read(found)
    profile = settings.profile()
    pairs = [
        pair
        for pair in zip(documents, checking.check_all(documents, "workbook", profile), strict=True)
        if only in (None, pair[0].sheet)
    ]
    if not pairs:
        where = f"“{book.name}”" if only is None else f"工作表“{only}”"
        raise JixiaoError(nothing(where, "".join(remarks)))
    merges = {grid.sheet: grid.merges or () for grid in found.grids}
    return Judged(tuple(one for one, _ in pairs), tuple(one for _, one in pairs), remarks, merges, profile)


def nothing(where: str, remarks: str = "") -> str:
    """Return the sentence that no table of ours was found."""
    return _NOTHING.format(where, remarks)


def _is_summary(stamps: frozenset[tuple[str, str]]) -> bool:
    known = {form.form for form in forms.catalogue()}
    if all(form in known for form, _ in stamps):
        return False
    from jixiao.merging.extracting import SUMMARY  # noqa: PLC0415 - hardly any workbook gets here

    return SUMMARY in stamps


def check_sheet(desk: Desk) -> str:
    """Check and mark the tables of the active sheet; returns how many findings there are, and how many are solved."""
    name = telling.sheet(desk).name
    return _check(desk, "本表", name)


def check_again(desk: Desk) -> str:
    """Check what was checked last: the workbook where other sheets carry marks too, else the active sheet."""
    name = telling.sheet(desk).name
    marked = excel.state(telling.book(desk)) or ()
    return check_book(desk) if any(one.sheet != name for one in marked) else check_sheet(desk)


def check_book(desk: Desk) -> str:
    """Check and mark all tables of the workbook; returns what `check_sheet` returns."""
    telling.book(desk)
    return _check(desk, "全簿", None)


def _check(desk: Desk, what: str, only: str | None) -> str:
    book = telling.book(desk)
    with excel.Quiet(desk.app, book):
        before = excel.state(book)
        judged = judge(book, only)
        checked = [
            (document, verdict.findings)
            for document, verdict in zip(judged.documents, judged.verdicts, strict=True)
        ]
        marks = marking.marks(checked)
        sheets, known = {one.sheet for one in judged.documents}, excel.checked_sheets(book)
        mine = [one for one in before or () if only in (None, one.sheet)]
        is_known = bool(mine or known & sheets)
        since = marking.since(mine, marks, checked, known, judged.merges) if is_known else None
        outcome = excel.mark(book, marks, None if only is None else [only], judged.merges, sheets)
        if not outcome.locked:
            excel.show_page(book, _page(book.name, checked, judged, since))
    said = [f"{what}：{_counts(checked)}。"]
    said += [f"按“{judged.profile.name}”校验。"] if judged.profile else []
    said += [since.sentence] if since is not None else []
    said += judged.remarks
    said += _remarks(outcome)
    said += _listed(checked) if outcome.locked else []
    return "".join(said)


def _page(name: str, checked: marking.Checked, judged: Judged, since: marking.Since | None) -> Page:
    skipped = [
        (document, one)
        for document, verdict in zip(judged.documents, judged.verdicts, strict=True)
        for one in verdict.not_checked
    ]
    return marking.result_page(checked, skipped, name, compared=since)


def _counts(checked: marking.Checked) -> str:
    counts = marking.counted(checked)
    explained = sum(len(findings) for _, findings in checked) - counts.total()
    kept = f"（另有 {explained} 处已说明）" if explained else ""
    if not counts:
        return f"没有发现问题，校验通过{kept}"
    told = "、".join(f"{word} {counts[severity]}" for severity, word in marking.LEVELS.items())
    return f"{told}；{marking.verdict(counts)}{kept}"


def _remarks(outcome: Outcome) -> list[str]:
    """Return the sentences about what could not be marked."""
    said = [_COPIES.format(outcome.copied)] if outcome.copied else []
    if outcome.locked:
        return [*said, _LOCKED]
    if outcome.closed:
        said.append(f"{_named(outcome.closed)}受保护，格子上没有标记，问题都列在“{marking.SHEET}”页。")
    if outcome.partly:
        said.append(f"{_named(outcome.partly)}受保护，只标了允许的部分，说明都在“{marking.SHEET}”页。")
    if outcome.unnoted:
        said.append(f"有 {outcome.unnoted} 格已有对话批注，没有再加批注，说明在“{marking.SHEET}”页。")
    return said


def _listed(checked: marking.Checked) -> list[str]:
    """Return the first findings, worst first, for where they can be shown nowhere else."""
    found = [(document, one) for document, findings in checked for one in findings if one.reason is None]
    found.sort(key=lambda one: SEVERITIES.index(one[1].severity))
    return [f"\n{document.sheet}!{one.cell}：{one.message}" for document, one in found[:_SHOWN]]


def _named(sheets: Sequence[str]) -> str:
    return f"工作表{'、'.join(f'“{name}”' for name in sheets)}"


def clear_marks(desk: Desk) -> str:
    """Take all marks and the result page away; returns how many cells were restored."""
    book = telling.book(desk)
    with excel.Quiet(desk.app, book):
        before = excel.state(book)
        copies = excel.take_copies(book, before or ())
        if before is None and not copies.taken and not copies.left:
            return "这个工作簿里没有校验标记。"
        if before is not None:
            excel.remove_page(book, marking.result_page([], [], ""))
        left = excel.unmark(book)
    done = len(before or ()) - len(left)
    said = f"已清除 {done} 处标记，底色和批注恢复原样。" if done else ""
    said += _NO_MARKS if before == () else ""
    said += _COPIES.format(copies.taken) if copies.taken else ""
    if copies.left:
        said += f"{'、'.join(copies.left[:_SHOWN])} 共 {len(copies.left)} 格的标记是复制过来的，没有去掉：工作表受保护。请撤销保护后再点一次。"
    if left:
        where = _named(sorted({one.sheet for one in left}))
        said += f"还有 {len(left)} 处没有清除：{where}受保护，或底色要在 Excel 中恢复。请撤销保护（或改用 Excel）后再点一次。"
    return said
