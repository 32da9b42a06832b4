"""Where the tables of a sheet stand: titles and indicator headings, several tables on one sheet kept apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from jixiao import forms
from jixiao.model import Spot
from jixiao.patterns import late
from jixiao.reading.headings import are_headings, column_of, columns_of, heading_of
from jixiao.reading.labels import index, key_labels, names, titles, with_amounts
from jixiao.reading.view import View
from jixiao.reading.words import LONGEST_LABEL, label_key, without_lead
from jixiao.values import key

_TITLE = re.compile(
    r"目标(?:[及和与]?(?:绩效)?指标)?(?:申报|批复|调整|情况|公开|明细|一览|汇总|编制|填报|报送|备案|下达|登记|审批|设定|信息){0,2}表"
    r"|申报[表书]含\S{0,4}目标"
)
_OF_AN_AGENCY = re.compile(r"(?:部门|单位)\S{0,6}整体")  # in a title of which no form's own is a part
_OF_INDICATORS = re.compile(r"(?:目标|指标)表")  # over the indicators of the year, or of a longer time
_LATIN = re.compile(r"[A-Za-z]+$")  # a title in English behind the Chinese one
_LIKE_A_TITLE = late(r"\S*(?:项目|支出|整体|预算)\S*(?:绩效|申报)\S{0,8}")
_NO_TITLE = late(
    r"[:：，,。；;]|请|按|说明|要求|认真|自评|评价|监控|审核|(?:局|科|股|处|室|中心|单位|部门|办公室)$"
)
_IN_CELLS = late(r".*表(?:\(.{0,12}\))?")
_OTHER_TABLE = re.compile(r"(?:自评|评价|监控|审核)(?:情况|报告)?表")
_PREFACE = late(
    r"附件|附表|表\d|金额单位|单位[:：]|填报单位|编制单位|单位名称[:：]|第\s*\S{1,3}\s*页|[(（]?\s*(?:20\d\d|二[〇○零O0]\S{2})\s*年|项目[一二三四五六七八九十\d]+[:：]?$"
)
_EARLIER = late(r"中期|长期|三年|总体|总目标|总绩效|实施期|项目期|全周期|规划期|上年")
_LONGEST_TITLE = 80
_CELLS_OF_A_TITLE = 3
_HEAD_ROWS = 60
_ENOUGH_LABELS = 3
_LEVELS = frozenset(forms.INDICATOR_COLUMNS)
_FORMS = ("project_target", "agency_overall")
_NO_HEADING = (
    "工作表“{0}”第 {1} 行的标题是“{2}”，下面却没有“一级指标、二级指标、三级指标、指标值”这样的表头，也没有看懂金额和目标写在哪里，未读取。"
    "请改用官方空白表填写。"
)
_LIST = (
    "工作表“{0}”第 {1} 行起是一行一个项目（单位）的清单，没有“一级指标、二级指标、三级指标、指标值”几列，未读取。"
    "请加上这几列，或每个项目用一张官方空白表填写。"
)
_NO_LABELS = (
    "工作表“{0}”第 {1} 行有指标的表头，上面却没有“项目名称”“年度资金总额”或“单位名称”“预算情况”等栏目，"
    "看不出是项目表还是整体表，未读取。"
)


@dataclass(frozen=True)
class Place:
    """One table on a sheet.

    Attributes:
        form: which table.
        top: its first row (the title, or the first label where the title is missing).
        bottom: the row after its last one.
        title: row and column of the title, `None` where there is none.
        heading: the row of the indicator headings, `None` where there is none.
        columns: indicator field or `operator`, `measure`, `other<n>` → column of its heading.
        labels: label key → the cells from the first row to the heading that say it, in reading order.
        inline: label key → the cells that say it before a colon and hold the value behind it.

    """

    form: str
    top: int
    bottom: int
    title: tuple[int, int] | None
    heading: int | None
    columns: tuple[tuple[str, int], ...]
    labels: Mapping[str, Sequence[Spot]]
    inline: Mapping[str, Sequence[Spot]]

    @property
    def end(self) -> int:
        """The row after the last one above the indicators."""
        return self.heading if self.heading is not None else self.bottom

    def is_label(self, view: View, row: int, column: int) -> bool:
        """Tell whether the cell holds a label of this form; of a name's label only the first one is."""
        if not view.is_label(row, column, self.form):
            return False
        word = view.label(row, column)
        return word not in names(self.form) or self.labels.get(word, ((row, column),))[0] == (row, column)


