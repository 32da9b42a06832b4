"""How the workbooks of a merge reach the disk: by whom, in what order, and what stays when that fails."""

import errno
import os
import time
from concurrent.futures import BrokenExecutor, Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from jixiao import merging
from jixiao.errors import OutputError
from jixiao.merging import front, processes, publishing, summary


def test_after_a_run_that_was_killed_among_the_forms_the_next_one_goes_on(
    send, seed, changed, tmp_path, monkeypatch
):
    """What a finished merge left is not touched so: somebody may only have renamed its summary."""
    monkeypatch.chdir(tmp_path)
    tables = [changed(seed[1], agency=f"第{n}局", department=f"第{n}局") for n in range(51)]
    send("甲.xlsx", *({**one, "sheet": f"表{n}"} for n, one in enumerate(tables)))

    def killed(hands):
        finish(hands)
        raise SystemError("killed")

    with monkeypatch.context() as patched:
        finish = publishing._Hands.finish
        patched.setattr(publishing._Hands, "finish", killed)
        patched.setattr(publishing, "_take_back", lambda *_: None)  # nobody is left to do it
        with pytest.raises(SystemError):
            merging.merge([Path("报送")], Path("汇总.xlsx"), workers=0)
    assert not Path("汇总.xlsx").exists()
    ledger = merging.merge([Path("报送"), Path()], Path("汇总.xlsx"), workers=0)
    assert [one.path for one in ledger.files] == ["报送/甲.xlsx"]
    assert len(list(Path("汇总_整体").iterdir())) == 51
    Path("汇总.xlsx").rename("汇总-定稿.xlsx")
    with pytest.raises(OutputError, match="已经存在"):
        merging.merge([Path("报送")], Path("汇总.xlsx"), workers=0)


def _unwritten(folder, begun):
    """Return thirty unit forms of which the first cannot be written, and a summary."""

    def draw(number):
        begun.append(number)
        if not number:
            raise OutputError("占用")
        time.sleep(0.1)
        return [front.guide()]

    units = (summary.Workbook(folder / f"{n}.xlsx", partial(draw, n), "") for n in range(30))
    whole = summary.Workbook(folder / "汇总.xlsx", lambda: [front.guide()], "")
    return summary.Workbooks(units, 30, whole)


def test_after_a_form_that_cannot_be_written_no_further_one_is_begun(tmp_path):
    """Who has one of them open, or presses Ctrl-C, does not wait for those that are only in the queue."""
    begun, written = [], []
    with pytest.raises(OutputError):
        publishing._write(_unwritten(tmp_path, begun), written, force=True, beside=True, workers=0)
    assert len(begun) <= publishing._HANDS + 1
    assert not (tmp_path / "汇总.xlsx").exists()
    assert {one.name for one in tmp_path.iterdir()} <= {one.name for one in written}


