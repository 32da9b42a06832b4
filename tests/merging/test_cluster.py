"""A cluster of a scheduler and two workers reads the same as this process, also when one of them dies on the way."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from jixiao import merging
from jixiao.errors import JixiaoError, UsageError
from jixiao.merging import cluster, running
from jixiao.model import Area, Box, Page
from jixiao.office import writing

WORKER = ["worker", "--nthreads", "1", "--no-dashboard", "--death-timeout", "60"]


@pytest.fixture
def dask(tmp_path):
    """Return `dask(word, …)`: starts a dask process that ends with the test."""
    under_way = []

    def start(*words, **environment):
        log = (tmp_path / f"{len(under_way)}.log").open("w")
        one = subprocess.Popen(
            [sys.executable, "-m", "dask", *words],
            cwd=tmp_path,
            stdout=log,
            stderr=log,
            env={**os.environ, **environment},
        )
        under_way.append(one)
        return one

    yield start
    for one in reversed(under_way):  # workers first: without a scheduler they would take their time
        one.terminate()
        try:
            one.wait(10)
        except subprocess.TimeoutExpired:
            one.kill()
            one.wait()


@pytest.fixture
def scheduler(dask, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    dask("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="0")  # fmt: skip
    for _ in range(600):
        found = re.search(r"tcp://127\.0\.0\.1:\d+", (tmp_path / "0.log").read_text())
        if found:
            return found[0]
        time.sleep(0.1)
    raise AssertionError((tmp_path / "0.log").read_text())


def fill(send, seed, count):
    for number in range(count):
        send(f"{number:03}.xlsx", {**seed[1 + number % 8], "sheet": f"表{number}"})
    send("坏.xlsx", data=b"PK\x03\x04" + b"\0" * 99)
    return merging.find([Path("报送")])


def report(sent):
    return merging.merge_report(merging.build(one.extract() for one in sent))


def test_two_workers_one_of_them_killed_in_the_middle_give_the_same_ledger(send, seed, dask, scheduler):
    found = fill(send, seed, 90)
    workers = [dask(*WORKER, scheduler, "--no-nanny") for _ in range(2)]
    one = cluster.connect(scheduler)
    one.client.wait_for_workers(2, timeout=60)
    one.shutdown()
    seen = []

    def progress(done, total, _errors):
        seen.append((done, total))
        if done == 15:
            workers[0].kill()

    far = report(running.send(found, scheduler=scheduler, progress=progress))
    assert far == report(running.send(found, workers=0)) == report(running.send(found, workers=2))
    assert seen == [(number, 91) for number in range(1, 92)]
    assert workers[0].wait() != 0
    assert workers[1].poll() is None


def test_a_file_that_ends_its_worker_is_named_and_the_others_are_read(send, seed, dask, scheduler, slow):
    send("慢.xlsx", data=slow)
    for name in ("01.xlsx", "02.xlsx", "甲.xlsx"):
        send(name, seed[1])
    dask(*WORKER, scheduler)  # with its nanny, who starts it again
    found = list(
        running.send(merging.find([Path("报送")]), scheduler=scheduler, bounds=merging.Bounds(seconds=0.8))
    )
    assert {one.path: one.record.head["code"] for one in found if one.record.head["status"] != "read"} == {"报送/慢.xlsx": "too_large"}  # fmt: skip
    assert len(found) == 4


@pytest.fixture
def slow():
    """A workbook with very many texts that look like titles: much to read, nothing to find."""
    texts = (
        Box(Area(row, column, row, column), f"项目目标表说明{row}", "text")
        for row in range(9000)
        for column in range(60)
    )
    return writing.workbook([Page("表", (9.0,), tuple(texts))])


def test_the_command_takes_a_scheduler(send, seed, dask, scheduler):
    fill(send, seed, 5)
    dask(*WORKER, scheduler, "--no-nanny")
    command = [
        sys.executable,
        "-m",
        "jixiao",
        "merge",
        "报送",
        "-o",
        "汇总.xlsx",
        "--no-cache",
        "--scheduler",
        scheduler,
    ]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (1, "")
    assert "已汇总 5 个" in done.stdout


@pytest.mark.parametrize(
    "address", ["不是地址", "tcp://[", "tcp://甲:乙", "tcp://:8786", "甲:99999", "ws://甲", "http://甲:1"]
)
def test_what_is_no_address_is_said_at_once(address):
    """dask itself would keep the half-made client, wait a minute for it as the program ends, and complain in English."""
    command = [sys.executable, "-m", "jixiao", "merge", ".", "-o", "x.xlsx", "--scheduler", address]
    folder = Path(__file__).resolve().parents[1] / "clean"
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=30, cwd=folder)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert f"“{address}”不是调度器的地址" in done.stderr


def test_what_cannot_work_is_said(dask, scheduler, tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "_SECONDS", 3)
    with pytest.raises(JixiaoError, match=r"连不上调度器“tcp://127\.0\.0\.1:9”"):
        cluster.connect("tcp://127.0.0.1:9")
    with pytest.raises(JixiaoError, match="还没有工作进程"):
        cluster.connect(scheduler)
    monkeypatch.setattr(cluster, "_SECONDS", 60)
    worker = dask("worker", "--nthreads", "2", "--no-nanny", "--no-dashboard", scheduler)
    with pytest.raises(UsageError, match="--nthreads 1"):
        cluster.connect(scheduler)
    worker.terminate()
    worker.wait()
    (tmp_path / "jixiao").mkdir()
    (tmp_path / "jixiao" / "__init__.py").write_text("", encoding="utf-8")
    dask(*WORKER, scheduler, "--no-nanny", PYTHONPATH=str(tmp_path))
    with pytest.raises(UsageError, match="版本不同"):
        cluster.connect(scheduler)
