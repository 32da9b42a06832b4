"""Worker processes: quiet, bound in memory, and gone when the process that wanted their work is."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

MOST = 60  # Windows waits for at most 63 processes at a time


def start(workers: int, load: Callable[[], None] | None, memory: int) -> ProcessPoolExecutor:
    """Return an executor of so many processes; they begin at the first task.

    Args:
        workers: how many.
        load: a function of a module, to be called once in each before its first task, `None` for none.
        memory: bytes that each may take, where the system can hold it to that.

    """
    import multiprocessing  # noqa: PLC0415 - heavy
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - heavy

    return ProcessPoolExecutor(
        workers,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_begin,
        initargs=(load, memory),
    )


def count() -> int:
    """Return how many processors this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Keep Ctrl-C waiting, also for the processes that are started meanwhile, until `_begin`: they would tell where they were."""
    if sys.platform == "win32":
        yield
        return
    from multiprocessing import resource_tracker  # noqa: PLC0415 - heavy

    resource_tracker.ensure_running()  # it would let Ctrl-C through again as it starts
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(load: Callable[[], None] | None, memory: int) -> None:
    """Prepare a worker: it ends with its parent, its last words go nowhere, its memory is bound, what it needs is loaded."""
    import threading  # noqa: PLC0415 - only a worker needs it

    threading.Thread(target=_follow, daemon=True).start()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    sys.stdout = sys.stderr = sys.__stderr__ = open(os.devnull, "w", encoding="utf-8")  # type: ignore[misc]  # noqa: PTH123, SIM115 - lives as long as the worker
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - absent on Windows

        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        bound = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
        with contextlib.suppress(ValueError, OSError):  # some systems refuse; the guard stands all the same
            resource.setrlimit(resource.RLIMIT_AS, (bound, hard))
    if load:
        load()


def _follow() -> None:
    """End this worker when the process that wanted its work is gone: one that was killed cannot say so."""
    from multiprocessing import connection, parent_process  # noqa: PLC0415 - heavy

    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
