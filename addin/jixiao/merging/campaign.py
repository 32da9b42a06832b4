"""A whole merge: paths → ledger and summary workbook on disk."""

from __future__ import annotations

import os
import sqlite3
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from jixiao.errors import JixiaoError, OutputError, UsageError
from jixiao.merging import attendance as attending
from jixiao.merging import closing, details, running, since, store
from jixiao.merging import sources as inputs
from jixiao.merging.accounts import Accounts
from jixiao.merging.batches import Bounds, Sent
from jixiao.merging.ledger import Ledger
from jixiao.merging.records import ForeignRecordError
from jixiao.merging.running import Progress
from jixiao.merging.sources import Source
from jixiao.merging.store import Store
from jixiao.office import saving, writing
from jixiao.reading import roster
from jixiao.rules.profiles import Profile

if TYPE_CHECKING:
    from jixiao.merging.summary import Workbook

_NAMED = 5
_HANDS = 4
_NO_ROOM = (
    "汇总时的临时数据写不下，没有生成汇总，原来的文件都没有动。请清出磁盘空间（临时文件夹所在的盘）后再试。"
)


@dataclass(frozen=True)
class Expected:
    """Who was to send: a list of agencies on disk, the last day, and the year of the tables; see `attendance`."""

    roster: Path
    due: date | None = None
    year: int | None = None


def merge(  # noqa: PLR0913 - the words of the command, all but two by name
    paths: Sequence[Path],
    out: Path,
    *,
    prefer: Sequence[Path] = (),
    workers: int | None = None,
    progress: Progress | None = None,
    force: bool = False,
    profile: Profile | None = None,
    remember: bool = True,
    expected: Expected | None = None,
    scheduler: str | None = None,
    bounds: Bounds | None = None,
    passwords: Sequence[str] = (),
    also: Sequence[Path] = (),
) -> Ledger:
    """Merge files and folders into the summary workbook `out`, and return the ledger behind it.

    Args:
        paths: files, or folders to search below.
        out: the summary workbook; it and the folder of unit forms beside it are never taken as inputs.
        prefer: files or folders whose documents count where two contents differ.
        workers: worker processes, see `running.run`.
        progress: called after each file, see `running.send`.
        force: whether existing outputs may be replaced.
        profile: by which the tables are checked, `None` for what is built in.
        remember: whether files that an earlier merge has read need not be read again, see `store`.
        expected: who was to send, and until when.
        scheduler: the address of a cluster's scheduler, see `running.send`.
        bounds: what one file may hold and cost, `None` for what is built in.
        passwords: tried on files that ask for one; then nothing is remembered, or looked up.
        also: files that the caller writes or replaces itself beside the summary; they are no inputs either.

    Raises:
        UsageError: a path is not there, holds no file, or `prefer` names no file of the merge.
        OutputError: an output exists already, or cannot be written.
        JixiaoError: no file holds a table, or no worker process can be started.

    """
    saving.check_free(out, force=force)
    outs = (out, *beside(out))
    left = not out.exists() and _begun(out).exists()  # by a run that was killed among the unit forms
    for one in outs[1:]:
        if one.exists() and not force and not left:
            raise OutputError(
                f"“{one}”已经存在，可能是上次汇总留下的。请移走它，或加上 --force 表示可以替换。"
            )
    found, outputs = inputs.apart(inputs.find(paths), outs)
    found, others = inputs.apart(found, also)
    lines = _listed(expected.roster) if expected else []
    if expected:
        found = [one for one in found if not inputs.within(one.file, expected.roster)]
    _refuse_inputs([one for one in outputs if not inputs.within(one.file, details.beside(out))])
    inputs.need(found, paths)
    preferred = _preferred(found, prefer)
    remarks = [f"“{one.path}”是汇总的输出，没有作为输入。" for one in (*outputs, *others)]

    def build(known: Store | None) -> Ledger:
        sent = running.send(
            found,
            workers=workers,
            progress=progress,
            bounds=bounds,
            store=known,
            profile=profile,
            scheduler=scheduler,
            passwords=passwords,
            meanwhile=_load_ahead,
        )
        return closing.settle(_books(sent), prefer=preferred, remarks=remarks, profile=profile)

    remembers = remember and not passwords
    limits = bounds.limits if bounds else None
    ledger = _built(build, Store(profile=profile, limits=limits) if remembers else None)
    if expected:
        attendance = attending.attend(lines, ledger, due=expected.due, year=expected.year)
        attending.tell(attendance, ledger, inputs.text(expected.roster), profile)
        ledger = replace(ledger, attendance=attendance, remarks=(*ledger.remarks, attendance.sentence))
    if not ledger.fates["counted"]:
        raise JixiaoError(_nothing(ledger))
    kept = since.place(paths)
    ledger = replace(ledger, since=since.compare(ledger, kept) if remembers else None)
    new = [one for one in beside(out) if not os.path.lexists(one)]
    written: list[Path] = []
    try:
        ledger = _write(ledger, out, written, force=force or left)
    except BaseException:  # Ctrl-C too: what has no summary must not be in the way of the next run
        if out not in written:
            _take_back(new, [*written, _begun(out)])
        raise
    _begun(out).unlink(missing_ok=True)
    _remove_stale(beside(out), written)
    if remembers:
        since.remember(ledger, kept)
    return ledger


def _load_ahead() -> None:
    """Load what settling and writing need: of a small merge that is most of the time after its files are read."""
    from jixiao import rules, wording  # noqa: PLC0415 - here it costs no time
    from jixiao.merging import summary  # noqa: F401, PLC0415 - the same
    from jixiao.office import worksheets  # noqa: F401, PLC0415 - the same, and the library that writes

    rules.catalogue()
    wording.readings("一")  # brings its dictionary


