"""Kill a merge at random moments and look at what is left.

    python tests/hostile/kill.py [--files 300] [--times 50] [--seed 1]

Each killed run begins without outputs and with an empty store, and SIGKILL ends all its processes. What it left is whole
or absent; the next run, on the store that it left, gives what an undisturbed one gives. Exit code 1: anything else. Figures are kept in `tests/hostile/README.md`.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from jixiao import demo, drawing, forms
from jixiao.office import writing

OUT, REPORT = "汇总.xlsx", "账.json"
COMMAND = (
    sys.executable,
    "-X",
    "utf8",
    "-m",
    "jixiao",
    "merge",
    "报送",
    "-o",
    OUT,
    "--json",
    REPORT,
    "--quiet",
)


@dataclass
class Outcome:
    """What the kills left."""

    states: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    temporaries: int = 0


def fill(folder: Path, files: int) -> None:
    """Write workbooks that differ from each other, each with one of the published tables."""
    tables = demo.examples()
    folder.mkdir()
    for number in range(files):
        one = tables[number % len(tables)]
        page = drawing.draw(forms.find(one["form"], one["edition"]), f"表{number}", one["values"])
        (folder / f"{number:03}.xlsx").write_bytes(writing.workbook([page]))


def _start(place: Path, cache: Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    return subprocess.Popen(
        [*COMMAND, "--force"],
        cwd=place,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _result(place: Path) -> tuple[bytes, object]:
    return (place / OUT).read_bytes(), json.loads((place / REPORT).read_text(encoding="utf-8"))


def run(place: Path, files: int, times: int, seed: int) -> Outcome:
    """Kill `times` merges, and let each be followed by a whole one on the store that it left."""
    chance, outcome = random.Random(seed), Outcome()
    fill(place / "报送", files)
    begun = time.monotonic()
    _start(place, place / "缓存-0").wait()
    took, sound = time.monotonic() - begun, _result(place)
    for number in range(1, times + 1):
        cache = place / f"缓存-{number}"
        for name in (OUT, REPORT):
            (place / name).unlink()
        under_way = _start(place, cache)
        moment = chance.uniform(0, took)
        time.sleep(moment)
        os.killpg(under_way.pid, signal.SIGKILL)
        under_way.wait()
        for name, whole in ((OUT, sound[0]), (REPORT, sound[1])):
            path = place / name
            outcome.states[f"{name} {'完整' if path.exists() else '没有'}"] += 1
            if (
                path.exists()
                and (path.read_bytes() if name == OUT else json.loads(path.read_bytes())) != whole
            ):
                outcome.faults.append(f"{number}：{moment:.2f} 秒时终止，{name} 不完整")
        outcome.temporaries += len(list(place.glob(".jixiao-*.tmp")))
        if _start(place, cache).wait() not in {0, 1} or _result(place) != sound:
            outcome.faults.append(f"{number}：{moment:.2f} 秒时终止，再次汇总的结果不同")
    return outcome


def main() -> int:
    """Run by command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=300)
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    words = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        outcome = run(Path(folder), words.files, words.times, words.seed)
    print(dict(outcome.states), f"临时文件 {outcome.temporaries}", *outcome.faults, sep="\n")
    return int(bool(outcome.faults))


if __name__ == "__main__":
    sys.exit(main())
