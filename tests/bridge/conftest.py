"""Real bridge processes in a user's folder of their own, and a doorbell that rings as the add-in's VBA does."""

import fcntl
import json
import os
import secrets
import subprocess
import sys
import time

import pytest
import xlwings as xw

from jixiao.bridge import words
from jixiao.bridge.words import Request
from jixiao.office import home, libreoffice
from jixiao.office.libreoffice import process as offices

PATIENCE = 60.0  # seconds; only a broken bridge waits so long
# a whole bridge process but for the button's work, which is to write down who did what
PROCESS = """
import json, os, sys, time
from pathlib import Path
from jixiao.bridge import resident, words
record, gone, pace = Path(sys.argv[1]), Path(sys.argv[2]), json.loads(sys.argv[3])
work = pace.pop("work", 0.0)
def serve(request):
    time.sleep(work)
    with record.open("a", encoding="utf-8") as stream:
        stream.write(f"{os.getpid()} {request.action} {request.place} {request.book}\\n")
resident.enter()
resident.start(words.parse(sys.argv[4:]), serve, lambda place: not gone.exists(), resident.Pace(**pace))
"""


@pytest.fixture(scope="session")
def until():
    """Wait until something is true; it is a failure when it never is."""

    def wait(true):
        ending = time.monotonic() + PATIENCE
        while not true():
            assert time.monotonic() < ending, "it never came true"
            time.sleep(0.01)

    return wait


class Bell:
    """Rings: cold in a process of its own, warm through the resident, or as the VBA decides."""

    def __init__(self, folder, **pace):
        self.record, self.gone = folder / "record.txt", folder / "gone"
        self.pace = {"poll": 0.01, "look": 0.05, "idle": PATIENCE, "linger": 0.2, **pace}
        self.processes = []

    @property
    def served(self):
        """What was done, as (process id, action, book)."""
        if not self.record.exists():
            return []
        lines = [line.split(" ", 3) for line in self.record.read_text(encoding="utf-8").splitlines()]
        return [(int(number), action, book) for number, action, _, book in lines]

    def cold(self, book, action="check_sheet", place="4711"):
        line = words.words(Request(action, place, book)).split()
        command = [sys.executable, "-I", "-c", PROCESS, self.record, self.gone, json.dumps(self.pace), *line]
        self.processes.append(subprocess.Popen(command, cwd="/"))
        return self.processes[-1]

    def warm(self, book, token=None):
        """Lay down a request as JixiaoBridge.bas does; raises FileNotFoundError where there is no token."""
        token = token or (home.folder() / "token.txt").read_text(encoding="ascii")
        path = home.folder() / "requests" / f"{token}-{secrets.token_hex(6)}"
        path.with_suffix(".tmp").write_text(words.words(Request("check_sheet", "4711", book)) + "\r\n")
        path.with_suffix(".tmp").rename(path.with_suffix(".req"))
        return path.with_suffix(".req")

    @staticmethod
    def alive():
        """Whether the lock is held, which is how the VBA decides between warm and cold."""
        try:
            handle = os.open(home.folder() / "resident.lock", os.O_RDWR)
        except FileNotFoundError:
            return False
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(handle)
        return False

    def ring(self, book):
        if self.alive():
            self.warm(book)
        else:
            self.cold(book)

    def over(self):
        """Wait until all processes have ended by themselves, well."""
        for process in self.processes:
            assert process.wait(PATIENCE) == 0

    def close(self):
        for process in self.processes:
            process.kill()
            process.wait()


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A user's own folder for this test, also for the processes it starts."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return home.folder()


@pytest.fixture
def bell(own, tmp_path):  # noqa: ARG001 - its processes live in that folder
    bells = []

    def make(**pace):
        bells.append(Bell(tmp_path, **pace))
        return bells[-1]

    yield make
    for one in bells:
        one.close()


@pytest.fixture
def log(own):
    def read():
        path = own / "jixiao.log"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    return read


class RunningOffice:
    """A LibreOffice of this test's own, as the bridge meets one: by the name of its pipe."""

    def __init__(self, *, macros=False):
        libreoffice.register()
        self.app = xw.App(
            impl=libreoffice.register().impl.apps._take(offices.start(headless=True, macros=macros))
        )
        self.pipe = self.app.impl.office.own.pipe
        self.place = f"pipe:{self.pipe}"


@pytest.fixture(scope="session")
def new_office():
    """Start offices of our own; those that a test leaves running end with the session."""
    made = []

    def make(**settings):
        made.append(RunningOffice(**settings))
        return made[-1]

    yield make
    for one in made:
        one.app.kill()


@pytest.fixture(scope="session")
def office(new_office):
    return new_office()
