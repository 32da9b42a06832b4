"""Extraction of many files in worker processes that may die: the bytes travel, the order stays."""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from importlib import import_module
from typing import TYPE_CHECKING, TypeAlias

from jixiao.errors import FileRejectedError, JixiaoError
from jixiao.merging import processes, records
from jixiao.merging.batches import Batch, Bounds, Sent, batches
from jixiao.merging.extracting import Extract, extract, refused
from jixiao.merging.sources import Source

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

    from jixiao.merging.cluster import Cluster
    from jixiao.merging.store import Store
    from jixiao.office.limits import Limits
    from jixiao.rules.profiles import Profile

    _Future = Future[list[bytes]]
    _UnderWay = tuple[Batch, _Future]
    _Work = Callable[[Sequence[tuple[str, bytes]], float | None], list[bytes]]
    _Executor: TypeAlias = ProcessPoolExecutor | Cluster

Progress = Callable[[int, int, int], None]  # files done, files in all, errors found so far
_OF_A_WORKER = ("office.files", "reading", "checking")
_BATCH_FILES = 16
_MOST_WAITING = 32  # batches, of some hundred KB each
_FILES_PER_WORKER = 40  # a worker takes about as long to start as to read forty files
_FALLEN = "读取这个文件时工作进程被系统中止，多半是内容范围异常大，或文件已损坏。请在表格软件中打开，删除多余行列，另存为 .xlsx 后重新提交。"
_SLOW = "读取这个文件超过 {0:g} 秒，已放弃。请删除表格以外的多余内容，另存为 .xlsx 后重新提交。"
_NO_WORKERS = (
    "启动不了读取文件用的工作进程，没有读取。请关闭一些程序、看看安全软件有没有拦截 Python 后再试，"
    "或在命令行加上 --workers 0（不另开进程）；"
    '在 Python 脚本里调用的，请把调用写在 if __name__ == "__main__": 的下面。'
)


def run(  # noqa: PLR0913 - all but one by name
    sources: Sequence[Source],
    *,
    workers: int | None = None,
    progress: Progress | None = None,
    bounds: Bounds | None = None,
    profile: Profile | None = None,
    passwords: Sequence[str] = (),
) -> Iterator[Extract]:
    """Yield one `Extract` for each source, in their order, whatever happens to single files; see `send`."""
    found = send(
        sources, workers=workers, progress=progress, bounds=bounds, profile=profile, passwords=passwords
    )
    for one in found:
        yield one.extract()


