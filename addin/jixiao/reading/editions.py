"""Which edition of its form a table is of: by its stamp, its labels, the words of its levels."""

from __future__ import annotations

from functools import cache

from jixiao import forms
from jixiao.model import Note
from jixiao.reading.lines import bare, meant
from jixiao.reading.tables import Place
from jixiao.reading.view import View
from jixiao.reading.words import label_key

_AGREES = 0.8


def settle(
    view: View, place: Place, candidates: list[forms.Form], stamps: frozenset[tuple[str, str]]
) -> tuple[forms.Form, list[Note]]:
    """Settle the edition: stamp, labels, the words of the levels, the newest (design: said with a hint)."""
    score = [sum(not keys.isdisjoint(place.labels) for keys in _own_labels(form.key)) for form in candidates]
    for form, found in zip(candidates, score, strict=True):
        if (form.form, form.edition) in stamps and found >= _AGREES * len(_own_labels(form.key)):
            return form, []
    best = [form for form, found in zip(candidates, score, strict=True) if found == max(score)]
    if len(best) == 1:
        return _by_words(view, place, best[0], candidates), []
    level1 = _level1_words(view, place, best)
    exact = [form for form in best if set(form.words().level1) == level1]
    near = exact or [form for form in best if level1 and level1 <= set(form.words().level1)]
    near = near or _by_all_words(view, place, best)
    chosen = max(near or best, key=lambda form: form.since)
    if len(near) == 1:
        return chosen, []
    names = "、".join(f"“{form.name}”" for form in best)
    return chosen, [Note("ST01", "", f"表式与{names}都相符，按“{chosen.name}”核对。")]


def foreign(form: forms.Form, stamps: frozenset[tuple[str, str]]) -> list[Note]:
    """Tell that a table comes from a template that is not here, where none of its workbook's stamps is of a form that is."""
    known = {(one.form, one.edition) for one in forms.catalogue()}
    own = sorted(edition for kind, edition in stamps if kind == form.form)
    if not own or not known.isdisjoint(stamps):
        return []
    told = "、".join(f"“{edition}”" for edition in own)
    text = f"这张表是用版本 {told} 的空白表填的，这里没有这个版本的表式，按“{form.name}”核对。"
    advice = "请向发表的单位要这个版本的表式文件，放进 templates 文件夹（词表放进 schema/vocabulary）再核对；已经有的，用 jixiao forms 看看是不是写错了。"
    return [Note("ST01", "", text, "warning", advice)]


def _by_all_words(view: View, place: Place, candidates: list[forms.Form]) -> list[forms.Form]:
    """Return the editions whose vocabularies understand the most words of the levels."""
    texts = _words(view, place)
    known = [
        sum(meant(form.vocabulary, level, text) is not None for level, text in texts) for form in candidates
    ]
    return [form for form, often in zip(candidates, known, strict=True) if often == max(known)]


def _words(view: View, place: Place) -> set[tuple[str, str]]:
    """Return what stands in the columns of the levels, each with its level."""
    levels = [pair for pair in place.columns if pair[0] in {"level1", "level2"}]
    rows = range((place.heading or place.top) + 1, min(place.bottom, view.height))
    return {(level, bare(view.text(row, column))) for row in rows for level, column in levels}


def _by_words(view: View, place: Place, by_labels: forms.Form, candidates: list[forms.Form]) -> forms.Form:
    """Return the edition that its labels tell, or another if more words of the levels are that one's alone.

    A place adds 项目属性 or 项目期 to a form of today, but nobody fills one version's form with the words of another.
    """
    texts = _words(view, place)

    def known(form: forms.Form) -> set[tuple[str, str]]:
        words = form.words()
        return texts & {
            *(("level1", one) for one in words.level1),
            *(("level2", one) for some in words.level2.values() for one in some),
        }

    own = known(by_labels)
    best = max(candidates, key=lambda form: len(known(form) - own) - len(own - known(form)))
    return best if len(known(best) - own) > len(own - known(best)) else by_labels


@cache
def _own_labels(key: str) -> tuple[frozenset[str], ...]:
    """Return a form's labels, each as the keys of all its spellings."""
    form = next(form for form in forms.catalogue() if form.key == key)
    return tuple(frozenset(label_key(text) for text in (cell.label, *cell.aliases)) for cell in form.labels())


def _level1_words(view: View, place: Place, candidates: list[forms.Form]) -> set[str]:
    """Return the level 1 words of any candidate that stand in the indicator block, left of the indicator names."""
    known = {word for form in candidates for word in form.words().level1}
    columns = dict(place.columns)
    level1 = columns.get("level1", 0)
    level2 = min((column for column in columns.values() if column > level1), default=level1 + 1)
    found = set()
    first = (place.heading or place.top) + (1 if "level1" in columns else -1)  # a caption above the headings
    for row in range(max(0, first), place.bottom):
        for column in range(max(0, level1 - 1), level2):
            text = bare(view.text(row, column)).split("(")[0].split("（")[0]
            if column < level1 and not _is_level2(view.text(row, column + 1), candidates):
                continue  # of a row that lost two leading cells: a word of level 2
            found |= {word for word in known if text and word.startswith(text)}
    return found


def _is_level2(text: str, candidates: list[forms.Form]) -> bool:
    return any(meant(form.vocabulary, "level2", text) is not None for form in candidates)
