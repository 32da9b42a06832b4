"""Measure a warm click against a cold one, with the real bridge and a real LibreOffice: `python tests/benchmarks/bridge.py`.

Both are measured from the moment of the click to the sentence that the button returns, taken in turn on one machine, and
the median of the rounds' ratios is kept. Timing never decides a test; the table in BRIDGE.md is for people.
"""

from __future__ import annotations

import os
import platform
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import xlwings as xw

from jixiao import demo
from jixiao.bridge import words
from jixiao.bridge.words import Request
from jixiao.office import home, libreoffice
from jixiao.office.libreoffice import process

HERE = Path(__file__).resolve().parent
ROUNDS = 3 if "--quick" in sys.argv else 9
ACTIONS = {
    "next_finding": "下一处（没有问题时一句话）：几乎只有过桥",
    "check_sheet": "校验本表：一张真实的表，标色、批注、结果页",
}


class Clicks:
    """A bridge of its own, and the sentences that it returns on its terminal."""

    def __init__(self, line: str) -> None:
        self._line = line
        self._process: subprocess.Popen[str] | None = None

    def cold(self) -> None:
        """Start Python for the click, and wait for its sentence."""
        command = [sys.executable, "-I", "-m", "jixiao.bridge", *self._line.split()]
        self._process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        self._hear()

    def warm(self) -> None:
        """Lay the click down for the resident as the add-in does, and wait for its sentence."""
        token = (home.folder() / home.TOKEN).read_text(encoding="ascii")
        path = home.folder() / home.REQUESTS / f"{token}-{secrets.token_hex(6)}"
        path.with_suffix(".tmp").write_text(self._line, encoding="ascii")
        path.with_suffix(".tmp").rename(path.with_suffix(".req"))
        self._hear()

    def _hear(self) -> None:
        assert self._process
        assert self._process.stderr
        while not self._process.stderr.readline().startswith("jixiao："):
            assert self._process.poll() is None

    def end(self) -> None:
        """Let the resident end as an uninstaller does."""
        home.take_away(home.TOKEN)
        if self._process:
            self._process.wait(60)


def seconds(act: Callable[[], None]) -> float:
    """Return how long something takes."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def measure(action: str, place: str, book: str) -> tuple[float, float, float]:
    """Return the median ratio of warm to cold, and the median seconds of a cold and of a warm click."""
    clicks = Clicks(words.words(Request(action, place, book)))
    pairs = []
    for number in range(ROUNDS + 1):
        cold = seconds(clicks.cold)
        clicks.warm()  # what the first warm click still has to load
        warm = statistics.median(seconds(clicks.warm) for _ in range(5))
        clicks.end()
        if number:  # the first round fills the disk's cache
            pairs.append((cold, warm))
    ratio = statistics.median(warm / cold for cold, warm in pairs)
    return ratio, statistics.median(cold for cold, _ in pairs), statistics.median(warm for _, warm in pairs)


def main() -> None:
    """Measure and write the table."""
    with tempfile.TemporaryDirectory(prefix="jixiao-bridge-") as scratch:
        os.environ["XDG_STATE_HOME"] = scratch
        office = process.start(headless=True)
        app = xw.App(impl=libreoffice.register().impl.apps._take(office))
        path = Path(scratch) / "电费.xlsx"
        path.write_bytes(next(data for name, data in demo.workbooks().items() if "单位" not in name))
        book = app.books.open(str(path))
        rows = [
            (what, *measure(action, f"pipe:{office.own.pipe}", book.fullname))
            for action, what in ACTIONS.items()
        ]
        app.quit()
    table = "\n".join(
        f"| {what} | {cold:.2f} s | {warm:.3f} s | {ratio:.2f} |" for what, ratio, cold, warm in rows
    )
    text = f"""# 冷点击和热点击

冷：点击时启动 Python，从点击到按钮的那句话。热：同一个常驻进程接着处理下一次点击，同样从点击到那句话。
真实的 `jixiao.bridge` 进程和真实的 LibreOffice（无窗口），两种点击轮流做，取各轮比值的中位数。
重新测量：`python tests/benchmarks/bridge.py`。计时从不决定测试是否通过。

上次测量：Python {platform.python_version()}，{os.cpu_count()} 个处理器，{platform.system()}；{ROUNDS} 轮，每轮一次冷、五次热。

| 按钮 | 冷 | 热 | 热 / 冷 |
|---|---:|---:|---:|
{table}

在 Windows 和 Excel 上没有测过。热点击里最多有 30 毫秒是常驻进程看信箱的间隔。
"""
    (HERE / "BRIDGE.md").write_text(text, encoding="utf-8", newline="\n")
    print(text)


if __name__ == "__main__":
    main()