def send(  # noqa: PLR0913 - all but one by name
    sources: Sequence[Source],
    *,
    workers: int | None = None,
    progress: Progress | None = None,
    bounds: Bounds | None = None,
    profile: Profile | None = None,
    store: Store | None = None,
    scheduler: str | None = None,
    passwords: Sequence[str] = (),
    meanwhile: Callable[[], None] | None = None,
) -> Iterator[Sent]:
    """Yield the record of each source, in their order, whatever happens to single files.

    Args:
        sources: the files.
        workers: processes; `None` decides by the number of files and processors; 0 reads in this process, without
            protection against files that abort it.
        progress: called after each with the files done, the files in all, and the errors found so far; a file that
            cannot be read counts as one.
        bounds: limits of time, memory and size for each file.
        profile: by which the tables are checked, `None` for what is built in.
        store: what earlier runs remember; it is asked first, told afterwards, and closed at the end.
        scheduler: the address of a dask.distributed scheduler whose workers are to read the files.
        passwords: tried on files that ask for one.
        meanwhile: what this process may do beside, once workers have begun and it would only wait for them.

    Raises:
        UsageError: the cluster cannot be used, see `cluster.connect`.
        JixiaoError: no worker process can be started, or the scheduler does not answer.

    """
    limits = bounds or Bounds()
    if workers is None:
        workers = min(processes.count(), 1 + len(sources) // _FILES_PER_WORKER)
    workers = min(workers, processes.MOST)
    work = partial(_work, profile=profile, limits=limits.limits, passwords=passwords)
    try:
        if scheduler:
            found = _far(scheduler, work, limits, store).run(sources)
        elif workers <= 0:
            found = _here(sources, work, limits, store)
        else:
            start = _processes(workers, limits, meanwhile)
            found = _Pool(workers, start, work, limits, store).run(sources)
        errors = 0
        for done, one in enumerate(found, 1):
            errors += one.record.errors
            if progress:
                progress(done, len(sources), errors)
            yield one
    finally:
        if store:
            store.close()


def _here(sources: Sequence[Source], work: _Work, bounds: Bounds, store: Store | None) -> Iterator[Sent]:
    for batch in batches(sources, bounds, 1, store):
        yield from batch.account(work(batch.tasks, None), store)


def _far(address: str, work: _Work, bounds: Bounds, store: Store | None) -> _Pool:
    """Return the pool of a cluster; it is connected to anew when it was lost."""
    from jixiao.merging import cluster  # noqa: PLC0415 - an extra, and heavy

    first = cluster.connect(address)
    ready = [first]
    start = lambda: ready.pop() if ready else cluster.connect(address)  # noqa: E731 - one expression
    return _Pool(first.capacity(), start, work, bounds, store, died=cluster.died())


def _processes(workers: int, bounds: Bounds, meanwhile: Callable[[], None] | None) -> Callable[[], _Executor]:
    """Return the function that starts worker processes here, and at the first time what is to be done meanwhile."""
    beside = [meanwhile] if meanwhile else []

    def start() -> _Executor:
        import threading  # noqa: PLC0415 - heavy

        if beside:
            threading.Thread(target=beside.pop(), daemon=True).start()
        return processes.start(workers, _load, bounds.memory)

    return start


def _work(
    tasks: Sequence[tuple[str, bytes]],
    seconds: float | None,
    *,
    profile: Profile | None,
    limits: Limits,
    passwords: Sequence[str],
) -> list[bytes]:
    """Read files one after the other into the bytes of their records; a watchdog ends the whole process when one takes too long."""
    import faulthandler  # noqa: PLC0415 - only a worker needs it

    if seconds is not None:
        _load()
    results = []
    for name, data in tasks:
        if seconds is not None:
            faulthandler.dump_traceback_later(seconds, exit=True, file=sys.__stderr__ or sys.stderr)
        results.append(_packed(extract(name, data, profile, limits, passwords)))
        if seconds is not None:
            faulthandler.cancel_dump_traceback_later()
    return results


def _packed(one: Extract) -> bytes:
    return records.dump(records.record(one))


@cache
def _load() -> None:
    """Load what files need, once in a process: the time limit is for a file, not for our own start."""
    from jixiao import forms, schemas  # noqa: PLC0415 - only a worker needs it

    for room in _OF_A_WORKER:
        import_module(f"jixiao.{room}")
    for form in forms.catalogue():
        schemas.violations(form.form, form.vocabulary, {})


class _Pool:
    """Workers, begun anew when one is lost; what was under way is then read one file at a time."""

    def __init__(  # noqa: PLR0913 - made at two places only
        self,
        workers: int,
        start: Callable[[], _Executor],
        work: _Work,
        bounds: Bounds,
        store: Store | None,
        *,
        died: tuple[type[BaseException], ...] = (),
    ) -> None:
        self._work = work
        self._workers = workers
        self._start = start
        self._bounds = bounds
        self._store = store
        self._died = died
        self._executor: _Executor | None = None

    def run(self, sources: Sequence[Source]) -> Iterator[Sent]:
        """Yield the records in order, with at most 2 × workers + 1 batches under way.

        Behind one that is read many that are remembered may wait: asking the store goes on while a worker starts.
        """
        waiting: deque[_UnderWay] = deque()
        most = max(1, min(_BATCH_FILES, len(sources) // (2 * self._workers)))
        try:
            for batch in batches(sources, self._bounds, most, self._store):
                waiting.append((batch, self._submit(batch.tasks)))
                while waiting and (waiting[0][1].done() or self._are_many(waiting)):
                    yield from self._first(waiting)
            while waiting:
                yield from self._first(waiting)
        finally:
            self._stop()

    def _are_many(self, waiting: deque[_UnderWay]) -> bool:
        read = sum(bool(batch.tasks) for batch, _ in waiting)
        return read > 2 * self._workers or len(waiting) > _MOST_WAITING

    def _first(self, waiting: deque[_UnderWay]) -> Iterator[Sent]:
        if self._broken(waiting[0][1]):
            self._stop()
            for at, (batch, future) in enumerate(waiting):
                if not future.done() or self._broken(future):
                    waiting[at] = (batch, _settled([self._alone(task) for task in batch.tasks]))
        batch, future = waiting.popleft()
        yield from batch.account(future.result(), self._store)

    def _alone(self, task: tuple[str, bytes]) -> bytes:
        """Read one file with no other under way, so that a dead worker names its culprit."""
        if self._executor is None and self._broken(self._handed([], None)):
            raise JixiaoError(_NO_WORKERS)
        start = time.monotonic()
        future = self._submit([task])
        if not self._broken(future):
            return future.result()[0]
        self._stop()
        slow = time.monotonic() - start >= self._bounds.seconds
        reason = _SLOW.format(self._bounds.seconds) if slow else _FALLEN
        digest = hashlib.sha256(task[1]).hexdigest()
        return _packed(refused(task[0], FileRejectedError("too_large", reason), digest))

    def _submit(self, tasks: list[tuple[str, bytes]]) -> _Future:
        from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415 - heavy

        if not tasks:
            return _settled([])  # all of the batch was remembered: no worker need start, nor a second one
        try:
            return self._handed(tasks, self._bounds.seconds)
        except BrokenProcessPool:
            # died between two submits: the batch under way says so itself, this one goes to a new pool
            self._stop()
            return self._handed(tasks, self._bounds.seconds)

    def _handed(self, tasks: Sequence[tuple[str, bytes]], seconds: float | None) -> _Future:
        try:
            with processes.uninterrupted():  # it may start workers
                return self._pool().submit(self._work, tasks, seconds)
        except OSError as error:
            if self._died:  # a cluster's connection, not a process of ours
                raise
            os.getcwd()  # noqa: PTH109 - where the folder itself is gone that is the reason, and raised
            raise JixiaoError(_NO_WORKERS) from error

    def _pool(self) -> _Executor:
        if self._executor is None:
            self._executor = self._start()
        return self._executor

    def _stop(self) -> None:
        if self._executor is not None:
            # waiting: an executor left behind half shut down complains when the interpreter exits
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._executor = None

    def _broken(self, future: _Future) -> bool:
        """Wait for a batch and tell whether its worker died; any other failure is a fault of ours and raised."""
        from concurrent.futures import CancelledError  # noqa: PLC0415 - heavy
        from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415 - heavy

        died: tuple[type[BaseException], ...] = (BrokenProcessPool, CancelledError, *self._died)
        try:
            future.result()
        except died:
            return True
        return False


def _settled(results: list[bytes]) -> _Future:
    from concurrent.futures import Future  # noqa: PLC0415 - heavy

    future: _Future = Future()
    future.set_result(results)
    return future
