"""The guard before python-calamine: no file that passes can make it ask for more memory than there is.

One value in `XFD1048576` of a 5 KB file aborts the process (tafia/calamine #693), and so does a lying
`uniqueCount` of the shared strings; neither can be caught. Ordinary sheets are looked at with one regular
expression over their bytes; whatever is not plain and near is parsed exactly by `office.cells`.
"""

from __future__ import annotations

import re
import struct
import zlib
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import unquote

from jixiao.errors import FileRejectedError
from jixiao.office import cells, hidden, open_cells
from jixiao.office.limits import Limits, mega
from jixiao.office.sniffing import damaged, encrypted, too_large

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zipfile import ZipInfo

_MIB = 1 << 20
_EOCD = b"PK\x05\x06"
_STORED, _DEFLATED = 0, 8
_UNIQUE = re.compile(rb"uniqueCount\s*=\s*[\"']\s*\+?(\d+)")
# A cell that is plain and near: an address up to ZZ9999, a style that is no percent, a type that is no error, and what
# it holds, with a formula never without its value: never calculated, or calculated to the empty text. Nor has a
# plain value an entity, a comment or a CDATA section in it: of a number calamine takes one piece. It takes the place
# of a cell from its own address, so rows need no look. Possessive for speed.
_PLACE = rb' r="[A-Z]{1,2}+[0-9]{1,4}+"(?: s="%(unwanted)s[0-9]++")?+'
_TYPE = rb'(?: t="(?!e")[a-zA-Z]++")?+'
_HELD = rb"<v>[^<&]*+</v></c>|</c>|<f[^<>]*+>(?:(?<=/>)|[^<]*+</f>)<v>%(results)s[^<&]++</v></c>"
_ODD_CELL = b"<c(?!" + _PLACE + _TYPE + b"(?:>(?:" + _HELD + rb"|<is>)|/>))[\s/>]"
# All cells of a sheet, each plain and near, in rows of which none is hidden.
_PLAIN_ROWS = (
    b'<sheetData>(?:<row(?: (?:ht|[a-gi-z][a-zA-Z0-9:]*+)="[^"<>]*+"| hidden="(?:0|false)")*+(?:/>|>(?:<c'
    + _PLACE
    + b'(?:/>| t="s"><v>[0-9]++</v></c>|'
    + _TYPE
    + b"(?:/>|>(?:"
    + _HELD
    + rb"|<is><t[^<>]*+>[^<]*+</t></is></c>))))*+</row>))*+</sheetData>"
)
_PREFIXED = re.compile(rb":c[\s/>]")
_SHORTEST_CELL = len('<c t="s"><v>1</v></c>')
_TWICE = (
    "文件里“{0}”有两份内容，不同程序读到的会不一样，没有读取。请用表格软件打开核对，另存为 .xlsx 后重新提交。"
)
_MANY = 200  # so many percent styles that it is simpler to look at every styled cell
# Written by scripts that work out no formula; a program that does leaves neither behind (XlsxWriter, "Formula Results").
# With another number of calcPr it is the wish of a program that has results, as in the copies of `package.change`.
_ANEW, _NO_ZERO = b'calcId="124519" fullCalcOnLoad="1"', b"(?!0</v>)"
_BINARY_SHEET = re.compile(r"xl/(?:work|chart|dialog|macro)sheets/[^/]*\Z")


@lru_cache(maxsize=1024)
def part_key(name: str) -> str:
    """Return a member's name as readers compare them: unescaped, whatever its case, with slashes, none in front."""
    return unquote(name).replace("\\", "/").lstrip("/").casefold()


