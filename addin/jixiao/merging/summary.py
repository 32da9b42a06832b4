"""Ledger → the unit summary workbook, and above fifty agencies a workbook for each beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from jixiao.merging import details, followup, front, sheets, unit_forms
from jixiao.merging.extracting import SUMMARY
from jixiao.merging.ledger import Ledger
from jixiao.merging.listing import Links
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


@dataclass(frozen=True)
class Workbook:
    """A workbook to write: where, its pages, its title."""

    path: Path
    pages: Iterable[Page | Table]
    title: str


def workbooks(ledger: Ledger, out: Path) -> Iterator[Workbook]:
    """Yield the workbooks to write, the summary itself last; they link to the files relatively."""
    links = Links(out.parent)
    names = unit_forms.sheet_names(ledger.agencies, _FIXED)
    apart = len(names) > MOST_UNIT_SHEETS
    targets = [f"internal:'{name.replace(chr(39), chr(39) * 2)}'!A1" for name in names]
    units: list[Page] = []
    if apart:
        beside = Links(folder(out), out.parent)
        targets = []
        taken: set[str] = set()
        for agency, name in zip(ledger.agencies, names, strict=True):
            path = folder(out) / f"{saving.unique(saving.safe_name(name), taken)}.xlsx"
            form = unit_forms.draw(agency, name, beside, with_details=False)
            targets.append(links.file(path.as_posix()))
            yield Workbook(path, [replace(form, stamp=SUMMARY)], name)
    else:
        units = [
            unit_forms.draw(agency, name, links) for agency, name in zip(ledger.agencies, names, strict=True)
        ]
    elsewhere = details.rows(ledger) > details.MOST_ROWS
    pages: list[Page | Table] = [
        front.summary(ledger, links, targets, SUMMARY),
        *([sheets.agencies(ledger, links, targets)] if len(targets) > front.MOST_AGENCIES else []),
        *([sheets.departments(ledger)] if len(ledger.departments) > 1 else []),
        *units,
        *([] if elsewhere else (*sheets.projects(ledger, links), *sheets.indicators(ledger, links))),
        *([] if elsewhere else followup.findings(ledger, links)),
        *followup.files(ledger, links),
        *([followup.versions(ledger, links)] if ledger.fates["superseded"] else []),
        *([followup.changes(ledger.since, links)] if ledger.since else []),
        *([followup.attendance(ledger.attendance, links)] if ledger.attendance else []),
        front.guide(),
    ]
    yield Workbook(out, pages, "绩效目标汇总")
