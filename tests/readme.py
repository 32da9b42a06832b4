"""Run every command that README.md gives for Linux (its `sh` blocks), from the top of the checkout."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent


def main() -> None:
    text = (TOP / "README.md").read_text(encoding="utf-8")
    commands = [
        line
        for block in re.findall(r"^```sh\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
        for line in block.splitlines()
    ]
    if not commands:
        raise SystemExit("README.md has no `sh` block")
    for command in commands:
        print("$", command, flush=True)
        subprocess.run(["bash", "-euo", "pipefail", "-c", command], check=True, cwd=TOP)


if __name__ == "__main__":
    main()
