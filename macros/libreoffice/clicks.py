"""A button of the toolbar, inside LibreOffice: hands the click to the Python of jixiao, and returns at once.

This runs in LibreOffice's own Python, whichever version that is: standard library and `uno` alone. It never waits: whoever does
the work calls back into the office, which this very click keeps busy.
"""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from pathlib import Path

import uno
import unohelper
from com.sun.star.frame import XDispatch, XDispatchProvider, XTerminateListener
from com.sun.star.lang import XInitialization, XServiceInfo

NAME = "cn.jixiao.Clicks"
SERVICES = ("com.sun.star.frame.ProtocolHandler",)
PROTOCOL = "cn.jixiao.click:"
HERE = Path(__file__).parent  # the office sets it, as an import would
OK = 1  # com.sun.star.awt.MessageBoxButtons
LONGEST_NAME = 4096  # letters of a workbook's path; the bridge takes no more
NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # of Windows


class NotHandedOverError(Exception):
    """The click went nowhere; its text is the key of a sentence."""


def user_folder():
    """Return the user's own folder of jixiao, as its installer and its bridge name it."""
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "jixiao"
    base = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_STATE_HOME", "")
    if not Path(base).is_absolute():
        base = str(Path.home() / ("AppData/Local" if os.name == "nt" else ".local/state"))
    return Path(base) / "jixiao"


def python_of(folder):
    """Return the Python that the installer wrote down; raises NotHandedOverError."""
    try:
        lines = (folder / "interpreter.txt").read_bytes().decode("utf-16").splitlines()
    except (OSError, UnicodeError):
        raise NotHandedOverError("not_installed") from None
    if not lines or not Path(lines[0]).is_absolute() or not Path(lines[0]).is_file():
        raise NotHandedOverError("bad_interpreter")
    return lines[0]


def words(action, pipe, book):
    """Return the three words of a click: the button, where the office answers, the workbook; all of them ASCII."""
    if len(book) > LONGEST_NAME:
        raise NotHandedOverError("long_name")
    return [action, "pipe:" + pipe, book.encode("utf-16-be", "surrogatepass").hex() or "-"]


def somebody_holds(path):
    """Tell whether the resident runs: as long as it does, it holds a lock on this file."""
    try:
        handle = os.open(path, os.O_RDWR)
    except OSError:
        return path.exists()  # on Windows a held file may not even be opened
    try:
        if os.name == "nt":
            import msvcrt  # noqa: PLC0415 - only Windows has it

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - Windows has none

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False


def token(folder):
    """Return what names the running resident, nothing where there is none."""
    try:
        return (folder / "token.txt").read_text(encoding="ascii").strip()
    except (OSError, UnicodeError):
        return ""


def post(folder, line):
    """Lay a click down for the resident; False where none runs, or none would look any more."""
    given = token(folder) if somebody_holds(folder / "resident.lock") else ""
    if not given.isalnum():
        return False
    path = folder / "requests" / f"{given}-{secrets.token_hex(16)}.req"
    try:
        path.with_suffix(".tmp").write_text(line, encoding="ascii")
        path.with_suffix(".tmp").replace(path)
    except OSError:
        return False
    if token(folder) == given:
        return True
    try:
        path.unlink()  # it is just ending: take the click back
    except OSError:
        return True  # it was faster
    return False


def start(folder, python, given):
    """Start a resident with its first click: no shell, nothing of the user's searched for modules."""
    command = [python, "-I", "-m", "jixiao.bridge", *given]
    nowhere = subprocess.DEVNULL
    try:
        return subprocess.Popen(  # noqa: S603 - the program that the installer wrote down, words of ASCII letters and digits
            command,
            stdin=nowhere,
            stdout=nowhere,
            stderr=nowhere,
            cwd=str(folder),
            creationflags=NO_WINDOW,
            start_new_session=True,
        )
    except OSError:
        raise NotHandedOverError("cannot_start") from None


