"""The workbook of a command that writes a changed copy of one: looked at before anything is done."""

from __future__ import annotations

from jixiao.cli import TYPE_CHECKING
from jixiao.errors import JixiaoError, UsageError

if TYPE_CHECKING:
    from pathlib import Path


def original(file: Path, out: Path, what: str, why: str, *, force: bool) -> bytes:
    """Return the workbook.

    Args:
        file: the workbook.
        out: its copy.
        what: what the command does with one at a time, in Chinese.
        why: what cannot be done with other kinds of files, in Chinese.
        force: whether an existing copy may be replaced.

    Raises:
        UsageError: a path is not there, is a folder, or the copy would be of another kind.
        OutputError: the copy exists, or is the workbook itself.
        JixiaoError: the file is no .xlsx or .xlsm.

    """
    from jixiao import merging  # noqa: PLC0415 - commands import what they use
    from jixiao.office import package, saving  # noqa: PLC0415 - as above

    merging.find([file])
    if file.is_dir():
        raise UsageError(f"“{file}”是文件夹，一次只{what}。请给出文件。")
    saving.check_free(out, force=force)
    saving.check_not_input(out, [file])
    data = file.read_bytes()
    if not package.is_package(data):
        refused = merging.extract(file.name, data)
        if refused.status == "rejected":  # damaged or locked: saving it as .xlsx is not what helps
            raise JixiaoError(f"“{file.name}”：{refused.reason}")
        raise JixiaoError(f"“{file.name}”不是 .xlsx 或 .xlsm，{why}。请在表格软件中另存为 .xlsx 后再试。")
    if out.suffix.casefold() != file.suffix.casefold():
        raise UsageError(f"输出文件的结尾应当与“{file.name}”一样。请改为例如 {out.stem}{file.suffix}。")
    return data
