"""一级、二级指标用了另一个版本的词。

检查什么
一级、二级指标是不是另一个版本（2015 年口径、2021 年口径）或更早的词；两个版本不能混用。有的地方在 2021 年口径的表里保留“可持续影响指标”，只警告。
整体表的一级指标写成产出、效益、满意度这一套的，多半是外地或早年的表样，只警告。栏目也是外地表样的，一级指标整套不同只提示。
为什么
“成本指标”在 2015 年口径里是产出指标下的二级指标，在 2021 年口径里是一级指标，混用后无法汇总和计分。
怎么改
按本表的版本改写，或整张表换用另一版本的空白表。
例
2021 年口径的表里，产出指标下出现二级指标“成本指标”；一级指标写成“投入指标”。
依据
两个版本的一级、二级指标（2024 年县级公开表和 2015 年口径的真实表格，已见）
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jixiao import schemas, wording
from jixiao.model import Document, Severity
from jixiao.rules import ALL_FORMS, Flag, Given, Scope
from jixiao.rules.answers import indicators

SCOPE: Scope = "document"
FORMS = ALL_FORMS
SEVERITY: Severity = "error"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {}
SUPERSEDES = ("SC",)
ROW_SUPERSEDES = ("CO02", "CO03", "CO04", "IN07")  # which go by the words that are in doubt here
ON = True
ADVICE = "意思相同，已按规定的词理解；方便时请从下拉列表改选规定的词。"
_LEVELS = {"level1": "一级指标", "level2": "二级指标"}


def check(document: Document, given: Given) -> Iterator[Flag]:
    """Flag level words that this vocabulary does not know and another, an older family or another place's frame does."""
    levels = _LEVELS if given.words.closed else {"level1": _LEVELS["level1"]}
    of_own = _has_own_frame(document, given.words)
    for number, indicator in indicators(document):
        if indicator["level2"] in given.words.level2.get(indicator["level1"], ()):
            continue
        for level, title in levels.items():
            word = indicator[level]
            if word is None or _known(word, level, given.words):
                continue
            if level == "level2" and not _known(indicator["level1"] or "", "level1", given.words):
                continue  # what is allowed here is known only after level 1 is put right
            pointer = f"/indicators/{number}/{level}"
            allowed = "、".join(_allowed(indicator, level, given.words))
            if word in given.words.obsolete.get(level, ()):
                message = f"{title}{wording.quoted(word)}是早期表格的词，现行表格不用。"
                yield Flag(pointer, message, f"请改为：{allowed}。", severity="warning")
            elif (other := _home(word, level, given.words)) and given.words.closed:
                told = _of_version(title, word, other, given.words)
                if _is_kept(indicator, level, other, given.words):
                    advice = f"本地表样保留这一项的可以不改；没有保留的，请改为：{allowed}。"
                    yield Flag(pointer, told, advice, severity="warning")
                else:
                    yield Flag(
                        pointer, told, f"两个版本不能混用，请改为：{allowed}；或换用那个版本的空白表。"
                    )
            elif other or of_own:
                told = _of_version(title, word, other, given.words)
                advice = f"本地要求用这张表样的，请改为：{allowed}；表样就是这样规定的，可以不改。"
                mild = of_own or _is_of_other_kind(document)
                yield Flag(pointer, told, advice, severity="hint" if mild else "warning")


def _of_version(title: str, word: str, other: schemas.Vocabulary | None, words: schemas.Vocabulary) -> str:
    """Return what is told of a word that another vocabulary has, or none that we know."""
    whose = f"是“{other.title}”版本的词" if other else "是别的表样的词"
    return f"{title}{wording.quoted(word)}{whose}，本表是“{words.title}”。"


def _has_own_frame(document: Document, words: schemas.Vocabulary) -> bool:
    """Tell whether an agency's table is of a kind of form with a frame of its own: no level 1 word is ours or a slip of one."""
    present = {indicator["level1"] for _, indicator in indicators(document)} - {None}
    if words.closed or not _is_of_other_kind(document) or not present.isdisjoint(words.level1):
        return False
    near = ((word, wording.closest(word, words.level1) or "") for word in present)
    return not any(meant and abs(len(word) - len(meant)) <= 1 for word, meant in near)


def _is_of_other_kind(document: Document) -> bool:
    """Tell whether a table is of a kind of form that we know by the fields it never had: such a word is its own.

    A column that was not found makes no kind of form.
    """
    return any(not one.startswith("/indicators/") for one in document.lacks)


def _is_kept(
    indicator: dict[str, Any], level: str, other: schemas.Vocabulary, words: schemas.Vocabulary
) -> bool:
    """Tell whether a level 2 word stands where its own version has it and means nothing else in this one: 可持续影响指标."""
    word, level1 = indicator[level], indicator["level1"] or ""
    return level == "level2" and word in other.level2.get(level1, ()) and word not in words.level1


def _known(word: str, level: str, words: schemas.Vocabulary) -> bool:
    return word in words.level1 if level == "level1" else bool(words.parents(word))


def _allowed(indicator: dict[str, Any], level: str, words: schemas.Vocabulary) -> tuple[str, ...]:
    if level == "level1":
        return words.level1
    here = words.level2.get(indicator["level1"] or "", ())
    return here or tuple(word for parent in words.level1 for word in words.level2.get(parent, ()))


def _home(word: str, level: str, words: schemas.Vocabulary) -> schemas.Vocabulary | None:
    """Return the other closed vocabulary that knows the word."""
    others = (schemas.vocabulary(name) for name in schemas.vocabularies() if name != words.name)
    return next((one for one in others if one.closed and _known(word, level, one)), None)
