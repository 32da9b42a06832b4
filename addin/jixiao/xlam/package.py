"""The parts of the add-in, and the zip that holds them: stored, in one order, dated 1980."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from jixiao import buttons, resources
from jixiao.office.markup import escaped
from jixiao.xlam.project import project
from jixiao.xlam.source import SHEET, WORKBOOK, Module, modules

_OLD_RIBBON = "http://schemas.microsoft.com/office/2006/01/customui"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RIBBON_OF = "http://schemas.microsoft.com/office/{}/relationships/ui/extensibility"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first date that a zip can hold

_CONTENT_TYPES = f"""{_XML}<Types xmlns="{_PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>
<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>
<Override PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.addin.macroEnabled.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml" \
ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>
</Types>"""
_CORE = f"""{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" \
xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>绩效目标</dc:title>
<dc:description>绩效目标表：新建、校验、汇总</dc:description>
</cp:coreProperties>"""
_WORKBOOK = f"""{_XML}<workbook xmlns="{_SHEETS}" xmlns:r="{_OFFICE}/relationships">
<workbookPr codeName="{WORKBOOK}"/>
<bookViews><workbookView visibility="hidden"/></bookViews>
<sheets><sheet name="{SHEET}" sheetId="1" r:id="rId1"/></sheets>
</workbook>"""


def build() -> bytes:
    """Return `jixiao.xlam`."""
    return package(modules())


def package(those: Sequence[Module]) -> bytes:
    """Return an add-in with these modules and our ribbon; the tests put a recorder in the bridge's place."""
    ribbon = resources.text("macros/ribbon.xml")
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _relationships(
            (f"{_OFFICE}/relationships/officeDocument", "xl/workbook.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            (_RIBBON_OF.format(2006), "customUI/customUI.xml"),
            (_RIBBON_OF.format(2007), "customUI/customUI14.xml"),
        ),
        "customUI/customUI.xml": ribbon.replace(buttons.NAMESPACE, _OLD_RIBBON),
        "customUI/customUI14.xml": ribbon,
        "docProps/core.xml": _CORE,
        "xl/_rels/workbook.xml.rels": _relationships(
            (f"{_OFFICE}/relationships/worksheet", "worksheets/sheet1.xml"),
            ("http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin"),
        ),
        "xl/vbaProject.bin": project(those),
        "xl/workbook.xml": _WORKBOOK,
        "xl/worksheets/sheet1.xml": _sheet(resources.text("macros/sentences.txt")),
    }
    return _zipped({name: part if isinstance(part, bytes) else part.encode() for name, part in parts.items()})


def _relationships(*targets: tuple[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>\n'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">\n{rows}</Relationships>'


def _sheet(sentences: str) -> str:
    """The add-in's hidden sheet: a key in column A, its sentence in column B, for VBA source cannot hold Chinese."""
    rows = []
    for number, line in enumerate(sentences.splitlines(), start=1):
        cells = (
            f'<c r="{column}{number}" t="inlineStr"><is><t>{escaped(text)}</t></is></c>'
            for column, text in zip("AB", line.split("=", 1), strict=True)
        )
        rows.append(f'<row r="{number}">{"".join(cells)}</row>\n')
    return (
        f'{_XML}<worksheet xmlns="{_SHEETS}"><sheetPr codeName="{SHEET}"/>\n'
        f"<sheetData>\n{''.join(rows)}</sheetData></worksheet>"
    )


def _zipped(parts: dict[str, bytes]) -> bytes:
    """Stored and not deflated: what deflate makes of a part depends on the zlib at hand."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.create_system = 0  # the same on Windows and elsewhere
            archive.writestr(entry, part)
    return stream.getvalue()
