"""Findings → `Mark`s and the 校验结果 page; the live program and `office/package` apply and remove the same marks."""

from jixiao.marking.cells import LEVELS, SHEET, Checked, counted, marks
from jixiao.marking.comparison import Place, Since, since
from jixiao.marking.page import result_page, verdict

__all__ = [
    "LEVELS",
    "SHEET",
    "Checked",
    "Place",
    "Since",
    "counted",
    "marks",
    "result_page",
    "since",
    "verdict",
]
