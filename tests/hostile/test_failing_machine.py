"""The machine fails: a full disk, a folder that takes nothing, no network. One sentence, the old file, and nothing else."""

import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from jixiao import demo

WORKBOOKS = demo.workbooks()
MOUNT = """
mount -t tmpfs -o "$1" none "$2" && cd "$2" && printf old > "$3" || exit 9
case "$4" in ro) mount -o remount,ro "$2" ;; held) mount --bind "$3" "$3" ;; esac || exit 9
shift 4 && exec "$@"
"""
ROUND = """
import contextlib, io, json, os, sys
from jixiao import cli
for words in json.loads(sys.argv[1]):
    said = io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(io.StringIO()):
        code = cli.main(words)
    left = sorted(os.path.join(top, name) for top, _, names in os.walk(".") for name in names)
    print(json.dumps([code, said.getvalue(), left, open("旧.xlsx").read()]))
"""
WRITING = {
    "new": ["new", "project_target", "--force"],
    "dropdowns": ["dropdowns", "{water}", "--force"],
    "fix": ["fix", "{water}", "--force"],
    "explain": [
        "explain",
        "{water}",
        "--cell",
        "维修维护!E13",
        "--rule",
        "VA01",
        "--reason",
        "已核实",
        "--force",
    ],
    "merge": ["merge", "{sent}", "--force"],
}


@pytest.fixture(scope="module")
def sent(tmp_path_factory):
    folder = tmp_path_factory.mktemp("来件") / "报送"
    folder.mkdir()
    for name, data in WORKBOOKS.items():
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture
def rounds(tmp_path, sent, namespace):
    """Return `rounds(how, options)`: what each writing command says, returns and leaves on a small disk where an old file lies."""

    def run(how, options):
        place = tmp_path / "盘"
        place.mkdir()
        water = str(sent / "1-维修与水费.xlsx")
        jobs = [
            [part.format(water=water, sent=sent) for part in words] + ["-o", "旧.xlsx"]
            for words in WRITING.values()
        ]
        jobs += [
            ["new", "project_target", "--roster", str(roster(tmp_path)), "-o", "下发"],
            ["check", str(sent), "--annotate", "批注件", "--fail-on", "never"],
            [
                "merge",
                str(sent),
                "-o",
                "新.xlsx",
                "--returns",
                "退回",
                "--parquet",
                "列存",
                "--json",
                "账.json",
            ],
            ["export", str(sent), "--to", "csv", "-o", "明细.csv"],
            ["demo", "演示"],
            ["addin", "build", "-o", "jixiao.xlam"],
        ]
        words = namespace(
            "-m", "sh", "-c", MOUNT, "sh", options, place, "旧.xlsx", how, sys.executable, "-c", ROUND
        )
        scratch = tmp_path / "临时"
        scratch.mkdir()
        done = subprocess.run(
            [*words, json.dumps(jobs)], capture_output=True, encoding="utf-8", check=False,
            env={**os.environ, "TMPDIR": str(scratch)},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert list(scratch.iterdir()) == []
        return list(zip(jobs, map(json.loads, done.stdout.splitlines()), strict=True))

    return run


def roster(tmp_path):
    path = tmp_path / "名单.xlsx"
    import openpyxl  # noqa: PLC0415 - one use

    book = openpyxl.Workbook()
    for row in (("单位名称", "项目名称"), ("某某县水务局", "水费"), ("某某县教育局", "电费")):
        book.active.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("how", "options", "sentence"),
    [("rw", "size=12k", "磁盘"), ("ro", "size=64k", "写")],
    ids=["full", "read-only"],
)
def test_where_nothing_can_be_written_the_old_file_stays_and_nothing_is_left(rounds, how, options, sentence):
    for words, (code, said, left, old) in rounds(how, options):
        assert code == 2, (words, said)
        assert sentence in said, (words, said)
        assert "Traceback" not in said
        assert left == ["./旧.xlsx"], words
        assert old == "old", words


