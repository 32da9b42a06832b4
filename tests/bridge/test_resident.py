"""No click is lost and none is done twice: real processes, started at once, ending early, killed."""

import random
import signal
import subprocess
import sys
import time

import pytest

from jixiao import install
from jixiao.bridge import post, resident, words
from jixiao.bridge.words import Request
from jixiao.errors import JixiaoError
from jixiao.office import home


def books(bell):
    return sorted(book for _, _, book in bell.served)


def test_cold_starts_at_once_are_all_served_by_one_process(bell, until):
    ring = bell()
    names = [f"簿{number:02}" for number in range(8)]
    for name in names:
        ring.cold(name)
    until(lambda: len(ring.served) >= len(names))
    ring.gone.touch()
    ring.over()
    assert books(ring) == names
    assert len({number for number, _, _ in ring.served}) == 1


def test_clicks_are_done_in_their_order_while_the_first_one_works(bell, until):
    ring = bell(work=0.1)
    ring.cold("簿0")
    until((home.folder() / "token.txt").exists)
    names = [f"簿{number}" for number in range(1, 5)]
    for name in names:
        ring.warm(name)
        time.sleep(0.02)
    until(lambda: len(ring.served) == 5)
    assert [book for _, _, book in ring.served] == ["簿0", *names]


@pytest.mark.parametrize("seed", range(3))
def test_no_click_is_lost_while_residents_end_and_begin(bell, until, seed):
    """Residents that end after a moment of idleness, and clicks that come at every moment of their lives."""
    ring = bell(idle=0.15, poll=0.005)
    chance = random.Random(seed)
    names = [f"簿{number:03}" for number in range(60)]
    for name in names:
        try:
            ring.ring(name)
        except FileNotFoundError:  # a resident that has its lock, and not yet its token
            ring.cold(name)
        time.sleep(chance.choice((0, 0.01, 0.15, 0.2)))
    until(lambda: len(ring.served) >= len(names))
    ring.over()
    assert books(ring) == names
    assert len({number for number, _, _ in ring.served}) > 1  # several residents have come and gone


def test_cold_starts_that_meet_a_resident_at_its_end_are_served_once(bell):
    ring = bell(idle=0.05, poll=0.005, linger=0.05)
    names = [f"簿{number:02}" for number in range(24)]
    for name in names:
        ring.cold(name)
        time.sleep(0.04)
    ring.over()
    assert books(ring) == names


def test_a_killed_resident_leaves_nothing_that_stops_the_next_click(bell, until):
    ring = bell()
    first = ring.cold("簿1")
    until(lambda: ring.served)
    first.send_signal(signal.SIGKILL)
    first.wait()
    ring.processes.clear()
    assert (home.folder() / "token.txt").exists()
    assert not ring.alive()
    ring.warm("簿2")  # rung in the moment before it died
    ring.cold("簿3")
    until(lambda: len(ring.served) == 3)
    assert books(ring) == ["簿1", "簿2", "簿3"]


def test_a_request_handed_to_one_that_dies_is_done_by_the_one_that_waited(bell, until):
    ring = bell(work=1.0)
    first = ring.cold("簿1")
    until((home.folder() / "token.txt").exists)
    ring.cold("簿2")
    until(lambda: list((home.folder() / "requests").glob("*.req")))
    first.send_signal(signal.SIGKILL)
    first.wait()
    ring.processes.remove(first)
    until(lambda: ring.served)
    assert books(ring) == ["簿2"]


@pytest.mark.parametrize("end", ["its program is gone", "nobody clicks", "its token is taken away"])
def test_a_resident_ends_by_itself_and_leaves_neither_token_nor_lock(bell, until, end):
    ring = bell(idle=0.1 if end == "nobody clicks" else 60.0)
    process = ring.cold("簿1")
    until(lambda: ring.served)
    if end == "its program is gone":
        ring.gone.touch()
    elif end == "its token is taken away":
        (home.folder() / "token.txt").unlink()
    assert process.wait(60) == 0
    assert not (home.folder() / "token.txt").exists()
    assert not (home.folder() / "resident.lock").exists()
    assert not list((home.folder() / "requests").iterdir())


def test_uninstalling_ends_the_resident_before_its_python_is_removed(bell, until, own, tmp_path):
    ring = bell()
    process = ring.cold("簿1")
    until(lambda: ring.served)
    install.uninstall(folder=tmp_path)
    assert not (own / "resident.lock").exists()
    assert process.wait(60) == 0