@dataclass
class _Scan:
    """What one walk over a sheet finds: titles (with column and form), heading rows, titles of other tables."""

    titles: dict[int, tuple[int, str]]
    headings: list[int]
    others: list[int]


def find(view: View) -> tuple[list[Place], list[str]]:
    """Return the tables of a sheet from top to bottom, and sentences about tables that are not ours to read."""
    scan = _scan(view)
    remarks: list[str] = []
    places: list[Place] = []
    used: set[int] = set()
    floor = -1
    for heading in scan.headings:
        above = [row for row in scan.titles if floor < row <= heading]
        other = max((row for row in scan.others if floor < row <= heading), default=-1)
        if other > max(above, default=-1) and not _is_inside(view, floor + 1, other, heading):
            remarks.append(
                f"工作表“{view.grid.sheet}”第 {other + 1} 行起是自评、监控或审核类的表，不是绩效目标表，未读取。"
            )
            floor = heading
            continue
        tops = [*reversed(above), _first_label_row(view, floor + 1, heading)]
        floor = heading
        tried = (_place(view, top, heading, scan.titles.get(top)) for top in tops)
        place = next((one for one in tried if one is not None), None) or _by_what_is_below(
            view, scan, heading
        )
        if place is not None:
            places.append(place)
        elif (
            places
            and _is_of_whole_time(view, heading)
            and not _is_of_whole_time(view, places[-1].heading or 0)
        ):
            scan.others.append(_caption(view, heading).row)  # the year's block ends here
        elif places and _replaces(view, places[-1], heading):
            # the year's goals stand below the first block
            labels, inline = index(view, places[-1].top, heading)
            places[-1] = replace(
                places[-1],
                heading=heading,
                columns=columns_of(view, heading),
                labels=labels,
                inline=inline,
            )
        used.update(above)
    if scan.headings and not places and not remarks:
        remarks.append(_NO_LABELS.format(view.grid.sheet, scan.headings[0] + 1))
    more, lists = _without_heading(view, scan, places, used)
    places += more
    remarks += lists
    places.sort(key=lambda place: place.top)
    places = [_entitled(view, place) for place in places]
    if not places and not remarks:
        remarks += _not_understood(view, scan)
    return _ended(view, places, scan), remarks


def _entitled(view: View, place: Place) -> Place:
    """Give a table without a title the line right above its labels that stands for one: 项目支出绩效目标, 项目绩效目标申报书."""
    row = place.top - 1
    while row >= 0 and place.title is None and len(view.filled(row)) < 2:
        column = next(iter(view.filled(row)), 0)
        text = view.text(row, column)
        if (
            len(text) <= _LONGEST_TITLE
            and _LIKE_A_TITLE.fullmatch(key(text))
            and not _NO_TITLE.search(text)
            and not view.is_label(row, column)
        ):
            return replace(place, top=row, title=(row, column))
        if text and not _is_preface(view, row):
            break
        row -= 1
    return place


def _is_inside(view: View, top: int, row: int, heading: int) -> bool:
    """Tell whether a row that reads like a title is a text of a table: the labels of one stand above it, not below."""
    if _form(index(view, row, heading)[0].keys(), "") is not None:
        return False
    return _form(index(view, top, row)[0].keys(), "") is not None


def _place(view: View, top: int, heading: int, title: tuple[int, str] | None) -> Place | None:
    labels, inline = index(view, top, heading)
    form = _form({*labels, *inline}, title[1] if title else "")
    if form is None:
        return None
    at = (top, title[0]) if title else None
    return Place(form, top, 0, at, heading, columns_of(view, heading), labels, inline)


def _by_what_is_below(view: View, scan: _Scan, heading: int) -> Place | None:
    """Return a table whose title and first name stand above the indicators, and the rest of its labels below them."""
    top = max((row for row in scan.titles if row < heading), default=None)
    if top is None or any(top < row < heading for row in scan.headings):
        return None
    until = min((row for row in (*scan.titles, *scan.headings) if row > heading), default=view.height)
    labels, inline = index(view, top, heading)
    below, _ = index(view, heading + 1, min(until - 1, heading + _HEAD_ROWS))
    form = _form({*labels, *inline, *below}, scan.titles[top][1])
    if form is None or key_labels(form).isdisjoint({*labels, *inline}):
        return None
    at = top, scan.titles[top][0]
    return Place(form, top, 0, at, heading, columns_of(view, heading), labels, inline)


