"""The rows of a ledger for other programs: an SQLite file beside a summary that cannot hold them, or Parquet."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import Any

from jixiao import values
from jixiao.errors import OutputError, UsageError
from jixiao.merging import report
from jixiao.merging.ledger import FUNDS, Ledger
from jixiao.office import saving

MOST_ROWS = 3_000_000  # of projects, indicators and findings: three full sheets, some 300 MB of workbook
_BATCH = 20_000
_SOURCE = ("path", "sheet", "cell")
_COLUMNS = {
    "projects": ("agency", "department", "year", "project_name", *FUNDS, *_SOURCE),
    "indicators": ("agency", "project_name", "level1", "level2", "name", "target", *_SOURCE),
    "findings": ("rule", "severity", "message", "suggestion", *_SOURCE),
    "sources": ("path", "status", "code", "reason", "sha256", "documents"),
}
_LARGEST, _PLACES = Decimal(10) ** 20, Decimal("0.000001")
_NUMBERS = frozenset({"year", "documents"})
_NEEDS = "--parquet 需要 pyarrow，这里没有装。请运行 pip install jixiao[parquet] 后再试，或去掉 --parquet。"


def rows(ledger: Ledger) -> int:
    """Return how many rows the ledgers of projects, indicators and findings have."""
    found = len(ledger.findings) + len(ledger.not_checked)
    return len(ledger.projects) + sum(ledger.indicators.values()) + found


def beside(out: Path) -> Path:
    """Return the file beside a summary that takes the rows of its ledgers where they are too many."""
    return out.with_name(f"{out.stem}_明细.sqlite")


def save(ledger: Ledger, path: Path, *, force: bool) -> str:
    """Write all rows into an SQLite file and return the sentence that says so.

    Raises:
        OutputError: the file exists and `force` is not given, or cannot be written.

    """
    with saving.whole(path, force=force) as temporary:
        base = sqlite3.connect(temporary, isolation_level=None)
        try:
            base.execute("PRAGMA journal_mode = OFF")
            base.execute("BEGIN")
            for name, columns in _COLUMNS.items():
                kinds = ", ".join(f"{one} {'INTEGER' if one in _NUMBERS else 'TEXT'}" for one in columns)
                base.execute(f"CREATE TABLE {name} ({kinds})")
                marks = ", ".join("?" * len(columns))
                base.executemany(f"INSERT INTO {name} VALUES ({marks})", _rows(ledger, name))  # noqa: S608 - our own words
            base.execute("COMMIT")
        except sqlite3.Error as error:
            raise OutputError(f"写“{path}”时出错，多半是磁盘已满，没有生成。请清出空间后再试。") from error
        finally:
            base.close()
    return (
        f"项目、指标和问题共 {rows(ledger)} 行，太多，没有放进汇总工作簿，全部写在旁边的“{path.name}”"
        "（SQLite 数据库：projects、indicators、findings、sources 四张表）。"
    )


def check_parquet(folder: Path, *, force: bool) -> None:
    """Raise before any work is done: UsageError without pyarrow, OutputError where a file must not be replaced."""
    try:
        import pyarrow as _  # noqa: F401, ICN001, PLC0415 - an extra, and heavy
    except ImportError as error:
        raise UsageError(_NEEDS) from error
    for name in _COLUMNS:
        saving.check_free(folder / f"{name}.parquet", force=force)


def write_parquet(ledger: Ledger, folder: Path, *, force: bool) -> Iterator[Path]:
    """Write projects, indicators, findings and sources into a folder, amounts as exact decimals; yields the files.

    Raises:
        UsageError: pyarrow is not installed.
        OutputError: a file exists and `force` is not given, or cannot be written.

    """
    check_parquet(folder, force=force)
    import pyarrow as pa  # noqa: PLC0415 - an extra, and heavy
    from pyarrow import parquet  # noqa: PLC0415 - the same

    for name, columns in _COLUMNS.items():
        kinds = dict.fromkeys(_NUMBERS, pa.int32()) | dict.fromkeys(FUNDS, pa.decimal128(38, 6))
        schema = pa.schema([(one, kinds.get(one, pa.string())) for one in columns])
        path = folder / f"{name}.parquet"
        found = _exact(_rows(ledger, name), columns)
        with saving.whole(path, force=force) as temporary, parquet.ParquetWriter(temporary, schema) as writer:
            while batch := list(islice(found, _BATCH)):
                turned = zip(*batch, strict=True)
                arrays = [pa.array(column, field.type) for column, field in zip(turned, schema, strict=True)]
                writer.write_batch(pa.record_batch(arrays, schema=schema))
        yield path


def _rows(ledger: Ledger, name: str) -> Iterator[tuple[Any, ...]]:
    parts = report.parts(ledger)
    found: Iterable[dict[str, Any]] = parts[name]
    if name == "indicators":
        found = chain(found, parts["agency_indicators"])
    for one in found:
        told = {**one, **one.get("source", {})}
        yield tuple(_plain(told.get(column)) for column in _COLUMNS[name])


def _exact(found: Iterator[tuple[Any, ...]], columns: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    """Yield rows with amounts as decimals; a text that is no amount is null there, and stands in the findings."""
    for row in found:
        yield tuple(
            _amount(value) if column in FUNDS else value for column, value in zip(columns, row, strict=True)
        )


def _amount(text: Any) -> Decimal | None:  # noqa: ANN401 - a JSON value
    number = values.decimal(text)
    return None if number is None or abs(number) >= _LARGEST else number.quantize(_PLACES)


def _plain(value: object) -> object:
    """Return a value that every program can store: half an emoji is no text for any."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    return value if value is None or isinstance(value, int) else json.dumps(value)
