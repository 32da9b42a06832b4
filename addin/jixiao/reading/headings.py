"""The headings of the indicator block: which column holds what, in one row or two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache

from jixiao import forms
from jixiao.patterns import late
from jixiao.reading.view import View
from jixiao.reading.words import LONGEST_LABEL, label_key, without_brackets

_OF_THE_YEAR = re.compile(r"^(?:20\d\d年?度?|本年度?|当年|年度|全年)")
_OF_A_TIME = re.compile(r"^(?:上半年|下半年|半年|前年|上年度?|去年|(?:调整|变更)[前后]|原)")
# What stands over one of several columns of targets.
_PART = re.compile(
    r"(?:预计|计划)?(?:20\d\d年?度?|前年|前两年|上一?年度?|去年|本年度?|当年|今年|上半年|下半年|半年|全年|第[一二三四五]年"
    r"|[一二三四]季度|(?:调整|变更)[前后]|项目期|实施期|中期|长期|规划期|全周期)(?:预计|计划|预期)?(?:实现|实际|完成|目标|指标|历史)?[值数]?"
    r"|中央|省级?|市级?|[区县]级?|市县级?|地方|合计|总计|全[省市县区]|[优良中差]"
)
_EARLIER = re.compile(r"(?:调整|变更)前|^原|前年|前两年|上一?年|去年|实际|历史|(?<!计划)完成|执行")
# Of another time than the year, of one government alone, second-best.
_ASIDE = late(
    r"第[二三四五]年|项目期|实施期|中期|长期|规划期|全周期|(?:中央|省级?|市级?|[区县]级?|市县级?|地方|[良中差])$"
)
_WHOLE = late(r"(?:调整|变更)后|第一年|合计|总计|全[省市县区]|优$")
_PART_OF_A_YEAR = re.compile(r"半年|季度")

_LONGER = re.compile(r"(一级|二级|三级)(?:绩效)?指标(?:名称|内容|具体|及|和|与)\S{0,8}")

_LIKE_A_TARGET = late(r"\S{0,8}(?:值|标准|目标|要求|水平|程度|内容)")
# Over cells that hold both: 三级指标及指标值, 指标内容（含目标值）.
_JOINT = late(
    r"(?:(?:三级|具体|明细|绩效){0,2}指标)(?:名称|内容)?[及和与含、/／：:+（(]{1,3}(?:年度)?(?:指标值|目标值|绩效值|数值)[）)]?"
)

# What a heading means where no other one names the field: 绩效标准 is a target alone, a name beside a target.
_BESIDE_OTHERS = (
    ("绩效标准", "name"),
    ("指标", "name"),
    ("绩效指标", "name"),
    ("绩效内容", "name"),
    ("明细指标", "name"),
    *(
        (text, "name")
        for text in (
            "指标明细",
            "指标描述",
            "指标名称及内容",
            "指标说明",
            "指标项目",
            "考核指标",
            "评价指标",
            "3级指标",
        )
    ),
    *((text, "target") for text in ("标准值", "指标标准", "考核标准", "绩效标准值", "指标数值", "设定值")),
    *((text, "target") for text in ("年度计划值", "预期目标", "预期完成值", "预期指标")),
    ("值", "target"),
    ("数值", "target"),
    ("目标", "target"),
    ("绩效值", "target"),
    ("指标目标", "target"),
    ("绩效目标", "target"),
    ("计划完成值", "target"),
    ("本年计划", "target"),
    ("计划值", "target"),
)
# Over the columns of the levels, of which their words below tell which one is which.
_CATEGORIES = frozenset(
    f"{whose}{what}"
    for whose in ("指标", "绩效指标", "绩效")
    for what in ("类别", "类型", "分类", "维度", "种类")
)
_SPARE = frozenset(text for text, _ in _BESIDE_OTHERS if len(text) > 2)
_LEVELS = frozenset(forms.INDICATOR_COLUMNS)
_FEWEST = 3  # headings of the four columns
_OPERATORS = (
    *("计算符号", "指标性质", "绩效指标性质", "性质", "比较符", "符号", "运算符号", "指标符号", "运算符", "指标比较符", "比较符号"),
    *("比较方式", "逻辑符", "逻辑符号", "判断符号", "判断符", "运算关系", "目标方向", "指标方向"),
)  # fmt: skip
_MEASURES = ("计量单位", "度量单位", "绩效度量单位", "指标单位", "单位", "量纲")

_NAMED = frozenset({"name", "target"})  # of a form without levels
_FAR = 10_000  # beyond any form


@cache
def _column_labels() -> dict[str, str]:
    words = {}
    for form in forms.catalogue():
        for name, cell in form.columns():
            words.update({label_key(text): name for text in (cell.label, *cell.aliases)})
    for level, name in (("一级", "level1"), ("二级", "level2"), ("三级", "name")):
        words.update({label_key(f"{level}指标名称"): name, level: name, label_key(f"{level}目标"): name})
        words.update(
            {f"{level}{what}": name for what in ("分类", "类别", "指标类别", "指标分类", "指标类型")}
        )
    words.update({"指标大类": "level1", "指标小类": "level2", "指标细类": "level2", "指标子类": "level2"})
    words.update(dict.fromkeys(("四级", "四级指标", "四级指标名称"), "level4"))
    words.update({label_key(text): "name" for text in ("具体指标", "三级指标及内容")})
    words.update(dict.fromkeys(("调整后", "变更后"), "target"))
    words.update({label_key(text): "operator" for text in _OPERATORS})
    words.update({label_key(text): "measure" for text in _MEASURES})
    for target in ("指标值", "目标值", "绩效指标值", "绩效目标值", "指标目标值"):
        words.update({f"{target}{text}": "operator" for text in ("符号", "类型", "运算符", "比较符", "性质")})
        words.update({f"{target}{text}": "measure" for text in ("单位", "计量单位", "量纲")})
        words.update({f"{target}{text}": "target" for text in ("", "数值")})
    return words


@lru_cache(maxsize=1024)
def column_of(text: str) -> str | None:
    """Return the indicator column that a heading names: remarks in brackets and the year in front do not matter."""
    labels = _column_labels()
    bare = _bare(text)
    longer = _LONGER.fullmatch(bare)
    return (
        labels.get(label_key(text))
        or labels.get(bare)
        or labels.get(_OF_A_TIME.sub("", _OF_THE_YEAR.sub("", bare)))
        or (labels[longer[1]] if longer else None)
        or ("name" if is_of_both(text) else None)
    )


def may_head_targets(text: str) -> bool:
    """Tell whether a heading in no known words may stand over targets: 控制标准, not what an earlier year came to."""
    bare = _bare(text)
    return bool(_LIKE_A_TARGET.fullmatch(bare)) and not _EARLIER.search(bare)


def is_of_both(text: str) -> bool:
    """Tell whether a heading stands over cells with the name and the target: 三级指标及指标值."""
    return "值" in text and len(text) <= LONGEST_LABEL and bool(_JOINT.fullmatch("".join(text.split())))


@lru_cache(maxsize=1024)
def heading_of(text: str) -> str | None:
    """Return the column that a heading names, or the heading itself where it may name one beside others."""
    bare = _bare(text)
    return column_of(text) or (bare if bare in _CATEGORIES or bare in _SPARE else None)


def are_headings(names: AbstractSet[str | None]) -> bool:
    """Tell whether these, as `heading_of` returns them, head indicators.

    Three of the four columns do, names and targets with sign or measure, or fewer where the others have other names.
    """
    levels = names & _LEVELS
    if len(levels) >= _FEWEST or (names >= _NAMED and not names.isdisjoint({"operator", "measure"})):
        return True
    if not levels and len(names) < _FEWEST:
        return False
    categories, spare = names & _CATEGORIES, names & _SPARE
    if len(levels) == 2:
        return bool(categories) or (levels == {"level1", "level2"} and bool(spare))
    return len(categories) > 1 and len(levels) + len(spare) + len(categories) > _FEWEST


def columns_of(view: View, heading: int, year: int | None = None) -> tuple[tuple[str, int], ...]:
    """Return the indicator columns; of two parallel halves (mid-term, year) the last one is the year's.

    Otherwise of two headings for one field the one that names the budget year counts, then the form's own label.
    """
    cells = [(column_of(view.text(heading, column)), column) for column in view.filled(heading)]
    cells = _second_row(view, heading, cells + _from_above(view, heading, cells))
    found = _chosen(cells, _texts(view, heading, cells), year)
    if "target" not in found:
        told = {column: view.label(heading, column) for name, column in cells if not name}
        alike = [
            column
            for column, text in told.items()
            if re.search("指标值|目标值|指标目标", text)
            and told.get(column - 1) != text  # filled into all cells
        ]
        alike = alike or _parts(view, heading, cells, found, year)
        if len(alike) == 1:
            found["target"] = alike[0]
    named = {column: name for name, column in found.items()}
    return tuple(
        sorted(
            ((named.get(column, f"other{column}"), column) for _, column in cells), key=lambda pair: pair[1]
        )
    )


def _from_above(
    view: View, heading: int, cells: list[tuple[str | None, int]]
) -> list[tuple[str | None, int]]:
    """Return the columns of targets whose headings stand one row higher: 指标值 beside 绩效指标 over the levels."""
    if heading == 0 or not cells or any(name == "target" for name, _ in cells):
        return []
    last = cells[-1][1]
    above = [(column_of(view.text(heading - 1, column)), column) for column in view.filled(heading - 1)]
    right = [(name, column) for name, column in above if column > last]
    return right if any(name == "target" for name, _ in right) else []


def _parts(
    view: View, heading: int, cells: list[tuple[str | None, int]], found: dict[str, int], year: int | None
) -> list[int]:
    """Return the column of the year's targets where years alone stand right of the names, and nothing over them."""
    right = found.get("name", _FAR)
    parts = [column for name, column in cells if not name and column > right]
    fits = {c: _fit("target", text, year) for c in parts if is_part(text := view.text(heading, c))}
    return [column for column, fit in fits.items() if fit == max(fits.values()) > 0][:1]


