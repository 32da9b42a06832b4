"""An output is whole or not there; a name from a workbook never becomes a path."""

import os
import stat
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.errors import OutputError
from jixiao.office import saving


@given(st.text(max_size=300))
def test_any_text_becomes_a_file_name_that_every_system_accepts(text):
    name = saving.safe_name(text)
    assert name
    assert len(name.encode()) <= 181
    assert not set(name) & set('<>:"/\\|?*\0\n\r\t')
    assert name == name.strip()
    assert not name.endswith(".")
    assert name not in {".", ".."}
    assert saving.safe_name(name) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ("CON", "_CON"),
        ("com1.xlsx", "_com1.xlsx"),
        ("某局/电费：2024", "某局_电费：2024"),
        ("  某局 \n 电费. ", "某局 电费"),
        ("~$项目", "_~$项目"),
        ("\u202e项目", "_项目"),
        ("", "未命名"),
        ("...", "未命名"),
    ],
)
def test_what_a_name_must_not_hold_is_replaced(text, name):
    assert saving.safe_name(text) == name


def test_an_existing_file_is_kept_unless_forced(tmp_path):
    path = tmp_path / "汇总.xlsx"
    saving.save(path, b"first")
    with pytest.raises(OutputError, match="已经存在"):
        saving.save(path, b"second")
    assert path.read_bytes() == b"first"
    saving.save(path, b"second", force=True)
    assert path.read_bytes() == b"second"
    assert [one.name for one in tmp_path.iterdir()] == ["汇总.xlsx"]


def test_a_file_that_came_while_ours_was_written_is_kept_unless_forced(tmp_path):
    out = tmp_path / "汇总.xlsx"
    with pytest.raises(OutputError, match="已经存在"), saving.whole(out) as temporary:  # noqa: PT012 - the writing is the block
        temporary.write_bytes(b"new")
        out.write_bytes(b"theirs")
    assert out.read_bytes() == b"theirs"
    assert len(list(tmp_path.iterdir())) == 1


def test_folders_on_the_way_are_made_and_a_file_on_the_way_is_told(tmp_path):
    saving.save(tmp_path / "甲" / "乙" / "表.xlsx", b"x")
    with pytest.raises(OutputError, match="文件而不是文件夹"):
        saving.save(tmp_path / "甲" / "乙" / "表.xlsx" / "丙.xlsx", b"x")
    with pytest.raises(OutputError, match="文件夹"):
        saving.save(tmp_path / "甲", b"x", force=True)


def test_a_failed_write_leaves_nothing_behind(tmp_path, monkeypatch):
    """The disk fills up just as the file is to take its place: the old one stays, no temporary is left."""
    path = tmp_path / "汇总.xlsx"
    path.write_bytes(b"old")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OutputError, match="磁盘已满"):
        saving.save(path, b"new", force=True)
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["汇总.xlsx"]


def test_what_a_killed_run_left_is_taken_away_an_hour_later_and_no_one_else_s(tmp_path):
    old, young, other = (tmp_path / name for name in (".jixiao-a.tmp", ".jixiao-b.tmp", "c.tmp"))
    for one in (old, young, other):
        one.write_bytes(b"half")
    for one in (old, other):
        os.utime(one, (0, 0))
    saving.save(tmp_path / "汇总.xlsx", b"x")
    assert sorted(one.name for one in tmp_path.iterdir()) == [".jixiao-b.tmp", "c.tmp", "汇总.xlsx"]


@pytest.mark.skipif(os.name != "posix", reason="rights are POSIX")
def test_a_new_file_has_the_rights_of_any_new_file(tmp_path):
    plain = tmp_path / "plain"
    plain.write_bytes(b"")
    saving.save(tmp_path / "表.xlsx", b"x")
    assert stat.S_IMODE((tmp_path / "表.xlsx").stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)


@pytest.mark.skipif(os.name != "posix", reason="rights are POSIX")
def test_files_that_are_written_at_once_have_the_rights_of_any_new_file(tmp_path, monkeypatch):
    asked = os.umask
    monkeypatch.setattr(os, "umask", lambda mask: (asked(mask), time.sleep(0.001))[0])
    plain = tmp_path / "plain"
    plain.write_bytes(b"")
    with ThreadPoolExecutor(8) as hands:
        list(hands.map(lambda n: saving.save(tmp_path / f"{n}.xlsx", b"x"), range(40)))
    (tmp_path / "after").write_bytes(b"")
    assert {one.stat().st_mode for one in tmp_path.iterdir()} == {plain.stat().st_mode}


def test_an_output_that_is_an_input_is_refused(tmp_path):
    path = tmp_path / "表.xlsx"
    path.write_bytes(b"x")
    with pytest.raises(OutputError, match="就是输入文件"):
        saving.check_not_input(tmp_path / "." / "表.xlsx", [path])
