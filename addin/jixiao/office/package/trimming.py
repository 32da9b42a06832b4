"""What a copy for publication may hold, by kind of relationship, and what goes from its parts with all the others."""

from __future__ import annotations

import re
from collections.abc import Collection

from jixiao.office.package import parts, scan
from jixiao.office.package.book import Workbook
from jixiao.office.package.parts import Package
from jixiao.office.package.properties import AUTHORS
from jixiao.office.package.references import Gone
from jixiao.office.package.scan import Edit

# Whatever is not named here is taken out, also what no one has thought of yet.
_ALLOWED = frozenset(
    {
        *("officeDocument", "core-properties", "extended-properties", "worksheet", "chartsheet", "theme"),
        *("styles", "sharedStrings", "sheetMetadata", "table", "hyperlink", "image", "drawing", "chart"),
        *("chartEx", "chartUserShapes", "chartStyle", "chartColorStyle", "themeOverride"),
        *("diagramData", "diagramLayout", "diagramQuickStyle", "diagramColors", "diagramDrawing"),
        *("rdRichValue", "rdRichValueStructure", "rdRichValueTypes", "richValueRel", "FeaturePropertyBag"),
    }
)
_BOOK = frozenset(
    {
        *("fileSharing", "functionGroups", "externalReferences", "customWorkbookViews", "pivotCaches"),
        *("smartTagPr", "smartTagTypes", "webPublishing", "fileRecoveryPr", "webPublishObjects"),
        *("extLst", "AlternateContent", "revisionPtr"),
    }
)
_SHEET = frozenset(
    {
        *("scenarios", "dataConsolidate", "customSheetViews", "customProperties", "cellWatches", "smartTags"),
        *("legacyDrawing", "oleObjects", "controls", "webPublishItems", "AlternateContent"),
    }
)
_WORDS = {
    "批注": ("comments", "threadedComment", "person"),
    "宏": ("vbaProject", "wordVbaData", "xlMacrosheet", "xlIntlMacrosheet", "attachedToolbars"),
    "指向其他工作簿的链接": ("externalLink", "externalLinkPath"),
    "自定义 XML 数据": ("customXml", "xmlMaps", "tableSingleCells"),
    "打印机设置": ("printerSettings",),
    "嵌入的对象和控件": ("oleObject", "package", "control", "ctrlProp", "activeXControlBinary"),
    "数据透视表（表中数值保留）": ("pivotTable", "pivotCacheDefinition", "pivotCacheRecords"),
    "切片器": ("slicer", "slicerCache", "timeline", "timelineCache"),
    "数据连接": ("connections", "queryTable", "volatileDependencies"),
    "修订记录": ("revisionHeaders", "usernames"),
    "数字签名": ("origin", "signature", "certificate"),
    "缩略图": ("thumbnail",),
    "自定义属性": ("custom-properties", "customProperty"),
    "自定义功能区": ("extensibility",),
}
_SILENT = frozenset({"calcChain", "vmlDrawing"})  # of no content, or the shapes of notes
_OTHERS = "其他附属内容"


def trim(package: Package, book: Workbook) -> set[str]:
    """Keep of the workbook part what may stay, and of all parts those that may be reached; returns the kinds lost."""
    data = parts.read(package, book.part)
    root = scan.parse(data)
    edits = [Edit(one.start, one.end, b"") for one in root.children if one.local in _BOOK]
    for one in root.children:
        if one.local in {"workbookPr", "fileVersion"} and "codeName" in one.attributes:
            edits += scan.amend(data, one, {"codeName": None})
    parts.edit(package, book.part, edits)
    lost: set[str] = set()
    ahead, seen = [""], {""}
    while ahead:
        part = ahead.pop()
        headers = _headers(package, part)
        held = parts.links(package, part)
        away = {one.id: one.kind for one in held if one.kind not in _ALLOWED and one.id not in headers}
        parts.unlink(package, part, away)
        lost |= set(away.values())
        new = {one.part for one in held if one.part and one.id not in away} - seen
        seen |= new
        ahead += new
    parts.remove(package, {*package.original, *package.changed} - seen - _frame(package, seen))
    return lost


