"""Asks LibreOffice Calc itself; run by the system's Python, which has `uno`. Job as JSON on stdin, answer on stdout."""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

START_AGAIN = 81  # what a fresh profile exits with, once
POINT = 2540 / 72  # a point in hundredths of a millimetre


@contextlib.contextmanager
def desktop():
    """Yield the desktop of an office of our own."""
    pipe = f"jixiao_probe_{os.getpid()}"
    with tempfile.TemporaryDirectory(prefix="jixiao_lo_") as profile:
        command = [
            "soffice", "--headless", "--invisible", "--norestore", "--nologo", "--nodefault", "--nofirststartwizard",
            f"--accept=pipe,name={pipe};urp;", f"-env:UserInstallation=file://{profile}",
        ]  # fmt: skip
        start = lambda: subprocess.Popen(command, stdout=sys.stderr)  # noqa: E731 - it is started again
        office = start()
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        found = None
        while found is None:
            if office.poll() == START_AGAIN:
                office = start()
            elif office.poll() is not None:
                sys.exit(f"soffice 退出，代码 {office.returncode}")
            try:
                found = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            except NoConnectException:
                time.sleep(0.2)
        desk = found.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", found)
        try:
            yield desk
        finally:
            desk.terminate()
            try:
                office.wait(30)
            except subprocess.TimeoutExpired:
                office.kill()


def opened(desk, url):
    hidden = PropertyValue()
    hidden.Name, hidden.Value = "Hidden", True
    return desk.loadComponentFromURL(url, "_blank", 0, (hidden,))


def accepted(desk, job):
    """For each row and each level 1 in its block's first cell: the words that Calc takes as level 2."""
    document = opened(desk, "file://" + job["file"])
    sheet = document.Sheets.getByIndex(0)

    def circles(cell, word):
        cell.String = word
        sheet.clearArrows()
        sheet.showInvalid()
        return sheet.DrawPage.Count

    cells = {row["level2"]: sheet.getCellRangeByName(row["level2"]) for row in job["rows"]}
    for cell in cells.values():
        cell.String = ""
    answer = []
    for row in job["rows"]:
        head, cell = sheet.getCellRangeByName(row["head"]), cells[row["level2"]]
        before = head.String
        for word in job["level1"]:
            head.String = word
            refused = circles(cell, "随便写的")
            answer.append(
                [row["level2"], word, [one for one in job["words"] if circles(cell, one) < refused]]
            )
        head.String, cell.String = before, ""
    document.close(True)  # noqa: FBT003 - UNO knows no names
    return answer


def heights(desk, job):
    """Return the height in points that Calc finds best for each text in a cell of its own."""
    document = opened(desk, "private:factory/scalc")
    sheet = document.Sheets.getByIndex(0)
    answer = []
    for n, item in enumerate(job["texts"]):
        cell = sheet.getCellByPosition(n, n)
        sheet.Columns.getByIndex(n).Width = int(item["width"] * POINT)
        cell.CharFontName = cell.CharFontNameAsian = item["font"]
        cell.CharHeight = cell.CharHeightAsian = item["size"]
        cell.IsTextWrapped = True
        cell.String = item["text"]
        row = sheet.Rows.getByIndex(n)
        row.OptimalHeight = True
        answer.append(row.Height / POINT)
    document.close(True)  # noqa: FBT003 - UNO knows no names
    return answer


def pages(desk, job):
    """Return for each file: how many pages print, and the size of the first in millimetres."""
    answer = []
    for file in job["files"]:
        document = opened(desk, "file://" + file)
        size = {one.Name: one.Value for one in document.getRenderer(0, document, ())}["PageSize"]
        count = document.getRendererCount(document, ())
        answer.append([count, round(size.Width / 100), round(size.Height / 100)])
        document.close(True)  # noqa: FBT003 - UNO knows no names
    return answer


def calculated(desk, job):
    """Set cells and return what others show then."""
    document = opened(desk, "file://" + job["file"])
    sheet = document.Sheets.getByIndex(0)
    answer = []
    for step in job["steps"]:
        for name, value in step["set"].items():
            sheet.getCellRangeByName(name).Value = value
        answer.append([sheet.getCellRangeByName(name).String for name in step["get"]])
    document.close(True)  # noqa: FBT003 - UNO knows no names
    return answer


if __name__ == "__main__":
    task = json.load(sys.stdin)
    with desktop() as office_desktop:
        asked = {"accepted": accepted, "heights": heights, "pages": pages, "calculated": calculated}
        json.dump([asked[job["ask"]](office_desktop, job) for job in task], sys.stdout, ensure_ascii=False)