def _texts(view: View, heading: int, cells: list[tuple[str | None, int]]) -> dict[int, str]:
    """Return what each heading says, of two rows the one that names the field."""
    bottom = heading_bottom(view, heading, [column for name, column in cells if name])
    return {
        column: low
        if name and (column_of(low := _lowest(view, heading, bottom, column)) == name or is_part(low))
        else view.text(heading, column)
        for name, column in cells
    }


def _lowest(view: View, heading: int, bottom: int, column: int) -> str:
    """Return the last text over a column below the first row of the headings, `""` where there is none."""
    return next((text for row in range(bottom, heading, -1) if (text := view.text(row, column))), "")


def _chosen(cells: list[tuple[str | None, int]], texts: dict[int, str], year: int | None) -> dict[str, int]:
    """Return the column of each field."""
    names = [name for name, _ in cells]
    halves = sum(names.count(name) > 1 for name in ("level2", "name", "target")) > 1
    found: dict[str, int] = {}
    for name, column in cells:
        before = found.get(name) if name else None
        copied = before is not None and texts.get(column - 1) == texts[column]  # into all cells of a merge
        if (
            name
            and not copied
            and (
                before is None
                or (
                    name != "level1"
                    and (halves or _fit(name, texts[column], year) >= _fit(name, texts[before], year))
                )
            )
        ):
            found[name] = column
    first = next((column for column in texts if _bare(texts[column]) in _CATEGORIES), -1)
    for text, name in _BESIDE_OTHERS:
        beyond = found.get("level1", first)  # 绩效指标 left of the levels labels the block
        spare = [c for c in texts if c > beyond and c not in found.values() and _bare(texts[c]) == text]
        if name not in found and len(spare) == 1:
            found[name] = spare[0]
    categories = [c for c in texts if c not in found.values() and _bare(texts[c]) in _CATEGORIES]
    if "name" not in found and len(categories) + len(found) >= _FEWEST and categories:
        found["name"] = categories[-1]
    return found


