"""The files that a merge is given: folders searched below, in an order that does not depend on the machine."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from jixiao.errors import FileRejectedError, UsageError
from jixiao.office import saving

_LINK_OUT = "这是指向别处的快捷方式（符号链接），没有跟过去读取。需要计入请把原文件复制进来。"
_LINK_FOLDER = "这是指向文件夹的快捷方式（符号链接），没有跟过去读取。需要计入请直接给出那个文件夹。"
_LINK_BROKEN = "这是快捷方式（符号链接），它指向的文件已经不在。请删除它，或把原文件复制进来。"
_NO_FILE = "这不是普通文件（设备或管道），未参与处理，无需理会。"
_SHUT = "没有权限打开这个文件夹，里面的文件没有读取。请取得权限，或把文件复制出来后再试。"


@dataclass(frozen=True)
class Source:
    """One file to account for.

    Attributes:
        path: its name as reports write it: the path as given and the part below, with forward slashes.
        file: where it is.
        refusal: why it is not opened at all, `None` where it is.

    """

    path: str
    file: Path
    refusal: FileRejectedError | None = None


def order(path: str) -> tuple[str, ...]:
    """Return the sort key of a path in reports: by its parts, so that a folder's files stay together."""
    return tuple(path.split("/"))


def find(paths: Sequence[Path]) -> list[Source]:
    """Return the files in the given files and folders, each once, in the order of their paths.

    Links that leave a searched folder are not followed, and an output of ours that was not written to the end is none
    of the files. The list is empty where the folders hold no file; raises
    UsageError for a path that is not there.
    """
    found: dict[str, Source] = {}
    for path in sorted(paths, key=lambda one: order(one.as_posix())):
        if not path.exists():
            raise UsageError(f"找不到“{path}”。请检查路径有没有写错，文件是否已经移走。")
        for source in _below(path) if path.is_dir() else (_file(path),):
            found.setdefault(str(_absolute(source.file)), source)
    return sorted(found.values(), key=lambda one: order(one.path))


def need(found: Sequence[Source], paths: Sequence[Path]) -> None:
    """Raise UsageError where nothing was found in what was given."""
    if not found:
        raise UsageError(f"{'、'.join(f'“{path}”' for path in paths)}里没有文件。请检查文件夹对不对。")


def apart(sources: Sequence[Source], outputs: Sequence[Path]) -> tuple[list[Source], list[Source]]:
    """Return the sources that are inputs, and those that are, or lie in, one of our own outputs."""
    ours = [any(within(one.file, output) for output in outputs) for one in sources]
    pairs = list(zip(sources, ours, strict=True))
    return [one for one, out in pairs if not out], [one for one, out in pairs if out]


def within(path: Path, top: Path) -> bool:
    """Tell whether a path is the other one or lies below it, by their names alone."""
    return _absolute(path).is_relative_to(_absolute(top))


def _below(top: Path) -> Iterator[Source]:
    shut: list[OSError] = []
    root = os.path.realpath(top)
    for folder, names, files in os.walk(top, onerror=shut.append):
        here = Path(folder)
        for name in [one for one in names if _leads_away(here / one)]:
            yield _refused(here / name, "other_file", _LINK_FOLDER)
        names[:] = [one for one in names if not _leads_away(here / one)]
        for name in files:
            if not saving.is_temporary(name):
                yield _file(here / name, root)
    for error in shut:
        yield _refused(Path(error.filename), "locked", _SHUT)


def _leads_away(folder: Path) -> bool:
    """Tell whether a folder is a link, or on Windows a junction, which may lead in a circle."""
    junction = getattr(os.path, "isjunction", None)
    return folder.is_symlink() or bool(junction and junction(folder))


def _file(path: Path, root: str = "") -> Source:
    """Return one file; below a searched folder, `root` is where that folder really is."""
    if root and path.is_symlink():
        target = Path(os.path.realpath(path))
        if not target.exists():
            return _refused(path, "other_file", _LINK_BROKEN)
        if not target.is_relative_to(root):
            return _refused(path, "other_file", _LINK_OUT)
    if not path.is_file():
        return _refused(path, "other_file", _NO_FILE)
    return Source(text(path), path)


def _refused(path: Path, code: str, reason: str) -> Source:
    return Source(text(path), path, FileRejectedError(code, reason))


def text(path: Path) -> str:
    """Return a path as reports write it; bytes of a name that are no text become `?`."""
    return path.as_posix().encode("utf-8", "replace").decode("utf-8")


def _absolute(path: Path) -> Path:
    return Path(os.path.normcase(os.path.abspath(path)))  # noqa: PTH100 - resolve() would follow links
