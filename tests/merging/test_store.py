"""What merging remembers: only what changed is read again, and a store that is damaged, foreign or shared harms nobody."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from jixiao import merging
from jixiao.merging import extract, extracting, records, running, store
from jixiao.merging.store import NAME, Store
from jixiao.office.limits import Limits
from jixiao.rules import profiles


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME", str(tmp_path / "cache"))
    return store.folder()


@pytest.fixture
def reads(monkeypatch):
    """The names of the files that were really read, in this process."""
    seen = []

    def counted(name, data, *terms):
        seen.append(Path(name).name)
        return extract(name, data, *terms)

    monkeypatch.setattr(running, "extract", counted)
    return seen


def merge(tmp_path, **settings):
    ledger = merging.merge([tmp_path / "报送"], tmp_path / "汇总.xlsx", force=True, workers=0, **settings)
    return merging.merge_report(ledger)


def test_a_second_run_reads_only_what_changed(send, seed, changed, tmp_path, reads):
    for number in range(1, 6):
        send(f"{number}.xlsx", seed[number])
    send("网页.xls", data=b"<html><table></table></html>")
    first = merge(tmp_path)
    assert len(reads) == 6
    reads.clear()
    assert merge(tmp_path) == first
    assert reads == []
    send("3.xlsx", changed(seed[3], goals=["改过的目标"]))
    second = merge(tmp_path)
    assert reads == ["3.xlsx"]
    assert second == merge(tmp_path, remember=False)
    assert len(reads) == 7


def test_a_renamed_file_is_known_and_keeps_its_new_name(send, seed, tmp_path, reads):
    path = send("甲.xlsx", seed[1])
    merge(tmp_path)
    path.rename(path.with_name("乙.xlsx"))
    assert merge(tmp_path)["sources"][0]["path"].endswith("乙.xlsx")
    assert reads == ["甲.xlsx"]


def test_another_version_of_forms_or_rules_reads_anew(send, seed, tmp_path, reads, monkeypatch):
    send("甲.xlsx", seed[1])
    merge(tmp_path)
    monkeypatch.setattr(store, "version", lambda: "another")
    merge(tmp_path)
    assert len(reads) == 2


def test_what_another_profile_checked_is_not_taken_over(send, seed, tmp_path, reads):
    send("甲.xlsx", seed[1])
    review = profiles.find("review")
    first = merge(tmp_path)
    other = merge(tmp_path, profile=review)
    assert len(reads) == 2
    assert other == merge(tmp_path, profile=review, remember=False)
    assert len(reads) == 3
    assert (merge(tmp_path), merge(tmp_path, profile=review)) == (first, other)
    assert len(reads) == 3


def test_the_version_is_that_of_all_sources_forms_and_schemas(tmp_path):
    """A copy of the package says the same; with one letter more in a rule, a form or a schema something else."""
    top = Path(store.__file__).parents[3]
    copy = tmp_path / "site"
    for name, place in (
        ("addin/jixiao", "jixiao"),
        ("templates", "jixiao/templates"),
        ("schema", "jixiao/schema"),
    ):
        subprocess.run([sys.executable, "-c", "import shutil, sys; shutil.copytree(*sys.argv[1:], dirs_exist_ok=True)", top / name, copy / place], check=True)  # fmt: skip
    ask = [sys.executable, "-c", "from jixiao.merging import store; print(store.version())"]

    def version():
        done = subprocess.run(
            ask, capture_output=True, check=True, env={**os.environ, "PYTHONPATH": str(copy)}
        )
        return done.stdout

    told = {version()}
    for pattern in ("rules/fi01*.py", "templates/*.toml", "schema/common.json"):
        path = next((copy / "jixiao").glob(pattern))
        path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        told.add(version())
    assert len(told) == 4


def test_what_only_a_limit_stopped_is_tried_again(send, seed):
    send("甲.xlsx", seed[1])
    folder = send("大.xlsx", data=b"x" * 2_000_000).parent
    found = merging.find([folder])
    list(running.send(found, workers=0, bounds=merging.Bounds(limits=Limits(file=1 << 20)), store=Store()))
    assert store.state()[2] == 1
    (big, _) = running.send(found, workers=0, store=Store())
    assert big.record.head["code"] != "too_large"


def test_a_file_at_which_something_unforeseen_happened_is_tried_again(send, seed, tmp_path, monkeypatch):
    """Too many open files, a dictionary that would not load: nothing of it is the file's fault."""
    send("甲.xlsx", seed[1])
    send("乙.xlsx", seed[2])
    ours = extracting._read

    def failing(name, *terms):
        if Path(name).name == "甲.xlsx":
            raise OSError(24, "too many open files")
        return ours(name, *terms)

    monkeypatch.setattr(extracting, "_read", failing)
    assert merge(tmp_path)["balance"]["rejected"] == 1
    monkeypatch.setattr(extracting, "_read", ours)
    assert merge(tmp_path)["balance"]["rejected"] == 0


