"""Which program has the workbook open, and so which of `native` (Excel) and `calc` (LibreOffice) answers."""

from __future__ import annotations

from types import ModuleType
from typing import TYPE_CHECKING

from jixiao.errors import JixiaoError

if TYPE_CHECKING:
    import xlwings


def of(app: xlwings.App) -> ModuleType:
    """Return the module that knows this program; both have the same functions. Raises JixiaoError for another one."""
    name = app.engine.name
    if name == "libreoffice":
        from jixiao.office.excel import calc  # noqa: PLC0415 - one of the two is used

        return calc
    if name == "excel":
        from jixiao.office.excel import native  # noqa: PLC0415 - the same

        return native
    raise JixiaoError(
        f"这里只能在 Excel 或 LibreOffice 中使用，现在的程序是“{name}”。请用其中之一打开工作簿后再试。"
    )


def find(book: xlwings.Book, name: str) -> xlwings.Sheet | None:
    """Return the sheet of a name, `None` where there is none."""
    try:
        return book.sheets[name]
    except Exception:  # noqa: BLE001 - KeyError of our engine, com_error of Excel, which is no class to import here
        return None
