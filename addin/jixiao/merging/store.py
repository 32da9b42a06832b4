"""What merging remembers of files between runs: records by content and version, in the user's own cache folder."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
import time
import zlib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import metadata
from pathlib import Path

from jixiao import __version__, resources
from jixiao.merging import records
from jixiao.merging.extracting import COPY
from jixiao.merging.records import ForeignRecordError, Record
from jixiao.office.limits import Limits
from jixiao.office.sniffing import unfinished
from jixiao.rules.profiles import Profile

NAME = "records.sqlite"
MOST_BYTES = 1 << 30
_OURS = 0x4A585243  # "JXRC", what SQLite keeps as the application's id
_TABLE = "CREATE TABLE record (key BLOB PRIMARY KEY, used INTEGER NOT NULL, crc INTEGER NOT NULL, data BLOB NOT NULL)"
_INDEX = "CREATE INDEX by_use ON record (used)"
_WAITS = 10.0  # seconds for another merge to finish its few milliseconds of writing
_BATCH_FILES, _BATCH_SECONDS = 32, 1.0
_TOO_WIDE = 0o022
# What else decides what is read and found.
_READERS = ("python-calamine", "openpyxl", "jsonschema", "rapidfuzz", "pypinyin")


class Store:
    """Records on disk. Whatever is wrong with it, a merge goes on without: it is only slower then.

    Attributes:
        hits: how many records were found.
        misses: how many were looked for and not found.

    """

    def __init__(
        self,
        home: Path | None = None,
        *,
        most: int = MOST_BYTES,
        profile: Profile | None = None,
        limits: Limits | None = None,
    ) -> None:
        """Open the store in a folder, or in the user's own cache folder; a damaged or foreign one is replaced.

        Args:
            home: the folder.
            most: bytes that it may have.
            profile: by which the tables are checked; what was checked by another one is not found.
            limits: what a file may hold; the same holds of them.

        """
        self._terms = hashlib.sha256(repr((profile, limits or Limits())).encode()).hexdigest()
        self.hits = self.misses = 0
        self._most = most
        self._waiting: dict[bytes, bytes] = {}
        self._used: set[bytes] = set()
        self._since = time.monotonic()
        self._path = (home or folder()) / NAME
        self._base = _opened(self._path)

    def key(self, content: bytes, name: str) -> bytes:
        """Return the key of a file: its content, what of its name reading looks at, and by what it is read and checked."""
        ending = Path(name).suffix.lower()
        told = f"{version()}\n{self._terms}\n{ending}\n{unfinished(name)}\n{COPY in name}\n".encode()
        return hashlib.sha256(told + hashlib.sha256(content).digest()).digest()

    def get(self, key: bytes) -> Record | None:
        """Return the record of a key, `None` where there is none that can be trusted."""
        found = None
        try:
            row = (
                self._base.execute("SELECT crc, data FROM record WHERE key = ?", (key,)).fetchone()
                if self._base
                else None
            )
            if row and zlib.crc32(row[1]) == row[0]:
                found = records.load(row[1])
        except sqlite3.OperationalError:
            pass  # another merge holds it for long: read the file again
        except (sqlite3.DatabaseError, ForeignRecordError, TypeError):
            self._renew()
        if found is None:
            self.misses += 1
        else:
            self.hits += 1
            self._used.add(key)
        return found

    def put(self, key: bytes, record: Record) -> None:
        """Keep a record; it is written with others, at the latest by `close`."""
        if self._base and record.lasting:
            self._waiting[key] = records.dump(record)
            if len(self._waiting) >= _BATCH_FILES or time.monotonic() - self._since > _BATCH_SECONDS:
                self._write()

    def close(self) -> None:
        """Write what waits, let the oldest go where the store is too large, and close it."""
        if self._base:
            self._write()
            self._shrink()
        if self._base:
            self._base.close()
            self._base = None

    def _write(self) -> None:
        now = int(time.time())
        rows = [(key, now, zlib.crc32(data), data) for key, data in self._waiting.items()]
        used = [(now, key) for key in self._used]
        self._waiting, self._used, self._since = {}, set(), time.monotonic()
        self._change("INSERT OR REPLACE INTO record VALUES (?, ?, ?, ?)", rows)
        self._change("UPDATE record SET used = ? WHERE key = ?", used)

    def _change(self, command: str, rows: Sequence[tuple[int | bytes, ...]]) -> None:
        if not self._base or not rows:
            return
        try:
            with self._base:
                self._base.executemany(command, rows)
        except sqlite3.OperationalError:
            pass  # held by another, or the disk is full: remembered is not owed
        except sqlite3.DatabaseError:
            self._renew()

    def _shrink(self) -> None:
        for _ in range(20):
            if not self._base or not self._path.exists() or self._path.stat().st_size <= self._most:
                return
            oldest = "SELECT key FROM record ORDER BY used LIMIT max(1, (SELECT count(*) FROM record) / 8)"
            try:
                with self._base:
                    self._base.execute(f"DELETE FROM record WHERE key IN ({oldest})")  # noqa: S608 - our own words
            except sqlite3.DatabaseError:
                return

    def _renew(self) -> None:
        """Throw a damaged store away and begin anew."""
        if self._base:
            self._base.close()
        self._base = _opened(self._path, anew=True)


def folder() -> Path:
    """Return the user's cache folder for this program, as the platform has it."""
    return place(sys.platform, os.environ, Path.home())


