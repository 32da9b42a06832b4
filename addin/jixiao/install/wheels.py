"""What wheels say of themselves: whether they fit a computer, and whether together they are complete."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from email.parser import Parser
from pathlib import Path

from packaging import tags
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename
from packaging.version import Version

HERE = "linux"  # the word for "a computer like this one"
_WINDOWS = {"win_amd64": "AMD64", "win32": "x86", "win_arm64": "ARM64"}
PLATFORMS = (*_WINDOWS, HERE)
BROKEN = (
    ValueError,
    KeyError,
    StopIteration,
    OSError,
    zipfile.BadZipFile,
)  # what a file that is no wheel raises


@dataclass(frozen=True)
class Target:
    """The computers that a bundle is for.

    Attributes:
        platform: one of `PLATFORMS`.
        python: their Python, such as `3.12`.

    """

    platform: str
    python: str

    @property
    def windows(self) -> bool:
        """Tell whether they run Windows."""
        return self.platform in _WINDOWS

    def environment(self) -> dict[str, str]:
        """Return the values by which conditions in metadata are judged there, and not on this computer."""
        found = {name: str(value) for name, value in default_environment().items()}
        if self.windows:
            found |= {
                "os_name": "nt",
                "sys_platform": "win32",
                "platform_system": "Windows",
                "platform_machine": _WINDOWS[self.platform],
                "platform_release": "10",
                "platform_version": "10.0.19045",
                "python_version": self.python,
                "python_full_version": f"{self.python}.0",
                "implementation_name": "cpython",
                "implementation_version": f"{self.python}.0",
                "platform_python_implementation": "CPython",
            }
        return found

    def tags(self) -> frozenset[tags.Tag]:
        """Return the tags of wheels that can be installed there."""
        if not self.windows:
            return frozenset(tags.sys_tags())
        major, minor = map(int, self.python.split("."))
        there = [self.platform]
        return frozenset(
            [
                *tags.cpython_tags((major, minor), platforms=there),
                *tags.compatible_tags((major, minor), f"cp{major}{minor}", there),
            ]
        )


@dataclass(frozen=True)
class Wheel:
    """One wheel's metadata.

    Attributes:
        path: the file.
        name: canonical name of what is in it.
        version: its version.
        tags: what it fits.
        requires: what it asks for, with conditions.

    """

    path: Path
    name: str
    version: Version
    tags: frozenset[tags.Tag]
    requires: tuple[Requirement, ...]


def read(path: Path) -> Wheel:
    """Return a wheel's metadata; raises one of `BROKEN` where the file is no wheel, or holds something else than its name says."""
    name, version, _, fits = parse_wheel_filename(path.name)
    with zipfile.ZipFile(path) as archive:
        inner = next(one for one in archive.namelist() if one.endswith(".dist-info/METADATA"))
        said = Parser().parsestr(archive.read(inner).decode("utf-8"))
    if canonicalize_name(said.get("Name", "")) != name or Version(said.get("Version", "")) != version:
        raise ValueError(f"{path.name} holds {said.get('Name')} {said.get('Version')}")
    asked = tuple(Requirement(text) for text in said.get_all("Requires-Dist") or ())
    return Wheel(path, str(name), version, fits, asked)


def unfit(wheels: Iterable[Wheel], target: Target) -> list[str]:
    """Return the file names of the wheels that cannot be installed on the target."""
    fitting = target.tags()
    return sorted(wheel.path.name for wheel in wheels if not wheel.tags & fitting)


def missing(wheels: Sequence[Wheel], target: Target, root: str = "jixiao") -> list[str]:
    """Return what `root` needs on the target, directly or not, and no wheel gives: as requirements without conditions."""
    known = {wheel.name: wheel for wheel in wheels}
    environment = target.environment()
    lacking: set[str] = set()
    waiting, done = [(canonicalize_name(root), "")], set()
    while waiting:
        one = waiting.pop()
        if one in done:
            continue
        done.add(one)
        name, extra = one
        if name not in known:
            lacking.add(name)
            continue
        for need in known[name].requires:
            if need.marker and not need.marker.evaluate({**environment, "extra": extra}):
                continue
            called = canonicalize_name(need.name)
            if called not in known or known[called].version not in need.specifier:
                lacking.add(f"{need.name}{need.specifier}")
            else:
                waiting += [(called, ""), *((called, wanted) for wanted in need.extras)]
    return sorted(lacking)
