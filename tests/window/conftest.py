"""A LibreOffice that a person would see, with our toolbar in it; where it cannot be had these tests fail, they do not skip."""

import contextlib
import os
import subprocess
import sys
import tempfile
import time
import uuid
from dataclasses import dataclass
from pathlib import Path

import pytest

from jixiao import demo
from jixiao.office import libreoffice
from jixiao.office.libreoffice.border import properties, refusal
from jixiao.office.libreoffice.process import AGAIN, program

NOBODY = 65534
PATIENCE = 180  # seconds for what a slow machine may take; no test passes or fails by being fast
BAR = "private:resource/toolbar/addon_cn.jixiao.toolbar"
# LibreOffice takes an extension for one user from anybody but root; imports first, since nobody may not read our Python
# (`socket` is what LibreOffice's `uno` imports)
ACT = """
import os, socket, sys
from jixiao import install, oxt
from jixiao.install import calc
oxt.build(), "".encode("utf-16-le")
if os.geteuid() == 0:
    os.setgid({nobody}), os.setuid({nobody})
print(*install.{act}(), sep="\\n")
"""


def until(ask, what):
    """Return the first true answer."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = ask()
        if found:
            return found
        time.sleep(0.1)
    pytest.fail(f"{what} did not happen in {PATIENCE} seconds")


def _act_as_user(environment, act):
    """Install or uninstall the toolbar in a user's folder, as that user does."""
    return subprocess.run(
        [sys.executable, "-c", ACT.format(nobody=NOBODY, act=act)],
        env=environment,
        cwd=environment["HOME"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@contextlib.contextmanager
def user(screen):
    """Yield the environment of a user with a folder of their own, in which the toolbar was installed."""
    with tempfile.TemporaryDirectory(prefix="jixiao-window-") as folder:
        scratch = Path(folder) / "tmp"
        scratch.mkdir()
        if os.geteuid() == 0:
            os.chown(folder, NOBODY, NOBODY)
            os.chown(scratch, NOBODY, NOBODY)
        environment = {
            "HOME": folder,
            "TMPDIR": str(scratch),  # the office leaves folders there
            "XDG_STATE_HOME": f"{folder}/state",
            "PATH": "/usr/bin:/bin",  # the office's own Python looks for itself here, and must not find another
            "DISPLAY": screen,
            "SAL_USE_VCLPLUGIN": "gen",
            "LC_ALL": "C.UTF-8",
        }
        done = _act_as_user(environment, "libreoffice")
        assert not done.returncode, done.stderr
        assert "工具栏已装进 LibreOffice（本用户）" in done.stdout
        yield environment
        # what still runs writes into the folder while it is taken away
        until(lambda: not _running(folder), f"the end of what runs in {folder}")


def _running(folder):
    """Return the processes of the user whose folder this is."""
    found = []
    for one in Path("/proc").glob("[0-9]*/environ"):
        with contextlib.suppress(OSError):  # it ends just now
            if f"HOME={folder}".encode() in one.read_bytes().split(b"\0"):
                found.append(one.parent.name)
    return found


@pytest.fixture(scope="session")
def home(screen):
    """The environment of a user who has the toolbar."""
    with user(screen) as environment:
        folder = Path(environment["HOME"])
        if os.geteuid() == 0:
            for path in (folder, *folder.rglob("*")):
                os.lchown(path, 0, 0)
        yield environment
        # whom the clicks have started ends by itself, soon after the last office
        kept = folder / "state" / "jixiao"
        until(
            lambda: not ((kept / "resident.lock").exists() or (kept / "token.txt").exists()),
            "the resident's end",
        )


@pytest.fixture
def act_as_user():
    return _act_as_user


@pytest.fixture
def another(screen):
    """The environment of another user who has the toolbar, and no window open."""
    with user(screen) as environment:
        yield environment


@dataclass
class Window:
    """An office with its window: what a test does in it, and what it sees."""

    app: object
    office: subprocess.Popen
    keys: object
    environment: dict
    until = staticmethod(until)

    @property
    def book(self):
        return self.app.books.active

    def _bar(self):
        """Return what a screen reader finds on our toolbar; that of the sheet is never walked, it has millions of cells."""
        frame = self.book.api.getCurrentController().getFrame()
        bar = frame.LayoutManager.getElement(BAR).getRealInterface().getAccessibleContext()
        return [
            bar.getAccessibleChild(one).getAccessibleContext() for one in range(bar.getAccessibleChildCount())
        ]

    def labels(self):
        """Return what stands on the buttons of our toolbar, from left to right."""
        return [one.getAccessibleName() for one in self._bar() if one.getAccessibleName()]

    def selected(self):
        return self.app.selection.get_address(row_absolute=False, column_absolute=False)

    def point(self, label):
        """Put the mouse on a button of our toolbar."""
        found = next(one for one in self._bar() if one.getAccessibleName() == label)
        at, size = found.getLocationOnScreen(), found.getSize()
        self.keys.call("mousemove", str(at.X + size.Width // 2), str(at.Y + size.Height // 2), "sleep", "0.2")

    def click(self, label, *answers):
        """Click a button, answer its questions (title, keys …), and return what it says in the end.

        A question that does not come is one before it that a stray key has cancelled: the button is clicked once more.
        """
        try:
            self._asked(label, answers)
        except TimeoutError:
            self._asked(label, answers)
        said = until(self._sentence, f"the answer to {label}")
        self.keys("^绩效目标$", "Return")
        return said

    def _asked(self, label, answers):
        self.point(label)
        self.keys.call("click", "1")
        for title, *pressed in answers:
            self.keys(title, *pressed)

    def _sentence(self):
        """Return the text of our message box, as a screen reader would say it."""
        toolkit = self.app.impl.office.create("com.sun.star.awt.Toolkit")
        for number in range(toolkit.getTopWindowCount()):
            with contextlib.suppress(refusal(), AttributeError):  # it closes, or is only just made
                box = toolkit.getTopWindow(number).getAccessibleContext()
                if box.getAccessibleName() == "绩效目标":
                    parts = [box.getAccessibleChild(one) for one in range(box.getAccessibleChildCount())]
                    texts = [one.getAccessibleContext().getAccessibleName() for one in parts]
                    return max(texts, key=len, default="")
        return ""

    def ends(self):
        """Close the office as a person does who wants nothing saved, and return its exit code."""
        for book in self.app.books:
            book.api.setModified(False)
        self.app.api.terminate()
        return self.office.wait(PATIENCE)

    def picture(self, path):
        """Take a picture of the whole screen."""
        subprocess.run(["import", "-window", "root", str(path)], env=self.environment, check=True)

    def saved(self, path):
        """Save a copy of the workbook in front as it is now."""
        self.book.impl.document.uno.storeToURL(
            Path(path).as_uri(), properties(FilterName="Calc MS Excel 2007 XML")
        )
        return path


@pytest.fixture
def window(home, keys, tmp_path):
    """Return `window(file)`: an office that shows this workbook, and ends with the test."""
    with contextlib.ExitStack() as stack:

        def act(path):
            pipe = f"jixiao-test-{uuid.uuid4().hex}"
            command = [str(program()), "--norestore", "--nologo", "--nofirststartwizard"]
            command += [f"--accept=pipe,name={pipe};urp;", str(path)]
            office = None

            def joined():
                nonlocal office
                if office is None or office.poll() == AGAIN:
                    office = subprocess.Popen(command, env=home, cwd=tmp_path, stderr=subprocess.DEVNULL)
                assert office.poll() is None, f"LibreOffice ended with code {office.returncode}"
                with contextlib.suppress(OSError):
                    return libreoffice.join(f"pipe,name={pipe}")

            app = until(joined, "LibreOffice's start")
            stack.callback(lambda: [one.unlink() for one in Path("/tmp").glob(f"OSL_PIPE_*_{pipe}")])
            stack.callback(lambda: (office.terminate(), office.wait(PATIENCE)))
            until(
                lambda: len(app.books) and app.books.active.name == Path(path).name, f"the window of {path}"
            )
            return Window(app, office, keys, home)

        yield act


@pytest.fixture(scope="session")
def sent(tmp_path_factory):
    """The workbooks of the real tables of 2024, as departments send them."""
    folder = tmp_path_factory.mktemp("2024") / "报送"
    folder.mkdir()
    for name, data in demo.workbooks().items():
        (folder / name).write_bytes(data)
    return folder
