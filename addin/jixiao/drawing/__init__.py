"""A form (and a document) → `Page`: a blank template or a filled form."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from jixiao import choices, library, schemas
from jixiao.drawing import amounts, paging, targets
from jixiao.drawing.heights import broken_well, heights
from jixiao.drawing.layout import Line, Place, lines, places
from jixiao.drawing.names import sheet_name
from jixiao.forms import Form
from jixiao.model import Alarm, Area, Box, Dropdown, NumberCheck, Page, Prompt, Spot

__all__ = ["draw", "sheet_name"]

_TITLE_HEIGHT, _CAPTION_HEIGHT, _ROW_HEIGHT, _GOAL_HEIGHT = 36.0, 21.0, 23.25, 27.0
_CENTRED = frozenset({"level1", "level2", "operator", "target", "measure"})
_PROMPTS = {
    "department": ("主管部门及代码", "填写主管部门全称；有代码的写在后面的括号里，例如：某某局（123001）。"),
    "project_type": ("项目属性", "例如：新增项目、延续项目。"),
    "project_period": ("项目期", "例如：{year}年1月—{year}年12月。"),
    "name": ("三级指标", "写清楚考核什么，一行一个指标，例如：泵站维修数量。"),
    "target": (
        "指标值",
        "写明比较符、数值和计量单位，例如：≥95%、≤100万元、{year}年10月31日前；不能量化的，写明要达到的程度。",
    ),
    "measure": ("计量单位", "填写计量单位，例如：%、万元、人次、天；不能量化的留空。"),
}
_VALUE = "填写数值，例如：95、100；不能量化的，写明要达到的程度。"  # of a target with columns beside it
_EXAMPLE = 2026  # the year in examples where a table has none yet
_SPARE = "本行备用：不用时留空，打印前可以选中整行后隐藏。"


def draw(form: Form, sheet: str, values: Mapping[str, Any] | None = None, *, to_fill: bool = True) -> Page:
    """Return the page of a form, blank or filled.

    Args:
        form: the edition.
        sheet: the sheet's name, already safe and unique (see `sheet_name`).
        values: the `values` of a document as the contract writes them, also in part. Without `indicators` the
            official rows are drawn, each block with its spare rows; without `goals` the form's own number of rows.
            Money is in 万元 and stands on the page in the form's unit.
        to_fill: whether it is there to be filled in: with dropdowns, prompts and checks.

    Returns:
        The page, with sum formulas, row heights and print setup.

    """
    values = values or {}
    rows = lines(form, values.get("indicators"))
    goals: Sequence[str | None] = values.get("goals") or [None] * form.block("goals").at_least
    found = list(places(form, len(goals), rows))
    bottom = max(place.area.bottom for place in found)
    start = bottom - len(rows) + 1
    boxes = (*_head(form, values), *_boxes(form, values, found, rows))
    least = dict.fromkeys(range(bottom + 1), _ROW_HEIGHT) | {0: _TITLE_HEIGHT, 1: _CAPTION_HEIGHT}
    least |= {place.area.top: _GOAL_HEIGHT for place in found if place.repeat == "goals"}
    tall = heights(boxes, form.widths, least)
    page = Page(
        sheet=sheet,
        widths=form.widths,
        boxes=boxes,
        heights=tall,
        folded=frozenset(start + n for n, row in enumerate(rows) if row.spare),
        print_titles=(start - 1, start - 1),
        landscape=form.landscape,
        protected=True,
        stamp=(form.form, form.edition),
        breaks=paging.breaks(
            tall,
            _whole(rows, start),
            paging.room(form.widths, landscape=form.landscape),
            repeated=tall[start - 1],
        ),
    )
    if not to_fill:
        return page
    about = library.about(values.get("project_name"), goals)
    offered = choices.named_library(form.words(), about)
    dropdowns = [*_dropdowns(form, found, start), *(_examples(form, found, rows, about) if offered else ())]
    return replace(
        page,
        dropdowns=tuple(dropdowns),
        numbers=tuple(_number_checks(form, found)),
        prompts=tuple(_prompts(form, values, found, rows, {one.area[:2] for one in dropdowns})),
        alarms=tuple(_alarms(form, found, start)),
        lists=(*choices.named(form.words()), *offered) if dropdowns else (),
    )


def _whole(rows: Sequence[Line], start: int) -> Iterator[tuple[int, int]]:
    """Yield the level-1 blocks, the first with the headings above it."""
    for n, row in enumerate(rows):
        if row.first == n:
            yield start + n - (n == 0), start + row.last


def _head(form: Form, values: Mapping[str, Any]) -> tuple[Box, Box]:
    right, year = len(form.widths) - 1, values.get("year")
    caption = form.caption.replace("{year}", "    " if year is None else str(year))
    style = "caption_input" if year is None else "caption"
    return Box(Area(0, 0, 0, right), form.title, "title"), Box(Area(1, 0, 1, right), caption, style)


def _boxes(form: Form, values: Mapping[str, Any], found: Sequence[Place], rows: Sequence[Line]) -> list[Box]:
    sums = {place.cell.field: place.cell for place in found if place.cell.sum}
    spots = _spots(found)
    boxes = []
    for place in found:
        cell, area = place.cell, place.area
        if cell.free:
            boxes.append(Box(area, None, "free"))
        elif not cell.field:
            boxes.append(broken_well(Box(area, cell.label or None, "label"), form.widths))
        elif place.repeat == "goals":
            boxes.append(Box(area, _goal(place, values.get("goals")), "input"))
        elif place.repeat == "indicators":
            style = "input_center" if cell.field in _CENTRED else "input"
            boxes.append(Box(area, targets.text(form, cell.field, rows[place.n].words), style))
        elif schemas.is_money(form.form, cell.field):
            value, calculated = amounts.written(form, cell, values, sums)
            formula = amounts.formula([spots[part] for part in cell.sum]) if calculated else None
            if formula and value is None:
                value = ""
            boxes.append(Box(area, value, "input_sum" if cell.sum else "money", formula))
        else:
            boxes.append(Box(area, _text(cell.field, values), "input"))
    return boxes


def _goal(place: Place, goals: Sequence[str | None] | None) -> str | None:
    """Return a goal behind its printed number; a bare number only where the document has it so."""
    if not goals:
        return None
    return place.cell.number.replace("{n}", str(place.n + 1)) + (goals[place.n] or "") or None


def _text(field: str, values: Mapping[str, Any]) -> str | None:
    text = values.get(field) or ""
    if field == "department" and values.get("department_code"):
        text += f"（{values['department_code']}）"
    return text or None


def _spots(found: Sequence[Place]) -> dict[str, Spot]:
    fields = [place for place in found if place.cell.field and not place.repeat]
    return {place.cell.field: Spot(place.area.top, place.area.left) for place in fields}


def _column(found: Sequence[Place], field: str) -> list[Area]:
    return [place.area for place in found if place.repeat == "indicators" and place.cell.field == field]


def _dropdowns(form: Form, found: Sequence[Place], start: int) -> list[Dropdown]:
    words, blocks = form.words(), _column(found, "level1")
    first = [choices.level1(words, area._replace(bottom=area.top, right=area.left)) for area in blocks]
    second = [
        choices.level2(words, Spot(area.top, area.left), blocks[0].left, start - 1)
        for area in _column(found, "level2")
    ]
    signs = _column(found, "operator")
    return [*first, *second, *(choices.operator(one._replace(bottom=signs[-1].bottom)) for one in signs[:1])]


def _examples(form: Form, found: Sequence[Place], rows: Sequence[Line], about: str) -> list[Dropdown]:
    """Return what the library offers in each cell of level 3, where any text may be typed."""
    words, start = form.words(), _column(found, "level2")[0]
    examples = []
    for place in found:
        if place.repeat == "indicators" and place.cell.field == "name":
            one = choices.level3(words, Spot(*place.area[:2]), start.left, start.top - 1, about)
            examples.append(one._replace(prompt=one.prompt + _SPARE) if rows[place.n].spare else one)
    return examples


def _number_checks(form: Form, found: Sequence[Place]) -> list[NumberCheck]:
    error = f"请填写不小于 0 的数字，单位是{form.money}，不要写“{form.money}”等文字。"
    entered = f"填写数字，单位是{form.money}；没有的填 0。"
    summed = f"由分项自动相加，单位是{form.money}；也可以直接填写数字，与分项之和不符时会变红。"
    return [
        NumberCheck(place.area, "金额", summed if place.cell.sum else entered, error)
        for place in found
        if not place.repeat and schemas.is_money(form.form, place.cell.field)
    ]


def _prompts(
    form: Form,
    values: Mapping[str, Any],
    found: Sequence[Place],
    rows: Sequence[Line],
    taken: Container[tuple[int, ...]],
) -> list[Prompt]:
    """Return what is said at a cell when it is entered, but for cells whose dropdown says it."""
    prompts = []
    if values.get("year") is None:
        text = "在括号里填写四位数的年份，例如：" + form.caption.replace("{year}", str(_EXAMPLE))
        prompts.append(Prompt(Area(1, 0, 1, len(form.widths) - 1), "年度", text))
    for place in found:
        if place.repeat == "goals" and place.cell.field:
            number = place.cell.number.replace("{n}", str(place.n + 1))
            prompts.append(Prompt(place.area, "总体目标", f"一行写一个目标，写成：{number}……；没有的留空。"))
        elif place.cell.field in _PROMPTS and place.area[:2] not in taken:
            title, text = _PROMPTS[place.cell.field]
            if place.cell.field == "target" and targets.parts(form):
                text = _VALUE
            text = text.replace("{year}", str(values.get("year") or _EXAMPLE))
            spare = place.repeat == "indicators" and rows[place.n].spare
            prompts.append(Prompt(place.area, title, text + _SPARE if spare else text))
    return prompts


def _alarms(form: Form, found: Sequence[Place], start: int) -> list[Alarm]:
    """Return what is shown at once, with no add-in: a level 2 of another level 1, and a broken sum."""
    words, spots, alarms = form.words(), _spots(found), []
    if words.closed == frozenset(words.level1):
        areas, parent = _column(found, "level2"), _column(found, "level1")[0].left
        whole = areas[0]._replace(bottom=areas[-1].bottom)
        condition = choices.mismatch_formula(words, Spot(whole.top, whole.left), parent, start - 1)
        alarms.append(Alarm(whole, condition))
    for place in found:
        if place.cell.sum:
            parts = [spots[part] for part in place.cell.sum]
            alarms.append(Alarm(place.area, amounts.broken(form, spots[place.cell.field], parts)))
    return alarms
