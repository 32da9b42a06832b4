"""Outputs on disk: safe names, never over an existing file unasked, whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from jixiao.errors import ExistsError, OutputError, UsageError

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\ufeff]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\..*)?", re.IGNORECASE)
_LONGEST = 180
_ONE_AT_A_TIME = threading.Lock()
_BEGIN, _END = ".jixiao-", ".tmp"  # of the name of a temporary file
_LEFT = 3600  # seconds after which a temporary file is nobody's


def safe_name(text: str, default: str = "未命名") -> str:
    """Return a file name without folder or ending that every system accepts, of at most 180 bytes.

    What a name must not hold becomes `_`; reserved Windows names get a `_` in front; an empty one the default.
    """
    name = text.encode("utf-8", "ignore").decode("utf-8")
    name = _FORBIDDEN.sub("_", " ".join(name.split())).strip(" .")
    while len(name.encode()) > _LONGEST:
        name = name[:-1].rstrip(" .")
    if not name.strip("_ .~$"):
        return default
    if _RESERVED.fullmatch(name) or name.startswith("~$"):
        name = f"_{name}"
    return name


def unique(name: str, taken: set[str]) -> str:
    """Return the name, with a number where it is taken in any case of letters; it is taken then."""
    number, free = 1, name
    while free.casefold() in taken:
        number += 1
        free = f"{name}({number})"
    taken.add(free.casefold())
    return free


def check_free(path: Path, *, force: bool) -> None:
    """Raise OutputError where `path` exists and may not be replaced, or can have no such name, before any work is done."""
    try:
        os.fsencode(path)
    except UnicodeEncodeError as error:
        raise OutputError(
            f"不能写入“{path}”：这个系统的文件名编码是 {error.encoding}，没有名字里的字。"
            "请设置环境变量 PYTHONUTF8=1 后再运行。"
        ) from error
    try:
        is_folder, exists = path.is_dir(), path.exists()
    except OSError as error:
        raise OutputError(f"不能写入“{path}”：{_why(error)}") from error
    if is_folder:
        raise OutputError(
            f"“{path}”是一个文件夹，不能作为输出文件。请给出文件名，例如 {path / '结果.xlsx'}。"
        )
    if exists and not force:
        raise ExistsError(f"“{path}”已经存在，没有覆盖。请换一个文件名。")


def check_place(folder: Path, path: Path) -> None:
    """Raise OutputError, naming `path`, where a folder takes no file or cannot be made; nothing is left behind."""
    try:
        there = next(one for one in (folder, *folder.absolute().parents) if one.exists())
        with tempfile.TemporaryFile(prefix=_BEGIN, suffix=_END, dir=there):
            pass
    except OSError as error:
        raise OutputError(f"不能写入“{path}”：{_why(error)}") from error


def check_ending(path: Path, ending: str, what: str) -> None:
    """Raise UsageError, with a name that would do, where an output is no file name or ends otherwise."""
    example = path.name.removesuffix(path.suffix).strip(" .") or "结果"
    if not path.name or path.is_dir():
        raise UsageError(
            f"“{path}”是一个文件夹，不是文件名。请写明{what}的文件名，例如 {path / f'结果{ending}'}。"
        )
    if path.suffix.lower() != ending:
        raise UsageError(
            f"{what}应当以 {ending} 结尾，写的是“{path.name}”。请改为例如 {path.with_name(example + ending)}。"
        )


def check_apart(outputs: Iterable[Path], folders: Iterable[Path] = ()) -> None:
    """Raise UsageError where two outputs of one command are one file, or one lies in the other; none need exist yet.

    Other outputs may lie in a folder, but a folder is none of them, nor in one.
    """
    known: list[tuple[Path, Path]] = []
    for path in outputs:
        place = _placed(path)
        for earlier, other in known:
            same = path.exists() and earlier.exists() and path.samefile(earlier)
            if same or place == other or place in other.parents or other in place.parents:
                raise _one_place(earlier, path)
        known.append((path, place))
    for folder in folders:
        place = _placed(folder)
        for earlier, other in known:
            if other == place or other in place.parents:
                raise _one_place(earlier, folder)


def _placed(path: Path) -> Path:
    return Path(os.path.normcase(path.resolve()))


def _one_place(one: Path, other: Path) -> UsageError:
    return UsageError(f"输出“{one}”和“{other}”是同一个位置，后写的会盖掉先写的。请给它们不同的文件名。")


def check_not_input(path: Path, inputs: Iterable[Path]) -> None:
    """Raise OutputError where an output would replace one of the inputs, whatever the names look like."""
    for one in inputs:
        if path.exists() and one.exists() and path.samefile(one):
            raise OutputError(f"输出“{path}”就是输入文件，原文件不会被改动。请换一个输出文件名。")


def save(path: Path, data: bytes, *, force: bool = False) -> None:
    """Write a file whole or not at all, see `whole`.

    Raises:
        OutputError: the file exists and `force` is not given, or it cannot be written.

    """
    with whole(path, force=force) as temporary:
        temporary.write_bytes(data)


@contextlib.contextmanager
def whole(path: Path, *, force: bool = False) -> Iterator[Path]:
    """Give a temporary file beside `path` to be written; it is flushed and renamed, or gone when anything fails.

    Raises:
        OutputError: the file exists and `force` is not given, or it cannot be written.

    """
    check_free(path, force=force)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _sweep(path.parent, int(time.time() // _LEFT))
        handle, name = tempfile.mkstemp(prefix=_BEGIN, suffix=_END, dir=path.parent)
        os.close(handle)
    except OSError as error:
        raise OutputError(f"不能写入“{path}”：{_why(error)}") from error
    temporary = Path(name)
    try:
        yield temporary
        with temporary.open("rb+") as stream:
            os.fsync(stream.fileno())
        check_free(path, force=force)  # writing may have taken minutes
        _give_rights(temporary, path)
        temporary.replace(path)
    except OSError as error:
        raise OutputError(f"不能写入“{path}”：{_why(error)}") from error
    finally:
        temporary.unlink(missing_ok=True)


def is_temporary(name: str) -> bool:
    """Tell whether a file's name is one of ours that are not written to the end; a run that was killed leaves it for a while."""
    return name.startswith(_BEGIN) and name.endswith(_END)


