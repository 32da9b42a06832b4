"""Many workbooks → ledger → unit summary workbook.

A name is imported when it is first asked for: a worker reads and checks files and has no use for what merges them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jixiao.merging.batches import Bounds
    from jixiao.merging.campaign import Expected, merge
    from jixiao.merging.checked import check, files_report
    from jixiao.merging.closing import build
    from jixiao.merging.days import day
    from jixiao.merging.details import check_parquet, write_parquet
    from jixiao.merging.extracting import Extract, Extracted, extract
    from jixiao.merging.front import verdict
    from jixiao.merging.ledger import Ledger, tally
    from jixiao.merging.report import is_report, merge_report, merge_text
    from jixiao.merging.running import run
    from jixiao.merging.sources import Source, find
    from jixiao.merging.summary import beside

__all__ = [
    "Bounds",
    "Expected",
    "Extract",
    "Extracted",
    "Ledger",
    "Source",
    "beside",
    "build",
    "check",
    "check_parquet",
    "day",
    "extract",
    "files_report",
    "find",
    "is_report",
    "merge",
    "merge_report",
    "merge_text",
    "run",
    "tally",
    "verdict",
    "write_parquet",
]
_HOMES = {
    "batches": ("Bounds",),
    "campaign": ("Expected", "merge"),
    "checked": ("check", "files_report"),
    "closing": ("build",),
    "days": ("day",),
    "details": ("check_parquet", "write_parquet"),
    "extracting": ("Extract", "Extracted", "extract"),
    "front": ("verdict",),
    "ledger": ("Ledger", "tally"),
    "report": ("is_report", "merge_report", "merge_text"),
    "running": ("run",),
    "sources": ("Source", "find"),
    "summary": ("beside",),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}


if not TYPE_CHECKING:  # with it, a type checker would believe that any name is here

    def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
        """Return what a name of `__all__` stands for."""
        if name not in _HOME:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
