"""What reading cannot settle about the fields above the indicators, told and not guessed in silence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from jixiao import forms, schemas
from jixiao.model import Note, Spot
from jixiao.reading import amounts, others, spans
from jixiao.reading.appropriations import budgets as of_budgets
from jixiao.reading.fields import Found, Sought, label_spot, sought, value_of
from jixiao.reading.tables import Place
from jixiao.reading.view import View
from jixiao.reading.words import appropriations, by_government, label_key
from jixiao.values import decimal, shown

# Of the whole project, where the year has a row of its own.
_OF_THE_WHOLE = frozenset(map(label_key, ("项目资金总额", "总预算", "项目总预算", "预算总额")))
# The block of 年度主要任务 of the unit's form of 2015, row by row in place of 基本支出 and 项目支出; layout 待核实.
_BY_TASKS = [{label_key(what), label_key("主要内容")} for what in ("任务名称", "对应项目")]
_AMOUNTS = ("total_funds", "fiscal_funds", "other_funds")
UNASKED = Note("ST03", "/department_code", "", lacks=("/department_code",))
_CODE = re.compile(r"[代编]\s*码")
_OTHER_SPELLINGS = 3  # so many labels in other words: a form of another place, not ours with a row deleted


def notes(
    view: View, places: Sequence[Place], form: forms.Form, head: Mapping[str, Found], told: str | None
) -> Iterator[Note]:
    """Yield what must be told: columns of money that no heading settles, two rows for one field, rows never there.

    Args:
        view: the sheet.
        places: the table, and what stands below its indicators.
        form: its edition.
        head: the fields and the goals that were read.
        told: the unit of money that the form prints.

    """
    year, raw = head["year"].value, head["year"].raw
    of_year = year if isinstance(year, int) else None
    if of_year is None and raw is not None:
        text = f"年度写的是“{shown(raw)}”，看不出这张表是哪一个年度的。"
        yield Note("ST01", "/year", text, "error", "请在标题下只写申报的预算年度，如“（2024年度）”。")
    if form.form == "project_target":
        yield from _two_projects(view, places[0], head)
        yield from _code_unasked(view, places, form, head)
    for place in places:
        yield from _of_money(view, place, form, head, told or form.money, of_year)
    yield from _never_there(places, form, head)


def _code_unasked(
    view: View, places: Sequence[Place], form: forms.Form, head: Mapping[str, Found]
) -> Iterator[Note]:
    """Note that the form has no place for the department's code: its label asks for the name alone, 主管部门."""
    one = sought(form.form, form.edition)["department"]
    spots = (label_spot(view, place, one, set()) for place in places)
    label = next(filter(None, spots), None)
    code = head.get("department_code")
    if label and code and code.value is None and not asks_code(view.text(*label)):
        yield UNASKED


def _two_projects(view: View, place: Place, head: Mapping[str, Found]) -> Iterator[Note]:
    """Tell of projects that stand in columns side by side, each with its name and its amounts: the first alone is read."""
    name = head.get("project_name")
    money = [one.spot for field in _AMOUNTS if (one := head.get(field)) and one.spot and one.label]
    if name is None or name.spot is None or not money:
        return
    row, first = name.spot
    if not any(
        place.is_label(view, row, c) for c in view.filled(row) if c < first
    ):  # it stands below its label
        return
    right = [c for c in view.filled(row) if c > first]
    others_ = list(takewhile(lambda c: not place.is_label(view, row, c), right))
    others_ = [c for c in others_ if view.text(row, c) != view.text(row, first)]
    beside = [
        c for c in others_ if any(c > at.column and amounts.is_amount(view, Spot(at.row, c)) for at in money)
    ]
    if beside:
        told = "、".join(f"{Spot(row, c).a1}“{view.text(row, c)[:20]}”" for c in (first, *beside))
        letters = "、".join(Spot(0, c).a1[:-1] for c in beside)
        text = f"项目名称一行有 {len(beside) + 1} 个项目（{told}），各有一列金额；这里只读了第一个，{letters} 列没有读取。"
        yield Note("ST09", "/project_name", text, "error", "请每个项目各填一张表，可以一个项目一个工作表。")


def _of_money(  # noqa: PLR0913, PLR0917 - what reading a field needs
    view: View,
    place: Place,
    form: forms.Form,
    head: Mapping[str, Found],
    unit: str,
    of_year: int | None,
) -> Iterator[Note]:
    """Yield the columns of money that no heading settles, and the rows for a field that has one already."""
    counted = {found.spot for found in head.values()}
    carried = {spot for _, spot in of_budgets(view, place, form)[1]}
    for name, one in sought(form.form, form.edition).items():
        found = head.get(name)
        label = label_spot(view, place, one, set()) if found and found.spot and one.is_money else None
        label = label or (found.label if found else None)  # 合计 beside its sources
        if label is None or found is None or found.spot is None:
            continue
        choice = amounts.choose(view, label, place, of_year)
        if choice is not None and choice.spot is None:
            yield columns(name, form, choice.headings, down=choice.down)
        if form.form == "project_target":
            half = spans.half(view, place, "money")
            rows = _rows_too(view, place, one, found.spot.row)
            rows = [spot for spot in rows if spot not in carried and (half is None or half.holds(spot))]
            more = [(spot, value_of(view, place, one, spot, unit, of_year)) for spot in rows]
            for spot, other in more:
                word, own = view.label(*spot), view.label(*label)
                is_source = name == others.FIELD and place.labels[word][0] == spot
                if is_source or _means_another(
                    word, own
                ):  # a source is in the sum, or breaks another one down
                    continue
                if other.spot not in counted and decimal(other.value) not in {None, 0}:
                    yield _second_row(name, view.text(*spot), other, found.spot.a1)


