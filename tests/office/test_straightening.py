"""Packages that are legal and unusual: parts with other names, in other folders, behind paths with dots."""

import io
import re
import zipfile

import pytest
import xlsxwriter

from jixiao import demo
from jixiao.cli import main
from jixiao.model import Area, Box, Mark, Page
from jixiao.office import files, package, straightening

PLAIN = demo.workbooks()["1-维修与水费.xlsx"]
PAGE = Page(sheet="校验结果", widths=(8.0,), boxes=(Box(Area(0, 0, 0, 0), "校验结果：通过", "title"),))
MARKS = (Mark("水费", "B9", "error", "不平"), Mark("维修维护", "E13", "hint", "看看"))
VML = "xl/drawings/vmlDrawing1.vml"


def members(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def moved(rename):
    """The workbook with every part elsewhere; what names parts follows."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members(PLAIN).items():
            told = name.endswith(".rels") or name.startswith("[Content")
            archive.writestr(rename(name), rename(content.decode()) if told else content)
    return out.getvalue()


def pointed(part, pattern, target):
    """The workbook with other targets in a list of relationships."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members(PLAIN).items():
            archive.writestr(name, re.sub(pattern, target, content.decode()) if name == part else content)
    return out.getvalue()


BOOK = "xl/_rels/workbook.xml.rels"
UNUSUAL = {
    "another name": moved(lambda text: text.replace("workbook.xml", "book.xml")),
    "a number": moved(lambda text: text.replace("workbook.xml", "workbook2.xml")),
    "another folder": moved(lambda text: text.replace("xl/", "office/")),
    "no folder": moved(lambda text: text.replace("/xl/", "/").replace('"xl/', '"').removeprefix("xl/")),
    "no folder, another name": moved(
        lambda text: (
            text.replace("/xl/", "/").replace('"xl/', '"').removeprefix("xl/").replace("workbook", "b")
        )
    ),
    "other strings": moved(lambda text: text.replace("sharedStrings.xml", "texts.xml")),
    "other styles": moved(lambda text: text.replace("styles.xml", "looks.xml")),
    "dots to sheets": pointed(BOOK, 'Target="', 'Target="./../xl/'),
    "a dot to sheets": pointed(BOOK, 'Target="', 'Target="./'),
    "dots in a whole path": pointed(BOOK, 'Target="', 'Target="/xl/worksheets/../'),
    "dots to the book": pointed("_rels/.rels", 'Target="xl/', 'Target="./xl/../xl/'),
}
unusual = pytest.mark.parametrize("data", UNUSUAL.values(), ids=UNUSUAL)


@unusual
def test_they_are_read_as_the_usual_ones_are(data):
    assert members(data) != members(PLAIN)
    assert files.load(data, "表.xlsx") == files.load(PLAIN, "表.xlsx")


@unusual
def test_they_are_marked_and_come_back_byte_for_byte(data):
    marked = package.annotate(data, MARKS, PAGE)
    assert [one.cell for one in package.earlier(marked)] == ["B9", "E13"]
    assert [grid.sheet for grid in files.load(marked, "表.xlsx").grids][:2] == ["维修维护", "水费"]
    assert members(package.unmark(marked)) == members(data)


@unusual
def test_the_command_checks_them_and_writes_the_copy(tmp_path, data, capsys):
    (tmp_path / "表.xlsx").write_bytes(data)
    words = ["check", str(tmp_path / "表.xlsx"), "--fail-on", "never", "--annotate", str(tmp_path / "批注")]
    assert main(words) == 0
    assert "已在副本上标出" in capsys.readouterr().err


def test_a_usual_package_is_handed_on_as_it_is():
    parts = list(members(PLAIN).items())
    assert straightening.straight(PLAIN, parts) == (PLAIN, parts)


def test_a_workbook_that_no_relationship_names_is_not_read_in_place_of_the_one_that_is_named():
    data = UNUSUAL["another name"]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in {"xl/workbook.xml": b"<workbook/>", **members(data)}.items():
            archive.writestr(name, content)
    assert files.load(out.getvalue(), "表.xlsx") == files.load(PLAIN, "表.xlsx")


@pytest.mark.parametrize(("old", "new"), [("</xml>", "</xml \n>"), ("</v:shape>", "</v:shape\t>")])
def test_white_space_in_the_end_tags_of_a_drawing_is_no_fault(old, new):
    marked = package.annotate(PLAIN, MARKS[:1], PAGE)
    theirs = package.unmark(repacked(marked, VML, old, new))
    assert VML not in members(theirs)
    noted = repacked(with_a_note(), VML, old, new)
    assert members(package.unmark(package.annotate(noted, MARKS, PAGE))) == members(noted)


def repacked(data, part, old, new):
    """The workbook with something else written in a part, and so no longer provably ours."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members(data).items():
            archive.writestr(name, content.replace(old.encode(), new.encode()) if name == part else content)
    return out.getvalue()


def with_a_note():
    """A workbook with a note of a person's own."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    for name in ("维修维护", "水费"):
        book.add_worksheet(name).write_comment("B9", "原有")
    book.close()
    return out.getvalue()
