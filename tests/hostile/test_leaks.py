"""Nothing active of a submission reaches what we write: no formula, link, macro, object, part or name of theirs."""

import io
import json
import zipfile

import pytest

from jixiao import cli, demo

WATER = demo.workbooks()["1-维修与水费.xlsx"]
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# what runs, opens or tells: each with a word of its own, which must be found nowhere
ACTIVE = {
    "a formula": "CANARYFORMULA",
    "a DDE link": "CANARYDDE",
    "an external link": "CANARYEXTERNAL",
    "a hyperlink": "CANARYLINK",
    "a macro": "CANARYMACRO",
    "an object": "CANARYOBJECT",
    "custom XML": "CANARYXML",
    "a defined name": "CANARYNAME",
    "the author": "CANARYAUTHOR",
    "a note": "CANARYNOTE",
    "a header": "CANARYHEADER",
}


def hostile():
    """A department's workbook with everything in it that could run, open or tell, valid figures beside it."""
    old, out = zipfile.ZipFile(io.BytesIO(WATER)), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                text = sheet(text.decode()).encode()
            elif name == "xl/workbook.xml":
                names = "<definedName name=\"CANARYNAME\">'[1]x'!$A$1</definedName></definedNames>"
                text = text.decode().replace("</definedNames>", names).encode()
            elif name == "docProps/core.xml":
                text = (
                    text.decode()
                    .replace(
                        "</cp:coreProperties>", "<dc:creator>CANARYAUTHOR</dc:creator></cp:coreProperties>"
                    )
                    .encode()
                )
            new.writestr(name, text)
        new.writestr("xl/worksheets/_rels/sheet1.xml.rels", relations())
        new.writestr("xl/vbaProject.bin", b"CANARYMACRO Sub Auto_Open()")
        new.writestr("xl/embeddings/oleObject1.bin", b"CANARYOBJECT")
        new.writestr("customXml/item1.xml", "<x>CANARYXML</x>")
        new.writestr("xl/comments9.xml", "<comments>CANARYNOTE</comments>")
        new.writestr(
            "xl/externalLinks/externalLink1.xml",
            '<externalLink><ddeLink ddeService="cmd" ddeTopic="CANARYDDE"/></externalLink>',
        )
        new.writestr(
            "xl/externalLinks/_rels/externalLink1.xml.rels",
            '<Relationships><Relationship Target="file:///CANARYEXTERNAL.xlsx"/></Relationships>',
        )
    return out.getvalue()


def relations():
    return (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="c1" Type="{REL}/hyperlink" Target="http://CANARYLINK.example/" TargetMode="External"/></Relationships>'
    )


def sheet(text):
    """The sheet with formulas far from the table, a link on its title, a rule, and a header that all name a canary."""
    rows = (
        '<row r="60"><c r="H60"><f>HYPERLINK("http://CANARYFORMULA.example","1")</f><v>1</v></c></row>'
        '<row r="61"><c r="H61"><f>cmd|\'/c CANARYDDE\'!A1</f><v>1</v></c></row></sheetData>'
    )
    text = text.replace("</sheetData>", rows)
    links = f'<hyperlinks><hyperlink ref="A1" xmlns:r="{REL}" r:id="c1"/></hyperlinks><printOptions'
    text = text.replace("<printOptions", links, 1)
    return text.replace("<oddFooter>", "<oddHeader>CANARYHEADER</oddHeader><oddFooter>", 1)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Everything that the commands write about the hostile workbook, but for copies of itself."""
    top = tmp_path_factory.mktemp("外来")
    (top / "报送").mkdir()
    (top / "报送" / "水费.xlsx").write_bytes(hostile())
    merge = [
        "merge",
        "报送",
        "-o",
        "汇总.xlsx",
        "--json",
        "账.json",
        "--parquet",
        "列存",
        "--returns",
        "退回",
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(top)
        assert cli.main(merge) == 0
        for kind in ("csv", "json"):
            assert cli.main(["export", "报送", "--to", kind, "-o", f"明细.{kind}"]) in {0, 1}
    account = json.loads((top / "账.json").read_text(encoding="utf-8"))
    assert account["totals"]["total_funds"] == "150"
    return [path for path in top.rglob("*") if path.is_file() and path.parent.name != "报送"]


def parts(path):
    """What a file holds, packed parts one by one; a returned workbook is theirs, with our marks on it."""
    data = path.read_bytes()
    if zipfile.is_zipfile(path) and "退回" not in path.parts:
        with zipfile.ZipFile(path) as book:
            return {f"{path.name}!{name}": book.read(name) for name in book.namelist()}
    return {} if path.suffix == ".xlsx" else {path.name: data}


@pytest.mark.parametrize("what", ACTIVE)
def test_nothing_active_of_theirs_reaches_our_outputs(written, what):
    words = (ACTIVE[what].encode(), ACTIVE[what].encode("utf-16-le"))
    with zipfile.ZipFile(io.BytesIO(hostile())) as theirs:
        assert any(words[0] in theirs.read(name) for name in theirs.namelist())
    found = {name: part for path in written for name, part in parts(path).items()}
    assert len(found) > 20
    assert [name for name, part in found.items() if any(word in part for word in words)] == []


def test_our_summary_has_no_macro_object_or_outside_part(written):
    names = {name for path in written if path.name == "汇总.xlsx" for name in parts(path)}
    assert names
    assert not [
        name
        for name in names
        if any(one in name for one in ("vba", "embed", "external", "customXml", "activeX"))
    ]
