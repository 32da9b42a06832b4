"""Worker processes: whatever a file does, the others are read, and it is said what happened."""

import io
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from jixiao import merging
from jixiao.errors import JixiaoError
from jixiao.merging import Bounds, Source, find, run
from jixiao.model import Area, Box, Page, Spot
from jixiao.office import writing
from jixiao.office.limits import Limits

HTML = "<html><body><table><tr><td>项目名称</td></tr></table></body></html>".encode()


def accounts(folder, **settings):
    found = list(run(find([folder]), **settings))
    return {Path(one.path).name: (one.status, one.code, len(one.documents)) for one in found}


@pytest.fixture
def mixed(send, seed, workbook):
    good = workbook(seed[1], seed[2])
    send("01.xlsx", data=good)
    send("02-损坏.xlsx", data=good[: len(good) // 2])
    send("03-空.xlsx", data=b"")
    send("04-网页.xls", data=HTML)
    send("05.pdf", data=b"%PDF-1.7 ...")
    send("~$01.xlsx", data=b"\x05lock")
    send("照片.jpg", data=b"\xff\xd8\xff\xe0 jpeg")
    send("Thumbs.db", data=b"\xd0\xcf\x11\xe0")
    other = writing.workbook([Page("通讯录", (10,), (Box(Area(0, 0, 0, 0), "姓名", "text"),))])
    send("通讯录.xlsx", data=other)
    send("子/06.xlsx", seed[3])
    return Path(send("01.xlsx", data=good)).parent


EXPECTED = {
    "01.xlsx": ("read", None, 2),
    "02-损坏.xlsx": ("rejected", "damaged", 0),
    "03-空.xlsx": ("rejected", "empty", 0),
    "04-网页.xls": ("rejected", "not_a_spreadsheet", 0),
    "05.pdf": ("rejected", "unsupported_format", 0),
    "06.xlsx": ("read", None, 1),
    "Thumbs.db": ("not_ours", "other_file", 0),
    "~$01.xlsx": ("not_ours", "lock_file", 0),
    "照片.jpg": ("not_ours", "other_file", 0),
    "通讯录.xlsx": ("not_ours", "no_form", 0),
}


@pytest.mark.parametrize("workers", [0, 1, 2])
def test_every_file_has_its_account_whoever_reads_it(mixed, workers):
    assert accounts(mixed, workers=workers) == EXPECTED


def test_the_same_comes_out_of_any_number_of_processes(mixed):
    here, there = (list(run(find([mixed]), workers=number)) for number in (0, 2))
    assert here == there
    assert all(one.reason for one in here if one.status != "read")


def test_progress_counts_every_file(mixed):
    seen = []
    list(run(find([mixed]), workers=0, progress=lambda *told: seen.append(told[:2])))
    assert seen == [(n, 10) for n in range(1, 11)]


def long_table(workbook_bytes, rows, columns):
    """Put very many texts that look like titles into the first sheet: much to read, nothing to find."""
    letters = [Spot(0, column).a1.rstrip("1") for column in range(columns)]
    cell = '<c r="{0}{1}" t="inlineStr"><is><t>项目目标表说明{1}</t></is></c>'
    lines = [
        f'<row r="{row}">{"".join(cell.format(one, row) for one in letters)}</row>'
        for row in range(1, rows + 1)
    ]
    sheet = f"<sheetData>{''.join(lines)}</sheetData>".encode()
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook_bytes)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = old.read(name)
            new.writestr(
                name, re.sub(rb"<sheetData>.*</sheetData>", sheet, part) if "sheet1.xml" in name else part
            )
    return out.getvalue()


def test_a_file_that_takes_too_long_is_given_up_and_the_others_are_read(send, seed):
    """The slow file takes some seconds, an ordinary one some milliseconds: the bound lies far from both."""
    blank = writing.workbook([Page("表", (9,), (Box(Area(0, 0, 0, 0), "说明", "text"),))])
    send("慢.xlsx", data=long_table(blank, 9000, 90))
    for name in ("01.xlsx", "02.xlsx", "甲.xlsx", "乙.xlsx"):
        send(name, seed[1])
    folder = send("03.xlsx", seed[2]).parent
    found = list(run(find([folder]), workers=2, bounds=Bounds(seconds=0.8)))
    assert {Path(one.path).name: one.code for one in found if one.status != "read"} == {
        "慢.xlsx": "too_large"
    }
    assert len(found) == 6
    assert ["超过 0.8 秒" in one.reason for one in found if one.reason] == [True]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot bound a process's memory this way")
def test_a_worker_may_not_take_more_memory_than_it_is_given(send, seed):
    rows = tuple(Box(Area(row, 0, row, 0), row, "number") for row in (0, 90_000))
    wide = tuple(Box(Area(0, column, 0, column), column, "number") for column in range(80))
    send("大.xlsx", data=writing.workbook([Page("表", (9,) * 80, (*wide, rows[1]))]))
    folder = send("小.xlsx", seed[1]).parent
    found = accounts(folder, workers=1, bounds=Bounds(memory=400 << 20, seconds=3))
    assert found == {"大.xlsx": ("rejected", "too_large", 0), "小.xlsx": ("read", None, 1)}


def test_a_file_beyond_the_bound_is_not_opened(send):
    folder = send("大.xlsx", data=b"x" * 3_000_000).parent
    (one,) = run(find([folder]), workers=0, bounds=Bounds(limits=Limits(file=1 << 20)))
    assert (one.status, one.code, one.sha256) == ("rejected", "too_large", None)
    assert "3 MB" in one.reason


def test_a_file_that_vanished_is_said(tmp_path):
    (one,) = run([Source("走了.xlsx", tmp_path / "走了.xlsx")], workers=0)
    assert (one.status, one.code) == ("rejected", "damaged")


def test_a_file_that_is_being_copied_while_it_is_read_is_not_called_damaged(send, seed, workbook):
    whole = workbook(seed[2])
    send("1.xlsx", seed[1])
    path = send("2.xlsx", data=whole[: len(whole) // 2])
    copied = lambda done, *_: path.write_bytes(whole) if done == 1 else None  # noqa: E731 - one expression
    first, second = run(find([path.parent]), workers=0, progress=copied)
    assert (first.status, second.status, second.code) == ("read", "rejected", "locked")
    assert "正在被保存或复制" in second.reason


def test_a_file_that_is_saved_after_it_was_read_says_so(send, seed, workbook):
    send("1.xlsx", seed[1])
    path = send("2.xlsx", seed[2])
    saved = lambda done, *_: path.write_bytes(workbook(seed[3])) if done == 1 else None  # noqa: E731 - as above
    _, second = run(find([path.parent]), workers=0, progress=saved)
    assert second.status == "read"
    assert [one for one in second.remarks if "又被保存过" in one]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user whom permissions bind")
def test_a_file_without_permission_is_locked(send, seed):
    path = send("锁.xlsx", seed[1])
    path.chmod(0)
    assert accounts(path.parent, workers=0) == {"锁.xlsx": ("rejected", "locked", 0)}


def test_the_summary_of_an_earlier_merge_is_not_ours(send, seed):
    folder = send("01.xlsx", seed[1]).parent
    merging.merge([folder], folder / "汇总.xlsx", workers=0)
    assert accounts(folder, workers=0) == {
        "01.xlsx": ("read", None, 1),
        "汇总.xlsx": ("not_ours", "other_file", 0),
    }


def test_a_script_that_does_not_say_where_it_begins_is_told_so(send, seed, tmp_path):
    paths = [str(send("水务局.xlsx", seed[1])), str(tmp_path / "汇总.xlsx")]
    script = tmp_path / "汇总.py"
    lines = (
        "from pathlib import Path",
        "from jixiao import merging",
        f"sent, out = map(Path, {paths})",
        "merging.merge([sent], out, workers=1, remember=False)",
    )
    script.write_text("\n".join(lines), encoding="utf-8")
    done = subprocess.run([sys.executable, script], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert "请把调用写在 if __name__" in done.stderr
    assert not Path(paths[1]).exists()


def test_where_no_process_can_be_started_it_is_said_what_to_do(send, seed, monkeypatch):
    """A machine out of processes, or a program that guards it, refuses."""

    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    file = send("甲.xlsx", seed[1])
    monkeypatch.setattr("multiprocessing.context.SpawnProcess.start", refuse)
    with pytest.raises(JixiaoError, match="--workers 0"):
        list(run(find([file]), workers=1))