def begun(folder: Path) -> Path:
    """Return the file that lies in a folder of outputs while they are not all written; named as a temporary one is."""
    return folder / f"{_BEGIN}begun{_END}"


@lru_cache(maxsize=64)
def _sweep(folder: Path, hour: int) -> None:  # noqa: ARG001 - once an hour: a folder of 10,000 outputs is long to look through
    """Remove the temporary files that runs which were killed have left; a younger one may be another run's."""
    for one in folder.glob(f"{_BEGIN}*{_END}"):
        with contextlib.suppress(OSError):
            if time.time() - one.stat().st_mtime > _LEFT:
                one.unlink()


def remove(path: Path) -> None:
    """Remove an output of an earlier run that this one has no more; raises OutputError where it is held or locked."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"删不掉上次留下的“{path}”：{_why(error)}") from error


def _give_rights(temporary: Path, path: Path) -> None:
    """Give the file the rights that it had, or that a new file gets; a temporary file is the owner's alone."""
    if os.name != "posix":
        return
    if path.exists():
        mode = path.stat().st_mode & 0o777
    else:
        with _ONE_AT_A_TIME:  # the mask cannot be asked for without being set
            mask = os.umask(0)
            os.umask(mask)
        mode = 0o666 & ~mask
    temporary.chmod(mode)


_CAUSES = {
    errno.EBUSY: "文件正被别的程序占用。请关闭打开它的程序后再试。",
    errno.ENOSPC: "磁盘已满（这个文件夹或临时文件夹所在的盘）。请清理后再试。",
    errno.ENAMETOOLONG: "文件名太长。请换一个短一些的名字。",
    errno.EROFS: "这个磁盘或文件夹是只读的。请换一个文件夹。",
    errno.ENOENT: "所在的文件夹已经不在，或不能建立。请换一个文件夹。",
}


def _why(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "没有写入权限，或文件正在 Excel 中打开。请关闭该文件，或换一个文件夹。"
    if isinstance(error, FileExistsError | NotADirectoryError):
        return "路径中有一段是文件而不是文件夹。请换一个文件夹。"
    return _CAUSES.get(error.errno or 0, f"系统不允许（错误号 {error.errno}）。请换一个文件夹再试。")
