"""Make the pictures of README.md from LibreOffice: `python tests/pictures/make.py`."""

from __future__ import annotations

import os
import subprocess
import sys
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


def windows(work: Path) -> None:
    """Take what the end-to-end test photographs, a LibreOffice window before and after 校验本表."""
    test = HERE.parent / "window" / "test_toolbar.py"
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-k",
        "pictures",
        "--basetemp",
        str(work / "window"),
        str(test),
    ]
    subprocess.run(command, check=True, cwd=HERE.parent.parent)
    for name in ("toolbar.png", "marks.png"):
        taken = next((work / "window").glob(f"test_pictures*/{name}"))
        shrink = ["-crop", "1240x742+0+0", "+repage", "-resize", str(WIDTH)]
        subprocess.run(["convert", str(taken), *shrink, str(HERE / name)], check=True)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        os.chdir(work)  # the summary shows paths as they were given
        round_ = Path("jixiao-demo")
        demo.run(round_, force=False, say=print)
        picture(round_ / demo.BLANKS / "项目支出绩效目标表.xlsx", "blank", work, (40, 60, 820, 860))
        picture(round_ / demo.SUMMARY, "summary", work)
        windows(work)
        os.chdir(HERE)
    for path in HERE.glob("*.png"):
        subprocess.run(["convert", str(path), "-colors", "64", "-strip", str(path)], check=True)


if __name__ == "__main__":
    main()
