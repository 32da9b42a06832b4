"""A disk that is full and a machine without network: a sentence and nothing left behind; a round that needs nobody."""

import os
import subprocess
import sys

import pytest

from jixiao import demo

pytestmark = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="a namespace of its own asks for root, as CI has"
)
COMMAND = (sys.executable, "-X", "utf8", "-m", "jixiao")
# in a namespace of mounts of its own: the disk ends with the process
FULL = 'mount -t tmpfs -o size=64k none "$0" && head -c 64K /dev/zero >"$0/full"; "$@"; code=$?; find "$0" -type f >left; exit $code'


@pytest.fixture
def sent(tmp_path):
    folder = tmp_path / "报送"
    folder.mkdir()
    for name, data in demo.workbooks().items():
        (folder / name).write_bytes(data)
    return folder


@pytest.mark.parametrize(
    "words",
    [
        "new project_target -o 盘/表.xlsx",
        "check 报送 --annotate 盘/注 --fail-on never",
        "dropdowns 一.xlsx -o 盘/表.xlsx",
        "fix 一.xlsx -o 盘/表.xlsx",
        "merge 报送 -o 盘/汇总.xlsx",
        "merge 报送 -o 汇总.xlsx --json 盘/账.json",
        "merge 报送 -o 汇总.xlsx --parquet 盘/列",
        "merge 报送 -o 汇总.xlsx --returns 盘/退回",
        "export 报送 --to csv -o 盘/出.csv",
        "demo 盘/演示",
    ],
)
def test_a_full_disk_is_a_sentence_and_no_file_of_ours(words, sent, tmp_path):
    (tmp_path / "盘").mkdir()
    (tmp_path / "一.xlsx").write_bytes(min(sent.iterdir()).read_bytes())
    command = ["unshare", "-m", "sh", "-c", FULL, "盘", *COMMAND, *words.split()]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, "磁盘已满" in done.stderr) == (2, True), done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "left").read_text(encoding="utf-8").split() == ["盘/full"]


def test_the_whole_round_needs_no_network(tmp_path):
    command = ["unshare", "-n", *COMMAND, "demo", "演示", "--quiet"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "演示" / demo.SUMMARY).is_file()
