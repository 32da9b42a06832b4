"""The workbooks of a merge → disk: its unit forms a few at a time, very many of them in other processes; then the summary."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Self

from jixiao.errors import OutputError
from jixiao.merging import details, processes, running, summary
from jixiao.merging.batches import Bounds
from jixiao.merging.sources import Source
from jixiao.office import saving, writing
from jixiao.office.tables import Cell, Table

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

    from jixiao.merging.ledger import Ledger
    from jixiao.merging.summary import Workbook, Workbooks
    from jixiao.model import Page

    _Result = tuple[list[Path], Exception | None]
    _UnderWay = tuple[Sequence[Workbook], Future[_Result]]

_HANDS = 4  # threads: a disk or a scanner of viruses takes its time for each workbook
_WORTH_PROCESSES = 300  # unit forms; a process takes as long to start as to write sixty
_MOST_PROCESSES = 4  # the summary takes about as long as its unit forms do
_AT_A_TIME, _WAITING = 8, 4  # unit forms of a task, and tasks that wait for each process
_ROWS = 200  # of the summary, between two looks at who waits for work


def check_free(out: Path, *, force: bool) -> bool:
    """Return whether what exists beside the summary may be replaced: as `force` says, or as a run was killed before its summary.

    Raises:
        OutputError: an output exists and may not be.

    """
    saving.check_free(out, force=force)
    left = not out.exists() and _begun(out).exists()
    for one in summary.beside(out):
        if one.exists() and not force and not left:
            raise OutputError(
                f"“{one}”已经存在，可能是上次汇总留下的。请移走它，或加上 --force 表示可以替换。"
            )
    return force or left


def _begun(out: Path) -> Path:
    return saving.begun(summary.folder(out))


def publish(ledger: Ledger, out: Path, *, force: bool, beside: bool, workers: int | None = None) -> Ledger:
    """Write the summary when all beside it is written; returns the ledger with what is to be said of that.

    Until then a file in the folder of unit forms tells the next run that they are nobody's, see `check_free`; a folder
    that was there before may hold somebody's.

    Args:
        ledger: what to write.
        out: the summary.
        force: whether an existing summary may be replaced.
        beside: whether what exists beside it may be, see `check_free`.
        workers: how many processes may help; `None` decides by the number of processors, 0 is none.

    Raises:
        OutputError: a workbook cannot be written, see `saving.whole`; what this run wrote beside it is taken back.

    """
    places = summary.beside(out)
    new = [one for one in places if not os.path.lexists(one)]
    written: list[Path] = []
    try:
        apart = list(_forms_apart(ledger, out))
        if apart and (places[0] in new or _begun(out).exists()):
            saving.save(_begun(out), b"", force=True)
        if details.rows(ledger) > details.MOST_ROWS:
            told = details.save(ledger, details.beside(out), force=beside)
            written.append(details.beside(out))
            ledger = replace(ledger, remarks=(*ledger.remarks, told))
        ledger = replace(ledger, remarks=(*ledger.remarks, *apart))
        _write(summary.workbooks(ledger, out), written, force=force, beside=beside, workers=workers)
    except BaseException:  # Ctrl-C too: what has no summary must not be in the way of the next run
        if out not in written:
            _take_back(new, [*written, _begun(out)])
        raise
    with suppress(OSError):  # held: it says nothing while the summary is there
        _begun(out).unlink()
    _remove_stale(places, written)
    return ledger


def _forms_apart(ledger: Ledger, out: Path) -> Iterator[str]:
    """Say where the agencies' unit forms are, if there are too many for the summary itself."""
    count = len(ledger.agencies)
    if count > summary.MOST_UNIT_SHEETS:
        yield f"{count} 张单位整体表在旁边的文件夹“{summary.folder(out).name}”里，请和汇总工作簿一起移动。"


def _write(books: Workbooks, written: list[Path], *, force: bool, beside: bool, workers: int | None) -> None:
    """Write all of them; `written` takes what is there, or may be, also where this fails."""
    helpers = min(processes.count() - 1 if workers is None else workers, _MOST_PROCESSES)
    whole = books.whole
    with _Hands(
        books.units, written, force=beside, helpers=helpers if books.apart >= _WORTH_PROCESSES else 0
    ) as hands:
        hands.feed()
        with saving.whole(whole.path, force=force) as temporary:
            writing.write(temporary, [_feeding(page, hands) for page in whole.draw()], title=whole.title)
            hands.finish()
    written.append(whole.path)


