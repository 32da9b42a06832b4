"""Fuzz: `python tests/fuzz/run.py` for 60 seconds in all, `… --seconds 3600 reader` for long.

Atheris leads where it is installed (`pip install -e .[test]` knows where), chance elsewhere; both hand bytes to the same
targets. An input that breaks a law is written to `tests/fuzz/found/`; its fix brings it as a small case to `tests/fuzz/cases/`.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import random
import re
import subprocess
import sys
import time
from pathlib import Path

from watching import WATCHED

HERE = Path(__file__).resolve().parent
SLOWEST = 25  # seconds for one input; the product gives up a file after 20
MEMORY = 3072  # MB
LONGEST = 4096  # bytes of a case before `make`


def kept(target, data):
    """Keep the input that the bytes make."""
    import targets  # noqa: PLC0415 - instrumented by then

    name, content = targets.TARGETS[target].make(data)
    path = HERE / "found" / f"{target}-{os.getpid()}-{time.time_ns()}{Path(name).suffix or '.bin'}"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    print(f"found: {path}", flush=True)


def once(target, one, data):
    """Hold one input to its law, and keep it where it breaks it."""
    try:
        one.hold(*one.make(data))
    except BaseException:
        kept(target, data)
        raise


def by_chance(target, seconds, seed):
    """Draw bytes without a guide."""
    import targets  # noqa: PLC0415 - as above

    draw, one, count, end = random.Random(seed), targets.TARGETS[target], 0, time.monotonic() + seconds
    while time.monotonic() < end:
        once(target, one, draw.randbytes(draw.choice((8, 64, 512, LONGEST))))
        count += 1
    print(f"Done {count} runs by chance", flush=True)


def by_atheris(target, seconds, seed, corpus):
    """Let libFuzzer lead; it ends the process itself."""
    import atheris  # noqa: PLC0415 - has no wheel everywhere

    with atheris.instrument_imports(include=list(WATCHED[target])):
        import targets  # noqa: PLC0415 - as above
    one = targets.TARGETS[target]
    targets.extract("表.xlsx", targets.mutating.workbooks()[0][1])  # what is loaded once is no input's fault
    options = [
        f"-max_total_time={seconds}", f"-timeout={SLOWEST}", f"-rss_limit_mb={MEMORY}", f"-max_len={LONGEST}", f"-seed={seed}",
        f"-artifact_prefix={HERE / 'found'}{os.sep}{target}-", "-print_final_stats=1", "-len_control=0",
    ]  # fmt: skip
    (HERE / "found").mkdir(exist_ok=True)
    atheris.Setup(
        [sys.argv[0], *options, *([corpus] if corpus else [])], lambda data: once(target, one, data)
    )
    atheris.Fuzz()


def round_of(target, seconds, seed, corpus):
    """Fuzz one target in a process of its own; returns its line of the table."""
    words = [
        sys.executable,
        "-X",
        "utf8",
        __file__,
        target,
        "--alone",
        "--seconds",
        str(seconds),
        "--seed",
        str(seed),
    ]
    began = time.monotonic()
    folder = Path(corpus, target) if corpus else None
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        words += ["--corpus", str(folder)]
    done = subprocess.run(words, capture_output=True, encoding="utf-8", errors="replace", check=False)
    runs = re.findall(r"(?:number_of_executed_units: |Done )(\d+)", done.stdout + done.stderr)
    if done.returncode:
        told = [line for line in (done.stdout + done.stderr).splitlines() if not line.startswith("#")]
        print("\n".join(told[-60:]), file=sys.stderr)
    said = "没有发现" if done.returncode == 0 else "发现问题，见 tests/fuzz/found"
    print(f"| {target} | {runs[-1] if runs else 0} | {time.monotonic() - began:.0f} | {said} |", flush=True)
    return done.returncode


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("target", nargs="*", help="which (default: all)")
    parser.add_argument("--seconds", type=int, default=60, help="for all of them together")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--corpus", default="", help="a folder where inputs that reach new code are kept, for the next run"
    )
    parser.add_argument("--alone", action="store_true", help="in this process")
    words = parser.parse_args()
    if words.alone:
        if importlib.util.find_spec("atheris"):
            by_atheris(words.target[0], words.seconds, words.seed, words.corpus)
        else:
            by_chance(words.target[0], words.seconds, words.seed)
        return 0
    names = words.target or list(WATCHED)
    print("| 对象 | 次数 | 秒 | 结果 |\n|---|--:|--:|---|", flush=True)
    return max(
        round_of(one, max(1, words.seconds // len(names)), words.seed, words.corpus) and 1 for one in names
    )


if __name__ == "__main__":
    raise SystemExit(main())
