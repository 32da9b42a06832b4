"""Files → batches of bytes that travel together, and back to what became of each."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from jixiao.errors import FileRejectedError
from jixiao.merging import records
from jixiao.merging.extracting import Extract, refused
from jixiao.merging.records import Record
from jixiao.merging.sources import Source
from jixiao.office.limits import Limits, mega
from jixiao.office.sniffing import classify_name, too_large

if TYPE_CHECKING:
    from jixiao.merging.store import Store

_MIB = 1 << 20
_BATCH_BYTES = 8 * _MIB
_BATCH_SLOTS = 64  # files of a batch that need no reading cost little, but they wait for those that do
_LOCKED = "文件打不开：没有权限，或正被别的程序占用。请关闭打开它的程序、确认权限后再试。"
_VANISHED = "读取时文件已经不在，或所在的磁盘无法读取。请确认文件还在后再试。"
_BEING_SAVED = "读取的时候这个文件正在被保存或复制，读到的不完整。请等它完成后再运行一次。"
_SAVED_SINCE = "读取之后这个文件又被保存过，这里是保存之前的内容。请再运行一次。"


@dataclass(frozen=True)
class Bounds:
    """What one file may cost.

    Attributes:
        seconds: time to read and check it.
        memory: bytes of address space of a worker, where the system can limit it.
        limits: what it may hold; a file with more bytes is not even opened.

    """

    seconds: float = 20.0
    memory: int = 2048 * _MIB
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True)
class Sent:
    """A file and its record, not opened yet; the first three as in an `Extract`."""

    path: str
    file: Path
    saved: float | None
    record: Record

    def extract(self) -> Extract:
        """Return all that the file held."""
        return records.extract_of(self.record, self.path, saved=self.saved, file=self.file)


@dataclass(frozen=True)
class _Slot:
    """One file of a batch: its record where it needs no reading, else the key under which to remember it.

    `told` is what the system told of the file before its bytes were taken, `None` where they were not.
    """

    source: Source
    ready: Record | None
    key: bytes | None
    told: os.stat_result | None

    def record(self, found: Record) -> Record:
        """Return what was found, and what to say where the file has been saved since its bytes were taken."""
        if self.told is None or not _changed(self.source.file, self.told):
            return found
        if found.head["status"] == "rejected":
            return records.record(refused(self.source.path, FileRejectedError("locked", _BEING_SAVED)))
        return replace(found, head={**found.head, "remarks": [*found.head["remarks"], _SAVED_SINCE]})


@dataclass(frozen=True)
class Batch:
    """Files in order: those still to be read with their bytes, the others with their account."""

    tasks: list[tuple[str, bytes]] = field(default_factory=list)
    slots: list[_Slot] = field(default_factory=list)

    def size(self) -> int:
        """Return the bytes that have to travel."""
        return sum(len(data) for _, data in self.tasks)

    def account(self, results: Sequence[bytes], store: Store | None) -> Iterator[Sent]:
        """Yield what became of each file; `results` are of the files that were read, and the store is told of them."""
        rest = iter(results)
        for one in self.slots:
            found = one.ready or records.load(next(rest))
            if store and one.key and not one.ready:
                store.put(one.key, found)
            saved = one.told.st_mtime if one.told else None
            yield Sent(one.source.path, one.source.file, saved, one.record(found))


def batches(sources: Sequence[Source], bounds: Bounds, most: int, store: Store | None) -> Iterator[Batch]:
    """Yield the sources in their order, at most so many a batch that must be read; what the store remembers need not."""
    batch = Batch()
    for source in sources:
        refusal, data, told = _fetch(source, bounds)
        if batch.slots and (
            len(batch.tasks) >= most
            or len(batch.slots) >= _BATCH_SLOTS
            or batch.size() + len(data) > _BATCH_BYTES
        ):
            yield batch
            batch = Batch()
        key = store.key(data, source.path) if store and refusal is None else None
        ready = records.record(refusal) if refusal else None
        if store and key:
            ready = store.get(key)
        if ready is None:
            batch.tasks.append((source.path, data))
        batch.slots.append(_Slot(source, ready, key, told))
    if batch.slots:
        yield batch


def _fetch(source: Source, bounds: Bounds) -> tuple[Extract | None, bytes, os.stat_result | None]:
    """Return the account of a file that needs no reading, or else its bytes; and what the system told of it before."""
    refusal, data, told = source.refusal or classify_name(source.path, _head(source)), b"", None
    if refusal is None:
        try:
            told = source.file.stat()
            if told.st_size > bounds.limits.file:
                refusal = too_large(f"文件有 {mega(told.st_size)}", mega(bounds.limits.file))
            else:
                data = source.file.read_bytes()
        except PermissionError:
            refusal = FileRejectedError("locked", _LOCKED)
        except OSError:
            refusal = FileRejectedError("damaged", _VANISHED)
    return (refused(source.path, refusal) if refusal else None), data, told


def _changed(file: Path, told: os.stat_result) -> bool:
    """Tell whether a file is no longer what the system told of it; one that is gone has been read all the same."""
    try:
        now = file.stat()
    except OSError:
        return False
    return (now.st_mtime_ns, now.st_size) != (told.st_mtime_ns, told.st_size)


def _head(source: Source) -> bytes:
    """Return a file's first bytes, nothing where it cannot be opened: reading it will say why."""
    try:
        with source.file.open("rb") as stream:
            return stream.read(8)
    except OSError:
        return b""
