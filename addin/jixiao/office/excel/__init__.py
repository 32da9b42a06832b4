"""The open workbook through xlwings, in Excel or in LibreOffice: read it, mark it, change it, look at it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jixiao.office.excel.changing import (
    add_dropdowns,
    change,
    contents,
    formats,
    go,
    has_dropdowns,
    remove_lists,
    restore_validations,
    validations,
)
from jixiao.office.excel.copies import take_copies
from jixiao.office.excel.dialogs import Dialogs, Given
from jixiao.office.excel.marks import Outcome, checked_sheets, mark, state, unmark
from jixiao.office.excel.paging import draw, remove_page, show_page
from jixiao.office.excel.quiet import Quiet
from jixiao.office.excel.reading import read
from jixiao.office.excel.reasons import record, recorded

if TYPE_CHECKING:
    import xlwings
    from xlwings import Book as Book  # the words of other rooms, which never import xlwings themselves
    from xlwings import Sheet as Sheet

__all__ = [
    "Desk",
    "Dialogs",
    "Given",
    "Outcome",
    "Quiet",
    "add_dropdowns",
    "change",
    "checked_sheets",
    "contents",
    "draw",
    "formats",
    "go",
    "has_dropdowns",
    "mark",
    "read",
    "record",
    "recorded",
    "remove_lists",
    "remove_page",
    "restore_validations",
    "show_page",
    "state",
    "take_copies",
    "unmark",
    "validations",
]


class Desk(NamedTuple):
    """Where a button was clicked.

    Attributes:
        app: the program.
        book: the workbook in front; `None` where none is open.
        dialogs: how to ask the person.

    """

    app: xlwings.App
    book: xlwings.Book | None
    dialogs: Dialogs