def test_a_broken_file_is_remembered(send, seed, tmp_path, reads):
    send("甲.xlsx", seed[1])
    send("坏.xlsx", data=b"PK\x03\x04 broken")
    first = merge(tmp_path)
    assert merge(tmp_path) == first
    assert sorted(reads) == ["坏.xlsx", "甲.xlsx"]


@pytest.mark.skipif(os.name == "nt", reason="rights are inherited from the user's folder there")
def test_only_the_user_can_read_it(send, seed, tmp_path, home):
    send("甲.xlsx", seed[1])
    merge(tmp_path)
    assert home.stat().st_mode & 0o777 == 0o700
    assert (home / NAME).stat().st_mode & 0o777 == 0o600
    home.chmod(0o755)
    merge(tmp_path)
    assert home.stat().st_mode & 0o777 == 0o700


def zeros(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 3 : -10] = bytes(len(data) - 10 - len(data) // 3)
    path.write_bytes(data)


def other_tables(path):
    path.unlink()
    with sqlite3.connect(path) as base:
        base.execute("CREATE TABLE bookmark (url)")
    base.close()


def a_trigger(path):
    with sqlite3.connect(path) as base:
        base.execute("CREATE TRIGGER trap AFTER INSERT ON record BEGIN DELETE FROM record; END")
    base.close()


def other_bytes(path):
    with sqlite3.connect(path) as base:
        base.execute("UPDATE record SET data = ?", (b"\x80\x04cos\nsystem\n(S'touch x'\ntR.",))
    base.close()


DAMAGE = {
    "zeros": zeros,
    "text": lambda path: path.write_text("this is no database, and long enough to be looked at" * 99),
    "empty": lambda path: path.write_bytes(b""),
    "another program's": other_tables,
    "a trigger": a_trigger,
    "other bytes": other_bytes,
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_damaged_or_foreign_store_is_noticed_and_rebuilt(send, seed, tmp_path, reads, kind):
    for number in range(1, 8):
        send(f"{number}.xlsx", seed[number])
    first = merge(tmp_path)
    DAMAGE[kind](store.folder() / NAME)
    assert merge(tmp_path) == first
    reads.clear()
    assert merge(tmp_path) == first
    assert reads == []


def test_a_record_of_another_s_making_is_not_believed(send, seed, tmp_path, reads):
    """Its checksum is right, and what it holds is no table: all is read again, and the store begins anew."""
    send("甲.xlsx", seed[1])
    first = merge(tmp_path)
    known = Store()
    key = known.key((tmp_path / "报送" / "甲.xlsx").read_bytes(), "甲.xlsx")
    kept = known.get(key)
    known.put(key, records.Record(kept.head, kept.slips, (b"trap",)))
    known.close()
    assert merge(tmp_path) == first
    assert len(reads) == 2


def test_a_folder_that_cannot_hold_it_only_makes_merging_slow(send, seed, tmp_path, home):
    send("甲.xlsx", seed[1])
    home.parent.mkdir(parents=True)
    home.write_text("a file where the folder should be")
    assert merge(tmp_path)["balance"]["merged"] == 1
    assert store.state(home)[1:] == (0, 0)


def test_the_oldest_go_where_it_grows_too_large(tmp_path, workbook, seed, monkeypatch):
    one = records.record(extract("甲.xlsx", workbook(*seed)))
    moment = iter(range(10_000))
    monkeypatch.setattr(store.time, "time", lambda: next(moment))
    for number in range(0, 120, 20):
        known = Store(tmp_path / "home", most=600_000)
        for key in range(number, number + 20):
            known.put(bytes([key]), one)
        known.close()
    _, size, count = store.state(tmp_path / "home")
    assert size <= 600_000
    assert 0 < count < 120
    known = Store(tmp_path / "home")
    assert known.get(bytes([119])) == one
    assert known.get(bytes([0])) is None
    known.close()


MERGE = """
import sys
from pathlib import Path
from jixiao import merging
merging.merge([Path(sys.argv[1])], Path(sys.argv[2]), force=True, workers=int(sys.argv[3]))
"""


def start(folder, out, workers=0):
    return subprocess.Popen([sys.executable, "-c", MERGE, str(folder), str(out), str(workers)])


def test_merges_at_once_do_not_harm_each_other(send, seed, tmp_path, home, reads):
    for number in range(24):
        send(f"{number:02}.xlsx", {**seed[1], "sheet": f"表{number}"})
    folder = tmp_path / "报送"
    outs = [tmp_path / f"{n}.xlsx" for n in range(3)]
    under_way = [start(folder, out) for out in outs]
    assert [one.wait() for one in under_way] == [0, 0, 0]
    assert len({out.read_bytes() for out in outs}) == 1
    merge(tmp_path)
    assert reads == []
    with sqlite3.connect(home / NAME) as base:
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    base.close()


def test_clearing_while_another_merges_harms_nobody(send, seed, tmp_path):
    for number in range(24):
        send(f"{number:02}.xlsx", {**seed[1], "sheet": f"表{number}"})
    under_way = start(tmp_path / "报送", tmp_path / "一.xlsx")
    while under_way.poll() is None:
        store.clear()
        time.sleep(0.02)
    assert under_way.returncode == 0
    assert merge(tmp_path)["balance"]["files"] == 24


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is a POSIX signal")
def test_after_a_kill_the_next_run_continues(send, seed, tmp_path, reads):
    for number in range(90):
        send(f"{number:03}.xlsx", {**seed[1], "sheet": f"表{number}"})
    under_way = start(tmp_path / "报送", tmp_path / "一.xlsx")
    while store.state()[2] < 32 and under_way.poll() is None:
        time.sleep(0.02)
    under_way.send_signal(signal.SIGKILL)
    assert under_way.wait() == -signal.SIGKILL
    kept = store.state()[2]
    assert merge(tmp_path)["balance"]["files"] == 90
    assert len(reads) == 90 - kept
    assert not (tmp_path / "一.xlsx").exists()


@pytest.mark.parametrize(
    ("platform", "environment", "place"),
    [
        ("win32", {"LOCALAPPDATA": "/x/Local"}, "/x/Local/jixiao/cache"),
        ("win32", {}, "/home/u/AppData/Local/jixiao/cache"),
        ("darwin", {"XDG_CACHE_HOME": "/c"}, "/home/u/Library/Caches/jixiao"),
        ("linux", {}, "/home/u/.cache/jixiao"),
        ("linux", {"XDG_CACHE_HOME": "/c"}, "/c/jixiao"),
        ("linux", {"XDG_CACHE_HOME": "relative"}, "/home/u/.cache/jixiao"),
    ],
)
def test_it_lies_where_the_platform_keeps_such_things(platform, environment, place):
    assert store.place(platform, environment, Path("/home/u")).as_posix() == place
