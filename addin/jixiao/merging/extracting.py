"""Bytes of one workbook → `Extract`: a pure function whose argument and result travel between processes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from jixiao.errors import FileRejectedError
from jixiao.model import Book, Document, Verdict
from jixiao.office.limits import Limits

if TYPE_CHECKING:
    from jixiao.rules.profiles import Profile

Status = Literal["read", "rejected", "not_ours"]
NOT_OURS = frozenset({"no_form", "lock_file", "other_file"})
COPY = ".校验."  # in the name of an annotated copy
SUMMARY = ("merge_summary", "1")
FAULTS = ("merge_faults", "1")
_OUR_FAULTS = "这是本工具生成的常见问题统计，不是单位填报的表，未参与处理。"
_OUR_OUTPUT = "这是本工具生成的汇总，不是单位填报的表，未参与处理。"
_OUR_COPY = "这是校验时生成的副本，不是单位填报的表，未参与处理；请提交改好的原文件。"
_NONE_READ = "工作簿里没有找到可以读取的绩效目标表。"
_NO_FORM = "工作簿里没有找到绩效目标表：既没有“绩效目标表”的标题和字段，也没有“一级指标、二级指标、三级指标、指标值”的表头。"
UNFORESEEN = "读取时出现意外情况"
_UNFORESEEN = UNFORESEEN + "（{0}），未能读出。请在表格软件中打开，另存为 .xlsx 后再试。"
_NO_MEMORY = "读取这个文件需要的内存太多。请删除表格以外的多余行列，另存为 .xlsx 后重新提交。"


@dataclass(frozen=True)
class Extracted:
    """One table of a workbook, and what checking says of it within that workbook."""

    document: Document
    verdict: Verdict


@dataclass(frozen=True)
class Extract:
    """What one file held.

    Attributes:
        path: the file's name in reports.
        status: `read`, `rejected`, or `not_ours`.
        code: why it was not read, a code of the contract.
        reason: the same as a Chinese sentence.
        sha256: of the bytes, `None` where they were not read.
        documents: its tables, in the order of the workbook.
        remarks: what was seen and not read, as Chinese sentences.
        modified: the workbook's own last-saved time.
        saved: the file's own time (seconds since 1970), `None` where it is not known.
        file: where the file is; its name need not be text.
        copy: whether it is an annotated copy of ours; what becomes of it is settled with all files, see `copies`.

    """

    path: str
    status: Status
    code: str | None = None
    reason: str | None = None
    sha256: str | None = None
    documents: tuple[Extracted, ...] = ()
    remarks: tuple[str, ...] = ()
    modified: datetime | None = None
    saved: float | None = None
    file: Path | None = None
    copy: bool = False

    @property
    def ours(self) -> bool:
        """Whether the file is one that we wrote ourselves, and may replace."""
        return self.reason == _OUR_OUTPUT


def extract(
    name: str,
    data: bytes,
    profile: Profile | None = None,
    limits: Limits | None = None,
    passwords: Sequence[str] = (),
) -> Extract:
    """Read and check one workbook; never fails: what cannot be read is said in `status`, `code`, `reason`.

    Findings are those of document and workbook scope: what concerns several files is the ledger's.

    Args:
        name: the file's name in reports.
        data: its bytes.
        profile: by which the tables are checked, `None` for what is built in.
        limits: what it may hold, `None` for what is built in.
        passwords: tried where it asks for one.

    """
    digest = hashlib.sha256(data).hexdigest()
    try:
        book = _opened(name, data, limits or Limits(), passwords)
        return _read(name, book, digest, profile)
    except FileRejectedError as error:
        return refused(name, error, digest)
    except MemoryError:
        return refused(name, FileRejectedError("too_large", _NO_MEMORY), digest)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # noqa: BLE001 - one file must not stop a campaign; a Rust panic is no Exception
        return refused(name, FileRejectedError("damaged", _UNFORESEEN.format(type(error).__name__)), digest)


def _opened(name: str, data: bytes, limits: Limits, passwords: Sequence[str]) -> Book:
    from jixiao.office import files  # noqa: PLC0415 - who only handles extracts, such as a worker's parent, reads nothing

    try:
        return files.load(data, name, limits)
    except FileRejectedError as error:
        if error.code != "encrypted" or not passwords:
            raise
    from jixiao.office import unlocking  # noqa: PLC0415 - hardly any file asks for a password

    return files.load(unlocking.unlock(data, passwords), name, limits)


def _read(name: str, book: Book, digest: str, profile: Profile | None) -> Extract:
    from jixiao import checking, reading  # noqa: PLC0415 - as above

    if SUMMARY in book.stamps:
        return refused(name, FileRejectedError("other_file", _OUR_OUTPUT), digest)
    if FAULTS in book.stamps:
        return refused(name, FileRejectedError("other_file", _OUR_FAULTS), digest)
    copy = COPY in name and any(grid.sheet.startswith("校验结果") for grid in book.grids)
    documents, remarks = reading.read(book)
    if copy and not documents:
        return refused(name, FileRejectedError("other_file", _OUR_COPY), digest)
    if not documents:
        reason = "".join((_NONE_READ, *remarks)) if remarks else _NO_FORM
        code = "hidden" if any(map(reading.is_of_hidden, remarks)) else "no_form"
        return replace(refused(name, FileRejectedError(code, reason), digest), remarks=remarks)
    verdicts = checking.check_all(documents, "workbook", profile)
    return Extract(
        path=name,
        status="read",
        sha256=digest,
        documents=tuple(Extracted(*pair) for pair in zip(documents, verdicts, strict=True)),
        remarks=remarks,
        modified=book.modified,
        copy=copy,
    )


def refused(path: str, error: FileRejectedError, sha256: str | None = None) -> Extract:
    """Return the account of a file that was not read; the code decides whether it is ours."""
    status: Status = "not_ours" if error.code in NOT_OURS else "rejected"
    return Extract(path, status, error.code, error.reason, sha256)
