"""Run the program over folders of foreign spreadsheets and print what happened, as a table.

    python tests/hostile/corpus.py --path FOLDER [--path FOLDER …] [--each 60] [--package] [--validate 200]

What is run is the command line itself, so the figures are a user's. Nothing of a corpus is committed; the table is,
in `tests/hostile/README.md`. Exit code 1: a crash, a hang, a file without an account, or a ledger that is out of balance.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
COMMAND = (sys.executable, "-X", "utf8", "-m", "jixiao")
SLOW, DIED = "超过 20 秒", "工作进程被系统中止"  # what the product says of a file that it gave up
PATIENCE = 3600  # seconds for a whole folder; the product itself gives each file 20


@dataclass
class Run:
    """One command on one folder."""

    what: str
    files: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    ended: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    memory: int = 0  # MB of the largest of its processes
    faults: list[str] = field(default_factory=list)


def call(words, output, patience=PATIENCE):
    """Run one command; returns its exit code (None: hung and ended), its seconds, the MB of its largest process."""
    began = time.monotonic()
    with output.open("wb") as out, tempfile.TemporaryFile() as errors:
        # a group of its own, so that workers end with it
        process = subprocess.Popen(
            [*COMMAND, *map(str, words)], stdout=out, stderr=errors, start_new_session=True
        )
        timer = threading.Timer(patience, os.killpg, (process.pid, 9))
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        said = errors.read().decode("utf-8", "replace")
    seconds = time.monotonic() - began
    code = None if seconds >= patience else process.returncode
    return code, seconds, usage.ru_maxrss // 1024, said


def judged(run, code, said, report):
    """Note what must not be: a crash, a hang, a stack trace, no report."""
    if code is None:
        run.faults.append("hang")
    elif code not in (0, 1, 2) or "Traceback" in said or "没有预料到" in said:
        run.faults.append(f"crash: exit {code}: {said[-400:]}")
    if not report:
        run.faults.append("no report")


def count(run, files):
    for one in files:
        run.statuses[one["status"]] += 1
        if one["code"]:
            run.codes[one["code"]] += 1
        reason = one["reason"] or ""
        run.ended["time"] += SLOW in reason
        run.ended["memory"] += DIED in reason
    run.files = len(files)


def loaded(path):
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def over(folder, verb, work):
    """Run read, check or merge over a whole folder, and account for every file that is in it."""
    run, out = Run(verb), work / f"{verb}.out"
    there = {path.as_posix() for path in folder.rglob("*") if path.is_file()}
    if verb == "merge":  # one table of our own makes a ledger: with nothing to merge there would be none
        own = work / "本单位.xlsx"
        call(["new", "project_target", "--year", "2026", "--project", "甲", "-o", own, "--force"], out)
        there.add(own.as_posix())
        words = [
            "merge",
            folder,
            own,
            "-o",
            work / "汇总.xlsx",
            "--json",
            work / "merge.json",
            "--force",
            "--no-cache",
        ]
    elif verb == "check":
        words = ["check", folder, "--json", "--annotate", work / "标注", "--force"]
    else:
        words = ["read", folder, "--json"]
    code, run.seconds, run.memory, said = call(words, out)
    report = loaded(work / "merge.json" if verb == "merge" else out)
    judged(run, code, said, report)
    if report:
        files = report["sources" if verb == "merge" else "files"]
        count(run, files)
        missing = there - {one["path"] for one in files}
        run.faults += [f"no account of {path}" for path in sorted(missing)]
        if len(files) != len({one["path"] for one in files}):
            run.faults.append("a file is accounted for twice")
        balance = report.get("balance")
        if balance and not (balance["balanced"] and balance["files"] == len(there)):
            run.faults.append(f"out of balance: {balance}")
    return run


def alone(folder, most, work):
    """Read the largest files one by one; returns the slowest and the most costly in memory."""
    files = sorted((p for p in folder.rglob("*") if p.is_file()), key=lambda p: -p.stat().st_size)[:most]
    run, found = Run("alone"), []
    for path in files:
        out = work / "alone.out"
        code, seconds, memory, said = call(["read", path, "--json"], out, patience=120)
        judged(run, code, said, loaded(out))
        found.append((seconds, memory, path.name))
    return run, max(found, default=(0, 0, "")), max(found, key=lambda one: one[1], default=(0, 0, ""))


def line(folder, run):
    codes = "、".join(f"{code} {number}" for code, number in sorted(run.codes.items()) if code)
    read = sum(run.statuses[name] for name in ("read", "merged", "duplicate", "superseded"))
    lost = f"{run.ended['time']} / {run.ended['memory']}"
    crashes = sum(one.startswith(("crash", "no report")) for one in run.faults)
    return (
        f"| {folder.name} | {run.what} | {run.files} | {read} | {run.statuses['not_ours']} | "
        f"{run.statuses['rejected']} | {codes} | {lost} | {run.seconds:.0f} | {run.memory} | {crashes} | "
        f"{run.faults.count('hang')} | {len(run.faults) - crashes - run.faults.count('hang')} |"
    )


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--path", type=Path, action="append", required=True)
    parser.add_argument(
        "--each", type=int, default=0, help="read so many of the largest files one by one too"
    )
    parser.add_argument(
        "--package", action="store_true", help="mark, dropdowns, remove on every .xlsx and .xlsm"
    )
    parser.add_argument("--validate", type=int, default=200, help="files judged by the Open XML SDK")
    parser.add_argument("--calc", type=int, default=40, help="files opened in LibreOffice")
    words = parser.parse_args()
    folders = [path.resolve() for path in words.path]
    if words.package:
        sys.path.insert(0, str(HERE))
        import rounds  # noqa: PLC0415 - beside this file

        return rounds.report(folders, words.validate, words.calc)
    print(
        "| 语料 | 命令 | 文件 | 读出 | 不是绩效表 | 拒绝 | 代码（含不是绩效表） | 因超时/内存放弃 | 秒 | 最大内存 MB | 崩溃 | 挂起 | 没有下落或账不平 |"
    )
    print("|---|---|--:|--:|--:|--:|---|---|--:|--:|--:|--:|--:|", flush=True)
    faults, singles = [], []
    for folder in folders:
        with tempfile.TemporaryDirectory(prefix="corpus-") as name:
            for verb in ("read", "check", "merge"):
                run = over(folder, verb, Path(name))
                print(line(folder, run), flush=True)
                faults += [f"{folder.name} {verb}: {one}" for one in run.faults]
            if words.each:
                run, slow, large = alone(folder, words.each, Path(name))
                faults += [f"{folder.name} alone: {one}" for one in run.faults]
                singles.append(
                    f"| {folder.name} | {min(words.each, sum(p.is_file() for p in folder.rglob('*')))} | "
                    f"{slow[2]} | {slow[0]:.1f} | {large[2]} | {large[1]} |"
                )
    if singles:
        print(
            "\n| 语料 | 单独读的文件（最大的） | 最慢 | 秒（含程序启动） | 最费内存 | MB |\n|---|--:|---|--:|---|--:|"
        )
        print("\n".join(singles))
    print("\n".join(["", *faults] if faults else ["", "没有崩溃，没有挂起，每个文件都有下落，账是平的。"]))
    return bool(faults)


if __name__ == "__main__":
    raise SystemExit(main())