def beside(out: Path) -> tuple[Path, Path]:
    """Return what a merge may write beside its summary: the folder of unit forms, and the rows that were too many."""
    from jixiao.merging import summary  # noqa: PLC0415 - reading and checking do not draw

    return summary.folder(out), details.beside(out)


def _begun(out: Path) -> Path:
    return saving.begun(beside(out)[0])


def _forms_apart(ledger: Ledger, out: Path) -> Iterator[str]:
    """Say where the agencies' unit forms are, if there are too many for the summary itself."""
    from jixiao.merging import summary  # noqa: PLC0415 - reading and checking do not draw

    count = len(ledger.agencies)
    if count > summary.MOST_UNIT_SHEETS:
        yield f"{count} 张单位整体表在旁边的文件夹“{summary.folder(out).name}”里，请和汇总工作簿一起移动。"


def _built(build: Callable[[Store | None], Ledger], known: Store | None) -> Ledger:
    """Build the ledger with what is remembered, and without it where someone else wrote into it."""
    try:
        try:
            return build(known)
        except ForeignRecordError:  # forget it, and read all files
            store.clear()
            return build(None)
    except sqlite3.Error as error:
        raise OutputError(_NO_ROOM) from error


def _books(sent: Iterable[Sent]) -> Accounts:
    """Enter files as they arrive."""
    books = Accounts()
    books.base.execute("BEGIN")
    for one in sent:
        books.add(one.path, one.file, one.saved, one.record)
    books.base.execute("COMMIT")
    return books


def _write(ledger: Ledger, out: Path, written: list[Path], *, force: bool) -> Ledger:
    """Write the summary when all beside it is written; returns the ledger with what is to be said of that.

    Until then a file in the folder of unit forms tells the next run that they are nobody's.
    """
    apart = list(_forms_apart(ledger, out))
    if apart and not out.exists():
        saving.save(_begun(out), b"", force=True)
    if details.rows(ledger) > details.MOST_ROWS:
        told = details.save(ledger, details.beside(out), force=force)
        written.append(details.beside(out))
        ledger = replace(ledger, remarks=(*ledger.remarks, told))
    ledger = replace(ledger, remarks=(*ledger.remarks, *apart))
    _write_workbooks(ledger, out, written, force=force)
    return ledger


def _write_workbooks(ledger: Ledger, out: Path, written: list[Path], *, force: bool) -> None:
    """Write the unit forms several at a time, as a disk or a scanner of viruses takes its time for each; then the summary."""
    from concurrent.futures import Future, ThreadPoolExecutor  # noqa: PLC0415 - heavy

    from jixiao.merging import summary  # noqa: PLC0415 - reading and checking do not draw

    under_way = deque[Future[None]]()
    with ThreadPoolExecutor(_HANDS) as hands:
        try:
            for one in summary.workbooks(ledger, out):
                while under_way and (one.path == out or len(under_way) > 2 * _HANDS):
                    under_way.popleft().result()
                if one.path == out:
                    _save(one, written, force=force)
                else:
                    under_way.append(hands.submit(_save, one, written, force=force))
        finally:
            hands.shutdown(cancel_futures=True)  # after a failure nobody waits for the others


def _take_back(places: Sequence[Path], written: Sequence[Path]) -> None:
    """Remove what this run wrote at places that were not there before; what others put there meanwhile stays."""
    for path in written:
        if path in places or path.parent in places:
            with suppress(OSError):
                path.unlink()
    for folder in places:
        with suppress(OSError):
            folder.rmdir()


def _save(one: Workbook, written: list[Path], *, force: bool) -> None:
    with saving.whole(one.path, force=force) as temporary:
        writing.write(temporary, list(one.pages), title=one.title)
    written.append(one.path)


def _listed(path: Path) -> list[dict[str, str]]:
    lines = roster.opened(path)
    if not any(line.get("agency") for line in lines):
        raise UsageError(f"名单“{path.name}”里没有“单位名称”一列，不知道应当由哪些单位报送。请加上这一列。")
    return lines


def _remove_stale(places: tuple[Path, Path], written: Sequence[Path]) -> None:
    """Remove what an earlier merge left beside its summary and this one no longer has; of unit forms ours alone."""
    folder, rows = places
    left = [Source(one.as_posix(), one) for one in folder.glob("*.xlsx") if one not in written]
    for one in running.run(left):
        if one.ours and one.file:
            saving.remove(one.file)
    if rows not in written:
        saving.remove(rows)


def _refuse_inputs(outputs: Sequence[Source]) -> None:
    """Raise OutputError where an output would replace a workbook that is no summary of ours."""
    for one in running.run(outputs):
        if not one.ours:
            raise OutputError(f"输出“{one.path}”是已有的文件，不是以前的汇总，没有覆盖。请换一个输出文件名。")


def _preferred(found: Sequence[Source], prefer: Sequence[Path]) -> list[str]:
    """Return the paths, as reports write them, of the files that `prefer` names or holds."""
    chosen = []
    for path in prefer:
        inside = [one.path for one in found if inputs.within(one.file, path)]
        if not inside:
            raise UsageError(f"--prefer 指定的“{path}”不在汇总的文件里。请给出参与汇总的文件或文件夹。")
        chosen += inside
    return chosen


def _nothing(ledger: Ledger) -> str:
    lines = [f"{os.linesep}  {line.path}：{line.reason}" for line in islice(ledger.files, _NAMED)]
    more = f"{os.linesep}  ……共 {len(ledger.files)} 个文件" if len(ledger.files) > _NAMED else ""
    return f"没有找到可以汇总的绩效目标表，没有生成汇总。{''.join(lines)}{more}"