@pytest.fixture
def _sixty_agencies(send, seed, changed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    tables = [changed(seed[1], agency=f"第{n}局", department=f"第{n}局") for n in range(60)]
    send("甲.xlsx", *({**one, "sheet": f"表{n}"} for n, one in enumerate(tables)))
    monkeypatch.setattr(publishing, "_WORTH_PROCESSES", 51)


def _forms(folder):
    return {one.name: one.read_bytes() for one in Path(folder).iterdir()}


@pytest.mark.usefixtures("_sixty_agencies")
def test_unit_forms_are_the_same_whether_this_process_writes_them_or_others_do():
    merging.merge([Path("报送")], Path("汇总.xlsx"), workers=0)
    alone = _forms("汇总_整体")
    merging.merge([Path("报送")], Path("汇总.xlsx"), workers=2, force=True)
    assert len(alone) == 60
    assert _forms("汇总_整体") == alone


@pytest.mark.usefixtures("_sixty_agencies")
def test_of_unit_forms_whose_processes_die_none_is_missing(monkeypatch):
    """A process that the system has ended, for want of memory, or a scanner of viruses."""
    began = processes.start

    def dying(*words):
        executor = began(*words)
        executor.submit(os._exit, 1)
        return executor

    merging.merge([Path("报送")], Path("汇总.xlsx"), workers=0)
    alone = _forms("汇总_整体")
    monkeypatch.setattr(processes, "start", dying)
    merging.merge([Path("报送")], Path("汇总.xlsx"), workers=2, force=True)
    assert _forms("汇总_整体") == alone


def _written_twice(*_):
    """Return an executor that takes a task and then cannot start its second process."""
    executor = ThreadPoolExecutor(1)
    take = executor.submit

    def submit(*task, **words):
        take(*task, **words).result()
        raise BlockingIOError(errno.EAGAIN, "no more processes")

    executor.submit = submit
    return executor


def test_where_no_second_process_can_be_started_what_the_first_wrote_is_in_nobody_s_way(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(processes, "start", _written_twice)
    units = (summary.Workbook(tmp_path / f"{n}.xlsx", lambda: [front.guide()], "") for n in range(30))
    whole = summary.Workbook(tmp_path / "汇总.xlsx", lambda: [front.guide()], "")
    publishing._write(
        summary.Workbooks(units, publishing._WORTH_PROCESSES, whole), [], force=False, beside=False, workers=2
    )
    assert len(list(tmp_path.iterdir())) == 31


def test_however_many_processes_are_allowed_few_write_unit_forms(tmp_path, monkeypatch):
    """Windows takes 61 at most, and raises where more are asked for."""
    begun = []
    monkeypatch.setattr(processes, "start", lambda count, *_: begun.append(count) or ThreadPoolExecutor(1))
    units = (summary.Workbook(tmp_path / f"{n}.xlsx", lambda: [front.guide()], "") for n in range(3))
    whole = summary.Workbook(tmp_path / "汇总.xlsx", lambda: [front.guide()], "")
    publishing._write(
        summary.Workbooks(units, publishing._WORTH_PROCESSES, whole),
        [],
        force=False,
        beside=False,
        workers=100,
    )
    assert begun == [publishing._MOST_PROCESSES]


def test_what_a_dead_process_may_have_written_is_known_where_the_rest_fails(tmp_path, monkeypatch):
    """Else it stays, and is in the way of the next run."""

    def broken(*_):
        executor = ThreadPoolExecutor(1)
        executor.submit = lambda *_, **__: future
        return executor

    future = Future()
    future.set_exception(BrokenExecutor())
    monkeypatch.setattr(processes, "start", broken)
    written = []
    books = _unwritten(tmp_path, [])._replace(apart=publishing._WORTH_PROCESSES)
    with pytest.raises(OutputError):
        publishing._write(books, written, force=False, beside=False, workers=1)
    assert {tmp_path / f"{n}.xlsx" for n in range(publishing._AT_A_TIME)} <= {*written}


@pytest.mark.usefixtures("_sixty_agencies")
def test_a_folder_that_was_there_before_a_run_that_failed_is_still_replaced_only_when_told(monkeypatch):
    """Somebody else's workbooks may lie in it."""
    Path("汇总_整体").mkdir()
    Path("汇总_整体/整体_第7局.xlsx").write_text("我的")
    with monkeypatch.context() as patched:
        patched.setattr(publishing, "_write", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            merging.merge([Path("报送")], Path("汇总.xlsx"), workers=0, force=True)
    with pytest.raises(OutputError, match="已经存在"):
        merging.merge([Path("报送")], Path("汇总.xlsx"), workers=0)
    assert Path("汇总_整体/整体_第7局.xlsx").read_text() == "我的"


@pytest.mark.usefixtures("_sixty_agencies")
def test_who_goes_on_after_a_killed_run_does_not_replace_a_summary_that_came_meanwhile(monkeypatch):
    """A clerk who starts it twice: the first has its summary when the second comes to its own."""
    Path("汇总_整体").mkdir()
    publishing._begun(Path("汇总.xlsx")).touch()
    finish = publishing._Hands.finish

    def meanwhile(hands):
        finish(hands)
        Path("汇总.xlsx").write_text("先写好的")

    monkeypatch.setattr(publishing._Hands, "finish", meanwhile)
    with pytest.raises(OutputError, match="已经存在"):
        merging.merge([Path("报送")], Path("汇总.xlsx"), workers=0)
    assert Path("汇总.xlsx").read_text() == "先写好的"


@pytest.mark.usefixtures("_sixty_agencies")
def test_a_mark_of_a_run_under_way_that_somebody_holds_does_not_undo_a_finished_one(monkeypatch):
    unlink = Path.unlink

    def held(path, *, missing_ok=False):
        if path.name == publishing._begun(Path("汇总.xlsx")).name:
            raise PermissionError(errno.EACCES, "held")
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", held)
    merging.merge([Path("报送")], Path("汇总.xlsx"), workers=0)
    assert Path("汇总.xlsx").exists()
