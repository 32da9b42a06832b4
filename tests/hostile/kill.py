"""Kill a merge with SIGKILL at random moments: `python tests/hostile/kill.py` for 50 times over 300 workbooks.

Each time the output is the old one, the new one or absent, never half of one; no temporary file is left in the way;
what earlier runs remember is usable; and the next run's account equals that of an undisturbed run.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path

FOLDERS = Path(__file__).resolve().parent.parent / "benchmarks" / "folders.py"


def folder_of(top: Path, count: int) -> Path:
    """Return a folder of submissions as the benchmark of large folders makes it."""
    spec = importlib.util.spec_from_file_location("folders", FOLDERS)
    folders = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(folders)
    folder = top / "报送"
    folder.mkdir()
    folders.fill(folder, count)
    return folder


class Merging:
    """One folder, merged again and again; every run of a campaign has the same store and the same output."""

    def __init__(self, top: Path, count: int) -> None:
        self.top, self.folder = top, folder_of(top, count)
        self.out, self.account = top / "出" / "汇总.xlsx", top / "账" / "账.json"
        self.home = top / "记住"

    def start(self) -> subprocess.Popen:
        """Start the merge in a session of its own, so that its workers can be killed with it."""
        words = [
            "-m",
            "jixiao",
            "merge",
            str(self.folder),
            "-o",
            str(self.out),
            "--json",
            str(self.account),
            "--force",
            "--quiet",
        ]
        home = "LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME"
        return subprocess.Popen(
            [sys.executable, *words],
            env={**os.environ, home: str(self.home)},
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )

    def whole(self) -> tuple[float, dict]:
        """Merge undisturbed; returns the seconds that it took, and the account."""
        began = time.monotonic()
        assert self.start().wait() in {0, 1}
        return time.monotonic() - began, json.loads(self.account.read_text(encoding="utf-8"))

    def killed(self, after: float) -> str:
        """Kill the merge after some seconds; returns what then lies at the output's place. Raises AssertionError for half a file."""
        before = self.out.read_bytes() if self.out.exists() else None
        merge = self.start()
        try:
            merge.wait(after)
        except subprocess.TimeoutExpired:
            os.killpg(merge.pid, 9)
            merge.wait()
        if not self.out.exists():
            assert before is None, "the old output is gone"
            return "没有"
        with zipfile.ZipFile(self.out) as book:
            assert book.testzip() is None
        return "旧的" if self.out.read_bytes() == before else "新的"

    def forget(self) -> None:
        """Take output and memory away, as before the first run."""
        for one in sorted(self.top.rglob("*"), reverse=True):
            if (
                one.is_relative_to(self.out.parent)
                or one.is_relative_to(self.home)
                or one.is_relative_to(self.account.parent)
            ):
                one.unlink() if one.is_file() else one.rmdir()


def kills(top: Path, files: int, times: int, seed: int) -> Counter:
    """Kill so often, each third time from nothing; returns how often the output was what. Raises AssertionError."""
    chance, merging = random.Random(seed), Merging(top, files)
    seconds, wanted = merging.whole()
    seen = Counter()
    for number in range(times):
        if number % 3 == 0:
            merging.forget()
        seen[merging.killed(chance.uniform(0.2, seconds))] += 1
        _, found = merging.whole()
        assert found == wanted, f"the account after kill {number + 1} is another one"
    return seen


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=300)
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    words = parser.parse_args()
    with tempfile.TemporaryDirectory() as top:
        began = time.monotonic()
        seen = kills(Path(top), words.files, words.times, words.seed)
    told = "，".join(f"{what} {often} 次" for what, often in seen.most_common())
    print(
        f"{words.files} 个文件，SIGKILL {words.times} 次，{time.monotonic() - began:.0f} 秒：输出{told}；每次之后的账都与没有打断的一样。"
    )


if __name__ == "__main__":
    main()
