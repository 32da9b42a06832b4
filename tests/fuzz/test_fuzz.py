"""What fuzzing found once holds for ever, and a minute of it is spent anew in each round."""

import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
CASES = sorted(path for path in (HERE / "cases").iterdir() if path.is_file())


@pytest.fixture(scope="module")
def targets():
    sys.path.insert(0, str(HERE))
    try:
        import targets  # noqa: PLC0415 - beside this file

        return targets.TARGETS
    finally:
        sys.path.remove(str(HERE))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_a_case_that_was_found_once_obeys_the_law(path, targets):
    """A case is named for its target, then for what was wrong."""
    targets[path.name.partition("-")[0]].hold(path.name, path.read_bytes())


def test_a_minute_of_fuzzing_finds_nothing():
    """Six starts included it is a minute. The seed is fixed, so that what one change sees another sees too; `run.py --seed` goes elsewhere."""
    done = subprocess.run(
        [sys.executable, "-X", "utf8", HERE / "run.py", "--seconds", "48"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