def _feeding(page: Page | Table, hands: _Hands) -> Page | Table:
    """Return a page during whose writing the hands are given further work."""

    def rows(table: Table) -> Iterator[Sequence[Cell]]:
        for number, row in enumerate(table.rows):
            if not number % _ROWS:
                hands.feed()
            yield row

    return replace(page, rows=rows(page)) if isinstance(page, Table) else page


class _Hands:
    """Who writes unit forms while this process goes on: other processes, or threads where there are few forms."""

    def __init__(self, units: Iterator[Workbook], written: list[Path], *, force: bool, helpers: int) -> None:
        self._units, self._written, self._force = units, written, force
        self._helpers = helpers
        self._under_way: deque[_UnderWay] = deque()
        self._executor: Executor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()  # after a failure nobody waits for those that have not begun
        for ones, future in self._under_way:
            if not future.cancelled():
                self._written += [one.path for one in ones]

    def feed(self) -> None:
        """Take what is done, and hand out work for those who have none; raises what hindered a form."""
        while self._under_way and self._under_way[0][1].done():
            self._take()
        size, most = (_AT_A_TIME, self._helpers * _WAITING) if self._helpers else (1, 2 * _HANDS)
        while len(self._under_way) < most and (ones := tuple(islice(self._units, size))):
            self._under_way.append((ones, self._handed(ones, force=self._force)))

    def finish(self) -> None:
        """See all forms written."""
        self.feed()
        while self._under_way:
            self._take()
            self.feed()

    def _take(self) -> None:
        from concurrent.futures import BrokenExecutor, CancelledError  # noqa: PLC0415 - heavy

        ones, future = self._under_way[0]
        try:
            paths, error = future.result()
        except (BrokenExecutor, CancelledError):  # ended by the system: what it had is written by threads
            self._stop()
            self._helpers = 0
            self._written += [one.path for one in ones]
            paths, error = _save(ones, force=True)
        self._under_way.popleft()
        self._written += paths
        if error:
            raise error

    def _handed(self, ones: Sequence[Workbook], *, force: bool) -> Future[_Result]:
        from concurrent.futures import BrokenExecutor  # noqa: PLC0415 - heavy

        try:
            with processes.uninterrupted():  # it may start workers
                return self._at_work().submit(_save, ones, force=force)
        except (OSError, BrokenExecutor):  # no process can be started, or no longer
            if not self._helpers:
                raise
            self._stop()
            self._helpers = 0
            return self._handed(ones, force=True)  # another process may have taken them all the same

    def _at_work(self) -> Executor:
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - heavy

        if self._executor is None:
            self._executor = (
                processes.start(self._helpers, None, Bounds().memory)
                if self._helpers
                else ThreadPoolExecutor(_HANDS)
            )
        return self._executor

    def _stop(self) -> None:
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)
            self._executor = None


def _save(ones: Sequence[Workbook], *, force: bool) -> _Result:
    """Write workbooks one after the other; returns the paths of those that are whole, and what hindered the next."""
    done: list[Path] = []
    try:
        for one in ones:
            with saving.whole(one.path, force=force) as temporary:
                writing.write(temporary, one.draw(), title=one.title)
            done.append(one.path)
    except Exception as error:  # noqa: BLE001 - raised by who receives it
        return done, error
    return done, None


def _take_back(places: Sequence[Path], written: Sequence[Path]) -> None:
    """Remove what this run wrote at places that were not there before; what others put there meanwhile stays."""
    for path in written:
        if path in places or path.parent in places:
            with suppress(OSError):
                path.unlink()
    for folder in places:
        with suppress(OSError):
            folder.rmdir()


def _remove_stale(places: tuple[Path, Path], written: Iterable[Path]) -> None:
    """Remove what an earlier merge left beside its summary and this one no longer has; of unit forms ours alone."""
    folder, rows = places
    new = set(written)
    left = [Source(one.as_posix(), one) for one in folder.glob("*.xlsx") if one not in new]
    for one in running.run(left):
        if one.ours and one.file:
            saving.remove(one.file)
    if rows not in new:
        saving.remove(rows)
