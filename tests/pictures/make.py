"""Make the pictures of README.md from LibreOffice: `python tests/pictures/make.py`."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from jixiao import demo

HERE = Path(__file__).resolve().parent
WIDTH = 900


def picture(workbook: Path, name: str, work: Path, crop: tuple[int, int, int, int] | None = None) -> None:
    """Print a workbook's first page and keep it as a small PNG."""
    profile = f"-env:UserInstallation={(work / 'profile').as_uri()}"
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(work), str(workbook)]
    subprocess.run(convert, check=True, capture_output=True)
    area = [
        word for pair in zip(("-x", "-y", "-W", "-H"), map(str, crop or ()), strict=False) for word in pair
    ]
    render = ["pdftoppm", "-png", "-singlefile", "-scale-to-x", str(WIDTH), "-scale-to-y", "-1", *area]
    subprocess.run([*render, str(work / f"{workbook.stem}.pdf"), str(HERE / name)], check=True)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        os.chdir(work)  # the summary shows paths as they were given
        round_ = Path("jixiao-demo")
        demo.run(round_, force=False, say=print)
        picture(round_ / demo.BLANKS / "项目支出绩效目标表.xlsx", "blank", work, (40, 60, 820, 860))
        picture(round_ / demo.SUMMARY, "summary", work)
        os.chdir(HERE)
    for path in HERE.glob("*.png"):
        subprocess.run(["convert", str(path), "-colors", "64", "-strip", str(path)], check=True)


if __name__ == "__main__":
    main()