def read(name):
    """Return what a file beside this one says, by its keys."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)


class Door(unohelper.Base, XTerminateListener):
    """Where the resident comes in: a pipe with a name that cannot be guessed, open until the office ends."""

    def __init__(self, context):
        """Open the pipe."""
        self.pipe = "jixiao" + secrets.token_hex(16)
        services = context.ServiceManager
        self._acceptor = services.createInstanceWithContext("com.sun.star.office.Acceptor", context)
        self._acceptor.initialize((f"pipe,name={self.pipe};urp;StarOffice.ComponentContext", True))
        desktop = services.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        desktop.addTerminateListener(self)

    def queryTermination(self, _event):  # noqa: N802 - UNO's name; so below
        """Let the office end."""

    def notifyTermination(self, _event):  # noqa: N802
        """Close the pipe before the office goes, or it would wait for one more guest."""
        self._acceptor = None

    def disposing(self, _event):
        """Close the pipe."""
        self._acceptor = None


class Clicks(unohelper.Base, XInitialization, XDispatchProvider, XDispatch, XServiceInfo):
    """Takes the commands `cn.jixiao.click:ID` of one window."""

    door = None
    started = None  # the Python last started: kept, so that its end is noticed

    def __init__(self, context, *_):
        """Keep the office's context."""
        self._context, self._frame = context, None

    def initialize(self, given):
        """Keep the window's frame."""
        self._frame = given[0] if given else None

    def queryDispatch(self, url, _target, _flags):  # noqa: N802 - UNO's name; so below
        """Return this object for a command of ours."""
        return self if url.Protocol == PROTOCOL else None

    def queryDispatches(self, wanted):  # noqa: N802
        """Return an answer for each of several commands."""
        return tuple(self.queryDispatch(one.FeatureURL, one.FrameName, one.SearchFlags) for one in wanted)

    def dispatch(self, url, _given):
        """Hand over the click on one button."""
        try:
            self._hand_over(url.Path)
        except NotHandedOverError as problem:
            self._tell(str(problem))
        except Exception as problem:  # noqa: BLE001 - a user is told in words; the kind of error is for whoever helps
            self._tell("unforeseen", type(problem).__name__)

    def addStatusListener(self, listener, url):  # noqa: N802
        """Give a button its tip, which no file of an extension can; it is always there to be pressed."""
        tip = uno.createUnoStruct(
            "com.sun.star.beans.NamedValue", "HelpText", read("tips.txt").get(url.Path, "")
        )
        command = uno.createUnoStruct("com.sun.star.frame.ControlCommand", "SetQuickHelpText", (tip,))
        event = uno.createUnoStruct("com.sun.star.frame.FeatureStateEvent")
        event.Source, event.FeatureURL, event.IsEnabled, event.State = self, url, True, command
        listener.statusChanged(event)

    def removeStatusListener(self, _listener, _url):  # noqa: N802
        """Do nothing."""

    def getImplementationName(self):  # noqa: N802
        """Return our name."""
        return NAME

    def supportsService(self, name):  # noqa: N802
        """Tell whether we are such a thing."""
        return name in SERVICES

    def getSupportedServiceNames(self):  # noqa: N802
        """Tell what we are."""
        return SERVICES

    def _hand_over(self, action):
        folder = user_folder()
        python = python_of(folder)
        if Clicks.door is None:
            Clicks.door = Door(self._context)
        given = words(action, Clicks.door.pipe, self._book())
        if not post(folder, " ".join(given)):
            Clicks.started = start(folder, python, given)

    def _book(self):
        """Return the full name of this window's workbook, as the office itself says it."""
        model = self._frame.getController().getModel()
        url = model.getURL()
        return uno.fileUrlToSystemPath(url) if url.startswith("file:") else url or model.getTitle()

    def _tell(self, key, detail=""):
        known = read("sentences.txt")
        window = self._frame.getContainerWindow()
        text = known[key] + ("\n\n" + detail if detail else "")
        kind = uno.Enum("com.sun.star.awt.MessageBoxType", "WARNINGBOX")
        window.getToolkit().createMessageBox(window, kind, OK, known["title"], text).execute()


g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816 - the name that the office looks for
g_ImplementationHelper.addImplementation(Clicks, NAME, SERVICES)
