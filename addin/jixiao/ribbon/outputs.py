"""新建, 清洁副本, 导出 PDF: files that a button writes, never over one that is there unless that was agreed to."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from jixiao import forms, reading
from jixiao.errors import JixiaoError
from jixiao.office import excel, saving
from jixiao.office.excel import marks, programs
from jixiao.ribbon import telling

if TYPE_CHECKING:
    from jixiao.model import Spot
    from jixiao.office.excel import Book, Desk, Sheet

_YEARS = range(2000, 2100)
_TAKEN = "“{0}”已经存在，没有覆盖。请换一个文件名，再点一次。"
_NOT_SAVED = "工作簿还没有保存过。请先保存，再点一次。"
_NO_FOLDER = "没有导出：文件夹“{0}”不存在，“{1}”没有地方存。请先建好这个文件夹，或换一个位置，再点一次。"
_NOT_A_PACKAGE = "只能从 .xlsx、.xlsm 工作簿做清洁副本，这个工作簿是 {0} 格式。请先另存为 .xlsx，再点一次。"
_UNSIGNED = "“{0}”有数字签名，清洁副本里不会有这个签名。要继续生成清洁副本吗？"
_FAR = "工作簿“{0}”不在本机的文件夹里（可能在网盘或共享位置），读不到它的文件。请先另存到本机，再点一次。"


def new_table(desk: Desk) -> str:
    """Ask for form, year, agency and place, write blank tables there, and open them."""
    from jixiao import issuing  # noqa: PLC0415 - other buttons here do not draw

    known = forms.catalogue()
    chosen = desk.dialogs.choose_one("新建哪一种表？", [f"{one.title}（{one.name}）" for one in known], 0)
    if chosen is None:
        return ""
    form = known[chosen]
    usual = str(issuing.year_in_preparation(datetime.now().astimezone().date()))
    year = desk.dialogs.ask_text("新建", "预算年度（四位数）：", usual)
    if year is None:
        return ""
    if not year.strip().isdecimal() or int(year) not in _YEARS:  # ２０２７ is a number too
        raise JixiaoError(f"年度“{year}”不对，应当是 2000 到 2099 之间的四位数，例如 {usual}。")
    agency = desk.dialogs.ask_text("新建", "单位名称（全称，可以留空）：")
    if agency is None:
        return ""
    stem = "_".join(part for part in (agency.strip(), form.title, str(int(year))) if part)
    path = desk.dialogs.save_as("空白表保存为", f"{saving.safe_name(stem)}.xlsx")
    if path is None:
        return ""
    path = _with_ending(path, ".xlsx")
    if path.exists():
        raise JixiaoError(_TAKEN.format(path.name))
    telling.opened(desk, path)  # a namesake that is open must be told before anything is written
    issuing.one(form, {"year": int(year), "agency": agency.strip()}, [], path, force=False)
    telling.open_file(desk, path)
    return f"已新建 {int(year)} 年度{form.title}：{path.name}。填好后点“校验本表”。"


def _with_ending(path: Path, ending: str) -> Path:
    return path if path.suffix.lower() == ending else path.with_name(f"{path.name}{ending}")


def clean_copy(desk: Desk) -> str:
    """Save a copy for publication, after the workbook itself was saved; returns what was taken out of it."""
    from jixiao.office import package  # noqa: PLC0415 - other buttons here change no closed file

    book, program = telling.book(desk), programs.of(desk.app)
    if not program.has_file(book):
        raise JixiaoError(_NOT_SAVED)
    source = Path(program.full_name(book))
    if not source.is_file():
        raise JixiaoError(_FAR.format(book.name))
    if not package.is_package(source.read_bytes()):
        raise JixiaoError(_NOT_A_PACKAGE.format(source.suffix))
    kept = "正在编辑的工作簿没有动。"
    if not program.is_saved(book):
        if not desk.dialogs.confirm("工作簿有没有保存的修改。要先保存，再生成清洁副本吗？"):
            return ""
        book.save()
        kept = "正在编辑的工作簿已经先保存，其中的内容没有改动。"
    data = source.read_bytes()
    cleaned = package.clean(data)
    if package.is_signed(data) and not desk.dialogs.confirm(_UNSIGNED.format(book.name)):
        return ""
    path = desk.dialogs.save_as("清洁副本保存为", str(source.with_name(f"{source.stem}（清洁）.xlsx")))
    if path is None:
        return ""
    path = _with_ending(path, ".xlsx")
    saving.check_not_input(path, [source])
    if path.exists():
        raise JixiaoError(_TAKEN.format(path.name))
    saving.save(path, cleaned.data)
    removed = "".join(cleaned.removed) or "没有需要去掉的内容。"
    remains = f"\n请再看一眼：{''.join(cleaned.remains)}" if cleaned.remains else ""
    return f"清洁副本已保存为 {path}，{kept}\n{removed}{remains}"


def export_pdf(desk: Desk) -> str:
    """Write the sheets with tables, or all visible ones where there is none, to a PDF without our colours."""
    book = telling.book(desk)
    program = programs.of(desk.app)
    place, name = Path(program.full_name(book)), f"{Path(book.name).stem}.pdf"
    # a workbook in the cloud has an address, beside which no file can be put
    path = desk.dialogs.save_as("PDF 保存为", str(place.with_name(name)) if place.is_absolute() else name)
    if path is None:
        return ""
    chosen, path = path, _with_ending(path, ".pdf")
    if not path.parent.is_dir():
        raise JixiaoError(_NO_FOLDER.format(path.parent, path.name))
    if not telling.may_replace(desk, chosen, path, f"“{path.name}”已经存在，要替换吗？"):
        return ""
    saved = program.is_saved(book)
    with excel.Quiet(desk.app, book):
        documents, _ = reading.read(excel.read(book))
        shown = [sheet.name for sheet in book.sheets if program.is_visible(sheet)]
        wanted = list(dict.fromkeys(one.sheet for one in documents)) or shown
        with _Plain(book):
            some: list[int | str] = [*wanted]
            book.to_pdf(str(path), include=None if program.is_locked(book) or wanted == shown else some)
    if saved:  # the colours are back: nothing to be asked about at closing
        program.set_saved(book)
    return f"已导出 {len(wanted)} 张工作表：{path}"


class _Plain:
    """The marked cells in their own fills while this lasts. A class, for UNO's exceptions pass through no generator."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._program = programs.of(book.app)
        self._painted: list[tuple[Sheet, dict[Spot, str]]] = []

    def __enter__(self) -> None:
        for name, ours in marks.painted(self._book).items():
            sheet = self._book.sheets[name]
            with self._program.Opened(sheet) as allowed:
                if allowed.fills:
                    self._program.fill(sheet, {spot: own for spot, (own, _) in ours.items()})
                    self._painted.append((sheet, {spot: mark for spot, (_, mark) in ours.items()}))

    def __exit__(self, *_: object) -> None:
        for sheet, ours in self._painted:
            with self._program.Opened(sheet):
                self._program.fill(sheet, ours)