def directory(data: bytes) -> list[ZipInfo]:
    """Return the members of a zip package, none of them read yet.

    Raises FileRejectedError (`damaged`) also for a directory that another reader might see elsewhere in the bytes.
    """
    from zipfile import BadZipFile, ZipFile  # noqa: PLC0415 - a button click must not pay for what it does not use

    at = data.rfind(_EOCD)
    try:
        size, offset = struct.unpack_from("<II", data, at + 12)
        infos = ZipFile(BytesIO(data)).infolist()
    except (BadZipFile, struct.error, ValueError, NotImplementedError, OSError) as error:
        raise damaged() from error
    if at < 0 or (offset != 0xFFFFFFFF and offset + size != at):
        raise damaged()
    return infos


def inflate(data: bytes, infos: list[ZipInfo], limits: Limits) -> list[tuple[str, bytes]]:
    """Return name and content of every member, whatever the directory says of their sizes.

    Raises FileRejectedError: `encrypted`, `damaged`, `too_large`.
    """
    if len(data) > limits.file:
        raise too_large(f"文件有 {mega(len(data))}", mega(limits.file))
    if len(infos) > limits.entries:
        raise too_large(f"文件里有 {len(infos)} 个部件", f"{limits.entries} 个")
    parts, room, taken = [], limits.total, set[str]()
    for info in infos:
        if (key := part_key(info.filename)) in taken:
            raise FileRejectedError("damaged", _TWICE.format(info.filename))
        taken.add(key)
        part = member(data, info, limits, room)
        room -= len(part)
        parts.append((info.filename, part))
    return parts


def member(data: bytes, info: ZipInfo, limits: Limits, room: int) -> bytes:
    """Return one member's content, of at most `room` bytes; raises as `inflate` does."""
    packed = _packed(data, info)
    dense = max(8 * _MIB, limits.ratio * len(packed))
    most = min(limits.part, room, dense)
    # some programs call a member of no bytes deflated, and write not even the end of it
    part = _unpack(packed, info.compress_type if packed or info.file_size else _STORED, most)
    if len(part) <= most:
        return part
    if most == dense:
        raise too_large(f"有一部分 {len(packed)} 字节，解压后在 {mega(most)} 以上", f"{limits.ratio} 倍")
    if most == limits.part:
        raise too_large(f"有一部分解压后在 {mega(most)} 以上", mega(most))
    raise too_large(f"全部解压后在 {mega(limits.total)} 以上", mega(limits.total))


def _packed(data: bytes, info: ZipInfo) -> bytes:
    """Return a member's packed bytes; its own header comes first, and is as long as it says."""
    if info.flag_bits & 1:
        raise encrypted()
    at = info.header_offset
    if data[at : at + 4] != b"PK\x03\x04" or at + 30 > len(data):
        raise damaged()
    name, extra = struct.unpack_from("<HH", data, at + 26)
    start = at + 30 + name + extra
    if start + info.compress_size > len(data):
        raise damaged()
    return data[start : start + info.compress_size]


def _unpack(packed: bytes, method: int, most: int) -> bytes:
    """Return the content, never inflating more than one byte beyond `most`; more than that is not the whole."""
    if method == _STORED:
        part, whole = packed, True
    elif method == _DEFLATED:
        stream = zlib.decompressobj(-15)
        try:
            part = stream.decompress(packed, most + 1)
        except zlib.error as error:
            raise damaged() from error
        whole = stream.eof
    else:
        raise damaged()
    if not whole and len(part) <= most:
        raise damaged()
    return part