def _fit(name: str, text: str, year: int | None) -> int:
    """Return how well a heading names a field: 2 for the year's target, 1 for a label of our forms, -1 another year's."""
    bare = _bare(text)
    if name == "target" and (_EARLIER.search(bare) or _ASIDE.match(bare)):
        return -1
    if name == "target" and _PART_OF_A_YEAR.search(bare):
        return 0
    if name == "target" and _WHOLE.match(bare):
        return 2
    if name == "target" and (match := re.search(r"20\d\d|本年|当年|今年|年度|全年", bare)):
        return -1 if year and match[0].isdigit() and int(match[0]) != year else 2
    return int(bare in _printed(name))


@cache
def _printed(name: str) -> frozenset[str]:
    """Return the labels that our forms print over a column."""
    columns = (pair for form in forms.catalogue() for pair in form.columns())
    return frozenset(label_key(cell.label) for column, cell in columns if column == name)


def _bare(text: str) -> str:
    return label_key(without_brackets(text))


def _second_row(
    view: View, heading: int, cells: list[tuple[str | None, int]]
) -> list[tuple[str | None, int]]:
    """Refine headings in two rows: a heading over several columns is named by what stands below it."""
    bottom = heading_bottom(view, heading, [column for name, column in cells if name])
    refined: list[tuple[str | None, int]] = []
    for at, (name, column) in enumerate(cells):
        area = view.reach(heading, column)
        right = area.right if area.bottom > heading or area.right > column else _before(cells, at)
        filled = {c for row in range(area.bottom + 1, bottom + 1) for c in view.filled(row)}
        below = sorted(c for c in filled if column <= c <= right)
        texts = [_lowest(view, heading, bottom, c) for c in below]
        named = [(column_of(text), c) for text, c in zip(texts, below, strict=True)]
        if name and len(below) > 1 and all(map(is_part, texts)):
            named = [(name, c) for c in below]
        elif name and [found for found, _ in named].count(None) == 1 and name not in dict(named):
            named = [(found or name, c) for found, c in named]  # 数值 between 符号 and 单位 is the target
        refined += named or [(name, column)]
    return refined


