"""Workers on other machines: a dask.distributed cluster behind the same few calls as a pool of processes here.

Bytes travel in batches and records come back, so no disk is shared. A worker that dies costs only the time to read its
batch again: the scheduler gives it to another one.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from jixiao.errors import JixiaoError, UsageError
from jixiao.merging import store

_SECONDS = 30  # for the scheduler to answer, and for a first worker to be there
_NEEDS = "--scheduler 需要 dask.distributed，这里没有装。请运行 pip install jixiao[cluster] 后再试，或去掉 --scheduler。"
_WAYS = {"tcp", "tls"}
_NO_ADDRESS = "“{0}”不是调度器的地址。请写成 tcp://主机:端口，例如 --scheduler tcp://10.0.0.5:8786。"
_SILENT = "连不上调度器“{0}”。请检查地址和网络，确认那里运行着 dask scheduler，例如 --scheduler tcp://10.0.0.5:8786。"
_NOBODY = "调度器“{0}”上还没有工作进程。请在各台机器上启动：dask worker {0} --nthreads 1。"
_OTHER = "调度器“{0}”上有工作进程装的 jixiao 与这里的版本不同，或没有装。请在各台机器上装好同一个版本（pip install jixiao[cluster]）后重新启动。"
_THREADS = "调度器“{0}”上有工作进程用多个线程，那样不能给单个文件限时。请加上 --nthreads 1 重新启动。"
_Work = Callable[[Sequence[tuple[str, bytes]], "float | None"], list[bytes]]


@dataclass(frozen=True)
class Cluster:
    """A connection to a scheduler, used like an executor of `concurrent.futures`."""

    address: str
    client: Any
    executor: Any

    def submit(
        self, work: _Work, tasks: Sequence[tuple[str, bytes]], seconds: float | None
    ) -> Future[list[bytes]]:
        """Let some worker do the work."""
        told = _OTHER.format(self.address)
        future: Future[list[bytes]] = self.executor.submit(
            _checked, store.version(), told, work, tasks, seconds
        )
        return future

    def shutdown(self, *, wait: bool = True, cancel_futures: bool = True) -> None:
        """Leave the cluster; what is under way there is given up."""
        del wait, cancel_futures  # leaving does both
        self.client.close(timeout=_SECONDS)

    def capacity(self) -> int:
        """Return how many files can be read at once."""
        return max(1, len(self.client.nthreads()))  # one thread each, see `_look`


def connect(address: str) -> Cluster:
    """Connect to a scheduler and look at its workers.

    Raises:
        UsageError: dask.distributed is not installed, that is no address, or a worker is not one that we can use.
        JixiaoError: nobody answers, or no worker is there.

    """
    try:
        from distributed import Client  # noqa: PLC0415 - an extra, and heavy
    except ImportError as error:
        raise UsageError(_NEEDS) from error
    _check(address)
    for name in ("distributed.client", "distributed.core", "distributed.comm"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what goes wrong we say ourselves
    try:
        client = Client(address, timeout=_SECONDS, set_as_default=False)
    except (OSError, TimeoutError) as error:
        raise JixiaoError(_SILENT.format(address)) from error
    try:
        _look(client, address)
    except JixiaoError:
        client.close(timeout=_SECONDS)
        raise
    return Cluster(address, client, client.get_executor(pure=False))


def _check(address: str) -> None:
    """Raise UsageError for what is no address, see `connect`; dask would say so in English a minute later."""
    try:
        parts = urlsplit(address if "://" in address else f"tcp://{address}")
        good = parts.scheme in _WAYS and parts.hostname and parts.port
    except ValueError:
        good = False
    if not good:
        raise UsageError(_NO_ADDRESS.format(address))


def _look(client: Any, address: str) -> None:  # noqa: ANN401 - an extra without types
    try:
        client.wait_for_workers(1, timeout=_SECONDS)
    except TimeoutError as error:
        raise JixiaoError(_NOBODY.format(address)) from error
    try:
        versions = set(client.run(store.version).values())
    except Exception as error:  # what a worker without our program raises depends on what it has
        raise UsageError(_OTHER.format(address)) from error
    if versions != {store.version()}:
        raise UsageError(_OTHER.format(address))
    if any(count > 1 for count in client.nthreads().values()):
        raise UsageError(_THREADS.format(address))


def died() -> tuple[type[BaseException], ...]:
    """Return what a future raises whose worker, or whose cluster, has gone."""
    from distributed import CancelledError, KilledWorker  # noqa: PLC0415 - an extra, and heavy
    from distributed.comm import CommClosedError  # noqa: PLC0415 - the same

    return KilledWorker, CancelledError, CommClosedError


def _checked(
    version: str, told: str, work: _Work, tasks: Sequence[tuple[str, bytes]], seconds: float | None
) -> list[bytes]:
    """Do the work on a worker; one that joined later with another version must not mix its records in."""
    if store.version() != version:
        raise JixiaoError(told)
    return work(tasks, seconds)
