"""Ledger → the unit summary workbook, and above fifty agencies a workbook for each beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from jixiao.merging import front, sheets, unit_forms
from jixiao.merging.extracting import SUMMARY
from jixiao.merging.ledger import Ledger
from jixiao.merging.listing import Links
from jixiao.model import Page
from jixiao.office import saving, writing
from jixiao.office.tables import Table

MOST_UNIT_SHEETS = 50
_FIXED = ("汇总表", "项目明细", "指标明细", "问题清单", "文件清单", "版本差异", "报送情况", "填报说明")


def folder(out: Path) -> Path:
    """Return the folder beside the summary that takes the unit forms of many agencies."""
    return out.with_name(f"{out.stem}_整体")


def workbooks(ledger: Ledger, out: Path) -> Iterator[tuple[Path, bytes]]:
    """Yield (path, content) of the workbooks to write, the summary itself last; they link to the files relatively.

    Raises:
        OutputError: a text cannot be written into a workbook.

    """
    links = Links(out.parent)
    names = unit_forms.sheet_names(ledger.agencies, _FIXED)
    apart = len(names) > MOST_UNIT_SHEETS
    targets = [f"internal:'{name.replace(chr(39), chr(39) * 2)}'!A1" for name in names]
    units: list[Page] = []
    if apart:
        beside = Links(folder(out))
        targets = []
        taken: set[str] = set()
        for agency, name in zip(ledger.agencies, names, strict=True):
            path = folder(out) / f"{_unique(saving.safe_name(name), taken)}.xlsx"
            form = unit_forms.draw(agency, name, beside, with_details=False)
            targets.append(links.file(path.as_posix()))
            yield path, writing.workbook([replace(form, stamp=SUMMARY), front.guide()], title=name)
    else:
        units = [
            unit_forms.draw(agency, name, links) for agency, name in zip(ledger.agencies, names, strict=True)
        ]
    pages: list[Page | Table] = [
        front.summary(ledger, links, targets, SUMMARY),
        *units,
        sheets.projects(ledger, links),
        *sheets.indicators(ledger, links),
        sheets.findings(ledger, links),
        sheets.files(ledger, links),
        *([sheets.versions(ledger, links)] if ledger.differences else []),
        *([sheets.attendance(ledger.attendance, links)] if ledger.attendance else []),
        front.guide(),
    ]
    yield out, writing.workbook(pages, title="绩效目标汇总")


def _unique(name: str, taken: set[str]) -> str:
    n, unique = 1, name
    while unique.casefold() in taken:
        n += 1
        unique = f"{name}({n})"
    taken.add(unique.casefold())
    return unique
