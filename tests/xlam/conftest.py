"""The built add-in, two engines that run its VBA, and a list of faults that no schema sees."""

import io
import re
import zipfile
from xml.etree import ElementTree as ET

import olefile
import pytest
from oletools.olevba import VBA_Parser

from jixiao import xlam
from jixiao.office.libreoffice import process
from jixiao.office.libreoffice.border import properties

# icons of Excel 2013, 2016, 2019 and 365 alike, by Microsoft's own lists of control identifiers
ICONS = {
    "ClearMenu", "Consolidate", "DataValidation", "ErrorChecking", "FileNew", "FileOpen", "FileProperties",
    "FileSaveAs", "FileSaveAsPdfOrXps", "Help", "NameUseInFormula", "ReviewNextComment", "ReviewPreviousComment", "SheetProtect",
    "ReviewTrackChangesMenu", "Spelling", "TabData", "Undo",
}  # fmt: skip
RIBBONS = {"customUI/customUI.xml": "2006/01", "customUI/customUI14.xml": "2009/07"}
MAIN = {
    "xlam": "application/vnd.ms-excel.addin.macroEnabled.main+xml",
    "xlsm": "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
}
DOCUMENTS = ("{00020819-0000-0000-C000-000000000046}", "{00020820-0000-0000-C000-000000000046}")


def sources(path):
    """Return every module's text as olevba reads it from the file."""
    parser = VBA_Parser(str(path))
    try:
        return {stream.rpartition("/")[2]: text for _, stream, _, text in parser.extract_all_macros()}
    finally:
        parser.close()


def package_faults(parts, ending):
    types = ET.fromstring(parts["[Content_Types].xml"])
    if not [one for one in types if one.get("ContentType") == MAIN[ending]]:
        yield "content type does not fit the ending"
    root = ET.fromstring(parts["_rels/.rels"])
    targets = {one.get("Target") for one in root}
    for name, version in RIBBONS.items():
        if name not in targets:
            yield f"{name} is not related"
        if f"office/{version}/customui" not in parts[name].decode():
            yield f"{name} has the namespace of the other"
    if len({re.sub(r"office/\d+/\d+/customui", "", parts[name].decode()) for name in RIBBONS}) != 1:
        yield "the two ribbons differ"


def code_name_faults(parts, modules):
    found = set()
    for name, part in parts.items():
        if name.startswith("xl/") and name.endswith(".xml"):
            found |= {one.get("codeName") for one in ET.fromstring(part).iter() if one.get("codeName")}
    documents = {name for name, text in modules.items() if any(base in text for base in DOCUMENTS)}
    if found != documents:
        yield f"code names {sorted(found)} are not the document modules {sorted(documents)}"


def ribbon_faults(part, modules):
    callbacks = {
        name
        for text in modules.values()
        for name in re.findall(
            r"^(?:Public )?Sub (\w+)\((?:ByVal |ByRef )?\w+ As Object\)", text, re.MULTILINE
        )
    }
    elements = [
        one for one in ET.fromstring(part).iter() if one.tag.rpartition("}")[2] in {"tab", "group", "button"}
    ]
    ids = [one.get("id") for one in elements]
    if None in ids or len(set(ids)) != len(ids):
        yield "an id is missing or there twice"
    keys = [one.get("keytip") for one in elements if one.get("keytip")]
    if len(set(keys)) != len(keys) or not all(re.fullmatch("[A-Z0-9]{1,3}", key) for key in keys):
        yield "a key tip is there twice, or is none"
    for one in elements:
        yield from element_faults(one, callbacks)


def element_faults(one, callbacks):
    name = one.get("id")
    if {"label", "getLabel"} <= set(one.attrib) or {"imageMso", "image"} <= set(one.attrib):
        yield f"{name}: two labels or two images"
    for key in ("imageMso", "insertAfterMso"):
        if one.get(key, "Help") not in ICONS:
            yield f"{name}: {key} {one.get(key)} is not in every Excel"
    if one.tag.endswith("}button"):
        if one.get("onAction") not in callbacks:
            yield f"{name}: onAction is no public Sub with one argument"
        for key in ("label", "screentip", "supertip", "keytip", "imageMso"):
            if not 0 < len(one.get(key, "")) <= 1024:
                yield f"{name}: no {key}, or too long"


def container_faults(data, modules):
    with olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_UNSURE) as container:
        streams = {"/".join(one) for one in container.listdir()}
        if container.openstream("VBA/_VBA_PROJECT").read() != bytes.fromhex("CC61FFFF000000"):
            yield "compiled code is in it, which nobody has read"
    if streams != {"PROJECT", "PROJECTwm", "VBA/_VBA_PROJECT", "VBA/dir"} | {
        f"VBA/{name}" for name in modules
    }:
        yield f"unexpected streams {sorted(streams)}"
    for name, text in modules.items():
        if not text.isascii() or max(map(len, text.split("\r\n"))) > 1023:
            yield f"{name}: not ASCII, or a line too long"


@pytest.fixture(scope="session")
def faults():
    """Return all that is wrong with an add-in and that the Open XML SDK does not see."""

    def look(path):
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        modules = sources(path)
        return [
            *package_faults(parts, path.suffix[1:]),
            *code_name_faults(parts, modules),
            *ribbon_faults(parts["customUI/customUI14.xml"], modules),
            *container_faults(parts["xl/vbaProject.bin"], modules),
        ]

    return look


@pytest.fixture(scope="session")
def read_by_olevba():
    return sources


@pytest.fixture(scope="session")
def addin(tmp_path_factory):
    """Return the path of the add-in, built anew."""
    path = tmp_path_factory.mktemp("addin") / "jixiao.xlam"
    path.write_bytes(xlam.build())
    return path


class Calc:
    """An add-in that is open in LibreOffice."""

    def __init__(self, office, path):
        self.office = office
        self.document = office.desktop.loadComponentFromURL(
            path.as_uri(),
            "_blank",
            0,
            properties(MacroExecutionMode=4, FilterName="Calc MS Excel 2007 VBA XML"),
        )

    def run(self, name, *arguments):
        """Run a procedure, as `Module.Procedure`, and return its result; an error of its own leaves it empty."""
        script = f"vnd.sun.star.script:Jixiao.{name}?language=Basic&location=document"
        return self.document.getScriptProvider().getScript(script).invoke(arguments, (), ())[0]

    def click(self, name):
        """Press a button: run the callback with a control that has an id, and nothing else."""
        control = self.office.create("com.sun.star.beans.PropertyBag")
        control.addProperty("ID", 0, name)
        self.run("JixiaoRibbon.OnButton", control)

    def column(self, number):
        """Return the filled cells of a column of the first sheet, from the top."""
        sheet, row, found = self.document.Sheets.getByIndex(0), 0, []
        while text := sheet.getCellByPosition(number, row).String:
            found.append(text)
            row += 1
        return found


@pytest.fixture(scope="session")
def office():
    """Return a LibreOffice of our own in which macros run."""
    started = process.start(headless=True, macros=True)
    yield started
    started.end()


@pytest.fixture(scope="session")
def in_calc(office):
    """Return `open(path)`: an add-in in LibreOffice, opened once, for one office does not survive many of them."""
    opened = {}

    def start(path):
        if path not in opened:
            opened[path] = Calc(office, path)
        return opened[path]

    yield start
    for one in opened.values():
        one.document.close(True)  # noqa: FBT003 - UNO knows no names