def check_sheets(
    parts: list[tuple[str, bytes]], percents: Mapping[int, str], limits: Limits
) -> dict[str, cells.Facts]:
    """Look at every part that could be a worksheet, whatever its name; return what calamine cannot tell.

    Args:
        parts: the members of the package.
        percents: percent formats by number of cell style.
        limits: the bounds.

    Returns:
        Facts by `part_key`, for sheets that may hold such cells.

    Raises:
        FileRejectedError: `too_large` for a value too far away, `damaged` for XML that is none,
            `unsupported_format` for a number written in pieces.

    """
    unwanted = b'(?!(?:%s)")' % b"|".join(b"%d" % style for style in percents) if percents else b""
    if len(percents) > _MANY:
        unwanted = b"(?!)"
    anew = any(_ANEW in part for name, part in parts if part_key(name).endswith("workbook.xml"))
    looks = {b"unwanted": unwanted, b"results": _NO_ZERO if anew else b""}
    odd_cell, plain_rows = re.compile(_ODD_CELL % looks), re.compile(_PLAIN_ROWS % looks)
    found = {}
    _check_texts(parts, limits)
    for name, part in parts:
        _check_xml(name, part)
        at = part.find(b"sheetData")
        rows = plain_rows.match(part, at - 1) if at > 0 else None
        if rows and part.find(b"sheetData", rows.end()) < 0:  # calamine reads no cell elsewhere
            odd, end = False, at
        else:
            odd, end = at >= 0 and bool(odd_cell.search(part) or _PREFIXED.search(part)), len(part)
        if end != at or _is_shared(name):
            _check_counts(part)
        hides = at >= 0 and part.find(b"hidden", 0, end) >= 0  # a quick look: most sheets hide nothing
        if odd or hides:
            facts = cells.inspect(part, percents, limits, anew=anew) if odd else cells.Facts()
            if hides:
                facts.hidden.update(hidden.rows(part))
                facts.hidden_columns.update(hidden.columns(part))
            found[part_key(name)] = facts
    return found


def _check_texts(parts: list[tuple[str, bytes]], limits: Limits) -> None:
    """Refuse a workbook that repeats a long text so often that its copies would fill the memory.

    calamine copies a shared string into every cell that names it.
    """
    shared = max((part for name, part in parts if _is_shared(name)), key=len, default=b"")
    sheets = [part for _, part in parts if b"sheetData" in part]
    if sum(map(len, sheets)) // _SHORTEST_CELL * len(shared) > limits.text:
        longest = max(map(len, shared.split(b"si>")))
        copied = longest * sum(part.count(b"v>") // 2 for part in sheets)
        if copied > limits.text:
            raise too_large(f"各格文字合计可达 {mega(copied)}", mega(limits.text))


def _check_xml(name: str, part: bytes) -> None:
    """Refuse XML with a document type, or in UTF-16."""
    if name.lower().endswith((".xml", ".rels")) and (
        part[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in part[:8]
    ):
        raise damaged()
    if part.find(b"<!DOCTYPE", 0, 4096) >= 0:
        raise damaged()


def _is_shared(name: str) -> bool:
    """Tell whether calamine may read a part as the shared strings."""
    return name.lower().endswith("sharedstrings.xml")


def _check_counts(part: bytes) -> None:
    """Refuse shared strings that announce more strings than they have bytes: calamine reserves room for them."""
    if b"uniqueCount" in part and any(int(n[1][:20]) > len(part) for n in _UNIQUE.finditer(part)):
        raise damaged()


def check_binary(parts: list[tuple[str, bytes]], limits: Limits) -> None:
    """Refuse an .xlsb whose values lie too far away; raises FileRejectedError (`too_large`, `damaged`)."""
    for name, part in parts:
        if _BINARY_SHEET.match(part_key(name)):
            cells.check_binary(part, limits)


def check_manifest(parts: list[tuple[str, bytes]]) -> None:
    """Refuse an .ods that is encrypted, before its content is taken for broken XML; raises FileRejectedError."""
    if any(part_key(name) == "meta-inf/manifest.xml" and b"encryption-data" in part for name, part in parts):
        raise encrypted()


def check_open_document(parts: list[tuple[str, bytes]], limits: Limits) -> dict[str, cells.Facts]:
    """Refuse an .ods whose repeated cells grow too large, raising FileRejectedError (`too_large`, `damaged`).

    Returns what calamine cannot tell, by the name of the sheet.
    """
    found: dict[str, cells.Facts] = {}
    for name, part in parts:
        _check_xml(name, part)
        if name == "content.xml":
            found = open_cells.inspect(part, limits)
    return found
