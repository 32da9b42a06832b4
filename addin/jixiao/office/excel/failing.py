"""What Excel or LibreOffice refused, in a Chinese sentence: what happened and what to do, never its own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import xlwings

_DEAD = (
    "表格程序没有回应，可能已经关闭，这一步没有做完。"
    "请重新打开工作簿，看看内容是否完整，再点一次；没有保存的内容以程序恢复的为准。"
)
_BUSY = "表格程序正忙，多半是正在编辑单元格，或打开着一个对话框。请按回车或 Esc 结束编辑，再点一次。"
_PROTECTED = "工作表或工作簿受保护，这一步没有做。请先撤销保护，或切换到没有保护的工作表，再点一次。"
_REFUSED = "表格程序没有接受这一步，没有做完。请保存工作簿并重新打开，再点一次；仍然不行请把“关于/自检”的内容发给技术人员。"
_LACKING = "这个表格程序做不了这一步。请在 Excel 中打开工作簿，再点一次。"
_FILE = "文件打不开或写不进去：可能没有权限、正被别的程序占用，或磁盘已满。请检查后再点一次。"
_DEAD_NAMES = frozenset({"DisposedException", "BridgeInvalidException", "ConnectionLostException"})
_DEAD_CODES = frozenset(
    {-2147417848, -2147023174, -2147023170}
)  # RPC_E_DISCONNECTED, RPC_S_SERVER_UNAVAILABLE, RPC_S_CALL_FAILED
_BUSY_CODES = frozenset(
    {-2147418111, -2146777998, -2147417846}
)  # RPC_E_CALL_REJECTED, VBA_E_IGNORE, RPC_E_SERVERCALL_RETRYLATER


def sentence(error: Exception, app: xlwings.App | None = None) -> str | None:
    """Return what to tell a clerk of an error that a program raised; `None` for an error of our own making.

    Args:
        error: what was raised.
        app: the program, which may be gone by now.

    """
    whole = {kind.__name__ for kind in type(error).__mro__}  # UNO's carry their module in their name
    names = {name.rpartition(".")[2] for name in whole}
    if "com_error" in names:
        code = getattr(error, "hresult", 0)
        return _DEAD if code in _DEAD_CODES else _BUSY if code in _BUSY_CODES else _REFUSED
    if "ProtectedError" in names:
        return _PROTECTED
    if "XlwingsError" in names or any(name.startswith("com.sun.star.") for name in whole):
        return _DEAD if names & _DEAD_NAMES or not _alive(app) else _REFUSED
    if isinstance(error, NotImplementedError):
        return _LACKING
    return _FILE if isinstance(error, OSError) else None


def _alive(app: xlwings.App | None) -> bool:
    """Tell whether LibreOffice still answers: what it raises when it is gone does not say so each time."""
    office = getattr(getattr(app, "impl", None), "office", None)
    return office is None or bool(office.alive)
