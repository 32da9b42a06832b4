"""Blank tables for one clerk or a whole list of agencies, and dropdowns for tables that exist already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from jixiao import choices, drawing, forms, library
from jixiao.errors import UsageError
from jixiao.model import Document, Dropdown, NamedList, Spot
from jixiao.office import saving, writing
from jixiao.reading import roster

_JULY = 7
_NAMES = ("agency", "project_name")


def year_in_preparation(today: date) -> int:
    """Return the budget year being prepared: from July on, the next one."""
    return today.year + 1 if today.month >= _JULY else today.year


def one(
    form: forms.Form, known: Mapping[str, Any], projects: Sequence[str], path: Path, *, force: bool
) -> Path:
    """Write one workbook of blank tables, one sheet for each project; returns its path.

    Raises:
        OutputError: the file exists and `force` is not given, or it cannot be written.
        UsageError: the path's ending is not .xlsx.

    """
    saving.check_ending(path, ".xlsx", "空白表")
    saving.check_free(path, force=force)
    saving.save(path, _blank(form, known, projects), force=force)
    return path


def _blank(form: forms.Form, known: Mapping[str, Any], projects: Sequence[str]) -> bytes:
    taken: set[str] = set()
    pages = []
    fields = {name for name, _, _ in form.fields()} | {"year", "department_code"}
    for project in projects or [""]:
        values = {
            name: text for name, text in {**known, "project_name": project}.items() if text and name in fields
        }
        sheet = drawing.sheet_name(project or form.title.removesuffix("表"), taken)
        taken.add(sheet)
        pages.append(drawing.draw(form, sheet, values))
    return writing.workbook(pages, title=form.title)


def for_roster(  # noqa: PLR0913 - what a list is given out with
    form: forms.Form,
    known: Mapping[str, Any],
    path: Path,
    folder: Path,
    *,
    force: bool,
    say: Callable[[str], None],
) -> list[Path]:
    """Write one workbook for each line of a list into a folder; returns their paths in the list's order.

    `say` is told of names that stand on the list more than once. Nothing is written where one of the files exists already and `force` is not given.

    Raises:
        UsageError: the list cannot be read, is no workbook, or has no heading that we know.
        OutputError: a file exists, or the folder cannot be written.

    """
    lines = roster.opened(path)
    if "project_name" not in {name for name, _, _ in form.fields()}:
        lines = list(
            {line.get("agency"): {"agency": line["agency"]} for line in lines if "agency" in line}.values()
        )
    alike = Counter(tuple(line[one] for one in _NAMES if one in line) for line in lines)
    for names, count in alike.items():
        if count > 1:
            told = "、".join(f"“{name}”" for name in names)
            say(f"名单里 {told} 有 {count} 行，各出了一份；是重复的，请删去多余的文件。")
    targets: dict[Path, dict[str, Any]] = {}
    taken: set[str] = set()
    for line in lines:
        values = {**known, **line}
        parts = [line[key] for key in _NAMES if key in line]
        stem = saving.unique(saving.safe_name("_".join([*parts, form.title])), taken)
        targets[folder / f"{stem}.xlsx"] = values
    for target in targets:
        saving.check_free(target, force=force)
        saving.check_not_input(target, [path])
    for target, values in targets.items():
        project = values.pop("project_name", None)
        saving.save(target, _blank(form, values, [project] if project else []), force=force)
    return list(targets)


def with_dropdowns(path: Path, output: Path, *, force: bool, say: Callable[[str], None]) -> int:
    """Write a copy of a workbook with dependent dropdowns on its forms; returns how many got some, 0 where all had them.

    `say` is told beforehand what the copy loses.

    Raises:
        UsageError: the file is not there, is no .xlsx or .xlsm, or holds no form.
        FileRejectedError: the file cannot be read.
        OutputError: the output exists and `force` is not given, is the input, or cannot be written.

    """
    from jixiao import merging  # noqa: PLC0415 - blank tables do not need it
    from jixiao.office import package  # noqa: PLC0415 - the same

    if path.is_dir():
        raise UsageError(f"“{path}”是一个文件夹。补下拉一次处理一个文件，请给出其中的 .xlsx 或 .xlsm。")
    if not path.is_file():
        raise UsageError(f"找不到“{path}”。请检查路径，或把文件名用引号括起来。")
    saving.check_free(output, force=force)
    saving.check_not_input(output, [path])
    (extract,) = merging.check([path])
    if extract.status != "read":
        raise UsageError(f"“{path.name}”不能补下拉：{extract.reason}")
    data = path.read_bytes()
    if not package.is_package(data):
        raise UsageError(f"“{path.name}”不是 .xlsx 或 .xlsm，不能补下拉。请在 Excel 中另存为 .xlsx 后再试。")
    if output.suffix.lower() != path.suffix.lower():
        raise UsageError(
            f"输出文件的结尾应当与原文件相同（{path.suffix}），写的是“{output.name}”。请改为 {output.stem}{path.suffix}。"
        )
    documents = [one.document for one in extract.documents]
    dropdowns: dict[str, list[Dropdown]] = {}
    lists: dict[str, NamedList] = {}
    count = 0
    for document in documents:
        ours, behind = on_document(document)
        dropdowns.setdefault(document.sheet, []).extend(ours)
        lists |= {one.name: one for one in behind}
        count += bool(ours)
    if not count:
        raise UsageError(
            f"“{path.name}”的表里没有找到“一级指标”“二级指标”两列，不能补下拉。请写明这两列的表头再试。"
        )
    offered = package.add_dropdowns(data, dropdowns, tuple(lists.values()))
    if lost := package.farewell(data, path.name):
        say(lost)
    saving.save(output, offered, force=force)
    return 0 if offered == data else count


def on_document(document: Document) -> tuple[list[Dropdown], tuple[NamedList, ...]]:
    """Return the dropdowns of a table's indicator columns, spare rows included, and the lists that they need.

    There are none where the columns of levels 1 and 2 are missing.
    """
    if not {"level1", "level2"} <= set(document.headings):
        return [], ()
    heads = {name: Spot.of(cell) for name, cell in document.headings.items()}
    level1, level2, level3 = heads["level1"], heads["level2"], heads.get("name")
    first, last = level1.row + 1, document.last_indicator_row
    area = document.area._replace(bottom=last)
    if last < first:
        return [], ()
    words = forms.find(document.form, document.edition).words()
    parent = choices.level1(words, area._replace(top=first, left=level1.column, right=level1.column))
    child = choices.level2(words, Spot(first, level2.column), level1.column, level1.row)
    found, lists = [parent, child._replace(area=child.area._replace(bottom=last))], choices.named(words)
    about = library.about(document.values.get("project_name"), document.values["goals"] or ())
    offered = choices.named_library(words, about)
    if offered and level3 is not None:
        example = choices.level3(words, Spot(first, level3.column), level2.column, level1.row, about)
        if len(example.source) > choices.LONGEST_FORMULA:  # some thousand rows down on a sheet
            return found, lists
        found.append(example._replace(area=example.area._replace(bottom=last)))
        lists = (*lists, *offered)
    return found, lists