def asks_code(label: str) -> bool:
    """Tell whether a label asks for the department's code beside its name: 主管部门及代码."""
    return bool(_CODE.search(label))


def columns(name: str, form: forms.Form, headings: Sequence[str], *, down: bool = False) -> Note:
    """Return what is told of a field that has several columns or rows of money of which nothing tells the year's."""
    kind, label = ("行", "那一行的前面") if down else ("列", "那一列的表头")
    title = schemas.field(form.form, f"/{name}")["title"]
    told = "、".join(f"“{text}”" for text in headings)
    return Note(
        "ST09",
        f"/{name}",
        f"{title}有 {len(headings)} {kind}金额（{told}），看不出哪一{kind}是本年度的，读的可能不是本年度的数。",
        "error",
        f"请在本年度{label}写明“本年预算”，其他{kind}写明是哪一年的；或改用官方空白表。",
    )


def _rows_too(view: View, place: Place, one: Sought, used: int) -> list[Spot]:
    """Return the first label of every other row whose label means the same field."""
    first: dict[int, Spot] = {}
    for spot in (spot for wanted in one.keys for spot in place.labels.get(wanted, ())):
        if spot.row != used and not view.hidden_by_merge(*spot):
            first.setdefault(spot.row, spot)
    return list(first.values())


def _means_another(word: str, own: str) -> bool:
    """Tell whether a label of the same field is of the whole project, or of another budget's part of 财政拨款."""
    of_the_whole = word in _OF_THE_WHOLE and own not in _OF_THE_WHOLE
    return of_the_whole or appropriations().get(word) != appropriations().get(own)


def _second_row(name: str, label: str, other: Found, used: str) -> Note:
    title = schemas.field("project_target", f"/{name}")["title"]
    at = other.spot.a1 if other.spot else ""
    return Note(
        "ST09",
        f"/{name}",
        f"“{label}”（{at}，{shown(other.raw)}）也是“{title}”，这里只读了 {used}，{at} 没有计入。",
        "error",
        f"请把两行合并成一行“{title}”，或把不属于这一项的那一行改名。",
    )


def _never_there(places: Sequence[Place], form: forms.Form, head: Mapping[str, Found]) -> Iterator[Note]:
    """Tell which fields another place's form does not have: nobody deleted them."""
    spoken = {word for place in places for word in (*place.labels, *place.inline)}
    if form.form == "agency_overall" and any(map(spoken.issuperset, _BY_TASKS)):
        yield from _by_tasks(form, head)
        return
    columns = dict(places[0].columns)
    renamed = 0
    for cell in form.labels():
        own, *others = (label_key(text) for text in (cell.label, *cell.aliases))
        renamed += own not in spoken and (cell.column in columns or not spoken.isdisjoint(others))
    printed, *elsewhere = sought(form.form, form.edition)["fiscal_funds"].keys
    # 财政拨款 in words of another place: no carried-over row beside it
    unsplit = printed not in spoken and not spoken.isdisjoint(
        {*elsewhere, *appropriations(), *by_government()}
    )
    lacking = {
        name: bare
        for name, bare in _unread(form, head).items()
        if renamed >= _OTHER_SPELLINGS or (unsplit and name == "carryover_funds")
    }
    if len(lacking) > 1:
        yield _of_another_kind(form, lacking)
        return
    for name, bare in lacking.items():
        yield Note(
            "ST09",
            f"/{name}",
            f"这张表的栏目与“{form.name}”不同，没有“{bare}”这一栏，没有读取。",
            "warning",
            f"请在表上加上“{bare}”一栏并填写；或改用官方空白表。",
        )


def _unread(form: forms.Form, head: Mapping[str, Found]) -> dict[str, str]:
    """Return the labels of the fields that must be filled and were not found, by field."""
    required = schemas.schema(form.form)["required"]
    return {
        name: cell.label.strip("：: ")
        for name, cell, _ in form.fields()
        if name not in head and name != "goals" and name in required
    }


def _of_another_kind(form: forms.Form, lacking: Mapping[str, str]) -> Note:
    """Tell once which of several fields a form of another place never had."""
    told = "、".join(f"“{label}”" for label in lacking.values())
    text = f"这张表的栏目与“{form.name}”不同，没有{told}这 {len(lacking)} 栏，没有读取。"
    advice = "本地表样就是这样规定的，可以不改；要核对这几栏，请在表上加上并填写，或改用官方空白表。"
    return Note("ST09", "", text, "warning", advice, tuple(f"/{name}" for name in lacking))


def _by_tasks(form: forms.Form, head: Mapping[str, Found]) -> Iterator[Note]:
    """Tell once which fields a unit's form has none of that lists its budget task by task."""
    lacking = _unread(form, head)
    told = "、".join(f"“{label}”" for label in lacking.values())
    text = f"这张表按年度主要任务列预算（2015 年口径的整体表，版式待核实），没有{told}这 {len(lacking)} 栏，没有读取。"
    advice = "表样就是这样规定的，可以不改；本地要求分基本支出和项目支出的，请改用官方空白表。"
    if lacking:
        yield Note("ST09", "", text, "hint", advice, tuple(f"/{name}" for name in lacking))