def place(platform: str, environment: Mapping[str, str], home: Path) -> Path:
    """Return where a platform wants a program's cache to be."""
    if platform == "win32":
        local = environment.get("LOCALAPPDATA")
        return (Path(local) if local else home / "AppData" / "Local") / "jixiao" / "cache"
    if platform == "darwin":
        return home / "Library" / "Caches" / "jixiao"
    given = environment.get("XDG_CACHE_HOME", "")
    return (Path(given) if given.startswith("/") else home / ".cache") / "jixiao"


def state(home: Path | None = None) -> tuple[Path, int, int]:
    """Return the store's file, how many bytes it has, and how many files it remembers; 0 where there is none."""
    path = (home or folder()) / NAME
    if not path.is_file():
        return path, 0, 0
    base = _opened(path)
    try:
        (count,) = base.execute("SELECT count(*) FROM record").fetchone() if base else (0,)
    except sqlite3.DatabaseError:
        count = 0
    finally:
        if base:
            base.close()
    return path, path.stat().st_size if path.is_file() else 0, count


def clear(home: Path | None = None) -> int:
    """Forget all files and return how many bytes that freed; a merge under way goes on and remembers anew."""
    path = (home or folder()) / NAME
    freed = path.stat().st_size if path.is_file() else 0
    _remove(path)
    for one in path.parent.glob("last-*.sqlite"):  # see `since`
        freed += one.stat().st_size
        _remove(one)
    if path.is_file():  # Windows keeps an open file: empty it instead
        base = _opened(path)
        if base:
            with base:
                base.execute("DELETE FROM record")
            base.close()
            freed -= path.stat().st_size
    return freed


@cache
def version() -> str:
    """Return a digest of all that decides what a file's record says: this program, forms, schemas, what it reads and compares with."""
    others = {name: metadata.version(name) for name in _READERS}
    digest = hashlib.sha256(f"{__version__} {sys.version_info[:2]} {others}".encode())
    here = Path(resources.__file__).parent
    sources = [(path.relative_to(here).as_posix(), path) for path in sorted(here.rglob("*.py"))]
    for top in ("templates", "schema"):
        base = resources.folder(top)
        found = sorted(path for path in base.rglob("*") if path.is_file() and "examples" not in path.parts)
        sources += [(f"{top}/{path.relative_to(base).as_posix()}", path) for path in found]
    for name, path in sources:
        digest.update(f"{name}\n".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _opened(path: Path, *, anew: bool = False) -> sqlite3.Connection | None:
    """Open a store that is ours, or begin a new one; `None` where that cannot be, and a merge does without."""
    try:
        if not is_private(path.parent):
            return None
        if anew:
            _remove(path)
        for _ in range(2):
            if not path.exists():
                os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
            base = _connected(path)
            if base:
                return base
            _remove(path)
    except (OSError, sqlite3.OperationalError):
        pass
    return None


def is_private(home: Path) -> bool:
    """Make the store's folder the user's alone; tell whether it is."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    if os.name != "posix":
        return True  # the user's own folder there is closed to others by inheritance
    told = home.stat()
    if told.st_uid != os.geteuid():
        return False
    if told.st_mode & 0o077:
        home.chmod(0o700)
    file = home / NAME
    if file.is_symlink() or (file.exists() and (file.stat().st_uid != os.geteuid() or not file.is_file())):
        return False
    if file.exists() and file.stat().st_mode & _TOO_WIDE:
        file.unlink()  # others could have written into it
    elif file.exists():
        file.chmod(0o600)
    return True


def _connected(path: Path) -> sqlite3.Connection | None:
    """Return the store in a file, `None` where the file is damaged or another program's."""
    base = sqlite3.connect(path, timeout=_WAITS, isolation_level="IMMEDIATE")
    try:
        base.execute("PRAGMA trusted_schema = OFF")
        base.execute("PRAGMA synchronous = NORMAL")
        base.execute("PRAGMA auto_vacuum = FULL")  # what is forgotten is given back to the disk
        with base:
            base.execute("BEGIN IMMEDIATE")  # of two merges that begin at once, one sets the tables up
            if not base.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                _set_up(base)
        (ours,) = base.execute("PRAGMA application_id").fetchone()
        tables = {sql for (sql,) in base.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")}
        if ours == _OURS and tables == {_TABLE, _INDEX}:
            return base
    except sqlite3.OperationalError:
        base.close()
        raise
    except sqlite3.DatabaseError:
        pass
    base.close()
    return None


def _set_up(base: sqlite3.Connection) -> None:
    base.execute(f"PRAGMA application_id = {_OURS}")
    base.execute(_TABLE)
    base.execute(_INDEX)


def _remove(path: Path) -> None:
    for one in (path, path.with_name(f"{path.name}-journal")):
        try:
            one.unlink(missing_ok=True)
        except OSError:  # Windows keeps an open file
            return
