"""What a program takes for granted is not there: an open terminal, a folder to stand in, names beyond ASCII."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from jixiao import demo

posix = pytest.mark.skipif(
    os.name != "posix", reason="a shell closes the streams, and a folder goes while in use"
)
JIXIAO = f'"{sys.executable}" -m jixiao'
FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")


@pytest.fixture
def run(tmp_path):
    """Return `run(line)`: the exit code, stdout and stderr of a shell's line in a folder with one sent workbook."""
    (tmp_path / "报送").mkdir()
    name, data = next(iter(demo.workbooks().items()))
    (tmp_path / "报送" / name).write_bytes(data)

    def shell(line, **env):
        done = subprocess.run(
            ["sh", "-c", line], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False,
            env={**os.environ, **env, "XDG_STATE_HOME": str(tmp_path / "记录")},
        )  # fmt: skip
        assert "Traceback" not in done.stderr
        assert "没有预料到" not in done.stderr
        return done.returncode, done.stdout, done.stderr

    return shell


@posix
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_with_closed_streams_the_work_is_done_all_the_same(run, tmp_path, closed):
    assert run(f"{JIXIAO} new project_target -o 表.xlsx {closed}")[0] == 0
    assert run(f"{JIXIAO} merge 报送 -o 汇总.xlsx --json 账.json --workers 2 {closed}")[0] == 0
    assert run(f"{JIXIAO} check 报送 --fail-on never --annotate 批注 {closed}")[0] == 0
    assert run(f"{JIXIAO} read 没有 {closed}")[0] == 2
    assert run(f"{JIXIAO} forms --json {closed}")[0] == 0
    assert json.loads((tmp_path / "账.json").read_bytes())["balance"]["balanced"]
    assert (tmp_path / "表.xlsx").exists()
    assert len(list((tmp_path / "批注").iterdir())) == 1


@posix
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("merge 报送 -o 汇总.xlsx --json 账.json", 0),
        ("check 报送 --annotate 批注 --fail-on warning", 1),
        ("check 报送 --json --fail-on warning", 1),
        ("read 报送 --json", 0),
        ("read 报送", 0),
        ("rules", 0),
        ("merge --help", 0),
    ],
)
def test_a_reader_that_goes_away_stops_nothing_and_the_exit_code_is_the_works(run, tmp_path, words, expected):
    _, out, said = run(f"({JIXIAO} {words} 2> 错; echo $? > 码) | true")  # what `| head` does, only sooner
    assert (tmp_path / "码").read_text(encoding="utf-8").strip() == str(expected)
    assert "jixiao：" not in (tmp_path / "错").read_text(encoding="utf-8")
    assert out + said == ""
    assert (tmp_path / "账.json").exists() == ("--json 账" in words)
    assert (tmp_path / "批注").exists() == ("--annotate" in words)


@FULL
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("words", ["forms", "forms --json", "check 报送 --json", "--help", "--version"])
def test_results_that_do_not_fit_on_the_disk_are_said_not_to(run, words, unbuffered):
    code, _, said = run(f"{JIXIAO} {words} > /dev/full", PYTHONUNBUFFERED=unbuffered)
    assert code == 2
    assert said.count("\n") == 1
    assert "磁盘已满" in said


@FULL
def test_remarks_that_find_no_place_stop_nothing(run, tmp_path):
    assert run(f"{JIXIAO} check 报送 --fail-on never --annotate 批注 2> /dev/full")[0] == 0
    assert run(f"{JIXIAO} read 没有 2> /dev/full")[0] == 2
    assert len(list((tmp_path / "批注").iterdir())) == 1


LONG = "长" * 100
WORDS = [
    "check {0}.xlsx", "read {0}", "fix {0}.xlsx -o 改.xlsx", "new project_target -o {0}.xlsx",
    "new project_target --roster {0}.xlsx -o 下发", "merge 报送 -o {0}.xlsx", "merge 报送 -o 汇总.xlsx --json {0}.json",
    "merge 报送 -o 汇总.xlsx --roster {0}.xlsx", "export 报送 --to json -o {0}.json", "demo {0}",
]  # fmt: skip


@posix
@pytest.mark.parametrize("words", WORDS)
def test_a_name_that_the_system_does_not_take_is_said_to_be_too_long(run, tmp_path, words):
    code, out, said = run(f"{JIXIAO} {words.format(LONG)}")
    assert (code, out, said.count("\n")) == (2, "", 1)
    assert "太长" in said
    assert [one.name for one in tmp_path.iterdir()] == ["报送"]


@posix
@pytest.mark.skipif(
    not shutil.which("setpriv"), reason="root enters every folder unless its powers are taken"
)
@pytest.mark.parametrize(
    "words", [*WORDS, "explain {0}.xlsx --cell A!A1 --rule VA02 --reason 已核 -o 明.xlsx"]
)
def test_a_folder_that_lets_nobody_in_is_named(run, tmp_path, words):
    (tmp_path / "锁").mkdir(mode=0)
    code, out, said = run(f"setpriv --inh-caps=-all --bounding-set=-all {JIXIAO} {words.format('锁/内')}")
    assert (code, out, said.count("\n")) == (2, "", 1)
    assert "权限" in said
    assert "锁/内" in said


@posix
@pytest.mark.parametrize("words", ["check .", "merge . -o 汇总.xlsx", "check {0} --fail-on never", "demo"])
def test_a_folder_that_is_gone_is_named_as_the_reason(run, tmp_path, words):
    words = words.format(f'"{tmp_path / "报送"}"')
    code, _, said = run(f"mkdir 走了 && cd 走了 && rmdir ../走了 && {JIXIAO} {words}")
    assert code == 2
    assert "文件夹已经不在" in said


@posix
def test_chinese_names_are_written_also_where_the_system_knows_ascii_only(run, tmp_path):
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    assert run(f"{JIXIAO} check 报送 --fail-on never --annotate 批注", **ascii_only)[0] == 0
    assert [one.name.endswith(".校验.xlsx") for one in (tmp_path / "批注").iterdir()] == [True]
    assert run(f"{JIXIAO} merge 报送 -o 汇总.xlsx", **ascii_only)[1].endswith("汇总.xlsx\n")
    assert (tmp_path / "汇总.xlsx").exists()


@posix
def test_a_name_that_the_system_cannot_write_is_said_before_a_folder_is_made(run, tmp_path):
    """As a library, where nobody could start Python anew."""
    act = "from jixiao.cli import main; raise SystemExit(main(['check', '.', '--annotate', 'out']))"
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    code, _, said = run(f'"{sys.executable}" -c "{act}"', **ascii_only)
    assert code == 2
    assert "ascii" in said
    assert "PYTHONUTF8=1" in said
    assert not (tmp_path / "out").exists()
