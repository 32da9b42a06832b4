"""The open program and workbook that a click came from: Excel by its window, LibreOffice by its pipe."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING

from jixiao.errors import JixiaoError
from jixiao.office import windows

if TYPE_CHECKING:
    import xlwings

    from jixiao.office.excel import Dialogs

_EXCEL = "excel"


class Programs:
    """Programs met so far; an office is joined once, an Excel is found anew each time so that it can end."""

    def __init__(self) -> None:
        """Start with none."""
        self._offices: dict[str, xlwings.App] = {}
        self._processes: dict[int, int] = {}

    def office(self, pipe: str) -> xlwings.App:
        """Return the LibreOffice that answers at a pipe; raises JixiaoError where none does."""
        from jixiao.office import libreoffice  # noqa: PLC0415 - xlwings is imported by the first click

        known = self._offices.get(pipe)
        if known is None or not known.impl.office.alive:
            try:
                known = libreoffice.join(f"pipe,name={pipe}")
            except OSError as error:
                raise JixiaoError("没有连上 LibreOffice。请关闭并重新打开 LibreOffice，再点一次。") from error
            self._offices[pipe] = known
        libreoffice.register()
        known.activate()
        return known

    def excel(self, window: int) -> xlwings.App:
        """Return the Excel that owns a window, whichever of its workbooks is in front by now; raises JixiaoError."""
        process = windows.process_of(window)
        if process is None:
            raise JixiaoError("没有找到点击按钮的 Excel 窗口，它可能已经关闭。请在 Excel 里再点一次。")
        import xlwings  # noqa: PLC0415 - imported by the first click

        self._processes[window] = process
        if _EXCEL not in [engine.name for engine in xlwings.engines]:
            raise JixiaoError("缺少连接 Excel 的组件 pywin32。请重新安装 jixiao，再点一次。")
        xlwings.engines[_EXCEL].activate()
        for app in xlwings.apps:
            if app.pid == process:
                return app
        raise JixiaoError(
            "连不上 Excel：它可能正在编辑单元格，或打开着一个对话框。请按回车或关闭对话框，再点一次。"
        )

    def alive(self, place: str) -> bool:
        """Tell whether the program at a place of the bridge's, `123456` or `pipe:name`, is still there."""
        pipe = place.removeprefix("pipe:")
        if pipe != place:
            return pipe in self._offices and self._offices[pipe].impl.office.alive
        process = self._processes.get(int(place))
        return process is not None and windows.runs(process)

    @staticmethod
    def let_go() -> None:
        """Give back whatever holds on to a program: an Excel that is still held would stay in memory when closed."""
        import xlwings  # noqa: PLC0415 - already there by now

        if hasattr(xlwings.Book, "_mock_caller"):
            del xlwings.Book._mock_caller  # noqa: SLF001 - xlwings has a way to set it, and none to clear it
        gc.collect()


def dialogs(app: xlwings.App) -> Dialogs:
    """Return how a person at this program is asked and told."""
    if app.engine.name == _EXCEL:
        from jixiao.office.excel.dialogs_excel import ExcelDialogs  # noqa: PLC0415 - one of the two is used

        return ExcelDialogs(app)
    from jixiao.office.excel.dialogs_calc import CalcDialogs  # noqa: PLC0415 - the same

    return CalcDialogs(app)


def book(app: xlwings.App, name: str | None) -> xlwings.Book | None:
    """Return the open workbook of a full name and make it xlwings' caller; None for no name.

    Raises JixiaoError where it is not open in this program, or where two are.
    """
    if name is None:
        return None
    found = [one for one in app.books if _full_name(one) == name] or [
        one for one in app.books if _plain(_full_name(one)) == _plain(name)
    ]
    if len(found) != 1:
        why = "没有找到，它可能已经关闭或改名" if not found else "有同名的两个，分不清是哪一个"
        raise JixiaoError(f"点击按钮时的工作簿“{name}”{why}。请切换到要处理的工作簿，再点一次。")
    found[0].set_mock_caller()
    return found[0]


def _full_name(one: xlwings.Book) -> str:
    # xlwings' own `fullname` reads settings from a sheet of a workbook that lies in the cloud: no workbook may set anything
    return str(one.api.FullName if one.app.engine.name == _EXCEL else one.fullname)


def _plain(name: str) -> str:
    return os.path.normcase(name).casefold()
