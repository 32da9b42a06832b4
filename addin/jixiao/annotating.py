"""Copies of checked workbooks with marks at the cells and a 校验结果 page; the originals stay untouched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from jixiao import marking
from jixiao.errors import FileRejectedError
from jixiao.merging import Extract
from jixiao.office import package, saving, writing

_ALONE = "{0}：不能在原表上标注（{1}），这里只有校验结果一页。"
_KIND = "{0} 文件；需要标注请另存为 .xlsx 后再试"


@dataclass(frozen=True)
class _Said:
    """A sentence about a copy, and whether it tells what the copy loses."""

    text: str
    loss: bool = False


def copies(extracts: Sequence[Extract], folder: Path, *, force: bool, brief: bool = False) -> Iterator[str]:
    """Write `<name>.校验.xlsx` into `folder` for every file that was read; yields one sentence for each.

    A signed file has one more, before its copy is written; with `brief` these alone are said.

    The copy of a workbook with macros ends in .xlsm, of a template in .xltx or .xltm, whatever the file's own name.
    A file that cannot be marked part by part gets a workbook of its own with the results. Files of one name in
    different folders keep their folders' names in front, so that none replaces another.

    Raises:
        OutputError: a copy exists and `force` is not given, is one of the inputs, or cannot be written.

    """
    read = [(one, one.file or Path(one.path)) for one in extracts if one.status == "read"]
    files = [file for _, file in read]
    names = stems(files)
    targets = [
        folder / f"{name}.校验{'.xlsm' if file.suffix.lower() == '.xlsm' else '.xlsx'}"
        for (_, file), name in zip(read, names, strict=True)
    ]
    for target in dict.fromkeys(kind for one in targets for kind in (one, one.with_suffix(".xlsx"))):
        saving.check_free(target, force=force)
        saving.check_not_input(target, files)
    for (one, file), target in zip(read, targets, strict=True):
        said = _copy(one, file, target, files, force=force)
        yield from (sentence.text for sentence in said if sentence.loss or not brief)


def marked(name: str) -> bool:
    """Tell whether a file of this name is of a kind that is marked at its cells: .xls and .ods are not."""
    return Path(name).suffix.lower() in {".xlsx", ".xlsm"}


def _copy(one: Extract, file: Path, target: Path, inputs: Sequence[Path], *, force: bool) -> Iterator[_Said]:
    checked = [(each.document, each.verdict.findings) for each in one.documents]
    not_checked = [(each.document, skip) for each in one.documents for skip in each.verdict.not_checked]
    name = Path(one.path).name
    try:
        data = file.read_bytes()
        if package.is_package(data):
            marks, before = marking.marks(checked), package.earlier(data)
            known = package.checked_sheets(data) if before else None
            merges = package.merges(data) if before else {}
            compared = marking.since(before, marks, checked, known, merges) if before else None
            page = marking.result_page(checked, not_checked, name, compared=compared)
            marked = package.annotate(data, marks, page)
            if lost := package.farewell(data, name):
                yield _Said(lost, loss=True)
            target = target.with_suffix(
                package.ending(data)
            )  # a name may have another than the content needs
            saving.check_not_input(target, inputs)
            saving.save(target, marked, force=force)
            count = marking.counted(checked).total()
            more = compared.sentence if compared else ""
            yield _Said(f"{target}：已在副本上标出 {count} 个问题。{more}")
            return
        why = _KIND.format(file.suffix)
    except (FileRejectedError, OSError) as error:
        why = str(error).rstrip("。") if isinstance(error, FileRejectedError) else "读取时文件已经不在"
    page = marking.result_page(checked, not_checked, name, links=False)
    target = target.with_suffix(".xlsx")
    saving.save(target, writing.workbook([page], title="校验结果"), force=force)
    yield _Said(_ALONE.format(target, why))


def stems(files: Sequence[Path]) -> list[str]:
    """Return the name of each file's copy, without ending: its own, with its folder in front where another has the same."""
    often = Counter(file.stem for file in files)
    taken: set[str] = set()
    found = []
    for file in files:
        alone = often[file.stem] == 1 or not file.parent.name
        name = file.stem if alone else f"{file.parent.name}-{file.stem}"
        found.append(saving.unique(saving.safe_name(name), taken))
    return found
