"""What each button does: one function for each id of `macros/ribbon.xml`, each callable from a script as well.

A function takes the `Desk` where it was clicked and returns the sentence to show, `""` where there is nothing to say.
It raises JixiaoError with a Chinese sentence where the work cannot be done. A click imports only what it uses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.ribbon.telling import told

if TYPE_CHECKING:
    from jixiao.office.excel import Desk


@told
def new_table(desk: Desk) -> str:
    """新建: draw blank tables into a new file and open it."""
    from jixiao.ribbon import outputs  # noqa: PLC0415 - a click imports only what it uses; so below

    return outputs.new_table(desk)


@told
def add_dropdowns(desk: Desk) -> str:
    """补下拉: put dropdowns onto the indicator columns of the active sheet."""
    from jixiao.ribbon import changes  # noqa: PLC0415 - as above

    return changes.add_dropdowns(desk)


@told
def apply_fixes(desk: Desk) -> str:
    """应用建议: make the safe changes that findings offer, after they were listed and agreed to."""
    from jixiao.ribbon import changes  # noqa: PLC0415 - as above

    return changes.apply_fixes(desk)


@told
def pick_indicator(desk: Desk) -> str:
    """选指标: write an indicator of the library into the active row."""
    from jixiao.ribbon import picking  # noqa: PLC0415 - as above

    return picking.pick_indicator(desk)


@told
def undo(desk: Desk) -> str:
    """撤销: take back the last 应用建议, 选指标 or 补下拉 of this workbook."""
    from jixiao.ribbon import changes  # noqa: PLC0415 - as above

    return changes.undo(desk)


@told
def check_sheet(desk: Desk) -> str:
    """校验本表: check and mark the tables of the active sheet."""
    from jixiao.ribbon import checks  # noqa: PLC0415 - as above

    return checks.check_sheet(desk)


@told
def check_book(desk: Desk) -> str:
    """校验全簿: check and mark all tables of the workbook."""
    from jixiao.ribbon import checks  # noqa: PLC0415 - as above

    return checks.check_book(desk)


@told
def next_finding(desk: Desk) -> str:
    """下一处: go to the next marked cell, the first after the last."""
    from jixiao.ribbon import walking  # noqa: PLC0415 - as above

    return walking.step(desk, 1)


@told
def previous_finding(desk: Desk) -> str:
    """上一处: go to the marked cell before, the last before the first."""
    from jixiao.ribbon import walking  # noqa: PLC0415 - as above

    return walking.step(desk, -1)


@told
def keep_with_reason(desk: Desk) -> str:
    """保留并说明: keep a warning or hint at the active cell with a reason; it is no longer counted."""
    from jixiao.ribbon import keeping  # noqa: PLC0415 - as above

    return keeping.keep_with_reason(desk)


@told
def clear_marks(desk: Desk) -> str:
    """清除标记: take marks and the result page away, and restore what they covered."""
    from jixiao.ribbon import checks  # noqa: PLC0415 - as above

    return checks.clear_marks(desk)


@told
def merge_folder(desk: Desk) -> str:
    """汇总: merge the workbooks of a folder into the unit summary and open it."""
    from jixiao.ribbon import campaigns  # noqa: PLC0415 - as above

    return campaigns.merge_folder(desk)


@told
def open_source(desk: Desk) -> str:
    """打开来源: open the file behind the selected row of a summary, at its cell."""
    from jixiao.ribbon import campaigns  # noqa: PLC0415 - as above

    return campaigns.open_source(desk)


@told
def clean_copy(desk: Desk) -> str:
    """清洁副本: save a copy for publication, without marks, hidden sheets and author data."""
    from jixiao.ribbon import outputs  # noqa: PLC0415 - as above

    return outputs.clean_copy(desk)


@told
def export_pdf(desk: Desk) -> str:
    """导出 PDF: the tables as they print, without marks."""
    from jixiao.ribbon import outputs  # noqa: PLC0415 - as above

    return outputs.export_pdf(desk)


@told
def show_rules(desk: Desk) -> str:
    """规则说明: the rule catalogue as a new workbook, the rules of the selected mark first."""
    from jixiao.ribbon import helping  # noqa: PLC0415 - as above

    return helping.show_rules(desk)


@told
def about(desk: Desk) -> str:
    """关于/自检: version, program, Python, and what the doctor says."""
    from jixiao.ribbon import helping  # noqa: PLC0415 - as above

    return helping.about(desk)
