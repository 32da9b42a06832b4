"""A whole merge: paths → ledger and summary workbook on disk."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path

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
from jixiao.reading import roster
from jixiao.rules.profiles import Profile

_NAMED = 5
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
    from jixiao.merging import publishing, summary  # noqa: PLC0415 - reading and checking do not draw

    outs = (out, *summary.beside(out))
    over = publishing.check_free(out, force=force)
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
    found.clear()  # a path takes 1 KB, and there may be many thousands; the books have them
    if expected:
        attendance = attending.attend(lines, ledger, due=expected.due, year=expected.year)
        attending.tell(attendance, ledger, inputs.text(expected.roster), profile)
        ledger = replace(ledger, attendance=attendance, remarks=(*ledger.remarks, attendance.sentence))
    if not ledger.fates["counted"]:
        raise JixiaoError(_nothing(ledger))
    kept = since.place(paths)
    ledger = replace(ledger, since=since.compare(ledger, kept) if remembers else None)
    ledger = publishing.publish(ledger, out, force=force, beside=over, workers=workers)
    if remembers:
        since.remember(ledger, kept)
    return ledger


def _load_ahead() -> None:
    """Load what settling and writing need: of a small merge that is most of the time after its files are read."""
    from jixiao import rules, wording  # noqa: PLC0415 - here it costs no time
    from jixiao.office import worksheets  # noqa: F401, PLC0415 - the same, and the library that writes

    rules.catalogue()
    wording.readings("一")  # brings its dictionary


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


def _listed(path: Path) -> list[dict[str, str]]:
    lines = roster.opened(path)
    if not any(line.get("agency") for line in lines):
        raise UsageError(f"名单“{path.name}”里没有“单位名称”一列，不知道应当由哪些单位报送。请加上这一列。")
    return lines


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
