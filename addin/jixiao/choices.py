"""What a dropdown offers and on what it depends: one specification, whoever writes it."""

from __future__ import annotations

from jixiao import library
from jixiao.model import Area, Dropdown, NamedList, Spot
from jixiao.schemas import Vocabulary

_OPERATORS = ("≥", "≤", "=", ">", "<", "定性")
LONGEST_FORMULA = 255  # letters that Excel takes for the source of a dropdown


def names_of(words: Vocabulary) -> tuple[str, str, str]:
    """Return the three defined names of a vocabulary: level 1, parents, children. Short: see `LONGEST_FORMULA`."""
    stem = f"jx_{words.short}"
    return f"{stem}_1", f"{stem}_p", f"{stem}_c"


def named(words: Vocabulary) -> tuple[NamedList, ...]:
    """Return the lists behind the dropdowns of a vocabulary: level 1, then parents and children side by side."""
    pairs = [(parent, child) for parent in words.level1 for child in words.level2.get(parent, ())]
    columns = (words.level1, tuple(parent for parent, _ in pairs), tuple(child for _, child in pairs))
    return tuple(
        NamedList(name, column) for name, column in zip(names_of(words), columns, strict=True) if column
    )


def level1(words: Vocabulary, area: Area) -> Dropdown:
    """Return the dropdown of level 1 (一级指标) for the cells of `area`."""
    return Dropdown(
        area=area,
        source=f"={names_of(words)[0]}",
        prompt_title="一级指标",
        prompt="请从下拉列表中选择：" + "、".join(words.level1),
        error="一级指标只能从下拉列表中选择：" + "、".join(words.level1) + "。",
    )


def level2(words: Vocabulary, spot: Spot, parent_column: int, header_row: int) -> Dropdown:
    """Return the dropdown of level 2 (二级指标) for one cell.

    The parent is the last non-blank level 1 above, heading included, because in a merged block only the first
    cell holds the word.
    """
    _, parents, children = names_of(words)
    parent = parent_formula(spot.row, parent_column, header_row)
    first = f"MATCH({parent},{parents},0)"
    closed = words.closed == frozenset(words.level1)
    return Dropdown(
        area=Area(spot.row, spot.column, spot.row, spot.column),
        source=f"=INDEX({children},{first}):INDEX({children},{first}+COUNTIF({parents},{parent})-1)",
        prompt_title="二级指标",
        prompt="先选一级指标，再从下拉列表中选择；一个二级指标可以占几行。"
        if closed
        else "可以从下拉列表中选择，也可以自己填写。",
        error="这个二级指标不属于所选的一级指标，请从下拉列表中选择。" if closed else "",
        blank=not closed,
    )


def operator(area: Area) -> Dropdown:
    """Return the dropdown of the operator (比较符) for cells of a column of their own."""
    return Dropdown(
        area=area,
        source=_OPERATORS,
        prompt_title="比较符",
        prompt="请从下拉列表中选择；不能量化的选“定性”。",
        error=f"比较符只能从下拉列表中选择：{'、'.join(_OPERATORS)}。",
    )


def library_names(words: Vocabulary, text: str = "") -> tuple[str, str]:
    """Return the two defined names of a vocabulary's indicator library: level 2, and level 3 beside it.

    They tell which subjects a project is about, one bit each, so that the projects of one workbook do not take each
    other's lists.
    """
    subjects = library.subjects(text)
    about = sum(1 << n for n, one in enumerate(library.catalogue()) if one in subjects)
    return f"jx_{words.short}_k{about:x}", f"jx_{words.short}_n{about:x}"


def named_library(words: Vocabulary, text: str = "") -> tuple[NamedList, ...]:
    """Return the lists behind the dropdowns of level 3; none for a vocabulary that the library does not know.

    Args:
        words: the vocabulary of the form.
        text: what the project is about, as `library.about` writes it; where it says nothing that the library
            recognises, as on a blank form, every subject is offered.

    """
    known = dict.fromkeys(child for parent in words.level1 for child in words.level2.get(parent, ()))
    pairs = [
        (level2, one.name)
        for level2 in known
        for one in library.suggest(level2, text, words) or library.offered(level2)
    ]
    columns = (tuple(level2 for level2, _ in pairs), tuple(name for _, name in pairs))
    return tuple(
        NamedList(name, column)
        for name, column in zip(library_names(words, text), columns, strict=True)
        if column
    )


def level3(words: Vocabulary, spot: Spot, level2_column: int, header_row: int, text: str = "") -> Dropdown:
    """Return the dropdown of level 3 (三级指标) for one cell: what the library has for its level 2; free text is allowed.

    It needs the lists of `named_library` for the same `text`. The level 2 is the last one above, as in `level2`.
    """
    keys, names = library_names(words, text)
    level2 = parent_formula(spot.row, level2_column, header_row)
    first = f"MATCH({level2},{keys},0)"
    return Dropdown(
        area=Area(spot.row, spot.column, spot.row, spot.column),
        source=f"=INDEX({names},{first}):INDEX({names},{first}+COUNTIF({keys},{level2})-1)",
        prompt_title="三级指标",
        prompt="可以从下拉列表中选一个参考指标，也可以自己填写：说得清、量得出，名称里不写数字，没有的写“不涉及”。",
    )


def parent_formula(row: int, parent_column: int, header_row: int) -> str:
    """Return the formula for the level 1 that holds in `row`: the last text in its column from the heading on."""
    top, here = Spot(header_row, parent_column), Spot(row, parent_column)
    column = here.a1.rstrip("0123456789")
    span = f"${column}${top.row + 1}:${column}{here.row + 1}"
    return f'INDEX({span},MATCH("*",{span},-1))'


def mismatch_formula(words: Vocabulary, spot: Spot, parent_column: int, header_row: int) -> str:
    """Return the condition that shows a level 2 which does not belong to its level 1."""
    _, parents, children = names_of(words)
    here = Spot(spot.row, spot.column).a1
    column, row = here.rstrip("0123456789"), spot.row + 1
    parent = parent_formula(spot.row, parent_column, header_row)
    return f'=AND(${column}{row}<>"",COUNTIFS({parents},{parent},{children},${column}{row})=0)'