def _without_heading(
    view: View, scan: _Scan, places: Sequence[Place], used: set[int]
) -> tuple[list[Place], list[str]]:
    """Return tables whose indicator headings are missing: a title, and labels of money and goals below it.

    A list without indicators is none of them; it is told of in a sentence.
    """
    found: list[Place] = []
    lists: list[str] = []
    for row in sorted(scan.titles):
        if row in used or any(place.top <= row <= (place.heading or row) for place in places):
            continue
        until = min(
            (one for one in (*scan.titles, *(place.top for place in places)) if one > row),
            default=view.height,
        )
        labels, inline = index(view, row, min(until - 1, row + _HEAD_ROWS))
        spoken = labels.keys() | with_amounts(view, inline)
        form = _form(spoken, scan.titles[row][1], _ENOUGH_LABELS)
        headed = _heads_list(view, form, labels) if form else None
        if headed is not None:
            lists.append(_LIST.format(view.grid.sheet, headed + 1))
        elif form and spoken & key_labels(form, "total") and spoken & key_labels(form, "goals"):
            found.append(Place(form, row, 0, (row, scan.titles[row][0]), None, (), labels, inline))
    return found, lists


def _heads_list(view: View, form: str, labels: Mapping[str, Sequence[Spot]]) -> int | None:
    """Return the row of labels over several rows of names, `None` where no label of a name heads a list."""
    for row, column in (spot for word in names(form) & labels.keys() for spot in labels[word]):
        headings = [at for at in view.filled(row) if view.is_label(row, at, form)]
        below = [at for at in (row + 1, row + 2) if view.text(at, column)]
        listed = [at for at in below if not view.is_label(at, column, form)]
        if len(headings) > _ENOUGH_LABELS and len(listed) > 1:
            return row
    return None


def _not_understood(view: View, scan: _Scan) -> Iterator[str]:
    """Yield a sentence on each title with labels of its form below it, of which nothing could be read."""
    for row in sorted(scan.titles):
        until = min((one for one in scan.titles if one > row), default=view.height)
        labels, _ = index(view, row, min(until, row + _HEAD_ROWS))
        if any(len(labels.keys() & key_labels(form)) >= _ENOUGH_LABELS for form in _FORMS):
            yield _NO_HEADING.format(view.grid.sheet, row + 1, view.text(row, scan.titles[row][0])[:40])


def _ended(view: View, places: Sequence[Place], scan: _Scan) -> list[Place]:
    """Give every table its end: where the next one begins, the lines right above its title included."""
    ends = {*(place.top for place in places), *scan.others}
    for place in places:
        row = place.top - 1
        while row >= 0 and len(view.filled(row)) <= 3 and (not view.filled(row) or _is_preface(view, row)):
            if view.filled(row):
                ends.add(row)
            row -= 1
    return [
        replace(one, bottom=min((end for end in ends if end > (one.heading or one.top)), default=view.height))
        for one in places
    ]


def _is_preface(view: View, row: int) -> bool:
    first = view.text(row, view.filled(row)[0])
    return bool(_PREFACE.match(first)) and len(first) <= _LONGEST_TITLE


def _replaces(view: View, place: Place, heading: int) -> bool:
    """Tell whether a second heading holds the year's indicators, and the first those of a longer time."""
    spots = (*((heading, column) for column in view.filled(heading)), _caption(view, heading))
    of_year = any("年度" in view.label(*spot) for spot in spots)
    return of_year and _is_of_whole_time(view, place.heading or 0)


def _is_of_whole_time(view: View, heading: int) -> bool:
    """Tell whether the indicators below a heading are those of a longer time than the year."""
    return bool(_EARLIER.search(view.label(*_caption(view, heading))))