def _before(cells: list[tuple[str | None, int]], at: int) -> int:
    """Return the last column before the next heading."""
    return cells[at + 1][1] - 1 if at + 1 < len(cells) else _FAR


def heading_bottom(view: View, heading: int, columns: Sequence[int]) -> int:
    """Return the last row of the headings, which may take two rows."""
    bottom = max((view.reach(heading, column).bottom for column in columns), default=heading)
    return heading + 1 if bottom == heading and _is_below_headings(view, heading) else bottom


def _is_below_headings(view: View, heading: int) -> bool:
    """Tell whether the row below the headings, without any merge, goes on with those of the targets' columns."""
    above = view.texts[heading]
    filled = [c for c in view.filled(heading + 1) if view.text(heading + 1, c) not in above[c : c + 1]]
    targets = [column for column in view.filled(heading) if column_of(view.text(heading, column)) == "target"]
    if len(filled) < 2 or not targets or filled[0] < targets[0]:
        return False
    texts = [view.text(heading + 1, column) for column in filled]
    known = [is_part(text) or column_of(text) in {"target", "operator", "measure"} for text in texts]
    return sum(known) > 1 and known.count(False) < 2


def is_part(text: str) -> bool:
    """Tell whether a text heads one of several columns of targets: 上年, 2026年, 预计当年实现."""
    return len(text) <= LONGEST_LABEL and bool(_PART.fullmatch(_bare(text)))
