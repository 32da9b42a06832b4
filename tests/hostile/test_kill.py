"""Whatever the moment: after a kill the outputs are whole or absent, and the next run ends as if nothing had been."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

KILL = Path(__file__).with_name("kill.py")


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is a POSIX signal")
def test_a_merge_killed_at_three_moments_leaves_nothing_half_done():
    command = [sys.executable, "-X", "utf8", str(KILL), "--files", "12", "--times", "3"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