def test_an_output_that_another_program_holds_stays_as_it_is_and_nothing_is_left_beside_it(rounds):
    """What is mounted cannot be replaced, as on Windows what Excel has open."""
    for words, (code, said, left, old) in rounds("held", "size=8m")[: len(WRITING)]:
        assert code == 2, (words, said)
        assert "占用" in said, (words, said)
        assert (left, old) == (["./旧.xlsx"], "old"), words


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is a POSIX signal")
def test_a_merge_that_is_killed_leaves_a_whole_output_or_none_and_the_next_one_is_as_if_nothing_had_been(
    tmp_path,
):
    """Three times here; `kill.py` does it fifty times over 300 workbooks."""
    spec = importlib.util.spec_from_file_location("kill", Path(__file__).with_name("kill.py"))
    kill = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(kill)
    assert kill.kills(tmp_path, 12, 3, 2).total() == 3


# Tests may run under nohup, which this program respects; here it is to hear that its terminal has gone.
_HEARD = (
    "import os, signal, sys; signal.signal(signal.SIGHUP, signal.SIG_DFL);"
    " os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
)


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("name", ["SIGKILL", "SIGTERM", "SIGHUP"])
def test_a_merge_that_is_ended_takes_its_workers_along(tmp_path, name):
    """Its workers hold the pipe of the output open, so that the pipe ends with the last of them."""
    (tmp_path / "many").mkdir()
    for number in range(1500):
        (tmp_path / "many" / f"{number}.xlsx").write_bytes(next(iter(WORKBOOKS.values())))
    words = ["merge", "many", "-o", "x.xlsx", "--no-cache", "--workers", "2"]
    start = [sys.executable, "-c", _HEARD, "-m", "jixiao", *words]
    with subprocess.Popen(start, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        time.sleep(2.5)
        run.send_signal(getattr(signal, name))
        _, said = run.communicate(timeout=15)
    if name != "SIGKILL":
        assert (run.returncode, said.decode()) == (2, "jixiao：已停止。没有写完的文件不会留下。\n")
    assert [one.name for one in tmp_path.iterdir()] == ["many"]


@pytest.fixture
def heard():
    """Let programs that the test starts hear Ctrl-C, also where the tests themselves run behind a shell's `&`."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def children(process):
    """How many processes a process has started that are still there."""
    return len(Path(f"/proc/{process}/task/{process}/children").read_text().split())


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="asks Linux for a process's children")
@pytest.mark.usefixtures("heard")
@pytest.mark.parametrize("after", [0.0, 0.05, 0.1, 0.2, 0.4])
def test_ctrl_c_while_workers_begin_is_answered_with_one_sentence(tmp_path, after):
    """A terminal sends it to all of them; those that still import had told where they were, in English."""
    (tmp_path / "many").mkdir()
    for number in range(200):
        (tmp_path / "many" / f"{number}.xlsx").write_bytes(next(iter(WORKBOOKS.values())))
    words = ["-m", "jixiao", "merge", "many", "-o", "x.xlsx", "--no-cache", "--workers", "4"]
    with subprocess.Popen(
        [sys.executable, *words], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        start_new_session=True,
    ) as run:  # fmt: skip
        end = time.monotonic() + 30
        while children(run.pid) < 2 and time.monotonic() < end:  # the tracker of resources is the first
            time.sleep(0.005)
        time.sleep(after)
        os.killpg(run.pid, signal.SIGINT)
        _, said = run.communicate(timeout=30)
    assert (run.returncode, said.decode()) == (2, "jixiao：已停止。没有写完的文件不会留下。\n")
    assert [one.name for one in tmp_path.iterdir()] == ["many"]


def test_the_whole_round_runs_where_there_is_no_network_at_all(tmp_path, namespace):
    """Not even a loopback: nothing of ours needs a port, also not between our own processes."""
    program = [sys.executable, "-m", "jixiao"]
    demonstrated = [*program, "demo", "演示", "--quiet"]
    merged = [*program, "merge", "演示/2-报送", "-o", "汇总.xlsx", "--workers", "2", "--no-cache"]
    for words in (demonstrated, merged):
        done = subprocess.run(
            namespace("-n", *words), cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
        )
        assert done.returncode in {0, 1}, done.stderr
    assert (tmp_path / "汇总.xlsx").exists()
    shutil.rmtree(tmp_path / "演示")
