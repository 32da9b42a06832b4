"""选指标: an indicator of the library for the active row; what stands there is replaced only when that is agreed to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jixiao import forms, library, reading
from jixiao.errors import JixiaoError
from jixiao.library import Entry
from jixiao.model import CellValue, Document, Grid, Spot
from jixiao.office import excel
from jixiao.ribbon import changes, checks, telling

if TYPE_CHECKING:
    from jixiao.office.excel import Desk
    from jixiao.schemas import Vocabulary

_NO_ROW = "请先选中指标那一块的一行（填三级指标的那一格），再点“选指标”。"
_NO_LEVEL2 = "{0} 这一行和它上面都没有二级指标，不知道选哪一类。请先填好二级指标，再点“选指标”。"
_UNKNOWN = "指标库里没有“{0}”下的参考指标，请自己填写三级指标：说得清、量得出。"
_SUBJECTS = "“{0}”：这个项目是关于什么的？"
_ENTRIES = "“{0}”下写哪一个指标？"
_REPLACE = "{0} 已经写着“{1}”，要换成“{2}”吗？"
_FILL = "指标值里的“（填数）”请改成实际的数。"


@dataclass(frozen=True)
class _Line:
    """The row where it was clicked: its level 2, and the cells of its level 3 and target (指标值)."""

    level2: str
    name: str
    target: str


def pick_indicator(desk: Desk) -> str:
    """Offer what the library has for the row's level 2 and the project's subject, and write what is chosen."""
    book, sheet = telling.changeable(desk), telling.sheet(desk)
    selected = desk.app.selection
    with excel.Quiet(desk.app, book):
        found = excel.read(book, [sheet.name])
        documents, _ = reading.read(found)
    if not documents:
        raise JixiaoError(checks.nothing(f"工作表“{sheet.name}”"))
    row = -1 if selected is None else selected.row - 1
    document = next((one for one in documents if one.area.top <= row <= one.area.bottom), None)
    (grid,) = (one for one in found.grids if one.sheet == sheet.name)
    line = _line(document, grid, row) if document else None
    if document is None or line is None:
        return _NO_ROW
    if not line.level2:
        return _NO_LEVEL2.format(f"{sheet.name}!{line.name}")
    entry = _chosen(desk, document, line.level2)
    if isinstance(entry, str):
        return entry
    return _written(desk, sheet.name, line, entry)


def _line(document: Document, grid: Grid, row: int) -> _Line | None:
    """Return what the row is; `None` where it is no row of indicators, or the table lacks one of its columns."""
    heads = {name: Spot.of(cell) for name, cell in document.headings.items()}
    if not {"level2", "name", "target"} <= heads.keys():
        return None
    if not max(spot.row for spot in heads.values()) < row <= document.last_indicator_row:
        return None
    own = {
        field: Spot.of(document.cells[f"/indicators/{n}/{field}"])
        for n, _ in enumerate(document.values["indicators"] or ())
        for field in ("name", "target")
        if Spot.of(document.cells[f"/indicators/{n}/target"]).row == row
    }
    level2 = heads["level2"]
    column = ("".join(str(line[level2.column] or "").split()) for line in grid.rows[row : level2.row : -1])
    name, target = (own.get(field, Spot(row, heads[field].column)).a1 for field in ("name", "target"))
    return _Line(next((text for text in column if text), ""), name, target)


def _chosen(desk: Desk, document: Document, level2: str) -> Entry | str:
    """Return the entry that was chosen, or what there is to say where none was: `""` where it was cancelled."""
    words = forms.find(document.form, document.edition).words()
    about = library.about(document.values.get("project_name"), document.values["goals"] or ())
    entries = library.suggest(level2, about, words) or _of_a_subject(desk, level2, words)
    if entries is None:
        return ""
    if not entries:
        return _UNKNOWN.format(level2)
    at = desk.dialogs.choose_one(_ENTRIES.format(level2), [one.shown for one in entries])
    return "" if at is None else entries[at]


def _of_a_subject(desk: Desk, level2: str, words: Vocabulary) -> Sequence[Entry] | None:
    """Ask what the project is about, since its name does not say it; `None` where that was cancelled."""
    known = [(one, library.under(one, level2, words)) for one in library.catalogue()]
    some = [(one, entries) for one, entries in known if entries]
    if not some:
        return ()
    at = desk.dialogs.choose_one(_SUBJECTS.format(level2), [one.name for one, _ in some])
    return None if at is None else some[at][1]


def _written(desk: Desk, sheet: str, line: _Line, entry: Entry) -> str:
    """Write level 3, and the target where it is still blank; a figure that stands there is the clerk's own."""
    book = telling.book(desk)
    places = {"name": (sheet, line.name), "target": (sheet, line.target)}
    now = excel.contents(book, places.values())
    before = {field: now.get(at) for field, at in places.items()}
    values: dict[tuple[str, str], CellValue] = {}
    if before["name"] != entry.name:
        question = _REPLACE.format(line.name, before["name"], entry.name)
        if before["name"] not in {None, ""} and not desk.dialogs.confirm(question):
            return ""
        values[places["name"]] = entry.name
    if before["target"] in {None, ""}:
        values[places["target"]] = entry.target
    changes.make(desk, values, now, "选指标")
    kept = "" if places["target"] in values else f"指标值保留原来的“{before['target']}”。"
    fill = _FILL if places["target"] in values and entry.is_open else ""
    return f"已在 {sheet}!{line.name} 写入“{entry.name}”。{kept}{fill}可以点“撤销”恢复。"
