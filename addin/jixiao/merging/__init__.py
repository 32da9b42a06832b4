"""Many workbooks → ledger → unit summary workbook."""

from jixiao.merging.attendance import day
from jixiao.merging.campaign import Expected, check, merge
from jixiao.merging.extracting import Extract, Extracted, extract
from jixiao.merging.ledger import Ledger, build
from jixiao.merging.report import files_report, merge_report
from jixiao.merging.running import Bounds, run
from jixiao.merging.sources import Source, find

__all__ = [
    "Bounds",
    "Expected",
    "Extract",
    "Extracted",
    "Ledger",
    "Source",
    "build",
    "check",
    "day",
    "extract",
    "files_report",
    "find",
    "merge",
    "merge_report",
    "run",
    "verdict",
]


def verdict(ledger: Ledger) -> str:
    """Return the sentence that sums a merge up."""
    from jixiao.merging import front  # noqa: PLC0415 - reading and checking do not draw

    return front.verdict(ledger)
