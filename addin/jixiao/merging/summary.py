"""Ledger → the unit summary workbook, and above fifty agencies a workbook for each beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from jixiao.merging import details, followup, front, sheets, unit_forms
from jixiao.merging.extracting import SUMMARY
from jixiao.merging.ledger import Ledger
from jixiao.merging.listing import Links
from jixiao.merging.unit_forms import Unit
from jixiao.model import Page
from jixiao.office import saving
from jixiao.office.tables import Table

MOST_UNIT_SHEETS = 50
_FIXED = (
    "汇总表",
    sheets.ALL_AGENCIES,
    "项目明细",
    "指标明细",
    "问题清单",
    "文件清单",
    "版本差异",
    "与上次相比",
    "报送情况",
    "主管部门",
    "填报说明",
)


def folder(out: Path) -> Path:
    """Return the folder beside the summary that takes the unit forms of many agencies."""
    return out.with_name(f"{out.stem}_整体")


def beside(out: Path) -> tuple[Path, Path]:
    """Return what a merge may write beside its summary: the folder of unit forms, and the rows that were too many."""
    return folder(out), details.beside(out)


class Workbook(NamedTuple):
    """A workbook to write: where, what draws its pages, its title."""

    path: Path
    draw: Callable[[], Sequence[Page | Table]]
    title: str


class Workbooks(NamedTuple):
    """The workbooks of a merge; they link to the files relatively.

    Attributes:
        units: above fifty agencies the unit form of each, to be gone through once; any process can draw one.
        apart: how many these are.
        whole: the summary itself, which links to them.

    """

    units: Iterator[Workbook]
    apart: int
    whole: Workbook


def workbooks(ledger: Ledger, out: Path) -> Workbooks:
    """Return the workbooks to write."""
    names = unit_forms.sheet_names(ledger.agencies, _FIXED)
    if len(names) <= MOST_UNIT_SHEETS:
        targets = [f"internal:'{name.replace(chr(39), chr(39) * 2)}'!A1" for name in names]
        return Workbooks(iter(()), 0, _whole(ledger, out, names, targets))
    links, taken = Links(out.parent), set[str]()
    paths = [folder(out) / f"{saving.unique(saving.safe_name(name), taken)}.xlsx" for name in names]
    units = _units(ledger, out, paths, names)
    return Workbooks(
        units, len(names), _whole(ledger, out, [], [links.file(path.as_posix()) for path in paths])
    )


def _units(ledger: Ledger, out: Path, paths: Sequence[Path], names: Sequence[str]) -> Iterator[Workbook]:
    for agency, path, name in zip(ledger.agencies, paths, names, strict=True):
        yield Workbook(path, partial(_unit, unit_forms.unit(agency), name, out), name)


def _unit(unit: Unit, name: str, out: Path) -> list[Page]:
    form = unit_forms.draw(unit, name, Links(folder(out), out.parent), with_details=False)
    return [replace(form, stamp=SUMMARY)]


def _whole(ledger: Ledger, out: Path, names: Sequence[str], targets: Sequence[str]) -> Workbook:
    """Return the summary itself: `names` are those of the unit forms that stand in it, `targets` the links to all of them."""
    return Workbook(out, partial(_pages, ledger, out, names, targets), "绩效目标汇总")


def _pages(ledger: Ledger, out: Path, names: Sequence[str], targets: Sequence[str]) -> list[Page | Table]:
    links = Links(out.parent)
    elsewhere = details.rows(ledger) > details.MOST_ROWS
    units = zip(ledger.agencies, names, strict=True) if names else ()
    return [
        front.summary(ledger, links, targets, SUMMARY),
        *([sheets.agencies(ledger, links, targets)] if len(targets) > front.MOST_AGENCIES else []),
        *([sheets.departments(ledger)] if len(ledger.departments) > 1 else []),
        *(unit_forms.draw(unit_forms.unit(agency), name, links) for agency, name in units),
        *([] if elsewhere else (*sheets.projects(ledger, links), *sheets.indicators(ledger, links))),
        *([] if elsewhere else followup.findings(ledger, links)),
        *followup.files(ledger, links),
        *([followup.versions(ledger, links)] if ledger.fates["superseded"] else []),
        *([followup.changes(ledger.since, links)] if ledger.since else []),
        *([followup.attendance(ledger.attendance, links)] if ledger.attendance else []),
        front.guide(),
    ]
