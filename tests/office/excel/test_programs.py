"""Two programs behind one set of words; what Excel alone can run is held to its twin's shape, and its parser to its own XML."""

import inspect

import pytest

from jixiao.model import Area, Spot
from jixiao.office import traces
from jixiao.office.excel import calc, failing, native, spreadsheet_xml

XML = """<?xml version="1.0"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
 <Styles>
  <Style ss:ID="Default" ss:Name="Normal"><NumberFormat/></Style>
  <Style ss:ID="s1"><NumberFormat ss:Format="0%"/></Style>
  <Style ss:ID="s2" ss:Parent="s1"><Interior ss:Color="#FFC7CE" ss:Pattern="Solid"/></Style>
  <Style ss:ID="s3"><NumberFormat ss:Format="Percent"/></Style>
  <Style ss:ID="s4"><NumberFormat ss:Format="0&quot;万元&quot;"/></Style>
 </Styles>
 <Worksheet ss:Name="表"><Table ss:ExpandedColumnCount="6">
  <Column ss:Index="2" ss:StyleID="s3" ss:Span="1"/>
  <Row><Cell ss:MergeAcross="2" ss:MergeDown="1"><Data ss:Type="String">题</Data></Cell>
       <Cell ss:StyleID="s1"><Data ss:Type="Number">0.95</Data></Cell></Row>
  <Row ss:Index="4" ss:StyleID="s4" ss:Hidden="1"><Cell><Data ss:Type="Number">3</Data></Cell>
       <Cell ss:Index="5" ss:StyleID="s2"><Data ss:Type="Number">1</Data></Cell></Row>
  <Row><Cell ss:Index="3"><Data ss:Type="Number">0.5</Data></Cell></Row>
  <Row ss:Hidden="1" ss:Span="1"/>
  <Row><Cell><Data ss:Type="Number">7</Data></Cell></Row>
 </Table></Worksheet>
</Workbook>"""


def test_excels_xml_tells_merges_and_formats_of_cells_rows_and_columns():
    told = spreadsheet_xml.parse(XML)
    assert told.merges == (Area(0, 0, 1, 2),)
    assert told.formats == {
        Spot(0, 3): "0%",
        Spot(3, 0): '0"万元"',
        Spot(3, 4): "0%",
        Spot(4, 2): "0.00%",
    }
    assert told.hidden == {3, 5, 6}


@pytest.mark.parametrize("text", ["", "<a", "没有 XML"])
def test_what_is_no_xml_tells_nothing(text):
    assert spreadsheet_xml.parse(text).merges is None


def test_both_programs_answer_to_the_same_words():
    """Law: whatever is called of one module is there in the other, with the same arguments."""

    def words(module):
        return {
            name: list(inspect.signature(found).parameters)
            for name, found in vars(module).items()
            if not name.startswith("_")
            and inspect.isfunction(found)
            and found.__module__.startswith(module.__name__)
        }

    assert words(native) == words(calc)
    assert inspect.signature(native.Opened) == inspect.signature(calc.Opened)


@pytest.mark.parametrize(
    ("number", "tint", "text"),
    [(2, 0.0, "theme:1:0"), (1, -0.25, "theme:0:-0.25"), (5, 0.599993896298105, "theme:4:0.599993896298105")],
)
def test_excels_theme_colours_are_told_as_the_file_counts_them(number, tint, text):
    class Interior:
        Pattern, ThemeColor, TintAndShade = 1, number, tint

    assert native._own_fill(Interior()) == text


def test_long_unions_are_taken_apart():
    addresses = list(native._unions([Spot(row, 25) for row in range(200)]))
    assert all(len(one) <= 255 for one in addresses)
    assert ",".join(addresses).split(",") == [f"Z{row}" for row in range(1, 201)]


class com_error(Exception):  # noqa: N801, N818 - pywin32's own name
    def __init__(self, hresult):
        super().__init__(hresult)
        self.hresult = hresult


@pytest.mark.parametrize(
    ("error", "part"),
    [
        (com_error(-2147417848), "没有回应"),
        (com_error(-2147418111), "正忙"),
        (com_error(-2147352567), "没有接受"),
        (NotImplementedError("English"), "做不了"),
        (PermissionError("English"), "文件打不开"),
    ],
)
def test_the_programs_own_words_never_reach_a_clerk(error, part):
    sentence = failing.sentence(error)
    assert part in sentence
    assert "English" not in sentence


def test_a_fault_of_ours_is_not_dressed_up():
    assert failing.sentence(TypeError("ours")) is None


def test_excel_is_told_where_a_block_begins_as_it_counts_itself():
    """Law: Excel counts 𠮷 as two characters."""
    asked = []

    class Frame:
        @property
        def TextFrame(self):  # noqa: N802 - Excel's own word, as below
            return self

        def Characters(self, start, length):  # noqa: N802
            asked.append((start, length))
            return self

        def Delete(self):  # noqa: N802
            asked.append("gone")

    class Cell:
        text, CommentThreaded, Shape = "𠮷科长：请核实", None, Frame()

        @property
        def Comment(self):  # noqa: N802
            return self

        @property
        def api(self):
            return self

        def range(self, _address):
            return self

        def Text(self, text=None, start=None, overwrite=None):  # noqa: N802
            if text is not None:
                asked.append((start, overwrite))
                self.text += text
            return self.text

    cell, block = Cell(), traces.block("【错误】甲")
    native.append_note(cell, Spot(0, 0), block)
    native.clear_note(cell, Spot(0, 0))
    whole = len("𠮷科长：请核实".encode("utf-16-le")) // 2
    assert asked == [(whole + 1, False), (whole + 1, len(block) + 1), "gone"]
