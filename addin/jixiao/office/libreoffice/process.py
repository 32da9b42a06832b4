"""Start an office of our own, join a running one, or use the one we run inside; end only our own."""

import atexit
import contextlib
import os
import shutil
import subprocess
import tempfile
import time
import uuid
import zlib
from collections.abc import Callable
from pathlib import Path

from jixiao.office.libreoffice.border import Uno, binding, properties, refusal

AGAIN = 81  # a fresh profile ends once with this: "start me again"
LONGEST_START = 90.0  # seconds
PATIENCE = 10.0  # seconds an office may take to end
PLACES = (
    "/usr/lib/libreoffice/program",
    "/usr/lib64/libreoffice/program",
    "/Applications/LibreOffice.app/Contents/MacOS",
    "C:/Program Files/LibreOffice/program",
)
# en-US, because number formats and formulas cross in Excel's English; with a Chinese locale every
# format would be saved with a locale mark
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>en-US</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>{level}</value></prop></item>
</oor:items>
"""


class Office:
    """One office: its desktop and services, and, when we started it, its process and profile."""

    def __init__(self, where: str, context: Uno, *, headless: bool, own: "OwnProcess | None" = None) -> None:
        self.where, self.headless, self.own = where, headless, own
        self._context = context
        self._services = context.ServiceManager
        self.desktop: Uno = self.create("com.sun.star.frame.Desktop")

    def create(self, service: str) -> Uno:
        """Return a new instance of a service of the office."""
        return self._services.createInstanceWithContext(service, self._context)

    def setting(self, path: str, name: str) -> str:
        """Return one value of the office's configuration."""
        provider = self.create("com.sun.star.configuration.ConfigurationProvider")
        access = provider.createInstanceWithArguments(
            "com.sun.star.configuration.ConfigurationAccess", properties(nodepath=path)
        )
        return str(access.getPropertyValue(name))

    def holds(self, path: Path) -> None:
        """Remember a file that the office has open, so that no lock of ours outlives its process."""
        if self.own:
            self.own.files.add(path)

    @property
    def number(self) -> int:
        """Return the process id of an office of ours; for another a negative number of its own."""
        return self.own.process.pid if self.own else -1 - zlib.crc32(self.where.encode())

    @property
    def alive(self) -> bool:
        """Return whether the office still answers."""
        if self.own:
            return self.own.process.poll() is None
        try:
            self.desktop.getFrames()
        except refusal():
            return False
        return True

    def end(self) -> None:
        """End an office of ours; one that was there before us is left running."""
        if self.own is None:
            return
        with contextlib.suppress(refusal()):  # the bridge goes down together with the office
            self.desktop.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.own.process.wait(PATIENCE)
        self.own.stop()


class OwnProcess:
    """A process that we started, with a profile folder of its own: several run side by side."""

    def __init__(self, *, headless: bool, macros: bool) -> None:
        self.profile = Path(tempfile.mkdtemp(prefix="xlwings-libreoffice-"))
        settings = self.profile / "user" / "registrymodifications.xcu"
        settings.parent.mkdir()
        settings.write_text(SETTINGS.format(level=0 if macros else 3), encoding="utf-8")
        self.files: set[Path] = set()
        self.pipe = f"xlwings{uuid.uuid4().hex[:12]}"
        hidden = ["--headless", "--invisible"] if headless else []
        self._command = [
            str(program()),
            *hidden,
            "--norestore",
            "--nologo",
            "--nodefault",
            "--nofirststartwizard",
            f"--accept=pipe,name={self.pipe};urp;",
            f"-env:UserInstallation={self.profile.as_uri()}",
        ]
        self.process = self._spawn()
        self._crashed = False
        atexit.register(self.stop)

    def _spawn(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603  # the program found on this machine, arguments of ours
            self._command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )

    def look(self) -> None:
        """Start again where a fresh profile asks for it or the office has crashed once; raises OSError when it has ended."""
        code = self.process.poll()
        if code == AGAIN or (code is not None and code < 0 and not self._crashed):
            self._crashed = code != AGAIN
            self.process = self._spawn()
        elif code is not None:
            self.stop()
            raise OSError(f"LibreOffice ended with code {code} while it was starting.")

    def stop(self) -> None:
        """End the process at once, and remove its profile and its locks on files."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(PATIENCE)
        for path in self.files:
            lock = lock_of(path)
            with contextlib.suppress(OSError, UnicodeDecodeError):
                if self.profile.as_uri() in lock.read_text(encoding="utf-8"):
                    lock.unlink()
        self.files.clear()
        shutil.rmtree(self.profile, ignore_errors=True)
        atexit.unregister(self.stop)


def lock_of(path: Path) -> Path:
    """Return the file by which LibreOffice says that it has `path` open."""
    return path.with_name(f".~lock.{path.name}#")


def program() -> Path:
    """Return LibreOffice's program file; raises FileNotFoundError with what to install."""
    command = shutil.which("soffice") or shutil.which("libreoffice")
    folders = [*([str(Path(command).resolve().parent)] if command else []), *PLACES]
    for folder in folders:
        for name in ("soffice.bin", "soffice.exe", "soffice"):
            if (Path(folder) / name).is_file():
                return Path(folder) / name
    raise FileNotFoundError("LibreOffice is not installed here: no program `soffice` was found.")


def start(*, headless: bool, macros: bool = False) -> Office:
    """Return a new office with its own profile; raises OSError when it does not come up."""
    own = OwnProcess(headless=headless, macros=macros)
    where = f"pipe,name={own.pipe}"
    try:
        context = _context(where, LONGEST_START, own.look)
    except BaseException:
        own.stop()
        raise
    return Office(where, context, headless=headless, own=own)


def join(where: str, wait: float = 1.0) -> Office:
    """Return the running office that accepts at `where`, after at most `wait` seconds.

    Args:
        where: what follows `--accept=` up to `;urp`, as in `pipe,name=calc` or `socket,host=localhost,port=2002`.
        wait: seconds to keep trying: a busy office misses a call now and then.

    Raises OSError when nobody answers there.
    """
    return Office(where, _context(where, wait, lambda: None), headless=False)


def inside(context: Uno) -> Office:
    """Return the office that runs this very Python, from a script's component context."""
    return Office("inside", context, headless=False)


def has_display() -> bool:
    """Return whether a window could be shown here."""
    return os.name == "nt" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _context(where: str, wait: float, look: Callable[[], None]) -> Uno:
    local = binding().getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    until = time.monotonic() + wait
    while True:
        try:
            return resolver.resolve(f"uno:{where};urp;StarOffice.ComponentContext")
        except refusal() as error:
            look()
            if time.monotonic() > until:
                raise OSError(f"No LibreOffice answers at {where}.") from error
            time.sleep(0.03)
