"""A copy for publication: what can be seen stays, and what nobody is meant to read is taken out and named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from jixiao.errors import FileRejectedError
from jixiao.model import STAMP_SHEET
from jixiao.office.package import book as books
from jixiao.office.package import marks, parts, properties, removing, scan, texts, trimming
from jixiao.office.package.book import Workbook
from jixiao.office.package.layout import layout, whole
from jixiao.office.package.parts import Package
from jixiao.office.package.references import Cells, Gone, is_hidden
from jixiao.office.package.scan import Edit

_NAMED = 10  # sheets, rows or columns that a sentence names
_TRUE = frozenset({"1", "true"})
_BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_OURS = STAMP_SHEET.casefold()  # how the names of all sheets begin that we put in
_NOBODY = "这个工作簿里没有看得见的工作表，做不出清洁副本。请在 Excel 中取消隐藏要公开的工作表，保存后再试。"


@dataclass(frozen=True)
class Cleaned:
    """A copy for publication, with a sentence for each kind of thing that was taken out, and for what to look at."""

    data: bytes
    removed: tuple[str, ...]
    remains: tuple[str, ...]


def clean(package: Package) -> Cleaned:
    """Return the copy; `office.package.clean` says of what."""
    removed: list[str] = []
    package = _unmarked(package, removed)
    book = books.workbook(package)
    vba = {one.kind for one in parts.links(package, book.part)}
    gone = _without_hidden(package, book, removed, macros=any("vba" in one.casefold() for one in vba))
    lost = trimming.trim(package, book)
    book = books.workbook(package)
    remains: list[str] = []
    used: set[int] = set()
    values = 0
    for sheet in book.sheets:
        trimming.sheet(package, sheet.part)
        if sheet.cells:
            found = removing.detach(package, sheet.part, gone)
            used |= found.texts
            values += sum(not edit.content for edit in found.edits)
            remains += _hidden(package, sheet, found)
        removing.detach_drawn(package, sheet.part, gone)
        trimming.tables(package, sheet.part, gone)
    _forget_texts(package, book, used)
    lost |= properties.blank(package)
    _settle(package, book)
    if values:
        removed.append(f"有 {values} 个公式引用了取出的内容，已换成它当时的结果。")
    removed += trimming.sentences(lost)
    outside = trimming.outside(package)
    if outside:
        remains.append(f"有 {outside} 个链接指向网站或其他文件，仍在副本里，请确认可以公开。")
    return Cleaned(parts.pack(package), tuple(removed), tuple(remains))


def _unmarked(package: Package, removed: list[str]) -> Package:
    carried = marks.carried(package)
    if carried:
        removed.append(f"取出了校验标记：{'、'.join(carried)}。")
    return marks.take(package)


def _without_hidden(package: Package, book: Workbook, removed: list[str], *, macros: bool) -> Gone:
    """Take hidden sheets out, and those that are no sheets of today: macro sheets, dialogs."""
    listed = removing.listed(package, book)
    kinds = {one.id: one.kind for one in parts.links(package, book.part) if one.part}
    away = {
        at
        for at, one in enumerate(listed)
        if not books.is_visible(one)
        or kinds.get(one.attributes.get(f"{scan.RELATIONSHIPS} id", "")) not in {"worksheet", "chartsheet"}
    }
    if len(away) == len(listed):
        raise FileRejectedError("unsupported_format", _NOBODY)
    hidden = [listed[at].attributes.get("name", "") for at in sorted(away)]
    names = [one for one in hidden if not one.casefold().startswith(_OURS)]
    if len(names) < len(hidden):
        removed.append("取出了本工具留在表里的下拉词表和记录，填报内容不受影响。")
    if names:
        more = f"等 {len(names)} 张" if len(names) > _NAMED else f"共 {len(names)} 张"
        removed.append(f"取出了隐藏的工作表：{'、'.join(f'“{one}”' for one in names[:_NAMED])}，{more}。")
    words = {"getpivotdata"} | ({"indirect"} if away else set())
    root = scan.parse(parts.read(package, book.part)).child("definedNames")
    for one in root.all("definedName") if root else ():
        if _TRUE & {one.attributes.get(key) for key in ("function", "vbProcedure", "xlm")}:
            words.add(one.attributes.get("name", "").casefold())
    gone = Gone(frozenset(), (), frozenset(words), outside=True, functions=_functions() if macros else None)
    return removing.sheets(package, book, away, gone)


def _functions() -> frozenset[str]:
    from openpyxl.utils import FORMULAE  # noqa: PLC0415 - heavy, and workbooks with macros only

    return frozenset(one.casefold() for one in FORMULAE)


def _hidden(package: Package, sheet: books.Sheet, found: Cells) -> list[str]:
    """Return the sentence about hidden rows and columns that hold something."""
    columns = set()
    for one in layout(parts.read(package, sheet.part)).columns():
        if is_hidden(one.attributes, "width"):
            low, high = whole(one.attributes.get("min", "1")), whole(one.attributes.get("max", "1"))
            columns |= {at for at in found.columns if low <= at + 1 <= high}
    said = [f"第 {text} 行" for text in [_listed(found.rows, lambda at: str(at + 1))] if text]
    said += [f"{text} 列" for text in [_listed(columns, books.letters)] if text]
    if not said:
        return []
    return [f"工作表“{sheet.name}”有隐藏的{'、'.join(said)}，里面的内容仍在副本里，请确认可以公开。"]


def _listed(numbers: set[int], name: Callable[[int], str]) -> str:
    """Return numbers as a person reads them, those that follow each other as one span."""
    spans: list[list[int]] = []
    for at in sorted(numbers):
        if spans and at == spans[-1][1] + 1:
            spans[-1][1] = at
        else:
            spans.append([at, at])
    said = [name(low) if low == high else f"{name(low)}—{name(high)}" for low, high in spans]
    return "、".join(said[:_NAMED]) + ("等" if len(said) > _NAMED else "")


def _forget_texts(package: Package, book: Workbook, used: set[int]) -> None:
    """Blank the shared texts that no cell uses any more; hidden sheets have left theirs there."""
    part = texts.shared_part(package, book)
    if part is None:
        return
    data = parts.read(package, part)
    found = texts.shared(data)
    edits = []
    for at, text in enumerate(found.texts):
        if at not in used and text:
            start, end = found.starts[at], found.ends[at]
            tag = data[start : scan.tag_end(data, start)]
            prefix = tag[1 : tag.index(b"si")]
            edits.append(Edit(start, end, b"<%ssi><%st/></%ssi>" % (prefix, prefix, prefix)))
    parts.edit(package, part, edits)


def _settle(package: Package, book: Workbook) -> None:
    """Say of the workbook that it holds no macros, and of endings that no member has, nothing."""
    types = parts.find(package, "[Content_Types].xml") or ""
    data = parts.read(package, types)
    endings = {one.rpartition(".")[2].casefold() for one in parts.names(package)}
    edits: list[Edit] = []
    for one in scan.parse(data).children:
        path = one.attributes.get("PartName", "")
        if path and parts.find(package, path) == book.part:
            edits += scan.amend(data, one, {"ContentType": _BOOK_TYPE})
        elif one.local == "Default" and one.attributes.get("Extension", "").casefold() not in endings:
            edits.append(Edit(one.start, one.end, b""))
    parts.edit(package, types, edits)