def _frame(package: Package, seen: Collection[str]) -> set[str]:
    """Return the members that hold the package together: the types, and the relationships of what stays."""
    found = {parts.find(package, "[Content_Types].xml"), *(parts.links_of(package, one) for one in seen)}
    return {one for one in found if one is not None}


def _headers(package: Package, part: str) -> set[str]:
    """Return the relationships of a sheet that lead to the pictures in its header and footer."""
    data = parts.raw(package, part) if part else None
    if data is None or b"legacyDrawingHF" not in data:
        return set()
    found = _root(parts.read(package, part)).child("legacyDrawingHF")
    return {found.attributes.get(f"{scan.RELATIONSHIPS} id", "")} if found else set()


def _root(data: bytes) -> scan.Element:
    """Read a sheet of any kind, without its rows."""
    return scan.parse(data, lambda parent, _local, _attributes: parent == "sheetData")


def sheet(package: Package, part: str) -> None:
    """Take out of a sheet what may not stay, and what needs a relationship that is no more."""
    data = parts.read(package, part)
    root = _root(data)
    held = {one.id for one in parts.links(package, part)}
    edits: list[Edit] = []
    for block in root.children:
        if block.local in _SHEET:
            edits.append(Edit(block.start, block.end, b""))
        elif block.local in {"extLst", "hyperlinks"}:
            away = [one for one in block.children if _needs(one, held)]
            whole = away and len(away) == len(block.children)
            edits += [Edit(one.start, one.end, b"") for one in ([block] if whole else away)]
        elif block.local == "pageSetup" and _needs(block, held):
            edits.append(
                Edit(block.start, block.end, scan.retag(data[block.start : block.end], _no_ids(data, block)))
            )
        elif block.local == "conditionalFormatting" and "pivot" in block.attributes:
            edits += scan.amend(data, block, {"pivot": None})
        elif block.local == "protectedRanges":
            for one in block.children:
                edits += scan.amend(data, one, {"securityDescriptor": None})
        elif block.local != "sheetData" and _needs(block, held):
            edits.append(Edit(block.start, block.end, b""))
    parts.edit(package, part, edits)


def _no_ids(data: bytes, element: scan.Element) -> dict[str, str | None]:
    """Return what takes the relationships out of a start tag: its prefixed attributes, but for the prefixes themselves."""
    named = re.findall(rb"\s((?!xml)[^\s=:]+:[^\s=]+)\s*=", data[element.start : element.inner])
    return {name.decode(): None for name in named}


def _needs(element: scan.Element, held: Collection[str]) -> bool:
    """Tell whether an element names a relationship that is not among those held."""
    return any(
        text not in held
        for one in element.walk()
        for name, text in one.attributes.items()
        if name.startswith(f"{scan.RELATIONSHIPS} ")
    )


def tables(package: Package, part: str, gone: Gone) -> None:
    """Take out of a sheet's tables the formulas that refer to what goes, and the ties to data from elsewhere."""
    for table in parts.links(package, part):
        if table.kind != "table" or table.part is None:
            continue
        data = parts.read(package, table.part)
        edits: list[Edit] = []
        for one in scan.parse(data).walk():
            if one.local in {"calculatedColumnFormula", "totalsRowFormula"} and gone.meant(one.text):
                edits.append(Edit(one.start, one.end, b""))
            elif one.attributes.get("tableType", "worksheet") != "worksheet":
                edits += scan.amend(data, one, {"tableType": None, "connectionId": None})
            elif "queryTableFieldId" in one.attributes:
                edits += scan.amend(data, one, {"queryTableFieldId": None})
        parts.edit(package, table.part, edits)


def outside(package: Package) -> int:
    """Count the relationships that lead out of the package."""
    return sum(parts.external(package, one) for one in {"", *parts.reached(package)})


def sentences(lost: Collection[str]) -> list[str]:
    """Return the sentence of what was taken out, from kinds of relationships, and words that say it already."""
    known = {kind: word for word, kinds in _WORDS.items() for kind in kinds} | {AUTHORS: AUTHORS}
    words = {known.get(kind, _OTHERS) for kind in lost if kind not in _SILENT}
    found = [word for word in (AUTHORS, *_WORDS, _OTHERS) if word in words]
    return [f"取出了{'、'.join(found)}。"] if found else []
