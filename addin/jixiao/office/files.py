"""Workbooks on disk: bytes of an .xlsx .xlsm .xls .xlsb .ods → `Book`, or the reason why not."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

from jixiao.errors import FileRejectedError
from jixiao.model import LIST_SHEET, STAMP_SHEET, Area, Book, CellValue, Grid
from jixiao.office import (
    biff,
    cells,
    compound,
    guard,
    open_cells,
    reasons,
    sniffing,
    straightening,
    sums,
    times,
)
from jixiao.office.limits import Limits, mega
from jixiao.office.sniffing import classify_name, damaged, too_large
from jixiao.values import is_seen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from zipfile import ZipInfo

    from jixiao.model import Reason, Spot

__all__ = ["Limits", "classify_name", "load"]

# What python-calamine 0.9.1 returns of each kind was seen by experiment; .xlsx has its own look at the parts.
_BLIND_VALUES = ("百分比格式", "错误值", "公式是否算出结果")
_BLIND = {
    "xlsx": (),
    "xls": _BLIND_VALUES[2:],
    "old xls": _BLIND_VALUES,
    "xlsb": (*_BLIND_VALUES, "合并单元格"),
    "ods": (*_BLIND_VALUES[2:], "合并单元格"),
}
_BLIND_REASONS = ("保留的说明",)  # beside them where such a file carries some
_LIMITS = Limits()
_OURS = frozenset({LIST_SHEET, reasons.SHEET})
_area = tuple.__new__  # what `Area(…)` does in the end, in 0.58 of the time: a workbook has hundreds
_ZIP_HEADS = (b"PK\x03\x04", b"PK\x05\x06")
_MIMETYPE = b"application/vnd.oasis.opendocument."
_WORKBOOK_ENDINGS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et")
_OWN_FORMAT = re.compile(
    rb"%|&quot;|\\[^-/:, ]|![^<]|[0#?],+(?![0#?,])|[\x80-\xff][0#]"
    rb"|formatCode\s*=\s*[\"'][^\"'dm]*[yY]{2}[^\"'dm]*[\"']"  # a mere year
)
_BUILT_IN_PERCENT = re.compile(rb"numFmtId\s*=\s*[\"'](?:9|10)[\"']")
_NOTHING = cells.Facts()
_OUT_OF_MEMORY = "pointer is null"  # as calamine's binding puts it
_NAME_STAMP = re.compile(rb"name=[\"']jixiao_template[\"'][^>]*>([^<]*)<")
_PROPERTY_STAMP = re.compile(rb"<property\b[^>]*\bname=[\"']JixiaoTemplate[\"'][^>]*>\s*<[^>]*>([^<]*)<")
_STAMP = re.compile(r"([a-z0-9_]+)@([a-z0-9.-]+)")
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
    book = _read(plain, "old xls" if facts is None else "xls", facts or {}, limits)
    _check_letters(book.grids, limits)
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
    book = _read(data, kind, of_open if kind == "ods" else _by_sheet(by_name, facts), limits)
    if kind != "xlsx" or any(len(part) > limits.letters for _, part in parts):  # no text outgrows its part
        _check_letters(book.grids, limits)
    return Book(
        book.grids,
        book.stamps | _part_stamps(by_name),
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


def _read(data: bytes, kind: str, facts: Mapping[str, cells.Facts], limits: Limits) -> Book:
    """Let calamine read what passed the guard; whatever goes wrong in there, the file is damaged."""
    from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum  # noqa: PLC0415 - lazy by house rule

    try:
        with CalamineWorkbook.from_object(BytesIO(data)) as book:
            sheets = [meta for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
            return _book(book, sheets, kind, facts, limits)
    except FileRejectedError:
        raise
    except PasswordError as error:
        raise sniffing.encrypted() from error
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic in calamine is no Exception
        if isinstance(error, MemoryError) or _OUT_OF_MEMORY in str(error):
            raise too_large(f"读取 {mega(len(data))} 的文件需要的内存", "本机可用内存") from error
        raise damaged() from error


def _book(book: Any, sheets: list[Any], kind: str, facts: Mapping[str, cells.Facts], limits: Limits) -> Book:  # noqa: ANN401 - calamine is untyped where its stub is not found
    """Return the sheets one after the other, each let go before the next is read."""
    from python_calamine import SheetVisibleEnum  # noqa: PLC0415 - lazy by house rule

    grids, stamps, room = [], frozenset[tuple[str, str]](), limits.cells
    if len(sheets) > limits.sheets:
        raise too_large(f"有 {len(sheets)} 张工作表", f"{limits.sheets} 张")
    unread = kind != "xlsx" and any(meta.name == reasons.SHEET for meta in sheets)
    blind = _BLIND[kind] + (_BLIND_REASONS if unread else ())
    for meta in sheets:
        if meta.name in _OURS and meta.visible != SheetVisibleEnum.Visible:
            continue
        sheet = book.get_sheet_by_name(meta.name)
        last = sheet.end or (-1, -1)
        cells.check_reach(last[0] + 1, last[1] + 1, limits)
        room -= (last[0] + 1) * (last[1] + 1)
        if room < 0:
            raise too_large(f"各表铺开有 {limits.cells - room} 格以上", f"{limits.cells} 格")
        if meta.name == STAMP_SHEET and meta.visible != SheetVisibleEnum.Visible:
            stamps |= _sheet_stamps(sheet.to_python(skip_empty_area=False))
        else:
            visible = meta.visible == SheetVisibleEnum.Visible
            grids.append(_grid(sheet, visible, blind, facts.get(meta.name, _NOTHING), kind))
    return Book(tuple(grids), stamps)


def _check_letters(grids: Iterable[Grid], limits: Limits) -> None:
    """Refuse a text that no spreadsheet program would take into a cell."""
    most = limits.letters
    for grid in grids:
        long = [len(one) for row in grid.rows for one in row if type(one) is str and len(one) > most]
        if long:
            raise too_large(f"工作表“{grid.sheet}”有一格写了 {max(long)} 个字", f"{most} 个字")


def _grid(sheet: Any, visible: bool, blind: tuple[str, ...], facts: cells.Facts, kind: str) -> Grid:  # noqa: ANN401, FBT001 - calamine is untyped
    """Return one sheet; what stands under a merge is dropped, where merges are known."""
    rows: list[list[CellValue]] = [
        [None if value == "" else value for value in row] for row in sheet.to_python(skip_empty_area=False)
    ]
    if kind == "ods":
        open_cells.durations(rows)
    ranges = sheet.merged_cell_ranges
    merges = None if ranges is None else tuple([_area(Area, first + last) for first, last in ranges])
    unknown = {**facts.faults, **facts.zeros}
    _place(rows, unknown)
    whole = [line.copy() for line in rows] if unknown else []  # a sum takes in what a merge hides
    _uncover(rows, merges or ())
    seen = {spot: text for spot, text in unknown.items() if rows[spot.row][spot.column] is not None}
    faults = sums.worked_out(whole, unknown) if seen else {}
    for row, column in seen:
        rows[row][column] = whole[row][column]
    faults = {spot: text for spot, text in faults.items() if spot in seen}
    ours = {spot: text for spot, text in seen.items() if rows[spot.row][spot.column] is not None}
    for spot in facts.zeros.keys() & ours:
        if rows[spot.row][spot.column] == 0:  # it was the result
            del ours[spot]
    formats = {
        spot: code
        for spot, code in facts.formats.items()
        if spot.row < len(rows) and spot.column < len(rows[0]) and is_seen(rows[spot.row][spot.column], code)
    }
    hidden = frozenset(row for row in facts.hidden if row < len(rows))
    width = len(rows[0]) if rows else 0
    columns = frozenset(column for column in facts.hidden_columns if column < width)
    return Grid(sheet.name, rows, merges, visible, formats, faults, blind, hidden, columns, ours)


def _place(rows: list[list[CellValue]], faults: Mapping[Spot, str]) -> None:
    """Put the faults onto the sheet, widening it: calamine takes them for blanks, and may end before them."""
    if not faults:
        return
    width = max(len(rows[0]) if rows else 0, max(spot.column for spot in faults) + 1)
    rows += [[] for _ in range(max(spot.row for spot in faults) + 1 - len(rows))]
    for line in rows:
        line.extend([None] * (width - len(line)))
    for (row, column), text in faults.items():
        rows[row][column] = text


def _uncover(rows: list[list[CellValue]], merges: tuple[Area, ...]) -> None:
    """Blank the cells that a merge hides.

    Raises FileRejectedError (`damaged`) where merges overlap so much that this would not end.
    """
    height, width = len(rows), len(rows[0]) if rows else 0
    room = 2 * height * width
    for top, left, bottom, right in merges:
        if top >= height or left >= width:
            continue
        stop = right + 1 if right < width else width
        if top == bottom:  # nearly all lie in one row or one column: worth a way of their own
            line = rows[top]
            for column in range(left + 1, stop):
                line[column] = None
            room -= stop - left
        elif left == right:
            for line in rows[top + 1 : bottom + 1]:
                line[left] = None
            room -= (bottom + 1 if bottom < height else height) - top
        else:
            lines = rows[top : bottom + 1]
            room -= len(lines) * (stop - left)
            kept = rows[top][left]
            blanks = [None] * (stop - left)
            for line in lines[: max(room, 0)]:
                line[left:stop] = blanks
            rows[top][left] = kept
        if room < 0:
            raise damaged()


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


def _sheet_stamps(rows: list[list[Any]]) -> frozenset[tuple[str, str]]:
    """Return form and edition of each line of the stamp sheet: sheet, form, edition."""
    return frozenset(
        (row[1], row[2]) for row in rows[1:] if len(row) > 2 and _STAMP.fullmatch(f"{row[1]}@{row[2]}")
    )


def _part_stamps(parts: Mapping[str, bytes]) -> frozenset[tuple[str, str]]:
    """Return the stamps in the defined name and the custom property, which survive a lost sheet."""
    texts = [
        match[1].decode("utf-8", "replace")
        for path, pattern in (("xl/workbook.xml", _NAME_STAMP), ("docprops/custom.xml", _PROPERTY_STAMP))
        for match in pattern.finditer(parts.get(path, b""))
    ]
    return frozenset((form, edition) for text in texts for form, edition in _STAMP.findall(text))
