"""Workbooks on disk: bytes of an .xlsx .xlsm .xls .xlsb .ods → `Book`, or the reason why not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jixiao.errors import FileRejectedError
from jixiao.model import Book
from jixiao.office import (
    biff,
    calamine,
    cells,
    compound,
    guard,
    reasons,
    sniffing,
    stamps,
    straightening,
    times,
)
from jixiao.office.limits import Limits, mega
from jixiao.office.sniffing import classify_name, too_large

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zipfile import ZipInfo

    from jixiao.model import Reason

__all__ = ["Limits", "classify_name", "load"]

_LIMITS = Limits()
_ZIP_HEADS = (b"PK\x03\x04", b"PK\x05\x06")
_MIMETYPE = b"application/vnd.oasis.opendocument."
_WORKBOOK_ENDINGS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et")
_OWN_FORMAT = re.compile(
    rb"%|&quot;|\\[^-/:, ]|![^<]|[0#?],+(?![0#?,])|[\x80-\xff][0#]"
    rb"|formatCode\s*=\s*[\"'][^\"'dm]*[yY]{2}[^\"'dm]*[\"']"  # a mere year
)
_BUILT_IN_PERCENT = re.compile(rb"numFmtId\s*=\s*[\"'](?:9|10)[\"']")
_SHEET_TAG = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")


def load(data: bytes, name: str, limits: Limits = _LIMITS) -> Book:
    """Return the workbook's sheets in their order, without chart sheets and our own hidden ones.

    Content decides, not the ending of `name`; the ending only tells a broken workbook from a stray file.

    Args:
        data: the whole file.
        name: its name, or path.
        limits: what it may hold.

    Returns:
        The book. Numbers are floats, dates as their format says; `modified` is in UTC.

    Raises:
        FileRejectedError: with the codes `encrypted`, `damaged`, `empty`, `not_a_spreadsheet`,
            `unsupported_format`, `too_large`, `other_file`; never anything else, whatever the bytes.

    """
    if not data:
        raise FileRejectedError("empty", "文件是空的（0 字节），多半是传输或保存中断。请向填报单位重新索取。")
    if data.startswith(compound.MAGIC):
        return _load_compound(data, name, limits)
    if data.startswith(_ZIP_HEADS):
        return _load_package(data, name, limits)
    raise sniffing.refuse_plain(data, name)


def _load_compound(data: bytes, name: str, limits: Limits) -> Book:
    """Read an OLE container: an .xls, or something that only looks like one."""
    if len(data) > limits.file:
        raise too_large(f"文件有 {mega(len(data))}", mega(limits.file))
    try:
        container = compound.open_compound(data)
    except FileRejectedError as error:
        raise sniffing.broken(name, "文件已损坏") from error
    names = container.root()
    if "EncryptedPackage" in names:
        raise sniffing.encrypted()
    if "WordDocument" in names:
        raise sniffing.unsupported("这是 Word 文档（.doc）")
    if "PowerPoint Document" in names:
        raise sniffing.foreign(name, "演示文稿")
    streams = ("Workbook", "Book", "WORKBOOK", "BOOK")
    if names.isdisjoint(streams):
        raise sniffing.broken(name, "内容无法识别")
    stream = container.stream(*streams)
    compound.check_biff(stream, limits)
    facts = biff.inspect(stream)
    # calamine falls back to zip readers, which find a package appended to the container: make it unfindable.
    plain = data.replace(b"PK\x05\x06", b"PK\x00\x00")
    book = calamine.read(plain, "old xls" if facts is None else "xls", facts or {}, limits)
    calamine.check_letters(book.grids, limits)
    return book._replace(modified=times.of_properties(container.top(times.SUMMARY)))


def _load_package(data: bytes, name: str, limits: Limits) -> Book:
    """Read a zip package: an .xlsx, .xlsm, .xlsb or .ods, or an archive that is none of them."""
    try:
        infos = guard.directory(data)
    except FileRejectedError as error:
        if b"[Content_Types].xml" in data[:4096]:
            raise
        raise sniffing.broken(name, "压缩包不完整") from error
    kind = _kind(data, infos, name, limits)
    parts = guard.inflate(data, infos, limits)
    guard.check_manifest(parts)
    original = data
    if kind == "xlsx":
        data, parts = straightening.straight(data, parts)
    by_name = {guard.part_key(path): part for path, part in parts}
    styles = next((part for path, part in by_name.items() if path.endswith("styles.xml")), b"")
    percents = cells.percent_styles(styles) if _may_dress(styles) else {}
    facts = guard.check_sheets(parts, percents, limits)
    # calamine tries one reader after the other, so what is not this file's kind must be harmless as well
    if "xl/workbook.bin" in by_name:
        guard.check_binary(parts, limits)
    of_open = guard.check_open_document(parts, limits) if "mimetype" in by_name else {}
    book = calamine.read(data, kind, of_open if kind == "ods" else _by_sheet(by_name, facts), limits)
    if kind != "xlsx" or any(len(part) > limits.letters for _, part in parts):  # no text outgrows its part
        calamine.check_letters(book.grids, limits)
    return Book(
        book.grids,
        book.stamps | stamps.of_parts(by_name),
        times.of_meta(by_name.get("meta.xml", b""))
        if kind == "ods"
        else times.of_core(by_name.get("docprops/core.xml", b"")),
        _reasons(original, by_name) if kind == "xlsx" else (),
    )


def _may_dress(styles: bytes) -> bool:
    """Take a quick look whether any style adds a percent sign or words to a number; a workbook's own formats stand first."""
    own = styles.rfind(b"numFmts")
    return bool(_BUILT_IN_PERCENT.search(styles) or (own >= 0 and _OWN_FORMAT.search(styles, 0, own)))


