"""Pictures and shapes, through xlwings' public words, in a real LibreOffice."""

import struct
import zipfile
import zlib

import openpyxl
import pytest
import xlwings as xw


def png(width, height):
    """Return a grey picture, its pixels a 96th of an inch."""

    def part(kind, data):
        whole = kind + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = (b"\0" + b"\x80" * width) * height
    density = struct.pack(">IIB", 3780, 3780, 1)  # in a metre
    return (
        b"\x89PNG\r\n\x1a\n"
        + part(b"IHDR", head)
        + part(b"pHYs", density)
        + part(b"IDAT", zlib.compress(rows))
        + part(b"IEND", b"")
    )


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "印章.png"
    path.write_bytes(png(96, 48))
    return path


def test_a_picture_is_put_where_and_as_large_as_it_is_told(sheet, file):
    plain = sheet.pictures.add(file)
    assert (plain.name, plain.left, plain.top, plain.width, plain.height) == ("Picture 1", 0, 0, 72, 36)
    told = sheet.pictures.add(file, name="章", left=30, top=60, width=90, height=20)
    assert (told.left, told.top, told.width, told.height) == (30, 60, 90, 20)
    wide = sheet.pictures.add(file, name="宽", anchor=sheet["C5"], width=144)
    assert (wide.width, wide.height) == (144, 72)
    assert (wide.left, wide.top) == (sheet["C5"].left, sheet["C5"].top)
    scaled = sheet.pictures.add(file, scale=0.5)
    assert (scaled.width, scaled.height) == (36, 18)
    assert [one.name for one in sheet.pictures] == ["Picture 1", "章", "宽", scaled.name]


def test_a_picture_is_changed_replaced_and_taken_away(sheet, file, tmp_path):
    picture = sheet.pictures.add(file, name="章", left=10, top=20)
    picture.width = 36
    assert (picture.width, picture.height) == (36, 18)
    picture.lock_aspect_ratio = False
    picture.height = 40
    assert (picture.width, picture.height) == (36, 40)
    (tmp_path / "b.png").write_bytes(png(10, 10))
    again = sheet.pictures.add(tmp_path / "b.png", name="章", update=True)
    assert (len(sheet.pictures), again.left, again.width, again.height) == (1, 10, 36, 40)
    with pytest.raises(xw.ShapeAlreadyExists):
        sheet.pictures.add(file, name="章")
    sheet.pictures["章"].delete()
    assert len(sheet.pictures) == 0
    assert "章" not in sheet.pictures


def test_notes_are_no_shapes_and_a_shape_has_its_kind(sheet, file):
    sheet["A1"].add_note("批注")
    sheet.pictures.add(file, name="章")
    assert [(one.name, one.type) for one in sheet.shapes] == [("章", "picture")]
    shape = sheet.shapes["章"]
    shape.left = 50
    assert sheet.pictures["章"].left == 50
    shape.scale_height(2)
    assert (shape.width, shape.height) == (144, 72)
    with pytest.raises(NotImplementedError, match="upper left"):
        shape.scale_width(2, scale="scale_from_middle")
    shape.delete()
    assert len(sheet.shapes) == 0
    assert sheet["A1"].note.text == "批注"


def test_what_is_no_picture_is_refused(sheet, tmp_path):
    (tmp_path / "a.png").write_bytes(b"no picture")
    with pytest.raises(OSError, match="as a picture"):
        sheet.pictures.add(tmp_path / "a.png")
    assert len(sheet.pictures) == 0


def test_a_picture_is_saved_with_the_workbook(book, sheet, file, tmp_path):
    sheet.pictures.add(file, name="章", left=30, top=60)
    book.save(tmp_path / "a.xlsx")
    file.unlink()
    with zipfile.ZipFile(tmp_path / "a.xlsx") as parts:
        assert [name for name in parts.namelist() if name.startswith("xl/media/")]
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames == [sheet.name]
