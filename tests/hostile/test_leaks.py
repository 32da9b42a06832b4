"""Nothing active of a source reaches what is drawn from it; a marked copy is the sender's own file and keeps it all."""

import subprocess
import sys
import zipfile

from openpyxl import load_workbook
from openpyxl.workbook.defined_name import DefinedName

from jixiao import demo

CANARY = b"CANARY"


def members(path):
    if not zipfile.is_zipfile(path):
        return {"": path.read_bytes()}
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_no_formula_link_name_macro_object_or_xml_of_a_source_reaches_an_output(tmp_path):
    source = tmp_path / "报送" / "一.xlsx"
    source.parent.mkdir()
    source.write_bytes(min(demo.workbooks().items())[1])
    book = load_workbook(source)
    sheet = book.worksheets[0]
    below = sheet.max_row + 3
    sheet.cell(below, 1).value = '="CANARY"'
    sheet.cell(below + 1, 1).value = "=cmd|'/c CANARY'!A1"
    sheet.cell(below + 2, 1).value = "x"
    sheet.cell(below + 2, 1).hyperlink = "http://CANARY.example/"
    book.defined_names["CANARY"] = DefinedName("CANARY", attr_text="1")
    book.save(source)
    with zipfile.ZipFile(source, "a") as archive:
        for name in ("customXml/item1.xml", "xl/vbaProject.bin", "xl/embeddings/o.bin"):
            archive.writestr(name, CANARY)
    assert sum(CANARY in data for data in members(source).values()) >= 6
    words = ["merge", "报送", "-o", "汇总.xlsx", "--json", "账.json", "--parquet", "列", "--returns", "退回"]
    command = [sys.executable, "-X", "utf8", "-m", "jixiao", *words]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert CANARY not in done.stdout + done.stderr
    drawn = [
        one for one in tmp_path.rglob("*") if one.is_file() and one != source and ".校验." not in one.name
    ]
    assert {"汇总.xlsx", "账.json", "退回意见.txt", "常见问题.xlsx"} <= {one.name for one in drawn}
    assert any(one.suffix == ".parquet" for one in drawn)
    leaks = [(one.name, part) for one in drawn for part, data in members(one).items() if CANARY in data]
    assert leaks == []