def test_a_resident_stays_while_one_of_its_programs_is_there(bell, until):
    ring = bell()
    process = ring.cold("簿1")
    until(lambda: ring.served)
    ring.warm("簿2")
    until(lambda: len(ring.served) == 2)
    assert process.poll() is None
    assert {number for number, _, _ in ring.served} == {process.pid}


def test_each_resident_has_a_new_token_of_256_bits(bell, until):
    ring, seen = bell(), set()
    for number in range(3):
        ring.gone.unlink(missing_ok=True)
        ring.cold(f"簿{number}")
        until(lambda: len(ring.served) > len(seen))
        seen.add(post.token())
        ring.gone.touch()
        ring.over()
    assert len(seen) == 3
    assert all(len(token) == 64 for token in seen)


def litter(own):
    """Files that are no request of this user's, by what is wrong with them."""
    token = post.token()
    folder = own / "requests"
    good = words.words(Request("about", "4711", None))
    files = {
        "foreign token": (f"{'0' * 64}-1.req", good),
        "no token": ("1.req", good),
        "token cut short": (f"{token[:-1]}-1.req", good),
        "unknown action": (f"{token}-1.req", "shutdown 4711 -"),
        "code": (f"{token}-2.req", "__import__('os') 4711 -"),
        "a fourth word": (f"{token}-3.req", f"{good} more"),
        "too long": (f"{token}-4.req", "about 4711 " + "8868" * 5000),
        "not ascii": (f"{token}-5.req", "关于 4711 -"),
        "empty": (f"{token}-6.req", ""),
    }
    for name, text in files.values():
        (folder / f"{name}.tmp").write_text(text, encoding="utf-8")
        (folder / f"{name}.tmp").rename(folder / name)
    (own / "elsewhere").write_text(good, encoding="ascii")
    (folder / f"{token}-7.req").symlink_to(own / "elsewhere")
    return len(files) + 1


def test_what_is_no_request_is_removed_noted_without_contents_and_never_done(bell, until, own, log):
    ring = bell()
    ring.cold("簿1")
    until(lambda: ring.served)
    count = litter(own)
    until(lambda: log().count("no request of this user") == count)
    ring.warm("簿2")
    until(lambda: len(ring.served) == 2)
    assert books(ring) == ["簿1", "簿2"]
    assert not list((own / "requests").iterdir())
    for content in ("shutdown", "__import__", "关于", post.token()[:16], "8868"):
        assert content not in log()


def test_of_too_many_requests_the_oldest_are_done_and_the_others_dropped(bell, own, log):
    ring, token = bell(), post.new_token()
    names = [f"簿{number:03}" for number in range(post.MOST + 10)]
    for name in names:
        ring.warm(name)
    assert [request.book for request in post.take(token)] == names[: post.MOST]
    assert log().count("more than 64 were waiting") == 10
    assert not list((own / "requests").iterdir())


def test_only_this_user_can_look_into_the_folder(bell, until, own):
    own.mkdir(parents=True, mode=0o755)
    ring = bell()
    ring.cold("簿1")
    until(lambda: ring.served)
    assert own.stat().st_mode & 0o777 == 0o700
    assert (own / "requests").stat().st_mode & 0o777 == 0o700
    assert (own / "token.txt").stat().st_mode & 0o777 == 0o600


def test_a_folder_that_leads_elsewhere_is_not_used(own, tmp_path):
    (tmp_path / "theirs").mkdir()
    own.parent.mkdir()
    own.symlink_to(tmp_path / "theirs")
    with pytest.raises(JixiaoError, match="不是当前用户自己的文件夹"):
        home.ready()
    assert not list((tmp_path / "theirs").iterdir())


def test_a_lock_held_by_something_that_is_no_resident_ends_in_a_sentence(own):
    home.ready()
    held = resident.lock.take(own / "resident.lock")
    assert held
    with pytest.raises(JixiaoError, match="点击没有送到"):
        resident.start(Request("about", "4711", None), print, lambda _: True, resident.Pace(patience=0.1))
    held.release()


def test_without_isolation_nothing_is_done(own, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "jixiao.bridge", "about", "pipe:nobody", "-"],
        cwd=tmp_path, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "没有用隔离方式启动" in done.stderr
    assert not (own / "token.txt").exists()
