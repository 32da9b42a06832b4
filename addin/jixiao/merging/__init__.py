"""Many workbooks → ledger → unit summary workbook."""

from jixiao.merging.batches import Bounds
from jixiao.merging.campaign import Expected, beside, check, merge
from jixiao.merging.closing import build
from jixiao.merging.days import day
from jixiao.merging.details import check_parquet, write_parquet
from jixiao.merging.extracting import Extract, Extracted, extract
from jixiao.merging.ledger import Ledger, tally
from jixiao.merging.report import files_report, is_report, merge_report, merge_text
from jixiao.merging.running import run
from jixiao.merging.sources import Source, find

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


def verdict(ledger: Ledger) -> str:
    """Return the sentence that sums a merge up."""
    from jixiao.merging import front  # noqa: PLC0415 - reading and checking do not draw

    return front.verdict(ledger)