def _reasons(data: bytes, parts: Mapping[str, bytes]) -> tuple[Reason, ...]:
    """Return the recorded reasons; their cells are named by formulas, which calamine does not hand out."""
    name = reasons.SHEET.encode()
    if not any(name in part for path, part in parts.items() if path.rpartition("/")[2] == "workbook.xml"):
        return ()
    from jixiao.office.package import reasons as held  # noqa: PLC0415 - hardly any workbook carries reasons

    return held.read(data)


def _kind(data: bytes, infos: list[ZipInfo], name: str, limits: Limits) -> str:
    """Return `xlsx`, `xlsb` or `ods`; raises FileRejectedError for any other package."""
    by_name = {guard.part_key(info.filename): info for info in infos}
    if "_rels/.rels" in by_name and any(path.rpartition("/")[2] == "workbook.xml" for path in by_name):
        return "xlsx"
    if "xl/workbook.bin" in by_name:
        return "xlsb"
    if _has_workbook(data, by_name, limits):
        return "xlsx"
    what = guard.member(data, by_name["mimetype"], limits, 1024) if "mimetype" in by_name else b""
    if what.startswith(_MIMETYPE + b"spreadsheet"):
        return "ods"
    if what.startswith(_MIMETYPE + b"text") or "word/document.xml" in by_name:
        raise sniffing.unsupported("这是文字处理文档（如 Word）")
    if "ofd.xml" in by_name:
        raise sniffing.unsupported("这是 OFD 版式文件")
    if any(path.endswith(".iwa") for path in by_name):
        raise sniffing.unsupported("这是苹果 Numbers 表格")
    if "ppt/presentation.xml" in by_name:
        raise sniffing.foreign(name, "演示文稿")
    if any(path.endswith(_WORKBOOK_ENDINGS) for path in by_name):
        raise sniffing.packed()
    raise sniffing.broken(name, "压缩包里没有工作簿")


def _has_workbook(data: bytes, by_name: Mapping[str, ZipInfo], limits: Limits) -> bool:
    """Tell whether the package's document is a workbook, whatever its name."""
    if "_rels/.rels" not in by_name:
        return False
    main = straightening.main_part(guard.member(data, by_name["_rels/.rels"], limits, limits.total))
    found = by_name.get(main)
    return found is not None and straightening.is_workbook(guard.member(data, found, limits, limits.total))


def _by_sheet(parts: Mapping[str, bytes], facts: Mapping[str, cells.Facts]) -> dict[str, cells.Facts]:
    """Return the facts by the name of the sheet, as the workbook's relations tell."""
    if not facts:
        return {}
    book = straightening.main_part(parts.get("_rels/.rels", b""))
    if book not in parts:
        return {}
    ties = parts.get(straightening.relations_of(book), b"")
    folder = book[: -len(book.rpartition("/")[2])]
    targets = {one.id: one.part for one in straightening.relations(ties, folder)}
    found = {}
    for tag in _SHEET_TAG.findall(parts[book].decode("utf-8", "replace")):
        sheet = straightening.attributes(tag)
        part = targets.get(sheet.get("id", ""), "")
        if part in facts:
            found[sheet.get("name", "")] = facts[part]
    return found
