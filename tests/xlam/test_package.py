"""The add-in as a package: one hash everywhere, valid to the SDK, without what the SDK does not see."""

import hashlib
import re
import zipfile
from pathlib import Path

import pytest
from oletools.olevba import VBA_Parser
from pyopenvba import ExcelFile
from pyopenvba.integrity import check_file
from pyopenvba.interpreter import parse_module

from jixiao import resources, xlam
from jixiao.cli import main
from jixiao.xlam.source import module

README = Path(__file__).resolve().parents[2] / "addin" / "README.md"


def test_the_add_in_is_the_one_whose_hash_is_committed(addin):
    """Same bytes on every machine. A change that is meant: put the new hash into macros/jixiao.xlam.sha256."""
    found = hashlib.sha256(addin.read_bytes()).hexdigest()
    assert resources.text("macros/jixiao.xlam.sha256") == f"{found}  jixiao.xlam\n"


def test_nothing_is_deflated_or_dated(addin):
    with zipfile.ZipFile(addin) as archive:
        assert {(one.compress_type, one.date_time[0], one.extra) for one in archive.infolist()} == {
            (zipfile.ZIP_STORED, 1980, b"")
        }


def test_the_open_xml_sdk_has_nothing_to_say(addin, ooxml_validate):
    assert ooxml_validate(addin) == []


def test_own_checks_have_nothing_to_say(addin, faults):
    assert faults(addin) == []


def test_pyopenvba_has_nothing_to_say(addin):
    report = check_file(addin)
    assert (report.issues, report.complete) == ((), True)


PLANTED = {
    "an id twice": ("customUI/customUI14.xml", 'id="undo"', 'id="about"'),
    "no id": ("customUI/customUI14.xml", 'button id="undo"', "button"),
    "two labels": ("customUI/customUI14.xml", 'label="撤销"', 'label="撤销" getLabel="Label"'),
    "unknown icon": ("customUI/customUI14.xml", 'imageMso="Undo"', 'imageMso="NoSuchIcon"'),
    "unknown callback": ("customUI/customUI14.xml", 'keytip="U" onAction="OnButton"', 'keytip="U" onAction="OnUndo"'),
    "key tip twice": ("customUI/customUI14.xml", 'keytip="U"', 'keytip="A"'),
    "no tip": ("customUI/customUI14.xml", 'screentip="导出 PDF"', ""),
    "ribbons differ": ("customUI/customUI.xml", "撤销", "恢复"),
    "other namespace": ("customUI/customUI.xml", "2006/01/customui", "2009/07/customui"),
    "content type": ("[Content_Types].xml", "excel.addin.", "excel.sheet."),
    "ribbon not related": ("_rels/.rels", "customUI/customUI.xml", "customUI/other.xml"),
    "code name": ("xl/workbook.xml", 'codeName="ThisWorkbook"', 'codeName="Workbook"'),
}  # fmt: skip


@pytest.mark.parametrize("fault", PLANTED.values(), ids=PLANTED)
def test_own_checks_see_a_planted_fault(addin, faults, tmp_path, fault):
    name, old, new = fault
    broken = tmp_path / "broken.xlam"
    with zipfile.ZipFile(addin) as archive, zipfile.ZipFile(broken, "w") as copy:
        for one in archive.namelist():
            part = archive.read(one)
            if one == name:
                assert part.count(old.encode())
                part = part.replace(old.encode(), new.encode(), 1)
            copy.writestr(one, part)
    assert faults(broken)


def test_two_readers_read_back_the_text_in_macros(addin, read_by_olevba):
    """Whoever opens the add-in reads what a reviewer has read here, to the last character."""
    wanted = {}
    for path in sorted(resources.folder("macros").glob("*.bas")) + sorted(
        resources.folder("macros").glob("*.cls")
    ):
        text = path.read_bytes().decode("ascii")
        wanted[path.stem] = re.sub(
            r"\A(?:VERSION .*?\r\nEND\r\n)?(?:Attribute [^\r]*\r\n)+", "", text, flags=re.DOTALL
        )
    code = {
        name: re.sub(r"\A(?:Attribute [^\r]*\r\n)+", "", text) for name, text in read_by_olevba(addin).items()
    }
    assert code == wanted | {"ThisWorkbook": "", "Sentences": ""}
    with ExcelFile(addin) as file:
        found = {one.name: one.source.replace("\r\n", "\n") for one in file.vba_project().modules}
    assert found == {one.name: one.source.replace("\r\n", "\n") for one in xlam.modules()}


def test_what_a_scanner_finds_suspicious_is_explained_to_the_security_officer(addin):
    parser = VBA_Parser(str(addin))
    words = {
        word for _, word, _ in parser.analyze_macros() if " Strings" not in word
    }  # those are numbers and names
    kinds = {kind for kind, _, _ in parser.analyze_macros()}
    parser.close()
    explained = re.search(r"`olevba` 会列出.*?###", README.read_text(encoding="utf-8"), re.DOTALL)[0].lower()
    assert [word for word in sorted(words) if f"`{word.lower()}`" not in explained] == []
    assert "AutoExec" not in kinds


def test_sources_are_few_ascii_explicit_and_end_lines_as_windows_does():
    files = [*resources.folder("macros").glob("*.bas"), *resources.folder("macros").glob("*.cls")]
    texts = [path.read_bytes().decode("ascii") for path in files]
    assert sum(text.count("\n") for text in texts) < 250
    for text in texts:
        assert text.count("\n") == text.count("\r\n")
        assert "Option Explicit\r\n" in text
        assert not re.search(
            r"^\s*(Dim|Private|Public) .* As New (?!Jixiao)", text, re.MULTILINE
        )  # late binding
        assert not re.search(
            r"\b(Declare|(?<!WScript\.)Shell|cmd|Workbook_Open|Auto_Open|Application\.Run|Evaluate)\b", text
        )


def test_the_syntax_is_that_of_vba():
    for one in xlam.modules():
        parse_module(one.source, name=one.name, kind="standard" if one.kind == "standard" else "class")


def test_every_error_of_ours_has_a_sentence_and_every_sentence_is_used():
    keys = [line.partition("=")[0] for line in resources.text("macros/sentences.txt").splitlines()]
    code = "".join(one.code for one in xlam.modules())
    raised = set(re.findall(r'Err\.Raise OUR_ERROR, , "(\w+)"', code))
    assert sorted(keys) == sorted(raised | set(re.findall(r'Sentence\("(\w+)"\)', code)))


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("A.bas", 'Attribute VB_Name = "A"\n\' 绩效\n'),
        ("A.bas", f'Attribute VB_Name = "A"\n{"x" * 1024}\n'),
        ("A.bas", 'Attribute VB_Name = "B"\n'),
        ("A-1.bas", 'Attribute VB_Name = "A-1"\n'),
    ],
)
def test_a_source_that_excel_would_not_take_is_refused(file, text):
    with pytest.raises(ValueError, match=re.escape(file)):
        module(file, text)


def test_the_command_writes_the_add_in_and_says_its_hash(addin, tmp_path, capsys):
    out = tmp_path / "新建 文件夹" / "jixiao.xlam"
    assert main(["addin", "build", "-o", str(out)]) == 0
    assert out.read_bytes() == addin.read_bytes()
    assert hashlib.sha256(out.read_bytes()).hexdigest() in capsys.readouterr().err
    assert main(["addin", "build", "-o", str(out)]) == 2  # never over an existing file unasked
    assert main(["addin", "build", "-o", str(tmp_path / "jixiao.xlsx")]) == 2
    assert ".xlam" in capsys.readouterr().err