def _caption(view: View, heading: int) -> Spot:
    """Return what says whose indicators stand below a heading: a text left of it, or one alone in the row above it.

    Where 目标名称 stands left of the levels the row above says it as a title: 年度绩效目标表.
    """
    first = view.filled(heading)[0]
    above = next((row for row in range(heading - 1, -1, -1) if view.filled(row)), heading)
    if len(view.filled(above)) == 1:
        spot = Spot(above, view.filled(above)[0])
        if column_of(view.text(heading, first)) in _LEVELS or _OF_INDICATORS.search(key(view.text(*spot))):
            return spot
    return Spot(heading, first)


def _scan(view: View) -> _Scan:
    scan = _Scan({}, [], [])
    for row, filled in enumerate(view.filled_in):
        cells, names = view.texts[row], set()
        for at, column in enumerate(filled):
            text = cells[column]
            if len(text) > _LONGEST_TITLE:
                continue
            name = heading_of(text) if len(text) <= LONGEST_LABEL else None
            if name:
                names.add(name)
            elif "表" in text and not (at and view.is_label(row, filled[at - 1])):
                _note_title(scan, row, column, key(text))
        if are_headings(names):
            scan.headings.append(row)
        elif len(filled) > 1 and row not in scan.titles and "表" in cells[filled[-1]]:
            parts = [key(cells[column]) for column in filled]
            text = "".join(parts)
            if _IN_CELLS.fullmatch(text) and _may_be_title(view, row, parts, text):
                _note_title(scan, row, filled[0], text)
    return scan


def _may_be_title(view: View, row: int, parts: Sequence[str], text: str) -> bool:
    """Tell whether the cells of a row may be one title: single letters, or few cells and no label with its value."""
    if all(len(part) == 1 for part in parts):
        return True
    labelled = any(view.is_label(row, column) for column in view.filled(row))
    return len(parts) <= _CELLS_OF_A_TITLE and (not labelled or any(title in text for title, _ in titles()))


def _note_title(scan: _Scan, row: int, column: int, text: str) -> None:
    if _OTHER_TABLE.search(text) and _ends_like_a_title(_OTHER_TABLE, text):
        scan.others.append(row)
    elif _TITLE.search(text) and row not in scan.titles and _ends_like_a_title(_TITLE, text):
        told = next((form for title, form in titles() if title in text), "?")
        scan.titles[row] = (column, "agency_overall" if told == "?" and _OF_AN_AGENCY.search(text) else told)


def _ends_like_a_title(pattern: re.Pattern[str], text: str) -> bool:
    rest = _LATIN.sub("", pattern.split(text)[-1])
    return len(rest) <= 12 and not re.search(r"填|按|请|要求|说明|应|编制", rest)


def _first_label_row(view: View, top: int, heading: int) -> int:
    first = key_labels("project_target") | key_labels("agency_overall")
    for row in range(top, heading):
        if any(view.label(row, column) in first for column in view.filled(row)):
            return row
        if any(
            label_key(without_lead(view.text(row, c)).replace("：", ":").split(":")[0]) in first
            for c in view.filled(row)
        ):
            return row
    return heading


def _form(labels: AbstractSet[str], told: str, enough: int = 2) -> str | None:
    """Settle which table it is: by the title, else by the labels; `None` where too few labels are there."""
    counts = {form: len(labels & key_labels(form)) for form in _FORMS}
    if told in counts:
        goals = not labels.isdisjoint(key_labels(told, "goals"))
        return told if counts[told] + goals >= enough else None
    best = max(counts, key=lambda form: counts[form])
    return best if counts[best] >= _ENOUGH_LABELS else None


def is_heading(view: View, row: int) -> bool:
    """Tell whether a row holds headings of indicators."""
    return are_headings({heading_of(view.text(row, column)) for column in view.filled(row)})


def is_title(view: View, row: int) -> bool:
    """Tell whether a row holds the title of a table of targets, and little beside it."""
    texts = {key(view.text(row, column)) for column in view.filled(row)}
    return len(texts) <= _CELLS_OF_A_TITLE and any(
        len(text) <= _LONGEST_TITLE and _TITLE.search(text) and _ends_like_a_title(_TITLE, text)
        for text in texts
    )


def is_heading_again(view: View, row: int) -> bool:
    """Tell whether a row repeats the headings, or the title, as on a continuation page."""
    if is_heading(view, row):
        return True
    texts = [view.text(row, column) for column in view.filled(row)]
    return (
        len(texts) == 1 and bool(_TITLE.search(key(texts[0]))) and _ends_like_a_title(_TITLE, key(texts[0]))
    )
